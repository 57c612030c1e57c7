"""Moving opportunities: by buttons, on the board, and past gates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.data.settings import store
from plugin_api.context import today
from plugin_api.errors import Invalid, Rejected
from plugin_api.host import host
from plugins.crm.models import LossReason, Opportunity, Pipeline, Stage, WinReason
from tests.plugins.crm.conftest import Make
from tests.plugins.crm.kit import change_stage, name_of_stage, stage, stays


def move(record: Opportunity, name: str, **values: object) -> None:
    host().records.transition(record, name, values)


def test_winning(deal: Make) -> None:
    made = deal(created_on=date(2025, 1, 1))
    reason = host().session.query(WinReason).first()
    move(made, "win", closed_on=date(2025, 3, 1), amount=90_000_00, win_reason=reason.id)
    assert (made.outcome, name_of_stage(made), made.closed_on) == ("won", "Won", date(2025, 3, 1))
    assert (made.amount_company, made.cycle_days, made.probability) == (90_000_00, 59, 100)
    assert made.weighted_amount is None
    assert (made.closed_from_id, made.stalls_on) == (stage("Prospecting"), None)
    assert stays(made) == [("Prospecting", True), ("Won", False)]


def test_losing(deal: Make) -> None:
    made = deal()
    reason = host().session.query(LossReason).first()
    move(made, "lose", loss_reason=reason.id)
    assert (made.outcome, made.closed_on, made.probability) == ("lost", today(), 0)
    assert made.loss_reason_id == reason.id


def test_reopening_takes_the_end_back(deal: Make) -> None:
    made = deal(stage=stage("Proposal"))
    reason = host().session.query(LossReason).first()
    move(made, "lose", loss_reason=reason.id)
    move(made, "reopen")
    assert (made.outcome, name_of_stage(made), made.probability) == ("open", "Proposal", 50)
    assert (made.closed_on, made.loss_reason_id, made.cycle_days) == (None, None, None)
    assert made.weighted_amount == 50_000_00
    assert stays(made)[-1] == ("Proposal", False)


def test_a_lost_one_may_be_won_after_all_on_a_day_of_its_own(deal: Make) -> None:
    made = deal(outcome="lost", closed_on=date(2025, 1, 31))
    move(made, "win")
    assert (made.outcome, made.closed_on) == ("won", today())


def test_void_and_back(deal: Make) -> None:
    made = deal(stage=stage("Proposal"))
    move(made, "void")
    assert (made.outcome, made.stage_id, made.probability) == ("void", None, None)
    assert stays(made) == [("Proposal", True)]
    move(made, "reopen")
    assert (made.outcome, name_of_stage(made)) == ("open", "Proposal")


@pytest.mark.parametrize(("goal", "outcome"), [("Won", "won"), ("Lost", "lost")])
def test_a_card_dragged_to_an_end_is_won_or_lost(deal: Make, goal: str, outcome: str) -> None:
    made = deal()
    move(made, "move", stage=stage(goal))
    assert (made.outcome, made.closed_on) == (outcome, today())


def test_a_card_dragged_back_is_open_again(deal: Make) -> None:
    made = deal(outcome="lost")
    move(made, "move", stage=stage("Negotiation"))
    assert (made.outcome, made.closed_on, made.probability) == ("open", None, 75)


def test_moving_to_where_it_is_changes_nothing(deal: Make) -> None:
    made = deal(probability=20)
    move(made, "move", stage=made.stage_id)
    assert made.probability == 20


def test_stage_and_outcome_change_by_transitions_only(deal: Make) -> None:
    made = deal()
    for values in ({"stage": stage("Won")}, {"outcome": "won"}):
        with pytest.raises(Invalid, match="another look"):
            host().records.update(made, values)
    assert made.outcome == "open"


def test_a_change_of_stage_in_an_import_is_a_move(deal: Make) -> None:
    made = deal(created_on=date(2025, 1, 1))
    host().records.bring(made, {"stage": stage("Won"), "closed_on": date(2025, 3, 1)})
    assert (made.outcome, made.closed_on, made.cycle_days) == ("won", date(2025, 3, 1), 59)
    other = deal()
    host().records.bring(other, {"outcome": "lost", "closed_on": date(2025, 3, 1), "amount": 0})
    assert (other.outcome, other.closed_on, other.amount) == ("lost", date(2025, 3, 1), 0)


class TestPipelines:
    @pytest.fixture
    def renewals(self, acme: object) -> Pipeline:
        records = host().records
        made = records.create(Pipeline, {"name": "Renewals"})
        for position, (name, outcome) in enumerate([("Due", "open"), ("Renewed", "won")]):
            values = {"name": name, "pipeline": made.id, "outcome": outcome, "position": position}
            records.create(Stage, values)
        return made

    def test_a_stage_belongs_to_the_pipeline(self, deal: Make, renewals: Pipeline) -> None:
        with pytest.raises(Invalid) as refused:
            deal(pipeline=renewals.id, stage=stage("Proposal"))
        assert "does not fit" in str(refused.value.errors["stage"])
        assert name_of_stage(deal(pipeline=renewals.id)) == "Due"
        assert deal(stage=stage("Due")).pipeline_id == renewals.id

    def test_one_may_be_moved_to_another(self, deal: Make, renewals: Pipeline) -> None:
        made = deal()
        with pytest.raises(Invalid):
            move(made, "move", stage=stage("Due"))
        move(made, "move", pipeline=renewals.id, stage=stage("Due"))
        assert (made.pipeline_id, name_of_stage(made)) == (renewals.id, "Due")

    def test_what_has_no_lost_stage_cannot_be_lost(self, deal: Make, renewals: Pipeline) -> None:
        made = deal(pipeline=renewals.id)
        with pytest.raises(Rejected, match="no stage for lost"):
            move(made, "lose")
        assert made.outcome == "open"

    def test_there_is_one_default(self, deal: Make, renewals: Pipeline) -> None:
        host().records.update(renewals, {"is_default": True})
        assert deal().pipeline_id == renewals.id
        assert host().session.query(Pipeline).filter_by(is_default=True).count() == 1
        with pytest.raises(Rejected, match="another pipeline"):
            host().records.update(renewals, {"is_default": False})


class TestGates:
    def test_a_stage_asks_for_fields_and_names_them(self, deal: Make) -> None:
        change_stage("Proposal", required_fields="amount, contact")
        made = deal(amount=None)
        with pytest.raises(Invalid, match=r"Proposal.*Amount, Contact") as refused:
            move(made, "move", stage=stage("Proposal"))
        assert sorted(refused.value.errors) == ["amount", "contact"]
        assert name_of_stage(made) == "Prospecting"

    def test_no_gate_is_passed_by_jumping(self, deal: Make) -> None:
        change_stage("Proposal", required_fields="amount")
        made = deal(amount=None)
        for name, values in (
            ("move", {"stage": stage("Negotiation")}),
            ("move", {"stage": stage("Won")}),
            ("win", {}),
        ):
            with pytest.raises(Invalid, match="Amount"):
                move(made, name, **values)
        for values in ({"stage": stage("Negotiation")}, {"outcome": "won"}):
            with pytest.raises(Invalid, match="Amount"):
                deal(amount=None, **values)

    def test_what_is_given_with_the_move_counts(self, deal: Make) -> None:
        change_stage("Proposal", required_fields="amount")
        made = deal(amount=None)
        move(made, "win", amount=5_00)
        assert made.outcome == "won"

    def test_losing_implies_nothing(self, deal: Make) -> None:
        change_stage("Proposal", required_fields="amount")
        made = deal(amount=None)
        move(made, "lose")
        assert made.outcome == "lost"

    def test_a_needed_field_is_not_emptied_afterwards(self, deal: Make) -> None:
        change_stage("Proposal", required_fields="amount")
        made = deal(stage=stage("Proposal"))
        with pytest.raises(Rejected, match="Amount"):
            host().records.update(made, {"amount": None})
        host().records.update(made, {"amount": 0, "next_step": None})

    def test_a_stage_asks_for_what_there_is(self, deal: Make) -> None:
        with pytest.raises(Rejected, match="no field “colour”"):
            change_stage("Proposal", required_fields="amount, colour")

    def test_a_used_stage_keeps_its_outcome(self, deal: Make) -> None:
        deal()
        with pytest.raises(Rejected, match="Move them first"):
            change_stage("Prospecting", outcome="won")
        change_stage("Negotiation", outcome="won")

    def test_a_loss_reason_is_asked_for_where_the_company_wants_it(self, deal: Make) -> None:
        made = deal()
        store("crm.loss_reason_required", True)
        for name, values in (("lose", {}), ("move", {"stage": stage("Lost")})):
            with pytest.raises(Rejected, match="why it was lost"):
                move(made, name, **values)
        assert deal(outcome="lost").outcome == "lost"
        move(made, "lose", loss_reason=host().session.query(LossReason).first().id)


def test_opportunities_stall_after_as_many_days_as_their_stage_says(deal: Make) -> None:
    made = deal(created_on=date(2025, 1, 1))
    assert made.stalls_on == date(2025, 1, 31)
    change_stage("Prospecting", rot_days=10)
    assert made.stalls_on == date(2025, 1, 11)
    change_stage("Prospecting", rot_days=None)
    assert made.stalls_on is None
    move(made, "move", stage=stage("Negotiation"))
    assert made.stalls_on == today() + timedelta(days=21)
