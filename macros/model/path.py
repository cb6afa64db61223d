"""The guided path: from a situation, by questions, to one or two levers and a first step."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from macros.model.values import Court, Entite, Identifiant


class Reponse(Entite):
    """An answer to a question, and the step it leads to."""

    texte: Annotated[Court, Field(description="La réponse, comme la dirait une élue ou un élu.", examples=["Nous avons un local vide"], max_length=80)]
    precision: Annotated[Court | None, Field(description="Une courte précision pour choisir, sans chiffre ni fait.", examples=["Il faudrait des travaux."], max_length=120)] = None
    vers: Annotated[Identifiant, Field(description="Étape où mène la réponse : un identifiant de ce fichier.", examples=["local-vide"])]


class PremierPas(Entite):
    """A first step: one of the steps that a lever already tells, with its source. Nothing is written here a second time."""

    levier: Annotated[Identifiant, Field(description="Levier d'où vient le geste.", examples=["locaux"])]
    verbe: Annotated[Court, Field(description="Verbe du geste, exactement comme dans les « moyens » de ce levier.", examples=["Mettre un local à disposition"], max_length=60)]


class Etape(Entite):
    """A page of the path: a question with its answers, or an arrival with levers, a first step and close cases."""

    titre: Annotated[Court, Field(description="La situation en quelques mots : titre de la page et du fil d'Ariane.", examples=["Un local vide"], max_length=70)]
    question: Annotated[Court | None, Field(description="La question posée. Absente d'une arrivée.", examples=["Savez-vous qui pourrait l'occuper ?"], max_length=80)] = None
    reponses: Annotated[tuple[Reponse, ...], Field(
        description="Les réponses possibles, deux au moins. Absentes d'une arrivée.", max_length=12,
        examples=[[{"texte": "Oui, et il est prêt", "vers": "local-pret"}]])] = ()
    leviers: Annotated[tuple[Identifiant, ...], Field(description="Pour une arrivée : un ou deux leviers, le plus utile d'abord.", max_length=2, examples=[["locaux"]])] = ()
    premier_pas: Annotated[PremierPas | None, Field(
        description="Pour une arrivée : par quoi commencer.", examples=[{"levier": "locaux", "verbe": "Mettre un local à disposition"}])] = None
    cas: Annotated[tuple[Identifiant, ...], Field(
        description="Pour une arrivée : des cas proches, qui montrent un de ces leviers.", max_length=4, examples=[["anstaing"]])] = ()
