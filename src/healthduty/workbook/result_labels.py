"""What the steps of a computation are called, so that a person can follow them down the sheet.

Source: “live formulas”; docs/en/explanation/live-formulas.md.
"""

from __future__ import annotations

from collections.abc import Sequence

from healthduty.columns.spans import Key
from healthduty.scoring.ops import CasesOp, GroupOp, RuleRef
from healthduty.wording import Language
from healthduty.workbook.formulas import rows_of
from healthduty.workbook.formulas_template import Template
from healthduty.workbook.formulas_terms import Number, Term, Truth, is_wide
from healthduty.workbook.result_rows import BodyRow
from healthduty.workbook.result_shape import Live, RowTerms
from healthduty.workbook.result_words import WORDS


def step_labels(
    template: Template, body: Sequence[BodyRow], live: Live, lang: Language
) -> tuple[str, ...]:
    """Return the label of each step of a sheet."""
    labels = _Labels(template, lang)
    for row, terms in zip(body, live.terms, strict=True):
        labels.name_row(row, terms)
    labels.name_outcome()
    return tuple(labels.of(step.term) for step in live.steps)


def fixed_labels(template: Template, live: Live, lang: Language) -> tuple[str, ...]:
    """Return the labels of the steps that stand as values."""
    labels = _Labels(template, lang)
    return tuple(labels.of_key(key) for key in live.sites.fixed)


def wide_labels(
    template: Template, body: Sequence[BodyRow], live: Live, lang: Language
) -> tuple[str, ...]:
    """Return what is too wide for formulas beside the steps: rows, total, money."""
    words, followed = WORDS[lang], template.followed
    names = [
        row.name
        for row, terms in zip(body, live.terms, strict=True)
        if any(map(is_wide, (terms.change, terms.points, terms.unsure)))
    ]
    names += [words["total"]] if is_wide(followed.total) else []
    pools = [pool.policy for pool in followed.money if is_wide(pool.fen)]
    return (*names, *(policy.name or policy.code for policy in pools))


def case_names(template: Template, lang: Language) -> tuple[str, ...]:
    """Return what the rules are called that read the list of cases, by tally."""
    if template.listed is None:
        return ()
    amounts = _Labels(template, lang).amounts
    by_slot: dict[int, list[str]] = {}
    for op in template.plan.ops:
        if isinstance(op, CasesOp):
            by_slot.setdefault(op.slot, []).append(amounts.get(op.out, WORDS[lang]["whole"]))
    return tuple(
        WORDS[lang]["list"].join(dict.fromkeys(by_slot.get(tally.place, [])))
        for tally in template.listed.tallies
    )


class _Labels:
    """Names terms: those that are shown by what they are, the others by what asked for them."""

    def __init__(self, template: Template, lang: Language) -> None:
        self.template, self.lang, self.words = template, lang, WORDS[lang]
        self.names: dict[int, str] = {}
        self.amounts: dict[int, str] = {}
        for ref in template.plan.refs:
            name = ref.number or self.words["whole"]
            rules = list(rows_of(ref.rules))
            for place, (rule, _) in enumerate(rules, start=1):
                if rule.op is not None:
                    numbered = f"{name} {self.words['rule'].format(place)}"
                    self.amounts[rule.op.out] = name if len(rules) == 1 else numbered
                    self._name_group(rule)

    def _name_group(self, rule: RuleRef) -> None:
        if isinstance(rule.op, GroupOp):
            self.amounts.setdefault(rule.op.out, self.words["whole"])

    def _name(self, thing: Number | Truth, what: str, name: str) -> None:
        if isinstance(thing, Term):
            self.names.setdefault(thing.place, self.words[what].format(name))

    def name_row(self, row: BodyRow, terms: RowTerms) -> None:
        """Name what a row shows."""
        name = row.name
        if terms.points is not None:
            self._name(terms.points, "of_inside", name)
        self._name(terms.change, "of_taken", name)
        self._name(terms.bonus, "of_beyond", name)
        self._name(terms.unsure, "of_unsure", name)
        if terms.tally is not None:
            self._name(terms.tally.top, "of_tally", name)
        if terms.target is not None:
            self._name(terms.target.top, "of_target", name)

    def name_outcome(self) -> None:
        """Name what follows from the total."""
        followed, written = self.template.followed, self.template.written
        agreement, words = self.template.plan.agreement, self.words
        self._name(written.earned, "of_inside", words["sum"])
        self._name(followed.total, "of_total", "")
        self._name(followed.told, "of_known", words["sum"])
        self._name(followed.known, "of_known", words["total"])
        self._name(followed.grade, "of_part", words["grade"])
        for veto, fact in zip(agreement.vetoes, followed.vetoes, strict=True):
            self._name(fact.holds, "of_part", veto.title or veto.code)
            self._name(fact.unknown, "of_unsure", veto.title or veto.code)
        names = case_names(self.template, self.lang)
        for name, price in zip(names, self.template.prices, strict=True):
            self._name(price, "of_price", name)
        for pool in followed.money:
            self._name(pool.fen, "of_part", pool.policy.name or pool.policy.code)

    def of(self, term: Term) -> str:
        """Return the name of a term."""
        known = self.names.get(term.place)
        return self.of_key(term.key) if known is None else known

    def of_key(self, key: Key | None) -> str:
        """Return the name of what asked for a term."""
        words = self.words
        if key is None:
            return words["of_part"].format(words["whole"])
        what, place = key
        if what in ("amount", "unknown"):
            name = self.amounts.get(place, words["whole"])
            return words["of_amount"].format(name)
        if what == "price":
            return words["of_price"].format(case_names(self.template, self.lang)[place])
        if what == "condition":
            return words["of_condition"].format(place + 1)
        if what == "node":
            name = self.template.plan.refs[place].number or words["whole"]
            return words["of_part"].format(name)
        return words["of_outcome"] if what == "outcome" else words["of_part"].format(words["whole"])
