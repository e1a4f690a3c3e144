"""The styles of official documents: which font, how large, how far from the margin.

The file names the official fonts (方正小标宋, 仿宋_GB2312, 黑体, 楷体_GB2312, 宋体); what a
computer does not have, Word replaces. Latin letters and figures stand in Times New Roman.

Source: GB/T 9704-2012, 5.2 (type area), 7.3 (title, body, headings), 7.5 (page number).

>>> style_xml(Style.TITLE).count("方正小标宋简体")
1
"""

from __future__ import annotations

import enum

import attrs

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LATIN = "Times New Roman"
LINE = 560
"""The fixed distance of two lines of the body: 28 points, in twentieths."""


class Style(enum.StrEnum):
    """What a paragraph, or the leading words of one, is; the value is the style's id."""

    TITLE = "GwTitle"
    BODY = "GwBody"
    FLUSH = "GwFlush"
    """Without the indent of two characters: parties, the unit that a notice goes to."""
    FIRST = "GwFirst"
    """一、"""
    SECOND = "GwSecond"
    """（一）"""
    SECOND_WORDS = "GwSecondWords"
    """The words of a second level that more follows in the same line: a character style."""
    CLOSING = "GwClosing"
    """At the right: who issues it, and the day."""
    ANNEX = "GwAnnex"
    ANNEX_TITLE = "GwAnnexTitle"
    SIGNATURE = "GwSignature"
    CELL = "GwCell"
    CELL_CENTRE = "GwCellCentre"
    CELL_HEAD = "GwCellHead"
    CELL_STRONG = "GwCellStrong"
    SMALL = "GwSmall"
    PAGE_ODD = "GwPageOdd"
    PAGE_EVEN = "GwPageEven"


@attrs.frozen
class Face:
    """How a style looks: font, size in half points, line in twentieths, place on the line."""

    name: str
    font: str
    size: int = 32
    line: int = LINE
    align: str = "both"
    indent: str = ""
    level: int | None = None
    before: int = 0
    after: int = 0
    character: bool = False


_SONG, _HEI, _KAI, _FANG = "宋体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_TWO = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
_KEEP = "<w:keepNext/>"

_FACES = {
    Style.TITLE: Face("公文标题", "方正小标宋简体", 44, 700, "center", level=0, after=560),
    Style.BODY: Face("公文正文", _FANG, indent=_TWO),
    Style.FLUSH: Face("公文顶格", _FANG, align="left"),
    Style.FIRST: Face("公文一级标题", _HEI, indent=_TWO, level=0),
    Style.SECOND: Face("公文二级标题", _KAI, indent=_TWO, level=1),
    Style.SECOND_WORDS: Face("公文二级标题字", _KAI, character=True),
    Style.CLOSING: Face(
        "公文落款", _FANG, align="right", indent='<w:ind w:rightChars="400" w:right="1280"/>'
    ),
    Style.ANNEX: Face("公文附件", _HEI, align="left"),
    Style.ANNEX_TITLE: Face(
        "公文附件标题", "方正小标宋简体", 36, 640, "center", before=280, after=280
    ),
    Style.SIGNATURE: Face("公文签署", _FANG, align="left"),
    Style.CELL: Face("公文表格", _FANG, 21, 320, "left"),
    Style.CELL_CENTRE: Face("公文表格居中", _FANG, 21, 320, "center"),
    Style.CELL_HEAD: Face("公文表头", _HEI, 21, 320, "center"),
    Style.CELL_STRONG: Face("公文表格合计", _HEI, 21, 320, "left"),
    Style.SMALL: Face("公文小注", _FANG, 18, 280, "left"),
    Style.PAGE_ODD: Face(
        "公文单页码", _SONG, 28, 320, "right", '<w:ind w:rightChars="100" w:right="280"/>'
    ),
    Style.PAGE_EVEN: Face(
        "公文双页码", _SONG, 28, 320, "left", '<w:ind w:leftChars="100" w:left="280"/>'
    ),
}
_HEADINGS = frozenset({Style.FIRST, Style.SECOND, Style.ANNEX, Style.ANNEX_TITLE})


def style_xml(style: Style) -> str:
    """Return the XML of one style, as it stands in the file's list of styles."""
    face = _FACES[style]
    kind = "character" if face.character else "paragraph"
    paragraph = "" if face.character else _paragraph_xml(style, face)
    return (
        f'<w:style xmlns:w="{W}" w:type="{kind}" w:customStyle="1" w:styleId="{style.value}">'
        f'<w:name w:val="{face.name}"/><w:qFormat/>{paragraph}'
        f'<w:rPr>{fonts_xml(face.font)}<w:sz w:val="{face.size}"/>'
        f'<w:szCs w:val="{face.size}"/></w:rPr></w:style>'
    )


def _paragraph_xml(style: Style, face: Face) -> str:
    level = "" if face.level is None else f'<w:outlineLvl w:val="{face.level}"/>'
    return (
        f"<w:pPr>{_KEEP if style in _HEADINGS else ''}"
        '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="{face.before}" w:after="{face.after}" w:line="{face.line}"'
        f' w:lineRule="exact"/>{face.indent}<w:jc w:val="{face.align}"/>{level}</w:pPr>'
    )


def fonts_xml(font: str) -> str:
    """Return the fonts of a run: the Chinese one, and that of letters and figures.

    >>> 'w:eastAsia="黑体"' in fonts_xml("黑体")
    True
    """
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" '
        f'w:eastAsia="{font}" w:cs="{LATIN}"/>'
    )


DEFAULT_FONTS = (
    f'<w:rPr xmlns:w="{W}">{fonts_xml(_FANG)}<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
)
"""What stands where no style says otherwise."""
