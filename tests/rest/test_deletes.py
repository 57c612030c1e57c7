"""Many records deleted together: as one after the other, with few statements."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from core.collab.models import Comment
from core.custom.models import CustomClaim
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from core.search.index import number_of
from core.search.models import SearchToken
from plugin_api.context import now
from plugin_api.errors import Forbidden
from plugin_api.models import model_of
from tests.api.kit import Api, statements
from tests.api.test_openapi import fits
from tests.rest.kit import ACME, Served

ACCOUNTS = "/crm/accounts"
BULK = f"{ACCOUNTS}/bulk"


def made(api: Api, count: int, city: str, **more: Any) -> list[dict[str, int]]:
    rows = [{"name": f"{city} {n}", "city": city, **more} for n in range(count)]
    done: list[dict[str, int]] = api.post(BULK, {"create": rows})["create"]
    return done


def test_it_is_few_statements_and_leaves_nothing(served: Served) -> None:
    rita = served("rita")
    with served.inst.working(ACME):
        field: Any = model_of("core.CustomField")
        services().records.create(
            field, {"model": "crm.Account", "kind": "text", "label": "Code", "unique": True}
        )
    gone = made(rita, 120, "Trier")
    held = rita.make(ACCOUNTS, name="Trier coded", city="Trier", x_code="T1")
    rita.post(f"{ACCOUNTS}/{held['id']}/comments", {"text": "Words"}, 201)
    gone.append({"id": held["id"], "version": 1})
    with statements(served.app) as seen:
        answer = rita.post(BULK, {"delete": gone})
    assert [row["id"] for row in answer["delete"]] == [row["id"] for row in gone]
    # A row's deletion, and no more for each.
    assert len(seen) < len(gone) + 60, len(seen)
    ids = [row["id"] for row in gone]
    with served.inst.working(ACME):
        entries = db.session.scalars(
            sa.select(AuditEntry).where(
                AuditEntry.model == "crm.Account", AuditEntry.action == "delete",
                AuditEntry.record_id.in_(ids),
            )
        ).all()  # fmt: skip
        assert {(e.title, tuple(e.changes["city"])) for e in entries} >= {
            ("Trier 0", ("Trier", None)), ("Trier coded", ("Trier", None)),
        }  # fmt: skip
        assert len(entries) == len(gone)
        for left in (
            sa.select(SearchToken.record_id).where(
                SearchToken.record_id.in_(ids),
                SearchToken.model == number_of(model_of("crm.Account")),
            ),
            sa.select(Comment.id).where(Comment.model == "crm.Account",
                                        Comment.record_id.in_(ids)),
            sa.select(CustomClaim.value).where(CustomClaim.record_id.in_(ids)),
        ):  # fmt: skip
            assert db.session.scalars(left).all() == []
    assert rita.names(f"{ACCOUNTS}?city=Trier") == []
    rita.make(ACCOUNTS, name="Free again", x_code="T1")


def test_all_or_none_and_each_is_told_why(served: Served) -> None:
    rita = served("rita")
    gone = made(rita, 5, "Worms")
    rita.make("/crm/opportunities", name="Holds", account=gone[3]["id"])
    refused = rita.post(BULK, {"delete": gone}, 422)
    assert list(refused["errors"]) == ["delete.3"]
    assert "Opportunities (1)" in refused["errors"]["delete.3"][0]
    assert len(rita.names(f"{ACCOUNTS}?city=Worms")) == 5
    stale = [{**gone[0], "version": 9}, gone[1]]
    assert list(rita.post(BULK, {"delete": stale}, 409)["errors"]) == ["delete.0.version"]
    assert len(rita.names(f"{ACCOUNTS}?city=Worms")) == 5


def test_those_that_can_be_are_deleted_and_the_others_named(served: Served) -> None:
    rita = served("rita")
    gone = made(rita, 4, "Speyer")
    theirs = served("ravi").make(ACCOUNTS, name="Speyer of Ravi", city="Speyer")
    rita.make("/crm/opportunities", name="Holds too", account=gone[2]["id"])
    account: Any = model_of("crm.Account")
    with served.inst.working(ACME, "rita"):
        ids = [row["id"] for row in gone] + [theirs["id"]]
        found = {r.id: r for r in db.session.scalars(sa.select(account).where(account.id.in_(ids)))}
        refused = services().records.delete_many([found[id_] for id_ in ids])
        assert set(refused) == {2, 4}
        assert isinstance(refused[4], Forbidden) and "Opportunities" in str(refused[2].message)
    left = sorted(served("ada").names(f"{ACCOUNTS}?city=Speyer"))
    assert left == ["Speyer 2", "Speyer of Ravi"]


def test_sums_of_a_whole_are_right_when_parts_go_together(served: Served) -> None:
    """What follows from the deletion of a part depends on which others are left."""
    ada = served("ada")
    product = ada.make("/catalog/products", name="Drill", list_price="10")
    account = ada.make(ACCOUNTS, name="Parts")
    deal = ada.make("/crm/opportunities", name="Parts", account=account["id"])
    lines = [
        ada.make("/crm/opportunity-lines", opportunity=deal["id"], product=product["id"],
                 quantity="1", price=str(price))
        for price in (1, 10, 100)
    ]  # fmt: skip
    gone = [{"id": line["id"], "version": line["version"]} for line in lines[:2]]
    ada.post("/crm/opportunity-lines/bulk", {"delete": gone})
    assert ada.get(f"/crm/opportunities/{deal['id']}")["amount"] == "100.00"


def test_a_list_deletes_what_is_ticked(served: Served) -> None:
    rita = served("rita")
    gone = made(rita, 30, "Ems")
    client = served.inst.client(ACME, "rita")
    with served.inst.working(ACME):
        from plugin_api.context import current_company

        company = str(current_company().id)
    form = {"_company": company, "action": "delete", "confirmed": "1",
            "ids": [str(row["id"]) for row in gone]}  # fmt: skip
    with statements(served.app) as seen:
        answer = client.post(BULK, data=form)
    assert answer.status_code in (200, 303), answer.text
    assert rita.names(f"{ACCOUNTS}?city=Ems") == []
    assert len(seen) < 4 * len(gone)


def test_a_copy_elsewhere_learns_what_was_deleted(served: Served) -> None:
    ada, rita, ravi, ids = served("ada"), served("rita"), served("ravi"), served.ids
    begun = now().isoformat().replace("+00:00", "Z")
    path = f"{ACCOUNTS}/deleted?since={begun}"
    assert ada.get(path) == {"items": [], "next": None}
    mine = [row["id"] for row in made(rita, 3, "Gent")]
    theirs = ravi.make(ACCOUNTS, name="Of Ravi")["id"]
    deal = rita.make("/crm/opportunities", name="Deal", account=mine[0])
    line = rita.make(
        "/crm/opportunity-lines", opportunity=deal["id"], quantity="1", price="1",
        product=ada.make("/catalog/products", name="Saw", list_price="10")["id"],
    )  # fmt: skip
    rita.delete(f"/crm/opportunity-lines/{line['id']}", {"version": line["version"]})
    deal = rita.get(f"/crm/opportunities/{deal['id']}")
    rita.delete(f"/crm/opportunities/{deal['id']}", {"version": deal["version"]})
    for id_ in mine[:2]:
        rita.delete(f"{ACCOUNTS}/{id_}", {"version": 1})
    ada.delete(f"{ACCOUNTS}/{theirs}", {"version": 1})
    handed = ada.patch(f"{ACCOUNTS}/{mine[2]}", {"version": 1, "owner": ids["ravi"]})
    ada.delete(f"{ACCOUNTS}/{mine[2]}", {"version": handed["version"]})
    found = ada.get(path)
    assert [each["id"] for each in found["items"]] == [mine[0], mine[1], theirs, mine[2]]
    assert [each["by"]["label"] for each in found["items"]] == ["Rita", "Rita", "Ada", "Ada"]
    assert all(begun <= each["deleted_at"] for each in found["items"])

    def seen(api: Api, at: str = path) -> list[int]:
        return [each["id"] for each in api.get(at)["items"]]

    assert (seen(rita), seen(ravi)) == (mine[:2], [theirs, mine[2]]), "by whom they belonged to"
    assert seen(served("max")) == mine[:2], "those of the team"
    assert seen(served("olga")) == []
    lines = f"/crm/opportunity-lines/deleted?since={begun}"
    assert seen(ada, lines) == [line["id"]]
    assert seen(rita, lines) == [], "what it was part of is gone, too"
    paged, cursor = [], ""
    while cursor is not None:
        page = ada.get(f"{path}&limit=2{cursor}")
        paged += page["items"]
        cursor = None if page["next"] is None else f"&cursor={page['next']}"
    assert paged == found["items"]
    later = found["items"][2]["deleted_at"]
    assert seen(ada, f"{ACCOUNTS}/deleted?since={later}") == [theirs, mine[2]]
    with statements(served.app) as asked:
        ada.get(path)
    assert sum("core_audit_entry" in each for each in asked) == 1
    for wrong in ("since=2026-01-31", "since=soon", "cursor=x", "limit=0", "since=&who=1"):
        ada.get(f"{ACCOUNTS}/deleted?{wrong}", 422)
    assert served("rita").get("/core/webhooks/deleted", 403)
    ada.get("/crm/nothing/deleted", 404)
    document = ada.get("/openapi.json")
    operation = document["paths"]["/api/v1/crm/accounts/deleted"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    assert fits(document, schema, found)
