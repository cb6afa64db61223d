"""The report on outside links: it asks each address once, and says what to write when the data are wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from macros import links, loading
from macros.__main__ import main
from macros.catalogue import Catalogue


@pytest.fixture
def small(catalogue: Catalogue) -> Catalogue:
    model = next(source for source in catalogue.sources.values() if source.url)

    def source(url: str | None, state: str, archive: str | None = None) -> object:
        return model.model_copy(update={"url": url, "lien": state, "archive": archive})

    sources = {"morte": source("https://morte.example/", "en-ligne"), "vive": source("https://vive.example/", "en-ligne"),
               "double": source("https://vive.example/", "en-ligne"), "revenue": source("https://revenue.example/", "disparue"), "perdue": source(None, "lien-a-retrouver")}
    return replace(catalogue, sources=sources, ressources={})  # type: ignore[arg-type]


def test_the_report_says_what_to_correct(small: Catalogue) -> None:
    asked: list[str] = []

    def ask(url: str) -> str:
        asked.append(url)
        return "erreur 404" if "morte" in url else "répond"

    text, wrong = links.report(small, ask, pause=0)
    assert asked == ["https://morte.example/", "https://vive.example/", "https://revenue.example/"]
    assert wrong == 2
    assert text.startswith("# Liens extérieurs : 3 vérifiés, 2 à corriger, 1 à retrouver")
    lines = {name: next(line for line in text.splitlines() if name in line) for name in ("morte", "vive", "revenue")}
    assert "écrire « lien: disparue » et chercher une copie conservée" in lines["morte"]
    assert "écrire « lien: en-ligne »" in lines["revenue"] and "écrire" not in lines["vive"]


def test_an_address_that_does_not_answer_is_a_line_not_a_crash(serveur: str) -> None:
    assert links.answer(serveur) == "répond"
    assert links.answer(f"{serveur}nulle-part/") == "erreur 404"
    assert links.answer("http://127.0.0.1:9/").startswith("injoignable")


def test_the_command_reports_and_fails_when_a_link_is_wrong(small: Catalogue, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(loading, "load", lambda: small)
    monkeypatch.setattr(links, "PAUSE", 0)
    monkeypatch.setattr(links.report, "__defaults__", (lambda url: "répond", 0))
    assert main(["liens"]) == 1
    assert "revenue" in capsys.readouterr().out


def test_addresses_need_a_built_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["adresses", str(tmp_path)]) == 2
    assert "make build" in capsys.readouterr().err


def test_no_lost_link_was_invented(catalogue: Catalogue) -> None:
    lost = [record for records in (catalogue.sources, catalogue.ressources) for record in records.values() if record.lien == "lien-a-retrouver"]
    assert lost and all(record.url is None for record in lost)
