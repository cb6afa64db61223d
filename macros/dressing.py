"""The styles and scripts of the theme as pages ask for them: assembled, small, named after their content, so that a browser keeps them for ever.

Sources are those of `theme/assets/`, also published as they are: these are what one reads. esbuild puts a script and the modules it imports
in one file; what it made is kept in `.cache/` under a name that changes with any source.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from macros.register import ROOT

SOURCES = ROOT / "theme" / "assets"
CACHE = ROOT / ".cache" / "habillage"
FOLDER = "assets/fixe/"
"""Where they are published. Two levels deep, as `assets/js/` is: scripts find the root of the site from their own address."""
IMPORTED = re.compile(r'\bfrom\s+"\./([\w-]+\.js)"')


class DressingFailed(Exception):
    """Why styles and scripts could not be made, in one French sentence."""


class Dressing(NamedTuple):
    """What was made."""

    dossier: Path
    """Where the files stand, each at its address."""
    adresses: dict[str, str]
    """Source (`css/site.css`) → address from the root of the site (`assets/fixe/site.4KQ2XW7A.css`)."""


def dressing() -> Dressing:
    """The styles and scripts of the site, made now or kept from before."""
    sources = _sources()
    parts = [Path(__file__).read_bytes(), (ROOT / "package-lock.json").read_bytes(), *(part for path in sources for part in (path.name.encode(), path.read_bytes()))]
    mark = hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]
    folder = CACHE / mark
    if not (folder / "adresses.json").is_file():
        _make(sources, folder)
    return Dressing(folder, json.loads((folder / "adresses.json").read_text(encoding="utf-8")))


def _sources() -> list[Path]:
    return sorted([*SOURCES.glob("css/*.css"), *SOURCES.glob("js/*.js")])


def _make(sources: list[Path], folder: Path) -> None:
    imported = {name for path in sources if path.suffix == ".js" for name in IMPORTED.findall(path.read_text(encoding="utf-8"))}
    entries = [path.relative_to(ROOT).as_posix() for path in sources if path.name not in imported]
    tool = ROOT / "node_modules" / "esbuild" / "bin" / "esbuild"
    node = shutil.which("node", path=str(Path(sys.executable).parent)) or shutil.which("node")
    if node is None or not tool.is_file():
        raise DressingFailed("les outils qui assemblent les styles et les scripts ne sont pas installés : lancez « make build ».")
    partial = folder.with_name(f"{folder.name}.{os.getpid()}")
    partial.mkdir(parents=True)
    said = partial / "esbuild.json"
    done = subprocess.run(
        [node, str(tool), *entries, "--bundle", "--minify", "--format=esm", "--charset=utf8", "--legal-comments=none", f"--outdir={partial / FOLDER}", "--entry-names=[name].[hash]",
         f"--metafile={said}", "--log-level=error"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        shutil.rmtree(partial)
        raise DressingFailed(f"les styles et les scripts n'ont pas pu être assemblés : {done.stderr.strip()[:600]}.")
    made = json.loads(said.read_text(encoding="utf-8"))["outputs"]
    addresses = {value["entryPoint"].removeprefix("theme/assets/"): f"{FOLDER}{Path(name).name}" for name, value in made.items()}
    said.unlink()
    (partial / "adresses.json").write_text(json.dumps(addresses, sort_keys=True), encoding="utf-8")
    for former in (path for path in CACHE.iterdir() if "." not in path.name and path != folder):
        shutil.rmtree(former, ignore_errors=True)
    if not (folder / "adresses.json").is_file():
        shutil.rmtree(folder, ignore_errors=True)
    try:
        partial.rename(folder)
    except OSError:  # another build made the same meanwhile
        shutil.rmtree(partial)
