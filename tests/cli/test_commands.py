"""Every command as a user types it: what it prints, and the exit code to the digit."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import healthduty as hd
from healthduty.cli import DONE, FAULTY, MISUSED, main

SATISFACTION = hd.Measure("satisfaction", "满意率", unit="%")
SURVEYS = hd.Measure("surveys", "问卷调查", unit="次")
AGREEMENT = hd.Agreement(
    "示例目标责任书",
    measures=(SATISFACTION, SURVEYS),
    parts=(
        hd.Indicator(
            "2.1",
            "患者满意",
            points=3,
            rules=(
                hd.Deduction(hd.Lacking(SURVEYS, required=2), points="0.5"),
                hd.Deduction(hd.StepsBelow(SATISFACTION, target=90, step=5), points="0.5", cap=2),
            ),
        ),
    ),
    grades=hd.GradeScale.of(优秀="2.5", 合格=None),
)
DATA = "机构编码,机构名称,满意率,问卷调查\nnanguan,南关中心,83%,1\nbeiguan,北关中心,92%,2\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with an agreement and the data of two facilities."""
    monkeypatch.chdir(tmp_path)
    hd.save(AGREEMENT, "agreement.json")
    Path("data.csv").write_text(DATA, encoding="utf-8")
    return tmp_path


class Run:
    """What a command returned and printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
        """Run it."""
        self.code = main(arguments)
        self.out, self.err = capsys.readouterr()


Command = Callable[..., Run]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def run(folder: Path, capsys: Captured) -> Command:
    """Return a function that runs a command in that folder."""
    assert folder == Path.cwd()
    return lambda *arguments: Run(capsys, arguments)


# ----------------------------------------------------------------------------------- demo


def test_demo_shows_rankings_and_sheets_and_writes_nothing(run: Command, folder: Path) -> None:
    """Two agreements are ranked over thirty facilities each; two sheets are explained."""
    before = sorted(folder.iterdir())
    done = run("demo")
    assert (done.code, done.err) == (DONE, "")
    assert sorted(folder.iterdir()) == before
    lines = done.out.splitlines()
    titles = [line for line in lines if line.endswith(("责任书 · 2024", "卫生院 · 2024", "示例县"))]
    assert titles == [
        "乡镇卫生院年度目标责任书 · 2024",
        "乡镇卫生院年度目标责任书 · 示例30镇中心卫生院 · 2024",
        "卫生监督协管目标责任书 · 2024",
        "县卫生健康年度目标 · 示例县",
    ]
    assert sum(" hospital-" in line for line in lines) == 30
    assert sum(" station-" in line for line in lines) == 30
    assert "        业务收入增幅9%，目标10%，低1个百分点，每" in done.out
    assert "血压控制率78.94%，目标80%，低1.06个百分点" in done.out
    assert lines[-1] == "没有写入文件；`healthduty demo --out 文件夹`写出这些文件"


def test_demo_writes_files_that_can_be_scored_again(run: Command, folder: Path) -> None:
    """With --out every file is named, and each agreement and its records go through `score`."""
    done = run("demo", "--out", "out/demo")
    assert done.code == DONE
    written = done.out.split("已写入：\n")[1].split()
    assert written == [
        f"out/demo/{name}{ending}"
        for name in (
            "township-hospital-targets",
            "supervision-coordination",
            "county-year-report",
        )
        for ending in (".json", ".records.json", ".scores.csv")
    ]
    assert sorted(map(str, (folder / "out/demo").iterdir())) == sorted(
        str(folder / path) for path in written
    )
    again = run("score", written[6], written[7])
    assert (again.code, again.err) == (DONE, "")
    assert "示例县" in again.out


def test_demo_in_english(run: Command) -> None:
    """Headings and sentences change; the names of the agreement stay."""
    done = run("demo", "--lang", "en")
    assert done.code == DONE
    assert "rank  facility     name" in done.out
    assert "业务收入增幅 9%, target 10%: short by 1" in done.out


def test_demo_does_not_write_into_a_file(run: Command) -> None:
    """Where a file stands there can be no folder."""
    done = run("demo", "--out", "data.csv")
    assert done.code == MISUSED
    assert done.err == "healthduty: data.csv: File exists\n"


# ---------------------------------------------------------------------------------- check


def test_check_finds_nothing_in_a_sound_agreement(run: Command) -> None:
    """The good news is a line too."""
    done = run("check", "agreement.json", "--lang", "en")
    assert (done.code, done.out, done.err) == (DONE, "no findings\n", "")


def test_check_takes_a_name_of_the_catalogue(run: Command) -> None:
    """Remarks that are no errors leave the exit code at 0, one line each."""
    done = run("check", "county-safety-2014", "--lang", "en")
    assert done.code == DONE
    assert done.out.splitlines()[0] == (
        "warning number-gap: item 十: `九` is left out between `八` and `十`"
    )
    assert len(done.out.splitlines()) == len(hd.check(hd.catalogue.get("county-safety-2014")))


def test_check_exits_1_where_an_error_is(run: Command) -> None:
    """An agreement that can't be scored as it is written."""
    section = hd.Section("1", points=5, parts=(hd.Indicator("1.1", "台账", points=3),))
    hd.save(hd.Agreement("示例", parts=(section,)), "odd.json")
    done = run("check", "odd.json", "--lang", "en")
    assert done.code == FAULTY
    assert done.out.splitlines()[0] == (
        "error sum-section: item 1: its items make 3 points, the header says 5"
    )


BROKEN = (
    '{"format": "healthduty/agreement", "version": 1,'
    ' "agreement": {"title": 5, "yaer": 2024, "parts": [{"kind": "item"}]}}'
)


def test_check_lists_every_fault_of_a_broken_file(run: Command) -> None:
    """What is wrong with the file is what was asked for: it goes to the standard output."""
    Path("broken.json").write_text(BROKEN, encoding="utf-8")
    done = run("check", "broken.json", "--lang", "en")
    assert (done.code, done.err) == (FAULTY, "")
    assert [line.split(",")[1].split(": ")[0] for line in done.out.splitlines()] == [
        " $.agreement.title",
        " $.agreement.parts[0]",
        " $.agreement.yaer",
    ]
    assert done.out.splitlines()[2].endswith("(did you mean `year`?)")


def test_check_as_json(run: Command) -> None:
    """A list of findings, be it empty, and faults of a broken file in the same form."""
    Path("broken.json").write_text(BROKEN, encoding="utf-8")
    assert json.loads(run("check", "agreement.json", "--json").out) == []
    done = run("check", "--json", "broken.json")
    assert done.code == FAULTY
    assert json.loads(done.out)[2] == {
        "severity": "error",
        "code": "json-unknown-field",
        "place": "broken.json, $.agreement.yaer",
        "message": "`yaer` is no field of an agreement",
        "hint": "did you mean `year`?",
    }


# ---------------------------------------------------------------------------------- score


def test_score_prints_a_ranking(run: Command) -> None:
    """Best first, with the grade."""
    done = run("score", "agreement.json", "data.csv")
    assert (done.code, done.err) == (DONE, "")
    assert done.out.splitlines() == [
        "示例目标责任书",
        "名次  编码     机构      总分  等次",
        "----  -------  --------  ----  ----",
        "   1  beiguan  北关中心     3  优秀",
        "   2  nanguan  南关中心     2  合格",
    ]


def test_score_in_english(run: Command) -> None:
    """The headings change."""
    done = run("score", "agreement.json", "data.csv", "--lang", "en")
    assert done.out.splitlines()[1].split() == ["rank", "facility", "name", "total", "grade"]


def test_score_prints_json(run: Command) -> None:
    """Findings and sheets, best first, with the sentences in the language that was asked for."""
    done = run("score", "agreement.json", "data.csv", "--json", "--lang", "en")
    assert (done.code, done.err) == (DONE, "")
    data = json.loads(done.out)
    assert data["findings"] == []
    assert [(each["rank"], each["facility"], each["total"]) for each in data["sheets"]] == [
        (1, "beiguan", "3"),
        (2, "nanguan", "2"),
    ]
    assert data["sheets"][1]["lines"][0]["sentence"].startswith("问卷调查 1次, required 2次")


def test_an_agreement_without_scores_says_so(run: Command) -> None:
    """Scoring by duties alone is no error, and gives no total."""
    Path("posts.json").write_text('[{"facility": "a", "values": {}}]', encoding="utf-8")
    done = run("score", "school-clinic-posts", "posts.json")
    assert done.code == DONE
    assert done.out.splitlines()[-1].split() == ["a", "无法计总分"]


def test_an_open_blank_is_told_once_and_not_for_each_facility(run: Command) -> None:
    """A fault of the agreement is one fault, however many facilities are scored by it."""
    rule = hd.Deduction(hd.StepsBelow(SATISFACTION, target=hd.Blank("least"), step=5), points="0.5")
    item = hd.Indicator("1", "满意", points=2, rules=rule)
    hd.save(hd.Agreement("样本", measures=(SATISFACTION, SURVEYS), parts=(item,)), "blank.json")
    done = run("score", "blank.json", "data.csv", "--lang", "en")
    assert done.code == FAULTY
    assert [line for line in done.err.splitlines() if "blank-open" in line] == [
        (
            "error blank-open: item 1: blank `least` is not filled"
            " (`agreement.fill({…})` fills blanks by name)"
        )
    ]


def test_faults_are_told_in_chinese_unless_asked_otherwise(run: Command) -> None:
    """Whoever fills in the data at a bureau reads the remarks; in a ranking a code has its name."""
    Path("faulty.csv").write_text(FAULTY_DATA, encoding="utf-8")
    done = run("score", "agreement.json", "faulty.csv")
    assert done.err.splitlines() == [
        "提醒 record-column-unknown：faulty.csv，第1行，“电话”列：责任书里没有`电话`，未读取",
        "错误 value-unreadable：faulty.csv，第3行，“满意率”列：满意率是`很好`，不是数",
        (
            "错误 record-facility-twice：faulty.csv，第5行：`nanguan`出现两次，第一次在第2行"
            "（如属不同期间，每行写明期间）"
        ),
        (
            "dongguan：错误 value-missing：“surveys”列：问卷调查：没有数据"
            "（总分的范围见评分表的上下限）"
        ),
    ]
    assert [line.split()[:2] for line in done.out.splitlines()[-2:]] == [
        ["beiguan", "无法计总分：数据无法识别"],
        ["dongguan", "无法计总分：缺数据"],
    ]


# -------------------------------------------------------------------------- faults in data

FAULTY_DATA = (
    "机构,满意率,问卷调查,电话\nnanguan,83%,1,\nbeiguan,很好,2,\ndongguan,92%,,\nnanguan,90%,2,\n"
)


def test_faults_in_the_data_are_listed_and_the_rest_is_scored(run: Command) -> None:
    """Each fault once, with file, row and column, or else with the facility; then exit 1."""
    Path("faulty.csv").write_text(FAULTY_DATA, encoding="utf-8")
    done = run("score", "agreement.json", "faulty.csv", "--lang", "en")
    assert done.code == FAULTY
    assert done.err.splitlines() == [
        (
            "warning record-column-unknown: faulty.csv, row 1, column 电话:"
            " `电话` is nothing that the agreement knows: it is not read"
        ),
        "error value-unreadable: faulty.csv, row 3, column 满意率: 满意率 is `很好`: not a number",
        (
            "error record-facility-twice: faulty.csv, row 5: `nanguan` is there twice:"
            " first at row 2 (give each row its period where they are of different ones)"
        ),
        (
            "dongguan: error value-missing: column surveys: 问卷调查: no value"
            " (the sheet's bounds say between what the total lies)"
        ),
    ]
    assert [line.split()[:3] for line in done.out.splitlines()[3:]] == [
        ["1", "nanguan", "3"],
        ["2", "nanguan", "2"],
        ["beiguan", "no", "total:"],
        ["dongguan", "no", "total:"],
    ]


def test_what_is_missing_everywhere_is_told_once(run: Command) -> None:
    """A column that nobody filled is one remark, not one for each facility."""
    Path("gap.csv").write_text("机构,满意率,问卷调查\na,90%,\nb,91%,\n", encoding="utf-8")
    done = run("score", "agreement.json", "gap.csv", "--lang", "en")
    assert done.code == FAULTY
    assert done.err.count("value-missing") == 1
    assert done.err.startswith("every facility: error value-missing: column surveys: ")


def test_a_remark_calls_a_unit_by_its_name(run: Command) -> None:
    """Whoever reads it knows the name; the key stands behind it where it is another."""
    Path("gap.csv").write_text(
        "编码,机构,满意率,问卷调查\ndg,东关站,90%,\nxg,xg,90%,\nng,南关站,91%,2\n", encoding="utf-8"
    )
    done = run("score", "agreement.json", "gap.csv", "--lang", "en")
    remarks = [line.split(": error value-missing")[0] for line in done.err.splitlines()]
    assert remarks == ["东关站 (dg)", "xg"]
    remarks = run("score", "agreement.json", "gap.csv").err.splitlines()
    assert [line.split("：错误 value-missing")[0] for line in remarks] == ["东关站（dg）", "xg"]


def test_results_are_written_though_the_data_have_faults(run: Command) -> None:
    """One bad row holds up nobody else's score; the exit code still says 1."""
    Path("faulty.csv").write_text(FAULTY_DATA, encoding="utf-8")
    done = run("score", "agreement.json", "faulty.csv", "-o", "scores.csv")
    assert (done.code, done.out) == (FAULTY, "已写入：scores.csv\n")
    assert len(Path("scores.csv").read_text(encoding="utf-8-sig").splitlines()) == 5


def test_a_broken_agreement_scores_nobody(run: Command) -> None:
    """All its faults are listed, and nothing is printed as a result."""
    Path("broken.json").write_text(BROKEN, encoding="utf-8")
    done = run("score", "broken.json", "data.csv", "--json")
    assert (done.code, done.out) == (FAULTY, "")
    assert len(done.err.splitlines()) == 3


def test_data_that_are_no_table_are_refused(run: Command) -> None:
    """A broken workbook in a file called .csv is taken for what it is."""
    Path("data.csv").write_bytes(b"PK\x03\x04xl/workbook.xml")
    done = run("score", "agreement.json", "data.csv", "--lang", "en")
    assert (done.code, done.out) == (FAULTY, "")
    assert done.err.startswith("error file-broken: data.csv: the file can't be opened")


def test_hostile_text_reaches_no_terminal(run: Command) -> None:
    """An escape sequence in a facility's name is printed as a mark, and a remark stays one line."""
    data = [{"facility": "a\x1b[2J\nb", "values": {"satisfaction": "x\x1b]0;y\ny", "surveys": 2}}]
    Path("data.json").write_text(json.dumps(data), encoding="utf-8")
    done = run("score", "agreement.json", "data.json")
    assert done.code == FAULTY
    assert "\x1b" not in done.out + done.err
    assert len(done.err.splitlines()) == 1


# -------------------------------------------------------------------------------- explain


def test_explain_shows_a_whole_sheet(run: Command) -> None:
    """By key or by name."""
    done = run("explain", "agreement.json", "data.csv", "南关中心")
    assert (done.code, done.err) == (DONE, "")
    assert done.out == str(hd.score(AGREEMENT, hd.read_records("data.csv", AGREEMENT)[0])) + "\n"
    assert run("explain", "agreement.json", "data.csv", "nanguan").out == done.out


def test_explain_shows_one_item(run: Command) -> None:
    """Only what was asked for, in the language that was asked for."""
    done = run("explain", "agreement.json", "data.csv", "nanguan", "2.1", "--lang", "en")
    assert (done.code, done.err) == (DONE, "")
    assert done.out.splitlines() == [
        "2.1 患者满意  2 of 3",
        (
            "    -0.5  问卷调查 1次, required 2次: 1 counted as lacking,"
            " 0.5 lost for each 1次, 0.5 lost"
        ),
        (
            "    -0.5  满意率 83%, target 90%: short by 7 percentage points,"
            " 0.5 lost for each 5 percentage points, 1 counted, 0.5 lost"
        ),
    ]


def test_explain_as_json(run: Command) -> None:
    """One sheet, as `score --json` has it, but for the rank."""
    done = run("explain", "agreement.json", "data.csv", "nanguan", "--json")
    sheets = json.loads(run("score", "agreement.json", "data.csv", "--json").out)["sheets"]
    assert done.code == DONE
    assert {"rank": 2, **json.loads(done.out)} == sheets[1]


def test_explain_tells_between_what_a_total_lies(run: Command) -> None:
    """A sheet with a gap names it, and gives the bounds of the total."""
    Path("gap.csv").write_text("机构,满意率,问卷调查\na,83%,\n", encoding="utf-8")
    done = run("explain", "agreement.json", "gap.csv", "a")
    assert (done.code, done.err) == (FAULTY, "")
    assert "\n无法计总分\n错误 value-missing 缺数据（数据项surveys）：" in done.out
    assert done.out.endswith("\n总分在1.5与2.5之间\n")
    done = run("explain", "agreement.json", "gap.csv", "a", "--lang", "en")
    assert done.out.endswith("\nthe total lies between 1.5 and 2.5\n")


def test_explain_of_an_item_names_the_faults_of_the_sheet(run: Command) -> None:
    """One item does not show what is wrong with the sheet, so it is told beside it."""
    Path("gap.csv").write_text("机构,满意率,问卷调查\na,83%,\n", encoding="utf-8")
    done = run("explain", "agreement.json", "gap.csv", "a", "2.1", "--lang", "en")
    assert done.code == FAULTY
    assert done.err.startswith("a: error value-missing: column surveys: ")


def test_explain_names_the_faults_of_the_file(run: Command) -> None:
    """The remarks on the data are no secret because only one facility was asked for."""
    Path("faulty.csv").write_text(FAULTY_DATA, encoding="utf-8")
    done = run("explain", "agreement.json", "faulty.csv", "nanguan")
    assert done.code == FAULTY
    assert len(done.err.splitlines()) == 3
    assert "合计" in done.out


def test_explain_of_duties_without_points(run: Command) -> None:
    """There is no total, and nothing between which it could lie."""
    Path("posts.json").write_text('[{"facility": "a", "values": {}}]', encoding="utf-8")
    done = run("explain", "school-clinic-posts", "posts.json", "a")
    assert (done.code, done.err) == (DONE, "")
    assert done.out.splitlines()[-2:] == ["5.3   内外协调", "无法计总分"]


# ----------------------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("check", "county-safety"),
            "没有文件`county-safety`；目录里没有责任书`county-safety`，是不是`county-safety-2014`？",
        ),
        (
            ("score", "agreement.json", "data.csv", "-o", "scores.xls"),
            "无法写入`scores.xls`：可以写.csv、.json、",
        ),
        (
            ("explain", "agreement.json", "data.csv", "nangaun"),
            "没有单位`nangaun`的考核数据；相近的有`nanguan`\n",
        ),
        (
            ("explain", "agreement.json", "data.csv", "nanguan", "2.2"),
            "`示例目标责任书`没有条目`2.2`；相近的有`2.1`\n",
        ),
    ],
)
def test_what_can_not_be_done_is_said_in_chinese(
    run: Command, arguments: tuple[str, ...], message: str
) -> None:
    """Where no language is asked for, an official reads what is wrong in Chinese."""
    done = run(*arguments)
    assert (done.code, done.out) == (MISUSED, "")
    assert done.err.startswith(f"healthduty: {message}")


def test_what_was_written_is_said_in_the_language_that_is_asked_for(run: Command) -> None:
    """One file on the line, several below it; and that nothing was."""
    again = ("-o", "scores.csv", "--lang", "en")
    assert run("score", "agreement.json", "data.csv", *again).out == "written: scores.csv\n"
    demo = run("demo", "--out", "out", "--lang", "en").out
    assert "written:\n  out/township-hospital-targets.json\n  out/" in demo
    nothing = run("demo", "--lang", "en").out.splitlines()[-1]
    assert nothing == "nothing was written; `healthduty demo --out DIR` writes the files"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("check", "county-safety"),
            (
                "no file `county-safety`, and no agreement `county-safety` in the catalogue;"
                " did you mean `county-safety-2014`?"
            ),
        ),
        (
            ("check", "."),
            (
                "no file `.`, and no agreement `.` in the catalogue; there are"
                " `township-hospital-targets`, "
            ),
        ),
        (("score", "agreement.json", "date.csv"), "no file `date.csv`"),
        (("score", "agreement.json", "nowhere"), "no file `nowhere`"),
        (
            ("score", "agreement.json", "data.csv", "-o", "scores.xls"),
            "can't write `scores.xls`: write .csv, .json, .txt",
        ),
        (
            ("score", "agreement.json", "data.csv", "-o", "scores"),
            "can't write `scores`: write .csv, .json, .txt",
        ),
        (
            ("score", "agreement.json", "data.csv", "-o", "./data.csv"),
            "`data.csv` is read here: write another file",
        ),
        (
            ("score", "agreement.json", "data.csv", "-o", "agreement.json"),
            "`agreement.json` is read here: write another file",
        ),
        (
            ("explain", "agreement.json", "data.csv", "nangaun"),
            "no record of a facility `nangaun`; near it: `nanguan`",
        ),
        (
            ("explain", "agreement.json", "data.csv", "西关"),
            "no record of a facility `西关`",
        ),
        (
            ("explain", "agreement.json", "data.csv", "nanguan", "2.2"),
            "no item `2.2` in `示例目标责任书`; near it: `2.1`",
        ),
        (
            ("explain", "agreement.json", "data.csv", "nanguan", "2.1", "--json"),
            "`--json` gives the whole sheet: leave out the item",
        ),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(
    run: Command, arguments: tuple[str, ...], message: str
) -> None:
    """Wrong usage exits with 2, prints nothing as a result, and changes no file."""
    before = {path: path.read_bytes() for path in Path.cwd().iterdir()}
    done = run(*arguments, "--lang", "en")
    assert (done.code, done.out) == (MISUSED, "")
    assert done.err.startswith(f"healthduty: {message}")
    assert done.err.count("\n") == 1
    assert {path: path.read_bytes() for path in Path.cwd().iterdir()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("scroe",),
        ("score",),
        ("score", "agreement.json"),
        ("score", "agreement.json", "data.csv", "--lang", "fr"),
        ("explain", "agreement.json", "data.csv"),
    ],
)
def test_arguments_that_make_no_sense_exit_with_2(
    run: Command, capsys: Captured, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """The usage is printed to the standard error."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit) as caught:
        run(*arguments)
    assert caught.value.code == MISUSED
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("usage: healthduty")


@pytest.mark.parametrize("command", [(), ("demo",), ("check",), ("score",), ("explain",)])
def test_every_command_explains_itself(
    run: Command, capsys: Captured, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """--help exits with 0."""
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with pytest.raises(SystemExit) as caught:
        run(*command, "--help")
    assert caught.value.code == DONE
    assert capsys.readouterr().out.startswith(" ".join(("usage: healthduty", *command)))


def test_the_version_is_that_of_the_package(run: Command, capsys: Captured) -> None:
    """--version prints what `healthduty.__version__` says."""
    with pytest.raises(SystemExit) as caught:
        run("--version")
    assert caught.value.code == DONE
    assert capsys.readouterr().out == f"healthduty {hd.__version__}\n"


def test_a_refusal_of_the_library_is_one_line(
    run: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever else healthduty refuses is told without a traceback, and exits with 1."""

    def refuse(*_: object) -> None:
        raise hd.RuleError("what no file can hold")

    monkeypatch.setattr("healthduty.cli.commands.check", refuse)
    done = run("check", "agreement.json")
    assert (done.code, done.out, done.err) == (FAULTY, "", "healthduty: what no file can hold\n")


def test_the_command_prints_to_whatever_stands_for_the_console(folder: Path) -> None:
    """Inside another program the output may go to a text; Chinese stays Chinese there."""
    assert folder == Path.cwd()
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main(["explain", "agreement.json", "data.csv", "nanguan", "--json"]) == DONE
    assert '"name": "南关中心"' in out.getvalue()


def test_a_file_goes_before_a_name_of_the_catalogue(run: Command) -> None:
    """Whoever has a file of that name means the file; a folder of that name is none."""
    hd.save(AGREEMENT, "county-safety-2014")
    assert run("check", "county-safety-2014").out == "没有检查提示\n"
    Path("school-clinic-posts").mkdir()
    assert "agreement-without-scores" in run("check", "school-clinic-posts").out
