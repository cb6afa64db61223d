"""Long texts: a little Markdown, and nothing that runs."""

from __future__ import annotations

import pytest

from macros.markup import inline, rich
from tests.html_lu import read

PAYLOADS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\tscript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)", "[x](vbscript:x)", "![x](x){onerror=alert(1)}", "![x](javascript:alert(1))", "[x](https://a.fr){onclick=alert(1)}",
    '[x](https://a.fr "onmouseover=alert(1)")', '[x](https://a.fr"onmouseover="alert(1))', "<javascript:alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<svg onload=alert(1)>", "<iframe src=//a.fr>", "<style>*{}</style>", "<form action=//a.fr>", "<base href=//a.fr>", "<meta http-equiv=refresh content=0>",
    "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;", "**<b onclick=x>gras</b>**", "<details open ontoggle=alert(1)>", "<!-- --><script>x</script>",
    "[x]: javascript:alert(1)\n[x]", "<math><mi xlink:href='javascript:x'>", "`<script>x</script>`", "{{ 7 * 7 }}", "{% raw %}", "<p style='position:fixed'>x</p>",
]


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("writer", [rich, inline], ids=["rich", "inline"])
def test_a_text_cannot_carry_anything_that_runs(payload: str, writer: object) -> None:
    """Only paragraphs, emphasis, lists and plain links come out, whatever was typed."""
    html = str(writer(payload))  # type: ignore[operator]
    for element in list(read(html).walk())[1:]:
        assert element.tag in {"p", "em", "strong", "ul", "ol", "li", "a", "br"}, html
        assert set(element.attributes) <= {"href", "rel"}, html
        assert element.attributes.get("href", "https://").startswith(("https://", "http://", "mailto:")), html


def test_a_little_markdown_is_understood() -> None:
    """Paragraphs, emphasis, lists, links; headings, code and images are left as text."""
    assert str(rich("Un *mot* **fort**.\n\n- a\n- b")) == "<p>Un <em>mot</em> <strong>fort</strong>.</p>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    assert str(rich("[RTES](https://www.rtes.fr/)")) == '<p><a href="https://www.rtes.fr/" rel="noopener">RTES</a></p>'
    assert str(rich("# Titre")) == "<p># Titre</p>"
    assert "<h1" not in str(rich("Titre\n=====")) and "<img" not in str(rich("![x](https://a.fr/x.png)"))


def test_a_single_paragraph_loses_its_tag_inline() -> None:
    """A sentence goes inside another element; several paragraphs keep theirs."""
    assert str(inline("Un *mot*.")) == "Un <em>mot</em>."
    assert str(inline("a\n\nb")) == "<p>a</p>\n<p>b</p>"


def test_one_text_does_not_leak_into_the_next() -> None:
    """The converter keeps nothing between two texts."""
    rich("[x]: https://a.fr\n\n[x][x]")
    assert "href" not in str(rich("[x][x]"))


def test_special_signs_are_text() -> None:
    """`<`, `&` and quotes are shown, not interpreted."""
    assert read(str(rich("a < b & c > d \"e\""))).seen() == 'a < b & c > d "e"'


def test_an_entity_is_the_text_that_was_written() -> None:
    """« &eacute; » is not « é »; the address of a link keeps its parts."""
    assert read(f"<main>{rich('&lt;b&gt; &eacute; A & B')}</main>").seen() == "&lt;b&gt; &eacute; A & B"
    assert 'href="https://x.fr/?a=1&amp;b=2"' in rich("[a](https://x.fr/?a=1&b=2)")
