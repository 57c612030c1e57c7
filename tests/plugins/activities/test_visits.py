"""Visits: never refused for want of a position, kept once, answered before they are done."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.context import clock_at, now, today
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.activities.models import Activity, Question
from plugins.activities.services import visits
from plugins.activities.services.kinds import by_code
from plugins.crm.models import Account
from tests.plugins.activities.conftest import Make
from tests.plugins.crm.kit import user

pytestmark = pytest.mark.usefixtures("acme")
BUND = {"lat": "31.240000", "lon": "121.490000", "acc": "12.4"}
NEAR = {"lat": "31.240100", "lon": "121.490000", "acc": "8"}


@pytest.fixture
def visit(make: Make, mill: Account) -> Activity:
    return make(kind="visit", about=mill, due=today())


def sent(n: int = 1, **more: Any) -> dict[str, str]:
    return {"key": f"0000-{n:04d}", **more}


def ask(name: str, answer: str, **more: Any) -> Question:
    kind = by_code("visit")
    return host().records.create(
        Question, {"kind": kind.id if kind else 0, "name": name, "answer": answer, **more}
    )


class TestChecks:
    def test_position_and_accuracy_are_kept(self, visit: Activity) -> None:
        made = visits.check(visit, "in", sent(**BUND))
        assert (made.latitude, made.longitude) == (Decimal("31.240000"), Decimal("121.490000"))
        assert (made.accuracy, made.distance, made.without) == (12, None, None)

    def test_the_distance_is_as_exact_as_both_positions(self, visit: Activity) -> None:
        visits.remember(visit, visits.check(visit, "in", sent(**BUND)))
        made = visits.check(visit, "out", sent(2, **NEAR))
        assert (made.distance, made.distance_accuracy) == (11, 20)

    @pytest.mark.parametrize(
        ("more", "without"),
        [
            ({"without": "denied"}, "denied"),
            ({"without": "timeout"}, "timeout"),
            ({"without": "<script>"}, "unsupported"),
            ({}, "unsupported"),
            ({"lat": "91", "lon": "0", "acc": "1"}, "unsupported"),
            ({"lat": "NaN", "lon": "0", "acc": "1"}, "unsupported"),
            ({"lat": "1", "lon": "1", "acc": "inf"}, "unsupported"),
            ({"lat": "1", "lon": "1", "acc": "-5"}, "unsupported"),
            ({"lat": "1,5", "lon": "1", "acc": "5"}, "unsupported"),
        ],
    )
    def test_without_a_position_it_is_kept_and_says_why(
        self, visit: Activity, more: dict[str, str], without: str
    ) -> None:
        made = visits.check(visit, "in", sent(**more))
        assert (made.latitude, made.distance, made.without) == (None, None, without)

    def test_what_is_sent_twice_is_kept_once(self, visit: Activity) -> None:
        first = visits.check(visit, "in", sent(**BUND))
        assert visits.check(visit, "in", sent(**NEAR)).id == first.id
        assert len(visits.checks(visit.id)) == 1

    def test_what_was_done_offline_keeps_its_moment(self, visit: Activity) -> None:
        earlier = now() - dt.timedelta(hours=5)
        made = visits.check(visit, "in", sent(at=earlier.isoformat()))
        assert made.at == earlier
        assert made.received_at > earlier

    @pytest.mark.parametrize("days", [-30, 1])
    def test_a_clock_that_is_wrong_is_not_believed(self, visit: Activity, days: int) -> None:
        with clock_at(now()):
            at = (now() + dt.timedelta(days=days)).isoformat()
            assert visits.check(visit, "in", sent(at=at)).at == now()

    @pytest.mark.parametrize(
        ("way", "key"), [("up", "0000-0001"), ("in", "x"), ("in", "a b c d e f")]
    )
    def test_nonsense_is_refused(self, visit: Activity, way: str, key: str) -> None:
        with pytest.raises(Rejected):
            visits.check(visit, way, {"key": key})


class TestQuestions:
    def test_answers_are_kept_with_the_question_as_asked(self, visit: Activity) -> None:
        asked = ask("On the shelf?", "yes_no")
        visits.answer(visit, {asked.id: "yes"})
        visits.answer(visit, {asked.id: "no", 10**9: "other"})
        host().records.update(asked, {"name": "Still on the shelf?"})
        (held,) = visits.answers(visit.id).values()
        assert (held.question, held.value) == ("On the shelf?", "no")

    @pytest.mark.parametrize(
        ("kind", "value"),
        [("number", "many"), ("number", "NaN"), ("yes_no", "maybe"), ("choice", "C")],
    )
    def test_what_is_no_answer_is_refused_by_the_question(
        self, visit: Activity, kind: str, value: str
    ) -> None:
        asked = ask("How many?", kind, options="A\nB" if kind == "choice" else None)
        with pytest.raises(Rejected, match="How many"):
            visits.answer(visit, {asked.id: value})

    def test_what_must_be_answered_is_before_the_visit_is_done(self, visit: Activity) -> None:
        asked = ask("Who was met?", "text", required=True)
        with pytest.raises(Rejected, match="Who was met"):
            host().records.transition(visit, "done")
        with pytest.raises(Rejected, match="Who was met"):
            host().records.transition(visit, "put_off", {"when": "closed"})
        visits.answer(visit, {asked.id: "Li Wei"})
        host().records.transition(visit, "done")
        assert visit.state == "done"

    def test_a_choice_needs_its_answers(self) -> None:
        with pytest.raises(Rejected) as refused:
            ask("Which?", "choice")
        assert refused.value.field == "options"


def test_the_route_is_in_the_order_of_its_stops(make: Make) -> None:
    made = [make(kind="visit", due=today(), subject=name) for name in "ABC"]
    make(kind="call", due=today())
    make(kind="visit", due=today(), state="cancelled")
    host().session.flush()

    def route() -> str:
        return "".join(each.subject for each in visits.stops(user("ann"), today()))

    assert route() == "ABC"
    visits.reorder(visits.stops(user("ann"), today()), made[2].id, -1)
    assert route() == "ACB"
    visits.reorder(visits.stops(user("ann"), today()), made[0].id, -1)
    assert route() == "ACB"
    visits.reorder(visits.stops(user("ann"), today()), made[0].id, 1)
    assert route() == "CAB"
