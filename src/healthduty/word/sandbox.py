"""What a template may do: name a value, go through a list, choose. It can't run code.

A template is a file that somebody sent. Only what stands in the list below is let through, each
other thing is a finding, and attributes are looked up in data alone: never in Python.

Source: “Safety”; architecture, “Nothing from a file is ever evaluated”.

>>> sandbox = Sandbox({"总分": "47.5"}, {})
>>> try:
...     sandbox.parse("{{ 总分 }} {{ 等次 }} {{ 总分.__class__ }} {{ range(9) }}")
... except TemplateAssertionError:
...     for fault in sandbox.faults:
...         print(fault.code, fault.message)
template-unknown `等次` names nothing
template-unsafe `总分.__class__` looks into a value that is no row
template-unsafe a template can't call anything
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from healthduty.findings import Finding
from healthduty.said import Said, joined

try:
    from jinja2 import StrictUndefined, TemplateAssertionError, nodes
    from jinja2.sandbox import SandboxedEnvironment
except ImportError as error:  # pragma: no cover - the tests need docxtpl to be there
    raise ImportError(
        Said(
            "a Word template needs docxtpl: pip install healthduty[word]",
            "套用Word模板要装docxtpl：pip install healthduty[word]",
        )
    ) from error

_LET = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.Getitem,
    nodes.For,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Test,
)
"""All that a template is made of: values, loops, choices, comparisons."""

_WHAT = {
    nodes.Call: Said("call anything", "调用函数"),
    nodes.Include: Said("include another file", "引入其他文件"),
    nodes.Import: Said("include another file", "引入其他文件"),
    nodes.FromImport: Said("include another file", "引入其他文件"),
    nodes.Extends: Said("include another file", "引入其他文件"),
    nodes.Macro: Said("define anything", "定义宏"),
    nodes.Assign: Said("set anything", "给变量赋值"),
    nodes.AssignBlock: Said("set anything", "给变量赋值"),
}
_FILTERS = ("join", "length", "first", "last", "upper", "lower", "trim", "reverse")
_TESTS = ("even", "odd", "eq", "ne", "in")
_LOOP = frozenset({"index", "index0", "revindex", "first", "last", "length"})
_DEEPEST = 2
_HINT = Said("`context_of` says which names there are", "可用的名称见`context_of`")


class Sandbox(SandboxedEnvironment):  # type: ignore[misc, unused-ignore]  # Any without it
    """The environment that templates are filled in: every fault of them is collected."""

    def __init__(self, context: Mapping[str, Any], fields: Mapping[str, Sequence[str]]) -> None:
        """Take the values by name, and the fields of rows for lists that may be empty."""
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests = {name: self.tests[name] for name in _TESTS}
        self._values, self._fields = context, fields
        self._depth = 0
        self.faults: dict[Finding, None] = {}

    def parse(self, source: str, name: str | None = None, filename: str | None = None) -> Any:  # noqa: ANN401
        """Read a template, and go no further with one that has faults.

        Raises:
            TemplateAssertionError: there are faults; they are collected in `faults`.
        """
        tree = super().parse(source, name, filename)
        self._check(tree, {})
        if self.faults:  # what comes next works constants out: 9 ** 9 ** 9 must not get there
            raise TemplateAssertionError("the template has faults", 1)
        return tree

    def compile(self, source: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Make a template ready to be filled; what was not parsed before is looked at now."""
        if isinstance(source, str):
            self.parse(source)
        return super().compile(source, *args, **kwargs)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401
        """Return the field of a row, or the count of a loop; nothing else has attributes."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if attribute in _LOOP and type(obj).__name__ == "LoopContext":
            return getattr(obj, attribute)
        return self.undefined(obj=obj, name=attribute)

    # --- looking ------------------------------------------------------------------------------

    def _fault(self, code: str, message: str, hint: str = "") -> None:
        self.faults[Finding(code, message, hint=hint)] = None

    def _check(self, node: nodes.Node, rows: Mapping[str, tuple[str, ...] | None]) -> None:
        """Look at a node and all below it; `rows` are the names of loops with their fields."""
        if not isinstance(node, _LET):
            words = next((what for kind, what in _WHAT.items() if isinstance(node, kind)), None)
            node_name = f"`{type(node).__name__.lower()}`"
            said = words or Said(f"use {node_name}", f"使用{node_name}")
            message = Said(f"a template can't {said}", f"模板里不能{said.zh}")
            self._fault("template-unsafe", message)
            return
        match node:
            case nodes.For():
                self._check_loop(node, rows)
                return
            case nodes.Output(nodes=written):
                self._check_written(written, rows)
            case (
                nodes.Getattr(node=inner, attr=name)
                | nodes.Getitem(node=inner, arg=nodes.Const(value=name))
            ):
                self._check_field(inner, str(name), rows)
                return
            case nodes.Getitem():
                message = Said("a field is named, not worked out", "字段要写明名称，不能算出来")
                self._fault("template-unsafe", message)
                return
            case nodes.Name(name=name):
                if name not in self._values and name not in rows:
                    self._fault("template-unknown", _nothing(name), _HINT)
            case nodes.Filter(name=name) if name not in _FILTERS:
                message = Said(f"no filter `{name}`", f"没有过滤器`{name}`")
                self._fault("template-unsafe", message, _there_are(_FILTERS))
            case nodes.Test(name=name) if name not in _TESTS:
                message = Said(f"no test `{name}`", f"没有判断`{name}`")
                self._fault("template-unsafe", message, _there_are(_TESTS))
            case _:
                pass
        for child in node.iter_child_nodes():
            self._check(child, rows)

    def _check_written(
        self, written: Sequence[nodes.Node], rows: Mapping[str, tuple[str, ...] | None]
    ) -> None:
        """Refuse to print what is no text: a list would stand there in Python's brackets."""
        for node in written:
            if not isinstance(node, nodes.Name):
                continue
            several = isinstance(self._values.get(node.name), (list, dict))
            if rows[node.name] is not None if node.name in rows else several:
                message = Said(
                    f"`{node.name}` is no text: go through it, or join it",
                    f"`{node.name}`不是文本：请用循环逐项写出，或连接起来",
                )
                self._fault("template-broken", message)

    def _check_loop(self, node: nodes.For, rows: Mapping[str, tuple[str, ...] | None]) -> None:
        self._check(node.iter, rows)
        if self._depth >= _DEEPEST:  # ten loops in each other write for a year
            message = Said(
                f"more than {_DEEPEST} loops stand in each other", f"循环嵌套超过{_DEEPEST}层"
            )
            self._fault("template-unsafe", message)
            return
        if not isinstance(node.target, nodes.Name) or node.recursive:
            message = Said(
                "a loop goes through one list, with one name", "一个循环只取一个列表，只用一个名称"
            )
            self._fault("template-unsafe", message)
            return
        fields: tuple[str, ...] | None = None
        if isinstance(node.iter, nodes.Name):
            fields = self._fields_of(node.iter.name)
        inner = {**rows, node.target.name: fields, "loop": tuple(_LOOP)}
        self._depth += 1
        for child in (*node.body, *node.else_, *([node.test] if node.test else [])):
            self._check(child, inner)
        self._depth -= 1

    def _fields_of(self, name: str) -> tuple[str, ...] | None:
        """Return the fields of a list's rows, or None where its members are texts."""
        members = self._values.get(name)
        if not isinstance(members, Sequence) or isinstance(members, str):
            return None
        if not members:
            return tuple(self._fields.get(name, ())) or None
        return tuple(members[0]) if isinstance(members[0], Mapping) else None

    def _check_field(
        self, inner: nodes.Node, field: str, rows: Mapping[str, tuple[str, ...] | None]
    ) -> None:
        fields = rows.get(inner.name) if isinstance(inner, nodes.Name) else None
        said = f"{inner.name}.{field}" if isinstance(inner, nodes.Name) else field
        if fields is None:
            self._check(inner, rows)
            message = Said(
                f"`{said}` looks into a value that is no row", f"`{said}`要取字段，但这个值不是一行"
            )
            self._fault("template-unsafe", message)
        elif field not in fields:
            known = joined(sorted(fields))
            hint = Said(f"its fields are {known}", f"可用的字段有：{known.zh}")
            self._fault("template-unknown", _nothing(said), hint)


def _nothing(name: str) -> Said:
    return Said(f"`{name}` names nothing", f"没有名为`{name}`的内容")


def _there_are(names: Sequence[str]) -> Said:
    known = joined(names)
    return Said(f"there are {known}", f"可用的有：{known.zh}")
