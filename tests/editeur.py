"""The language server behind VS Code's YAML extension, spoken to as the editor does: with the settings of the project, in French."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from macros.folders import PROJECT

SERVER = PROJECT / "node_modules" / "yaml-language-server" / "bin" / "yaml-language-server"


class Editor:
    """One running server; use it as a context."""

    def __enter__(self) -> Editor:
        node = shutil.which("node", path=str(Path(sys.executable).parent))
        assert node
        self.process = subprocess.Popen([node, str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        self.settings = json.loads((PROJECT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        self.diagnosed: dict[str, list[dict[str, Any]]] = {}
        self.last = 0
        root = PROJECT.as_uri()
        capabilities = {"workspace": {"configuration": True}, "textDocument": {"completion": {"completionItem": {"documentationFormat": ["markdown"]}}, "hover": {"contentFormat": ["markdown"]}}}
        self.ask("initialize", {"processId": None, "rootUri": root, "locale": "fr", "capabilities": capabilities, "workspaceFolders": [{"uri": root, "name": "projet"}]})
        self._send({"method": "initialized", "params": {}})
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        """The next message; what the server asks of the editor is answered on the way."""
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        assert length, "le serveur s'est tu"
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            wanted = message.get("params") or {}
            self._send({"id": message["id"], "result": [self._setting(item.get("section", "")) for item in wanted.get("items", [])] or None})
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnosed[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def _setting(self, section: str) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        for name, value in self.settings.items():
            if name.startswith(f"{section}."):
                inner = found
                *parents, last = name.removeprefix(f"{section}.").split(".")
                for parent in parents:
                    inner = inner.setdefault(parent, {})
                inner[last] = value
        return found or None

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """The answer to a request."""
        self.last += 1
        self._send({"id": self.last, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self.last and "method" not in message:
                return message.get("result")

    def open(self, name: str, text: str) -> str:
        """A file of the project as if it held `text`; its address."""
        uri = (PROJECT / name).as_uri()
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text}}})
        return uri

    def problems(self, name: str, text: str) -> list[tuple[int, str]]:
        """Line and sentence of each problem underlined in a file."""
        uri = self.open(name, text)
        while uri not in self.diagnosed:
            self._receive()
        return [(found["range"]["start"]["line"] + 1, found["message"]) for found in self.diagnosed[uri]]
