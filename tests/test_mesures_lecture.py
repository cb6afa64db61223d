"""What a reader's browser is measured with: a host that compresses, the handmade page, the reading of what Lighthouse says."""

from __future__ import annotations

import gzip
import http.client
import itertools
import json
import re
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.html_lu import UNSEEN, Element, read_file
from tests.mesures import lecture, phare
from tests.mesures.a_la_main import handmade
from tests.mesures.hebergeur import hosted

NOISE = bytes(range(256)) * 8


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A site of one page, its sheet, a picture, and rules of a host."""
    top = b'<!doctype html><html lang="fr"><title>t</title><link rel="stylesheet" href="/s/s.css"><link rel="icon" href="data:,">'
    for name, content in {"index.html": top + b'<img src="/i.png" alt="">' + b"<p>mot</p>" * 500, "s/s.css": b"p { margin: 1px }" * 100, "i.png": NOISE, "404.html": b"<p>introuvable</p>",
                          "recherche/index.html": top,
                          "_headers": b"/s/*\n  Cache-Control: public, max-age=31536000, immutable\n"}.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "site"


def test_the_host_compresses_and_counts_what_it_sends(small: Path) -> None:
    """Text is compressed, pictures are not; the rules of the site hold; one connection serves several requests."""
    with hosted(small) as host:
        connection = http.client.HTTPConnection(urlsplit(host.adresse).netloc)
        sent = {}
        for address in ("/", "/s/s.css?v=1", "/i.png", "/rien/"):
            connection.request("GET", address)
            answer = connection.getresponse()
            sent[address] = (answer.status, answer.headers, answer.read())
        connection.close()
        assert gzip.decompress(sent["/"][2]) == (small / "index.html").read_bytes()
        assert sent["/"][1]["Content-Encoding"] == "gzip" and sent["/"][1]["Content-Type"] == "text/html; charset=utf-8"
        assert sent["/i.png"][2] == NOISE and sent["/i.png"][1]["Content-Encoding"] is None
        assert sent["/s/s.css?v=1"][1].get_all("Cache-Control") == ["public, max-age=31536000, immutable"]
        assert sent["/rien/"][0] == 404 and b"introuvable" in gzip.decompress(sent["/rien/"][2])
        assert host.sum() == {"demandes": 4, "octets": sum(len(body) for _, _, body in sent.values())}
        host.forget()
        assert host.sum() == {"demandes": 0, "octets": 0}


def test_a_host_is_stopped_whatever_happens_meanwhile(small: Path) -> None:
    """Closed while it listens, it would turn round for ever and slow down all that is measured after."""
    before = {*threading.enumerate()}
    with pytest.raises(SystemExit), hosted(small):
        raise SystemExit("une mesure a échoué")
    assert {*threading.enumerate()} <= before


def test_a_first_view_is_all_that_the_browser_asks_for(small: Path) -> None:
    """And a search after the home page, what that page had not already brought."""
    with ThreadPoolExecutor(1) as apart:  # beside the browser of the other tests, which holds this thread
        found = apart.submit(lecture.fetched, small, {"accueil": ""}).result()
    packed = {name: len(gzip.compress((small / name).read_bytes(), 6, mtime=0)) for name in ("index.html", "s/s.css", "recherche/index.html")}
    assert found["accueil"] == {"demandes": 3, "octets": packed["index.html"] + packed["s/s.css"] + len(NOISE)}
    assert found["recherche"]["octets"] == packed["recherche/index.html"] and found["recherche"]["demandes"] == 1


def _text(element: Element) -> str:
    """All that an element shows, notes included."""
    return "".join(item if isinstance(item, str) else f" {_text(item)} " for item in element.inside if isinstance(item, str) or (item.tag not in UNSEEN and "hidden" not in item.attributes))


@pytest.mark.parametrize("address", lecture.VIEWS.values())
def test_the_handmade_page_has_the_words_of_the_other(address: str, site: Path, tmp_path: Path) -> None:
    """All of them, in the same order, under plain tags; nothing else to fetch but one small sheet."""
    made = handmade(site / address / "index.html", tmp_path)
    ours, theirs = (read_file(path).all("main")[0] for path in (site / address / "index.html", made))
    assert re.sub(r"\s", "", _text(theirs)) == re.sub(r"\s", "", _text(ours))
    titles = [[re.sub(r"\s", "", _text(title)) for title in main.all("h1", "h2", "h3")] for main in (theirs, ours)]
    assert titles[0] == titles[1] and len(theirs.all("p", "li", "dd")) > len(titles[0])
    page = read_file(made)
    assert not [element for element in page.walk() if {"class", "style", "src"} & set(element.attributes)]
    assert [link.attributes["href"] for link in page.all("link")] == ["style.css"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index.html", "style.css"]
    assert (tmp_path / "style.css").stat().st_size < 500
    assert {item.tag for holder in page.all("ul", "dl") for item in holder.inside if isinstance(item, Element)} <= {"li", "dt", "dd"}


def _report(**changes: Any) -> dict[str, Any]:
    return {"categories": {name: {"score": score} for name, score in zip(phare.SCORES, (0.985, 1, 0.96, 1), strict=True)},
            "audits": {"largest-contentful-paint": {"numericValue": 1234.5}}, "finalDisplayedUrl": "http://127.0.0.1/"} | changes


def test_what_lighthouse_says_is_read_whole() -> None:
    """Scores out of 100, seconds; a page it could not judge is no measure."""
    assert phare.read(_report()) == {"performance": 98, "accessibilité": 100, "bonnes pratiques": 96, "référencement": 100, "lcp": 1.2345}
    for fault in ({"runtimeError": {"code": "NO_FCP"}}, {"categories": {"performance": {"score": None}}}):
        with pytest.raises(SystemExit, match="n'a pas pu juger"):
            phare.read(_report(**fault))


def test_a_score_is_the_median_of_five_visits(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ours and the handmade page in turn, each served for good."""
    (small / "index.html").write_text("<title>t</title><main><h1>Mots</h1></main>", encoding="utf-8")
    visits: list[tuple[str, list[str]]] = []

    def run(command: list[str], env: dict[str, str], **options: Any) -> subprocess.CompletedProcess[str]:
        connection = http.client.HTTPConnection(urlsplit(command[2]).netloc)
        connection.request("GET", urlsplit(command[2]).path)
        page = gzip.decompress(connection.getresponse().read()).decode()
        connection.close()
        categories = command[-1].partition("=")[2].split(",")
        visits.append((page, categories))
        turn = (len(visits) - 1) // 2
        seconds = (9, 1, 3, 2, 8)[turn] * (1000 if "style.css" in page else 2000)
        report = {"categories": {name: {"score": (1, 0.5, 1, 1, 0.9)[turn]} for name in categories}, "audits": {"largest-contentful-paint": {"numericValue": seconds}}}
        return subprocess.CompletedProcess(command, 0, json.dumps(report), "")

    monkeypatch.setattr(subprocess, "run", run)
    found = phare.compared(small, {"accueil": ""}, tmp_path / "a-la-main")
    assert found == {"accueil": dict.fromkeys(phare.SCORES.values(), 100) | {"lcp": 6.0, "main": 3.0}}
    assert [("style.css" in page, categories) for page, categories in visits] == [(True, ["performance"]), (False, list(phare.SCORES))] * 5


def test_a_visit_that_was_not_recorded_is_made_again(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some times, not for ever; one that was recorded is kept, good or bad."""
    failures: Iterator[bool] = iter([True, True, False, True, False, False, False, False])

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "NO_NAVSTART") if next(failures) else subprocess.CompletedProcess(command, 0, json.dumps(_report()), "")

    monkeypatch.setattr(subprocess, "run", run)
    assert phare.alone(small, "") == phare.read(_report())
    assert [*failures] == []
    failures = itertools.repeat(True)
    with pytest.raises(SystemExit, match="NO_NAVSTART"):
        phare.alone(small, "")
