"""Pages cast from a mould are those the theme would have drawn: the same bytes, whatever the theme asks and writes."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pytest

from macros.casting import Foundry, listening
from macros.manifest import manifest
from tests.conftest import PROJECT, build


@dataclass(frozen=True)
class Link:
    """A part of a page."""

    titre: str
    url: str | None = None


def page(titre: str = "Un titre", contenu: str = "<p>Texte</p>", liens: tuple[Link, ...] = (), **others: Any) -> dict[str, Any]:
    """Values of a page."""
    return {"titre": titre, "contenu": contenu, "liens": liens, **others}


class Theme:
    """A small theme, that counts the pages it draws."""

    def __init__(self, template: str) -> None:
        environment = jinja2.Environment()
        environment.filters["ici"] = jinja2.pass_context(lambda context, text: f"{context['racine']}{text}")
        environment.filters = listening(environment.filters)
        self.template = environment.from_string(template)
        self.drawn = 0

    def __call__(self, values: dict[str, Any]) -> str:
        """The page of these values."""
        self.drawn += 1
        return self.template.render(values, racine="../")


THEME = """<title>{{ titre | striptags | e }}{% if titre %} – site{% endif %}</title>
{%- set corps = contenu if contenu else "" %}{% if 'class="carte"' in corps %}<link href="carte.css">{% endif %}{% if "<h1" not in corps %}<h1>{{ titre }}</h1>{% endif %}
{%- for lien in liens %}<a href="{{ (lien.url if "://" in lien.url else lien.url | ici) | e }}">{{ ("Voir " ~ lien.titre) | upper | e }}</a>{{ ", " if not loop.last }}{% endfor %}
{%- if titre == "Accueil" %}!{% endif %}{{ contenu }}"""
PAGES = [
    page(), page("<b>a</b> & c"), page(""), page(contenu=""), page(contenu='<h1>x</h1><p class="carte">y</p>'), page("Accueil"), page("{{ 7 * 7 }} {% raw %}"),
    page(liens=(Link("l’école & co", "a/?b=1&c"),)), page(liens=(Link("x", "https://a.example/"), Link("<y>", "b/"))), page(liens=(Link("x", "c/"), Link("z", "https://b.example/"))),
]


def test_a_cast_page_is_the_one_the_theme_draws() -> None:
    """In any order, whichever page the moulds were made from."""
    theme, reference = Theme(THEME), Theme(THEME)
    for order in (PAGES, PAGES[::-1]):
        foundry = Foundry()
        for values in order:
            assert foundry.page("cas", values, theme) == reference(values)


def test_pages_that_look_alike_share_a_mould() -> None:
    """The theme draws one; a question answered otherwise, or another shape, wants another."""
    theme, foundry = Theme(THEME), Foundry()
    for number in range(50):
        foundry.page("cas", page(f"Titre {number}", f"<p>{number}</p>"), theme)
    assert theme.drawn == 1
    foundry.page("cas", page(contenu="<h1>x</h1>"), theme)
    assert theme.drawn == 2
    foundry.page("cas", page(liens=(Link("x", "y"),)), theme)
    assert theme.drawn == 3
    foundry.page("leviers", page(), theme)
    assert theme.drawn == 4


@pytest.mark.parametrize("template", ["{{ titre[0] }}{{ contenu }}", "{{ titre.upper() }}", "{% for sign in titre %}{{ sign }}{% endfor %}", "{{ contenu.split('p') | join }}", "{{ titre < 'U' }}"])
def test_a_theme_that_cannot_be_put_off_still_draws_every_page(template: str) -> None:
    """Slower, never wrong."""
    theme, reference, foundry = Theme(template), Theme(template), Foundry()
    for values in PAGES[:2] + PAGES[4:]:
        assert foundry.page("cas", values, theme) == reference(values)


def test_every_page_of_the_real_site_is_the_one_mkdocs_renders(site: Path, tmp_path: Path) -> None:
    """Cases, levers, modes, networks, sources, steps, and the views put in place after Markdown: not one byte differs."""
    done = build(tmp_path / "site", SANS_MOULE="1")
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")
    differing = {line[66:] for line in set(manifest(site).splitlines()) ^ set(manifest(tmp_path / "site").splitlines())}
    assert {name for name in differing if name.endswith(".html")} == set()


def test_links_of_written_pages_to_cast_pages_are_checked(tmp_path: Path) -> None:
    """They are written like any other, and a dead one prevents publication, its anchor too."""
    project = tmp_path / "projet"
    project.mkdir()
    for name in ("docs", "theme", "macros", "cases", "levers", "references", "versions", "schemas", "formulaire"):
        shutil.copytree(PROJECT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in (path for path in PROJECT.iterdir() if path.is_file()):
        shutil.copy(path, project)
    for name in ("node_modules", ".cache"):
        (project / name).symlink_to(PROJECT / name)
    written = project / "docs" / "a-propos" / "index.md"
    text = written.read_text(encoding="utf-8")

    def built(link: str) -> tuple[int, str]:
        written.write_text(f"{text}\n\n[Voir]({link})\n", encoding="utf-8")
        done = build(tmp_path / "site", project=project)
        return done.returncode, done.stdout + done.stderr

    assert built("../cas/anstaing.md#soutiens") == (0, "")
    assert '<a href="../cas/anstaing/#soutiens">Voir</a>' in (tmp_path / "site" / "a-propos" / "index.html").read_text(encoding="utf-8")
    for link, said in (("../cas/inconnu.md", "cas/inconnu.md"), ("../cas/anstaing.md#inconnue", "#inconnue"), ("../glossaire/index.md#inconnue", "#inconnue")):
        code, message = built(link)
        assert code and said in message and "le précédent est intact" in message
    assert built("../glossaire/index.md#ess") == (0, "")


def test_pages_kept_from_a_former_build_are_those_of_today(tmp_path: Path) -> None:
    """A case edited, a lever renamed, an address changed: each page is the one that a build without memory makes."""
    root = tmp_path / "donnees"
    for name in ("cases", "levers", "references"):
        shutil.copytree(PROJECT / name, root / name)

    def differing(**settings: str) -> set[str]:
        sites = tmp_path / "coule", tmp_path / "rendu"
        for site, road in zip(sites, ({}, {"SANS_MOULE": "1"}), strict=True):
            done = build(site, DATA_ROOT=str(root), **(road | settings))  # type: ignore[arg-type]
            assert (done.returncode, done.stderr) == (0, "")
        return {line[66:] for line in set(manifest(sites[0]).splitlines()) ^ set(manifest(sites[1]).splitlines()) if line.endswith(".html")}

    assert differing() == set()
    case, lever = root / "cases" / "anstaing.yml", root / "levers" / "creation.yml"
    case.write_text(case.read_text(encoding="utf-8").replace("Anstaing", "Anstaing-le-Neuf", 1), encoding="utf-8")
    assert differing() == set()
    text = lever.read_text(encoding="utf-8")
    lever.write_text(re.sub(r"(?m)^titre_court: .*$", "titre_court: Un nom nouveau", text), encoding="utf-8")
    assert differing() == set()
    assert "Un nom nouveau" in (tmp_path / "coule" / "cas" / "anstaing" / "index.html").read_text(encoding="utf-8")
    assert differing(SITE_URL="https://autre.example/") == set()
