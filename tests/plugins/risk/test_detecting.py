"""Rules that propose risks: what they find, why, once for as long as it lasts; indicators."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.context import current_company, today
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.contracts.models import Contract
from plugins.crm.models import Account, Contact, Opportunity
from plugins.risk.models import Indicator, Reading, Risk, Rule, Sighting
from plugins.risk.services import indicators
from plugins.risk.services.detecting import finding, proposing, rules
from plugins.sales.models import Receivable
from tests.plugins.risk.kit import acting, risk, user

pytestmark = pytest.mark.usefixtures("acme")

DAY = dt.timedelta(days=1)


def rule(kind: str, **values: Any) -> Rule:
    """The rule of a kind that a company begins with, with other values."""
    found = host().session.scalars(sa.select(Rule).where(Rule.kind == kind)).one()
    return host().records.update(found, values) if values else found


def account(name: str = "Blue Mill", owner: str = "ann") -> Account:
    return host().records.create(Account, {"name": name, "owner_id": user(owner)})


def deal(of: Account, amount: int = 1000, **values: Any) -> Opportunity:
    given = {"name": f"Pumps for {of.name}", "account_id": of.id, "owner_id": of.owner_id}
    return host().records.create(Opportunity, {**given, "amount": amount * 100, **values})


def owed(of: Account, amount: int, days: int) -> Receivable:
    made = Receivable(
        name="Rest", account_id=of.id, owner_id=of.owner_id, position=1, status="open",
        amount=amount * 100, open=amount * 100, amount_company=amount * 100,
        open_company=amount * 100, due_on=today() - days * DAY, currency="CNY",
    )  # fmt: skip
    host().session.add(made)
    host().session.flush()
    return made


def whys(of: Rule) -> list[tuple[str, str]]:
    return [(each.name, each.why) for each in finding.findings(of)]


# -- what each rule finds ----------------------------------------------------------------------


def test_overdue_collections() -> None:
    mill, other = account(), account("Red Mill")
    owed(mill, 700, 31)
    owed(mill, 500, 45)
    owed(other, 900, 29)
    of = rule("overdue", amount=1000_00)
    [(name, why)] = whys(of)
    assert name == "Blue Mill does not pay in time"
    assert "CN¥1,200.00 are overdue for 30 days" in why
    [found] = finding.findings(of)
    assert (found.loss, found.owner_id) == (1200_00, user("ann"))
    with acting("bo"):
        assert finding.findings(of) == [], "a person finds what is theirs"


def test_concentration_on_one_customer() -> None:
    for name, amount in (("Blue Mill", 260), ("A", 240), ("B", 250), ("C", 250)):
        deal(account(name), amount, outcome="won", closed_on=today() - DAY)
    of = rule("concentration", share=Decimal(26))
    [(name, why)] = whys(of)
    assert name == "Much depends on Blue Mill" and "26% of “Won amount”" in why
    assert [each.owner_id for each in finding.findings(of)] == [user("ann")]
    others = (
        host().session.scalars(sa.select(Account).where(Account.name.in_(("A", "B", "C")))).all()
    )
    for other in others:
        host().records.update(other, {"owner_id": user("bo")})
        for each in host().session.scalars(
            sa.select(Opportunity).where(Opportunity.account_id == other.id)
        ):
            host().records.update(each, {"owner_id": user("bo")})
    [found] = finding.findings(of)
    assert found.owner_id == user("boss"), "Ann may not know what all customers bring"
    with acting("ann"):
        assert [each.owner_id for each in finding.findings(of)] == [user("ann")], "all of hers"
    with pytest.raises(Rejected, match="by customer"):
        rule("concentration", measure="crm.lead_conversion")


def test_deals_that_slip() -> None:
    mill = account()
    deal(mill, expected_close=today() - 14 * DAY, name="Late")
    deal(mill, expected_close=today() + DAY, name="In time")
    pushed = deal(mill, expected_close=today() + DAY, name="Pushed")
    pushed.pushes = 3
    host().session.flush()
    assert sorted(name for name, _why in whys(rule("slipping"))) == [
        "“Late” slips", "“Pushed” slips",
    ]  # fmt: skip
    why = dict(whys(rule("slipping")))["“Pushed” slips"]
    assert why.startswith("It was put off 3 times.")


def test_a_single_contact() -> None:
    mill, many = account(), account("Many")
    for of, number in ((mill, 1), (many, 2)):
        deal(of, 3000)
        deal(of, 2000)
        for i in range(number):
            host().records.create(Contact, {"name": f"C{i}", "account_id": of.id})
    host().records.create(Contact, {"name": "Old", "account_id": mill.id, "archived": True})
    assert whys(rule("contact", amount=5000_00)) == [
        ("Too few contacts at Blue Mill", "Deals of CN¥5,000.00 hang on 1 contact.")
    ]
    assert whys(rule("contact", amount=5000_01)) == []


def test_contracts_that_expire() -> None:
    mill = account()
    for name, days, renewal in (("Soon", 60, "ask"), ("Later", 61, "ask"), ("On", 5, "auto")):
        made = host().records.create(
            Contract,
            {"name": name, "account_id": mill.id, "starts_on": today() - 300 * DAY,
             "ends_on": today() + days * DAY, "renewal": renewal, "value": 900_00},
        )  # fmt: skip
        made.state = "active"
    host().session.flush()
    [(name, why)] = whys(rule("expiring"))
    assert name == "“Soon” expires" and "no renewal is signed" in why


def test_a_win_rate_that_falls() -> None:
    mill = account()
    for days, outcomes in ((100, "won won lost"), (10, "won lost lost")):
        for outcome in outcomes.split():
            deal(mill, outcome=outcome, closed_on=today() - days * DAY)
    [(name, why)] = whys(rule("win_rate"))
    assert name == "The win rate falls"
    assert why == "33.3% in the last 90 days, 66.7% in those before."
    assert whys(rule("win_rate", share=Decimal(51))) == []


def test_competitors_that_are_named_often() -> None:
    mill = account()
    for name in ("Rival Co", "rival co ", "RIVAL CO", "Other"):
        deal(mill, 100, competitor=name)
    deal(mill, 100, competitor="Other", outcome="lost", closed_on=today() - 91 * DAY)
    [(name, why)] = whys(rule("competitor"))
    assert name.lower() == "rival co competes with us often"
    assert why.startswith("Named in 3 deals of CN¥300.00")


def test_any_figure_beyond_a_limit() -> None:
    owed(account(), 700, 3)
    given = {"name": "Much overdue", "kind": "measure", "measure": "sales.overdue", "days": 30}
    with pytest.raises(Rejected, match="side of the limit"):
        host().records.create(Rule, {**given, "limit": Decimal(500)})
    made = host().records.create(Rule, {**given, "side": "above", "limit": Decimal(700)})
    [(name, why)] = whys(made)
    assert name == "Much overdue" and "is CN¥700.00, the limit is CN¥700.00" in why
    assert whys(host().records.update(made, {"limit": Decimal(701)})) == []


@pytest.mark.parametrize(
    ("kind", "field"),
    [("overdue", "days"), ("overdue", "amount"), ("concentration", "share"),
     ("competitor", "count"), ("expiring", "days")],
)  # fmt: skip
def test_a_rule_needs_what_it_counts_by(kind: str, field: str) -> None:
    with pytest.raises(Rejected) as refused:
        rule(kind, **{field: None})
    assert refused.value.field == field


# -- proposing ---------------------------------------------------------------------------------


def proposals() -> list[Risk]:
    asked = sa.select(Risk).where(Risk.found.is_not(None)).order_by(Risk.id)
    return list(host().session.scalars(asked))


def test_what_is_found_is_proposed_once_and_by_nobody_decided(told: Any) -> None:
    mill = account()
    bill = owed(mill, 1200, 40)
    of = rule("overdue")
    [seen] = proposing.preview(of)
    assert seen.risk_id is None and proposals() == [], "looking writes nothing"
    [made] = proposing.propose(of, all_seen=True)
    assert (made.state, made.owner_id, made.about) == ("proposed", user("ann"), "Blue Mill")
    assert made.found == seen.finding.why and made.score == 12
    assert (made.inherent_loss, made.identified_on) == (1200_00, today())
    assert [name for name, text in told() if "A risk is proposed" in text] == ["Ann"]
    assert host().measures.value("risk.open") == 0, "it is not in the register"
    assert proposing.preview(of)[0].risk_id == made.id
    for _again in range(2):
        assert proposing.propose(of, all_seen=True) == []
    narrow = host().records.create(
        Rule, {"name": "Also", "kind": "overdue", "days": 10, "amount": 1}
    )
    assert proposing.propose(narrow) == [], "the same thing by another rule"
    host().records.transition(made, "dismiss", {"reason": "They pay tomorrow"})
    assert proposing.propose(of, all_seen=True) == [], "dismissed while it lasts"
    bill.open = bill.open_company = 0
    host().session.flush()
    lapse(-1)
    assert proposing.propose(of, all_seen=True) == []
    bill.open = bill.open_company = 500_00
    host().session.flush()
    [again] = proposing.propose(of, all_seen=True)
    assert again.id != made.id and again.state == "proposed", "it had ceased and came again"
    host().records.transition(again, "confirm", {"owner": user("bo")})
    assert (again.state, again.owner_id) == ("open", user("bo"))


def lapse(days: int) -> None:
    """Have everything been seen so many days before."""
    host().session.execute(sa.update(Sighting).values(seen_on=today() + days * DAY))
    host().session.expire_all()


def test_what_ceases_and_comes_again_is_not_doubled_while_its_risk_is_open() -> None:
    bill = owed(account(), 1200, 40)
    of = rule("overdue")
    [made] = proposing.propose(of, all_seen=True)
    host().records.transition(made, "confirm", {})
    bill.open = 0
    host().session.flush()
    lapse(-1)
    proposing.propose(of, all_seen=True)
    bill.open = bill.open_company
    host().session.flush()
    assert proposing.propose(of, all_seen=True) == []
    assert proposals() == [made]


def test_a_person_who_sees_less_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    owed(account(), 1200, 40)
    of = rule("overdue")
    proposing.propose(of, all_seen=True)
    lapse(-1)
    with acting("bo"):
        assert proposing.propose(of) == []
    monkeypatch.setattr(rules, "missing", lambda rule: ["sales"])
    assert proposing.propose(of, all_seen=True) == [], "while it rests it does not look"
    ceased = host().session.scalar(sa.select(sa.func.count(Sighting.ceased_on)))
    assert ceased == 0


def test_many_findings_take_few_statements(counted: Any) -> None:
    def some(number: int, kind: str) -> int:
        for i in range(number):
            owed(account(f"{kind} {i}"), 500, 40)
        with counted() as sent:
            assert len(proposing.propose(rule("overdue"), all_seen=True)) == number
            host().session.settle()
        return len([each for each in sent if "core_notification" not in each])

    few, many = some(3, "A"), some(15, "B")
    assert many - few <= 12 * 3, "what is written of each notice and no more"


# -- indicators --------------------------------------------------------------------------------


def test_an_indicator_is_measured_as_its_owner_sees_it(told: Any) -> None:
    owed(account(owner="ann"), 700, 3)
    owed(account("Red Mill", owner="bo"), 900, 3)
    given = {"measure": "sales.overdue", "warn_at": Decimal(500), "alarm_at": Decimal(800)}
    of = risk("boss")
    mine = host().records.create(
        Indicator, {**given, "name": "Of Ann", "owner_id": user("ann"), "risk_id": of.id}
    )
    team = host().records.create(Indicator, {**given, "name": "All", "owner_id": user("boss")})
    assert indicators.measure_all() == 2
    assert (mine.value, mine.standing) == (Decimal(700), "warning")
    assert (team.value, team.standing) == (Decimal(1600), "alarm")
    assert [name for name, text in told() if "alarm" in text] == ["Boss"]
    indicators.measure_all()
    readings = host().session.scalars(sa.select(Reading).order_by(Reading.id)).all()
    assert [(each.on, each.standing) for each in readings] == [
        (today(), "warning"), (today(), "alarm"),
    ]  # fmt: skip
    assert len(told()) == 1, "told once"
    host().records.update(mine, {"alarm_at": Decimal(600)})
    assert mine.standing == "none"
    indicators.measure_all()
    assert mine.standing == "alarm" and [name for name, _text in told()] == ["Boss", "Ann", "Boss"]
    to_ann, to_boss = (text for _name, text in told()[-2:])
    assert "700" in to_ann and "700" not in to_boss, "who owns the risk may see less"
    with pytest.raises(Rejected, match="before the alarm"):
        host().records.update(mine, {"warn_at": Decimal(700)})


# -- alone -------------------------------------------------------------------------------------


def test_rules_rest_without_the_plugins_that_they_look_at(inst: Any) -> None:
    host().session.rollback()
    with inst.working("alone"):
        assert current_company().slug == "alone"
        kinds = {each.kind: each for each in proposing.active()}
        assert len(kinds) == 7
        assert all(proposing.preview(each) == [] for each in kinds.values())
        host().session.rollback()
    assert model_of("risk.Rule") is Rule
