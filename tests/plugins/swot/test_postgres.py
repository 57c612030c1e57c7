"""The same on PostgreSQL, and what two people do at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
import sqlalchemy as sa

from core.host import services
from plugin_api.errors import Refused
from plugin_api.host import host
from plugins.swot.models import Analysis, Idea, Item, Vote
from plugins.swot.services import workshop
from tests.harness import Installation
from tests.plugins.swot.conftest import settled
from tests.plugins.swot.kit import analysis, joined, user, whole
from tests.plugins.swot.test_analyses import *  # noqa: F403


@pytest.fixture(scope="module")
def inst(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Installation]:
    """In place of the one on the embedded database."""
    made = settled(tmp_path_factory.mktemp("swot-pg"), database_url=new_postgres_url())
    yield made
    with made.app.app_context():
        services().engine.dispose()


def at_once(inst: Installation, *deeds: Callable[[], object]) -> list[str]:
    """What is said to people who do something at the same time, each as Ann."""
    gate = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> str:
        try:
            with inst.working("web", "ann"):
                gate.wait(20)
                deed()
        except Refused as refused:
            return refused.words
        return ""

    with ThreadPoolExecutor(len(deeds)) as all_:
        return sorted(each.result(60) for each in [all_.submit(run, deed) for deed in deeds])


def test_votes_are_not_doubled_by_asking_at_once(inst: Installation) -> None:
    with inst.working("web"):
        of, made = whole()
        joined(of, "ann")
        host().records.transition(of, "vote", {"votes_each": 2})
        key, ids = (of.company_id, of.id), [each.id for each in made.values()]

    def vote(item_id: int) -> Callable[[], object]:
        def deed() -> None:
            workshop.give(host().session.get_one(Analysis, key), item_id)

        return deed

    said = at_once(inst, vote(ids[0]), vote(ids[0]), vote(ids[1]), vote(ids[2]))
    # Two where both of the same item come last.
    refused = [text for text in said if text]
    assert set(refused) == {"You have given all your votes. Take one back first."}
    with inst.working("web"):
        votes = host().session.scalars(sa.select(Vote.item_id)).all()
        assert len(votes) == len(set(votes)) == 2


def test_what_is_written_as_the_collection_ends_is_not_lost(inst: Installation) -> None:
    with inst.working("web"):
        of = analysis("Ends")
        joined(of, "ann")
        host().records.transition(of, "collect")
        key = of.company_id, of.id
        boss = user("boss")

    def write() -> None:
        workshop.write(host().session.get_one(Analysis, key), "Just in time", "threat")

    def end() -> None:
        with host().acting_for(boss):
            host().records.transition(host().session.get_one(Analysis, key), "end_collection")

    said = [text for text in at_once(inst, write, end) if text]
    with inst.working("web"):
        session = host().session
        items = session.scalar(sa.select(sa.func.count(Item.id)).where(Item.name == "Just in time"))
        assert session.scalar(sa.select(sa.func.count(Idea.id))) == 0
        assert (items, said) in ((1, []), (0, ["The collection is over."]))


def test_what_is_finished_is_whole_whoever_writes_meanwhile(inst: Installation) -> None:
    with inst.working("web"):
        of, made = whole(analysis("Raced"))
        key, item_key = (of.company_id, of.id), (of.company_id, made["s1"].id)
        boss = user("boss")

    def finish() -> None:
        with host().acting_for(boss):
            host().records.transition(host().session.get_one(Analysis, key), "finish")

    def write() -> None:
        with host().acting_for(boss):
            one = host().session.get_one(Item, item_key)
            host().records.update(one, {"weight": Decimal("0.1")})

    said = " ".join(at_once(inst, finish, write))
    with inst.working("web"):
        state = host().session.get_one(Analysis, key).state
        weight = host().session.get_one(Item, item_key).weight
        assert (state, weight) in (("finished", Decimal("0.4")), ("draft", Decimal("0.1"))), said
        assert ("is finished" if state == "finished" else "sum to 0.7") in said
