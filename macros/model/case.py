"""A case: what a municipality, or people on its territory, have done."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.model.facts import Action, Chiffre, DateSource, Divergence, NombreSource, Phrase, Source, TermeSource
from macros.model.values import (
    CodeDepartement,
    CodeInsee,
    CodeRegion,
    Court,
    DateTexte,
    Entite,
    Identifiant,
    Long,
    Montant,
    Nombre,
    Phrase200,
    Siren,
)

CHAMPS_DE_LA_CARTE = ("habitants", "forme", "capacite", "surface", "creation", "ouverture")
"""Lines of the identity card; one that is empty reads « non précisé par les sources »."""


class Lieu(Source):
    """A place of the case, by its official codes."""

    commune: Annotated[Court | None, Field(
        description="Nom officiel de la commune. Absent si le cas porte sur un territoire plus large.", examples=["Anstaing"])] = None
    insee: Annotated[CodeInsee | None, Field(description="Code INSEE de la commune (cinq caractères).", examples=["59013"])] = None
    departement: Annotated[CodeDepartement | None, Field(description="Code du département, sur deux caractères : 01, 2A, 974.", examples=["59"])] = None
    region: Annotated[CodeRegion | None, Field(description="Code INSEE de la région, sur deux chiffres.", examples=["32"])] = None
    epci: Annotated[Siren | None, Field(
        description="Numéro SIREN de l'intercommunalité (neuf chiffres).", examples=["200093201"])] = None
    role: Annotated[Court | None, Field(description="Ce que ce lieu est dans le cas, s'il y en a plusieurs.", examples=["second lieu d'accueil"])] = None


class LevierMontre(Entite):
    """A lever that the case shows, and what the municipality did for it."""

    levier: Annotated[Identifiant, Field(description="Identifiant du levier.", examples=["creation"])]
    editions: Annotated[tuple[Identifiant, ...], Field(
        description="Éditions de la fiche source qui impriment le cas sous ce levier ; vide si le rattachement est un choix de la rédaction.",
        examples=[["2026"]], max_length=6)] = ()
    actions: Annotated[tuple[Action, ...], Field(
        description="Ce que la commune ou son groupement a fait pour ce levier.", max_length=8,
        examples=[[{"verbe": "Étudier", "texte": "La commune fait mesurer les besoins.", "source": "rtes-2026"}]])] = ()
    remarque: Annotated[Phrase200 | None, Field(
        description="Pourquoi ce rattachement, ou pourquoi aucune action n'est décrite.", examples=["L'édition 2026 classe le cas ici sans dire ce qui relève du bénévolat."])] = None


class Soutien(Source):
    """A public support: who gave what, to whom, how much, when."""

    nature: Annotated[Identifiant, Field(description="Nature du soutien, dans references/vocabulaires.yml.", examples=["subvention-annuelle"])]
    mode: Annotated[Identifiant | None, Field(description="Mode de contractualisation ou de soutien correspondant.", examples=["subvention"])] = None
    financeur: Annotated[Court, Field(description="Qui apporte le soutien.", examples=["Commune d'Anstaing"])]
    insee: Annotated[CodeInsee | None, Field(description="Code INSEE de la commune qui apporte le soutien, si c'en est une.", examples=["59013"])] = None
    beneficiaire: Annotated[Court | None, Field(description="Qui le reçoit, si ce n'est pas la structure du cas.", examples=["Association locale Familles Rurales"])] = None
    objet: Annotated[Court | None, Field(description="Pour quoi faire.", examples=["Aide au démarrage"])] = None
    montant: Annotated[Montant | None, Field(description="Montant en euros, en chiffres. Absent : « non précisé ».", examples=["15000"])] = None
    places: Annotated[Nombre | None, Field(description="Nombre de places financées ou réservées.", examples=["10"])] = None
    periodicite: Annotated[Identifiant | None, Field(description="unique ou annuelle ; absent si la source ne le dit pas.", examples=["annuelle"])] = None
    annee: Annotated[DateTexte | None, Field(description="Année du soutien ; absent si la source ne le dit pas.", examples=["2025"])] = None


class Acteur(Source):
    """Somebody who takes part, and how."""

    nom: Annotated[Court, Field(description="Nom exact ; à défaut ce que la source en dit (« un bailleur social »).", examples=["Ville de Lille"])]
    type: Annotated[Identifiant, Field(description="Type d'acteur, dans references/vocabulaires.yml.", examples=["commune"])]
    anonyme: Annotated[str | None, Field(description="oui si la source ne donne pas le nom.", examples=["oui"], pattern="^oui$")] = None
    roles: Annotated[tuple[Identifiant, ...], Field(description="Rôles dans le cas, dans references/vocabulaires.yml.", examples=[["financeur"]], min_length=1, max_length=6)]
    reseau: Annotated[Identifiant | None, Field(description="Identifiant du réseau du site dont il s'agit, s'il y a lieu.", examples=["caf"])] = None
    precision: Annotated[Phrase200 | None, Field(description="Ce qu'il fait dans le cas, en une phrase.", examples=["Ses services ont aidé au montage."])] = None


class Jalon(Source):
    """A dated step of the story."""

    date: Annotated[DateTexte, Field(description="La date, aussi précise que la source.", examples=["2024-05"])]
    texte: Annotated[Court, Field(description="Ce qui se passe.", examples=["Recrutement de la directrice"])]


class Element(Entite):
    """An item of a detailed section."""

    titre: Annotated[Court | None, Field(description="Titre court de l'élément, s'il en a un.", examples=["Foncier et investissement"])] = None
    texte: Annotated[Long, Field(description="Le contenu, avec vos propres mots.", examples=["Comprendre les freins immobiliers."])]


class Rubrique(Source):
    """A detailed section, for what only this case has: axes, steps, works."""

    titre: Annotated[Court, Field(description="Titre de la rubrique.", examples=["Six axes d'action"])]
    introduction: Annotated[Phrase200 | None, Field(description="Une phrase pour situer la liste.", examples=["Selon la brochure, vers 2015."])] = None
    ordonnee: Annotated[str | None, Field(description="oui si l'ordre compte (des étapes).", examples=["oui"], pattern="^oui$")] = None
    elements: Annotated[tuple[Element, ...], Field(description="Les éléments de la liste.", min_length=1, max_length=20, examples=[[{"texte": "Former les équipes."}]])]


class Procede(Phrase):
    """A contracting mode met in the case without a support of its own."""

    mode: Annotated[Identifiant, Field(description="Identifiant du mode.", examples=["dsp"])]


class Verification(Entite):
    """Somebody confirmed the facts with those concerned, or in a newer source."""

    date: Annotated[DateTexte, Field(description="Jour de la vérification.", examples=["2026-11-21"])]
    par: Annotated[Court, Field(description="Qui a vérifié, en sa qualité.", examples=["Réseau local des crèches associatives"])]
    aupres_de: Annotated[Court, Field(description="Auprès de qui, ou dans quelle source plus récente.", examples=["Mairie d'Anstaing"])]


class Cas(Entite):
    """One case study: one file of `cases/`, one page of the site. Its identifier is the name of the file."""

    titre: Annotated[Court, Field(
        description="Ce qui s'est passé, en une ligne qui commence par le lieu ou le nom.", max_length=110,
        examples=["Anstaing : l'ancienne école devient une crèche associative"])]
    nom: Annotated[Court | None, Field(description="Nom propre de la structure ou de la démarche, s'il est connu.", examples=["Petites Mains Grandes Aventures"])] = None
    alias: Annotated[tuple[Court, ...], Field(description="Autres graphies et noms sous lesquels on le cherche.", examples=[["Mêli-Mêlo"]], max_length=12)] = ()
    type: Annotated[Identifiant, Field(description="Type de cas, dans references/vocabulaires.yml : cas-de-collectivite, demarche ou portrait.", examples=["cas-de-collectivite"])]
    accueils: Annotated[tuple[Identifiant, ...], Field(
        description="Sortes de lieu ou de service, dans references/vocabulaires.yml. Si aucune ne convient, la plus proche.", examples=[["creche-associative"]], min_length=1, max_length=8)]
    lieux: Annotated[tuple[Lieu, ...], Field(
        description="Où cela se passe ; le lieu principal d'abord.", max_length=12,
        examples=[[{"commune": "Anstaing", "insee": "59013", "departement": "59", "source": "rtes-2026"}]])] = ()
    editions: Annotated[tuple[Identifiant, ...], Field(description="Éditions de la fiche source où le cas est imprimé.", examples=[["2026"]], max_length=6)] = ()
    redige_le: Annotated[DateTexte, Field(description="Jour où cette fiche a été écrite.", examples=["2026-11-21"])]
    verifications: Annotated[tuple[Verification, ...], Field(
        description="Vérifications faites auprès des personnes concernées ou dans une source plus récente.", max_length=20,
        examples=[[{"date": "2026-11-21", "par": "Réseau local", "aupres_de": "Mairie d'Anstaing"}]])] = ()
    valable_jusqu_au: Annotated[DateTexte | None, Field(description="Quand le contenu cesse d'être vrai, si on le sait.", examples=["2028-12"])] = None

    habitants: Annotated[tuple[NombreSource, ...], Field(description="Population, si une source la donne.", max_length=4, examples=[[{"valeur": "1600", "source": "rtes-2026"}]])] = ()
    forme: Annotated[tuple[TermeSource, ...], Field(description="Forme juridique de la structure.", max_length=4, examples=[[{"valeur": "association", "source": "rtes-2026"}]])] = ()
    capacite: Annotated[tuple[NombreSource, ...], Field(description="Nombre de places d'accueil.", max_length=4, examples=[[{"valeur": "10", "source": "rtes-2026"}]])] = ()
    surface: Annotated[tuple[NombreSource, ...], Field(description="Surface en m².", max_length=4, examples=[[{"valeur": "120", "source": "rtes-2026"}]])] = ()
    creation: Annotated[tuple[DateSource, ...], Field(description="Création de la structure ou début de la démarche.", max_length=4, examples=[[{"valeur": "2015", "source": "rtes-2026"}]])] = ()
    ouverture: Annotated[tuple[DateSource, ...], Field(description="Ouverture au public.", max_length=4, examples=[[{"valeur": "2025-02", "source": "rtes-2026"}]])] = ()
    sans_objet: Annotated[tuple[Identifiant, ...], Field(
        description="Lignes de la carte d'identité qui n'ont pas de sens pour ce cas : habitants, forme, capacite, surface, creation, ouverture.",
        max_length=6, examples=[["capacite"]])] = ()

    en_bref: Annotated[tuple[Phrase, ...], Field(
        description="L'essentiel en une à trois phrases, pour qui n'a que dix secondes.", min_length=1, max_length=3,
        examples=[[{"texte": "Une commune de 1 600 habitants ouvre une crèche.", "source": "rtes-2026"}]])]
    contexte: Annotated[tuple[Phrase, ...], Field(
        description="D'où vient le projet : besoins, constats, occasion.", max_length=15,
        examples=[[{"texte": "Les familles manquaient de solutions.", "source": "rtes-2026"}]])] = ()
    description: Annotated[tuple[Phrase, ...], Field(
        description="Ce que c'est et comment cela marche.", max_length=20,
        examples=[[{"texte": "La crèche accueille des enfants de 2 mois à 4 ans.", "source": "cress-pdl"}]])] = ()
    gouvernance: Annotated[tuple[Phrase, ...], Field(
        description="Qui décide, qui gère, qui emploie.", max_length=10,
        examples=[[{"texte": "Une association de parents gère la crèche.", "source": "rtes-2026"}]])] = ()
    equipe: Annotated[tuple[Phrase, ...], Field(description="Qui y travaille.", max_length=10, examples=[[{"texte": "L'équipe compte cinq personnes.", "source": "rtes-2021"}]])] = ()
    leviers: Annotated[tuple[LevierMontre, ...], Field(
        description="Leviers que le cas montre, et ce que la collectivité a fait pour chacun. Liste vide « [] » si aucune source ne dit ce qu'elle a fait.",
        max_length=6, examples=[[{"levier": "creation", "editions": ["2026"], "actions": [
            {"verbe": "Étudier", "texte": "La commune fait mesurer les besoins.", "source": "rtes-2026"}]}]])]
    soutiens: Annotated[tuple[Soutien, ...], Field(
        description="Chaque soutien public : argent, local, poste, places.", max_length=20,
        examples=[[{"nature": "subvention-annuelle", "financeur": "Commune d'Anstaing", "montant": "25000", "source": "rtes-2026"}]])] = ()
    modes: Annotated[tuple[Procede, ...], Field(
        description="Modes de contractualisation présents dans le cas sans soutien chiffrable.", max_length=8,
        examples=[[{"mode": "dsp", "texte": "Une réponse commune est essayée.", "source": "reso-solidaire-35"}]])] = ()
    acteurs: Annotated[tuple[Acteur, ...], Field(
        description="Qui prend part au cas, et comment.", max_length=40,
        examples=[[{"nom": "Commune d'Anstaing", "type": "commune", "roles": ["initiateur"], "source": "rtes-2026"}]])] = ()
    jalons: Annotated[tuple[Jalon, ...], Field(description="Les étapes datées.", max_length=20, examples=[[{"date": "2024-05", "texte": "Recrutement", "source": "rtes-2026"}]])] = ()
    resultats: Annotated[tuple[Phrase, ...], Field(description="Ce que cela a donné.", max_length=10, examples=[[{"texte": "Une seconde crèche a ouvert.", "source": "rtes-2026"}]])] = ()
    chiffres: Annotated[tuple[Chiffre, ...], Field(
        description="Chiffres propres au cas.", max_length=20,
        examples=[[{"libelle": "Enfants accueillis", "valeur": "150", "precision": "plus-de", "source": "pope-brochure"}]])] = ()
    rubriques: Annotated[tuple[Rubrique, ...], Field(
        description="Listes détaillées propres au cas.", max_length=10,
        examples=[[{"titre": "Étapes", "source": "rtes-2026", "elements": [{"texte": "Former."}]}]])] = ()
    divergences: Annotated[tuple[Divergence, ...], Field(
        description="Points sur lesquels les sources ne disent pas la même chose (en plus des valeurs multiples de la carte d'identité).",
        max_length=10, examples=[[{"sujet": "Nom", "valeurs": [{"valeur": "A", "source": "rtes-2026"}, {"valeur": "B", "source": "rtes-2021"}]}]])] = ()
    changements: Annotated[tuple[Phrase, ...], Field(
        description="Ce qui a changé d'une édition à l'autre.", max_length=12,
        examples=[[{"texte": "L'édition 2026 ne cite plus les places réservées.", "source": "rtes-2021"}]])] = ()
    complements: Annotated[tuple[Phrase, ...], Field(
        description="Faits venus d'autres documents que ceux de départ, donnés à part.", max_length=12,
        examples=[[{"texte": "Le site de la crèche écrit « Mêli-Mêlo ».", "source": "creche-melimelo"}]])] = ()
    inconnues: Annotated[tuple[Phrase200, ...], Field(
        description="Ce que les sources ne disent pas et qu'on aimerait savoir. Au moins une ligne.", min_length=1, max_length=25,
        examples=[["Le coût des travaux."]])]
    ressources: Annotated[tuple[Identifiant, ...], Field(description="Ressources du site à lire ensuite.", max_length=10, examples=[["deniche-118"]])] = ()
