"""A case told in the issue form of the repository → a file of `cases/`, to be read again and completed.

What fits a field goes into it; the rest stays in comments, beside the field it may fill. Nothing is guessed about sources: each one waits,
empty, and the checks name it, unless the person who reads the story gives one.
"""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from macros.blank import SCHEMA_LINE, NewCaseRefused, new_path
from macros.catalogue import Catalogue
from macros.folders import Folders
from macros.model.values import plain
from macros.register import Commune, register

QUESTIONS = {
    "lieu": "Où ?", "quoi": "Quoi ?", "actions": "Qu'a fait la commune ou le groupement ?", "acteurs": "Qui prend part, et dans quel rôle ?",
    "soutiens": "Quels soutiens publics ?", "reperes": "Depuis quand, combien de places, quelle forme juridique ?", "resultats": "Qu'est-ce que cela a donné ?",
    "sources": "D'où le savez-vous ?", "organisme": "Au nom de quel organisme répondez-vous ?", "accords": "Accords",
}
"""Identifier → question, as .github/ISSUE_TEMPLATE/raconter-un-cas.yml asks them."""
WAITING = {
    "acteurs": ("acteurs", "Qui prend part, et dans quel rôle."), "soutiens": ("soutiens", "Les soutiens publics : qui donne quoi, combien, quand."),
    "reperes": ("capacite, forme, ouverture", "La date d'ouverture, le nombre de places et la forme juridique."), "resultats": ("resultats", "Ce que cela a donné."),
}
"""Answer → the fields it may fill, and what is unknown when there is no answer."""
NOTHING = ("", "_no response_", "_aucune réponse_", "je ne sais pas", "je ne sais pas.")


def answers(story: str) -> dict[str, str]:
    """The text of an issue → answers by question; unknown headings are left in the answer they stand in."""
    asked = {question: key for key, question in QUESTIONS.items()}
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in story.replace("\r\n", "\n").split("\n"):
        key = asked.get(line.removeprefix("### ").strip().replace("’", "'")) if line.startswith("### ") else None
        if key:
            current = found.setdefault(key, [])
        else:
            current.append(line)
    told = {key: "\n".join(lines).strip() for key, lines in found.items()}
    return {key: "" if text.lower() in NOTHING else text for key, text in told.items()}


def tell(identifier: str, story: str, source: str, catalogue: Catalogue, where: Folders) -> Path:
    """Write the file of a story; refused like a blank one when its name is taken or ill-formed, or when nothing is recognised."""
    path = new_path(identifier, where)
    told = answers(story)
    if not told.get("quoi") and not told.get("lieu"):
        raise NewCaseRefused("ce texte n'est pas un récit du formulaire « Raconter un cas » : on n'y trouve ni « ### Où ? » ni « ### Quoi ? »")
    where.cases.mkdir(parents=True, exist_ok=True)
    path.write_text(written(told, source, catalogue, datetime.date.today()), encoding="utf-8")
    return path


def written(told: dict[str, str], source: str, catalogue: Catalogue, today: datetime.date) -> str:
    """The text of the file."""
    place = commune_of(told.get("lieu", ""))
    kinds = [key for key, word in catalogue.vocabulaires["accueils"].items() if plain(word.nom) in plain(told.get("quoi", ""))]
    kept = [key for key in kinds if not any(key != other and key in other for other in kinds)]
    lines = [SCHEMA_LINE, "# Tiré d'un récit : relisez tout avec les documents, complétez ce qui est vide, effacez ces notes.", *_note("Documents cités", told.get("sources", "")),
             *_note("Répond au nom de", told.get("organisme", "")), ""]
    lines += [f"titre: {_text(_title(told, place))}", "type: cas-de-collectivite", f"accueils: [{', '.join(kept) or _text('')}]"]
    if place:
        codes = [f'    {field}: "{getattr(place, field)}"' for field in ("insee", "departement", "region")]
        lines += ["lieux:", f"  - commune: {_text(place.nom)}", *codes, f"    source: {_text(source)}"]
    else:
        lines += _note("Lieu, à chercher dans le registre (champ lieux)", told.get("lieu", ""))
    lines += [f'redige_le: "{today.isoformat()}"', "", "en_bref:", f"  - texte: {_text(told.get('quoi', ''))}", f"    source: {_text(source)}", ""]
    lines += ["leviers:", '  - levier: ""', '    remarque: ""', *_actions(told.get("actions", ""), source), ""]
    for key, (fields, _) in WAITING.items():
        lines += _note(f"À ranger dans : {fields}", told.get(key, ""))
    unknown = [sentence for key, (_, sentence) in WAITING.items() if not told.get(key)] or [""]
    return "\n".join([*lines, "", "inconnues:", *(f"  - {_text(sentence)}" for sentence in unknown)]) + "\n"


def commune_of(text: str) -> Commune | None:
    """« Anstaing, Nord », « Anstaing (59) » → the commune of the register; nothing when it is not one and only one."""
    name, *rest = re.split(r"[,(\n]", text, maxsplit=1)
    official, county = register(), plain("".join(rest)).strip(" ).")
    wanted = re.sub(r"[^a-z0-9]+", " ", plain(name)).strip()
    found = [commune for commune in map(official.commune, official.communes) if commune and re.sub(r"[^a-z0-9]+", " ", plain(commune.nom)).strip() == wanted]
    near = [commune for commune in found if county in (commune.departement.lower(), plain(official.departements[commune.departement][0]))]
    kept = near if county else found
    return kept[0] if len(kept) == 1 else None


def _title(told: dict[str, str], place: Commune | None) -> str:
    where = place.nom if place else re.split(r"[,(\n]", told.get("lieu", ""), maxsplit=1)[0].strip()
    first = re.split(r"(?<=[.!?])\s|\n", told.get("quoi", ""), maxsplit=1)[0].rstrip(".")
    return f"{where} : {first[:1].lower()}{first[1:]}"[:110].rstrip()


def _actions(text: str, source: str) -> list[str]:
    """« Loger : la commune prête l'ancienne école. » → a verb and a sentence; other lines wait in comments."""
    kept: list[str] = []
    others: list[str] = []
    for line in filter(None, (line.strip(" -*•\t") for line in text.split("\n"))):
        verb, colon, sentence = line.partition(":")
        if colon and sentence.strip() and len(verb.split()) <= 6:
            told = sentence.strip()
            kept += [f"      - verbe: {_text(verb.strip())}", f"        texte: {_text(told[:1].upper() + told[1:])}", f"        source: {_text(source)}"]
        else:
            others.append(line)
    return [*(["    actions:", *kept] if kept else []), *(f"    {line}" for line in _note("À ranger en verbe et phrase", "\n".join(others)))]


def _note(title: str, text: str) -> list[str]:
    """An answer kept in comments."""
    return [f"# {title} :", *(f"#   {line.strip()}" for line in text.split("\n") if line.strip())] if text else []


def _text(text: str) -> str:
    """One text between quotes, on one line."""
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
