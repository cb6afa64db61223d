"""The site built with a cache of its own: `python -m tests.mesures.pages <cache> pages|explorateur|tout`, or served: `… <cache> direct <port>`.

`pages` leaves out what stands beside the pages, `explorateur` all of it but the data of the explorer. An empty cache makes a cold build,
that of a former run a warm one; the cache of the project is left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.__main__ import cli

from macros import keeping, outputs
from macros.explorer.data import write_cases
from macros.print import store


def main(cache: Path, what: str, port: str = "") -> None:
    """Run MkDocs as `make build` and `make serve` do."""
    keeping.FOLDER = cache
    store.Store.__init__.__defaults__ = (cache / "pdf",)
    if what in ("pages", "explorateur"):
        outputs.OUTPUTS = (("Explorateur", lambda catalogue: [write_cases]),) if what == "explorateur" else ()
    cli(["--quiet", "serve", "--dev-addr", f"127.0.0.1:{port}"] if what == "direct" else ["--quiet", "build"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
