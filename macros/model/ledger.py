"""The ledger of published addresses: what was once public, and what became of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from macros.model.values import Court, DateTexte, Entite, Phrase200, _one_line

Chemin = Annotated[str, BeforeValidator(_one_line), StringConstraints(pattern=r"^[a-z0-9_.-]*(/[a-z0-9_.-]+)*/?(#[A-Za-z0-9_-]+)?$", max_length=160)]
"""An address of the site, from its root, without leading slash: `cas/anstaing/`, `glossaire/#sieg`."""


class Adresse(Entite):
    """One published address and, when it no longer answers by itself, what became of it."""

    adresse: Annotated[Chemin, Field(description="Adresse publiée, depuis la racine du site.", examples=["cas/anstaing/"])]
    depuis: Annotated[DateTexte, Field(description="Jour où elle a été publiée.", examples=["2026-11-21"])]
    ancres: Annotated[tuple[Court, ...], Field(description="Titres de la page vers lesquels un lien peut mener.", examples=[["soutiens"]], max_length=400)] = ()
    deplace_vers: Annotated[Chemin | None, Field(description="Nouvelle adresse du même contenu.", examples=["cas/histoire-de-bulles/"])] = None
    fusionne_dans: Annotated[Chemin | None, Field(description="Adresse de la fiche où ce contenu a été réuni à un autre.", examples=["cas/histoire-de-bulles/"])] = None
    partage_en: Annotated[tuple[Chemin, ...], Field(description="Adresses entre lesquelles le contenu a été partagé.", examples=[["cas/un/", "cas/deux/"]], max_length=12)] = ()
    retire_le: Annotated[DateTexte | None, Field(description="Jour du retrait.", examples=["2027-03-01"])] = None
    remplace_par: Annotated[tuple[Chemin, ...], Field(description="Après un retrait, adresses qui peuvent servir à la place.", examples=[["cas/anstaing/"]], max_length=12)] = ()
    pourquoi: Annotated[Phrase200 | None, Field(
        description="Pourquoi, en une phrase que le lecteur verra. Obligatoire pour un retrait.", examples=["La commune a demandé le retrait."])] = None
    le: Annotated[DateTexte | None, Field(description="Jour du déplacement, de la fusion ou du partage.", examples=["2027-03-01"])] = None

    @property
    def finie(self) -> bool:
        """Whether the address no longer answers by itself."""
        return bool(self.deplace_vers or self.fusionne_dans or self.partage_en or self.retire_le)

    @property
    def suites(self) -> tuple[str, ...]:
        """Where the content went, or what may serve instead."""
        single = self.deplace_vers or self.fusionne_dans
        return (single,) if single else self.partage_en or self.remplace_par


class Registre(Entite):
    """The whole ledger: `references/adresses.yml`."""

    adresses: Annotated[tuple[Adresse, ...], Field(description="Toutes les adresses publiées, la plus ancienne d'abord.", examples=[[{"adresse": "cas/anstaing/", "depuis": "2026-11-21"}]])]
