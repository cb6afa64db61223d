"""The figures of the last runs → docs/projet/mesures.md. Nobody writes there by hand: the figures stand in mesures.json, beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any

from tests.conftest import PROJECT
from tests.mesures.constructions import US, WHOLE
from tests.mesures.nombres import count, number
from tests.mesures.objectifs import Known, goals, ratio
from tests.mesures.phare import SCORES, VISITS

FIGURES = PROJECT / "docs" / "projet" / "mesures.json"
PAGE = PROJECT / "docs" / "projet" / "mesures.md"
INTRODUCTION = """# Mesures

Page écrite par `make bench` : les chiffres sont dans `mesures.json`, rien ne se corrige à la main.

**Ce qui est comparé.** Les mêmes cas inventés (`tests/synthese.py`, tous les champs remplis, 3 à 10 ko de YAML) deviennent les mêmes pages : chaque générateur lit le
YAML et écrit la fiche de chaque cas, mot pour mot et balise pour balise, dans l'en-tête et le pied du vrai site, et les pages des départements, qui montrent chaque cas.
La commande le contrôle sur 200 fiches et 20 départements, au plus : un générateur qui écrirait autre chose n'a pas de chiffres. Tous écrivent aussi les métadonnées de chaque
cas : titre, résumé, adresses, image de partage, données structurées sans la liste des sources. Les autres générateurs font moins : ni contrôle des données, ni sigles expliqués, ni temps
de lecture, ni carte, ni comparaisons, ni pages des leviers, des sources, des réseaux et des modes ; sans recherche, sauf Material. Leurs pages n'ont pas non plus la typographie
française, sauf celles de « Hugo, avec la typographie », identiques au signe près.

Hugo et Eleventy ont leurs propres gabarits (`tests/mesures/gabarits/`), écrits comme leur documentation le conseille. Le plancher est un programme Python de quelques lignes :
il lit le YAML, en fait des objets, et remplit les gabarits de ce projet. MkDocs et Material sont employés comme leur documentation le montre, avec leur recherche, toutes les pages dans
le menu, et les mêmes gabarits appelés par une macro.

**Comment.** Des processus entiers, du démarrage à la fin, à tour de rôle, plusieurs fois ; on garde la médiane. La machine n'est pas réservée : seuls les rapports
d'un même passage comptent, et les autres ne sont pas calculés. « Processeur » est le temps de calcul, tous processus réunis ; « mémoire », le plus qu'ils occupent
ensemble, ce qu'ils partagent étant compté une fois (sous Linux ; pour les pages, pendant un premier tour qui n'est pas chronométré). « À froid » : sans rien de gardé ni
site déjà construit ; rien n'est effacé entre deux constructions à froid : un disque qui vient d'effacer des milliers de fichiers en écrit d'autres plus lentement.
« Un cas changé », « rien de changé » : après une construction complète, dont le site et le cache sont restés en place.
"""


def keep(part: str, values: Any) -> None:
    """Put the figures of one part in the place of the former ones, and write the page again."""
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.is_file() else {}
    known[part] = values
    FIGURES.write_text(json.dumps(known, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(written(known), encoding="utf-8")


def written(known: Known) -> str:
    """The page."""
    return "\n".join([INTRODUCTION, *_goals(known), *_sized("pages", _pages, known), *_growth(known), *_sized("tout", _whole, known), *_sized("verification", _check, known),
                      *_sized("direct", _live, known), *_print(known), *_views(known), *_lighthouse(known), *_sized("explorateur", _explorer, known)]).rstrip("\n") + "\n"


def sizes(known: Known, part: str) -> list[int]:
    """Numbers of cases that a part was measured with."""
    return sorted(int(name.removeprefix(f"{part}-")) for name in known if name.startswith(f"{part}-"))


def _sized(part: str, lines: Any, known: Known) -> Iterator[str]:
    for size in sizes(known, part):
        yield from lines(size, known[f"{part}-{size}"])


def _table(*titles: str) -> str:
    """A heading; the first column holds words, the others numbers."""
    return f"| {' | '.join(titles)} |\n|---|{'---:|' * (len(titles) - 1)}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _on(values: Known) -> str:
    return f"Passage du {values['date']} ({values['machine']})"


def _failures(names: list[str]) -> str:
    return f" N'ont pas abouti avec autant de cas : {', '.join(names)}." if names else ""


def _goals(known: Known) -> Iterator[str]:
    yield "## Les objectifs\n"
    yield "| Objectif | Mesuré | Visé | |\n|---|---:|---:|---|"
    for goal in goals(known):
        yield _row(goal.dit, goal.mesure, goal.vise, {True: "atteint", False: "**non atteint**", None: "–"}[goal.atteint])
    yield ""


def _pages(size: int, values: Known) -> Iterator[str]:
    yield f"## Les pages seules, {count(size)} cas\n"
    yield f"{_on(values)}, médiane de {values['tours']} tours.{_failures(values['echecs'])}\n"
    yield _table("Générateur", "Secondes", "Processeur (s)", "Rapport à ce projet", "Mémoire (Mo)")
    by_time = sorted(values["mesures"].items(), key=lambda item: (float(item[1]["secondes"]), item[0]))
    for name, one in by_time:
        yield _row(name, *map(number, (one["secondes"], one["processeur"], one["secondes"] / values["mesures"][US]["secondes"], one["memoire"])))
    yield ""
    yield _table("Générateur", "Pages", "Mo de HTML", "Fichiers", "Mo écrits")
    for name, one in by_time:
        yield _row(name, *map(number, (one["pages"], one["html"] / 1e6, one["fichiers"], one["octets"] / 1e6)))
    yield ""


def _growth(known: Known) -> Iterator[str]:
    """From each size to each larger one, where one command measured both."""
    pairs = list(combinations(sorted({*sizes(known, "pages"), *sizes(known, "tout")}), 2))
    rows = []
    for part, words in (("pages", "pages seules"), ("tout", "tout le site")):
        for name in dict.fromkeys(name for size in sizes(known, part) for name in known[f"{part}-{size}"]["mesures"]):
            found = [ratio(known, (f"{part}-{many}", name), (f"{part}-{few}", name)) for few, many in pairs]
            if any(found):
                rows.append(_row(f"{words}, {name}", *("–" if one is None else f"× {number(one)}" for one in found)))
    if rows:
        yield "## La croissance\n"
        yield "Le temps d'une taille, rapporté à celui d'une autre.\n"
        yield _table("", *(f"de {count(few)} à {count(many)} cas (× {number(many / few)})" for few, many in pairs))
        yield from rows
        yield ""


def _whole(size: int, values: Known) -> Iterator[str]:
    yield f"## Tout le site, {count(size)} cas\n"
    yield f"Pages, recherche, PDF, cartes, données, flux. {_on(values)}.\n"
    yield _table("", "Secondes", "Processeur (s)", "Secondes pour 1 000 cas")
    for name in WHOLE:
        one = values["mesures"][name]
        yield _row(name, *map(number, (one["secondes"], one["processeur"], one["secondes"] * 1000 / size)))
    yield f"\n{count(values['fichiers'])} fichiers, {number(values['octets'] / 1e6)} Mo. Mémoire, à froid : {number(values['memoire'])} Mo au plus.\n"


def _check(size: int, values: Known) -> Iterator[str]:
    yield f"## `make check`, {count(size)} cas\n"
    yield f"{_on(values)}, médiane de {values['tours']} tours. À froid : {number(values['froid'])} s ; un cas changé : {number(values['un cas'])} s ; rien de changé : {number(values['cache'])} s.\n"


def _live(size: int, values: Known) -> Iterator[str]:
    yield f"## `make serve`, {count(size)} cas\n"
    whole = f", pendant que le reste du site se refait comme au repos ; listes à jour après {number(values['listes'])} s" if "listes" in values else ""  # not looked at, once
    yield (f"{_on(values)}. De l'enregistrement d'un cas à sa page corrigée : {number(values['secondes'])} s (médiane), {number(values['au plus'])} s au plus{whole}. "
           f"Démarrage : {number(values['demarrage'])} s.\n")


def _print(known: Known) -> Iterator[str]:
    if "impression" in known:
        one = known["impression"]["mesures"]
        yield "## Le PDF d'une fiche\n"
        yield f"{number(one['ms'])} ms, {number(one['pages'])} pages, {number(one['ko'])} ko en moyenne sur {count(one['nombre'])} fiches" + (
            f" ; WeasyPrint, sur les mêmes : {number(one['weasyprint'])} ms, soit {number(one['weasyprint'] / one['ms'])} fois plus.\n" if one.get("weasyprint") else ".\n")


def _views(known: Known) -> Iterator[str]:
    if "lecture" in known:
        yield "## Ce qu'un navigateur télécharge\n"
        yield f"Le vrai site, première visite, comprimé comme le fait un hébergeur. {_on(known['lecture'])}.\n"
        yield from _weights(known["lecture"]["mesures"])


def _weights(views: Known) -> Iterator[str]:
    yield _table("Vue", "Demandes", "ko")
    for name, one in views.items():
        yield _row("première recherche, après l'accueil" if name == "recherche" else name, number(one["demandes"]), number(one["octets"] / 1000))
    yield ""


def _lighthouse(known: Known) -> Iterator[str]:
    if "phare" in known:
        yield "## Lighthouse, téléphone et réseau lent\n"
        yield (f"Le vrai site, médiane de {VISITS} visites. {_on(known['phare'])}. « Affichage » : ce qu'il faut au plus grand élément pour paraître (LCP). La page écrite à la main a "
               "les mêmes mots, sous les balises les plus simples, et une petite feuille de style.\n")
        yield _table("Page", *SCORES.values(), "Affichage (s)", "À la main (s)")
        for name, one in known["phare"]["mesures"].items():
            yield _row(name, *(number(one[score]) for score in SCORES.values()), number(one["lcp"]), number(one["main"]))
        yield ""


def _explorer(size: int, values: Known) -> Iterator[str]:
    yield f"## Lire un site de {count(size)} cas\n"
    one = values["lighthouse"]
    yield f"{_on(values)}. L'explorateur, selon Lighthouse : {', '.join(f'{score} {number(one[score])}' for score in SCORES.values())} ; affichage en {number(one['lcp'])} s.\n"
    yield from _weights(values["vues"])
