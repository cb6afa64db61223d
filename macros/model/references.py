"""What editors keep in `references/`: sources, networks, modes, figures, words, resources, editions, corrections."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, model_validator

from macros.model.facts import Chiffre, Phrase, TexteSource
from macros.model.values import Adresse, Court, DateTexte, Entite, Identifiant, Nombre, Ouinon, Phrase200, refused

EtatDuLien = Literal["en-ligne", "non-verifie", "lien-a-retrouver", "disparue", "hors-ligne"]


class Document(Entite):
    """A source: one of the five documents the project starts from, or a document from outside."""

    titre: Annotated[Court, Field(description="Titre exact.", examples=["Économie sociale et solidaire, petite enfance & famille"])]
    court: Annotated[Court, Field(description="Nom court, pour les notes.", max_length=80, examples=["RTES, 2026"])]
    editeur: Annotated[Court, Field(description="Qui l'a publié.", examples=["RTES"])]
    editeur_certitude: Annotated[Court | None, Field(description="D'où l'on tient l'éditeur, s'il n'est pas écrit.", examples=["déduit d'une mention de la fiche"])] = None
    date: Annotated[DateTexte | None, Field(description="Date de publication ; absente si elle n'est pas connue.", examples=["2026-01"])] = None
    date_certitude: Annotated[Phrase200 | None, Field(description="D'où l'on tient la date, si elle n'est pas écrite.", examples=["déduite des ressources citées"])] = None
    nature: Annotated[Court, Field(description="Ce que c'est.", examples=["fiche thématique pour élus et élues"])]
    fonds: Annotated[Literal["documents", "exterieur"], Field(
        description="documents : une des sources de départ ; exterieur : tout le reste, toujours marqué comme tel.", examples=["exterieur"])]
    url: Annotated[Adresse | None, Field(description="Adresse de la page, seulement si elle est connue.", examples=["https://www.legifrance.gouv.fr/"])] = None
    archive: Annotated[Adresse | None, Field(description="Adresse d'une copie conservée.", examples=["https://web.archive.org/web/2026/https://exemple.fr/"])] = None
    lien: Annotated[EtatDuLien, Field(
        description="en-ligne, non-verifie (adresse connue, pas contrôlée en direct), lien-a-retrouver, disparue ou hors-ligne (jamais publié en ligne : délibération, entretien).",
        examples=["lien-a-retrouver"])]
    consulte_le: Annotated[DateTexte | None, Field(description="Jour où la page a été lue.", examples=["2026-11-21"])] = None
    resume: Annotated[Phrase200 | None, Field(description="Ce qu'on y trouve, en une phrase.", examples=["Cinq leviers et sept cas."])] = None
    reserves: Annotated[tuple[Phrase200, ...], Field(description="Ce qu'il faut savoir avant de s'y fier.", max_length=12, examples=[["Le document n'est pas daté."]])] = ()


class Edition(Entite):
    """An edition of the fiche the project starts from."""

    titre: Annotated[Court, Field(description="Nom de l'édition.", examples=["Édition 2026"])]
    document: Annotated[Identifiant, Field(description="La source correspondante.", examples=["rtes-2026"])]
    numero: Annotated[Court | None, Field(description="Numéro imprimé, s'il y en a un.", examples=["15"])] = None
    date: Annotated[TexteSource, Field(description="Date et comment on la connaît.", examples=[{"valeur": "début 2026", "source": "rtes-2026"}])]
    introduction: Annotated[tuple[Phrase, ...], Field(description="Ce que dit son introduction.", max_length=8, examples=[[{"texte": "L'ESS accueille.", "source": "rtes-2026"}]])]
    changements: Annotated[tuple[Phrase, ...], Field(
        description="Ce qu'elle change par rapport à la précédente.", max_length=20,
        examples=[[{"texte": "Deux leviers nouveaux.", "source": "rtes-2026"}]])] = ()


class Reseau(Entite):
    """A network, a federation or a public body that the sources name."""

    nom: Annotated[Court, Field(description="Nom exact.", examples=["Réseau local"])]
    sigle: Annotated[Court | None, Field(description="Sigle.", examples=["ACEPP"], max_length=20)] = None
    echelon: Annotated[Identifiant, Field(description="Échelon, dans references/vocabulaires.yml.", examples=["national"])]
    territoire: Annotated[Court | None, Field(description="Territoire couvert.", examples=["Pays de la Loire"])] = None
    echelon_de: Annotated[Identifiant | None, Field(description="Le réseau dont c'est un échelon.", examples=["acepp"])] = None
    alias: Annotated[tuple[Court, ...], Field(description="Autres graphies.", examples=[["Réso solidaire"]], max_length=8)] = ()
    presentation: Annotated[tuple[Phrase, ...], Field(description="Ce qu'en disent les sources.", min_length=1, max_length=12, examples=[[{"texte": "Il fédère.", "source": "cress-pdl"}]])]
    chiffres: Annotated[tuple[Chiffre, ...], Field(description="Ses chiffres.", max_length=10, examples=[[{"libelle": "Bénévoles", "valeur": "3000", "source": "cress-pdl"}]])] = ()
    distinguer: Annotated[tuple[Phrase, ...], Field(description="Avec quoi ne pas le confondre.", max_length=4, examples=[[{"texte": "Trois entités.", "source": "cress-pdl"}]])] = ()
    complements: Annotated[tuple[Phrase, ...], Field(description="Faits extérieurs aux sources de départ.", max_length=6, examples=[[{"texte": "Nom officiel.", "source": "usage"}]])] = ()
    inconnues: Annotated[tuple[Phrase200, ...], Field(description="Ce que les sources ne disent pas.", max_length=8, examples=[["Son adresse."]])] = ()


class Mode(Entite):
    """A contracting or support mode, described on the same lines as the others."""

    nom: Annotated[Court, Field(description="Nom usuel.", examples=["Délégation de service public"])]
    sigle: Annotated[Court | None, Field(description="Sigle.", examples=["DSP"], max_length=20)] = None
    famille: Annotated[Identifiant, Field(description="Famille, dans references/vocabulaires.yml.", examples=["contractualisation"])]
    rang: Annotated[Nombre, Field(description="Ordre dans les listes.", examples=["1"])]
    definition: Annotated[tuple[Phrase, ...], Field(description="Ce que c'est.", max_length=6, examples=[[{"texte": "Une aide.", "source": "rtes-2021"}]])] = ()
    initiative: Annotated[tuple[Phrase, ...], Field(description="Qui est à l'origine.", max_length=6, examples=[[{"texte": "L'association.", "source": "rtes-2021"}]])] = ()
    securise: Annotated[tuple[Phrase, ...], Field(description="Ce qu'il sécurise.", max_length=6, examples=[[{"texte": "La durée.", "source": "rtes-2026"}]])] = ()
    temps: Annotated[tuple[Phrase, ...], Field(description="Ce qu'il demande de temps et de procédure.", max_length=6, examples=[[{"texte": "Une délibération.", "source": "rtes-2021"}]])] = ()
    vigilance: Annotated[tuple[Phrase, ...], Field(description="À surveiller.", max_length=6, examples=[[{"texte": "La concurrence.", "source": "rtes-2021"}]])] = ()
    recit: Annotated[tuple[Phrase, ...], Field(
        description="Ce qu'en dit chaque source, de la plus récente à la plus ancienne.", max_length=12, examples=[[{"texte": "Cité en 2021.", "source": "rtes-2021"}]])] = ()
    inconnues: Annotated[tuple[Phrase200, ...], Field(description="Ce que les sources ne disent pas.", max_length=8, examples=[["Sa durée."]])] = ()
    ressources: Annotated[tuple[Identifiant, ...], Field(description="À lire ensuite.", max_length=8, examples=[["reperess-2026"]])] = ()


class ChiffreCle(Chiffre):
    """A key figure of the site."""

    theme: Annotated[Identifiant, Field(description="Groupe d'affichage, dans references/vocabulaires.yml.", examples=["france"])]
    rang: Annotated[Nombre, Field(description="Ordre dans le groupe.", examples=["1"])]
    ne_pas_comparer: Annotated[tuple[Identifiant, ...], Field(description="Chiffres à ne pas rapprocher de celui-ci.", max_length=8, examples=[["fr-part-eaje"]])] = ()
    pourquoi_pas: Annotated[Phrase200 | None, Field(description="Pourquoi ne pas les rapprocher.", examples=["Les dénominateurs diffèrent."])] = None
    complements: Annotated[tuple[Phrase, ...], Field(
        description="Faits venus d'autres documents que ceux de départ.", max_length=4, examples=[[{"texte": "Le Département publie le même chiffre.", "source": "ext-usage"}]])] = ()
    historique: Annotated[Ouinon, Field(description="oui si le chiffre est ancien et gardé pour mémoire.", examples=["oui"])] = False


class Terme(Entite):
    """A word or an acronym of the field."""

    terme: Annotated[Court, Field(description="Le mot, ou le développement du sigle.", examples=["service d'intérêt économique général"])]
    sigle: Annotated[Court | None, Field(description="Le sigle.", examples=["SIEG"], max_length=20)] = None
    definition: Annotated[tuple[Phrase, ...], Field(description="Ce que cela veut dire, simplement.", min_length=1, max_length=8, examples=[[{"texte": "Une mission.", "source": "rtes-2021"}]])]
    synonymes: Annotated[tuple[Court, ...], Field(description="Mots que les gens emploient.", max_length=12, examples=[["garderie"]])] = ()
    mode: Annotated[Identifiant | None, Field(description="Le mode correspondant.", examples=["sieg"])] = None
    reseau: Annotated[Identifiant | None, Field(description="Le réseau correspondant.", examples=["caf"])] = None
    explique: Annotated[Ouinon, Field(description="non si le sigle ne doit pas être développé dans le fil des pages.", examples=["non"])] = True


class Ressource(Entite):
    """A publication that an edition recommends."""

    titre: Annotated[Court, Field(description="Titre exact, corrigé s'il y a lieu.", examples=["Fusion des EPCI, le devenir des EAJE associatifs"])]
    editeur: Annotated[Court, Field(description="Éditeur.", examples=["RTES"])]
    editeur_certitude: Annotated[Court | None, Field(description="D'où l'on tient l'éditeur.", examples=["déduit du contexte"])] = None
    reseau: Annotated[Identifiant | None, Field(description="Le réseau éditeur.", examples=["rtes"])] = None
    date: Annotated[DateTexte | None, Field(description="Date de publication.", examples=["2026-01"])] = None
    numero: Annotated[Court | None, Field(description="Numéro.", examples=["118"])] = None
    type: Annotated[Court, Field(description="Ce que c'est : étude, fiche, plaquette…", examples=["étude"])]
    editions: Annotated[tuple[Identifiant, ...], Field(description="Éditions qui la citent.", min_length=1, max_length=6, examples=[["2026"]])]
    presentation: Annotated[tuple[Phrase, ...], Field(description="Ce qu'on en sait.", min_length=1, max_length=6, examples=[[{"texte": "Une étude.", "source": "rtes-2021"}]])]
    leviers: Annotated[tuple[Identifiant, ...], Field(description="Leviers dont elle traite.", max_length=6, examples=[["contractualisation"]])] = ()
    url: Annotated[Adresse | None, Field(description="Adresse, seulement si elle est connue.", examples=["https://www.rtes.fr/"])] = None
    archive: Annotated[Adresse | None, Field(description="Copie conservée.", examples=["https://web.archive.org/web/2026/https://exemple.fr/"])] = None
    lien: Annotated[EtatDuLien, Field(
        description="en-ligne, non-verifie (adresse connue, pas contrôlée en direct), lien-a-retrouver, disparue ou hors-ligne (jamais publié en ligne : délibération, entretien).",
        examples=["lien-a-retrouver"])]


class Temoignage(Entite):
    """Reported speech of a person in a public role at the date of the source."""

    personne: Annotated[Court, Field(description="Nom de la personne.", examples=["Yannig Robin"])]
    fonction: Annotated[Court, Field(description="Fonction publique à la date de la source.", examples=["maire de Plouguerneau"])]
    a_la_date: Annotated[DateTexte, Field(description="Date à laquelle la fonction est donnée.", examples=["vers 2021"])]
    accord: Annotated[Phrase200 | None, Field(
        description="Quand et comment la personne a accepté d'être citée. Obligatoire si son propos n'est dans aucun document publié.", examples=["par courriel, le 3 décembre 2026"])] = None
    propos: Annotated[tuple[Phrase, ...], Field(description="Ce qui est dit, rapporté avec nos mots.", min_length=1, max_length=10, examples=[[{"texte": "Selon lui…", "source": "rtes-2021"}]])]
    fragment: Annotated[Court | None, Field(description="Fragment exact de moins de dix mots.", examples=["une réelle complexité"])] = None
    contexte: Annotated[Phrase200 | None, Field(description="De quoi il parle, et quand.", examples=["Au moment de la crise sanitaire."])] = None
    cas: Annotated[Identifiant | None, Field(description="Cas concerné.", examples=["plouguerneau"])] = None
    leviers: Annotated[tuple[Identifiant, ...], Field(description="Leviers éclairés.", max_length=4, examples=[["cooperation"]])] = ()
    modes: Annotated[tuple[Identifiant, ...], Field(description="Modes éclairés.", max_length=4, examples=[["sieg"]])] = ()


class Correction(Entite):
    """Something the site writes otherwise than the source."""

    document: Annotated[Identifiant, Field(description="La source.", examples=["rtes-2026"])]
    ou: Annotated[Court, Field(description="Où, dans le document.", examples=["ressources"])]
    lu: Annotated[Court, Field(description="Ce qu'on y lit.", examples=["démarcher"])]
    ecrit: Annotated[Court, Field(description="Ce que le site écrit.", examples=["démarchandiser"])]
    certitude: Annotated[Court, Field(description="À quel point c'est sûr.", examples=["certaine"])]
    pourquoi: Annotated[Phrase200, Field(description="D'où l'on tient la correction.", examples=["Titre réel de la note."])]


class Repere(Entite):
    """A legal or practical landmark from outside the five documents, written once and cited by several pages."""

    titre: Annotated[Court, Field(description="La règle en une ligne.", max_length=120, examples=["Au-delà de 23 000 €, une convention est obligatoire"])]
    texte: Annotated[Phrase200, Field(description="La règle, en une ou deux phrases simples.", examples=["Au-delà de ce seuil, la commune signe."])]
    source: Annotated[Identifiant, Field(description="Document extérieur où elle a été lue.", examples=["senat-r22-757"])]
    textes_officiels: Annotated[Phrase200 | None, Field(description="Textes de droit cités.", examples=["loi n° 2000-321, art. 10"])] = None
    certitude: Annotated[Literal["haute", "moyenne"], Field(description="haute : peut appuyer une fiche ; moyenne : rangé dans les points de vigilance.", examples=["haute"])]
    precaution: Annotated[Phrase200, Field(description="Ce qui a pu changer, ce qu'il faut vérifier.", examples=["Seuil à vérifier."])]
    theme: Annotated[Identifiant, Field(description="Thème, dans references/vocabulaires.yml.", examples=["subvention"])]
    leviers: Annotated[tuple[Identifiant, ...], Field(description="Leviers concernés.", max_length=6, examples=[["contractualisation"]])] = ()
    modes: Annotated[tuple[Identifiant, ...], Field(description="Modes concernés.", max_length=10, examples=[["subvention"]])] = ()
    termes: Annotated[tuple[Identifiant, ...], Field(description="Mots concernés.", max_length=10, examples=[["sieg"]])] = ()


class Synonymes(Entite):
    """Words of everyday that the search also understands as those of the fiches."""

    mots: Annotated[tuple[Court, ...], Field(description="Ce que les gens tapent. Accents, pluriels et traits d'union sont indifférents.", min_length=1, max_length=12, examples=[["garderie"]])]
    chercher: Annotated[tuple[Court, ...], Field(description="Ce que les fiches écrivent, à chercher aussi.", min_length=1, max_length=6, examples=[["périscolaire"]])]
    reciproque: Annotated[Ouinon, Field(description="oui si le sens contraire est vrai aussi.", examples=["oui"])] = False


class Libelle(Entite):
    """A word of a controlled list."""

    nom: Annotated[Court, Field(description="Ce que le lecteur voit.", examples=["Crèche associative"])]
    pluriel: Annotated[Court | None, Field(description="Au pluriel, s'il sert de titre.", examples=["Crèches associatives"])] = None
    aide: Annotated[Phrase200 | None, Field(description="Quand l'employer.", examples=["Crèche gérée par une association."])] = None


EXAMPLE = re.compile(r"@([^@]+\.)?(example|exemple\.fr)$")
"""Neutral addresses, which reach nobody."""


class Organisme(Entite):
    """Publisher, host or contact of the site."""

    nom: Annotated[Court | None, Field(description="Nom ; « non désigné » tant qu'il est absent.", examples=["Réseau local"])] = None
    adresse: Annotated[Court | None, Field(description="Adresse postale.", examples=["1 place de la Mairie"])] = None
    courriel: Annotated[Court | None, Field(description="Adresse électronique de service.", examples=["contact@exemple.fr"], pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")] = None
    accord: Annotated[Phrase200 | None, Field(
        description="Quand et par qui la publication de cette adresse électronique a été acceptée. Obligatoire avec « courriel ».", examples=["le 3 décembre 2026, par la direction du réseau"])] = None

    @model_validator(mode="after")
    def _with_consent(self) -> Organisme:
        """No address is published without the consent of those who answer it."""
        if self.courriel and not self.accord and not EXAMPLE.search(self.courriel):
            raise refused("cette adresse électronique est donnée sans accord", "ajoutez « accord: … » : quand et par qui sa publication a été acceptée")
        return self


class Reglages(Entite):
    """Settings of the site: the one file where its public identity stands."""

    nom: Annotated[Court, Field(description="Nom du site.", examples=["Petite enfance & ESS"])]
    devise: Annotated[Court, Field(description="Sous-titre.", examples=["Leviers et cas pour les collectivités"])]
    description: Annotated[Phrase200, Field(description="Le site en une phrase.", examples=["Ce que les communes peuvent faire."])]
    adresse: Annotated[Adresse, Field(description="Adresse publique, terminée par « / » (variable SITE_URL).", examples=["https://exemple.fr/"])]
    depot: Annotated[Adresse, Field(description="Adresse du dépôt (variable DEPOT).", examples=["https://exemple.fr/depot"])]
    editeur: Annotated[Organisme, Field(description="Éditeur du site.", examples=[{"nom": "Réseau local"}])] = Organisme()
    directeur: Annotated[Organisme, Field(description="Directeur ou directrice de la publication, que la loi demande de nommer.", examples=[{"nom": "Présidence du réseau local"}])] = Organisme()
    hebergeur: Annotated[Organisme, Field(description="Hébergeur du site.", examples=[{"nom": "Hébergeur"}])] = Organisme()
    contact: Annotated[Organisme, Field(description="À qui écrire.", examples=[{"courriel": "contact@exemple.fr"}])] = Organisme()
