"""The official register of communes: codes, names, attachments, populations.

Read from the npm package `@etalab/decoupage-administratif` (Insee and DGCL data, Licence Ouverte). The 13 MB of the
package are boiled down once to what the site needs and kept in `.cache/`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "@etalab" / "decoupage-administratif"


@dataclass(frozen=True)
class Commune:
    """A commune as of today."""

    insee: str
    nom: str
    departement: str
    region: str
    epci: str
    """SIREN of its grouping, empty for the few islands without one."""
    population: int
    """Municipal population, inhabitants."""


@dataclass(frozen=True)
class Register:
    """Communes by INSEE code; names of départements, régions and groupings by code."""

    communes: dict[str, tuple[str, str, str, str, int]]
    departements: dict[str, tuple[str, str]]
    """Code → (name, code of the région)."""
    regions: dict[str, str]
    epci: dict[str, str]
    version: str

    def commune(self, insee: str) -> Commune | None:
        """The commune of that code, or None."""
        row = self.communes.get(insee)
        return Commune(insee, *row) if row else None

    def named(self, name: str) -> list[Commune]:
        """Every commune that bears exactly this name, sorted by code."""
        return [Commune(code, *row) for code, row in sorted(self.communes.items()) if row[0] == name]


class RegisterMissing(Exception):
    """The package is not installed."""


def register_version() -> str:
    """Version of the installed package."""
    manifest = PACKAGE / "package.json"
    if not manifest.is_file():
        raise RegisterMissing("le registre officiel des communes n'est pas installé : lancez « make build »")
    return str(json.loads(manifest.read_text(encoding="utf-8"))["version"])


@lru_cache(maxsize=1)
def register() -> Register:
    """The register, from the cache when it was made from the installed package."""
    version = register_version()
    code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    cache = ROOT / ".cache" / f"registre-{version}-{code}.json"
    if cache.is_file():
        try:
            return Register(**json.loads(cache.read_text(encoding="utf-8")))
        except (ValueError, TypeError):
            cache.unlink(missing_ok=True)
    made = _make(version)
    cache.parent.mkdir(exist_ok=True)
    partial = cache.with_suffix(".partiel")
    partial.write_text(json.dumps(made.__dict__, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
    partial.replace(cache)
    return made


def _make(version: str) -> Register:
    def table(name: str) -> list[dict]:  # type: ignore[type-arg]
        return json.loads((PACKAGE / "data" / f"{name}.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]

    groupings = table("epci")
    attached = {member["code"]: grouping["code"] for grouping in groupings for member in grouping["membres"] if member.get("code")}
    return Register(
        communes={
            row["code"]: (row["nom"], row["departement"], row["region"], attached.get(row["code"], ""), row.get("population") or 0)
            for row in table("communes") if row["type"] == "commune-actuelle"
        },
        departements={row["code"]: (row["nom"], row["region"]) for row in table("departements")},
        regions={row["code"]: row["nom"] for row in table("regions")},
        epci={row["code"]: _in_full(row["nom"]) for row in [*groupings, *table("ept")]},
        version=version,
    )


KINDS = {"CC": "Communauté de communes", "CA": "Communauté d'agglomération", "CU": "Communauté urbaine"}


def _in_full(name: str) -> str:
    """« CC du Pays des Abers » → « Communauté de communes du Pays des Abers »."""
    kind, _, rest = name.partition(" ")
    return f"{KINDS[kind]} {rest}" if kind in KINDS else name
