"""What whoever enters a record is told, on every path, and what they are not."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from core.extensions import db
from plugin_api.duplicates import Duplicate, asking
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugins.crm.models import Account, Contact, Lead
from plugins.duplicates.models import Condition, Key, Rule
from plugins.duplicates.services import indexing, matching
from tests.harness import Installation
from tests.plugins.duplicates.kit import acting

Ids = dict[str, int]


def account(name: str, owner: int | None = None, **values: Any) -> Account:
    return host().records.create(Account, {"name": name, "owner_id": owner, **values})


def told(who: str, model: Any, values: dict[str, Any]) -> Duplicate:
    with acting(who), asking(), pytest.raises(Duplicate) as caught:
        host().records.create(model, values)
    return caught.value


def test_a_warning_tells_who_has_it_and_may_be_passed(acme: Installation, ids: Ids) -> None:
    known = account("Harbour Trading Ltd", ids["ann"])
    found = told("ann", Account, {"name": "HARBOUR  TRADING"})
    assert found.may_save
    (match,) = found.matches
    assert (match.title, match.owner, match.record_id) == ("Harbour Trading Ltd", "Ann", known.id)
    assert match.why == "same Name"
    assert match.href == host().record_url("crm.Account", known.id)
    with acting("ann"), asking(False):
        assert host().records.create(Account, {"name": "Harbour Trading"}).id


def test_who_may_not_see_a_match_learns_only_that_there_is_one(
    acme: Installation, ids: Ids
) -> None:
    account("Harbour Trading Ltd", ids["bo"])
    found = told("ann", Account, {"name": "Harbour trading"})
    (match,) = found.matches
    assert (match.title, match.owner, match.href, match.record_id) == ("", "", "", None)
    assert "Harbour" not in str(found.message) and "Bo" not in str(found.message)
    assert told("boss", Account, {"name": "Harbour trading"}).matches[0].owner == "Bo"


def test_a_company_never_learns_of_another(inst: Installation) -> None:
    asked = [(None, {"name": "Secret Harbour"})]
    with inst.working("other"):
        account("Secret Harbour Ltd")
        assert matching.find("crm.Account", asked)
    with inst.working("acme"):
        assert not matching.find("crm.Account", asked)


def test_fuzzy_pinyin_and_archived(acme: Installation, ids: Ids) -> None:
    account("上海浦江精密机械设备有限公司", ids["ann"], archived=True)
    account("深圳华为技术", ids["boss"])
    found = told("ann", Account, {"name": "上海浦江精密机戎设备"})
    assert found.matches[0].why == "Name 90 % alike"
    assert told("boss", Account, {"name": "深圳华威技术"}).matches[0].title == "深圳华为技术"


def test_a_change_is_checked_only_where_it_matters(acme: Installation) -> None:
    first, second = account("Harbour"), account("Elbe Docks")
    with acting("ada"), asking():
        host().records.update(second, {"city": "Kiel"})
        with pytest.raises(Duplicate):
            host().records.update(second, {"name": "HARBOUR"})
        host().records.update(first, {"name": "HARBOUR"})
    host().records.update(first, {"name": "Quay"})
    with acting("ada"), asking():
        host().records.update(second, {"name": "Harbour"})
    host().records.delete(first)
    with acting("ada"), asking():
        host().records.update(second, {"name": "Quay"})


def test_a_lead_who_is_a_contact_already_and_the_other_way(acme: Installation) -> None:
    host().records.create(Contact, {"name": "Ann Li", "email": "ann@harbour.example"})
    host().records.create(Lead, {"name": "Cai", "mobile": "13800138000"})
    found = told("ada", Lead, {"name": "A. Li", "email": "ANN@harbour.example"})
    assert [match.model for match in found.matches] == ["crm.Contact"]
    found = told("ada", Contact, {"name": "Cai W", "mobile": "+86 138 0013 8000"})
    assert [match.model for match in found.matches] == ["crm.Lead"]


def test_all_conditions_or_one(acme: Installation) -> None:
    host().session.execute(sa.delete(Condition))
    rule = host().records.create(
        Rule, {"name": "Both", "model": "crm.Account", "combine": "all", "action": "refuse"}
    )
    for field in ("name", "city"):
        host().records.create(Condition, {"rule_id": rule.id, "field": f"crm.Account.{field}"})
    db.session.flush()
    list(indexing.rebuild())
    account("Harbour", city="Kiel")
    with acting("ann"):
        # Refused on every path, asked or not; another city is another account.
        with pytest.raises(Duplicate) as caught:
            host().records.create(Account, {"name": "Harbour Ltd", "city": "KIEL"})
        assert not caught.value.may_save
        host().records.create(Account, {"name": "Harbour Ltd", "city": "Bonn"})
        rows = [{"name": "Harbour Inc", "city": "Kiel"}, {"name": "Quay", "city": "Ulm"}]
        with pytest.raises(Exception, match="1 rows cannot be saved"):
            host().records.create_many(Account, rows)
    with acting("boss"), asking(), pytest.raises(Duplicate) as caught:
        host().records.create(Account, {"name": "Harbour Ltd", "city": "Kiel"})
    assert caught.value.may_save
    with acting("boss"):
        assert host().records.create(Account, {"name": "Harbour Ltd", "city": "Kiel"}).id


def test_rules_that_cannot_work_are_refused(acme: Installation) -> None:
    rule = host().records.create(Rule, {"name": "Mine", "model": "crm.Account"})
    for wrong in (
        {"field": "crm.Lead.name"},
        {"field": "crm.Account.name", "other": "crm.Lead.name"},
        {"field": "crm.Account.name", "method": "domain"},
        {"field": "crm.Account.phone", "method": "fuzzy"},
    ):
        with pytest.raises(Rejected):
            host().records.create(Condition, {"rule_id": rule.id, **wrong})
    made = host().records.create(Condition, {"rule_id": rule.id, "field": "crm.Account.name"})
    assert (made.method, made.threshold) == ("normalised", 85)
    with pytest.raises(Rejected):
        host().records.update(rule, {"model": "crm.Lead"})


def test_the_keys_follow_the_records(acme: Installation) -> None:
    made = account("Harbour")

    def keys() -> set[int]:
        asked = sa.select(Key.key).where(Key.about_model == "crm.Account", Key.about_id == made.id)
        return set(host().session.scalars(asked))

    first = keys()
    assert first
    host().records.update(made, {"name": "Quay"})
    assert keys() and not keys() & first
    host().records.delete(made)
    assert not keys()


names = st.text(st.sampled_from("ab有限公司 上海"), min_size=1, max_size=8)


@settings(max_examples=20, deadline=None)
@given(names, names)
def test_of_two_records_each_is_like_the_other(inst: Installation, one: str, other: str) -> None:
    with inst.working("acme"):
        first = matching.find("crm.Account", [(None, {"name": one}), (None, {"name": other})])
        turned = matching.find("crm.Account", [(None, {"name": other}), (None, {"name": one})])
        assert bool(first) == bool(turned)
        db.session.rollback()


def test_few_statements(acme: Installation) -> None:
    account("Harbour")
    count = 0

    def note(*_given: Any) -> None:
        nonlocal count
        count += 1

    rows = [(None, {"name": f"Harbour {i}"}) for i in range(200)]
    matching.find("crm.Account", rows[:1])
    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        matching.find("crm.Account", rows)
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)
    assert count <= 6


def test_form(inst: Installation) -> None:
    ann = inst.user_id("other", "ann")
    with inst.working("other"):
        known = account("Form Harbour", ann)
        account("Hidden Quay", inst.user_id("other", "bo"))
        number, company = known.id, known.company_id
    client = inst.client("other", "ann")
    form = {"_company": company, "name": "Form Harbour Ltd"}
    answer = client.post("/crm/accounts/new", data=form)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "This may be there already." in page and f'href="/crm/accounts/{number}"' in page
    assert "Owner Ann" in page and 'name="_anyway"' in page and 'value="Form Harbour Ltd"' in page
    hidden = client.post("/crm/accounts/new", data={**form, "name": "Hidden Quay"})
    assert "A record that you may not see" in hidden.get_data(as_text=True)
    small = client.post("/crm/accounts/new", data=form, headers={"HX-Request": "true"})
    assert small.status_code == 409 and 'name="_anyway"' in small.get_data(as_text=True)
    saved = client.post("/crm/accounts/new", data={**form, "_anyway": "1"})
    assert saved.status_code == 303
    path = saved.headers["Location"]
    changed = client.post(f"{path}/cell/name", data={"_company": company, "name": "Form Harbour"},
                          headers={"HX-Request": "true"})  # fmt: skip
    assert changed.status_code == 409 and "Save anyway" in changed.get_data(as_text=True)


def test_rest(inst: Installation) -> None:
    with inst.working("other"):
        number = account("Rest Harbour", inst.user_id("other", "ann")).id
        account("Rest Quay", inst.user_id("other", "bo"))
    client, headers = inst.app.test_client(), inst.token("other", "ann")
    answer = client.post("/api/v1/crm/accounts", json={"name": "REST harbour"}, headers=headers)
    assert answer.status_code == 409
    problem = answer.get_json()
    assert problem["may_save"] is True
    assert problem["duplicates"] == [
        {"title": "Rest Harbour", "owner": "Ann", "why": "same Name", "model": "crm.Account",
         "id": number}
    ]  # fmt: skip
    hidden = client.post("/api/v1/crm/accounts", json={"name": "Rest quay"}, headers=headers)
    assert hidden.get_json()["duplicates"] == [{"why": "same Name"}]
    rows = {"create": [{"name": "Rest Pier"}, {"name": "Rest Harbour"}, {"name": "REST PIER"}]}
    bulk = "/api/v1/crm/accounts/bulk"
    many = client.post(bulk, json=rows, headers=headers)
    assert many.status_code == 409
    assert sorted(many.get_json()["errors"]) == ["create.1", "create.2"]
    seen = {
        "title": "Rest Harbour", "owner": "Ann", "why": "same Name", "model": "crm.Account",
        "id": number,
    }  # fmt: skip
    assert many.get_json()["may_save"] is True
    assert many.get_json()["duplicates"] == [
        {"at": "create.1", **seen},
        {"at": "create.2", "title": "Rest Pier", "why": "same Name", "like": "create.0"},
    ]
    rows["create"] = [{"city": "Kiel"}, {"name": "Rest Pier"}, {"name": "REST PIER"}]
    many = client.post(bulk, json=rows, headers=headers)
    assert many.status_code == 422 and many.get_json()["errors"].keys() == {
        "create.0.name", "create.2"
    }  # fmt: skip
    assert [each["like"] for each in many.get_json()["duplicates"]] == ["create.1"]
    allowed = {**headers, "Duplicates": "allow"}
    made = client.post("/api/v1/crm/accounts", json={"name": "REST harbour"}, headers=allowed)
    assert made.status_code == 201
    body = {"name": "Rest Harbour Inc", "version": made.get_json()["version"]}
    path = f"/api/v1/crm/accounts/{made.get_json()['id']}"
    assert client.patch(path, json=body, headers=headers).status_code == 409
    change = {"update": [body | {"id": made.get_json()["id"]}]}
    many = client.post(bulk, json=change, headers=headers)
    assert many.status_code == 409
    assert many.get_json()["duplicates"] == [{"at": "update.0", **seen}]
    assert client.patch(path, json=body, headers=allowed).status_code == 200
