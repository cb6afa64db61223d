"""What is going on, on the terminal: all this takes long."""

from __future__ import annotations

import sys
import time

BEGUN = time.monotonic()


def say(text: str) -> None:
    """A line, with the minutes and seconds since the beginning."""
    minutes, seconds = divmod(int(time.monotonic() - BEGUN), 60)
    print(f"{minutes:3} min {seconds:02} s  {text}", file=sys.stderr, flush=True)
