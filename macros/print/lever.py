"""A lever of action → what its fiche prints: its steps, its cases, the legal landmarks, in the order of its page."""

from __future__ import annotations

from typing import Any

from macros.catalogue import Catalogue
from macros.model.facts import Moyen, Phrase
from macros.model.lever import Levier, Outil
from macros.notes import joined
from macros.print import parts
from macros.print.balance import Sheet
from macros.print.marks import Marks
from macros.print.parts import FULL, NOT_DOCUMENTED, Section, link, section
from macros.print.text import Block, Run, bullets, followed, led, paragraph, quiet, run
from macros.rendering import number, plural
from macros.typography import HARD, french

NAMED = 12
"""How many cases a printed lever names: more would not stand on its leaf."""


def lever_sheet(catalogue: Catalogue, identifier: str, detail: int = FULL) -> Sheet:
    """Everything the layout of a lever needs; `detail`: how much of its legal landmarks."""
    marks = Marks(catalogue, link(catalogue, "leviers", identifier))
    return parts.completed(lever_content(marks, identifier, detail), marks, "", catalogue.leviers[identifier].redige_le)


def lever_content(marks: Marks, identifier: str, detail: int) -> Sheet:
    """A lever without its sources, which a larger document lists with others."""
    catalogue = marks.catalogue
    lever = catalogue.leviers[identifier]
    years = sorted(shown.edition for shown in lever.parutions)
    shown = len(catalogue.cas_par_levier[identifier])
    cases = plural(shown, "cas", "cas") if shown else "aucun cas"
    return {
        "kind": french("Levier d'action"), "place": f"{cases} · {'éditions' if len(years) > 1 else 'édition'} {joined(years)}", "title": french(lever.titre),
        "brief": led(run("En bref : ", b=True), marks.flowing([lever.en_une_phrase])), "chips": [], "notice": notice(catalogue, years), "sections": sections(marks, lever, identifier, detail),
    }


def notice(catalogue: Catalogue, years: list[str]) -> list[Run]:
    """What to know before reading a lever that the current edition no longer prints."""
    current = max(catalogue.editions)
    if current in years:
        return []
    return [run(f"Levier de l'édition {max(years)} :", b=True), run(f" l'édition {current} ne le reprend pas. Il reste ici, avec ce qu'en disait la source.")]


def sections(marks: Marks, lever: Levier, identifier: str, detail: int) -> list[Section]:
    """The text of the fiche, in the order of its page; a part without matter says so."""
    catalogue = marks.catalogue
    found = [section("pourquoi", "Pourquoi", parts.phrases(marks, lever.pourquoi) or [NOT_DOCUMENTED]),
             section("moyens", "Ce que la collectivité peut faire", [bullets([_step(marks, step) for step in lever.moyens], True)] if lever.moyens else [NOT_DOCUMENTED]),
             section("outils", "Outils et modes de contractualisation", [bullets([_tool(marks, tool) for tool in lever.outils])] if lever.outils else [NOT_DOCUMENTED], "free"),
             section("cas", "Les cas qui le montrent", cases(catalogue, identifier), "side")]
    found += [parts.testimony(marks, key) for key, said in catalogue.temoignages.items() if identifier in said.leviers]
    for name, title, said, sureness in (("cadre", "Cadre légal", lever.cadre, "haute"), ("vigilance", "Points de vigilance", lever.vigilance, "moyenne")):
        found.append(section(name, title, _rules(marks, said, catalogue.reperes_de("leviers", identifier, sureness), detail), "main" if name == "cadre" else "free"))
    found.append(section("changements", "Ce qui a changé entre les éditions", _changes(marks, lever), "free", "change"))
    found.append(parts.unknowns(lever.inconnues))
    found.append(section("suite", "Pour aller plus loin", [parts.resources(marks, lever.ressources)] if lever.ressources else [NOT_DOCUMENTED], "free"))
    return found


def _step(marks: Marks, step: Moyen) -> list[Block]:
    catalogue = marks.catalogue
    who = ", ".join(catalogue.libelle("echelons", key) for key in step.qui)
    mode = [run(" "), _mode(marks, step.mode)] if step.mode else []
    return followed(led(run(f"{step.verbe}. ", b=True), marks.said(step)), [*mode, *([quiet(f"{HARD}·{HARD}{who}")] if who else [])])


def _tool(marks: Marks, tool: Outil) -> list[Block]:
    said = marks.said(tool)
    return led(_mode(marks, tool.mode, b=True), led(run(". "), said)) if tool.mode else said


def _mode(marks: Marks, mode: str, **style: Any) -> Run:
    return run(marks.catalogue.modes[mode].nom, u=link(marks.catalogue, "modes", mode), **style)


def _rules(marks: Marks, said: tuple[Phrase, ...], landmarks: list[str], detail: int) -> list[Block]:
    content = [parts.points(marks, said)] if said else []
    return [*content, *(parts.landmarks(marks, landmarks, detail) if landmarks else [])] or [NOT_DOCUMENTED]


def _changes(marks: Marks, lever: Levier) -> list[Block]:
    catalogue = marks.catalogue
    printed = []
    for item in sorted(lever.parutions, key=lambda item: item.edition, reverse=True):
        title = "même titre" if item.titre == lever.titre else f"« {item.titre} »"
        printed.append([paragraph(run(f"Édition {item.edition}, levier n° {item.rang} : {title}"), *marks.mark(catalogue.editions[item.edition].document))])
    return [bullets([*printed, *(marks.said(item) for item in lever.changements)])]


def cases(catalogue: Catalogue, identifier: str) -> list[Block]:
    """The cases that show a lever: where, what, and who put them there."""
    found = []
    every = catalogue.cas_par_levier[identifier]
    for key in every if len(every) <= NAMED else every[:NAMED]:
        case = catalogue.cas[key]
        shown = next(item for item in case.leviers if item.levier == identifier)
        what = f"{', '.join(action.verbe for action in shown.actions)}." if shown.actions else shown.remarque or ""
        why = f"Classé ici par l'édition {joined(sorted(shown.editions, reverse=True))}" if shown.editions else "Rattaché par la rédaction"
        found.append([paragraph(run(case.titre, b=True, u=link(catalogue, "cas", key)), run(f". {what}"), quiet(f" {catalogue.lieu_court(key)}. {why}."))])
    if len(every) > NAMED:
        found.append([paragraph(run(f"Les {number(len(every))} cas", u=f"{catalogue.adresse}cas/?levier={identifier}"), run(" de ce levier sont sur le site."))])
    return [bullets(found)] if found else [NOT_DOCUMENTED]
