"""The last touch on a page: typography everywhere a person reads, acronyms explained once."""

from __future__ import annotations

import pytest

from macros.finishing import finished

T = "\u202f"
SIGLES = {"ESS": ("ess", "économie sociale et solidaire"), "SIEG": ("sieg", "service d'intérêt économique général")}


def _done(html: str) -> str:
    return finished(html, SIGLES, "../glossaire/")


def test_the_first_acronym_is_explained_and_leads_to_the_glossary() -> None:
    """Only the first of a page; the others stay bare."""
    assert _done("<p>L'ESS et l'ESS.</p>").count("économie sociale") == 1
    assert '<a class="sigle" href="../glossaire/#ess" aria-label="ESS, au glossaire">ESS</a> (économie sociale et solidaire)' in _done("<p>ESS</p>")


def test_an_acronym_already_explained_by_the_text_is_left_alone() -> None:
    """« ESS (économie…) » and « économie sociale et solidaire (ESS) » are not explained twice."""
    for text in ("ESS (économie sociale et solidaire)", "économie sociale et solidaire (ESS)"):
        assert _done(f"<p>{text}, puis ESS.</p>") == f"<p>{text}, puis ESS.</p>"


@pytest.mark.parametrize("html", ["<h2>ESS</h2>", "<button>ESS</button>", "<th>ESS</th>", "<dt>ESS</dt>", '<p><span class="puce">ESS</span></p>', "<summary>ESS</summary>"])
def test_a_short_place_gets_no_bracket(html: str) -> None:
    """A title or a label is not swollen by an expansion: the next paragraph gives it."""
    done = _done(html + "<p>ESS</p>")
    assert done.count("(économie sociale et solidaire)") == 1
    assert done.endswith("(économie sociale et solidaire)</p>")


def test_a_link_never_holds_another_link() -> None:
    """An acronym inside a link stays as it is."""
    assert _done('<p><a href="x">ESS</a></p>') == '<p><a href="x">ESS</a></p>'


@pytest.mark.parametrize("text", ["FESS", "ESSENTIEL", "ESS-93", "ess"])
def test_a_word_that_contains_an_acronym_is_not_one(text: str) -> None:
    """Only the whole acronym, in capitals."""
    assert "sigle" not in _done(f"<p>{text}</p>")


@pytest.mark.parametrize("tag", ["code", "pre", "script", "style", "kbd"])
def test_what_is_not_prose_is_left_as_it_is(tag: str) -> None:
    """Code keeps its straight quotes and its acronyms."""
    html = f"<{tag}>l'ESS : a ? b</{tag}>"
    assert _done(html) == html


def test_typography_reaches_the_attributes_a_person_hears() -> None:
    """Labels, tooltips and alternative texts are texts too; addresses are not."""
    html = _done('<a href="x?a=b;c" aria-label="source 1 : l\'école" title="Quoi ?">y</a>')
    assert html == f'<a href="x?a=b;c" aria-label="source 1{T}: l’école" title="Quoi{T}?">y</a>'


@pytest.mark.parametrize("html", ["<p>a &lt;b&gt; &amp; c &amp;lt</p>", "<!-- ESS : l'a -->", "<p>x<br>y</p>", '<img src="a" alt="b">', "<p>a < b</p>", ""])
def test_what_was_escaped_stays_escaped(html: str) -> None:
    """No text becomes a tag, no comment is touched."""
    assert _done(html).replace("&lt; b", "< b") == html


def test_no_acronym_at_all_is_not_a_fault() -> None:
    """A glossary without acronym leaves the texts."""
    assert finished("<p>ESS</p>", {}, "g/") == "<p>ESS</p>"


@pytest.mark.parametrize(("html", "expected"), [
    ("<p>(un SIEG ; après)</p>", ', service d’intérêt économique général\u202f; après)</p>'),
    ("<p>(le SIEG y est)</p>", ", service d’intérêt économique général, y est)</p>"),
    ("<p>(<em>le SIEG</em>, déjà)</p>", ", service d’intérêt économique général</em>, déjà)</p>"),
    ("<p>(avant) le SIEG y est</p>", " (service d’intérêt économique général) y est</p>"),
    ("<p>(ouverte</p><p>le SIEG y est</p>", " (service d’intérêt économique général) y est</p>"),
])
def test_brackets_do_not_stand_inside_brackets(html: str, expected: str) -> None:
    """Commas there; a bracket of another paragraph does not count."""
    assert _done(html).endswith(expected)


@pytest.mark.parametrize("html", ["<li>ESS : économie sociale et solidaire.</li>", "<p>L’Économie sociale et solidaire, ou ESS.</p>", "<p><em>économie sociale</em> et solidaire : ESS</p>"])
def test_words_that_stand_just_beside_are_explanation_enough(html: str) -> None:
    """The same words are not said twice in a sentence, and not said again further on."""
    assert _done(html + "<p>ESS</p>") == (html + "<p>ESS</p>").replace(" :", f"{T}:")


def test_words_of_another_paragraph_are_not_beside() -> None:
    """A reader of this one has not read the other."""
    assert _done("<p>économie sociale et solidaire</p><p>ESS</p>").endswith("</a> (économie sociale et solidaire)</p>")


@pytest.mark.parametrize("sign", [";", ":", "!", "?"])
def test_a_sign_just_after_a_tag_gets_its_space(sign: str) -> None:
    """The tag does not hide the word before it; a new paragraph does."""
    assert _done(f"<p><a>mot</a> {sign} suite</p>") == f"<p><a>mot</a>{T}{sign} suite</p>"
    if sign != ":":
        assert _done(f"<p><em><a>mot</a></em>{sign} suite</p>") == f"<p><em><a>mot</a></em>{T}{sign} suite</p>"
    assert _done(f"<p>mot</p>\n<p>{sign} suite</p>") == f"<p>mot</p>\n<p>{sign} suite</p>"


@pytest.mark.parametrize("html", ["<p>l'a</p>\n  <p>b &amp; c</p> <b> </b>", "<p>\x00\x01a</p>", "<pre>a\n ?</pre><p>x</p>", "</p>a</div>", "<p>&#0;&#1;a</p>"])
def test_pieces_keep_their_places(html: str) -> None:
    """Whatever is joined to be set comes apart again at the same places, even with signs nobody writes."""
    assert finished(html, {}, "g/").replace("’", "'") == html.translate({0: None, 1: None}).replace("&#0;&#1;", "\ufffd")
