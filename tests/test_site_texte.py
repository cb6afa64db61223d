"""What a reader reads on the built site: French typography, no leftover of a machine, no misprint of the sources, nothing lost."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from macros.catalogue import Catalogue
from macros.model.case import Soutien
from macros.model.facts import Source
from macros.nodes import walk
from macros.typography import french
from tests.html_lu import Element, read
from tests.test_site import Pages, full

T, N = "\u202f", "\u00a0"

LEFTOVERS = {
    "un gabarit": r"\{\{|\{%|\{#|%\}|\}\}", "une erreur": r"Traceback|Macro Rendering Error|jinja2|UndefinedError|is undefined", "None": r"\bNone\b", "nan": r"\bnan\b|\bNaN\b",
    "un objet": r"\[\]|\bDecimal\(|\bMarkup\(|<[A-Z]\w+ |object at 0x|\bundefined\b|\bnull\b|\bTrue\b|\bFalse\b", "un champ": r"\bdescription:|\btitle:|\blayout:",
    "une entité": r"&(?:amp|lt|gt|quot|nbsp|#\d+);", "du Markdown": r"\*\*|\]\(http|^#+ |`", "un bout d'essai": r"\bTODO\b|\bFIXME\b|lorem ipsum|\bXXX\b"}
"""What should never be seen, in words → as a pattern."""
SPOKEN_OF = {"contribuer/champs/": {"un objet"}, "donnees/": {"un objet"}}
"""Pages that speak of these very signs: an empty list « [] » is a value a contributor may write."""

TYPOGRAPHY = {
    "espace ordinaire dans les guillemets": r"« | »", "guillemet sans espace": r"«(?![\u202f\u00a0])|(?<![\u202f\u00a0])»", "apostrophe droite": r"(?<=\w)'(?=\w)",
    "guillemets droits": "\"",
    "espace ordinaire avant ; : ! ? %": r"(?<=\S) [;:!?%](?=\s|$)", "pas d'espace avant ; ! ?": r"[^\W\d_][;!?](?=\s|$)", "pas d'espace avant deux-points": r"[^\W\d_]:(?=\s|$)",
    "pas d'espace insécable avant %": r"\d[ ]?%", "espace ordinaire avant €": r"\d €", "milliers collés": r"\b\d{5,}(?=[\s\u00a0\u202f]*(?:€|euros|places|habitants|enfants|salariés))",
    "point décimal": r"\b\d+\.\d+[\s\u00a0\u202f]*(?:%|€|m²|ETP|salariés)", "trois points": r"\.\.\.", "point médian": r"\w[·•⋅]\w|\w\.e\.?s?\b(?!\w)|\(e\)s?\b",
    "ordinal": r"\b1ère\b|\b\d+(?:ème|ième|ier)\b",
    "capitale sans accent": r"\b(?:Etat|Etats|Ecole|Economie|Etude|Egalité|Election|Elections|Elu|Elue|Elus|Equipe)\b|(?:^|[.!?] )A (?=[A-Z])"}
"""The rules of the house, as what must not be seen."""


def without(element: Element, *tags: str) -> Element:
    """The same tree, some elements left out."""
    inside = [item if isinstance(item, str) else without(item, *tags) for item in element.inside if isinstance(item, str) or item.tag not in tags]
    return Element(element.tag, element.attributes, list(inside), element.parent)


def prose(page: Element) -> list[str]:
    """The lines a person reads; code, keys and addresses are not prose."""
    return [re.sub(r"(https?://|mailto:|[\w.-]+@)\S+", "…", line) for line in without(page, "code", "pre", "kbd", "svg", "textarea").seen().split("\n")]


def told(page: Element) -> str:
    """What the page says, every kind of space made ordinary."""
    return page.all("main")[0].seen().replace(N, " ").replace(T, " ")


def _found(pages: Pages, patterns: dict[str, str], spared: dict[str, set[str]] | None = None) -> list[str]:
    faults = []
    for where, page in pages.items():
        for line in prose(page):
            for what, pattern in patterns.items():
                hit = re.search(pattern, line)
                if hit and what not in (spared or {}).get(where, set()):
                    faults.append(f"{where} : {what} : …{line[max(0, hit.start() - 40): hit.end() + 40]}…")
    return sorted(set(faults))


def test_no_leftover_of_a_machine_is_visible(pages: Pages) -> None:
    """Neither template, traceback, None, empty list, field name nor double escaping."""
    faults = _found(pages, LEFTOVERS, SPOKEN_OF)
    assert not faults, "\n".join(faults)


def test_the_typography_is_french(pages: Pages) -> None:
    """Quotes, apostrophes, spaces before signs, thousands, accented capitals, on every page."""
    quoting = {where: {"capitale sans accent", "milliers collés", "point décimal", "point médian", "ordinal"} for where in pages if where.startswith(("corrections/", "sources/"))}
    faults = _found(pages, TYPOGRAPHY, quoting)
    assert not faults, "\n".join(faults)


def test_the_typography_of_what_is_heard_and_listed_is_french_too(pages: Pages) -> None:
    """Titles, descriptions, labels and tooltips are texts: no straight apostrophe, no ordinary space inside « »."""
    faults = []
    for where, page in full(pages).items():
        texts = ["".join(part for part in title.inside if isinstance(part, str)) for title in page.all("title")]
        texts += [meta.attributes["content"] for meta in page.all("meta") if meta.attributes.get("name") == "description"]
        texts += [element.attributes[name] for element in page.walk() for name in ("aria-label", "title", "alt", "data-label") if name in element.attributes]
        faults += [f"{where} : {text}" for text in texts if re.search(r"(?<=\w)'(?=\w)|« | »|(?<=\S) [;:!?%](?=\s|$)", text)]
    assert not faults, "\n".join(sorted(set(faults)))


MISPRINTS = {
    "essayer pour essaimer": r"\b[Ee]ssayer ?!|essayer (?:ses|les|des) (?:actions|expériences)", "démarcher pour démarchandiser": r"démarcher la petite enfance", "ACCEP": r"\bACCEP",
    "UNIOPS": r"\bUNIOPS\b", "RepèreESS": r"RepèreESS|RepèreSS|Repère ?ESS\b(?<!RepèrESS)", "fiche ^(n°11)": r"\^\(", "Acse": r"\bAcse\b", "Fond Territorial": r"\bFond [Tt]erritorial",
    "la SPAMAF": r"\bla SPAMAF", "Seine Saint Denis": r"Seine Saint[ -]Denis|Seine-Saint Denis", "Ille et Vilaine": r"Ille et Vilaine", "Economique": r"\bEconomi(?:que|e)",
    "Etat": r"\bEtat\b",
    "A Nancy": r"\bA Nancy", "éducation artistique et culturel": r"artistique et culturel\b", "Microscop": r"\bMicroscop\b", "St Hilaire": r"\bSt Hilaire|Saint Hilaire de Clisson",
    "la Roche-sur-Yon": r"\bla Roche-sur-Yon", "la Fusion": r"\bla Fusion\b", "2ème": r"\d(?:ème|ième)\b", "caractère de remplacement": "\ufffd", "points de suite": r"…/…|\.\.\./",
    "4.7": r"\b4\.7\b", "11.9": r"\b11\.9\b", "multiaccueils": r"[Mm]ultiaccueil", "Turn over": r"[Tt]urn over", "Covid19": r"[Cc]ovid19",
    "Fédération en France": r"socioculturels en France",
    "Jean Jaurès": r"\bJean Jaurès", "15000 €": r"\b[12]5000[\s\u00a0\u202f]*(?:€|euros)", "1600": r"\b1600\b", "870m²": r"\b870m", "appel à projet": r"\b[Aa]ppels? à projet\b",
    "PÔPE": r"\bPÔPE\b", "les microdoniens": r"\bles microdoniens\b", "graphie de Méli-Mélo": r"M[ée]li-Mêlo|Mêli-Mélo|Mêli-Mêlo", "élu.e.s": r"[Éé]lu\.e\.s|assistant\.es"}
"""Misprints of the sources (knowledge of the project's editors): what they are → how they look."""


def test_the_misprints_of_the_sources_are_not_repeated(pages: Pages) -> None:
    """They are shown on /corrections/ and on the pages of the documents, and nowhere else; the title of a publication stays exact."""
    apart = {where: without(page, "cite") for where, page in full(pages).items() if not where.startswith(("corrections/", "sources/"))}
    faults = [fault for fault in _found(apart, MISPRINTS) if not ("graphie de Méli-Mélo" in fault and _about_the_name(fault))]
    assert not faults, "\n".join(faults)


def _about_the_name(fault: str) -> bool:
    """The name of the crèche is a known disagreement: its spellings are shown where it is told, with their source."""
    return re.match(r"(cas/meli-melo/|editions/|recherche/|comparer/|changements/|ressources/|integrer/cas/meli-melo/) ", fault) is not None


def test_corrections_show_the_misprint_and_the_correction(pages: Pages) -> None:
    """The public list of corrections does quote what the sources print."""
    text = pages["corrections/"].seen()
    for printed, written in (("essayer", "essaimer"), ("démarcher", "démarchandiser"), ("ACCEP35", "ACEPP 35"), ("UNIOPS", "UNIOPSS"), ("11.9", "11,9"), ("Jean Jaurès",
    "Jean-Jaurès"), ("Turn over", "turn-over")):
        assert printed in text, printed
        assert written in text, written


DISAGREEMENTS = {
    "A1 création du PôPE": ("cas/pope/", ["Les sources divergent", "2015 création du pôle – RTES, fiche n°15, 2026",
    "2014 regroupement des sept fondateurs – Brochure du PôPE, vers 2015"]),
    "A5 87 % ou 30 %": ("chiffres/", ["87 %", "des établissements privés", "30 %", "tous statuts confondus", "À ne pas comparer avec 87 %", "À ne pas comparer avec 30 %"]),
    "B1 leviers de 4 à 5": ("editions/", ["Les leviers passent de quatre à cinq", "Des passerelles\nabsent\nn° 3", "Des locaux\nn° 1", "La création de structures\nn° 3"]),
    "B1 passerelles gardé": ("leviers/passerelles/", ["Levier de l’édition 2021", "ne le reprend pas"]),
    "B2 Villeurbanne": ("cas/villeurbanne/", ["Classé sous ce levier par l’édition 2021", "Classé sous ce levier par l’édition 2026",
    "coopération en 2021, engagement bénévole en 2026"]),
    "B3 Méli-Mélo": ("cas/meli-melo/", ["coopération en 2021, création de structures en 2026", "3 places", "Places pour ses agents, selon l’édition 2021", "préfecture",
    "ne dit pas que ces réservations ont pris fin"]),
    "B4 Caylus": ("cas/caylus/", ["Selon l’édition 2021, l’équipe comptait", "Selon l’édition 2021, elle était aussi l’employeur",
    "L’édition 2026 ajoute les quatre crèches associatives"]),
    "B5 Plouguerneau": ("cas/plouguerneau/", ["Édition 2021", "ne figure plus dans l’édition 2026", "Yannig Robin", "maire de Plouguerneau à la date de la source (vers 2021)"]),
    "B6 Pierre Roussel": ("leviers/cooperation/", ["Pierre Roussel", "à la date de la source (vers 2021)", "crise du Covid-19", "l’édition 2026 ne reprend pas ce témoignage"]),
    "C2 SFM-AD": ("cas/pope/", ["Solidarité Formation Mobilisation Accueil et Développement", "Solidarité Formation Mobilisation Accompagnement Développement"]),
    "C10 11,9": ("chiffres/", ["11,9\n", "lecture probable", "Bretagne (déduit)", "salariés ou d’ETP"]),
    "C20 MAM": ("chiffres/", ["4\nAssistants maternels au plus dans une même maison", "selon l’édition 2026", "ordonnance du 19 mai 2021",
    "6 assistants maternels au total, 4 en même temps", "hors des cinq documents"]),
}
"""Point of disagreement, change or gap → the page of its subject, what a reader must find there."""


@pytest.mark.parametrize("point", DISAGREEMENTS)
def test_a_disagreement_or_a_change_is_visible(point: str, pages: Pages) -> None:
    """Nobody arbitrates silently: both values, their sources, what is deduced."""
    where, wanted = DISAGREEMENTS[point]
    text = told(pages[where])
    assert [piece for piece in wanted if piece not in text] == []


def test_disagreeing_figures_stand_next_to_their_sources(pages: Pages) -> None:
    """PôPE: 2015 first, since its source is the most recent; each value has its note."""
    block, = pages["cas/pope/"].of_class("divergence")
    years = [item for item in block.all("li") if item.seen().startswith(("2015", "2014"))]
    assert [item.seen()[:4] for item in years] == ["2015", "2014"]
    assert all(item.of_class("note") for item in years)


FACTS = {
    "cas/villeurbanne/": ["Villeurbanne (69)", "69266", "Rhône", "Auvergne-Rhône-Alpes", "Métropole de Lyon", "depuis 2015", "870 m²", "premier trimestre 2021", "Quatre acteurs",
                          "association, coopérative, collectivité", "bailleur social", "promoteur", "centre-ville"],
    "cas/meli-melo/": ["Lille (59)", "59350", "Hauts-de-France", "Métropole Européenne de Lille", "2015", "15 000 €", "30 000 €", "2 × 15 000 €", "10 places", "dix places",
                       "3 places", "trois places", "début 2021", "SCIC", "entreprises voisines", "préfecture", "Entrée au capital"],
    "cas/caylus/": ["Caylus (82)", "82038", "Tarn-et-Garonne", "Occitanie", "Histoire de Bulles", "10 places", "dix places", "2009", "Association", "deux éducatrices de jeunes enfants",
                    "auxiliaire de puériculture", "animatrice", "aide pour le ménage", "quatre crèches associatives", "Quercy-Rouergue-Gorges de l’Aveyron", "restauré",
                    "agriculture", "tourisme", "artisanat"],
    "cas/anstaing/": ["Anstaing (59)", "59013", "Hauts-de-France", "1 600", "Petites Mains Grandes Aventures", "mai 2024", "février 2025", "25 000 €", "15 000 €", "2025", "Gruson",
                      "50 000", "2 × 25 000 €", "chargée de mission", "groupes de travail", "ancienne école", "Métropole européenne de Lille"],
    "cas/pope/": ["Seine-Saint-Denis (93)", "Île-de-France", "Plaine Commune", "2014", "2015", "Sept membres fondateurs", "95 ETP", "31 ETP", "64 places", "plus de 150",
                      "environ 34", "28 000",
                  "16 %", "8 400", "30 %", "50 %", "2013 à 2016", "SFM-AD", "Les Microdoniens", "Orge’Mômes", "FOL 93", "IERL", "Garances", "L’Acsé", "SPAMAF", "FEPEM", "gares SNCF",
                  "Six axes d’action", "Cinq chantiers", "Dix actions", "contrat de ville", "PTCE"],
    "cas/plouguerneau/": ["Plouguerneau (29)", "29195", "Finistère", "Bretagne", "décembre 2018", "1969", "Familles Rurales", "SIEG", "périscolaire", "centre de loisirs",
                      "locaux", "moyens humains", "subvention annuelle",
                          "une réelle complexité juridique"],
}
"""Every number, amount, date and name that the sources give for the six main cases."""


@pytest.mark.parametrize("where", FACTS)
def test_every_fact_of_a_main_case_is_on_its_page(where: str, pages: Pages) -> None:
    """Nothing that the sources say of a main case is lost on the way."""
    text = told(pages[where])
    assert [piece for piece in FACTS[where] if piece not in text] == []


def test_all_amounts_are_gathered_on_one_table(pages: Pages) -> None:
    """/combien/ shows every known amount of every case, with who gives it."""
    text = told(pages["combien/"])
    for who in ("Commune d’Anstaing", "Commune de Gruson", "Métropole européenne de Lille", "Ville de Lille", "Plaine Commune", "Mairie de Caylus", "Commune de Plouguerneau"):
        assert who in text, who
    assert text.count("25 000 €") >= 2
    assert text.count("15 000 €") >= 3


def _told_supports(page: Element, supports: list[Soutien], catalogue: Catalogue) -> list[str]:
    """The supports of which no row of the page tells who gives, what and how much, with its source; a row answers for one support only."""
    rows = [row for table in page.all("table") if "Montant" in table.all("tr")[0].seen() for row in table.all("tr")[1:]]
    missing = []
    for support in supports:
        giver, nature = french(support.financeur), french(catalogue.libelle("natures_de_soutien", support.nature))
        amount = f"{support.montant:,f}".replace(",", " ") + " €" if support.montant is not None else "non précisé"
        cells = [(row, [cell.seen().replace(N, " ").replace(T, " ") for cell in row.all("td", "th")]) for row in rows]
        found = next((row for row, said in cells if row.seen().startswith(giver) and any(cell.startswith(nature) for cell in row_texts(row))
                      and any(cell.split("\n")[0] == amount for cell in said) and row.of_class("note")), None)
        if found is None:
            missing.append(f"{giver}, {nature}, {amount}")
        else:
            rows = [row for row in rows if row is not found]
    return missing


def row_texts(row: Element) -> list[str]:
    return [cell.seen() for cell in row.all("td", "th")]


def test_every_known_amount_stands_beside_who_gives_it(pages: Pages, catalogue: Catalogue) -> None:
    """Support by support, on the page of its case and on /combien/: the row of its giver holds the amount, in its own cell, with its source."""
    faults = [f"cas/{key}/ : {missing}" for key, case in catalogue.cas.items() for missing in _told_supports(pages[f"cas/{key}/"], list(case.soutiens), catalogue)]
    faults += [f"combien/ : {missing}" for missing in _told_supports(pages["combien/"], [support for _, support in catalogue.soutiens()], catalogue)]
    assert not faults, "\n".join(faults)


def test_an_amount_taken_out_is_seen(site: Path, catalogue: Catalogue) -> None:
    """The test above can fail, although the same amount stands elsewhere on the page."""
    html = (site / "cas" / "anstaing" / "index.html").read_text(encoding="utf-8")
    supports = list(catalogue.cas["anstaing"].soutiens)
    table = html.index('id="soutiens"')
    for amount in ("25\u202f000&nbsp;€", "25\u202f000\xa0€"):
        place = html.find(amount, table)
        if place >= 0:
            assert html.count(amount) > 1 and not _told_supports(read(html), supports, catalogue)
            assert len(_told_supports(read(html[:place] + html[place + len(amount):]), supports, catalogue)) == 1
            return
    raise AssertionError("le montant n'est pas dans le tableau")


def test_every_landmark_carries_its_caution(pages: Pages) -> None:
    """Wherever a legal landmark is shown, « À vérifier » and its source are in the same block."""
    blocks = [(where, block) for where, page in pages.items() for block in page.of_class("repere")]
    assert len(blocks) > 60
    assert [f"{where} : {block.seen()[:60]}" for where, block in blocks if "À vérifier" not in block.seen() or not block.of_class("note")] == []


def _outside_marks(page: Element) -> int:
    """How many facts of a page say that they come from outside: the list of sources and the heads of the blocks of landmarks are apart."""
    listed = {id(mark) for part in page.of_class("sources") for mark in part.of_class("ext")}
    return sum(mark.seen().startswith("hors des cinq") and id(mark) not in listed for mark in page.all("main")[0].of_class("ext"))


def _outside_facts(catalogue: Catalogue, *records: Any) -> int:
    """How many facts of records have a source from outside."""
    outside = {key for key, source in catalogue.sources.items() if source.fonds == "exterieur"}
    return sum(isinstance(node, Source) and bool(outside & set(node.sources)) for record in records for _, node in walk(record))


def test_what_comes_from_outside_is_marked(pages: Pages, catalogue: Catalogue) -> None:
    """Each fact, one by one: as many marks « hors des cinq documents » as facts that come from elsewhere, on every page of a record and in the lists."""
    wanted = {f"{table}/{key}/": _outside_facts(catalogue, record) for table in ("cas", "modes", "reseaux", "leviers") for key, record in getattr(catalogue, table).items()}
    wanted |= {where: _outside_facts(catalogue, *getattr(catalogue, table).values()) for where, table in (("chiffres/", "chiffres"), ("glossaire/", "termes"), ("ressources/", "ressources"))}
    assert {where: _outside_marks(pages[where]) for where in wanted} == wanted
    assert sum(wanted.values()) > 150


def test_a_mark_taken_off_is_seen(site: Path, catalogue: Catalogue) -> None:
    """The test above can fail, although other facts of the page bear the mark."""
    html = (site / "modes" / "dsp" / "index.html").read_text(encoding="utf-8")
    mark = '<span class="ext">hors des cinq documents</span>'
    assert html.count(mark) > 3
    assert _outside_marks(read(html.replace(mark, "", 1))) == _outside_facts(catalogue, catalogue.modes["dsp"]) - 1


def test_landmarks_say_when_they_were_read(pages: Pages) -> None:
    """Legal landmarks carry « hors des cinq documents », a caution and the day they were read, in the section where they stand."""
    for where in ("reperes/", "leviers/contractualisation/", "leviers/locaux/"):
        text = told(pages[where])
        assert re.search("hors des cinq documents", text, re.I), where
        assert "À vérifier" in text, where
        assert "21 novembre 2026" in text, where
