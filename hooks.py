"""What MkDocs calls while it builds: the only file, with the theme, that knows it.

One YAML file in, one page out: each fiche is a generated page whose body is one macro call. The site is written aside and
takes the place of the published one only when nothing went wrong.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from html import escape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from macros import lock, swap
from macros.catalogue import Catalogue
from macros.exports.anchors import kept_anchors
from macros.exports.head import head
from macros.finishing import finished
from macros.loading import folders, load
from macros.manifest import write_manifest
from macros.outputs import OutputError, write_outputs
from macros.pages import Fiche, fiches
from macros.print.cards import card_of
from macros.problems import DataError
from macros.register import RegisterMissing
from macros.typography import french

_state: dict[str, Any] = {}
"""What one build keeps from event to event: `command`, `held` (the lock), `final`, `warnings`, `fiches`, `catalogue`."""


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether pages are built or served."""
    _state["command"] = command


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the data before anything else, take the settings from it, and write aside."""
    catalogue = _catalogue()
    _state["catalogue"] = catalogue
    _state["fiches"] = {f"{fiche.adresse.rstrip('/')}.md": fiche for fiche in fiches(catalogue)}
    config.site_name = catalogue.reglages.nom
    config.site_description = catalogue.reglages.description
    config.site_url = catalogue.adresse
    config.extra["baseline"] = catalogue.reglages.devise
    config.extra["en_direct"] = _state.get("command") == "serve"
    if _state.get("command") == "build":
        _watch_warnings()
        final = Path(os.environ.get("SITE_DIR") or config.site_dir).resolve()
        try:
            _state["held"] = lock.taken(final)
        except lock.BusyError as error:
            raise Abort(f"Le site n'est pas publié : {error}. Le site précédent est intact.") from None
        _state["final"] = final
        swap.recover(final)
        config.site_dir = str(swap.aside(final))
        shutil.rmtree(config.site_dir, ignore_errors=True)
    return config


def _catalogue() -> Catalogue:
    try:
        return load()
    except DataError as error:
        count = len(error.problems)
        raise PluginError(f"Les données ne peuvent pas être publiées :\n\n{error}\n\n{count} problème{'s' if count > 1 else ''} à corriger.") from None
    except RegisterMissing as error:
        raise PluginError(str(error)) from None


class _Warnings(logging.Handler):
    """Keeps what MkDocs warns of, whatever it shows: `--quiet` hides warnings and would let them through."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one warning."""
        self.messages.append(record.getMessage())


def _not_said_twice(record: logging.LogRecord) -> bool:
    """Hide what MkDocs says of a refusal of the machine: `on_build_error` tells it in French."""
    return not (str(record.msg).startswith("Error building page") and isinstance(sys.exc_info()[1], OSError))


def _watch_warnings() -> None:
    logger = logging.getLogger("mkdocs")
    for former in [handler for handler in logger.handlers if isinstance(handler, _Warnings)]:
        logger.removeHandler(former)
    if logger.level > logging.WARNING:
        for handler in logger.handlers:
            handler.setLevel(max(handler.level, logger.level))
        logger.setLevel(logging.WARNING)
    for handler in logger.handlers:
        handler.addFilter(_not_said_twice)
    _state["warnings"] = _Warnings()
    logger.addHandler(_state["warnings"])


def on_serve(server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
    """Rebuild when the data, the templates or the theme change."""
    where = folders()
    for folder in (where.cases, where.levers, where.references, Path("macros"), Path("theme")):
        server.watch(str(folder))
    return server


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Add one generated page per record; refuse one that would hide a page of `docs/`. Drop Material's own assets: unused here."""
    links = sorted(path for path in Path(config.docs_dir).rglob("*") if path.is_symlink())
    if links:
        raise PluginError(f"{links[0].relative_to(Path(config.docs_dir).parent)} est un lien : il publierait un fichier pris ailleurs. Remplacez-le par un vrai fichier.")
    for file in list(files):
        if file.src_uri.startswith(("assets/javascripts", "assets/stylesheets", "assets/images")):
            files.remove(file)
    for uri, fiche in _state["fiches"].items():
        if files.get_file_from_path(uri) is not None or files.get_file_from_path(uri.removesuffix(".md") + "/index.md") is not None:
            raise PluginError(f"{fiche.fichier} et docs/{uri} donnent la même adresse /{fiche.adresse} : renommez l'un des deux.")
        files.append(File.generated(config, uri, content=f'{{{{ fiche("{fiche.table}", "{fiche.identifiant}") }}}}', inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_env(env: Any, *, config: MkDocsConfig, files: Files) -> Any:
    """Let the theme set a text as the rest of the site: `striptags` undoes the no-break spaces."""
    env.filters["typographie"] = french
    return env


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """French typography in the menu too."""
    for item in [*nav.pages, *_sections(nav.items)]:
        if item.title:
            item.title = french(item.title)
    return nav


def _sections(items: list[Any]) -> list[Section]:
    found = [item for item in items if isinstance(item, Section)]
    return found + [inner for section in found for inner in _sections(section.children)]


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """French typography, and acronyms explained where they first appear."""
    root = "../" * page.url.count("/") or "./"
    return finished(kept_anchors(_state["catalogue"], page.url, html), _state["catalogue"].sigles, f"{root}glossaire/")


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Title, description, breadcrumb and edit address of a page.

    They are set here, after the macros plugin: earlier, it would run the text of a title as a template.
    """
    catalogue: Catalogue = _state["catalogue"]
    fiche: Fiche | None = _state["fiches"].get(page.file.src_uri)
    if fiche:
        page.title = escape(french(fiche.titre))  # the theme reads a title as HTML
        page.meta = {"description": fiche.description, "fil": [step | {"titre": french(step["titre"])} for step in fiche.fil]}
        page.edit_url = f"{catalogue.depot}/edit/main/{fiche.fichier}"
    elif page.file.src_uri:
        page.edit_url = f"{catalogue.depot}/edit/main/docs/{page.file.src_uri}"
    if "description" in page.meta:
        page.meta["description"] = french(page.meta["description"])
    meta = page.meta or {}
    context["annonce"] = head(catalogue, page.url, fiche.titre if fiche else str(page.title or config.site_name), str(meta.get("description") or config.site_description),
                              fiche, meta.get("fil") or (), search=(Path(config.docs_dir) / "recherche").is_dir())
    context["carte"] = card_of(catalogue, page.url, context["annonce"].titre, fiche)
    return context


@event_priority(-100)
def on_post_build(*, config: MkDocsConfig) -> None:
    """Publish: only a complete site without warning takes the place of the one in use."""
    if _state.get("command") != "build":
        return
    warnings = _state["warnings"].messages
    if warnings:
        raise PluginError("Le site n'est pas publié, le précédent est intact. À corriger d'abord :\n\n" + "\n".join(f"- {message}" for message in warnings))
    built, final = Path(config.site_dir), _state["final"]
    try:
        write_outputs(_state["catalogue"], built)
    except OutputError as error:
        raise PluginError(f"Le site n'est pas publié : {error} Le site précédent est intact.") from None
    missing = [fiche.adresse for fiche in _state["fiches"].values() if not (built / fiche.adresse / "index.html").is_file()]
    if missing:
        raise PluginError(f"Le site n'est pas publié : il manque {', '.join(missing)}. Le site précédent est intact.")
    write_manifest(built)
    swap.put_in_place(built, final)
    config.site_dir = str(final)
    lock.released(_state.pop("held"), final)


def on_build_error(error: Exception) -> None:
    """Leave nothing half-written behind, but what another build is writing; say in one line what the machine refused."""
    if "held" in _state:
        shutil.rmtree(swap.aside(_state["final"]), ignore_errors=True)
        lock.released(_state.pop("held"), _state["final"])
    if _state.get("command") != "build":
        return
    if isinstance(error, PluginError):
        raise Abort(str(error))  # MkDocs would add a line of its own, in English
    if isinstance(error, OSError):
        raise Abort(f"Le site n'est pas publié : {swap.why(error)}. Le site précédent est intact.")
