"""CSV, GeoJSON and JSON Schemas: accepted by their own validators, and equal to the data."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import warnings
from pathlib import Path
from typing import Any

import geojson as geojson_validator
import jsonschema
import pytest
import yaml

from macros import coordinates
from macros.catalogue import Catalogue
from macros.exports.csv_tables import TABLES, neutral
from macros.exports.geojson import geometry
from macros.exports.schemas import schema
from macros.model.case import Cas
from tests.conftest import PROJECT

API = "api/v1"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_frictionless_accepts_the_tables(site: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # frictionless and what it imports warn about themselves
        import frictionless

        report = frictionless.validate(str(site / API / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert len(report.tasks) == len(TABLES)


def test_a_table_schema_stands_beside_each_table(site: Path) -> None:
    package = json.loads((site / API / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        beside = json.loads((site / API / f"{resource['name']}.tableschema.json").read_text(encoding="utf-8"))
        assert beside == resource["schema"]
        assert all(field["description"] for field in beside["fields"])


def test_one_row_per_case_with_every_field(site: Path, catalogue: Catalogue) -> None:
    table = rows(site / API / "cas.csv")
    assert [row["identifiant"] for row in table] == catalogue.cas_en_ordre
    assert set(Cas.model_fields) <= set(table[0])
    row = next(row for row in table if row["identifiant"] == "anstaing")
    assert row["code_insee"] == "59013" and row["leviers"].startswith("levier : creation")
    assert row["ouverture"] == "2025-02 [rtes-2026]"


def test_long_tables_hold_every_support_and_figure(site: Path, catalogue: Catalogue) -> None:
    supports = rows(site / API / "soutiens.csv")
    assert sum(float(row["montant"] or 0) for row in supports) == sum(float(item.montant or 0) for _, item in catalogue.soutiens())
    assert len(supports) == len(catalogue.soutiens())
    figures = rows(site / API / "chiffres.csv")
    expected = len(catalogue.chiffres) + sum(len(case.chiffres) for case in catalogue.cas.values()) + sum(len(network.chiffres) for network in catalogue.reseaux.values())
    assert len(figures) == expected


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "  =1", "＝1", "'=1", '"=1', "|cmd", "%0A"])
def test_no_cell_starts_a_formula(text: str) -> None:
    assert neutral(text).startswith("'") and neutral(text)[1:] == text


@pytest.mark.parametrize("text", ["Anstaing", "15 000 € (2025)", "à = b", "l'école"])
def test_an_ordinary_cell_is_left_alone(text: str) -> None:
    assert neutral(text) == text


def test_no_cell_of_the_tables_is_a_formula(site: Path) -> None:
    for table in TABLES:
        for row in rows(site / API / f"{table.name}.csv"):
            assert not [cell for cell in row.values() if cell and cell[0] in "=+-@\t\r" and not re.fullmatch(r"-\d+(\.\d+)?", cell)]


def test_geojson_is_valid_and_holds_every_case(site: Path, catalogue: Catalogue) -> None:
    text = (site / API / "cas.geojson").read_text(encoding="utf-8")
    found = geojson_validator.loads(text)
    assert found.is_valid, found.errors()
    assert [feature["id"] for feature in found["features"]] == catalogue.cas_en_ordre
    raw = {feature["id"]: feature for feature in json.loads(text)["features"]}
    longitude, latitude = raw["anstaing"]["geometry"]["coordinates"]
    assert 3.1 < longitude < 3.3 and 50.5 < latitude < 50.7
    assert raw["microscop"]["geometry"]["type"] == "MultiPoint"
    assert raw["inalta"]["geometry"] is None and "pas sur une commune" in raw["inalta"]["properties"]["geometrie"]
    assert "GeoNames" in json.loads(text)["credits"]


def test_a_point_is_given_only_without_doubt(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    assert coordinates.point("59350") == (3.05512, 50.63391)  # Lille
    assert coordinates.point("99999") is None
    monkeypatch.setattr(coordinates, "point", lambda insee: None)
    assert geometry(catalogue, "anstaing") == (None, "Aucune : le point de la commune n'est pas connu.")


def files(name: str) -> list[Path]:
    return sorted((PROJECT / {"cas": "cases", "levier": "levers"}[name]).glob("*.yml"))


@pytest.mark.parametrize("name", ["cas", "levier"])
def test_the_schema_accepts_the_files_as_text_and_as_yaml_types_them(site: Path, name: str) -> None:
    content = json.loads((site / f"schemas/v1/{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    validator = jsonschema.Draft202012Validator(content)
    for path in files(name):
        for loader in (yaml.BaseLoader, yaml.SafeLoader):
            faults = [f"{fault.json_path} : {fault.message}" for fault in validator.iter_errors(yaml.load(path.read_text(encoding="utf-8"), loader))]
            assert not faults, (path.name, loader.__name__, faults[:3])


@pytest.mark.parametrize("name", ["cas", "levier"])
def test_check_jsonschema_accepts_the_files(site: Path, name: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(site / f"schemas/v1/{name}.schema.json"), *map(str, files(name))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def anstaing() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((PROJECT / "cases/anstaing.yml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


@pytest.mark.parametrize(("change", "where"), [
    ({"titre": "x" * 111}, "$.titre"), ({"inconu": "x"}, "$"), ({"type": "autre"}, "$.type"), ({"redige_le": "hier"}, "$.redige_le"),
    ({"habitants": [{"valeur": "beaucoup", "source": "rtes-2026"}]}, "$.habitants[0].valeur"), ({"habitants": [{"valeur": "12"}]}, "$.habitants[0]"),
    ({"lieux": [{"insee": "1234", "source": "rtes-2026"}]}, "$.lieux[0].insee"), ({"leviers": [{"levier": "Creation"}]}, "$.leviers[0].levier"),
    ({"soutiens": [{"nature": "subvention-annuelle", "financeur": "x", "montant": "15 000", "source": "rtes-2026"}]}, "$.soutiens[0].montant"),
    ({"nom": None}, "$.nom"), ({"accueils": []}, "$.accueils")])
def test_the_schema_refuses_what_the_site_refuses(catalogue: Catalogue, change: dict[str, Any], where: str) -> None:
    validator = jsonschema.Draft202012Validator(schema(catalogue, "cas"))
    assert [fault.json_path for fault in validator.iter_errors(anstaing() | change)] == [where]


def test_the_schema_speaks_french(catalogue: Catalogue) -> None:
    def described(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [name for name, inner in node.get("properties", {}).items() if isinstance(inner, dict) and not inner.get("description") and "$ref" not in inner]
            return own + [name for value in node.values() for name in described(value)]
        return [name for item in node for name in described(item)] if isinstance(node, list) else []

    for name in ("cas", "levier"):
        content = schema(catalogue, name)
        assert described(content) == []
        assert "Every fact" not in json.dumps(content) and "$defs" in content
