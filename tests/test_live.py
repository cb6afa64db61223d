"""`make serve`: a corrected case is shown at once, as a whole build writes it; anything else is for a whole build."""

from __future__ import annotations

import logging
import re
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jinja2 import FileSystemLoader
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

from macros import keeping, live, rendering, sharing
from tests.conftest import PROJECT

CASE = "anstaing"
TITLE = re.compile("^titre:.*$", re.MULTILINE)


def unstarted(build: Callable[[], Any], site: Path) -> LiveReloadServer:
    """The server of MkDocs, which listens to nothing."""
    server = LiveReloadServer(build, "127.0.0.1", 0, str(site))
    server.server_close()
    return server


class Site:
    """A live server that is not started: a test does what its loop does."""

    def __init__(self, root: Path, site: Path) -> None:
        self.data, self.site, self.builds = root, site, 0
        self.config = self._config()
        self.hooks = next(iter(self.config.hooks.values()))
        self.hooks._state.clear()  # MkDocs loads them once
        self.config.plugins.on_startup(command="serve", dirty=False)
        self.build()
        self.server = unstarted(self.build, site)
        self.config.plugins.on_serve(self.server, config=self.config, builder=self.build)

    def _config(self) -> Any:
        return load_config(str(PROJECT / "mkdocs.yml"), site_dir=str(self.site))

    def build(self) -> None:
        """A whole build, as MkDocs does it."""
        self.builds += 1
        build(self._config(), serve_url="http://127.0.0.1:8000/")

    def page(self, address: str = f"cas/{CASE}") -> bytes:
        """A page as served."""
        return (self.site / address / "index.html").read_bytes()

    def write(self, line: str, case: str = CASE) -> None:
        """Another line in place of the title of a case."""
        path = self.data / "cases" / f"{case}.yml"
        path.write_text(TITLE.sub(line, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What the quiet would do, put there instead of being waited for."""
    found: list[Callable[[], None]] = []

    class Timer:
        daemon = False

        def __init__(self, seconds: float, function: Callable[[], None]) -> None:
            self.function = function

        def start(self) -> None:
            found.append(self.function)

        def cancel(self) -> None:
            found.clear()

    monkeypatch.setattr(threading, "Timer", Timer)
    return found


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: list[Callable[[], None]]) -> Site:
    """The real data, copied, served; with a memory of its own, that a test can empty."""
    monkeypatch.chdir(PROJECT)
    monkeypatch.setattr(keeping, "FOLDER", tmp_path / "cache")
    monkeypatch.setattr(sharing, "processors", lambda: 1)  # a live server has threads: nothing is copied
    monkeypatch.setenv("DATA_ROOT", str(tmp_path / "donnees"))
    for name in ("cases", "levers", "references"):
        shutil.copytree(PROJECT / name, tmp_path / "donnees" / name)
    return Site(tmp_path / "donnees", tmp_path / "site")


def test_a_corrected_case_is_shown_at_once_as_a_whole_build_writes_it_and_the_lists_follow(served: Site, asked: list[Callable[[], None]]) -> None:
    """Its page alone, byte for byte; then, at rest, everything."""
    other, former = served.page("cas/nancy"), served.page()
    served.write("titre: Tout neuf")
    served.server.builder()
    quick = served.page()
    assert served.builds == 1 and "Tout neuf" in quick.decode() and quick != former
    assert b"Tout neuf" not in served.page("cas") and len(asked) == 1
    shutil.rmtree(keeping.FOLDER / "pages")  # or the page would be found again
    asked.pop()()
    assert not served.server.observer.event_queue.empty()  # the server is told…
    served.server.builder()  # … and asks
    assert served.builds == 2 and not asked
    assert served.page() == quick and served.page("cas/nancy") == other
    assert b"Tout neuf" in served.page("cas")


def test_a_case_saved_again_puts_off_the_rest(served: Site, asked: list[Callable[[], None]]) -> None:
    """One whole build for all that was saved."""
    for word in ("Vert", "Bleu"):
        served.write(f"titre: {word}")
        served.server.builder()
    assert served.builds == 1 and len(asked) == 1
    assert b"Bleu" in served.page()


def test_a_broken_case_says_what_a_whole_build_says_and_keeps_the_former_page(served: Site, asked: list[Callable[[], None]], caplog: pytest.LogCaptureFixture) -> None:
    """Once it is corrected, its page is shown at once again."""
    former = served.page()
    served.write("titre:")
    with caplog.at_level(logging.ERROR, logger="mkdocs"):
        served.server.builder()
    assert served.builds == 2 and not asked
    assert "Les données ne peuvent pas être publiées" in caplog.text and f"cases/{CASE}.yml" in caplog.text and "restent celles d'avant" in caplog.text
    assert served.page() == former
    served.write("titre: Réparé")
    served.server.builder()
    assert served.builds == 2 and "Réparé" in served.page().decode()


def test_a_case_that_breaks_what_another_file_says_of_it_is_not_shown(served: Site) -> None:
    """The rules are those of every check: the guided path sends to this case for its levers."""
    former = served.page()
    path = served.data / "cases" / f"{CASE}.yml"
    text = path.read_text(encoding="utf-8")
    assert "levier: locaux\n" in text and "levier: passerelles\n" not in text
    path.write_text(text.replace("levier: locaux\n", "levier: passerelles\n"), encoding="utf-8")
    served.server.builder()
    assert served.builds == 2 and served.page() == former


def test_a_page_that_the_templates_cannot_write_is_for_a_whole_build(served: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Which says so."""
    def broken(*arguments: object) -> str:
        raise ValueError("gabarit en panne")

    monkeypatch.setattr("macros.rendering.fiche", broken)
    served.write("titre: Tout neuf")
    former = served.page()
    served.server.builder()
    assert served.builds == 2 and served.page() == former  # `strict`: warnings stop a build


def test_a_case_that_has_no_page_is_for_a_whole_build(served: Site) -> None:
    """Nothing is said to be shown that was not written."""
    writer, catalogue = served.hooks._state["written_by"], served.hooks._state["catalogue"]
    assert writer.corrected(catalogue, [CASE]) and not writer.corrected(catalogue, [CASE, "inconnu"])


def test_without_moulds_every_build_is_whole(served: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """`SANS_MOULE=1`: MkDocs writes the pages."""
    monkeypatch.setenv("SANS_MOULE", "1")
    served = Site(served.data, served.site)
    served.write("titre: Tout neuf")
    served.server.builder()
    assert served.builds == 2 and "Tout neuf" in served.page().decode()


def test_all_that_the_site_is_made_from_is_looked_at(served: Site) -> None:
    """What the server watches, and nothing less."""
    looked = {path.resolve() for path in vars(served.server)["builder"].__self__.watched}
    assert looked == {served.data / "cases", served.data / "levers", served.data / "references", *(PROJECT / name for name in ("docs", "macros", "theme", "mkdocs.yml"))}


@pytest.mark.parametrize(("count", "seconds"), [(14, 0.25), (1000, 0.25), (10_000, 1.6)])
def test_many_files_are_looked_at_less_often(count: int, seconds: float, tmp_path: Path) -> None:
    """A look at ten thousand takes a sixth of a second: four times a second, that would be most of a processor."""
    server = unstarted(lambda: None, tmp_path)
    server.watch(str(tmp_path))
    live.look_often(server, [str(tmp_path), "un autre dossier"], count)
    assert server.observer.timeout == pytest.approx(seconds)
    assert [emitter.watch.path for emitter in server.observer.emitters] == [str(tmp_path)]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Two cases, and what stands around."""
    for name in ("cases/un.yml", "cases/deux.yml", "levers/un.yml", "references/sources.yml", "macros/templates/cas.html.j2", "theme/main.html", "docs/index.md", "mkdocs.yml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("avant", encoding="utf-8")
    return tmp_path


def write(name: str) -> Callable[[Path], object]:
    return lambda root: (root / name).write_text("tout autre chose", encoding="utf-8")


@pytest.mark.parametrize(("change", "edited"), [
    (write("cases/un.yml"), ["un"]),
    (lambda root: (write("cases/un.yml")(root), write("cases/deux.yml")(root)), ["deux", "un"]),
    (lambda root: (write("cases/un.yml")(root), write("cases/.un.yml.swp")(root)), ["un"]),
    (write("cases/trois.yml"), []),
    (lambda root: (root / "cases" / "un.yml").unlink(), []),
    (lambda root: (root / "cases" / "un.yml").rename(root / "cases" / "trois.yml"), []),
    (lambda root: ((root / "cases" / "un.yml").unlink(), (root / "cases" / "un.yml").symlink_to(root / "cases" / "deux.yml")), ["un"]),
    *((lambda root, name=name: (write("cases/un.yml")(root), write(name)(root)), [])
      for name in ("levers/un.yml", "levers/deux.yml", "references/sources.yml", "macros/templates/cas.html.j2", "theme/main.html", "docs/index.md", "mkdocs.yml")),
    (lambda root: None, []),
])
def test_only_cases_already_there_are_shown_before_the_rest(files: Path, change: Callable[[Path], object], edited: list[str]) -> None:
    """A new, removed or renamed case, and anything that is not a case, is for a whole build. (A link is refused by the check.)"""
    done: list[object] = []

    def shown(cases: list[str]) -> bool:
        done.append(cases)
        return True

    server = unstarted(lambda: done.append("tout"), files)
    live.Live(server, files / "cases", [files / name for name in ("levers", "references", "macros", "theme", "docs", "mkdocs.yml")], shown)
    change(files)
    server.builder()
    assert done == [edited or "tout"]
    server.builder()
    assert done[1:] == ([] if edited else ["tout"])  # heard of twice


def test_a_save_that_comes_while_the_rest_is_built_is_shown_first(files: Path, asked: list[Callable[[], None]]) -> None:
    """The build is given up, for a case only; the rest is built after another quiet."""
    done: list[object] = []

    def shown(cases: list[str]) -> bool:
        done.append(cases)
        return True

    def whole() -> None:
        done.append("commence")
        for change in changes:
            write(change)(files)
            between.saved = True
        changes.clear()
        between.give_way()
        done.append("finit")

    server = unstarted(whole, files)
    between = live.Live(server, files / "cases", [files / "levers"], shown)

    def rest(*saved: str) -> list[object]:
        changes.extend(saved)
        done.clear()
        asked.pop()()
        server.builder()
        return done

    changes: list[str] = []
    write("cases/un.yml")(files)
    server.builder()
    assert rest("cases/deux.yml") == ["commence", ["deux"]]
    assert rest("levers/un.yml") == ["commence", "finit"]
    server.builder()
    assert done == ["commence", "finit"] * 2  # the lever that was saved meanwhile
    changes.append("cases/un.yml")
    (files / "levers" / "deux.yml").touch()
    server.builder()
    assert done == ["commence", "finit"] * 3  # not a build that can wait: nothing was shown before


def test_a_real_build_gives_way_and_leaves_the_site_in_use_as_it_is(served: Site, asked: list[Callable[[], None]]) -> None:
    """At any of its steps; it shows nothing of what it had begun."""
    between = served.hooks._state["live"]
    looked, stop = 0, 0
    steps = between.give_way

    def interrupted() -> None:
        nonlocal looked
        looked += 1
        if looked == stop:
            served.write(f"titre: Puis {stop}", "nancy")
            between.saved = True
        steps()

    between.give_way = interrupted
    served.write("titre: Tout neuf")
    served.server.builder()
    asked.pop()()
    served.server.builder()
    assert looked > 40 and b"Tout neuf" in served.page("cas")
    for stop in (1, looked // 3, looked):
        looked = 0
        served.write(f"titre: Sans cesse {stop}")
        served.server.builder()
        asked.pop()()
        served.server.builder()
        assert f"Puis {stop}" in served.page("cas/nancy").decode() and f"Sans cesse {stop}" in served.page().decode()
        assert f"Sans cesse {stop}" not in served.page("cas").decode() and len(asked) == 1
    quick = served.page("cas/nancy")
    stop = 0
    shutil.rmtree(keeping.FOLDER / "pages")
    asked.pop()()
    served.server.builder()
    assert served.page("cas/nancy") == quick
    assert b"Sans cesse" in served.page("cas") and b"Puis" in served.page("cas")


def test_a_whole_build_that_fails_forgets_nothing(files: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What changed since the site in use was made still has to be built; an error that nobody told is told, and the server goes on answering."""
    done: list[str] = []

    def fails() -> None:
        done.append("tout")
        raise ValueError("gabarit en panne")

    server = unstarted(fails, files)
    live.Live(server, files / "cases", [files / "levers"], lambda cases: True)
    write("levers/un.yml")(files)
    for name in ("levers/un.yml", "cases/un.yml"):
        write(name)(files)
        server.builder()
        assert "gabarit en panne" in capsys.readouterr().err
    assert done == ["tout", "tout"]


def test_a_template_that_changed_is_seen_at_once_on_every_page(served: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read again; what was kept of pages drawn with the former one is not theirs."""
    shutil.copytree(keeping.HERE / "templates", tmp_path / "macros" / "templates")
    monkeypatch.setattr(keeping, "HERE", tmp_path / "macros")
    monkeypatch.setattr(rendering.environment(), "loader", FileSystemLoader(tmp_path / "macros" / "templates"))
    served.build()
    former = served.page()
    template = tmp_path / "macros" / "templates" / "cas.html.j2"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "<p>Tout neuf</p>\n", encoding="utf-8")
    served.build()
    assert "Tout neuf" in served.page().decode()
    template.write_text(text, encoding="utf-8")
    served.build()
    assert served.page() == former


def test_what_is_saved_after_the_data_were_read_is_on_the_pages_of_the_next_build(served: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page drawn from the former lever is not kept as one of the new lever."""
    lever = served.data / "levers" / "locaux.yml"
    dressing = served.hooks.dressing

    def saved_meanwhile() -> Any:
        lever.write_text(re.sub("^titre_court:.*$", "titre_court: Tout neuf", lever.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
        return dressing()

    shutil.rmtree(keeping.FOLDER / "pages")
    monkeypatch.setattr(served.hooks, "dressing", saved_meanwhile)
    served.build()
    assert "Tout neuf" not in served.page().decode()
    served.build()
    assert "Tout neuf" in served.page().decode()
