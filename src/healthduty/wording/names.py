"""Names that the agreement itself gives to things, as they stand in a clause.

A name stands as it is where a reader can tell where it ends, otherwise in quotation marks:
满意率, but 「优、良率」. Whether it can be told is asked of the very patterns by which names are
read back: each is tried with everything that grammar may put behind a name.

Source: vocabulary “Measure”; the clause has to be read back, whatever a bureau calls its data.

>>> name_text("满意率", "zh"), name_text("优、良", "zh"), name_text("3", "en")
('满意率', '「优、良」', '“3”')
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping

from healthduty.rules.measure import Measure
from healthduty.said import Language
from healthduty.wording.phrase import Measures, Phrase

MOST_PLAIN = 60
"""The longest name that stands without quotation marks; what is longer is a sentence."""

VERB = (
    r"(?:扣(?=[0-9]|本项)|得(?=[0-9]|本项|满分)|加(?=[0-9]|本项)"
    r"|从(?:本指标|本大项)?总分中|在本项分值内|单列加)"
)
"""How what is done with points begins, behind a name."""

# Where a name without quotation marks ends.
_END = (
    r"[，；：。、「」【】\n]|达到|不?超过|低于|不?少于|等于|满足|以上|以下|以内|酌情|其余|且|或|为"
    r"|按直线内插|折算（|高于末点|不论多少"
    rf"|{VERB}|的(?=，|-?[0-9]|{VERB})|[加减至每前计扣得][0-9]"
)
_END_OF_WHEN = r"|时(?=，|加倍|减半|按[0-9])"
_ASIDE = rf"（(?!含）|不含）|按考核月份折算）)(?:(?!{_END})[^（）])++）"

NAME = re.compile(rf"(?:(?!{_END})[^（）]|{_ASIDE})++")
"""A name without quotation marks; what stands in brackets inside it belongs to it."""

NAME_IN_WHEN = re.compile(rf"(?:(?!{_END}{_END_OF_WHEN})[^（）]|{_ASIDE})++")
"""The same in a condition that ends in 时 (仅当…时, …时加倍)."""

QUOTED = re.compile(r"「((?:[^」]|」」)*+)」")
"""A name in quotation marks, the closing mark doubled inside."""

_VERBS = (
    *("扣1", "扣本项", "得1", "得本项", "得满分", "加1", "加本项", "单列加1", "在本项分值内加1"),
    *("从总分中", "从本指标总分中", "从本大项总分中"),
)
_BEHIND_IN_WHEN = (
    *("时，", "时加倍", "时减半", "时按1", "且", "或", "、", "）", "【", "（级别为重大）"),
    *("达到", "不超过", "超过", "低于", "等于", "为", "以上", "的1", "的-1", "加1", "减1"),
)
_BEHIND = (
    *_BEHIND_IN_WHEN[4:],
    *("，", "：", "不少于", "酌情", "按直线内插", "折算（", "计1", "的，"),
    *("（含）", "（不含）", "（按考核月份折算）"),
    *_VERBS,
    *(f"的{verb}" for verb in _VERBS),
)

_IN_GRAMMAR = frozenset(re.findall(r"[\u4e00-\u9fff]", _END + _END_OF_WHEN))

# What else would be taken for grammar: by where it stands, or because it is a number.
_SPECIAL = {
    "zh": re.compile(
        r"^\s|\s$|^_|^（|^仅当|^[是否]$|的$"
        r"|^\W*\d[\d./]*\W*\w?$"  # nothing but a number, at most with a unit
    ),
    "en": re.compile(
        r"[,;:()“”\[\]\n]|^\s|\s$|^$|^_"
        r"|\b(?:at|above|added|and|below|deducted|earned|equal|fewer|for|found|from|is|less|most"
        r"|no|not|of|on|only|or|otherwise|over|plus|times|to|when|where|yes)\b"
        r"|^\W*\d[\d./]*\W*\w?$",
        re.IGNORECASE,
    ),
}
_WITH_CODE = Phrase("{0}【{1}】", "{0} [{1}]")


class Vocabulary(Mapping[str, Measure]):
    """Measures by code that also know whether a name alone tells which of them is meant.

    What is written over a vocabulary carries the code behind a name that several measures
    share, or that is at once the code of none and the name of another: 满意率【m2】.
    """

    def __init__(self, measures: Iterable[Measure]) -> None:
        """Take the measures; of several with one code the last."""
        self._measures = {measure.code: measure for measure in measures}
        self._codes: dict[str, str | None] = {}
        for code, measure in self._measures.items():
            shared = measure.label in self._codes
            self._codes[measure.label] = None if shared else code

    def __getitem__(self, code: str) -> Measure:
        """Return the measure with this code."""
        return self._measures[code]

    def __iter__(self) -> Iterator[str]:
        """Go through the codes."""
        return iter(self._measures)

    def __len__(self) -> int:
        """Return how many measures there are."""
        return len(self._measures)

    def code_of(self, name: str) -> str | None:
        """Return the code that a name alone stands for; None where several share it.

        A name that no measure has is a code itself.
        """
        return self._codes.get(name, name)


def name_text(name: str, lang: Language) -> str:
    """Return a name of the agreement's own, in quotation marks where it needs them.

    >>> name_text("医师（助理）持证率", "zh"), name_text("低于", "zh")
    ('医师（助理）持证率', '「低于」')
    """
    if len(name) > MOST_PLAIN:
        return quoted(name, lang)
    return _short_name_text(name, lang)


@functools.lru_cache(maxsize=2048)
def _short_name_text(name: str, lang: Language) -> str:
    special = _SPECIAL[lang].search(name) is not None
    if special or (lang == "zh" and not _ends_by_itself(name)):
        return quoted(name, lang)
    return name


def _ends_by_itself(name: str) -> bool:
    """Tell whether a name is read to its end, and no further, whatever may stand behind it."""
    if not _reads(NAME, name, "") or not _reads(NAME_IN_WHEN, name, ""):
        return False
    # Grammar that begins in the name and ends behind it has the name's last character.
    if name[-1] not in _IN_GRAMMAR:
        return True
    return all(_reads(NAME, name, behind) for behind in _BEHIND) and all(
        _reads(NAME_IN_WHEN, name, behind) for behind in _BEHIND_IN_WHEN
    )


def _reads(pattern: re.Pattern[str], name: str, behind: str) -> bool:
    found = pattern.match(name + behind)
    return found is not None and found.end() == len(name)


def word_text(name: str, lang: Language) -> str:
    """Return a short name that may stand beside a number: quoted where not all letters."""
    return name_text(name, lang) if name.isalpha() else quoted(name, lang)


def quoted(name: str, lang: Language) -> str:
    """Return a name in quotation marks; a closing mark inside is doubled."""
    if lang == "zh":
        return f"「{name.replace('」', '」」')}」"
    return f"“{name.replace('”', '””')}”"


def label_of(code: str, measures: Measures) -> str:
    """Return what a measure is called, by its code; a code that is not there calls itself."""
    measure = measures.get(code)
    return code if measure is None else measure.label


def label_text(code: str, measures: Measures, lang: Language) -> str:
    """Return what a measure is called, by its code."""
    return with_code(name_text(label_of(code, measures), lang), code, measures, lang)


def reference_text(code: str, measures: Measures, lang: Language) -> str:
    """Return a measure's name where a number could stand: quoted where it begins like one."""
    label = label_of(code, measures)
    begins = lang == "zh" and re.match(r"-?[0-9]", label)
    text = quoted(label, lang) if begins else name_text(label, lang)
    return with_code(text, code, measures, lang)


def with_code(text: str, code: str, measures: Measures, lang: Language) -> str:
    """Return the written name of a measure, with its code where the name alone does not tell."""
    if isinstance(measures, Vocabulary) and measures.code_of(label_of(code, measures)) != code:
        return _WITH_CODE(lang, text, name_text(code, lang))
    return text
