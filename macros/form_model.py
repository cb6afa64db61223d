"""What the web form shows of the fields: their names in plain French, their order, the sentences said of a wrong value.

The sentences of help, the examples and the limits are those of the model: the form reads them in the schema of a case.
"""

from __future__ import annotations

from typing import Any

from macros.advice import MOST_DAYS, MOST_WORDS, PROSE
from macros.blank import SCHEMA_LINE
from macros.catalogue import Catalogue
from macros.decoding import CHARACTERS, MAX_BYTES
from macros.exports.schemas import schema
from macros.messages import PATTERNS
from macros.model.case import CHAMPS_DE_LA_CARTE
from macros.model.values import SEASONS, VAGUE, DateTexte
from macros.print.letters import missing_for_browsers
from macros.reader import MAX_DEPTH
from macros.rules import REFERENCES, SPECIAL_WORDS
from macros.rules_people import COMMENT
from macros.rules_people import RULES as ABOUT_PEOPLE

LABELS = {
    "accueils": "Sorte de lieu ou de service", "acteurs": "Qui prend part", "actions": "Ce que la collectivité a fait", "alias": "Autres noms",
    "annee": "Année", "anonyme": "Nom absent de la source", "aupres_de": "Auprès de qui", "aussi": "Autres documents qui le disent",
    "beneficiaire": "Qui le reçoit", "calcul": "L'opération", "capacite": "Nombre de places", "changements": "Ce qui a changé d'une édition à l'autre",
    "chiffres": "Chiffres", "commentaire": "Pour lire l'écart", "commune": "Commune", "complements": "Compléments venus d'ailleurs",
    "contexte": "D'où vient le projet", "creation": "Création", "date": "Date", "de": "Une part de quoi", "departement": "Code du département",
    "description": "Ce que c'est, comment cela marche", "divergences": "Les sources divergent", "editions": "Éditions qui l'impriment",
    "elements": "Éléments de la liste", "en_bref": "En bref", "epci": "Intercommunalité (SIREN)", "equipe": "Qui y travaille", "financeur": "Qui apporte le soutien",
    "forme": "Forme juridique", "gouvernance": "Qui décide, qui gère", "habitants": "Nombre d'habitants", "inconnues": "Ce qu'on ne sait pas",
    "insee": "Code INSEE de la commune", "introduction": "Une phrase pour situer", "jalons": "Étapes datées", "levier": "Levier", "leviers": "Leviers que le cas montre",
    "libelle": "Ce qui est compté", "lieux": "Où cela se passe", "mode": "Mode de soutien", "modes": "Modes sans soutien chiffré", "montant": "Montant en euros",
    "nature": "Nature du soutien", "nom": "Nom", "objet": "Précision", "ordonnee": "L'ordre compte", "ouverture": "Ouverture au public", "par": "Qui a vérifié",
    "passage": "Où, dans le document", "perimetre": "Territoire ou ensemble compté", "periodicite": "Une fois ou chaque année", "places": "Nombre de places",
    "precision": "Précision", "redige_le": "Fiche écrite le", "region": "Code de la région", "remarque": "Pourquoi ce levier", "reseau": "Réseau du site",
    "reserve": "Précaution à lire avec le fait", "ressources": "Ressources à lire ensuite", "resultats": "Ce que cela a donné", "role": "Ce que ce lieu est dans le cas",
    "roles": "Rôles", "rubriques": "Listes détaillées", "sans_objet": "Lignes sans objet", "source": "Document qui le dit", "soutiens": "Soutiens publics",
    "statut": "Comment on le sait", "sujet": "Sur quoi elles divergent", "surface": "Surface en m²", "texte": "Texte", "titre": "Titre", "type": "Type",
    "unite": "Unité", "valable_jusqu_au": "Valable jusqu'au", "valeur": "Valeur", "valeurs": "Ce que dit chaque source", "verbe": "Ce qui est fait, en un verbe",
    "verifications": "Vérifications",
}
"""Field → its name in the form."""
SPECIAL_LABELS = {"Soutien.objet": "Pour quoi faire", "Cas.type": "Type de cas", "Cas.nom": "Nom de la structure ou de la démarche", "Acteur.precision": "Ce qu'il fait dans le cas"}
"""Class.Field → its name, where the same word means something else."""
WORDS_OF_CHOICES = {
    "cite": "la source le dit", "deduit": "on le lit entre les lignes", "calcule": "obtenu par un calcul", "redaction": "choix de la rédaction",
    "exact": "exactement", "environ": "environ", "plus-de": "plus de", "pres-de": "près de",
}
"""Words of the short closed lists of the model, in plain French."""
SECTIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("essentiel", "L'essentiel", "Ce qu'on lit en dix secondes.", ("titre", "nom", "type", "accueils", "lieux", "en_bref")),
    ("identite", "La carte d'identité", "Ce que vous ne savez pas se laisse vide : la page écrira « non précisé par les sources ».", (*CHAMPS_DE_LA_CARTE, "sans_objet")),
    ("actions", "Ce que la collectivité a fait", "Un levier, et pour chaque geste un verbe et une phrase.", ("leviers",)),
    ("soutiens", "Les soutiens publics", "Qui donne quoi, à qui, combien, quelle année.", ("soutiens", "modes")),
    ("recit", "L'histoire", "Une idée par encadré, avec vos mots.", ("contexte", "description", "gouvernance", "equipe", "jalons", "resultats")),
    ("acteurs", "Qui prend part", "Chaque organisme, et son rôle.", ("acteurs",)),
    ("details", "Chiffres et listes", "Ce qui ne tient pas ailleurs.", ("chiffres", "rubriques")),
    ("doutes", "Ce qu'on ne sait pas", "Au moins une ligne : une lacune dite est une aide demandée.", ("inconnues", "divergences", "changements", "complements")),
    ("suivi", "Le suivi de la fiche", "Les dates, les éditions, les vérifications.", ("redige_le", "verifications", "valable_jusqu_au", "editions", "alias", "ressources")),
)
"""Identifier, title, sentence and fields of each part of the form, in the order of a fiche."""
FOLDED = ("recit", "acteurs", "details", "suivi")
"""Parts that a first telling can leave for later: folded until they hold something."""
ELEMENTS = {
    "accueils": "une sorte", "acteurs": "un acteur", "actions": "une action", "alias": "un nom", "capacite": "un nombre de places", "changements": "un changement",
    "chiffres": "un chiffre", "complements": "un complément", "contexte": "un encadré", "creation": "une date", "description": "un encadré", "divergences": "une divergence",
    "elements": "un élément", "en_bref": "une phrase", "equipe": "un encadré", "forme": "une forme", "gouvernance": "un encadré", "habitants": "un nombre d'habitants",
    "inconnues": "une ligne", "jalons": "une étape", "leviers": "un levier", "lieux": "un lieu", "modes": "un mode", "ouverture": "une date", "resultats": "un résultat",
    "rubriques": "une liste", "soutiens": "un soutien", "surface": "une surface", "valeurs": "une valeur", "verifications": "une vérification",
    "aussi": "un document", "ressources": "une ressource",
}
"""List → what is added to it."""
AT_HAND = {
    "Lieu": ("commune",), "LevierMontre": ("actions", "remarque"), "Soutien": ("mode", "objet", "montant", "periodicite", "annee"), "Acteur": ("precision",),
    "Chiffre": ("unite", "de", "annee", "perimetre"), "Rubrique": ("introduction",), "NombreSource": ("precision", "annee"),
}
"""Class → optional fields shown at once; the others wait under « Plus de précisions »."""


def form_model(catalogue: Catalogue) -> dict[str, Any]:
    """Everything the form is generated from."""
    return {
        "schema": {**schema(catalogue, "cas"), "$id": "cas"},  # the public address would change the name of the script at each deployment
        "libelles": LABELS | SPECIAL_LABELS,
        "mots": WORDS_OF_CHOICES,
        "sections": [{"id": key, "titre": title, "aide": said, "champs": fields, "plie": key in FOLDED} for key, title, said, fields in SECTIONS],
        "elements": ELEMENTS,
        "devant": AT_HAND,
        "listes": {name: dict(classes) for name, classes in SPECIAL_WORDS.items()},
        "tables": REFERENCES,
        "carte": CHAMPS_DE_LA_CARTE,
        "motifs": {pattern: {"message": message, "remede": remedy} for pattern, (message, remedy) in PATTERNS.items()},
        "caracteres": [{"motif": pattern.pattern, "message": message, "remede": remedy} for pattern, message, remedy in CHARACTERS],
        "conseils": {"prose": PROSE, "mots": MOST_WORDS, "jours": MOST_DAYS, "vagues": SEASONS | VAGUE | {"début": VAGUE["debut"], "après": VAGUE["apres"]}},
        "entete": SCHEMA_LINE,
        "date": DateTexte.PATTERN,
        "personnes": [{"motif": _for_browsers(pattern.pattern), "message": message, "remede": remedy} for pattern, message, remedy in ABOUT_PEOPLE],
        "commentaire": COMMENT.pattern,
        "sans_dessin": missing_for_browsers(),
        "limites": {"octets": MAX_BYTES, "niveaux": MAX_DEPTH},
    }


def _for_browsers(pattern: str) -> str:
    """Browsers of a few years ago do not look behind: the sign before is matched instead, which finds the same texts."""
    return pattern.replace("(?<![0-9])", "(?:^|[^0-9])")
