"""A static host on the loopback as readers meet one: text compressed, the headers of `_headers`, connections kept open. It tells what it sent."""

from __future__ import annotations

import gzip
import http.server
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tests.hote import listening, rules

TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".wasm", ".yml", ".csv", ".geojson"}
"""What hosts compress; pictures, fonts and PDFs already are."""


@dataclass
class Host:
    """A host at work."""

    adresse: str
    """With a final slash."""
    envois: list[tuple[str, int]] = field(default_factory=list)
    """Path and bytes of the body, once compressed, of each answer since `forget`."""

    def forget(self) -> None:
        """Count from now on."""
        self.envois.clear()

    def sum(self) -> dict[str, int]:
        """Requests and bytes since `forget`."""
        return {"demandes": len(self.envois), "octets": sum(size for _, size in self.envois)}


@contextmanager
def hosted(site: Path) -> Iterator[Host]:
    """Serve a folder."""
    written = (site / "_headers").read_text(encoding="utf-8") if (site / "_headers").is_file() else ""
    headers = rules(written)
    packed = lru_cache(maxsize=None)(_packed)
    host = Host("")

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(site))

        def do_GET(self) -> None:
            address = self.path.partition("?")[0]
            path = Path(self.translate_path(address))
            path, status = (path / "index.html" if path.is_dir() else path), 200
            if not path.is_file():
                path, status = site / "404.html", 404
            body, encoding = packed(path) if path.is_file() else (b"", "")
            host.envois.append((address, len(body)))
            self.send_response(status)
            sent = {"Content-Type": self.guess_type(str(path)) + ("; charset=utf-8" if path.suffix in TEXT else ""), "Content-Length": str(len(body)), "Cache-Control": "max-age=600"}
            sent |= {"Content-Encoding": encoding} if encoding else {}
            for name, value in (sent | dict(found for pattern, lines in headers if pattern.match(address) for found in lines)).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with listening(Handler) as host.adresse:
        yield host


def _packed(path: Path) -> tuple[bytes, str]:
    """A file as it travels, and its encoding."""
    content = path.read_bytes()
    return (gzip.compress(content, 6, mtime=0), "gzip") if path.suffix in TEXT else (content, "")
