"""Inside a company: nothing of a record that somebody may not see is told, or can be asked out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.security.kit import ACME, OTHER, World

HIDDEN, DEAL = "Zanzibar Holding", "Zebra contract"
"""What rita's account and her opportunity are called: nobody else who sells sees them."""


@pytest.fixture(scope="module")
def ids(world: World) -> dict[str, int]:
    """Rita's account and opportunity; rick's opportunity on the same account; olga's twins."""
    account = world.make(
        ACME, "rita", "crm.Account", name=HIDDEN, external_id="SECRET-77", website="hidden.example"
    )  # fmt: skip
    mine = world.make(ACME, "rita", "crm.Opportunity", name=DEAL, account_id=account, amount=777777)
    with world.inst.working(ACME):
        from core.identity.service import find_user

        rick = find_user("rick@acme.example").id
    shared = world.make(
        ACME, None, "crm.Opportunity", name="Of rick", account_id=account, owner_id=rick
    )  # fmt: skip
    other = world.make(OTHER, "rick", "crm.Account", name="Abroad", external_id="FAR-1")
    world.make(OTHER, "rick", "crm.Opportunity", name="Foreign", account_id=other, amount=888888)
    return {"account": account, "deal": mine, "shared": shared, "abroad": other}


def pages(ids: dict[str, int]) -> Iterator[str]:
    """Addresses that could say what the hidden records are called."""
    account, deal = ids["account"], ids["deal"]
    for asked in (
        {"account": account}, {"account__in": f"{account},1"}, {"account__ne": account},
        {"where": f'{{"any":[{{"account":"{account}"}}]}}'}, {"id": deal}, {"q": "Zebra"},
        {"q": "Zanzibar"}, {"group": "account", "account": account}, {"sort": "account"},
    ):  # fmt: skip
        yield f"/crm/contacts?{urlencode(asked)}"
    yield from (
        f"/crm/accounts/{account}", f"/crm/accounts/{account}/access", f"/crm/opportunities/{deal}",
        f"/crm/opportunities/{deal}/timeline", f"/crm/opportunities/{deal}/files",
        f"/crm/opportunities/{deal}/people?q=", f"/crm/opportunities/{deal}/followers",
        f"/crm/opportunities/new?account={account}", f"/crm/contacts/new?account={account}",
        f"/crm/accounts/new?copy={account}", "/crm/accounts/lookup?q=Zan", "/crm/accounts?q=Zan",
        "/crm/accounts/export", "/crm/accounts/export?format=csv&id=" + str(account),
        f"/crm/contacts/conditions?{urlencode({'state': f'account={account}'})}",
        "/search?q=Zanzibar", "/search/palette?q=Zebra", "/analysis/table.csv?by=account",
        f"/analysis?measure=crm.created&account={account}", f"/analysis?account={account}&by=user",
        f"/analysis?measure=crm.created&by=account&user={1}", "/targets/attainment", "/crm/review",
        "/?all=1",
    )  # fmt: skip


def test_no_page_says_what_a_hidden_record_is_called(world: World, ids: dict[str, int]) -> None:
    """Rick has no opportunity there but one, whose page names the account: that he may see."""
    client = world.client(ACME, "rick")
    said = []
    for path in pages(ids):
        with client.get(path) as answer:
            text = answer.get_data(as_text=True)
        if DEAL in text or (HIDDEN in text and "by=account" not in path):
            said.append(path)
    assert said == []


def test_no_page_says_what_another_company_has(world: World, ids: dict[str, int]) -> None:
    theirs = {"account": ids["abroad"], "deal": ids["abroad"]}
    for name in ("rick", "ada"):
        for path in pages(theirs):
            with world.client(ACME, name).get(path) as answer:
                text = answer.get_data(as_text=True)
            assert "Abroad" not in text and "Foreign" not in text, (name, path)


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [
        ("account__external_id__startswith", "SECRET", 0), ("account.external_id", "SECRET-77", 0),
        ("account__external_id__contains", "7", 0), ("account", "SECRET-77", 0),
        ("account__external_id__isnull", "false", 0), ("account__name__startswith", "Zanz", 1),
    ],
)  # fmt: skip
def test_what_a_hidden_record_holds_is_not_asked_out(
    world: World, ids: dict[str, int], field: str, value: str, found: int
) -> None:
    """The name stands on rick's own opportunity; the external id stands nowhere."""
    asked = urlencode({field: value, "count": "true"})
    body: Any = world.rest(ACME, "rick", "GET", f"/crm/opportunities?{asked}").json
    assert body["total"] == found
    seen: Any = world.rest(ACME, "ada", "GET", f"/crm/opportunities?{asked}").json
    assert seen["total"] == 2


def test_mail_addresses_are_for_who_may_see_people(world: World, ids: dict[str, int]) -> None:
    """Everybody knows colleagues by name; by address only whose role says so."""
    blind = world.role(ACME, "blind", {"crm.Opportunity.read": "company"})
    world.inst.person(ACME, "bob")
    with world.inst.working(ACME):
        from core.identity.service import find_user

        find_user("bob@acme.example").role_id = blind
    for field, value, found in (
        ("owner__name", "Rita", 1), ("owner__email__contains", "rita@", 0),
        ("owner", "rita@acme.example", 0),
    ):  # fmt: skip
        asked = urlencode({field: value, "count": "true"})
        body: Any = world.rest(ACME, "bob", "GET", f"/crm/opportunities?{asked}").json
        assert body["total"] == found, field


def test_a_target_of_somebody_else_is_not_told_by_a_refusal(world: World) -> None:
    """Max leads North; the target of rita, who is not in it, is none of his business."""
    rita = world.user(ACME, "rita").id
    values = {
        "measure": "crm.won_amount", "level": "user", "user": rita, "period": "year",
        "start": "2026-01-01", "end": "2026-12-31",
    }  # fmt: skip
    made = world.rest(ACME, "ada", "POST", "/targets/targets", {**values, "amount": "4242.00"})
    assert made.status_code == 201, made.text
    tried = world.rest(ACME, "max", "POST", "/targets/targets", {**values, "amount": "1.00"})
    assert tried.status_code in (403, 422)
    assert "4242" not in tried.text and "Rita" not in tried.text


CURSORS = (
    "x", "e30", "eyJzIjoiaWQiLCJ2IjpbMV19", "A" * 9000, "W10", "bnVsbA",
    "eyJzIjoiYW1vdW50LGlkIiwidiI6WyJOYU4iLDFdfQ", "eyJzIjoiaWQiLCJ2IjpbMWU5OTldfQ",
    "eyJzIjoiLWFtb3VudCwtaWQiLCJ2IjpbbnVsbCxudWxsXX0",
)  # fmt: skip


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("sort", ["id", "amount", "-amount", "account", "owner"])
def test_a_forged_cursor_leads_to_no_other_records(
    world: World, ids: dict[str, int], cursor: str, sort: str
) -> None:
    asked = urlencode({"sort": sort, "cursor": cursor})
    answer = world.rest(ACME, "rick", "GET", f"/crm/opportunities?{asked}")
    assert answer.status_code in (200, 422)
    assert DEAL not in answer.text and "Foreign" not in answer.text
    page = world.client(ACME, "rick").get(f"/crm/opportunities?{asked}")
    assert page.status_code == 200 and DEAL not in page.text


def test_figures_count_what_may_be_seen(world: World, ids: dict[str, int]) -> None:
    """Whatever somebody else's number is given as a filter."""
    rita = world.user(ACME, "rita").id
    for asked in ({"user": rita}, {"by": "user"}, {"manager": world.user(ACME, "max").id}, {}):
        path = f"/measures/crm.created?{urlencode(asked)}"
        text = world.rest(ACME, "rick", "GET", path).text
        figures = [int(number) for number in re.findall(r'"value":(\d+)', text)]
        assert sum(figures) <= 1, (asked, text)
        found: Any = world.rest(
            ACME, "rick", "GET", path.replace("?", "/records?").replace("by=user", "")
        ).json
        assert set(found["ids"]) <= {ids["shared"]}


@pytest.mark.parametrize("value", ["%", "_", "/", "%%%%", "\\", "a%' or 1=1 --", "*", "[a-z]"])
def test_signs_of_patterns_stand_for_themselves(
    world: World, ids: dict[str, int], value: str
) -> None:
    for field in ("q", "name__contains", "name__startswith", "account__name__contains"):
        asked = urlencode({field: value, "count": "true"})
        answer: Any = world.rest(ACME, "rick", "GET", f"/crm/opportunities?{asked}")
        assert answer.status_code == 200, answer.text
        assert answer.json["total"] == 0, field
