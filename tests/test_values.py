"""Typed values: what is accepted, what it becomes, what a refusal says."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from macros.model.values import (
    Adresse,
    CodeDepartement,
    CodeInsee,
    CodeRegion,
    Court,
    DateTexte,
    Entite,
    Identifiant,
    Long,
    Montant,
    Nombre,
    Ouinon,
    Siren,
    plain,
)


def _read(kind: Any, text: object) -> Any:
    return TypeAdapter(kind).validate_python(text)


def _remedy(kind: Any, text: object) -> str:
    with pytest.raises(ValidationError) as refusal:
        _read(kind, text)
    return str((refusal.value.errors()[0].get("ctx") or {}).get("remede", ""))


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("10", 10), ("4,7", "4.7"), ("4.7", "4.7"), ("15000", 15000), (" 12 ", 12), ("0,25", "0.25")])
def test_a_number_is_read_with_comma_or_point(text: str, value: int | str) -> None:
    """A French comma and a point give the same number, exactly."""
    assert _read(Nombre, text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "dix", "15k", "15 000", "1e3", "-1", "+1", "01", "1.", ".5", "1,2,3", "٣", "１２", "12345678901234", "inf", "NaN", "1/2"])
def test_what_is_not_a_plain_number_is_refused(text: str) -> None:
    """Neither words, signs, exponents, leading zeros, nor digits of other scripts."""
    assert _remedy(Nombre, text)


@pytest.mark.parametrize(("text", "meant"), [("15 000", "15000"), ("15\u202f000 €", "15000"), ("15.000", None), ("15 000 euros", "15000"), ("560 000 000 €", "560000000")])
def test_an_amount_typed_for_people_gets_the_number_to_write(text: str, meant: str | None) -> None:
    """« 15 000 euros » is answered by « écrivez un nombre seul : 15000 »."""
    if meant is None:
        assert _read(Montant, text) == 15
    else:
        assert f"un nombre seul : {meant} " in _remedy(Montant, text)


@pytest.mark.parametrize(("text", "said", "key"), [
    ("2009", "2009", "2009-06-15"), ("2018-12", "décembre 2018", "2018-12-01"), ("2025-10-22", "22 octobre 2025", "2025-10-22"),
    ("2025-03-01", "1er mars 2025", "2025-03-01"), ("2021-T1", "premier trimestre 2021", "2021-01-01"), ("2021-T4", "quatrième trimestre 2021", "2021-10-01"),
    ("début 2021", "début 2021", "2021-02-01"), ("fin 2021", "fin 2021", "2021-11-01"), ("mi 2021", "mi-2021", "2021-06-01"),
    ("vers 2012-2013", "vers 2012-2013", "2012-06-01"), ("2013-2016", "2013 à 2016", "2013-01-01"), ("printemps 2024", "printemps 2024", "2024-04-01"),
    ("été 2024", "été 2024", "2024-07-01"), ("avant 2015", "avant 2015", "2015-01-01"), ("après 2021", "après 2021", "2021-12-01")])
def test_a_date_keeps_the_precision_of_its_source(text: str, said: str, key: str) -> None:
    """A year, a month, a quarter, a vague date: each said as such, and sorted where it belongs."""
    date = _read(DateTexte, text)
    assert (date.lisible, date.cle, str(date)) == (said, key, text)
    assert date.annee == int(key[:4])


@pytest.mark.parametrize("text", ["hier", "21", "2021-13", "2021-00", "2021-02-30", "2023-02-29", "2021-T5", "1899", "2100", "janvier", "vers", "20211", "2021/05"])
def test_what_cannot_be_placed_in_time_is_refused(text: str) -> None:
    """A date that does not exist, or says no year, is refused with examples."""
    assert _remedy(DateTexte, text)


@pytest.mark.parametrize(("text", "meant"), [("21/11/2026", "2026-11-21"), ("1-2-2024", "2024-02-01"), ("1er mars 2025", "2025-03-01"), ("Mai 2025", "2025-05")])
def test_a_usual_date_gets_the_one_to_write(text: str, meant: str) -> None:
    """A date in the French way is answered by the same date as the site writes it."""
    assert _remedy(DateTexte, text) == f"écrivez {meant}"


def test_a_date_given_as_a_list_is_refused_in_words() -> None:
    """A list where a date is expected is a message, not a crash."""
    assert "2024-05" in _remedy(DateTexte, ["2025"])


GOOD = [(CodeInsee, ["01004", "2A004", "2B033", "59013", "97105"]), (CodeDepartement, ["01", "2A", "59", "974", "95"]), (CodeRegion, ["11", "93"]),
        (Siren, ["200093201"]), (Identifiant, ["a", "plateforme-petite-enfance-35", "1969"]), (Adresse, ["https://exemple.fr/", "http://exemple.fr/a?b=c#d"])]
BAD = [(CodeInsee, ["1004", "2C004", "590131", "5901é", "59 013"]), (CodeDepartement, ["1", "00", "96", "2a", "999"]), (CodeRegion, ["1", "974"]),
       (Siren, ["20009320", "2000932011"]), (Identifiant, ["A", "é", "a--b", "-a", "a_b", "a b", "x" * 61]),
       (Adresse, ["www.exemple.fr", "javascript:alert(1)", "https://a b", "https://exemple.fr/<script>", "ftp://exemple.fr"])]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in GOOD for text in texts], ids=lambda value: value if isinstance(value, str) else "")
def test_a_well_formed_code_is_accepted(kind: Any, text: str) -> None:
    """Codes and addresses of the right shape, overseas and Corsica included."""
    assert _read(kind, f" {text} ") == text


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in BAD for text in texts], ids=lambda value: value if isinstance(value, str) else "")
def test_an_ill_formed_code_is_refused(kind: Any, text: str) -> None:
    """A code of the wrong shape, or an address that runs a script, is refused."""
    with pytest.raises(ValidationError):
        _read(kind, text)


def test_a_short_text_is_one_line_and_a_long_one_keeps_its_paragraphs() -> None:
    """Spaces are tidied in a short text; blank lines are kept in a long one; neither may be empty."""
    assert _read(Court, "  a   b ") == "a b"
    assert _read(Long, " a\n\nb ") == "a\n\nb"
    for kind in (Court, Long):
        assert _remedy(kind, "  \n ")
    assert _remedy(Court, "a\nb") == "supprimez les retours à la ligne"


def test_yes_and_no_are_french_words() -> None:
    """`oui` and `non`, nothing else."""
    assert _read(Ouinon, "oui") is True
    assert _read(Ouinon, "non") is False
    assert _remedy(Ouinon, "true") == "écrivez oui ou non"


def test_a_record_is_closed_and_never_changes() -> None:
    """An unknown field is refused, and a value cannot be replaced afterwards."""
    class Fiche(Entite):
        titre: Court

    with pytest.raises(ValidationError):
        Fiche.model_validate({"titre": "a", "autre": "b"})
    fiche = Fiche(titre="a")
    with pytest.raises(ValidationError):
        fiche.titre = "b"  # type: ignore[misc]


def test_comparisons_forget_accents_and_case() -> None:
    """« Éveil » is found by « eveil »."""
    assert plain("Éveil À Nancy") == "eveil a nancy"


def test_a_date_has_a_schema_and_is_written_as_it_was() -> None:
    """A date can be described to other tools, and goes back to the text it came from."""
    adapter = TypeAdapter(DateTexte)
    assert adapter.json_schema()["type"] == "string"
    assert json.loads(adapter.dump_json(_read(DateTexte, "début 2021"))) == "début 2021"
