"""The figures of the last runs → docs/projet/mesures.md. Nobody writes there by hand: the figures stand in mesures.json, beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tests.conftest import PROJECT

FIGURES = PROJECT / "docs" / "projet" / "mesures.json"
PAGE = PROJECT / "docs" / "projet" / "mesures.md"
US = "ce projet"
INTRODUCTION = """# Mesures

Page écrite par `make bench` : les chiffres sont dans `mesures.json`, rien ne se corrige à la main.

**Ce qui est comparé.** Les mêmes cas inventés (`tests/synthese.py`, tous les champs remplis, 3 à 10 ko de YAML) deviennent les mêmes pages. Chaque
générateur lit le YAML, montre chaque champ de chaque cas et ses appels de note, dans l'en-tête et le pied du vrai site, et écrit les mêmes listes : tous les cas, un
levier, un département. Leurs gabarits sont génériques et font moins : ni contrôle des données, ni typographie française, ni sigles expliqués,
ni métadonnées, ni temps de lecture, ni carte, ni comparaisons. Le plancher est un programme Python de vingt lignes avec Jinja. Hugo, Eleventy et le plancher n'ont pas de
recherche. MkDocs et Material sont employés comme leur documentation le montre, avec leur recherche et toutes les pages dans le menu.

**Comment.** Des processus entiers, du démarrage à la fin, dans un dossier de sortie vide, à tour de rôle, plusieurs fois ; on garde la médiane. La machine
n'est pas réservée : seuls les rapports d'un même passage comptent. « Processeur » est le temps de calcul, tous processus réunis.
« À froid » : sans rien de gardé. « Avec le cache » : ce qui n'a pas changé est repris.
"""


def keep(part: str, values: Any) -> None:
    """Put the figures of one part in the place of the former ones, and write the page again."""
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    known[part] = values
    FIGURES.write_text(json.dumps(known, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    PAGE.write_text("\n".join(page(known)) + "\n", encoding="utf-8")


def page(known: dict[str, Any]) -> Iterator[str]:
    """Lines of the page."""
    yield INTRODUCTION
    sizes = sorted(int(name.removeprefix("pages-")) for name in known if name.startswith("pages-"))
    for size in sizes:
        yield from _builds(size, known[f"pages-{size}"])
    yield from _whole(known)
    yield from _others(known)
    yield "## Les objectifs\n"
    yield "| Objectif | Mesuré | Visé | |"
    yield "|---|---:|---:|---|"
    for said, value, aim, reached in goals(known):
        yield f"| {said} | {_n(value)} | {aim} | {'atteint' if reached else '**non atteint**'} |"


def _builds(size: int, values: dict[str, Any]) -> Iterator[str]:
    yield f"## Les pages seules, {_count(size)} cas\n"
    yield f"Passage du {values['date']}, médiane de {values['tours']} tours ({values['machine']}).\n"
    yield "| Générateur | Secondes | Processeur | Rapport à ce projet | Pages | Mo de HTML |"
    yield "|---|---:|---:|---:|---:|---:|"
    ours = values["mesures"][US]["secondes"]
    for name, one in sorted(values["mesures"].items(), key=lambda item: float(item[1]["secondes"])):
        yield f"| {name} | {_n(one['secondes'])} | {_n(one['processeur'])} | {_n(one['secondes'] / ours)} | {_count(one['pages'])} | {_n(one['octets'] / 1e6)} |"
    yield ""


def _whole(known: dict[str, Any]) -> Iterator[str]:
    for part in sorted((name for name in known if name.startswith("tout-")), key=lambda name: int(name[5:])):
        values = known[part]
        yield f"## Tout le site, {_count(int(part[5:]))} cas\n"
        yield f"Pages, recherche, PDF, cartes, données, flux. Passage du {values['date']}.\n"
        yield "| | Secondes | Processeur |"
        yield "|---|---:|---:|"
        for name, one in values["mesures"].items():
            yield f"| {name} | {_n(one['secondes'])} | {_n(one['processeur'])} |"
        yield f"\nMémoire : {_n(values['memoire'])} Mo au plus, tous processus réunis.\n"


def _others(known: dict[str, Any]) -> Iterator[str]:
    for part in sorted((name for name in known if name.startswith("verification-")), key=lambda name: int(name[13:])):
        yield f"## `make check`, {_count(int(part[13:]))} cas\n"
        yield f"À froid : {_n(known[part]['froid'])} s ; un cas changé : {_n(known[part]['un cas'])} s ; rien de changé : {_n(known[part]['cache'])} s.\n"
    if "impression" in known:
        one = known["impression"]
        yield "## Le PDF d'une fiche\n"
        yield f"{_n(one['ms'])} ms, {_n(one['pages'])} pages, {_n(one['ko'])} ko en moyenne sur {_count(one['nombre'])} fiches" + (
            f" ; WeasyPrint, sur les mêmes : {_n(one['weasyprint'])} ms, soit {_n(one['weasyprint'] / one['ms'])} fois plus.\n" if one.get("weasyprint") else ".\n")
    if "lecture" in known:
        yield "## Ce qu'un navigateur télécharge\n"
        yield "Le vrai site, première visite, comprimé comme le fait un hébergeur.\n"
        yield "| Vue | Demandes | ko |"
        yield "|---|---:|---:|"
        for name, one in known["lecture"].items():
            yield f"| {'première recherche, après l’accueil' if name == 'recherche' else name} | {one['demandes']} | {_n(one['octets'] / 1000)} |"
        yield ""


def goals(known: dict[str, Any]) -> Iterator[tuple[str, float, str, bool]]:
    """What was promised: words, value, limit, whether it is kept; only what was measured."""
    builds = {int(name.removeprefix("pages-")): values["mesures"] for name, values in known.items() if name.startswith("pages-")}
    wholes = {int(name.removeprefix("tout-")): values for name, values in known.items() if name.startswith("tout-")}

    def ratio(size: int, one: str, other: str) -> float | None:
        found = builds.get(size, {})
        return found[one]["secondes"] / found[other]["secondes"] if one in found and other in found else None

    for size, one, other, limit, more in ((1000, US, "Hugo", 2.0, False), (5000, US, "Hugo", 1.0, False), (10000, US, "Hugo", 1.0, False), (5000, US, "plancher", 1.5, False),
                                          (1000, "MkDocs et Material", US, 5.0, True)):
        value = ratio(size, one, other)
        if value is not None:
            yield f"pages seules, {_count(size)} cas : {one} / {other}", value, f"{'≥' if more else '≤'} {_n(limit)}", value >= limit if more else value <= limit
    if {1000, 5000} <= builds.keys():
        value = builds[5000][US]["secondes"] / builds[1000][US]["secondes"]
        yield "pages seules : 5 000 cas / 1 000 cas", value, "≤ 5", value <= 5
    if {1000, 10000} <= wholes.keys():
        value = wholes[10000]["mesures"]["à froid"]["secondes"] / 10 / wholes[1000]["mesures"]["à froid"]["secondes"]
        yield "tout, temps par cas : 10 000 / 1 000", value, "≤ 1,3", value <= 1.3
    for size, values in wholes.items():
        yield f"mémoire, tout le site, {_count(size)} cas (Mo)", values["memoire"], "< 2 000", values["memoire"] < 2000
        if "Hugo" in builds.get(5000, {}):
            value = values["mesures"]["un cas changé"]["secondes"] / builds[5000]["Hugo"]["secondes"]
            yield f"un cas changé, tout le site à jour, {_count(size)} cas / Hugo, 5 000 pages", value, "≤ 1", value <= 1
    if "verification-1000" in known:
        one = known["verification-1000"]
        yield "`make check`, 1 000 cas, à froid (s)", one["froid"], "≤ 2", one["froid"] <= 2
        yield "`make check`, 1 000 cas, rien de changé (s)", one["cache"], "≤ 0,5", one["cache"] <= 0.5
    for name, one in known.get("lecture", {}).items():
        if name != "recherche":
            yield f"première vue, {name} (ko)", one["octets"] / 1000, "≤ 40", one["octets"] <= 40_000


def _n(value: float) -> str:
    return (f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}").replace(".", ",")


def _count(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
