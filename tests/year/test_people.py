"""Who is in charge on a day, who follows, where nobody is, and what falls on one post."""

from __future__ import annotations

import datetime
from typing import Any

import attrs
import pytest

from healthduty import catalogue
from healthduty.calendars import DaySpan
from healthduty.errors import UnknownNameError, UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Section
from healthduty.model.obligation import Obligation
from healthduty.model.party import ResponsiblePerson, Term
from healthduty.records.record import Record
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking
from healthduty.scoring.score import score
from healthduty.year.burden import falls_on, handover_table, handovers
from healthduty.year.people import Charge, check_people, in_charge, year_of
from healthduty.year.rectification import Check, rectify

HEAD = ResponsiblePerson("院长", until="2024-08-31", duties=("全面负责",))
NEXT = ResponsiblePerson("继任院长", since="2024-10-01")
CLERK = ResponsiblePerson("公卫科长", rank="direct", items="1", duties="管档案")
VISITS = Measure("visits", "巡查", unit="次")
AGREEMENT = Agreement(
    "示例卫生院责任书",
    year=2024,
    term=Term("2024-01-01", "2024-12-31", successor_bound=True),
    measures=(VISITS,),
    responsible=(CLERK, HEAD, NEXT),
    parts=(
        Section(
            "1", "公卫", parts=(Indicator("1.1", "档案", points=5), Indicator("1.2", points=5))
        ),
        Indicator("2", "医疗", points=5),
    ),
    rules=(Deduction(Lacking(VISITS, required=4), points=1),),
    obligations=(Obligation("report", "月报", every="month", party="hospital"),),
)


def day(text: str) -> datetime.date:
    """Return a day."""
    return datetime.date.fromisoformat(text)


def held(*persons: ResponsiblePerson, **fields: Any) -> Agreement:  # noqa: ANN401 - any field
    """Return the agreement with other persons."""
    return attrs.evolve(AGREEMENT, responsible=persons, **fields)


def posts(agreement: Agreement, on: str, item: str | None = None) -> list[str]:
    """Return who is in charge, successors marked."""
    charges = in_charge(agreement, day(on), item)
    return [each.person.post + "*" * each.successor for each in charges]


def test_who_is_in_charge_of_what() -> None:
    """First before direct; a section's person answers for what stands in it."""
    assert posts(AGREEMENT, "2024-03-01") == ["院长", "公卫科长"]
    assert posts(AGREEMENT, "2024-03-01", "1.2") == ["院长", "公卫科长"]
    assert posts(AGREEMENT, "2024-03-01", "2") == ["院长"]
    assert posts(AGREEMENT, "2024-08-31") == ["院长", "公卫科长"]
    assert posts(AGREEMENT, "2024-10-01") == ["继任院长", "公卫科长"]
    with pytest.raises(UnknownNameError, match="no item `9`"):
        in_charge(AGREEMENT, day("2024-03-01"), "9")


def test_a_successor_keeps_the_duty() -> None:
    """In September nobody is named: bound by the agreement, or nobody's."""
    assert posts(AGREEMENT, "2024-09-10", "2") == ["院长*"]
    assert in_charge(AGREEMENT, day("2024-09-10"), "2") == (Charge(HEAD, successor=True),)
    loose = attrs.evolve(AGREEMENT, term=Term("2024-01-01", "2024-12-31"))
    assert posts(loose, "2024-09-10", "2") == []
    early = attrs.evolve(HEAD, post="前院长", until="2024-02-29")
    assert posts(held(early, HEAD), "2024-09-10") == ["院长*"]


def test_gaps_are_found_with_their_days() -> None:
    """Between two, before the first and after the last; not where others cover the items."""
    assert [each.message for each in check_people(AGREEMENT)] == [
        "the whole agreement: nobody is first responsible 2024-09-01 to 2024-09-30"
    ]
    assert "successor is bound" in check_people(AGREEMENT)[0].hint
    late = held(attrs.evolve(NEXT, since="2024-01-02", until="2024-12-30"), term=None)
    assert [each.message.rpartition(" ")[2] for each in check_people(late)] == [
        "2024-01-01",
        "2024-12-31",
    ]
    deputies = [
        ResponsiblePerson(f"副院长{number}", since="2024-09-01", items=number) for number in "12"
    ]
    assert check_people(held(HEAD, *deputies)).codes == ()
    half = check_people(held(HEAD, deputies[0]))
    assert [each.message for each in half] == [
        "item `2`: nobody is first responsible 2024-09-01 to 2024-12-31"
    ]
    leap = DaySpan(day("2024-02-01"), day("2024-02-29"))
    march = held(ResponsiblePerson("院长", since="2024-03-01"))
    assert "2024-02-01 to 2024-02-29" in check_people(march, leap)[0].message


def test_one_post_is_held_by_one() -> None:
    """Two of one post at a time are found; several posts may share a duty."""
    twice = held(attrs.evolve(HEAD, until="2024-10-31"), attrs.evolve(NEXT, post="院长"))
    assert [each.message for each in check_people(twice)] == [
        "the whole agreement: `院长` is held twice, 2024-10-01 to 2024-10-31"
    ]
    shared = held(ResponsiblePerson("院长"), ResponsiblePerson("书记"))
    assert check_people(shared).codes == ()
    for one, other, days in (
        ({}, {}, "always"),
        ({"until": "2024-06-30"}, {}, "up to 2024-06-30"),
        ({"since": "2024-06-30"}, {}, "from 2024-06-30 on"),
    ):
        both = held(ResponsiblePerson("院长", **one), ResponsiblePerson("院长", **other))
        assert check_people(both)[0].message.endswith(f"held twice, {days}")


def test_days_that_can_not_be_read_leave_a_side_open() -> None:
    """The check of the agreement tells the impossible day; here somebody answers all the same."""
    odd = held(ResponsiblePerson("院长", since="2024-02-30", until="2024-06-31"))
    assert posts(odd, "2024-09-10") == ["院长"]
    assert check_people(odd).codes == ()


@pytest.mark.parametrize(
    ("year", "term", "days"),
    [
        (2024, None, "2024-01-01 to 2024-12-31"),
        (2024, Term("2023-11-01", "2024-10-31"), "2023-11-01 to 2024-10-31"),
        (None, Term("2023-11-01", until_successor=True), "None"),
        (2024, Term("2024-03-01", until_successor=True), "2024-03-01 to 2024-12-31"),
        (None, Term("2024-12-31", "2024-01-01"), "None"),
        (None, None, "None"),
    ],
)
def test_the_days_of_a_year(year: int | None, term: Term | None, days: str) -> None:
    """The term's, the calendar year's where it states none, or none that can be told."""
    assert str(year_of(Agreement("示例", year=year, term=term))) == days
    endless = Agreement("示例", responsible=(HEAD, NEXT))
    assert [each.message.rpartition("responsible ")[2] for each in check_people(endless)] == [
        "2024-09-01 to 2024-09-30"
    ]


# -------------------------------------------------------------------------- what falls on a post

SHEET = score(AGREEMENT, Record("南关", {"1.1": 3, "1.2": 5, "2": 4, "visits": 3}))


def test_what_falls_on_one_post() -> None:
    """Its items' lost points, its duties, its corrections; not shared out between posts."""
    listed = rectify(SHEET, Check("2024-06-20", within=5))
    clerk = falls_on("公卫科长", SHEET, day("2024-06-20"), listed)
    assert [(each.number, str(each.points)) for each in clerk.losses] == [("1.1", "2")]
    assert clerk.duties == ("管档案",)
    assert [each.item for each in clerk.corrections] == ["1.1"]
    head = falls_on("院长", SHEET, day("2024-06-20"), listed)
    assert (str(head.lost), len(head.corrections)) == ("4", 2)
    rows = clerk.table().rows
    assert rows[0][:3] == ("责任范围", "1", "直接责任人：公卫")
    assert rows[1] == ("失分", "1.1", "评判3分，得3分（满分5分）", "2", "")
    assert rows[-1] == ("整改", "1.1", "评判3分，得3分（满分5分）（第1号）", "", "2024-06-27")
    assert str(clerk).endswith("失分合计：2分")
    assert clerk._repr_html_().startswith('<div class="healthduty"')
    with pytest.raises(UsageError, match="unknown language"):
        clerk.table("fr")  # type: ignore[arg-type]


def test_nothing_falls_on_who_is_not_in_charge_and_the_duty_on_the_successor() -> None:
    """Before his time, after it, and in the gap that the agreement bridges."""
    before = falls_on("继任院长", SHEET, day("2024-06-20"))
    assert (before.losses, before.lost, before.charges) == ((), 0, ())
    assert before.table().notes == ("当日不在任",)
    gap = falls_on("院长", SHEET, day("2024-09-10"))
    assert str(gap.lost) == "4"
    assert "第一责任人，接任者继续履行：全部条目" in str(gap)
    assert gap.table("en").rows[0][2] == "first responsible, the successor is bound: all items"
    with pytest.raises(UnknownNameError, match="nobody answers as `护士`"):
        falls_on("护士", SHEET, day("2024-09-10"))


def test_obligations_fall_on_whoever_answers_for_the_party() -> None:
    """The monthly report is the hospital's, and so its head's."""
    head = attrs.evolve(HEAD, party="hospital")
    sheet = score(held(head), SHEET.record)
    burden = falls_on("院长", sheet, day("2024-06-20"))
    assert [each.code for each in burden.obligations] == ["report"]
    assert "月报：每月1次" in str(burden)


def test_handing_over() -> None:
    """The day, from whom, to whom, with what is still to be corrected."""
    listed = rectify(SHEET, Check("2024-06-20", within=5), responsible={"2": "院长"})
    (one,) = handovers(AGREEMENT, listed)
    assert (str(one.on), one.outgoing.post, one.incoming) == ("2024-10-01", "院长", NEXT)
    assert [each.item for each in one.corrections] == ["2"]
    row = handover_table((one,)).rows[0]
    assert row[:5] == ("2024-10-01", "院长", "继任院长", "全部条目", "全面负责")
    assert row[5].endswith("（第2号）")
    alone = handovers(held(HEAD, attrs.evolve(CLERK, until="2024-12-31")))
    assert [(str(each.on), each.incoming, each.bound) for each in alone] == [
        ("2024-09-01", None, True)
    ]
    assert handover_table(alone, "en").rows[0][2] == "the successor (bound)"
    loose = handovers(held(HEAD, term=None))
    assert handover_table(loose).rows[0][2] == "未定"


# ----------------------------------------------------------------------------- from the catalogue


def test_row_a8_duties_by_post() -> None:
    """The school clinic: each post answers for its section, nobody is missing, no points."""
    clinic = catalogue.get("school-clinic-posts")
    on = day("2024-10-08")
    for post, item in (("医生", "2.1"), ("护士", "3.3"), ("保洁员", "4.2"), ("管理人员", "5.1")):
        assert [each.person.post for each in in_charge(clinic, on, item)] == [post]
        burden = falls_on(post, score(clinic, Record("a", {})), on)
        assert (burden.lost, len(burden.charges)) == (0, 1)
    assert in_charge(clinic, on, "1.1") == ()
    assert check_people(clinic).codes == ()


def test_row_a9_safety_by_post_without_points() -> None:
    """Head, deputy, head of department: an agreement without scores has people all the same."""
    safety = catalogue.get("safety-duties-by-post")
    assert posts(safety, "2024-03-01", "2") == ["院长", "分管副院长"]
    assert posts(safety, "2024-03-01", "3") == ["院长", "科室负责人"]
    assert check_people(safety).codes == ()
    changed = [attrs.evolve(each, until="2024-05-31") for each in safety.responsible[1:2]]
    agreement = attrs.evolve(safety, year=2024, responsible=(safety.responsible[0], *changed))
    assert [each.message for each in check_people(agreement)] == [
        "`staff`, item `2`: nobody is directly responsible 2024-06-01 to 2024-12-31"
    ]
    burden = falls_on("院长", score(safety, Record("a", {})), day("2024-03-01"))
    assert (burden.lost, [each.person.items for each in burden.charges]) == (0, [("1", "2", "3")])


def test_rows_a2_and_a4_bind_whoever_follows() -> None:
    """The county's safety agreement binds the successor; the bureau's runs until the next one."""
    safety = catalogue.get("county-safety-2014")
    gone = attrs.evolve(safety.responsible[0], until="2014-06-30")
    agreement = attrs.evolve(safety, responsible=(gone,))
    assert posts(agreement, "2014-09-01", "二") == ["单位负责人*"]
    assert check_people(agreement).codes == ("person-gap",)
    assert [each.bound for each in handovers(agreement)] == [True]
    bureau = catalogue.get("health-bureau-template")
    assert posts(bureau, "2024-09-01") == ["卫生局局长", "科室负责人", "卫生工作人员"]
    assert check_people(bureau).codes == ()
