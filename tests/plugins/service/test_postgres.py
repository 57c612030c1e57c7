"""The same on PostgreSQL, and two who open cases at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.crm.models import Contact
from plugins.service.models import Case, Mail, Mailbox
from tests.harness import Installation
from tests.plugins.crm.kit import user
from tests.plugins.service.conftest import settled
from tests.plugins.service.kit import account, case, queue
from tests.plugins.service.test_cases import *  # noqa: F403
from tests.plugins.service.test_mails import BOX, LAN, raw
from tests.plugins.service.test_visits import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("service-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def opening(inst: Installation, gate: Barrier) -> None:
    """Customers call while others do."""
    with inst.working("web"):
        gate.wait(20)
        for _number in range(4):
            case(channel="chat")


def test_numbers_and_turns_when_cases_come_in_at_once(inst: Installation) -> None:
    with inst.working("web"):
        people = [user(name) for name in ("ann", "bo", "cai")]
        queue(*((each, {}) for each in people), condition="channel=chat", name="Race")
    gate = Barrier(3)
    with ThreadPoolExecutor(3) as all_:
        for done in [all_.submit(opening, inst, gate) for _number in range(3)]:
            done.result(60)
    with inst.working("web"):
        rows = host().session.execute(sa.select(Case.owner_id, Case.number)).all()
        assert sorted(Counter(row[0] for row in rows).values()) == [4, 4, 4]
        assert sorted(int(row[1][-5:]) for row in rows) == list(range(1, 13))


def test_a_mail_that_is_delivered_several_times_at_once_opens_one_case(inst: Installation) -> None:
    with inst.working("web"):
        whose = account("Mail race")
        host().records.create(Contact, {"name": "Wu Lan", "account_id": whose.id, "email": LAN})
        host().records.create(Mailbox, {"address": BOX})
    gate = Barrier(3)

    def deliver() -> str:
        try:
            with inst.working("web"):
                gate.wait(20)
                host().records.create(Mail, {"source": raw(Message_ID="<race@h>")})
        except Refused as refused:
            return refused.words
        return ""

    with ThreadPoolExecutor(3) as all_:
        told = [done.result(60) for done in [all_.submit(deliver) for _number in range(3)]]
    assert sorted(map(bool, told)) == [False, True, True], told
    assert all("here already" in text for text in told if text), told
    with inst.working("web"):
        assert host().session.query(Case).filter_by(channel="mail").count() == 1
