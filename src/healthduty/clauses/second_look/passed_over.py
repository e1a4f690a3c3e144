"""Words of a sentence that scores which no name has: 配合征兵, 动员青年入伍, 每出兵1例加0.5分.

Every word of such a sentence lies in the name of something, or only ties such names to the numbers
(确保, 的, 达到). A word that does neither was passed over, and with it perhaps the case that it
names.

Source: semantics 12 (nothing is dropped); docs/en/explanation/how-text-is-read.md, “Doubts”.

>>> from healthduty.clauses.clause import read_clause
>>> "clause-doubt" in read_clause("配合征兵，动员青年入伍，每出兵1例加0.5分").findings.codes
True
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator

from healthduty.clauses.consequences import says_what_follows
from healthduty.clauses.context import Context, Fault
from healthduty.clauses.names.goal_names import collected_in
from healthduty.clauses.names.looked_at import as_found, says_where_found
from healthduty.clauses.names.subjects import NONE
from healthduty.clauses.second_look.prose import PHRASE, SCOPE, WRONG, Named, is_prose
from healthduty.clauses.text.folding import simplified
from healthduty.clauses.text.lexicon import Kind, table
from healthduty.clauses.text.phrases import Tokens, kind_at
from healthduty.clauses.text.pieces import Taken
from healthduty.clauses.verbless import is_amiss
from healthduty.said import Said

_PAIR = 2
_LONG = 4
_RUNS = (2, 3, 4)
_NOTHING: frozenset[str] = frozenset()
_ENDS = frozenset({Kind.STOP, Kind.LABEL})
_GOES_ON = frozenset({Kind.WORD, Kind.NUMBER})
_SEEN = frozenset({Taken.RULE, Taken.TARGET, Taken.TEXT, Taken.POINTS})
_LINKS = table(
    "累计 合计 共计 "
    "一次性 查证 经查证属实 "
    "确保 保证 健全 建立 明确 力争 全年 年内 本年度 年度 年底 目标值 目标 指标值 指标 规定 要求 "
    "标准 基准 达标线 任务 发现 出现 发生 严禁 禁止 查实 经查实 查证属实 情况属实 属实 经查 "
    "经核实 核实 查阅资料 查阅 查看 "
    "查 现场 资料 看 听 依据 根据 按照 按 参照 依照 文件 通报 情况 实际 实际值 完成率 测算 "
    "计算 核算 折算 组织 开展 举办 举行 召开 完成 进行 实施 创建 建成 实现 做到 做好 抓好 "
    "加强 落实 配备 应配 配 未达到 未达标 未完成 达不到 不达标 未达 达到 达标 超过 超出 "
    "不足 低于 高于 较 比 差额 超过部分 低于部分 不足部分 部分 以上 以下 同时 同时存在 存在 "
    "不达标准 未达标准 不达要求 不符合标准 超标 标准值 延误 超时 少于 规定人数 规定数量 人数 数量 "
    "同期 逐步 逐年 稳步 不断 水平 平均水平 下限 上限 "
    "规定次数 规定频次 实行 "
    "任一指标 任一 上述各率 各率 两率 三率 四率 五率 推迟 延长 至少 每 全部 全额 均 各 分别 "
    "依次 一律 直接 予以 给予 "
    "同一事项 同一 "
    "就 或者 或 及 和 与 "
    "并且 并 且 又 也 还 其中 其余 其他 由 对 对于 但是 降至 在 将 于 从 为 是 有 以 凡 如 "
    "当年 直到 直至 所列条款 杜绝 避免 防止 "
    "若 的 者 违者 违反者 时 则 即 该 本 此 "
    "项 分值 得分 满分 总分 考核 考评组 检查组 评为 评定为 评定 "
    "被 得到 取得 获得 获 奖励 记 计 给 扣 扣分 加分 应 须 必须 需 要 能 可 已 了 到 至 中 "
    "递增 递减 内 外 后 前 年 月 日 次 人 个 例 项目 "
    "情形 行为 现象 之一 等 既 仅 但 列 率 降 减 所 数 相 "
    "未能 "
    "及其 再 达 全 加减 项目 是否 有无 一项 一次 一例 一处 "
    "两者 二者 三者 缺一 少一 漏一 任何 任意 下降 上升 提高 降低 增加 减少 增长 "
    "幅度 满足 向 检查发现 积极 认真 切实 "
    "没有下降 没有降低 没有减少 没有上升 没有增长 没有提高 未下降 未降低 未上升 未增长 未提高 "
    "不降反升 不升反降 不增反降 不减反增 不降反增 反而 负增长 持平 基本持平 零增长 "
    "单苗 各苗 每苗 平均值 均值 平均线 不变 无变化 比值 数值 单项基准 比例 比率 百分比 之间 "
    "范围内 范围 区间 "
    "在此基础上 的基础上 基础上 此后 之后 给予通报 通报批评 批评教育 警告 约谈"
)
_LINK = re.compile("|".join(sorted(map(re.escape, _LINKS), key=len, reverse=True)))
_OF_HEADS = frozenset({Kind.WORD, Kind.LIST, Kind.LABEL, Kind.EXPLAINED})
_OF_ASKED = frozenset({"more of what is asked", "what is asked for", "what must not be"})
_UNMET = re.compile(r"(?:未|不|没有?)能?(?:达到?|[合符]合?|做到?)(?:格|标准?|规定|要求|到位)?的?")
"""That what was asked is not so: the name says what that was."""
_WHOSE = re.compile(
    r"的(?:科室|单位|部门|机构|人员|个人)|[^,，]{0,12}参照此?[^,，]{0,4}标准[^,，]{0,4}"
)
_NEGATIONS = frozenset("未没无不")
_NEGATES = re.compile(r"未|没有?|无|不(?=[按能得符])")
_HANZI = re.compile(r"[\u3400-\u9fff]+")


def doubt_passed_over(
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
        if token.kind is not Kind.WORD or taken not in _SEEN or sentence not in scoring:
            continue
        if note and not (note in _OF_ASKED and is_amiss(token.text)):
            continue  # what is explained needs no name, unless it says what is wrong
        if index < head and SCOPE.search(token.text) is None:
            continue
        if _needs_none(context, tokens, index) or is_prose(context, tokens, index, named):
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
            rest = "" if beside in known or "不符" in known else words  # 未完成: 不符合
        else:
            rest = _rest(as_found(words), among, min(len(words), _LONG if plain else _PAIR))
            rest = rest or _negation(words, known)
        if rest:
            message = Said(f"nothing was made of `{rest}`", f"`{rest}`没有读入任何规则")
            yield Fault("clause-doubt", message, index, index + 1)


def _needs_none(context: Context, tokens: Tokens, index: int) -> bool:
    """Whether some words need no name, whatever stands around them."""
    words, taken = tokens[index].text, context.claims[index][0]
    if _is_title(context, tokens, index) or _is_granted(tokens, index):
        return True
    if _WHOSE.fullmatch(words) or collected_in(words):
        return True
    if says_what_follows(words) or says_where_found(words):
        return True
    if taken is Taken.RULE and _UNMET.fullmatch(words):
        return True  # 未达到要求的 beside what was asked
    # 有文本，无扣10分: what is lacking stands before it
    return words.rstrip("的者") in NONE and kind_at(tokens, index + 1) not in _GOES_ON


def _is_granted(tokens: Tokens, index: int) -> bool:
    """Whether words only grant what is well before a but: 设立宣传栏，但内容不更新."""
    parted = kind_at(tokens, index + 1) in {Kind.LIST, Kind.COMMA}
    but = parted and kind_at(tokens, index + 2) is Kind.WORD
    return but and tokens[index + 2].text[0] == "但" and not WRONG.search(tokens[index].text)


def _head_end(tokens: Tokens) -> int:
    """Return where the words over a clause end: 劳动纪律：迟到一次扣5分; 0 where there are none.

    Where several heads stand, each may say of what its faults are.
    """
    colons = [at for at, token in enumerate(tokens) if token.kind is Kind.COLON]
    before = tokens[: colons[0]] if len(colons) == 1 else []
    only = all(token.kind in _OF_HEADS for token in before)
    return len(before) if only and len(before) <= PHRASE else 0


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


def _rest(words: str, known: frozenset[str], run: int) -> str:
    """Return the first run of characters that no name has, without what only ties names.

    Words that a rule was made of are in a name where two characters of them are; others, where
    so many as `run` are: that 建设 stands in some name says little about 有建设项目.
    """
    named = _named(words, known, run)
    plain = [held or cut == " " for held, cut in zip(named, _LINK.sub(_blank, words), strict=True)]
    if all(plain):
        return ""  # 者一次性
    kept = "".join(" " if held else character for character, held in zip(words, named, strict=True))
    return next((part for part in _HANZI.findall(kept) if _is_new(part, known)), "")


def _blank(found: re.Match[str]) -> str:
    """Return as many blanks as characters were found."""
    return " " * len(found.group())


def _is_new(part: str, known: frozenset[str]) -> bool:
    """Whether a run of characters says more than words that tie names, and names of three or four.

    满足率和满意度未达标的 holds the names of two quantities.
    """
    rest = filter(None, _LINK.split(part))
    return any(len(each) <= _PAIR or each not in known for each in rest)


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


def _known(names: Iterable[str]) -> frozenset[str]:
    """Return all runs of two to four characters in some names, and names of one character."""
    runs: set[str] = set()
    for name in map(simplified, dict.fromkeys(names)):
        runs.update(name[at : at + n] for n in _RUNS for at in range(len(name) - n + 1))
        runs.update((name,) if len(name) == 1 else ())
    return frozenset(runs)
