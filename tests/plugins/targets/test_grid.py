"""The sheet of targets: who sees what, what is saved, and what two people do at once."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from core.data import settings
from core.extensions import db
from core.identity.models import Team
from plugin_api.host import host
from plugins.targets.models import Target, TargetCycle, TargetVersion
from plugins.targets.services import frames, grid, grid_saving
from plugins.targets.services.grid_saving import Change
from plugins.targets.services.periods import Period
from plugins.targets.services.reading import yardstick
from tests.harness import Installation, install
from tests.importing.kit import statements

JAN, FEB, MAR = (Period("month", dt.date(2026, m, 1), dt.date(2026, m, d)) for m, d in
                 ((1, 31), (2, 28), (3, 31)))  # fmt: skip
WON = "crm.won_amount"
PATH = f"/targets/grid?measure={WON}&year=2026"


def settled(folder: Path, **how: Any) -> Installation:
    """North with Ann and Bo, which the boss leads, and South with Cai; the boss's peer leads it."""
    found = install(folder, **how)
    found.company("acme", "crm", "targets", currency="CNY", country="CN", language="en")
    with found.working("acme"):
        ids = {}
        for name in ("North", "South"):
            team = Team(name=name)
            db.session.add(team)
            db.session.flush()
            ids[name] = team.id
    roles = (
        ("boss", "manager", "North"), ("ann", "rep", "North"), ("bo", "rep", "North"),
        ("cai", "rep", "South"), ("ada", "admin", None),
    )  # fmt: skip
    people = {n: found.person("acme", n, role, ids.get(team or "")) for n, role, team in roles}
    with found.working("acme"):
        db.session.get_one(Team, ids["North"]).manager_id = people["boss"]
    return found


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return settled(tmp_path_factory.mktemp("grid"))


@pytest.fixture(autouse=True)
def empty(made: Installation) -> None:
    """Ann is to win 100.00 in January, North 500.00, and nobody anything else."""
    with made.working("acme"):
        db.session.execute(sa.delete(Target))
        north = db.session.scalars(sa.select(Team.id).where(Team.name == "North")).one()
        create(made, "ann", JAN, 100_00)
        create_for({"level": "team", "team": north}, JAN, 500_00)


def create_for(whom: dict[str, Any], period: Period, amount: int) -> Target:
    values = {
        "measure": WON, "period": period.kind, "start": period.start, "end": period.end,
        "amount": amount, **whom,
    }  # fmt: skip
    return host().records.create(Target, values)


def create(made: Installation, name: str, period: Period, amount: int) -> Target:
    return create_for({"user": person(name)}, period, amount)


def person(name: str) -> int:
    from core.identity.service import find_user

    return find_user(f"{name}@acme.example").id


def frame(kind: str = "month", measure: str = WON) -> frames.Frame:
    stick = yardstick(measure)
    assert stick is not None
    return frames.columns_of(stick, kind, frames.fiscal_year(2026))  # type: ignore[arg-type]


def shown(made: Installation, who: str, path: str = PATH) -> str:
    answer = made.client("acme", who).get(path)
    assert answer.status_code == 200
    return answer.get_data(True)


def inputs(page: str) -> dict[str, str]:
    """Name → value of every cell that can be changed."""
    return dict(re.findall(r'<input name="(\d+\.\d{8}\.[^"]+)" value="([^"]*)"', page))


def cell_of(page: str, user: int, period: Period) -> str:
    start = f"{user}.{period.start:%Y%m%d}."
    return next(name for name in inputs(page) if name.startswith(start))


def send(made: Installation, who: str, cells: list[list[Any]], **more: str) -> dict[str, Any]:
    with made.working("acme"):
        from plugin_api.context import current_company

        company = str(current_company().id)
    form = {"_company": company, "measure": WON, "year": "2026", "cells": json.dumps(cells), **more}
    client = made.client("acme", who)
    answer = client.post("/targets/grid", data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 200, answer.get_data(True)[:500]
    found: dict[str, Any] = answer.json
    return found


def held(made: Installation) -> dict[tuple[str, str], int]:
    """(name, month) → amount of all targets of people."""
    with made.working("acme"):
        rows = db.session.execute(
            sa.select(Target.name, Target.amount).where(Target.level == "user")
        )
        return {tuple(row.name.split(" · ")): row.amount for row in rows}  # type: ignore[misc]


def test_people_stand_under_their_teams_with_sums(made: Installation) -> None:
    with made.working("acme", "ada"):
        sheet = grid.sheet(frame())
    lines = [(line.level, line.name, line.depth) for line in sheet.lines]
    assert lines == [
        ("team", "North", 0), ("user", "Ann", 1), ("user", "Bo", 1), ("user", "Boss", 1),
        ("team", "South", 0), ("user", "Cai", 1),
    ]  # fmt: skip
    north, ann = sheet.lines[:2]
    assert (north.sums[0], north.own[0], north.total) == (100_00, 500_00, 100_00)
    assert ann.cells[0].steps == 100_00 and ann.cells[0].version == 1
    assert sheet.whole is not None and sheet.whole.total == 100_00


def test_a_manager_sets_the_own_team_and_a_rep_nothing(made: Installation) -> None:
    page = shown(made, "boss")
    assert "Ann" in page and "Cai" not in page
    assert len(inputs(page)) == 3 * 12
    page = shown(made, "ann")
    assert ">Ann<" in page and ">Bo<" not in page
    assert inputs(page) == {} and "100" in page


def test_texts_are_read_as_imports_read_them(made: Installation) -> None:
    with made.working("acme", "ada"):
        of_money, of_ratio = frame(), frame(measure="crm.win_rate")
        texts = ("1,200", "1.2万", "￥1,200.50", "１２", " ", "3亿")
        assert [grid_saving.read_steps(text, of_money) for text in texts] == [
            1200_00, 12_000_00, 1200_50, 12_00, None, 300_000_000_00,
        ]  # fmt: skip
        assert [grid_saving.read_steps(text, of_ratio) for text in ("45%", "45.5", "45％")] == [
            4500, 4550, 4500,
        ]  # fmt: skip
        assert frames.text_of(1200_50, of_money) == "1,200.5"
        assert frames.text_of(12_000_00, of_money) == "12,000"


def test_only_changed_cells_are_saved_and_empty_ones_change_nothing(made: Installation) -> None:
    page = shown(made, "boss")
    with made.working("acme"):
        ann, bo = person("ann"), person("bo")
    cells = [
        [cell_of(page, ann, JAN), "", False],
        [cell_of(page, ann, FEB), "1.2万", False],
        [cell_of(page, bo, JAN), "300", False],
    ]  # fmt: skip
    told = send(made, "boss", cells)
    assert told["message"] == "2 targets saved. 1 empty cell was left as it is."
    assert held(made) == {
        ("Ann", "2026-01"): 100_00, ("Ann", "2026-02"): 12_000_00, ("Bo", "2026-01"): 300_00,
    }  # fmt: skip
    saved = told["cells"][f"{ann}.20260201.20260228"]
    assert saved["text"] == "12,000" and saved["name"].endswith(".1.1200000")


def test_deleting_is_said_and_not_an_empty_cell(made: Installation) -> None:
    page = shown(made, "boss")
    with made.working("acme"):
        ann = person("ann")
    told = send(made, "boss", [[cell_of(page, ann, JAN), "", True]])
    assert told["cells"][f"{ann}.20260101.20260131"]["state"] == "saved"
    assert held(made) == {}


def test_two_managers_at_once_lose_nothing(made: Installation) -> None:
    """Both have opened the sheet; the boss is quicker with January and the admin saves all."""
    page = shown(made, "ada")
    with made.working("acme"):
        ann, bo = person("ann"), person("bo")
    send(
        made,
        "boss",
        [[cell_of(page, ann, JAN), "150", False], [cell_of(page, bo, JAN), "70", False]],
    )
    cells = [
        [cell_of(page, ann, JAN), "200", False],
        [cell_of(page, bo, JAN), "70", False],
        [cell_of(page, bo, FEB), "80", False],
    ]  # fmt: skip
    told = send(made, "ada", cells)
    assert told["message"] == ("2 targets saved. 1 was changed by somebody else meanwhile.")
    conflict = told["cells"][f"{ann}.20260101.20260131"]
    assert conflict["state"] == "conflict" and conflict["text"] == "150"
    assert conflict["reason"] == "Boss has set 150 meanwhile."
    assert held(made) == {
        ("Ann", "2026-01"): 150_00, ("Bo", "2026-01"): 70_00, ("Bo", "2026-02"): 80_00,
    }  # fmt: skip
    # Having seen theirs, mine may replace it.
    send(made, "ada", [[conflict["name"], "200", False]])
    assert held(made)["Ann", "2026-01"] == 200_00


def test_what_was_deleted_meanwhile_is_told(made: Installation) -> None:
    page = shown(made, "ada")
    with made.working("acme"):
        ann = person("ann")
    send(made, "boss", [[cell_of(page, ann, JAN), "", True]])
    told = send(made, "ada", [[cell_of(page, ann, JAN), "5", False]])
    found = told["cells"][f"{ann}.20260101.20260131"]
    assert found["reason"] == "Somebody has deleted this target meanwhile."
    assert held(made) == {}


def test_a_wrong_cell_is_named_and_the_others_are_saved(made: Installation) -> None:
    page = shown(made, "boss")
    with made.working("acme"):
        ann, bo, cai = person("ann"), person("bo"), person("cai")
    cells = [
        [cell_of(page, ann, FEB), "many", False],
        [cell_of(page, bo, FEB), "-5", False],
        [f"{cai}.20260201.20260228.0.", "5", False],
        [cell_of(page, bo, MAR), "60", False],
    ]  # fmt: skip
    told = send(made, "boss", cells)
    reasons = [cell.get("reason") for cell in told["cells"].values() if cell["state"] == "refused"]
    assert reasons == [
        "“many” is not a number.", "A target is not negative.", "You may not set this target.",
    ]  # fmt: skip
    assert held(made)["Bo", "2026-03"] == 60_00
    assert len(held(made)) == 2


def test_one_of_many_that_a_rule_refuses_keeps_none_back(made: Installation) -> None:
    """Ann has a period already that overlaps the new one: hers alone is refused."""
    new = Period("custom", dt.date(2026, 2, 1), dt.date(2026, 4, 30))
    with made.working("acme"):
        ann, bo, boss = person("ann"), person("bo"), person("boss")
        create(made, "ann", Period("custom", dt.date(2026, 1, 1), dt.date(2026, 3, 15)), 9_00)
    asked = {"by": "custom", "start": f"{new.start}", "end": f"{new.end}"}
    page = shown(made, "boss", f"{PATH}&by=custom&start={new.start}&end={new.end}")
    cells = [[cell_of(page, who, new), "7", False] for who in (bo, ann, boss)]
    told = send(made, "boss", cells, **asked)
    states = {key.partition(".")[0]: cell["state"] for key, cell in told["cells"].items()}
    assert states == {f"{bo}": "saved", f"{ann}": "refused", f"{boss}": "saved"}
    reason = told["cells"][f"{ann}.20260201.20260430"]["reason"]
    assert reason == "There is a target already: Ann · 2026-01-01 – 2026-03-15, 9.00."


def test_without_script_the_form_does_the_same(made: Installation) -> None:
    page = shown(made, "boss")
    with made.working("acme"):
        from plugin_api.context import current_company

        ann, bo, company = person("ann"), person("bo"), current_company().id
    typed = inputs(page) | {cell_of(page, ann, JAN): "", cell_of(page, bo, JAN): "300"}
    form = {"_company": str(company), "measure": WON, "year": "2026", "by": "month", **typed}
    client = made.client("acme", "boss")
    assert client.post("/targets/grid", data=form).status_code == 302
    assert held(made) == {("Ann", "2026-01"): 100_00, ("Bo", "2026-01"): 300_00}
    form |= {cell_of(page, bo, JAN): "400", cell_of(page, bo, FEB): "x", "delete_empty": "1"}
    answer = client.post("/targets/grid", data=form)
    assert answer.status_code == 409
    again = answer.get_data(True)
    assert "Boss has set 300 meanwhile." in again and "You typed “400”." in again
    assert "<strong>Bo, 2026-02</strong>: “x” is not a number." in again
    assert inputs(again)[cell_of(again, bo, JAN)] == "400"
    assert held(made) == {("Bo", "2026-01"): 300_00}


def test_periods_of_ones_own_are_columns(made: Installation) -> None:
    odd = [
        Period("custom", dt.date(2025, 11, 30), dt.date(2026, 2, 27)),
        Period("custom", dt.date(2026, 2, 28), dt.date(2026, 5, 29)),
    ]
    with made.working("acme"):
        create(made, "ann", odd[0], 10_00)
        ann = person("ann")
    more = f"&by=custom&start={odd[1].start}&end={odd[1].end}"
    page = shown(made, "boss", PATH + more)
    assert odd[0].label in page and odd[1].label in page
    told = send(made, "boss", [[cell_of(page, ann, odd[1]), "20", False]], by="custom",
                start=f"{odd[1].start}", end=f"{odd[1].end}")  # fmt: skip
    assert told["message"] == "1 target saved."
    assert held(made)["Ann", odd[1].label] == 20_00


def test_what_was_agreed_or_closed_is_locked_and_says_why(made: Installation) -> None:
    with made.working("acme", "ada"):
        ann, bo = person("ann"), person("bo")
        settings.store("targets.smart", False)
        agreed = create(made, "bo", JAN, 70_00)
        host().records.transition(agreed, "confirm", {"note": "As said."})
        host().records.create(
            TargetCycle, {"name": "Spring", "start": MAR.start, "end": MAR.end, "grain": "month"}
        )
        db.session.execute(sa.update(TargetCycle).values(state="closed"))
        id_, version = agreed.id, agreed.version
    page = shown(made, "boss")
    locked = {key for key in inputs(page) if key.startswith(f"{bo}.20260101")}
    assert locked == set() and f"/targets/targets/{id_}" in page
    assert "This target is confirmed and is not overwritten: use “Revise”." in page
    assert "These days of the cycle “Spring” are closed." in page
    cells = [
        [f"{bo}.20260101.20260131.{version}.7000", "80", False],
        [f"{ann}.20260301.20260331.0.", "5", False],
        [f"{ann}.20260201.20260228.0.", "6", False],
    ]
    told = send(made, "boss", cells)["cells"]
    assert [cell["state"] for cell in told.values()] == ["saved", "refused", "refused"]
    assert "use “Revise”" in told[f"{bo}.20260101.20260131"]["reason"]
    assert held(made)["Bo", "2026-01"] == 70_00
    with made.working("acme"):
        db.session.execute(sa.delete(TargetVersion))
        db.session.execute(sa.update(Target).values(cycle_id=None))
        db.session.execute(sa.delete(TargetCycle))


def test_a_target_of_one_channel_is_no_cell_of_the_sheet(made: Installation) -> None:
    with made.working("acme", "ada"):
        values = {"dimension": "source", "member": "web"}
        create_for({"user": person("ann"), **values}, FEB, 9_00)
        assert [cell.steps for cell in grid.sheet(frame()).lines[1].cells[:2]] == [100_00, None]


def test_periods_of_a_cycle_are_columns_before_anybody_has_a_target(made: Installation) -> None:
    with made.working("acme", "ada"):
        host().records.create(
            TargetCycle,
            {
                "name": "Odd", "start": dt.date(2025, 11, 30), "end": dt.date(2026, 5, 29),
                "grain": "custom", "cuts": "2026-02-28",
            },
        )  # fmt: skip
        found = frame("custom").columns
        assert [(str(each.start), str(each.end)) for each in found] == [
            ("2025-11-30", "2026-02-27"), ("2026-02-28", "2026-05-29"),
        ]  # fmt: skip
        db.session.execute(sa.delete(TargetCycle))


@pytest.mark.parametrize(
    "cells",
    ["{", '[["x"]]', '[["1.2.3.4.5", "6", false]]', '{"a": 1}', '[["1.20260101.20260131.0.", 1]]'],
)
def test_nonsense_is_refused_in_words(made: Installation, cells: str) -> None:
    with made.working("acme"):
        from plugin_api.context import current_company

        company = str(current_company().id)
    form = {"_company": company, "measure": WON, "year": "2026", "cells": cells}
    client = made.client("acme", "boss")
    answer = client.post("/targets/grid", data=form, headers={"HX-Request": "true"})
    assert answer.status_code == 422 and "Load the page again" in answer.get_data(True)


def test_the_page_of_many_people_takes_few_statements(made: Installation) -> None:
    with made.working("acme", "ada"), statements() as found:
        grid.sheet(frame())
    assert len(found) == 4, found
    with made.working("acme", "ada"):
        of = frame()
        changes = [
            Change(user_id=person("ann"), period=period, text="5") for period in of.columns[1:]
        ]
        with statements() as found:
            outcome = grid_saving.save(of, changes, {person("ann")})
        db.session.rollback()
    assert len(outcome.saved) == 11
    assert Decimal(len(found)) / 11 < 6, found
