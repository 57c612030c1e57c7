"""Which column belongs to which field when nobody has said."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask_babel import force_locale, get_babel

from core.data.fields import FieldMeta, fields_of
from core.data.importing.source import ERROR_COLUMN
from core.host import services
from plugin_api.models import Base, CompanyModel, model_of

CURRENCY = "currency"
"""What a file calls the currency of amounts that are in the company's."""
_AFTER = re.compile(
    r"(?:[\s*＊:：]|[(（\[［【][^()（）\[\]［］【】]*[)）\]］】]|[/／]\s?[^\s/／]{0,6}元)+$"
)
"""What headers say after a name: a unit, that it must be filled."""
LONGEST_NAME = 200
TITLES = ("Name", "Full name", "名称", "姓名", "全名")
"""What programs call the field that names a record."""
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
    columns that fit none. A field takes the first that is called as it is, else the first that is
    called so but for what stands in brackets after it, or for the name of its model before it."""
    known = dict(_names(model))
    made: dict[str, int] = {}
    others: list[tuple[int, str]] = []
    for number, column in enumerate(columns, 1):
        field = known.get(_plain(column))
        if field is not None and field not in made:
            made[field] = number
        elif column and column != ERROR_COLUMN:
            others.append((number, column))
    for name in [name for name in made if name.endswith(".id")]:
        # The number is exact; the name beside it is for people.
        made.pop(name.removesuffix(".id"), None)
    left = _match_loosely(model, others, known, made)
    return made, left


def _match_loosely(
    model: type[CompanyModel],
    columns: Iterable[tuple[int, str]],
    known: Mapping[str, str],
    made: dict[str, int],
) -> list[str]:
    """Add the columns that are called nearly as a field that has none; those that are left."""
    filled = {name.partition(".")[0] for name in made}
    longer = _longer_names(model)
    left = []
    for number, column in columns:
        bare = _plain(_AFTER.sub("", column[:LONGEST_NAME]))
        names = (known.get(bare), longer.get(_plain(column)), longer.get(bare))
        field = next((each for each in names if each), None)
        if field is None or field.partition(".")[0] in filled:
            left.append(column)
        else:
            made[field] = number
            filled.add(field.partition(".")[0])
    return left


def _longer_names(model: type[CompanyModel]) -> Mapping[str, str]:
    """What programs call fields outside their table, plain: with the name of the model before
    it, as in “Account name”, also beside those that refer to it."""
    metas = importable(model)
    made: dict[str, set[str]] = {}
    for _locale in _in_every_language():
        own = str(model.__label__ or "")
        for called in TITLES if model.__title__ in metas else ():
            for longer in (called, f"{own} {called}"):
                made.setdefault(_plain(longer), set()).add(model.__title__)
        for name, meta in metas.items():
            made.setdefault(_plain(f"{own} {meta.label}"), set()).add(name)
            if meta.target is None:
                continue
            target = model_of(meta.target)
            titled = fields_of(target).get(target.__title__)
            if titled is not None and titled.name in finders(target):
                for called in (str(titled.label), *TITLES):
                    longer = _plain(f"{meta.label} {called}")
                    made.setdefault(longer, set()).add(f"{name}.{titled.name}")
    return {called: min(names) for called, names in made.items() if len(names) == 1}


def _in_every_language() -> Iterator[str]:
    for locale in {"en", *(str(each) for each in get_babel().instance.list_translations())}:
        with force_locale(locale):
            yield locale


def _names(model: type[CompanyModel]) -> Iterator[tuple[str, str]]:
    """What a column may be called, plain, and the field it then belongs to; the last one wins,
    so the names that programs use stand at the end."""
    metas = importable(model)
    labels: dict[str, set[str]] = {}
    for _locale in _in_every_language():
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
