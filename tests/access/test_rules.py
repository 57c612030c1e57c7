"""Whose records a permission reaches: the statement and the record at hand say the same."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import aliased

from core.access import people
from core.access.rules import beyond, scope_criteria, scope_of
from core.extensions import db
from core.tenancy.engine import reading
from plugin_api.context import SYSTEM, Actor, Scope, current_actor
from plugin_api.errors import Forbidden, Invalid
from tests.data.workshop import World, add, make, model, records, statements

OWNERS = ("rita", "max", "fay", "ravi", "ada", "")
"""North: Rita, Max (its manager), Fay. South: Ravi. No team: Ada. Nobody."""


def jobs(world: World) -> dict[str, Any]:
    return {
        name: add("Job", name=name, number=name, currency="CNY", owner_id=world.people.get(name))
        for name in OWNERS
    }


def seen(actor: Actor, action: str = "read", of: Any = None) -> set[str]:
    job = of or model("Job")
    return set(db.session.scalars(sa.select(job.name).where(scope_criteria(job, action, actor))))


def actor_with(scope: Scope | None, **given: Any) -> Actor:
    me: dict[str, Any] = {
        "user_id": current_actor().user_id, "login_id": None, "name": "Somebody",
        "team_id": current_actor().team_id, "team_ids": current_actor().team_ids,
    }  # fmt: skip
    grants = {"workshop.Job.read": scope} if scope else {}
    return Actor(**{**me, "grants": grants, **given})


@pytest.mark.parametrize(
    ("name", "scope", "found"),
    [
        ("rita", None, set()),
        ("rita", "own", {"rita"}),
        ("rita", "team", {"rita", "max", "fay"}),
        ("rita", "subtree", {"rita"}),
        ("rita", "company", set(OWNERS)),
        ("max", "own", {"max"}),
        ("max", "team", {"rita", "max", "fay"}),
        ("max", "subtree", {"rita", "max", "fay"}),
        ("ada", "team", {"ada"}),
        ("ada", "subtree", {"ada"}),
        ("ravi", "team", {"ravi"}),
    ],
)
def test_a_scope_reaches_so_far(
    workshop: World, name: str, scope: Scope | None, found: set[str]
) -> None:
    with workshop.as_():
        made = jobs(workshop)
        with workshop.acting(name):
            actor = actor_with(scope)
            assert seen(actor) == found
            assert seen(actor, of=aliased(model("Job"))) == found
            assert seen(actor, "update") == set()
            rows = list(made.values())
            out = {rows[i].name for i in beyond(rows, "workshop.Job.read", actor)}
            assert out == set(OWNERS) - found


def test_a_manager_reaches_teams_below(workshop: World) -> None:
    with workshop.as_():
        made = jobs(workshop)
        north = db.session.scalars(
            sa.select(model("core.Team")).where(model("core.Team").name == "North")
        ).one()
        below = add("core.Team", name="North-East", parent_id=north.id)
        db.session.get(model("core.User"), workshop.people["ravi"]).team_id = below.id
        db.session.flush()
        with workshop.acting("max"):
            actor = actor_with("subtree", team_ids=frozenset({north.id, below.id}))
            assert seen(actor) == {"rita", "max", "fay", "ravi"}
            rows = list(made.values())
            assert len(beyond(rows, "workshop.Job.read", actor)) == 2


def test_the_system_and_models_without_rules_see_all(workshop: World) -> None:
    with workshop.as_("rita"):
        assert isinstance(scope_criteria(model("Job"), "read", SYSTEM), sa.sql.elements.True_)
        actor = current_actor()
        assert isinstance(scope_criteria(model("Bench"), "read", actor), sa.sql.elements.True_)
        assert isinstance(scope_criteria(model("Bill"), "delete", actor), sa.sql.elements.True_)
        assert isinstance(scope_criteria(model("Job"), "fly", actor), sa.sql.elements.False_)
        assert scope_of(model("core.User"), "core.User.update", actor) is None


def test_own_and_company_need_no_statement(workshop: World) -> None:
    with workshop.as_("rita"):
        job = make("Job", name="Bell")
        db.session.flush()
        with statements() as asked:
            assert records().may(job, "update")
            assert records().may(make_contact(), "read")
        assert not [text for text in asked if "core_user" in text]
    with workshop.as_("max"):
        own = make("Job", name="Bell")
        db.session.flush()
        with statements() as asked:
            assert records().may(own, "update")
        assert asked == []


def make_contact() -> Any:
    return model("Contact")(name="Li")


def test_a_part_goes_by_its_whole(workshop: World) -> None:
    with workshop.as_():
        made = jobs(workshop)
        parts = {name: add("Part", name=name, job_id=job.id) for name, job in made.items()}
        part = model("Part")
        with workshop.acting("rita"):
            rule = scope_criteria(part, "read", current_actor())
            assert set(db.session.scalars(sa.select(part.name).where(rule))) == {"rita"}
            assert records().may(parts["rita"], "delete")
            assert not records().may(parts["max"], "read")
            with pytest.raises(Invalid):
                make("Part", name="Screw", job=made["max"])
            assert make("Part", name="Screw", job=made["rita"]).job_id == made["rita"].id
            shared = make("Job", name="shared", owner=workshop.people["rita"])
            with workshop.acting(""):
                add("Share", job_id=made["max"].id, user_id=workshop.people["rita"])
            with pytest.raises(Forbidden):
                records().update(parts["rita"], {"job": made["max"]})
            records().update(parts["rita"], {"job": shared})
        with workshop.acting("max"):
            rule = scope_criteria(part, "update", current_actor())
            found = set(db.session.scalars(sa.select(part.name).where(rule)))
            assert {"rita", "max", "fay"} <= found
            assert not {"ravi", "ada", ""} & found
        with workshop.acting("ana"):
            # She reads jobs, but holds nothing on parts.
            assert not records().may(parts["rita"], "read")


def test_who_has_a_share_sees_the_whole_and_does_not_change_it(workshop: World) -> None:
    with workshop.as_():
        made = jobs(workshop)
        share = add("Share", job_id=made["ada"].id, user_id=workshop.people["rita"])
        part = add("Part", name="Screw", job_id=made["ada"].id)
        job = model("Job")
        for name, found in (("rita", {"rita", "ada"}), ("ravi", {"ravi"}),
                            ("max", {"rita", "max", "fay", "ada"})):  # fmt: skip
            with workshop.acting(name):
                assert seen(current_actor()) == found
                assert seen(current_actor(), of=aliased(job)) == found
                shared = "ada" in found
                assert records().may(made["ada"], "read") is shared
                assert records().may(part, "read") is shared
                assert records().may(share, "read") is shared
                for record in (made["ada"], part, share):
                    assert not records().may(record, "update")
        with workshop.acting("rita"):
            with pytest.raises(Forbidden):
                records().update(made["ada"], {"fee": 1})
            with pytest.raises(Forbidden):
                records().delete(share)
            with pytest.raises(Forbidden):
                make("Part", name="Screw", job=made["ada"])


def test_another_company_s_people_and_shares_count_for_nothing(workshop: World) -> None:
    with workshop.as_(slug="other"):
        stranger = add("core.User", name="Stranger")
        job = add("Job", name="foreign", number="1", currency="CNY", owner_id=stranger.id)
        db.session.commit()
        ids = (job.id, stranger.id)
    try:
        with workshop.as_("max"):
            for scope in ("own", "team", "subtree", "company"):
                assert "foreign" not in seen(actor_with(scope))
            found = people.reached_of(
                model("Job"), [ids[1]], "workshop.Job.read", "team", current_actor()
            )
            assert found == {workshop.people["max"]}
    finally:
        with workshop.as_(slug="other"):
            db.session.execute(sa.delete(model("Job")))
            db.session.execute(sa.delete(model("core.User")))
            db.session.commit()


def test_an_index_of_owners_serves_the_rule(workshop_on_sqlite: World) -> None:
    """The plan names the index of (company, owner) for every scope."""
    with workshop_on_sqlite.as_("max"):
        job, engine = model("Job"), db.engine
        for scope in ("own", "team", "subtree"):
            rule = scope_criteria(
                job, "update", actor_with(None, grants={"workshop.Job.update": scope})
            )
            query = sa.select(job.id).where(job.company_id == 1, rule)
            with reading(), engine.connect() as connection:
                text = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
                plan = connection.exec_driver_sql(f"explain query plan {text}").fetchall()
            lines = [row[3] for row in plan]
            used = "ix_workshop_job_company_id_owner_id (company_id=? AND owner_id=?)"
            assert any(used in line for line in lines), lines
