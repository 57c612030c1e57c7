"""What stands beside plans, and beside records that plans are about."""

from __future__ import annotations

import sqlalchemy as sa
from flask import url_for

from plugin_api import host
from plugin_api.context import gettext, has_permission, pgettext
from plugin_api.figures import measure_of
from plugin_api.models import CompanyModel
from plugin_api.panels import Action, Fact, Panel
from plugins.plans import display
from plugins.plans.access import FIGURES, READ, STRATEGY
from plugins.plans.models import Link, Objective, Report, Step, Strategy
from plugins.plans.models.steps import OPEN
from plugins.plans.services import objectives, steps, strategies, subjects, targets

MOST = 4


def for_record(record: CompanyModel) -> list[Panel]:
    """The panels of a record of plans, or of one that they are about."""
    if isinstance(record, Strategy):
        return _of_strategy(record)
    if isinstance(record, Objective):
        return [_of_objective(record)]
    if isinstance(record, Step):
        return _of_step(record)
    if isinstance(record, Report):
        href = url_for("plans.report", report_id=record.id)
        action = Action(label=gettext("Open the report"), href=href, icon="journal-text")
        return [Panel(title=gettext("What happened"), facts=(), actions=(action,))]
    if subjects.model_for(record.model_key()) is None:
        return []
    return _of_subject(record)


def _of_strategy(strategy: Strategy) -> list[Panel]:
    tree = Action(
        label=gettext("On one page"), icon="diagram-2",
        href=url_for("plans.tree", strategy_id=strategy.id),
    )  # fmt: skip
    if strategy.state == "draft":
        note = gettext("When it begins, what it is compared with is kept.")
        return [Panel(title=gettext("Actual against expected"), facts=(), note=note,
                      actions=(tree,))]  # fmt: skip
    found = strategies.result(strategy)
    if found is None or measure_of(strategy.measure) is None:
        note = gettext("There is no figure yet, or you may not see it.")
        return [Panel(title=gettext("Actual against expected"), facts=(), note=note,
                      actions=(tree,))]  # fmt: skip
    effect, unit = found.effect, found.measure.unit
    facts = []
    if has_permission(FIGURES):
        facts += [
            Fact(label=pgettext("period", "Before"), value=display.figure(effect.before, unit)),
            Fact(label=pgettext("period", "After"), value=display.figure(effect.after, unit)),
        ]
    facts += [
        Fact(label=gettext("Expected change"), value=display.change(effect.expected)),
        Fact(label=pgettext("figure", "Change"), value=display.change(effect.change)),
    ]
    if effect.per_day is not None:
        facts.append(
            Fact(label=gettext("Change per working day"), value=display.change(effect.per_day))
        )
    return [
        Panel(
            title=gettext("Actual against expected"), facts=tuple(facts),
            note=" ".join(notes(found)), actions=(tree,),
        )
    ]  # fmt: skip


def notes(found: strategies.Result) -> list[str]:
    """What one has to know of a comparison."""
    said = [
        gettext(
            "%(first)s to %(last)s against %(from_)s to %(to)s.",
            first=display.day(found.after[0]), last=display.day(found.after[1]),
            from_=display.day(found.before[0]), to=display.day(found.before[1]),
        )
    ]  # fmt: skip
    if found.days < strategies.FEW_DAYS:
        said.append(gettext("Only %(days)d days so far: too few to tell.", days=found.days))
    if found.narrowed:
        said.append(gettext("Counts only: %(names)s.", names=", ".join(found.narrowed)))
    if found.ignored:
        said.append(gettext("The figure is not known by: %(names)s.",
                            names=", ".join(found.ignored)))  # fmt: skip
    said.append(caveat())
    return said


def caveat() -> str:
    """What before and after cannot tell."""
    return str(
        gettext(
            "This compares before and after, without a group that went on as before: whatever else "
            "changed in these days is in the difference too."
        )
    )


def _of_objective(objective: Objective) -> Panel:
    found = objectives.standing(objective, objectives.parts_of([objective.id])[objective.id])
    counted, unit = found.coverage, found.unit
    facts = []
    if measure_of(objective.measure) is None:
        note = gettext("Its measure is not there now, or you may not see it.")
    else:
        facts = [
            Fact(label=gettext("Goal"), value=display.figure(found.goal, unit)),
            Fact(label=pgettext("plan", "Actual"), value=display.figure(found.actual, unit),
                 share=_share(found)),
            Fact(label=gettext("Still lacking"), value=display.figure(counted.left, unit)),
        ]  # fmt: skip
        note = gettext("As whoever has it sees the figure.")
    facts += [
        Fact(label=gettext("Gap without the steps"), value=display.figure(counted.gap, unit)),
        Fact(label=gettext("Expected of steps"), value=display.figure(counted.expected, unit)),
        Fact(
            label=gettext("Coverage"), value=display.share(counted.share),
            share=None if counted.share is None else float(counted.share),
        ),
        Fact(
            label=gettext("Open steps ÷ still lacking"), value=display.share(counted.open_share)
        ),
        Fact(
            label=gettext("Brought, of what done steps promised"),
            value=gettext(
                "%(brought)s of %(promised)s",
                brought=display.figure(counted.realised, unit),
                promised=display.figure(counted.promised, unit),
            ),
        ),
    ]  # fmt: skip
    if objective.target and not targets.are_used():
        note += " " + gettext("Targets are switched off: the goal is what the target said last.")
    actions: tuple[Action, ...] = ()
    if objective.strategy_id is not None and has_permission(STRATEGY):
        href = url_for("plans.tree", strategy_id=objective.strategy_id)
        actions = (Action(label=gettext("On one page"), href=href, icon="diagram-2"),)
    return Panel(
        title=gettext("How far the steps carry"), facts=tuple(facts), note=note, actions=actions
    )


def _share(found: objectives.Standing) -> float | None:
    if found.goal is None or found.goal <= 0 or found.actual is None:
        return None
    return float(found.actual / found.goal)


def _of_step(step: Step) -> list[Panel]:
    facts = [
        Fact(label=name, value=gettext("not done"), href=host().record_url("plans.Step", id_))
        for id_, name in steps.waited_for(step.id)
    ]
    late = steps.threatened([step.id]).get(step.id)
    if late:
        facts.append(Fact(label=gettext("Held up"), value=display.late(late)))
    if step.about_model and step.about_id:
        title = subjects.title(step.about_model, step.about_id)
        if title is not None:
            facts.append(
                Fact(
                    label=title, value=subjects.label_of(step.about_model),
                    href=host().record_url(step.about_model, step.about_id),
                )
            )  # fmt: skip
    actions: tuple[Action, ...] = ()
    if late and host().records.may(step, "update"):
        path = host().record_url("plans.Step", step.id)
        label = gettext("Begin after what it waits for")
        actions = (Action(label=label, href=f"{path}/transitions/follow", post=True),)
    if not facts:
        return []
    return [Panel(title=gettext("Waits for, and is about"), facts=tuple(facts), actions=actions)]


def _of_subject(record: CompanyModel) -> list[Panel]:
    """Open steps about a record, and strategies that use it. Two statements."""
    key, facts = record.model_key(), list[Fact]()
    if has_permission(READ):
        asked = sa.select(Step.id, Step.name, Step.due).where(
            Step.about_model == key, Step.about_id == record.id, Step.state.in_(OPEN),
            host().records.visible(Step),
        ).order_by(Step.due, Step.id).limit(MOST)  # fmt: skip
        facts += [
            Fact(
                label=row.name, value=display.day(row.due),
                href=host().record_url("plans.Step", row.id),
            )
            for row in host().session.execute(asked)
        ]  # fmt: skip
    if has_permission(STRATEGY):
        using = sa.select(Strategy.id, Strategy.name).join(Link, Link.strategy_id == Strategy.id)
        using = using.where(
            Link.about_model == key, Link.about_id == record.id, host().records.visible(Strategy)
        )
        facts += [
            Fact(
                label=row.name, value=gettext("Strategy"),
                href=url_for("plans.tree", strategy_id=row.id),
            )
            for row in host().session.execute(using.order_by(Strategy.id).limit(MOST))
        ]  # fmt: skip
    return [Panel(title=gettext("In plans"), facts=tuple(facts))] if facts else []
