"""What is asked before many records are changed, moved on or deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.data import query
from core.data.fields import fields_of
from core.data.many import Act
from core.host import services
from core.views import forms
from core.views.editing import editable
from core.views.page import Option
from core.views.record_page import Field
from core.views.stale import labels_of
from core.web import formats
from core.web.form_input import parsed
from plugin_api.context import gettext, ngettext
from plugin_api.errors import Invalid, NotFound, Refused
from plugin_api.models import CompanyModel
from plugin_api.workflow import Transition

SHOWN_NAMES = 8
MOVE = "transition:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What shall be done with which records: ``edit, assign, delete, transition:<name>``."""

    model: type[CompanyModel]
    action: str
    ids: Sequence[int]
    field: str = ""
    """For ``edit``: what is to be set; empty while that is not chosen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BulkPage:
    """The questions of an action."""

    title: str
    button: str
    fields: tuple[Field, ...]
    choices: tuple[Option, ...]
    """Fields to choose from."""
    names: tuple[str, ...]
    more: int
    action: str
    ids: Sequence[int]
    is_ready: bool
    """Whether nothing is left to choose."""
    is_final: bool
    """Whether it cannot be taken back."""
    message: str = ""
    refusals: tuple[tuple[str, str], ...] = ()


def bulk_page(
    order: Order,
    typed: Mapping[str, str] | None = None,
    refused: Refused | None = None,
    refusals: Sequence[tuple[int, str]] = (),
) -> BulkPage:
    """The page of an action, empty or as it comes back. Raises NotFound."""
    titles = _titles(order.model, [id_ for id_, _why in refusals])
    names = tuple(_titles(order.model, order.ids[:SHOWN_NAMES]).values())
    fields = _fields(order, typed or {}, refused)
    return BulkPage(
        title=_title(order),
        button=_button(order),
        fields=fields,
        choices=_choices(order),
        names=names,
        more=len(order.ids) - len(names),
        action=order.action,
        ids=order.ids,
        is_ready=order.action != "edit" or bool(order.field),
        is_final=order.action == "delete",
        message=_message(refused, {field.name for field in fields}),
        refusals=tuple((titles[id_], why) for id_, why in refusals),
    )


def asked_names(order: Order) -> tuple[str, ...]:
    """Fields that an action reads. Raises NotFound for one that is not open to the actor."""
    model = order.model
    if order.action == "delete":
        return ()
    if order.action.startswith(MOVE):
        return tuple(n for n in dict.fromkeys(_transition(order).inputs) if n in fields_of(model))
    name = order.field
    if order.action == "assign":
        name = (model.__owner__ or "").removesuffix("_id")
    elif order.action != "edit":
        raise NotFound("")
    if not name:
        return ()
    if name not in editable(model):
        raise NotFound("")
    return (name,)


def act_of(order: Order, typed: Mapping[str, str]) -> tuple[str, Act]:
    """What the actor must be allowed to do with each record, and how it is done."""
    records, model = services().records, order.model
    if order.action == "delete":
        return "delete", records.delete
    if order.action.startswith(MOVE):
        name = _transition(order).name
        given = {n: text for n, text in typed.items() if text}
        return "read", lambda record: records.transition(record, name, parsed(model, given, record))
    if not typed:
        raise Invalid(gettext("Choose a field."))
    return "update", lambda record: records.update(record, parsed(model, typed, record))


def said(order: Order) -> str:
    """What was done."""
    number = len(order.ids)
    if order.action == "delete":
        return str(ngettext("%(num)s record deleted.", "%(num)s records deleted.", number))
    return str(ngettext("%(num)s record changed.", "%(num)s records changed.", number))


def _transition(order: Order) -> Transition:
    workflow = services().registry.workflows.get(order.model.model_key())
    name = order.action.removeprefix(MOVE)
    for each in workflow.transitions if workflow else ():
        if each.name == name and each.button:
            return each
    raise NotFound("")


def _fields(order: Order, typed: Mapping[str, str], refused: Refused | None) -> tuple[Field, ...]:
    metas = fields_of(order.model)
    required = set(_transition(order).required) if order.action.startswith(MOVE) else set()
    labels, errors = labels_of(metas, typed), refused.errors if refused else {}
    return tuple(
        forms.field(
            metas[name],
            {},
            typed=typed.get(name),
            label=labels.get(name, ""),
            errors=errors.get(name, ()),
            required=name in required or (metas[name].required and not required),
        )
        for name in asked_names(order)
    )


def _message(refused: Refused | None, shown: set[str]) -> str:
    """What is wrong with no field that is shown."""
    if refused is None or refused.errors.keys() & shown:
        return ""
    return refused.words


def _titles(model: type[CompanyModel], ids: Sequence[int]) -> dict[int, str]:
    """Names of records, numbers of those that the actor may not see."""
    asked = {"id__in": ",".join(map(str, ids)), "fields": model.__title__, "limit": "1000"}
    rows = query.run(query.parse_query(model, asked)).rows if ids else []
    found = {row["id"]: query.title_of(model, row) for row in rows}
    return {id_: found.get(id_, f"#{id_}") for id_ in ids}


def _title(order: Order) -> str:
    model, number = order.model, formats.number(len(order.ids))
    things = model.__label__ if len(order.ids) == 1 else model.__label_plural__
    if order.action == "delete":
        return str(gettext("Delete %(count)s × %(things)s?", count=number, things=things))
    if order.action.startswith(MOVE):
        return f"{_transition(order).label} · {number} × {things}"
    if order.action == "assign":
        return str(gettext("Hand over %(count)s × %(things)s", count=number, things=things))
    return str(gettext("Change %(count)s × %(things)s", count=number, things=things))


def _button(order: Order) -> str:
    if order.action == "delete":
        return str(gettext("Delete"))
    if order.action.startswith(MOVE):
        return str(_transition(order).label)
    return str(gettext("Change all of them"))


def _choices(order: Order) -> tuple[Option, ...]:
    """Fields that may be set, where one is to be chosen."""
    if order.action != "edit":
        return ()
    metas = fields_of(order.model)
    names = sorted(editable(order.model), key=lambda name: str(metas[name].label))
    options = (
        Option(value=name, label=str(metas[name].label), selected=name == order.field)
        for name in names
    )
    return (Option(value="", label=str(gettext("Field…"))), *options)
