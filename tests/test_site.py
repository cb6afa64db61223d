"""The built site, page by page: everything is there, leads somewhere, and asks nothing of anybody else."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from macros.catalogue import Catalogue
from tests.html_lu import Element

Pages = dict[str, Element]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINKING = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src", "iframe": "src", "form": "action", "object": "data", "use": "href", "area": "href",
           "video": "src", "audio": "src", "track": "src", "embed": "src", "input": "src"}
"""Element → the attribute that leads elsewhere."""
SHOWN = {"img", "svg", "input", "select", "textarea", "canvas", "iframe", "button", "object"}
"""Elements that are something to see, even without text."""


def redirection(page: Element) -> bool:
    """Whether a page only sends the reader elsewhere."""
    return any(meta.attributes.get("http-equiv", "").lower() == "refresh" for meta in page.all("meta"))


def full(pages: Pages) -> Pages:
    """The pages that a reader reads: redirections and cards made for other sites are apart."""
    return {where: page for where, page in pages.items() if not redirection(page) and not where.startswith("integrer/")}


def test_every_record_has_its_page(site: Path, catalogue: Catalogue) -> None:
    """A page per case, lever, mode, network and starting document."""
    wanted = [*(f"cas/{key}" for key in catalogue.cas), *(f"leviers/{key}" for key in catalogue.leviers), *(f"modes/{key}" for key in catalogue.modes),
              *(f"reseaux/{key}" for key in catalogue.reseaux), *(f"sources/{key}" for key in catalogue.documents)]
    assert [where for where in wanted if not (site / where / "index.html").is_file()] == []
    assert {path.parent.name for path in (site / "cas").glob("*/index.html")} == set(catalogue.cas), "rien d'autre ne vit sous /cas/"


@pytest.mark.parametrize("where", ["", "leviers/", "cas/", "modes/", "reseaux/", "chiffres/", "combien/", "glossaire/", "ressources/", "sources/", "corrections/",
                                   "editions/", "contribuer/", "a-propos/", "accessibilite/", "mentions-legales/", "404.html"])
def test_every_promised_address_answers(pages: Pages, where: str) -> None:
    """Addresses are frozen once published."""
    assert where in pages


def test_every_tag_is_closed(pages: Pages) -> None:
    """Reading a page would have failed otherwise; none is empty."""
    assert [where for where, page in pages.items() if not page.seen() and not redirection(page)] == []


def test_every_page_has_a_title_of_its_own(pages: Pages, catalogue: Catalogue) -> None:
    """One title a page, never twice the same, ending with the name of the site."""
    seen: dict[str, str] = {}
    for where, page in full(pages).items():
        title, = page.all("title")
        text = "".join(part for part in title.inside if isinstance(part, str)).strip()
        assert text not in seen, f"{where} et {seen.get(text)} ont le même titre : {text}"
        assert text.endswith(catalogue.reglages.nom) and (len(text) > len(catalogue.reglages.nom) or where == ""), where
        seen[text] = where


def test_every_page_says_its_language_and_its_subject(pages: Pages) -> None:
    """`lang=fr`, a description of a sentence, a viewport."""
    for where, page in full(pages).items():
        assert page.all("html")[0].attributes.get("lang") == "fr", where
        metas = {meta.attributes.get("name"): meta.attributes.get("content", "") for meta in page.all("meta")}
        assert len(metas.get("description", "")) > 20, where
        assert "width=device-width" in metas.get("viewport", ""), where


def test_every_page_has_one_first_heading_and_no_gap_below(pages: Pages) -> None:
    """One h1; an h3 never follows an h1."""
    for where, page in full(pages).items():
        levels = [int(heading.tag[1]) for heading in page.all("main")[0].all(*HEADINGS)]
        assert levels.count(1) == 1, f"{where} : {levels.count(1)} h1"
        assert levels[0] == 1, f"{where} commence par un h{levels[0]}"
        for before, after in pairwise(levels):
            assert after <= before + 1, f"{where} : un h{after} suit un h{before}"


def test_identifiers_are_unique_in_a_page(pages: Pages) -> None:
    """An anchor leads to one place, and labels name something that exists."""
    for where, page in pages.items():
        names = [element.attributes["id"] for element in page.walk() if element.attributes.get("id")]
        assert len(names) == len(set(names)), f"{where} : {sorted({name for name in names if names.count(name) > 1})}"
        for element in page.walk():
            for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
                for name in element.attributes.get(attribute, "").split():
                    assert name in names, f"{where} : {attribute}={name} ne désigne rien"


REGIONS = 6
"""Parts of a page that a screen reader lists, at most: a list of all the titles is there already."""


def test_few_parts_of_a_page_are_places_to_jump_to(pages: Pages) -> None:
    """A part with a name is told before its title, which says the same."""
    for where, page in full(pages).items():
        named = [element for element in page.all("main")[0].walk() if (element.tag == "section" or element.attributes.get("role") == "region")
                 and {"aria-label", "aria-labelledby"} & element.attributes.keys()]
        assert len(named) <= REGIONS, f"{where} : {len(named)} parties nommées"


def test_a_table_does_not_say_again_the_title_above_it(pages: Pages) -> None:
    """Its caption says what the table gives, which a screen reader tells when entering it."""
    for where, page in full(pages).items():
        title = ""
        for element in page.all("caption", *HEADINGS):
            if element.tag == "caption":
                assert element.seen() != title, f"{where} : « {title} » est dit deux fois"
            else:
                title = element.seen()


def _empty(element: Element) -> bool:
    return not element.seen() and not any(inner.tag in SHOWN or "note" in inner.attributes.get("class", "").split() for inner in element.walk())


def test_no_element_is_empty(pages: Pages) -> None:
    """A blank cell, item, paragraph, heading or link is a bug: the unknown is said in words."""
    faults = []
    for where, page in pages.items():
        for element in page.all("p", "li", "dd", "dt", "td", "th", "a", "button", "summary", "caption", "figcaption", "ul", "ol", "dl", "table", *HEADINGS):
            apart = any("hidden" in above.attributes or above.attributes.get("role") in ("status", "alert") or "aria-live" in above.attributes for above in _above(element))
            if not apart and _empty(element) and not element.attributes.get("aria-label"):
                faults.append(f"{where} : {element}")
    assert not faults, "\n".join(faults)


def _above(element: Element) -> list[Element]:
    found = [element]
    while found[-1].parent is not None:
        found.append(found[-1].parent)
    return found


def test_no_section_is_empty(pages: Pages) -> None:
    """Under every heading there is something to read before the next heading of the same rank."""
    faults = []
    for where, page in full(pages).items():
        main = page.all("main")[0]
        for section in main.all("section"):
            titles = "".join(heading.seen() for heading in section.all(*HEADINGS))
            if "hidden" not in section.attributes and len(re.sub(r"\s", "", section.seen())) <= len(re.sub(r"\s", "", titles)) and not section.all("svg", "img", "form"):
                faults.append(f"{where} : section « {titles} »")
        last: tuple[int, str] | None = None
        for element in _in_order(main):
            if isinstance(element, str):
                last = None
            else:
                level = int(element.tag[1])
                if last and level <= last[0]:
                    faults.append(f"{where} : rien sous « {last[1]} »")
                door = element.all("a") and any(above.tag == "li" for above in _above(element))  # in a list of links, the title is the content
                last = None if door else (level, element.seen())
        if last:
            faults.append(f"{where} : rien sous « {last[1]} »")
    assert not faults, "\n".join(faults)


def _in_order(element: Element) -> list[Element | str]:
    """The headings of a page, and the pieces of text between them."""
    found: list[Element | str] = []
    for item in element.inside:
        if isinstance(item, str):
            found += [item] if item.strip() else []
        elif "hidden" in item.attributes:
            continue
        elif item.tag in HEADINGS:
            found.append(item)
        elif item.tag in SHOWN:
            found.append(item.tag)
        elif item.tag not in ("script", "style", "template"):
            found += _in_order(item)
    return found


def _targets(page: Element) -> list[tuple[str, str]]:
    """Every address a page names, raw HTML included, with the tag that names it."""
    found = [(element.tag, element.attributes[LINKING[element.tag]]) for element in page.walk() if LINKING.get(element.tag) in element.attributes]
    for element in page.walk():
        found += [(element.tag, part.split()[0]) for part in element.attributes.get("srcset", "").split(",") if part.strip()]
        found += [(element.tag, element.attributes[name]) for name in ("poster", "formaction", "cite", "xlink:href") if name in element.attributes]
    return found


def test_every_internal_link_and_anchor_resolves(site: Path, pages: Pages, catalogue: Catalogue) -> None:
    """Links, images, scripts, styles, whole addresses of this site: a file stands there, and the anchor too."""
    anchors = {where: {element.attributes["id"] for element in page.walk() if "id" in element.attributes} for where, page in pages.items()}
    base = urlsplit(catalogue.adresse)
    faults = []
    for where, page in pages.items():
        for tag, target in _targets(page):
            parts = urlsplit(target)
            if parts.scheme in ("mailto", "tel", "data", "blob"):
                continue
            if parts.netloc and (parts.scheme, parts.netloc) != (base.scheme, base.netloc):
                if not target.startswith(catalogue.depot + "/") and parts.scheme not in ("http", "https"):
                    faults.append(f"{where} : {target}")
                continue
            path = unquote(parts.path)
            goal = path.removeprefix(base.path).lstrip("/").removesuffix(".") if parts.netloc or path.startswith("/") else _joined(where, path)
            if goal is None or not (site / goal / "index.html" if goal.endswith("/") or goal == "" else site / goal).is_file():
                faults.append(f"{where} : <{tag}> {target} ne mène nulle part")
            elif parts.fragment and (goal in anchors) and unquote(parts.fragment) not in anchors[goal]:
                faults.append(f"{where} : {target}, l'ancre n'existe pas")
            elif target in ("#", ""):
                faults.append(f"{where} : lien vide")
    assert not faults, "\n".join(sorted(set(faults)))


def _joined(where: str, path: str) -> str | None:
    """A relative address from a page → address from the root; None when it climbs above."""
    if not path:
        return where
    steps = where.split("/")[:-1]
    pieces = path.split("/")
    for piece in pieces[:-1]:
        if piece == "..":
            if not steps:
                return None
            steps.pop()
        elif piece not in (".", ""):
            steps.append(piece)
    last = pieces[-1]
    if last in (".", ".."):
        if last == "..":
            if not steps:
                return None
            steps.pop()
        last = ""
    return "/".join([*steps, last]) if steps else last


def test_links_go_both_ways(pages: Pages, catalogue: Catalogue) -> None:
    """Case ↔ lever ↔ mode ↔ network ↔ source: each page links the other."""
    def links(where: str) -> set[str | None]:
        return {_joined(where, urlsplit(target).path) for tag, target in _targets(pages[where]) if tag == "a" and not urlsplit(target).netloc}
    reach = {where: links(where) for where in pages if where.split("/")[0] in ("cas", "leviers", "modes", "reseaux", "sources")}
    faults = []
    for key, case in catalogue.cas.items():
        others = [*(f"leviers/{shown.levier}/" for shown in case.leviers), *(f"reseaux/{actor.reseau}/" for actor in case.acteurs if actor.reseau),
                  *(f"modes/{support.mode}/" for support in case.soutiens if support.mode), *(f"modes/{met.mode}/" for met in case.modes)]
        cited = {source for item in case.en_bref for source in item.sources if catalogue.sources[source].fonds == "documents"}
        for other in [*others, *(f"sources/{source}/" for source in cited)]:
            faults += [f"cas/{key}/ → {other}"] if other not in reach[f"cas/{key}/"] else []
            faults += [f"{other} → cas/{key}/"] if f"cas/{key}/" not in reach[other] else []
    assert not faults, "\n".join(sorted(set(faults)))


def test_nothing_is_asked_of_a_third_party(site: Path, pages: Pages, catalogue: Catalogue) -> None:
    """No script, image, style, font or frame from elsewhere, in HTML, CSS or JS; no inline script or style either."""
    faults = []
    for where, page in pages.items():
        for element in page.walk():
            name = LINKING.get(element.tag)
            outside = urlsplit(element.attributes.get(name or "", "")).netloc
            rel = element.attributes.get("rel", "")
            if outside and element.tag not in ("a", "area") and not (element.tag == "link" and re.search(r"canonical|alternate|license|author|self|describedby|up|collection", rel)):
                faults.append(f"{where} : <{element.tag}> {outside}")
            if re.search(r"preconnect|dns-prefetch|preload|prefetch", rel) and outside:
                faults.append(f"{where} : {rel}")
            if element.tag == "script" and not element.attributes.get("src") and not re.search("json", element.attributes.get("type", "")):
                faults.append(f"{where} : script dans la page")
            if element.tag == "style" or "style" in element.attributes or any(attribute.startswith("on") for attribute in element.attributes):
                faults.append(f"{where} : <{element.tag}> porte un style ou un script")
    for path in site.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        faults += [f"{path.name} : {found}" for found in re.findall(r"@import[^;]*|url\(\s*['\"]?(?:https?:)?//[^)]*\)", text)]
    for path in [*site.rglob("*.js"), *site.rglob("*.mjs")]:
        text = re.sub(r"https?://(www\.w3\.org|json-schema\.org|schema\.org)[^\s\"'`]*", "", path.read_text(encoding="utf-8"))
        faults += [f"{path.name} : {found}" for found in re.findall(r"(?:fetch|import|open|Worker|EventSource|WebSocket|sendBeacon)\(\s*['\"`](?:https?:|wss?:)?//[^'\"`]*", text)]
    assert not faults, "\n".join(sorted(set(faults)))


def test_every_page_carries_the_strict_policy(pages: Pages) -> None:
    """The policy forbids everything but the site itself; it stands before any script or style."""
    for where, page in full(pages).items():
        head = [element for element in page.all("head")[0].walk() if element.tag in ("meta", "script", "link", "style")]
        policies = [index for index, element in enumerate(head) if element.attributes.get("http-equiv", "").lower() == "content-security-policy"]
        assert policies, where
        assert policies[0] < min((index for index, element in enumerate(head) if element.tag in ("script", "link", "style")), default=99), where
        policy = head[policies[0]].attributes["content"]
        assert "default-src 'none'" in policy, where
        assert "unsafe-inline" not in policy and "'unsafe-eval'" not in policy and "http" not in policy, where


def test_a_fiche_can_be_corrected_without_account(pages: Pages, catalogue: Catalogue) -> None:
    """Each case and lever ends with its permanent address, an e-mail already written, a link to its file."""
    for table, folder in (("cas", "cases"), ("leviers", "levers")):
        for key in getattr(catalogue, table):
            footer, = pages[f"{table}/{key}/"].of_class("pied-de-fiche")
            links = {link.seen(): link.attributes["href"] for link in footer.all("a")}
            assert links[f"{catalogue.adresse}{table}/{key}/"] == f"{catalogue.adresse}{table}/{key}/"
            mail = links["Signaler une erreur"]
            assert mail.startswith(f"mailto:{catalogue.reglages.contact.courriel}?"), mail
            assert f"{catalogue.adresse}{table}/{key}/" in unquote(mail)
            assert "subject=" in mail and " " not in mail
            mails = [link.attributes["href"] for link in pages[f"{table}/{key}/"].all("a") if link.attributes.get("href", "").startswith("mailto:")]
            assert [other for other in mails if f"{catalogue.adresse}{table}/{key}/" not in unquote(other)] == [], "un courriel ne dit pas de quelle page il parle"
            assert links["Modifier cette fiche"] == f"{catalogue.depot}/edit/main/{folder}/{key}.yml"


def mails(page: Element) -> list[tuple[str, str]]:
    """Each e-mail that the foot of a fiche proposes to write: its name, its text."""
    return [(link.seen(), parse_qs(urlsplit(link.attributes["href"]).query).get("body", [""])[0])
            for foot in page.of_class("pied-de-fiche") for link in foot.all("a") if link.attributes.get("href", "").startswith("mailto:")]


def test_an_error_is_told_with_the_address_of_its_own_page(pages: Pages, catalogue: Catalogue) -> None:
    """« Signaler une erreur », on every fiche that has a foot: the text of the message, not only its subject, holds the address of that page and no other."""
    seen = 0
    for where, page in full(pages).items():
        for name, text in mails(page):
            seen += name == "Signaler une erreur"
            assert re.findall(rf"{re.escape(catalogue.adresse)}\S*", text) == [catalogue.adresse + where], f"{where} : {name} : {text}"
    assert seen >= len(catalogue.cas) + len(catalogue.leviers) + len(catalogue.modes) + len(catalogue.reseaux) + len(catalogue.documents)


LEVER_BLOCKS = ["Pourquoi", "Ce que la collectivité peut faire", "Outils et modes de contractualisation", "Les cas qui le montrent", "Cadre légal", "Points de vigilance",
                "Ce qui a changé entre les éditions", "Ce qu’on ne sait pas", "Pour aller plus loin", "Sources"]


def test_every_lever_has_the_same_blocks_in_the_same_order(pages: Pages, catalogue: Catalogue) -> None:
    """One anatomy; a block without material says so and never vanishes."""
    for key in catalogue.leviers:
        titles = [heading.seen() for heading in pages[f"leviers/{key}/"].of_class("fiche__texte")[0].all("h2")]
        assert [title for title in titles if title in LEVER_BLOCKS] == LEVER_BLOCKS, key


def test_every_number_of_a_note_leads_to_a_source_and_back(pages: Pages) -> None:
    """A mark leads to its source; the source leads back to a mark."""
    for where, page in pages.items():
        for mark in page.of_class("note"):
            for link in mark.all("a"):
                assert re.fullmatch(r"#source-\d+", link.attributes["href"]), where
        listed = {element.attributes.get("id", "") for part in page.of_class("sources") for element in part.all("li")}
        called = {link.attributes["href"][1:] for link in page.all("a") if link.attributes.get("href", "").startswith("#source-")}
        assert called == {name for name in listed if name.startswith("source-")}, where
        for part in page.of_class("sources"):
            for entry in part.all("li"):
                assert any(link.attributes["href"].startswith("#note-") for link in entry.all("a")), f"{where} : {entry}"


def test_the_page_for_a_lost_reader_stands_at_any_depth(pages: Pages) -> None:
    """404.html is in French, has the three doors, and all its links are absolute."""
    page = pages["404.html"]
    assert "n’existe pas" in page.all("h1")[0].seen()
    targets = [target for tag, target in _targets(page) if not target.startswith(("#", "mailto:", "data:"))]
    assert [target for target in targets if not target.startswith(("/", "https://"))] == []
    assert {"/leviers/", "/cas/", "/contribuer/"} <= {urlsplit(target).path for target in targets}
