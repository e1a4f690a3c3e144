"""Points that are shared out over several targets, and what one phrase says of each of them."""

from __future__ import annotations

from fractions import Fraction

from clauses.cases import ClauseCase
from healthduty.model.indicator import Part
from healthduty.rules.condition import Compare
from healthduty.rules.points import FULL
from healthduty.rules.rule import Bands, CaseBand, Curve, Deduction, Forfeit, Knot, Rule
from healthduty.rules.tally import StepsAbove, StepsBelow

ASKED = "早孕建册率≥90%，产后访视率≥85%"


def _part(number: int, points: int, title: str, *rules: Rule) -> Part:
    return Part(str(number), title, points=points, rules=rules)


def _below(measure: str, target: int, points: str) -> Deduction:
    """Lose these points for each percentage point below the target."""
    return Deduction(StepsBelow(measure, target=target, step=1), points=points)


def _above(measure: str, target: int, points: str) -> Deduction:
    """Lose these points for each half above the target."""
    return Deduction(StepsAbove(measure, target=target, step=Fraction(1, 2)), points=points)


def _line(measure: str, target: int) -> Curve:
    """Earn all points at the target, a share below it."""
    return Curve(measure, "earn", (Knot(0, 0), Knot(target, FULL)))


def _reached(measure: str, target: int) -> Bands:
    """Earn all points from the target on, nothing below."""
    return Bands(measure, "earn", (CaseBand(Compare(measure, ">=", target), FULL),), otherwise=0)


CASES = (
    ClauseCase(
        text="各3分，每低于目标1个百分点扣0.3分",
        pattern="points for each target",
        points=6,
        requirement=ASKED,
        parts=(
            _part(1, 3, "早孕建册率", _below("早孕建册率", 90, "0.3")),
            _part(2, 3, "产后访视率", _below("产后访视率", 85, "0.3")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="每项5分，每上升0.5个千分点扣1分",
        pattern="points for each target",
        points=10,
        requirement="新生儿死亡率、婴幼儿死亡率分别控制在4‰、7‰以内",
        parts=(
            _part(1, 5, "新生儿死亡率", _above("新生儿死亡率", 4, "1")),
            _part(2, 5, "婴幼儿死亡率", _above("婴幼儿死亡率", 7, "1")),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="两项各2分，按比例得分",
        pattern="points for each target",
        points=4,
        requirement=ASKED,
        parts=(
            _part(1, 2, "早孕建册率", _line("早孕建册率", 90)),
            _part(2, 2, "产后访视率", _line("产后访视率", 85)),
        ),
    ),
    ClauseCase(
        text="每项2分，达标得满分，不达标不得分",
        pattern="points for each target",
        points=4,
        requirement=ASKED,
        parts=(
            _part(1, 2, "早孕建册率", _reached("早孕建册率", 90)),
            _part(2, 2, "产后访视率", _reached("产后访视率", 85)),
        ),
    ),
    ClauseCase(
        text="早孕建册率、产后访视率各3分，每低1%扣0.2分，低于60%不得分",
        pattern="said of each part",
        points=6,
        requirement=ASKED,
        parts=(
            _part(
                1,
                3,
                "早孕建册率",
                _below("早孕建册率", 90, "0.2"),
                Forfeit(Compare("早孕建册率", "<", 60)),
            ),
            _part(
                2,
                3,
                "产后访视率",
                _below("产后访视率", 85, "0.2"),
                Forfeit(Compare("产后访视率", "<", 60)),
            ),
        ),
        assumed=True,
    ),
    ClauseCase(
        text="各3分，每低1%扣0.2分，产后访视率低于60%不得分",  # named: of that one alone
        pattern="said of each part",
        points=6,
        requirement=ASKED,
        parts=(
            _part(1, 3, "早孕建册率", _below("早孕建册率", 90, "0.2")),
            _part(
                2,
                3,
                "产后访视率",
                _below("产后访视率", 85, "0.2"),
                Forfeit(Compare("产后访视率", "<", 60)),
            ),
        ),
        assumed=True,
    ),
)
