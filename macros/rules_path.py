"""What the guided path guarantees: no dead end, no detour, and nothing that a lever or a case does not already say.

A lever that no arrival proposes is only an alert: whoever adds a lever need not touch the path at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from macros import path as guided
from macros.model.path import Etape
from macros.problems import ERROR, WARNING, Problem, dotted, meant
from macros.reader import Document, Path

Tables = Mapping[str, Mapping[str, Any]]
Fault = tuple[Path, str, str]
Places = Mapping[tuple[str, str], tuple[Document, Path]]


def path_problems(tables: Tables, places: Places) -> list[Problem]:
    """Every problem of the guided path; nothing when there is no path at all."""
    steps: Mapping[str, Etape] = tables.get("parcours", {})
    wanted = [identifier for table, identifier in places if table == "parcours"]
    problems = [_placed(places, key, *fault) for key, step in steps.items() for fault in _step_faults(step, tables)]
    if wanted and len(wanted) == len(steps):  # a step refused for its own fault would make its neighbours look lost
        problems += [_placed(places, key, *fault) for key, fault in _tree_faults(steps)]
        problems += _forgotten_levers(steps, tables, places)
    return problems


def _placed(places: Places, key: str, path: Path, message: str, remedy: str, level: str = ERROR) -> Problem:
    document, prefix = places["parcours", key]
    line, column = document.at((*prefix, *path))
    return Problem(document.file, line, column, dotted((*prefix, *path)), message, remedy, level)


def _step_faults(step: Etape, tables: Tables) -> Iterator[Fault]:
    yield from a_step_asks_or_arrives(step)
    yield from the_first_step_is_a_step_of_the_lever(step, tables)
    yield from close_cases_show_the_lever(step, tables)


def a_step_asks_or_arrives(step: Etape) -> Iterator[Fault]:
    """A step is a question with two answers or more, or an arrival with levers, a first step and a case: never half of each."""
    arrival = [name for name in ("leviers", "premier_pas", "cas") if getattr(step, name)]
    if step.question or step.reponses:
        if arrival:
            yield (arrival[0],), "cette étape pose une question et propose aussi une arrivée", "gardez la question et ses réponses, ou l'arrivée"
        elif not step.question:
            yield ("reponses",), "ces réponses n'ont pas de question", "ajoutez « question: »"
        elif len(step.reponses) < 2:
            yield ("question",), "cette question a moins de deux réponses", "ajoutez des « reponses », ou faites de cette étape une arrivée"
        return
    for name, remedy in (("leviers", "un ou deux leviers"), ("premier_pas", "un geste de ces leviers"), ("cas", "un cas qui montre l'un d'eux")):
        if name not in arrival:
            yield (), f"cette étape ne mène nulle part : « {name} » manque", f"ajoutez « {name}: », {remedy}, ou posez une question"


def the_first_step_is_a_step_of_the_lever(step: Etape, tables: Tables) -> Iterator[Fault]:
    """The first step comes from one of the levers of the arrival, by its exact verb."""
    first = step.premier_pas
    lever = tables["leviers"].get(first.levier) if first else None
    if first is None or lever is None:
        return
    if first.levier not in step.leviers:
        yield ("premier_pas", "levier"), f"le premier pas vient du levier « {first.levier} », qui n'est pas proposé ici", "ajoutez ce levier à « leviers », ou choisissez un autre geste"
    if not guided.has_step(lever, first.verbe):
        verbs = [move.verbe for move in lever.moyens]
        yield ("premier_pas", "verbe"), f"« {first.verbe} » n'est pas un geste du levier « {first.levier} »", (
            meant(first.verbe, verbs) or f"choisissez parmi : {' ; '.join(verbs)}")


def close_cases_show_the_lever(step: Etape, tables: Tables) -> Iterator[Fault]:
    """A case is close because it shows one of the levers of the arrival, and it is named once."""
    for index, key in enumerate(step.cas):
        case = tables["cas"].get(key)
        if key in step.cas[:index]:
            yield ("cas", index), f"le cas « {key} » est déjà cité ici", "gardez-le une seule fois"
        elif case is not None and not any(shown.levier in step.leviers for shown in case.leviers):
            yield ("cas", index), f"le cas « {key} » ne montre aucun de ces leviers", f"choisissez un cas qui montre « {' » ou « '.join(step.leviers)} »"


def _tree_faults(steps: Mapping[str, Etape]) -> Iterator[tuple[str, Fault]]:
    """Every step is reached, by one answer only: the page can then recall what the reader answered."""
    if guided.START not in steps:
        yield next(iter(steps)), ((), f"la première étape, « {guided.START} », manque", f"ajoutez « {guided.START}: », avec la question d'entrée")
        return
    leading: dict[str, str] = {}
    for key, step in steps.items():
        for index, answer in enumerate(step.reponses):
            here: Path = ("reponses", index, "vers")
            if answer.vers in guided.trail(steps, key):
                yield key, (here, f"cette réponse tourne en rond : elle ramène à « {answer.vers} »", "menez vers une étape qui n'a pas encore été vue")
            elif answer.vers in leading:
                yield key, (here, f"une réponse de « {leading[answer.vers]} » mène déjà à « {answer.vers} »", "écrivez une étape pour chaque réponse")
            leading.setdefault(answer.vers, key)
    for key in steps:
        if key not in leading and key != guided.START:
            yield key, ((), f"aucune réponse ne mène à « {key} »", "citez cette étape dans une réponse (« vers: »), ou supprimez-la")


def _forgotten_levers(steps: Mapping[str, Etape], tables: Tables, places: Places) -> Iterator[Problem]:
    for lever in tables["leviers"].keys() - guided.levers_reached(steps):
        document, _ = places["leviers", lever]
        yield Problem(document.file, 1, 1, "", f"aucun chemin de « Par où commencer » ne propose le levier « {lever} »",
                      "ajoutez-le à une arrivée de references/parcours.yml", WARNING)
