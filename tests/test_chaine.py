"""Where the software comes from: pinned in the workflows, with few rights, and listed for everybody."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.catalogue import Catalogue
from macros.exports.sbom import sbom
from tests.conftest import PROJECT

WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.y*ml"))


def used(value: Any) -> list[str]:
    """Every action that a workflow names, wherever it does."""
    if isinstance(value, dict):
        return [str(item) for key, item in value.items() if key == "uses"] + [each for item in value.values() for each in used(item)]
    return [each for item in value for each in used(item)] if isinstance(value, list) else []


def loose(text: str) -> list[str]:
    """What a workflow takes from elsewhere without a fixed commit, and the rights it does not state."""
    workflow = yaml.safe_load(text)
    faults = [f"action non figée : {action}" for action in used(workflow) if not action.startswith("./") and not re.search(r"@[0-9a-f]{40}$", action)]
    rights = [workflow.get("permissions"), *(job.get("permissions") for job in workflow.get("jobs", {}).values())]
    if workflow.get("permissions") is None and any(right is None for right in rights[1:]):
        faults.append("droits non déclarés")
    faults += [f"droits trop larges : {right}" for right in rights if right in ("write-all", "read-all")]
    if re.search(r"pull_request_target", text):
        faults.append("pull_request_target")
    faults += [f"texte d'autrui dans une commande : {found}" for found in re.findall(r"run:.*\$\{\{\s*github\.event\.[^}]*\}\}", text)]
    return faults


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_are_pinned_and_have_few_rights(path: Path) -> None:
    """Every action by its commit, rights stated one by one, nothing written by a stranger in a command."""
    assert loose(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("fault", ["permissions: {}\njobs:\n  a:\n    steps:\n      - uses: b/c@v4\n", "on: push\njobs: {a: {steps: []}}\n", "permissions: write-all\njobs: {}\n",
                                   "permissions: {}\non: pull_request_target\njobs: {}\n", "permissions: {}\njobs:\n  a:\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n"])
def test_a_loose_workflow_is_seen(fault: str) -> None:
    """The test above can fail."""
    assert loose(fault)


def incomplete(listed: dict[str, Any]) -> list[str]:
    """What a list of software lacks: its form, a pinned package, a version, a sum, the uniqueness of its references."""
    parts = listed.get("components", [])
    pinned = set(re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", (PROJECT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    wanted = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    python = [each for each in parts if each["purl"].startswith("pkg:pypi/")]
    faults = [] if (listed.get("bomFormat"), listed.get("specVersion")) == ("CycloneDX", "1.6") else ["ce n'est pas du CycloneDX 1.6"]
    faults += [f"paquet Python : {each}" for each in pinned ^ {(each["name"], each["version"]) for each in python}]
    faults += [f"paquet Node : {name}" for name, version in wanted.items() if f"pkg:npm/{name.replace('@', '%40')}@{version}" not in {each["purl"] for each in parts}]
    faults += [f"sans empreinte : {each['name']}" for each in python if not each.get("hashes")]
    return faults + (["deux fois la même référence"] if len({each["bom-ref"] for each in parts}) != len(parts) else [])


def test_the_list_of_software_is_complete(catalogue: Catalogue, site: Path) -> None:
    """Every pinned package, with its version and its sums, in a list that tools can read."""
    listed = json.loads((site / "sbom.json").read_text(encoding="utf-8"))
    assert listed == sbom(catalogue) and incomplete(listed) == []


@pytest.mark.parametrize("fault", ["format", "python", "version", "node", "sum", "twice"])
def test_an_incomplete_list_is_seen(fault: str, catalogue: Catalogue) -> None:
    """The test above can fail."""
    listed = sbom(catalogue)
    parts = listed["components"]
    python, node = (next(each for each in parts if each["purl"].startswith(f"pkg:{kind}/") and each["name"] in names)
                    for kind, names in (("pypi", {"mkdocs"}), ("npm", set(json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))["dependencies"]))))
    change: dict[str, Callable[[], object]] = {
        "format": lambda: listed.update(bomFormat="SPDX"), "python": lambda: parts.remove(python), "version": lambda: python.update(version="0"), "node": lambda: parts.remove(node),
        "sum": lambda: python.update(hashes=[]), "twice": lambda: parts.append(python)}
    assert incomplete(listed) == []
    change[fault]()
    assert incomplete(listed)


def test_how_to_report_a_flaw_is_told() -> None:
    """SECURITY.md says what to do and promises nothing that is not known."""
    text = (PROJECT / "SECURITY.md").read_text(encoding="utf-8")
    assert "references/site.yml" in text and "sbom.json" in text and "manifeste.sha256" in text and "Strict-Transport-Security" in text
