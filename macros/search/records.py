"""Catalogue → what can be found: one record per page or anchor, with its names, its place, its texts and its filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from macros import path, rendering
from macros.catalogue import Catalogue
from macros.model.case import Acteur, Cas, Element, Jalon, Soutien
from macros.model.facts import Action, Chiffre, Divergence, Phrase
from macros.nodes import walk
from macros.pages import address
from macros.register import register
from macros.typography import french

NATURES = {
    "cas": "Cas", "levier": "Levier", "mode": "Mode de soutien", "situation": "Situation", "reseau": "Réseau", "terme": "Terme du glossaire", "chiffre": "Chiffre", "repere": "Repère de droit",
    "ressource": "Ressource", "source": "Source", "page": "Page",
}
"""What a result is → what the reader is told."""

OWN, ALSO, WEAK = 12, 8, 4
"""How much a proper name designates the record: its own name, a name of it in part, a name met in it."""


@dataclass(frozen=True)
class Record:
    """One thing that can be found."""

    nature: str
    adresse: str
    """From the root of the site, anchor included."""
    titre: str
    lieu: str = ""
    """Where, or about what: the line under the title."""
    resume: str = ""
    passages: tuple[str, ...] = ()
    """Sentences, from which the excerpt is taken."""
    noms: tuple[tuple[str, int], ...] = ()
    """Proper names, places and acronyms, each with its weight."""
    mots: tuple[str, ...] = ()
    """Labels: kinds of place, levers, forms, what the actors are called."""
    filtres: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Filter → values: `levier`, `departement`, `forme`."""


def cases_in_order(catalogue: Catalogue) -> list[str]:
    """Cases of a département follow one another: their lists then take less room."""
    return sorted(catalogue.cas, key=lambda key: ((catalogue.departements(key) or ["~"])[0], key))


def other_records(catalogue: Catalogue) -> Iterator[Record]:
    """Everything else that has an address."""
    for key, lever in catalogue.leviers.items():
        names: list[tuple[str | None, int]] = [(lever.titre_court, OWN), (lever.titre, OWN), *((printed.titre, ALSO) for printed in lever.parutions), *_people(catalogue, "leviers", key)]
        modes = [catalogue.modes[mode].nom for mode in (*(step.mode for step in lever.moyens), *(tool.mode for tool in lever.outils)) if mode]
        yield _record("levier", address("leviers", key), lever, lever.titre, lever.accroche, lever.en_une_phrase.texte, names, modes, {"levier": (key,)}, _said(catalogue, "leviers", key))
    for key, mode in catalogue.modes.items():
        said = (mode.definition or mode.recit or (None,))[0]
        everyday = [(word, WEAK) for term in catalogue.termes.values() if term.mode == key for word in term.synonymes]
        yield _record("mode", address("modes", key), mode, _with_acronym(mode.nom, mode.sigle), catalogue.libelle("familles_de_modes", mode.famille), said.texte if said else "",
                      [(mode.nom, OWN), (mode.sigle, OWN), *everyday], [], {"levier": tuple(catalogue.leviers_du_mode(key))}, _said(catalogue, "modes", key))
    for key, network in catalogue.reseaux.items():
        names = [(network.nom, OWN), (network.sigle, OWN), *((alias, OWN) for alias in network.alias)]
        scope = network.territoire or catalogue.libelle("echelons", network.echelon)
        yield _record("reseau", address("reseaux", key), network, _with_acronym(network.nom, network.sigle), scope, network.presentation[0].texte, names)
    for key, term in catalogue.termes.items():
        title = f"{term.sigle} – {term.terme}" if term.sigle else term.terme[0].upper() + term.terme[1:]
        yield _record("terme", address("termes", key), term, title, "", term.definition[0].texte, [(term.terme, OWN), (term.sigle, OWN), *((word, WEAK) for word in term.synonymes)])
    for key, figure in catalogue.chiffres.items():
        scope = ", ".join(filter(None, (figure.perimetre, figure.annee.lisible if figure.annee else "")))
        yield _record("chiffre", address("chiffres", key), figure, f"{figure.libelle} : {rendering.quantity(figure)}", scope, figure.de or "", [(figure.libelle, ALSO)])
    for key, mark in catalogue.reperes.items():
        yield _record("repere", address("reperes", f"repere-{key}"), mark, mark.titre, catalogue.libelle("themes_de_reperes", mark.theme), mark.texte, [(mark.titre, OWN)], [],
                      {"levier": mark.leviers}, [mark.precaution])
    for key, resource in catalogue.ressources.items():
        yield _record("ressource", address("ressources", key), resource, resource.titre, resource.editeur, resource.presentation[0].texte, [(resource.titre, OWN)], [], {"levier": resource.leviers})
    yield from _situations(catalogue)
    for key in catalogue.documents:
        source = catalogue.sources[key]
        yield _record("source", address("sources", key), source, source.titre, source.court, source.resume or "", [(source.titre, ALSO), (source.court, ALSO)], [source.editeur], {}, source.reserves)


def _situations(catalogue: Catalogue) -> Iterator[Record]:
    """The steps of the guided path, told as the reader's situation."""
    for key, step in catalogue.parcours.items():
        if key != path.START:
            first = f"Premier pas : {step.premier_pas.verbe[0].lower()}{step.premier_pas.verbe[1:]}." if step.premier_pas else ""
            said = [answer.texte for before in catalogue.parcours.values() for answer in before.reponses if answer.vers == key]
            answers = [" : ".join(filter(None, (answer.texte, answer.precision))) for answer in step.reponses]
            titles = [catalogue.leviers[lever].titre for lever in step.leviers]
            yield _record("situation", address("parcours", key), step, step.titre, "", step.question or first, [(step.titre, OWN)], titles, {"levier": step.leviers}, [*said, *answers])


def _with_acronym(name: str, acronym: str | None) -> str:
    return f"{name} ({acronym})" if acronym and acronym not in name else name


def _record(nature: str, where: str, model: BaseModel, title: str, place: str, summary: str, names: Iterable[tuple[str | None, int]], labels: Iterable[str] = (),
            filters: dict[str, tuple[str, ...]] | None = None, more: Iterable[str] = ()) -> Record:
    """A record set in French typography, once."""
    short, brief, line = (" ".join(text.split()) for text in (title, summary, place))
    lines = french("\n".join([short, line, plain_text("\n".join([brief, *_passages(model), *more]))])).split("\n")  # a title is no Markdown
    return Record(nature, where, lines[0], lines[1], lines[2], tuple(dict.fromkeys(filter(None, lines[3:]))), tuple((name, weight) for name, weight in names if name), tuple(labels), filters or {})


def case_record(catalogue: Catalogue, key: str) -> Record:
    """A case, of which no other tells anything."""
    case = catalogue.cas[key]
    forms = tuple(dict.fromkeys(form.valeur for form in case.forme))
    words = catalogue.libelle
    labels = [
        *(words("accueils", kind) for kind in case.accueils), *(words("formes", form) for form in forms), words("types", case.type),
        *(catalogue.leviers[shown.levier].titre for shown in case.leviers), *(words("natures_de_soutien", support.nature) for support in case.soutiens),
        *(catalogue.modes[mode].nom for mode in dict.fromkeys([support.mode for support in case.soutiens if support.mode] + [met.mode for met in case.modes])),
        *(actor.nom for actor in case.acteurs if not actor.anonyme),
    ]
    filters = {"levier": tuple(shown.levier for shown in case.leviers), "departement": tuple(catalogue.departements(key)), "forme": forms}
    place = ", ".join(dict.fromkeys(filter(None, (catalogue.lieu_court(key), *(catalogue.region_du_lieu(where) for where in case.lieux[:1])))))
    names = [*_names(catalogue, case), *_people(catalogue, "cas", key), *((actor.nom, WEAK) for actor in case.acteurs if not actor.anonyme)]
    return _record("cas", address("cas", key), case, case.titre, place, " ".join(phrase.texte for phrase in case.en_bref), names, labels, filters, _said(catalogue, "cas", key))


def _names(catalogue: Catalogue, case: Cas) -> Iterator[tuple[str, int]]:
    """Names and places of a case; « PôPE – Pôle Petite Enfance » is two names."""
    for name in (case.nom, *case.alias):
        for part in (name or "").split(" – "):
            yield part, OWN
    if " : " in case.titre:
        yield case.titre.split(" : ")[0], OWN - 1
    official = register()
    for rank, place in enumerate(case.lieux):
        if place.commune:
            yield place.commune, OWN - 1 if rank == 0 else ALSO
        if place.departement:
            yield official.departements[place.departement][0], WEAK
        if place.epci:
            yield official.epci[place.epci], WEAK
        region = catalogue.region_du_lieu(place) or (official.regions.get(place.region or "") or "")
        yield region, WEAK - 1


def _speaks_of(catalogue: Catalogue, table: str, key: str) -> Iterator[Any]:
    for said in catalogue.temoignages.values():
        if key == said.cas if table == "cas" else key in getattr(said, table):
            yield said


def _people(catalogue: Catalogue, table: str, key: str) -> list[tuple[str, int]]:
    return [(said.personne, ALSO if table == "cas" else WEAK) for said in _speaks_of(catalogue, table, key)]


def _said(catalogue: Catalogue, table: str, key: str) -> list[str]:
    """Testimonies shown on the page of a record."""
    return [f"{said.personne}, {said.fonction} : {' '.join(phrase.texte for phrase in said.propos)}" for said in _speaks_of(catalogue, table, key)]


def _passages(model: BaseModel) -> Iterator[str]:
    """The sentences of a record, in the order of the page."""
    for _, node in walk(model):
        if isinstance(node, Action):
            yield f"{node.verbe} : {node.texte}"
        elif isinstance(node, Element):
            yield f"{node.titre} : {node.texte}" if node.titre else node.texte
        elif isinstance(node, Phrase):
            yield node.texte
        elif isinstance(node, Chiffre):
            yield f"{node.libelle} : {rendering.quantity(node)}{' ' + node.de if node.de else ''}"
        elif isinstance(node, Soutien):
            yield " : ".join(filter(None, (node.financeur, ", ".join(filter(None, (node.objet, rendering.amount(node.montant) if node.montant else ""))))))
        elif isinstance(node, Acteur):
            yield f"{node.nom} : {node.precision}" if node.precision else node.nom
        elif isinstance(node, Jalon):
            yield f"{node.date.lisible} : {node.texte}"
        elif isinstance(node, Divergence):
            yield f"{node.sujet} : {', '.join(item.valeur for item in node.valeurs)}"
    yield from getattr(model, "inconnues", ())


MARKS = (
    ("[", re.compile(r"\[([^\]\n]*)\]\([^)\s]*\)"), r"\1"),  # links
    ("", re.compile(r"^[ ]*(?:[-*+>]|\d+\.)[ ]+", re.MULTILINE), ""),  # lists
    ("*_", re.compile(r"(?<!\w)([*_]{1,3})(\S(?:.*?\S)?)\1(?!\w)"), r"\2"),  # emphasis
)
"""Signs without which there is none, what it looks like, what is left of it."""


def plain_text(text: str) -> str:
    """Lines of text without their Markdown."""
    for signs, pattern, put in MARKS:
        if not signs or any(sign in text for sign in signs):
            text = pattern.sub(put, text)
    return text
