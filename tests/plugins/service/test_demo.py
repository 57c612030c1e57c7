"""What demo companies have of service."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa

from plugin_api.context import current_company, now
from plugin_api.host import host
from plugins.service import demo
from plugins.service.demo import cases, visits
from plugins.service.models import Case, Visit
from tests.plugins.crm.kit import user
from tests.plugins.service.kit import account

pytestmark = pytest.mark.usefixtures("acme")


def test_the_demo_has_cases_and_return_visits_of_every_kind() -> None:
    for number in range(5):
        account(f"Firm {number}", owner_id=user("ann"))
    demo.load(current_company(), 7)
    states = Counter(host().session.scalars(sa.select(Case.state).where(Case.channel != "visit")))
    assert sum(states.values()) == cases.CASES
    assert states["closed"] > 40
    assert set(states) >= {"open", "waiting", "solved", "closed"}
    late = (Case.state.in_(("new", "open")), Case.solution_due < now())
    assert set(host().session.scalars(sa.select(Case.solution_standing).where(*late))) <= {"late"}
    made = Counter(host().session.scalars(sa.select(Visit.state)))
    assert made["done"] + made["unreached"] >= visits.MADE
    assert made["planned"] >= 5
    changes = sa.select(Visit.id).where(Visit.score_change > 0)
    assert host().session.scalar(changes.limit(1)) is not None
    everything = sa.select(sa.func.count(Case.id))
    before = host().session.scalar(everything)
    demo.load(current_company(), 7)
    assert host().session.scalar(everything) == before
