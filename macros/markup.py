"""Long texts of the data: a little Markdown in, harmless HTML out.

Markdown → nh3, in that order: escaping before Markdown does not stop `[x](javascript:…)` nor attribute lists.
"""

from __future__ import annotations

import re
from functools import lru_cache

import nh3
from markdown import Markdown
from markupsafe import Markup

ALLOWED = {"p", "em", "strong", "ul", "ol", "li", "a", "br"}
ATTRIBUTES = {"a": {"href"}, "*": set[str]()}
SCHEMES = {"https", "http", "mailto"}

_markdown = Markdown(extensions=[], output_format="html")
for _name in ("html_block",):
    _markdown.preprocessors.deregister(_name)
for _name in ("html", "image_link", "image_reference", "short_image_ref", "reference", "short_reference", "autolink", "automail", "backtick"):
    _markdown.inlinePatterns.deregister(_name)
for _name in ("hashheader", "setextheader", "hr", "code", "quote", "reference"):
    _markdown.parser.blockprocessors.deregister(_name)

LIST_IN_LIST = re.compile(r"^( *(?:[-*+]|[0-9]+\.) +)(?=(?:[-*+]|[0-9]+\.) )([0-9]*)", re.MULTILINE)
"""« - - - a »: one line that opens several lists at once. A thousand of them exhaust Markdown; the second sign is shown as it is."""


PLAIN = re.compile(r"[^\W\d_][\w ,.;:!?'’«»()%€/…–-]*(?<! )")
"""One line of letters, figures and common signs: nothing that Markdown or HTML reads as anything else, but for `_`."""


def is_plain(text: str) -> bool:
    """Whether a text is to be shown as it is written."""
    return "_" not in text and PLAIN.fullmatch(text) is not None


@lru_cache(maxsize=20_000)
def rich(text: str) -> Markup:
    """Paragraphs, emphasis, lists and links of a long text, as HTML blocks."""
    if is_plain(text):
        return Markup(f"<p>{text}</p>")
    html = _markdown.reset().convert(LIST_IN_LIST.sub(r"\1\2\\", text.replace("&", "&amp;")))  # « &eacute; » is what was written, not a sign
    return Markup(nh3.clean(html, tags=ALLOWED, attributes=ATTRIBUTES, url_schemes=SCHEMES, url_relative="deny", link_rel="noopener"))


@lru_cache(maxsize=20_000)
def inline(text: str) -> Markup:
    """The same, without its outer paragraph when it has only one."""
    if is_plain(text):
        return Markup(text)
    html = str(rich(text)).strip()
    alone = html.startswith("<p>") and html.endswith("</p>") and html.count("<p>") == 1
    return Markup(html[3:-4] if alone else html)
