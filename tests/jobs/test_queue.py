"""The queue carries numbers only, and nobody reaches it as a company."""

from __future__ import annotations

import pickle

import psycopg
import pytest
from huey.registry import Message

from core.jobs.queue import queue
from core.jobs.storage import JsonSerializer
from tests.jobs.kit import SLUG, Shed


class Trap:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, ("raise SystemExit('executed')",)


def test_what_is_no_json_is_not_executed() -> None:
    with pytest.raises(ValueError):
        JsonSerializer().deserialize(pickle.dumps(Trap()))


def test_tasks_and_values_come_back_as_they_were() -> None:
    serializer = JsonSerializer()
    sent = Message(id="1", name="look", args=(7, 9), kwargs={})
    assert serializer.deserialize(serializer.serialize(sent))[:7:6] == ("1", (7, 9))
    assert serializer.deserialize(serializer.serialize({"beat": 1.5})) == {"beat": 1.5}


def test_values_are_kept_and_forgotten(shed: Shed) -> None:
    with shed.installation.app.app_context():
        waiting = queue()
        waiting.put("a", {"n": 1})
        waiting.put("a", {"n": 2})
        waiting.put("b", [3])
        assert waiting.get("a") == {"n": 2}
        assert waiting.get_many(["a", "b", "c"]) == {"a": {"n": 2}, "b": [3]}
        waiting.forget("a", "b", "c")
        assert waiting.get("a") is None


def test_what_breaks_in_the_queue_breaks_nothing_else(
    shed: Shed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with shed.installation.app.app_context():
        monkeypatch.setattr(queue(), "send", lambda *numbers: 1 / 0)
    run_id = shed.start("shed.make")
    assert shed.run(run_id).state == "queued"


def test_the_role_that_sees_every_company_ends_with_each_transaction(on_postgres: Shed) -> None:
    with on_postgres.installation.app.app_context():
        queue().put("a", 1)
        connection = queue().huey.storage.conn
        assert connection.execute("select current_user").fetchone() == ("probe",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("select count(*) from core_queue_kv")
        assert queue().get("a") == 1
        queue().forget("a")


def test_a_connection_that_breaks_is_opened_anew(on_postgres: Shed) -> None:
    with on_postgres.installation.app.app_context():
        queue().put("a", 1)
        queue().huey.storage.conn.close()
        assert queue().get("a") == 1
        queue().forget("a")
    assert on_postgres.states(SLUG) is not None
