"""`money`: fixed pots of money, shared out by the results of a table of units, to the last fen.

What follows a unit's own score (so much a head, by tiers) stands on its sheet: `score` shows it.

Source: docs/en/how-to/money.md; row E1 (money follows the score).

>>> pot("年终奖励=50000"), pot("培训补助=1000,平均")
(('年终奖励', '50000', <By.SCORE_AND_POPULATION: 'score_and_population'>), \
('培训补助', '1000', <By.EQUALLY: 'equally'>))
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import attrs

from healthduty.checks.check import check
from healthduty.cli.exits import WrongUsageError
from healthduty.cli.intake import agreement_named, records_of
from healthduty.cli.output import refuse_ending, refuse_overwriting, report, show_tables
from healthduty.cli.terminal import Progress
from healthduty.errors import NumberError, UsageError
from healthduty.exact import show
from healthduty.findings import Findings
from healthduty.said import Said, in_language, reason_of
from healthduty.scoring.score import score
from healthduty.scoring.sheet import ScoreSheet
from healthduty.year.money import By, Claim, Pot, claims_of, share_pots, table_of_pots

_WAYS = {
    "得分×人口": By.SCORE_AND_POPULATION,
    "得分": By.SCORE,
    "人口": By.POPULATION,
    "平均": By.EQUALLY,
}
_NOTHING = Said("nothing was shared out", "这笔钱先不分")


def pot(text: str) -> tuple[str, str, By]:
    """Read a pot: its name, its yuan, by what it is shared.

    Raises:
        argparse.ArgumentTypeError: not of the form 年终奖励=50000 or 年终奖励=50000,得分.
    """
    name, _, told = (part.strip() for part in text.partition("="))
    yuan, _, way = (part.strip() for part in told.partition(","))
    known = {"": By.SCORE_AND_POPULATION, **_WAYS, **{each.value: each for each in By}}
    if not name or not yuan or way not in known:
        raise argparse.ArgumentTypeError(
            f"`{text}`: write it like 年终奖励=50000 or 年终奖励=50000,得分"
        )
    return name, yuan, known[way]


def share_money(options: argparse.Namespace) -> int:
    """`money`: share pots out by what the units have earned."""
    agreement = agreement_named(options.agreement, options.lang)
    refuse_ending(options.output)
    refuse_overwriting([options.output], [Path(options.agreement), options.data])
    records = records_of(options.data, agreement)
    taken = Progress().over(records, len(records))
    sheets = [score(agreement, record) for record in taken]
    try:
        pots = share_pots(options.pot, list(_claims(sheets)))
    except (UsageError, NumberError) as error:
        raise WrongUsageError(reason_of(error)) from None
    found = check(agreement).errors + records.findings
    found += Findings(each for one in pots for each in one.findings)
    data = {
        "findings": [each.to_dict() for each in found],
        "pots": [_data(each, sheets) for each in pots],
    }
    table = pots[0].table(options.lang) if len(pots) == 1 else table_of_pots(pots, options.lang)
    shared = any(each.parts for each in pots)
    text = table.text() if shared else in_language(_NOTHING, options.lang)
    show_tables(text, [table.headings, *table.rows], data, options)
    return report(found, sheets, options.lang)


def _claims(sheets: Sequence[ScoreSheet]) -> Iterator[Claim]:
    """Go through what the units bring, by their names; by their keys where a name is of several."""
    names = Counter(sheet.record.name for sheet in sheets)
    for sheet, claim in zip(sheets, claims_of(sheets), strict=True):
        alone = names[sheet.record.name] == 1
        yield claim if alone else attrs.evolve(claim, unit=sheet.record.facility)


def _data(shared: Pot, sheets: Sequence[ScoreSheet]) -> dict[str, object]:
    """Return a pot as plain data: money to the fen, as texts."""
    return {
        "name": shared.name,
        "by": shared.by.value,
        "yuan": show(shared.yuan),
        "left": show(shared.left),
        "units": [
            {
                "facility": sheet.record.facility,
                "name": sheet.record.name,
                "weight": show(part.weight),
                "yuan": show(part.yuan),
            }
            for sheet, part in zip(
                sheets, shared.parts, strict=False
            )  # none while there are errors
        ],
    }
