"""Whether pay is fair, and whether a version has worked."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from core.identity import service
from core.identity.models import Team, User
from plugin_api.context import acting_as, current_company
from plugin_api.errors import NotFound
from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from plugins.incentives.models import Verdict
from plugins.incentives.services import effects, fairness, posting
from plugins.incentives.services.fairness import Row
from tests.harness import Installation
from tests.plugins.incentives.kit import on, plan, takes_part, user, version, won

WON = "crm.won_amount"


def sellers(count: int, team: str = "North") -> list[int]:
    """People who only sell."""
    team_id = host().session.scalars(sa.select(Team.id).where(Team.name == team)).one()
    made = [User(name=f"S{team}{i}", team_id=team_id) for i in range(count)]
    host().session.add_all(made)
    host().session.flush()
    return [each.id for each in made]


def sell(owner: int, month: str, amount: int) -> None:
    account = host().records.create(Account, {"name": f"Harbour {owner} {month}"})
    deal = host().records.create(
        Opportunity, {"name": "Deal", "account_id": account.id, "owner_id": owner,
                      "amount": amount * 100, "currency": "CNY"},
    )  # fmt: skip
    with on(f"{month}-10"):
        host().records.transition(deal, "win")


def months(first: str, count: int) -> list[str]:
    year, month = int(first[:4]), int(first[5:])
    return [f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(count)]


def test_who_takes_part_is_compared_with_who_does_not_and_the_verdict_is_kept(
    acme: Installation,
) -> None:
    of = plan()
    made = version(of, "2025-04-01")
    *people, beginner = sellers(9)
    takes_part_id(of.id, beginner)
    sell(beginner, "2025-04", 99_000)
    for number, owner in enumerate(people):
        gets_it = number < 4
        if gets_it:
            takes_part_id(of.id, owner)
        for at, month in enumerate(months("2024-10", 8)):
            gain = 500 if gets_it and month >= "2025-04" else 0
            sell(owner, month, 1000 + 10 * number + (number * 7 + at * 3) % 5 + gain)
    with on("2025-06-03"):
        judged = effects.judge(made, WON)
        effect = judged.effect
        assert effect.estimate == pytest.approx(500, abs=5) and effect.verdict == "up"
        assert (effect.treated, effect.control) == (4, 4)
        assert {each.key for each in effect.caveats} >= {"by_rule", "few", "spill", "left_out"}
        assert judged.after == (date(2025, 4, 1), date(2025, 5, 1)) and judged.dip is None
        kept = effects.keep(made, judged)
        assert effects.keep(made, effects.judge(made, WON)).id != kept.id
    assert (kept.said, kept.treated, kept.control) == ("up", 4, 4)
    assert "not drawn by lot" in (kept.words or "")
    with pytest.raises(Exception, match=r"append|only added|incentives_verdict"):
        host().session.execute(sa.update(Verdict).values(said="down"))
        host().session.flush()


def takes_part_id(plan_id: int, user_id: int, day: date = date(2025, 4, 1)) -> None:
    from plugins.incentives.models import Participant

    host().records.create(Participant, {"plan_id": plan_id, "user_id": user_id, "starts_on": day})


def test_who_joins_later_is_compared_with_who_has_not_yet(
    acme: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = plan()
    made = version(of, "2025-04-01")
    people = sellers(14)
    table: dict[int, dict[date, float]] = {}
    for number, owner in enumerate(people):
        begins = (date(2025, 4, 1), date(2025, 6, 1), None)[number // 5]
        if begins:
            takes_part_id(of.id, owner, begins)
        table[owner] = {}
        for at, month in enumerate(months("2024-10", 11)):
            day = date.fromisoformat(f"{month}-01")
            gain = 500 if begins and day >= begins else 0
            table[owner][day] = 1000.0 + 10 * number + (number * 7 + at * 3) % 5 + 20 * at + gain
    monkeypatch.setattr(effects, "_table", lambda *_: ("money", defaultdict(dict, table)))
    with on("2025-09-03"):
        effect = effects.judge(made, WON).effect
    assert effect.method == "staggered" and effect.estimate == pytest.approx(500, abs=5)
    assert (effect.treated, effect.control, effect.verdict) == (10, 9, "up")
    assert "2 different times" in " ".join(each.words for each in effect.caveats)
    for owner in people[5:9]:
        table[owner] = {}
    with on("2025-09-03"):
        judged = effects.judge(made, WON)
    assert judged.effect.method == "difference", "one who joins later is no group"
    assert (judged.effect.treated, judged.effect.control) == (5, 4)


def test_what_the_figures_cannot_carry_is_refused(acme: Installation) -> None:
    of = plan()
    made = version(of, "2025-04-01")
    takes_part(of, "ann", "2025-04-01")
    won(1000, "2025-03-10")
    won(1500, "2025-04-10")
    with on("2025-06-03"):
        judged = effects.judge(made, WON)
    assert judged.effect.verdict == "refused"
    assert judged.effect.refused[0].key == "no_control"
    # Of all together there are two months with it: too few for a series as well.
    assert judged.series is not None and judged.series.verdict == "refused"
    assert "Everybody got it" in judged.words[0]
    blind = replace(service.actor_for(service.find_user("fin@acme.example")), grants={})
    with acting_as(current_company(), blind), pytest.raises(NotFound):
        effects.judge(made, WON)
    won(900, "2025-03-10", "bo")
    with on("2025-06-03"):
        judged = effects.judge(made, WON)
    assert judged.effect.refused[0].words.startswith("1 with it and 1 without")


def test_a_series_is_of_the_mean_and_begins_with_the_first_figure(acme: Installation) -> None:
    of = plan()
    made = version(of, "2025-04-01")
    for owner in sellers(2):
        takes_part_id(of.id, owner)
        for at, month in enumerate(months("2024-08", 11)):
            sell(owner, month, 1000 + (at * 7) % 5 + (300 if month >= "2025-04" else 0))
    with on("2025-07-03"):
        judged = effects.judge(made, WON)
        kept = effects.keep(made, judged)
    assert judged.series is not None and judged.series.control == 8
    assert judged.series.naive == pytest.approx(300, abs=5)
    assert (kept.treated, kept.control, kept.said) == (2, 0, "up")


def test_gaps_say_nothing_of_few(acme: Installation) -> None:
    people = [*sellers(5), *sellers(2, "South")]
    rows = [
        Row(user_id=id_, name="", leads=None, lead_share=None, potential=None,
            pay=Decimal(1000 + 100 * i), attainment=None, per_point=None)
        for i, id_ in enumerate(people)
    ]  # fmt: skip
    found = {each.name: each for each in fairness.gaps(rows, "team")}
    assert (found["North"].n, found["North"].middle) == (5, 1200)
    assert found["North"].to_all == pytest.approx(1200 / 1300)
    assert (found["South"].n, found["South"].middle, found["South"].to_all) == (2, None, None)
    host().session.get_one(User, (current_company().id, people[0])).custom = {"x_kind": "a"}
    host().session.get_one(User, (current_company().id, people[1])).custom = {"x_kind": "b"}
    host().session.flush()
    assert fairness.own_fields() == ["x_kind"]
    seen = service.actor_for(service.find_user("fin@acme.example"))
    narrow = replace(seen, fields={"core.User": {"x_kind": "hidden"}})
    with acting_as(current_company(), narrow):
        assert fairness.own_fields() == []
    assert {each.n for each in fairness.gaps(rows, "x_kind")} == {1, 5}


def test_pay_is_set_beside_leads_and_attainment(acme: Installation) -> None:
    of = plan()
    version(of)
    takes_part(of)
    won(120_000, "2025-03-05")
    with on("2025-04-10"):
        posting.calculate(of)
    row = fairness.rows(date(2025, 1, 1), date(2025, 12, 31))[0]
    assert (row.user_id, row.pay, row.name) == (user("ann"), 6400, "Ann")
    assert row.leads == 0 and row.lead_share is None and row.attainment is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_of_effects(inst: Installation, language: str) -> None:
    with inst.working("web"):
        of = plan(f"Judged {language}")
        made = version(of, "2025-04-01")
        # Somebody whom no other test asks about.
        owner = sellers(1)[0]
        takes_part_id(of.id, owner)
        sell(owner, "2025-04", 1000)
        with on("2025-05-02"):
            posting.calculate(of)
        number, company = made.id, str(current_company().id)
    path = f"/incentives/versions/{number}/effect"
    fin = inst.client("web", "fin", language)
    with on("2025-06-02"):
        page = fin.get(path)
        assert page.status_code == 200 and "crm.won_amount" in page.text
        assert fin.get(f"{path}?measure=no.such").status_code == 200
        assert fin.get("/incentives/fairness").status_code == 200
        assert "SNorth0" in fin.get("/incentives/fairness?by=role").text
        for name in ("ann", "boss"):
            client = inst.client("web", name, language)
            assert client.get(path).status_code in (403, 404)
            assert client.get("/incentives/fairness").status_code == 403
            assert client.post(path, data={"_company": company}).status_code in (403, 404)
        answer = fin.post(path, data={"_company": company, "measure": WON})
        assert answer.status_code == 303
    with inst.working("web"):
        kept = (
            host()
            .session.scalars(sa.select(Verdict).where(Verdict.plan_version_id == number))
            .one()
        )
        assert kept.said == "refused" and kept.day >= date(2025, 6, 1) - timedelta(days=1)
