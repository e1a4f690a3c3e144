"""One spelling for many: full-width, traditional and OCR'd characters, each folded to one.

Folding keeps every character's place, so what is found in the folded text is cut from the text
itself. Only the words by which tables and documents are told apart need it; what a clause says
is read by the clause reader.

Source: “text as it comes”.

>>> fold("評分標準（２—３分）"), squeeze(" 分 值 （分）")
('评分标准(2-3分)', '分值')
"""

from __future__ import annotations

import re
import unicodedata

_TRADITIONAL = (
    "責责書书標标準准評评項项級级務务權权總总計计單单類类別别額额撥拨費费經经違违為为優优內内備备註注檢检"
    "數数據据來来簽签訂订蓋盖負负雙双則则獎奖懲惩勵励處处領领導导黨党績绩實实際际細细辦办對对應应"
    "屬属關关機机構构衛卫衞卫醫医療疗縣县鄉乡鎮镇區区號号門门發发參参與与時时開开結结執执業业復复達达"
    "減减滿满稱称職职專专護护兌兑現现給给變变續续繼继後后該该確确規规範范資资紀纪條条個个從从過过決决"
    "會会員员東东兩两題题罰罚濟济賬账產产轉转達达獲获節节嚴严騙骗瞞瞒謊谎約约談谈訓训險险師师術术質质擔担檔档現现"
    "監监諾诺態态誡诫廠厂團团該该進进連连調调屆届齊齐絕绝極极啟启證证許许臺台灣湾廣广幹干鋼钢鐵铁報报週周無无間间爲为況况傷伤"
)
_PAIRS = {
    ord(old): new
    for old, new in zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)
    if old != new
}
_NOISE = {ord("旳"): "的", ord("\u3000"): " ", ord("\u00a0"): " ", ord("﹙"): "(", ord("﹚"): ")"}
_DASHES = dict.fromkeys(map(ord, "—–−\u2010\u2011―~〜"), "-")
_BRACKETS = re.compile(r"\([^()]*\)")
_PAUSE = re.compile(r"[,。:;\n]")
_CUT = 16
LONGEST_HEADLINE = 24
"""More characters than this are no title."""

_KEPT = frozenset("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


def fold(text: str) -> str:
    """Return a text of the same length in simplified, half-width characters."""
    return "".join(map(_fold_one, text)).translate(_NOISE | _DASHES | _PAIRS)


def _fold_one(character: str) -> str:
    if character.isascii() or character in _KEPT:
        return character
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 else character


def squeeze(text: str) -> str:
    """Return what two spellings of a heading share: folded, without space and brackets."""
    return _BRACKETS.sub("", "".join(fold(text).split()))


_CASE = re.compile(r"(?<=.{3})(?<![目标])的$")
"""How the words of a case end, which are no part of its name."""


def headline(text: str) -> str:
    """Return the first words of a text, to call an item by that has no title.

    >>> headline("建立台账，每月更新。")
    '建立台账'
    """
    stop = _PAUSE.search(fold(text))
    first = _CASE.sub("", text[: stop.start()] if stop else text)  # 获省级表彰的，3分
    return first if len(first) <= LONGEST_HEADLINE else first[:_CUT]
