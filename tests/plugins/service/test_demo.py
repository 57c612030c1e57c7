"""What demo companies have of service."""

from __future__ import annotations

from collections import Counter

import pytest
import sqlalchemy as sa

from plugin_api.context import current_company
from plugin_api.host import host
from plugins.service import demo
from plugins.service.models import Case
from tests.plugins.service.kit import account

pytestmark = pytest.mark.usefixtures("acme")


def test_the_demo_has_cases_of_every_kind() -> None:
    for number in range(5):
        account(f"Firm {number}")
    demo.load(current_company(), 7)
    states = Counter(host().session.scalars(sa.select(Case.state)))
    assert sum(states.values()) == demo.CASES
    assert states["closed"] > 60
    assert set(states) >= {"open", "waiting", "solved", "closed"}
    demo.load(current_company(), 7)
    assert sum(states.values()) == demo.CASES
