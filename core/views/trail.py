"""Entries of the audit trail in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from core.collab.inbox import transition_label
from core.data.audit import Entry
from core.data.fields import FieldMeta, known_fields
from core.data.verifying import DIGESTS, ERASE
from core.host import services
from core.identity.models import Company, Login, User
from core.views import cells, login_words
from core.views.record_page import Change
from core.views.urls import record_url
from core.web.company_values import LABELS
from plugin_api.context import Text, gettext, has_permission
from plugin_api.context import lazy_gettext as _
from plugin_api.models import Base

ACTIONS: Mapping[str, Text] = {
    "create": _("created"),
    "update": _("changed"),
    "delete": _("deleted"),
    "transition": _("moved on"),
    "attach": _("attached a file"),
    "detach": _("deleted a file"),
    "hand_out": _("handed out personal data"),
    "erase": _("erased personal data"),
    "share": _("shared it"),
    "unshare": _("took a share back"),
    "hold": _("put on hold"),
    "lift_hold": _("lifted the hold"),
    "reveal": _("looked at a masked value"),
    **login_words.ACTIONS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class TrailRow:
    """A change as it is shown. ``href`` leads to the record, ``only`` to its changes alone."""

    at: dt.datetime
    who: str
    what: str
    kind: str
    title: str
    href: str
    model: str
    record_id: int
    changes: tuple[Change, ...]


def rows(entries: Sequence[Entry]) -> list[TrailRow]:
    """Entries in words. A statement a model whose amounts need the currency of their record."""
    known = services().registry.models
    currencies = _currencies(entries)
    gone = {(e.model, e.record_id) for e in entries if e.action == "delete"}
    made = []
    for entry in entries:
        model = known.get(entry.model)
        read = "core.User" if entry.model == Login.model_key() else entry.model
        seen = model is not None and has_permission(f"{read}.read")
        there = seen and (entry.model, entry.record_id) not in gone
        made.append(
            TrailRow(
                at=entry.at,
                who=entry.user or gettext("The system"),
                what=_what(entry),
                kind=str(model.__label__ or model.__name__) if model is not None else entry.model,
                title=_title(entry, model),
                href=_href(entry, model) if there else "",
                model=entry.model,
                record_id=entry.record_id,
                changes=tuple(_changes(entry, model, currencies)),
            )
        )
    return made


def _href(entry: Entry, model: type[Base] | None) -> str:
    """Where the record is; of a login, its person."""
    shown = User if model is Login else model
    return record_url(shown, entry.record_id) if shown is not None else ""


def _title(entry: Entry, model: type[Base] | None) -> str:
    """What the record was called then; for one without a name, its kind."""
    if entry.title and entry.title != str(entry.record_id):
        return entry.title
    return str(model.__label__ or model.__name__) if model is not None else entry.model


def _what(entry: Entry) -> str:
    if entry.action == "transition":
        label = transition_label(entry.model, entry.transition)
        return str(gettext("chose “%(transition)s”", transition=label))
    return str(ACTIONS.get(entry.action, entry.action))


def _changes(
    entry: Entry, model: type[Base] | None, currencies: Mapping[tuple[str, int], str]
) -> Iterable[Change]:
    metas = known_fields(model) if model is not None else {}
    for name, (old, new) in entry.changes.items():
        meta = metas.get(name)
        if entry.action == ERASE:
            if name != DIGESTS:
                names = [metas[each].label for each in str(new).split(", ") if each in metas]
                yield Change(label=gettext("Fields"), old="", new=", ".join(map(str, names)))
        elif entry.action == "reveal":
            told = metas[new].label if new in metas else new
            yield Change(label=gettext("Field"), old="", new=str(told))
        elif meta is None:
            yield Change(label=_label(entry, name), old=_plain(old), new=_plain(new))
        elif meta.kind != "json":
            yield Change(
                label=str(meta.label),
                old=_text(meta, entry, 0, old, currencies),
                new=_text(meta, entry, 1, new, currencies),
            )


def _text(
    meta: FieldMeta,
    entry: Entry,
    side: int,
    value: Any,
    currencies: Mapping[tuple[str, int], str],
) -> str:
    """An amount is in the currency that the record had then, as far as that is known."""
    code = meta.currency_field or ""
    own = currencies.get((entry.model, entry.record_id))
    values = {code: entry.changes[code][side] if code in entry.changes else own, meta.name: value}
    return cells.cell(meta, values).text


def _label(entry: Entry, name: str) -> str:
    if entry.action in ("attach", "detach"):
        return str(gettext("File"))
    if entry.action in ("share", "unshare"):
        return str(gettext("Shared with"))
    if entry.model == Company.model_key():
        return str(LABELS.get(name, name))
    return str(login_words.FACTS.get(name, name))


def _plain(value: Any) -> str:
    return "" if value is None else str(value)[:200]


def _currencies(entries: Iterable[Entry]) -> dict[tuple[str, int], str]:
    """(model, record) → its currency by now, of records with amounts in one of their own."""
    wanted: dict[tuple[str, str], set[int]] = {}
    known = services().registry.models
    for entry in entries:
        metas = known_fields(known[entry.model]) if entry.model in known else {}
        for name in entry.changes:
            code = metas[name].currency_field if name in metas else None
            if code is not None and code not in entry.changes:
                wanted.setdefault((entry.model, code), set()).add(entry.record_id)
    found: dict[tuple[str, int], str] = {}
    for (key, code), ids in wanted.items():
        model: Any = known[key]
        asked = sa.select(model.id, getattr(model, code)).where(model.id.in_(sorted(ids)))
        found |= {(key, row[0]): row[1] for row in services().session.execute(asked)}
    return found
