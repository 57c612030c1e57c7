"""Records become one, and again what they were."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from core.collab.models import Comment, Follower
from core.extensions import db
from core.portability.inside import shifter
from plugin_api.errors import Conflict, Forbidden, NotFound, Rejected
from plugin_api.host import host
from plugin_api.models import CompanyModel
from plugins.crm.models import Account, Contact, Lead, Opportunity
from plugins.duplicates import hooks
from plugins.duplicates.models import Key, Merge
from plugins.duplicates.services import matching, merging, reviewing
from tests.custom.kit import chosen_beside, chosen_in, field
from tests.harness import Installation
from tests.plugins.duplicates.kit import acting

Ids = dict[str, int]
ACCOUNT = "crm.Account"
STAMPS = {"version", "updated_at", "updated_by", "title_key"}


def state() -> dict[str, dict[int, Mapping[str, Any]]]:
    """All that a merge could touch, without stamps: which merge and undo leave behind."""
    db.session.flush()
    models: list[Any] = [Account, Contact, Opportunity, Lead, Comment, Follower]
    return {
        model.model_key(): {
            row.id: {k: v for k, v in row._mapping.items() if k not in STAMPS}
            for row in db.session.execute(sa.select(model.__table__))
        }
        for model in models
    }


def account(name: str, **values: Any) -> Account:
    return host().records.create(Account, {"name": name, **values})


def merged(*records: CompanyModel, **chosen: int) -> Merge:
    plan = merging.plan(records[0].model_key(), [r.id for r in records], records[0].id)
    return merging.merge(plan, {**merging.defaults(plan), **chosen})


def scene(ids: Ids) -> tuple[Account, Account, Account]:
    one = account("Harbour", city="Kiel", owner_id=ids["ann"])
    two = account("Harbour Ltd", phone="0431 5550", external_id="H-2", owner_id=ids["ann"])
    three = account("Harbour Inc", parent_id=one.id, city="Bonn", owner_id=ids["bo"])
    child = account("Harbour East", parent_id=two.id)
    host().records.create(Contact, {"name": "Ann Li", "account_id": two.id})
    host().records.create(Contact, {"name": "Bo Wu", "account_id": three.id})
    host().records.create(Opportunity, {"name": "Cranes", "account_id": two.id})
    for record in (one, two):
        follower = Follower(model=ACCOUNT, record_id=record.id, user_id=ids["bo"])
        db.session.add_all([follower, Comment(model=ACCOUNT, record_id=record.id, text="Hello")])
    db.session.flush()
    assert child.parent_id == two.id
    return one, two, three


def test_what_hangs_on_them_moves_and_values_are_chosen(acme: Installation, ids: Ids) -> None:
    one, two, three = scene(ids)
    plan = merging.plan(ACCOUNT, [one.id, two.id, three.id], one.id)
    told = {each.place: (each.moving, each.clashing) for each in plan.moving}
    assert told == {
        "crm.Account.parent_id": (1, 0),
        "crm.Contact.account_id": (2, 0),
        "crm.Opportunity.account_id": (1, 0),
        "core.Comment.record_id": (1, 0),
        "core.Follower.record_id": (0, 1),
        "core.Notification.record_id": (2, 0),
    }
    merging.merge(plan, {**merging.defaults(plan), "city": three.id})
    assert (one.city, one.phone, one.external_id) == ("Bonn", "0431 5550", "H-2")
    assert two.external_id is None and two.archived and three.archived and not one.archived
    assert one.parent_id is None
    contacts = db.session.scalars(sa.select(Contact.account_id)).all()
    assert set(contacts) == {one.id}
    assert merging.place_of(ACCOUNT, two.id) == one.id
    # What was merged is found no more, and its trail and that of what moved tell of it.
    known = matching.find(ACCOUNT, [(None, {"name": "Harbour"})])[0]
    assert [hit.known.id for hit in known if hit.known] == [one.id]
    entries = db.session.scalars(sa.select(Merge.name)).all()
    assert entries == ["Harbour Ltd, Harbour Inc → Harbour"]


def test_what_stands_beside_the_records_follows_a_merge_and_its_undoing(acme: Installation) -> None:
    made = field("choices", "Needs", of=ACCOUNT, indexed=True, options=("Pumps", "Pipes"))
    one, two = account("Harbour", x_needs="pumps"), account("Harbour Ltd", x_needs="pumps;pipes")
    before = chosen_in(made)
    done = merged(one, two, x_needs=two.id)
    assert chosen_beside(made) == chosen_in(made) != before
    assert chosen_in(made)[one.id] == {"pumps", "pipes"}
    merging.undo(done.id)
    assert chosen_beside(made) == chosen_in(made) == before


def test_undoing_leaves_everything_as_it_was(acme: Installation, ids: Ids) -> None:
    one, two, three = scene(ids)
    before = state()
    made = merged(one, two, three, city=three.id, name=two.id, owner=three.id)
    assert state() != before
    _found, left = merging.undo(made.id)
    assert left == []
    assert state() == before
    assert merging.place_of(ACCOUNT, two.id) is None
    assert len(matching.find(ACCOUNT, [(None, {"name": "Harbour"})])[0]) == 3
    with pytest.raises(Rejected, match="undone already"):
        merging.undo(made.id)


def test_undoing_says_what_has_changed_since(acme: Installation, ids: Ids) -> None:
    one, two, _three = scene(ids)
    other = account("Quay")
    made = merged(one, two)
    contact = db.session.scalars(sa.select(Contact).where(Contact.name == "Ann Li")).one()
    host().records.update(contact, {"account_id": other.id})
    host().records.update(one, {"phone": "0431 77777"})
    _found, left = merging.undo(made.id)
    assert left == [
        f"Contacts #{contact.id} names another record by now.",
        "“Phone” of Harbour has changed since.",
    ]
    assert contact.account_id == other.id and one.phone == "0431 77777" and two.phone == "0431 5550"


def test_merges_one_after_the_other(acme: Installation, ids: Ids) -> None:
    one, two, three = scene(ids)
    before = state()
    first = merged(two, three)
    second = merged(one, two)
    assert merging.place_of(ACCOUNT, three.id) == one.id
    with pytest.raises(Rejected, match="undo that first"):
        merging.undo(first.id)
    with pytest.raises(Rejected, match="merged into another"):
        merging.plan(ACCOUNT, [two.id, three.id])
    merging.undo(second.id)
    merging.undo(first.id)
    assert state() == before


def test_what_lies_below_another_does_not_swallow_it(acme: Installation) -> None:
    top = account("Harbour")
    middle = account("Middle", parent_id=top.id)
    low = account("Harbour Ltd", parent_id=middle.id)
    plan = merging.plan(ACCOUNT, [top.id, low.id], low.id)
    with pytest.raises(Rejected, match="let that one remain"):
        merging.merge(plan, merging.defaults(plan))
    merged(top, low)
    assert (top.parent_id, middle.parent_id) == (None, top.id)


def test_who_may(acme: Installation, ids: Ids) -> None:
    one, two, three = scene(ids)
    with acting("ann"):
        assert len(merging.plan(ACCOUNT, [one.id, two.id]).losers) == 1
        with pytest.raises(NotFound):
            merging.plan(ACCOUNT, [one.id, three.id])
        plan = merging.plan(ACCOUNT, [one.id, two.id])
        with pytest.raises(Conflict):
            merging.merge(plan, {}, {one.id: one.version + 1})
    with acting("boss"):
        made = merged(one, two, three)
    with acting("ann"), pytest.raises(NotFound):
        merging.undo(made.id)
    with acting("boss"):
        merging.undo(made.id)
    for wrong in ([one.id], [one.id, one.id], list(range(1, 12))):
        with pytest.raises((Rejected, NotFound)):
            merging.plan(ACCOUNT, wrong)


def test_without_the_permission(acme: Installation, ids: Ids) -> None:
    from dataclasses import replace

    from plugin_api.context import acting_as, current_actor, current_company

    one, two, _three = scene(ids)
    with acting("ann"):
        actor = current_actor()
        grants = {k: v for k, v in actor.grants.items() if k != "duplicates.merge"}
        with acting_as(current_company(), replace(actor, grants=grants)), pytest.raises(Forbidden):
            merging.plan(ACCOUNT, [one.id, two.id])


def test_leads_and_contacts(acme: Installation) -> None:
    first = host().records.create(Lead, {"name": "Ann", "email": "a@h.example"})
    second = host().records.create(Lead, {"name": "Ann L", "mobile": "13800138000"})
    made = merged(first, second)
    assert first.mobile == "13800138000" and second.archived
    merging.undo(made.id)
    assert first.mobile is None and not second.archived


fields = st.sampled_from([None, "", "Kiel", "Bonn"])
accounts = st.lists(
    st.fixed_dictionaries({"city": fields, "region": fields, "archived": st.booleans()}),
    min_size=2, max_size=4,
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(accounts, st.data())
def test_merge_then_undo_is_nothing(inst: Installation, rows: Any, data: st.DataObject) -> None:
    with inst.working("acme"):
        made = [account(f"A{i}", **values) for i, values in enumerate(rows)]
        for _each in range(data.draw(st.integers(0, 4))):
            of = data.draw(st.sampled_from(made))
            host().records.create(Contact, {"name": "C", "account_id": of.id})
            up = data.draw(st.sampled_from(made))
            if up.id < of.id:
                host().records.update(of, {"parent_id": up.id})
        before = state()
        chosen = {name: data.draw(st.sampled_from(made)).id for name in ("city", "region", "name")}
        done = merged(*made, **chosen)
        _found, left = merging.undo(done.id)
        assert left == [] and state() == before
        db.session.rollback()


def test_pages(inst: Installation) -> None:
    ann, other = inst.user_id("other", "ann"), inst.user_id("other", "bo")
    with inst.working("other"):
        one = account("Page Harbour", owner_id=ann, city="Kiel")
        two = account("Page Harbour Ltd", owner_id=ann, city="Bonn")
        hidden = account("Page Harbour Inc", owner_id=other)
        from plugins.duplicates.services import searching

        list(searching.search(ACCOUNT))
        numbers = [one.id, two.id, hidden.id]
        company = one.company_id
    client = inst.client("other", "ann")
    page = client.get("/duplicates/groups").text
    assert "Page Harbour Ltd" in page and "1 more that you may not see" in page
    assert "Page Harbour Inc" not in page
    asked = f"/duplicates/merge?model={ACCOUNT}&ids={numbers[0]},{numbers[1]}"
    page = client.get(asked).text
    assert "Let this one remain" in page and 'name="f-city"' in page
    assert client.get(f"{asked},{numbers[2]}").status_code == 404
    form = {"_company": company, "model": ACCOUNT, "ids": f"{numbers[0]},{numbers[1]}",
            "keep": numbers[0], "f-city": numbers[1]}  # fmt: skip
    stale = client.post("/duplicates/merge", data={**form, f"v-{numbers[0]}": 99})
    assert stale.status_code == 409
    answer = client.post("/duplicates/merge", data=form)
    assert answer.status_code == 303
    old = client.get(f"/crm/accounts/{numbers[1]}")
    assert (old.status_code, old.headers["Location"]) == (303, f"/crm/accounts/{numbers[0]}")
    page = client.get(f"/crm/accounts/{numbers[1]}?stay=1").text
    assert "Merged into" in page and "Undo the merge" in page
    with inst.working("other"):
        number = db.session.scalars(sa.select(Merge.id)).one()
    page = client.get(f"/duplicates/merges/{number}").text
    assert f"/duplicates/merges/{number}/undo" in page
    assert f'href="/crm/accounts/{numbers[0]}"' in page and f"{numbers[1]}?stay=1" in page
    assert (
        client.post(f"/duplicates/merges/{number}/undo", data={"_company": company}).status_code
        == 303
    )
    assert client.get(f"/crm/accounts/{numbers[1]}").status_code == 200


def test_groups_are_decided_once(inst: Installation) -> None:
    from plugins.duplicates.services import searching

    with inst.working("acme"):
        one, two = account("Group Harbour"), account("GROUP HARBOUR")
        three, four = account("Elbe Docks"), account("Elbe Docks Ltd")
        list(searching.search(ACCOUNT))
        found, more = reviewing.page(ACCOUNT, 1)
        assert [[r.id for r in each.records] for each in found] == [
            [one.id, two.id], [three.id, four.id],
        ]  # fmt: skip
        assert not more and reviewing.count(ACCOUNT) == 2
        reviewing.tell_apart(found[0])
        reviewing.ignore(found[1])
        list(searching.search(ACCOUNT))
        assert reviewing.count(ACCOUNT) == 0
        (ignored,) = reviewing.page(ACCOUNT, 1, "ignored")[0]
        reviewing.reopen(ignored)
        assert reviewing.count(ACCOUNT) == 1
        merged(three, four)
        assert reviewing.count(ACCOUNT) == 0
        db.session.rollback()


def test_moved_to(acme: Installation, ids: Ids) -> None:
    one, two, three = scene(ids)
    assert hooks.moved_to(ACCOUNT, two) is None
    merged(two, three)
    merged(one, two)
    assert hooks.moved_to(ACCOUNT, three) == host().record_url(ACCOUNT, one.id)


def test_a_merge_is_undone_where_the_company_was_moved_to(acme: Installation, ids: Ids) -> None:
    one, two, three = scene(ids)
    host().records.update(three, {"parent_id": None})
    made = merged(one, two, parent=two.id)
    host().records.update(two, {"archived": True})
    row = {"id": made.id, "about_model": ACCOUNT, "kept": made.kept}
    shift = shifter(Merge.__table__, ("id",), 1000)
    raised = shift(row)["kept"]
    assert raised["losers"].keys() == {str(two.id + 1000)}
    assert raised["survivor"]["phone"] == [None, "0431 5550"]
    moved = made.kept["moved"]["crm.Contact.account_id"]
    assert raised["moved"]["crm.Contact.account_id"] == [[n + 1000 for n in p] for p in moved]
    kept = {"survivor": {"owner": [None, 3], "employees": [3, 4]}, "moved": {}, "losers": {}}
    said = shift({**row, "kept": kept})["kept"]["survivor"]
    assert said == {"owner": [None, 1003], "employees": [3, 4]}
    assert shift({**row, "kept": {}})["kept"] == {}


def test_groups_of_pairs() -> None:
    from plugins.duplicates.services.searching import groups

    assert groups({(1, 2): 100.0, (2, 3): 90.0, (7, 9): 95.0}) == [((7, 9), 95), ((1, 2, 3), 90)]
    chain = {(i, i + 1): 100.0 for i in range(1, 60)}
    assert max(len(ids) for ids, _like in groups(chain)) <= 20


def test_after_erase(acme: Installation, ids: Ids) -> None:
    """Nothing of a person whose data was erased is left in what undoes a merge."""
    one = host().records.create(Contact, {"name": "Ann Li", "phone": "0431 5551"})
    two = host().records.create(Contact, {"name": "Ann Li-Wu", "phone": "0431 5552"})
    made = merged(one, two, phone=two.id)
    assert "5551" in str(made.kept)
    hooks.after_erase("crm.Contact", two)
    assert (made.kept, made.state) == ({}, "closed")
    assert "Ann" not in made.name
    assert host().session.query(Key).filter_by(about_id=two.id).count() == 0
    with pytest.raises(Rejected, match="erased"):
        merging.undo(made.id)
