"""Catalogue → HTML of a page. The templates hold the words and the order; this module holds how values are written."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import jinja2
from jinja2 import nodes
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

from macros import care, charts, examples, form_bundle, markup, pages, path
from macros.blank import quoted
from macros.catalogue import Catalogue
from macros.explorer.names import NAMES
from macros.form_model import form_model
from macros.keeping import compiled
from macros.model import fields
from macros.model.case import Cas
from macros.model.facts import Phrase, Source
from macros.model.values import DateTexte
from macros.notes import Notes, joined
from macros.register import register
from macros.reuse import NAMES as REUSE
from macros.typography import HARD, THIN

PRECISIONS = {"exact": "", "environ": "environ ", "plus-de": "plus de ", "pres-de": "près de "}


def number(value: Decimal | int) -> str:
    """`15000` → « 15 000 », `4.7` → « 4,7 »."""
    text = f"{Decimal(value):,f}".rstrip("0").rstrip(".") if Decimal(value) % 1 else f"{int(value):,}"
    return text.replace(",", THIN).replace(".", ",")


def quantity(item: Any) -> str:
    """A figure with its precision and its unit: « plus de 8 400 », « 30 % », « 560 000 000 € »."""
    unit = getattr(item, "unite", None) or ""
    gap = THIN if unit == "%" else HARD
    return PRECISIONS[item.precision] + number(item.valeur) + (f"{gap}{unit}" if unit else "")


def amount(value: Decimal) -> str:
    """An amount in euros."""
    return f"{number(value)}{HARD}€"


@lru_cache(maxsize=5_000)
def date(value: DateTexte | None) -> str:
    """A date in words."""
    return value.lisible if value else "date non précisée"


@lru_cache(maxsize=100)
def encoded(text: str) -> str:
    """A text as a part of an address; that of the letters one is asked to send comes again for each case of a list."""
    return quote(text, safe="")


def plural(count: int, one: str, many: str | None = None) -> str:
    """« 1 cas », « 3 leviers »."""
    return f"{number(count)} {one if count < 2 else many or one + 's'}"


WORDS = ("zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze", "quinze", "seize")


def in_letters(count: int) -> str:
    """Small counts in letters, as in running text: « quatorze », then « 17 »."""
    return WORDS[count] if count < len(WORDS) else number(count)


class _Generator(jinja2.compiler.CodeGenerator):
    """Compiles templates to plainer Python than Jinja does: an attribute is an attribute and not perhaps a key, a function is called at once, what is shown is written by `shown`."""

    def write_commons(self) -> None:
        """The names that a compiled template begins with."""
        super().write_commons()
        self.writeline("escape = environment.shown")

    def visit_Getattr(self, node: nodes.Getattr, frame: jinja2.compiler.Frame) -> None:
        """Jinja would look for a key of that name next; here one that is missing is a fault at once."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: jinja2.compiler.Frame, forward_caller: bool = False) -> None:
        """Jinja would look each time for whether the function asks for the context: none here does."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(")(")
        for given in (*node.args, *node.kwargs):
            self.visit(given, frame)
            self.write(", ")
        self.write(")")


def shown(value: Any) -> str:
    """A value as HTML, to be joined to the rest: a text without the wrapping that says it is safe, which costs more than the escaping."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else escape(value)


@lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates of the package: autoescaped, and strict about what they name."""
    env = jinja2.Environment(
        loader=jinja2.PackageLoader("macros", "templates"), autoescape=True, undefined=jinja2.StrictUndefined,
        auto_reload=False, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=False, bytecode_cache=compiled("pages"))
    env.code_generator_class = _Generator
    env.shown = shown  # type: ignore[attr-defined]
    env.filters |= {"riche": markup.rich, "enligne": markup.inline, "nombre": number, "montant": amount, "date": date, "quantite": quantity,
                    "joints": joined, "lettres": in_letters, "urlencode": encoded}
    env.tests["cite_aussi"] = lambda item, source: source in item.aussi
    env.globals |= {"pluriel": plural, "precisions": PRECISIONS, "registre": register, "Markup": Markup}
    env.globals |= {"reponses_donnees": path.given_answers, "graphiques": charts.charts, "chiffres_separes": charts.kept_apart, "est_une_part": charts.is_share}
    env.globals |= NAMES | REUSE | {"script_du_formulaire": form_bundle.script_name, "a_verifier": care.by_age, "a_verifier_par_reseau": care.by_network, "peut_confirmer": care.confirmers}
    return env


def block(html: str) -> str:
    """HTML that Markdown leaves alone: one block, without blank lines."""
    return '<div class="donnees">\n' + "\n".join(filter(str.strip, str(html).splitlines())) + "\n</div>"


def fiche(catalogue: Catalogue, table: str, identifier: str) -> Markup:
    """The body of the page of one record."""
    record = getattr(catalogue, table)[identifier]
    where = pages.address(table, identifier)
    return _render(catalogue, f"{table}.html.j2", where, id=identifier, r=record)


def view(catalogue: Catalogue, name: str, **values: Any) -> Markup:
    """The body of a list, a comparison, or any page that shows several records."""
    return _render(catalogue, f"vue-{name}.html.j2", pages.VIEWS[name], **values)


def compile_templates(names: Iterable[str]) -> None:
    """Have templates compiled in the cache, for the processes that will need them; one that is wrong is told where it is used."""
    for name in names if environment().bytecode_cache else ():
        with suppress(jinja2.TemplateError):
            environment().get_template(name)


SHARED = {"u": "_commun.html.j2", "l": "_listes.html.j2", "p": "_parcours.html.j2", "reuse": "_reemploi.html.j2"}
"""Name in the templates → file of macros. They see what they are given, not the page: read once, they serve all pages."""


def shared() -> dict[str, Any]:
    """The macros that every template finds under these names."""
    return {name: environment().get_template(file).module for name, file in SHARED.items()}


def _render(catalogue: Catalogue, template: str, where: str, **values: Any) -> Markup:
    root = "../" * where.count("/")
    notes = Notes(catalogue)

    def link(table: str, identifier: str) -> str:
        return root + pages.address(table, identifier)

    def name(table: str, identifier: str) -> str:
        record = getattr(catalogue, table)[identifier]
        return str(getattr(record, "titre", None) or getattr(record, "nom", None) or getattr(record, "libelle", None) or record.terme)

    html = environment().get_template(template).render(
        shared(), c=catalogue, notes=notes, note=notes.fact, racine=root or "./", lien=link, adresse=catalogue.adresse + where,
        champs_du_modele=lambda: model_fields(catalogue), champs_d_une_source=lambda: source_fields(catalogue), nom_de=name, **values)
    return Markup(html)


def model_fields(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The fields of a case, for the contributor's page: name, sentence, limit, good and bad example, whether it is required, inner fields."""
    bounds = form_model(catalogue)["schema"]
    return [_described(catalogue, bounds, Cas, name) for name in Cas.model_fields]


def source_fields(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The fields that every fact carries."""
    return [_described(catalogue, form_model(catalogue)["schema"], Phrase, name) | {"commun": False} for name in Source.model_fields]


def _described(catalogue: Catalogue, bounds: dict[str, Any], owner: Any, name: str) -> dict[str, Any]:
    info = owner.model_fields[name]
    model = fields.nested_model(info.annotation)
    inner = [_described(catalogue, bounds, model, key) for key in model.model_fields] if model else []
    shared = owner is not Source and name in Source.model_fields  # said once for all the facts
    known = (bounds if owner is Cas else bounds["$defs"][owner.__name__])["properties"][name]
    bad, why = examples.pair(catalogue, owner, name)
    example = info.examples[0] if info.examples else ""
    return {"nom": name, "description": info.description, "obligatoire": info.is_required(), "liste": fields.is_list(info.annotation),
            "commun": shared, "a_eviter": bad, "pourquoi": why,
            "limite": f"{known['maxItems']} au plus" if "maxItems" in known else f"{known['maxLength']} caractères au plus" if "maxLength" in known else "",
            "exemple": "" if inner else (", ".join(quoted(x) for x in example) if isinstance(example, list) else example), "champs": inner}
