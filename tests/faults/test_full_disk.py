"""A disk without room: everybody is told, nothing is half there, and room is all it takes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.faults.deeds import LITTLE, ROWS, SLUG
from tests.faults.kit import Ward

NO_ROOM = "There is no room left"


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    made = Ward(tmp_path_factory.mktemp("ward"))
    made.instance.mkdir()
    made.start()
    try:
        made.do("init")
        made.do(deed="furnish", file=str(made.file))
        yield made
    finally:
        made.stop()


def test_saving_attaching_and_importing(ward: Ward) -> None:
    before = ward.look()[SLUG]
    ward.do(deed="crowded", file=str(ward.file))
    told: dict[str, Any] = json.loads(Path(f"{ward.file}.told").read_text())
    full, room = told["full"], told["room"]
    for name in ("save", "rest", "attach", "import"):
        status, text = full[name]
        assert (name, status) == (name, 503), text
        assert NO_ROOM in text
    assert "xxxx" in full["save"][1], "what was typed is shown again"
    assert full["read"][0] == 200
    assert {name: status for name, (status, _) in room.items()} == {
        "save": 303, "rest": 201, "attach": 303, "import": 303, "read": 200
    }  # fmt: skip
    after = ward.look()[SLUG]
    assert after["accounts"] == before["accounts"] + 2


def test_a_command(ward: Ward) -> None:
    before = ward.look()[SLUG]["accounts"]
    args = ["import", "crm.accounts", str(ward.file), "--company", SLUG, "--key", "external_id"]
    ended = ward.run(*args, limit=LITTLE)
    assert ended.status == 1
    assert ended.output.startswith(f"Error: {NO_ROOM}"), ended.output
    assert ward.look()[SLUG]["accounts"] == before
    ward.do(*args)
    assert ward.look()[SLUG]["accounts"] == before + ROWS
