"""The picture shown where a page is shared, and what the page says of it."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from macros.catalogue import Catalogue
from macros.heads import head_of
from macros.outputs import OutputError
from macros.pages import fiches
from macros.print import cards
from macros.print.typesetting import set_png
from tests.html_lu import read_file


def size(picture: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    return width, height


def test_the_words_for_a_case_give_its_title_its_place_and_its_levers(catalogue: Catalogue) -> None:
    """The alternative text says what the picture shows."""
    fiche = next(fiche for fiche in fiches(catalogue) if fiche.adresse == "cas/anstaing/")
    card = cards.card_of(catalogue, fiche.adresse, fiche.titre, fiche)
    assert card.adresse == "assets/cartes/cas/anstaing.png"
    for words in ("Anstaing (59)", "l’ancienne école devient une crèche", *(catalogue.leviers[shown.levier].titre_court for shown in catalogue.cas["anstaing"].leviers)):
        assert words in card.texte


def test_a_page_without_card_of_its_own_shares_that_of_its_part_of_the_site(catalogue: Catalogue) -> None:
    """One per kind of page; the home page has its own."""
    assert cards.card_of(catalogue, "contribuer/champs/", "Les champs").adresse == "assets/cartes/contribuer.png"
    assert cards.card_of(catalogue, "", "Accueil").adresse == "assets/cartes/accueil.png"


def test_every_page_announces_a_card_that_exists(site: Path, catalogue: Catalogue) -> None:
    """At the size networks expect, with words for those who do not see it."""
    pages = 0
    for path in site.rglob("index.html"):
        said = {item.attributes.get("property") or item.attributes.get("name"): item.attributes.get("content", "") for item in read_file(path).all("meta")}
        if "og:image" not in said:
            continue
        pages += 1
        assert size((site / said["og:image"].removeprefix(catalogue.adresse)).read_bytes()) == (1200, 630)
        assert said["og:image:alt"] and said["og:title"] and said["og:description"]
        assert (said["twitter:card"], said["twitter:image"], said["twitter:image:alt"]) == ("summary_large_image", said["og:image"], said["og:image:alt"])
    assert pages >= len(list(fiches(catalogue)))


def test_a_card_is_the_same_from_one_build_to_the_next(catalogue: Catalogue) -> None:
    """Byte for byte."""
    fiche = next(fiches(catalogue))
    content = cards._content(catalogue, fiche)
    assert set_png("card", content, fiche.fichier) == set_png("card", content, fiche.fichier)


def test_a_card_without_glyph_stops_the_build_and_names_the_case(catalogue: Catalogue) -> None:
    """A picture with holes is no better than a PDF with holes."""
    changed = replace(catalogue, cas={"nancy": catalogue.cas["nancy"].model_copy(update={"titre": "Nancy 漢"})})
    fiche = next(fiches(changed))
    with pytest.raises(OutputError, match=r"cases/nancy\.yml : « 漢 »"):
        set_png("card", cards._content(changed, fiche), fiche.fichier)


def test_the_pages_of_fiches_are_not_read_for_the_cards_of_the_others(tmp_path: Path, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    """They have their own; there are thousands of them."""
    for address in ("cas/anstaing/", "cas/", ""):
        (tmp_path / address).mkdir(parents=True, exist_ok=True)
        card = cards.card_of(catalogue, address, "Un titre").adresse
        (tmp_path / address / "index.html").write_text(f'<meta property="og:image" content="https://exemple.fr/{card}"><meta property="og:title" content="Un titre"></head>', encoding="utf-8")
    read: list[str] = []

    def counted(page: str) -> bytes:
        read.append(page)
        return head_of(page)

    monkeypatch.setattr(cards, "head_of", counted)
    cards.write_other_cards(catalogue, tmp_path)
    assert read == [f"{tmp_path}/index.html", f"{tmp_path}/cas/index.html"]
    assert sorted(path.name for path in (tmp_path / cards.FOLDER).rglob("*.png")) == ["accueil.png", "cas.png"]
