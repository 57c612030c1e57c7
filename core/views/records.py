"""The page of one record, from its declaration, the database and what was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.data import query
from core.data.fields import FieldMeta, fields_of
from core.host import services
from core.hosting.enabled import enabled_set
from core.views import forms, head, related
from core.views.activity import activity
from core.views.attached import files_box
from core.views.declared import preview_href
from core.views.editing import later
from core.views.opening import Opened, open_record
from core.views.record_page import (
    Activity,
    Following,
    FormPage,
    Section,
    Stale,
)
from core.views.sections import sections_of
from core.views.urls import collection_url, record_url, with_query
from core.web import formats
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.duplicates import Duplicate
from plugin_api.errors import Messages
from plugin_api.models import CompanyModel
from plugin_api.panels import Panel
from plugin_api.workflow import Workflow


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A form that comes back: what was typed, and why it was not saved."""

    typed: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    errors: Messages = field(default_factory=dict)
    message: str = ""
    stale: Stale | None = None
    duplicate: Duplicate | None = None
    note: str = ""
    draft: int | None = None
    version: int | None = None
    """Of the record as the form was opened with, where that is not what it is now."""
    before: str = ""
    comment: str = ""
    """A comment that was refused, with its reason."""
    comment_error: str = ""


REVEAL = "core.reveal"
"""Permission to see masked values whole, one by one."""
NONE = Attempt()


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the address asks of a record's page: a related list, a part of the timeline."""

    tab: str = ""
    order: str = ""
    show: str = ""
    before: str = ""


PLAIN = Asked()


def new_page(
    model: type[CompanyModel],
    given: Mapping[str, Any],
    attempt: Attempt = NONE,
    next_href: str = "",
    named: Collection[str] = (),
) -> FormPage:
    """An empty form; ``given`` are values that it starts with, ``named`` fields that the address
    speaks of. Of what only transitions fill it asks nothing else."""
    metas, key = fields_of(model), model.model_key()
    hidden = later(model) - {*named, *attempt.typed, *attempt.errors}
    path = collection_url(model)
    return FormPage(
        title=gettext("New: %(thing)s", thing=model.__label__),
        one=str(model.__label__),
        list_title=str(model.__label_plural__),
        list_href=path,
        action=f"{path}/new",
        preview_href=preview_href(model, path),
        sections=_writable(_sections(model, metas, given, attempt), hidden),
        may_save=has_permission(f"{key}.create"),
        errors=_loose(model, attempt),
        duplicate=attempt.duplicate,
        note=attempt.note,
        draft=attempt.draft,
        next=next_href,
    )


def record_page(
    model: type[CompanyModel], record_id: int, attempt: Attempt = NONE, asked: Asked = PLAIN
) -> FormPage:
    """The form of a record with everything around it. Raises NotFound."""
    opened = open_record(model, record_id)
    host, key, values = services(), model.model_key(), opened.values
    metas, path = fields_of(model), record_url(model, record_id)
    workflow = host.registry.workflows.get(key)
    readonly = not opened.may_update
    locked = guarded(workflow)
    made = _sections(model, metas, values, attempt, locked=locked, readonly=readonly)
    return FormPage(
        title=query.title_of(model, values),
        one=str(model.__label__),
        list_title=str(model.__label_plural__),
        list_href=collection_url(model),
        action=path,
        preview_href=preview_href(model, path) if opened.may_update else "",
        sections=_with_reveals(made, path),
        version=values["version"] if attempt.version is None else attempt.version,
        before=attempt.before or forms.before_json(forms.texts_of(values, metas)),
        may_save=opened.may_update,
        delete_href=f"{path}/delete" if opened.may_delete else "",
        errors=_loose(model, attempt),
        duplicate=attempt.duplicate,
        stale=attempt.stale,
        note=attempt.note,
        draft=attempt.draft,
        steps=head.steps(metas, workflow, values),
        moves=head.moves(path, workflow, opened),
        facts=head.facts(model, metas, values),
        tab=asked.tab,
        tabs=related.tabs(model, record_id, path, asked.tab),
        related=related.table(model, record_id, path, asked.tab, asked.order),
        panels=_panels(key, opened.record),
        following=following_of(path, opened),
        files=files_box(model, record_id, opened.may_update, empty=not opened.files),
        activity=_activity(model, opened, attempt, asked),
        created=_stamp(gettext("Created %(when)s"), values["created_at"]),
        updated=_stamp(gettext("Last changed %(when)s"), values["updated_at"]),
        duplicate_href=with_query(f"{collection_url(model)}/new", [("copy", str(record_id))])
        if has_permission(f"{key}.create")
        else "",
        access_href=f"{path}/access",
        shares=opened.shares,
        unread=bool(opened.unread),
        moved_to=_moved_to(key, opened.record),
    )


def following_of(path: str, opened: Opened) -> Following:
    """The button by which one follows."""
    count = opened.followers + opened.follows
    return Following(path=path, follows=opened.follows, count=count)


def guarded(workflow: Workflow | None) -> frozenset[str]:
    """Fields that only a transition changes."""
    return frozenset((workflow.field, *workflow.guards)) if workflow else frozenset()


def _activity(
    model: type[CompanyModel], opened: Opened, attempt: Attempt, asked: Asked
) -> Activity:
    quiet = not opened.comments
    found = activity(model, opened.values, asked.show, asked.before, quiet=quiet)
    return replace(found, text=attempt.comment, error=attempt.comment_error)


def _sections(
    model: type[CompanyModel],
    metas: Mapping[str, FieldMeta],
    values: Mapping[str, Any],
    attempt: Attempt,
    *,
    locked: frozenset[str] = frozenset(),
    readonly: bool = False,
) -> tuple[Section, ...]:
    return forms.sections(
        sections_of(model),
        metas,
        values,
        typed=attempt.typed,
        labels=attempt.labels,
        errors=attempt.errors,
        locked=locked,
        readonly=readonly,
    )


def _writable(made: tuple[Section, ...], hidden: Collection[str]) -> tuple[Section, ...]:
    """A new record shows only what can be filled in by then."""
    kept = []
    for section in made:
        fields = tuple(f for f in section.fields if not f.readonly and f.name not in hidden)
        if fields:
            kept.append(Section(title=section.title, fields=fields))
    return tuple(kept)


def _with_reveals(made: tuple[Section, ...], path: str) -> tuple[Section, ...]:
    """With where masked values are shown whole, for who may see them one by one."""
    if not has_permission(REVEAL):
        return made
    return tuple(
        replace(
            section,
            fields=tuple(
                replace(f, reveal_href=f"{path}/reveal/{f.name}") if f.masked else f
                for f in section.fields
            ),
        )
        for section in made
    )


def _loose(model: type[CompanyModel], attempt: Attempt) -> tuple[str, ...]:
    """What was refused without a field on the form to say it beside."""
    shown = {name for section in sections_of(model) for name in section.fields}
    texts = [
        str(text) for name, found in attempt.errors.items() if name not in shown for text in found
    ]
    if attempt.message and not attempt.errors:
        texts.append(attempt.message)
    return tuple(dict.fromkeys(texts))


def _panels(key: str, record: CompanyModel) -> tuple[Panel, ...]:
    found = services().dispatcher.collect(
        "record_panels",
        enabled_set(current_company()),
        model=key,
        record=record,
        actor=current_actor(),
    )
    return tuple(panel for _plugin, panels in found for panel in panels)


def _moved_to(key: str, record: CompanyModel) -> str:
    aside = record.__aside__
    if aside is None or getattr(record, aside[0]) != aside[1]:
        return ""
    enabled = enabled_set(current_company())
    found = services().dispatcher.collect("moved_to", enabled, model=key, record=record)
    return next((href for _plugin, href in found if href), "")


def _stamp(template: str, at: Any) -> str:
    return template % {"when": formats.ago(at)}
