"""Drafts: the items of a table or a document, before their clauses are read.

Tables and running text arrive here in the same form: a tree of items with titles, points and the
texts that say how each is scored. Numbers are given to the whole tree at once.

Source: the contract's “Levels” and “Running text”.

>>> drafts = [Draft("组织管理", Place(), children=[Draft("台账", Place()), Draft("培训", Place())])]
>>> give_numbers(drafts)
>>> [child.number for child in drafts[0].children]
['1.1', '1.2']
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

import attrs

from healthduty.clauses.text.lexicon import UNIT
from healthduty.clauses.text.numerals import NUMERALS, chinese_number
from healthduty.documents.spelling import fold
from healthduty.errors import NumberError
from healthduty.exact import to_fraction
from healthduty.grids.grid import Paragraph
from healthduty.sources import Place


class Kind(enum.Enum):
    """What sort of item it is, by its name."""

    PLAIN = enum.auto()
    BONUS = enum.auto()
    """加分项: what is added, at most its points."""
    DEMERIT = enum.auto()
    """扣分项: what it lists comes off the total."""
    VETO = enum.auto()
    """一票否决: its items cancel."""
    WORDS = enum.auto()
    """附则, 奖惩 …: words about the agreement; nothing in it is scored."""


VETO_WORDS = "一票否决"
SCORES = re.compile(
    r"(?:[扣加减奖得]\s*(?:\d+(?:\.\d+)?|[一二两三四五半])|(?<!各项)不得)\s*分(?!值|制)"
)
"""Words that would score an item, in a line that is none."""
LISTS = re.compile(r"下列|以下(?:情[形况]|行为|问题)|之一|[:：]\s*\n")
LEADS = re.compile(
    r"^(?:凡|如)?(?:有|发生|出现|存在|具有)?(?:[下以](?:列|下|述)[^,。;\n]{1,8}(?:之一)?|之一)[的者]?,[^。;\n]*$"
)
"""What stands once over a list of events: 有下列情形之一的，年度考核定为不合格."""
_BARRED = re.compile(
    r"的[,:].{0,24}取消[^,]{0,12}(?:资格|评[先优选])"
    r"|的[,:].{0,8}(?:确定|[评判认]?定|评|视)为[“\"]?(?:不合格|不称职|不达标|末等)"
    r"|(?:发生|出现|存在|有).{2,24}的(?:单位|个人)?,?.{0,8}不得[被]?[评确认推]定?[选荐]?为?(?:优秀|先进|良好|合格)"
)
_BY_RESULT = re.compile(r".{0,40}(?:考[核评]|评估|得分|排名|末位|成绩|\d分).{0,20}的[,:]")
BONUS_WORDS = "加分项"
DEMERIT_WORDS = "扣分项"
FAULT_WORDS = "缺陷内容"
"""What stands over a clause in words that its reader knows, however the table words it."""
BESIDE = " | "
"""What stands between the texts of two cells that are read as one."""
_VETO = re.compile(r"[^,。]{0,6}否决(?:项目?|性?指标|事项|内容|情形|条款|性?条件)")
_BONUS = re.compile(r"[^,。]{0,6}(?:加分|附加分|奖励分|奖分)(?:项目?|指标|部分|因素)?|附加项")
_DEMERIT = re.compile(
    r"[扣减罚]分|[^,。加]{0,6}(?:扣分|减分|罚分)(?:项目?|指标|情形|事项|部分|因素)"
)
LONGEST_NAME = 40
"""A text with more characters is no name of a section."""


def kind_of(title: str) -> Kind:
    """Return what sort of item a title names.

    >>> kind_of("加分项"), kind_of("一票否决事项"), kind_of("建立台账")
    (<Kind.BONUS: 2>, <Kind.VETO: 4>, <Kind.PLAIN: 1>)
    """
    words = fold(title)
    if (VETO_WORDS in words and len(words) < LONGEST_NAME) or _VETO.fullmatch(words):
        return Kind.VETO
    if len(words) < LONGEST_NAME and LEADS.search(words) and _BARRED.search(words):
        return Kind.VETO  # 有下列情形之一的，取消评优资格
    if _DEMERIT.fullmatch(words):
        return Kind.DEMERIT
    return Kind.BONUS if _BONUS.fullmatch(words) else Kind.PLAIN


def cancelling(text: str) -> tuple[str, ...]:
    """Return what holds a veto: its name, or an event that bars from honours; a list is one.

    What a bad result bars from follows from the total.

    >>> cancelling("年底考核。瞒报疫情的，取消评优资格。考核不合格的，取消评优资格。")
    ('瞒报疫情的，取消评优资格',)
    """
    begins = LISTS.search(text)
    start = 0 if begins is None else text.rfind("\n", 0, begins.start()) + 1
    plain = text if begins is None else text[:start]
    sentences = [*re.split("[。；\n]", plain), *([] if begins is None else [text[start:]])]
    return tuple(each.strip() for each in sentences if _cancels(fold(each)))


def _cancels(words: str) -> bool:
    barred = _BARRED.search(words) and not _BY_RESULT.match(words)
    return VETO_WORDS in words or bool(barred)


@attrs.frozen
class Clause:
    """The texts that belong together in one row: what is asked, and what falling short costs.

    `heading` is what stands over `scoring`, its column's heading; `direction` says whether
    more is better or less; `graded` are cells each of which says when the points of its heading
    are earned.
    """

    requirement: Paragraph | None = None
    target: Paragraph | None = None
    unit: str = ""
    scoring: Paragraph | None = None
    heading: str = ""
    direction: str = ""
    graded: tuple[tuple[str, Paragraph], ...] = ()


@attrs.define(eq=False)
class Draft:
    """An item on its way: `label` is its number as printed, `ordinal` that number's value.

    `points` are stated in a column or behind the title; `text` is what a section says before its
    items begin; `most` is what a 扣分项 costs at most; `weighs` says that its points are a weight
    in percent, `of_hundred` that its standard is out of 100 points. `dotted` is a printed number
    that is a path already (2.1). `context` is what the item around a part asks; `lines` are further
    paragraphs of `text`; `outer` is the title of the item around it.
    """

    title: str
    place: Place
    label: str = attrs.field(default="", kw_only=True)
    ordinal: int | None = attrs.field(default=None, kw_only=True)
    dotted: str = attrs.field(default="", kw_only=True)
    text: str = attrs.field(default="", kw_only=True)
    context: str = attrs.field(default="", kw_only=True)
    points: Fraction | None = attrs.field(default=None, kw_only=True)
    subtotal: Fraction | None = attrs.field(default=None, kw_only=True)
    most: Fraction | None = attrs.field(default=None, kw_only=True)
    weighs: bool = attrs.field(default=False, kw_only=True)
    of_hundred: bool = attrs.field(default=False, kw_only=True)
    kind: Kind = attrs.field(default=Kind.PLAIN, kw_only=True)
    lines: list[Paragraph] = attrs.field(factory=list, kw_only=True)
    clauses: list[Clause] = attrs.field(factory=list, kw_only=True)
    methods: list[str] = attrs.field(factory=list, kw_only=True)
    offices: list[str] = attrs.field(factory=list, kw_only=True)
    children: list[Draft] = attrs.field(factory=list, kw_only=True)
    parts: list[Draft] = attrs.field(factory=list, kw_only=True)
    number: str = attrs.field(default="", kw_only=True)
    outer: str = attrs.field(default="", kw_only=True)
    article: str = attrs.field(default="", kw_only=True)

    @property
    def is_scored(self) -> bool:
        """Whether the item says itself how it is scored."""
        return any(clause.scoring is not None or clause.graded for clause in self.clauses)

    def walk(self) -> Iterator[Draft]:
        """Go through the item and all below it, in written order."""
        yield self
        for child in (*self.children, *self.parts):
            yield from child.walk()


def give_numbers(drafts: Sequence[Draft], prefix: str = "", article: str = "") -> None:
    """Give items their printed ordinals as numbers, or their place where one of them has none.

    A printed path stays as it is. What officials see stands in `article`: 一、（二）3.
    """
    ordinals = [draft.ordinal for draft in drafts]
    printed = None not in ordinals and 0 not in ordinals
    for place, draft in enumerate(drafts, 1):
        own = draft.ordinal if printed else place
        draft.number = draft.dotted or (f"{prefix}.{own}" if prefix else str(own))
        draft.article = article + draft.label
        give_numbers(draft.children, draft.number, draft.article)
        give_numbers(draft.parts, draft.number, draft.article)


_NUMBER = rf"(?P<n>\d{{1,4}}(?:\.\d{{1,3}})?|[{NUMERALS}半]{{1,5}})"
_POINTS = re.compile(
    rf"[(【\[](?:本项|本大项|共|计|满分|分值|共计|合计|总分|基础分|标准分)?\s*[:]?\s*{_NUMBER}\s*分\s*[)】\]]"
)
_BARE = re.compile(rf"(?:^|[\s:,])(?:共|计|满分)?{_NUMBER}\s*分$|(?<=\D)(?P<m>\d{{1,4}})\s*分$")
_COSTS = re.compile(r"扣|得|加|奖|减|每|[<>≥≤]|以[上下]|[低高少多大小]于|不足|不满|未满|达到|超过")
_CELL = re.compile(rf"\(?\s*(?:共|计|满分)?\s*{_NUMBER}\s*分?\s*\)?")
_SHARED = re.compile(
    r"[(【\[](?P<before>[^()【】\[\]]{0,12}?)每[个一]?(?:小?[项条点题]|指标|方面)\s*(?P<each>\d{1,3}(?:\.\d{1,2})?)\s*分"
    r"(?P<behind>[^()【】\[\]]{0,12})[)】\]]"
)
_MOST = re.compile(
    rf"(?P<name>[^()]{{2,12}})\s*\([^()\d,;。]{{0,8}}(?:最[高多]|不超过|上限|封顶)[加为]?\s*{_NUMBER}\s*分\)"
)
_TRIMMED = " \n:：、,，.。;；"


def shared_points(title: str) -> tuple[Fraction | None, Fraction | None, str]:
    """Return what a title gives to each item below it and to all, and the title without them.

    >>> shared_points("专项整治（30分，每项10分）")
    (Fraction(10, 1), Fraction(30, 1), '专项整治')
    """
    match = _SHARED.search(fold(title))
    if match is None:
        return None, None, title
    total = re.search(r"(\d{1,4})\s*分", match["before"] + match["behind"])
    rest = title[: match.start()] + title[match.end() :]
    return to_fraction(match["each"]), total and to_fraction(total[1]), rest.strip(_TRIMMED)


def stated_points(text: str) -> tuple[Fraction | None, str]:
    """Return the points that a text states for its item, （5分）, and the text without them.

    Several are those of its parts, and make the item's together, but for a first one that is
    already what the others make.

    >>> stated_points("组织管理（20分）"), stated_points("管理5分钟内到达")
    ((Fraction(20, 1), '组织管理'), (None, '管理5分钟内到达'))
    >>> stated_points("有制度（2分），有台账（1分）")
    (Fraction(3, 1), '有制度，有台账')
    """
    matches = list(_POINTS.finditer(fold(text)))
    if not matches:
        return None, text
    first, *others = [_number(match["n"]) or Fraction(0) for match in matches]
    if first == sum(others):
        matches, others = matches[:1], []
    rest = text
    for match in reversed(matches):
        rest = rest[: match.start()] + rest[match.end() :]
    return sum(others, start=first), rest.strip(_TRIMMED)


_TARGETED = re.compile(rf"\d\s*(?:{UNIT})?\s*(?:以[上下内])?\s*$")
"""What stands before the points of a target: 控制率≥40%（5分）."""


def points_of_targets(text: str) -> Fraction | None:
    """Return what the targets of a text are worth together, where several state it.

    >>> str(points_of_targets("规范管理率≥60%（10分）；血压控制率≥40%（5分）。每低1%扣0.5分"))
    '15'
    """
    folded = fold(text)
    matches = list(_POINTS.finditer(folded))
    of_targets = all(_TARGETED.search(folded[: match.start()]) for match in matches)
    points = [_number(match["n"]) for match in matches]
    if len(points) <= 1 or not of_targets or None in points:
        return None
    return sum((each for each in points if each is not None), Fraction(0))


def titled_points(title: str) -> tuple[Fraction | None, str]:
    """Return the points of a title, in brackets or bare at its end, and the title without them.

    What costs or earns points is no title: 缺一次扣1分 states none.

    >>> titled_points("组织管理 20分")
    (Fraction(20, 1), '组织管理')
    """
    if (most := _MOST.fullmatch(fold(title))) and kind_of(most["name"]) is Kind.BONUS:
        return _number(most["n"]), title[: most.end("name")]  # 加分项（最高5分）
    points, rest = stated_points(title)
    folded = fold(title).strip()
    match = None if points is not None or _COSTS.search(folded) else _BARE.search(folded)
    if match is None:
        return points, rest
    return _number(match["n"] or match["m"]), title.strip()[: match.start()].strip(_TRIMMED)


def cell_points(text: str) -> Fraction | None:
    """Return the points of a cell that holds nothing else, or None where it holds something else.

    >>> cell_points("2.5"), cell_points("（5分）"), cell_points("每项2分")
    (Fraction(5, 2), Fraction(5, 1), None)
    """
    match = _CELL.fullmatch(fold(text).strip())
    return None if match is None else _number(match["n"])


def _number(text: str) -> Fraction | None:
    try:
        return to_fraction(text) if text[0].isdecimal() else chinese_number(text)
    except NumberError:
        return None
