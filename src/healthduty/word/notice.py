"""The result notice (考核结果通知): total, grade, every lost point with its clause, how to object.

Source: “the result notice with the lost points”; semantics 5, 6, 11, 13; GB/T 9704.

>>> import pathlib, tempfile
>>> from healthduty.model.agreement import Agreement
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.records.record import Record
>>> from healthduty.scoring.score import score
>>> sheet = score(
...     Agreement("示例", parts=(Indicator("1", "台账", points=5),)), Record("a", {"1": 3})
... )
>>> with tempfile.TemporaryDirectory() as folder:
...     path = pathlib.Path(folder, "通知.docx")
...     write_notice_docx(sheet, path, issuer="示例县卫生健康局")
...     path.read_bytes()[:2]
b'PK'
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from healthduty.calendars import Weekdays, WorkCalendar, deadline
from healthduty.checks.codes import CODES
from healthduty.convert.files import replace_file
from healthduty.display import same_places
from healthduty.errors import RuleError, UsageError
from healthduty.findings import Finding, Severity
from healthduty.model.party import Role
from healthduty.results.losses import Loss, losses_of
from healthduty.said import Said, chinese
from healthduty.scoring.sheet import ScoreSheet
from healthduty.word.numerals import OPEN_DAY, day_text, numeral
from healthduty.word.official import WIDTH, Cell, Page
from healthduty.word.saving import file_names, replace_files
from healthduty.word.styles import Style
from healthduty.wording.effects import veto_name_text

_DIGEST = 12
"""Characters of a digest that are printed: enough to compare two sheets by eye."""

_PLAIN = Weekdays()
_FRONT = (14.0, 26.0, 13.0, 15.0)
_HEADINGS = ("条目", "指标", "分值", "增减", "事由", "依据")


def write_notice_docx(
    sheet: ScoreSheet,
    path: str | os.PathLike[str],
    *,
    issuer: str = "",
    dated: datetime.date | None = None,
    within: int = 5,
    work: WorkCalendar = _PLAIN,
) -> None:
    """Write the notice that tells a unit its result, in one step.

    `issuer` is who sends it, by default the agreement's issuing party. The unit may object
    `within` so many working days: until the day that `work` makes of `dated`, else counted from
    its receipt. A sheet without a total says why there is none.

    Raises:
        ImportError: without python-docx (`pip install healthduty[word]`).
        OSError: where the file can't be written; an old one is untouched.
        RuleError: no day, or fewer, in which to object.
    """
    replace_file(path, notice_content(sheet, issuer=issuer, dated=dated, within=within, work=work))


def write_notices(
    sheets: Iterable[ScoreSheet],
    folder: str | os.PathLike[str],
    *,
    issuer: str = "",
    dated: datetime.date | None = None,
    within: int = 5,
    work: WorkCalendar = _PLAIN,
) -> tuple[Path, ...]:
    """Write the notice of every sheet into a folder; either all files are written or none.

    Returns the paths in the sheets' order; arguments and errors as `write_notice_docx`.
    """
    kept = tuple(sheets)
    names = list(file_names((f"考核结果通知（{each.record.name}）" for each in kept), ".docx"))
    made = (
        notice_content(each, issuer=issuer, dated=dated, within=within, work=work) for each in kept
    )
    replace_files(folder, dict(zip(names, made, strict=True)))
    return tuple(Path(folder, name) for name in names)


def notice_content(
    sheet: ScoreSheet,
    *,
    issuer: str = "",
    dated: datetime.date | None = None,
    within: int = 5,
    work: WorkCalendar = _PLAIN,
) -> bytes:
    """Return the bytes of a result notice; arguments and errors as `write_notice_docx`."""
    return notices_content([sheet], issuer=issuer, dated=dated, within=within, work=work)


def notices_content(
    sheets: Iterable[ScoreSheet],
    *,
    issuer: str = "",
    dated: datetime.date | None = None,
    within: int = 5,
    work: WorkCalendar = _PLAIN,
) -> bytes:
    """Return the bytes of one file with a notice for each sheet, on pages of its own.

    Arguments and errors as `write_notice_docx`.
    """
    if within < 1:
        raise RuleError(
            Said(
                f"a unit needs at least 1 working day to object, not {within}",
                f"异议期至少1个工作日，不能是{within}",
            )
        )
    until = None if dated is None else deadline(dated, within, work, working=True)
    page: Page | None = None
    for sheet in sheets:
        parties = sheet.agreement.parties
        sender = issuer or next((each.name for each in parties if each.role is Role.ISSUER), "")
        if page is None:
            page = Page(f"{sheet.agreement.title}考核结果通知", sender)
        else:
            page.turn(landscape=False)
        _Notice(sheet, sender, dated, until, within).put(page)
    if page is None:
        raise UsageError(
            Said(
                "there are no sheets to write: score a facility first",
                "没有评分表可写：先给一家评分",
            )
        )
    return page.content()


@attrs.frozen
class _Notice:
    """A notice on its way: the sheet, who sends it, when, and until when one may object."""

    sheet: ScoreSheet
    sender: str
    dated: datetime.date | None
    until: datetime.date | None
    within: int

    def put(self, page: Page) -> None:
        """Put it on a page."""
        title = self.sheet.agreement.title
        page.title(f"关于{title}考核结果的通知")
        page.add(Style.FLUSH, f"{self.sheet.record.name}：")
        page.add(Style.BODY, self._opening())
        parts: tuple[tuple[str, Callable[[Page], None]], ...] = (
            ("考核结果", self._result),
            ("得失分明细", self._lost),
            ("需要说明的事项", self._remarks),
            ("复核申请", self._objection),
        )
        shown = [part for part in parts if part[1] != self._remarks or self._notes()]
        for number, (heading, part) in enumerate(shown, 1):
            page.add(Style.FIRST, f"{numeral(number)}、{heading}")
            part(page)
        page.blank()
        if self.sender:
            page.add(Style.CLOSING, self.sender, keep=True)
        page.add(Style.CLOSING, OPEN_DAY if self.dated is None else day_text(self.dated))
        page.add(Style.SMALL, self._identity())

    def _opening(self) -> str:
        period = self.sheet.record.period
        when = "" if period is None else period.label
        when += "年度" if when.isdecimal() else ""
        who = f"{self.sender}对你单位" if self.sender else "对你单位"
        return (
            f"根据《{self.sheet.agreement.title}》，{who}{when}责任目标完成情况进行了考核。"
            "现将考核结果通知如下："
        )

    # --- the result --------------------------------------------------------------------------

    def _result(self, page: Page) -> None:
        for text in self._sentences():
            page.add(Style.BODY, text)

    def _sentences(self) -> Iterator[str]:
        sheet = self.sheet
        grade = f"，考核等次为{sheet.grade}" if sheet.grade else ""
        if sheet.total is not None:
            yield f"考核满分{sheet.full}分，你单位总分{sheet.total}分{grade}。"
        elif sheet.full is None and not sheet.findings.errors:
            yield f"本责任书未列总分，按评分标准合计扣{sheet.deducted}分{grade}。"
        else:
            why = "、".join(dict.fromkeys(map(_title, sheet.findings.errors)))
            yield f"目前尚不能计算总分{grade}。{f'原因：{why}。' if why else ''}"
        yield from self._vetoes()
        if sheet.bonus:
            yield f"总分中含加分{sheet.bonus}分。"
        if sheet.apart:
            yield f"另计加分{sheet.apart}分，不计入总分。"
        yield from self._follows()

    def _vetoes(self) -> Iterator[str]:
        sheet = self.sheet
        for applies, words in ((True, "一票否决"), (None, "一票否决事项待核实")):
            found = [each.veto for each in sheet.vetoes if each.applies is applies]
            if found:
                told = "；".join(veto_name_text(each, "zh", sheet.agreement) for each in found)
                yield f"{words}：{told}。"
        if sheet.earned is not None and sheet.total is not None and sheet.total != sheet.earned:
            yield f"否决前得{sheet.earned}分，否决后总分{sheet.total}分。"

    def _follows(self) -> Iterator[str]:
        titles = {each.veto.code: each.veto.title or each.veto.code for each in self.sheet.vetoes}
        for honour in self.sheet.honours:
            names = "、".join(titles[code] for code in honour.barred_by or honour.open_by)
            if honour.granted is None:
                yield f"{honour.text}：待核实“{names}”后确定。"
            else:
                yield f"{honour.text}{'' if honour.granted else f'：因“{names}”取消'}。"
        for money in self.sheet.money:
            amount = "尚不能计算" if money.amount is None else f"{money.amount:,.2f}元"
            yield f"{money.name or money.code}：{amount}（{money.reason()}）。"

    # --- what was lost -----------------------------------------------------------------------

    def _lost(self, page: Page) -> None:
        losses = losses_of(self.sheet)
        if not losses:
            page.add(Style.BODY, "各项指标均未失分。")
            return
        rest = WIDTH - sum(_FRONT)
        cited = any(loss.clauses for loss in losses)
        widths = (*_FRONT, rest * 0.56, rest * 0.44) if cited else (*_FRONT, rest)
        page.table(widths, self._rows(losses, cited=cited))

    def _rows(self, losses: Sequence[Loss], *, cited: bool) -> Iterator[list[Cell]]:
        sheet = self.sheet
        count = len(_HEADINGS) - (not cited)
        yield [Cell(each, Style.CELL_HEAD) for each in _HEADINGS[:count]]
        lost = None if sheet.earned is None or sheet.full is None else sheet.earned - sheet.full
        changes = same_places([*(loss.change for loss in losses), lost], sign=True)
        for loss, change in zip(losses, changes, strict=False):
            full = str(loss.full) if loss.number and loss.full else ""
            cells = [
                Cell(loss.number, Style.CELL_CENTRE),
                Cell(loss.title or "总分"),
                Cell(full, Style.CELL_CENTRE),
                Cell(change, Style.CELL_CENTRE),
                Cell("\n".join(loss.reasons)),
                Cell("\n".join(loss.clauses)),
            ]
            yield cells[:count]
        if lost is not None:
            earned = f"满分{sheet.full}分，得分{sheet.earned}分"
            yield [
                Cell("合计", Style.CELL_HEAD, columns=2),
                Cell(str(sheet.full), Style.CELL_CENTRE),
                Cell(changes[-1], Style.CELL_CENTRE),
                Cell(earned, columns=count - 4),
            ]

    # --- what else is to be known ------------------------------------------------------------

    def _notes(self) -> tuple[str, ...]:
        """Return what was assumed, in the agreement's words, and what else is doubtful."""
        places: dict[str, dict[str, None]] = {}
        for finding in self.sheet.findings:
            if finding.code == Severity.ASSUMPTION.value:
                text = f"评分时的理解{{}}：{_escaped(chinese(finding.message).rstrip('。'))}。"
            elif finding.severity is Severity.NOTE:
                continue
            else:
                text = f"{_title(finding)}{{}}。"
            places.setdefault(text, {})[finding.place.item] = None
        return tuple(
            text.format(f"（{'、'.join(filter(None, where))}）" if any(where) else "")
            for text, where in places.items()
        )

    def _remarks(self, page: Page) -> None:
        for number, text in enumerate(self._notes(), 1):
            page.add(Style.BODY, f"{number}. {text}")

    def _objection(self, page: Page) -> None:
        to = f"向{self.sender}" if self.sender else ""
        when = (
            f"自收到本通知次日起{self.within}个工作日内"
            if self.until is None
            else f"于{day_text(self.until)}（含当日）前"
        )
        page.add(
            Style.BODY,
            f"对考核结果有异议的，请{when}{to}提出书面复核申请，写明有异议的条目和理由，"
            "并附证明材料。逾期未提出的，视为无异议。",
            keep=True,  # no signature has a page of its own
        )

    def _identity(self) -> str:
        """Return what this result was made of, so that a sheet can be held against it."""
        marks = self.sheet.digests
        agreement, record = (marks[name][:_DIGEST] for name in ("agreement", "record"))
        return f"核对码：责任书{agreement}，考核数据{record}。"


def _escaped(text: str) -> str:
    """Return a text whose braces are no places of a format."""
    return text.replace("{", "{{").replace("}", "}}")


def _title(finding: Finding) -> str:
    known = CODES.get(finding.code)
    return known.title if known is not None and known.title else finding.code
