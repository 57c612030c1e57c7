"""Two companies live side by side at random, on both databases: each sees, counts and infers what
a plain model of it alone says, and never anything of the other.

``XIAOGUAN_LONG=<n>`` plays n times as many stories.
"""

from __future__ import annotations

import csv
import io
import os
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.harness import install
from tests.security.apart import (
    MODELS,
    NAMES,
    NONSENSE,
    PEOPLE,
    UNKNOWN,
    Pair,
    Row,
    Side,
    alike,
    make_pair,
)
from tests.security.apart_deeds import CODE, COLLECTION, HERE, WHO, Deeds, one
from tests.tenancy.roles import make_roles

STORIES, STEPS = 4, 20
LONG = int(os.environ.get("XIAOGUAN_LONG", "1"))
QUIETLY = settings(
    max_examples=STORIES * LONG,
    stateful_step_count=STEPS,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    derandomize=LONG == 1,
    suppress_health_check=list(HealthCheck),
)
PAGES = (
    "/", "/crm/{c}", "/crm/{c}?view=kanban", "/crm/{c}?view=calendar", "/crm/{c}?view=chart",
    "/crm/{c}?view=pivot", "/crm/{c}?group=owner", "/crm/{c}?q=nord", "/crm/{c}/new",
    "/crm/{c}/lookup?q=o", "/crm/{c}/figures", "/crm/{c}/conditions", "/crm/{c}/columns",
    "/search?q=nord", "/search?q=ost", "/search/palette?q=ost", "/notifications", "/crm/review",
    "/dashboards", "/dashboards/crm.overview", "/home/arrange", "/core/users", "/core/audit",
    "/core/jobs", "/core/custom_fields", "/core/users/lookup?q=a", "/analysis", "/crm/{c}/import",
    "/profile", "/profile/security", "/core/tokens", "/core/teams", "/core/audit/entries.csv",
)  # fmt: skip
"""Looked at for anything of the other company."""
RECORD = (
    "/crm/{c}/{i}", "/crm/{c}/{i}/access", "/crm/{c}/{i}/timeline", "/crm/{c}/{i}/files",
    "/crm/{c}/{i}/followers", "/crm/{c}/{i}/people?q=a", "/crm/{c}/{i}/cell/name",
    "/crm/{c}/{i}/transitions/win",
)  # fmt: skip
FORMS = ("", "/comments", "/shares", "/follow", "/seen", "/delete", "/cell/name", "/files")
ASKED = (
    "/crm/{c}?count=true&id={i}", "/crm/{c}?count=true&id__in={i},1", "/crm/{c}?owner={o}",
    "/crm/opportunities?count=true&account={i}", "/crm/accounts?parent={i}&count=true",
    "/crm/accounts?updated_by={o}&count=true", "/measures/crm.created?account={i}",
    "/measures/crm.created?user={o}", "/measures/crm.leads_created/records?user={o}",
    "/crm/{c}/{i}", "/crm/{c}/{i}/comments", "/crm/{c}/{i}/attachments", "/core/users/{o}",
)  # fmt: skip

DEEDS = (("PATCH", ""), ("DELETE", ""), ("POST", "/transitions/win"), ("POST", "/comments"))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def pair(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Pair]:
    """On PostgreSQL as the role that the third wall binds."""
    urls: dict[str, Any] = {}
    if request.param == "postgresql":
        _admin, access = make_roles(request.getfixturevalue("new_postgres_url"))
        urls = {"database_url": access.app_url, "owner_database_url": access.owner_url}
    with make_pair(install(tmp_path_factory.mktemp("apart"), **urls)) as made:
        yield made


class Apart(Deeds):
    """What people of both companies do and look at, in any order."""

    @rule(n=HERE, who=WHO, c=COLLECTION, sort=st.sampled_from(["id", "-id", "name", "-created_at"]))
    def lists(self, n: int, who: str, c: str, sort: str) -> None:
        self._list(self.pair.sides[n], who, c, sort)

    @staticmethod
    def _list(side: Side, who: str, c: str, sort: str) -> None:
        expected = side.kept(c, who)
        found: list[Row] = []
        cursor = ""
        while True:
            asked = f"/crm/{c}?count=true&limit=2&sort={sort}{cursor}"
            page: Any = side.rest(who, "GET", asked).json
            assert page["total"] == len(expected)
            found += page["items"]
            if page["next"] is None:
                break
            cursor = f"&cursor={page['next']}"
        assert Counter(row["id"] for row in found) == Counter(expected.keys())
        if sort in ("id", "-id"):
            assert [r["id"] for r in found] == sorted(expected, reverse=sort == "-id")
        for row in found:
            held = {k: v for k, v in expected[row["id"]].items() if k not in LOOSE}
            assert {name: row[name] for name in held} == held

    @rule(n=HERE, who=WHO, name=st.sampled_from(NAMES), size=st.integers(1, 6), code=CODE)
    def filters(self, n: int, who: str, name: str, size: int, code: str | None) -> None:
        side = self.pair.sides[n]
        rows = side.kept("accounts", who)
        full = side.name(name)
        coded = "__isnull=true" if code is None else f"={code}"
        conditions: tuple[tuple[str, Callable[[Row], bool]], ...] = (
            (f"name={full}", lambda r: r["name"] == full),
            (f"employees__gte={size}", lambda r: r["employees"] >= size),
            (f"external_id{coded}", lambda r: r["external_id"] == code),
            (f"x_code{coded}", lambda r: r["x_code"] == code),
        )
        for asked, right in conditions:
            found: Any = side.rest(who, "GET", f"/crm/accounts?count=true&{asked}").json
            expected = {i for i, row in rows.items() if right(row)}
            assert {row["id"] for row in found["items"]} == expected, asked
            assert found["total"] == len(expected)

    @rule(n=HERE, who=WHO)
    def figures(self, n: int, who: str) -> None:
        side = self.pair.sides[n]
        leads, deals = side.kept("leads", who).values(), side.kept("opportunities", who).values()
        for key, by, expected in (
            ("leads_created", "source", Counter(r["source"] for r in leads)),
            ("leads_created", "status", Counter(r["status"] for r in leads)),
            ("created", "", Counter({None: len(deals)})),
            ("won_count", "", Counter({None: sum(r["outcome"] == "won" for r in deals)})),
        ):
            asked = f"/measures/crm.{key}" + (f"?by={by}" if by else "")
            found: Any = side.rest(who, "GET", asked).json
            got = {_key(item.get(by)): item["value"] for item in found["items"]}
            assert {k: v for k, v in got.items() if v} == {k: v for k, v in expected.items() if v}
        behind: Any = side.rest(who, "GET", "/measures/crm.created/records").json
        assert set(behind["ids"]) == set(side.kept("opportunities", who))
        won: Any = side.rest(who, "GET", "/measures/crm.won_amount").json
        amount = sum(r["amount"] for r in deals if r["outcome"] == "won")
        assert won["items"] == [{"value": f"{amount}.00"}]

    @rule(n=HERE, who=WHO, c=COLLECTION)
    def exports(self, n: int, who: str, c: str) -> None:
        side = self.pair.sides[n]
        text = side.page(who, f"/crm/{c}/export?fields=id,name").text
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))[1:]
        assert Counter(row[-1] for row in rows) == Counter(
            row["name"] for row in side.kept(c, who).values()
        )

    @rule(n=HERE, who=WHO, c=COLLECTION, path=st.sampled_from(PAGES))
    def looks(self, n: int, who: str, c: str, path: str) -> None:
        side = self.pair.sides[n]
        text = side.page(who, path.format(c=c)).text
        for kind, rows in side.other.rows.items():
            for id_ in rows.keys() - side.rows[kind].keys():
                assert f'/crm/{kind}/{id_}"' not in text, path

    @rule(n=HERE, who=WHO)
    def searches_for_the_other(self, n: int, who: str) -> None:
        """By a word that only the other has: as by one that nobody has."""
        side = self.pair.sides[n]
        mark = side.other.mark
        for path in (
            "/search?q={}", "/search/palette?q={}", "/crm/accounts?q={}", "/crm/leads/lookup?q={}",
            "/crm/accounts/lookup?q={}", "/core/users/lookup?q={}",
        ):  # fmt: skip
            found, nothing = (side.page(who, path.format(q)) for q in (mark, NONSENSE))
            alike(found, nothing, path, mark, NONSENSE)

    @rule(n=HERE, who=WHO, c=COLLECTION, data=st.data())
    def asks_for_the_others(self, n: int, who: str, c: str, data: st.DataObject) -> None:
        """By the other's ids: as for ids that do not exist, byte for byte."""
        side = self.pair.sides[n]
        id_ = one(data, side.other, c) or side.other.people["ada"]
        path, page, form, kind = (
            data.draw(st.sampled_from(some))
            for some in (ASKED, RECORD, FORMS, ("update", "delete"))
        )
        verb, tail = data.draw(st.sampled_from(DEEDS))
        if any(id_ in rows for rows in side.rows.values()):
            return
        typed = {"name": "x", "text": "x", "version": "1", "user": "Ada"}
        body = {"text": "x"} if tail == "/comments" else {"version": 1}
        ask: dict[str, Callable[[int, int], Any]] = {
            path: lambda i, o: side.rest(who, "GET", path.format(c=c, i=i, o=o)),
            page: lambda i, _: side.page(who, page.format(c=c, i=i)),
            form: lambda i, _: side.page(who, f"/crm/{c}/{i}{form}", "POST", **typed),
            verb: lambda i, _: side.rest(who, verb, f"/crm/{c}/{i}{tail}", body),
            kind: lambda i, _: side.rest(
                who, "POST", f"/crm/{c}/bulk", {kind: [{"id": i, "version": 1}]}
            ),
        }
        owner = side.other.people["rick"]
        numbers = (id_, owner, UNKNOWN)
        for what, act in ask.items():
            found, nothing = act(id_, owner), act(UNKNOWN, UNKNOWN)
            alike(found, nothing, what, *numbers)

    @precondition(lambda self: any(side.things for side in self.pair.sides))
    @rule(who=WHO, data=st.data())
    def asks_for_things_of_the_other(self, who: str, data: st.DataObject) -> None:
        """Comments, files, views, dashboards, imports and runs by their numbers."""
        for side in self.pair.sides:
            for addresses in side.other.things.values():
                where = data.draw(st.sampled_from(addresses)).split("?")[0]
                bare = where.removesuffix("/edit")
                head, _, number = bare.rpartition("/")
                if any(where in mine for mine in side.things.values()):
                    continue
                unknown = f"{head}/{UNKNOWN}{where.removeprefix(bare)}"
                found, nothing = (side.asked(who, path) for path in (where, unknown))
                assert found.status_code == 404, where
                alike(found, nothing, where, number, UNKNOWN)

    def teardown(self) -> None:
        """In the end, everything is as the model says."""
        for side in self.pair.sides:
            for who in PEOPLE:
                for c in MODELS:
                    self._list(side, who, c, "id")


LOOSE = ("owner", "account", "amount")
"""Values that REST spells otherwise."""


def _key(value: Any) -> Any:
    return value["id"] if isinstance(value, dict) else value


def test_two_companies_know_nothing_of_each_other(pair: Pair) -> None:
    machine = type("Playing", (Apart,), {"pair": pair})
    run_state_machine_as_test(machine, settings=QUIETLY)
