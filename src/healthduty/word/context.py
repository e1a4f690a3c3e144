"""What a bureau's own template may ask for: a sheet or an agreement as plain words, by name.

Every value is a text, a list of texts, or a list of rows whose fields are texts; there is nothing
to call and nothing to look into. What can't be told says so: no placeholder is left blank.

Source: “a bureau's own .docx template with placeholders”; semantics 12.

>>> from healthduty.model.indicator import Indicator
>>> context = context_of(Agreement("示例责任书", parts=(Indicator("1", "台账", points=5),)))
>>> context["责任书"], context["满分"], context["指标"][0]["指标"]
('示例责任书', '5', '台账')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

from healthduty.display import Table
from healthduty.errors import UnknownNameError
from healthduty.exact import show
from healthduty.model.agreement import Agreement
from healthduty.model.party import Role
from healthduty.results.losses import losses_of
from healthduty.scoring.sheet import ScoreSheet
from healthduty.word.articles import DEFAULT_COPIES, item_names
from healthduty.word.indicators import full_points, item_texts
from healthduty.word.numerals import copies_text
from healthduty.word.terms import (
    consequence_text,
    duty_text,
    funding_text,
    grades_text,
    person_text,
    term_text,
    veto_text,
)
from healthduty.wording import Language, check_language
from healthduty.wording.effects import veto_name_text
from healthduty.wording.names import Vocabulary
from healthduty.wording.phrase import Phrase

Row = Mapping[str, str]
Value = str | list[str] | list[Row]
Context = dict[str, Value]
"""Names and what stands for them: a text, a list of texts, or rows of named texts."""

NONE = "无"
"""What stands where there is nothing to say."""

UNTOLD = "暂不能计算"
"""What stands where a number can't be told."""

_OF_SHEET = (
    ("责任书", Phrase("责任书名称", "the agreement's title")),
    ("年度", Phrase("责任书年度", "its year")),
    ("甲方", Phrase("下达目标的一方", "who sets the targets")),
    ("单位", Phrase("机构名称", "the facility's name")),
    ("编号", Phrase("机构编码", "the facility's key")),
    ("考核期", Phrase("考核的时段", "the period")),
    ("满分", Phrase("满分", "full points")),
    ("得分", Phrase("一票否决前的得分", "points before vetoes")),
    ("总分", Phrase("一票否决后的总分", "points after vetoes")),
    ("扣分合计", Phrase("各项失分之和", "the sum of what was lost")),
    ("加分", Phrase("计入总分的加分", "bonus points that count in the total")),
    ("等次", Phrase("考核等次", "the grade")),
    (
        "一票否决",
        Phrase(
            "多条文字：适用的一票否决及其后果",
            "texts: the vetoes that apply, each with what it does",
        ),
    ),
    ("经费", Phrase("多行：名称 金额 依据", "rows: 名称 金额 依据")),
    (
        "明细",
        Phrase("多行，每个条目一行：条目 指标 满分 得分", "rows, one an item: 条目 指标 满分 得分"),
    ),
    (
        "失分",
        Phrase(
            "多行，每个失分或加分的条目一行：条目 指标 分值 增减 事由 依据",
            "rows, one an item that lost or gained: 条目 指标 分值 增减 事由 依据",
        ),
    ),
    ("责任书核对码", Phrase("责任书的核对码", "the digest of the agreement")),
    ("数据核对码", Phrase("考核数据的核对码", "the digest of the record")),
)
_OF_AGREEMENT = (
    ("责任书", Phrase("责任书名称", "the agreement's title")),
    ("年度", Phrase("责任书年度", "its year")),
    ("甲方", Phrase("下达目标的一方", "who sets the targets")),
    ("乙方", Phrase("完成目标的一方", "who must reach them")),
    ("份数", Phrase("份数，如“一式两份”", "how many copies: 一式两份")),
    ("责任期限", Phrase("责任期限的起止", "from when to when it binds")),
    ("责任人", Phrase("责任人", "who answers for it")),
    ("满分", Phrase("满分", "full points")),
    ("等次", Phrase("等次及其分数段", "the grades and their bands")),
    ("工作频次", Phrase("多条文字：按频次开展的工作", "texts: duties that come back")),
    ("一票否决", Phrase("多条文字：一票否决及其后果", "texts: vetoes, each with what it does")),
    ("经费", Phrase("多条文字：随总分拨付的经费", "texts: money that follows the total")),
    ("结果运用", Phrase("多条文字：其他结果运用", "texts: what else follows")),
    (
        "指标",
        Phrase(
            "多行，每个条目一行：条目 大项 指标 要求 分值 评分标准 考核方法 考核单位",
            "rows, one an item: 条目 大项 指标 要求 分值 评分标准 考核方法 考核单位",
        ),
    ),
)
PLACEHOLDERS: Mapping[str, tuple[tuple[str, Phrase], ...]] = MappingProxyType(
    {"sheet": _OF_SHEET, "agreement": _OF_AGREEMENT}
)
"""The names that `context_of` gives a template, and what stands for each."""

FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        name: tuple(meaning.en.rpartition(": ")[2].split())
        for names in PLACEHOLDERS.values()
        for name, meaning in names
        if meaning.en.startswith("rows")
    }
)
"""The fields of those that are rows, known even where a list is empty."""


_HEADINGS = (Phrase("名称", "name"), Phrase("内容", "what stands for it"))


def placeholders(of: str = "sheet", lang: Language = "zh") -> Table:
    """Return the names that a template may ask for, of a `sheet` or an `agreement`.

    Raises:
        UnknownNameError: neither of the two.
        UsageError: an unknown language.
    """
    check_language(lang)
    if of not in PLACEHOLDERS:
        raise UnknownNameError(
            f"no placeholders of `{of}`: there are those of a sheet, an agreement"
        )
    rows = tuple((name, meaning(lang)) for name, meaning in PLACEHOLDERS[of])
    return Table(headings=tuple(each(lang) for each in _HEADINGS), rows=rows, most=72)


def context_of(thing: ScoreSheet | Agreement, *, copies: int | None = None) -> Context:
    """Return what a template can say of a sheet or an agreement, by name: see `placeholders`.

    `copies` is for an agreement: how many there are, else what it says, or two. Add names of your
    own with `{**context_of(sheet), "联系人": "…"}`.
    """
    return _of_sheet(thing) if isinstance(thing, ScoreSheet) else _of_agreement(thing, copies)


def _of_sheet(sheet: ScoreSheet) -> Context:
    agreement, record = sheet.agreement, sheet.record
    return {
        "责任书": agreement.title,
        "年度": _year(agreement),
        "甲方": _party(agreement, Role.ISSUER),
        "单位": record.name,
        "编号": record.facility,
        "考核期": NONE if record.period is None else record.period.label,
        "满分": _points(sheet.full),
        "得分": _points(sheet.earned),
        "总分": _points(sheet.total),
        "扣分合计": str(sheet.deducted),
        "加分": str(sheet.bonus),
        "等次": sheet.grade or NONE,
        "一票否决": [
            veto_name_text(each.veto, "zh", sheet.agreement)
            for each in sheet.vetoes
            if each.applies
        ],
        "经费": [*_money(sheet)],
        "明细": [*_items(sheet)],
        "失分": [*_losses(sheet)],
        "责任书核对码": sheet.digests["agreement"],
        "数据核对码": sheet.digests["record"],
    }


def _money(sheet: ScoreSheet) -> Iterator[Row]:
    for money in sheet.money:
        amount = UNTOLD if money.amount is None else f"{money.amount:,.2f}"
        yield {"名称": money.name or money.code, "金额": amount, "依据": money.reason()}


def _items(sheet: ScoreSheet) -> Iterator[Row]:
    for item in sheet.items:
        full = str(item.full) if item.full else ""
        earned = _points(item.earned) if item.full else ""
        yield {"条目": item.number, "指标": item.title, "满分": full, "得分": earned}


def _losses(sheet: ScoreSheet) -> Iterator[Row]:
    for loss in losses_of(sheet):
        yield {
            "条目": loss.number,
            "指标": loss.title or "总分",
            "分值": str(loss.full) if loss.number and loss.full else "",
            "增减": f"{loss.change:+f}",
            "事由": "\n".join(loss.reasons),
            "依据": "\n".join(loss.clauses),
        }


def _of_agreement(agreement: Agreement, copies: int | None) -> Context:
    words = Vocabulary(agreement.measures)
    full, items = full_points(agreement), item_names(agreement)
    scale, term = agreement.grades, agreement.term
    return {
        "责任书": agreement.title,
        "年度": _year(agreement),
        "甲方": _party(agreement, Role.ISSUER),
        "乙方": _party(agreement, Role.RESPONSIBLE),
        "份数": copies_text(copies or agreement.copies or DEFAULT_COPIES),
        "责任期限": NONE if term is None else term_text(term),
        "责任人": _joined(person_text(each, items) for each in agreement.responsible),
        "满分": NONE if full is None else show(full),
        "等次": NONE if scale is None else grades_text(scale, words),
        "工作频次": [duty_text(each) for each in agreement.obligations],
        "一票否决": [veto_text(each, words, agreement) for each in agreement.vetoes],
        "经费": [funding_text(each, words) for each in agreement.funding],
        "结果运用": [consequence_text(each) for each in agreement.consequences],
        "指标": list[Row](item_texts(agreement)),
    }


def _year(agreement: Agreement) -> str:
    return NONE if agreement.year is None else str(agreement.year)


def _party(agreement: Agreement, role: Role) -> str:
    named = (each.name or each.code for each in agreement.parties if each.role is role)
    return "、".join(named) or NONE


def _joined(texts: Iterable[str]) -> str:
    return "".join(texts) or NONE


def _points(points: Decimal | None) -> str:
    return UNTOLD if points is None else str(points)
