"""Every place where a text of the data goes out: there too, a payload is the text that was written, and nothing else.

`test_hostiles.py` looks at every page and file for what must not be there; here each outlet is read as those who use it read it.
"""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pikepdf
import pypdfium2 as pdfium
import pytest
from markdown import markdown
from playwright.sync_api import Browser, Dialog, Page, expect

from macros.loading import load
from macros.pages import fiches
from macros.print.cards import _content
from macros.print.typesetting import set_pdf
from macros.reader import read_bytes
from macros.typography import french
from tests.hostiles.pieges import SITE, cases, levers, trapped_site
from tests.hote import served
from tests.html_lu import Element, read, read_file
from tests.inoffensif import dangers
from tests.test_politique import watched

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def trapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return trapped_site(tmp_path_factory)


def bare(text: str) -> str:
    """A text without its spaces, as the site sets it: what is left to compare once lines are cut and spaces made fine."""
    return re.sub(r"\s", "", french(" ".join(text.split())))


def marked(text: str) -> str:
    """The same, for a long text: `*`, `_` and `\\` mark emphasis or give way, and where a name is written between them they may not be seen."""
    return re.sub(r"[*_\\]", "", bare(text))


def title(key: str) -> str:
    return str(cases()[key]["titre"])


def summary(key: str) -> str:
    return str(cases()[key]["en_bref"][0]["texte"])


def page(trapped: Path, key: str, folder: str = "cas") -> Element:
    return read_file(trapped / folder / key / "index.html")


def inner(element: Element) -> str:
    """All the text of an element, the one of `<title>` included."""
    return "".join(item if isinstance(item, str) else inner(item) for item in element.inside)


def metas(tree: Element) -> dict[str, str]:
    return {meta.attributes.get("name") or meta.attributes.get("property", ""): meta.attributes.get("content", "") for meta in tree.all("meta")}


@pytest.mark.parametrize("key", cases())
def test_the_head_and_the_way_to_a_page_say_what_was_written(key: str, trapped: Path) -> None:
    """Title of the page, description, shared title and text of the picture, breadcrumb, name of the site in the header."""
    tree = page(trapped, key)
    said = metas(tree)
    assert bare(inner(tree.all("title")[0])) == bare(f"{title(key)} – {SITE['nom']}")
    assert bare(said["description"]) == bare(said["og:description"]) == bare(summary(key))
    assert bare(said["og:title"]) == bare(title(key))
    assert bare(title(key)) in bare(said["og:image:alt"]) and bare(SITE["nom"]) in bare(said["og:image:alt"])
    crumb = tree.of_class("fil")[0].all("li")[-1].seen()
    assert bare(crumb) == bare(cases()[key]["nom"])
    assert bare(SITE["nom"]) in bare(tree.all("header")[0].seen())


@pytest.mark.parametrize("key", cases())
def test_announced_data_say_what_was_written(key: str, trapped: Path) -> None:
    """JSON-LD: read as HTML then as JSON, as a search engine does."""
    block, = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (trapped / "cas" / key / "index.html").read_text(encoding="utf-8"), re.DOTALL)
    record = json.loads(block)["@graph"][0]
    assert bare(record["name"]) == bare(title(key)) and bare(record["description"]) == bare(summary(key))


@pytest.mark.parametrize("key", cases())
def test_the_card_for_other_sites_says_what_was_written(key: str, trapped: Path) -> None:
    """The embedded card and its oEmbed, whose HTML another site will paste."""
    tree = page(trapped, key, "integrer/cas")
    assert bare(title(key)) in bare(tree.all("h1")[0].seen())
    assert marked(summary(key)) in marked(tree.seen())
    found = [json.loads(path.read_text(encoding="utf-8")) for path in (trapped / "integrer" / "cas" / key).glob("*.json")]
    for answer in found:
        assert bare(answer["title"]) == bare(title(key))
        frame, = read(f"<main>{answer['html']}</main>").all("iframe")
        assert bare(frame.attributes["title"]) == bare(f"{title(key)} – {SITE['nom']}")
        assert set(frame.attributes) == {"src", "title", "width", "height", "loading", "style"} and len(list(frame.walk())) == 1
    assert found


def test_the_feed_says_what_was_written(trapped: Path) -> None:
    """Titles and summaries are plain text; the HTML of an entry is harmless once a reader has unfolded it."""
    root = ElementTree.fromstring((trapped / "flux" / "cas.xml").read_bytes())
    entries = {link.attrib["href"].rstrip("/").split("/")[-1]: entry for entry in root.iter(f"{ATOM}entry") for link in entry.iter(f"{ATOM}link") if link.attrib["rel"] == "alternate"}
    for key in cases():
        entry = entries[key]
        heading, content = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}content")
        assert heading is not None and heading.get("type", "text") == "text" and bare(heading.text or "") == bare(title(key))
        assert content is not None and not dangers(content.text or "") and marked(summary(key)) in marked(read(f"<main>{content.text}</main>").seen())
    name = root.find(f"{ATOM}title")
    assert name is not None and bare(name.text or "").startswith(bare(SITE["nom"]))


def test_tables_say_what_was_written(trapped: Path) -> None:
    """CSV: a sign that starts a formula has an apostrophe before it, and nothing else changes; the same in GeoJSON without it."""
    with (trapped / "api" / "v1" / "cas.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["identifiant"]: row for row in csv.DictReader(file)}
    features = {feature["id"]: feature["properties"] for feature in json.loads((trapped / "api" / "v1" / "cas.geojson").read_text(encoding="utf-8"))["features"]}
    for key in cases():
        assert rows[key]["titre"] in (title(key), f"'{title(key)}'", f"'{title(key)}"), key
        assert bare(features[key]["titre"]) == bare(title(key))
    assert any(row["titre"].startswith("'") for row in rows.values())


def test_the_list_for_language_models_adds_no_line_and_no_link(trapped: Path) -> None:
    """`llms.txt`, read as the Markdown it is: one item a fiche, whose only link is that of the fiche, and no HTML of its own."""
    text = (trapped / "llms.txt").read_text(encoding="utf-8")
    for folder, records in (("cas", cases()), ("leviers", levers())):
        for key, record in records.items():
            line, = [line for line in text.splitlines() if f"/{folder}/{key}/)" in line]
            shown = markdown(line)
            item, = read(f"<main>{shown}</main>").all("li")
            links = item.all("a")
            assert [link.attributes["href"].split("example/")[1] for link in links] == [f"{folder}/{key}/"], shown
            assert {element.tag for element in item.walk()} == {"li", "a"}, shown
            assert re.sub(r"\s", "", links[0].seen()) == re.sub(r"\s", "", record["titre"])


def test_the_plan_and_the_description_of_the_data_hold_no_text(trapped: Path) -> None:
    """`sitemap.xml` names addresses only; `openapi.json` and the schemas do not repeat the data."""
    for place in ElementTree.fromstring((trapped / "sitemap.xml").read_bytes()).iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc"):
        assert re.fullmatch(r"https://petite-enfance-ess\.example/[a-z0-9/.-]*", place.text or ""), place.text
    described = json.loads((trapped / "api" / "v1" / "openapi.json").read_text(encoding="utf-8"))
    assert described["info"]["title"] and "__pwned" not in json.dumps(described["paths"])


def printed(path: Path) -> str:
    document = pdfium.PdfDocument(path)
    text = "".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    return re.sub(r"[\s\x02\u00ad\ufffe\u2011-]", "", text)


def actions(path: Path) -> list[str]:
    """Where the links of a PDF lead, and anything in it that would run, open or carry a file."""
    found = []
    with pikepdf.open(path) as pdf:
        found += [f"racine {key}" for key in ("/OpenAction", "/AA") if key in pdf.Root]
        found += [f"noms {key}" for key in ("/JavaScript", "/EmbeddedFiles") if key in pdf.Root.get("/Names", {})]
        for sheet in pdf.pages:
            found += ["page /AA"] if "/AA" in sheet else []
            for note in sheet.get("/Annots", []):
                action: Any = note.get("/A")
                kind = str(action.get("/S")) if action is not None else ""
                found += [str(action["/URI"]) if kind == "/URI" else kind] if kind not in ("", "/GoTo") else []
    return found


def test_paper_says_what_was_written_and_leads_nowhere_else(trapped: Path) -> None:
    """Each PDF shows its title as it is; its links go to the site, to its contact and to the sources, never where a payload says."""
    for folder, records in (("cas", cases()), ("leviers", levers())):
        for key, record in records.items():
            path = trapped / "pdf" / folder / f"{key}.pdf"
            wanted = re.sub(r"[\u2011-]", "", bare(str(record["titre"])))
            assert wanted in printed(path), key
            links = actions(path)
            assert links and all(re.match(r"https?://|mailto:contact@", link) for link in links), links
            assert not [link for link in links if re.search("piege(?!-)|javascript|__pwned", link)], links
            with pikepdf.open(path) as pdf:
                assert bare(str(pdf.docinfo["/Title"])).startswith(bare(str(record["titre"])))


def test_the_shared_picture_says_what_was_written(trapped: Path) -> None:
    """The same layout as a PDF, whose text can be read; and the picture itself is one."""
    catalogue = load(trapped.parent)
    made = {fiche.identifiant: fiche for fiche in fiches(catalogue) if fiche.table == "cas"}
    for key in cases():
        content = _content(catalogue, made[key])
        paper = trapped.parent / "carte.pdf"
        paper.write_bytes(set_pdf("card", content, key, 0).content)
        assert re.sub(r"[\u2011-]", "", bare(title(key))) in printed(paper), key
        assert actions(paper) == []
        assert (trapped / "assets" / "cartes" / "cas" / f"{key}.png").read_bytes().startswith(b"\x89PNG")


@pytest.fixture
def victim(trapped: Path, navigateur: Browser) -> Iterator[Page]:
    """A browser on the trapped site, its policy set aside so that it hides nothing: any dialog, window, error, request outside or mark left is a failure."""
    with served(trapped) as address:
        context = navigateur.new_context(base_url=address, bypass_csp=True, viewport={"width": 1280, "height": 800})
        context.set_default_timeout(10_000)
        opened = context.new_page()
        faults = watched(opened, address)

        def on_dialog(dialog: Dialog) -> None:
            faults.append(f"boîte « {dialog.message} »")
            dialog.dismiss()

        opened.on("dialog", on_dialog)
        opened.on("popup", lambda window: faults.append(f"fenêtre {window.url}"))
        yield opened
        assert opened.evaluate("() => [window.__pwned === undefined, !document.querySelector('[piege], piege, xss, marquee, main iframe, main script:not([type])')]") == [True, True]
        context.close()
        assert not faults, "\n".join(faults)


def shown(opened: Page, selector: str) -> str:
    return bare(" ".join(opened.locator(selector).all_text_contents()))


def test_search_results_show_what_was_written(victim: Page) -> None:
    """Each payload is searched for: the query is said as it is, and the results show titles and excerpts as text."""
    listed = set()
    victim.goto("recherche/")
    for key in cases():
        asked = " ".join(title(key).split())[:200].strip()
        victim.goto(f"recherche/?q={quote(asked)}")
        expect(victim.locator(".recherche__etat")).to_contain_text(re.compile("résultat|Aucun"))
        assert bare(asked) in shown(victim, ".recherche__etat"), key
        assert bare(victim.title()).startswith(bare(asked))
        for link in victim.locator("ol.resultats > li a").all():
            found = re.search(r"/cas/(piege-\d+)/$", link.get_attribute("href") or "")
            if found:
                listed.add(found[1])
                assert bare(link.text_content() or "") == bare(title(found[1]))
    assert len(listed) > len(cases()) / 2, listed


def test_the_comparison_and_the_explorer_show_what_was_written(victim: Page) -> None:
    """Four cases side by side, and names that are not identifiers at all; the list of cases, filtered by an address that somebody made."""
    names = list(cases())
    for start in range(0, len(names), 4):
        group = names[start: start + 4]
        victim.goto(f"comparer/?cas={','.join(group)}")
        expect(victim.locator(".comparer__tableau thead th")).to_have_count(len(group) + 1)
        heads = victim.locator(".comparer__tableau thead th").all_text_contents()[1:]
        assert all(head.strip() for head in heads)
    for bad in ("<img src=x onerror=window.__pwned=1>", "../../api/v1/cas", "__proto__,Constructor", "javascript:window.__pwned=1"):
        for where in ("comparer/?cas=", "cas/?cas=", "cas/?q=", "cas/?levier=", "modes/?mode=", "dossier/?f=", "contribuer/formulaire/?cas=", "matrice/?mode=", "recherche/?q=a&levier="):
            victim.goto(where + quote(bad), wait_until="load")


def test_the_file_shows_what_was_written(victim: Page) -> None:
    """« Mon dossier » copies whole fiches in a page of its own; and what it keeps in the browser may have been tampered with."""
    wanted = [*(f"cas/{key}" for key in cases()), *(f"leviers/{key}" for key in levers())]
    for start in range(0, len(wanted), 8):
        group = wanted[start: start + 8]
        victim.goto(f"dossier/?f={','.join(group)}")
        expect(victim.locator(".dossier__fiche")).to_have_count(len(group))
        expect(victim.locator(".dossier__fiche h2").nth(0)).to_be_visible()
        text = shown(victim, "#dossier")
        assert [name for name in group if bare(str((cases() if name.startswith("cas") else levers())[name.split("/")[1]]["titre"])) not in text] == []
    victim.evaluate("localStorage.setItem('dossier', '[\"<img src=x onerror=window.__pwned=1>\", \"../../piege\", {\"__proto__\": 1}]')")
    victim.goto("dossier/")
    expect(victim.locator("#dossier-titre")).to_be_visible()


def test_the_form_shows_and_writes_what_was_written(victim: Page, tmp_path: Path) -> None:
    """A hostile fiche opened in the form: its preview is text, and the file it gives back is the same fiche."""
    for key in list(cases())[::6]:
        victim.goto(f"contribuer/formulaire/?cas={key}")
        expect(victim.locator("#nom-du-fichier")).to_have_value(key)
        preview = shown(victim, ".formulaire__apercu")
        assert bare(title(key)) in preview and bare(summary(key)) in preview, key
        with victim.expect_download() as waiting:
            victim.get_by_role("button", name="Télécharger").click()
        waiting.value.save_as(tmp_path / "rendu.yml")
        given = read_bytes((tmp_path / "rendu.yml").read_bytes(), "rendu.yml")
        assert not given.problems and given.content == read_bytes(json.dumps(cases()[key], ensure_ascii=False).encode(), "").content, key
