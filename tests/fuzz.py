"""Real files, damaged at random: whatever comes, every fault is said, and nothing crashes, hangs or swells.

`make fuzz` tries 10 000 of them (`python -m tests.fuzz COUNT` as many as one likes), `make test` 300 that never change. What is accepted
must also make harmless pages.
"""

from __future__ import annotations

import difflib
import json
import resource
import shutil
import sys
import tempfile
import time
import traceback
from copy import deepcopy
from functools import lru_cache
from pathlib import Path as FilePath
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from macros.folders import PROJECT
from macros.reader import Path, Value, read_bytes
from macros.records import TABLES
from tests.conftest import build
from tests.hostiles.juge import judged
from tests.hostiles.permis import PAYLOADS
from tests.inoffensif import dangers

SECONDS = 5
MEGABYTES = 300

TOKENS = [b"- ", b": ", b"? ", b"&a ", b"*a", b"!!python/object:os.system ", b"!x ", b"%YAML 1.2\n", b"---\n", b"...\n", b"{", b"}", b"[", b"]", b"[" * 400, b"- " * 1500,
          b"{a: " * 20, b"|\n", b">\n", b"|+9\n", b"'", b'"', b"\\", b'"\\x41\\u202e"', b'"\\0"', b"\t", b"\r", b"\r\n", b"\n\n", b"#", b"<<: ", b"@", b"`", b",", b"~", b"null", b"\x00", b"\xff\xfe",
          b"\xef\xbb\xbf", b"\xc2\x85", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"e\xcc\x81", b"a" * 5000, b"*" * 2000, b"_" * 2000, b"[a](" * 500, b"\n" * 3000,
          "١٢٣".encode(), "２０２６".encode(), "\U0001f468\u200d\U0001f469".encode(), b"1e999", b"-1", b".inf", b"0x10", b"999999999999999999", b"2026-02-31", b"12:30:45"]
"""Pieces that a reader of YAML, of numbers or of Markdown might stumble on."""
VALUES: list[Value] = ["", " ", "0", "-0", "1e5", "999999999999.9999", "٣", "２", "oui", "[]", "\n", "a\nb", "\x85", "é" * 5000, "*" * 2900, "**a" * 900, "- " * 1400, "1. " * 900, "[" * 2900,
                       "[a](https://b.fr/" * 150, "<" * 2900, "&" * 2900, "`" * 2900, "\\" * 2900,
                       "    " * 700 + "a", "> " * 1400, "a_b" * 900, [], {}, [[]], [{}], {"a": []}, [""], ["a"] * 300, {"titre": "a"}]
"""Values put in place of a field, besides the payloads."""


@lru_cache(maxsize=1)
def originals() -> list[tuple[str, str, bytes]]:
    """Every real file: where it belongs, its identifier, its bytes."""
    found = [("cas", path.stem, path.read_bytes()) for path in sorted((PROJECT / "cases").glob("*.yml"))]
    found += [("leviers", path.stem, path.read_bytes()) for path in sorted((PROJECT / "levers").glob("*.yml"))]
    return found + [(name, "", (PROJECT / "references" / name).read_bytes()) for name in TABLES if (PROJECT / "references" / name).is_file()]


def leaves(value: Value, path: Path = ()) -> list[Path]:
    """The path of every value inside a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, item in inner for found in [(*path, key), *leaves(item, (*path, key))]]


def with_fields(raw: bytes, edits: list[tuple[int, Value | None]]) -> bytes:
    """The same file with some values replaced (None: removed), written as JSON, which YAML reads."""
    content = read_bytes(raw, "").content
    for number, new in edits:
        paths = leaves(content)
        if not paths:
            break
        *way, last = paths[number % len(paths)]
        holder: Any = content
        for step in way:
            holder = holder[step]
        if new is None:
            del holder[last]
        else:
            holder[last] = deepcopy(new)
    return json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


def with_bytes(raw: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    """The same file with pieces put in, over what was there (length of what goes away, then what comes)."""
    for place, gone, new in edits:
        start = place % (len(raw) + 1)
        raw = raw[:start] + new + raw[start + gone:]
    return raw


def with_lines(raw: bytes, edits: list[tuple[int, int, str]]) -> bytes:
    """The same file with lines removed, repeated, moved, shifted or cut."""
    lines = raw.split(b"\n")
    for place, other, kind in edits:
        here, there = place % len(lines), other % len(lines)
        line = lines[here]
        if kind == "removed" and len(lines) > 1:
            del lines[here]
        elif kind == "repeated":
            lines.insert(there, line)
        elif kind == "moved":
            lines[here], lines[there] = lines[there], line
        elif kind == "shifted":
            lines[here] = b" " * (other % 12) + line.lstrip()
        elif kind == "cut":
            lines = [*lines[:here], line[: other % (len(line) + 1)]]
    return b"\n".join(lines)


PLACE = st.integers(0, 200_000)
BYTES = st.lists(st.tuples(PLACE, st.sampled_from([0, 0, 1, 4, 30]), st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), st.text(max_size=4).map(lambda text: text.encode("utf-8", "replace")))),
                 min_size=1, max_size=5)
FIELDS = st.lists(st.tuples(PLACE, st.one_of(st.none(), st.sampled_from(VALUES), st.sampled_from(PAYLOADS), st.text(max_size=40))), min_size=1, max_size=5)
LINES = st.lists(st.tuples(PLACE, PLACE, st.sampled_from(["removed", "repeated", "moved", "shifted", "cut"])), min_size=1, max_size=4)


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, str, bytes]:
    """A real file, damaged one way."""
    where, name, raw = draw(st.sampled_from(originals()))
    kind = draw(st.sampled_from(["bytes", "fields", "lines"]))
    if kind == "bytes":
        return where, name, with_bytes(raw, draw(BYTES))
    if kind == "fields":
        return where, name, with_fields(raw, draw(FIELDS))
    return where, name, with_lines(raw, draw(LINES))


ACCEPTED: list[bytes] = []
"""Damaged cases that were accepted: a whole site is built with them at the end of `make fuzz`."""


def survive(sample: tuple[str, str, bytes], count: dict[str, int] | None = None) -> None:
    """One damaged file is refused with a place and a remedy, or accepted and harmless; in little time and memory."""
    where, name, raw = sample
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    verdict = judged(raw, name, where)
    spent, grown = time.process_time() - start, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert spent < SECONDS, f"{spent:.1f} s"
    assert grown < MEGABYTES, f"{grown} Mo"
    lines = raw.count(b"\n") + raw.count(b"\r") + raw.count(b"\x85") + raw.count(b"\xa8") + raw.count(b"\xa9") + 2
    for problem in verdict.problems:
        assert 1 <= problem.line <= lines and problem.column >= 1 and problem.message and problem.remedy, problem
        assert len(str(problem)) < 2000, str(problem)[:300]
    for page in verdict.pages:
        assert not dangers(page), dangers(page)
    if verdict.pages and where == "cas" and len(ACCEPTED) < 100:
        ACCEPTED.append(raw)
    if count is not None:
        count["acceptés" if verdict.pages else "refusés"] = count.get("acceptés" if verdict.pages else "refusés", 0) + 1


def run(count: int, fixed: bool) -> dict[str, int]:
    """Try `count` damaged files, the same ones each time if `fixed`; raises on the first that does harm, reduced to its simplest form."""
    seen: dict[str, int] = {}
    phases = [Phase.generate] if fixed else [Phase.generate, Phase.shrink]

    faults: list[str] = []

    @settings(max_examples=count, deadline=None, derandomize=fixed, database=None, phases=phases, suppress_health_check=list(HealthCheck))
    @given(damaged())
    def trial(sample: tuple[str, str, bytes]) -> None:
        try:
            survive(sample, seen)
        except Exception as error:
            faults[:] = [_told(sample, error)]
            raise

    try:
        trial()
    except Exception:
        raise AssertionError(faults[0]) from None
    return seen


def _told(sample: tuple[str, str, bytes], error: Exception) -> str:
    """What went wrong, where, and how the file differs from the real one: short lines, for a person."""
    where, name, raw = sample
    real = next(kept for table, key, kept in originals() if (table, key) == (where, name))
    old, new = (text.decode("utf-8", "backslashreplace").splitlines() for text in (real, raw))
    changed = difflib.unified_diff(old, new, lineterm="", n=0)
    last = traceback.extract_tb(error.__traceback__)[-1]
    return "\n".join([f"{where} {name} : {type(error).__name__} {str(error)[:300]} ({last.filename}:{last.lineno})", *(repr(line[:200]) for line in list(changed)[:12])])


def published(cases: list[bytes]) -> str:
    """Build a site with damaged cases that are accepted; raises when it fails or when a page is dangerous."""
    with tempfile.TemporaryDirectory() as folder:
        root = FilePath(folder)
        for name in ("cases", "levers", "references"):
            shutil.copytree(PROJECT / name, root / name, ignore=shutil.ignore_patterns("adresses.yml"))
        for number, raw in enumerate(cases):
            (root / "cases" / f"abime-{number}.yml").write_bytes(raw)
        done = build(root / "site", DATA_ROOT=str(root))
        assert done.returncode == 0, (done.stdout + done.stderr)[-2000:]
        for page in (root / "site").rglob("*.html"):
            assert not dangers(page.read_text(encoding="utf-8")), page
    return f"Un site publié avec {len(cases)} fiches abîmées et acceptées : aucune page dangereuse."


if __name__ == "__main__":
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    told = run(wanted, fixed=False)
    print(published(ACCEPTED))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{sum(told.values())} fichiers abîmés ({', '.join(f'{number} {name}' for name, number in sorted(told.items()))}) : aucun plantage, aucune page dangereuse, {peak} Mo au plus.")
