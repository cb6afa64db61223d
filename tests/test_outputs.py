"""What is written beside the pages."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from macros import outputs, sharing
from macros.catalogue import Catalogue
from macros.outputs import OutputError, write_outputs


@pytest.mark.parametrize("count", [1, 2])
def test_steps_run_in_order_with_the_catalogue_and_the_folder(count: int, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later step may read what an earlier one wrote; those of one step are shared between processors."""
    monkeypatch.setattr(sharing, "processors", lambda: count)

    def second(given: Catalogue, site: Path) -> None:
        (site / "b").write_text((site / "a").read_text() + str(given is catalogue))

    def first(name: str, given: Catalogue, site: Path) -> None:
        (site / name).write_text("1")

    monkeypatch.setattr(outputs, "OUTPUTS", (("une", lambda given: [partial(first, "a"), partial(first, "c")]), ("deux", lambda given: [second])))
    write_outputs(catalogue, tmp_path)
    assert (tmp_path / "b").read_text() == "1True" and (tmp_path / "c").exists()


@pytest.mark.parametrize("count", [1, 2])
def test_an_output_that_fails_stops_the_others(count: int, catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build then hears one French sentence, whichever process it was."""
    monkeypatch.setattr(sharing, "processors", lambda: count)

    def failing(given: Catalogue, site: Path) -> None:
        raise OutputError("cas/anstaing n'a pas pu être écrit.")

    monkeypatch.setattr(outputs, "OUTPUTS", (("une", lambda given: [failing, lambda given, site: None]), ("deux", lambda given: pytest.fail("lancé malgré l'échec"))))
    with pytest.raises(OutputError, match="anstaing"):
        write_outputs(catalogue, tmp_path)
