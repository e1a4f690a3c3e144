"""What the lines of a score sheet are called, in both languages.

A line is a rule, or what a cap, a floor, a rescaling or a rounding did to it; every one of them
stands on its own and needs a short name (扣完为止, 大项封顶, 尾数取舍).

Source: “How a point is lost”, section 7; semantics 5 and 8.

>>> line_kind_text("floor", "zh"), line_kind_text("floor", "en")
('扣完为止', 'nothing left')
"""

from __future__ import annotations

from healthduty.errors import UnknownNameError
from healthduty.said import Language
from healthduty.wording.phrase import Phrase, check_language

_KINDS = {
    "rule": Phrase("计分", "rule"),
    "start": Phrase("起评", "starts at zero"),
    "cap": Phrase("封顶", "cap"),
    "not_picked": Phrase("未取", "not picked"),
    "group_cap": Phrase("合并封顶", "cap of the group"),
    "floor": Phrase("扣完为止", "nothing left"),
    "ceiling": Phrase("已满分", "already full"),
    "forfeit": Phrase("不得分", "forfeit"),
    "excused": Phrase("合理缺项", "not applicable"),
    "rescaled": Phrase("缺项折算", "rescaled"),
    "moved": Phrase("分值移入", "points moved in"),
    "section_cap": Phrase("大项封顶", "cap of the section"),
    "bonus_cap": Phrase("加分封顶", "cap of bonuses"),
    "total_cap": Phrase("总分封顶", "cap of the total"),
    "rounding": Phrase("尾数取舍", "rounding"),
    "total_rounding": Phrase("总分取整", "rounding of the total"),
}


def line_kind_text(kind: str, lang: Language) -> str:
    """Return the name of a kind of line; `kind` is the string that the line carries.

    Raises:
        UsageError: an unknown language.
        UnknownNameError: there are no lines of this kind.
    """
    check_language(lang)
    if kind not in _KINDS:
        raise UnknownNameError(f"no line is of kind `{kind}`; kinds: {', '.join(_KINDS)}")
    return _KINDS[kind](lang)
