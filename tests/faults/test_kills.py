"""Processes that are killed at any moment: what they did is there as a whole or not at all, the
next run ends it, and everything that looks after the installation is content."""

from __future__ import annotations

import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.faults.deeds import ROWS, SLUG
from tests.faults.kit import Ward, kill, kill_often

TIMES = int(os.environ.get("XIAOGUAN_TEST_KILLS", "1"))
"""How often each is killed on SQLite; half as often on PostgreSQL, but once."""
BEFORE = 2 * ROWS
FULL = "furnished"


def _ward(folder: Path, url: str = "") -> Iterator[Ward]:
    made = Ward(folder, url)
    made.instance.mkdir()
    made.start()
    try:
        made.keep("empty")
        made.do("init")
        made.do(deed="furnish", file=str(made.file))
        made.keep(FULL)
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    yield from _ward(tmp_path_factory.mktemp("ward"))


@pytest.fixture(scope="module")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, new_postgres_url: Callable[[], str]
) -> Iterator[Ward]:
    yield from _ward(tmp_path_factory.mktemp("ward"), new_postgres_url())


@pytest.fixture(params=["sqlite", "postgres"])
def ward(request: pytest.FixtureRequest) -> Ward:
    made: Ward = request.getfixturevalue(f"on_{request.param}")
    return made


def times(ward: Ward) -> int:
    return TIMES if not ward.url else (TIMES + 1) // 2


def killed(ward: Ward, after: Callable[[bool], None], state: str = FULL, **order: Any) -> None:
    assert kill_often(ward, times(ward), state, order, after) == times(ward)


IMPORT = ("import", "crm.accounts", "--company", SLUG, "--key", "external_id")


def test_an_import(ward: Ward) -> None:
    def after(cut: bool) -> None:
        found = ward.look()[SLUG]
        assert found["accounts"] == found["names"]
        assert found["accounts"] in ((ROWS, BEFORE) if cut else (BEFORE,))
        assert len(found["imports"]) == (found["accounts"] == BEFORE)
        ward.do(*IMPORT, str(ward.file))
        found = ward.look()[SLUG]
        assert (found["accounts"], found["names"]) == (BEFORE, BEFORE)

    killed(ward, after, args=[*IMPORT, str(ward.file)])


def test_a_worker_at_an_import(ward: Ward) -> None:
    ward.set_back(FULL)
    ward.do(deed="begin_import", file=str(ward.file))
    ward.keep("with_import")

    def after(cut: bool) -> None:
        found = ward.look()[SLUG]
        # It commits step by step, and goes on from the last of them.
        assert found["accounts"] == found["names"]
        assert ROWS <= found["accounts"] <= BEFORE if cut else found["accounts"] == BEFORE
        ward.do(deed="finish_jobs")
        found = ward.look()[SLUG]
        assert (found["accounts"], found["names"]) == (BEFORE, BEFORE)
        assert (found["jobs"], found["imports"]) == ({"done": 1}, {"done": 1})

    killed(ward, after, "with_import", deed="finish_jobs")


def test_a_worker_at_an_export(ward: Ward) -> None:
    ward.set_back(FULL)
    ward.do(deed="begin_export")
    ward.keep("with_export")

    def after(cut: bool) -> None:
        ward.look()
        ward.do(deed="finish_jobs")
        assert ward.look()[SLUG]["jobs"] == {"done": 1}
        assert ward.do(deed="exported").strip() == "1"

    killed(ward, after, "with_export", deed="finish_jobs")


ON = ["catalog", "core", "crm", "targets"]
SWITCH_OFF = ("plugin", "disable", "catalog", "--cascade", "--yes", "--company", SLUG)
SWITCH_ON = ("plugin", "enable", "crm", "--yes", "--company", SLUG)


def test_switching_plugins_off_and_on(ward: Ward) -> None:
    ward.set_back(FULL)
    whole = ward.look()[SLUG]
    assert whole["on"] == ON

    def after_off(cut: bool) -> None:
        found = ward.look()[SLUG]
        assert found["on"] in ((ON, ["core", "targets"]) if cut else (["core", "targets"],))
        assert found["grants"] == whole["grants"]
        if "crm" not in found["on"]:
            ward.do(*SWITCH_ON)
        assert ward.look()[SLUG] == whole

    killed(
        ward,
        after_off,
        args=["plugin", "disable", "catalog", "--cascade", "--yes", "--company", SLUG],
    )
    ward.do("plugin", "disable", "catalog", "--cascade", "--yes", "--company", SLUG)
    ward.keep("without_crm")

    def after_on(cut: bool) -> None:
        found = ward.look()[SLUG]["on"]
        assert found in ((ON, ["core", "targets"]) if cut else (ON,))
        if "crm" not in found:
            ward.do(*SWITCH_ON)
        assert ward.look()[SLUG] == whole

    killed(
        ward, after_on, "without_crm", args=["plugin", "enable", "crm", "--yes", "--company", SLUG]
    )


def test_an_upgrade_of_the_tables(ward: Ward) -> None:
    def after(cut: bool) -> None:
        ward.do("db", "upgrade")
        ward.do("db", "status")
        assert ward.look() == {"companies": [], "bad": []}
        ward.do("company", "add", "new", "--name", "New")
        assert ward.look()["companies"] == ["new"]

    killed(ward, after, "empty", args=["db", "upgrade"])


def test_moving_many_records(ward: Ward) -> None:
    def after(cut: bool) -> None:
        found = ward.look()[SLUG]["leads"]
        assert found in (({"new": ROWS}, {"qualified": ROWS}) if cut else ({"qualified": ROWS},))
        if found == {"new": ROWS}:
            ward.do(deed="move_leads")
        assert ward.look()[SLUG]["leads"] == {"qualified": ROWS}

    killed(ward, after, deed="move_leads")


def test_bringing_a_company_in(ward: Ward) -> None:
    ward.set_back(FULL)
    copy = ward.folder / "company.zip"
    ward.do("company", "export", SLUG, str(copy))
    whole = ward.look()[SLUG]

    def after(cut: bool) -> None:
        found = ward.look()
        assert found["companies"] in (([SLUG], [SLUG, "twin"]) if cut else ([SLUG, "twin"],))
        if "twin" not in found["companies"]:
            ward.do("company", "import", str(copy), "--slug", "twin")
        found = ward.look()
        assert found["twin"] == found[SLUG] == whole

    killed(ward, after, args=["company", "import", str(copy), "--slug", "twin"])


def test_purging_and_taking_a_company(ward: Ward) -> None:
    taken = ward.folder / "acme.zip"

    def after_taking(cut: bool) -> None:
        if taken.exists():
            ward.do("company", "purge", SLUG, "--yes")
            ward.do("company", "import", str(taken))
        else:
            ward.do("company", "export", SLUG, str(taken))
        assert ward.look()[SLUG]["accounts"] == ROWS

    killed(ward, after_taking, args=["company", "export", SLUG, str(taken)])

    def after_purging(cut: bool) -> None:
        found = ward.look()
        assert found["companies"] in (([SLUG], []) if cut else ([],))
        if found["companies"]:
            assert found[SLUG]["accounts"] == ROWS
            ward.do("company", "purge", SLUG, "--yes")
        assert ward.look()["companies"] == []

    killed(ward, after_purging, args=["company", "purge", SLUG, "--yes"])


def test_a_copy_of_everything_and_putting_it_back(on_sqlite: Ward) -> None:
    ward = on_sqlite
    copy = ward.folder / "all.tar"
    ward.set_back(FULL)
    whole = ward.look()

    def after_copying(cut: bool) -> None:
        if not copy.exists():
            ward.do("db", "backup", str(copy))
        ward.do("company", "purge", SLUG, "--yes")
        ward.do("db", "restore", str(copy), "--yes")
        assert ward.look() == whole

    killed(ward, after_copying, args=["db", "backup", str(copy)])
    kept = copy.rename(ward.folder / "kept.tar")
    ward.do("company", "purge", SLUG, "--yes")
    ward.keep("purged")

    def after_restoring(cut: bool) -> None:
        found = ward.look()
        assert found in (({"companies": [], "bad": []}, whole) if cut else (whole,))
        ward.do("db", "restore", str(kept), "--yes")
        assert ward.look() == whole

    killed(ward, after_restoring, "purged", args=["db", "restore", str(kept), "--yes"])


def test_the_server_at_many_changes(ward: Ward) -> None:
    """Sent again under its key, as a program does that got no answer, it is done once."""
    ward.set_back(FULL)
    ward.do(deed="token", file=str(ward.folder / "token"))
    ward.keep("with_token")
    told = json.loads((ward.folder / "token").read_text())
    body = {
        "update": [
            {"id": id_, "version": version, "name": f"Changed {id_}"}
            for id_, version in told["accounts"]
        ]
    }
    headers = told["headers"] | {"Idempotency-Key": "once"}
    with serving(ward) as send:
        began = time.monotonic()
        assert send("/api/v1/crm/accounts/bulk", body, headers)["update"]
        seconds = time.monotonic() - began
    for number in range(times(ward)):
        ward.set_back("with_token")
        with serving(ward) as send:
            asked = Thread(target=send, args=("/api/v1/crm/accounts/bulk", body, headers))
            asked.start()
            time.sleep(seconds * (number + ward.chance.random()) / times(ward))
        asked.join()
        assert ward.look()[SLUG]["changed"] in (0, ROWS)
        with serving(ward) as send:
            again = send("/api/v1/crm/accounts/bulk", body, headers)
        assert [row["version"] for row in again["update"]] == [2] * ROWS
        assert ward.look()[SLUG]["changed"] == ROWS


@contextmanager
def serving(ward: Ward) -> Iterator[Callable[..., Any]]:
    """A server, killed at the end, and how it is asked: the answer, None without one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pid = ward.begin({"args": ["serve", "--port", str(port), "--no-jobs"]})

    def send(path: str, body: Any, headers: Any) -> Any:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        kind = {"Content-Type": "application/json"}
        try:
            connection.request("POST", path, json.dumps(body), headers | kind)
            return json.loads(connection.getresponse().read())
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    try:
        for _try in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield send
    finally:
        kill(pid)
        assert ward.ended(0).killed
