"""The contract of the open data, held against the built files: whole, true to the pages, and as OpenAPI describes it."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import jsonschema
import pypdfium2
import pytest
from openapi_spec_validator import validate
from pydantic import BaseModel

from macros.catalogue import Catalogue
from macros.exports import api, csv_tables, geojson, openapi, schemas
from macros.exports.derived import COLLECTIONS, TABLES
from macros.exports.envelope import json_bytes, plain, wrapped, wrapped_bytes
from macros.model.case import Cas
from macros.model.lever import Levier
from macros.records import TABLES as FILES
from macros.rendering import number
from macros.rules import REFERENCES
from tests.conftest import PROJECT

API = "api/v1"


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def every_json(site: Path) -> Iterator[Path]:
    yield from sorted((site / API).rglob("*.json"))


@lru_cache(maxsize=400)
def identifiers(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r'\bid="([^"]+)"', path.read_text(encoding="utf-8")))


def answers(site: Path, address: str) -> bool:
    """Whether a page, an anchor or a file of the site stands at an address, given from the root."""
    where, _, anchor = address.partition("#")
    path = site / where
    path = path / "index.html" if path.is_dir() else path
    return path.is_file() and (not anchor or anchor in identifiers(path))


NOT_FACTS = {"synonymes"}
"""Words that only help the search engine."""


def test_every_table_of_the_catalogue_is_published() -> None:
    assert set(TABLES.values()) | NOT_FACTS == {table for table, _ in FILES.values()} | {"cas", "leviers"}


def test_every_field_of_every_record_is_published(site: Path, catalogue: Catalogue) -> None:
    for table, name in COLLECTIONS.items():
        records: dict[str, BaseModel] = getattr(catalogue, table)
        entries = {entry["identifiant"]: entry for entry in read(site / API / f"{name}.json")["donnees"]}
        assert set(entries) == set(records), name
        for key, record in records.items():
            for field, value in plain(record).items():
                assert entries[key][field] == value, (name, key, field)
            assert read(site / API / name / f"{key}.json")["donnees"] == entries[key]


def test_every_file_says_its_version_licence_date_and_page(site: Path, catalogue: Catalogue) -> None:
    plain_files = {"openapi.json", "datapackage.json"}
    for path in every_json(site):
        if path.name in plain_files or path.name.endswith((".csl.json", ".tableschema.json")):
            continue
        content = read(path)
        assert list(content)[:4] == ["version", "licence", "genere_le", "adresse"], path
        assert "donnees" in content, path
        assert answers(site, content["adresse"].removeprefix(catalogue.adresse)), (path, content["adresse"])


def test_every_address_given_by_the_data_exists(site: Path, catalogue: Catalogue) -> None:
    found = set()
    for path in every_json(site):
        found |= set(re.findall(rf'"({re.escape(catalogue.adresse)}[^"\\ {{]*)"', path.read_text(encoding="utf-8")))
    dead = [address for address in sorted(found) if not answers(site, address.removeprefix(catalogue.adresse)) and address != f"{catalogue.adresse}api/v1"]
    assert len(found) > 300
    assert not dead


def references(node: Any, inside: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name != "derive":
                yield from references(value, name)
    elif isinstance(node, list):
        for item in node:
            yield from references(item, inside)
    elif isinstance(node, str) and inside in REFERENCES:
        yield REFERENCES[inside], node


def test_every_reference_leads_to_an_entry(site: Path) -> None:
    count = 0
    for name in TABLES:
        for entry in read(site / API / f"{name}.json")["donnees"]:
            for table, key in references(entry):
                count += 1
                assert (site / API / COLLECTIONS[table] / f"{key}.json").is_file(), (entry["identifiant"], table, key)
    assert count > 500


def test_every_source_is_spelled_out(site: Path) -> None:
    for entry in read(site / API / "cas.json")["donnees"]:
        said = set(re.findall(r'"source": "([^"]+)"', json.dumps(entry)))
        assert said <= {source["identifiant"] for source in entry["derive"]["sources_citees"]}, entry["identifiant"]


def text_of(page: Path) -> str:
    content = re.sub(r"<script.*?</script>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"[\s\u00a0\u202f]+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content)))


def said(value: float) -> str:
    from decimal import Decimal

    return number(Decimal(str(value))).replace("\u202f", " ").replace("\u00a0", " ")


def figures_of(entry: dict[str, Any]) -> list[tuple[float, str]]:
    """Every amount and number of a case, with its unit."""
    figures = [(item["montant"], "€") for item in entry["soutiens"] if item["montant"] is not None]
    figures += [(item["valeur"], "places") for item in entry["capacite"]] + [(item["valeur"], "m²") for item in entry["surface"]]
    return figures + [(item["valeur"], item["unite"] or "") for item in entry["chiffres"]]


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return re.sub(r"[\s\u00a0\u202f]+", " ", " ".join(pages))


def test_every_figure_of_a_case_is_on_its_page_and_in_its_pdf(site: Path) -> None:
    count = 0
    for entry in read(site / API / "cas.json")["donnees"]:
        key = entry["identifiant"]
        for text in (text_of(site / "cas" / key / "index.html"), pdf_text(site / "pdf" / "cas" / f"{key}.pdf")):
            for value, unit in figures_of(entry):
                count += 1
                assert f"{said(value)} {unit}".strip() in text or f"{said(value)}{unit}" in text, (key, value, unit)
    assert count > 40


def test_yaml_is_served_as_written(site: Path, catalogue: Catalogue) -> None:
    for key in catalogue.cas:
        assert (site / API / "cas" / f"{key}.yml").read_bytes() == (PROJECT / "cases" / f"{key}.yml").read_bytes()


def test_openapi_is_valid_and_every_answer_follows_it(site: Path) -> None:
    described = read(site / API / "openapi.json")
    validate(described)
    checked = set()
    for where, operations in described["paths"].items():
        kinds = operations["get"]["responses"]["200"]["content"]
        pattern = re.compile("^/" + re.escape(where.lstrip("/")).replace(r"\{identifiant\}", "[a-z0-9-]+") + "$")
        files = [path for path in (site / API).rglob("*") if path.is_file() and pattern.match(f"/{path.relative_to(site).as_posix()}")]
        assert files, where
        checked |= set(files)
        if "application/json" in kinds:
            validator = jsonschema.Draft202012Validator({**kinds["application/json"]["schema"], "components": described["components"]})
            for path in files:
                faults = [f"{fault.json_path} : {fault.message}" for fault in validator.iter_errors(read(path))]
                assert not faults, (path, faults[:3])
    left = {path.name for path in every_json(site) if path not in checked and not path.name.endswith(".csl.json")}
    assert left <= {"openapi.json", "datapackage.json"}


def test_a_client_of_the_api_rebuilds_the_table_of_cases(serveur: str, site: Path) -> None:
    """It knows the address of the OpenAPI file, and nothing else."""
    def get(address: str) -> Any:
        with urlopen(address) as response:
            return json.load(response)

    described = get(f"{serveur}api/v1/openapi.json")
    address = next(where for where, operations in described["paths"].items() if operations["get"]["operationId"] == "cas-tous")
    cases = get(f"{serveur}{address.lstrip('/')}")["donnees"]
    unknown, rebuilt = "non précisé par les sources", []
    for case in cases:
        derived, date = case["derive"], case["derive"]["date_principale"]
        rebuilt.append([
            case["titre"], derived["lieu"],
            date["en_toutes_lettres"] + (" (création)" if date["quoi"] == "création" else "") if date else unknown,
            "sans objet" if "forme" in case["sans_objet"] else " ; ".join(derived["formes_noms"]) or unknown,
            ", ".join(derived["leviers_noms"]) or "aucun", " et ".join(sorted(case["editions"], reverse=True)) or "hors de la fiche"])
    page = (site / "cas" / "index.html").read_text(encoding="utf-8")
    rows = re.findall(r"<tr[^>]*>\s*<th scope=\"row\">(.*?)</tr>", page[page.index("tableau--large"):], re.DOTALL)
    shown = [[plain_text(cell) for cell in re.split(r"</t[hd]>", row)[:6]] for row in rows]
    assert len(shown) == len(cases)
    assert sorted([plain_text(cell) for cell in line] for line in rebuilt) == sorted(shown)


def plain_text(cell: str) -> str:
    """The words of a cell, without tags nor the typography of the pages."""
    text = html.unescape(re.sub(r"<[^>]+>", "", cell)).replace("’", "'")
    return re.sub(r"[\s\u00a0\u202f]+", " ", text).strip()


def test_the_same_data_give_the_same_bytes(tmp_path: Path, catalogue: Catalogue) -> None:
    for folder in ("un", "deux"):
        for write in (api.write_api, csv_tables.write_csv, geojson.write_geojson, schemas.write_schemas, openapi.write_openapi):
            write(catalogue, tmp_path / folder)
    files = sorted(path.relative_to(tmp_path / "un") for path in (tmp_path / "un").rglob("*") if path.is_file())
    assert files and all((tmp_path / "un" / path).read_bytes() == (tmp_path / "deux" / path).read_bytes() for path in files)


def test_the_date_of_the_data_is_looked_for_once(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every file says it: looked for each time in every case, ten thousand of them took ten minutes."""
    asked: list[object] = []

    def dates(record: object) -> Iterator[str]:
        asked.append(record)
        yield "2026-01-01"

    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("macros.catalogue.dates", dates)
    api.write_api(replace(catalogue), tmp_path)
    assert len(asked) == len(catalogue.cas) + len(catalogue.leviers)


def test_the_date_follows_source_date_epoch(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1830000000")
    api.write_api(catalogue, tmp_path)
    assert read(tmp_path / API / "cas.json")["genere_le"] == "2027-12-28T00:00:00Z"


def example(site: Path, kind: str) -> str:
    page = (site / "donnees" / "index.html").read_text(encoding="utf-8")
    found = re.search(rf'<code class="exemple-{kind}">(.*?)</code>', page, re.DOTALL)
    assert found, kind
    return html.unescape(found[1])


def test_the_examples_of_the_page_work(site: Path, serveur: str, catalogue: Catalogue) -> None:
    shell = example(site, "curl").replace(catalogue.adresse, serveur)
    if shutil.which("curl"):
        assert json.loads(subprocess.run(shell.split(), capture_output=True, check=True).stdout)["donnees"]["identifiant"] in catalogue.cas
    else:
        with urlopen(shell.split()[-1]) as response:
            assert json.load(response)["donnees"]["identifiant"] in catalogue.cas
    done = subprocess.run([sys.executable, "-c", example(site, "python").replace(catalogue.adresse, serveur)], capture_output=True, text=True, check=True)
    assert len(done.stdout.strip().splitlines()) == len(catalogue.cas)
    formula = re.fullmatch(r'=IMPORTDATA\("(.*)"\)', example(site, "tableur").strip())
    assert formula
    with urlopen(formula[1].replace(catalogue.adresse, serveur)) as response:
        assert len(response.read().decode().splitlines()) == len(catalogue.soutiens()) + 1


def test_the_page_describes_every_field_and_counts_what_lacks(site: Path, catalogue: Catalogue) -> None:
    page = (site / "donnees" / "index.html").read_text(encoding="utf-8")
    for model in (Cas, Levier):
        for name in model.model_fields:
            assert f"<code>{name}</code>" in page, name
    missing = [key for key, case in catalogue.cas.items() if not case.capacite and "capacite" not in case.sans_objet]
    row = re.search(r"<tr><th scope=\"row\"><code>capacite</code>.*?</tr>", page, re.DOTALL)
    assert row and f"{len(missing)} sur" in row[0]
    assert all(f"/edit/main/cases/{key}.yml" in row[0] for key in missing)


@pytest.mark.parametrize("content", [{}, [], [{}], {"a": [], "b": {"c": [1, {"d": "e\nf\\n"}]}}, [{"a": None}, {"b": ["«", "\"\u0000"]}]], ids=str)
def test_json_that_is_wrapped_is_that_of_what_is_wrapped(content: Any, catalogue: Catalogue) -> None:
    """To the byte: only the time that it takes differs."""
    made = [json_bytes(item) for item in content] if isinstance(content, list) else json_bytes(content)
    assert wrapped_bytes(catalogue, "cas/", made, description="x") == json_bytes(wrapped(catalogue, "cas/", content, description="x")) + b"\n"
