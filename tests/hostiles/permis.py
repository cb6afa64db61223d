"""What is accepted: payloads that must stay the text they are, and files that look strange and are right."""

from __future__ import annotations

import json
import unicodedata

from tests.hostiles import CASE, Hostile, case, hostile

PAYLOADS = [
    # Templates
    "{{ 1337 * 1337 }}", "{{1337*1337}}", "{% set piege = 1 %}", "{%- raw -%}", "{# piege #}", "{{ ''.__class__.__mro__ }}", "{{ config }}", "{{ fiche('cas', 'caylus') }}",
    "{% include 'cas.html.j2' %}", "${1337*1337}", "#{1337*1337}", "<%= 1337*1337 %>", "[[1337*1337]]", "{{{ piege }}}",
    # HTML
    "<script>window.__pwned=1</script>", "<script src=//piege.example></script>", "</script><script>window.__pwned=1</script>", "<img src=x onerror=window.__pwned=1>",
    "<svg onload=window.__pwned=1>", "<svg/onload=window.__pwned=1//", "<iframe src=javascript:window.__pwned=1>", "<b piege>gras</b>", "<style>*{display:none}</style>",
    "<base href=//piege.example>", "<meta http-equiv=refresh content=0;url=//piege>", "<form action=//piege.example><input>", "<a href=javascript:window.__pwned=1>a</a>",
    "</title><script>window.__pwned=1</script>", "--><script>window.__pwned=1</script>", "]]><script>window.__pwned=1</script>", "<!--", "<![CDATA[", "</textarea></style>",
    "<details open ontoggle=window.__pwned=1>", "<input autofocus onfocus=window.__pwned=1>", "<math><mi xlink:href=javascript:1>", "<template><piege>", "<plaintext>", "<xmp>",
    "&lt;script&gt;window.__pwned=1&lt;/script&gt;", "&#60;script&#62;window.__pwned=1&#60;/script&#62;", "&amp;lt;b&amp;gt;", "&nbsp;&eacute;&piege;", "&#x3c;b piege&#x3e;",
    # Attributes
    '" onmouseover="window.__pwned=1', "' onmouseover='window.__pwned=1", '" autofocus onfocus="window.__pwned=1', "x\" style=\"position:fixed", "` onload=`1",
    "{: onclick=window.__pwned=1 }", "{: .piege #piege }", "{#piege}", "{ .piege }",
    # Addresses and Markdown
    "javascript:window.__pwned=1", "data:text/html,<script>1</script>", "vbscript:msgbox", "//piege.example", "![a](https://piege.example/a.png)", "![a](https://x.fr){ onerror=window.__pwned=1 }",
    "[a][piege]", "<https://piege.example>", "<javascript:window.__pwned=1>", "http://piege.example", "[^1]: note", "*[HTML]: piege", "[TOC]", "!!! danger", "??? note", "=== piege",
    "# titre", "> citation", "``` python", "`code`", "~~~", "---", "***", "| a | b |", "- [ ] case", "1. un", "~~barre~~", "==surligne==", "++ctrl++", ":smile:", "[[lien]]", "$x^2$",
    # Inclusions, tables, structured data, translations
    '--8<-- "hooks.py"', "--8<-- 'mkdocs.yml'", "{!hooks.py!}", "{% snippet 'hooks.py' %}", "=cmd|' /C calc'!A0", "+1+cmd", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)", "=HYPERLINK(\"http://piege\")",
    "%0d%0aSet-Cookie: a", "</script><!--", '"}]}</script>', '","piege":"1', "\\u003cscript\\u003e", "\\\"", "\\", "\\n", "%s %d %n", "../../../etc/passwd", "C:\\Windows", "'; DROP TABLE cas; --",
    "#let x = 1; #read(\"/etc/passwd\")", "$ x $ #piege[]", "@piege", "<piege>", "#include \"/etc/passwd\"", "//", "/* */",
    "__proto__", "constructor", "undefined", "NaN", "null", "toString",
    # Words and figures that YAML would change
    "yes", "no", "on", "~", "true", "01", "1e3", "0x1F", "12:30", "2026-11-21", ".inf", "1_000", "0o17",
]
"""Texts that a short field accepts. Each must be read, on every page and in every file, as the text it is."""


def _inert() -> list[Hostile]:
    return [hostile(f"texte-{number:03d}", case(titre=f"titre: {_quoted(text)}") + f"  - {_quoted(text)}\n", "") for number, text in enumerate(PAYLOADS, 1)]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


STRANGE: list[Hostile] = [
    hostile("bom", b"\xef\xbb\xbf" + CASE.encode(), ""),
    hostile("retours-windows", CASE.replace("\n", "\r\n"), ""),
    hostile("retours-anciens", CASE.replace("\n", "\r"), ""),
    hostile("retour-seul", CASE.replace("Le reste", "Le\rreste"), ""),
    hostile("sans-retour-final", CASE.rstrip("\n"), ""),
    hostile("lignes-vides", "\n\n" + CASE.replace("\n", "\n\n") + "\n" * 50, ""),
    hostile("commentaires", "# {{ 1337 * 1337 }}\n" + CASE.replace("\n", " # <script>\n"), ""),
    hostile("accents-decomposes", unicodedata.normalize("NFD", CASE.replace("Une phrase", "Été à Orléans, œuvre")), ""),
    hostile("emoji", CASE.replace("Une phrase", "Une crèche 🏠🧒"), ""),
    hostile("autres-ecritures", CASE.replace("Une phrase", "Ελληνικά, русский, Łódź, București"), ""),
    hostile("espaces-insecables", CASE.replace("Une phrase", "15\u00a0000\u00a0€ et 30\u202f%"), ""),
    hostile("texte-en-bloc", CASE.replace('texte: "Une phrase."', "texte: |\n      Un paragraphe.\n\n      Un autre : avec deux-points, # et dièse."), ""),
    hostile("texte-replie", CASE.replace('texte: "Une phrase."', "texte: >-\n      Une phrase\n      sur deux lignes."), ""),
    hostile("tout-en-accolades", """{"titre": "a", "type": "cas-de-collectivite", "accueils": ["pole"], "redige_le": "2026",
             "en_bref": [{"texte": "a", "source": "rtes-2026"}], "leviers": [], "inconnues": ["a"]}""", ""),
    hostile("echappements", case(titre=r'titre: "\u00c9tat \x41 \t \\ \/ \""'), ""),
    hostile("apostrophes", case(titre="titre: 'L''école d''Anstaing'"), ""),
    hostile("titre-de-110-signes", case(titre=f"titre: {'a' * 110}"), ""),
    hostile("texte-de-3000-signes", CASE.replace("Une phrase.", "a" * 3000), ""),
    hostile("texte-de-3000-etoiles", CASE.replace("Une phrase.", "*a" * 1500), ""),
    hostile("texte-de-3000-crochets", CASE.replace("Une phrase.", "[" * 3000), ""),
    hostile("texte-de-listes", CASE.replace("Une phrase.", "- " * 1490 + "a"), ""),
    hostile("texte-de-listes-chiffrees", CASE.replace("Une phrase.", "1. " * 990 + "a"), ""),
    hostile("nombre-de-douze-chiffres", case(habitants="habitants: [{valeur: 999999999999, source: rtes-2026}]"), ""),
    hostile("nombre-zero", case(capacite="capacite: [{valeur: 0, source: rtes-2026}]"), ""),
    hostile("nombre-a-virgule", case(surface='surface: [{valeur: "4,75", source: rtes-2026}]'), ""),
    hostile("champs-dans-le-desordre", "inconnues: [a]\nleviers: []\n" + CASE.replace('inconnues:\n  - "Le reste."\n', "").replace("leviers: []\n", ""), ""),
    hostile("document-marque", "---\n" + CASE, ""),
    hostile("document-ferme", CASE + "...\n", ""),
    hostile("cle-entre-guillemets", CASE.replace("titre:", '"titre":'), ""),
    hostile("mot-oui", case(titre="titre: Oui"), ""),
]

PERMITTED = STRANGE + _inert()
