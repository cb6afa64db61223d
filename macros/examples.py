"""Pairs for the contributor's page of fields: what one may write, what to avoid, and why.

A value that the checks refuse is made from the type of the field, and the reason is their own message. A text is never refused for its
style: what to avoid there is written here, field by field.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo

from macros.catalogue import Catalogue
from macros.messages import PATTERNS, problems_of
from macros.model import fields
from macros.model.values import DateTexte
from macros.reader import Document
from macros.rules import SPECIAL_WORDS

AVOID = {
    "Cas.titre": ("Un beau projet pour les familles", "on ne sait ni où, ni quoi"),
    "Cas.nom": ("La crèche", "ce n'est pas un nom propre : laissez vide"),
    "Cas.alias": ("crèche, Nord", "un mot courant n'est pas un autre nom"),
    "Cas.inconnues": ("Tout est bien documenté.", "il manque toujours quelque chose : dites quoi"),
    "Lieu.commune": ("Mairie d'Anstaing", "le nom de la commune seul, comme au registre"),
    "Lieu.role": ("important", "dites ce que ce lieu est, pas ce qu'il vaut"),
    "LevierMontre.remarque": ("C'est évident.", "dites pourquoi, pour qui n'était pas là"),
    "Soutien.financeur": ("La mairie", "laquelle ? « Commune d'Anstaing »"),
    "Soutien.beneficiaire": ("Madame Dupont", "un organisme, jamais une personne"),
    "Soutien.objet": ("Soutien", "à quoi sert-il ? « Aide au démarrage »"),
    "Acteur.nom": ("Les partenaires", "un acteur par ligne, avec son nom exact"),
    "Acteur.precision": ("Très impliqué depuis le début.", "un geste, pas un adjectif"),
    "Jalon.texte": ("Suite du projet", "que s'est-il passé ce jour-là ?"),
    "Element.titre": ("Divers", "un titre qui dit ce qu'on va lire"),
    "Element.texte": ("Voir plus haut.", "on lit souvent cet élément seul"),
    "Rubrique.titre": ("Informations complémentaires", "un titre qui dit ce qu'on va lire"),
    "Rubrique.introduction": ("Voici la liste.", "dites d'où elle vient, ou laissez vide"),
    "Verification.par": ("Jeanne Dupont", "l'organisme, pas la personne"),
    "Verification.aupres_de": ("On m'a dit que oui", "nommez la structure ou le document"),
    "Source.passage": ("dans le document", "la page, ou le titre de la partie"),
    "Source.reserve": ("À vérifier", "dites de quoi douter, et pourquoi"),
    "Phrase.texte": ("La commune a fortement soutenu le projet.", "qu'a-t-elle fait ? « Elle prête l'ancienne école et paie les travaux. »"),
    "Action.verbe": ("Soutien fort de la mairie", "un verbe à l'infinitif : « Prêter un local »"),
    "NombreSource.objet": ("places", "le champ le dit déjà : laissez vide"),
    "DateSource.objet": ("date", "le champ le dit déjà : laissez vide"),
    "TexteSource.valeur": ("On ne sait pas", "ce que dit cette source, en quelques mots"),
    "TexteSource.objet": ("important", "ce que la source désigne ainsi"),
    "TermeSource.objet": ("association loi 1901 à but non lucratif de droit privé", "une précision courte, que le mot ne dit pas"),
    "Chiffre.libelle": ("Nombre", "de quoi ? « Enfants accueillis »"),
    "Chiffre.unite": ("150 enfants", "l'unité seule : « enfants »"),
    "Chiffre.de": ("100", "de quel ensemble ? « des établissements du secteur »"),
    "Chiffre.perimetre": ("partout", "un territoire ou un ensemble précis"),
    "Chiffre.calcul": ("on additionne", "l'opération, avec ses nombres"),
    "Divergence.sujet": ("Erreur de la brochure", "le sujet, sans dire qui a raison"),
    "Divergence.commentaire": ("La brochure se trompe.", "personne ne tranche : dites ce qui aide à lire l'écart"),
}
"""Class.Field → a text to avoid, and why. A class that inherits a field inherits its pair."""


def pair(catalogue: Catalogue, owner: type[BaseModel], name: str) -> tuple[str, str]:
    """What to avoid in a field, and why; two empty texts for a group of fields, whose own fields speak."""
    info = owner.model_fields[name]
    if fields.nested_model(info.annotation):
        return "", ""
    for kind in owner.__mro__:
        if f"{kind.__name__}.{name}" in AVOID:
            return AVOID[f"{kind.__name__}.{name}"]
    bad = _refused(catalogue, owner, name, info)
    return bad, _why(owner, name, [bad] if fields.is_list(info.annotation) else bad)


def _refused(catalogue: Catalogue, owner: type[BaseModel], name: str, info: FieldInfo) -> str:
    """A value that the type of the field refuses, as people write it at first."""
    kinds = _kinds(info)
    if any(kind is Decimal for kind in kinds):
        return "15 000 euros" if name == "montant" else "une dizaine"
    if any(kind is DateTexte for kind in kinds):
        return "récemment"
    if any(get_origin(kind) is Literal for kind in kinds):
        return "citée" if name == "statut" else "presque"
    pattern = next((found for kind in kinds if (found := getattr(kind, "pattern", None))), "")
    if str(pattern) == "^oui$":
        return "vrai"
    if str(pattern) in PATTERNS:
        return {"departement": "Nord", "region": "Hauts-de-France", "epci": "Métropole européenne de Lille"}.get(name, "59000 Anstaing")
    group = SPECIAL_WORDS.get(name, {}).get(owner.__name__)
    first = info.examples[0] if info.examples else ""
    example = first[0] if isinstance(first, list) else str(first)
    said = catalogue.libelle(group, example) if group else example
    return f"{said[:1].upper()}{said[1:]}" if said[:1].isalpha() else f"Édition {said}"


def _kinds(info: FieldInfo) -> list[Any]:
    """The types and constraints behind a field, whatever wraps them."""
    found: list[Any] = []
    waiting: list[Any] = [info.annotation, *info.metadata]
    while waiting:
        one = waiting.pop(0)
        found.append(one)
        if get_origin(one) is not Literal:
            waiting += [*get_args(one), *getattr(one, "__metadata__", ())]
    return found


def _why(owner: type[BaseModel], name: str, value: object) -> str:
    """The message of the checks about this value."""
    try:
        owner.model_validate({name: value})
    except ValidationError as error:
        for problem in problems_of(error, owner, Document("")):
            if problem.field.split("[")[0] == name:
                first = (owner.model_fields[name].examples or [""])[0]
                meant = str(first[0] if isinstance(first, list) else first)  # the word of the list, where the checks can only propose a shape
                remedy = f"écrivez « {meant} », l'identifiant" if problem.message.endswith("n'est pas un identifiant") else problem.remedy
                return f"{problem.message} : {remedy}"
    return ""
