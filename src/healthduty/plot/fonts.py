"""A font with Chinese characters, found among those of the system; none is shipped.

The families that people have are tried by name, those of Windows, of macOS and of Linux; then any
font that has the characters. Without one there is no picture of empty boxes but a clear message.

Source: “Chinese labels with a font found on the system, a clear message where there is
none”.

>>> family_among({"Arial": "a.ttf", "SimHei": "b.ttf", "SimSun": "c.ttf"})
'SimHei'
"""

from __future__ import annotations

import functools
import os
from collections.abc import Mapping
from pathlib import Path

from healthduty.errors import HealthdutyError
from healthduty.plot.extras import FT2Font, font_manager
from healthduty.said import Said

FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "HarmonyOS Sans SC",
    "MiSans",
    "Alibaba PuHuiTi",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "STHeiti",
    "Heiti SC",
    "DengXian",
    "Sarasa Gothic SC",
    "LXGW WenKai",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "SimSun",
    "Songti SC",
    "FangSong",
    "KaiTi",
    "AR PL UMing CN",
    "AR PL UKai CN",
    "Noto Sans CJK TC",
    "Noto Sans CJK HK",
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Microsoft JhengHei",
    "PingFang TC",
    "Arial Unicode MS",
)
"""Families with simplified characters, the plainest first."""

_NEEDED = "责任书指标总分扣"
"""A font that has these has what a label needs."""


class FontError(HealthdutyError, LookupError):
    """No font with Chinese characters, or one that was asked for and has none.

    `str` is the sentence in both languages: who draws for officials may read no English.
    """

    def __str__(self) -> str:
        """Return the sentence, English and Chinese below each other."""
        text = self.args[0] if self.args else ""
        return f"{text}\n{text.zh}" if isinstance(text, Said) else str(text)


def family_among(known: Mapping[str, str]) -> str | None:
    """Return the first of `FAMILIES` that a system has; `known` are its families."""
    return next((family for family in FAMILIES if family in known), None)


def find_font(font: str | os.PathLike[str] | None = None) -> str:
    """Return the family that labels are set in: the one asked for, else the best on the system.

    `font` is a family's name or the path of a font file.

    Raises:
        FontError: none was found, or the one asked for is not there or has no Chinese characters.
    """
    return _best() if font is None else _asked(font)


@functools.cache
def _best() -> str:
    known = _known()
    family = family_among(known)
    if family is not None and _has_characters(known[family]):
        return family
    for name, path in known.items():
        if _has_characters(path):
            return name
    raise FontError(
        Said(
            "no font with Chinese characters was found: install one (Debian: fonts-noto-cjk), or"
            " give the path of a font file: font=`….ttf`; after installing, start Python anew",
            "没有找到中文字体：请安装一种（Debian：fonts-noto-cjk），或写明字体文件的路径："
            "font=`….ttf`；安装后请重新启动Python",
        )
    )


def _asked(font: str | os.PathLike[str]) -> str:
    if Path(font).suffix.lower() in (".ttf", ".otf", ".ttc"):
        if not Path(font).is_file():
            raise FontError(Said(f"there is no font file `{font}`", f"没有字体文件`{font}`"))
        path = name = str(font)
        if _has_characters(path):
            font_manager.fontManager.addfont(path)
            name = font_manager.FontProperties(fname=path).get_name()
    else:
        name = str(font)
        found = _known().get(name)
        if found is None:
            raise FontError(
                Said(f"no font of the family `{name}` is installed", f"没有安装字体`{name}`")
            )
        path = found
    if not _has_characters(path):
        raise FontError(
            Said(f"the font `{name}` has no Chinese characters", f"字体`{name}`里没有汉字")
        )
    return name


def _known() -> dict[str, str]:
    """Return the families that matplotlib knows, each with one file."""
    known: dict[str, str] = {}
    for entry in font_manager.fontManager.ttflist:
        known.setdefault(entry.name, entry.fname)
    return known


def _has_characters(path: str) -> bool:
    try:
        font = FT2Font(path)
    except (OSError, RuntimeError):
        return False
    return all(font.get_char_index(ord(character)) for character in _NEEDED)
