"""`cascade` and `money`: targets handed down, pots shared out, by lists that a bureau has."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import main
from healthduty.cli.exits import DONE, FAULTY, MISUSED

BLOOD = hd.Measure("blood", "无偿献血", unit="袋")
RATE = hd.Measure("rate", "签约率", unit="%")
BEDS = hd.Measure("beds", "床位", unit="张")
SHORT = hd.Deduction(hd.StepsBelow(BLOOD, target=2300, step=5, relative=True), points=1)
COUNTY = hd.Agreement(
    "示例县责任书",
    measures=(BLOOD, RATE),
    parts=(
        hd.Indicator("1", "献血", points=10, rules=SHORT),
        hd.Indicator(
            "2",
            "签约",
            points=10,
            rules=hd.Deduction(hd.StepsBelow(RATE, target=70, step=1), points=1),
        ),
    ),
)
OPEN = hd.Agreement(
    "示例县责任书",
    measures=(BLOOD, BEDS),
    parts=(
        *COUNTY.parts[:1],
        hd.Indicator(
            "2",
            "床位",
            points=10,
            rules=hd.Deduction(hd.StepsBelow(BEDS, target=hd.Blank("beds_wanted")), points=1),
        ),
    ),
)
TOWNS = "编码,机构,服务人口,份额\njia,甲镇,30000,4\nyi,乙镇,18000,3\nbing,丙镇,9999,3\n"
RESULTS = "机构,服务人口,1\n甲镇,30000,90\n乙镇,18000,80\n丙镇,9999,\n"


class Run:
    """What a command returned and printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
        """Run it."""
        self.code = main(arguments)
        self.out, self.err = capsys.readouterr()


Command = Callable[..., Run]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Return a function that runs a command in a folder with all files."""
    monkeypatch.chdir(tmp_path)
    hd.save(COUNTY, "county.json")
    hd.save(OPEN, "open.json")
    judged = hd.Agreement("示例县考核", parts=(hd.Indicator("1", "工作", points=100),))
    hd.save(judged, "judged.json")
    Path("towns.csv").write_text(TOWNS, encoding="utf-8")
    Path("results.csv").write_text(RESULTS, encoding="utf-8")
    return lambda *arguments: Run(capsys, arguments)


# -------------------------------------------------------------------------------- cascade


def test_a_target_is_shared_out_and_each_unit_gets_its_agreement(run: Command) -> None:
    """By name or code, in Chinese or English; the agreements hold the parts."""
    done = run("cascade", "county.json", "towns.csv", "--target", "无偿献血=人口", "--out", "镇")
    assert done.code == DONE
    assert [line.split()[-1] for line in done.out.splitlines()[2:6]] == [
        *("1190", "714", "396", "2300"),
    ]
    lower = [hd.load(f"镇/{name}.json") for name in ("甲镇", "乙镇", "丙镇")]
    assert [each.parties[-1].code for each in lower] == ["jia", "yi", "bing"]
    assert "714袋" in str(lower[1])
    by_code = run("cascade", "county.json", "towns.csv", "--target", "blood=population")
    assert by_code.out.splitlines() == done.out.splitlines()[:6]


def test_shares_and_the_total_of_a_blank(run: Command) -> None:
    """By the column 份额; what is still blank has its total behind the way."""
    done = run(
        *("cascade", "open.json", "towns.csv", "--json"),
        *("--target", "无偿献血=份额", "--target", "beds_wanted=equally,10"),
    )
    assert (done.code, done.err) == (DONE, "")
    data = json.loads(done.out)
    assert [(each["what"], each["total"]) for each in data["targets"]] == [
        *(("blood", "2300"), ("beds_wanted", "10")),
    ]
    parts = [[unit["part"] for unit in each["units"]] for each in data["targets"]]
    assert parts == [["920", "690", "690"], ["4", "3", "3"]]


def test_what_can_not_be_shared_leaves_no_agreements(run: Command) -> None:
    """Nothing half done: the reason is told, and nothing is written but the table asked for."""
    done = run("cascade", "county.json", "towns.csv", "--target", "签约率=人口", "--out", "镇")
    assert (done.code, done.out) == (FAULTY, "没有可以分解的目标\n")
    assert "错误 cascade-not-shared" in done.err
    assert not list(Path("镇").glob("*.json"))


def test_no_agreement_is_written_over_the_one_that_is_read(run: Command) -> None:
    """A unit may be called as the file of the upper agreement is."""
    Path("towns.csv").write_text("机构\ncounty\n甲镇\n", encoding="utf-8")
    before = Path("county.json").read_bytes()
    done = run("cascade", "county.json", "towns.csv", "--target", "blood=平均", "--out", ".")
    assert (done.code, done.out) == (MISUSED, "")
    assert "`county.json`是要读取的文件" in done.err
    assert Path("county.json").read_bytes() == before
    assert not Path("甲镇.json").exists()


@pytest.mark.parametrize("ending", [".csv", ".json", ".txt"])
def test_a_cascade_is_written_by_the_ending(run: Command, ending: str) -> None:
    """The table for a spreadsheet, for a program, for a reader."""
    call = ("cascade", "county.json", "towns.csv", "--target", "无偿献血=平均")
    done = run(*call, "-o", f"down{ending}")
    assert (done.code, done.out) == (DONE, f"已写入：down{ending}\n")
    text = Path(f"down{ending}").read_text(encoding="utf-8-sig")
    if ending == ".csv":
        assert list(csv.reader(text.splitlines()))[1] == ["甲镇", "767"]
    elif ending == ".json":
        assert json.loads(text)["targets"][0]["units"][0]["part"] == "767"
    else:
        assert "甲镇" in text


# ---------------------------------------------------------------------------------- money


def test_pots_are_shared_out_to_the_last_fen(run: Command) -> None:
    """Several beside each other; the sums are what there was."""
    Path("results.csv").write_text(RESULTS.replace("9999,", "9999,70"), encoding="utf-8")
    call = ("money", "judged.json", "results.csv", "--pot", "奖励=50000", "--pot", "培训=1000,平均")
    done = run(*call)
    assert done.code == DONE
    assert done.out.splitlines()[-1].split() == ["合计", "50,000.00", "1,000.00", "51,000.00"]
    first, second = json.loads(run(*call, "--json").out)["pots"]
    assert (first["by"], second["by"]) == ("score_and_population", "equally")
    assert [each["yuan"] for each in second["units"]] == ["333.34", "333.33", "333.33"]
    assert first["units"][0]["weight"] == str(90 * 30000)


def test_a_pot_waits_for_a_score(run: Command) -> None:
    """One share unknown is everybody's share unknown; what goes by heads needs no score."""
    done = run("money", "judged.json", "results.csv", "--pot", "奖励=50000")
    assert (done.code, done.out) == (FAULTY, "这笔钱先不分\n")
    assert "错误 money-claim-open：`奖励`：`丙镇`没有得分" in done.err
    both = run(
        *("money", "judged.json", "results.csv", "--json"),
        *("--pot", "奖励=50000,score", "--pot", "补助=100,人口"),
    )
    waits, shared = json.loads(both.out)["pots"]
    assert (both.code, waits["units"], waits["left"]) == (FAULTY, [], "50000")
    assert (len(shared["units"]), shared["left"]) == (3, "0")


def test_two_units_of_one_name_are_told_apart(run: Command) -> None:
    """By their keys, else one would take the other's share."""
    text = "编码,机构,1\na,中心站,90\nb,中心站,10\n"
    Path("results.csv").write_text(text, encoding="utf-8")
    done = run("money", "judged.json", "results.csv", "--pot", "奖励=100,得分")
    assert [line.split() for line in done.out.splitlines()[3:5]] == [
        *(["a", "90", "90.00"], ["b", "10", "10.00"]),
    ]


# --------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("cascade", "county.json", "towns.csv", "--target", "无偿献血"),
            "：--target：`无偿献血`请写成无偿献血=人口，或者床位=平均,300",
        ),
        (
            ("money", "judged.json", "results.csv", "--pot", "奖励=5,x"),
            "：--pot：`奖励=5,x`请写成年终奖励=50000，或者年终奖励=50000,得分",
        ),
    ],
)
def test_what_is_not_understood_is_refused_with_an_example(
    run: Command, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    """In Chinese, as it is to be written."""
    with pytest.raises(SystemExit) as caught:
        run(*arguments, "--lang", "zh")
    assert caught.value.code == MISUSED
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("cascade", "open.json", "towns.csv", "--target", "beds_wanted=平均,x"), "不是数"),
        (
            ("cascade", "county.json", "towns.csv", *("--target", "blood=人口") * 2),
            "`blood`分解了两次，只能写一次",
        ),
        (("cascade", "county.json", "no.csv", "--target", "blood=人口"), "没有文件`no.csv`"),
        (
            ("cascade", "county.json", "towns.csv", "--target", "blood=人口", "-o", "towns.csv"),
            "`towns.csv`是要读取的文件",
        ),
        (("money", "judged.json", "results.csv", "--pot", "奖励=x"), "奖励是`x`，不是数"),
        (("money", "judged.json", "results.csv", *("--pot", "a=1") * 2), "有两笔钱都叫`a`"),
        (("money", "judged.json", "results.csv", "--pot", "a=1", "-o", "a.pdf"), "可以写.csv"),
    ],
)
def test_what_can_not_be_done_is_said_in_chinese(
    run: Command, arguments: tuple[str, ...], said: str
) -> None:
    """Nothing is written then."""
    done = run(*arguments)
    assert (done.code, done.out) == (MISUSED, "")
    assert said in done.err
