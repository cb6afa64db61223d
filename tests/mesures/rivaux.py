"""The same pages for other generators: each shows every field of every case, its notes of source, the frame of the site, and the same lists.

None of them checks the data, explains acronyms or tells reading time, as this project does: they have less to do. One way of building with
Hugo sets the texts in French typography, with the same rules.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from macros.typography import MONTHS
from tests.conftest import PROJECT
from tests.mesures.contenu import Contenu, as_yaml, indented
from tests.mesures.entete import HUGO, JINJA, NUNJUCKS, filled, of_list

TOOLS = PROJECT / ".cache" / "banc"
ELEVENTY = PROJECT / "tests" / "mesures" / "outils" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"

MATERIAL = "MkDocs et Material"
NOTE = '<sup class="note"><a href="#source-{0}" id="note-{0}-{1}" aria-label="source : {0}">{0}</a></sup>'
JINJA_VALUE = '{% if k == "source" %}' + NOTE.format("{{ v }}", "{{ loop.index }}") + '{% else %}<span class="valeur">{{ v }}</span>{% endif %}'
JINJA_FIELDS = """{% macro champ(nom, valeur) %}
{% if valeur is string or valeur is number %}<p class="ligne"><span class="discret">{{ nom }}</span> {{ valeur }}</p>
{% else %}<section class="bloc" aria-labelledby="{{ nom }}"><h2 id="{{ nom }}">{{ nom }}</h2>
{% for x in valeur %}{% if x is string or x is number %}<p class="ligne">{{ x }}</p>
{% else %}<dl class="faits">
{% for k, v in x.items() %}<div><dt>{{ k }}</dt><dd data-label="{{ k }}">{% if v is string or v is number %}@@VALEUR@@{% else %}{{ champ(k, v) }}{% endif %}</dd></div>
{% endfor %}</dl>
{% endif %}{% endfor %}</section>
{% endif %}{% endmacro %}
""".replace("@@VALEUR@@", JINJA_VALUE)
JINJA_CASE = JINJA_FIELDS + """@@HAUT@@<article class="fiche"><h1>{{ fiche.titre }}</h1>
{% for nom, valeur in fiche.items() %}{{ champ(nom, valeur) }}{% endfor %}
</article>@@BAS@@"""
CARD = """<li class="carte" data-cas="{{ c.id }}"><p class="carte__lieu">{{ c.lieu }}</p><h3 class="carte__titre"><a href="/cas/{{ c.id }}/">{{ c.titre }}</a></h3><p>{{ c.resume }}</p></li>"""
JINJA_LIST = '@@HAUT@@<h1>{{ titre }}</h1><ul class="cartes">\n{% for c in cartes %}' + CARD + "\n{% endfor %}</ul>@@BAS@@"
NUNJUCKS_CASE = JINJA_CASE.replace("x.items()", "x").replace("fiche.items()", "fiche")
HUGO_VALUE = '{{ if eq $k "source" }}' + NOTE.format("{{ $v }}", "{{ $n }}") + '{{ else }}<span class="valeur">{{ $v }}</span>{{ end }}'
HUGO_FIELD = """{{ if reflect.IsSlice .v }}<section class="bloc" aria-labelledby="{{ .k }}"><h2 id="{{ .k }}">{{ .k }}</h2>
{{ range .v }}{{ if reflect.IsMap . }}<dl class="faits">
{{ $n := 0 }}{{ range $k, $v := . }}{{ $n = add $n 1 }}<div><dt>{{ $k }}</dt><dd data-label="{{ $k }}">
{{- if reflect.IsSlice $v }}{{ partial "champ.html" (dict "k" $k "v" $v) }}{{ else }}@@VALEUR@@{{ end }}</dd></div>
{{ end }}</dl>
{{ else }}<p class="ligne">{{ . }}</p>
{{ end }}{{ end }}</section>
{{ else }}<p class="ligne"><span class="discret">{{ .k }}</span> {{ .v }}</p>
{{ end }}""".replace("@@VALEUR@@", HUGO_VALUE)
HUGO_CASE = """@@HAUT@@<article class="fiche"><h1>{{ .Params.fiche.titre }}</h1>
{{ range $k, $v := .Params.fiche }}{{ partial "champ.html" (dict "k" $k "v" $v) }}{{ end }}
</article>@@BAS@@"""
HUGO_LIST = ('@@HAUT@@<h1>{{ .Params.liste.titre }}</h1><ul class="cartes">\n{{ range .Params.liste.cartes }}' + CARD.replace("c.", ".") + "\n{{ end }}</ul>@@BAS@@")
SHOWN = re.compile(r"(?:(?<=>)|(?<=> ))\{\{ (?!\.k )([.$][\w.]*) \}\}(?=</(?:span|p|a|h1)>(?!</sup>))")
"""Where a template of Hugo shows a text to be read."""
HUGO_FRENCH = """{{- $t := . -}}
{{- if in $t "'" }}{{ $t = replaceRE `([\\pL\\d_])'([\\pL\\d_«“])` "$1’$2" $t }}{{ end -}}
{{- if in $t "..." }}{{ $t = replace $t "..." "…" }}{{ end -}}
{{- if in $t "«" }}{{ $t = replaceRE `«[ \\x{a0}\\x{202f}]*` "«\\u202f" $t }}{{ $t = replaceRE `[ \\x{a0}\\x{202f}]*»` "\\u202f»" $t }}{{ end -}}
{{- if strings.ContainsAny $t ";:!?" -}}
{{- $t = replaceRE `([\\pL\\d_»)’…%])([;!?])([\\s»)]|$)` "$1\\u202f$2$3" $t }}{{ $t = replaceRE `(\\S)[ \\x{a0}\\x{202f}]+([;:!?])([\\s»)]|$)` "$1\\u202f$2$3" $t -}}
{{- end -}}
{{- if strings.ContainsAny $t "0123456789" -}}
{{- if in $t "%" }}{{ $t = replaceRE `([0-9])[ \\x{a0}\\x{202f}]*%` "$1\\u202f%" $t }}{{ end -}}
{{- if in $t "€" }}{{ $t = replaceRE `([0-9])[ \\x{a0}\\x{202f}]*€` "$1\\u00a0€" $t }}{{ end -}}
{{- $t = replaceRE `([0-9])[ \\x{a0}]([0-9]{3})\\b` "$1\\u202f$2" $t -}}
{{- $t = replaceRE `([0-9](?:er)?)[ \\x{a0}]+((?:M€|m²|ans?|mois|places?|euros?|habitants|ETP|millions?|@@MOIS@@)(?:[^\\pL\\d_]|$))` "$1\\u00a0$2" $t -}}
{{- $t = replaceRE `(\\bart\\.|\\bn°|\\bp\\.|\\bvers|\\bpage|\\bfiche)[ \\x{a0}]+(\\d|[LRD]\\.)` "$1\\u00a0$2" $t -}}
{{- $t = replaceRE `(\\b[LRD]\\.) ?(\\d)` "$1\\u00a0$2" $t -}}
{{- end -}}
{{- return $t -}}
""".replace("@@MOIS@@", MONTHS)
"""The rules of `macros.typography`, for one text: each looked for only where its sign stands, and each text set once."""
ELEVENTY_SETTINGS = """export default function (config) {
  config.setQuietMode(true);
  return { dir: { input: "contenu", includes: "../gabarits", output: "site" }, htmlTemplateEngine: false };
}
"""
MATERIAL_SETTINGS = """site_name: Comparaison
theme: {name: material, font: false}
plugins:
  - search
  - macros
"""
MATERIAL_MACROS = '''
import json
from pathlib import Path

import jinja2
import yaml

HERE = Path(__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def define_env(env):
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(HERE / "gabarits"), autoescape=True)
    lists = json.loads((HERE / "listes.json").read_text(encoding="utf-8"))

    def block(html):
        return "<div>\\n" + "\\n".join(line for line in html.splitlines() if line.strip()) + "\\n</div>"

    @env.macro
    def fiche(identifiant):
        return block(templates.get_template("cas.html").render(fiche=yaml.load((HERE / "cases" / f"{identifiant}.yml").read_bytes(), Loader=LOADER)))

    @env.macro
    def liste(nom):
        return block(templates.get_template("liste.html").render(**lists[nom]))
'''


@dataclass(frozen=True)
class Rival:
    """A generator, its project written."""

    nom: str
    dossier: Path
    commande: list[str]
    site: Path
    reglages: Mapping[str, str] = field(default_factory=dict)


def _framed(template: str, content: Contenu, places: Mapping[str, str]) -> str:
    return template.replace("@@HAUT@@", filled(content.haut, places)).replace("@@BAS@@", content.bas)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def floor(content: Contenu, folder: Path) -> Rival:
    """Bare Python and Jinja."""
    _write(folder / "gabarits" / "cas.html", _framed(JINJA_CASE, content, JINJA))
    _write(folder / "gabarits" / "liste.html", _framed(JINJA_LIST, content, of_list("{{ titre }}")))
    _write(folder / "listes.json", json.dumps(content.listes, ensure_ascii=False))
    program = PROJECT / "tests" / "mesures" / "plancher.py"
    return Rival("plancher", folder, [sys.executable, str(program), str(content.donnees / "cases"), "listes.json", "gabarits", "site"], folder / "site")


def hugo(content: Contenu, folder: Path) -> Rival:
    """Hugo, one file of front matter per case."""
    for key, text in content.cas.items():
        _write(folder / "content" / "cas" / f"{key}.md", f"---\ncle: {key}\nfiche:\n{indented(text)}---\n")
    for where, values in content.listes.items():
        name = f"{where}/_index.md" if where == "cas" else f"{where}.md"
        _write(folder / "content" / name, f"---\nlayout: liste\nliste: {as_yaml(values)}\n---\n")
    _write(folder / "layouts" / "partials" / "champ.html", HUGO_FIELD)
    _write(folder / "layouts" / "_default" / "single.html", _framed(HUGO_CASE, content, HUGO))
    _write(folder / "layouts" / "_default" / "liste.html", _framed(HUGO_LIST, content, of_list("{{ .Params.liste.titre }}")))
    _write(folder / "hugo.yaml", 'baseURL: "https://example.org/"\nlanguageCode: fr\ndisableKinds: [taxonomy, term, RSS, sitemap, "404", home]\n')
    return Rival("Hugo", folder, [str(TOOLS / "bin" / "hugo"), "--quiet", "--destination", "site", "--noBuildLock"], folder / "site")


def hugo_french(content: Contenu, folder: Path) -> Rival:
    """The same, each text set in French typography."""
    plain = hugo(content, folder)
    for path in (folder / "layouts").rglob("*.html"):
        _write(path, SHOWN.sub(r'{{ partialCached "francais.html" (string \1) (string \1) }}', path.read_text(encoding="utf-8")))
    _write(folder / "layouts" / "partials" / "francais.html", HUGO_FRENCH)
    return replace(plain, nom="Hugo, avec la typographie")


def eleventy(content: Contenu, folder: Path) -> Rival:
    """Eleventy and Nunjucks, one file of front matter per case."""
    for key, text in content.cas.items():
        _write(folder / "contenu" / "cas" / f"{key}.html", f"---\nlayout: cas.njk\ncle: {key}\nfiche:\n{indented(text)}---\n")
    for where, values in content.listes.items():
        _write(folder / "contenu" / where / "index.html", f"---\nlayout: liste.njk\nliste: {as_yaml(values)}\n---\n")
    list_page = JINJA_LIST.replace("{{ titre }}", "{{ liste.titre }}").replace("in cartes", "in liste.cartes")
    _write(folder / "gabarits" / "cas.njk", _framed(NUNJUCKS_CASE, content, NUNJUCKS))
    _write(folder / "gabarits" / "liste.njk", _framed(list_page, content, of_list("{{ liste.titre }}")))
    _write(folder / "eleventy.config.js", ELEVENTY_SETTINGS)
    _write(folder / "package.json", '{"type": "module"}')
    return Rival("Eleventy", folder, [str(PROJECT / ".venv" / "bin" / "node"), str(ELEVENTY), "--quiet"], folder / "site")


def material(content: Contenu, folder: Path) -> Rival:
    """MkDocs, Material, its search and the macros plugin, as their documentation shows them: every page in the menu."""
    for key in content.cas:
        _write(folder / "docs" / "cas" / f"{key}.md", f'{{{{ fiche("{key}") }}}}\n')
    for where, values in content.listes.items():
        _write(folder / "docs" / where / "index.md", f'# {values["titre"]}\n\n{{{{ liste("{where}") }}}}\n')
    _write(folder / "docs" / "index.md", "# Accueil\n")
    bare = Contenu(content.donnees, {}, {})
    _write(folder / "gabarits" / "cas.html", _framed(JINJA_CASE, bare, {}))
    _write(folder / "gabarits" / "liste.html", _framed(JINJA_LIST.replace("<h1>{{ titre }}</h1>", ""), bare, {}))
    _write(folder / "listes.json", json.dumps(content.listes, ensure_ascii=False))
    _write(folder / "main.py", MATERIAL_MACROS)
    _write(folder / "mkdocs.yml", MATERIAL_SETTINGS)
    if not (folder / "cases").exists():
        (folder / "cases").symlink_to(content.donnees / "cases")
    return Rival(MATERIAL, folder, [sys.executable, "-m", "mkdocs", "--quiet", "build"], folder / "site", {"NO_MKDOCS_2_WARNING": "1"})


RIVALS: dict[str, Callable[[Contenu, Path], Rival]] = {"plancher": floor, "hugo": hugo, "hugo-typographie": hugo_french, "eleventy": eleventy, "material": material}


def rival(name: str, content: Contenu, folder: Path) -> Rival:
    """A generator with its project in an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    return RIVALS[name](content, folder)
