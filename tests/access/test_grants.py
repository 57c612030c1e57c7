"""What a role grants in effect, and why a person can or cannot see a record."""

from __future__ import annotations

from typing import Any

import pytest

from core.access.explain import Reason, explain
from core.access.grants import effective_grants
from core.data.query import Ref
from core.extensions import db
from core.host import services
from plugin_api.errors import NotFound
from tests.data.workshop import World, add, make, model


def test_the_admin_holds_everything_of_what_is_on(workshop: World) -> None:
    with workshop.as_():
        grants = effective_grants("admin", {"workshop.Job.read": "own"}, {"core", "workshop"})
        known = services().registry.permissions
        ours = {key for key in known if key.partition(".")[0] in ("core", "workshop")}
        assert grants.keys() == ours
        assert set(grants.values()) == {"company"}
        assert "workshop.void" in grants
        core = effective_grants("admin", {}, {"core"})
        assert core.keys() == {key for key in ours if key.startswith("core.")}


def test_a_role_holds_its_grants_of_what_is_on(workshop: World) -> None:
    with workshop.as_():
        rows: Any = {
            "workshop.Job.read": "team", "workshop.void": "company", "core.User.read": "company",
            "workshop.Gone.read": "company", "workshop.Job.delete": "galaxy",
        }  # fmt: skip
        assert effective_grants("rep", rows, {"core", "workshop"}) == {
            "workshop.Job.read": "team", "workshop.void": "company", "core.User.read": "company",
        }  # fmt: skip
        assert effective_grants("rep", rows, {"core"}) == {"core.User.read": "company"}


def told(world: World, record: Any, name: str) -> dict[str, Reason]:
    user = db.session.get(model("core.User"), world.people[name])
    return {reason.action: reason for reason in explain(type(record), record.id, user)}


@pytest.mark.parametrize(
    ("name", "scope", "matched", "words"),
    [
        ("rita", "own", "own", "for records that Rita owns, as this one"),
        ("ravi", "own", "", "only for records that Ravi owns; this one belongs to Rita"),
        ("fay", "team", "team", "for the team of Fay: Rita, who owns the record, is in North too"),
        ("max", "subtree", "subtree", "that Max manages and those below: Rita, who owns"),
        ("ana", "company", "company", "The role Analyst grants this for every record"),
        ("ada", "company", "company", "for every record of the company"),
        ("nora", None, "", "Nora has no role"),
    ],
)
def test_why_somebody_sees_a_record_or_not(
    workshop: World, name: str, scope: str | None, matched: str, words: str
) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", owner=workshop.people["rita"])
        reason = told(workshop, job, name)["read"]
        assert (reason.scope, reason.matched) == (scope, matched)
        assert reason.allowed is (matched != "")
        assert words in str(reason.words)
        assert reason.owner == Ref(workshop.people["rita"], "Rita")
        assert reason.team is not None
        assert reason.team.label == "North"
        assert reason.permission == "workshop.Job.read"


def test_why_not_in_other_cases(workshop: World) -> None:
    with workshop.as_("ada"):
        south = make("Job", name="South", owner=workshop.people["ravi"])
        nobodys = make("Job", name="Nobody's", owner=None)
        assert "is not in it" in str(told(workshop, south, "fay")["read"].words)
        assert "is in none of them" in str(told(workshop, south, "max")["update"].words)
        assert "has no owner" in str(told(workshop, nobodys, "rita")["read"].words)
        ana = told(workshop, south, "ana")
        assert (ana["read"].allowed, ana["update"].allowed) == (True, False)
        assert "The role Analyst does not grant this" in str(ana["update"].words)


def test_parts_and_shares_are_explained_by_the_whole(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", owner=workshop.people["ravi"])
        part = make("Part", name="Screw", job=job)
        add("Share", job_id=job.id, user_id=workshop.people["rita"])
        for record in (job, part):
            found = told(workshop, record, "rita")
            assert found["read"].matched == "shared"
            assert "have a share" in str(found["read"].words)
            assert not found["update"].allowed
            assert found["read"].owner == Ref(workshop.people["ravi"], "Ravi")
            assert told(workshop, record, "ravi")["update"].matched == "own"


def test_only_who_sees_a_record_may_ask(workshop: World) -> None:
    with workshop.as_("ada"):
        job = make("Job", name="Bell", owner=workshop.people["ravi"])
        with workshop.acting("rita"), pytest.raises(NotFound):
            told(workshop, job, "rita")
