"""From the tree of errors that structuring leaves to findings, each with its JSON path.

A file is read to its end and every fault is reported at once. cattrs gathers the errors as a
tree of exception groups whose notes name fields and indices; its own sentences would say
“invalid value” where a rule has said what is wrong, so the tree is flattened here.

Source: semantics 12 (nothing is dropped).

>>> fault = FaultError("json-type", "expected a number, found a list")
>>> print(*findings_of(fault, "a.json", "$.points"))
error json-type: a.json, $.points: expected a number, found a list
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator

import attrs
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    IterableValidationNote,
)

from healthduty.convert.hints import element_of, fields_of, members_of_union
from healthduty.convert.jsontext import shortened
from healthduty.convert.kinds import KIND_OF, table_of
from healthduty.findings import Finding
from healthduty.said import Said, joined, reason_of
from healthduty.sources import Place

_LONGEST_NAME = 60
"""No name of ours is longer; comparing longer ones would only cost time."""


class FaultError(Exception):
    """One fault of a file, on its way up to where its path is known."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Keep what the finding will say."""
        self.code = code
        self.message = message
        self.hint = hint
        super().__init__(message)


class UnknownFieldsError(Exception):
    """Fields that a class does not have, with what they hold."""

    def __init__(self, kind: type, entries: dict[str, object]) -> None:
        """Keep the class and its unknown fields."""
        self.kind = kind
        self.entries = entries
        super().__init__(*entries)


def findings_of(error: Exception, source: str, path: str = "$") -> Iterator[Finding]:
    """Go through all faults in a tree of errors, in the order of the fields.

    Raises:
        Exception: the error itself where it is none that a file can cause.
    """
    match error:
        case BaseValidationError():
            for each in error.exceptions:
                name = _missing_field(each)
                if name is not None:
                    yield _missing(name, error.cl, Place(source, path=path))
                else:
                    yield from findings_of(each, source, path + _step(each))
        case UnknownFieldsError():
            for name, value in sorted(error.entries.items()):
                place = Place(source, path=join(path, name))
                yield _unknown_field(name, value, error.kind, place)
        case FaultError():
            place = Place(source, path=path)
            yield Finding(error.code, error.message, place=place, hint=error.hint)
        case ValueError():  # what a converter or a validator of the model refuses
            yield Finding("json-value", reason_of(error), place=Place(source, path=path))
        case _:
            raise error


def join(path: str, key: str) -> str:
    """Return the path of an object's entry.

    >>> join("$.values", "满意率"), join("$.values", "2.1")
    ('$.values.满意率', '$.values["2.1"]')
    """
    key = shortened(key)
    return (
        f"{path}.{key}" if key.isidentifier() else f"{path}[{json.dumps(key, ensure_ascii=False)}]"
    )


def _step(error: Exception) -> str:
    for note in getattr(error, "__notes__", ()):
        match note:
            case AttributeValidationNote():
                return join("", note.name)
            case IterableValidationNote(index=int() as index):
                return f"[{index}]"
            case IterableValidationNote(index=str() as key):
                return join("", key)
    return ""


def _missing_field(error: Exception) -> str | None:
    # The generated code looks every field up; our own hooks never let a KeyError through.
    return error.args[0] if isinstance(error, KeyError) else None


def _missing(name: str, kind: type, place: Place) -> Finding:
    needed = [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING]
    hint = Said(
        f"{words(kind)} needs {listed(needed)}", f"{words(kind).zh}必须有{listed(needed).zh}"
    )
    return Finding(
        "json-missing", Said(f"`{name}` is missing", f"缺`{name}`"), place=place, hint=hint
    )


def _unknown_field(name: str, value: object, kind: type, place: Place) -> Finding:
    names = [field.name for field in fields_of(kind)]
    message = Said(
        f"`{shortened(name)}` is no field of {words(kind)}",
        f"{words(kind).zh}没有`{shortened(name)}`这一项",
    )
    known = Said("it has none", "它没有任何项")
    if names:
        known = Said(f"its fields: {listed(names)}", f"可用的有：{listed(names).zh}")
    return Finding(
        "json-unknown-field", message, place=place, hint=_meant(name, value, kind) or known
    )


def _meant(name: str, value: object, kind: type) -> str:
    """Return the hint that names the field that was meant, or none.

    A list or an object is meant for a field that holds such. The kind of its entries tells more
    than its name: whoever writes `sections` means `parts`, and not `citation`.
    """
    fields = fields_of(kind)
    if not isinstance(value, (list, dict)):
        return nearest(name, [field.name for field in fields])
    first = value[0] if isinstance(value, list) and value else value
    word = first.get("kind") if isinstance(first, dict) else None
    meant = [field.name for field in fields if word in _kinds_in(field.type)]
    if len(meant) == 1:
        return Said(f"did you mean `{meant[0]}`?", f"是不是`{meant[0]}`？")
    return nearest(name, [field.name for field in fields if _holds(field.type)])


def _holds(hint: object) -> bool:
    """Tell whether a field of this type holds a list or an object."""
    members = members_of_union(hint) or frozenset({hint})
    return any(
        element_of(each) is not None or (isinstance(each, type) and attrs.has(each))
        for each in members
    )


def _kinds_in(hint: object) -> frozenset[str]:
    """Return the kinds of what a field holds, alone or in a list."""
    element = element_of(hint) or hint
    members = members_of_union(element) or frozenset({element})
    classes = (each for each in members if isinstance(each, type))
    table = table_of(frozenset(each for each in classes if each in KIND_OF))
    return frozenset(table.members if table else ())


def words(kind: type) -> Said:
    """Return what a message calls a class: its kind, or its name in words.

    >>> from healthduty.model.party import ResponsiblePerson
    >>> words(ResponsiblePerson)
    'a responsible person'
    """
    if kind in KIND_OF:
        return Said(f"`{KIND_OF[kind]}`", f"`{KIND_OF[kind]}`")
    name = re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()
    article = "an" if name[0] in "aeiou" else "a"
    return Said(f"{article} {name}", f"`{kind.__name__}`")


def listed(names: Iterable[str]) -> Said:
    """Return names in backticks, with commas."""
    return joined(f"`{name}`" for name in names)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the hint that names what was probably meant, or no hint.

    >>> nearest("pionts", ["points", "cap"])
    'did you mean `points`?'
    """
    near = difflib.get_close_matches(name, known, n=1) if len(name) <= _LONGEST_NAME else []
    return Said(f"did you mean `{near[0]}`?", f"是不是`{near[0]}`？") if near else ""
