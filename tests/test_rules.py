"""What one file alone cannot tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

import pytest
from pydantic import BaseModel

from macros.catalogue import Catalogue
from macros.folders import PROJECT
from macros.loading import load
from macros.model.case import Cas
from macros.model.facts import Source
from macros.model.lever import Levier
from macros.model.references import ChiffreCle, Temoignage
from macros.model.references import Document as SourceDocument
from macros.nodes import sources_of, walk
from macros.places import places_agree_with_the_register
from macros.print.letters import missing
from macros.reader import Document
from macros.rules import problems_across, undrawn

SOURCE: dict[str, Any] = {"titre": "t", "court": "c", "editeur": "e", "nature": "n", "fonds": "documents", "lien": "lien-a-retrouver"}
CASE: dict[str, Any] = {
    "titre": "t", "type": "portrait", "accueils": ["creche"], "redige_le": "2026-11-21", "en_bref": [{"texte": "t", "source": "s"}],
    "leviers": [{"levier": "locaux", "editions": ["2026"], "actions": [{"verbe": "v", "texte": "t", "source": "s", "aussi": ["s2"]}]}], "inconnues": ["i"]}
WORDS: Mapping[str, Mapping[str, Any]] = {"types": {"portrait": 1}, "accueils": {"creche": 1}, "types_acteurs": {"commune": 1}, "roles": {"financeur": 1},
                                          "natures_de_soutien": {"local": 1}, "periodicites": {}, "formes": {"association": 1}}


def _said(table: str, record: Any) -> list[str]:
    """Messages about one record in a world that knows `s`, `s2`, `locaux`, `2026` and itself."""
    others = {"sources": {name: SourceDocument.model_validate(SOURCE) for name in ("s", "s2")}}
    tables: dict[str, dict[str, Any]] = {"cas": {}, "leviers": {}, "modes": {}, "reseaux": {}, "ressources": {}, "editions": {}, "chiffres": {}, "termes": {}, **others}
    places: dict[tuple[str, str], Any] = {("leviers", "locaux"): None, ("editions", "2026"): None, **{("sources", name): (Document("s.yml"), ()) for name in ("s", "s2")}}
    tables.setdefault(table, {})["x"] = record
    places[table, "x"] = (Document("x.yml"), ())
    return [f"{problem.field} : {problem.message}" for problem in problems_across(tables, WORDS, places)]


def _case(**values: Any) -> list[str]:
    return _said("cas", Cas.model_validate(CASE | values))


def test_a_good_case_has_no_fault() -> None:
    """What follows is caused by the planted fault alone."""
    assert _case() == []


@pytest.mark.parametrize(("values", "message"), [
    ({"en_bref": [{"texte": "t", "source": "z"}]}, "en_bref[0].source : « z » n'est pas une source connue"),
    ({"en_bref": [{"texte": "t", "source": "s", "aussi": ["s", "z"]}]}, "en_bref[0].aussi[1] : « z » n'est pas une source connue"),
    ({"type": "conte"}, "type : « conte » n'est pas un mot connu"),
    ({"accueils": ["creche", "z"]}, "accueils[1] : « z » n'est pas un mot connu"),
    ({"leviers": [{"levier": "z", "remarque": "r"}]}, "leviers[0].levier : « z » n'est pas un levier connu"),
    ({"editions": ["1999"]}, "editions[0] : « 1999 » n'est pas une édition connue"),
    ({"modes": [{"mode": "z", "texte": "t", "source": "s"}]}, "modes[0].mode : « z » n'est pas un mode connu"),
    ({"acteurs": [{"nom": "n", "type": "commune", "roles": ["financeur"], "reseau": "z", "source": "s"}]}, "acteurs[0].reseau : « z » n'est pas un réseau connu"),
    ({"acteurs": [{"nom": "n", "type": "z", "roles": ["z"], "source": "s"}]}, "acteurs[0].roles[0] : « z » n'est pas un mot connu"),
    ({"forme": [{"valeur": "z", "source": "s"}]}, "forme[0].valeur : « z » n'est pas un mot connu"),
    ({"soutiens": [{"nature": "z", "financeur": "f", "source": "s"}]}, "soutiens[0].nature : « z » n'est pas un mot connu"),
    ({"ressources": ["z"]}, "ressources[0] : « z » n'est pas une ressource connue"),
    ({"divergences": [{"sujet": "s", "valeurs": [{"valeur": "a", "source": "s"}, {"valeur": "b", "source": "z"}]}]}, "divergences[0].valeurs[1].source : « z » n'est pas une source connue"),
    ({"chiffres": [{"libelle": "l", "valeur": "30", "unite": "%", "source": "s"}]}, "chiffres[0].unite : une part doit dire de quoi"),
    ({"chiffres": [{"libelle": "l", "valeur": "30", "statut": "calcule", "source": "s"}]}, "chiffres[0].statut : un chiffre calculé doit montrer l'opération"),
    ({"sans_objet": ["couleur"]}, "sans_objet[0] : « couleur » n'est pas une ligne de la carte d'identité"),
    ({"sans_objet": ["forme"], "forme": [{"valeur": "association", "source": "s"}]}, "sans_objet[0] : « forme » est dit sans objet, mais il a une valeur"),
    ({"leviers": [{"levier": "locaux", "editions": ["2026"]}]}, "leviers[0] : rien n'est dit de ce que la collectivité a fait pour « locaux »"),
    ({"leviers": [{"levier": "locaux", "remarque": "r"}, {"levier": "locaux", "remarque": "r"}]}, "leviers[1].levier : le levier « locaux » est déjà cité dans ce cas"),
])
def test_a_planted_fault_is_seen(values: dict[str, Any], message: str) -> None:
    """Each rule refuses what it is there to refuse, and says where."""
    assert message in _case(**values)


def test_a_share_with_its_denominator_is_accepted() -> None:
    """« 30 % des établissements » is a figure."""
    assert _case(chiffres=[{"libelle": "l", "valeur": "30", "unite": "%", "de": "des établissements", "source": "s"}]) == []


def test_a_record_refused_for_another_fault_is_still_known() -> None:
    """A case that names a broken lever is not told that the lever does not exist: one fault, one message."""
    assert _case(leviers=[{"levier": "locaux", "remarque": "r", "editions": ["2026"]}]) == []


def test_a_quoted_fragment_stays_under_ten_words() -> None:
    """Nine words pass, ten do not."""
    def said(words: int) -> list[str]:
        return _said("temoignages", Temoignage.model_validate({
            "personne": "p", "fonction": "f", "a_la_date": "2021", "propos": [{"texte": "t", "source": "s"}], "fragment": " ".join(["mot"] * words)}))
    assert said(9) == []
    assert said(10) == ["fragment : ce fragment compte 10 mots"]


def test_the_title_of_a_lever_is_that_of_its_latest_edition() -> None:
    """An older title is not the title."""
    lever = {"titre": "ancien", "titre_court": "t", "accroche": "a", "rang": "1", "redige_le": "2026", "en_une_phrase": {"texte": "t", "source": "s"}, "inconnues": ["i"],
             "parutions": [{"edition": "2026", "rang": "1", "titre": "nouveau"}]}
    assert "titre : le titre n'est pas celui de l'édition la plus récente" in _said("leviers", Levier.model_validate(lever))


def test_a_link_said_to_be_online_has_an_address() -> None:
    """A living link that leads nowhere is a fault."""
    assert _said("sources", SourceDocument.model_validate(SOURCE | {"lien": "en-ligne"})) == ["lien : le lien est dit en ligne, mais l'adresse manque"]


def test_a_figure_not_to_compare_must_exist() -> None:
    """« Ne pas comparer » points at a known figure."""
    figure = {"libelle": "l", "valeur": "1", "source": "s", "theme": "z", "rang": "1", "ne_pas_comparer": ["z"]}
    assert "ne_pas_comparer[0] : « z » n'est pas un chiffre connu" in _said("chiffres", ChiffreCle.model_validate(figure))


def test_every_nested_record_is_walked() -> None:
    """A rule sees the facts wherever they are, and the sources come once, in order."""
    case = Cas.model_validate(CASE)
    assert ("leviers", 0, "actions", 0) in [path for path, _ in walk(case)]
    assert sources_of(case) == ["s", "s2"]


def test_sources_come_in_the_order_of_the_records(catalogue: Catalogue) -> None:
    for record in [*catalogue.cas.values(), *catalogue.leviers.values(), *catalogue.modes.values(), *catalogue.reseaux.values()]:
        assert sources_of(record) == list(dict.fromkeys(source for _, node in walk(record) if isinstance(node, Source) for source in node.sources))


def test_every_nested_record_is_found() -> None:
    """Those that the descriptions of the fields announce are all those there are."""
    def everything(record: BaseModel) -> list[int]:
        inner = [item for value in record.__dict__.values() for item in (value if isinstance(value, tuple) else (value,)) if isinstance(item, BaseModel)]
        return [id(record), *(found for item in inner for found in everything(item))]

    catalogue = load(PROJECT)
    records: list[BaseModel] = [record for table in fields(catalogue) if isinstance(found := getattr(catalogue, table.name), dict) for record in found.values() if isinstance(record, BaseModel)]
    assert len(records) > 100
    assert [[id(node) for _, node in walk(record)] for record in records] == [everything(record) for record in records]


def test_the_look_for_missing_letters_agrees_with_the_rule() -> None:
    """Sign by sign."""
    assert [f"U+{code:04X}" for code in range(0x110000) if bool(undrawn().search(chr(code))) != bool(missing(chr(code)))] == []


PLACE = {"commune": "Anstaing", "insee": "59013", "departement": "59", "region": "32", "epci": "200093201", "source": "s"}


def _places(*places: dict[str, Any]) -> list[str]:
    case = Cas.model_validate(CASE | {"lieux": list(places)})
    return [f"{path[-1]} : {message} | {remedy}" for path, message, remedy in places_agree_with_the_register(case)]


@pytest.mark.parametrize("place", [
    PLACE, {"commune": "Villeneuve-d’Ascq", "insee": "59009", "departement": "59", "source": "s"}, {"departement": "93", "region": "11", "source": "s"},
    {"region": "53", "source": "s"}, {"epci": "200057867", "source": "s"}, {"commune": "Ajaccio", "insee": "2A004", "departement": "2A", "source": "s"},
    {"commune": "Saint-Denis", "insee": "97411", "departement": "974", "region": "04", "source": "s"}])
def test_a_true_place_is_accepted(place: dict[str, Any]) -> None:
    """A commune, a département, a région, a grouping, Corsica, overseas, a curly apostrophe."""
    assert _places(place) == []


@pytest.mark.parametrize(("change", "said"), [
    ({"insee": "59009"}, "insee : le code 59009 est celui de Villeneuve-d'Ascq, pas d'Anstaing | vouliez-vous dire \"59013\" (Anstaing, Nord) ?"),
    ({"departement": "62"}, "departement : Anstaing n'est pas dans le département 62 | écrivez « departement: \"59\" » (Nord)"),
    ({"region": "11"}, "region : Anstaing n'est pas dans la région 11 | écrivez « region: \"32\" » (Hauts-de-France)"),
    ({"epci": "200057867"}, "epci : Anstaing n'appartient pas à l'intercommunalité 200057867 | écrivez « epci: \"200093201\" » (Métropole Européenne de Lille)"),
    ({"departement": None}, "insee : le département manque | ajoutez « departement: \"59\" »"),
    ({"commune": None}, "insee : le nom de la commune manque | ajoutez « commune: Anstaing »"),
    ({"insee": None}, "commune : le code INSEE d'Anstaing manque | ajoutez « insee: \"59013\" » (Nord)"),
    ({"insee": "59999"}, "insee : « 59999 » n'est le code d'aucune commune actuelle | vouliez-vous dire \"59013\" (Anstaing, Nord) ?"),
])
def test_a_false_place_gets_the_true_code(change: dict[str, Any], said: str) -> None:
    """Whatever disagrees with the official register is refused, with the code to write."""
    assert _places({key: value for key, value in (PLACE | change).items() if value is not None}) == [said]


def test_names_of_communes_are_said_in_french() -> None:
    """« du Mans », « des Pavillons-sous-Bois », « d'Anstaing », « de Lille »."""
    said = [_places({"commune": name, "source": "s"})[0].split(" | ")[0] for name in ("Le Mans", "Les Pavillons-sous-Bois", "Lille")]
    assert [text.removeprefix("commune : le code INSEE ") for text in said] == ["du Mans manque", "des Pavillons-sous-Bois manque", "de Lille manque"]


def test_a_former_commune_is_not_a_commune() -> None:
    """Only the communes of today are accepted (Lomme, 59355, was merged into Lille)."""
    assert "n'est le code d'aucune commune actuelle" in _places({"commune": "Lomme", "insee": "59355", "departement": "59", "source": "s"})[0]
