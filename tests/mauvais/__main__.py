"""`python -m tests.mauvais`: write again what is expected of each bad example. Read the difference before keeping it."""

from __future__ import annotations

from tests.mauvais import EXPECTED, examples, said


def refresh() -> list[str]:
    """Write every list of messages; return the names of those that changed."""
    changed = []
    for example in examples():
        expected, now = example / EXPECTED, said(example)
        if not expected.is_file() or expected.read_text(encoding="utf-8") != now:
            expected.write_text(now, encoding="utf-8")
            changed.append(example.name)
    return changed


if __name__ == "__main__":
    names = refresh()
    print("\n".join(f"tests/mauvais/{name}/{EXPECTED}" for name in names) or "Rien n'a changé.")
