"""What `make bench` compares is the same content, and what it writes is what it measured."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.mesures import chrono, rapport
from tests.mesures.contenu import Contenu, prepared
from tests.mesures.rivaux import RIVALS, rival


@pytest.fixture(scope="module")
def content(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Contenu:
    """Five invented cases."""
    return prepared(5, tmp_path_factory.mktemp("mesures"), site / "cas" / "anstaing" / "index.html")


def texts(value: Any) -> Iterator[str]:
    """Every text of a case."""
    if isinstance(value, str):
        yield value
    else:
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def test_every_field_of_every_case_is_on_its_page(content: Contenu, tmp_path: Path) -> None:
    """The floor does not win by showing less; nor by doing without the frame of the site."""
    floor = rival("plancher", content, tmp_path / "plancher")
    chrono.run(floor.commande, floor.dossier, floor.reglages)
    for key, text in content.cas.items():
        page = unescape((floor.site / "cas" / key / "index.html").read_text(encoding="utf-8"))
        assert [said for said in texts(yaml.safe_load(text)) if said not in page] == []
        assert 'class="entete"' in page and "mentions-legales" in page and "@@" not in page
    assert chrono.weight(floor.site)[0] == len(content.cas) + len(content.listes)


@pytest.mark.parametrize("name", [name for name in RIVALS if name != "plancher"])
def test_every_generator_is_given_the_same_cases(name: str, content: Contenu, tmp_path: Path) -> None:
    """One file a case, and every list."""
    one = rival(name, content, tmp_path / name)
    written = "".join(path.read_text(encoding="utf-8") for path in one.dossier.rglob("*") if path.is_file())
    assert "@@" not in written
    for key in content.cas:
        assert list(one.dossier.rglob(f"{key}.md")) or list(one.dossier.rglob(f"{key}.html")), key
    assert all(json.dumps(where) in written or f'"{where}"' in written for where in content.listes)


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    """Else the fastest generator would be the one that does nothing."""
    with pytest.raises(SystemExit, match="a échoué"):
        chrono.run(["false"], tmp_path, {})
    assert chrono.run(["true"], tmp_path, {}).secondes > 0


def _figures(ours: float, other: float, count: int = 1000) -> dict[str, Any]:
    return {f"pages-{count}": {"date": "2026-01-01", "tours": 3, "machine": "m", "mesures": {
        name: {"secondes": seconds, "processeur": seconds, "pages": 1, "octets": 1} for name, seconds in ((rapport.US, ours), ("Hugo", other))}}}


def test_a_goal_is_reached_or_is_said_not_to_be() -> None:
    """On both sides of its limit; what was not measured is not promised."""
    goals = {ours: [reached for _, _, _, reached in rapport.goals(_figures(ours, 1.0))] for ours in (1.9, 2.1)}
    assert goals == {1.9: [True], 2.1: [False]}
    assert "| pages seules, 1\u202f000 cas : ce projet / Hugo | 2,10 | ≤ 2,00 | **non atteint** |" in list(rapport.page(_figures(2.1, 1.0)))
    grown = _figures(1.0, 1.0) | _figures(5.1, 6.0, 5000)
    assert [reached for _, _, _, reached in rapport.goals(grown)] == [True, True, False]


def test_the_page_is_what_the_figures_say() -> None:
    """Nobody corrects it by hand: `make bench` writes both."""
    known = json.loads(rapport.FIGURES.read_text(encoding="utf-8"))
    assert rapport.PAGE.read_text(encoding="utf-8") == "\n".join(rapport.page(known)) + "\n", "lancez : make bench"


def test_figures_are_kept_part_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of one part leaves those of the others."""
    monkeypatch.setattr(rapport, "FIGURES", tmp_path / "mesures.json")
    monkeypatch.setattr(rapport, "PAGE", tmp_path / "mesures.md")
    rapport.keep("pages-1000", _figures(1.0, 2.0)["pages-1000"])
    rapport.keep("verification-1000", {"froid": 1.0, "un cas": 0.5, "cache": 0.7})
    text = (tmp_path / "mesures.md").read_text(encoding="utf-8")
    assert "Hugo" in text and "| `make check`, 1 000 cas, rien de changé (s) | 0,70 | ≤ 0,5 | **non atteint** |" in text


def test_memory_is_seen(tmp_path: Path) -> None:
    """A process that holds 200 MB, in a child of a child."""
    program = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; x = bytearray(200_000_000); time.sleep(1)'])"
    assert 190 < chrono.memory(["python3", "-c", program], tmp_path, {}) < 400
