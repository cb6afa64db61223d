"""What one file alone cannot tell: identifiers that must exist, places that must agree, facts that must say enough.

Each rule yields `(path, message, remedy, level)`; `problems_across` runs them all and places them in their files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from macros.model.case import CHAMPS_DE_LA_CARTE, Cas
from macros.model.facts import Chiffre
from macros.model.lever import Levier
from macros.model.references import Document as SourceDocument
from macros.model.references import Temoignage
from macros.nodes import Nodes, nesting, walk
from macros.places import places_agree_with_the_register
from macros.print.letters import missing, missing_for_browsers
from macros.problems import ERROR, Problem, dotted, meant
from macros.reader import Document, Path

Tables = Mapping[str, Mapping[str, Any]]
Words = Mapping[str, Mapping[str, Any]]
Places = Mapping[tuple[str, str], tuple[Document, Path]]
"""(table, identifier) → the file and the path of the record in it."""
Known = Mapping[str, set[str]]
"""Table → its identifiers."""
Fault = tuple[Path, str, str]
"""Path in the record, message, remedy."""

REFERENCES = {
    "source": "sources", "aussi": "sources", "levier": "leviers", "leviers": "leviers", "mode": "modes", "modes": "modes",
    "reseau": "reseaux", "echelon_de": "reseaux", "ressources": "ressources", "edition": "editions", "editions": "editions",
    "document": "sources", "cas": "cas", "termes": "termes", "ne_pas_comparer": "chiffres", "vers": "parcours",
}
"""Field name → table its identifier must belong to."""
SPECIAL_WORDS = {
    "type": {"Cas": "types", "Acteur": "types_acteurs"}, "accueils": {"Cas": "accueils"}, "nature": {"Soutien": "natures_de_soutien"},
    "periodicite": {"Soutien": "periodicites"}, "roles": {"Acteur": "roles"}, "echelon": {"Reseau": "echelons"}, "qui": {"Moyen": "echelons"},
    "famille": {"Mode": "familles_de_modes"}, "theme": {"ChiffreCle": "themes_de_chiffres", "Repere": "themes_de_reperes"},
    "valeur": {"TermeSource": "formes"},
}
"""Field name → class → list of references/vocabulaires.yml."""
NAMES = {
    "sources": "une source connue", "leviers": "un levier connu", "modes": "un mode connu", "reseaux": "un réseau connu",
    "ressources": "une ressource connue", "editions": "une édition connue", "cas": "un cas connu", "termes": "un mot du glossaire",
    "chiffres": "un chiffre connu", "parcours": "une étape connue",
}
"""Table → what its identifiers are called."""


LINK = re.compile(r"\]\(\s*<?([^)\s>]*)")
"""The address of a link in a long text."""
LINKED = re.compile(r"\]\(")
"""What a link cannot do without."""


def problems_across(tables: Tables, words: Words, places: Places) -> list[Problem]:
    """Every problem that needs more than one record to be seen."""
    known = known_of(places)
    alone = [problem for table, records in tables.items() for identifier, record in records.items() for problem in problems_in(record, known, words, *places[table, identifier])]
    return alone + [_placed(fault, *places[table, identifier]) for table, identifier, fault in unpublished_words_have_consent(tables)]


def known_of(places: Iterable[tuple[str, str]]) -> Known:
    """Table → its identifiers, also those of records refused for another fault: one fault, one message."""
    known: dict[str, set[str]] = defaultdict(set)
    for table, identifier in places:
        known[table].add(identifier)
    return known


def problems_in(record: BaseModel, known: Known, words: Words, document: Document, prefix: Path) -> list[Problem]:
    """The problems of one record, given what the others are called."""
    return [_placed(fault, document, prefix) for fault in _faults(record, known, words, document)]


def _placed(fault: Fault, document: Document, prefix: Path) -> Problem:
    path, message, remedy = fault
    return Problem(document.file, *document.at((*prefix, *path)), dotted((*prefix, *path)), message, remedy, ERROR)


def unpublished_words_have_consent(tables: Tables) -> Iterator[tuple[str, str, Fault]]:
    """What a person said and no document publishes is told with that person's consent."""
    for key, told in tables.get("temoignages", {}).items():
        for index, phrase in enumerate(told.propos):
            source = tables.get("sources", {}).get(phrase.source)
            if source and source.lien == "hors-ligne" and not told.accord:
                yield "temoignages", key, (("propos", index, "source"), "ce propos n'est dans aucun document publié, et l'accord de la personne manque", (
                    "ajoutez « accord: … » : quand et comment elle a accepté d'être citée"))
                break


def _faults(record: BaseModel, known: Known, words: Words, document: Document) -> Iterator[Fault]:
    nodes = walk(record)
    yield from identifiers_exist(nodes, known, words)
    yield from shares_have_a_denominator(nodes)
    if document.may_hold(LINKED):
        yield from links_are_whole(nodes)
    if document.may_hold(undrawn()):
        yield from letters_can_be_printed(nodes)
    if isinstance(record, Cas):
        yield from places_agree_with_the_register(record)
        yield from card_lines_are_known(record)
        yield from levers_say_why(record)
        yield from levers_come_once(record)
    if isinstance(record, Levier):
        yield from latest_title_is_the_title(record)
    if isinstance(record, SourceDocument):
        yield from a_known_link_has_an_address(record)
    if isinstance(record, Temoignage) and record.fragment and len(record.fragment.split()) >= 10:
        yield ("fragment",), f"ce fragment compte {len(record.fragment.split())} mots", "citez moins de dix mots, ou rapportez le propos avec les vôtres"


def identifiers_exist(nodes: Nodes, known: Known, words: Words) -> Iterator[Fault]:
    """An identifier leads somewhere: a record of another file, or a word of a controlled list."""
    for path, node in nodes:
        for name, (group, table) in references_of(type(node)).items():
            value, allowed = getattr(node, name), _allowed(group, table, known, words)
            if not value or (value in allowed if isinstance(value, str) else all(item in allowed for item in value)):
                continue  # nearly always
            for inner, message, remedy in unknown(type(node), name, value, known, words):
                yield (*path, *inner), message, remedy


def unknown(model: type[BaseModel], name: str, value: Any, known: Known, words: Words) -> Iterator[Fault]:
    """The identifiers of a field that lead nowhere; nothing when the field of that class holds none."""
    group, table = references_of(model).get(name, (None, None))
    if group is None and table is None:
        return
    allowed = _allowed(group, table, known, words)
    for index, item in enumerate(value) if isinstance(value, (tuple, list)) else ((None, value),):
        if isinstance(item, str) and item and item not in allowed:
            yield (name,) if index is None else (name, index), f"« {item} » n'est pas {'un mot connu' if group else NAMES[table or '']}", (
                meant(item, allowed) or _choices(allowed, group or table or ""))


def _allowed(group: str | None, table: str | None, known: Known, words: Words) -> Collection[str]:
    """What may be named: the words of a controlled list, or the records of a table."""
    return words.get(group, {}) if group else known[table or ""]


@cache
def references_of(model: type[BaseModel]) -> dict[str, tuple[str | None, str | None]]:
    """The fields of a class that name something → controlled list, table."""
    found = {name: (SPECIAL_WORDS.get(name, {}).get(model.__name__), REFERENCES.get(name)) for name in model.model_fields if name not in nesting(model)}
    return {name: where for name, where in found.items() if any(where)}


def _choices(allowed: Collection[str], place: str) -> str:
    if 0 < len(allowed) <= 25:
        return f"choisissez parmi : {', '.join(sorted(allowed))}"
    return f"cherchez l'identifiant dans le dossier references, rubrique « {place} »"


def shares_have_a_denominator(nodes: Nodes) -> Iterator[Fault]:
    """A percentage says of what."""
    for path, node in nodes:
        if isinstance(node, Chiffre) and node.unite == "%" and not node.de:
            yield (*path, "unite"), "une part doit dire de quoi", "ajoutez « de: … », le dénominateur : « de: des établissements du secteur »"
        if isinstance(node, Chiffre) and node.statut == "calcule" and not node.calcul:
            yield (*path, "statut"), "un chiffre calculé doit montrer l'opération", "ajoutez « calcul: 2 × 25 000 € »"


def links_are_whole(nodes: Nodes) -> Iterator[Fault]:
    """A link written in a text gives a whole address: the same text stands on several pages."""
    for path, node in nodes:
        for name, value in node.__dict__.items():
            for target in LINK.findall(value) if isinstance(value, str) and "](" in value else ():
                if not target.startswith(("https://", "http://", "mailto:")):
                    yield (*path, name), f"le lien « {target} » n'est pas une adresse complète", "écrivez une adresse qui commence par https://, ou retirez le lien"


def letters_can_be_printed(nodes: Nodes) -> Iterator[Fault]:
    """Every text can go into a PDF: a writing that the fonts do not draw could not."""
    for path, node in nodes:
        for name, value in node.__dict__.items():
            for index, text in enumerate(value) if isinstance(value, tuple) else ((None, value),):
                signs = missing(text) if isinstance(text, str) and not text.isascii() else ""
                if signs:
                    where = (*path, name) if index is None else (*path, name, index)
                    yield where, f"« {signs[:20]} » manque dans les polices du PDF", "écrivez-le autrement, en toutes lettres"


@cache
def undrawn() -> re.Pattern[str]:
    """One sign that no font draws."""
    return re.compile(re.sub(r"\\u\{(\w+)\}", lambda code: re.escape(chr(int(code[1], 16))), missing_for_browsers()))


def card_lines_are_known(case: Cas) -> Iterator[Fault]:
    """`sans_objet` names lines of the identity card, and not one that has a value."""
    for index, name in enumerate(case.sans_objet):
        if name not in CHAMPS_DE_LA_CARTE:
            yield ("sans_objet", index), f"« {name} » n'est pas une ligne de la carte d'identité", meant(name, CHAMPS_DE_LA_CARTE) or f"choisissez parmi : {', '.join(CHAMPS_DE_LA_CARTE)}"
        elif getattr(case, name):
            yield ("sans_objet", index), f"« {name} » est dit sans objet, mais il a une valeur", f"retirez « {name} » de cette liste, ou retirez sa valeur"


def levers_say_why(case: Cas) -> Iterator[Fault]:
    """A lever shows an action or says why none is described; an editorial choice explains itself."""
    for index, shown in enumerate(case.leviers):
        if not shown.actions and not shown.remarque:
            yield ("leviers", index), f"rien n'est dit de ce que la collectivité a fait pour « {shown.levier} »", (
                "ajoutez « actions: », ou « remarque: » pour dire pourquoi aucune action n'est décrite")
        if not shown.editions and not shown.remarque:
            yield ("leviers", index), f"le rattachement à « {shown.levier} » n'est imprimé dans aucune édition", (
                "ajoutez « editions: [\"2026\"] », ou « remarque: » pour expliquer ce choix de la rédaction")


def levers_come_once(case: Cas) -> Iterator[Fault]:
    """A lever is named once per case."""
    seen: set[str] = set()
    for index, shown in enumerate(case.leviers):
        if shown.levier in seen:
            yield ("leviers", index, "levier"), f"le levier « {shown.levier} » est déjà cité dans ce cas", "regroupez les actions sous une seule entrée"
        seen.add(shown.levier)


def latest_title_is_the_title(lever: Levier) -> Iterator[Fault]:
    """The title of a lever is that of its most recent edition."""
    latest = max(lever.parutions, key=lambda printed: printed.edition)
    if latest.titre != lever.titre:
        yield ("titre",), "le titre n'est pas celui de l'édition la plus récente", f"écrivez « {latest.titre} »"


def a_known_link_has_an_address(document: SourceDocument) -> Iterator[Fault]:
    """A link said to be online, or not checked, gives its address."""
    if document.lien == "en-ligne" and not document.url:
        yield ("lien",), "le lien est dit en ligne, mais l'adresse manque", "ajoutez « url: https://… », ou écrivez « lien: lien-a-retrouver »"
