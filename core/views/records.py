"""The page of one record, from its declaration, the database and what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.data import audit, query
from core.data.fields import FieldMeta, fields_of
from core.data.numbers import LARGEST
from core.data.query import Ref
from core.host import services
from core.hosting.enablement import enabled_set
from core.views import forms, lists
from core.views.record_page import (
    FormPage,
    Move,
    RelatedTable,
    Section,
    Stale,
    Step,
)
from core.views.timeline import timeline
from core.views.urls import Arguments, collection_url, record_url, with_query
from core.web import formats
from plugin_api.context import current_actor, current_company, gettext, has_permission
from plugin_api.errors import Messages, NotFound
from plugin_api.models import CompanyModel, model_of
from plugin_api.panels import Panel
from plugin_api.views import Related
from plugin_api.workflow import Transition, Workflow

RELATED = 20
"""Records of a related list that are shown; the rest is a click away."""
EVENTS = 30


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """A save that was refused: what was typed, and why not."""

    typed: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    errors: Messages = field(default_factory=dict)
    message: str = ""
    stale: Stale | None = None


NONE = Attempt()


def row_of(model: type[CompanyModel], record_id: int) -> Mapping[str, Any]:
    """A record's values with the labels of its references. Raises NotFound."""
    rows = []
    if record_id <= LARGEST:
        rows = query.run(lists.ask(model, Arguments({"id": str(record_id)}), "id")).rows
    if not rows:
        raise NotFound(gettext("There is no such record."))
    return rows[0]


def new_page(
    model: type[CompanyModel], given: Mapping[str, Any], attempt: Attempt = NONE
) -> FormPage:
    """An empty form; ``given`` are values that it starts with."""
    metas, key = fields_of(model), model.model_key()
    path = collection_url(model)
    return FormPage(
        title=gettext("New: %(thing)s", thing=model.__label__),
        one=str(model.__label__),
        list_title=str(model.__label_plural__),
        list_href=path,
        action=f"{path}/new",
        sections=_writable(_sections(model, metas, given, attempt, frozenset())),
        may_save=has_permission(f"{key}.create"),
        errors=_loose(model, attempt),
    )


def defaults(model: type[CompanyModel], arguments: Arguments) -> dict[str, Any]:
    """Values of an empty form: the column's own, the plugins', then the address's."""
    metas = fields_of(model)
    values: dict[str, Any] = {}
    for name, meta in metas.items():
        default = meta.column.default
        if default is not None and default.is_scalar and not meta.readonly:
            values[name] = default.arg
        elif default is not None and default.is_callable and not meta.readonly:
            values[name] = default.arg(None)
        if meta.name == "currency" and not values.get(name):
            values[name] = current_company().currency
    key, actor = model.model_key(), current_actor()
    host = services()
    enabled = enabled_set(current_company())
    for _plugin, found in host.dispatcher.collect(
        "form_defaults", enabled, model=key, actor=actor
    ):
        values.update(found)
    for name, text in arguments.items():
        meta = metas.get(name)
        if meta is not None and meta.kind == "reference" and text.isascii() and text.isdigit():
            values[name] = int(text)
        elif meta is not None and meta.kind in ("text", "choice", "date"):
            values[name] = text
    for name, value in values.items():
        meta = metas.get(name)
        if meta is not None and meta.kind == "reference" and isinstance(value, int):
            values[name] = Ref(value, str(host.title_of(meta.target or "", value)))
    return values


def record_page(
    model: type[CompanyModel], record_id: int, attempt: Attempt = NONE
) -> FormPage:
    """The form of a record with everything around it. Raises NotFound."""
    host, key = services(), model.model_key()
    values = row_of(model, record_id)
    record = host.records.get(model, record_id)
    metas = fields_of(model)
    workflow = host.registry.workflows.get(key)
    path = record_url(model, record_id)
    may_save = host.records.may(record, "update")
    events = audit.entries_of(model, record_id, EVENTS)
    made = _sections(model, metas, values, attempt, _guarded(workflow), readonly=not may_save)
    return FormPage(
        title=str(host.title_of(key, record_id)),
        one=str(model.__label__),
        list_title=str(model.__label_plural__),
        list_href=collection_url(model),
        action=path,
        sections=made,
        version=values["version"],
        before=forms.before_json(forms.texts_of(values, metas)),
        may_save=may_save,
        delete_href=f"{path}/delete" if host.records.may(record, "delete") else "",
        errors=_loose(model, attempt),
        stale=attempt.stale,
        steps=_steps(metas, workflow, values),
        moves=_moves(key, path, workflow, values),
        related=tuple(
            table
            for related in host.registry.form_view(key).related
            if (table := _related(related, record_id)) is not None
        ),
        panels=_panels(key, record),
        events=timeline(events, metas, workflow),
        created=_stamp(gettext("Created %(when)s"), values["created_at"]),
        updated=_stamp(gettext("Last changed %(when)s"), values["updated_at"]),
    )


def open_transitions(
    key: str, workflow: Workflow | None, values: Mapping[str, Any]
) -> list[Transition]:
    """Transitions that leave the record's state and that the actor may take."""
    if workflow is None:
        return []
    state = str(values.get(workflow.field))
    return [
        transition
        for transition in workflow.transitions
        if state in transition.from_ and has_permission(transition.permission or f"{key}.update")
    ]


def _sections(
    model: type[CompanyModel],
    metas: Mapping[str, FieldMeta],
    values: Mapping[str, Any],
    attempt: Attempt,
    locked: frozenset[str],
    readonly: bool = False,
) -> tuple[Section, ...]:
    return forms.sections(
        services().registry.form_view(model.model_key()).sections,
        metas,
        values,
        typed=attempt.typed,
        labels=attempt.labels,
        errors=attempt.errors,
        locked=locked,
        readonly=readonly,
    )


def _writable(made: tuple[Section, ...]) -> tuple[Section, ...]:
    """A new record shows only what can be filled in."""
    kept = []
    for section in made:
        fields = tuple(f for f in section.fields if not f.readonly)
        if fields:
            kept.append(Section(title=section.title, fields=fields))
    return tuple(kept)


def _loose(model: type[CompanyModel], attempt: Attempt) -> tuple[str, ...]:
    """What was refused without a field on the form to say it beside."""
    form = services().registry.form_view(model.model_key())
    shown = {name for section in form.sections for name in section.fields}
    texts = [
        str(text) for name, found in attempt.errors.items() if name not in shown for text in found
    ]
    if attempt.message and not attempt.errors:
        texts.append(attempt.message)
    return tuple(dict.fromkeys(texts))


def _guarded(workflow: Workflow | None) -> frozenset[str]:
    return frozenset((workflow.field, *workflow.guards)) if workflow else frozenset()


def _steps(
    metas: Mapping[str, FieldMeta], workflow: Workflow | None, values: Mapping[str, Any]
) -> tuple[Step, ...]:
    if workflow is None or workflow.field not in metas:
        return ()
    state = values.get(workflow.field)
    return tuple(
        Step(label=str(c.label), tone=c.tone, current=c.value == state)
        for c in metas[workflow.field].choices
    )


def _moves(
    key: str, path: str, workflow: Workflow | None, values: Mapping[str, Any]
) -> tuple[Move, ...]:
    return tuple(
        Move(
            name=transition.name,
            label=str(transition.label),
            tone=transition.tone,
            href=f"{path}/transitions/{transition.name}",
            asks=bool(transition.inputs),
        )
        for transition in open_transitions(key, workflow, values)
        if transition.button
    )


def _related(related: Related, record_id: int) -> RelatedTable | None:
    model = model_of(related.model)
    key = related.model
    if model.plugin_id() not in enabled_set(current_company()) or not has_permission(
        f"{key}.read"
    ):
        return None
    metas = fields_of(model)
    order = services().registry.list_view(key).order
    page = query.run(
        lists.ask(model, Arguments({related.field: str(record_id)}), order, RELATED)
    )
    path = collection_url(model)
    return RelatedTable(
        title=str(related.title),
        columns=lists.columns(related.columns, metas),
        rows=tuple(lists.row(model, related.columns, metas, values) for values in page.rows),
        more_href=lists.related_href(model, related.field, record_id) if page.next else "",
        create_href=with_query(f"{path}/new", [(related.field, str(record_id))])
        if path and has_permission(f"{key}.create")
        else "",
    )


def _panels(key: str, record: CompanyModel) -> tuple[Panel, ...]:
    found = services().dispatcher.collect(
        "record_panels",
        enabled_set(current_company()),
        model=key,
        record=record,
        actor=current_actor(),
    )
    return tuple(panel for _plugin, panels in found for panel in panels)


def _stamp(template: str, at: Any) -> str:
    return template % {"when": formats.ago(at)}


