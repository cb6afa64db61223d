"""The head that every generator gives its pages: that of a page of the real site, where what it says of that page alone becomes a place to fill.

Rivals fill these places from the front matter of each case: title, summary, addresses, and the same structured data, but for what takes
a search through the record (the list of its sources).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SITE = "https://example.org/"
LICENCE = "https://spdx.org/licenses/etalab-2.0.html"
OF_SITE = f'{{"@type":"WebSite","@id":"{SITE}#site","name":"Petite enfance et ESS","url":"{SITE}"}}'
PUBLISHER = f'{{"@type":"Organization","name":"Petite enfance et ESS","url":"{SITE}"}}'
HERE = f"{SITE}cas/@@CLE@@/"
DATA = (
    f'<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"Article","@id":"{HERE}","url":"{HERE}","name":@@D_TITRE@@,"description":@@D_RESUME@@,'
    f'"inLanguage":"fr","license":"{LICENCE}","headline":@@D_TITRE@@,"isPartOf":{OF_SITE},"isAccessibleForFree":true,"author":{PUBLISHER},"publisher":{PUBLISHER},'
    f'"datePublished":@@D_DATE@@,"dateModified":@@D_DATE@@,"about":[@@D_LEVIERS@@],"contentLocation":[@@D_LIEUX@@]}},{{"@type":"BreadcrumbList","itemListElement":['
    f'{{"@type":"ListItem","position":1,"name":"Accueil","item":"{SITE}"}},{{"@type":"ListItem","position":2,"name":"Cas","item":"{SITE}cas/"}},'
    f'{{"@type":"ListItem","position":3,"name":@@D_NOM@@,"item":"{HERE}"}}]}}]}}</script>')
LEVER = '{"@type":"DefinedTerm","name":@@NOM@@,"url":"' + SITE + 'leviers/@@CLE@@/"}'
PLACE = ('{"@type":"City","name":@@NOM@@,"identifier":{"@type":"PropertyValue","propertyID":"Code INSEE","value":@@INSEE@@},"containedInPlace":{"@type":"AdministrativeArea",'
         '"identifier":{"@type":"PropertyValue","propertyID":"Code du département","value":@@DEPARTEMENT@@}}}')


def filled(text: str, values: Mapping[str, str]) -> str:
    """Places filled."""
    for name, value in values.items():
        text = text.replace(f"@@{name}@@", value)
    return text


def _jinja() -> dict[str, str]:
    def each(items: str, one: str) -> str:
        return "{% for x in " + items + " %}" + one + "{% if not loop.last %},{% endif %}{% endfor %}"

    lever = filled(LEVER, {"NOM": "{{ x.levier|tojson }}", "CLE": "{{ x.levier }}"})
    place = filled(PLACE, {"NOM": "{{ (x.commune or x.departement)|tojson }}", "INSEE": "{{ (x.insee or '')|tojson }}", "DEPARTEMENT": "{{ x.departement|tojson }}"})
    places = {"CLE": "{{ cle }}", "TITRE": "{{ fiche.titre }}", "RESUME": "{{ fiche.en_bref[0].texte }}", "D_TITRE": "{{ fiche.titre|tojson }}", "D_RESUME": "{{ fiche.en_bref[0].texte|tojson }}",
              "D_DATE": "{{ fiche.redige_le|tojson }}", "D_NOM": "{{ fiche.nom|tojson }}", "D_LEVIERS": each("fiche.leviers", lever), "D_LIEUX": each("fiche.lieux", place)}
    return {"DONNEES": filled(DATA, places)} | places


def _hugo() -> dict[str, str]:
    def each(items: str, one: str) -> str:
        return "{{ range $n, $x := .Params.fiche." + items + " }}{{ if $n }},{{ end }}" + one + "{{ end }}"

    lever = filled(LEVER, {"NOM": "{{ $x.levier }}", "CLE": "{{ $x.levier }}"})
    place = filled(PLACE, {"NOM": "{{ or $x.commune $x.departement }}", "INSEE": '{{ or $x.insee "" }}', "DEPARTEMENT": "{{ $x.departement }}"})
    titre, resume = "{{ .Params.fiche.titre }}", "{{ (index .Params.fiche.en_bref 0).texte }}"
    places = {"CLE": "{{ .Params.cle }}", "TITRE": titre, "RESUME": resume, "D_TITRE": titre, "D_RESUME": resume, "D_DATE": "{{ .Params.fiche.redige_le }}", "D_NOM": "{{ .Params.fiche.nom }}",
              "D_LEVIERS": each("leviers", lever), "D_LIEUX": each("lieux", place)}
    return {"DONNEES": filled(DATA, places)} | places


JINJA, HUGO = _jinja(), _hugo()
NUNJUCKS = {name: text.replace("|tojson", "|dump|safe") for name, text in JINJA.items()}


def of_list(title: str) -> dict[str, str]:
    """The places of the page of a list: it has a title and nothing more to say."""
    return {"DONNEES": "", "CLE": "", "TITRE": title, "RESUME": title}


def opened(head: str, key: str) -> str:
    """The top of the page of the case `key` as a template: its title, its summary, its identifier and its data are places."""
    title, summary = (found[1] if (found := re.search(pattern, head)) else "" for pattern in (r"<title>(.*?) – ", r'<meta name="description" content="(.*?)">'))
    text = re.sub(r'<script type="application/ld\+json">.*?</script>', "@@DONNEES@@", head, flags=re.DOTALL)
    for place, words in (("TITRE", title), ("RESUME", summary)):
        text = text.replace(words, f"@@{place}@@") if words else text
    return text.replace(f"cas/{key}", "cas/@@CLE@@")
