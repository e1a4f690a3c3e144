"""The difference of two agreements as a value: it is read, kept, and applied.

Applied to the first agreement it gives the second, exactly. What did not change is named by its
path and not repeated. Citations and assumptions are outside, as they are outside the digests: who
says a rule is no part of what it costs.

Source: “difference of two agreements (added, dropped, changed)”; semantics 13.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import attrs

from healthduty.convert.digest import digest
from healthduty.display import Table
from healthduty.errors import UsageError
from healthduty.model.agreement import Agreement
from healthduty.results.agreement_matching import spots
from healthduty.results.agreement_words import (
    field_text,
    kind_text,
    list_text,
    record_text,
    value_text,
)
from healthduty.rules.measure import Measure, Word
from healthduty.wording import Language, check_language
from healthduty.wording.names import Vocabulary

LISTS = (
    "measures",
    "vetoes",
    "funding",
    "phases",
    "obligations",
    "consequences",
    "parties",
    "responsible",
    "signatures",
)
"""The lists of an agreement beside its items."""


class Sort(Word):
    """What became of a record."""

    ADDED = "added"
    DROPPED = "dropped"
    CHANGED = "changed"
    RENUMBERED = "renumbered"
    MOVED = "moved"

    def text(self, lang: Language = "zh") -> str:
        """Return the word for it in a language."""
        return _SORTS[lang][self]


_SORTS = {
    "zh": dict(zip(Sort, ("新增", "删除", "修改", "改号", "调整位置"), strict=True)),
    "en": {sort: sort.value for sort in Sort},
}


@attrs.frozen
class Remark:
    """One change in words: of what sort of record, which one, what became of it, and how."""

    kind: str
    label: str
    sorts: tuple[Sort, ...]
    text: str


@attrs.frozen
class FieldChange:
    """A field of a record, and its value before and after."""

    field: str
    before: Any
    after: Any


@attrs.frozen
class Entry:
    """A record of the new agreement: the path of the old one, and what of it changed.

    `was` is empty for a record that is new; `added` is then the record, without the items in it.
    `label` is its number and title, or its code. `parts` are the items in it; None where they are
    those of the old one, unchanged. `moved` says that it stands in another item, or elsewhere
    among its neighbours.
    """

    kind: str
    label: str
    was: str = ""
    changes: tuple[FieldChange, ...] = ()
    added: Any = None
    parts: tuple[Entry, ...] | None = None
    moved: bool = False

    @property
    def is_same(self) -> bool:
        """Whether it is the old record with all that stands in it."""
        return bool(self.was) and not self.changes and self.parts is None

    def walk(self) -> Iterator[Entry]:
        """Go through the entry and those in it."""
        yield self
        for part in self.parts or ():
            yield from part.walk()


@attrs.frozen
class Dropped:
    """A record that the new agreement no longer has, without the items that stood in it."""

    path: str
    label: str
    record: Any


@attrs.frozen
class ListChange:
    """A list of the agreement in which anything changed: all its entries now, and what is gone."""

    field: str
    entries: tuple[Entry, ...]
    dropped: tuple[Dropped, ...]


class Counts(NamedTuple):
    """How many records were added, dropped, changed in what they say, renumbered, moved."""

    added: int
    dropped: int
    changed: int
    renumbered: int
    moved: int


@attrs.frozen
class AgreementDifference:
    """What makes one agreement another.

    `before` and `after` are their digests. `changes` are those of the agreement's own fields,
    `lists` those of measures, vetoes, funding, duties and the like, `items` the sections and
    indicators. `measures` are those of the first agreement, by which old rules are worded.
    """

    before: str
    after: str
    title: str
    changes: tuple[FieldChange, ...] = ()
    lists: tuple[ListChange, ...] = ()
    items: ListChange | None = None
    measures: tuple[Measure, ...] = attrs.field(default=(), repr=False)

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.changes or self.lists or self.items)

    def apply(self, agreement: Agreement) -> Agreement:
        """Return the second agreement, made of the first.

        Raises:
            UsageError: for any other agreement than the first; or where the difference was
                changed by hand and no longer leads to the second.
        """
        if digest(agreement) != self.before:
            raise UsageError(f"this difference does not start from `{agreement.title}` as it is")
        new: dict[str, Any] = {each.field: each.after for each in self.changes}
        old: dict[str, Any] = {spot.path: spot.node for spot in spots(agreement)}
        for each in self.lists:
            old |= _paths(each.field, getattr(agreement, each.field))
            new[each.field] = tuple(_made(entry, old) for entry in each.entries)
        if self.items is not None:
            new["parts"] = tuple(_made(entry, old) for entry in self.items.entries)
        made = attrs.evolve(agreement, **new)
        if digest(made) != self.after:
            raise UsageError(f"this difference does not lead to `{self.title}` as it was")
        return made

    def counts(self, field: str) -> Counts:
        """Return how many records of a list changed: `items`, `measures`, `vetoes`, ….

        Raises:
            UsageError: no such list.
        """
        if field not in (*LISTS, "items"):
            raise UsageError(f"`{field}` is none of items, {', '.join(LISTS)}")
        known = {each.field: each for each in (*self.lists, *filter(None, [self.items]))}
        found = known.get("parts" if field == "items" else field)
        if found is None:
            return Counts(0, 0, 0, 0, 0)
        entries = [entry for each in found.entries for entry in each.walk()]
        fields = [{change.field for change in entry.changes} for entry in entries]
        return Counts(
            added=sum(not entry.was for entry in entries),
            dropped=len(found.dropped),
            changed=sum(bool(names - {"number"}) for names in fields),
            renumbered=sum("number" in names for names in fields),
            moved=sum(entry.moved for entry in entries),
        )

    @property
    def new_measures(self) -> tuple[Measure, ...]:
        """The measures of the second agreement."""
        change = next((each for each in self.lists if each.field == "measures"), None)
        if change is None:
            return self.measures
        old = _paths("measures", self.measures)
        return tuple(_made(entry, old) for entry in change.entries)

    def remarks(self, lang: Language = "zh") -> tuple[Remark, ...]:
        """Return every change in words, in the order of the new agreement, what is gone last.

        Raises:
            UsageError: an unknown language.
        """
        check_language(lang)
        return tuple(_Teller(self, lang).remarks())

    def table(self, lang: Language = "zh") -> Table:
        """Return the changes as a table, with how many there are of each sort.

        Raises:
            UsageError: an unknown language.
        """
        rows = [
            ("、" if lang == "zh" else ", ").join(sort.text(lang) for sort in each.sorts)
            for each in self.remarks(lang)
        ]
        told = zip(rows, self.remarks(lang), strict=True)
        zh = lang == "zh"
        return Table(
            headings=("变化", "类别", "对象", "内容") if zh else ("change", "what", "which", "how"),
            rows=tuple((sorts, each.kind, each.label, each.text) for sorts, each in told),
            title=self.title,
            notes=tuple(self._summary(lang)) or (("没有变化" if zh else "nothing differs"),),
            most=60,
        )

    def _summary(self, lang: Language) -> Iterator[str]:
        """Go through the lists that changed, and how many records of each sort."""
        for name in ("items", *LISTS):
            told = [
                f"{_SORTS[lang][sort]}{count}" if lang == "zh" else f"{count} {sort.value}"
                for sort, count in zip(Sort, self.counts(name), strict=True)
                if count
            ]
            if told:
                what = list_text(name, lang)
                yield f"{what}：{'、'.join(told)}" if lang == "zh" else f"{what}: {', '.join(told)}"

    def __str__(self) -> str:
        """Return the changes as text."""
        return self.table().text()

    def _repr_html_(self) -> str:
        return self.table().html()


def _paths(field: str, records: Sequence[Any]) -> dict[str, Any]:
    return {f"{field}[{place}]": record for place, record in enumerate(records)}


def _made(entry: Entry, old: dict[str, Any]) -> Any:  # noqa: ANN401 - a record of the model
    """Return the new record of an entry."""
    record = old[entry.was] if entry.was else entry.added
    new: dict[str, Any] = {each.field: each.after for each in entry.changes}
    if entry.parts is not None:
        new["parts"] = tuple(_made(part, old) for part in entry.parts)
    return attrs.evolve(record, **new) if new else record


class _Teller:
    """A difference on its way to words: old rules by the old measures, new ones by the new."""

    def __init__(self, difference: AgreementDifference, lang: Language) -> None:
        self.difference, self.lang = difference, lang
        self.old = Vocabulary(difference.measures)
        self.new = Vocabulary(difference.new_measures)

    def remarks(self) -> Iterator[Remark]:
        """Go through all changes: the agreement's own, its items, its lists."""
        found = self.difference
        if found.changes:
            kind = kind_text("agreement", self.lang)
            yield Remark(kind, found.title, (Sort.CHANGED,), self._fields(found.changes))
        for each in (*filter(None, [found.items]), *found.lists):
            for entry in each.entries:
                yield from self._entry(entry)
            for gone in each.dropped:
                kind = kind_text(type(gone.record).__name__.lower(), self.lang)
                text = record_text(gone.record, self.old, self.lang)
                yield Remark(kind, gone.label, (Sort.DROPPED,), text)

    def _entry(self, entry: Entry) -> Iterator[Remark]:
        """Go through the changes of a record and of those in it."""
        kind = kind_text(entry.kind, self.lang)
        if not entry.was:
            text = record_text(entry.added, self.new, self.lang)
            yield Remark(kind, entry.label, (Sort.ADDED,), text)
        elif entry.changes or entry.moved:
            yield Remark(kind, entry.label, tuple(_sorts(entry)), self._fields(entry.changes))
        for part in entry.parts or ():
            yield from self._entry(part)

    def _fields(self, changes: Sequence[FieldChange]) -> str:
        return "\n".join(self._field(each) for each in changes)

    def _field(self, change: FieldChange) -> str:
        """Return one field's change: of several rules or targets, those that came and went."""
        name = field_text(change.field, self.lang)
        old = [value_text(each, self.old, self.lang) for each in _several(change.before)]
        new = [value_text(each, self.new, self.lang) for each in _several(change.after)]
        gone, come = (
            list((Counter(old) - Counter(new)).elements()),
            list((Counter(new) - Counter(old)).elements()),
        )
        if not gone and not come:
            return f"{name}：顺序调整" if self.lang == "zh" else f"{name}: in another order"
        comma = "；" if self.lang == "zh" else "; "
        before, after = comma.join(gone) or self._none(), comma.join(come) or self._none()
        return f"{name}：{before} → {after}" if self.lang == "zh" else f"{name}: {before} → {after}"

    def _none(self) -> str:
        return value_text(None, {}, self.lang)


def _several(value: object) -> tuple[object, ...]:
    """Return the parts of a list, or the one value."""
    return value if isinstance(value, tuple) else (value,)


def _sorts(entry: Entry) -> Iterator[Sort]:
    """Go through what became of a record that stayed."""
    names = {change.field for change in entry.changes}
    if names - {"number"}:
        yield Sort.CHANGED
    if "number" in names:
        yield Sort.RENUMBERED
    if entry.moved:
        yield Sort.MOVED
