"""What says that a reading may be wrong although all its numbers were used.

Every word of a sentence that scores lies in the name of something, or only ties such names to the
numbers (确保, 的, 达到); a word that does neither was passed over, and with it perhaps the case
that it names. Each is a doubt: the rule stands, and a person looks at it before it scores.

Source: semantics 11 (assumptions are visible), 12 (nothing is dropped).

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("配合征兵，动员青年入伍，每出兵1例加0.5分").findings.codes
True
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator

from healthduty.clauses.actions import BEGINNINGS
from healthduty.clauses.consequences import doubt_consequences
from healthduty.clauses.context import Context, Draft, Fault
from healthduty.clauses.excepted import EXCEPTS
from healthduty.clauses.names.goal_names import collected_in
from healthduty.clauses.names.looked_at import as_found
from healthduty.clauses.names.subjects import NONE
from healthduty.clauses.occasions import Short, Steps
from healthduty.clauses.second_look.holdings import texts_in
from healthduty.clauses.second_look.implausible import doubt_implausible
from healthduty.clauses.second_look.left_over import doubt_left_over
from healthduty.clauses.second_look.names import doubt_in_name
from healthduty.clauses.second_look.operators import doubt_operators
from healthduty.clauses.second_look.overlaps import doubt_overlaps
from healthduty.clauses.second_look.rules import doubts_in_rules
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.idle import MONEY_NOTE
from healthduty.clauses.text.lexicon import RATE_UNITS, Kind, table
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.rules.rule import Bands, Curve, Deduction, Forfeit, LevelBand
from healthduty.said import Said

_SCORES = re.compile(r"\d|[扣得分判]|[评定]为|计算|比例")
_SIGN = re.compile(r"[%‰]|百分|千分|万分|\d/\d")
_RECENT = 40
_PAIR = 2
_LONG = 4
_RUNS = (2, 3, 4)
_NOTHING: frozenset[str] = frozenset()

Named = list[tuple[Draft, tuple[str, ...]]]
"""The drafts of a reading with the names in their rules."""
_ENDS = frozenset({Kind.STOP, Kind.LABEL})
_SEEN = frozenset({Taken.RULE, Taken.TARGET, Taken.TEXT, Taken.POINTS})
_LINKS = table(
    "累计 合计 共计 "
    "确保 保证 健全 建立 明确 力争 全年 年内 本年度 年度 年底 目标值 目标 指标 规定 要求 "
    "标准 基准 达标线 任务 发现 出现 查实 情况属实 属实 经查 经核实 核实 查阅资料 查阅 查看 "
    "查 现场 资料 看 听 依据 根据 按照 按 参照 依照 文件 通报 情况 实际 实际值 完成率 测算 "
    "计算 核算 折算 组织 开展 举办 举行 召开 完成 进行 实施 创建 建成 实现 做到 做好 抓好 "
    "加强 落实 配备 应配 配 未达到 未达标 未完成 达不到 不达标 未达 达到 达标 超过 超出 "
    "不足 低于 高于 较 比 差额 超过部分 低于部分 不足部分 部分 以上 以下 同时 同时存在 存在 "
    "不达标准 未达标准 不达要求 不符合标准 超标 标准值 延误 超时 少于 规定人数 规定数量 人数 数量 "
    "同期 逐步 逐年 稳步 不断 水平 平均水平 下限 上限 "
    "任一指标 任一 上述各率 各率 推迟 延长 至少 每 全部 全额 均 各 分别 依次 一律 直接 予以 给予 "
    "同一事项 同一 "
    "就 或者 或 及 和 与 "
    "并且 并 且 又 也 还 其中 其余 其他 由 对 对于 但是 降至 在 将 于 从 为 是 有 以 凡 如 "
    "若 的 者 时 则 即 该 本 此 项 分值 得分 满分 总分 考核 考评组 检查组 评为 评定为 评定 "
    "被 得到 取得 获得 获 奖励 记 计 给 扣 扣分 加分 应 须 必须 需 要 能 可 已 了 到 至 中 "
    "递增 递减 内 外 后 前 年 月 日 次 人 个 例 项目 情形 之一 等 既 仅 但 列 率 降 所 数 相 未能 "
    "及其 再 达 全 加减 项目 是否 一项 一次 一例 一处 任何 任意 下降 上升 提高 降低 增加 减少 增长 "
    "幅度 满足 向 检查发现 积极 认真 切实 "
    "比例 比率 百分比 在此基础上 此后 之后 给予通报 通报批评 批评教育 警告 约谈"
)
_LINK = re.compile("|".join(sorted(map(re.escape, _LINKS), key=len, reverse=True)))
_PARTS = frozenset({Kind.COMMA, Kind.STOP, Kind.COLON, Kind.LABEL, Kind.HEADING})
_OF_HEADS = frozenset({Kind.WORD, Kind.LIST, Kind.LABEL, Kind.EXPLAINED})
_SCOPE = re.compile(
    r"[时的后前中者内外]$|[院室站所科]$|中心|城区|农村|[乡镇村县]|医[师生]|护士|人员|[未无没不缺漏误错违若如凡除]|超过|低于|情况下"
)
"""What says in the words before a colon for whom or when what follows holds."""
_PHRASE = 8  # no phrase is looked at further
_CHECKED = re.compile(
    r"(?:通过[^,，]{2,16}?)?(?:随机|现场|实地)?(?:抽查|查阅|查看|查验|检查|核查|调阅|审阅|翻阅)"
)
_CHECKED_WHAT = re.compile(r"(?:制度|机制|工作|活动|人员|方案|计划)$")
_EXHORTS = re.compile(r"合理|严格|认真|规范|切实|积极|加强|落实|做好|抓好|依法|科学")
_DUTY = re.compile(
    r"[^,，]{0,12}(?:应当?|必须|须|负责|请).{2}|(?:积极|认真|严格|切实|有序|依法|统筹|统一|全面|及时|定期|按时)*"
    r"(?:建立|制[定订]|开展|组织|实施|落实|加强|统筹|协调|完善|健全|提供|推行|推进|引导|负责|做[好到]|设[立置]"
    r"|配[备置合]|执行|遵守|保持|确保|检查|返回|归档|上报|签字|修改|高度重视)"
    r"|.{2,}(?:完善|健全|到位|整洁|规范|齐全|整齐|良好|明确)$"
)
"""What begins or ends as a duty does: that it is one needs no name where a fault has its own."""
_OWN_FAULT = re.compile(r"[^,，、]{2,}?(?:未|没有|不|缺)[^,，]+|(?:未|没有|无|不)[^,，]{4,}")
_WRONG = re.compile(r"[未没无不缺漏误错违]|发现|存在")
_NEGATIONS = frozenset("未没无不")
_NEGATES = re.compile(r"未|没有?|无|不(?=[按能得符])")
_HANZI = re.compile(r"[\u3400-\u9fff]+")


def report_doubts(context: Context, tokens: Tokens, read: Iterable[object]) -> None:
    """Add a fault for each doubt; `read` is what the reading holds besides its rules."""
    named = [(draft, tuple(dict.fromkeys(texts_in(draft.rule)))) for draft in context.drafts]
    context.faults.extend(doubts_in_rules(context))
    context.faults.extend(_of_wholes(context, tokens, named))
    context.faults.extend(_of_names(context, named))
    others = tuple(read)
    context.faults.extend(_passed_over(context, tokens, named, list(texts_in(others))))
    context.faults.extend(doubt_left_over(context, tokens, others))
    context.faults.extend(doubt_operators(context, tokens))
    context.faults.extend(doubt_overlaps(context, tokens))
    context.faults.extend(doubt_implausible(context))
    context.faults.extend(doubt_consequences(context, tokens))


def _of_wholes(context: Context, tokens: Tokens, named: Named) -> Iterator[Fault]:
    """Go through what the reading as a whole leaves out: all of it, a sign, a requirement."""
    if not tokens:
        return
    found = context.drafts or context.vetoes or context.parts or context.goals
    spared = any(token.kind is Kind.SPARED for token in tokens)
    if (
        context.points is not None
        and not (found or spared or context.faults or context.asks)
        and _SCORES.search(context.text)
    ):
        yield Fault("clause-doubt", Said("no rule was read", "没有读出评分规则"), 0, len(tokens))
    texts = (context.text, *map(simplified, context.asked))
    if _compares_rates(context, named) and not any(_SIGN.search(text) for text in texts):
        message = Said("a rate without its sign: % is meant?", "比率没有写单位：是否为百分数？")
        yield Fault("clause-doubt", message, 0, len(tokens))
    yield from _bounds_without_points(context)
    yield from _exceptions(context, tokens)
    yield from _money(context)
    for draft in context.drafts:
        names = _left_out(context, draft)
        if names:
            listed = "、".join(names)
            message = Said(
                f"`{listed}` is asked for as well: the points stand for one of them?",
                f"还要求了`{listed}`：分值只对应其中一项？",
            )
            yield Fault("clause-doubt", message, draft.first, draft.end)


def _exceptions(context: Context, tokens: Tokens) -> Iterator[Fault]:
    """Go through words that except something, where nothing was made of them: …的除外."""
    for index, token in enumerate(tokens):
        said = token.kind is Kind.WORD and EXCEPTS.search(token.text) is not None
        if said and context.claims[index][0] is Taken.TEXT:
            message = Said("an exception that no rule has", "例外情形没有读入规则")
            yield Fault("clause-doubt", message, index, index + 1)


def _money(context: Context) -> Iterator[Fault]:
    """Go through money that is taken or paid: no rule of points has it."""
    paid = [index for index in sorted(context.claims) if context.claims[index][1] == MONEY_NOTE]
    message = Said("money, and no points: no rule has it", "是金额，不是分数，没有读入规则")
    for _, run in itertools.groupby(enumerate(paid), key=lambda pair: pair[1] - pair[0]):
        held = [index for _, index in run]
        yield Fault("clause-doubt", message, held[0], held[-1] + 1)


def _compares_rates(context: Context, named: Named) -> bool:
    """Whether some rule holds a rate in per cent against a number."""
    names = {name for draft, own in named if not isinstance(draft.rule, Curve) for name in own}
    used = map(context.quantities.known, names)
    return any(measure is not None and measure.unit == "%" for measure in used)


def _bounds_without_points(context: Context) -> Iterator[Fault]:
    """Go through bounds for a quantity that has others: 优：率≥95%；良：75%≤率<95%."""
    seen: dict[str, object] = {}
    for index, span in enumerate(context.goal_spans):
        goal = context.goals[index]
        if span is None or index in context.used_goals:
            continue
        if goal.name in seen and seen[goal.name] != goal.target:
            message = Said(
                "several bounds for one quantity, and no points", "同一指标有多个界限，却没有分值"
            )
            yield Fault("clause-doubt", message, *span)
        seen[goal.name] = goal.target


def _left_out(context: Context, draft: Draft) -> list[str]:
    """Return the names of the requirement's goals that a rule could be about as well.

    A rule that names no quantity takes the last that fits; another of its unit, of which no rule
    is, may have been meant too.
    """
    occasion = draft.occasion
    if not isinstance(occasion, (Steps, Short)) or occasion.subject or not draft.goals:
        return []
    units = {context.goals[index].bounds.unit for index in draft.goals}
    own = {
        name for i in draft.goals for name in (context.goals[i].name, context.goal_measure(i).code)
    }
    return [
        goal.name
        for index, goal in enumerate(context.goals[:_RECENT])
        if context.goal_spans[index] is None
        and index not in context.used_goals
        and goal.bounds.unit in units
        and goal.group < 0
        and goal.name not in own
    ]


def _of_names(context: Context, named: Named) -> Iterator[Fault]:
    """Go through the names of rules that say too little or too much."""
    told: set[str] = set()
    for name, first, end in itertools.chain(_in_rules(named), _in_targets(context)):
        doubt = None if name in told else doubt_in_name(context, name)
        told.add(name)
        if doubt is not None:
            yield Fault("clause-doubt", doubt, first, end)


def _in_rules(named: Named) -> Iterator[tuple[str, int, int]]:
    """Go through the names in rules, with the tokens of each."""
    for draft, names in named:
        bands = draft.rule.bands if isinstance(draft.rule, Bands) else ()
        levels = {level for band in bands if isinstance(band, LevelBand) for level in band.levels}
        for name in (each for each in names if each not in levels):
            yield name, draft.first, draft.end


def _in_targets(context: Context) -> Iterator[tuple[str, int, int]]:
    """Go through the names of what must be reached and no rule is about, with their tokens."""
    for index, span in enumerate(context.goal_spans):
        if span is not None and index not in context.used_goals:
            yield context.goal_measure(index).code, *span


def _known(names: Iterable[str]) -> frozenset[str]:
    """Return all runs of two to four characters in some names, and names of one character."""
    runs: set[str] = set()
    for name in map(simplified, dict.fromkeys(names)):
        runs.update(name[at : at + n] for n in _RUNS for at in range(len(name) - n + 1))
        runs.update((name,) if len(name) == 1 else ())
    return frozenset(runs)


def _passed_over(
    context: Context, tokens: Tokens, named: Named, others: list[str]
) -> Iterator[Fault]:
    """Go through the words of sentences with rules that are in no name.

    Words that no rule was made of have to be in a name of their own sentence; a heading before a
    colon, which leads up to all that follows, in any.
    """
    sentences = list(itertools.accumulate(int(token.kind in _ENDS) for token in tokens))
    scoring = _scoring(context, sentences)
    own = _of_sentences(context, sentences, named)
    known = _known((*others, *(name for _, names in named for name in names)))
    runs: dict[int, frozenset[str]] = {}
    head = _head_end(tokens)
    for index, token in enumerate(tokens):
        taken, note = context.claims[index]
        sentence = sentences[index]
        if token.kind is not Kind.WORD or note or taken not in _SEEN or sentence not in scoring:
            continue
        if _is_title(context, tokens, index) or _is_prose(context, tokens, index, named):
            continue
        if _is_granted(tokens, index) or collected_in(token.text):
            continue
        if token.text in NONE and kind_at(tokens, index + 1) not in {Kind.WORD, Kind.NUMBER}:
            continue  # 有文本，无扣10分: what is lacking stands before it
        if index < head and _SCOPE.search(token.text) is None:
            continue
        words = context.text[token.start : token.end]
        if len(words) == 1 and words not in _NEGATIONS:
            continue
        plain = taken is Taken.TEXT
        headed = not plain or kind_at(tokens, index + 1) is Kind.COLON
        if not headed and sentence not in runs:
            runs[sentence] = _known(own[sentence])
        among = known if headed else runs[sentence]
        if len(words) == 1:  # 未 before 在三个点位
            beside = context.text[token.start : token.end + 1]
            rest = "" if beside in known else words
        else:
            rest = _rest(as_found(words), among, min(len(words), _LONG if plain else _PAIR))
            rest = rest or _negation(words, known)
        if rest:
            message = Said(f"nothing was made of `{rest}`", f"`{rest}`没有读入任何规则")
            yield Fault("clause-doubt", message, index, index + 1)


def _is_granted(tokens: Tokens, index: int) -> bool:
    """Whether words only grant what is well before a but: 设立宣传栏，但内容不更新."""
    parted = kind_at(tokens, index + 1) in {Kind.LIST, Kind.COMMA}
    but = parted and kind_at(tokens, index + 2) is Kind.WORD
    return but and tokens[index + 2].text[0] == "但" and not _WRONG.search(tokens[index].text)


def _head_end(tokens: Tokens) -> int:
    """Return where the words over a clause end: 劳动纪律：迟到一次扣5分; 0 where there are none.

    Where several heads stand, each may say of what its faults are.
    """
    colons = [at for at, token in enumerate(tokens) if token.kind is Kind.COLON]
    before = tokens[: colons[0]] if len(colons) == 1 else []
    only = all(token.kind in _OF_HEADS for token in before)
    return len(before) if only and len(before) <= _PHRASE else 0


def _of_sentences(context: Context, sentences: list[int], named: Named) -> dict[int, list[str]]:
    """Return the names in each sentence: in its rules, and of what it asks to reach."""
    found: dict[int, list[str]] = {}
    for draft, names in named:
        for sentence in {sentences[draft.first], sentences[draft.end - 1]}:
            found.setdefault(sentence, []).extend(names)
    for index, span in enumerate(context.goal_spans):
        if span is not None:
            found.setdefault(sentences[span[0]], []).append(context.goals[index].name)
    return found


def _scoring(context: Context, sentences: list[int]) -> set[int]:
    """Return the sentences that some rule stands in."""
    found = {sentences[draft.first] for draft in context.drafts}
    return found | {sentences[draft.end - 1] for draft in context.drafts}


def _is_title(context: Context, tokens: Tokens, index: int) -> bool:
    """Whether the points of the item stand right behind some words: 用工管理（4分）."""
    behind = index + 2
    opened = index + 1 < len(tokens) and tokens[index + 1].kind is Kind.OPEN
    return opened and context.claims.get(behind, (None, ""))[0] is Taken.POINTS


def _is_prose(context: Context, tokens: Tokens, index: int, named: Named) -> bool:
    """Whether words only say how it is checked, or exhort before a rate that has its own name.

    抽查病历, 每少1种扣2分; 合理使用抗生素，联用比例≤25%，每超1个百分点扣2分.
    """
    begin = end = index
    while begin > 0 and tokens[begin - 1].kind not in _PARTS and index - begin < _PHRASE:
        begin -= 1
    while kind_at(tokens, end) not in _PARTS and end - index < _PHRASE and end < len(tokens):
        end += 1
    words = context.text[tokens[begin].start : tokens[end - 1].end]
    acts = any(token.kind in BEGINNINGS for token in tokens[begin:end])
    if acts or kind_at(tokens, end) not in {Kind.COMMA, Kind.STOP} or _WRONG.search(words):
        return False
    behind = bisect.bisect_right(named, index, key=_end)
    if _DUTY.match(words) and not _SCOPE.search(words[-_PAIR:]) and behind < len(named):
        draft, faults = named[behind]
        takes = isinstance(draft.rule, (Deduction, Forfeit))
        return takes and any(map(_OWN_FAULT.match, faults))
    if kind_at(tokens, end) is not Kind.COMMA:
        return False
    if _CHECKED.match(words):
        return not _CHECKED_WHAT.search(words)
    names = named[behind][1] if behind < len(named) else ()
    used = [measure for measure in map(context.quantities.known, names) if measure is not None]
    rates = bool(used) and all(measure.unit in RATE_UNITS for measure in used)
    return rates and _EXHORTS.match(words) is not None


def _end(pair: tuple[Draft, tuple[str, ...]]) -> int:
    """Return where a draft ends; they stand in written order."""
    return pair[0].end


def _rest(words: str, known: frozenset[str], run: int) -> str:
    """Return the first run of characters that no name has, without what only ties names.

    Words that a rule was made of are in a name where two characters of them are; others, where
    so many as `run` are: that 建设 stands in some name says little about 有建设项目.
    """
    named = _named(words, known, run)
    kept = "".join(" " if held else character for character, held in zip(words, named, strict=True))
    return next((part for part in _HANZI.findall(kept) if _LINK.sub("", part)), "")


def _named(words: str, known: frozenset[str], run: int) -> list[bool]:
    """Return for each character whether it stands in a run that some name has."""
    named = [character in known for character in words]
    for at in range(len(words) - run + 1):
        if words[at : at + run] in known:
            named[at : at + run] = [True] * run
    return named


def _negation(words: str, known: frozenset[str]) -> str:
    """Return the 未 that words begin with and no name has: without it they say the opposite."""
    found = _NEGATES.match(words)
    lost = found is not None and not _named(words[:_PAIR], known, _PAIR)[0]
    return found.group() if found is not None and lost and _rest(words, _NOTHING, _PAIR) else ""
