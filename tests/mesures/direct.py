"""`make serve`: from the moment a case is saved to the moment its page shows the new words."""

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

TIMES = 5
QUIET = 2.0
"""Seconds left to the server between two corrections."""
PATIENCE = 1800
"""Seconds after which a server that shows nothing has failed: the first build of many cases is long."""


def measured(edit: Callable[[str], None], address: str, cache: Path, settings: Mapping[str, str]) -> dict[str, float]:
    """Seconds before a correction shows on the page at `address`: the median and the longest of a few. `edit` writes the given word in the case."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/{address}"
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen([sys.executable, "-m", "tests.mesures.pages", str(cache), "direct", str(port)], cwd=PROJECT, env={**os.environ, **settings},
                                  stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        try:
            begun = time.perf_counter()
            _shown(server, url, "</html>", begun)
            found = {"demarrage": time.perf_counter() - begun}
            delays = []
            for turn in range(TIMES):
                time.sleep(QUIET)
                word = f"essai-{turn}-{os.getpid()}"
                begun = time.perf_counter()
                edit(word)
                _shown(server, url, word, begun)
                delays.append(time.perf_counter() - begun)
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
