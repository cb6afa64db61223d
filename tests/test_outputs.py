"""What is written beside the pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from macros import outputs
from macros.catalogue import Catalogue
from macros.outputs import OutputError, write_outputs


def test_outputs_run_in_order_with_the_catalogue_and_the_folder(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later output may read what an earlier one wrote."""
    def second(given: Catalogue, site: Path) -> None:
        (site / "b").write_text((site / "a").read_text() + str(given is catalogue))

    monkeypatch.setattr(outputs, "OUTPUTS", (lambda given, site: (site / "a").write_text("1"), second))
    write_outputs(catalogue, tmp_path)
    assert (tmp_path / "b").read_text() == "1True"


def test_an_output_that_fails_stops_the_others(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build then hears one French sentence."""
    def failing(given: Catalogue, site: Path) -> None:
        raise OutputError("cas/anstaing n'a pas pu être écrit.")

    monkeypatch.setattr(outputs, "OUTPUTS", (failing, lambda given, site: pytest.fail("lancé malgré l'échec")))
    with pytest.raises(OutputError, match="anstaing"):
        write_outputs(catalogue, tmp_path)
