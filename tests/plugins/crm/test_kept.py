"""What is remembered of stages and people is forgotten when one of them is changed."""

from __future__ import annotations

from decimal import Decimal

import sqlalchemy as sa

from core.collab.models import Notification
from core.identity.models import User
from plugin_api.host import host
from plugins.crm.models import Opportunity, Stage
from tests.harness import Installation
from tests.plugins.crm.kit import acting, stage, user


def usual(stage_id: int) -> Decimal | None:
    """The probability of a new opportunity in a stage."""
    return host().records.create(Opportunity, {"name": "Bell", "stage": stage_id}).probability


def test_a_stage_that_is_changed_counts_at_once_and_for_everybody(crm: Installation) -> None:
    with crm.working("web"):
        first = stage("Prospecting")
        before = usual(first)
    with crm.working("web"):
        held = host().session.get(Stage, first)
        host().records.update(held, {"probability": Decimal(11)})
        assert usual(first) == 11
        host().session.rollback()
    with crm.working("web"):
        assert usual(first) == before
        # Past the write path, as a migration may.
        host().session.get(Stage, first).probability = Decimal(12)
        host().session.flush()
        assert usual(first) == 12
    with crm.working("web"):
        assert usual(first) == 12
        host().session.get(Stage, first).probability = before
    with crm.working("web"):
        assert usual(first) == before


def test_who_wants_to_hear_no_more_or_has_left_is_told_no_more(crm: Installation) -> None:
    def told() -> int:
        """Notifications of Bo after somebody has made one more record of his."""
        with crm.working("web"), acting("ada"):
            host().records.create(Opportunity, {"name": "Bell", "owner": user("bo")})
        with crm.working("web"):
            mine = Notification.user_id == user("bo")
            counted = sa.select(sa.func.count()).select_from(Notification).where(mine)
            return int(host().session.scalar(counted) or 0)

    def change(**values: object) -> None:
        with crm.working("web"):
            for name, value in values.items():
                setattr(host().session.get(User, user("bo")), name, value)

    first = told()
    assert told() == first + 1
    change(muted=["assigned"])
    assert told() == first + 1
    change(muted=[], active=False)
    assert told() == first + 1
    change(active=True)
    assert told() == first + 2
