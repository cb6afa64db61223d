"""Commune, INSEE code, département, région and EPCI of a case, held against the official register.

When one of them is wrong, the message gives the right code: nobody should have to look it up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from macros.model.case import Cas, Lieu
from macros.problems import meant
from macros.reader import Path
from macros.register import Commune, register


def places_agree_with_the_register(case: Cas) -> Iterator[tuple[Path, str, str]]:
    """Commune, INSEE code, département, région and EPCI say the same as the official register."""
    for index, place in enumerate(case.lieux):
        for name, message, remedy in _place_faults(place):
            yield (("lieux", index, name) if name else ("lieux", index)), message, remedy
    for index, support in enumerate(case.soutiens):
        if support.insee and not register().commune(support.insee):
            yield ("soutiens", index, "insee"), f"« {support.insee} » n'est le code d'aucune commune actuelle", "cherchez le code de la commune sur insee.fr, ou supprimez la ligne"


def _place_faults(place: Lieu) -> Iterator[tuple[str, str, str]]:
    official = register()
    if place.commune and not place.insee:
        found = official.named(place.commune)
        codes = _one_of(f"« insee: \"{commune.insee}\" » ({official.departements[commune.departement][0]})" for commune in found)
        yield "commune", f"le code INSEE {_of(place.commune)} manque", f"ajoutez {codes}" if found else (
            meant(place.commune, (row[0] for row in official.communes.values())) or "ajoutez « insee: », le code de la commune")
        return
    if place.insee:
        commune = official.commune(place.insee)
        if commune is None:
            yield "insee", f"« {place.insee} » n'est le code d'aucune commune actuelle", _codes_of(place.commune)
            return
        if not place.commune:
            yield "insee", "le nom de la commune manque", f"ajoutez « commune: {commune.nom} »"
        elif place.commune.replace("’", "'") != commune.nom.replace("’", "'"):
            yield "insee", f"le code {place.insee} est celui {_of(commune.nom)}, pas {_of(place.commune)}", _codes_of(place.commune)
            return
        yield from _attachments(place, commune)
        return
    if place.departement and place.departement not in official.departements:
        yield "departement", f"« {place.departement} » n'est le code d'aucun département", "écrivez le code officiel, entre guillemets : \"01\", \"2A\", \"974\""
    elif place.departement and place.region and official.departements[place.departement][1] != place.region:
        good = official.departements[place.departement][1]
        yield "region", f"le département {place.departement} n'est pas dans la région {place.region}", f"écrivez « region: \"{good}\" » ({official.regions[good]})"
    if place.region and place.region not in official.regions:
        yield "region", f"« {place.region} » n'est le code d'aucune région", f"choisissez parmi : {', '.join(f'{code} ({name})' for code, name in sorted(official.regions.items()) if len(code) == 2)}"
    if place.epci and place.epci not in official.epci:
        yield "epci", f"« {place.epci} » n'est le SIREN d'aucune intercommunalité", "cherchez le SIREN à neuf chiffres de l'intercommunalité"
    if not place.departement and not place.region and not place.epci:
        yield "", "ce lieu ne dit pas où il est", "donnez au moins « departement: » ou « region: »"


def _attachments(place: Lieu, commune: Commune) -> Iterator[tuple[str, str, str]]:
    official = register()
    if place.departement is None:
        yield "insee", "le département manque", f"ajoutez « departement: \"{commune.departement}\" »"
    elif place.departement != commune.departement:
        yield "departement", f"{commune.nom} n'est pas dans le département {place.departement}", f"écrivez « departement: \"{commune.departement}\" » ({official.departements[commune.departement][0]})"
    if place.region is not None and place.region != commune.region:
        yield "region", f"{commune.nom} n'est pas dans la région {place.region}", f"écrivez « region: \"{commune.region}\" » ({official.regions[commune.region]})"
    if place.epci is not None and place.epci != commune.epci:
        yield "epci", f"{commune.nom} n'appartient pas à l'intercommunalité {place.epci}", f"écrivez « epci: \"{commune.epci}\" » ({official.epci.get(commune.epci, 'intercommunalité')})"


def _codes_of(name: str | None) -> str:
    if not name:
        return "écrivez le code INSEE à cinq caractères"
    official = register()
    found = official.named(name)
    if found:
        return "vouliez-vous dire " + _one_of(f"\"{commune.insee}\" ({commune.nom}, {official.departements[commune.departement][0]})" for commune in found) + " ?"
    return meant(name, (row[0] for row in official.communes.values())) or "vérifiez l'orthographe de la commune"


def _one_of(said: Iterable[str]) -> str:
    """« a ou b », five at most."""
    words = list(said)
    return " ou ".join(words[:5]) + (" ou…" if len(words) > 5 else "")


def _of(name: str) -> str:
    """« d'Anstaing », « du Mans », « de Lille »."""
    if name.startswith(("Le ", "Les ")):
        return f"d{'u' if name.startswith('Le ') else 'es'} {name.split(' ', 1)[1]}"
    return f"d'{name}" if name[:1] in "AEIOUYÉÈÊÂÎÔŒ" else f"de {name}"
