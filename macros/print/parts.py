"""Sections that several documents share: disagreements, unknowns, testimony, landmarks, sources, acronyms."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from macros import pages
from macros.catalogue import Catalogue
from macros.finishing import any_of
from macros.model.facts import Divergence, Phrase
from macros.model.references import Repere
from macros.model.values import DateTexte
from macros.print.balance import WIDE, height
from macros.print.marks import OUTSIDE, Marks
from macros.print.qr import vector
from macros.print.text import Block, Run, bullets, paragraph, quiet, run
from macros.typography import HARD, french

Section = dict[str, Any]
"""`id`, `title`, `blocks`, and where it may stand: `main`, `side`, or `free` for a layout to choose."""

LICENCE = "Licence Ouverte 2.0"
UNNAMED = "non précisé"
"""What the data write where a publisher is not known."""
SHORT = 16
"""Lines under which a framed part is kept on one page."""
RULE, REFERENCE, CAUTION, FULL = 0, 1, 2, 3
"""How much of a landmark is printed: its rule; who reports it and the texts; what to check before relying on it; its text."""
CHECK = f" À{HARD}vérifier :"
"""What comes before a caution about a landmark, never cut."""
NOT_DOCUMENTED = paragraph(run("Non documenté par les sources.", g=True, i=True))


def section(identifier: str, title: str, content: list[Block], place: str = "main", style: str = "plain") -> Section:
    """A titled part of a document; `style` is plain, divergence, unknown or change; a short one is kept on one page (`keep`)."""
    part = {"id": identifier, "title": french(title), "blocks": content, "place": place, "style": style}
    return {**part, "keep": height(part, WIDE) < SHORT}


def link(catalogue: Catalogue, table: str, identifier: str) -> str:
    """Public address of a record."""
    return catalogue.adresse + pages.address(table, identifier)


def phrases(marks: Marks, items: Iterable[Phrase]) -> list[Block]:
    """Paragraphs."""
    return [block for item in items for block in marks.said(item)]


def points(marks: Marks, items: Iterable[Phrase], outside: bool = True) -> Block:
    """A list, one item per sentence."""
    return bullets([marks.said(item, outside) for item in items])


def divergences(marks: Marks, items: Iterable[Divergence]) -> list[Section]:
    """« Les sources divergent », when they do."""
    content: list[Block] = []
    for item in items:
        values = [{"value": french(value.valeur),
                   "said": [run(f"{value.objet} – " if value.objet else ""), run(marks.catalogue.sources[value.source].court), *marks.fact(value)]} for value in item.valeurs]
        content += [{"k": "h", "t": french(item.sujet)}, {"k": "values", "v": values}]
        if item.commentaire:
            content.append(paragraph(run(item.commentaire)))
    return [section("divergences", "Les sources divergent", content, style="divergence")] if content else []


def unknowns(points_: tuple[str, ...], where: str = "free") -> Section:
    """« Ce qu'on ne sait pas »."""
    return section("inconnues", "Ce qu'on ne sait pas", [bullets([[paragraph(run(point))] for point in points_])], where, "unknown")


def testimony(marks: Marks, identifier: str) -> Section:
    """Reported speech, with who speaks."""
    said = marks.catalogue.temoignages[identifier]
    content = marks.flowing(said.propos)
    if said.fragment:
        content.append(paragraph(run(f"Ses mots : « {said.fragment} »"), *marks.mark(said.propos[0].source)))
    signed = [run(said.personne, b=True), run(f", {said.fonction} à la date de la source ({said.a_la_date.lisible}){f'. {said.contexte}' if said.contexte else ''}")]
    return section(f"temoignage-{identifier}", "Témoignage", [{"k": "quote", "b": content, "by": signed}])


def landmark(marks: Marks, mark: Repere, detail: int = FULL) -> Block:
    """A legal landmark: its rule alone, or with its legal reference and who reports it, or also with what to check, or in full."""
    if detail == RULE:
        return paragraph(run(mark.titre))
    if detail in (REFERENCE, CAUTION):
        check = [run(CHECK, i=True), run(f" {mark.precaution}")] if detail == CAUTION else []
        return paragraph(run(mark.titre, b=detail == CAUTION), quiet(f" ({' ; '.join(filter(None, (mark.textes_officiels, marks.catalogue.sources[mark.source].court)))})"), *check)
    said = [run(f"{mark.titre}.", b=True), run(f" {mark.texte}"), *marks.mark(mark.source), run(CHECK, i=True), run(f" {mark.precaution}")]
    return paragraph(*said, *([quiet(f" Textes : {mark.textes_officiels}.")] if mark.textes_officiels else []))


def caution(catalogue: Catalogue) -> str:
    """How far legal landmarks can be trusted."""
    read = max((date.lisible for mark in catalogue.reperes.values() if (date := catalogue.sources[mark.source].consulte_le)), default="")
    return french(f"Repères hors des cinq documents, relevés{f' le {read}' if read else ''} dans des copies conservées : ils orientent et ne remplacent pas un conseil juridique.")


def landmarks(marks: Marks, identifiers: list[str], detail: int) -> list[Block]:
    """Legal landmarks after what must be known before reading them, said once a document; what `detail` leaves out stands in the collection."""
    catalogue = marks.catalogue
    items = bullets([[landmark(marks, catalogue.reperes[key], detail)] for key in identifiers])
    if marks.cautioned:
        return [paragraph(quiet("Repères hors des cinq documents, avec les précautions dites sous « Cadre légal » :")), items]
    marks.cautioned = True
    where = [quiet("au chapitre « Repères de droit ».")] if marks.collected else [
        quiet("dans "), run("le recueil", u=f"{catalogue.adresse}pdf/recueil.pdf"), quiet(" et sur la page "), run("Repères de droit", u=f"{catalogue.adresse}reperes/"), quiet(".")]
    more = [quiet(" Texte, points à vérifier et source de chacun : "), *where]
    return [paragraph(quiet(caution(catalogue)), *([] if detail == FULL else more)), items]


def resources(marks: Marks, identifiers: tuple[str, ...]) -> Block:
    """Publications to read next."""
    items = []
    for key in identifiers:
        found = marks.catalogue.ressources[key]
        items.append([paragraph(run(found.titre, u=link(marks.catalogue, "ressources", key)), quiet(f", {publisher(found.editeur)}{f', {found.date.lisible}' if found.date else ''}"))])
    return bullets(items)


def publisher(name: str) -> str:
    """Who published a document; that nobody knows is said in full, for nothing before it says what is not known."""
    return f"éditeur {name}" if name == UNNAMED else name


def reference(catalogue: Catalogue, identifier: str) -> tuple[list[Run], list[str]]:
    """A source in full: who, what, when; and what must be known about it, in short sentences."""
    source = catalogue.sources[identifier]
    address = link(catalogue, "sources", identifier) if source.fonds == "documents" else source.url
    title = run(source.titre, i=True, **({"u": address} if address else {}))
    when = source.date.lisible if source.date else "sans date"
    if source.date_certitude and source.fonds == "documents":
        when += " (date déduite)"
    known = []
    if source.fonds == "exterieur" and source.consulte_le:
        known.append(f"Relevé le {source.consulte_le.lisible}.")
    if source.lien == "lien-a-retrouver":
        known.append("Lien à retrouver.")
    elif source.lien == "disparue":
        known.append("Page disparue.")
    elif source.lien == "non-verifie" and source.url:
        known.append("Lien non vérifié en direct.")
    who = publisher(source.editeur)
    return [run(f"{who[:1].upper()}{who[1:]}, "), title, run(f", {when}.")], known


def sources(marks: Marks, addresses: bool = False) -> list[dict[str, Any]]:
    """The numbered sources in two groups, ours then those from outside; what a whole group shares is said once.

    `addresses`: print them in full, for paper has no links.
    """
    groups = []
    for title, kind in (("", "documents"), (f"{OUTSIDE[:1].upper()}{OUTSIDE[1:]}", "exterieur")):
        entries = [(number, *reference(marks.catalogue, key)) for key, number in marks.numbers.items() if marks.catalogue.sources[key].fonds == kind]
        shared = [said for said in entries[0][2] if all(said in known for _, _, known in entries)] if len(entries) > 1 and title else []
        items = [{"n": number, "r": [*runs, *(_address(runs) if addresses else ()), *(quiet(f" {said}") for said in known if said not in shared)]}
                 for number, runs, known in entries]
        if items:
            plural = {"Relevé": "Relevés", "Lien": "Liens", "vérifié": "vérifiés"}
            said = " ".join(" ".join(plural.get(word, word) for word in sentence.split()) for sentence in shared)
            groups.append({"title": french(f"{title}. {said}" if said else title), "items": items})
    return groups


def _address(runs: list[Run]) -> list[Run]:
    return [{"t": f" {part['u']}", "g": True} for part in runs if "u" in part]


def acronyms(catalogue: Catalogue, content: object) -> list[Run]:
    """The acronyms that a document leaves unexplained, each with its meaning."""
    text = json.dumps(content, ensure_ascii=False)
    said = {word[0] for word in any_of(tuple(catalogue.sigles)).finditer(text)} if catalogue.sigles else set()
    lower = text.lower() if said else ""
    found = [(key, catalogue.sigles[key][1]) for key in sorted(said) if not _explained(key, french(catalogue.sigles[key][1]).lower(), lower)]
    runs: list[Run] = []
    for key, meaning in found:
        runs += [run(key, b=True), run(f" : {meaning}{' ; ' if key != found[-1][0] else '.'}")]
    return runs


def _explained(acronym: str, meaning: str, text: str) -> bool:
    """Whether a text says what an acronym means, in full or by its last words with the acronym after them: « intérêt collectif (SCIC) »."""
    return meaning in text or f"{' '.join(meaning.split(' ')[-2:])} ({acronym.lower()})" in text


def completed(sheet: dict[str, Any], marks: Marks, state: str, written: DateTexte) -> dict[str, Any]:
    """A fiche with its acronyms, its sources and what every one of its pages carries at the foot."""
    catalogue = marks.catalogue
    foot = {"site": french(catalogue.reglages.nom), "address": marks.address, "qr": vector(marks.address), "state": french(state),
            "written": french(f"Fiche écrite le {written.lisible}"), "licence": LICENCE}
    return {**sheet, "acronyms": acronyms(catalogue, sheet), "sources": sources(marks), "foot": foot}
