"""A case → what its fiche prints: the same facts as its page, in the same words and the same order."""

from __future__ import annotations

from typing import Any

from macros.catalogue import Catalogue
from macros.model.case import Cas, Lieu, Soutien
from macros.model.facts import Chiffre
from macros.notes import joined
from macros.print import parts
from macros.print.balance import Sheet
from macros.print.marks import OUTSIDE, Marks
from macros.print.parts import Section, link, section
from macros.print.text import Block, Run, blocks, bullets, led, paragraph, quiet, run, unknown
from macros.register import register
from macros.rendering import PRECISIONS, amount, number, plural, quantity
from macros.typography import french

Entry = tuple[str, list[list[Run]]]
"""A line of the identity card: its label, its values."""
VALUED = {"forme": "Forme", "capacite": "Capacité", "surface": "Surface", "creation": "Création", "ouverture": "Ouverture"}
"""Fields of the card that hold sourced values → what they are called."""
UNITS = {"capacite": "places", "surface": "m²"}


def case_sheet(catalogue: Catalogue, identifier: str) -> Sheet:
    """Everything the layout of a case needs."""
    marks = Marks(catalogue, link(catalogue, "cas", identifier))
    sheet = case_content(marks, identifier)
    return parts.completed(sheet, marks, catalogue.etat(identifier), catalogue.cas[identifier].redige_le)


def case_content(marks: Marks, identifier: str) -> Sheet:
    """A case without its sources, which a larger document lists with others."""
    catalogue = marks.catalogue
    case = catalogue.cas[identifier]
    return {
        "kind": french(catalogue.libelle("types", case.type)), "place": french(catalogue.lieu_court(identifier)), "title": french(case.titre),
        "brief": led(run("En bref : ", b=True), marks.flowing(case.en_bref)), "chips": chips(catalogue, identifier), "notice": notice(catalogue, identifier),
        "identity": identity(marks, case, identifier),
        "steps": [{"date": french(step.date.lisible), "said": [run(step.texte), *marks.fact(step)]} for step in sorted(case.jalons, key=lambda step: step.date.cle)],
        "sections": sections(marks, case, identifier),
    }


def chips(catalogue: Catalogue, identifier: str) -> list[dict[str, str]]:
    """Levers, kinds of place, editions."""
    case = catalogue.cas[identifier]
    levers = [{"t": french(catalogue.leviers[shown.levier].titre_court), "u": link(catalogue, "leviers", shown.levier), "k": "lever"} for shown in case.leviers]
    kinds = [{"t": french(catalogue.libelle("accueils", kind)), "k": "kind"} for kind in case.accueils]
    editions = [{"t": f"Édition {edition}", "u": link(catalogue, "editions", f"edition-{edition}"), "k": "edition"} for edition in sorted(case.editions, reverse=True)]
    return [*levers, *kinds, *editions]


def notice(catalogue: Catalogue, identifier: str) -> list[Run]:
    """What to know before reading a case that the current edition no longer prints."""
    last = catalogue.hors_edition_courante(identifier)
    if not last:
        return []
    return [run(f"Édition {last} :", b=True), run(f" ce cas ne figure plus dans l'édition {max(catalogue.editions)}. Il reste ici, tel que la source de l'époque le décrit.")]


def identity(marks: Marks, case: Cas, identifier: str) -> list[Entry]:
    """The identity card, unknown lines included."""
    catalogue = marks.catalogue
    entries: list[Entry] = [("Lieux" if len(case.lieux) > 1 else "Lieu", [_place(marks, place) for place in case.lieux] or [[unknown()]])]
    coded = [place for place in case.lieux if place.insee]
    if coded:
        entries.append(("Codes Insee" if len(coded) > 1 else "Code Insee", [
            [run(place.insee or ""), *([quiet(f" {place.commune}")] if len(coded) > 1 else []), *(marks.mark("ext-registre") if place is coded[-1] else [])] for place in coded]))
    groupings = dict.fromkeys(filter(None, (place.epci or (commune.epci if (commune := register().commune(place.insee or "")) else "") for place in case.lieux)))
    if groupings:
        entries.append(("Intercommunalité", [[run(register().epci[siren]), *marks.mark("ext-registre")] for siren in groupings]))
    entries += _inhabitants(marks, case, identifier)
    entries.append(("Structure", [[run(case.nom) if case.nom else unknown("nom non précisé par les sources")]]))
    missing: list[str] = []
    for name, label in VALUED.items():
        if name not in case.sans_objet:
            values = [[run(_in_words(catalogue, name, item)), *([quiet(f" ({item.objet})")] if item.objet else []), *marks.fact(item)] for item in getattr(case, name)]
            if values:
                entries.append((label, values))
            else:
                missing.append(label.lower())
    if missing:
        entries.append(("Non précisé par les sources", [[unknown(f"{', '.join(missing)}")]]))
    entries.append(("État", [[run(catalogue.etat(identifier))]]))
    if case.valable_jusqu_au:
        entries.append(("Valable jusqu'à", [[run(case.valable_jusqu_au.lisible)]]))
    return [(french(f"{label} : "), values) for label, values in entries]


def _in_words(catalogue: Catalogue, name: str, item: Any) -> str:
    if name == "forme":
        return catalogue.libelle("formes", item.valeur)
    if name in UNITS:
        return f"{PRECISIONS[item.precision]}{number(item.valeur)} {UNITS[name]}"
    return str(item.valeur.lisible)


def _place(marks: Marks, place: Lieu) -> list[Run]:
    names = [marks.catalogue.nom_du_lieu(place)]
    if place.commune:
        names.append(register().departements[place.departement or ""][0])
    names.append(marks.catalogue.region_du_lieu(place))
    return [run(", ".join(filter(None, names))), *([quiet(f" ({place.role})")] if place.role else []), *marks.fact(place)]


def _inhabitants(marks: Marks, case: Cas, identifier: str) -> list[Entry]:
    communes = marks.catalogue.communes(identifier)
    if not communes:
        return []
    said = [[run(f"{PRECISIONS[item.precision]}{number(item.valeur)} selon la source"), *marks.fact(item)] for item in case.habitants]
    official = [[run(f"{number(commune.population)}{f' à {commune.nom}' if len(communes) > 1 else ''}"), quiet(" selon le registre officiel"), *marks.mark("ext-registre")]
                for commune in communes]
    return [("Habitants", [*said, *official])]


def sections(marks: Marks, case: Cas, identifier: str) -> list[Section]:
    """The text of the fiche, in the order of its page."""
    catalogue = marks.catalogue
    found = [_actions(marks, case, identifier), _supports(marks, case.soutiens)]
    if case.modes:
        rows = [{"verb": run(catalogue.modes[item.mode].nom, u=link(catalogue, "modes", item.mode)), "said": marks.said(item)} for item in case.modes]
        found.append(section("modes", "Modes de contractualisation", [{"k": "facts", "rows": rows}]))
    for name, title, place in (("contexte", "D'où vient le projet", "main"), ("description", "Ce que c'est", "main"), ("gouvernance", "Qui décide, qui gère", "free"),
                               ("equipe", "L'équipe", "free"), ("resultats", "Ce que cela a donné", "main")):
        if getattr(case, name):
            found.append(section(name, title, parts.phrases(marks, getattr(case, name)), place))
    if case.chiffres:
        found.append(section("chiffres", "Chiffres", figures(marks, case.chiffres), "free"))
    for rank, item in enumerate(case.rubriques, 1):
        intro = paragraph(run(item.introduction or f"Selon {catalogue.sources[item.source].court}."), *marks.fact(item))
        items = [led(run(f"{element.titre}. ", b=True), blocks(element.texte)) if element.titre else blocks(element.texte)
                 for element in item.elements]
        found.append(section(f"rubrique-{rank}", item.titre, [intro, bullets(items, bool(item.ordonnee))]))
    if case.acteurs:
        found.append(section("acteurs", "Qui prend part", [bullets([_actor(marks, actor) for actor in case.acteurs])], "free"))
    found += [parts.testimony(marks, key) for key, said in catalogue.temoignages.items() if said.cas == identifier]
    found += parts.divergences(marks, catalogue.divergences(case))
    if case.changements:
        found.append(section("changements", "Ce qui a changé d'une édition à l'autre", [parts.points(marks, case.changements)], "free", "change"))
    if case.complements:
        outside = all(marks.is_outside(item) for item in case.complements)
        title = f"Ce qu'on sait par ailleurs{f', {OUTSIDE}' if outside else ''}"
        found.append(section("complements", title, [parts.points(marks, case.complements, not outside)], "free"))
    found.append(parts.unknowns(case.inconnues))
    if case.ressources:
        found.append(section("ressources", "Pour aller plus loin", [parts.resources(marks, case.ressources)], "free"))
    return found


def _actions(marks: Marks, case: Cas, identifier: str) -> Section:
    catalogue = marks.catalogue
    title = "Ce que la commune a fait" if case.type == "cas-de-collectivite" and catalogue.communes(identifier) else "Ce que la collectivité a fait"
    content: list[Block] = []
    for shown in case.leviers:
        content.append({"k": "h", "t": french(catalogue.leviers[shown.levier].titre_court), "u": link(catalogue, "leviers", shown.levier)})
        if shown.actions:
            content.append({"k": "facts", "rows": [{"verb": run(action.verbe), "said": marks.said(action)} for action in shown.actions]})
        why = f"Classé sous ce levier par l'édition {joined(sorted(shown.editions, reverse=True))}." if shown.editions else "Rattachement choisi par la rédaction."
        content.append(paragraph(quiet(f"{why}{f' {shown.remarque}' if shown.remarque else ''}")))
    if not content:
        content.append(paragraph(unknown("Non documenté par les sources : elles présentent la structure sans dire ce qu'une collectivité a fait pour elle. "
                                         "Ce cas n'est donc rattaché à aucun levier.")))
    return section("actions", title, content)


def _supports(marks: Marks, supports: tuple[Soutien, ...]) -> Section:
    if not supports:
        return section("soutiens", "Les soutiens publics", [paragraph(unknown("Aucun soutien public n'est précisé par les sources."))])
    rows = [[[paragraph(run(item.financeur, b=True))], _what(marks, item), [paragraph(*_amount(item), *marks.mark(*item.sources))], [paragraph(_when(marks.catalogue, item))]]
            for item in supports]
    return section("soutiens", "Les soutiens publics", [{"k": "table", "head": ["Qui", "Quoi", "Montant", "Quand"], "widths": [25, 56, 23, 21], "rows": rows}])


def _what(marks: Marks, item: Soutien) -> list[Block]:
    catalogue = marks.catalogue
    said = [run(catalogue.libelle("natures_de_soutien", item.nature), **({"u": link(catalogue, "modes", item.mode)} if item.mode else {}))]
    remarks = [item.objet or "", f"{item.reserve[:1].upper()}{item.reserve[1:]}." if item.reserve else "", f"Bénéficiaire : {item.beneficiaire}" if item.beneficiaire else ""]
    remark = " ".join(f"{part.rstrip('.')}." for part in remarks if part)
    return [paragraph(*said, *([run(". "), quiet(remark)] if remark else []))]


def _amount(item: Soutien) -> list[Run]:
    if item.montant is not None:
        return [run(amount(item.montant), b=True)]
    if item.places is not None:
        return [run(plural(int(item.places), "place"), b=True), unknown(", montant non précisé")]
    return [unknown("non précisé")]


def _when(catalogue: Catalogue, item: Soutien) -> Run:
    if item.annee:
        return run(f"{item.annee.lisible}{', chaque année' if item.periodicite == 'annuelle' else ''}")
    return run(catalogue.libelle("periodicites", item.periodicite)) if item.periodicite else unknown("non précisé")


def figures(marks: Marks, items: tuple[Chiffre, ...]) -> list[Block]:
    """Counted things: the number, what it counts, over what, when."""
    found: list[Block] = []
    for item in items:
        scope = [f"sur {item.de}" if item.de else "", item.perimetre or "", item.calcul or (item.annee.lisible if item.annee else "date non précisée")]
        said = [run(item.libelle), quiet(f" – {', '.join(filter(None, scope))}"), *marks.fact(item)]
        found.append({"k": "figure", "value": french(quantity(item)), "r": said})
    return found


def _actor(marks: Marks, item: Any) -> list[Block]:
    catalogue = marks.catalogue
    name = run(item.nom, b=True, **({"u": link(catalogue, "reseaux", item.reseau)} if item.reseau else {}))
    said = [run(f". {catalogue.libelle('types_acteurs', item.type)} : {', '.join(catalogue.libelle('roles', role) for role in item.roles)}.")]
    if item.precision:
        said.append(run(f" {item.precision}"))
    if item.reserve:
        said.append(quiet(f" ({item.reserve})"))
    return [paragraph(name, *([unknown(" (nom non précisé)")] if item.anonyme else []), *marks.mark(*item.sources), *said)]
