"""What people of two companies make and change, and a plain model of what must come of it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from plugin_api.context import now
from tests.security.apart import (
    CODES,
    MODELS,
    NAMES,
    PEOPLE,
    UNKNOWN,
    Pair,
    Side,
    alike,
    as_file,
    shown_form,
)

HERE = st.sampled_from([0, 1])
WHO = st.sampled_from(PEOPLE)
COLLECTION = st.sampled_from(list(MODELS))
CODE = st.none() | st.sampled_from(CODES)
SOURCES = ("fair", "web")
JOBS = ("core.tidy_up", "core.rebuild_search", "crm.remind_owners")


def one(data: st.DataObject, side: Side, collection: str) -> int | None:
    """One of the records, by its place, so that a story is the same whatever the numbers are."""
    ids = sorted(side.rows[collection])
    place = data.draw(st.integers(0, 5))
    return ids[place % len(ids)] if ids else None


class Deeds(RuleBasedStateMachine):
    """Their deeds, in any order."""

    pair: Pair

    @initialize()
    def begin(self) -> None:
        """With nothing."""
        self.pair.clear()

    @rule(n=HERE, who=WHO, name=st.sampled_from(NAMES), code=CODE, x=CODE, owner=WHO,
          size=st.integers(1, 3), many=st.booleans())  # fmt: skip
    def account(
        self, n: int, who: str, name: str, code: str | None, x: str | None, owner: str, size: int,
        many: bool,
    ) -> None:  # fmt: skip
        side = self.pair.sides[n]
        owner = owner if who == "ada" else who
        row = {
            "name": side.name(name), "city": f"{side.mark}stadt", "employees": size,
            "external_id": code, "x_code": x,
            "x_note": side.mark if side.note == "text" else size,
        }  # fmt: skip
        sent = {**row, "owner": side.people[owner]}
        taken = code in side.used("external_id") or x in side.used("x_code")
        path = "/crm/accounts"
        answer = side.rest(who, "POST", f"{path}/bulk" if many else path,
                           {"create": [sent]} if many else sent)  # fmt: skip
        assert answer.status_code == (422 if taken else 200 if many else 201), answer.text
        if not taken:
            made: Any = answer.json
            id_ = made["create"][0]["id"] if many else made["id"]
            side.rows["accounts"][id_] = {**row, "owner": owner}

    @rule(n=HERE, who=WHO, data=st.data(), code=CODE, x=CODE, size=st.integers(1, 3))
    def change(
        self, n: int, who: str, data: st.DataObject, code: str | None, x: str | None, size: int
    ) -> None:
        side = self.pair.sides[n]
        id_ = one(data, side, "accounts")
        if id_ is None:
            return
        reached = id_ in side.kept("accounts", who)
        found: Any = side.rest("ada", "GET", f"/crm/accounts/{id_}").json
        body = {"version": found["version"], "external_id": code, "x_code": x, "employees": size}
        answer = side.rest(who, "PATCH", f"/crm/accounts/{id_}", body)
        taken = code in side.used("external_id", id_) or x in side.used("x_code", id_)
        assert answer.status_code == (404 if not reached else 422 if taken else 200), answer.text
        if answer.status_code == 200:
            side.rows["accounts"][id_] |= {"external_id": code, "x_code": x, "employees": size}

    @rule(n=HERE, who=WHO, c=COLLECTION, data=st.data())
    def delete(self, n: int, who: str, c: str, data: st.DataObject) -> None:
        side = self.pair.sides[n]
        id_ = one(data, side, c)
        if id_ is None:
            return
        found: Any = side.rest("ada", "GET", f"/crm/{c}/{id_}").json
        answer = side.rest(who, "DELETE", f"/crm/{c}/{id_}", {"version": found["version"]})
        used = c == "accounts" and any(
            row["account"] == id_ for row in side.rows["opportunities"].values()
        )
        reached = id_ in side.kept(c, who)
        assert answer.status_code == (404 if not reached else 422 if used else 204), answer.text
        if answer.status_code == 204:
            del side.rows[c][id_]

    @rule(n=HERE, who=WHO, name=st.sampled_from(NAMES), source=st.sampled_from(SOURCES))
    def lead(self, n: int, who: str, name: str, source: str) -> None:
        side = self.pair.sides[n]
        row = {"name": side.name(name), "company_name": side.mark, "source": source}
        made: Any = side.rest(who, "POST", "/crm/leads", {**row, "owner": side.people[who]})
        assert made.status_code == 201, made.text
        side.rows["leads"][made.json["id"]] = {**row, "owner": who, "status": "new"}

    @rule(n=HERE, who=WHO, data=st.data(), amount=st.sampled_from([100, 250]), there=st.booleans())
    def opportunity(self, n: int, who: str, data: st.DataObject, amount: int, there: bool) -> None:
        side = self.pair.sides[n]
        accounts = side.other if there else side
        id_ = one(data, accounts, "accounts")
        sent = {
            "name": side.name("{mark} deal"), "account": id_, "amount": str(amount),
            "owner": side.people[who], "expected_close": str(now().date()),
        }  # fmt: skip
        answer: Any = side.rest(who, "POST", "/crm/opportunities", sent)
        if id_ is not None and (there or id_ not in side.kept("accounts", who)):
            unknown = side.rest(who, "POST", "/crm/opportunities", {**sent, "account": UNKNOWN})
            assert unknown.status_code == 422
            alike(answer, unknown, "account", id_, UNKNOWN)
            return
        assert answer.status_code == 201, answer.text
        row = {"name": sent["name"], "account": id_, "amount": amount, "outcome": "open"}
        side.rows["opportunities"][answer.json["id"]] = {**row, "owner": who}

    @rule(n=HERE, who=WHO, data=st.data(), name=st.sampled_from(["win", "work"]))
    def move(self, n: int, who: str, data: st.DataObject, name: str) -> None:
        side = self.pair.sides[n]
        c, key, before, after = (
            ("opportunities", "outcome", "open", "won") if name == "win"
            else ("leads", "status", "new", "working")
        )  # fmt: skip
        id_ = one(data, side, c)
        if id_ is None:
            return
        found: Any = side.rest("ada", "GET", f"/crm/{c}/{id_}").json
        body = {"version": found["version"]}
        answer = side.rest(who, "POST", f"/crm/{c}/{id_}/transitions/{name}", body)
        reached = id_ in side.kept(c, who)
        row = side.rows[c][id_]
        ok = row[key] == before
        assert (answer.status_code == 200) == (reached and ok), answer.text
        if answer.status_code == 200:
            row[key] = after

    @rule(n=HERE, data=st.data())
    def import_(self, n: int, data: st.DataObject) -> None:
        """The same key changes the own account, or makes one: the other's has nothing to do
        with it."""
        side = self.pair.sides[n]
        code, size = data.draw(st.sampled_from(CODES)), data.draw(st.integers(4, 6))
        text = f"external_id,name,city,employees\n{code},Nord,{side.mark}stadt,{size}\n"
        start = side.page("ada", "/crm/accounts/import", "POST", file=as_file(text))
        where = start.headers["Location"]
        form = {
            **shown_form(side.page("ada", where).text),
            "key": "external_id",
            "action": "import",
        }
        done = side.page("ada", where, "POST", **form)
        assert done.status_code == 303, done.text
        side.things.setdefault("run", []).append(where)
        row = {"name": "Nord", "city": f"{side.mark}stadt", "employees": size}
        known = [i for i, r in side.rows["accounts"].items() if r["external_id"] == code]
        if known:
            side.rows["accounts"][known[0]] |= row
            return
        found: Any = side.rest("ada", "GET", f"/crm/accounts?external_id={code}").json
        (made,) = found["items"]
        note = {"x_code": None, "x_note": None}
        side.rows["accounts"][made["id"]] = {**row, **note, "external_id": code, "owner": "ada"}

    @rule(n=HERE, who=WHO, c=COLLECTION, data=st.data())
    def talk(self, n: int, who: str, c: str, data: st.DataObject) -> None:
        """A remark that names somebody, a file, and a share with the colleague."""
        side = self.pair.sides[n]
        id_ = one(data, side, c)
        if id_ is None or id_ not in side.kept(c, who):
            return
        path = f"/crm/{c}/{id_}"
        said: Any = side.rest(who, "POST", f"{path}/comments", {"text": f"@Ada {side.mark}"})
        side.things.setdefault("comment", []).append(f"/api/v1{path}/comments/{said.json['id']}")
        side.page(who, f"{path}/files", "POST", file=as_file(side.mark, "note.txt"))
        files: Any = side.rest(who, "GET", f"{path}/attachments").json
        (kept, *_more) = files["items"]
        side.things.setdefault("file", []).append(f"{path}/files/{kept['id']}")

    @rule(n=HERE, who=WHO, c=COLLECTION)
    def keep(self, n: int, who: str, c: str) -> None:
        """A view and a dashboard, for all where one may."""
        side = self.pair.sides[n]
        share = "company" if who == "ada" else "private"
        name = f"{side.mark} {len(side.things.get('view', ()))}"
        form = {"name": name, "share": share, "state": "q=nord"}
        made = side.page(who, f"/crm/{c}/views/new", "POST", **form)
        view = made.headers["Location"].rpartition("saved=")[2]
        side.things.setdefault("view", []).append(f"/crm/{c}/views/{view}")
        made = side.page(who, "/dashboards/new", "POST", name=name, share=share)
        assert made.status_code == 303, made.text
        side.things.setdefault("board", []).append(made.headers["Location"])

    @rule(n=HERE, job=st.sampled_from(JOBS))
    def job(self, n: int, job: str) -> None:
        side = self.pair.sides[n]
        run = side.page("ada", "/core/jobs", "POST", job=job).headers["Location"]
        self.pair.work()
        assert "Done" in side.page("ada", run).text
        side.things.setdefault("run", []).append(run)
