"""One agreement for each of many units (邮件合并): their names, their numbers, a file each.

The units are children with blanks of their own, or the agreements of a cascade. The layout is the
library's, or a bureau's own template.

Source: “per facility from one template (a mail merge over 30 units)”; row A6.

>>> import tempfile
>>> from healthduty.model.indicator import Indicator
>>> from healthduty.model.party import Party
>>> agreement = Agreement("示例责任书", parts=(Indicator("1", "台账", points=5),))
>>> units = [Child(Party("a", "甲镇卫生院")), Child(Party("b", "乙镇卫生院"))]
>>> with tempfile.TemporaryDirectory() as folder:
...     [path.name for path in merge_agreements(agreement, units, folder)]
['示例责任书（甲镇卫生院）.docx', '示例责任书（乙镇卫生院）.docx']
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from healthduty.errors import UsageError
from healthduty.hierarchy import Cascade, Child
from healthduty.model.agreement import Agreement
from healthduty.rules.measure import name_twice
from healthduty.word.agreement import agreement_content, with_party
from healthduty.word.context import context_of
from healthduty.word.saving import file_names, replace_files
from healthduty.word.templates import Template


def agreement_for(agreement: Agreement, unit: Child) -> Agreement:
    """Return the agreement of one unit: its party, its blanks filled, who answers there.

    Raises:
        UnknownNameError: a blank that the agreement does not have.
    """
    filled = agreement.fill(dict(unit.blanks)) if unit.blanks else agreement
    own = with_party(filled, unit.party)
    return attrs.evolve(own, responsible=unit.responsible) if unit.responsible else own


def merge_agreements(
    agreement: Agreement,
    units: Cascade | Iterable[Child],
    folder: str | os.PathLike[str],
    *,
    copies: int | None = None,
    template: str | os.PathLike[str] | bytes | None = None,
) -> tuple[Path, ...]:
    """Write the agreement of every unit into a folder; return the paths in the units' order.

    A cascade brings its own agreements, each with its shared targets. `template` is a bureau's
    own .docx (see `fill_template`). Either all files are written or none.

    Raises:
        ImportError: without python-docx, or docxtpl for a template.
        OSError: where a file can't be written.
        SourceError: a template that can't be filled.
        UnknownNameError: a blank of a unit that the agreement does not have.
        UsageError: no units, two with one code, or a cascade with errors.
    """
    labels, agreements = _units(agreement, units)
    titles = [
        each.title if label in each.title else f"{each.title}（{label}）"
        for label, each in zip(labels, agreements, strict=True)
    ]
    names = list(file_names(titles, ".docx"))
    made = _contents(agreements, copies, template)
    replace_files(folder, dict(zip(names, made, strict=True)))
    return tuple(Path(folder, name) for name in names)


def _units(
    agreement: Agreement, units: Cascade | Iterable[Child]
) -> tuple[list[str], list[Agreement]]:
    """Return what the units are called, and the agreement of each."""
    if isinstance(units, Cascade):
        if units.findings.errors:
            raise UsageError(f"the cascade has errors: {units.findings.errors}")
        return [child.label for child in units.children], list(units.agreements)
    children = tuple(units)
    if not children:
        raise UsageError("an agreement is merged over units, and there are none")
    if (twice := name_twice(child.party.code for child in children)) is not None:
        raise UsageError(f"two units have the code `{twice}`")
    return [child.label for child in children], [
        agreement_for(agreement, each) for each in children
    ]


def _contents(
    agreements: Iterable[Agreement],
    copies: int | None,
    template: str | os.PathLike[str] | bytes | None,
) -> Iterator[bytes]:
    if template is None:
        yield from (agreement_content(each, copies=copies) for each in agreements)
        return
    form = Template.read(template)
    yield from (form.filled(context_of(each, copies=copies)) for each in agreements)
