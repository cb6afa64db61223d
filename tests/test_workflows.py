"""The workflows: pinned by commit, with no more rights than needed, running the commands of the README."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import PROJECT

FILES = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return found


def test_there_is_one_for_proposals_one_for_publication_one_for_links() -> None:
    assert [path.stem for path in FILES] == ["essais", "liens", "publication"]
    events = {path.stem: set(read(path)["on"]) for path in FILES}
    assert events == {"essais": {"pull_request", "workflow_call"}, "liens": {"schedule", "workflow_dispatch"}, "publication": {"push", "workflow_dispatch"}}
    assert re.fullmatch(r"\d+ \d+ \* \* 1", read(PROJECT / ".github/workflows/liens.yml")["on"]["schedule"][0]["cron"])


def unpinned(text: str) -> list[str]:
    """Actions that are not those of GitHub, named by commit, with their version beside."""
    return [action for action, comment in re.findall(r"uses: (\S+)(.*)", text)
            if not action.startswith("./") and not (re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", action) and re.fullmatch(r" # v\d+\.\d+\.\d+", comment))]


def excessive(text: str) -> list[str]:
    """Rights beyond what the job needs, credentials left behind, secrets, events that run a stranger's code with rights."""
    content: dict[str, Any] = yaml.load(text, yaml.BaseLoader)
    faults = [] if content.get("permissions") == {"contents": "read"} else ["droits du fichier"]
    for name, job in content["jobs"].items():
        rights = job.get("permissions", {})
        more = {right for right, level in rights.items() if level == "write"} if isinstance(rights, dict) else {str(rights)}
        faults += [f"droits de {name}"] if more != ({"pages", "id-token"} if name == "mise-en-ligne" else set()) else []
        faults += [f"identifiants gardés : {name}" for step in job.get("steps", ())
                   if step.get("uses", "").startswith("actions/checkout@") and step.get("with", {}).get("persist-credentials") != "false"]
    return faults + [word for word in ("secrets.", "pull_request_target") if word in text]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_actions_are_pinned_by_commit(path: Path) -> None:
    assert "uses: " in path.read_text(encoding="utf-8") and unpinned(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_rights_are_the_least(path: Path) -> None:
    assert excessive(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("good", "bad"), [
    (r"@[0-9a-f]{40} # v", "@v4 # v"), (r"uses: actions/checkout@", "uses: autrui/checkout@"), (r" # v\d+\.\d+\.\d+", ""),
])
def test_a_loose_action_is_seen(good: str, bad: str) -> None:
    """The test above can fail."""
    text = (PROJECT / ".github/workflows/essais.yml").read_text(encoding="utf-8")
    assert unpinned(re.sub(good, bad, text, count=1)) and re.search(good, text)


@pytest.mark.parametrize(("good", "bad"), [
    (r"contents: read", "contents: write"), (r"permissions:\n  contents: read\n", ""), (r"persist-credentials: false", "persist-credentials: true"),
    (r"runs-on: ", "permissions: {issues: write}\n    runs-on: "), (r"runs-on: ", "permissions: write-all\n    runs-on: "), (r"pull_request:", "pull_request_target:"),
    (r"\Z", "# ${{ secrets.JETON }}\n"),
])
def test_a_right_too_many_is_seen(good: str, bad: str) -> None:
    """The test above can fail."""
    text = (PROJECT / ".github/workflows/essais.yml").read_text(encoding="utf-8")
    assert re.search(good, text) and excessive(re.sub(good, bad, text, count=1))


def test_a_proposal_is_told_and_shown_without_secrets() -> None:
    """The summary compares with the base it is given, by its own variable, never inside the command; the preview is only kept aside."""
    jobs = read(PROJECT / ".github/workflows/essais.yml")["jobs"]
    for name in ("resume", "apercu"):
        assert jobs[name]["if"] == "github.event_name == 'pull_request'" and "permissions" not in jobs[name] and "needs" not in jobs[name]
    told = next(step for step in jobs["resume"]["steps"] if step.get("name") == "Raconter")
    assert told["env"] == {"BASE": "${{ github.event.pull_request.base.sha }}"} and "${{" not in told["run"] and "pipefail" in told["shell"]
    assert told["run"].startswith('.venv/bin/python -m macros proposition "$BASE" | tee')
    assert jobs["resume"]["steps"][0]["with"]["fetch-depth"] == "0"
    assert jobs["apercu"]["steps"][-1]["uses"].startswith("actions/upload-artifact@") and jobs["apercu"]["steps"][-1]["with"]["path"] == "site"


def test_what_outsiders_write_never_becomes_a_command() -> None:
    """Neither a title, nor the name of a branch, nor a message: nothing of the event stands inside a command."""
    for path in FILES:
        for job in read(path)["jobs"].values():
            for step in job.get("steps", ()):
                assert "github.event" not in step.get("run", "") and "github.head_ref" not in step.get("run", "")


def test_code_owners_name_folders_that_exist() -> None:
    lines = [line.split() for line in (PROJECT / ".github" / "CODEOWNERS").read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert all((PROJECT / folder.strip("/")).is_dir() and owners and all(owner.startswith("@") for owner in owners) for folder, *owners in lines)
    owned = {folder.strip("/") for folder, *_ in lines}
    assert {"cases", "levers", "references", "docs", "macros", "formulaire", "theme", "tests", "schemas", ".github"} <= owned


def test_publication_waits_for_the_tests_and_follows_the_settings() -> None:
    jobs = read(PROJECT / ".github/workflows/publication.yml")["jobs"]
    assert jobs["construction"]["needs"] == "essais" and jobs["mise-en-ligne"]["needs"] == "construction"
    build = next(step for step in jobs["construction"]["steps"] if step.get("name") == "Construire")
    assert set(build["env"]) == {"SITE_URL", "DEPOT"} and "make build" in build["run"]
