"""The sourced values: a fact is never bare, it names the document it comes from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from macros.model.values import Court, DateTexte, Entite, Identifiant, Long, Nombre, Phrase200

Statut = Literal["cite", "deduit", "calcule", "redaction"]


class Source(Entite):
    """What every fact carries: the document that says it, and how."""

    source: Annotated[Identifiant, Field(
        description="Document qui le dit : son identifiant dans references/sources.yml. S'il y en a plusieurs, le plus récent.",
        examples=["rtes-2026"])]
    aussi: Annotated[tuple[Identifiant, ...], Field(
        description="Autres documents qui disent la même chose.", examples=[["rtes-2021"]], max_length=10)] = ()
    passage: Annotated[Court | None, Field(
        description="Où le trouver dans le document : page, titre de partie.", examples=["page 12"])] = None
    statut: Annotated[Statut, Field(
        description="cite : la source le dit ; deduit : on le lit entre les lignes ; calcule : on l'obtient par un calcul ; "
        "redaction : choix de la rédaction.", examples=["deduit"])] = "cite"
    reserve: Annotated[Phrase200 | None, Field(
        description="Précaution à lire avec le fait : ce que la source ne dit pas, un doute, une confusion à éviter.",
        examples=["la source ne dit pas si ce nombre comprend la micro-crèche"])] = None

    @property
    def sources(self) -> tuple[str, ...]:
        """Every document that says it, the most recent first."""
        return (self.source, *self.aussi)


class Phrase(Source):
    """One sentence or paragraph, and its source."""

    texte: Annotated[Long, Field(
        description="Une idée, en phrases courtes, avec vos propres mots. Paragraphes, *emphase*, listes et liens sont permis.",
        examples=["La commune prête l'ancienne école et paie les travaux."])]


class Action(Phrase):
    """What was or can be done: a verb, then a sentence."""

    verbe: Annotated[Court, Field(
        description="Ce qui est fait, en un verbe ou deux, à l'infinitif.", examples=["Étudier", "Mettre un local à disposition"], max_length=60)]


class Moyen(Action):
    """A step a municipality can take, and who can take it."""

    qui: Annotated[tuple[Identifiant, ...], Field(
        description="Qui peut le faire, seulement si la source le dit : commune, intercommunalite, departement.",
        examples=[["commune"]], max_length=4)] = ()
    mode: Annotated[Identifiant | None, Field(
        description="Mode de contractualisation ou de soutien employé, s'il y en a un.", examples=["appel-a-projets"])] = None


class NombreSource(Source):
    """A number and its source."""

    valeur: Annotated[Nombre, Field(description="Le nombre, en chiffres.", examples=["10"])]
    precision: Annotated[Literal["exact", "environ", "plus-de", "pres-de"], Field(
        description="exact, environ, plus-de ou pres-de, comme la source.", examples=["plus-de"])] = "exact"
    annee: Annotated[DateTexte | None, Field(description="L'année dont parle la source.", examples=["2025"])] = None
    objet: Annotated[Court | None, Field(description="Ce qui est compté, si ce n'est pas évident.", examples=["local seul"])] = None


class DateSource(Source):
    """A date and its source."""

    valeur: Annotated[DateTexte, Field(
        description="La date, aussi précise que la source : 2009, 2018-12, 2021-T1, « début 2021 », « vers 2015 ».", examples=["2025-02"])]
    objet: Annotated[Court | None, Field(description="Ce qui arrive à cette date, si ce n'est pas évident.", examples=["regroupement des fondateurs"])] = None


class TexteSource(Source):
    """A short quality and its source."""

    valeur: Annotated[Court, Field(description="La qualité, en quelques mots.", examples=["Association de parents"])]
    objet: Annotated[Court | None, Field(description="Ce que la source désigne ainsi, s'il faut le dire.", examples=["graphie du titre"])] = None


class TermeSource(Source):
    """A word of a controlled list, and its source."""

    valeur: Annotated[Identifiant, Field(description="Un identifiant de references/vocabulaires.yml.", examples=["association"])]
    objet: Annotated[Court | None, Field(description="Précision, si le mot ne suffit pas.", examples=["association de parents"])] = None


class Chiffre(Source):
    """A counted thing: how many, of what, over what, when."""

    libelle: Annotated[Court, Field(description="Ce qui est compté, en toutes lettres.", examples=["Enfants accueillis"])]
    valeur: Annotated[Nombre, Field(description="Le nombre, en chiffres.", examples=["150"])]
    unite: Annotated[Court | None, Field(description="L'unité : %, €, € par an, m², salariés…", examples=["%"], max_length=40)] = None
    de: Annotated[Court | None, Field(
        description="Pour une part, de quoi : le dénominateur. Obligatoire avec l'unité %.", examples=["des établissements d'accueil du jeune enfant"])] = None
    precision: Annotated[Literal["exact", "environ", "plus-de", "pres-de"], Field(
        description="exact, environ, plus-de ou pres-de, comme la source.", examples=["plus-de"])] = "exact"
    annee: Annotated[DateTexte | None, Field(description="L'année dont parle la source ; sinon la page dira « date non précisée ».", examples=["vers 2015"])] = None
    perimetre: Annotated[Court | None, Field(description="Le territoire ou l'ensemble compté.", examples=["Pays de la Loire"])] = None
    calcul: Annotated[Court | None, Field(description="L'opération, pour un chiffre calculé.", examples=["2 × 25 000 €"])] = None


class Divergence(Entite):
    """A point on which sources do not agree: every value, each with its source."""

    sujet: Annotated[Court, Field(description="Sur quoi les sources divergent.", examples=["Année de création"])]
    valeurs: Annotated[tuple[TexteSource, ...], Field(
        description="Chaque valeur avec sa source, la source la plus récente d'abord.", min_length=2, max_length=6,
        examples=[[{"valeur": "2015", "source": "rtes-2026"}, {"valeur": "2014", "source": "pope-brochure"}]])]
    commentaire: Annotated[Phrase200 | None, Field(
        description="Ce qu'il faut savoir pour lire l'écart, sans trancher.", examples=["Aucun document ne permet de choisir."])] = None
