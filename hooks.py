"""What MkDocs calls while it builds: the only file, with the theme, that knows it.

One YAML file in, one page out. The theme draws one page of each kind, the others are cast from it (macros/casting.py); with
`SANS_MOULE=1` each fiche is a generated page whose body is one macro call, which MkDocs renders like any other: slower, the same
bytes, the reference of the tests. The site is written aside and takes the place of the published one only when nothing went wrong.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from pydantic_core import to_json

from macros import lock, rendering, swap, writing
from macros.casting import listening
from macros.catalogue import Catalogue
from macros.dressing import DressingFailed, dressing
from macros.exports.head import head
from macros.folders import folders
from macros.keeping import Kept, compiled, digest
from macros.loading import load
from macros.manifest import write_manifest
from macros.origin import ground
from macros.outputs import OutputError, write_outputs
from macros.pages import VIEWS, Fiche, fiches
from macros.print.cards import card_of
from macros.problems import DataError
from macros.register import RegisterMissing
from macros.sharing import Shared
from macros.typography import french

_state: dict[str, Any] = {}
"""What one build keeps from event to event: `command`, `held` (the lock), `final`, `warnings`, `fiches`, `catalogue`, `files`, `nav`, `writer`;
and, on a live site, `live`, and `written_by`, the writer of the site in use."""
VIEW = re.compile(r'<div class="donnees" data-vue="([a-z-]+)"></div>')
"""Where a view of the data goes in a page."""
IDENTIFIER = re.compile(r'\bid="([^"]+)"')
MANY_FICHES = 200
"""From how many on the lists take long enough to be shared between processors."""
log = logging.getLogger("mkdocs.hooks")


class CastFile(File):
    """A page that MkDocs does not make, but knows: links to it are checked and written like others."""

    def is_documentation_page(self) -> bool:
        """Not for MkDocs to render…"""
        return False

    def copy_file(self, dirty: bool = False) -> None:
        """…nor to copy."""


class DrawnFile(File):
    """The page of a fiche, as the theme is given it."""

    values: dict[str, Any]


def on_startup(*, command: str, dirty: bool) -> None:
    """Remember whether pages are built or served, which looks again at templates."""
    _state["command"] = command
    rendering.environment().auto_reload = command == "serve"
    if command == "build":
        _state["compiling"] = Shared(rendering.compile_templates, rendering.environment().list_templates(["j2"]), many=1)  # while the data are read


@event_priority(100)
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the data before anything else, take the settings from it, and write aside."""
    catalogue = _catalogue()
    _state["catalogue"] = catalogue
    _state.pop("views_made", None)
    _state["fiches"] = {f"{fiche.adresse.rstrip('/')}.md": fiche for fiche in fiches(catalogue)}
    config.site_name = catalogue.reglages.nom
    config.site_description = catalogue.reglages.description
    config.site_url = catalogue.adresse
    config.extra["baseline"] = catalogue.reglages.devise
    config.extra["en_direct"] = _state.get("command") == "serve"
    config.extra["a_couler"] = _casting()
    if _state.get("command") == "serve":
        _state["final"] = Path(config.site_dir)
        config.site_dir = str(swap.aside(_state["final"]))
    _watch_warnings()
    if _state.get("command") == "build":
        final = Path(os.environ.get("SITE_DIR") or config.site_dir).resolve()
        try:
            _state["held"] = lock.taken(final)
        except lock.BusyError as error:
            raise PluginError(f"Le site n'est pas publié : {error}. Le site précédent est intact.") from None
        _state["final"] = final
        swap.recover(final)
        config.site_dir = str(swap.aside(final))
        shutil.rmtree(config.site_dir, ignore_errors=True)
    return config


def _casting() -> bool:
    return not os.environ.get("SANS_MOULE")


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
    from macros.live import Live, look_often  # a build does without it

    look_often(server, (config.docs_dir, str(config.config_file_path), *config.theme.dirs), len(_state["fiches"]))
    where = folders()
    for folder in (where.cases, where.levers, where.references, Path("macros"), Path("theme")):
        server.watch(str(folder))
    around = [where.levers, where.references, *map(Path, ("macros", "theme", config.docs_dir, str(config.config_file_path), *config.watch))]
    _state["live"] = Live(server, where.cases, around, lambda cases: "written_by" in _state and _state["written_by"].corrected(load(), cases))
    return server


def on_shutdown() -> None:
    """Leave nothing behind of a build that serving interrupted."""
    if _state.get("command") == "serve" and "final" in _state:
        shutil.rmtree(swap.aside(_state["final"]), ignore_errors=True)


def _giving_way(items: Iterable[Any]) -> Iterator[Any]:
    """The same; on a live site, work that can wait stops at the first one that a saved case comes before."""
    for item in items:
        if "live" in _state:
            _state["live"].give_way()
        yield item


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
        if _casting():
            files.append(CastFile(uri, None, config.site_dir, True, dest_uri=f"{fiche.adresse}index.html", inclusion=InclusionLevel.NOT_IN_NAV))
            continue
        files.append(File.generated(config, uri, content=f'{{{{ fiche("{fiche.table}", "{fiche.identifiant}") }}}}', inclusion=InclusionLevel.NOT_IN_NAV))
    try:
        made = dressing()
    except DressingFailed as error:
        raise PluginError(str(error)) from None
    config.extra["habits"] = made.adresses
    for address in made.adresses.values():
        files.append(File(address, str(made.dossier), config.site_dir, use_directory_urls=True))
    return files


def on_env(env: Any, *, config: MkDocsConfig, files: Files) -> Any:
    """Let the theme set a text as the rest of the site: `striptags` undoes the no-break spaces."""
    env.filters["typographie"] = french
    env.filters = listening(env.filters)
    env.bytecode_cache = compiled("theme")
    return env


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
    """French typography in the menu too; then the fiches and the views are written, while MkDocs makes the other pages."""
    for item in [*nav.pages, *_sections(nav.items)]:
        if item.title:
            item.title = french(item.title)
    _state.update(nav=nav, files=files)
    if "compiling" in _state:
        _state.pop("compiling").results()
    if _casting():
        env = config.plugins.on_env(config.theme.get_env(), config=config, files=files)
        writer = _state["writer"] = writing.Writer(_state["catalogue"], str(config.site_dir), partial(_drawn, config, nav, env), _ground(config), _has_search(config))
        _state["casting"] = Shared(lambda asked: writer.fiches(_giving_way(asked)), list(_state["fiches"].values()), label="Pages")
        _state["views"] = Shared(lambda names: writing.views(writer.catalogue, _giving_way(names)), list(VIEWS), many=2 if len(_state["fiches"]) > MANY_FICHES else len(VIEWS) + 1)
    return nav


def _sections(items: list[Any]) -> list[Section]:
    found = [item for item in items if isinstance(item, Section)]
    return found + [inner for section in found for inner in _sections(section.children)]


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Views of the data put in their place, French typography, acronyms explained where they first appear."""
    whole = VIEW.sub(lambda found: _view(found[1]), html)
    if whole != html:
        page.present_anchor_ids = {*(page.present_anchor_ids or ()), *IDENTIFIER.findall(whole)}
    return writing.as_published(_state["catalogue"], page.url, whole)


def _warn(faults: Iterable[str]) -> None:
    for fault in sorted(faults):
        log.warning(fault)


def _view(name: str) -> str:
    """One view, made with all the others the first time one is wanted."""
    if "views_made" not in _state:
        parts = _state.pop("views").results()
        _state["views_made"] = {key: html for made, _ in parts for key, html in made.items()}
        _warn(fault for _, faults in parts for fault in faults)
    return str(_state["views_made"][name])


def on_page_context(context: dict[str, Any], *, page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Title, description, breadcrumb and edit address of a page; for a fiche, of what sort it is: the folder of its address.

    They are set here, after the macros plugin: earlier, it would run the text of a title as a template.
    """
    catalogue: Catalogue = _state["catalogue"]
    fiche: Fiche | None = _state["fiches"].get(page.file.src_uri)
    values = page.file.values if isinstance(page.file, DrawnFile) else writing.values_of(catalogue, fiche, _has_search(config)) if fiche else None
    if values:
        page.title = values["titre"]
        page.meta = {"description": values["description"], "fil": values["fil"]}
        page.edit_url = values["modifier"]
        return context | {"annonce": values["annonce"], "carte": values["carte"], "sorte": page.file.src_uri.partition("/")[0]}
    if page.file.src_uri:
        page.edit_url = f"{catalogue.depot}/edit/main/docs/{page.file.src_uri}"
    if "description" in page.meta:
        page.meta["description"] = french(page.meta["description"])
    meta = page.meta or {}
    context["annonce"] = head(catalogue, page.url, str(page.title or config.site_name), str(meta.get("description") or config.site_description), None, meta.get("fil") or (),
                              search=_has_search(config))
    context["carte"] = card_of(catalogue, page.url, context["annonce"].titre)
    return context


def _has_search(config: MkDocsConfig) -> bool:
    return (Path(config.docs_dir) / "recherche").is_dir()


def _ground(config: MkDocsConfig) -> bytes:
    """The hash of all that the page of a case depends on, besides the case: levers and references as they were read, theme, menu, versions, settings, tools."""
    catalogue, root = _state["catalogue"], Path(__file__).parent
    own = [root / "hooks.py", root / "mkdocs.yml", *sorted(path for folder in (root / "theme", folders().root / "versions") for path in folder.rglob("*") if path.is_file())]
    menu = [(item.title, getattr(item, "url", None)) for item in [*_state["nav"].pages, *_sections(_state["nav"].items)]]
    settings = [config.site_name, config.site_url, config.site_description, dict(config.extra), _has_search(config), os.environ.get("SOURCE_DATE_EPOCH")]
    tools = [version(name) for name in ("mkdocs", "mkdocs-material", "mkdocs-macros-plugin", "typst")]
    return digest([ground(catalogue), to_json(catalogue.adresses), repr((menu, settings, tools)).encode(), *(part for path in own for part in (path.name.encode(), path.read_bytes()))])


def _drawn(config: MkDocsConfig, nav: Navigation, env: Any, folder: str, values: dict[str, Any]) -> str:
    """A page as the theme draws it, by the road of MkDocs."""
    file = DrawnFile(f"{folder}/{values['identifiant']}.md", None, config.site_dir, True, inclusion=InclusionLevel.NOT_IN_NAV)
    file.generated_by, file.url, file.values = "hooks", f"{folder}/{values['identifiant']}/", values
    page = Page(None, file, config)
    page.markdown, page.content, page.toc = "", values["contenu"], get_toc([])
    context = config.plugins.on_page_context(get_context(nav, [], config, page), page=page, config=config, nav=nav)
    return str(config.plugins.on_post_page(env.get_template("main.html").render(context), page=page, config=config))


def _check_anchors(config: MkDocsConfig) -> None:
    """Links of written pages to a part of a cast page: MkDocs cannot see whether it is there."""
    for file in _state["files"].documentation_pages():
        for target, links in ((file.page and file.page.links_to_anchors) or {}).items():
            if isinstance(target, CastFile):
                present = IDENTIFIER.findall(Path(config.site_dir, target.dest_uri).read_text(encoding="utf-8"))
                for link in (link for anchor, link in links.items() if anchor not in present):
                    log.warning(f"docs/{file.src_uri} : le lien « {link} » mène à une partie qui n'existe pas dans la page /{target.url}")


@event_priority(-100)
def on_post_build(*, config: MkDocsConfig) -> None:
    """Cast the fiches, then publish: only a complete site without warning takes the place of the one in use."""
    if _casting():
        _warn(fault for faults in _state.pop("casting").results() for fault in faults)
        Kept("pages").tidy(1_000_000 + 1_000 * len(_state["fiches"]))
        _check_anchors(config)
    warnings = _state["warnings"].messages
    if warnings:
        raise PluginError("Le site n'est pas publié, le précédent est intact. À corriger d'abord :\n\n" + "\n".join(f"- {message}" for message in warnings))
    if _state.get("command") == "serve":
        swap.put_in_place(Path(config.site_dir), _state["final"])
        config.site_dir = str(_state["final"])
        if _casting():
            _state["written_by"] = replace(_state.pop("writer"), site=config.site_dir)
        return
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
    for name in {"compiling", "views", "casting"} & _state.keys():
        _state.pop(name).stop()
    if "held" in _state:
        shutil.rmtree(swap.aside(_state["final"]), ignore_errors=True)
        lock.released(_state.pop("held"), _state["final"])
    if _state.get("command") != "build":
        return
    if isinstance(error, PluginError):
        sys.exit(str(error))  # MkDocs would add a line of its own, in English
    if isinstance(error, OSError):
        sys.exit(f"Le site n'est pas publié : {swap.why(error)}. Le site précédent est intact.")
