"""What MkDocs is told: settings from the data, generated pages, edit links, publication."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config.base import load_config
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel

import hooks
from macros import outputs
from macros.catalogue import Catalogue
from macros.live import LOOKS
from macros.outputs import OutputError
from tests.conftest import PROJECT, build
from tests.html_lu import read_file


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The real configuration, as `mkdocs build` sees it, writing in a temporary folder."""
    monkeypatch.setattr(hooks, "_state", {})
    monkeypatch.setenv("SITE_DIR", str(tmp_path / "public"))
    monkeypatch.setenv("SANS_MOULE", "1")
    before = list(logging.getLogger("mkdocs").handlers)
    config = load_config(str(PROJECT / "mkdocs.yml"))
    config.plugins._current_plugin = "hooks.py"  # what MkDocs sets while it calls a hook
    hooks.on_startup(command="build", dirty=False)
    hooks.on_config(config)
    yield config
    logging.getLogger("mkdocs").handlers[:] = before


def test_the_settings_come_from_the_data(config: Any, catalogue: Catalogue) -> None:
    """Name, description and address stand in one file, not in mkdocs.yml."""
    assert config.site_name == catalogue.reglages.nom
    assert config.site_description == catalogue.reglages.description
    assert config.site_url == catalogue.adresse


def test_the_site_is_written_aside(config: Any, tmp_path: Path) -> None:
    """Never in the published folder."""
    assert Path(config.site_dir) == tmp_path / "public.en-cours"


def test_every_record_becomes_a_page_whose_body_is_one_macro_call(config: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No stub file: the page of a case is generated, and kept out of the menu; cast, it is known to MkDocs without being its to make."""
    monkeypatch.delenv("SANS_MOULE")
    files = hooks.on_files(Files([]), config=config)
    known = files.get_file_from_path("cas/anstaing.md")
    assert known is not None and known.url == "cas/anstaing/" and files.documentation_pages() == []
    monkeypatch.setenv("SANS_MOULE", "1")
    files = hooks.on_files(Files([]), config=config)
    page = files.get_file_from_path("cas/anstaing.md")
    assert page is not None
    assert page.content_string == '{{ fiche("cas", "anstaing") }}'
    assert page.inclusion is InclusionLevel.NOT_IN_NAV


def test_a_page_that_would_hide_a_record_is_refused(config: Any, tmp_path: Path) -> None:
    """`docs/cas/anstaing.md` and `cases/anstaing.yml` cannot both have the same address."""
    for name in ("cas/anstaing.md", "cas/anstaing/index.md"):
        with pytest.raises(PluginError, match=r"cases/anstaing\.yml"):
            hooks.on_files(Files([File(name, str(tmp_path), str(tmp_path), use_directory_urls=True)]), config=config)


def test_the_assets_of_the_parent_theme_are_left_out(site: Path) -> None:
    """Nothing of Material is served: neither its scripts, styles nor fonts."""
    assert not (site / "assets" / "javascripts").exists()
    assert not (site / "assets" / "stylesheets").exists()


def test_an_output_that_fails_prevents_publication(config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One French sentence, and the site in use stays."""
    def failing(catalogue: Catalogue, folder: Path) -> None:
        raise OutputError("Le flux n'a pas pu être écrit.")

    monkeypatch.setattr(outputs, "OUTPUTS", (("flux", lambda catalogue: [failing]),))
    with pytest.raises(PluginError, match="Le flux n'a pas pu être écrit"):
        hooks.on_post_build(config=config)
    assert not (tmp_path / "public").exists()


def test_a_missing_page_prevents_publication(config: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record whose page was not written stops everything."""
    monkeypatch.setattr(outputs, "OUTPUTS", ())
    Path(config.site_dir).mkdir()
    with pytest.raises(PluginError, match="il manque"):
        hooks.on_post_build(config=config)


def test_a_failed_build_leaves_nothing_behind(config: Any, tmp_path: Path) -> None:
    """The half-written folder is removed."""
    Path(config.site_dir).mkdir()
    hooks.on_build_error(RuntimeError())
    assert list(tmp_path.glob("public*")) == []


def test_a_title_that_looks_like_code_is_never_run(tmp_path: Path) -> None:
    """Titles come from the data: the template engine and the browser must both see text."""
    from tests.test_loading import good_case
    text = good_case().replace('"Bulles : un local prêté devient une crèche"', '"{{ 7 * 7 }} <script>alert(1)</script> & {% raw %}"')
    (tmp_path / "donnees" / "cases").mkdir(parents=True)
    (tmp_path / "donnees" / "cases" / "bulles.yml").write_text(text, encoding="utf-8")
    done = build(tmp_path / "public", DATA_ROOT=str(tmp_path / "donnees"))
    assert (done.returncode, done.stderr) == (0, "")
    page = read_file(tmp_path / "public" / "cas" / "bulles" / "index.html")
    assert "{{ 7 * 7 }} <script>alert(1)</script>" in page.all("h1")[0].seen()
    assert "49" not in str(page.all("title")[0].inside[0])
    assert all(script.attributes.get("src") or script.attributes.get("type", "").endswith("json") for script in page.all("script"))
    for path in (tmp_path / "public").rglob("*.html"):
        assert "<script>alert" not in path.read_text(encoding="utf-8"), path


def test_addresses_and_edit_links_follow_the_two_settings(tmp_path: Path) -> None:
    """`SITE_URL` and `DEPOT` change every canonical, permanent and edit address, in one place."""
    done = build(tmp_path / "public", SITE_URL="https://autre.example/site/", DEPOT="https://forge.example/p")
    assert (done.returncode, done.stderr) == (0, "")
    page = read_file(tmp_path / "public" / "cas" / "anstaing" / "index.html")
    links = {link.attributes["href"] for link in page.all("a")}
    assert "https://autre.example/site/cas/anstaing/" in links
    assert "https://forge.example/p/edit/main/cases/anstaing.yml" in links
    assert [link.attributes["href"] for link in page.all("link") if link.attributes.get("rel") == "canonical"] == ["https://autre.example/site/cas/anstaing/"]
    neutral = [path for path in (tmp_path / "public").rglob("*.html") if "petite-enfance-ess.example/cas" in path.read_text(encoding="utf-8")]
    assert neutral == []


def test_serving_lets_the_live_reload_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """While serving, the policy is not applied; data, templates and theme are watched."""
    monkeypatch.setattr(hooks, "_state", {})
    config = load_config(str(PROJECT / "mkdocs.yml"))
    hooks.on_startup(command="serve", dirty=False)
    hooks.on_config(config)
    assert config.extra["en_direct"] is True
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(PROJECT))
    server.server_close()
    for path in (config.docs_dir, str(config.config_file_path)):  # as MkDocs does before
        server.watch(path)
    hooks.on_serve(server, config=config, builder=None)
    watched = {Path(emitter.watch.path).name: emitter.timeout for emitter in server.observer.emitters}
    assert watched == dict.fromkeys((PROJECT.name, "docs", "cases", "levers", "references", "macros", "theme"), LOOKS)  # one file is watched by its folder
