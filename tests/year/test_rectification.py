"""Corrections: from lost points to a list, forward only, overdue, found again, scored again."""

from __future__ import annotations

import datetime
import unicodedata
from pathlib import Path

import attrs
import pytest

from healthduty import catalogue
from healthduty.errors import RuleError, SourceError, UnknownNameError, UsageError
from healthduty.model.agreement import Agreement
from healthduty.model.indicator import Indicator, Part, Section
from healthduty.model.party import ResponsiblePerson
from healthduty.model.veto import LowerGrade, Veto
from healthduty.records.record import Record, Statement
from healthduty.rules.condition import Flag
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Deduction
from healthduty.rules.tally import Lacking, StepsBelow
from healthduty.scoring.score import score
from healthduty.sources import Citation
from healthduty.year.corrections import Corrections, read_corrections, write_corrections
from healthduty.year.corrective import CorrectiveItem, Entry, Event, State
from healthduty.year.rectification import Check, rectify, rescore

RATE, VISITS = Measure("rate", "满意率", unit="%"), Measure("visits", "巡查", unit="次")
ACCIDENT = Measure("accident", "事故", kind="flag")
SHORT = Deduction(
    StepsBelow(RATE, target=90, step=5), points=1, citation=Citation("责任书", article="一、1")
)
LACKS = Deduction(Lacking(VISITS, required=4), points=1)
AGREEMENT = Agreement(
    "示例站责任书",
    measures=(RATE, VISITS, ACCIDENT),
    responsible=(
        ResponsiblePerson("站长"),
        ResponsiblePerson("巡查组长", rank="direct", items="1.2"),
    ),
    parts=(
        Section(
            "1",
            "服务",
            parts=(
                Indicator("1.1", "满意", points=5, rules=SHORT),
                Indicator(
                    "1.2",
                    "巡查",
                    points=5,
                    requirement="每季度巡查一次",
                    parts=(Part("1.2.1", points=5, rules=LACKS),),
                ),
            ),
        ),
        Indicator("2", "台账", points=5),
    ),
    vetoes=(Veto("accident", "责任事故", when=Flag("accident"), effects=(LowerGrade(1),)),),
)
RECORD = Record("南关站", {"rate": "82%", "visits": 2, "2": 4, "accident": False})
SHEET = score(AGREEMENT, RECORD)
CHECK = Check("2024-12-20", "考核组", within=10)
C2 = Path(__file__).parent / "health_city_corrections.json"


def day(text: str) -> datetime.date:
    """Return a day."""
    return datetime.date.fromisoformat(text)


# ----------------------------------------------------------------------------- from a sheet


def test_each_lost_line_is_an_entry_with_its_clause_and_who_answers() -> None:
    """The sentence of the sheet is the finding; the directly responsible come before the first."""
    listed = rectify(SHEET, CHECK, actions={"1": "逐项补齐", "1.1": "回访"})
    assert [
        (each.number, each.item, str(each.lost), each.responsible, each.action) for each in listed
    ] == [
        ("1", "1.1", "1", ("站长",), "回访"),
        ("2", "1.2.1", "2", ("巡查组长",), "逐项补齐"),
        ("3", "2", "1", ("站长",), ""),
    ]
    assert listed["1"].finding == "满意率82%，目标90%，低8个百分点，每5个百分点扣1分，计1档，扣1分"
    assert (listed["1"].clause, listed["1"].cause) == (
        "责任书 一、1",
        "满意率达到90%以上，每低5个百分点扣1分",
    )
    assert {str(each.until) for each in listed} == {"2025-01-03"}
    assert listed.findings.codes == ()


def test_the_same_by_indicator() -> None:
    """What its parts lost is one entry of the indicator, with the indicator's requirement."""
    listed = rectify(SHEET, CHECK, per="indicator")
    assert [(each.item, str(each.lost)) for each in listed] == [
        ("1.1", "1"),
        ("1.2", "2"),
        ("2", "1"),
    ]
    assert listed["2"].clause == "每季度巡查一次"


def test_who_answers_can_be_said() -> None:
    """One post for all, several, or by item with what stands around it."""
    assert {each.responsible for each in rectify(SHEET, CHECK, responsible="办公室")} == {
        ("办公室",)
    }
    named = rectify(SHEET, CHECK, responsible={"1": ("副站长", "护士"), "1.1": "医生"})
    assert [each.responsible for each in named] == [("医生",), ("副站长", "护士"), ()]
    assert named.findings.codes == ("correction-unassigned",)
    undated = rectify(SHEET, Check("年底", until="年底"))
    assert set(undated.findings.codes) == {"correction-unassigned", "correction-undated"}
    with pytest.raises(UnknownNameError, match="no item `9`"):
        rectify(SHEET, CHECK, responsible={"9": "医生"})


def test_a_veto_that_applies_is_an_entry_too() -> None:
    """It costs more than points."""
    sheet = score(AGREEMENT, attrs.evolve(RECORD, values={**RECORD.values, "accident": True}))
    last = rectify(sheet, CHECK).items[-1]
    assert (last.finding, last.lost, last.cause) == ("责任事故", None, "accident")


def test_deadlines_of_a_check() -> None:
    """Working days, plain days with an end on a weekend, a named day, at once."""
    ends = (
        CHECK,
        Check("2024-12-20", within=8, working=False),
        Check("2024-12-20", until="2025-01-31"),
    )
    assert [str(each.deadline) for each in ends] == ["2025-01-03", "2024-12-30", "2025-01-31"]
    at_once = rectify(SHEET, Check("2024-12-20", at_once=True))
    assert {str(each.until) for each in at_once} == {"2024-12-20"}
    assert "立即" in str(at_once)


# ------------------------------------------------------------------------------ its course

ITEM = CorrectiveItem("通知没有盖章", responsible="办公室主任", deadline="2024-12-30")


def test_an_entry_goes_forward_only() -> None:
    """Open, under way, done, verified; each refusal says why."""
    found = ITEM.found("2024-12-20", "考核组")
    started = found.start("2024-12-23", "办公室主任")
    done = started.done("2024-12-27", "办公室主任", evidence="补章的通知")
    verified = done.verify("2024-12-30", "考核组")
    assert [each.state for each in (found, started, done, verified)] == list(State)
    assert (verified.verified_by, str(verified.done_on), verified.evidence) == (
        "考核组",
        "2024-12-27",
        "补章的通知",
    )
    assert found.done("2024-12-27").state is State.DONE
    for wrong, words in (
        (lambda: found.verify("2024-12-30", "考核组"), "what is open can't be verified"),
        (lambda: verified.start("2024-12-31"), "what is verified can't be started"),
        (lambda: done.done("2024-12-31"), "what is done can't be done"),
        (lambda: started.reopen("2024-12-31", "考核组", "未改"), "under way can't be reopened"),
        (lambda: done.reopen("2024-12-31", "考核组", ""), "needs a reason"),
        (lambda: done.verify("2024-12-01", "考核组"), "verified on 2024-12-01, before 2024-12-27"),
    ):
        with pytest.raises(RuleError, match=words):
            wrong()


def test_back_leads_only_reopening_and_the_history_stays() -> None:
    """With the reason, and a new deadline; what was done counts for nothing then."""
    done = ITEM.found("2024-12-20").done("2024-12-27", evidence="照片")
    again = done.reopen("2024-12-28", "考核组", "照片是旧的", deadline="2025-01-10")
    assert (again.state, str(again.until), again.done_on, again.evidence) == (
        State.OPEN,
        "2025-01-10",
        None,
        "",
    )
    assert [entry.event for entry in again.history] == [Event.FOUND, Event.DONE, Event.REOPENED]
    assert again.history[:2] == done.history
    assert (again.done("2025-01-08").verify("2025-01-09", "督查室").verified_by) == "督查室"


def test_what_is_overdue() -> None:
    """Neither done nor verified the day after its deadline; without a day nothing is."""
    listed = Corrections(
        "", [ITEM, attrs.evolve(ITEM, deadline="年底"), attrs.evolve(ITEM, deadline=None)]
    )
    assert listed.overdue(day("2024-12-30")) == ()
    assert [each.number for each in listed.overdue(day("2024-12-31"))] == ["1"]
    assert "待整改（逾期）" in listed.table(on=day("2024-12-31")).text()
    done = listed.put(listed["1"].done("2024-12-29"))
    assert done.overdue(day("2024-12-31")) == ()
    assert len(done.open) == 3
    assert listed.findings.codes == ("correction-undated",) * 2


def test_a_later_check_finds_the_same_again() -> None:
    """Open as before gets no more time; done is open again; anything new stands behind."""
    listed = rectify(SHEET, CHECK)
    mended = listed["2"].done("2024-12-30").verify("2024-12-31", "考核组")
    listed = listed.put(mended)
    values = {**RECORD.values, "rate": "70%", "2": 5, "accident": True}
    later = score(AGREEMENT, attrs.evolve(RECORD, values=values))
    merged = listed.merge(rectify(later, Check("2025-03-20", "考核组", within=10)))
    told = [(e.number, e.item, e.times, str(e.until), e.state.value, str(e.lost)) for e in merged]
    assert told == [
        ("1", "1.1", 2, "2025-01-03", "open", "4"),
        ("2", "1.2.1", 2, "2025-04-03", "open", "2"),
        ("3", "2", 1, "2025-01-03", "open", "1"),
        ("4", "", 1, "2025-04-03", "open", "None"),
    ]
    assert merged["2"].history[: len(mended.history)] == mended.history
    assert merged["1"].history[-1].reason.startswith("满意率70%")
    assert merged.table().rows[1][2].endswith("（第2次发现）")
    assert listed.merge([]) == listed
    with pytest.raises(RuleError, match="before"):
        merged.merge(rectify(SHEET, CHECK))


def test_two_rules_that_say_the_same_are_two_items() -> None:
    """Each is found again by a later check, and neither twice by one."""
    late = Deduction(Lacking("visits", required=4), points=1, cap=2)
    twice = Agreement(
        "示例",
        measures=(Measure("visits", "巡查", unit="次"),),
        parts=(Indicator("1", "巡查", points=10, rules=(late, late)),),
    )
    sheet = score(twice, Record("南关", {"visits": 2}))
    listed = rectify(sheet, CHECK)
    later = rectify(sheet, Check("2025-03-20", "考核组", within=10))
    assert [item.times for item in listed] == [1, 1]
    assert [item.times for item in listed.merge(later)] == [2, 2]
    last = rectify(sheet, Check("2025-06-20", "考核组", within=10))
    assert [item.times for item in listed.merge([*later, *last])] == [3, 3]


def test_the_list_is_asked_by_number_and_by_post() -> None:
    """A number that is not there is a wrong call; a post sees its own."""
    listed = rectify(SHEET, CHECK)
    assert [each.item for each in listed.of("巡查组长")] == ["1.2.1"]
    assert len(listed) == 3
    with pytest.raises(UnknownNameError, match="no correction `9`"):
        listed["9"]
    with pytest.raises(UnknownNameError, match="no correction ``"):
        listed.put(ITEM)
    with pytest.raises(UsageError, match="unknown language"):
        listed.table("fr")  # type: ignore[arg-type]
    assert listed._repr_html_().startswith('<div class="healthduty"')
    assert listed.table("en").headings[:4] == ("no.", "item", "finding", "lost")


# -------------------------------------------------------------------------------- scored again


def test_corrected_values_make_a_record_of_their_own() -> None:
    """The source is named, the old record and sheet stay, the difference is told."""
    again = rescore(SHEET, {"visits": 4, "2": 5}, on="2025-01-06", by="考核组")
    assert again.record.values["visits"] == Statement(
        4, assessor="考核组", on="2025-01-06", evidence="整改复查"
    )
    assert RECORD.values["visits"] == 2
    assert str(again.difference.total.change) == "3"
    assert again.difference.table().headings[2:4] == ("整改前", "整改后")
    assert again.findings.codes == ()
    with pytest.raises(UnknownNameError, match="has no value `beds`, `9`"):
        rescore(SHEET, {"beds": 1, "9": 2, "visits": 4}, on=None, by="")


def test_a_value_counts_as_corrected_before_anybody_verified_it() -> None:
    """It counts, and is a finding until its correction is struck off."""
    listed = rectify(SHEET, CHECK)
    again = rescore(SHEET, {"visits": 4}, on="2025-01-06", by="考核组", corrections=listed)
    assert [each.message for each in again.findings] == [
        "`visits` counts as corrected, but correction 2 of item `1.2.1` is open"
    ]
    mended = listed.put(listed["2"].done("2024-12-30").verify("2024-12-31", "考核组"))
    again = rescore(SHEET, {"visits": 4}, on="2025-01-06", by="考核组", corrections=mended)
    assert again.findings.codes == ()
    by_hand = Corrections("", [CorrectiveItem("巡查没有记录", item="1.2")])
    again = rescore(SHEET, {"visits": 4}, on="2025-01-06", by="考核组", corrections=by_hand)
    assert again.findings.codes == ("correction-unverified",)


# --------------------------------------------------------------------------------------- files


def test_a_list_is_a_file_and_has_all_its_faults_at_once() -> None:
    """A history that goes backwards is a fault as a wrong word is."""
    listed = rectify(SHEET, CHECK)
    assert read_corrections(write_corrections(listed)) == listed
    assert Corrections.from_dict(listed.to_dict()) == listed
    assert Corrections.from_dict(Corrections().to_dict()) == Corrections()
    data = listed.to_dict()
    items = data["items"]
    assert isinstance(items, list)
    text = write_corrections(listed).replace('"found"', '"discovered"', 1)
    text = text.replace('"lost": 2', '"lost": "two"').replace('"title"', '"titel"')
    with pytest.raises(SourceError) as caught:
        read_corrections(text, name="台账.json")
    told = str(caught.value)
    assert "$.corrections.items[0].history[0].event: `discovered` is none of `found`" in told
    assert "$.corrections.items[1].lost: the text `two` is no number" in told
    assert "did you mean `title`?" in told
    assert len(caught.value.findings) == 3
    backwards = attrs.asdict(Entry("verified", "2024-12-20"), filter=lambda _, value: bool(value))
    with pytest.raises(SourceError, match="what is open can't be verified"):
        Corrections.from_dict(
            {"items": [{"finding": "a", "history": [{**backwards, "on": "2024-12-20"}]}]}
        )


def test_row_c2_eight_findings_to_be_corrected_at_once() -> None:
    """A supervision note of a hospital: each with what to do, at once, and by which posts."""
    listed = read_corrections(C2.read_text(encoding="utf-8"), name=C2.name)
    assert (len(listed), listed.findings.codes) == (8, ())
    assert all(each.at_once and each.action and each.responsible for each in listed)
    assert {str(each.until) for each in listed} == {"2011-09-15"}
    assert len(listed.overdue(day("2011-09-16"))) == 8
    assert len(listed.of("食品安全专干")) == 2
    for item in listed.items[:7]:
        done = item.done("2011-09-16", item.responsible[0], evidence="照片")
        listed = listed.put(done.verify("2011-09-20", "创卫督导组"))
    assert [each.number for each in listed.open] == ["8"]
    text = listed.table(on=day("2011-09-20")).text()
    assert "待整改（逾期）" in text
    assert text.endswith("待整改1项、已销号7项")
    assert write_corrections(read_corrections(C2.read_text(encoding="utf-8"))) == C2.read_text(
        encoding="utf-8"
    )


def test_row_c2_is_in_our_own_words() -> None:
    """No sentence, and so no name, of the document is in it."""
    sources = Path(__file__).parents[3] / "shared" / "seeds"
    texts = [path.read_text(encoding="utf-8") for path in sources.glob("002*.txt")]
    if not texts:
        pytest.skip("the documents are not here")
    document = "".join(unicodedata.normalize("NFKC", texts[0]).split())
    own = "".join(unicodedata.normalize("NFKC", C2.read_text(encoding="utf-8")).split())
    assert not [own[at : at + 12] for at in range(len(own) - 11) if own[at : at + 12] in document]


@pytest.mark.parametrize("place", range(6))
def test_a_shipped_record_from_its_sheet_to_a_full_score(place: int) -> None:
    """Township hospitals: what was lost is listed; once the values are mended nothing is."""
    agreement = catalogue.get("township-hospital-targets")
    sheet = score(agreement, catalogue.records("township-hospital-targets")[place])
    listed = rectify(sheet, CHECK, responsible="院长")
    best = {
        "satisfaction": "95%",
        "licensed": "90%",
        "study_weeks": 52,
        "surveys": 2,
        "notebooks": 3,
    }
    again = rescore(sheet, best, on="2025-01-06", by="考核组", corrections=listed)
    left = rectify(again.sheet, CHECK, responsible="院长")
    assert {each.key for each in left} <= {each.key for each in listed}
    assert not [each for each in left if each.item in ("1.1.1", "1.1.2", "2.3")]
