"""The same pages for other generators: the fiche of each case, word for word, in the frame of the site, and the pages of the départements.

None of them checks the data, explains acronyms or tells reading time, as this project does, nor makes its other pages: they have less to do. The floor and
MkDocs with Material use the templates of the project; Hugo and Eleventy have theirs, in `gabarits/`, which write the same (`identiques`).
"""

from __future__ import annotations

import json
import pickle
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from macros.typography import MONTHS, french
from tests.conftest import PROJECT
from tests.mesures.commun import common, typeset
from tests.mesures.contenu import Contenu, as_yaml, indented
from tests.mesures.entete import HUGO, JINJA, NUNJUCKS, filled, of_list

TOOLS = PROJECT / ".cache" / "banc"
TEMPLATES = PROJECT / "tests" / "mesures" / "gabarits"
HERE = {"PYTHONPATH": str(PROJECT)}
"""For a program that uses the templates of the project."""
ELEVENTY = PROJECT / "tests" / "mesures" / "outils" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"

MATERIAL = "MkDocs et Material"
FRAME = '@@HAUT@@<div class="donnees">{{ corps }}</div>@@BAS@@'
"""A page whose body is made by the templates of the project."""
SHOWN = re.compile(r"(\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)(?:\.\w+)?|(?<!\))\.[\w.]*|\$[\w.]+) \| francais")
"""A text of a case in a template of Hugo: the path of its value, and « to be set in French typography »."""
MATERIAL_SETTINGS = """site_name: Comparaison
theme: {name: material, font: false}
plugins:
  - search
  - macros
"""
MATERIAL_MACROS = '''
from pathlib import Path

from macros import rendering
from tests.mesures.plancher import opened

HERE = Path(__file__).parent
CATALOGUE, _ = opened(HERE / "cases", HERE / "references")


def define_env(env):
    @env.macro
    def fiche(table, identifiant):
        return rendering.block(rendering.fiche(CATALOGUE, table, identifiant))
'''


@dataclass(frozen=True)
class Rival:
    """A generator, its project written."""

    nom: str
    dossier: Path
    commande: list[str]
    site: Path
    reglages: Mapping[str, str] = field(default_factory=dict)
    composee: bool = False
    """Whether its texts are set in French typography."""


def _framed(template: str, content: Contenu, places: Mapping[str, str]) -> str:
    return template.replace("@@HAUT@@", filled(content.haut, places)).replace("@@BAS@@", content.bas)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def _references(content: Contenu, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "references").write_bytes(pickle.dumps(replace(content.catalogue, cas={})))


def floor(content: Contenu, folder: Path) -> Rival:
    """Bare Python and Jinja: the templates of the project, and nothing else of it."""
    _references(content, folder)
    _write(folder / "gabarits" / "cas.html", _framed(FRAME, content, JINJA))
    _write(folder / "gabarits" / "liste.html", _framed(FRAME, content, of_list("{{ titre }}")))
    return Rival("plancher", folder, [sys.executable, "-m", "tests.mesures.plancher", str(content.donnees / "cases"), "references", "gabarits", "site"], folder / "site", HERE)


def hugo(content: Contenu, folder: Path, typeset_too: bool = False) -> Rival:
    """Hugo, one file of front matter per case; on request each text set in French typography, as in this project: those that do not change from case to case beforehand."""
    for key, text in content.cas.items():
        _write(folder / "content" / "cas" / f"{key}.md", f"---\ncle: {key}\nfiche:\n{indented(text)}---\n")
    for where, values in content.listes.items():
        _write(folder / "content" / f"{where}.md", f"---\nlayout: liste\nliste: {as_yaml(values | {'titre': french(values['titre'])} if typeset_too else values)}\n---\n")
    _write(folder / "data" / "commun.json", json.dumps(typeset(common(content.catalogue)) if typeset_too else common(content.catalogue), ensure_ascii=False))
    shared = _template("hugo/commun.html")
    templates = {f"partials/{name}.html": _template(f"hugo/{name}.html") for name in ("cle", "date", "etat", "francais", "lieu")} | {
        "_default/single.html": shared + _framed(_template("hugo/cas.html"), content, HUGO),
        "_default/liste.html": shared + _framed(_template("hugo/liste.html"), content, of_list("{{ .Params.liste.titre }}"))}
    for where, template in templates.items():
        _write(folder / "layouts" / where, SHOWN.sub(r'partialCached "francais.html" (string \1) (string \1)' if typeset_too else r"\1", filled(template, {"MOIS": MONTHS})))
    _write(folder / "hugo.yaml", 'baseURL: "https://example.org/"\nlocale: fr\ndisableKinds: [taxonomy, term, section, RSS, sitemap, "404", home]\n')
    command = [str(TOOLS / "bin" / "hugo"), "--quiet", "--destination", "site", "--noBuildLock"]
    return Rival("Hugo, avec la typographie" if typeset_too else "Hugo", folder, command, folder / "site", composee=typeset_too)


def eleventy(content: Contenu, folder: Path) -> Rival:
    """Eleventy and Nunjucks, one file of front matter per case."""
    for key, text in content.cas.items():
        _write(folder / "contenu" / "cas" / f"{key}.html", f"---\nlayout: cas.njk\ncle: {key}\nfiche:\n{indented(text)}---\n")
    for where, values in content.listes.items():
        _write(folder / "contenu" / f"{where}.html", f"---\nlayout: liste.njk\nliste: {as_yaml(values)}\n---\n")
    shared = _template("eleventy/commun.njk")
    _write(folder / "gabarits" / "cas.njk", shared + _framed(_template("eleventy/cas.njk"), content, NUNJUCKS))
    _write(folder / "gabarits" / "liste.njk", shared + _framed(_template("eleventy/liste.njk"), content, of_list("{{ liste.titre }}")))
    _write(folder / "commun.json", json.dumps(common(content.catalogue), ensure_ascii=False))
    _write(folder / "eleventy.config.js", _template("eleventy/eleventy.config.js"))
    _write(folder / "package.json", '{"type": "module"}')
    (folder / "node_modules").symlink_to(ELEVENTY.parents[2])  # the settings use markdown-it, which Eleventy brings
    return Rival("Eleventy", folder, [str(PROJECT / ".venv" / "bin" / "node"), str(ELEVENTY), "--quiet"], folder / "site")


def material(content: Contenu, folder: Path) -> Rival:
    """MkDocs, Material, its search and the macros plugin, as their documentation shows them: every page in the menu."""
    _references(content, folder)
    for key in content.cas:
        _write(folder / "docs" / "cas" / f"{key}.md", f'{{{{ fiche("cas", "{key}") }}}}\n')
    for where in content.listes:
        _write(folder / "docs" / f"{where}.md", f'{{{{ fiche("par_departement", "{where.rpartition("/")[2]}") }}}}\n')
    _write(folder / "docs" / "index.md", "# Accueil\n")
    _write(folder / "main.py", MATERIAL_MACROS)
    _write(folder / "mkdocs.yml", MATERIAL_SETTINGS)
    if not (folder / "cases").exists():
        (folder / "cases").symlink_to(content.donnees / "cases")
    return Rival(MATERIAL, folder, [sys.executable, "-m", "mkdocs", "--quiet", "build"], folder / "site", HERE | {"NO_MKDOCS_2_WARNING": "1"})


RIVALS: dict[str, Callable[[Contenu, Path], Rival]] = {"plancher": floor, "hugo": hugo, "hugo-typographie": partial(hugo, typeset_too=True), "eleventy": eleventy, "material": material}


def rival(name: str, content: Contenu, folder: Path) -> Rival:
    """A generator with its project in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    return RIVALS[name](content, folder)
