"""healthduty: score the target responsibility agreements of China's health sector, exactly.

Everything public is here; what is not listed is not promised. A name is loaded when it is first
asked for, so that a tool pays only for what it uses: reading a rule does not load the JSON
converter. Type checkers read the imports below, Python the table; a test holds the two together.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from healthduty import catalogue
    from healthduty.calendars import (
        DaySpan,
        OfficialCalendar,
        OwnCalendar,
        Weekdays,
        WorkCalendar,
        deadline,
    )
    from healthduty.checks.check import check
    from healthduty.clauses.canonical.writing import write_clause, write_item
    from healthduty.clauses.clause import read_clause
    from healthduty.clauses.reading import ClauseReading
    from healthduty.clauses.text.pieces import Piece, Taken
    from healthduty.columns.batches import BatchScorer, batch_schema, score_batch
    from healthduty.columns.engines import Engine
    from healthduty.columns.expressions_polars import Scoring, to_polars
    from healthduty.columns.expressions_sql import to_sql
    from healthduty.columns.file_scores import FileScores
    from healthduty.columns.files import score_files
    from healthduty.columns.many import score_many
    from healthduty.columns.progress import Progress
    from healthduty.columns.references.counting import counting_of
    from healthduty.columns.references.files import freeze_files
    from healthduty.columns.references.frozen import References
    from healthduty.columns.references.work import freeze_references
    from healthduty.columns.summary import ItemSummary, Summary
    from healthduty.columns.table import ScoreTable
    from healthduty.convert.digest import digest
    from healthduty.convert.files import dumps, load, loads, save
    from healthduty.convert.schema import json_schema
    from healthduty.documents.agreements import read_agreement, read_agreements
    from healthduty.documents.item_text import ItemReading, read_item
    from healthduty.documents.passages import AgreementReading, Passage, TakenFor
    from healthduty.errors import (
        HealthdutyError,
        NumberError,
        RuleError,
        SourceError,
        UnknownNameError,
        UsageError,
    )
    from healthduty.exact import Number, Ratio, Rounding, RoundingMode
    from healthduty.findings import Finding, Findings, Severity
    from healthduty.hierarchy import Cascade, Child, HandDown, Shared, cascade
    from healthduty.model.agreement import Agreement, Supersedes
    from healthduty.model.excusal import (
        Excusal,
        FullPoints,
        MovedTo,
        PeersMean,
        Rescaled,
        Within,
        ZeroPoints,
    )
    from healthduty.model.funding import FundingPolicy, Override, Tier
    from healthduty.model.grades import Consequence, ConsequenceKind, Grade, GradeScale
    from healthduty.model.indicator import Indicator, Part, Section, Target
    from healthduty.model.obligation import Every, Obligation
    from healthduty.model.party import Party, ResponsiblePerson, Role, Signature, Term
    from healthduty.model.veto import (
        BarHonours,
        CapGrade,
        ForceGrade,
        LowerGrade,
        Veto,
        VetoEffect,
        WithholdMoney,
        ZeroSection,
        ZeroTotal,
    )
    from healthduty.plot.bounds import plot_bounds
    from healthduty.plot.canvas import save_picture
    from healthduty.plot.fonts import FontError, find_font
    from healthduty.plot.heat import plot_heat
    from healthduty.plot.ranking import plot_ranking
    from healthduty.plot.waterfall import plot_waterfall
    from healthduty.plot.years import plot_years
    from healthduty.ranks import Direction, Ties
    from healthduty.records.collection import Records
    from healthduty.records.files import write_records_json
    from healthduty.records.reading import read_records
    from healthduty.records.record import (
        MISSING,
        NOT_APPLICABLE,
        Case,
        Judged,
        Missing,
        NotApplicable,
        Observation,
        Origin,
        Period,
        Record,
        Sample,
        Statement,
        Value,
    )
    from healthduty.report.report import render_report, write_report
    from healthduty.results.agreement_data import dumps_difference, loads_difference
    from healthduty.results.agreement_difference import AgreementDifference, Remark
    from healthduty.results.agreements import diff
    from healthduty.results.among import Among
    from healthduty.results.changes import (
        Cause,
        Fate,
        ItemChange,
        LineChange,
        PointShift,
        Shift,
        ValueChange,
        Whole,
    )
    from healthduty.results.cohort import Cohort, resolve_references
    from healthduty.results.differing import SheetDifference, differ
    from healthduty.results.figures import Figure
    from healthduty.results.forecast import Forecast, Projected, forecast
    from healthduty.results.grade_limits import GradeLimit, LimitedGrades, limit_grades
    from healthduty.results.honours import Awards, Candidate, Quota, award
    from healthduty.results.losses import Loss, losses_of
    from healthduty.results.over_time import OverTime, beside
    from healthduty.results.paths import cheapest_tenths, cost_curve, paths_to
    from healthduty.results.paths_frontier import Price
    from healthduty.results.paths_plans import (
        Change,
        CostCurve,
        CurveStep,
        Path,
        Tenth,
        Tenths,
        Unreachable,
    )
    from healthduty.results.ranking import Ranked, rank, ranking_table
    from healthduty.results.references import Absentees, Reference, Way, peers_references
    from healthduty.results.resolved import Resolved, put_values
    from healthduty.results.rollup import (
        AllOrAny,
        MeanScore,
        RolledUp,
        Scored,
        mean_of,
        roll_up,
        scores_of,
    )
    from healthduty.results.runs import RunChange, RunDifference, compare_runs
    from healthduty.results.shares import divide_out
    from healthduty.results.shortfalls import Shortfall, shortfalls
    from healthduty.results.standing import (
        ByItem,
        ByMeasure,
        ByPopulation,
        Standing,
        StandingPlace,
        TieBreak,
        stand,
    )
    from healthduty.rules.condition import (
        AllOf,
        AnyOf,
        Comparator,
        Compare,
        Condition,
        Flag,
        Level,
        Not,
    )
    from healthduty.rules.measure import Absent, Measure, MeasureKind
    from healthduty.rules.points import FULL, Effect, Pick, Placement, Points, Reach, Share
    from healthduty.rules.rule import (
        Assumption,
        Band,
        Bands,
        Bonus,
        CaseBand,
        Curve,
        Deduction,
        Forfeit,
        Group,
        Judgement,
        Knot,
        LevelBand,
        Reading,
        Rule,
        Times,
    )
    from healthduty.rules.tally import (
        ByAttribute,
        Cases,
        Counting,
        Lacking,
        Once,
        StepsAbove,
        StepsBelow,
        Tally,
    )
    from healthduty.rules.threshold import Blank, ByKind, Given, Multiple, Threshold
    from healthduty.scoring.completions import Bounds
    from healthduty.scoring.face import ItemResult
    from healthduty.scoring.lines import Line, LineKind
    from healthduty.scoring.outcome import Honour, Money, VetoResult
    from healthduty.scoring.score import ReadingResult, bounds, readings, score
    from healthduty.scoring.sheet import ScoreSheet
    from healthduty.sources import Citation, Place, Span
    from healthduty.word.agreement import write_agreement_docx
    from healthduty.word.context import context_of, placeholders
    from healthduty.word.merging import agreement_for, merge_agreements
    from healthduty.word.notice import write_notice_docx, write_notices
    from healthduty.word.rectification import write_rectification_docx
    from healthduty.word.templates import fill_template
    from healthduty.wording.effects import effect_text, veto_effects_text, veto_name_text
    from healthduty.workbook.filled import read_filled
    from healthduty.workbook.result import ResultForm, WrittenResults, write_results
    from healthduty.workbook.template import write_template
    from healthduty.workbook.template_form import Facility
    from healthduty.year.assessments import Assessment, Combine, Combined, combine
    from healthduty.year.burden import Burden, Handover, falls_on, handover_table, handovers
    from healthduty.year.conduct import (
        Carry,
        ConductAccount,
        ConductThreshold,
        Demerit,
        Merit,
        Reversal,
    )
    from healthduty.year.conduct_course import ConductFigure, Course, Crossing
    from healthduty.year.corrections import Corrections, read_corrections, write_corrections
    from healthduty.year.corrective import CorrectiveItem, Entry, Event, State
    from healthduty.year.course import Step, StepKind
    from healthduty.year.days_off import CalendarReading, read_work_calendar
    from healthduty.year.duty_tables import due_table, duties_table
    from healthduty.year.feeding import feed, values_of
    from healthduty.year.ledgers import feed_ledger
    from healthduty.year.merging import merge_records, offices_of
    from healthduty.year.money import (
        Claim,
        Portion,
        Pot,
        claims_of,
        share_pot,
        share_pots,
        table_of_pots,
    )
    from healthduty.year.objections import Decision, Objection, ReviewTerms, Ruling
    from healthduty.year.obligations import Fulfilment, Met, fulfilment, fulfilments
    from healthduty.year.occasions import Occasion, Scope, occasions, required
    from healthduty.year.people import Charge, Seat, answers_for, check_people, in_charge, year_of
    from healthduty.year.phases import Phase, check_phases, phase_on
    from healthduty.year.rectification import Check, Per, Rescored, rectify, rescore
    from healthduty.year.review import Review, read_review, write_review
    from healthduty.year.submission_files import SubmissionReading, read_submissions
    from healthduty.year.submission_rows import SubmissionRow
    from healthduty.year.submissions import Submission, submissions_of
    from healthduty.year.withholding import Account, Movement, give_back, release, withhold

__all__ = [
    "FULL",
    "MISSING",
    "NOT_APPLICABLE",
    "Absent",
    "Absentees",
    "Account",
    "Agreement",
    "AgreementDifference",
    "AgreementReading",
    "AllOf",
    "AllOrAny",
    "Among",
    "AnyOf",
    "Assessment",
    "Assumption",
    "Awards",
    "Band",
    "Bands",
    "BarHonours",
    "BatchScorer",
    "Blank",
    "Bonus",
    "Bounds",
    "Burden",
    "ByAttribute",
    "ByItem",
    "ByKind",
    "ByMeasure",
    "ByPopulation",
    "CalendarReading",
    "Candidate",
    "CapGrade",
    "Carry",
    "Cascade",
    "Case",
    "CaseBand",
    "Cases",
    "Cause",
    "Change",
    "Charge",
    "Check",
    "Child",
    "Citation",
    "Claim",
    "ClauseReading",
    "Cohort",
    "Combine",
    "Combined",
    "Comparator",
    "Compare",
    "Condition",
    "ConductAccount",
    "ConductFigure",
    "ConductThreshold",
    "Consequence",
    "ConsequenceKind",
    "Corrections",
    "CorrectiveItem",
    "CostCurve",
    "Counting",
    "Course",
    "Crossing",
    "Curve",
    "CurveStep",
    "DaySpan",
    "Decision",
    "Deduction",
    "Demerit",
    "Direction",
    "Effect",
    "Engine",
    "Entry",
    "Event",
    "Every",
    "Excusal",
    "Facility",
    "Fate",
    "Figure",
    "FileScores",
    "Finding",
    "Findings",
    "Flag",
    "FontError",
    "ForceGrade",
    "Forecast",
    "Forfeit",
    "Fulfilment",
    "FullPoints",
    "FundingPolicy",
    "Given",
    "Grade",
    "GradeLimit",
    "GradeScale",
    "Group",
    "HandDown",
    "Handover",
    "HealthdutyError",
    "Honour",
    "Indicator",
    "ItemChange",
    "ItemReading",
    "ItemResult",
    "ItemSummary",
    "Judged",
    "Judgement",
    "Knot",
    "Lacking",
    "Level",
    "LevelBand",
    "LimitedGrades",
    "Line",
    "LineChange",
    "LineKind",
    "Loss",
    "LowerGrade",
    "MeanScore",
    "Measure",
    "MeasureKind",
    "Merit",
    "Met",
    "Missing",
    "Money",
    "MovedTo",
    "Movement",
    "Multiple",
    "Not",
    "NotApplicable",
    "Number",
    "NumberError",
    "Objection",
    "Obligation",
    "Observation",
    "Occasion",
    "OfficialCalendar",
    "Once",
    "Origin",
    "OverTime",
    "Override",
    "OwnCalendar",
    "Part",
    "Party",
    "Passage",
    "Path",
    "PeersMean",
    "Per",
    "Period",
    "Phase",
    "Pick",
    "Piece",
    "Place",
    "Placement",
    "PointShift",
    "Points",
    "Portion",
    "Pot",
    "Price",
    "Progress",
    "Projected",
    "Quota",
    "Ranked",
    "Ratio",
    "Reach",
    "Reading",
    "ReadingResult",
    "Record",
    "Records",
    "Reference",
    "References",
    "Remark",
    "Rescaled",
    "Rescored",
    "Resolved",
    "ResponsiblePerson",
    "ResultForm",
    "Reversal",
    "Review",
    "ReviewTerms",
    "Role",
    "RolledUp",
    "Rounding",
    "RoundingMode",
    "Rule",
    "RuleError",
    "Ruling",
    "RunChange",
    "RunDifference",
    "Sample",
    "Scope",
    "ScoreSheet",
    "ScoreTable",
    "Scored",
    "Scoring",
    "Seat",
    "Section",
    "Severity",
    "Share",
    "Shared",
    "SheetDifference",
    "Shift",
    "Shortfall",
    "Signature",
    "SourceError",
    "Span",
    "Standing",
    "StandingPlace",
    "State",
    "Statement",
    "Step",
    "StepKind",
    "StepsAbove",
    "StepsBelow",
    "Submission",
    "SubmissionReading",
    "SubmissionRow",
    "Summary",
    "Supersedes",
    "Taken",
    "TakenFor",
    "Tally",
    "Target",
    "Tenth",
    "Tenths",
    "Term",
    "Threshold",
    "TieBreak",
    "Tier",
    "Ties",
    "Times",
    "UnknownNameError",
    "Unreachable",
    "UsageError",
    "Value",
    "ValueChange",
    "Veto",
    "VetoEffect",
    "VetoResult",
    "Way",
    "Weekdays",
    "Whole",
    "WithholdMoney",
    "Within",
    "WorkCalendar",
    "WrittenResults",
    "ZeroPoints",
    "ZeroSection",
    "ZeroTotal",
    "agreement_for",
    "answers_for",
    "award",
    "batch_schema",
    "beside",
    "bounds",
    "cascade",
    "catalogue",
    "cheapest_tenths",
    "check",
    "check_people",
    "check_phases",
    "claims_of",
    "combine",
    "compare_runs",
    "context_of",
    "cost_curve",
    "counting_of",
    "deadline",
    "diff",
    "differ",
    "digest",
    "divide_out",
    "due_table",
    "dumps",
    "dumps_difference",
    "duties_table",
    "effect_text",
    "falls_on",
    "feed",
    "feed_ledger",
    "fill_template",
    "find_font",
    "forecast",
    "freeze_files",
    "freeze_references",
    "fulfilment",
    "fulfilments",
    "give_back",
    "handover_table",
    "handovers",
    "in_charge",
    "json_schema",
    "limit_grades",
    "load",
    "loads",
    "loads_difference",
    "losses_of",
    "mean_of",
    "merge_agreements",
    "merge_records",
    "occasions",
    "offices_of",
    "paths_to",
    "peers_references",
    "phase_on",
    "placeholders",
    "plot_bounds",
    "plot_heat",
    "plot_ranking",
    "plot_waterfall",
    "plot_years",
    "put_values",
    "rank",
    "ranking_table",
    "read_agreement",
    "read_agreements",
    "read_clause",
    "read_corrections",
    "read_filled",
    "read_item",
    "read_records",
    "read_review",
    "read_submissions",
    "read_work_calendar",
    "readings",
    "rectify",
    "release",
    "render_report",
    "required",
    "rescore",
    "resolve_references",
    "roll_up",
    "save",
    "save_picture",
    "score",
    "score_batch",
    "score_files",
    "score_many",
    "scores_of",
    "share_pot",
    "share_pots",
    "shortfalls",
    "stand",
    "submissions_of",
    "table_of_pots",
    "to_polars",
    "to_sql",
    "values_of",
    "veto_effects_text",
    "veto_name_text",
    "withhold",
    "write_agreement_docx",
    "write_clause",
    "write_corrections",
    "write_item",
    "write_notice_docx",
    "write_notices",
    "write_records_json",
    "write_rectification_docx",
    "write_report",
    "write_results",
    "write_review",
    "write_template",
    "year_of",
]

_NAMES = {
    "catalogue": ("catalogue",),
    "calendars": (
        "DaySpan",
        "OfficialCalendar",
        "OwnCalendar",
        "Weekdays",
        "WorkCalendar",
        "deadline",
    ),
    "checks.check": ("check",),
    "clauses.clause": ("read_clause",),
    "clauses.text.pieces": (
        "Piece",
        "Taken",
    ),
    "clauses.reading": ("ClauseReading",),
    "clauses.canonical.writing": (
        "write_clause",
        "write_item",
    ),
    "columns.batches": (
        "BatchScorer",
        "batch_schema",
        "score_batch",
    ),
    "columns.engines": ("Engine",),
    "columns.expressions_polars": (
        "Scoring",
        "to_polars",
    ),
    "columns.expressions_sql": ("to_sql",),
    "columns.file_scores": ("FileScores",),
    "columns.files": ("score_files",),
    "columns.many": ("score_many",),
    "columns.progress": ("Progress",),
    "columns.references.frozen": ("References",),
    "columns.references.counting": ("counting_of",),
    "columns.references.files": ("freeze_files",),
    "columns.references.work": ("freeze_references",),
    "columns.summary": (
        "ItemSummary",
        "Summary",
    ),
    "columns.table": ("ScoreTable",),
    "convert.digest": ("digest",),
    "convert.files": (
        "dumps",
        "load",
        "loads",
        "save",
    ),
    "convert.schema": ("json_schema",),
    "documents.agreements": (
        "read_agreement",
        "read_agreements",
    ),
    "documents.item_text": (
        "ItemReading",
        "read_item",
    ),
    "documents.passages": (
        "AgreementReading",
        "Passage",
        "TakenFor",
    ),
    "errors": (
        "HealthdutyError",
        "NumberError",
        "RuleError",
        "SourceError",
        "UnknownNameError",
        "UsageError",
    ),
    "exact": (
        "Number",
        "Ratio",
        "Rounding",
        "RoundingMode",
    ),
    "findings": (
        "Finding",
        "Findings",
        "Severity",
    ),
    "hierarchy": (
        "Cascade",
        "Child",
        "HandDown",
        "Shared",
        "cascade",
    ),
    "model.agreement": (
        "Agreement",
        "Supersedes",
    ),
    "model.excusal": (
        "Excusal",
        "FullPoints",
        "MovedTo",
        "PeersMean",
        "Rescaled",
        "Within",
        "ZeroPoints",
    ),
    "model.funding": (
        "FundingPolicy",
        "Override",
        "Tier",
    ),
    "model.grades": (
        "Consequence",
        "ConsequenceKind",
        "Grade",
        "GradeScale",
    ),
    "model.indicator": (
        "Indicator",
        "Part",
        "Section",
        "Target",
    ),
    "model.obligation": (
        "Every",
        "Obligation",
    ),
    "model.party": (
        "Party",
        "ResponsiblePerson",
        "Role",
        "Signature",
        "Term",
    ),
    "model.veto": (
        "BarHonours",
        "CapGrade",
        "ForceGrade",
        "LowerGrade",
        "Veto",
        "VetoEffect",
        "WithholdMoney",
        "ZeroSection",
        "ZeroTotal",
    ),
    "plot.bounds": ("plot_bounds",),
    "plot.canvas": ("save_picture",),
    "plot.fonts": (
        "FontError",
        "find_font",
    ),
    "plot.heat": ("plot_heat",),
    "plot.ranking": ("plot_ranking",),
    "plot.waterfall": ("plot_waterfall",),
    "plot.years": ("plot_years",),
    "ranks": (
        "Direction",
        "Ties",
    ),
    "records.collection": ("Records",),
    "records.files": ("write_records_json",),
    "records.reading": ("read_records",),
    "records.record": (
        "MISSING",
        "NOT_APPLICABLE",
        "Case",
        "Judged",
        "Missing",
        "NotApplicable",
        "Observation",
        "Origin",
        "Period",
        "Record",
        "Sample",
        "Statement",
        "Value",
    ),
    "report.report": (
        "render_report",
        "write_report",
    ),
    "results.agreement_data": (
        "dumps_difference",
        "loads_difference",
    ),
    "results.agreement_difference": (
        "AgreementDifference",
        "Remark",
    ),
    "results.agreements": ("diff",),
    "results.among": ("Among",),
    "results.changes": (
        "Cause",
        "Fate",
        "ItemChange",
        "LineChange",
        "PointShift",
        "Shift",
        "ValueChange",
        "Whole",
    ),
    "results.cohort": (
        "Cohort",
        "resolve_references",
    ),
    "results.differing": (
        "SheetDifference",
        "differ",
    ),
    "results.figures": ("Figure",),
    "results.forecast": (
        "Forecast",
        "Projected",
        "forecast",
    ),
    "results.grade_limits": (
        "GradeLimit",
        "LimitedGrades",
        "limit_grades",
    ),
    "results.honours": (
        "Awards",
        "Candidate",
        "Quota",
        "award",
    ),
    "results.losses": (
        "Loss",
        "losses_of",
    ),
    "results.over_time": (
        "OverTime",
        "beside",
    ),
    "results.paths": (
        "cheapest_tenths",
        "cost_curve",
        "paths_to",
    ),
    "results.paths_frontier": ("Price",),
    "results.paths_plans": (
        "Change",
        "CostCurve",
        "CurveStep",
        "Path",
        "Tenth",
        "Tenths",
        "Unreachable",
    ),
    "results.ranking": (
        "Ranked",
        "rank",
        "ranking_table",
    ),
    "results.references": (
        "Absentees",
        "Reference",
        "Way",
        "peers_references",
    ),
    "results.resolved": (
        "Resolved",
        "put_values",
    ),
    "results.rollup": (
        "AllOrAny",
        "MeanScore",
        "RolledUp",
        "Scored",
        "mean_of",
        "roll_up",
        "scores_of",
    ),
    "results.runs": (
        "RunChange",
        "RunDifference",
        "compare_runs",
    ),
    "results.shares": ("divide_out",),
    "results.shortfalls": (
        "Shortfall",
        "shortfalls",
    ),
    "results.standing": (
        "ByItem",
        "ByMeasure",
        "ByPopulation",
        "Standing",
        "StandingPlace",
        "TieBreak",
        "stand",
    ),
    "rules.condition": (
        "AllOf",
        "AnyOf",
        "Comparator",
        "Compare",
        "Condition",
        "Flag",
        "Level",
        "Not",
    ),
    "rules.measure": (
        "Absent",
        "Measure",
        "MeasureKind",
    ),
    "rules.points": (
        "FULL",
        "Effect",
        "Pick",
        "Placement",
        "Points",
        "Reach",
        "Share",
    ),
    "rules.rule": (
        "Assumption",
        "Band",
        "Bands",
        "Bonus",
        "CaseBand",
        "Curve",
        "Deduction",
        "Forfeit",
        "Group",
        "Judgement",
        "Knot",
        "LevelBand",
        "Reading",
        "Rule",
        "Times",
    ),
    "rules.tally": (
        "ByAttribute",
        "Cases",
        "Counting",
        "Lacking",
        "Once",
        "StepsAbove",
        "StepsBelow",
        "Tally",
    ),
    "rules.threshold": (
        "Blank",
        "ByKind",
        "Given",
        "Multiple",
        "Threshold",
    ),
    "scoring.completions": ("Bounds",),
    "scoring.face": ("ItemResult",),
    "scoring.lines": (
        "Line",
        "LineKind",
    ),
    "scoring.outcome": (
        "Honour",
        "Money",
        "VetoResult",
    ),
    "scoring.score": (
        "ReadingResult",
        "bounds",
        "readings",
        "score",
    ),
    "scoring.sheet": ("ScoreSheet",),
    "sources": (
        "Citation",
        "Place",
        "Span",
    ),
    "word.agreement": ("write_agreement_docx",),
    "word.context": (
        "context_of",
        "placeholders",
    ),
    "word.merging": (
        "agreement_for",
        "merge_agreements",
    ),
    "word.notice": (
        "write_notice_docx",
        "write_notices",
    ),
    "word.rectification": ("write_rectification_docx",),
    "word.templates": ("fill_template",),
    "wording.effects": (
        "effect_text",
        "veto_effects_text",
        "veto_name_text",
    ),
    "workbook.filled": ("read_filled",),
    "workbook.result": (
        "ResultForm",
        "WrittenResults",
        "write_results",
    ),
    "workbook.template": ("write_template",),
    "workbook.template_form": ("Facility",),
    "year.assessments": (
        "Assessment",
        "Combine",
        "Combined",
        "combine",
    ),
    "year.burden": (
        "Burden",
        "Handover",
        "falls_on",
        "handover_table",
        "handovers",
    ),
    "year.conduct": (
        "Carry",
        "ConductAccount",
        "ConductThreshold",
        "Demerit",
        "Merit",
        "Reversal",
    ),
    "year.conduct_course": (
        "ConductFigure",
        "Course",
        "Crossing",
    ),
    "year.corrections": (
        "Corrections",
        "read_corrections",
        "write_corrections",
    ),
    "year.corrective": (
        "CorrectiveItem",
        "Entry",
        "Event",
        "State",
    ),
    "year.course": (
        "Step",
        "StepKind",
    ),
    "year.days_off": (
        "CalendarReading",
        "read_work_calendar",
    ),
    "year.duty_tables": (
        "due_table",
        "duties_table",
    ),
    "year.feeding": (
        "feed",
        "values_of",
    ),
    "year.ledgers": ("feed_ledger",),
    "year.merging": (
        "merge_records",
        "offices_of",
    ),
    "year.money": (
        "Claim",
        "Portion",
        "Pot",
        "claims_of",
        "share_pot",
        "share_pots",
        "table_of_pots",
    ),
    "year.objections": (
        "Decision",
        "Objection",
        "ReviewTerms",
        "Ruling",
    ),
    "year.obligations": (
        "Fulfilment",
        "Met",
        "fulfilment",
        "fulfilments",
    ),
    "year.occasions": (
        "Occasion",
        "Scope",
        "occasions",
        "required",
    ),
    "year.people": (
        "Charge",
        "Seat",
        "answers_for",
        "check_people",
        "in_charge",
        "year_of",
    ),
    "year.phases": (
        "Phase",
        "check_phases",
        "phase_on",
    ),
    "year.rectification": (
        "Check",
        "Per",
        "Rescored",
        "rectify",
        "rescore",
    ),
    "year.review": (
        "Review",
        "read_review",
        "write_review",
    ),
    "year.submission_files": (
        "SubmissionReading",
        "read_submissions",
    ),
    "year.submission_rows": ("SubmissionRow",),
    "year.submissions": (
        "Submission",
        "submissions_of",
    ),
    "year.withholding": (
        "Account",
        "Movement",
        "give_back",
        "release",
        "withhold",
    ),
}
"""The public names by the module that each comes from."""

_HOMES = {name: module for module, names in _NAMES.items() for name in names}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a public name, or the version, when it is first asked for."""
    if name == "__version__":
        return importlib.import_module("importlib.metadata").version("healthduty")
    if name not in _HOMES:
        raise AttributeError(f"module `healthduty` has no attribute `{name}`")
    module = importlib.import_module(f"healthduty.{_HOMES[name]}")
    value = module if name == "catalogue" else getattr(module, name)
    globals()[name] = value  # the next look finds it at once
    return value


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return [*globals(), *__all__]
