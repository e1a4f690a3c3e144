"""Fonts, labels and files: what all pictures share."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
import pytest

import healthduty as hd
from healthduty.errors import UsageError
from healthduty.plot import fonts
from healthduty.plot.canvas import Figure, label, marks_of, save_picture
from healthduty.plot.fonts import FAMILIES, FontError, family_among, find_font
from healthduty.plot.waterfall import plot_waterfall
from healthduty.said import chinese, reason_of


@pytest.fixture(scope="module")
def figure() -> Figure:
    """Return a small picture."""
    agreement = hd.Agreement("示例责任书", parts=(hd.Indicator("1", "台账$齐$全", points=5),))
    return plot_waterfall(hd.score(agreement, hd.Record("甲$院", {"1": 4})))


SIGNS = {".png": b"\x89PNG\r\n", ".pdf": b"%PDF-", ".svg": b"<?xml"}


@pytest.mark.parametrize("ending", SIGNS)
def test_a_picture_is_saved_by_its_ending(ending: str, figure: Figure, tmp_path: Path) -> None:
    """Each format is what it says, twice the same, and nothing temporary stays."""
    first, second = tmp_path / f"甲{ending}", tmp_path / f"乙{ending.upper()}"
    save_picture(figure, first)
    save_picture(figure, second)
    assert first.read_bytes().startswith(SIGNS[ending])
    assert first.read_bytes() == second.read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_a_notebook_shows_a_picture(figure: Figure) -> None:
    """As the last line of a cell, without pyplot."""
    png = figure._repr_png_()  # type: ignore[attr-defined]
    assert png.startswith(SIGNS[".png"])


def test_another_ending_and_a_missing_folder_are_refused(figure: Figure, tmp_path: Path) -> None:
    """Nothing is written where it can't be read, and an old file stays."""
    with pytest.raises(UsageError, match=r"not `\.gif`"):
        save_picture(figure, tmp_path / "x.gif")
    with pytest.raises(OSError, match="No such file"):
        save_picture(figure, tmp_path / "none" / "x.svg")
    assert not list(tmp_path.iterdir())


def test_no_picture_changes_the_settings_of_others(figure: Figure) -> None:
    """Settings are as they were, and the labels are set in the font that was found."""
    assert figure.axes
    assert mpl.rcParams["font.family"] == mpl.rcParamsDefault["font.family"]
    family = find_font()
    (axes,) = figure.axes
    for text in (*axes.texts, *axes.get_yticklabels(), axes.title):
        assert text.get_fontfamily()[0] in (family, "sans-serif")
    assert axes.get_yticklabels()[0].get_fontfamily() == [family]


def test_names_are_no_mathematics(figure: Figure) -> None:
    """Dollar signs in a name are drawn as such."""
    assert label("甲$x$乙", 40) == r"甲\$x\$乙"
    assert label("a\x1b[2J", 40) == "a�[2J"
    assert r"台账\$齐\$全" in figure.axes[0].get_yticklabels()[1].get_text()


def test_long_names_wrap() -> None:
    """A line has no more columns than it is given."""
    wrapped = label("基本公共卫生服务项目城乡居民健康档案规范化电子建档率", 20)
    assert wrapped.replace("\n", "") == "基本公共卫生服务项目城乡居民健康档案规范化电子建档率"
    assert max(map(len, wrapped.split("\n"))) <= 10


def test_grades_have_colours_from_best_to_worst() -> None:
    """Two, three or five grades: the ends are the same, all differ."""
    for names in ("ab", "abc", "abcde"):
        lows = dict(zip(names, range(len(names), 0, -1), strict=True))
        agreement = hd.Agreement("x", grades=hd.GradeScale.of(**lows))
        colours = list(marks_of([agreement]).colours.values())
        assert len(set(colours)) == len(names)
        assert (colours[0], colours[-1]) == ("#0072B2", "#D55E00")


# ---------------------------------------------------------------------------------- fonts


def test_the_plainest_family_is_taken() -> None:
    """The order of the list decides, not that of the system."""
    assert family_among(dict.fromkeys(reversed(FAMILIES), "")) == FAMILIES[0]
    assert family_among({"Arial": ""}) is None


def test_a_system_without_a_chinese_font_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A clear message, and no picture of empty boxes."""
    latin = {"DejaVu Sans": fonts._known()["DejaVu Sans"]}  # noqa: SLF001 - shipped with matplotlib
    monkeypatch.setattr(fonts, "_known", lambda: latin)
    fonts._best.cache_clear()  # noqa: SLF001 - what was found before does not count
    try:
        with pytest.raises(FontError, match="no font with Chinese characters was found: install"):
            find_font()
    finally:
        fonts._best.cache_clear()  # noqa: SLF001


def test_a_font_of_another_name_is_found_by_its_characters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A family that no list names serves too, if it has the characters."""
    known = fonts._known()  # noqa: SLF001 - the fonts of this machine
    path = known[find_font()]
    latin = known["DejaVu Sans"]
    monkeypatch.setattr(fonts, "_known", lambda: {"DejaVu Sans": latin, "本局字体": path})
    fonts._best.cache_clear()  # noqa: SLF001
    try:
        assert find_font() == "本局字体"
    finally:
        fonts._best.cache_clear()  # noqa: SLF001


def test_a_font_that_is_asked_for_is_taken_or_refused(tmp_path: Path) -> None:
    """By family or by file; one without Chinese characters, or none at all, is an error."""
    family = find_font()
    path = fonts._known()[family]  # noqa: SLF001
    assert find_font(family) == family
    assert find_font(path)
    with pytest.raises(FontError, match="has no Chinese characters"):
        find_font("DejaVu Sans")
    with pytest.raises(FontError, match="no font of the family `没有`") as refused:
        find_font("没有")
    assert str(refused.value).splitlines()[1] == "没有安装字体`没有`"
    assert chinese(reason_of(refused.value)) == "没有安装字体`没有`"
    assert str(FontError()) == ""
    with pytest.raises(FontError, match="there is no font file"):
        find_font(tmp_path / "x.ttf")
    broken = tmp_path / "y.ttf"
    broken.write_bytes(b"no font")
    with pytest.raises(FontError):
        find_font(broken)
