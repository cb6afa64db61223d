"""The list of the software that builds the site, in the CycloneDX format: anyone can look it up in a list of known flaws."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

from macros.catalogue import Catalogue

PROJECT = Path(__file__).resolve().parent.parent.parent
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)(.*?)(?=^[A-Za-z0-9]|\Z)", re.MULTILINE | re.DOTALL)
"""One package of requirements.txt: name, version, and the lines of its hashes."""


def _python(text: str) -> list[dict[str, Any]]:
    found = []
    for name, version, rest in PIN.findall(text):
        purl = f"pkg:pypi/{re.sub('[-_.]+', '-', name).lower()}@{version}"
        hashes = sorted(set(re.findall("sha256:([0-9a-f]{64})", rest)))
        found.append({"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl, "hashes": [{"alg": "SHA-256", "content": each} for each in hashes]})
    return found


def _node(text: str) -> list[dict[str, Any]]:
    found = []
    for place, package in json.loads(text).get("packages", {}).items():
        if not place or package.get("dev"):
            continue
        name, version = place.rpartition("node_modules/")[2], package["version"]
        purl = f"pkg:npm/{quote(name)}@{version}"
        found.append({"type": "library", "bom-ref": purl, "name": name, "version": version, "purl": purl} | ({"licenses": [{"expression": package["license"]}]} if package.get("license") else {}))
    return found


def sbom(catalogue: Catalogue) -> dict[str, Any]:
    """The list, from the two files that pin what is installed."""
    components = _python((PROJECT / "requirements.txt").read_text(encoding="utf-8")) + _node((PROJECT / "package-lock.json").read_text(encoding="utf-8"))
    unique = {component["bom-ref"]: component for component in components}
    return {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
            "metadata": {"component": {"type": "application", "bom-ref": "site", "name": catalogue.reglages.nom, "externalReferences": [{"type": "website", "url": catalogue.adresse}]}},
            "components": [unique[key] for key in sorted(unique)]}


def write_sbom(catalogue: Catalogue, site: Path) -> None:
    """Write `/sbom.json`."""
    (site / "sbom.json").write_text(json.dumps(sbom(catalogue), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
