"""Which column belongs to which field when nobody has said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from flask_babel import force_locale, get_babel

from core.data.fields import FieldMeta, fields_of
from core.data.importing.source import ERROR_COLUMN
from core.host import services
from plugin_api.models import Base, CompanyModel, model_of

CURRENCY = "currency"
"""What a file calls the currency of amounts that are in the company's."""
FINDABLE = ("text", "email", "phone", "url", "integer")
"""Kinds of fields that a record may be found by."""


def importable(model: type[CompanyModel]) -> Mapping[str, FieldMeta]:
    """The fields that a file may fill: what people may set, and what a workflow moves."""
    workflow = services().registry.workflows.get(model.model_key())
    moved = {workflow.field, *workflow.guards} if workflow else set()
    return {
        name: meta
        for name, meta in fields_of(model).items()
        if meta.kind != "json" and (not meta.readonly or {name, meta.attribute} & moved)
    }


def in_company_currency(model: type[CompanyModel]) -> bool:
    """Whether records have amounts and no currency of their own beside them."""
    metas = fields_of(model)
    return CURRENCY not in metas and any(
        meta.kind == "money" and not meta.currency_field for meta in metas.values()
    )


def finders(target: type[Base]) -> tuple[str, ...]:
    """Fields by which a file may say which record is meant: its own order first, then id."""
    metas = fields_of(target)
    found = [name for name, meta in metas.items() if meta.kind in FINDABLE]
    names = dict.fromkeys([*target.__find_by__, *found, "id"])
    return tuple(name for name in names if name not in metas or not metas[name].masked)


def match(model: type[CompanyModel], columns: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Field (or ``<reference>.<field>``, or ``id``) → number of its column, from 1; and the
    columns that fit none. A field takes the first that fits."""
    known = dict(_names(model))
    made: dict[str, int] = {}
    left = []
    for number, column in enumerate(columns, 1):
        field = known.get(_plain(column))
        if field is not None and field not in made:
            made[field] = number
        elif column and column != ERROR_COLUMN:
            left.append(column)
    for name in [name for name in made if name.endswith(".id")]:
        # The number is exact; the name beside it is for people.
        made.pop(name.removesuffix(".id"), None)
    return made, left


def _names(model: type[CompanyModel]) -> Iterator[tuple[str, str]]:
    """What a column may be called, plain, and the field it then belongs to; the last one wins,
    so the names that programs use stand at the end."""
    metas = importable(model)
    labels: dict[str, set[str]] = {}
    for locale in {"en", *(str(each) for each in get_babel().instance.list_translations())}:
        with force_locale(locale):
            for name, meta in metas.items():
                labels.setdefault(_plain(str(meta.label)), set()).add(name)
    # A label that two fields share tells nothing.
    yield from ((label, min(names)) for label, names in labels.items() if len(names) == 1)
    if in_company_currency(model):
        yield _plain(CURRENCY), CURRENCY
    yield "id", "id"
    for name, meta in metas.items():
        if meta.target is not None:
            for finder in finders(model_of(meta.target)):
                yield _plain(f"{name}.{finder}"), f"{name}.{finder}"
    yield from ((_plain(name), name) for name in metas)


def _plain(name: str) -> str:
    """A name without case, blanks and punctuation, but for the dot of ``account.id``."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"[^\w.]|_", "", folded).strip(".")
