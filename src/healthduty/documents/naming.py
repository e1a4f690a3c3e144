"""One quantity, one measure: what the clauses of a whole table call their measures.

The clause reader names a measure by the words of its clause. Across a table the same name may be
the same quantity (满意率 in two sections) or two different facts (未公示, in two items). Names that
say enough are shared; the others are told apart by the item's title. A code does not depend on
which items stand before, unless names clash. What a veto alone asks is the agreement's, no item's.

Source: “readable, stable codes … the same quantity named twice in one table is one
measure”; the contract's “Measures”.

>>> is_vague(Measure("未公示", kind="flag")), is_vague(Measure("患者满意率", unit="%"))
(True, False)
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import attrs

from healthduty.clauses.names.known import Known
from healthduty.clauses.reading import ClauseReading
from healthduty.rules.measure import Measure, MeasureKind
from healthduty.rules.rule import Judgement
from healthduty.rules.threshold import Blank

_WORDS = {
    "数": "次 例 项 处 人 户 份 条 件 起 个 天 任务 完成 管理 管理人 规范管理人"
    " 签约人 服务人 随访人",
    "率": "管理 覆盖 完成 合格 达标 知晓 建档 及时 准确 控制 使用 规范管理 健康管理 随访 参加"
    " 任务数完成 目标任务完成 目标任务数完成 目标完成 指标完成 计划完成"
    " 任务完成 增长 下降 同比增长 同比下降 发生 报告 评估 培训 接种 签约 执行 正确"
    " 使用 感染 死亡 发病 治愈 好转 检出 阳性 参与 就诊 转诊 有效 办结 处理 响应 上传 录入 配备"
    " 普及 抽检 监测 更新 分类 清运 登记 采集 检测 检验 检查 查处 到达 占用 周转 开放 改善 提升"
    " 规范 巡查 落实 到位 整改 送检 归档 上报 体检 筛查 治疗 处置 服药 规范化管理 健康体检"
    " 系统管理",
    "": "率 人次 等次 等级 排名 名次 发现 缺项 评价 结果 数量 比例 占比 比率 比重 人均 户均 次均"
    " 平均 均值 总数 总量 总额 金额 费用 天数 时间 时长 人数 例数 次数 件数 户数 面积 实际值 数值"
    " 指标值 成绩 同比增长 同比下降 增幅 降幅 增速 增长 下降 提高 降低 持平",
}
_GENERIC = frozenset(word + end for end, words in _WORDS.items() for word in words.split())
"""Names that say nothing of what is counted."""

_OF_TASK = re.compile(
    r"(?:[省市县区局]?级?(?:下达|分解|交办)|上级|年度|全年|年初|目标|工作|计划|任务|指标|时序|责任){1,5}的?"
    r"完成率|(?:完成|达到)(?:数|量|额)占.{1,8}(?:数|量|额|任务|计划|目标)的比例"
    r"|完成(?:年度|全年)?(?:任务|目标|计划|指标)"
)
"""How much was done of what the item asks, whatever that is: 年度计划完成率."""

_ANYWHERE = (
    "未 没 无 不 缺 少 漏 迟 错 有 能 按 照 据 时 期 及 和 与 或 并 且 的 等 、 ， 要求 规定 "
    "标准 程序 认真 严格 积极 主动 定期 全面 切实 进行 开展 组织 召开 举办 参加 参与 制定 制订 "
    "建立 健全 成立 设立 设置 明确 落实 执行 实施 完成 上报 报送 报告 上交 提交 提供 汇报 部署 "
    "研究 安排 传达 学习 培训 检查 督查 督导 考核 评估 整改 反馈 通报 批评 宣传 公示 公开 归档 "
    "装订 登记 填写 签订 签到 到位 齐全 完整 完善 规范 准确 真实 清楚 具体 详细 符合 达到 达标 "
    "配备 存在 出现 发现 总结 演练 工作 年度 年初 年终 半年 季度 每月 全年 相关 有关 专门 专题 "
    "专项 专人 专职 兼职 负责 人员 领导 小组 机构 制度 方案 计划 会议 例会 纪要 记录 资料 材料 "
    "档案 台账 台帐 报表 信息 文件 通知 活动 措施 责任 责任书 任务 教育 推进 缓慢 力 够 重视 "
    "纳入 管理 更新 全 机制 体系 动员 自查 分析 调度 督办 巡查 目标 指标 内容 情况 问题 事项 "
    "项目 职责 分工 上级 单位 部门 主要 重点 次数 例数 率 县局 市局 区局 县级 市级 省级"
)
_SAYS_NOTHING = re.compile(f"(?:{'|'.join(sorted(_ANYWHERE.split(), key=len, reverse=True))})++")
"""What every office makes, holds and hands in: 未制定工作计划 of one item is not the next one's."""

ENOUGH = 6
"""A flag or a case whose name has so many characters is the same event everywhere."""

_LONGEST_TITLE, _SHORTEST = 12, 2
_WHOLE_TITLE, _LONGEST_QUANTITY = 18, 24
"""A title so long stands whole in a code; one that is the quantity itself may be longer."""
_JOINT = re.compile(r"(?=[和及与并或])|(?=的(?!确|士))")
"""Where a long title may be cut without breaking a word."""
_SHORTEST_TITLE = 4
_NO = re.compile(r"(?:无|没有|杜绝|(?:未|不)(?:发生|出现))$")
"""What a title says before something that must not be."""
_MARKS = re.compile(r"[^\w％%‰-]+|(?<!\d)-|-(?!\d)")
_RANGE = re.compile(r"(?<=\d)\s*[-~～—–－]+\s*(?=\d)")
_STOPS = re.compile(r"[,，;；。：:]")
_AROUND = " \n,，;；。：:、"
_POINTS = re.compile(r"[（(\[【]\s*\d+(?:\.\d+)?\s*分\s*[)）\]】]")
_OFTEN = re.compile(
    r"^(?:每(?:半?年|季度?|个?月|周|日|天)|全年|定期|按[月季年])(?!\d)(?:至少|不少于|应|要)?"
    r"(?:召开|开展|组织|举办|进行)?(?:(?:[1-9一二两三四])次(?:以上)?(?=..))?(?=.{4})"
)
"""How often a duty is, before what it is: 每季度召开一次."""
_ENDS_OFTEN = re.compile(r"(?<=..)(?:每(?:半?年|季度?|个?月|周|日|天)|全年|年内)$")
_BOUND = re.compile(
    r"(?:均?(?:达到?|不[低少高大]于|不超过|控制在)|[≥≤<>＜＞=])\s*\d|\d+(?:\.\d+)?\s*[%％‰]"
    r"|[每超缺少漏\d一][超缺少漏\d一]{0,3}[次例项份户人起件].{0,3}扣|每?[月季][^\d]?\d|\d+[月日]"
)
_Thing = TypeVar("_Thing")


def is_vague(measure: Measure) -> bool:
    """Whether a measure's name says too little to mean the same in another item."""
    said = (_SAYS_NOTHING, _OF_TASK)
    if measure.code in _GENERIC or any(words.fullmatch(measure.code) for words in said):
        return True
    fact = measure.kind in (MeasureKind.FLAG, MeasureKind.CASES)
    return fact and len(measure.code) < ENOUGH


def title_in_code(title: str) -> str:
    """Return an item's title as it stands in a measure's code: its first words, without marks.

    What the title asks of its quantity, or takes for a fault, is left out.

    >>> title_in_code("（一）收费管理（2分）："), title_in_code("规则服药率达95%以上")
    ('一收费管理', '规则服药率')
    """
    words = _OFTEN.sub("", _POINTS.sub("", title))
    bounds = (bound.start() for bound in _BOUND.finditer(words))
    words = words[: next((start for start in bounds if start >= _SHORTEST), None)]
    words = _ENDS_OFTEN.sub("", words)
    first = _STOPS.split(words.strip(_AROUND), maxsplit=1)[0]
    words = first if len(first) >= _SHORTEST_TITLE else words
    whole = _MARKS.sub("", _RANGE.sub("-", words))
    if len(whole) <= _WHOLE_TITLE:
        return whole
    first = _MARKS.sub("", words[: max(0, words.rfind("、", 0, _LONGEST_TITLE + 1))])
    joints = [at.start() for at in _JOINT.finditer(whole, ENOUGH, _LONGEST_TITLE + 1)]
    cut = whole[: joints[-1] if joints else _LONGEST_TITLE]
    return first if len(first) >= ENOUGH else _ENDS_OFTEN.sub("", cut)


def called(title: str, outer: str) -> str:
    """Return what an item is called where its title says nothing of what is counted.

    >>> called("规范管理率", "高血压"), called("血压控制率", "高血压")
    ('高血压规范管理率', '血压控制率')
    >>> called("健康管理率", "老年人健康管理（15分）"), called("系统管理率", "儿童健康管理服务")
    ('老年人健康管理率', '儿童系统管理率')
    """
    if title_in_code(title) not in _GENERIC:
        return title
    lead = _WORK.sub("", title_in_code(outer))
    shared = (n for n in range(min(len(lead), len(title)), 0, -1) if lead.endswith(title[:n]))
    return lead + title[next(shared, 0) :]


def judged_in_code(title: str) -> str:
    """Return what stands before a judgement's code, for which no clash is looked for: it is long.

    >>> judged_in_code("财务管理：账目清楚")
    '财务管理账目清楚'
    """
    return _MARKS.sub("", _RANGE.sub("-", _POINTS.sub("", title)))[:_LONGEST_TITLE]


_WORK = re.compile(
    r"(?<=..)(?:健康|规范|患者健康)?(?:管理|服务|管理服务)(?:工作|项目|服务)?$|(?<=..)工作$"
)
"""What a section's title ends with, and no rate within it: 老年人健康管理."""
_NUMBERS = {MeasureKind.COUNT, MeasureKind.AMOUNT}
"""A quantity may be counted in one clause and held against a number with decimals in another."""


@attrs.define
class Naming:
    """The measures of one agreement so far, by code; `own` are one item's, each with its number."""

    measures: dict[str, Measure] = attrs.Factory(dict)
    own: dict[str, str] = attrs.Factory(dict)
    _shared: Known = attrs.Factory(Known)
    _looked_at: int = 0
    """So many of the measures were looked at for those to share."""

    def shared(self) -> Known:
        """Return the measures that another clause may mean by name; it grows with those read."""
        new = itertools.islice(self.measures.values(), self._looked_at, None)
        for measure in new:
            if measure.code not in self.own and not is_vague(measure):
                self._shared.add(measure)
        self._looked_at = len(self.measures)
        return self._shared

    def settle(self, reading: ClauseReading, title: str, number: str) -> ClauseReading:
        """Return a reading whose measures have their names in the agreement, and keep them."""
        items = {
            code
            for thing in (reading.rules, reading.targets, reading.parts)
            for code in measures_in(thing)
        }
        table = {
            measure.code: self._code(measure, title if measure.code in items else "", number)
            for measure in reading.measures
        }
        changed = {old: new for old, new in table.items() if old != new}
        for code in changed.values():
            self.own[code] = number or judged_in_code(title)
            self._shared.discard(code)
        settled = attrs.evolve(
            reading,
            rules=renamed(reading.rules, changed, judged_in_code(title)),
            targets=renamed(reading.targets, changed),
            parts=renamed(reading.parts, changed, judged_in_code(title)),
            vetoes=renamed(reading.vetoes, changed),
            measures=tuple(_called(each, table[each.code]) for each in reading.measures),
        )
        for measure in settled.measures:
            known = self.measures.setdefault(measure.code, measure)
            if known.kind is MeasureKind.COUNT and measure.kind is MeasureKind.AMOUNT:
                self.measures[measure.code] = measure  # one clause holds it against 0.5
                if self._shared.get(measure.code) is not None:
                    self._shared.add(measure)
        return settled

    def _code(self, measure: Measure, title: str, number: str) -> str:
        if self.measures.get(measure.code) == measure:
            return measure.code  # it was handed over, and is meant
        words = title_in_code(title)
        none_of_it = _NO.search(words.removesuffix(measure.code)) is not None  # 全年无医疗事故
        if not title or not is_vague(measure) or none_of_it or (words and words in measure.code):
            codes = [measure.code]
        elif words.endswith(measure.code):
            codes = [words]
        elif title.endswith(measure.code) and len(title) <= _LONGEST_QUANTITY:
            codes = [_MARKS.sub("", title)]
        else:
            codes = [f"{words}·{measure.code}" if words else f"{number}·{measure.code}"]
        whole = judged_in_code(title)
        codes += [f"{each}·{measure.code}" for each in (words, whole, number)]
        item = number or whole
        return next((code for code in codes if self._free(code, measure, item)), codes[-1])

    def _free(self, code: str, measure: Measure, item: str) -> bool:
        """Whether a code is not taken, or taken for the very same quantity."""
        known = self.measures.get(code)
        if self.own.get(code, item) != item:
            return False  # another item's whose title begins alike, or is the same
        called = _called(measure, code)
        if known is not None and {known.kind, called.kind} == _NUMBERS:
            called = attrs.evolve(called, kind=known.kind)
        return known is None or called == known


def _called(measure: Measure, code: str) -> Measure:
    """Return the measure under a code; its name goes where it would only repeat a part of that."""
    name = "" if measure.name in ("", measure.code, code) else measure.name
    return measure if code == measure.code else attrs.evolve(measure, code=code, name=name)


def measures_in(thing: Any) -> Iterator[str]:  # noqa: ANN401 - any record of the model
    """Go through the codes of the measures that rules, targets, parts or vetoes name."""
    if isinstance(thing, tuple):
        for each in thing:
            yield from measures_in(each)
    elif attrs.has(type(thing)):
        for field in attrs.fields(type(thing)):
            value = getattr(thing, field.name)
            if field.name == "measure" and isinstance(value, str):
                yield value
            else:
                yield from measures_in(value)


def renamed(thing: _Thing, table: Mapping[str, str], title: str = "") -> _Thing:
    """Return rules, targets, parts or vetoes with other codes for their measures.

    A judgement gets the item's title before its code, for a code is one value of the record.
    """
    result: _Thing = _renamed(thing, table, title)
    return result


def _renamed(thing: Any, table: Mapping[str, str], title: str) -> Any:  # noqa: ANN401 - any record
    if isinstance(thing, tuple):
        return tuple(_renamed(each, table, title) for each in thing)
    if isinstance(thing, Blank):
        return attrs.evolve(thing, name=table.get(thing.name, thing.name))
    if not attrs.has(type(thing)):
        return thing
    changes = {}
    for field in attrs.fields(type(thing)):
        old = getattr(thing, field.name)
        if field.name == "measure" and isinstance(old, str):
            new: Any = table.get(old, old)
        elif field.name == "code" and isinstance(thing, Judgement):
            new = old if not title or title in old else f"{title}·{old}"
        else:
            new = _renamed(old, table, title)
        if new is not old and new != old:
            changes[field.name] = new
    return attrs.evolve(thing, **changes) if changes else thing
