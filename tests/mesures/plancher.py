"""The floor: what Python and Jinja take to read the same YAML and write the same pages, with no check, no link, no search.

    python plancher.py <folder of cases> <lists.json> <folder of templates> <site>
"""

import json
import sys
from pathlib import Path

import jinja2
import yaml


def main(cases: Path, lists: Path, templates: Path, site: Path) -> None:
    """Write the pages."""
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(templates), autoescape=True)
    page, list_page = env.get_template("cas.html"), env.get_template("liste.html")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for path in sorted(cases.glob("*.yml")):
        _write(site / "cas" / path.stem, page.render(cle=path.stem, fiche=yaml.load(path.read_bytes(), Loader=loader)))
    for where, values in json.loads(lists.read_text(encoding="utf-8")).items():
        _write(site / where, list_page.render(**values))


def _write(folder: Path, html: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
