"""Invented cases for tests and measurements: plausible French, every field of the model, the same files for the same seed.

    python -m tests.synthese 1000 /tmp/essai             1 000 invented cases in /tmp/essai/cases
    python -m tests.synthese 1000 /tmp/essai --reels     the same, beside the real cases

The folder is then a `DATA_ROOT`. Communes and codes come from the official register, so that the checks accept them; communes of
the real cases are left to them, so that a search for one still has a single good answer. What is told there never happened.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from macros.catalogue import Catalogue, sort_key
from macros.folders import PROJECT
from macros.loading import load
from macros.register import Commune, register
from tests.synthese_phrases import ETAPES, LIBELLES, MOTS, NOMS, SECTIONS, VERBES

Record = dict[str, Any]


def write(count: int, folder: Path, seed: int = 1, real: bool = False) -> None:
    """Write `count` invented cases in `folder/cases`, and the real ones too if asked."""
    cases = folder / "cases"
    cases.mkdir(parents=True, exist_ok=True)
    if real:
        for path in sorted((PROJECT / "cases").glob("*.yml")):
            shutil.copy(path, cases / path.name)
    for identifier, record in invented(count, load(PROJECT), seed):
        text = "# Cas inventé pour les essais : il ne décrit ni une structure ni une personne réelles.\n" + "".join(_yaml(record, 0))
        (cases / f"{identifier}.yml").write_text(text, encoding="utf-8")


def invented(count: int, catalogue: Catalogue, seed: int = 1) -> Iterator[tuple[str, Record]]:
    """`count` identifiers and records, drawn from `seed`; the first ones are the same whatever `count`."""
    taken = {place.insee for case in catalogue.cas.values() for place in case.lieux}
    communes = sorted((Commune(code, *row) for code, row in register().communes.items() if code not in taken and row[3]), key=lambda commune: commune.insee)
    # One in three is a town: drawn evenly, nearly all would have a few hundred inhabitants.
    towns = [commune for commune in communes if commune.population > 3500]
    for number in range(1, count + 1):
        rng = random.Random(f"{seed}-{number}")
        one = _Invented(rng, catalogue, rng.choice(towns if rng.random() < 0.33 else communes))
        slug = "-".join(re.findall("[a-z0-9]+", sort_key(one.slots["commune"])))[:40].strip("-")
        yield f"{slug}-{number}", one.record()


class _Invented:
    """One case in the making: its dice, its commune, and what fills the slots of its sentences."""

    def __init__(self, rng: random.Random, catalogue: Catalogue, commune: Commune) -> None:
        self.rng, self.catalogue, self.commune = rng, catalogue, commune
        self.slots = {
            "commune": commune.nom, "epci": register().epci.get(commune.epci, "voisine"), "departement": register().departements[commune.departement][0],
        }
        self.slots["nom"] = self._filled(rng.choice(NOMS))

    @cached_property
    def words(self) -> dict[str, list[str]]:
        """Controlled lists → their identifiers."""
        return {group: list(entries) for group, entries in self.catalogue.vocabulaires.items()}

    # Sentences

    def _filled(self, frame: str) -> str:
        rng = self.rng
        values = {name: rng.choice(words) for name, words in MOTS.items()} | self.slots
        values |= {
            "n": str(rng.randint(8, 60)), "petit": str(rng.randint(2, 7)), "grand": str(rng.randint(20, 400)), "surface": str(rng.randint(60, 900)), "annee": str(rng.randint(2009, 2025)),
            "un_ancien": ("une " if values["ancien"].startswith("ancienne") else "un ") + values["ancien"], "activite2": rng.choice(MOTS["activite"]), "metier2": rng.choice(MOTS["metier"]),
            "partenaire_maj": values["partenaire"][0].upper() + values["partenaire"][1:], "metier_maj": values["metier"][0].upper() + values["metier"][1:],
        }
        return re.sub(r"\bde (?=[AEIOUÉÈÊÎÔ])", "d'", frame.format_map(values))

    def _text(self, section: str, most: int = 400) -> str:
        text = self._filled(self.rng.choice(SECTIONS[section]))
        return (text[0].upper() + text[1:])[:most]

    def _sourced(self, **fields: Any) -> Record:
        """A fact with its document, and now and then a passage, a second document, a reserve."""
        rng = self.rng
        first, *others = rng.sample(self.catalogue.documents, 2)
        record = {**fields, "source": first}
        if rng.random() < 0.2:
            record["aussi"] = others
        if rng.random() < 0.1:
            record["passage"] = f"page {rng.randint(1, 30)}"
        if rng.random() < 0.1:
            record["statut"] = rng.choice(("deduit", "redaction"))
        if rng.random() < 0.15:
            record["reserve"] = self._text("reserve")
        return record

    def _sentences(self, section: str, least: int, most: int) -> list[Record]:
        texts = dict.fromkeys(self._text(section, 3000) for _ in range(self.rng.randint(least, most)))
        return [self._sourced(texte=text) for text in texts]

    def _maybe(self, chance: float, value: Any) -> Any:
        return value if self.rng.random() < chance else None

    # Fields, in the order of the model

    def record(self) -> Record:
        """The whole case; empty fields are left out."""
        rng, words = self.rng, self.words
        titles = [self._text("titre", 110) for _ in range(2)]
        record = {
            "titre": titles[0], "nom": self.slots["nom"], "alias": self._maybe(0.3, [f"Association {self.slots['nom']}"]), "type": rng.choice(words["types"]),
            "accueils": rng.sample(words["accueils"], rng.randint(1, 3)), "lieux": self._places(), "editions": self._maybe(0.7, [rng.choice(list(self.catalogue.editions))]),
            "redige_le": f"2026-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}",
            "verifications": self._maybe(0.3, [{"date": f"2026-{rng.randint(1, 12):02d}", "par": "Réseau départemental", "aupres_de": f"Mairie de {self.commune.nom}"}]),
            "valable_jusqu_au": self._maybe(0.2, str(rng.randint(2027, 2032))),
            **self._card(),
            "en_bref": self._sentences("en_bref", 1, 3), "contexte": self._sentences("contexte", 2, 4), "description": self._sentences("description", 2, 5),
            "gouvernance": self._sentences("gouvernance", 1, 2), "equipe": self._sentences("equipe", 1, 2), "leviers": self._levers(),
            "soutiens": [self._support() for _ in range(rng.randint(1, 4))], "modes": self._maybe(0.4, [self._sourced(mode=rng.choice(list(self.catalogue.modes)), texte=self._text("action"))]),
            "acteurs": [self._actor() for _ in range(rng.randint(2, 5))],
            "jalons": [self._sourced(date=date, texte=self._text("jalon", 200)) for date in sorted(self._date() for _ in range(rng.randint(2, 4)))],
            "resultats": self._sentences("resultats", 1, 2), "chiffres": [self._figure() for _ in range(rng.randint(1, 3))],
            "rubriques": self._maybe(0.3, [self._section()]), "divergences": self._maybe(0.15, [self._disagreement()]),
            "changements": self._maybe(0.2, self._sentences("changements", 1, 1)), "complements": self._maybe(0.2, self._sentences("complements", 1, 1)),
            "inconnues": list(dict.fromkeys(self._text("inconnues") for _ in range(rng.randint(1, 3)))), "ressources": self._maybe(0.4, rng.sample(list(self.catalogue.ressources), 2)),
        }
        return {name: value for name, value in record.items() if value}

    def _places(self) -> list[Record]:
        commune = self.commune
        main = self._sourced(commune=commune.nom, insee=commune.insee, departement=commune.departement, region=commune.region, epci=commune.epci)
        around = self._maybe(0.1, [self._sourced(departement=commune.departement, region=commune.region, role="territoire d'appui")])
        return [main, *(around or [])]

    def _card(self) -> Record:
        rng = self.rng
        year = rng.randint(1998, 2025)
        return {
            "habitants": self._maybe(0.5, [self._sourced(valeur=str(self.commune.population or 100), precision="environ", annee="2023", objet="population municipale")]),
            "forme": self._maybe(0.9, [self._sourced(valeur=rng.choice(self.words["formes"]), objet=rng.choice(("structure gestionnaire", "association de parents")))]),
            "capacite": self._maybe(0.8, [self._sourced(valeur=str(rng.randint(6, 60)), annee=str(year + 1), objet="places agréées")]),
            "surface": self._maybe(0.4, [self._sourced(valeur=str(rng.randint(60, 900)))]),
            "creation": self._maybe(0.8, [self._sourced(valeur=self._date(), objet="création de l'association")]),
            "ouverture": self._maybe(0.7, [self._sourced(valeur=str(value), objet="ouverture au public") for value in ((year,) if rng.random() < 0.9 else (year, year - 1))]),
        } | self._without_object()

    def _without_object(self) -> Record:
        """Now and then a line of the card has no meaning: its value goes, whatever was drawn."""
        return {"surface": None, "sans_objet": ["surface"]} if self.rng.random() < 0.1 else {}

    def _date(self) -> str:
        year, month = self.rng.randint(2005, 2025), self.rng.randint(1, 12)
        return self.rng.choice((str(year), f"{year}-{month:02d}", f"{year}-{month:02d}-{self.rng.randint(1, 28):02d}", f"{year}-T{month % 4 + 1}", f"début {year}", f"vers {year}"))

    def _levers(self) -> list[Record]:
        levers = self.rng.sample(list(self.catalogue.leviers), self.rng.choice((1, 1, 2, 3)))
        return [{
            "levier": lever, "editions": [max(self.catalogue.editions)],
            "actions": [self._sourced(verbe=self.rng.choice(VERBES), texte=self._text("action")) for _ in range(self.rng.randint(1, 2))],
            **({"remarque": "Rattachement choisi par la rédaction."} if self.rng.random() < 0.2 else {}),
        } for lever in levers]

    def _support(self) -> Record:
        rng = self.rng
        fields = {
            "nature": rng.choice(self.words["natures_de_soutien"]), "mode": self._maybe(0.6, rng.choice(list(self.catalogue.modes))), "financeur": f"Commune : {self.commune.nom}",
            "insee": self.commune.insee, "beneficiaire": self._maybe(0.3, self.slots["nom"]), "objet": self._text("objet", 200), "montant": self._maybe(0.7, str(rng.randint(2, 400) * 500)),
            "places": self._maybe(0.2, str(rng.randint(1, 12))), "periodicite": self._maybe(0.7, rng.choice(self.words["periodicites"])), "annee": self._maybe(0.7, str(rng.randint(2012, 2025))),
        }
        return self._sourced(**{name: value for name, value in fields.items() if value})

    def _actor(self) -> Record:
        rng = self.rng
        fields = {
            "nom": rng.choice((f"Commune : {self.commune.nom}", self.slots["nom"], self._filled("{partenaire_maj}"))), "type": rng.choice(self.words["types_acteurs"]),
            "anonyme": self._maybe(0.1, "oui"), "roles": rng.sample(self.words["roles"], rng.randint(1, 2)), "reseau": self._maybe(0.2, rng.choice(list(self.catalogue.reseaux))),
            "precision": self._maybe(0.5, self._text("gouvernance")),
        }
        return self._sourced(**{name: value for name, value in fields.items() if value})

    def _figure(self) -> Record:
        label, unit, share = self.rng.choice(LIBELLES)
        record = self._sourced(libelle=label, valeur=str(self.rng.randint(2, 95)), unite=unit, precision=self.rng.choice(("exact", "environ", "plus-de")),
                               annee=str(self.rng.randint(2015, 2025)), perimetre=self.commune.nom, **({"de": share} if share else {}))
        return record | ({"statut": "calcule", "calcul": "12 × 3"} if self.rng.random() < 0.1 else {})

    def _section(self) -> Record:
        elements = [{"titre": f"Étape {rank}", "texte": self._text("rubrique", 3000)} for rank in range(1, self.rng.randint(3, 6))]
        return self._sourced(titre=self.rng.choice(ETAPES), introduction=self._text("contexte"), ordonnee="oui", elements=elements)

    def _disagreement(self) -> Record:
        values = [self._sourced(valeur=f"{self.rng.randint(8, 40)} places", objet=objet) for objet in ("à l'ouverture", "selon l'autre document")]
        return {"sujet": "Nombre de places", "valeurs": values, "commentaire": "Aucun document ne permet de choisir."}


def _yaml(value: Any, depth: int) -> Iterator[str]:
    """Block YAML; every text is quoted as JSON does, which YAML reads the same."""
    pad = "  " * depth
    for name, item in value.items():
        if isinstance(item, str) or isinstance(item[0], str):
            yield f"{pad}{name}: {json.dumps(item, ensure_ascii=False)}\n"
        else:
            yield f"{pad}{name}:\n"
            for record in item:
                first, *others = _yaml(record, depth + 2)
                yield f"{pad}  - {first.lstrip()}"
                yield from others


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Écrit des cas inventés, pour les essais et les mesures.")
    parser.add_argument("nombre", type=int)
    parser.add_argument("dossier", type=Path)
    parser.add_argument("--graine", type=int, default=1)
    parser.add_argument("--reels", action="store_true", help="ajoute les vrais cas du projet")
    options = parser.parse_args()
    write(options.nombre, options.dossier, options.graine, options.reels)


if __name__ == "__main__":
    main()
