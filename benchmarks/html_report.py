"""The HTML report: how long it takes, in multiples of writing the same cells bare.

    python benchmarks/html_report.py [--turns N]

Ours starts from score sheets and ends with the text of the page. The rivals have every element of
our finished page before their clock starts, its tag, its attributes and its text, in order. One
joins strings by hand and escapes each text; the other is a Jinja template with autoescaping. Both
give back the very same page, and neither works anything out.
"""

from __future__ import annotations

import argparse
import html
import platform
import sys
from html.parser import HTMLParser
from typing import NamedTuple

import jinja2
from markupsafe import Markup
from timing import compare

import healthduty as hd
from healthduty.scoring.sheet import ScoreSheet

GOAL = 2.0
"""At most twice the time in which a way that knows every cell already writes the same."""

NAMES = ("township-hospital-targets", "supervision-coordination")


class Piece(NamedTuple):
    """A start tag with its attributes, a text, or an end tag (then `tag` begins with a slash)."""

    tag: str
    attributes: tuple[tuple[str, str], ...]
    text: str


class Pieces(HTMLParser):
    """Takes a page apart, so that it can be written again."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(convert_charrefs=True)
        self.found: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a start tag."""
        self.found.append(Piece(tag, tuple((name, value or "") for name, value in attrs), ""))

    def handle_endtag(self, tag: str) -> None:
        """Keep an end tag."""
        self.found.append(Piece(f"/{tag}", (), ""))

    def handle_data(self, data: str) -> None:
        """Keep a text; a style sheet is markup, not to be escaped."""
        styled = bool(self.found) and self.found[-1].tag == "style"
        self.found.append(Piece("", (), Markup(data) if styled else data))  # noqa: S704 - ours


def sheets_of(name: str) -> list[ScoreSheet]:
    """Score what the catalogue ships, and make what a sheet makes when it is first asked."""
    agreement = hd.catalogue.get(name)
    sheets = [hd.score(agreement, record) for record in hd.catalogue.records(name)]
    for sheet in sheets:
        _ = sheet.lines, sheet.items, sheet.findings, sheet.digests, sheet.total
    return sheets


def joined(pieces: list[Piece]) -> str:
    """Write the page with string joins, every text and attribute escaped."""
    parts: list[str] = ["<!doctype html>"]
    for tag, attributes, text in pieces:
        if not tag:
            parts.append(text if isinstance(text, Markup) else html.escape(text))
            continue
        told = "".join([f' {name}="{html.escape(value)}"' for name, value in attributes])
        parts.append(f"<{tag}{told}>")
    return "".join(parts)


TEMPLATE = jinja2.Environment(autoescape=True).from_string(
    "<!doctype html>"
    "{% for tag, attributes, text in pieces %}{% if tag %}<{{ tag }}"
    '{% for name, value in attributes %} {{ name }}="{{ value }}"{% endfor %}>'
    "{% else %}{{ text }}{% endif %}{% endfor %}"
)
"""The same with the templating that most Python pages are written with."""


def main() -> int:
    """Print a row for each sample; 1 where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--turns", type=int, default=9)
    turns = parser.parse_args().turns
    print(f"Jinja {jinja2.__version__}, Python {platform.python_version()}, {turns} turns\n")
    print(f"{'sample':<28}{'units':>6}{'texts':>7}  {'× joins':<18}{'× Jinja':<18}  ms")
    missed = [_row(name, turns) for name in NAMES]
    return 1 if any(missed) else 0


def _row(name: str, turns: int) -> bool:
    """Print one sample's ratios; true where the goal is missed."""
    sheets = sheets_of(name)
    page = hd.render_report(sheets)
    taken = Pieces()
    taken.feed(page)
    pieces = taken.found
    assert _told(joined(pieces)) == _told(TEMPLATE.render(pieces=pieces)) == pieces

    def ours(_: int) -> None:
        hd.render_report(sheets)

    def by_joins(_: int) -> None:
        joined(pieces)

    def by_template(_: int) -> None:
        TEMPLATE.render(pieces=pieces)

    ratios = [compare(ours, rival, turns) for rival in (by_joins, by_template)]
    told = [f"{each.median:.2f} ({each.low:.2f}–{each.high:.2f})" for each in ratios]
    texts = sum(not piece.tag for piece in pieces)
    times = " : ".join(
        f"{1000 * each:.0f}"
        for each in (ratios[0].seconds, *(ratio.rival_seconds for ratio in ratios))
    )
    print(f"{name:<28}{len(sheets):>6}{texts:>7}  {told[0]:<18}{told[1]:<18}  {times}")
    return max(ratio.median for ratio in ratios) > GOAL


def _told(page: str) -> list[Piece]:
    taken = Pieces()
    taken.feed(page)
    return taken.found


if __name__ == "__main__":
    sys.exit(main())
