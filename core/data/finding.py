"""Records found by what people call them: the fields of ``__find_by__``, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.access.rules import scope_criteria
from core.data.fields import KNOWN_TO_ALL, TEXTUAL, FieldMeta, all_fields, column_of, knows
from core.data.query.matching import has_case
from core.data.texts import row_id, short, storable
from core.host import services
from plugin_api.context import current_actor, gettext
from plugin_api.models import Base, model_of

CHUNK = 400
_BY_NUMBER = re.compile(r"[#=]\s*(\d+)", re.ASCII)


class UnfoundError(ValueError):
    """Several records go by the name, or none does that the actor may see."""

    def __init__(self, message: str, *, several: bool = False) -> None:
        super().__init__(message)
        self.several = several


def find(
    target: str,
    text: str,
    *,
    fields: Sequence[str] | None = None,
    where: Mapping[str, Any] | None = None,
) -> int:
    """The id of the one record of a model that is called ``text``. Raises UnfoundError in words.

    ``fields`` instead of the model's own; ``where`` are values of other fields that it must
    have, by name. ``#12`` is the record of that number unless one is called so.
    """
    found = find_all(target, [text], fields=fields, where=where)[text]
    if isinstance(found, UnfoundError):
        raise found
    return found


def find_all(
    target: str,
    texts: Iterable[str],
    *,
    fields: Sequence[str] | None = None,
    where: Mapping[str, Any] | None = None,
) -> dict[str, int | UnfoundError]:
    """The same for many texts, in a few statements."""
    if not knows(target):
        raise UnfoundError(gettext("You may not look for records of this kind."))
    try:
        model = model_of(target)
    except LookupError:
        raise UnfoundError(gettext("Such records are not to be had here now.")) from None
    metas = all_fields(model)
    names = model.__find_by__ if fields is None else fields
    # By what is shown of a value several records go, and by the value itself one would find out
    # whether somebody has it.
    whole = [metas[n] for n in names if n in metas and not metas[n].masked]
    search = _Search(model, whole, where or {})
    wanted = {text: storable(text.strip()) for text in texts}
    # A blank of another kind, or a second one, does not tell names apart.
    plain = {name: " ".join(name.split()) for name in wanted.values()}
    found = search.run({*plain, *plain.values()} - {""})
    thing = str(model.__label__ or gettext("record"))
    made: dict[str, int | UnfoundError] = {}
    for text, name in wanted.items():
        ids, several = found.get(name) or found.get(plain[name]) or (None, False)
        if several:
            message = gettext("Several records are called “%(name)s”.", name=short(name))
            made[text] = UnfoundError(message, several=True)
        elif ids is None:
            message = gettext("%(thing)s: there is no “%(name)s”.", thing=thing, name=short(name))
            made[text] = UnfoundError(message)
        else:
            made[text] = ids
    return made


_Found = dict[str, tuple[int, bool]]
"""Text → an id, and whether there are others."""


class _Search:
    """Looks through one field after the other for what is still missing."""

    def __init__(
        self, model: type[Base], metas: Sequence[FieldMeta], where: Mapping[str, Any]
    ) -> None:
        self._model: Any = model
        self._metas = metas
        known = all_fields(model)
        self._where = [column_of(model, known[name]) == value for name, value in where.items()]
        if model.model_key() not in KNOWN_TO_ALL:
            self._where.append(scope_criteria(model, "read", current_actor()))

    def run(self, names: set[str]) -> _Found:
        found: _Found = {}
        for meta in self._metas:
            left = names - found.keys()
            if meta.kind in TEXTUAL:
                column = column_of(self._model, meta)
                found |= self._counted(column, {name: name for name in left})
            elif meta.kind == "integer":
                found |= self._by_number(meta, left)
        for meta in self._metas:
            left = {name for name in names - found.keys() if has_case(name)}
            if meta.kind in TEXTUAL:
                lowered = sa.func.lower(column_of(self._model, meta))
                found |= self._counted(lowered, {name: name.lower() for name in left})
        numbered = {n: m[1] for n in names - found.keys() if (m := _BY_NUMBER.fullmatch(n))}
        ids = self._by_number(all_fields(self._model)["id"], set(numbered.values()))
        return found | {name: ids[digits] for name, digits in numbered.items() if digits in ids}

    def _by_number(self, meta: FieldMeta, names: set[str]) -> _Found:
        numbers = {name: _number(name) for name in names}
        column = column_of(self._model, meta)
        return self._counted(column, {n: v for n, v in numbers.items() if v is not None})

    def _counted(self, column: sa.ColumnElement[Any], values: Mapping[str, Any]) -> _Found:
        """Texts whose value is in the column, with how often it is there."""
        wanted = sorted(set(values.values()))
        counted: dict[Any, tuple[int, bool]] = {}
        session = services().session
        for start in range(0, len(wanted), CHUNK):
            key = column.label("value")
            statement = (
                sa.select(key, sa.func.min(self._model.id), sa.func.count())
                .where(column.in_(wanted[start : start + CHUNK]), *self._where)
                .group_by(key)
            )
            for value, id_, number in session.execute(statement):
                counted[value] = (id_, number > 1)
        return {name: counted[value] for name, value in values.items() if value in counted}


def _number(text: str) -> int | None:
    try:
        return row_id(text)
    except ValueError:
        return None
