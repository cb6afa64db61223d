"""The site built without what stands beside the pages, with a cache of its own: `python -m tests.mesures.pages <cache> pages|tout`.

An empty folder makes a cold build, the folder of a former run a warm one; the cache of the project is left alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.__main__ import cli

from macros import keeping, outputs
from macros.print import store


def main(cache: Path, what: str) -> None:
    """Run MkDocs as `make build` does."""
    keeping.FOLDER = cache
    store.Store.__init__.__defaults__ = (cache / "pdf",)
    if what == "pages":
        outputs.OUTPUTS = ()
    cli(["--quiet", "build"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
