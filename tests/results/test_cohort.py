"""References over a set of facilities: what they come to, who is named, what a record gets."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from healthduty.convert.digest import digest
from healthduty.errors import RuleError, UnknownNameError
from healthduty.exact import Ratio
from healthduty.model.agreement import Agreement
from healthduty.model.excusal import PeersMean
from healthduty.model.indicator import Indicator
from healthduty.model.party import Party
from healthduty.records.files import write_records_json
from healthduty.records.json_values import json_of_value, value_of_json
from healthduty.records.reading import read_records
from healthduty.records.record import (
    NOT_APPLICABLE,
    NotApplicable,
    Origin,
    Plain,
    Record,
    Statement,
    stated,
)
from healthduty.results.cohort import Cohort, resolve_references
from healthduty.results.references import Reference, peers_references
from healthduty.rules.measure import Measure
from healthduty.rules.rule import Band, Bands, Deduction, Judgement
from healthduty.rules.tally import StepsBelow
from healthduty.scoring.score import score

RATE = Measure("rate", "接种率", unit="%")
DEATHS = Measure("deaths", "死亡率", unit="1/10万")
VISITS = Measure("visits", "巡查", unit="次")
LEVEL = Measure("level", "档案质量", levels=("优", "良", "差"))
DUTY = Measure("duty", "制度", kind="flag")
CASES = Measure("cases", "投诉", kind="cases")
OUT = Measure("out", "参照值", unit="%", kind="growth")
NUMBER = Measure("number", "参照数", unit="分", kind="amount")
PLACE = Measure("place", "名次", unit="名")
BEST = Measure("best", "最好等级", levels=("优", "良", "差"))
AGREEMENT = Agreement(
    "示例县责任书",
    measures=(RATE, DEATHS, VISITS, LEVEL, DUTY, CASES, OUT, NUMBER, PLACE, BEST),
    parts=(Indicator("1", "公共卫生", points=60), Indicator("2", "医疗质量", points=40)),
    parties=(Party("a", "甲院", level="county"), Party("b", level="township")),
)
THREE = [
    Record("a", {"rate": "90/100", "visits": 3}, name="甲院", population=100, kind="中心"),
    Record("b", {"rate": "300/400", "visits": 5}, population=300, kind="站"),
    Record("c", {"rate": "50/100", "visits": 3}, population=600, kind="站"),
]


def resolve(reference: Reference, records: list[Record] | None = None) -> Cohort:
    """Work one reference out."""
    return resolve_references(AGREEMENT, THREE if records is None else records, [reference])


def values(cohort: Cohort, code: str) -> list[Plain]:
    """Return what each record got, in order."""
    return [stated(each.values.get(code))[0] for each in cohort.records]


# -------------------------------------------------------------------------------- each way


@pytest.mark.parametrize(
    ("way", "value"),
    [
        ("mean", Ratio(440, 600)),
        ("plain_mean", Fraction(215, 3)),
        ("weighted_mean", Fraction(123, 2)),
        ("median", 75),
    ],
)
def test_a_mean_of_rates_adds_up_their_counts_unless_told_otherwise(way: str, value: Plain) -> None:
    """All together 440 of 600; each once (90 + 75 + 50) ÷ 3; by people 61.5; the middle 75."""
    cohort = resolve(Reference("out", of=RATE, way=way))
    assert values(cohort, "out") == [value] * 3
    assert cohort.findings.codes == ()


@pytest.mark.parametrize(
    ("way", "direction", "at", "value"),
    [
        ("best", "higher", None, 90),
        ("worst", "higher", None, 50),
        ("best", "lower", None, 50),
        ("percentile", "higher", 75, Fraction(165, 2)),
        ("percentile", "lower", 75, Fraction(125, 2)),
        ("percentile", "higher", 100, 90),
    ],
)
def test_the_best_the_worst_and_what_lies_between(
    way: str, direction: str, at: int | None, value: Plain
) -> None:
    """A percentile goes from the worst to the best, on the straight line between two units."""
    cohort = resolve(Reference("out", of=RATE, way=way, direction=direction, at=at))
    assert values(cohort, "out") == [value] * 3


def test_a_count_has_its_plain_mean_and_is_rounded_where_asked() -> None:
    """(3 + 5 + 3) ÷ 3 is exact, or 3.67 as it is published."""
    exact = resolve(Reference("number", of=VISITS))
    assert values(exact, "number") == [Fraction(11, 3)] * 3
    published = resolve(Reference("number", of=VISITS, places=2))
    assert values(published, "number") == [Decimal("3.67")] * 3
    together = resolve(Reference("out", of=RATE, places=1))
    assert values(together, "out") == [Decimal("73.3")] * 3


def test_a_rate_becomes_a_number_in_the_unit_of_its_measure() -> None:
    """12 in 100,000 are 0.012 %."""
    records = [Record("a", {"deaths": 12}), Record("b", {"deaths": 36})]
    cohort = resolve(Reference("out", of=DEATHS, way="plain_mean"), records)
    assert values(cohort, "out") == [Fraction(24, 1000)] * 2


def test_ranks_from_either_end_and_ties_as_declared() -> None:
    """Two share the second place of visits; from the last both are first."""
    ranked = resolve(Reference("place", of=VISITS, way="rank", direction="higher"))
    assert values(ranked, "place") == [2, 1, 2]
    assert [str(each) for each in ranked.findings] == [
        "note cohort-tie: `place`: `甲院`, `c` share rank 2"
    ]
    lower = Reference("place", of=VISITS, way="rank", direction="higher", ties="last")
    assert values(resolve(lower), "place") == [3, 1, 3]
    last = Reference("place", of=VISITS, way="rank_from_last", direction="higher", ties="dense")
    assert values(resolve(last), "place") == [1, 2, 1]


def test_of_many_ties_the_first_are_told() -> None:
    """A province ties in a hundred places: a finding is still one line."""
    records = [Record(str(n), {"visits": n // 2}) for n in range(14)]
    cohort = resolve(Reference("place", of=VISITS, way="rank", direction="lower"), records)
    assert cohort.findings[0].message.endswith("`8`, `9` share rank 9; and 2 more ties")


def test_how_many_of_the_others_a_unit_beats() -> None:
    """As a pair for a rate, which divides nothing; alone it beats nobody, and nobody is there."""
    beats = Reference("out", of=RATE, way="percentile_rank", direction="higher")
    assert values(resolve(beats), "out") == [Ratio(2, 2), Ratio(1, 2), Ratio(0, 2)]
    number = Reference("number", of=RATE, way="percentile_rank", direction="higher")
    assert values(resolve(number), "number") == [100, 50, 0]
    alone = resolve(beats, THREE[:1])
    assert isinstance(values(alone, "out")[0], NotApplicable)
    assert alone.findings.codes == ("cohort-nobody",)
    assert alone.table().rows[0][-1] == "a —"


def test_levels_have_a_best_and_ranks() -> None:
    """The first level is the best; it becomes a level again."""
    records = [Record(each, {"level": each}) for each in ("良", "差")]
    best = resolve(Reference("best", of=LEVEL, way="best"), records)
    assert values(best, "best") == ["良", "良"]
    ranked = resolve(Reference("place", of=LEVEL, way="rank"), records)
    assert values(ranked, "place") == [1, 2]


def test_of_cases_fewer_are_better() -> None:
    """Nobody has to say so."""
    records = [Record("a", {"cases": 3}), Record("b", {})]
    assert values(resolve(Reference("place", of=CASES, way="rank"), records), "place") == [2, 1]


# ------------------------------------------------------------------------------ among whom


def test_only_with_ones_like() -> None:
    """The stations' mean is theirs alone; a unit of no kind is told."""
    alike = Reference("out", of=RATE, among="same_kind")
    cohort = resolve(alike)
    assert values(cohort, "out") == [Ratio(90, 100), Ratio(350, 500), Ratio(350, 500)]
    figure = cohort.figure("out", "站")
    assert figure is not None
    assert figure.units == 2
    assert cohort.figure("out") is None
    lost = resolve(alike, [*THREE, Record("d", {"rate": "1/2"})])
    assert [str(each) for each in lost.findings] == [
        "error cohort-no-group: `out`: the kind is not known for `d`"
    ]
    assert values(lost, "out")[3] is None


def test_levels_come_from_the_parties_or_as_told() -> None:
    """By the party's code or name; a mapping stands for them."""
    level = Reference("out", of=RATE, among="same_level")
    cohort = resolve(level, THREE[:2])
    assert values(cohort, "out") == [Ratio(90, 100), Ratio(300, 400)]
    told = resolve_references(
        AGREEMENT, THREE, [level], levels=dict.fromkeys(("a", "b", "c"), "township")
    )
    assert values(told, "out") == [Ratio(440, 600)] * 3


# ---------------------------------------------------------------------------- who is absent


@pytest.mark.parametrize(
    ("value", "code"),
    [(None, "cohort-missing"), ("many", "cohort-fault"), ("80%", "cohort-no-pair")],
)
def test_whoever_is_lacking_leaves_no_mean(value: Plain, code: str) -> None:
    """It is named, and nobody gets a value."""
    records = [*THREE, Record("d", {"rate": value}, name="丁院")]
    cohort = resolve(Reference("out", of=RATE), records)
    assert cohort.findings.codes == (code,)
    assert "`丁院`" in cohort.findings[0].message
    assert values(cohort, "out") == [None] * 4
    assert cohort.figures == ()


def test_whoever_is_lacking_may_be_left_out_and_is_named() -> None:
    """Then the mean is the others', and all get it."""
    records = [*THREE, Record("d", {}, name="丁院")]
    cohort = resolve(Reference("out", of=RATE, absentees="leave_out"), records)
    assert cohort.findings.codes == ("cohort-left-out",)
    assert values(cohort, "out") == [Ratio(440, 600)] * 4
    ranked = Reference("place", of=RATE, way="rank", direction="higher", absentees="leave_out")
    assert values(resolve(ranked, records), "place") == [1, 2, 3, None]


def test_what_does_not_apply_is_no_part_of_the_cohort() -> None:
    """Such a unit has no rank: the rank does not apply to it either."""
    records = [*THREE, Record("d", {"rate": NOT_APPLICABLE})]
    ranked = resolve(Reference("place", of=RATE, way="rank", direction="higher"), records)
    assert ranked.findings.codes == ("cohort-not-applicable",)
    assert values(ranked, "place") == [1, 2, 3, NotApplicable("接种率不适用")]
    nobody = resolve(Reference("out", of=RATE), records[3:])
    assert nobody.findings.codes == ("cohort-not-applicable", "cohort-nobody")


def test_a_weight_is_needed_by_a_weighted_mean() -> None:
    """A population that is missing, negative or no number weighs nothing."""
    way = Reference("out", of=RATE, way="weighted_mean")
    for people in (None, -1, "many"):
        cohort = resolve(way, [*THREE, Record("d", {"rate": 1}, population=people)])
        assert [str(each) for each in cohort.findings] == [
            "error cohort-no-weight: `out`: no population for `d`"
        ]
    nobody = resolve(way, [Record("d", {"rate": 1}, population=0)])
    assert nobody.findings.codes == ("cohort-no-weight",)


def test_a_facility_that_stands_twice_would_count_twice() -> None:
    """Nothing is worked out; so with last year's records."""
    cohort = resolve(Reference("out", of=RATE), [*THREE, THREE[0]])
    assert (cohort.findings.codes, cohort.figures) == (("cohort-twice",), ())
    reference = Reference("number", of=VISITS, way="last_year")
    twice = resolve_references(AGREEMENT, THREE, [reference], last_year=[THREE[0]] * 2)
    assert "last year" in twice.findings[0].message


# ------------------------------------------------------------------------------ last year


def test_last_years_value_is_the_units_own() -> None:
    """As it was stated: a pair stays a pair; whoever is new is named."""
    before = [Record("a", {"rate": "8/10"}), Record("b", {"rate": "70%"})]
    reference = Reference("out", of=RATE, way="last_year")
    cohort = resolve_references(AGREEMENT, THREE, [reference], last_year=before)
    assert values(cohort, "out") == ["8/10", 70, None]
    assert cohort.findings.codes == ("cohort-no-last-year",)
    bad = [Record(each.facility, {"rate": "many"}) for each in THREE]
    assert resolve_references(AGREEMENT, THREE, [reference], last_year=bad).findings.codes == (
        "cohort-fault",
    )


def test_last_years_points_are_those_of_its_sheets() -> None:
    """A record of last year says nothing of points: nobody knows by which agreement they were."""
    record = Record("a", {"1": 50, "2": 30})
    this = [Record("a", {"1": 55, "2": 31})]
    reference = Reference("number", of="1", way="last_year")
    sheets = resolve_references(AGREEMENT, this, [reference], last_year=[score(AGREEMENT, record)])
    assert values(sheets, "number") == [Decimal(50)]
    records = resolve_references(AGREEMENT, this, [reference], last_year=[record])
    assert records.findings.codes == ("cohort-no-last-year",)


# --------------------------------------------------------------------------------- points

PRIZE = Measure("prize", "总分名次", unit="名")
FIRST = Bands(PRIZE, "add", (Band(3, high=1, high_in=True), Band(1, high=2, high_in=True)))
CONTEST = Agreement(
    "示例竞赛",
    measures=(PRIZE,),
    parts=(Indicator("1", points=100), Indicator("2", "前两名加分", rules=FIRST)),
)


def test_a_bonus_by_rank_of_the_total_is_not_part_of_that_total() -> None:
    """98 and 97: the first gets three points more, the second one."""
    records = [Record(str(each), {"1": each}) for each in (97, 98, 60)]
    reference = Reference("prize", of="total", way="rank")
    cohort = resolve_references(CONTEST, records, [reference])
    totals = [score(CONTEST, each).total for each in cohort.records]
    assert totals == [98, 101, 60]
    again = resolve_references(CONTEST, cohort.records, [reference])
    assert [score(CONTEST, each).total for each in again.records] == totals
    assert again.findings.codes == ()


PEERS = Measure("peers", "同类平均得分", unit="分")
OWN = Agreement(
    "示例",
    measures=(RATE, PEERS, PRIZE),
    parts=(
        Indicator(
            "1",
            "接种",
            points=10,
            rules=Deduction(StepsBelow(RATE, target=90, step=10), points=2),
            excused=PeersMean(PEERS),
        ),
        Indicator("2", "台账", points=5),
    ),
)


def test_an_excused_item_earns_what_its_peers_earned() -> None:
    """8 and 6 make 7; whoever it does not apply to is no peer, and is ranked with what it earns."""
    records = [
        Record("a", {"rate": "80%", "2": 5}),
        Record("b", {"rate": "70%", "2": 5}),
        Record("c", {"rate": NotApplicable("无接种点"), "2": 5}),
    ]
    references = (*peers_references(OWN), Reference("prize", of="total", way="rank"))
    assert references[0] == Reference("peers", of="1", way="plain_mean")
    cohort = resolve_references(OWN, records, references)
    assert cohort.findings.codes == ("cohort-not-applicable",)
    assert [score(OWN, each).total for each in cohort.records] == [13, 11, 12]
    assert values(cohort, "prize") == [1, 3, 2]


def test_what_was_worked_out_and_is_lacking_is_missing_and_not_excused() -> None:
    """A new unit has no last year, so no total: it is not ranked as if the item did not apply."""
    before = Measure("before", "上年接种率", unit="%")
    growing = Agreement(
        "示例",
        measures=(RATE, before, PRIZE),
        parts=(
            Indicator("1", points=10, rules=Deduction(StepsBelow(RATE, target=before), points=5)),
            Indicator("2", points=10),
        ),
    )
    this = [Record("a", {"rate": "50%", "2": 9}), Record("b", {"rate": "50%", "2": 8})]
    references = [
        Reference("before", of=RATE, way="last_year"),
        Reference("prize", of="total", way="rank"),
    ]
    cohort = resolve_references(growing, this, references, last_year=[Record("a", {"rate": "80%"})])
    assert cohort.findings.codes == ("cohort-no-last-year", "cohort-missing")
    assert values(cohort, "prize") == [None, None]


def test_a_unit_without_points_leaves_no_mean_of_points() -> None:
    """It is missing like any value."""
    records = [Record("a", {"1": 50, "2": 30}), Record("b", {"2": 30})]
    cohort = resolve(Reference("number", of="total"), records)
    assert cohort.findings.codes == ("cohort-missing",)
    assert values(resolve(Reference("number", of="2"), records), "number") == [30, 30]


# -------------------------------------------------------------------------------- identity


def test_a_sheet_names_the_cohort_by_its_digest() -> None:
    """Beside agreement and record; another cohort is another digest, the order is none."""
    reference = Reference("out", of=RATE)
    cohort = resolve(reference)
    sheet = score(AGREEMENT, cohort.records[0])
    assert list(sheet.digests) == ["agreement", "record", "cohort"]
    assert sheet.digests["cohort"] == cohort.digest == sheet.to_dict()["digests"]["cohort"]
    assert resolve(reference, THREE[::-1]).digest == cohort.digest
    assert resolve(reference, THREE[:2]).digest != cohort.digest
    assert resolve(Reference("out", of=RATE, way="plain_mean")).digest != cohort.digest
    assert list(score(AGREEMENT, THREE[0]).digests) == ["agreement", "record"]


def test_frozen_numbers_go_into_a_record_that_came_late() -> None:
    """The stations' mean stays as it is; the late station is scored against it, and not ranked."""
    references = [
        Reference("out", of=RATE, among="same_kind"),
        Reference("place", of=RATE, way="rank", direction="higher"),
    ]
    cohort = resolve_references(AGREEMENT, THREE, references)
    late = cohort.put(Record("z", {"rate": "0/10"}, kind="站"))
    assert late.record.values["out"] == cohort.records[1].values["out"]
    assert "place" not in late.record.values
    assert "out" not in cohort.put(Record("y", {}, kind="诊所")).record.values


def test_two_cohorts_of_one_record_are_both_named() -> None:
    """One after the other: the second stands on the records of the first."""
    first = resolve(Reference("out", of=RATE))
    second = resolve_references(AGREEMENT, first.records, [Reference("number", of=VISITS)])
    digests = score(AGREEMENT, second.records[0]).digests
    assert (digests["cohort"], digests["cohort 2"]) == (first.digest, second.digest)
    odd = Record("a", {"rate": Statement(80, origin=Origin("record", "0" * 64))})
    assert score(AGREEMENT, odd).digests["record"] == digest(odd)


def test_the_origin_of_a_value_is_kept_in_a_file() -> None:
    """A record is written with what its values were worked out from, and read back."""
    value = Statement(80, evidence="均值", origin=Origin("cohort", "ab"))
    data = json_of_value(value)
    assert data == {
        "value": 80,
        "evidence": "均值",
        "origin": {"name": "cohort", "digest": "ab"},
    }
    assert value_of_json(data) == value
    cohort = resolve(Reference("out", of=RATE))
    text = write_records_json(cohort.records)
    assert tuple(read_records(text.encode(), AGREEMENT)) == cohort.records


def test_a_records_own_value_stands() -> None:
    """What was worked out beside it is a finding that names the unit."""
    own = [Record("a", {"rate": "9/10", "out": 80}, name="甲院")]
    cohort = resolve(Reference("out", of=RATE), own)
    assert values(cohort, "out") == [80]
    assert [str(each) for each in cohort.findings] == [
        (
            "warning resolved-differs: 甲院: `out`: the record's own value stands,"
            " though another was found, from 全部1家接种率均值"
        )
    ]


def test_a_number_that_is_too_long_for_a_record_is_rounded_and_told() -> None:
    """The mean of rates with many different denominators; one of their counts is exact."""
    counts = range(1009, 1049)
    records = [Record(str(each), {"rate": f"1/{each}"}) for each in counts]
    plain = resolve(Reference("out", of=RATE, way="plain_mean"), records)
    assert plain.findings.codes == ("cohort-rounded",)
    value = values(plain, "out")[0]
    assert isinstance(value, Decimal)
    exact = sum((Fraction(100, each) for each in counts), Fraction(0)) / len(counts)
    assert 2 * abs(Fraction(value) - exact) * 10**12 <= 1
    assert resolve(Reference("out", of=RATE), records).findings.codes == ()


# ----------------------------------------------------------------------------- wrong calls


@pytest.mark.parametrize(
    ("error", "fields"),
    [
        (RuleError, {"of": "rate", "way": "percentile", "direction": "higher"}),
        (RuleError, {"of": "rate", "at": 50}),
        (RuleError, {"of": "rate", "way": "percentile", "at": 101, "direction": "higher"}),
        (RuleError, {"of": "rate", "direction": "higher"}),
        (RuleError, {"of": "rate", "ties": "dense"}),
        (RuleError, {"of": "rate", "way": "last_year", "among": "same_kind"}),
        (RuleError, {"of": "rate", "way": "rank", "direction": "higher", "places": 2}),
        (RuleError, {"of": "rate", "places": -1}),
        (RuleError, {"of": "rate", "way": "middle"}),
        (RuleError, {"of": "rate", "way": "best"}),
        (RuleError, {"of": "duty"}),
        (RuleError, {"of": "out"}),
        (RuleError, {"of": "level"}),
        (RuleError, {"of": "cases", "way": "best", "direction": "higher"}),
        (UnknownNameError, {"of": "9.9"}),
        (UnknownNameError, {"code": "nothing", "of": "rate"}),
    ],
)
def test_what_can_not_be_asked_is_refused(
    error: type[Exception], fields: dict[str, object]
) -> None:
    """At the reference itself, or as soon as the agreement is known."""
    given: dict[str, object] = {"code": "out", **fields}
    with pytest.raises(error):
        resolve(Reference(**given))  # type: ignore[arg-type]  # on purpose


def test_two_meanings_are_refused() -> None:
    """A name of two things, and two references of one measure."""
    odd = Agreement("示例", measures=(OUT, Measure("total")))
    with pytest.raises(RuleError, match="two things"):
        resolve_references(odd, (), [Reference("out", of="total")])
    with pytest.raises(RuleError, match="two references"):
        resolve_references(AGREEMENT, (), [Reference("out", of=RATE)] * 2)


# ---------------------------------------------------------------------------------- shown


def test_a_cohort_prints_itself() -> None:
    """Every figure in a row, the digest above; levels, ranks and pairs as people read them."""
    records = [
        Record(each, {"rate": f"{n}/7", "level": "良"}, kind="站")
        for n, each in enumerate("甲乙丙丁戊", 1)
    ]
    cohort = resolve_references(
        AGREEMENT,
        records,
        [
            Reference("out", of=RATE),
            Reference("best", of=LEVEL, way="best", among="same_kind"),
            Reference("place", of=RATE, way="rank", direction="higher"),
            Reference("number", of=RATE, way="percentile", at=50, direction="higher"),
        ],
    )
    assert str(cohort).splitlines()[0] == f"参照数据 {cohort.digest[:12]}"
    assert str(cohort).splitlines()[3:] == [
        "参照值    接种率    均值        全部       5  ≈42.8571% (15/35)",
        "最好等级  档案质量  最好        站         5  良",
        "名次      接种率    名次        全部       5  甲 5名、乙 4名、丙 3名、丁 2名、…",
        "参照数    接种率    第50百分位  全部       5  ≈42.8571分",
    ]
    assert "percentile 50" in cohort.table("en").text()
    assert cohort._repr_html_().startswith("<div")
    data = cohort.to_dict()
    assert data["figures"][0] == {
        "code": "out",
        "group": "",
        "units": 5,
        "value": "Ratio(15, 35)",
        "own": {},
    }


def test_what_a_judgement_gave_can_be_compared() -> None:
    """Points of an item that an assessor judges are points."""
    judged = Agreement(
        "示例",
        measures=(NUMBER,),
        parts=(Indicator("1", points=5, rules=Judgement("look", "earn", least=0, most=5)),),
    )
    records = [Record(str(each), {"look": each}) for each in (3, 4)]
    cohort = resolve_references(judged, records, [Reference("number", of="1", way="median")])
    assert values(cohort, "number") == [Fraction(7, 2)] * 2


def test_a_blank_of_last_year_that_meant_none_is_none() -> None:
    """Last year no case was written down: that was none, and this year's measure reads none."""
    found = Measure("found", "不良事件", kind="cases", absent="none_found")
    before = Measure("before", "上年不良事件", unit="例")
    agreement = Agreement("示例", measures=(found, before))
    reference = Reference("before", of=found, way="last_year")
    for blank in ({}, {"found": "—"}):
        last = [Record("a", blank)]
        cohort = resolve_references(agreement, [Record("a", {})], [reference], last_year=last)
        assert values(cohort, "before") == [0]
        assert cohort.findings.codes == ()
