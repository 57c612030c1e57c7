"""States and the moves between them: the one function that runs every transition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.access.rules import scope_of
from core.data import masks, references, saving
from core.data.checks import Errors, accept, clean, difference, refuse, state_of
from core.data.fields import FieldMeta, put, value_of
from core.data.shapes import shape_of
from core.host import services
from plugin_api.context import Text, current_actor, gettext
from plugin_api.errors import NotFound, Rejected
from plugin_api.models import Base, CompanyModel
from plugin_api.workflow import Transition, Workflow

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """A transition and what is given with it."""

    transition: Transition
    values: dict[str, Any] = field(default_factory=dict)


def workflow_of(model: type[Base]) -> Workflow | None:
    """The workflow of a model, if any."""
    return services().registry.workflows.get(model.model_key())


def named(record: CompanyModel, name: str) -> Transition:
    """A transition by its name. Raises NotFound."""
    workflow = workflow_of(type(record))
    for transition in workflow.transitions if workflow else ():
        if transition.name == name:
            return transition
    raise NotFound(gettext("There is no such transition."))


def at_start(model: type[Base], values: Values) -> tuple[Values, Errors]:
    """Values of a new record without its state, unless whoever makes one may choose it: the
    field is not read-only."""
    workflow = workflow_of(model)
    if workflow is None or starts_anywhere(model):
        return values, {}
    shape, errors = shape_of(model), Errors()
    meta = shape.by_key[workflow.field]
    start = meta.default() if meta.default is not None else None
    rest: dict[str, Any] = {}
    for key, value in values.items():
        if shape.by_key.get(key) is not meta:
            rest[key] = value
        elif value is not None and value != start:
            labels = _labels(t for t in workflow.transitions if t.to == value)
            text = gettext("A new record starts as “%(state)s”.", state=_state(meta, start))
            if labels:
                text = gettext("%(rule)s Then choose: %(names)s.", rule=text, names=labels)
            errors[meta.name] = [text]
    return rest, errors


def starts_anywhere(model: type[Base]) -> bool:
    """Whether whoever makes a record may choose its state: the field is not read-only. What
    follows from that state is for the hooks of the plugin to complete."""
    workflow = workflow_of(model)
    return workflow is not None and not shape_of(model).by_key[workflow.field].readonly


def locked(record: CompanyModel, values: Values) -> tuple[Values, Errors]:
    """Values without those that only a transition changes; those that differ are refused."""
    plain, wanted, errors = _sorted_out(record, values)
    workflow = workflow_of(type(record))
    if workflow is not None:
        for name, value in wanted.items():
            errors[name] = [_only_by(record, workflow, name, value)]
    return plain, errors


def plan(record: CompanyModel, values: Values) -> tuple[Values, list[Move]]:
    """What a plain change does, and the moves that bring the record to the rest.

    Raises Invalid when no transition leads there.
    """
    plain, wanted, errors = _sorted_out(record, values)
    refuse(errors)
    workflow = workflow_of(type(record))
    if workflow is None or not wanted:
        return plain, []
    moves = _moves(record, workflow, wanted)
    rest = dict(plain)
    shape = shape_of(type(record))
    for move in moves:
        inputs = {shape.by_key[name].name for name in move.transition.inputs}
        for key in [key for key in rest if key in shape.by_key]:
            if shape.by_key[key].name in inputs:
                move.values[key] = rest.pop(key)
        for name in wanted.keys() & inputs:
            move.values[name] = wanted[name]
    return rest, moves


def run(
    record: CompanyModel, transition: Transition, values: Values, version: int | None = None
) -> Mapping[str, Any]:
    """Take a record through a transition and return what that has to say.

    ``check`` and ``apply`` see the record as it was and get the values under the names that
    ``inputs`` gives them; what the values hold after ``apply`` is put on the record. The hooks
    of a change are called as for any other, ``before_transition`` and ``after_transition`` besides.
    """
    model = type(record)
    workflow = services().registry.workflows[model.model_key()]
    saving.allow_for(record, transition.permission or f"{model.model_key()}.update")
    saving.check_version(record, version)
    metas, state = shape_of(model).by_key, getattr(record, workflow.field)
    if state not in transition.from_:
        raise Rejected(workflow.field, _not_from(transition, metas[workflow.field], state))
    old = saving.stored_state(record)
    given = _given(record, transition, values)
    said: Mapping[str, Any] = {}
    touched = {metas[name].attribute for name in given if name in metas}
    saving.look([record])
    with saving.changing(record, touched):
        with saving.by_code():
            if transition.check is not None:
                transition.check(record, dict(given))
        saving.call("before_transition", record, transition=transition, values=dict(given))
        with saving.by_code():
            if transition.apply is not None:
                said = transition.apply(record, given) or {}
        for name, value in given.items():
            if name in metas:
                put(record, metas[name], value)
        if transition.to is not None:
            setattr(record, workflow.field, transition.to)
        refuse(_missing(model, transition, state_of(record)))
        changes = difference(old, state_of(record))
        if changes:
            attributes = saving.by_attribute(model, changes)
            saving.call_before("before_update", record, changes=attributes)
            changes = saving.check_and_flush(record, old)
    saving.note(record, "transition", changes, transition.name)
    if changes:
        saving.call("after_update", record, changes=saving.by_attribute(model, changes))
    new_state = changes.get(workflow.field, (state, state))[1]
    saving.call("after_transition", record, transition=transition, old=state, new=new_state)
    saving.follow_up(record)
    return said


def _given(record: CompanyModel, transition: Transition, values: Values) -> dict[str, Any]:
    """Checked values under the names that the transition uses. Raises Invalid."""
    model = type(record)
    shape, now = shape_of(model), state_of(record)
    names = {shape.by_key[name].name: name for name in (*transition.required, *transition.inputs)}
    inputs = {shape.by_key[name].name for name in transition.inputs}
    takes = inputs | {name for name in names if _is_empty(now[name])}
    values = masks.without_untouched(shape.by_key, values, now)
    taken, errors = accept(model, values, takes)
    new = {**now, **taken}
    errors.update(references.faults(model, [(new, taken.keys())])[0])
    for name, text in _missing(model, transition, new).items():
        errors.setdefault(name, text)
    refuse(errors)
    return {names[name]: value for name, value in taken.items()}


def _missing(model: type[Base], transition: Transition, state: Mapping[str, Any]) -> Errors:
    by_key = shape_of(model).by_key
    required = [by_key[name].name for name in transition.required]
    return {
        name: [gettext("“%(transition)s” needs a value.", transition=transition.label)]
        for name in required
        if _is_empty(state[name])
    }


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _sorted_out(
    record: CompanyModel, values: Values
) -> tuple[dict[str, Any], dict[str, Any], Errors]:
    """Plain values as given, guarded values by view name that differ, faulty guarded ones."""
    model = type(record)
    workflow, shape = workflow_of(model), shape_of(model)
    guarded = (workflow.field, *workflow.guards) if workflow else ()
    names = {shape.by_key[key].name for key in guarded}
    plain: dict[str, Any] = {}
    wanted: dict[str, Any] = {}
    errors: Errors = {}
    for key, value in values.items():
        meta = shape.by_key.get(key)
        if meta is None or meta.name not in names:
            plain[key] = value
            continue
        try:
            cleaned = clean(meta, value)
        except ValueError as error:
            errors[meta.name] = [str(error)]
            continue
        if cleaned != value_of(record, meta):
            wanted[meta.name] = cleaned
    return plain, wanted, errors


def _moves(record: CompanyModel, workflow: Workflow, wanted: Mapping[str, Any]) -> list[Move]:
    """Transitions that lead to guarded values. Raises Invalid naming those out of reach."""
    by_key = shape_of(type(record)).by_key
    state = getattr(record, workflow.field)
    goal = wanted.get(workflow.field, state)
    moves: list[Transition] = []
    left = set(wanted) - {workflow.field}

    def inputs(transition: Transition) -> set[str]:
        return {by_key[name].name for name in transition.inputs}

    to_goal = _best(
        record, [t for t in workflow.transitions if state in t.from_ and t.to == goal]
    ) if workflow.field in wanted else None  # fmt: skip
    if to_goal is not None:
        moves.append(to_goal)
        left -= inputs(to_goal)
    if left:
        # Where the record stands is tried first: it is moved on before it is ended.
        for here in dict.fromkeys((state, goal) if to_goal is not None else (state,)):
            able = [t for t in workflow.transitions if here in t.from_ and left & inputs(t)]
            staying = [t for t in able if t.to in (None, here)]
            found = _best(record, staying or ([] if to_goal is not None else able))
            if found is not None:
                moves.insert(0 if here == state else len(moves), found)
                left -= inputs(found)
                break
    unreachable = left | ({workflow.field} & wanted.keys() if to_goal is None else set())
    refuse({n: [_only_by(record, workflow, n, wanted[n])] for n in sorted(unreachable)})
    return [Move(transition) for transition in moves]


def _best(record: CompanyModel, able: list[Transition]) -> Transition | None:
    """The first that the actor may take, else the first."""
    model, actor = type(record), current_actor()
    for transition in able:
        permission = transition.permission or f"{model.model_key()}.update"
        if scope_of(model, permission, actor) is not None:
            return transition
    return able[0] if able else None


def _only_by(record: CompanyModel, workflow: Workflow, name: str, value: Any) -> str:
    """Says which transitions make a change that was tried without one."""
    by_key = shape_of(type(record)).by_key
    state = getattr(record, workflow.field)
    if name == by_key[workflow.field].name:
        able = [t for t in workflow.transitions if t.to == value]
    else:
        able = [t for t in workflow.transitions if name in {by_key[i].name for i in t.inputs}]
    labels = _labels(t for t in able if state in t.from_)
    if labels:
        return str(gettext("This changes only with: %(names)s.", names=labels))
    return str(
        gettext(
            "No transition leads there from “%(state)s”.",
            state=_state(by_key[workflow.field], state),
        )
    )


def _not_from(transition: Transition, meta: FieldMeta, state: Any) -> Text:
    return gettext(
        "“%(transition)s” is not possible while this is “%(state)s”.",
        transition=transition.label,
        state=_state(meta, state),
    )


def _state(meta: FieldMeta, state: Any) -> str:
    return next((str(c.label) for c in meta.choices if c.value == state), str(state))


def _labels(transitions: Iterable[Transition]) -> str:
    return ", ".join(f"“{transition.label}”" for transition in transitions)
