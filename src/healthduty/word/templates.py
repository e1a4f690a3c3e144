"""A bureau's own Word file with placeholders: `{{ 总分 }}` becomes the points, loops become rows.

Each placeholder that names nothing is a finding, all of them at once; nothing is left blank in
silence. A template comes from outside: it is measured before it is opened, and can't run code.

Source: “a bureau's own .docx template with placeholders”; “Safety”; semantics 12.

>>> from healthduty.word.extras import new_document
>>> form, file = new_document(), io.BytesIO()
>>> _ = form.add_paragraph("总分{{ 总份 }}")
>>> form.save(file)
>>> Template.read(file.getvalue()).filled({"总分": "47.5"})
Traceback (most recent call last):
    ...
healthduty.errors.SourceError: template: 1 fault
  error template-unknown: template: `总份` names nothing (`context_of` says which names there are)
"""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import attrs

from healthduty.convert.files import replace_file
from healthduty.errors import SourceError, UsageError
from healthduty.grids.archives import measure, refuse
from healthduty.said import Said
from healthduty.sources import Place
from healthduty.word.context import FIELDS
from healthduty.word.official import xml_text
from healthduty.word.sandbox import Sandbox

try:
    from docx.opc.exceptions import PackageNotFoundError
    from docxtpl import DocxTemplate
    from jinja2 import TemplateError
except ImportError as error:  # pragma: no cover - the tests need docxtpl to be there
    raise ImportError(
        Said(
            "a Word template needs docxtpl: pip install healthduty[word]",
            "套用Word模板要装docxtpl：pip install healthduty[word]",
        )
    ) from error

_Source = str | os.PathLike[str] | bytes
# A SyntaxError is of the XML: lxml's own descends from it.
_BROKEN = (
    TemplateError,
    SyntaxError,
    PackageNotFoundError,
    BadZipFile,
    KeyError,
    ValueError,
    RecursionError,
)


def fill_template(
    template: str | os.PathLike[str] | bytes,
    context: Mapping[str, Any],
    path: str | os.PathLike[str],
) -> None:
    """Fill a .docx template and write what it makes, in one step.

    `context` is what `context_of` returns, with whatever names are added to it: texts, numbers,
    lists of texts, or lists of rows.

    Raises:
        ImportError: without docxtpl (`pip install healthduty[word]`).
        OSError: a file that can't be read or written; an old one is untouched.
        SourceError: a template with faults, all of them: unknown names, code, broken tags.
        UsageError: a context that holds more than plain data.
    """
    replace_file(path, Template.read(template).filled(context))


@attrs.frozen
class Template:
    """A template's bytes, known to be a harmless archive, and its name in findings."""

    data: bytes
    name: str

    @classmethod
    def read(cls, source: _Source) -> Template:
        """Read a template from its path or its bytes.

        Raises:
            OSError: a path that can't be read.
            SourceError: no Word file, or one that is too large, encrypted or bent.
        """
        data = source if isinstance(source, bytes) else Path(source).read_bytes()
        name = Said("template", "模板") if isinstance(source, bytes) else Path(source).name
        if not any(part.startswith("word/") for part in measure(data, name)):
            refuse(name, "file-format", Said("this is no Word file", "这不是Word文件"))
        return cls(data, name)

    def filled(self, context: Mapping[str, Any]) -> bytes:
        """Return the bytes of the filled file.

        Raises:
            SourceError: with every fault of the template.
            UsageError: a context that holds more than plain data.
        """
        values = {name: _plain(value, name) for name, value in context.items()}
        sandbox = Sandbox(values, FIELDS)
        try:
            document = DocxTemplate(io.BytesIO(self.data))
            document.get_undeclared_template_variables(sandbox)
            self._stop(sandbox)
            document.render(values, sandbox, autoescape=True)
            self._stop(sandbox)
            file = io.BytesIO()
            document.save(file)
        except _BROKEN as error:
            self._stop(sandbox)
            refuse(self.name, "template-broken", _unfilled(error))
        return file.getvalue()

    def _stop(self, sandbox: Sandbox) -> None:
        """Refuse the template where anything is wrong with it."""
        if sandbox.faults:
            place = Place(self.name)
            found = tuple(attrs.evolve(each, place=place) for each in sandbox.faults)
            raise SourceError(self.name, found)


def _unfilled(error: Exception) -> Said:
    """Return that a template can't be filled; what the libraries say is quoted as it is."""
    match error:
        case TemplateError():
            why = "占位符或标签写法有误"
        case RecursionError():
            why = "嵌套过深"
        case _:
            why = "文件有损坏"
    return Said(f"the template can't be filled: {error}", f"模板无法填写，{why}：`{error}`")


def _plain(value: object, name: str) -> Any:  # noqa: ANN401 - data of any shape
    """Return a value as texts, lists and rows; what is none of these is refused.

    A text can't break the file: what no XML may hold is replaced.
    """
    if isinstance(value, str):
        return xml_text(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each, f"{name}.{key}") for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [_plain(each, name) for each in value]
    if isinstance(value, int) or type(value).__name__ in ("Decimal", "Fraction", "date"):
        return str(value)
    raise UsageError(f"`{name}` is no text, list or row: {type(value)}")
