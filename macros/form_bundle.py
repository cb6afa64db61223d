"""The script of the web form: sources of `formulaire/`, bundled once by esbuild, its checks compiled by ajv.

The strict policy of the site forbids compiling checks in the browser: they are made here, from the schema of a case.
A bundle is kept in `.cache/` under a name that changes with anything it is made of: most builds only copy it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from macros.catalogue import Catalogue
from macros.filing import put
from macros.form_data import write_lists
from macros.form_model import form_model
from macros.register import ROOT

SOURCES = ROOT / "formulaire"
CACHE = ROOT / ".cache" / "formulaire"
SCRIPTS = "assets/js/"


class BundleFailed(Exception):
    """Why the script could not be made, in one French sentence."""


def _made_of(catalogue: Catalogue) -> tuple[str, str]:
    """What the script is generated from, and the mark of everything it depends on."""
    model = json.dumps(form_model(catalogue), ensure_ascii=False, separators=(",", ":"))
    parts = [model.encode(), (ROOT / "package-lock.json").read_bytes()]
    parts += [path.read_bytes() for path in sorted(SOURCES.glob("*.*js*"))]
    return model, hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]


def script_name(catalogue: Catalogue) -> str:
    """`formulaire.<mark>.js`: what the page names, known before the script is made."""
    return f"formulaire.{_made_of(catalogue)[1]}.js"


def bundle(catalogue: Catalogue, entry: str, platform: str) -> Path:
    """The bundle of an entry of `formulaire/`, made now or kept from before. `platform`: browser, or node."""
    model, mark = _made_of(catalogue)
    made = CACHE / f"{Path(entry).stem}.{mark}.{'js' if platform == 'browser' else 'mjs'}"
    if made.is_file():
        return made
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None or not (ROOT / "node_modules" / "esbuild").is_dir():
        raise BundleFailed("les outils qui assemblent le formulaire ne sont pas installés : lancez « make build ».")
    CACHE.mkdir(parents=True, exist_ok=True)
    described = CACHE / f"modele.{mark}.json"
    described.write_text(model, encoding="utf-8")
    partial = made.with_name(f"{made.name}.partiel")
    done = subprocess.run([node, str(SOURCES / "build.mjs"), str(described), entry, str(partial), platform], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BundleFailed(f"le formulaire n'a pas pu être assemblé : {done.stderr.strip()[:600]}.")
    described.unlink()
    for former in CACHE.glob(f"{Path(entry).stem}.*{made.suffix}"):
        former.unlink(missing_ok=True)
    partial.replace(made)
    return made


def write_form(catalogue: Catalogue, site: Path) -> None:
    """Write the script of the form and the lists it reads."""
    from macros.outputs import OutputError

    try:
        made = bundle(catalogue, "app.jsx", "browser")
    except BundleFailed as failure:
        raise OutputError(str(failure)) from None
    put(site / SCRIPTS / script_name(catalogue), made.read_bytes())
    write_lists(catalogue, site)
