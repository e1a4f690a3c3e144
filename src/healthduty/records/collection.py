"""Records: what one file holds, in its order, with everything that was found wrong in it.

A fault in the data drops no row: the record is there, the value stands in it as it was written,
and the finding names the place. Whoever only wants the records goes through them; whoever keeps
the file looks at `findings`.

Source: vocabulary “Record”; semantics 12 (nothing is dropped).

>>> from healthduty.records.record import Record
>>> Records((Record("nanguan", {"surveys": 1}),))
1 record, no findings
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import attrs

from healthduty.errors import UnknownNameError
from healthduty.findings import Findings
from healthduty.records.record import Record
from healthduty.said import Said


def _to_records(items: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(items)


@attrs.frozen(repr=False)
class Records(Sequence[Record]):
    """The records of one source, in its order, and the findings of reading them."""

    items: tuple[Record, ...] = attrs.field(default=(), converter=_to_records)
    findings: Findings = attrs.field(default=Findings(), kw_only=True, converter=Findings)

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Records: ...
    def __getitem__(self, index: int | slice) -> Record | Records:
        """Return one record, or the records of a slice with all findings of the source."""
        if isinstance(index, slice):
            return Records(self.items[index], findings=self.findings)
        return self.items[index]

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.items)

    def __iter__(self) -> Iterator[Record]:
        """Go through them in order."""
        return iter(self.items)

    def __repr__(self) -> str:
        """Return how many records there are, and how many findings."""
        count = len(self.items)
        faults = len(self.findings)
        records = f"{count} record" if count == 1 else f"{count} records"
        if not faults:
            return f"{records}, no findings"
        return f"{records}, {faults} finding" if faults == 1 else f"{records}, {faults} findings"

    def find(self, facility: str) -> Record:
        """Return the first record of a facility, by its key or else by its name.

        Raises:
            UnknownNameError: where no record has that key or name.
        """
        for record in self.items:
            if record.facility == facility:
                return record
        for record in self.items:
            if record.name == facility:
                return record
        raise UnknownNameError(
            Said(f"no record of a facility `{facility}`", f"没有单位`{facility}`的考核数据")
        )
