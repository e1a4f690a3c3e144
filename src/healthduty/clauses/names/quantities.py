"""What is observed: names from the words around a number, and the measures behind them.

A name is the words without what leads up to them (确保, 年内, 开展) and without what only ties
them to the number (应, 均, 的). Measures that are handed over are found by code or name, new ones
get their name as code.

Source: vocabulary “Measure”; semantics 2 (rate, completion, growth), 12.

>>> name_of("确保患者满意度"), name_of("年内开展病人问卷调查")
('患者满意度', '病人问卷调查')
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

import attrs

from healthduty.clauses.names.known import Known
from healthduty.clauses.text.beginnings import led
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import TIMES, table
from healthduty.exact import unit_of_rate
from healthduty.rules.measure import RATE_KINDS, Measure, MeasureKind

_LEADS = re.compile(
    r"(?:任[何意]?(?=[缺漏错未不])|累计(?=[漏错迟未缺])|确保|保证|力争|努力|争取|切实|认真|积极(?!分子)|严格|按照?(?:规定|要求|标准)|要求|必须|应当|应该|需要|并且?|且"
    r"|同时|其中|另外|全年|年内|本年度|年度内|本年|当年|每年|每月|每季度|定期|不断|进一步|保持(?=..)|做好|抓好|实现|做到|达到|完成|开展|举办|召开"
    r"|举行|进行|实施|至少|最少|凡|若|如果|如(?=有|遇|发[现生]|出现|存在|举报|违|因|未|无|没)|对(?!口|照|象|外|症|比|帐|账)于?|组织(?!管理|机构|领导|建设|体系|保障|实施|工作)"
    r"|明确了?|要(?=[达求保至开举组召控])|应(?=达|在|保|至)|的|了(?!解|断|结)|既|各(?=[村乡站单社])|均"
    r"|坚持$|控制(?=增[幅长速])|健全(?=.{4})|建立(?=.{4})|[1-9一两]次(?=[为对向]))(?!率|度|比例|数|量|情况|任务|进度|时间|[、和])"
)
_TRAILS = re.compile(
    led(
        r"(?:(?<![反相对供回响适呼感效])应当?|应该|必须|须|需要?|(?:逐[年步]|稳步|不断)(?:提高|提升|增长|上升|下降|降低|减少)|(?<![纪主重概提摘需])要|(?<![平人户])均|都|总体|(?<![不符]合)要求|共计|累计|分别|各|目标值?|指标值?|(?<!紧急|基本)情况|[1一][年月]内|以[\u4e00-\u9fff]{1,4}为单位|的|(?<![患学记老读])者|(?<![小及按准学课工超延定限临平随])时|以|全年|年内"
        r"|也|(?<![功性智技职效机潜动])能|(?<![许认])可|(?<![推遵依])按|(?:为|等于)[0零]|(?<!合)并|且|(?<![饱总])和|(?<![普涉])及|(?<!参)与"
        r"|(?<![存潜])在|(?<![行作认])为|是|(?<![平同对])等|与目标相比|较目标值?|比目标值?|超过部分|低于部分|(?<![能常面规期未没])(?:召开|开展|举办|举行|进行)|(?<![未没])组织|至少|应[配有设]|率(?=率))$"
    )
)
_ONLY_WAY = re.compile(
    r"(?:逐[年步]|稳步|不断|持续|进一步|有所)+(?:提高|提升|增长|增加|上升|下降|降低|减少|缩短|改善)"
)
"""Which way a quantity has to go: 逐步提高 names none."""
_MARKS = "、,，。;；:：()（）“”\"'/↑↓"
_PAIRS = (("(", ")"), ("（", "）"), ("“", "”"))
_COMPLETION = re.compile(r"完成|进度|任务|执行率")
_GROWTH = re.compile(r"增长|增幅|增速|比上年|较上年|同比|降幅|下降率")
_NO_NAMES = frozenset(
    table(
        "者 的 时 则 其 率 每 项 等 情况 不 较 比 超过 超出 超过部分 较目标 比目标 较目标值 目标值 "
        "比目标值 较标准 比标准 较标准值 比标准值 较指标值 比指标值 较控制指标 较基准值 "
        "超额 超额完成 超额部分 超额完成部分 "
        "仅 只 共 合计 共计 其中 由 低于 高于 部分 目标 并 且 同时 另 另外 还 本项 该项 此项 要 应 "
        "以后 "
        "再 在此基础上 此基础上 此后 之后 基础上 以此为基数 "
        "合格标准 达标标准 项目 按 占 即 就 则 降至 降到 下降至 即可 "
        "年度考核 年终考核 年度检查 "
        "未达到 未达标 未完成 达不到 未达到目标 低于目标 不达标 在 一年 每 后 前 前述 上述 以上"
    )
)
_IN_PARTS = re.compile(
    r"平均|人均|户均|[次例床日月季]均|均次|每[十百千万]|周转"
    r"|(?:指数|强度|系数|(?<!评)比值?|密度|浓度|温度|湿度|得分|评分|成绩|分数|总分|分值|[Ii]值)$"
)
"""How what is no whole number is called: an average, a ratio, an index, a score."""
_LASTS = re.compile(r"时间|时长|时限|用时|耗时|住院日|周期|间隔")
"""What is measured in units of time, and not counted in them."""
_COUNTED = frozenset({MeasureKind.COUNT, MeasureKind.AMOUNT})
LONGEST_NAME = 200
"""Longer names are paragraphs, and compared with nothing."""

_CHANGED = re.compile(
    r"(?:[较比与同]|环比).{0,8}(?:提高|提升|增长|增加|上升|下降|降低|减少)|^(?:提高|提升|增长|增加|上升|下降|降低|减少)$"
)
"""What makes a change of a quantity: 素养水平较上年提高 is not the level itself."""
_DENIES = re.compile(r"[未不没无缺少漏错误迟]")
"""What makes a fault of what was done: 随访 is counted, 随访缺次 is something else."""
_SPLITS = re.compile(r"^[，,]?[国省市县区州厅部院校]家?级$")
"""What makes one of several numbers of a quantity: 科研项目立项数，国家级."""
_BOTH_ENDS = 2
_ONE_OF_THEM = re.compile(r"(?:单个?|各个?|每个?|任一个?|任何一个?)[苗种类项科病村站组班]")
_MOST_LEADS = 6
_RECENT = 8  # measures back that a short name may stand for
_REACH = 12  # no lead or trail is longer, with what it looks at


def name_of(words: str) -> str:
    """Return the name in some words: without what leads up to it and what trails behind."""
    if not words:
        return ""
    name = _stripped(words)
    for _ in range(_MOST_LEADS):
        lead = _LEADS.match(simplified(name[:_REACH]))
        if lead is None or lead.end() == len(name):
            break
        name = _stripped(name[lead.end() :])
    for _ in range(_MOST_LEADS):
        trail = _TRAILS.search(simplified(name[-_REACH:]))
        if trail is None or len(trail.group()) >= len(name):
            break
        name = _stripped(name[: len(name) - len(trail.group())])
    return "" if name in _NO_NAMES or _ONLY_WAY.fullmatch(name) else name


def _stripped(words: str) -> str:
    """Return words without the marks around them; a bracket that they open is closed in them."""
    name = words.strip(_MARKS)
    for opened, closed in _PAIRS:
        if opened in name and name.count(opened) > name.count(closed):
            behind = words[words.rfind(name[-1]) + 1 :] if name else ""
            name += closed if behind.startswith(closed) else ""
        elif closed in name and name.count(closed) > name.count(opened):
            before = words[: words.find(name[0])]  # “两癌”筛查率
            name = opened + name if before.endswith(opened) else name
    if name.count('"') == 1 and words[: words.find(name)].endswith('"'):
        return f'"{name}'  # "两癌"筛查率
    return name


def only_leads(words: str) -> bool:
    """Whether some words name nothing: 年内, 举办, 至少召开."""
    name = words.strip(_MARKS)
    for _ in range(_MOST_LEADS):
        lead = _LEADS.match(simplified(name[:_REACH]))
        if lead is None:
            break
        name = name[lead.end() :].strip(_MARKS)
    return not name


def kind_of(name: str, unit: str) -> MeasureKind:
    """Return what sort of measure a name and a unit make."""
    if not unit_of_rate(unit):
        kind = Measure(name or "x", unit=unit).kind
        lasts = unit in TIMES and _LASTS.search(name) is not None
        in_parts = kind is MeasureKind.COUNT and (lasts or _IN_PARTS.search(name) is not None)
        return MeasureKind.AMOUNT if in_parts else kind
    if _GROWTH.search(name):
        return MeasureKind.GROWTH
    return MeasureKind.COMPLETION if _COMPLETION.search(name) else MeasureKind.RATE


def sums_up(name: str, unit: str) -> bool:
    """Whether what is asked for each month makes twelve times as much for the year.

    A number of things does; a score, an average and a length of time do not.

    >>> sums_up("例会", "次"), sums_up("质控考核", "分"), sums_up("平均住院日", "天")
    (True, False, False)
    """
    lasts = unit in TIMES and _LASTS.search(name) is not None
    return unit not in {"", "分"} and not lasts and _IN_PARTS.search(name) is None


class Quantities:
    """The measures of one reading: those that were handed over, and new ones by name."""

    def __init__(self, given: Iterable[Measure] = (), known: Iterable[Measure] = ()) -> None:
        """Begin with the measures that are handed over; `known` ones go by their whole name."""
        self._given = given = tuple(given)
        self._known = known if isinstance(known, Known) else Known(known)
        self._labels = [(measure, simplified(measure.label)) for measure in given]
        self._by_name: dict[str, Measure] = {}
        for measure in self._given:
            for name in (measure.code, measure.label):
                self._by_name.setdefault(simplified(name), measure)
        self._used: dict[str, Measure] = {}

    @property
    def used(self) -> tuple[Measure, ...]:
        """The measures that were asked for, in order."""
        return tuple(self._used.values())

    def was_given(self, measure: Measure) -> bool:
        """Whether a measure was handed over, and not made from the words."""
        return measure in self._given or measure in self._known

    def known(self, code: str | None) -> Measure | None:
        """Return the measure of this code, where it was asked for before."""
        return self._used.get(code or "")

    def measure(
        self, name: str, kind: MeasureKind | None = None, unit: str = "", levels: Iterable[str] = ()
    ) -> Measure:
        """Return the measure of this name; a new one where none that was handed over fits."""
        kind = kind or kind_of(name, unit)
        found = self._find(name, kind, unit) or self._new(name, kind, unit, tuple(levels))
        return self._used.setdefault(found.code, found)

    def in_parts(self, code: str) -> None:
        """Take a count that was made from the words for an amount: it has decimals."""
        measure = self._used.get(code)
        counted = measure is not None and measure.kind is MeasureKind.COUNT
        declared = any(measure is each for each, _ in self._labels)
        if measure is not None and counted and not declared:
            self._used[code] = attrs.evolve(measure, kind=MeasureKind.AMOUNT)

    def forget(self, code: str) -> None:
        """Take back a measure that was made from the words, and that no rule is about now."""
        if code in self._used and not self.was_given(self._used[code]):
            del self._used[code]

    def _named(self, plain: str) -> Measure | None:
        """Return the measure that was handed over under just this name."""
        return self._by_name.get(plain) or self._known.find(plain)

    def _find(self, name: str, kind: MeasureKind, unit: str) -> Measure | None:
        """Return the measure that was handed over: of this name, or with the most in common."""
        plain = simplified(name)
        exact = self._named(plain)
        if exact is not None and _fits(exact, kind, unit):
            return exact
        if kind in {MeasureKind.FLAG, MeasureKind.LEVEL}:
            return None  # a flag is its words: half of them would be another fact
        close = [
            (measure, min(len(plain), len(label)))
            for measure, label in self._labels
            if _fits(measure, kind, unit) and plain and label and (plain in label or label in plain)
            if not _SPLITS.search(plain.replace(label, "", 1)) or label not in plain
            if kind is not MeasureKind.CASES or not _DENIES.search(plain.replace(label, "", 1))
        ]
        best = max(close, key=lambda pair: pair[1], default=None)
        return None if best is None else best[0]

    def _new(self, name: str, kind: MeasureKind, unit: str, levels: tuple[str, ...]) -> Measure:
        """Return a measure made from the words; a name that is taken gets its unit behind it."""
        code = "".join(name.split()) or "未名"
        taken = self._used.get(code) or self._named(simplified(code))
        if taken is not None and not _fits(taken, kind, unit):
            code += {MeasureKind.CASES: "例数", MeasureKind.FLAG: "情形"}.get(kind, unit or "数")
        elif code in self._used:
            return self._used[code]
        elif kind in RATE_KINDS or (kind in _COUNTED and unit):
            same = self._longer(code, unit, RATE_KINDS if kind in RATE_KINDS else _COUNTED)
            if same is not None:
                return same
        return Measure(code, unit=unit, kind=kind, levels=levels)

    def _longer(self, code: str, unit: str, kinds: Collection[MeasureKind]) -> Measure | None:
        """Return what was named in full before: 完成率 after 任务完成率, 床数 after 管床数."""
        recent = list(self._used.values())[-_RECENT:]
        ends = [m for m in recent if len(code) > 1 and m.code.endswith(code)]
        return next((m for m in ends if m.kind in kinds and m.unit == unit), None)


def _fits(measure: Measure, kind: MeasureKind, unit: str) -> bool:
    """Whether a measure can be what a clause counts: of one sort, and of one unit where told."""
    if kind in RATE_KINDS or measure.kind in RATE_KINDS:
        return measure.kind in RATE_KINDS and kind in RATE_KINDS
    counts = {MeasureKind.COUNT, MeasureKind.CASES, MeasureKind.AMOUNT}
    if kind in counts:
        return measure.kind in counts and (not unit or not measure.unit or measure.unit == unit)
    return measure.kind is kind


def is_alike(subject: str, name: str) -> bool:
    """Whether one name is the other with words left out: 知识知晓率 of 职工对控烟知识的知晓率."""
    short, long = sorted((subject, name), key=len)
    one = _ONE_OF_THEM.match(subject)
    if one is not None and len(subject) - one.end() > _BOTH_ENDS and subject[one.end() :] in name:
        return len(name) <= LONGEST_NAME  # 单苗接种率 is one of 疫苗接种率
    ends = short[:_BOTH_ENDS] == long[:_BOTH_ENDS] or short[-_BOTH_ENDS:] == long[-_BOTH_ENDS:]
    both = short[:_BOTH_ENDS] == long[:_BOTH_ENDS] and short[-1] == long[-1]  # 甲级率, 甲级病案率
    few = len(short) < 2 * _BOTH_ENDS and not (len(short) > _BOTH_ENDS and both)
    if few or len(long) > LONGEST_NAME or not ends or _is_change_of(subject, name):
        return False
    rest = iter(long)
    return all(character in rest for character in short)


def shares(subject: str, name: str) -> bool:
    """Whether one of two names holds the other."""
    if len(name) > LONGEST_NAME:
        return False
    return (subject in name or bool(name and name in subject)) and not _is_change_of(subject, name)


def _is_change_of(subject: str, name: str) -> bool:
    """Whether a subject is how much a quantity changed."""
    longer = bool(name) and name in subject and name != subject
    return longer and _CHANGED.search(subject.replace(name, "", 1)) is not None
