"""Work shared between processors: the same results, the same failures, and nobody left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from macros import sharing
from macros.sharing import LONG, MANY, Shared
from tests.conftest import PROJECT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="le partage n'existe que sous Linux")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_item_is_done_once(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the number of processors; with one, everything is done here."""
    monkeypatch.setattr(sharing, "processors", lambda: count)
    results = Shared(lambda items: [(item, os.getpid()) for item in items], range(MANY * 5 + 3)).results()
    assert sorted(item for part in results for item, _ in part) == list(range(MANY * 5 + 3))
    assert (os.getpid() in {process for part in results for _, process in part}) == (count == 1)


def test_no_copy_is_made_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two items keep two processors busy, not five."""
    monkeypatch.setattr(sharing, "processors", lambda: 5)
    results = Shared(list, ["a", "b"], many=1).results()
    assert len(results) == 2
    assert sorted(item for part in results for item in part) == ["a", "b"]


def test_a_copy_that_is_done_takes_what_another_has_not_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    """One long task does not keep the others waiting behind it."""
    monkeypatch.setattr(sharing, "processors", lambda: 2)

    def work(seconds: Iterable[float]) -> list[float]:
        done = []
        for item in seconds:
            time.sleep(item)
            done.append(item)
        return done

    assert sorted(map(len, Shared(work, [1.5, 0, 0, 0, 0], many=1).results())) == [1, 4]


class Terminal(io.StringIO):
    """Where one looks at the work going on."""

    def isatty(self) -> bool:
        """Somebody looks."""
        return True


@pytest.mark.parametrize("count", [1, 2])
def test_a_line_says_how_far_long_work_is(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal only; nothing is said for a few items, nor to a file."""
    monkeypatch.setattr(sharing, "processors", lambda: count)
    monkeypatch.setattr(sys, "stderr", shown := Terminal())
    Shared(list, range(LONG), label="PDF").results()
    if count == 1:  # copies write to the terminal itself
        assert "\rPDF : 37 %" in shown.getvalue()
    assert shown.getvalue().endswith("\rPDF : 100 %\n")
    shown.truncate(0)
    Shared(list, range(LONG - 1), label="PDF").results()
    Shared(list, range(LONG)).results()
    monkeypatch.setattr(sys, "stderr", silent := io.StringIO())
    Shared(list, range(LONG), label="PDF").results()
    assert not shown.getvalue().strip("\0") and not silent.getvalue()


def test_a_failure_elsewhere_is_a_failure_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its own error; a copy that dies without a word is told too."""
    monkeypatch.setattr(sharing, "processors", lambda: 2)

    def failing(items: Iterable[int]) -> None:
        raise PermissionError(13, "Permission denied", "/site")

    def dying(items: Iterable[int]) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(PermissionError, match="/site"):
        Shared(failing, range(MANY)).results()
    with pytest.raises(OSError, match="s'est arrêté"):
        Shared(dying, range(MANY)).results()


def test_pieces_come_while_the_next_ones_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each copy waits for what is done here with its first piece before it makes the second."""
    monkeypatch.setattr(sharing, "processors", lambda: 2)
    seen = tmp_path / "vu"

    def work(items: Iterable[int]) -> Iterator[list[int]]:
        found = list(items)
        yield found
        end = time.monotonic() + 10
        while not seen.exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        yield []

    pieces = Shared(work, range(MANY)).flow()
    first = next(pieces)
    seen.touch()
    assert sorted(item for piece in [first, *pieces] for item in piece) == list(range(MANY))


@pytest.mark.parametrize("count", [1, 2])
def test_pieces_before_a_failure_do_not_hide_it(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a copy gave before it fails, or dies, is not all."""
    monkeypatch.setattr(sharing, "processors", lambda: count)

    def failing(items: Iterable[int]) -> Iterator[int]:
        yield from items
        raise PermissionError(13, "Permission denied", "/site")

    def dying(items: Iterable[int]) -> Iterator[int]:
        yield from items
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(PermissionError, match="/site"):
        Shared(failing, range(MANY)).results()
    if count == 2:
        with pytest.raises(OSError, match="s'est arrêté"):
            Shared(dying, range(MANY)).results()


def test_no_copy_is_made_beside_another_thread() -> None:
    """It could wait for ever for what that thread held: the work is done here."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        assert Shared(lambda items: os.getpid(), range(MANY)).results() == [os.getpid()]
    finally:
        end.set()
        thread.join()


def test_no_copy_is_made_beside_the_threads_of_a_library() -> None:
    """Python does not know them: once Typst has set a page here, a copy that asks it for another waits for ever."""
    program = ("from macros.loading import load; from macros.print.sheets import case_ways; from macros import sharing; before = sharing.processors(); "
               "case_ways(load(), 'nancy', 0)[1](); print(before, sharing.processors())")
    done = subprocess.run([sys.executable, "-c", program], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(len(os.sched_getaffinity(0))), "1"]


def test_copies_die_with_the_process_that_made_them(tmp_path: Path) -> None:
    """A build killed without mercy leaves nobody writing in a folder that the next build uses."""
    program = f"""
import os, time
from macros import sharing
sharing.processors = lambda: 2
def work(items):
    open({str(tmp_path)!r} + '/' + str(os.getpid()), 'w').close()
    time.sleep(60)
sharing.Shared(work, range(100)).results()
"""
    running = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT)
    while len(list(tmp_path.iterdir())) < 2:
        assert running.poll() is None
        time.sleep(0.01)
    running.kill()
    running.wait()
    end = time.monotonic() + 10
    while any(_alive(int(path.name)) for path in tmp_path.iterdir()):
        assert time.monotonic() < end
        time.sleep(0.01)


def _alive(process: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
