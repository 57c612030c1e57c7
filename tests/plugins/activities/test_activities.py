"""Activities: what is completed and refused, for whom they count, who sees them."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from core.extensions import db
from plugin_api.context import clock_at, current_actor, today
from plugin_api.errors import Forbidden, NotFound, Refused, Rejected
from plugin_api.host import host
from plugins.activities import columns, hooks
from plugins.activities.models import Activity, Link, Participant
from plugins.activities.services import subjects
from plugins.crm.models import Account, Contact, Opportunity
from tests.plugins.activities.conftest import Make
from tests.plugins.crm.kit import acting, user

pytestmark = pytest.mark.usefixtures("acme")
NOON = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)
"""A Monday in Shanghai."""


def links(record: Activity) -> set[tuple[str, str]]:
    host().session.flush()
    rows = host().session.execute(
        sa.select(Link.model, Link.record_id).where(Link.activity_id == record.id)
    )
    return {(row.model, str(host().title_of(row.model, row.record_id))) for row in rows}


class TestCompleting:
    def test_the_day_is_that_of_the_start_by_the_company_s_clock(self, make: Make) -> None:
        late = dt.datetime(2026, 3, 2, 17, 0, tzinfo=dt.UTC)
        assert make(start=late).due == dt.date(2026, 3, 3)

    def test_what_is_done_was_done_now_or_at_noon_of_its_day(self, make: Make) -> None:
        with clock_at(NOON):
            assert make(state="done").done_at == NOON
            earlier = make(state="done", due=dt.date(2026, 2, 27))
        assert earlier.done_at == dt.datetime(2026, 2, 27, 4, 0, tzinfo=dt.UTC)
        assert (earlier.done_on, earlier.when) == (dt.date(2026, 2, 27), "closed")

    def test_putting_off_keeps_hour_and_length(self, make: Make) -> None:
        made = make(start=NOON, end=NOON + timedelta(hours=2))
        host().records.update(made, {"due": dt.date(2026, 3, 5)})
        assert made.start == NOON + timedelta(days=3)
        assert made.end == NOON + timedelta(days=3, hours=2)
        host().records.update(made, {"start": NOON})
        assert (made.due, made.end) == (dt.date(2026, 3, 2), NOON + timedelta(hours=2))

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"start": NOON, "end": NOON - timedelta(minutes=1)}, "end"),
            ({"end": NOON}, "start"),
            ({"about_model": "crm.Account"}, "about_id"),
            ({"about_id": 7}, "about_model"),
            ({"about_model": "crm.Account", "about_id": 10**9}, "about_id"),
            ({"about_model": "core.User", "about_id": 1}, "about_model"),
            ({"repeat": "custom", "repeat_rule": "often", "due": dt.date(2026, 3, 2)},
             "repeat_rule"),
            ({"repeat": "FREQ=WEEKLY"}, "due"),
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_refused_by_the_field(
        self, make: Make, values: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            make(**values)
        assert set(refused.value.errors) == {field}

    def test_a_deleted_record_leaves_its_name(self, make: Make, mill: Account) -> None:
        made = make(about=mill)
        host().records.delete(mill)
        host().session.expire_all()
        assert (made.about_model, made.about_id, made.about) == (None, None, "Blue Mill")
        assert links(made) == set()

    def test_starting_values(self) -> None:
        with acting("ann"):
            found = hooks.form_defaults("activities.Activity", current_actor())
        assert (found["owner"], found["due"]) == (user("ann"), today())

    def test_disabling_and_enabling_again_makes_no_second_kinds(self) -> None:
        from plugin_api.context import current_company
        from plugins.activities.models import Kind

        before = host().session.scalar(sa.select(sa.func.count(Kind.id)))
        hooks.on_enable(current_company())
        assert host().session.scalar(sa.select(sa.func.count(Kind.id))) == before == 6


class TestAbout:
    def test_it_counts_for_what_its_record_belongs_to(self, make: Make, mill: Account) -> None:
        someone = host().records.create(Contact, {"name": "Li Wei", "account": mill.id})
        deal = host().records.create(
            Opportunity, {"name": "Paper", "account": mill.id, "contact": someone.id, "amount": 1}
        )
        assert links(make(about=deal)) == {
            ("crm.Opportunity", "Paper"), ("crm.Account", "Blue Mill"), ("crm.Contact", "Li Wei"),
        }  # fmt: skip

    def test_another_record_takes_the_place_of_the_first(self, make: Make, mill: Account) -> None:
        made = make(about=mill)
        other = host().records.create(Account, {"name": "Red Mill"})
        host().records.update(made, {"about_id": other.id})
        assert made.about == "Red Mill"
        assert links(made) == {("crm.Account", "Red Mill")}

    def test_kinds_of_records_are_those_that_somebody_owns(self) -> None:
        keys = {choice.value for choice in subjects.choices()}
        assert {"crm.Account", "crm.Contact", "crm.Lead", "crm.Opportunity"} <= keys
        assert not keys & {"crm.Stage", "crm.OpportunityLine", "core.User", "activities.Activity"}

    def test_one_writes_about_what_one_sees(self, make: Make, mill: Account) -> None:
        with acting("cai"), pytest.raises(Rejected, match="may not see"):
            make(about=mill, owner=user("cai"))

    @pytest.mark.parametrize("text", ["", "crm.Account", "crm.Account:x", "core.User:1", "a:1:2"])
    def test_an_address_that_names_no_record(self, text: str) -> None:
        assert subjects.read(text) is None


class TestSeeing:
    def test_own_team_all(self, make: Make) -> None:
        made = make()
        host().session.flush()
        seen = {}
        for name in ("ann", "bo", "cai", "boss", "eve"):
            with acting(name):
                asked = sa.select(Activity.id).where(
                    Activity.id == made.id, host().records.visible(Activity)
                )
                seen[name] = host().session.scalar(asked) is not None
        assert seen == {"ann": True, "bo": False, "cai": False, "boss": True, "eve": True}

    def test_participants_see_it_and_do_not_change_it(self, make: Make) -> None:
        made = make()
        host().records.create(Participant, {"activity": made.id, "user": user("cai")})
        with acting("cai"):
            assert host().records.get(Activity, made.id).subject == "Ask them"
            with pytest.raises(Forbidden):
                host().records.get(Activity, made.id, "update")
        with acting("bo"), pytest.raises(NotFound):
            host().records.get(Activity, made.id)

    def test_nobody_plans_for_somebody_else(self, make: Make) -> None:
        with acting("cai"), pytest.raises(Forbidden):
            make(owner=user("ann"))


class TestMoves:
    def test_done_cancelled_and_taken_up_again(self, make: Make) -> None:
        made = make(due=today())
        with clock_at(NOON):
            host().records.transition(made, "done", {"outcome": "positive"})
        assert (made.state, made.done_on, made.outcome) == ("done", NOON.date(), "positive")
        host().records.transition(made, "reopen")
        assert (made.state, made.done_at, made.done_on) == ("open", None, None)
        host().records.transition(made, "cancel", {"result": "They moved away"})
        assert (made.state, made.when) == ("cancelled", "closed")

    @pytest.mark.parametrize(("when", "ahead"), [("today", 0), ("tomorrow", 1)])
    def test_the_board_plans_for_another_day(self, make: Make, when: str, ahead: int) -> None:
        made = make(due=today() - timedelta(days=3))
        assert made.when == "overdue"
        host().records.transition(made, "put_off", {"when": when})
        assert (made.due, made.when) == (today() + timedelta(days=ahead), when)

    def test_a_card_that_is_dragged_to_the_end_is_done(self, make: Make) -> None:
        made = make(due=today())
        host().records.transition(made, "put_off", {"when": "closed"})
        assert (made.state, made.done_on) == ("done", today())
        host().records.transition(made, "put_off", {"when": "undated"})
        assert (made.state, made.due, made.when) == ("open", None, "undated")

    def test_the_past_is_refused(self, make: Make) -> None:
        with pytest.raises(Rejected, match="past"):
            host().records.transition(make(due=today()), "put_off", {"when": "overdue"})


class TestSeries:
    def test_the_next_one_is_planned_when_one_is_done(self, make: Make, mill: Account) -> None:
        with clock_at(NOON):
            made = make(
                about=mill, repeat="FREQ=WEEKLY", start=NOON, end=NOON + timedelta(hours=1),
                remind="60",
            )  # fmt: skip
            host().records.transition(made, "done")
        following = (
            host().session.scalars(sa.select(Activity).where(Activity.series_id == made.id)).one()
        )
        assert following.start == NOON + timedelta(days=7)
        assert following.end == NOON + timedelta(days=7, hours=1)
        assert following.remind_at == NOON + timedelta(days=7) - timedelta(hours=1)
        assert (following.about, following.state) == ("Blue Mill", "open")
        assert (made.repeat, made.repeat_rule) == (None, None)

    def test_days_that_were_missed_are_not_made_up_for(self, make: Make) -> None:
        with clock_at(NOON):
            made = make(repeat="FREQ=DAILY", due=dt.date(2026, 3, 2))
        with clock_at(NOON + timedelta(days=10)):
            host().records.transition(made, "cancel")
        asked = sa.select(Activity.due).where(Activity.series_id == made.id)
        assert host().session.scalars(asked).all() == [dt.date(2026, 3, 12)]

    def test_it_ends(self, make: Make) -> None:
        with clock_at(NOON):
            made = make(repeat="FREQ=WEEKLY", due=NOON.date(), repeat_until=dt.date(2026, 3, 8))
            host().records.transition(made, "done")
        asked = sa.select(Activity).where(Activity.series_id == made.id)
        assert host().session.scalar(asked) is None


class TestOnPages:
    def test_record_timeline_tells_what_was_done(self, make: Make, mill: Account) -> None:
        deal = host().records.create(
            Opportunity, {"name": "Paper", "account": mill.id, "amount": 1}
        )
        with clock_at(NOON):
            make(about=mill, state="done", outcome="positive", result="Glad", subject="First")
        with clock_at(NOON + timedelta(hours=1)):
            make(about=deal, kind="visit", state="done", subject="Second")
            make(about=mill, subject="Open")
        found = hooks.record_timeline("crm.Account", mill.id, None, 10)
        assert [(str(e.what), e.title, e.text) for e in found] == [
            ("Visit", "Second", "Paper"), ("Call: Went well", "First", "Glad"),
        ]  # fmt: skip
        older = hooks.record_timeline("crm.Account", mill.id, (found[0].at, found[0].id), 10)
        assert [e.title for e in older] == ["First"]
        with acting("cai"):
            assert hooks.record_timeline("crm.Account", mill.id, None, 10) == []

    def test_record_panels_offer_to_log_and_to_plan(self, make: Make, mill: Account) -> None:
        make(about=mill, due=today(), subject="Call them")
        make(about=mill, state="done")
        with acting("ann"):
            (panel,) = hooks.record_panels("crm.Account", mill, current_actor())
        assert [(str(f.label), str(f.value)) for f in panel.facts] == [
            ("Call them", "today"), ("Last contact", "today"),
        ]  # fmt: skip
        assert [str(a.label) for a in panel.actions] == [
            "Log a call", "Plan next", "Apply a plan",
        ]  # fmt: skip

    def test_columns_say_next_step_and_last_contact(self, make: Make, mill: Account) -> None:
        make(about=mill, due=today() + timedelta(days=1), subject="Later")
        make(about=mill, due=today(), subject="Now")
        make(about=mill, state="done", outcome="unreached")
        host().session.flush()
        assert columns.next_step("crm.Account", [mill.id])[mill.id].value == "today Now"
        assert columns.last_contact("crm.Account", [mill.id]) == {}
        make(about=mill, state="done", due=today() - timedelta(days=1))
        host().session.flush()
        assert columns.last_contact("crm.Account", [mill.id])[mill.id].value == "yesterday"

    def test_menu_badges_count_what_is_due(self, make: Make) -> None:
        make(due=today())
        make(due=today() - timedelta(days=2))
        make(due=today() + timedelta(days=1))
        make(due=today(), state="cancelled")
        host().session.flush()
        with acting("ann"):
            assert hooks.menu_badges(current_actor()) == {"activities": 2}

    def test_many_at_once_take_few_statements(self, make: Make) -> None:
        kind = make().kind_id
        mills = host().records.create_many(Account, [{"name": f"Mill {n}"} for n in range(60)])
        rows = [
            {"subject": "Call", "kind": kind, "about_model": "crm.Account",
             "about_id": mill.id, "owner": user("ann")}
            for mill in mills
        ]  # fmt: skip
        host().session.flush()
        said: list[str] = []

        def counted(*args: Any) -> None:
            said.append(args[2])

        sa.event.listen(db.engine, "before_cursor_execute", counted)
        try:
            host().records.create_many(Activity, rows)
            host().session.flush()
        finally:
            sa.event.remove(db.engine, "before_cursor_execute", counted)
        # The embedded database writes new rows one by one; PostgreSQL together.
        read = [each for each in said if not each.startswith("INSERT")]
        assert len(read) < 10, read
