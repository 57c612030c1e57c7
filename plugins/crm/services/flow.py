"""Where an opportunity stands: pipeline, stage and outcome always say the same."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugins.crm.models import Opportunity
from plugins.crm.services import gates, worth
from plugins.crm.services.stages import (
    Step,
    default_pipeline,
    first,
    stalls_on,
    steps,
)


def place(record: Opportunity) -> None:
    """Make pipeline, stage, outcome and days of a new opportunity agree. Raises Rejected.

    Either of stage and outcome may be given: one that was lost in “Proposal” comes from there
    and lies in the pipeline's lost stage. A void one lies in no stage.
    """
    step = steps().get(record.stage_id or 0)
    if record.pipeline_id is None:
        record.pipeline_id = step.pipeline_id if step else default_pipeline()
    if record.pipeline_id is None:
        raise Rejected("pipeline", gettext("There is no pipeline yet. Set one up first."))
    came_from = step if step and step.outcome == "open" else None
    if record.outcome in (None, "open"):
        step = step or first(record.pipeline_id, "open")
        if step is None:
            raise Rejected("stage", gettext("The pipeline has no stage for open opportunities."))
        record.outcome = step.outcome
    elif record.outcome == "void":
        step = None
    elif step is None or step.outcome == "open":
        step = end_of(record.pipeline_id, record.outcome)
    elif step.outcome != record.outcome:
        raise Rejected("stage", gettext("The stage “%(stage)s” says otherwise.", stage=step.name))
    record.stage_id = step.id if step else None
    if record.outcome != "open":
        record.closed_from_id = came_from.id if came_from else None
    _days(record)
    if record.outcome != "open" or record.probability is None:
        record.probability = step.probability if step else None
    _enter(record, step, _since(record))
    if step is not None:
        gates.check(record, step)


def enter(record: Opportunity, step: Step, on: date | None = None) -> None:
    """Move an opportunity to a stage, and let outcome, days and amounts follow.

    ``on`` is the day on which it was won or lost; today by default. Raises Invalid when the
    stage asks for fields that are empty.
    """
    if record.stage_id == step.id and record.outcome == step.outcome:
        return
    was, record.outcome = record.outcome, step.outcome
    if step.outcome == "open":
        record.closed_on = record.closed_from_id = None
        record.win_reason_id = record.loss_reason_id = None
    else:
        if was == "open":
            record.closed_from_id = record.stage_id
        if on is not None or was != step.outcome:
            record.closed_on = on or today()
        if step.outcome == "won":
            record.loss_reason_id = None
        else:
            record.win_reason_id = None
    record.pipeline_id, record.stage_id = step.pipeline_id, step.id
    record.probability = step.probability
    _enter(record, step, today())
    gates.check(record, step)
    if was in worth.CLOSED or record.outcome in worth.CLOSED:
        worth.convert_amount(record)
    worth.derive(record)


def make_void(record: Opportunity) -> None:
    """Take an opportunity out of every figure: it was a mistake, a test, a duplicate."""
    if record.outcome == "open":
        record.closed_from_id = record.stage_id
    record.outcome, record.stage_id = "void", None
    record.closed_on = record.probability = None
    _enter(record, None, today())
    worth.derive(record)


def come_back(record: Opportunity) -> None:
    """Open a closed or void opportunity again, in the stage that it came from."""
    pipeline = record.pipeline_id or default_pipeline() or 0
    step = steps().get(record.closed_from_id or 0) or first(pipeline, "open")
    if step is None:
        raise Rejected("stage", gettext("The pipeline has no stage for open opportunities."))
    enter(record, step)


def usual_probability(record: Opportunity) -> Decimal | None:
    """What the stage says of an opportunity that says nothing itself."""
    step = steps().get(record.stage_id or 0)
    return step.probability if step else None


def end_of(pipeline_id: int, outcome: str) -> Step:
    """The stage of a pipeline where opportunities are won, or lost. Raises Rejected."""
    found = first(pipeline_id, outcome)
    if found is not None:
        return found
    if outcome == "won":
        raise Rejected("stage", gettext("The pipeline has no stage for won opportunities."))
    raise Rejected("stage", gettext("The pipeline has no stage for lost opportunities."))


def _days(record: Opportunity) -> None:
    """Complete the days of a new opportunity.

    A day given as that of closing is the expected one while it is open; the expected one is
    that of closing when it has passed. Who leaves the day of creation out means today; who
    gives it as empty does not know it.
    """
    if record.outcome in worth.CLOSED:
        expected = record.expected_close
        passed = expected if expected is not None and expected <= today() else None
        record.closed_on = record.closed_on or passed or today()
    else:
        if record.outcome == "open":
            record.expected_close = record.expected_close or record.closed_on
        record.closed_on = None
    if "created_on" not in sa.inspect(record).dict:
        late = record.closed_on is not None and record.closed_on < today()
        record.created_on = None if late else today()


def _since(record: Opportunity) -> date:
    """The day on which a new opportunity entered its stage, as far as it is known."""
    return min(record.closed_on or record.created_on or today(), today())


def _enter(record: Opportunity, step: Step | None, on: date) -> None:
    record.stage_since = on if step else None
    record.stalls_on = stalls_on(record, step) if step else None
