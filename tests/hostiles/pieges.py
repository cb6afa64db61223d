"""A whole site whose cases, levers and name are payloads: what they become is looked for in everything the site gives out."""

from __future__ import annotations

import json
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from macros.model.case import Cas
from macros.model.lever import Levier
from tests.conftest import PROJECT, build
from tests.hostiles.permis import PAYLOADS
from tests.hostiles.remplis import filled

GROUP = 4
"""Payloads that share one case."""
SITE = {"nom": "<b piege>Enfance</b> {{ 1337 * 1337 }} & ESS", "devise": "\"><script>window.__pwned=1</script>", "description": "{{ 1337 * 1337 }} <img src=x onerror=window.__pwned=1> \" piege=\"1"}
"""What the settings of the site say."""


@lru_cache(maxsize=1)
def cases() -> dict[str, dict[str, Any]]:
    """Identifier → case, every text of it a payload."""
    return {f"piege-{number}": filled(Cas, PAYLOADS[start: start + GROUP]) for number, start in enumerate(range(0, len(PAYLOADS), GROUP))}


@lru_cache(maxsize=1)
def levers() -> dict[str, dict[str, Any]]:
    """Identifier → lever, every text of it a payload."""
    return {f"piege-{number}": filled(Levier, PAYLOADS[number * GROUP: (number + 4) * GROUP]) for number in range(0, len(cases()), 4)}


_built: list[Path] = []


def trapped_site(factory: pytest.TempPathFactory) -> Path:
    """The site of the real data, of these cases and levers, under that name; built once."""
    if not _built:
        root = factory.mktemp("pieges")
        for name in ("cases", "levers", "references"):
            shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("adresses.yml"))
        for folder, records in (("cases", cases()), ("levers", levers())):
            for key, record in records.items():
                (root / folder / f"{key}.yml").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        settings = root / "references" / "site.yml"
        kept = [line for line in settings.read_text(encoding="utf-8").splitlines() if line.split(":")[0] not in SITE]
        settings.write_text("\n".join([*(f"{key}: {json.dumps(text)}" for key, text in SITE.items()), *kept, ""]), encoding="utf-8")
        done = build(root / "site", DATA_ROOT=str(root))
        assert done.returncode == 0, (done.stdout + done.stderr)[-3000:]
        _built.append(root / "site")
    return _built[0]
