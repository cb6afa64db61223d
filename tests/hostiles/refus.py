"""What is refused. The mark ▲ stands where the fault begins: it gives the line that the message must name."""

from __future__ import annotations

from tests.hostiles import CASE, Hostile, case, hostile

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")

LAUGHS = "a: ▲&a [x, x]\n" + "".join(f"{new}: &{new} [*{old}, *{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True))


def _sign(name: str, sign: str) -> Hostile:
    """A character that has no place in a fiche, in the middle of a word."""
    return hostile(f"signe-{name}", CASE.replace("Une phrase", f"Une▲ ph{sign}rase"), f"U+{ord(sign):04X}")


def _value(name: str, said: str, **lines: str) -> Hostile:
    return hostile(name, case(**lines), said)


def _link(name: str, address: str) -> Hostile:
    return hostile(f"lien-{name}", CASE.replace('texte: "Une phrase."', f'▲texte: "Voir [ici]({address})."'), "adresse")


def _number(name: str, value: str) -> Hostile:
    return _value(f"nombre-{name}", "n'est pas un nombre", capacite=f"capacite:\n  - ▲valeur: {value}\n    source: rtes-2026")


def _date(name: str, value: str) -> Hostile:
    return _value(f"date-{name}", value.strip("'\" ")[:4], redige_le=f"▲redige_le: {value}")


def _place(name: str, said: str, field: str, value: str) -> Hostile:
    lines = {"commune": "Anstaing", "insee": '"59013"', "departement": '"59"', field: value}
    told = "insee" if field == "commune" else field
    return _value(f"lieu-{name}", said, lieux="lieux:\n  - source: rtes-2026\n" + "\n".join(f"    {'▲' * (key == told)}{key}: {kept}" for key, kept in lines.items()))


BYTES = [
    hostile("octets-vides", b"", "vide", 1),
    hostile("octets-espaces", b"   \n\n", "vide", 1),
    hostile("octets-zeros", b"\x00" * 100, "U+0000", 1),
    hostile("octets-utf-16", CASE.encode("utf-16"), "UTF-8", 1),
    hostile("octets-utf-32", CASE.encode("utf-32"), "UTF-8", 1),
    hostile("octets-utf-16-sans-bom", CASE.encode("utf-16-le"), "U+0000", 1),
    hostile("octets-windows-1252", CASE.replace("Une phrase", "Une crèche à 10 €").encode("cp1252"), "UTF-8", 6),
    hostile("octets-trop-longs", CASE.encode().replace(b"Une phrase", b"Une \xc1\xbfphrase"), "UTF-8", 6),
    hostile("octets-demi-paire", CASE.encode().replace(b"Une phrase", b"Une \xed\xa0\x80phrase"), "UTF-8", 6),
    hostile("octets-au-dela", CASE.encode().replace(b"Une phrase", b"Une \xf4\x90\x80\x80phrase"), "UTF-8", 6),
    hostile("octets-image", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "UTF-8", 1),
    hostile("octets-archive", b"PK\x03\x04" + b"\x14" * 40, "U+0003", 1),
    hostile("octets-trop-gros", CASE + "# " + "a" * 200_000, "trop gros", 1),
    hostile("octets-trop-gros-lignes", CASE + "\n" * 200_001, "trop gros", 1),
    hostile("octets-deux-bom", b"\xef\xbb\xbf\xef\xbb\xbf" + CASE.encode(), "U+FEFF", 1),
]
SIGNS = [_sign(name, sign) for name, sign in {
    "bidi-droite": "\u202e", "bidi-gauche": "\u202d", "bidi-isole": "\u2066", "bidi-fin": "\u2069", "bidi-marque": "\u200f", "bidi-arabe": "\u061c",
    "largeur-nulle": "\u200b", "liant": "\u200d", "non-liant": "\u200c", "bom-au-milieu": "\ufeff", "trait-conditionnel": "\u00ad", "mot-joint": "\u2060", "separateur-ligne": "\u2028",
    "separateur-paragraphe": "\u2029", "ligne-suivante": "\x85", "cloche": "\x07", "echappement": "\x1b", "effacement": "\x7f", "retour-arriere": "\x08", "nul": "\x00", "saut-de-page": "\x0c",
    "remplacement": "\ufffd", "prive": "\ue000", "etiquette": "\U000e0041", "variante": "\ufe0f", "hangul": "\u3164", "khmer": "\u17b4", "mongol": "\u180e", "grapheme": "\u034f",
}.items()] + [
    hostile("signe-tabulation", CASE.replace("  - texte", "▲\t- texte"), "tabulation"),
]
STRUCTURE = [
    hostile("yaml-ancre", case(titre="titre: ▲&t Essai"), "l'ancre « &t »"),
    hostile("yaml-alias", case(titre="titre: ▲*t"), "l'alias « *t »"),
    hostile("yaml-mille-rires", LAUGHS, "l'ancre « &a »"),
    hostile("yaml-rires-en-ligne", case(alias="alias: ▲&a [*a, *a]"), "l'ancre « &a »"),
    hostile("yaml-fusion", case(leviers="leviers: []\n▲<<: {titre: Autre}"), "« << »"),
    hostile("yaml-fusion-alias", case(leviers="leviers: []\n<<: ▲*base"), "l'alias « *base »"),
    hostile("yaml-objet-python", case(titre="titre: ▲!!python/object/apply:os.system ['touch piege']"), "l'étiquette"),
    hostile("yaml-nom-python", case(titre="titre: ▲!!python/name:os.system"), "l'étiquette"),
    hostile("yaml-objet-ruby", case(titre="titre: ▲!ruby/object:Gem::Installer {i: x}"), "l'étiquette"),
    hostile("yaml-binaire", case(titre="titre: ▲!!binary c2VjcmV0"), "l'étiquette « !!binary »"),
    hostile("yaml-texte-etiquete", case(titre="titre: ▲!!str Essai"), "l'étiquette « !!str »"),
    hostile("yaml-ensemble", case(accueils="accueils: ▲!!set {pole}"), "l'étiquette"),
    hostile("yaml-date-etiquetee", case(redige_le="redige_le: ▲!!timestamp 2026-11-21"), "l'étiquette"),
    hostile("yaml-etiquette-seule", case(titre="titre: ▲! Essai"), "«"),
    hostile("yaml-etiquette-longue", case(titre="titre: ▲!<tag:yaml.org,2002:python/none> x"), "l'étiquette"),
    hostile("yaml-inclusion", case(titre="titre: ▲!include /etc/passwd"), "l'étiquette"),
    hostile("yaml-variable", case(titre="titre: ▲!ENV SECRET"), "l'étiquette"),
    hostile("yaml-directive", "▲%YAML 1.2\n---\n" + CASE, "directive"),
    hostile("yaml-directive-tag", "▲%TAG ! tag:piege.example,2026:\n---\n" + CASE, "directive"),
    hostile("yaml-directive-inconnue", "▲%PIEGE oui\n---\n" + CASE, "directive"),
    hostile("yaml-deux-documents", CASE + "▲---\n" + CASE, "plusieurs documents"),
    hostile("yaml-dix-documents", CASE + "▲---\n" + "---\n" * 9, "plusieurs documents"),
    hostile("yaml-crochets-profonds", "titre: ▲" + "[" * 9000, "niveaux"),
    hostile("yaml-accolades-profondes", "a: ▲" + "{a: " * 9000, "niveaux"),
    hostile("yaml-tirets-profonds", "a:\n  ▲" + "- " * 9000 + "x\n", "niveaux"),
    hostile("yaml-cles-profondes", "".join(" " * n + "a:\n" for n in range(8)) + "        ▲a:\n" + "".join(" " * n + "a:\n" for n in range(9, 300)), "niveaux"),
    hostile("yaml-neuf-niveaux", case(alias="alias: ▲" + "[" * 8 + "]" * 8), "niveaux"),
    hostile("yaml-cle-liste", case(leviers="leviers: []\n▲? [a, b]\n: c"), "mot simple"),
    hostile("yaml-cle-groupe", case(leviers="leviers: []\n▲{a: b}: c"), "mot simple"),
    hostile("yaml-doublon", CASE + '▲titre: "Autre"\n', "deux fois"),
    hostile("yaml-doublon-echappe", CASE + '▲"\\x74itre": "Autre"\n', "deux fois"),
    hostile("yaml-doublon-decompose", case(leviers="leviers: []\n\u00e9: a\n▲e\u0301: b"), "deux fois"),
    hostile("yaml-doublon-interieur", CASE.replace("    source: rtes-2026\n", "    source: rtes-2026\n    ▲source: rtes-2021\n"), "deux fois"),
    hostile("yaml-liste", "▲- a\n- b\n", "ne commence pas par des champs"),
    hostile("yaml-texte", "▲bonjour\n", "ne commence pas par des champs"),
    hostile("yaml-chiffre", "▲42\n", "ne commence pas par des champs"),
    hostile("yaml-html", "▲<!doctype html><html><script>alert(1)</script></html>\n", "ne commence pas par des champs"),
    hostile("yaml-xml-entites", '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol">]>\n<lolz>&lol;</lolz>\n', "", 1),
    hostile("yaml-echappe-invisible", case(titre=r'▲titre: "a\u202eb"'), "U+202E"),
    hostile("yaml-echappe-nul", case(titre=r'▲titre: "a\0b"'), "U+0000"),
    hostile("yaml-echappe-bidi-cle", case(leviers='leviers: []\n▲"a\\u2066": b'), "U+2066"),
    hostile("yaml-echappe-demi-paire", case(titre=r'▲titre: "a\ud800b"'), ""),
    hostile("yaml-guillemet-ouvert", CASE.replace('"Le reste."', '▲"Le reste.'), "n'est pas refermé"),
    hostile("yaml-crochet-ouvert", case(accueils="accueils: ▲[pole"), "refermé", 0),
]
FIELDS = [
    _value("champ-proto", "n'existe pas", leviers="leviers: []\n▲__proto__: {admin: oui}"),
    _value("champ-class", "n'existe pas", leviers="leviers: []\n▲__class__: x"),
    _value("champ-prive", "n'existe pas", leviers="leviers: []\n▲model_config: {extra: allow}"),
    _value("champ-html", "n'existe pas", leviers='leviers: []\n▲"<script>alert(1)</script>": x'),
    _value("champ-gabarit", "n'existe pas", leviers='leviers: []\n▲"{{ 1337 * 1337 }}": x'),
    _value("champ-vide", "n'existe pas", leviers='leviers: []\n▲"": x'),
    _value("champ-accentue", "n'existe pas", leviers="leviers: []\n▲réserve: x"),
    _value("champ-autre-alphabet", "n'existe pas", titre="titre: a\n▲titrе: b"),
    _value("champ-tres-long", "n'existe pas", leviers="leviers: []\n▲? " + "a" * 50_000 + "\n: x"),
    _value("texte-111-signes", "trop long", titre=f"▲titre: {'a' * 111}"),
    _value("texte-100-ko", "trop long", titre=f"▲titre: {'a' * 100_000}"),
    hostile("texte-3001-signes", CASE.replace('texte: "Une phrase."', f'▲texte: "{"a" * 3001}"'), "trop long"),
    _value("texte-sur-deux-lignes", "une seule ligne", titre="▲titre: |\n  a\n  b"),
    _value("texte-liste", "texte simple", titre="▲titre: [a]"),
    _value("texte-groupe", "texte simple", titre="▲titre: {a: b}"),
    _value("texte-gabarit-sans-guillemets", "mot simple", titre="titre: {▲{ titre }}"),
    _value("texte-nul", "vide", titre="▲titre:"),
    _value("liste-mille", "trop longue", alias="▲alias: [" + "a, " * 1000 + "a]"),
    _value("identifiant-chemin", "n'est pas un identifiant", type="▲type: ../../etc/passwd"),
    _value("identifiant-majuscules", "n'est pas un identifiant", type="▲type: Cas-De-Collectivite"),
    _value("identifiant-html", "n'est pas un identifiant", type='▲type: "<b>"'),
    _value("identifiant-cyrillique", "n'est pas un identifiant", type="▲type: cаs-de-collectivite"),
    _value("identifiant-retour", "une seule ligne", type='▲type: "cas-de-\\n  collectivite"'),
    _value("identifiant-long", "trop long", type=f"▲type: {'a' * 61}"),
    _value("anonyme-autre-mot", "n'est pas permis", acteurs="acteurs:\n  - nom: a\n    type: commune\n    roles: [financeur]\n    source: rtes-2026\n    ▲anonyme: true"),
]
NUMBERS = [_number(name, value) for name, value in {
    "arabe": "10".translate(ARABIC), "pleine-chasse": "10".translate(WIDE), "devanagari": "10".translate(DEVANAGARI), "exposant": "1e3", "infini": ".inf", "pas-un-nombre": "NaN",
    "hexadecimal": "0x10", "octal": "0o17", "negatif": "-1", "plus": "+1", "souligne": "1_000", "zero-devant": "010", "treize-chiffres": "1234567890123", "cinq-decimales": "1.23456",
    "fraction": "½", "romain": "Ⅻ", "exposant-deux": "10²", "formule": '"=1+1"', "gabarit": '"{{ 10 }}"', "deux-points": "12:30", "cent-mille-chiffres": "1" * 100_000,
    "vide-deux": '"1 2"', "virgule-seule": '","',
}.items()]
DATES = [_date(name, value) for name, value in {
    "arabe": "2026-11-21".translate(ARABIC), "pleine-chasse": "2026-11-21".translate(WIDE), "annee-arabe": "2026".translate(ARABIC), "jour-devanagari": "2026-11-" + "21".translate(DEVANAGARI),
    "trente-fevrier": "2026-02-30", "mois-treize": "2026-13", "an-mille": "1000", "an-9999": "9999-01-01", "heure": "2026-11-21T10:00:00Z", "suite": '"2026-11-21; DROP"', "trimestre-cinq": "2026-T5",
}.items()]
PLACES = [
    _place("insee-arabe", "code INSEE", "insee", "59013".translate(ARABIC)), _place("insee-pleine-chasse", "code INSEE", "insee", "59013".translate(WIDE)),
    _place("insee-octal", "code INSEE", "insee", "0o59013"), _place("departement-arabe", "département", "departement", "59".translate(ARABIC)),
    _place("departement-pleine-chasse", "département", "departement", "59".translate(WIDE)), _place("region-arabe", "région", "region", "32".translate(ARABIC)),
    _place("siren-arabe", "SIREN", "epci", "200093201".translate(ARABIC)), _place("siren-pleine-chasse", "SIREN", "epci", "200093201".translate(WIDE)),
    _place("commune-html", "", "commune", '"<b>Anstaing</b>"'), _place("commune-grecque", "", "commune", "Αnstaing"),
]
LINKS = [_link(name, address) for name, address in {
    "javascript": "javascript:window.__pwned=1", "javascript-majuscules": "JaVaScRiPt:window.__pwned=1", "javascript-entite": "javascript&#58;window.__pwned=1", 
    "javascript-code": "&#106;avascript:alert(1)",
    "data": "data:text/html;base64,PHNjcmlwdD4=", "vbscript": "vbscript:msgbox", "file": "file:///etc/passwd", "sans-protocole": "//piege.example", "relatif": "../../", "ancre": "#piege",
    "chevrons": "<javascript:alert(1)>", "espace": " javascript:alert(1)", "blob": "blob:https://piege.example/1", "ftp": "ftp://piege.example", "sms": "sms:+33100000000",
}.items()]

LETTERS = [hostile(f"lettre-{name}", CASE.replace('texte: "Une phrase."', f'▲texte: "Une crèche {text}."'), "manque dans les polices du PDF") for name, text in {
    "japonaise": "日本語", "arabe": "العربية", "pleine-chasse": "２０２６", "mathematique": "𝐀",
}.items()]

REFUSED = [*BYTES, *SIGNS, *LETTERS, *STRUCTURE, *FIELDS, *NUMBERS, *DATES, *PLACES, *LINKS]
