"""Word's automatic numbers (一、（一）1. ①), which stand in no paragraph's text.

A paragraph says which list it belongs to and how deep; the list says where each level begins,
in which script it counts and what stands around the number. Whoever reads the text alone loses
the agreement's article numbers, so they are counted out here as Word does.

Source: ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).

>>> level = Level(script="chineseCounting", text="（%1）")
>>> Numbering(levels={"1": {0: level}}).write("1", level, [3])
'（三）'
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from healthduty.grids.scripts import counted

Element = Any
"""An element of the document's XML; lxml has no types."""

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MOST_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@attrs.frozen
class Level:
    """One level of a list: where it begins, its script, and the text around the numbers."""

    start: int = 1
    script: str = "decimal"
    text: str = ""
    legal: bool = False
    """Whether the numbers of outer levels are written in Arabic here."""


@attrs.define
class Numbering:
    """The lists of a document and how far each has counted.

    `lists` gives for each list (`numId`) its abstract list, whose paragraphs count together;
    `levels` the levels of each list; `styles` the list and level that a paragraph style brings.
    """

    lists: dict[str, str] = attrs.Factory(dict)
    levels: dict[str, dict[int, Level]] = attrs.Factory(dict)
    restarts: dict[str, dict[int, int]] = attrs.Factory(dict)
    styles: dict[str, tuple[str, int]] = attrs.Factory(dict)
    counts: dict[str, list[int | None]] = attrs.Factory(dict)
    begun: set[str] = attrs.Factory(set)

    def label(self, paragraph: Element) -> str:
        """Return the number that Word shows before a paragraph, and count on; nothing where none.

        A level that shows a mark instead of a number gives `-`.
        """
        number, depth = self._list_of(paragraph)
        level = self.levels.get(number, {}).get(depth)
        if level is None:
            return ""
        counts = self._count(number, depth)
        if level.script == "bullet":
            return "-"
        if level.script == "none":
            return ""
        return self.write(number, level, counts)

    def write(self, number: str, level: Level, counts: Sequence[int | None]) -> str:
        """Return a level's text with the numbers of the levels that it names put in."""

        def one(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            about = self.levels[number].get(other, Level())
            count = counts[other]
            script = "decimal" if level.legal else about.script
            return counted(about.start if count is None else count, script)

        return _PLACE.sub(one, level.text)

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """Return the list and the level of a paragraph, its own before its style's."""
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return self.styles.get("", ("", 0))
        style = properties.find(f"{W}pStyle")
        number, depth = self.styles.get("" if style is None else style.get(f"{W}val"), ("", 0))
        own = properties.find(f"{W}numPr")
        if own is not None:
            number = _value(own, "numId") or number
            depth = int(_value(own, "ilvl") or depth)
        return number, depth

    def _count(self, number: str, depth: int) -> list[int | None]:
        counts = self.counts.setdefault(self.lists.get(number, number), [None] * MOST_LEVELS)
        if number not in self.begun:
            self.begun.add(number)
            for level, start in self.restarts.get(number, {}).items():
                counts[level] = start - 1
        last = counts[depth]
        start = self.levels[number][depth].start
        counts[depth] = start if last is None else last + 1
        for deeper in range(depth + 1, MOST_LEVELS):
            counts[deeper] = None
        return counts


def _value(element: Element, name: str) -> str:
    child = None if element is None else element.find(f"{W}{name}")
    return "" if child is None else child.get(f"{W}val") or ""


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """Return the lists that `numbering.xml` and `styles.xml` define; either may be missing."""
    found = Numbering()
    if numbering is not None:
        abstract = {
            each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")
        }
        for number in numbering.findall(f"{W}num"):
            _read_list(number, abstract, found)
    if styles is not None:
        _read_styles(styles, found)
    return found


def _read_list(number: Element, abstract: dict[str, Element], found: Numbering) -> None:
    name, base = number.get(f"{W}numId"), _value(number, "abstractNumId")
    levels = dict(_levels(abstract.get(base)))
    found.restarts[name] = {}
    for override in number.findall(f"{W}lvlOverride"):
        depth = int(override.get(f"{W}ilvl"))
        levels.update(_levels(override))
        if start := _value(override, "startOverride"):
            found.restarts[name][depth] = int(start)
    found.lists[name], found.levels[name] = base, levels


def _levels(element: Element | None) -> Iterator[tuple[int, Level]]:
    for level in () if element is None else element.findall(f"{W}lvl"):
        depth = int(level.get(f"{W}ilvl"))
        if 0 <= depth < MOST_LEVELS:
            yield (
                depth,
                Level(
                    int(_value(level, "start") or 1),
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText"),
                    level.find(f"{W}isLgl") is not None,
                ),
            )


def _read_styles(styles: Element, found: Numbering) -> None:
    """Note which list each paragraph style brings, its own or that of the style it builds on."""
    known = {each.get(f"{W}styleId"): each for each in styles.findall(f"{W}style")}
    for name, style in known.items():
        seen: set[str] = set()
        current, depth = style, None
        while current is not None and current.get(f"{W}styleId") not in seen:
            seen.add(current.get(f"{W}styleId"))
            properties = current.find(f"{W}pPr/{W}numPr")
            if properties is not None:
                if depth is None and _value(properties, "ilvl"):
                    depth = int(_value(properties, "ilvl"))
                if number := _value(properties, "numId"):
                    found.styles[name] = (number, depth or 0)
                    break
            current = known.get(_value(current, "basedOn"))
        if name in found.styles and style.get(f"{W}default") == "1":
            found.styles[""] = found.styles[name]
