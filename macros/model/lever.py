"""A lever of action: one fixed anatomy, the same blocks in the same order in each fiche."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.model.facts import Moyen, Phrase
from macros.model.values import Court, DateTexte, Entite, Identifiant, Nombre, Phrase200


class Parution(Entite):
    """The lever as an edition prints it."""

    edition: Annotated[Identifiant, Field(description="Édition de la fiche source.", examples=["2026"])]
    rang: Annotated[Nombre, Field(description="Place du levier dans cette édition.", examples=["1"])]
    titre: Annotated[Court, Field(description="Titre exact dans cette édition.", examples=["Favoriser l'accès à des locaux"])]


class Outil(Phrase):
    """A tool the source names, tied to a mode when there is one."""

    mode: Annotated[Identifiant | None, Field(description="Mode correspondant.", examples=["appel-a-projets"])] = None


class Levier(Entite):
    """One lever: one file of `levers/`, one page. Its identifier is the name of the file."""

    titre: Annotated[Court, Field(description="Titre exact de l'édition la plus récente.", examples=["Favoriser l'accès à des locaux"])]
    titre_court: Annotated[Court, Field(description="Titre en deux ou trois mots, pour les listes.", max_length=40, examples=["Des locaux"])]
    accroche: Annotated[Court, Field(description="Trois verbes qui disent de quoi il s'agit.", max_length=80, examples=["mettre à disposition, rénover, mutualiser"])]
    rang: Annotated[Nombre, Field(description="Ordre dans les listes du site.", examples=["1"])]
    redige_le: Annotated[DateTexte, Field(description="Jour où cette fiche a été écrite.", examples=["2026-11-21"])]
    parutions: Annotated[tuple[Parution, ...], Field(
        description="Titre et place dans chaque édition, la plus récente d'abord.", min_length=1, max_length=10,
        examples=[[{"edition": "2026", "rang": "1", "titre": "Favoriser l'accès à des locaux"}]])]
    en_une_phrase: Annotated[Phrase, Field(description="Le levier en une phrase.", examples=[{"texte": "Prêter ou aménager un lieu.", "source": "rtes-2026"}])]
    pourquoi: Annotated[tuple[Phrase, ...], Field(description="Pourquoi agir : constats des sources.", max_length=8, examples=[[{"texte": "Le local est un frein.", "source": "rtes-2026"}]])] = ()
    moyens: Annotated[tuple[Moyen, ...], Field(
        description="Ce que la collectivité peut faire : des gestes concrets, et qui peut les faire.", max_length=12,
        examples=[[{"verbe": "Prêter", "texte": "Mettre un local à disposition.", "source": "rtes-2026"}]])] = ()
    outils: Annotated[tuple[Outil, ...], Field(description="Outils et modes cités par les sources.", max_length=12, examples=[[{"texte": "Appel à projets.", "source": "rtes-2026"}]])] = ()
    cadre: Annotated[tuple[Phrase, ...], Field(
        description="Cadre légal dit par les sources (les repères extérieurs s'y ajoutent).", max_length=8,
        examples=[[{"texte": "Schéma obligatoire.", "source": "rtes-2026"}]])] = ()
    vigilance: Annotated[tuple[Phrase, ...], Field(
        description="Points de vigilance dits par les sources.", max_length=8,
        examples=[[{"texte": "La convention se prépare.", "source": "rtes-2021"}]])] = ()
    changements: Annotated[tuple[Phrase, ...], Field(description="Ce qui a changé entre les éditions.", max_length=8, examples=[[{"texte": "Nouveau en 2026.", "source": "rtes-2026"}]])] = ()
    inconnues: Annotated[tuple[Phrase200, ...], Field(description="Ce que les sources ne disent pas.", min_length=1, max_length=12, examples=[["Le coût moyen d'un aménagement."]])]
    ressources: Annotated[tuple[Identifiant, ...], Field(description="Pour aller plus loin : ressources du site.", max_length=12, examples=[["reperess-2026"]])] = ()
