"""The report holds every number of its sheets, fetches nothing, and runs nothing."""

from __future__ import annotations

import re
import shutil
import subprocess
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.display import same_places
from healthduty.report.report import render_report, write_report

NAME = "township-hospital-targets"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Page(HTMLParser):
    """The tables of a page as rows of texts, by the id of the section around them."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._section = ""
        self._cell: list[str] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a section, a row or a cell."""
        named = dict(attrs)
        self.tags.append((tag, named))
        if tag == "section":
            self._section = named.get("id") or ""
        if tag == "tr":
            self.tables.setdefault(self._section, []).append([])
        if tag in {"td", "th"}:
            self._cell = []

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in {"td", "th"} and self._cell is not None:
            self.tables[self._section][-1].append("".join(self._cell))
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Take a cell's text."""
        if self._cell is not None:
            self._cell.append(data)


@pytest.fixture(scope="module")
def sheets() -> list[hd.ScoreSheet]:
    """Score the catalogue's thirty township hospitals, two of which lack a value."""
    agreement = hd.catalogue.get(NAME)
    return [hd.score(agreement, record) for record in hd.catalogue.records(NAME)]


@pytest.fixture(scope="module")
def page(sheets: list[hd.ScoreSheet]) -> Page:
    """Parse the whole report."""
    return Page(render_report(sheets))


def test_the_ranking_holds_every_total_and_grade(sheets: list[hd.ScoreSheet], page: Page) -> None:
    """Each facility has one row with its rank, total and grade, as the ranking says."""
    ranked = hd.rank(sheets)
    rows = page.tables["ranking"][1:]
    totals = same_places(entry.sheet.total for entry in ranked)
    assert [(row[0], row[1], row[3], row[4]) for row in rows] == [
        (
            "" if entry.rank is None else str(entry.rank),
            entry.sheet.record.facility,
            total,
            entry.sheet.grade or "",
        )
        for entry, total in zip(ranked, totals, strict=True)
    ]


def test_every_sheet_has_every_number_of_its_table(sheets: list[hd.ScoreSheet], page: Page) -> None:
    """A facility's section is its sheet's table, cell by cell."""
    for place, entry in enumerate(hd.rank(sheets)):
        table = entry.sheet.table("zh")
        expected = [[row[column] for column in table.filled] for row in table.rows]
        assert page.tables[f"unit-{place + 1}"][1:] == expected


def test_the_heat_map_holds_what_each_facility_lost_by_each_indicator(
    sheets: list[hd.ScoreSheet], page: Page
) -> None:
    """Lost points stand in the cell; what can't be told is a question mark."""
    rows = page.tables["heat"]
    for entry, row in zip(hd.rank(sheets), rows[1:], strict=True):
        items = [item for item in entry.sheet.items if item.kind == "indicator"]
        assert rows[0][1:] == [item.number for item in items]
        for item, text in zip(items, row[1:], strict=True):
            if item.earned is None:
                assert text == "?"
            else:
                assert Fraction(text or 0) == Fraction(item.full) - Fraction(item.earned)


def test_mean_losses_are_exact_and_rounded_once(sheets: list[hd.ScoreSheet], page: Page) -> None:
    """The mean is over the facilities whose points can be told, half up to a hundredth."""
    for column, row in enumerate(page.tables["items"][1:]):
        items = [[i for i in sheet.items if i.kind == "indicator"][column] for sheet in sheets]
        lost = [Fraction(i.full) - Fraction(i.earned) for i in items if i.earned is not None]
        mean = sum(lost, start=Fraction(0)) / len(lost)
        assert Fraction(row[3]) == Fraction((mean * 100 + Fraction(1, 2)).__floor__(), 100)
        assert int(row[4]) == sum(points > 0 for points in lost)


def test_nothing_is_fetched_and_nothing_runs(sheets: list[hd.ScoreSheet]) -> None:
    """No script, no link to anywhere but the page itself, and a policy that forbids both."""
    text = render_report(sheets)
    page = Page(text)
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe", "object"}
    for _, attributes in page.tags:
        assert "src" not in attributes
        assert (attributes.get("href") or "#").startswith("#")
    assert "default-src 'none'" in text
    assert "url(" not in text


def test_a_name_can_t_become_markup() -> None:
    """What stands in the data is text, whatever it looks like."""
    nasty = '<script>alert("1")</script>&amp;\x1b[31m'
    agreement = hd.Agreement(nasty, parts=(hd.Indicator("1", nasty, points=5),))
    sheets = [hd.score(agreement, hd.Record(nasty, {"1": 4})) for _ in range(2)]
    text = render_report(sheets)
    assert "<script" not in text
    assert "\x1b" not in text
    assert Page(text).tables["heat"][1][0].startswith("<script>")


def test_every_link_leads_somewhere(page: Page) -> None:
    """A facility's name in the overview leads to its sheet."""
    ids = {attributes.get("id") for _, attributes in page.tags}
    links = [a["href"] for tag, a in page.tags if tag == "a"]
    assert len(links) > 60
    assert all(link is not None and link[1:] in ids for link in links)


def test_one_facility_has_no_overview(sheets: list[hd.ScoreSheet]) -> None:
    """A single sheet is a page of its own, from which nothing leads back to a ranking."""
    text = render_report(sheets[:1])
    assert set(Page(text).tables) == {"unit-1"}
    assert "返回排名" not in text
    assert "返回排名" in render_report(sheets[:2])


def test_digests_are_named_as_in_the_other_files(sheets: list[hd.ScoreSheet]) -> None:
    """A Chinese report says 责任书 and 考核数据, as the notice and the workbook do."""
    marks = sheets[0].digests
    said = f"核对码：责任书 {marks['agreement']}  考核数据 {marks['record']}"
    assert said in render_report(sheets[:1])


def test_more_facilities_than_sheets_are_told(sheets: list[hd.ScoreSheet]) -> None:
    """All are ranked, the best have their sheets, and a note says so."""
    text = render_report(sheets, most_sheets=3)
    page = Page(text)
    assert {key for key in page.tables if key.startswith("unit")} == {"unit-1", "unit-2", "unit-3"}
    assert len(page.tables["ranking"]) == 31
    assert "只含排名前3个单位" in text


def test_english_is_english(sheets: list[hd.ScoreSheet]) -> None:
    """Headings and sentences follow the language."""
    text = render_report(sheets, "en")
    assert "Where the points went" in text
    assert "失分" not in text


def test_sheets_of_two_agreements_are_refused(sheets: list[hd.ScoreSheet]) -> None:
    """Their items would stand in the same columns."""
    other = hd.score(hd.Agreement("另一份", parts=(hd.Indicator("1", points=5),)), {"1": 4})
    with pytest.raises(hd.UsageError, match="of one agreement"):
        render_report([sheets[0], other])
    with pytest.raises(hd.UsageError, match="needs a sheet"):
        render_report([])


def test_a_report_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    """Nothing is written before the page is whole."""
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(hd.UsageError):
        write_report([], path)
    assert path.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
def test_a_real_browser_shows_and_prints_it(sheets: list[hd.ScoreSheet], tmp_path: Path) -> None:
    """Chromium lays the page out, and prints a page for each facility on A4."""
    path = tmp_path / "report.html"
    write_report(sheets[:4], path)
    printed = tmp_path / "report.pdf"
    subprocess.run(
        [
            str(CHROMIUM),
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"),
            *("--no-first-run", "--disable-component-update", "--disable-sync"),
            f"--user-data-dir={tmp_path / 'profile'}",
            *("--no-pdf-header-footer", f"--print-to-pdf={printed}"),
            path.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    content = printed.read_bytes()
    assert content.startswith(b"%PDF")
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content)
    assert {(round(float(x)), round(float(y))) for x, y in boxes} == {(595, 842)}
    assert len(boxes) >= 5  # the overview, and four sheets
