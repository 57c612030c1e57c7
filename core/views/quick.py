"""A small form for a new record: what it must have, and what one usually says of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from core.data.fields import FieldMeta, fields_of
from core.host import services
from core.views import forms
from core.views.declared import list_of, preview_href
from core.views.record_page import QuickPage
from core.views.records import NONE, Attempt, guarded
from core.views.sections import sections_of
from core.views.urls import collection_url, with_query
from plugin_api.context import gettext
from plugin_api.models import CompanyModel

MOST = 8


def quick_page(
    model: type[CompanyModel],
    given: Mapping[str, Any],
    *,
    named: Collection[str],
    full_href: str = "",
    next_href: str = "",
    attempt: Attempt = NONE,
) -> QuickPage:
    """The form of a dialog. ``named`` are fields that the address speaks of; ``full_href`` is
    where the whole form is, with the same values."""
    metas, path = fields_of(model), collection_url(model)
    names = _names(model, metas, set(named) | set(attempt.errors))
    shown = [*names, *(name for name in attempt.typed if name in metas and name not in names)]
    return QuickPage(
        title=gettext("New: %(thing)s", thing=model.__label__),
        action=f"{path}/new",
        preview_href=preview_href(model, path),
        full_href=full_href or with_query(f"{path}/new", [("next", next_href)]),
        next=next_href,
        fields=tuple(
            forms.field(
                metas[name],
                given,
                typed=attempt.typed.get(name),
                label=attempt.labels.get(name, ""),
                errors=attempt.errors.get(name, ()),
            )
            for name in shown
        ),
        errors=tuple(
            str(text)
            for name, found in attempt.errors.items()
            if name not in shown
            for text in found
        ),
        duplicate=attempt.duplicate,
    )


def _names(
    model: type[CompanyModel], metas: Mapping[str, FieldMeta], named: Collection[str]
) -> list[str]:
    """What must be given or was named, then the columns of the list, as many as fit."""
    view = list_of(model)
    locked = guarded(services().registry.workflows.get(model.model_key()))
    order = [name for section in sections_of(model) for name in section.fields]
    must = [name for name, m in metas.items() if m.required and not m.has_default]
    # What only transitions change later may be said of a new record, when somebody means to.
    closed = locked - set(named)
    able = {n for n, m in metas.items() if not m.readonly and n not in closed and m.kind != "json"}
    first = [name for name in (model.__title__, *must, *named) if name in able]
    found = list(dict.fromkeys([*first, *(n for n in view.columns if n in able)]))
    kept = found[: max(MOST, len(set(first)))]
    return sorted(kept, key=lambda name: order.index(name) if name in order else len(order))
