"""The difference of two agreements: what is known again, how it is said, how it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

from healthduty import catalogue
from healthduty.errors import SourceError, UsageError
from healthduty.exact import Rounding
from healthduty.model.agreement import Agreement, Supersedes
from healthduty.model.excusal import MovedTo, PeersMean, Rescaled, ZeroPoints
from healthduty.model.funding import FundingPolicy, Override, Tier
from healthduty.model.grades import Consequence, Grade, GradeScale
from healthduty.model.indicator import Indicator, Part, Section, Target
from healthduty.model.obligation import Obligation
from healthduty.model.party import Party, ResponsiblePerson, Signature, Term
from healthduty.model.veto import (
    BarHonours,
    CapGrade,
    ForceGrade,
    LowerGrade,
    Veto,
    WithholdMoney,
    ZeroSection,
    ZeroTotal,
)
from healthduty.results.agreement_data import dumps_difference, loads_difference
from healthduty.results.agreement_difference import Sort
from healthduty.results.agreements import diff
from healthduty.rules.condition import Compare, Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Assumption, Deduction, Forfeit
from healthduty.rules.tally import StepsBelow
from healthduty.sources import Citation

RATE = Measure("rate", "接种率", unit="%")
DUTY = Measure("duty", "制度", kind="flag")


def below(target: int) -> Deduction:
    """Make a rule on the rate."""
    return Deduction(StepsBelow(RATE, target=target, step=5), points=1)


def of(*parts: Any, **fields: Any) -> Agreement:  # noqa: ANN401 - of an agreement
    """Make an agreement of these items."""
    return Agreement("示例", measures=(RATE, DUTY), parts=parts, **fields)


def changes(one: Agreement, two: Agreement) -> list[tuple[str, ...]]:
    """Return what became of each item or record, by its label; applied, it gives the second."""
    difference = diff(one, two)
    assert difference.apply(one) == two
    return [(each.label, *each.sorts) for each in difference.remarks()]


# ------------------------------------------------------------------------ known again


def test_the_agreement_of_2013_continues_that_of_2012() -> None:
    """Three items have another number, of two with one number each is known by its title."""
    last, this = catalogue.get("street-centre-2012"), catalogue.get("street-centre-2013")
    difference = diff(last, this)
    told = [each for each in difference.remarks() if Sort.RENUMBERED in each.sorts]
    assert [(each.label, each.text) for each in told] == [
        ("1.6 监督协管", "条目号：1.7 → 1.6"),
        ("1.7 卫生应急", "条目号：1.8 → 1.7"),
        ("1.8 妇幼保健", "条目号：1.9 → 1.8"),
    ]
    assert difference.counts("items") == (0, 0, 4, 3, 0)
    assert difference.apply(last) == this
    assert diff(this, last).apply(this) == last


@pytest.mark.parametrize(
    ("before", "after", "same"),
    [
        (Indicator("1", "台账"), Indicator("2", "台账"), True),  # by the title
        (Indicator("1", "台账"), Indicator("1", "台账管理"), True),  # the number, and alike
        (Indicator("1", "台账"), Indicator("1"), True),  # the number alone
        (Indicator("1", "台账"), Indicator("1", "应急演练"), False),  # another item
        (Indicator("1", "甲", rules=below(90)), Indicator("2", "乙", rules=below(95)), True),
        (
            Indicator("1", "甲", requirement="每月巡查"),
            Indicator("2", "乙", requirement="每月巡查"),
            True,
        ),
        (Indicator("1", "台账"), Section("1", "台账"), False),  # another sort of thing
        (Indicator(""), Indicator(""), False),  # nothing to be known by
    ],
)
def test_by_what_an_item_is_known_again(before: Any, after: Any, same: bool) -> None:  # noqa: ANN401, FBT001 - any item
    """Title, what it asks, what its rules read, its number; else it is dropped and added."""
    difference = diff(of(before), of(after, Indicator("9", "新")))
    assert difference.counts("items").dropped == (0 if same else 1)
    assert difference.apply(of(before)) == of(after, Indicator("9", "新"))


def test_titles_that_stand_twice_are_known_by_what_is_around_them() -> None:
    """Two sections each with an item 其他: numbers changed, sections stayed."""
    one = of(
        Section("1", "甲", parts=(Indicator("1.1", "其他", points=1),)),
        Section("2", "乙", parts=(Indicator("2.1", "其他", points=2),)),
    )
    two = of(
        Section("1", "甲", parts=(Indicator("1.9", "其他", points=1),)),
        Section("2", "乙", parts=(Indicator("2.9", "其他", points=2),)),
    )
    assert changes(one, two) == [("1.9 其他", "renumbered"), ("2.9 其他", "renumbered")]


def test_titles_that_stand_twice_without_anything_around_them_are_not_guessed() -> None:
    """Two items 其他 came into new sections: which is which nobody can tell."""
    old = [Section(each, each, parts=(Indicator(f"{each}1", "其他"),)) for each in "甲乙"]
    new = [Section(each, each, parts=(Indicator(f"{each}9", "其他"),)) for each in "丙丁"]
    assert diff(of(*old), of(*new)).counts("items") == (4, 4, 0, 0, 0)


def test_what_moved_is_told_and_what_stayed_is_not() -> None:
    """Into another section, or before its neighbours: only the one that moved."""
    three = [Indicator(each, each * 2, points=1) for each in "甲乙丙"]
    assert changes(of(*three), of(three[2], three[0], three[1])) == [("丙 丙丙", "moved")]
    one = of(Section("1", "东", parts=three), Section("2", "西"))
    two = of(Section("1", "东", parts=three[1:]), Section("2", "西", parts=three[:1]))
    assert changes(one, two) == [("甲 甲甲", "moved")]
    new = of(Section("1", "东", parts=three[1:]), Section("3", "南", parts=three[:1]))
    assert changes(one, new) == [("3 南", "added"), ("甲 甲甲", "moved"), ("2 西", "dropped")]


def test_parts_are_items_too() -> None:
    """A part that changed is told, the indicator around it is not."""
    one = of(Indicator("1", "甲", parts=(Part("1.1", "乙", points=1), Part("1.2", "丙"))))
    two = of(Indicator("1", "甲", parts=(Part("1.1", "乙", points=2), Part("1.3", "丁"))))
    assert changes(one, two) == [("1.1 乙", "changed"), ("1.3 丁", "added"), ("1.2 丙", "dropped")]


def test_citations_and_assumptions_are_outside() -> None:
    """Who says a rule is no part of what it costs."""
    cited = attrs.evolve(below(90), citation=Citation("文件"), assumption=Assumption("按整档"))
    assert not diff(of(Indicator("1", rules=below(90))), of(Indicator("1", rules=cited)))


def test_lists_have_keys() -> None:
    """Measures, vetoes and the like are known by their codes; turned round, one has moved."""
    veto = Veto("fraud", "弄虚作假", when=Flag(DUTY), effects=ZeroTotal())
    one = of(vetoes=(veto,))
    two = attrs.evolve(one, measures=(DUTY, attrs.evolve(RATE, unit="‰")), vetoes=())
    assert changes(one, two) == [
        ("制度", "moved"),
        ("接种率", "changed"),
        ("弄虚作假", "dropped"),
    ]
    assert diff(one, two).counts("vetoes") == (0, 1, 0, 0, 0)
    assert diff(one, two).counts("funding") == (0, 0, 0, 0, 0)
    with pytest.raises(UsageError, match="none of items"):
        diff(one, two).counts("nothing")


# --------------------------------------------------------------------------------- in words

FULL = of(
    Section("1", "公卫", text="要求", cap=10, excused=Rescaled("section")),
    Indicator(
        "2",
        "接种",
        points="2.5",
        rules=(below(90), Forfeit(Flag(DUTY, expected=False))),
        targets=Target(RATE, ">=", 90),
        excused=MovedTo("1"),
        evidence_required=True,
    ),
    term=Term(date(2024, 1, 1), date(2024, 12, 31)),
    grades=GradeScale(
        (Grade("优秀", 90, low_in=False, when=Compare(RATE, ">=", 90)), Grade("其他"))
    ),
    rounding=Rounding(1),
    excused=ZeroPoints(),
    supersedes=Supersedes("上年责任书", 2023),
    vetoes=(
        Veto(
            "all",
            when=Flag(DUTY),
            effects=(
                ForceGrade("其他"),
                LowerGrade(),
                CapGrade("其他"),
                BarHonours(),
                WithholdMoney("0.5"),
                ZeroSection("1"),
            ),
        ),
    ),
    funding=(
        FundingPolicy(
            "pool",
            "经费",
            per_head="1.25",
            tiers=(Tier(80, 1), Tier(60, "0.7", low_in=False), Tier(None, "0.5")),
            overrides=(Override(Flag(DUTY), "0.5"),),
        ),
    ),
    obligations=(Obligation("visits", "巡查", every="quarter", working_days=True),),
    consequences=(Consequence("honour", "评优评先", grades="优秀"),),
    parties=(Party("a", "县局", role="issuer"),),
    responsible=(ResponsiblePerson("院长", items=("1", "2")),),
    signatures=(Signature("a", "局长", signed_on="2024-02-30"),),
)


def test_everything_has_words() -> None:
    """From nothing to a full agreement, and back, an official reads no code of ours."""
    told = {each.label: each for each in diff(Agreement("示例"), FULL).remarks()}
    assert told["示例"].text.splitlines() == [
        "责任期：无 → 2024-01-01至2024-12-31",
        "小数处理：保留2位小数，四舍五入 → 保留1位小数，四舍五入",
        "不适用时：按满分计 → 不得分",
        "等次：无 → 优秀>90（接种率达到90%以上）；其他",
        "替代：无 → 《上年责任书》（2023）",
    ]
    assert told["1 公卫"].text == "最高分：10；内容：要求；不适用时：其余分值按比例折算（大项内）"
    assert told["2 接种"].text == (
        "分值：2.5；评分标准：接种率达到90%以上，每低5个百分点扣1分；「制度」为否的，本项不得分；"
        "目标值：接种率达到90%以上；须有佐证材料：是；不适用时：分值转入1"
    )
    assert told["all"].text == (
        "情形：「制度」为是；后果：考核等次直接评为其他；考核等次降低一个等次；考核等次不得高于其他；"
        "取消评先评优资格；扣减考核经费的50%；“1”大项不计分"
    )
    assert told["经费"].text == (
        "人均经费（元）：1.25；拨付档次：≥80：100%；>60：70%；其余50%；"
        "另行拨付：「制度」为是的，拨付50%"
    )
    assert told["巡查"].text == "频次：每季度；按工作日：是"
    assert told["院长"].text == "条目：1；2"
    gone = diff(FULL, Agreement("示例")).remarks("en")
    assert {each.sorts for each in gone[1:]} == {(Sort.DROPPED,)}
    english = {each.label: each.text for each in gone}
    assert english["经费"] == (
        "yuan a head: 1.25; tiers: ≥80: 100%; >60: 70%; otherwise 50%;"
        " overrides: 50% where “制度” is yes"
    )


def test_of_several_rules_those_that_changed_are_told() -> None:
    """What stayed is not repeated; rules in another order are that."""
    two = of(Indicator("1", "接种", rules=(below(95), Forfeit(Flag(DUTY)))))
    one = of(Indicator("1", "接种", rules=(Forfeit(Flag(DUTY)), below(90))))
    (remark,) = diff(one, two).remarks()
    assert remark.text == (
        "评分标准：接种率达到90%以上，每低5个百分点扣1分 → 接种率达到95%以上，每低5个百分点扣1分"
    )
    turned = of(Indicator("1", "接种", rules=(below(90), Forfeit(Flag(DUTY)))))
    assert diff(one, turned).remarks()[0].text == "评分标准：顺序调整"
    assert diff(one, turned).remarks("en")[0].text == "scoring: in another order"


def test_old_rules_are_worded_by_old_measures() -> None:
    """A measure that was renamed is called as it was then, and as it is now."""
    one = of(Indicator("1", rules=below(90)))
    renamed = (attrs.evolve(RATE, name="疫苗接种率"), DUTY)
    two = attrs.evolve(of(Indicator("1", rules=below(95))), measures=renamed)
    text = diff(one, two).remarks()[0].text
    assert text.startswith("评分标准：接种率达到90%以上")
    assert "→ 疫苗接种率达到95%以上" in text


def test_a_difference_prints_itself_with_what_it_counts() -> None:
    """The table, the summary below; nothing that differs says so."""
    one, two = of(Indicator("1", "台账", points=1)), of(Indicator("2", "台账", points=2))
    difference = diff(one, two)
    assert str(difference).splitlines() == [
        "示例",
        "变化        类别  对象    内容",
        "----------  ----  ------  -------------",
        "修改、改号  指标  2 台账  条目号：1 → 2",
        "                          分值：1 → 2",
        "条目：修改1、改号1",
    ]
    assert difference.table("en").notes == ("items: 1 changed, 1 renumbered",)
    assert difference._repr_html_().startswith("<div")
    assert diff(one, one).table().notes == ("没有变化",)
    with pytest.raises(UsageError):
        difference.remarks("fr")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(UsageError, match="does not start from"):
        difference.apply(two)


def test_an_excusal_by_the_peers_mean_has_words() -> None:
    """The field is changed, its sentence is told."""
    one, two = of(Indicator("1")), of(Indicator("1", excused=PeersMean("rate")))
    assert diff(one, two).remarks()[0].text == "不适用时：无 → 按同类平均得分计"


# -------------------------------------------------------------------------------- in files


def test_a_difference_is_kept_in_a_file() -> None:
    """Written and read back it is the same, whatever it holds."""
    for one, two in ((Agreement("示例"), FULL), (FULL, Agreement("示例")), (FULL, FULL)):
        difference = diff(one, two)
        kept = loads_difference(dumps_difference(difference))
        assert kept == difference
        assert kept.apply(one) == two


def test_a_difference_that_was_changed_by_hand_is_not_applied() -> None:
    """It names the second agreement by its digest, and leads to that or nowhere."""
    one, two = of(Indicator("1", points=1)), of(Indicator("1", points=2))
    forged = dumps_difference(diff(one, two)).replace('"after": 2', '"after": 3')
    with pytest.raises(UsageError, match="does not lead to"):
        loads_difference(forged).apply(one)


HEAD = '{"format": "healthduty/difference", "version": 1, "difference": %s}'
BASE = '{"before": "a", "after": "b", "title": "t", %s}'


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ('"changes": [{"field": "nothing"}]', "json-unknown-field"),
        ('"changes": [{"field": "copies", "before": "two"}]', "json-type"),
        ('"changes": 1', "json-type"),
        ('"changes": [{}]', "json-missing"),
        ('"changes": [{"field": "copies", "before": 1}]', "json-missing"),
        ('"chances": []', "json-unknown-field"),
        ('"lists": {"nothing": {}}', "json-unknown-field"),
        ('"items": {"entries": [{"kind": "chapter"}]}', "json-unknown-kind"),
        ('"items": {"entries": [{"kind": "section", "label": "", "added": {"x": 1}}]}', "json-un"),
        ('"items": {"entries": [{"kind": "part", "label": "", "was": "p", "moved": 1}]}', "json-"),
    ],
)
def test_a_file_that_is_no_difference_is_refused(rest: str, code: str) -> None:
    """With its fault, as an agreement's file is."""
    with pytest.raises(SourceError) as caught:
        loads_difference(HEAD % (BASE % rest), "a.json")
    assert code in str(caught.value)
