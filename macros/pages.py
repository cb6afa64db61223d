"""The pages of the site: where each one stands, what it is called, which file it comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from macros import path
from macros.catalogue import Catalogue
from macros.register import register

FICHES = {
    "cas": ("cas", "Cas"),
    "leviers": ("leviers", "Leviers"),
    "modes": ("modes", "Modes de soutien"),
    "reseaux": ("reseaux", "Réseaux"),
    "sources": ("sources", "Sources"),
    "parcours": ("par-ou-commencer", "Par où commencer"),
    "par_departement": ("departements", "Départements"),
    "par_region": ("regions", "Régions"),
}
"""Table → folder of its addresses, name of its list in the breadcrumb."""

VIEWS = {
    "accueil": "", "leviers": "leviers/", "cas": "cas/", "modes": "modes/", "reseaux": "reseaux/", "chiffres": "chiffres/", "combien": "combien/",
    "glossaire": "glossaire/", "ressources": "ressources/", "sources": "sources/", "corrections": "corrections/", "editions": "editions/",
    "reperes": "reperes/", "champs": "contribuer/champs/", "formulaire": "contribuer/formulaire/", "a-verifier": "contribuer/a-verifier/", "identite": "mentions-legales/", "ecrire": "contribuer/",
    "parcours": "par-ou-commencer/", "dossier": "dossier/",
    "donnees": "donnees/", "changements": "changements/",
    "carte": "carte/", "matrice": "matrice/", "comparer": "comparer/",
}
"""View placed in a hand-written page → address of that page."""


@dataclass(frozen=True)
class Fiche:
    """A page made from one record."""

    table: str
    identifiant: str
    titre: str
    description: str
    fichier: str
    """File to edit, from the root of the project."""
    fil: list[dict[str, str]] = field(default_factory=list)
    """Breadcrumb: `titre` and `url` relative to the site root."""

    @property
    def adresse(self) -> str:
        """`cas/anstaing/`."""
        return f"{FICHES[self.table][0]}/{self.identifiant}/"


def address(table: str, identifier: str) -> str:
    """Address of a record, relative to the site root: a page, or an anchor in a list."""
    if (table, identifier) == ("parcours", path.START):
        return VIEWS["parcours"]
    if table in FICHES:
        return f"{FICHES[table][0]}/{identifier}/"
    anchors = {"termes": "glossaire/", "chiffres": "chiffres/", "ressources": "ressources/", "reperes": "reperes/", "editions": "editions/",
               "corrections": "corrections/"}
    return f"{anchors[table]}#{identifier}"


def fiches(catalogue: Catalogue) -> Iterator[Fiche]:
    """Every page made from a record."""
    for key, case in catalogue.cas.items():
        yield _fiche("cas", key, case.titre, case.en_bref[0].texte, f"cases/{key}.yml", *_place(catalogue, key), case.nom or case.titre.split(" : ")[0])
    for key, lever in catalogue.leviers.items():
        yield _fiche("leviers", key, lever.titre, lever.en_une_phrase.texte, f"levers/{key}.yml", None, lever.titre_court)
    for key, mode in catalogue.modes.items():
        said = mode.definition[0].texte if mode.definition else f"{mode.nom} : ce qu'en disent les sources, et qui l'emploie."
        yield _fiche("modes", key, mode.nom, said, "references/modes.yml", None, mode.nom)
    for key, network in catalogue.reseaux.items():
        yield _fiche("reseaux", key, network.nom, network.presentation[0].texte, "references/reseaux.yml", None, network.sigle or network.nom)
    for key in catalogue.documents:
        source = catalogue.sources[key]
        yield _fiche("sources", key, f"{source.titre} ({source.court})", source.resume or source.titre, "references/sources.yml", None, source.court)
    yield from _steps(catalogue)
    yield from _territories(catalogue)


def _steps(catalogue: Catalogue) -> Iterator[Fiche]:
    """The pages of the guided path; its breadcrumb is the way the reader came."""
    for key, step in catalogue.parcours.items():
        if key != path.START:
            came = [{"titre": catalogue.parcours[before].titre, "url": address("parcours", before)} for before in path.trail(catalogue.parcours, key)[1:-1]]
            said = f"{step.titre} : {step.question}" if step.question else f"{step.titre} : un premier pas, un ou deux leviers et des cas proches."
            yield Fiche("parcours", key, f"{step.titre} : {step.question}" if step.question else step.titre, said, "references/parcours.yml",
                        [{"titre": FICHES["parcours"][1], "url": VIEWS["parcours"]}, *came, {"titre": step.titre}])


def _territories(catalogue: Catalogue) -> Iterator[Fiche]:
    """The pages of the départements and régions, reached from the map."""
    file, map_of = "docs/carte/index.md", {"titre": "Carte", "url": VIEWS["carte"]}
    for key, place in catalogue.par_region.items():
        yield Fiche("par_region", key, place.titre, f"{place.nom} : les cas, ce que les collectivités y ont fait, les soutiens publics.", file, [map_of, {"titre": place.nom}])
    for key, place in catalogue.par_departement.items():
        wider = {"titre": catalogue.par_region[place.region].nom, "url": address("par_region", place.region)}
        yield Fiche("par_departement", key, place.titre, f"{place.nom} : tous les cas, ce que les collectivités y ont fait, les soutiens publics.", file,
                    [map_of, wider, {"titre": place.nom}])


def _place(catalogue: Catalogue, key: str) -> tuple[str | None]:
    codes = catalogue.departements(key)
    return (f"{register().departements[codes[0]][0]} ({codes[0]})" if len(codes) == 1 else None,)


def _fiche(table: str, key: str, title: str, description: str, file: str, middle: str | None, last: str) -> Fiche:
    folder, name = FICHES[table]
    crumbs = [{"titre": name, "url": f"{folder}/"}]
    if middle:
        crumbs.append({"titre": middle})
    crumbs.append({"titre": last})
    return Fiche(table, key, title, " ".join(description.split()), file, crumbs)
