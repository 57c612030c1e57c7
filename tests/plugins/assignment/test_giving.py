"""Rules give out leads and accounts, whichever way these come in."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest
import sqlalchemy as sa

from core.data.settings import put
from plugin_api.context import current_company, today
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.assignment import demo
from plugins.assignment.models import Given, Member, Rule
from plugins.assignment.services import fairness, preview
from plugins.crm.models import Lead
from plugins.pools.settings import LEAD_LIMIT
from tests.harness import Installation
from tests.plugins.crm.kit import acting, user

pytestmark = pytest.mark.usefixtures("acme")


def rule(*members: tuple[str, dict[str, Any]] | str, **values: Any) -> Rule:
    """A rule with people who take part."""
    made = host().records.create(Rule, {"name": f"Rule {len(values)}", "kind": "lead", **values})
    for each in members:
        name, given = each if isinstance(each, tuple) else (each, {})
        host().records.create(Member, {"rule_id": made.id, "user_id": user(name), **given})
    return made


def leads(number: int, **values: Any) -> list[Lead]:
    rows = [{"name": f"Lead {i}", "owner_id": None, **values} for i in range(number)]
    return host().records.create_many(Lead, rows)


def owners(found: list[Lead]) -> Counter[str]:
    names = {user(name): name for name in ("ann", "bo", "cai", "boss")}
    return Counter(names.get(lead.owner_id or 0, "") for lead in found)


def away(name: str) -> None:
    absence: Any = model_of("core.Absence")
    host().records.create(
        absence,
        {"user": user(name), "deputy": user("boss"), "first_day": today(),
         "last_day": today() + dt.timedelta(days=3)},
    )  # fmt: skip


def test_thirty_runs_of_four_leads_are_fair() -> None:
    made = rule("ann", "bo", "cai")
    total = Counter[str]()
    for _run in range(30):
        host().session.expire_all()
        total += owners(leads(4))
    assert total == {"ann": 40, "bo": 40, "cai": 40}
    rows = fairness.table(made.id, today(), today())
    assert [(row.got, row.expected, row.difference) for row in rows] == [(40, 40.0, 0.0)] * 3


def test_statements_do_not_grow_with_what_matches_no_rule(acme: Installation) -> None:
    rule("ann", condition="city=Wuxi")
    few, many = (_statements(number) for number in (5, 50))
    assert many <= few + 2


def _statements(number: int) -> int:
    counted = 0

    def count(_connection: Any, _cursor: Any, statement: str, *_given: Any) -> None:
        nonlocal counted
        counted += statement.startswith("SELECT")

    engine = host().session.get_bind()
    sa.event.listen(engine, "before_cursor_execute", count)
    try:
        leads(number)
    finally:
        sa.event.remove(engine, "before_cursor_execute", count)
    return counted


def test_weight_territory_capacity_and_absence() -> None:
    made = rule(
        ("ann", {"weight": 2}), ("bo", {"territory": "region=East"}), ("cai", {"capacity": 1}),
    )  # fmt: skip
    east = owners(leads(8, region="East"))
    assert east["cai"] == 1 and east["ann"] > east["bo"] > 0
    assert owners(leads(5, region="West")) == {"ann": 5}
    away("ann")
    assert owners(leads(2, region="East")) == {"bo": 2}
    assert owners(leads(2, region="West")) == {"": 2}, "nobody is there: it stays with nobody"
    assert preview.next_ones(made, 2) == [user("bo"), user("bo")]


def test_all_weights_zero_gives_to_nobody() -> None:
    rule(("ann", {"weight": 0}), ("bo", {"weight": 0}))
    assert owners(leads(3)) == {"": 3}


def test_the_first_rule_that_fits_is_used() -> None:
    rule("ann", name="East", position=1, condition="region=East")
    rule("bo", name="Rest", position=2)
    found = leads(2, region="East") + leads(2, region="West")
    assert [lead.owner_id for lead in found] == [user("ann")] * 2 + [user("bo")] * 2
    with pytest.raises(Rejected, match="nonsense"):
        rule(name="Wrong", condition="nonsense=1")


def test_what_somebody_enters() -> None:
    rule("ann", "bo", whose="entered")
    with acting("ada"):
        entered = host().records.create(Lead, {"name": "Jo"})
    assert entered.owner_id == user("ann"), "Ada enters for others"
    with acting("bo"):
        own = host().records.create(Lead, {"name": "Kim"})
    assert own.owner_id == user("bo"), "Bo takes part: it stays his"
    with acting("cai"):
        theirs = host().records.create(Lead, {"name": "Li"})
    assert theirs.owner_id == user("bo"), "Cai does not, and may not even change it any more"


def test_what_somebody_owns_stays_theirs() -> None:
    rule("ann", whose="free")
    with acting("cai"):
        assert host().records.create(Lead, {"name": "Li"}).owner_id == user("cai")
    [named] = host().records.create_many(Lead, [{"name": "M", "owner_id": user("bo")}])
    assert named.owner_id == user("bo")


def test_who_may_hold_no_more_is_passed_over() -> None:
    host().records.create(model_of("pools.Pool"), {"name": "P", "kind": "lead"})  # type: ignore[type-var]
    rule("ann", "bo")
    put(LEAD_LIMIT, 2)
    assert owners(leads(6)) == {"ann": 2, "bo": 2, "": 2}


def test_a_lead_that_nobody_owns_is_given_out_by_hand(inst: Installation) -> None:
    with inst.working("web"):
        lead = leads(1)[0]
        made = rule("ann", "bo", name="By hand", whose="free")
        assert preview.who_would_get(lead) is not None
        number, rule_id, company = lead.id, made.id, str(lead.company_id)
    ada = inst.client("web", "ada")
    page = ada.get(f"/crm/leads/{number}").get_data(True)
    assert "Would go to" in page and "Ann" in page
    answer = ada.post(f"/assignment/give?about=lead:{number}", data={"_company": company})
    for wrong in ("x", "9" * 30):
        path = f"/assignment/give?about=lead:{wrong}"
        assert ada.post(path, data={"_company": company}).status_code == 404
    assert answer.status_code == 303
    with inst.working("web"):
        assert host().session.get(Lead, (int(company), number)).owner_id == user("ann")
        given = host().session.scalars(sa.select(Given)).one()
        assert (given.user_id, given.shares) == (
            user("ann"), {str(user("ann")): 1, str(user("bo")): 1},
        )  # fmt: skip
    for who in ("ada", "boss", "eve"):
        shown = inst.client("web", who).get("/assignment/fairness").get_data(True)
        assert "By hand" in shown and "1 given out" in shown
        assert "Ann" in shown
    assert inst.client("web", "ann").get("/assignment/fairness").status_code == 403
    turns = ada.get(f"/assignment/rules/{rule_id}").get_data(True)
    assert "Who is next" in turns and "How they stand" in turns
    headers = inst.token("web", "ada")
    sent = {"name": "From the web form", "owner": None}
    client = inst.app.test_client()
    assert client.post("/api/v1/crm/leads", json=sent, headers=headers).status_code == 201
    with inst.working("web"):
        made_by_program = sa.select(Lead.owner_id).where(Lead.name == "From the web form")
        assert host().session.scalar(made_by_program) == user("bo")
        assert host().measures.value("assignment.given") == 2


def test_the_demo_gives_out_in_turns() -> None:
    leads(30, owner_id=user("ann"))
    demo.load(current_company(), 20)
    counts = host().session.execute(
        sa.select(Given.user_id, sa.func.count()).group_by(Given.user_id)
    )
    assert sorted(row[1] for row in counts) == [6, 6, 12]
    demo.load(current_company(), 20)
