"""`make bench`: measure, print, and write docs/projet/mesures.md.

    python -m tests.mesures                        everything, 1 000 cases
    python -m tests.mesures --nombre 5000 pages    pages alone, all generators but Material
    python -m tests.mesures lecture impression     only these parts
"""

from __future__ import annotations

import argparse
import datetime
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.conftest import PROJECT, build
from tests.mesures import chrono, impression, lecture, rapport
from tests.mesures.contenu import Contenu, prepared
from tests.mesures.rivaux import RIVALS, rival

PARTS = ("pages", "tout", "verification", "impression", "lecture")
SLOW = {"material": 1000}
"""Generator → number of cases beyond which it is not waited for; it runs once."""


def say(text: str) -> None:
    """A line on what is going on: all this takes minutes."""
    print(text, file=sys.stderr, flush=True)


class Bench:
    """The measures of one size, in one folder."""

    def __init__(self, count: int, rounds: int, folder: Path) -> None:
        self.count, self.rounds, self.folder = count, rounds, folder
        self.data, self.site, self.cache = folder / "donnees", folder / "site", folder / "cache"
        self.settings = {"DATA_ROOT": str(self.data), "SITE_DIR": str(self.site), "NO_MKDOCS_2_WARNING": "1"}
        say("Le vrai site…")
        done = build(folder / "reel")
        if done.returncode:
            raise SystemExit(done.stderr)
        say(f"{count} cas inventés…")
        self.content: Contenu = prepared(count, self.data, folder / "reel" / "cas" / "anstaing" / "index.html")

    def ours(self, what: str, cold: bool) -> chrono.Run:
        """One build of this project in an empty folder."""
        if cold:
            shutil.rmtree(self.cache, ignore_errors=True)
        shutil.rmtree(self.site, ignore_errors=True)
        return chrono.run([sys.executable, "-m", "tests.mesures.pages", str(self.cache), what], PROJECT, self.settings)

    def pages(self) -> None:
        """The pages alone, by each generator in turn."""
        names = [name for name in RIVALS if self.count <= SLOW.get(name, self.count)]
        rivals = {name: rival(name, self.content, self.folder / name) for name in names}
        runs: dict[str, list[chrono.Run]] = {}
        weights: dict[str, tuple[int, int]] = {}
        for turn in range(1, self.rounds + 1):
            for label, cold in ((rapport.US, True), (f"{rapport.US}, un cas changé", False)):
                say(f"tour {turn} : {label}")
                if not cold:
                    self.edit(turn)
                runs.setdefault(label, []).append(self.ours("pages", cold))
                weights[label] = chrono.weight(self.site)
            for name, one in rivals.items():
                if name in SLOW and turn > 1:
                    continue
                say(f"tour {turn} : {one.nom}")
                shutil.rmtree(one.site, ignore_errors=True)
                runs.setdefault(one.nom, []).append(chrono.run(one.commande, one.dossier, one.reglages))
                weights[one.nom] = chrono.weight(one.site)
        measures = {name: {"secondes": chrono.median(found).secondes, "processeur": chrono.median(found).processeur, "pages": weights[name][0], "octets": weights[name][1]}
                    for name, found in runs.items()}
        self.keep("pages", {"mesures": measures})

    def edit(self, turn: int) -> None:
        """Correct a word of one case."""
        path = next(iter(sorted((self.data / "cases").glob("*.yml"))))
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[1] = f'titre: "Un titre corrigé {turn} fois"\n'
        path.write_text("".join(lines), encoding="utf-8")

    def tout(self) -> None:
        """Everything, cold, then with one case corrected, then with nothing changed."""
        found = {}
        for turn, (label, cold) in enumerate((("à froid", True), ("un cas changé", False), ("rien de changé", False))):
            say(f"tout le site, {label}")
            if turn == 1:
                self.edit(100)
            run = self.ours("tout", cold)
            found[label] = {"secondes": run.secondes, "processeur": run.processeur}
        say("mémoire")
        shutil.rmtree(self.site, ignore_errors=True)
        shutil.rmtree(self.cache / "pages", ignore_errors=True)
        shutil.rmtree(self.cache / "lectures", ignore_errors=True)
        held = chrono.memory([sys.executable, "-m", "tests.mesures.pages", str(self.cache), "tout"], PROJECT, self.settings)
        self.keep("tout", {"mesures": found, "memoire": held})

    def verification(self) -> None:
        """`make check`: cold, with one case changed, with nothing changed."""
        program = "import sys; from pathlib import Path; from macros import keeping; keeping.FOLDER = Path(sys.argv[1]); from macros.__main__ import main; sys.argv[1:] = ['check']; sys.exit(main())"
        found: dict[str, list[chrono.Run]] = {"froid": [], "un cas": [], "cache": []}
        for turn in range(self.rounds):
            say(f"tour {turn + 1} : vérification")
            shutil.rmtree(self.cache, ignore_errors=True)
            for name in found:
                if name == "un cas":
                    self.edit(200 + turn)
                found[name].append(chrono.run([sys.executable, "-c", program, str(self.cache)], PROJECT, self.settings))
        self.keep("verification", {name: chrono.median(runs).secondes for name, runs in found.items()})

    def impression(self) -> None:
        """PDF per fiche."""
        say("impression")
        rapport.keep("impression", impression.measured(min(self.count, 1000)))

    def lecture(self) -> None:
        """What a browser fetches from the real site."""
        say("lecture")
        rapport.keep("lecture", lecture.fetched(self.folder / "reel"))

    def keep(self, part: str, values: dict[str, object]) -> None:
        """Write the figures of this size."""
        about = {"date": datetime.date.today().isoformat(), "tours": self.rounds, "machine": f"{os.cpu_count()} processeurs, Python {sys.version.split()[0]}"}
        rapport.keep(f"{part}-{self.count}", about | values)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Mesure la construction, la vérification et la lecture du site.")
    parser.add_argument("parties", nargs="*", choices=[*PARTS, []], default=[])
    parser.add_argument("--nombre", type=int, default=1000)
    parser.add_argument("--tours", type=int, default=3)
    parser.add_argument("--dossier", type=Path, help="où travailler ; sinon un dossier temporaire")
    options = parser.parse_args()
    for name in ("DATA_ROOT", "SITE_DIR", "SITE_URL", "DEPOT", "SANS_MOULE", "SOURCE_DATE_EPOCH"):
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (options.dossier or Path(temporary)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        bench = Bench(options.nombre, options.tours, folder)
        for part in options.parties or PARTS:
            getattr(bench, part)()
    print(rapport.PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
