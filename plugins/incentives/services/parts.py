"""What a component must be like so that it can be calculated."""

from __future__ import annotations

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.measures import Measure
from plugins.incentives.models import Component, Rate
from plugins.incentives.rules import formulas
from plugins.incentives.services import naming, words

LARGEST = 1_000_000
"""Percent that one rate may be."""
ORIGINAL, LONGEST = "original", 120
"""The dimension that says when was sold what is taken back; months over which it may be earned."""
ALONE = ("flat", "marginal", "slab")
"""Rules that may be applied to each, or to all of a year."""


def check(part: Component) -> None:
    """What is counted adds up, and the rule has what it needs. Raises Rejected."""
    measure = _measure(part, "measure", part.measure)
    if bool(part.only_by) != bool(part.only):
        raise Rejected("only_by" if part.only else "only", gettext("Give both, or neither."))
    for field in ("only_by", "each_by", "rated_by"):
        setattr(part, field, naming.key_of(measure, getattr(part, field)))
    if part.only_by and part.only:
        if part.only_by not in measure.dimensions:
            raise Rejected("only_by", naming.known(measure))
        part.only = naming.value_of(measure.dimensions[part.only_by], "only", part.only).key
    money = measure.unit == "money"
    _check_basis(part, measure)
    _check_lasting(part, measure)
    _check_amounts(part, money)
    _check_rates(part, measure)
    _check_formula(part)
    _check_second(part)


def _measure(part: Component, field: str, key: str) -> Measure:
    try:
        measure = host().measures.get(key)
    except NotFound:
        raise Rejected(field, gettext("This figure is not available.")) from None
    if not isinstance(measure, Measure) or measure.snapshot:
        raise Rejected(field, gettext("Pay needs a figure that adds up over days and people."))
    if key.startswith("incentives.") and (part.credit != "below" or field != "measure"):
        raise Rejected(field, gettext("Pay cannot rest on itself."))
    return measure


def _check_basis(part: Component, measure: Measure) -> None:
    if part.basis != "period" and part.rule not in ALONE:
        raise Rejected("basis", gettext("This rule is of all of the period together."))
    if part.basis == "each" and part.credit != "own":
        raise Rejected("credit", gettext("Each by itself is of what one has brought oneself."))
    if part.basis in ("year", "version") and part.credit == "team":
        raise Rejected("credit", gettext("A team's pay is shared period by period."))
    for field in ("each_by", "most_each"):
        if getattr(part, field) and part.basis != "each":
            raise Rejected(field, gettext("Only for each by itself."))
    if part.each_by:
        dimension = measure.dimensions.get(part.each_by)
        if dimension is None:
            raise Rejected("each_by", naming.known(measure))
        if dimension.target is None:
            raise Rejected("each_by", gettext("It needs a dimension whose values are records."))
    if part.most_each is not None and part.most_each <= 0:
        raise Rejected("most_each", gettext("A cap is above zero."))


def _check_lasting(part: Component, measure: Measure) -> None:
    if part.earned_over is None:
        return
    if not 1 <= part.earned_over <= LONGEST:
        raise Rejected("earned_over", gettext("From 1 to 120 months."))
    if part.basis == "each" or part.rule in ("bonus", "table"):
        raise Rejected("earned_over", gettext("Not for each by itself."))
    if ORIGINAL not in measure.dimensions or part.measure.endswith("_restated"):
        raise Rejected(
            "earned_over",
            gettext("It needs a net figure of sales, which knows the day of the original."),
        )


def _check_amounts(part: Component, money: bool) -> None:
    if part.rule == "bonus" and (money or part.credit != "own"):
        field = "measure" if money else "credit"
        raise Rejected(field, gettext("A bonus is for each of what one has brought oneself."))
    if part.budget is not None and (part.rule != "bonus" or part.budget < 0):
        raise Rejected("budget", gettext("Only a bonus has a budget, and none below zero."))
    if part.rate is not None and abs(part.rate) > LARGEST:
        raise Rejected("rate", gettext("The number is too large."))
    if part.rule == "bonus" and (not part.each or part.each < 0):
        raise Rejected("each", gettext("Say how much."))
    if part.each is not None and (money or part.rule not in ("flat", "bonus")):
        raise Rejected("each", gettext("Only for one rate of a figure that is no money."))
    if part.rate is not None and (not money or part.rule not in ("flat", "table")):
        raise Rejected("rate", gettext("Only for one rate of a figure of money."))
    if part.rule == "flat" and part.rate is None and part.each is None:
        raise Rejected("rate" if money else "each", gettext("Say how much."))


def _check_rates(part: Component, measure: Measure) -> None:
    if part.rule != "table":
        if part.rated_by:
            raise Rejected("rated_by", gettext("Only for a table of rates."))
        return
    if measure.unit != "money":
        raise Rejected("measure", gettext("A table of rates needs a figure of money."))
    if part.rated_by not in measure.dimensions:
        raise Rejected("rated_by", naming.known(measure))


def check_row(row: Rate, part: Component) -> None:
    """A row names a value that the measure may have, and is called like it. Raises Rejected."""
    if part.rule != "table":
        raise Rejected("value", gettext("Only in a table of rates."))
    dimension = _measure(part, "measure", part.measure).dimensions.get(part.rated_by or "")
    found = naming.value_of(dimension, "value", row.value)
    row.value, row.name = found.key, found.name


def _check_formula(part: Component) -> None:
    if (part.rule == "formula") != bool(part.formula):
        said = (
            gettext("Say how much.") if part.rule == "formula" else gettext("Only for a formula.")
        )
        raise Rejected("formula", said)
    if not part.formula:
        return
    try:
        case = formulas.tried(part.formula, part.quota, second=bool(part.second_measure))
    except formulas.Wrong as wrong:
        said = gettext(
            "Character %(at)s: “%(what)s” cannot stand here. There are numbers, + - * /, "
            "comparisons, and, or, not, if, else, min, max, abs, and the names %(names)s.",
            at=wrong.at, what=wrong.what, names=", ".join(formulas.NAMES),
        )  # fmt: skip
        raise Rejected("formula", said) from None
    if case is not None:
        said = gettext(
            "It comes to no amount, or to one too large, where %(case)s. Say what is paid then:"
            " … if … else 0.",
            case=", ".join(f"{name} = {words.number(value)}" for name, value in case.items()),
        )  # fmt: skip
        raise Rejected("formula", said)


def _check_second(part: Component) -> None:
    if part.second_measure:
        _measure(part, "second_measure", part.second_measure)
        uses = part.least is not None or part.rule in ("matrix", "formula")
        if not uses:
            raise Rejected("least", gettext("Say from where on it pays, or leave out the measure."))
    elif part.least is not None or part.second_quota is not None or part.rule == "matrix":
        raise Rejected("second_measure", gettext("Say which measure."))
