"""`python -m tests.hostiles`: write again what is said of each refused file. Read the difference before keeping it."""

from __future__ import annotations

from tests.hostiles import VERDICTS
from tests.hostiles.juge import judged
from tests.hostiles.refus import REFUSED


def verdicts() -> str:
    """What is said of every refused file, one block each."""
    return "\n".join("\n".join([f"== {item.name}", *(str(problem) for problem in judged(item.raw, item.name, item.table).problems)]) for item in REFUSED) + "\n"


if __name__ == "__main__":
    VERDICTS.write_text(verdicts(), encoding="utf-8")
    print(f"{VERDICTS.name} : {len(REFUSED)} fichiers refusés.")
