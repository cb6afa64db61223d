"""What the templates call to filter, place and compare cases."""

from __future__ import annotations

from typing import Any

from macros import map as france
from macros.explorer import data, facets, lists, matrix, territories
from macros.explorer.attribution import NamedNotes

NAMES: dict[str, Any] = {
    "facettes": facets.facets, "donnees_des_cas": data.inside, "fichiers_des_cas": data.files, "cas_par_fichier": data.GROUP, "evenement": facets.event, "nom_court": facets.short_name,
    "emplacements": territories.placed, "contours": france.contours, "agrandis": france.zoomed, "outremer": france.overseas,
    "largeur_de_carte": france.WIDTH, "hauteur_de_carte": france.HEIGHT,
    "montre": matrix.shown, "verbes": matrix.verbs, "tout_deduit": matrix.deduced, "dits_par": matrix.said, "tus_par": matrix.unsaid, "citants": matrix.citing, "hors_documents": matrix.outside,
    "notes_en_mots": NamedNotes, "debut": lists.beginning, "en_plusieurs_pages": lists.is_split,
}
