"""What is kept of the last few agreements: of the same one, never of an equal one."""

from __future__ import annotations

from healthduty.columns.extras import np
from healthduty.columns.headed import headed
from healthduty.columns.noted import Noted
from healthduty.columns.recent import Recent
from healthduty.findings import Finding
from healthduty.model.agreement import Agreement
from healthduty.records.intake import Intake
from healthduty.rules.measure import Measure


def test_only_the_last_few_are_kept() -> None:
    """The oldest goes first, and is found out anew."""
    kept: Recent[int] = Recent(2)
    things = [[0], [1], [2]]
    asked = [0, 0, 0]

    def find(which: int) -> int:
        asked[which] += 1
        return which

    for which in (0, 1, 1, 2, 2, 0):
        assert kept.of(things[which], "", lambda which=which: find(which)) == which
    assert asked == [2, 1, 1]


def test_headings_are_understood_once_and_told_of_each_source() -> None:
    """Two sources with the same headings share what they mean, and not where they stand."""
    rate = Measure("satisfaction", "满意率", unit="%")
    agreement, equal = (Agreement("示例", measures=(rate,)) for _ in range(2))
    first, second = Intake(agreement, "一月.csv"), Intake(agreement, "二月.csv")
    headings = ("机构", "满意率", "备考")
    assert headed(headings, first) is headed(headings, second)
    assert headed(headings, Intake(equal)) is not headed(headings, first)
    assert [each.place.source for each in second.findings] == ["二月.csv"]
    assert {each.place.source for each in first.findings} == {"一月.csv"}


def test_masks_are_looked_at_in_their_order() -> None:
    """What was told by a mask and what was told by rows come in the order in which they were."""
    noted = Noted()
    mask = np.array([False, True, True])
    noted.add_where("a", Finding("one", "first"), mask)
    noted.add_where("a", Finding("two", "second"), mask)
    noted.add_where("a", Finding("none", "never"), np.zeros(3, dtype=bool))
    noted.add("b", Finding("three", "third"), np.array([0]))
    noted.add_where("a", Finding("one", "first"), np.array([True, False, False]))
    found = [(*key, heap.count, heap.rows) for key, heap in noted.heaps.items()]
    assert found == [
        ("a", "one", 3, [0, 1, 2]),
        ("a", "two", 2, [1, 2]),
        ("b", "three", 1, [0]),
    ]
