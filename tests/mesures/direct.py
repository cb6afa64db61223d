"""`make serve`: from the moment a case is saved to the moment its page shows the new words, then to the moment a list does, the last thing to be built.

The rest of the site is built after a quiet (macros/live.py); a correction is saved before it, while it lasts or after it, as `PAUSES` tell.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.conftest import PROJECT

PAUSES = (2.0, 2.0, 3.0, 4.0, 6.0, 3.5)
"""Seconds left to the server before each correction."""
PATIENCE = 1800
"""Seconds after which a server that shows nothing has failed: the first build of many cases is long."""


def measured(edit: Callable[[str], None], address: str, listed: str, cache: Path, settings: Mapping[str, str]) -> dict[str, float]:
    """Seconds before a correction shows on the page at `address`: the median and the longest of a few; then before the last one shows at `listed`. `edit` writes the given word in the case."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, whole = (f"http://127.0.0.1:{port}/{page}" for page in (address, listed))
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen([sys.executable, "-m", "tests.mesures.pages", str(cache), "direct", str(port)], cwd=PROJECT, env={**os.environ, **settings},
                                  stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        try:
            begun = time.perf_counter()
            _shown(server, url, "</html>", begun)
            found = {"demarrage": time.perf_counter() - begun}
            delays = []
            for turn, pause in enumerate(PAUSES):
                time.sleep(pause)
                word = f"essai-{turn}-{os.getpid()}"
                begun = time.perf_counter()
                edit(word)
                _shown(server, url, word, begun)
                delays.append(time.perf_counter() - begun)
            _shown(server, whole, word, begun)
            found["listes"] = time.perf_counter() - begun
        except TimeoutError as error:
            said.seek(0)
            raise SystemExit(f"{error}\n{said.read().decode(errors='replace')[-3000:]}") from None
        finally:
            server.terminate()
            server.wait()
    return found | {"secondes": statistics.median(delays), "au plus": max(delays)}


def _shown(server: subprocess.Popen[bytes], url: str, words: str, begun: float) -> None:
    """Wait until the page holds these words."""
    while True:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass  # not there yet
        if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
            raise TimeoutError(f"{url} n'a pas montré « {words} ».")
        time.sleep(0.03)
