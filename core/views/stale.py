"""Two people saved the same record: what each of them changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from core.data import audit, several
from core.data.fields import FieldMeta, fields_of
from core.data.numbers import whole
from core.data.query import Ref
from core.views import cells, forms
from core.views.names import Names
from core.views.opening import open_record
from core.views.record_page import Change, Clash, Stale
from core.web import formats
from plugin_api.context import gettext
from plugin_api.models import CompanyModel

Texts = Mapping[str, str]


def stale_of(
    model: type[CompanyModel], record_id: int, typed: Texts, before: str
) -> tuple[Stale, dict[str, str]]:
    """Compare what was typed with what is saved now, field by field.

    Return the comparison and what the form should hold: the person's own changes only.
    """
    metas = fields_of(model)
    values = open_record(model, record_id).values
    now = forms.texts_of(values, metas)
    mine = forms.touched(typed, before)
    opened = {name: text for name, text in forms.read_before(before).items() if name in metas}
    said = _Said(metas, (opened, mine))
    clashes, taken = [], []
    for name, text in now.items():
        meta = metas[name]
        theirs_changed = name in opened and opened[name] != text
        if name in mine and mine[name] != text and theirs_changed:
            clashes.append(_clash(meta, values, (opened[name], mine[name], text), said))
        elif theirs_changed and name not in mine and not meta.readonly:
            new = cells.cell(meta, values).text
            taken.append(Change(label=str(meta.label), old=said(meta, opened[name]), new=new))
    last = next(iter(audit.entries_of(model, record_id, 1)), None)
    return Stale(
        clashes=tuple(clashes),
        taken=tuple(taken),
        who=(last.user or gettext("The system")) if last else "",
        at=last.at if last else None,
    ), mine


def labels_of(metas: Mapping[str, FieldMeta], typed: Texts) -> dict[str, str]:
    """Names of the records that were picked, for a form that is shown again."""
    keys = {name: key for name, text in typed.items() if (key := _picked(metas.get(name), text))}
    names = Names()
    names.learn(keys.values())
    return {name: names.of(*key) for name, key in keys.items()}


def _clash(
    meta: FieldMeta, values: Mapping[str, Any], texts: tuple[str, str, str], said: _Said
) -> Clash:
    """``texts`` are those of the form as it was opened, as it was typed, and as it is now."""
    before, mine, now = texts
    theirs, key = values.get(meta.name), _picked(meta, mine)
    return Clash(
        name=meta.name,
        label=str(meta.label),
        mine=said(meta, mine),
        theirs=cells.cell(meta, values).text,
        theirs_value=theirs.label if isinstance(theirs, Ref) else now,
        theirs_id=str(theirs.id) if isinstance(theirs, Ref) else "",
        mine_value=said(meta, mine) if meta.target else mine,
        mine_id=str(key[1]) if key else "",
        before=said(meta, before),
    )


class _Said:
    """Says what the text of an input means, records by their names."""

    def __init__(self, metas: Mapping[str, FieldMeta], texts: Iterable[Texts]) -> None:
        self._names = Names()
        found = [_picked(metas.get(n), text) for each in texts for n, text in each.items()]
        self._names.learn(key for key in found if key)

    def __call__(self, meta: FieldMeta, text: str) -> str:
        if meta.kind == "choice":
            return next((str(c.label) for c in meta.choices if c.value == text), text)
        if meta.kind == "choices":
            return cells.said(str(c.label) for c in several.chosen(meta, text))
        if meta.kind == "boolean":
            return str(gettext("Yes") if text == "true" else gettext("No"))
        if meta.kind == "date":
            return _day(text)
        if meta.kind == "percent" and text:
            return f"{text}%"
        key = _picked(meta, text)
        return self._names.of(*key) if key else text


def _day(text: str) -> str:
    try:
        return formats.date(dt.date.fromisoformat(text))
    except ValueError:
        return text


def _picked(meta: FieldMeta | None, text: str) -> tuple[str, int] | None:
    """Model and id of a record that was picked."""
    number = text.removeprefix(forms.PICKED)
    if meta is None or not meta.target or number == text:
        return None
    id_ = whole(number)
    return None if id_ is None else (meta.target, id_)
