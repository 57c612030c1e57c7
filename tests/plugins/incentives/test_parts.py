"""What components can say besides rates and tiers, on what was really won."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.incentives.models import Component, Entry, Plan, Rate, Statement, Step
from plugins.incentives.services import behind, earning, outlook, posting
from plugins.incentives.services.earning import Part
from plugins.incentives.services.shapes import Base, Facts, Period, Person, Row, Rule
from tests.plugins.crm.kit import store_rate, user
from tests.plugins.incentives.kit import entries, on, plan, sums, takes_part, version, won

pytestmark = pytest.mark.usefixtures("acme")
RATE = {"rate": Decimal(5)}
DAY = dt.date(2025, 3, 1)


def paying(part: dict[str, Any], rule: str = "flat", **given: Any) -> Plan:
    made = plan(given.pop("name", "Commission"))
    version(made, rule=rule, part=part, **given)
    takes_part(made)
    return made


def test_each_deal_has_its_own_line_and_its_own_cap() -> None:
    of = paying({"basis": "each", "most_each": 800_000}, "marginal")
    small = won(20_000, "2025-03-05")
    large = won(150_000, "2025-03-06")
    with on("2025-03-31"):
        posting.calculate(of)
        assert sums() == {"03": 100_000 + 800_000}
        asked = sa.select(Entry.each_id, Entry.kind, sa.func.sum(Entry.amount))
        found = host().session.execute(asked.group_by(Entry.each_id, Entry.kind))
        assert {(row[0], row[1]): int(row[2]) for row in found} == {
            (small.id, "earned"): 100_000, (large.id, "earned"): 850_000,
            (large.id, "capped"): -50_000,
        }  # fmt: skip
        assert outlook.one_more(of, user("ann"), _part().id, Decimal(200_000)) == 800_000
        host().records.transition(large, "lose", {})
        posting.calculate(of)
    assert sums() == {"03": 100_000}


def test_by_account_several_deals_are_one() -> None:
    of = paying({"basis": "each", "each_by": "account"}, "marginal")
    first, second = won(80_000, "2025-03-05"), won(70_000, "2025-03-06")
    with on("2025-03-31"):
        posting.calculate(of)
        assert sums() == {"03": 400_000 + 350_000}
        host().records.update(second, {"account_id": first.account_id})
        posting.calculate(of)
    assert sums() == {"03": 500_000 + 350_000}


def test_a_year_is_paid_by_the_month_and_says_how_far_it_is() -> None:
    of = paying({"basis": "year"}, "marginal")
    won(150_000, "2025-01-10")
    back = won(70_000, "2025-02-10")
    won(10_000, "2025-03-01")
    with on("2025-03-31"):
        posting.calculate(of)
        assert sums() == {"01": 850_000, "02": 550_000, "03": 100_000}
        [prospect] = outlook.prospects(of, user("ann"))
        assert (prospect.base, prospect.next_at) == (230_000, None)
        host().records.transition(back, "lose", {})
        posting.calculate(of)
    assert sums() == {"01": 850_000, "02": 0, "03": 70_000}


def test_a_condition_a_table_and_a_formula() -> None:
    gate = {**RATE, "second_measure": "crm.won_count", "least": Decimal(2)}
    gated = paying(gate, name="Gated")
    said = paying({"formula": "base * 0.1 if second >= 2 else base * 0.01",
                   "second_measure": "crm.won_count"}, "formula", steps=())  # fmt: skip
    table = plan("Table")
    made = version(table, rule="matrix", steps=(), publish=False,
                   part={"variable": 100_000, "quota": Decimal(1_000), "second_quota": Decimal(2),
                         "second_measure": "crm.won_count"})  # fmt: skip
    takes_part(table)
    part = (
        host()
        .session.scalars(sa.select(Component).where(Component.plan_version_id == made.id))
        .one()
    )
    for start, second, pays in ((50, 0, 10), (50, 100, 40), (100, 100, 150)):
        host().records.create(
            Step, {"component_id": part.id, "start": Decimal(start),
                   "second_start": Decimal(second), "rate": Decimal(pays)},
        )  # fmt: skip
    with pytest.raises(Rejected, match="each pair"):
        host().records.transition(made, "publish")
    host().records.create(
        Step, {"component_id": part.id, "start": Decimal(100), "second_start": Decimal(0),
               "rate": Decimal(60)},
    )  # fmt: skip
    host().records.transition(made, "publish")
    won(1_000, "2025-03-05")
    with on("2025-03-31"):
        for of in (gated, said, table):
            posting.calculate(of)
        assert _paid() == {"Gated": 0, "Commission": 1_000, "Table": 60_000}
        texts = set(host().session.scalars(sa.select(Entry.text).where(Entry.kind == "withheld")))
        assert texts == {"Sales: 1 < 2"}
        won(1_000, "2025-03-06")
        for of in (gated, said, table):
            posting.calculate(of)
    assert _paid() == {"Gated": 10_000, "Commission": 20_000, "Table": 150_000}


def test_who_is_new_has_lower_quotas_and_plans_overlap() -> None:
    new = plan("New")
    version(new)
    takes_part(new, start="2025-02-01", ramp="50，75%")
    also = paying(RATE, name="Also")
    for month in (2, 3, 4):
        won(120_000, f"2025-{month:02}-10")
    with on("2025-04-30"):
        for of in (new, also):
            posting.calculate(of)
    asked = sa.select(Statement.start, Statement.amount).where(Statement.plan_id == new.id)
    found = {row[0].month: row[1] for row in host().session.execute(asked)}
    assert found == {
        2: 50_000 * 5 + 50_000 * 7 + 20_000 * 10, 3: 75_000 * 5 + 45_000 * 7,
        4: 100_000 * 5 + 20_000 * 7,
    }  # fmt: skip
    assert sum(row[2] for row in entries()) == sum(found.values()) + 3 * 600_000


def test_taking_everything_back_nets_to_nothing() -> None:
    sold = (150_000, "2025-01-05"), (99_999.99, "2025-02-06"), (33.35, "2025-03-07")
    deals = [won(str(amount), day) for amount, day in sold]
    plans = [
        paying({"basis": basis}, rule, name=f"{rule} {basis}", cap=900_000, carried=basis == "year")
        for rule in ("marginal", "slab") for basis in ("period", "each", "year", "version")
    ]  # fmt: skip
    with on("2025-03-31"):
        for of in plans:
            posting.calculate(of)
        assert sum(row[2] for row in entries()) > 0
        for deal in reversed(deals):
            host().records.transition(deal, "lose", {})
            for of in plans:
                posting.calculate(of)
    lines = sa.select(sa.func.sum(Entry.amount)).group_by(
        Entry.plan_id, Entry.start, Entry.component_id, Entry.kind, Entry.step, Entry.each_id
    )
    assert set(host().session.scalars(lines)) == {0}
    assert set(host().session.scalars(sa.select(Statement.amount))) == {0}
    unsaid = sa.select(sa.func.count(Entry.id)).where(Entry.text == "", Entry.kind == "earned")
    assert host().session.scalar(unsaid) == 0


def test_another_currency_counts_at_the_rate_of_the_day_for_good() -> None:
    """EUR 10,000 at 3 %: 2,340 at 7.80, whatever the rate is later; tiers are of yuan."""
    of = paying({"rate": Decimal(3)}, name="Flat")
    tiers = paying({"basis": "each"}, "marginal", name="Tiers")
    store_rate("EUR", dt.date(2025, 3, 1), "7.80")
    won(10_000, "2025-03-05", currency="EUR")
    store_rate("EUR", dt.date(2025, 3, 20), "7.60")
    with on("2025-03-31"):
        for each in (of, tiers):
            posting.calculate(each)
    assert _paid() == {"Flat": 234_000, "Tiers": 390_000}


@pytest.mark.parametrize(
    ("rule", "values", "field"),
    [
        ("curve", {"basis": "each", "variable": 1}, "basis"),
        ("flat", {**RATE, "basis": "each", "credit": "team"}, "credit"),
        ("flat", {**RATE, "basis": "year", "credit": "team"}, "credit"),
        ("flat", {**RATE, "most_each": 100}, "most_each"),
        ("flat", {**RATE, "each_by": "account"}, "each_by"),
        ("flat", {**RATE, "basis": "each", "each_by": "colour"}, "each_by"),
        ("flat", {**RATE, "basis": "each", "most_each": -1}, "most_each"),
        ("flat", {**RATE, "formula": "base"}, "formula"),
        ("formula", {}, "formula"),
        ("formula", {"formula": "base + bass"}, "formula"),
        ("flat", {**RATE, "second_measure": "crm.won_count"}, "least"),
        ("flat", {**RATE, "least": Decimal(1)}, "second_measure"),
        ("matrix", {"variable": 1}, "second_measure"),
        ("flat", {**RATE, "second_measure": "crm.win_rate", "least": Decimal(1)}, "second_measure"),
        ("flat", {**RATE, "second_measure": "incentives.paid", "least": Decimal(1)},
         "second_measure"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(rule: str, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Rejected) as refused:
        version(plan(), rule=rule, part=values, steps=(), publish=False)
    assert refused.value.field == field


def test_a_ramp_is_of_percentages() -> None:
    of = plan()
    for wrong in ("abc", "50;75", "-5", "0", "201", "nan", ",".join(["50"] * 25)):
        with pytest.raises(Rejected) as refused:
            takes_part(of, ramp=wrong)
        assert refused.value.field == "ramp"
    with pytest.raises(Rejected) as refused:
        made = version(of, publish=False)
        host().records.create(
            Step, {"component_id": _part(made.id).id, "start": Decimal(7),
                   "second_start": Decimal(1), "rate": Decimal(1)},
        )  # fmt: skip
    assert refused.value.field == "second_start"


def _part(of: int | None = None) -> Component:
    asked = sa.select(Component).order_by(Component.id.desc())
    if of is not None:
        asked = asked.where(Component.plan_version_id == of)
    found = host().session.scalars(asked).first()
    assert found is not None
    return found


def _paid() -> dict[str, int]:
    asked = sa.select(Plan.name, sa.func.sum(Entry.amount)).join(Entry, Entry.plan_id == Plan.id)
    return {row[0]: int(row[1]) for row in host().session.execute(asked.group_by(Plan.name))}


def test_a_formula_that_comes_to_no_amount_stops_its_plan_in_words() -> None:
    with pytest.raises(Rejected, match=r"where base = 1,000, quota = 0.*else 0"):
        paying({"formula": "base / quota"}, "formula", steps=(), name="No quota")
    with pytest.raises(Rejected, match=r"“max\(base\)” cannot stand here"):
        paying({"formula": "max(base)"}, "formula", steps=(), name="One")
    nothing = paying({"formula": "base / (base - 20000)"}, "formula", steps=())
    large = paying({"formula": "base * 1000000000"}, "formula", steps=(), name="Large")
    won(20_000, "2025-03-05")
    with on("2025-03-31"):
        with pytest.raises(Rejected, match=r"Sales: The formula comes to no amount: base / \(base"):
            posting.calculate(nothing)
        with pytest.raises(Rejected, match="comes to no amount"):
            outlook.one_more(nothing, user("ann"), _rules(nothing)[0], Decimal(100))
        with pytest.raises(Rejected, match="Sales: The number is too large"):
            posting.calculate(large)


def test_a_ramp_is_a_percentage_and_is_seen_in_what_comes_next() -> None:
    of = plan()
    version(of)
    with pytest.raises(Rejected, match="no percentage"):
        takes_part(of, ramp="1e9999999")
    takes_part(of, start="2025-03-01", ramp="50")
    for day, at in (("2025-03-15", 50_000), ("2025-04-15", 100_000)):
        with on(day):
            [prospect] = outlook.prospects(of, user("ann"))
            assert prospect.next_at == at, day


def _rules(of: Plan) -> list[int]:
    from plugins.incentives.services import reading

    return [rule.id for terms in reading.terms_of(of.id) for rule in terms.rules]


def test_products_channels_and_customers_have_rates_of_their_own() -> None:
    of = plan()
    made = version(of, rule="table", steps=(), publish=False,
                   part={"rated_by": "Account", "rate": Decimal(1)})  # fmt: skip
    part = _part(made.id)
    first, second, third = (
        won(2_000, "2025-03-05"),
        won("33.35", "2025-03-06"),
        won(50, "2025-03-07"),
    )
    rows = [
        host().records.create(
            Rate, {"component_id": part.id, "value": str(deal.account_id), "rate": Decimal(rate)}
        )
        for deal, rate in ((first, 5), (second, 5))
    ]
    assert rows[0].name == "Harbour 2025-03-05 2000 ann"
    host().records.update(rows[1], {"value": "Harbour 2025-03-06 33.35 ann"})
    assert rows[1].value == str(second.account_id), "a record is named as well"
    for value, words in (("999999", "no record"), ("mill", "no record")):
        with pytest.raises(Rejected, match=words):
            host().records.create(
                Rate, {"component_id": part.id, "value": value, "rate": Decimal(5)}
            )
    host().records.transition(made, "publish")
    with pytest.raises(Rejected, match="in force"):
        host().records.update(rows[0], {"rate": Decimal(9)})
    takes_part(of)
    with on("2025-03-31"):
        posting.calculate(of)
        asked = sa.select(Entry.text, Entry.amount).order_by(Entry.id)
        assert [tuple(row) for row in host().session.execute(asked)] == [
            ("Sales: 2,000 × 5 % (Harbour 2025-03-05 2000 ann)", 100_00),
            ("Sales: 33.35 × 5 % (Harbour 2025-03-06 33.35 ann)", 1_67),
            ("Sales: 50 × 1 % (*)", 50),
        ]  # fmt: skip
        assert posting.calculate(of).entries == 0
        assert outlook.one_more(of, user("ann"), part.id, Decimal(100)) == 1_00
        back = sa.select(Entry).where(Entry.each_id == rows[1].id)
        [entry] = host().session.scalars(back)
        assert f"by.account%3D{second.account_id}" in behind.address(entry)
        host().records.transition(second, "lose", {})
        posting.calculate(of)
        assert sums() == {"03": 100_50}, "what a row had brought is taken back"
        host().records.update(third, {"account_id": first.account_id})
        posting.calculate(of)
    assert sums() == {"03": 102_50}
    again = host().records.transition(made, "again", {"reason": "More"})
    copies = sa.select(Rate.value, Rate.rate).join(Component).where(
        Component.plan_version_id != made.id
    )  # fmt: skip
    assert len(host().session.execute(copies).all()) == 2, again


def test_a_draft_is_tried_to_the_cent_month_by_month() -> None:
    of = plan()
    version(of, rule="flat", part={"rate": Decimal(1)})
    takes_part(of)
    for month in (1, 2, 3):
        won("100.50", f"2025-0{month}-05")
    with on("2025-04-10"):
        posting.calculate(of)
        draft = version(of, "2025-05-01", rule="flat", part={"rate": Decimal(1)}, publish=False)
        assert outlook.tried(draft) == [(user("ann"), 303, 303)], "1.005 is 1.01 in each month"


def test_what_a_table_of_rates_needs() -> None:
    of = plan()
    for number, (part, words) in enumerate((
        ({"measure": "crm.won_count", "rated_by": "account"}, "figure of money"),
        ({"rated_by": "colour"}, r"knows: Account \(account\)"),
        ({}, r"knows: Account \(account\)"),
        ({"rated_by": "account", "basis": "each"}, "of all of the period"),
    )):  # fmt: skip
        with pytest.raises(Rejected, match=words):
            version(of, f"2025-0{number + 1}-01", rule="table", steps=(), part=part)
    with pytest.raises(Rejected, match="needs a row, or a rate"):
        version(of, "2026-01-01", rule="table", steps=(), part={"rated_by": "account"})
    with pytest.raises(Rejected, match="Only for a table of rates"):
        version(of, "2026-02-01", rule="flat", part={**RATE, "rated_by": "account"})


def test_rows_of_a_table_add_up_to_the_whole_rounded_once() -> None:
    rule = Rule(
        id=1, name="Sales", measure="x", kind="table", rate=Decimal(0),
        rows=tuple(Row(number, str(number), "", Decimal("0.05")) for number in range(3)),
    )  # fmt: skip
    facts = _facts_of([(str(number), Decimal("33.35")) for number in range(3)])
    found = earning.lines(rule, Person(user_id=1, start=DAY), Period(DAY, DAY), facts, Part())
    assert sum(posting.minor(found, 2)) == 500, "100.05 at 5 %, not 3 × 1.67"
    assert [line.base for line in found] == [Decimal("33.35")] * 3


def _facts_of(figures: list[tuple[str, Decimal]]) -> Facts:
    return Facts(
        base=lambda *_: Base(Decimal(0), Decimal(0)), quota=lambda *_: None,
        share=lambda *_: Decimal(1), values=lambda *_: figures,
    )  # fmt: skip
