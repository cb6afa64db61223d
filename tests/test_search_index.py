"""Everything in the catalogue can be found, at an address that exists, by its words, its names and its synonyms."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from macros import keeping, swap
from macros.catalogue import Catalogue
from macros.model.facts import Phrase
from macros.nodes import walk
from macros.origin import alone
from macros.search import files
from macros.search.files import COLON, PIECE, shown, write_search
from macros.search.index import expressions, gaps, keys_of, postings, steps, synonyms, written
from macros.search.pages import hand_written, page_record
from macros.search.records import NATURES, Record, case_record, cases_in_order, other_records, plain_text
from macros.search.words import expression, name_keys, stems


def records(catalogue: Catalogue) -> Iterator[Record]:
    """Everything in the catalogue that has an address."""
    yield from (case_record(catalogue, key) for key in cases_in_order(catalogue))
    yield from other_records(catalogue)


@pytest.fixture(scope="session")
def found(catalogue: Catalogue) -> list[Record]:
    """What can be found in the real data."""
    return list(records(catalogue))


def _by_hand(site: Path) -> list[Record]:
    return [page_record(address, html) for address, html in hand_written(site)]


def test_everything_with_an_address_is_there(found: list[Record], catalogue: Catalogue) -> None:
    tables = ("cas", "leviers", "modes", "reseaux", "termes", "chiffres", "reperes", "ressources", "documents")
    assert len(found) == sum(len(getattr(catalogue, table)) for table in tables) + len(catalogue.parcours) - 1  # the first question is the page of the path itself
    assert {record.nature for record in found} == set(NATURES) - {"page"}


def test_each_result_leads_to_a_page_or_an_anchor_of_the_site(found: list[Record], site: Path) -> None:
    for record in [*found, *_by_hand(site)]:
        address, _, anchor = record.adresse.partition("#")
        html = (site / address / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, record.adresse


def test_each_result_says_something(found: list[Record], site: Path) -> None:
    for record in [*found, *_by_hand(site)]:
        assert record.titre and (record.resume or record.lieu or record.passages), record.adresse


def test_every_sentence_of_a_case_can_be_quoted(found: list[Record], catalogue: Catalogue) -> None:
    pope = next(record for record in found if record.adresse == "cas/pope/")
    quoted = " ".join(pope.passages).replace("\u202f", " ").replace("\u00a0", " ").replace("’", "'")
    for _, node in walk(catalogue.cas["pope"]):
        if isinstance(node, Phrase):
            assert node.texte.replace("’", "'") in quoted


def test_a_subject_is_kept_apart_from_what_is_said_of_it(found: list[Record]) -> None:
    """Nothing is lost on the way: both pieces make the sentence again."""
    for record in found:
        told = shown(record)["passages"]
        assert [COLON.join(filter(None, (piece.get("sujet"), piece["texte"]))) for piece in told] == list(record.passages)
    assert any("sujet" in piece for record in found for piece in shown(record)["passages"])


def test_markdown_is_not_quoted() -> None:
    assert plain_text("Un *mot* et **deux**, [un lien](https://exemple.fr/) :\n- un\n- deux_trois_quatre\n1. trois") == "Un mot et deux, un lien :\nun\ndeux_trois_quatre\ntrois"


def test_pages_written_by_hand_are_found_and_fiches_are_not_found_twice(site: Path) -> None:
    pages = {record.adresse: record for record in _by_hand(site)}
    assert list(pages) == sorted(pages)
    assert {"", "a-propos/", "mentions-legales/", "contribuer/", "glossaire/"} <= set(pages)
    assert "recherche/" not in pages and not [address for address in pages if re.match(r"(cas|leviers|modes)/.", address)]
    assert "licence" in " ".join(pages["mentions-legales/"].passages).lower()
    assert len(pages["glossaire/"].passages) < 10, "les définitions du glossaire sont déjà des résultats"


def test_a_name_tells_more_than_a_title_and_a_title_more_than_a_text() -> None:
    named = steps(Record("cas", "a/", "Un titre", noms=(("Ourson", 12),)), {})["ourson"]
    titled = steps(Record("cas", "a/", "Un ourson"), {})["ourson"]
    told = steps(Record("cas", "a/", "Un titre", passages=("Un ourson dort.",)), {})["ourson"]
    assert named > titled > told >= 1


def test_acronyms_and_everyday_words_lead_to_those_of_the_field(catalogue: Catalogue) -> None:
    groups = synonyms(catalogue)
    assert expression("service d'intérêt économique général") in groups["sieg"]
    assert "sieg" in groups[expression("service d'intérêt économique général")]
    assert "plac" in groups[expression("berceaux")]
    assert "periscolair" in groups[expression("garderie")]


def test_each_synonym_leads_somewhere(catalogue: Catalogue, found: list[Record]) -> None:
    """A list whose words no page writes any more would be a dead weight."""
    known = expressions(synonyms(catalogue))
    index = dict(written(postings(keys_of(record, known) for record in found)))
    for key, entry in catalogue.synonymes.items():
        assert all(expression(word) for word in entry.mots), key
        for sought in entry.chercher:
            assert index.get(expression(sought)), f"{key} : {sought}"


def test_expressions_are_recognised_in_the_texts() -> None:
    known = expressions({"sieg": {"servic_interet_econom_gener": 0.9}})
    assert steps(Record("cas", "a/", "Le service d’intérêt économique général"), known)["servic_interet_econom_gener"] > 1
    assert "servic_interet_econom_gener" not in steps(Record("cas", "a/", "L’intérêt général d’un service"), known)


def test_postings_are_written_as_gaps_by_step() -> None:
    assert gaps([3, 8, 44]) == ["3", "5", "10"]
    places = {3: {"places": 12}, 4: {"places": 4}, 8: {"places": 12}, 44: {"places": 12}, 46: {"places": 4, "berceaux": 1}}
    assert [*written(postings(places.get(number, {}) for number in range(50)))] == [("berceaux", "1 1a"), ("places", "c 3 5 10|4 4 16")]


def test_a_name_is_kept_both_ways(found: list[Record]) -> None:
    index = postings(keys_of(record, {}) for record in found)
    here = next(number for number, record in enumerate(found) if record.adresse == "cas/meli-melo/")
    assert here in index[0]["=melimelo"]
    assert dict(written(index))["<olemilem"] == ""
    assert name_keys("Mêli-Mêlo") == {"melimelo"}


def test_the_files_are_small_in_order_and_always_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    for name in ("un", "deux"):
        (tmp_path / name).mkdir()
        write_search(catalogue, tmp_path / name)
    first, second = ({path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.json")} for name in ("un", "deux"))
    assert first == second
    index = json.loads((tmp_path / "un/assets/recherche/index.json").read_text())
    folder = tmp_path / "un/assets/recherche" / index["dossier"]
    keys = [list(json.loads((folder / f"mots-{number}.json").read_text())) for number in range(len(index["pieces"]))]
    assert [piece[0] for piece in keys] == index["pieces"] == sorted(index["pieces"])
    flat = [key for piece in keys for key in piece]
    assert flat == sorted(set(flat))
    assert max((folder / f"mots-{number}.json").stat().st_size for number in range(len(keys))) < 1.3 * PIECE
    assert len(list((folder / "fiches").iterdir())) == index["total"]


def test_another_content_stands_in_another_folder(catalogue: Catalogue, tmp_path: Path) -> None:
    """A browser may keep the files of a folder for ever."""
    versions = set()
    for name in ("sans", "avec"):
        page = tmp_path / name / "a-propos"
        page.mkdir(parents=True)
        (page / "index.html").write_text(f'<main id="contenu"><h1>À propos</h1><p>{name} licence</p></main>')
        write_search(catalogue, tmp_path / name)
        versions.add(json.loads((tmp_path / name / "assets/recherche/index.json").read_text())["dossier"])
    assert len(versions) == 2


def test_filters_count_cases_where_they_are(catalogue: Catalogue, tmp_path: Path, found: list[Record]) -> None:
    write_search(catalogue, tmp_path)
    filters = json.loads(next(tmp_path.rglob("filtres.json")).read_text())
    assert list(filters) == ["nature", "levier", "departement", "forme"]
    nord = next(row for row in filters["departement"] if row[0] == "59")
    assert nord[1] == "Nord (59)"
    assert len(nord[2].split()) == sum("59" in catalogue.departements(key) for key in catalogue.cas)
    assert [row[0] for row in filters["levier"]] == catalogue.leviers_en_ordre
    assert stems("Nord")[0] == ["nord"]


def test_a_record_that_is_no_case_is_told_by_none(catalogue: Catalogue) -> None:
    """What they give is found again whatever becomes of the cases; what a case gives, whatever becomes of the others."""
    assert list(other_records(replace(catalogue, cas={}, adresses={}))) == list(other_records(catalogue))
    for key in catalogue.cas:
        assert case_record(alone(catalogue, key), key) == case_record(catalogue, key)


def test_only_what_changed_is_worked_out_again(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the files are those that an empty cache gives, whether a case, a page, a synonym or a testimony changed."""
    made: list[str] = []
    whole = files.given

    def counted(record: Record, *known: Any) -> files.Found:
        made.append(record.adresse)
        return whole(record, *known)

    def index_of(known: Catalogue, cache: Path = tmp_path / "cache") -> dict[Path, bytes]:
        monkeypatch.setattr(keeping, "FOLDER", cache)
        made.clear()
        write_search(known, site)
        index = site / "assets" / "recherche"
        return {path.relative_to(index): path.read_bytes() for path in (index / json.loads((index / "index.json").read_bytes())["dossier"]).rglob("*.json")}

    def whole_index(known: Catalogue) -> dict[Path, bytes]:
        return index_of(known, tmp_path / f"vide-{next(numbers)}")

    monkeypatch.setattr(files, "given", counted)
    numbers, site = count(), tmp_path / "site"
    page = site / "a-propos" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text('<main id="contenu"><h1>À propos</h1><p>Ceci</p></main>')
    first = index_of(catalogue)
    assert len(made) == len(list(records(catalogue))) + 1
    assert index_of(catalogue) == first and made == []

    def changed(table: str, values: dict[str, Any]) -> Catalogue:
        kept: dict[str, Any] = getattr(catalogue, table)
        key = "nancy" if table == "cas" else next(iter(kept))
        changes: dict[str, Any] = {table: {**kept, key: kept[key].model_copy(update=values)}}
        return replace(catalogue, **changes)

    corrected = changed("cas", {"titre": "Un autre titre"})
    now = index_of(corrected)
    assert made == ["cas/nancy/"] and now == whole_index(corrected) != first
    page.write_text('<main id="contenu"><h1>À propos</h1><p>Cela</p></main>')
    now = index_of(catalogue)
    assert made == ["a-propos/"] and now == whole_index(catalogue) != first
    for corrected in (changed("synonymes", {"mots": ("tout autre chose",)}), changed("temoignages", {"personne": "Une Autre"})):
        now = index_of(corrected)
        assert len(made) == len(list(records(catalogue))) + 1 and now == whole_index(corrected)


@pytest.mark.parametrize("harm", [None, b"", b"[]", b'{"dossier": 1}'])
def test_what_a_change_leaves_as_it_was_is_not_written_again(harm: bytes | None, catalogue: Catalogue, tmp_path: Path) -> None:
    """Though all the index has another address; where the published one cannot be understood, everything is written."""
    final = tmp_path / "site"
    aside = swap.aside(final)
    write_search(catalogue, aside)
    aside.rename(final)
    if harm is not None:
        (final / "assets/recherche/index.json").write_bytes(harm)
    case = catalogue.cas["nancy"]
    write_search(replace(catalogue, cas={**catalogue.cas, "nancy": case.model_copy(update={"titre": "Un autre titre"})}), aside)
    (before,), (after,) = ([path for path in (site / "assets/recherche").iterdir() if path.is_dir()] for site in (final, aside))
    assert before.name != after.name
    shared = [path.name for path in (after / "fiches").iterdir() if path.stat().st_nlink == 2]
    assert len(shared) == (0 if harm is not None else len(list(records(catalogue))) - 1)
