"""A static host on the loopback that sends the headers of `_headers`, as the hosts that read this file do: every rule that matches adds its lines."""

from __future__ import annotations

import http.server
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def rules(text: str) -> list[tuple[re.Pattern[str], list[tuple[str, str]]]]:
    """`_headers` → address pattern, headers."""
    found: list[tuple[re.Pattern[str], list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((re.compile(re.escape(line.strip()).replace(r"\*", ".*") + r"\Z"), []))
        elif line.strip() and not line.startswith("#"):
            name, _, value = line.strip().partition(":")
            found[-1][1].append((name, value.strip()))
    return found


def sent(site: Path, address: str) -> list[tuple[str, str]]:
    """The headers sent with an address such as `/cas/caylus/`."""
    return [header for pattern, headers in rules((site / "_headers").read_text(encoding="utf-8")) if pattern.match(address) for header in headers]


@contextmanager
def listening(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """A server on any free port of the loopback; gives its address, with a final slash. It is stopped whatever happens meanwhile: closed while it listens, it would turn round for ever."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def served(site: Path, headers: bool = False) -> Iterator[str]:
    """Serve a folder; gives its address, with a final slash."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site))

        def end_headers(self) -> None:
            for name, value in sent(site, self.path.split("?")[0]) if headers else ():
                if name.lower() != "content-type":
                    self.send_header(name, value)
            super().end_headers()

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    with listening(Handler) as address:
        yield address
