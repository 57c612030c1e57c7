"""Which account is of which persona and why, and what is measured."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.crm.models import Account, Contact
from plugins.segments import persona_panels
from plugins.segments.models import Match, Persona
from plugins.segments.services import personas
from tests.plugins.segments.kit import account, acting, at, won

pytestmark = pytest.mark.usefixtures("acme")


def persona(name: str = "Buyer", **values: object) -> Persona:
    return host().records.create(Persona, {"name": name, **values})


def of(record: Account) -> str | None:
    host().session.flush()
    asked = sa.select(Persona.name).join(Match, Match.persona_id == Persona.id)
    return host().session.scalar(asked.where(Match.account_id == record.id))


def contact(name: str, at_: Account, **values: object) -> Contact:
    return host().records.create(Contact, {"name": name, "account_id": at_.id, **values})


def test_the_first_persona_that_fits_is_the_one_and_says_why() -> None:
    big = account("Big", "ann", size="large", industry="Water")
    small, other = account("Small", size="small"), account("Other", "cai", industry="Water")
    jo = contact("Jo Park", big, title="Purchasing manager", owner_id=big.owner_id)
    first = persona("Purchasers of large ones", condition="size__in=large,enterprise",
                    contact_condition="title__contains=purchas", position=1,
                    needs="Framework contracts")  # fmt: skip
    second = persona("Water", condition="industry=Water", position=2)
    assert (of(big), of(small), of(other)) == (first.name, None, "Water")
    assert [(str(a), str(b)) for a, b in personas.because(first, big)] == [
        ("Size", "Large (250 to 999)")
    ]
    with acting("ann"):
        panel = persona_panels.of_account(big.id)
        assert panel is not None
        said = {str(fact.label): str(fact.value) for fact in panel.facts}
        assert said == {
            "Persona": first.name, "Size": "Large (250 to 999)",
            "Jo Park: Title": "Purchasing manager",
        }  # fmt: skip
        assert panel.note == "Needs: Framework contracts"
        assert persona_panels.of_account(other.id) is None
    # The order is turned, and who fits has the other.
    host().records.update(second, {"position": 0})
    assert of(big) == "Water"
    host().records.update(second, {"active": False})
    assert of(big) == first.name and of(other) is None
    host().records.delete(jo)
    personas.refresh()
    assert of(big) is None
    assert personas.refresh() == 0


def test_a_condition_that_is_none_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        persona(contact_condition="colour=red")
    assert "contact_condition" in refused.value.errors


def test_personas_are_measured_with_how_many_it_rests_on() -> None:
    water, other = account("Water", "ann", industry="Water"), account("Steel", "cai")
    persona("Water", condition="industry=Water")
    for days, amount in ((10, 100), (20, 200), (30, 600)):
        day = dt.date(2026, 6, 1)
        won(water, amount, day, closed_on=day + dt.timedelta(days=days))
    won(water, 50, dt.date(2026, 6, 1), outcome="lost")
    won(other, 900, dt.date(2026, 6, 1))
    with clock_at(at(9, 1)):
        period = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
        found = {each.name: each for each in personas.measured(*period)}
        measured = found["Water"]
        assert measured.accounts == 1
        assert measured.wins is not None and measured.days is not None
        assert (measured.wins.value, measured.wins.n) == (0.75, 4)
        assert (measured.days.value, measured.days.n) == (20, 3)
        assert measured.basket is not None and measured.basket.value == 300
        rest = found["Without a persona"].wins
        assert rest is not None and (rest.value, rest.n) == (1, 1)
        by = {"persona": host().session.scalar(sa.select(Persona.id))}
        value = host().measures.value
        assert value("segments.persona_win_rate", *period, by) == 0.75 * 1
        assert value("segments.persona_basket", *period, by) == 30_000
        with acting("cai"):
            mine = {each.name: each for each in personas.measured(*period)}
            assert mine["Water"].wins is None and mine["Water"].accounts == 0
