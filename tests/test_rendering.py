"""How values are written, and that every template renders every record."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup, escape

from macros import rendering
from macros.catalogue import Catalogue
from macros.model.facts import Chiffre
from macros.model.values import DateTexte
from macros.pages import VIEWS, fiches
from macros.rendering import amount, date, environment, fiche, in_letters, number, plural, quantity, view
from tests.html_lu import read

T, N = "\u202f", "\u00a0"


@pytest.mark.parametrize(("value", "written"), [("0", "0"), ("10", "10"), ("4.7", "4,7"), ("4.70", "4,7"), ("1600", f"1{T}600"), ("15000", f"15{T}000"),
                                                ("560000000", f"560{T}000{T}000"), ("1234.5", f"1{T}234,5"), ("100", "100"), ("100.0", "100")])
def test_a_number_is_written_in_french(value: str, written: str) -> None:
    """Thousands grouped, decimal comma, no useless zero, and hundreds keep theirs."""
    assert number(Decimal(value)) == written


def test_a_figure_says_its_precision_and_its_unit() -> None:
    """« plus de 8 400 », « 30 % », « environ 50 000 € par an »."""
    def said(**values: str) -> str:
        return quantity(Chiffre.model_validate({"libelle": "l", "source": "s", **values}))
    assert said(valeur="8400", precision="plus-de") == f"plus de 8{T}400"
    assert said(valeur="30", unite="%") == f"30{T}%"
    assert said(valeur="50000", unite="€ par an", precision="environ") == f"environ 50{T}000{N}€ par an"


def test_small_words_are_right() -> None:
    """Amounts, dates, plurals, counts in letters."""
    assert amount(Decimal(25000)) == f"25{T}000{N}€"
    assert date(None) == "date non précisée"
    assert [plural(count, "levier") for count in (0, 1, 2)] == ["0 levier", "1 levier", "2 leviers"]
    assert plural(3, "cas", "cas") == "3 cas" and plural(1000, "cas", "cas") == f"1{T}000 cas"
    assert [in_letters(count) for count in (0, 14, 16, 17)] == ["zéro", "quatorze", "seize", "17"]


def test_every_record_renders_to_well_formed_html(catalogue: Catalogue) -> None:
    """No template fails on real data, and every tag is closed."""
    for page in fiches(catalogue):
        html = fiche(catalogue, page.table, page.identifiant)
        assert len(read(str(html)).all("h1")) == 1, page.adresse


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_every_view_renders_to_well_formed_html(catalogue: Catalogue, name: str) -> None:
    """No list or comparison fails on real data."""
    assert read(str(view(catalogue, name))).seen()


def test_a_title_that_looks_like_code_is_shown_not_run(catalogue: Catalogue) -> None:
    """Text of the data is escaped by the templates, and never rendered as a template."""
    nasty = "<script>alert(1)</script> {{ 7 * 7 }} \"x\" & 'y'"
    case = catalogue.cas["anstaing"].model_copy(update={"titre": nasty, "nom": nasty, "inconnues": (nasty,)})
    changed = dataclasses.replace(catalogue, cas=catalogue.cas | {"anstaing": case})
    for html in (fiche(changed, "cas", "anstaing"), view(changed, "cas"), view(changed, "combien"), fiche(changed, "leviers", "locaux")):
        tree = read(str(html))
        assert {script.attributes.get("type") for script in tree.all("script")} <= {"application/json"}, "des données seulement, jamais un programme"
        assert "49" not in tree.of_class("carte__titre")[0].seen() if tree.of_class("carte__titre") else True
    assert read(str(fiche(changed, "cas", "anstaing"))).all("h1")[0].seen() == nasty


def test_a_name_that_a_template_does_not_know_is_an_error() -> None:
    """A slip in a template stops the build instead of leaving a blank."""
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ inconnu }}").render()


def test_the_contributors_page_describes_every_field(catalogue: Catalogue) -> None:
    """The list of fields shown to contributors is the model itself."""
    described = rendering.model_fields(catalogue)
    assert [field["nom"] for field in described][:2] == ["titre", "nom"]
    assert {field["nom"] for field in described if field["obligatoire"]} == {"titre", "type", "accueils", "redige_le", "en_bref", "leviers", "inconnues"}
    assert all(field["description"] for field in described)


def test_templates_are_compiled_ahead_whatever_is_wrong_with_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The others are in the cache; the fault waits for the page that uses it."""
    ahead = jinja2.Environment(loader=jinja2.DictLoader({"a": "{% bad", "b": "{{ x }}"}), bytecode_cache=jinja2.FileSystemBytecodeCache(str(tmp_path)))
    monkeypatch.setattr(rendering, "environment", lambda: ahead)
    rendering.compile_templates(["a", "b"])
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(ahead, "bytecode_cache", None)
    monkeypatch.setattr(ahead, "get_template", lambda name: pytest.fail("compilé pour rien"))
    rendering.compile_templates(["b"])


class _Safe:
    """Says its own HTML."""

    def __html__(self) -> str:
        return "<b>&</b>"


@pytest.mark.parametrize("value", ["", "l'été & <b>", '"', Markup("<b>&amp;</b>"), 12, Decimal("4.50"), None, True, _Safe(), DateTexte.parse("2024-05"), ["<"]])
def test_a_value_is_shown_as_jinja_would(value: object) -> None:
    """The shorter way writes the same."""
    assert rendering.shown(value) == str(escape(value))
    assert environment().from_string("{{ v }}{% macro m(x) %}{{ x }}{% endmacro %}{{ m(v) }}").render(v=value) == str(escape(value)) * 2


def test_what_is_missing_is_a_fault_wherever_it_is_shown() -> None:
    """An undefined value is never shown as nothing."""
    with pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ absent }}").render()


def test_templates_are_plain_python() -> None:
    """An attribute is not a key; functions, macros, and what they enclose, are given what they are given."""
    env = environment()
    with pytest.raises(AttributeError):
        env.from_string("{{ d.cle }}").render(d={"cle": 1})
    assert env.from_string("{{ d['cle'] }} {{ d.get('autre', 2) }} {{ ['a', 'b'].index('b') }}").render(d={"cle": 1}) == "1 2 1"
    with pytest.raises(jinja2.UndefinedError):
        env.from_string("{{ absent.cle }}").render()
    with pytest.raises(jinja2.UndefinedError):
        env.from_string("{{ absent() }}").render()
    text = "{% macro m(a, b='<', c=3) %}{{ a }}{{ b }}{{ c }}{{ caller() if caller is defined }}{% endmacro %}"
    assert env.from_string(text + "{% for x in '&' %}{{ m(x, c=loop.index) }}{% endfor %}{% call m('1') %}<b>{% endcall %}").render() == "&amp;&lt;11&lt;3<b>"
    assert env.from_string("{{ f(*l, **d) }} {{ f('a', b='b') }}").render(f="{0}{b}".format, l=["a"], d={"b": "c"}) == "ac ab"
