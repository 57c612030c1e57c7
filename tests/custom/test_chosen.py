"""Several choices beside the records: equal to what these hold after whatever is done to them."""

from __future__ import annotations

import random
import re
from typing import Any

import pytest
import sqlalchemy as sa

from core.custom import beside, metas
from core.custom.models import CustomChosen
from core.data import query
from core.extensions import db
from core.hosting import enablement
from core.privacy.erasing import _blank
from plugin_api.errors import Invalid
from tests.custom.kit import chosen_beside, chosen_in, field, names
from tests.custom.test_beside import _plan
from tests.data.workshop import World, add, make, model, records

LABELS = ("One", "Two", "Three")


@pytest.fixture
def made(workshop: World) -> Any:
    with workshop.as_():
        yield field("choices", "Needs", indexed=True, options=LABELS)


def meta() -> Any:
    return metas.active(model("Job"))["x_needs"]


def test_they_follow_what_is_made_changed_and_deleted(made: Any) -> None:
    assert made.filled, "nothing is to be filled"
    one = make("Job", name="a", x_needs="two;one")
    others = records().create_many(
        model("Job"),
        [{"name": f"j{i}", "x_needs": value} for i, value in enumerate(("three", None, "one"))],
    )
    assert chosen_beside(made) == chosen_in(made)
    assert chosen_beside(made)[one.id] == {"one", "two"}
    records().update(one, {"x_needs": "three;one"})
    records().update(others[0], {"name": "another"})
    records().update_many([(each, {"x_needs": "two"}) for each in others])
    assert chosen_beside(made) == chosen_in(made)
    assert names(x_needs__all="one,three") == ["a"]
    records().update(one, {"x_needs": None})
    records().delete(others[0])
    records().delete_many(others[1:2])
    assert chosen_beside(made) == chosen_in(made) == {others[2].id: {"two"}}
    _blank(others[2])
    assert chosen_beside(made) == chosen_in(made) == {}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_done_by_whatever_chance(made: Any, seed: int) -> None:
    dice, jobs = random.Random(seed), []
    for step in range(60):
        value = ";".join(sorted(dice.sample(["one", "two", "three"], dice.randint(0, 3)))) or None
        done = dice.choice(["make", "many", "change", "change all", "delete"])
        if done == "make" or not jobs:
            jobs.append(make("Job", name=f"{step}", x_needs=value))
        elif done == "many":
            jobs += records().create_many(
                model("Job"), [{"name": f"{step}", "x_needs": each} for each in (value, "two")]
            )
        elif done == "change":
            records().update(dice.choice(jobs), {"x_needs": value})
        elif done == "change all":
            records().update_many([(job, {"x_needs": value}) for job in jobs])
        else:
            records().delete(jobs.pop(dice.randrange(len(jobs))))
        assert chosen_beside(made) == chosen_in(made)


def test_the_job_writes_what_was_there_and_mends_what_differs(workshop: World) -> None:
    with workshop.as_():
        made = field("choices", "Needs", options=LABELS)
        jobs = [make("Job", name=f"j{i}", x_needs=v)
                for i, v in enumerate(("one", "one;two", None, "three"))]  # fmt: skip
        assert chosen_beside(made) == {}
        records().update(made, {"indexed": True})
        assert not meta().filled
        assert names(x_needs__none="one", sort="name") == ["j2", "j3"], "asked of the records"
        assert list(beside.mend(model("Job"), meta())) == [3]
        assert chosen_beside(made) == chosen_in(made)
        assert list(beside.mend(model("Job"), meta())) == []
        _delete(CustomChosen.record_id == jobs[1].id, CustomChosen.value == "two")
        _put(made, (jobs[0].id, "two"), (jobs[2].id, "one"), (10**9, "one"), (10**9, "two"))
        _delete(CustomChosen.record_id == jobs[3].id)
        _put(made, (jobs[3].id, "one"))
        assert list(beside.mend(model("Job"), meta())) == [4, 1]
        assert chosen_beside(made) == chosen_in(made)
        records().update(made, {"indexed": False})
        assert chosen_beside(made) == {}
        assert names(x_needs__all="one,two") == ["j1"]


def test_the_order_of_the_choices_is_no_difference_and_a_strange_text_no_end(made: Any) -> None:
    job = make("Job", name="a", x_needs="one;two")
    add("Job", name="b", number="", currency="CNY", custom={"x_needs": "two;one"})
    add("Job", name="c", number="", currency="CNY", custom={"x_needs": "x" * 300 + ";one"})
    assert list(beside.mend(model("Job"), meta())) == [2]
    assert chosen_beside(made)[job.id] == {"one", "two"}
    assert names(x_needs__all="one,two", sort="name") == ["a", "b"]
    assert names(x_needs="one", sort="name") == ["a", "b", "c"]


def _delete(*where: Any) -> None:
    quietly = {"synchronize_session": False}
    db.session.execute(sa.delete(CustomChosen).where(*where), execution_options=quietly)


def _put(made: Any, *rows: tuple[int, str]) -> None:
    held = [{"field_id": made.id, "record_id": id_, "value": value} for id_, value in rows]
    db.session.execute(sa.insert(CustomChosen), held)


def test_another_type_is_written_anew_and_nothing_stays_of_the_former(made: Any) -> None:
    job = make("Job", name="a", x_needs="two")
    records().update(made, {"kind": "choice"})
    assert chosen_beside(made) == {}
    assert list(beside.mend(model("Job"), meta())) == [1]
    assert names(x_needs="two") == ["a"]
    records().update(made, {"kind": "choices"})
    records().update(job, {"x_needs": "one;two"})
    list(beside.mend(model("Job"), meta()))
    assert chosen_beside(made) == chosen_in(made) == {job.id: {"one", "two"}}
    records().update(made, {"archived": True})
    records().delete(made)
    assert chosen_beside(made) == {}


def test_they_go_with_the_data_of_their_plugin(workshop: World) -> None:
    with workshop.as_():
        field("choices", "Needs", indexed=True, options=LABELS)
        make("Job", name="a", x_needs="one;two")
        enablement.disable("workshop")
        enablement.purge("workshop")
        enablement.enable("workshop")
        assert db.session.scalar(sa.select(sa.func.count()).select_from(CustomChosen)) == 0


def test_records_are_not_sorted_by_it_and_that_is_said(made: Any) -> None:
    make("Job", name="a", x_needs="one")
    with pytest.raises(Invalid) as refused:
        names(sort="x_needs")
    assert refused.value.errors["sort"] == ["Records are not sorted by “x_needs”."]


def test_an_index_leads_to_the_records_on_postgresql(workshop_on_postgres: World) -> None:
    with workshop_on_postgres.as_():
        field("choices", "Needs", indexed=True, options=LABELS)
        for number in range(1200):
            held = "one" if number % 400 else "one;two;three" if number % 800 else "two"
            add("Job", name=f"{number}", number="", currency="CNY", custom={"x_needs": held})
        list(beside.mend(model("Job"), meta()))
        for arguments in (
            {"x_needs": "two"}, {"x_needs__in": "two,three"}, {"x_needs__all": "two,three"},
        ):  # fmt: skip
            plan = _plan(query.parse_query(model("Job"), arguments))
            assert re.search(r"Index Only Scan using [ip][xk]_core_custom_chosen", plan), plan
            assert "Seq Scan on workshop_job" not in plan, plan
