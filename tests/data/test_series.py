"""Numbers without gaps, and hooks that see many records at once."""

from __future__ import annotations

import sys
import threading
from typing import Any

import pytest

from core.data.records import RowsRefused
from core.extensions import db
from core.host import services
from core.identity.service import load_company
from plugin_api.context import SYSTEM, acting_as
from plugin_api.errors import Rejected
from tests.data.workshop import World

TIMES = 12


def test_numbers_follow_each_other_and_are_given_back(workshop: World) -> None:
    with workshop.as_():
        host = services()
        assert list(host.numbers("a")) == [1]
        assert list(host.numbers("a", 3)) == [2, 3, 4]
        assert list(host.numbers("b")) == [1]
        assert list(host.numbers("b", 0)) == []
    with workshop.as_():
        assert list(services().numbers("a")) == [1], "what was rolled back is there again"
    with workshop.as_(slug="other"):
        assert list(services().numbers("a")) == [1], "each company has its own"


def test_many_at_once_leave_no_gap(workshop: World) -> None:
    """Two threads take numbers; every third transaction is rolled back."""
    taken: list[int] = []
    failed: list[BaseException] = []
    with workshop.app.app_context():
        company = load_company("acme")

    def take(seed: int) -> None:
        try:
            for turn in range(TIMES):
                with workshop.app.test_request_context(), acting_as(company, SYSTEM):
                    [number] = services().numbers("race")
                    if (turn + seed) % 3:
                        db.session.commit()
                        taken.append(number)
                    else:
                        db.session.rollback()
                    db.session.remove()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=take, args=(seed,)) for seed in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(taken) == list(range(1, len(taken) + 1))


def test_before_create_many_and_after_create_many_see_all_new_records(workshop: World) -> None:
    with workshop.as_():
        package = services().registry.plugins["workshop"].package
        told: list[Any] = sys.modules[f"{package}.hooks"].MANY
        job: Any = services().registry.models["workshop.Job"]
        for names in (["Bell", "Book"], ["Candle"]):
            told.clear()
            services().records.create_many(job, [{"name": name} for name in names])
            assert told == [("before_create_many", names), ("after_create_many", names)]
        told.clear()
        services().records.create(job, {"name": "Door"})
        assert [names for _hook, names in told] == [["Door"], ["Door"]]
        told.clear()
        with pytest.raises(RowsRefused):
            services().records.create_many(job, [{"name": "x" * 900}])
        assert told == [], "what is refused at once is not told of"


def test_before_delete_many_sees_all_that_go_and_may_refuse(workshop: World) -> None:
    with workshop.as_():
        package = services().registry.plugins["workshop"].package
        told: list[Any] = sys.modules[f"{package}.hooks"].MANY
        job: Any = services().registry.models["workshop.Job"]

        def made(*names: str) -> list[Any]:
            records = services().records.create_many(job, [{"name": name} for name in names])
            told.clear()
            return records

        assert services().records.delete_many(made("Bell", "Book")) == {}
        assert told == [("before_delete_many", ["Bell", "Book"])]
        services().records.delete(made("Candle")[0])
        assert told == [("before_delete_many", ["Candle"])]
        # One by one before_delete refuses first, so that nobody lets go of what stays.
        found = services().records.delete_many(made("kept", "Door"))
        assert {i: why.words for i, why in found.items()} == {0: "It is kept."}
        assert told == [("before_delete_many", ["Door"])]
        found = services().records.delete_many(made("Egg", "held back", "Fish"))
        assert {i: why.words for i, why in found.items()} == {1: "It is held back."}
        assert [names for _hook, names in told[1:]] == [["Egg"], ["held back"], ["Fish"]]
        with pytest.raises(Rejected, match="held back"):
            services().records.delete(made("held back")[0])
