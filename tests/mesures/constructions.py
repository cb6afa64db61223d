"""What is measured on invented cases: one size, one folder."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT
from tests.mesures import chrono, direct, lecture, phare
from tests.mesures.chrono import say
from tests.mesures.contenu import prepared
from tests.mesures.identiques import differing
from tests.mesures.rivaux import MATERIAL, RIVALS, Rival, rival

AWAY = "range-"
"""How folders begin that hold what former builds made."""
US = "ce projet"
ONE_CASE = "ce projet, un cas changé"
WHOLE = ("à froid", "un cas changé", "rien de changé")
"""In what state the whole site is built."""
PATIENT = 1000
"""Number of cases beyond which a build that takes minutes runs once."""
SLOW = {"material"}
"""Generators that run once, and not beyond that number."""
CHECK = ("import sys; from pathlib import Path; from macros import keeping; keeping.FOLDER = Path(sys.argv[1]); from macros.__main__ import main; "
         "sys.argv[1:] = ['check']; sys.exit(main())")


class Builds:
    """The invented cases of one size, and what is done with them."""

    def __init__(self, count: int, rounds: int, folder: Path, real: Path) -> None:
        self.count, self.rounds, self.folder = count, rounds, folder
        self.data, self.site, self.cache = folder / "donnees", folder / "site", folder / "cache"
        self.settings = {"DATA_ROOT": str(self.data), "SITE_DIR": str(self.site), "NO_MKDOCS_2_WARNING": "1", "TMPDIR": str(folder)}
        say(f"{count} cas inventés")
        self.content = prepared(count, self.data, real / "cas" / "anstaing" / "index.html")

    def ours(self, what: str, cold: bool, watched: bool = False) -> chrono.Run:
        """One build of this project: nothing kept and an empty folder, or what the former one left."""
        if cold:
            self.put_away(self.cache, self.site)
        return chrono.run([sys.executable, "-m", "tests.mesures.pages", str(self.cache), what], PROJECT, self.settings, watched)

    def put_away(self, *folders: Path) -> None:
        """Leave an empty place. Nothing is removed before all is timed: ext4 takes long to give out the numbers of files that were removed within the minute."""
        for former in [folder for folder in folders if folder.exists()]:
            former.rename(Path(tempfile.mkdtemp(dir=self.folder, prefix=AWAY), former.name))

    def emptied(self) -> None:
        """Remove what was put away."""
        for former in self.folder.glob(f"{AWAY}*"):
            shutil.rmtree(former)

    def pages(self) -> dict[str, Any]:
        """The pages alone, by each generator in turn; a first turn, not timed, tells the memory. One that fails is named, and left there."""
        names = [name for name in RIVALS if name not in SLOW or self.count <= PATIENT]
        rivals = {name: rival(name, self.content, self.folder / name) for name in names}
        runs: dict[str, list[chrono.Run]] = {}
        found: dict[str, dict[str, float | None]] = {}
        failed: dict[str, str] = {}
        def done(turn: int, name: str, run: chrono.Run, site: Path) -> None:
            if not turn:
                found[name] = {"memoire": run.memoire}
            if turn or name == MATERIAL:
                runs.setdefault(name, []).append(run)
            found[name] |= chrono.weight(site)

        for turn in range(self.rounds + 1):
            say(f"{self.count} cas, les pages, tour {turn} : {US}")
            done(turn, US, self.ours("pages", cold=True, watched=not turn), self.site)
            for name, one in rivals.items():
                if not turn or name not in SLOW:
                    say(f"{self.count} cas, les pages, tour {turn} : {one.nom}")
                    try:
                        self.put_away(one.site)
                        done(turn, one.nom, chrono.run(one.commande, one.dossier, one.reglages, watched=not turn), one.site)
                        self.compare(one, name not in SLOW and not turn)
                    except SystemExit as error:
                        say(str(error))
                        failed[name] = one.nom
            rivals = {name: one for name, one in rivals.items() if name not in failed}
        for turn in range(self.rounds + 1):  # afterwards: the former site gives way to each, and its files are removed
            say(f"{self.count} cas, les pages, tour {turn} : {ONE_CASE}")
            self.edit(f"{turn}")
            done(turn, ONE_CASE, self.ours("pages", cold=False, watched=not turn), self.site)
        self.emptied()
        measured = {name: values | _times(runs[name]) for name, values in found.items() if name not in failed.values()}
        return {"mesures": measured, "echecs": list(failed.values())}

    def compare(self, one: Rival, wanted: bool) -> None:
        """Refuse a generator whose pages are not the same: it would not do the same work."""
        different = differing(self.content.catalogue, one.site, one.composee) if wanted else []
        if different:
            raise SystemExit(f"{one.nom} n'écrit pas les mêmes pages, par exemple {different[0]}")

    def edit(self, word: str) -> None:
        """Correct the title of one case."""
        path = next(iter(sorted((self.data / "cases").glob("*.yml"))))
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[1] = f'titre: "Un titre corrigé {word}"\n'
        path.write_text("".join(lines), encoding="utf-8")

    def tout(self) -> dict[str, Any]:
        """Everything: cold, its memory watched; then with one case corrected; then with nothing changed, the former site in place."""
        runs: dict[str, list[chrono.Run]] = {label: [] for label in WHOLE}
        for turn in range(self.rounds):
            for label, timed in runs.items():
                if turn and label == "à froid" and self.count > PATIENT:
                    continue
                say(f"{self.count} cas, tout le site, tour {turn + 1} : {label}")
                if label == "un cas changé":
                    self.edit(f"{100 + turn}")
                timed.append(self.ours("tout", cold=label == "à froid", watched=label == "à froid"))
        self.emptied()
        memory = [run.memoire for run in runs["à froid"] if run.memoire is not None]
        return {"mesures": {label: _times(timed) for label, timed in runs.items()}, "memoire": max(memory, default=None), **chrono.weight(self.site)}

    def verification(self) -> dict[str, Any]:
        """`make check`: cold, with one case changed, with nothing changed."""
        found: dict[str, list[chrono.Run]] = {"froid": [], "un cas": [], "cache": []}
        for turn in range(self.rounds):
            say(f"{self.count} cas, vérification, tour {turn + 1}")
            shutil.rmtree(self.cache, ignore_errors=True)
            for name in found:
                if name == "un cas":
                    self.edit(f"{200 + turn}")
                found[name].append(chrono.run([sys.executable, "-c", CHECK, str(self.cache)], PROJECT, self.settings))
        return {name: chrono.median(runs).secondes for name, runs in found.items()}

    def direct(self) -> dict[str, Any]:
        """`make serve`."""
        say(f"{self.count} cas, en direct")
        return direct.measured(self.edit, f"cas/{next(iter(self.content.cas))}/", self.content.liste, self.cache, self.settings)

    def explorateur(self) -> dict[str, Any]:
        """What a reader fetches on a site of that many cases, and what Lighthouse says of the explorer."""
        say(f"{self.count} cas, construction pour l'explorateur")
        self.ours("explorateur", cold=True)
        say(f"{self.count} cas, lecture de l'explorateur")
        views = lecture.VIEWS | {"cas": f"cas/{next(iter(self.content.cas))}/", "explorateur": "cas/"}
        return {"vues": lecture.fetched(self.site, views, search=False), "lighthouse": phare.alone(self.site, "cas/")}


def _times(runs: list[chrono.Run]) -> dict[str, float | None]:
    median = chrono.median(runs)
    return {"secondes": median.secondes, "processeur": median.processeur}
