"""What filters call the records that they name by number."""

from __future__ import annotations

import re

from core.views.names import Names
from tests.views.kit import Workshop, selects


def test_names_come_in_one_statement_and_only_once(full: Workshop) -> None:
    keys = [("repairs.Bay", id_) for id_ in full.bays.values()]
    keys += [("core.User", full.people["rita"]), ("repairs.Bay", 10**15)]
    with full.made.working("acme", "max"):
        names = Names()
        with selects(full) as seen:
            names.learn(keys)
            names.learn(keys[:2])
        found = [names.of(*key) for key in keys]
    assert len(seen) == 1, seen
    assert found == ["Wash", "Paint", "Yard", "Rita", "#1000000000000000"]


def test_records_out_of_reach_keep_their_names(shop: Workshop) -> None:
    own, other = shop.add("Own"), shop.add("Secret", worker="ravi")
    keys = [("repairs.Repair", own), ("repairs.Repair", other), ("repairs.Visit", 1)]
    with shop.made.working("acme", "rita"):
        names = Names()
        names.learn(keys)
        assert [names.of(*key) for key in keys] == ["Own", f"#{other}", "#1"]
    with shop.made.working("acme", "ana"):
        names = Names()
        names.learn([("repairs.Visit", 1)])
        assert names.of("repairs.Visit", 1) == "#1"


def test_what_rows_hold_is_not_asked_for(full: Workshop) -> None:
    path = f"/repairs/repairs?bay={full.bays['Wash']}"
    client = full.client()
    client.get(path)
    with selects(full) as seen:
        assert "Wash" in client.get(path).text
    assert not [statement for statement in seen if re.search(r"AS title\b", statement)]
