"""What the templates call to filter, place and compare cases."""

from __future__ import annotations

from typing import Any

from macros import map as france
from macros.explorer import facets, matrix
from macros.explorer.attribution import NamedNotes

LISTED = 60
"""Cases offered at once on the comparison page; beyond, one looks for them among all the cases."""

NAMES: dict[str, Any] = {
    "facettes": facets.facets, "reponses": facets.answers, "evenement": facets.event, "nom_court": facets.short_name,
    "emplacements": france.places, "contours": france.contours, "agrandis": france.zoomed, "outremer": france.overseas,
    "largeur_de_carte": france.WIDTH, "hauteur_de_carte": france.HEIGHT,
    "montre": matrix.shown, "dits_par": matrix.said, "tus_par": matrix.unsaid, "citants": matrix.citing, "hors_documents": matrix.outside,
    "notes_en_mots": NamedNotes, "limite_de_liste": LISTED,
}
