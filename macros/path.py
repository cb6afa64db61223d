"""The guided path as a tree: where a step stands, which steps are arrivals, what is left when some records are absent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise

from macros.model.lever import Levier
from macros.model.path import Etape

START = "depart"
"""The step that asks the first question; its page is the entrance of the path."""

Steps = Mapping[str, Etape]


def trail(steps: Steps, identifier: str) -> list[str]:
    """The steps from the start to `identifier`, both included; only `identifier` if nothing leads to it."""
    before = {answer.vers: key for key, step in steps.items() for answer in step.reponses}
    found = [identifier]
    while found[0] != START and found[0] in before and before[found[0]] not in found:
        found.insert(0, before[found[0]])
    return found


def given_answers(steps: Steps, identifier: str) -> list[tuple[str, str, str]]:
    """What the reader has answered to get there: step, question, answer."""
    path = trail(steps, identifier)
    return [(here, steps[here].question or "", next(answer.texte for answer in steps[here].reponses if answer.vers == there))
            for here, there in pairwise(path)]


def reached(steps: Steps) -> set[str]:
    """The steps a reader can come to."""
    found: set[str] = set()
    waiting = [START]
    while waiting:
        key = waiting.pop()
        if key in steps and key not in found:
            found.add(key)
            waiting += [answer.vers for answer in steps[key].reponses]
    return found


def levers_reached(steps: Steps) -> set[str]:
    """The levers that some arrival proposes."""
    return {lever for key in reached(steps) for lever in steps[key].leviers}


def has_step(lever: Levier | None, verb: str) -> bool:
    """Whether a lever tells a step by this verb."""
    return lever is not None and any(step.verbe == verb for step in lever.moyens)


def pruned(steps: Steps, levers: Mapping[str, Levier], cases: Collection[str]) -> dict[str, Etape]:
    """The same path without what names absent cases or levers: the project's own path, read beside other data."""
    kept: dict[str, Etape] = {}
    for key, step in steps.items():
        if step.question:
            kept[key] = step
        elif step.premier_pas and has_step(levers.get(step.premier_pas.levier), step.premier_pas.verbe):
            kept[key] = step.model_copy(update={
                "cas": tuple(case for case in step.cas if case in cases),
                "leviers": tuple(lever for lever in step.leviers if lever in levers)})
    return _without_dead_ends(kept)


def _without_dead_ends(steps: dict[str, Etape]) -> dict[str, Etape]:
    """Drop the answers that lead nowhere, then the questions left without answer, until nothing changes."""
    while True:
        shorter = {key: step.model_copy(update={"reponses": tuple(answer for answer in step.reponses if answer.vers in steps)})
                   for key, step in steps.items()}
        shorter = {key: step for key, step in shorter.items() if step.reponses or not step.question}
        if shorter == steps:
            return steps
        steps = shorter
