"""Leads and what becomes of them; accounts and their subsidiaries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from plugin_api.context import today
from plugin_api.errors import Invalid, Rejected
from plugin_api.host import host
from plugins.crm.models import Account, Contact, Lead, Opportunity
from tests.plugins.crm.kit import acting, figure, user

pytestmark = pytest.mark.usefixtures("acme")


def lead(**values: Any) -> Lead:
    return host().records.create(Lead, {"name": "Jo Park", "company_name": "Red Mill", **values})


def convert(record: Lead, **values: Any) -> Opportunity:
    said = host().records.transition(record, "convert", values)
    made: Opportunity = said["open"]
    return made


def test_a_lead_is_called_by_what_is_known() -> None:
    assert lead(name=None).name == "Red Mill"
    assert lead(name=None, company_name=None, email="jo@x.example").name == "j***@x.example"
    assert lead(name=None, company_name=None, external_id="660737").name == "660737"
    with pytest.raises(Rejected, match="needs a name"):
        lead(name=None, company_name=None)


def test_a_lead_may_be_entered_as_converted_already() -> None:
    made = lead(status="converted")
    assert (made.created_on, made.converted_on, made.opportunity_id) == (today(), today(), None)


def test_conversion_makes_all_three() -> None:
    made = lead(
        email="jo@red.example", industry="Paper", city="Ulm", source="Fair", owner=user("ann")
    )
    opportunity = convert(made)
    host().session.flush()
    account = host().session.get(Account, made.account_id)
    contact = host().session.get(Contact, made.contact_id)
    assert (account.name, account.industry, account.city) == ("Red Mill", "Paper", "Ulm")
    assert (contact.name, contact.email, contact.account_id) == (
        "Jo Park", "jo@red.example", account.id,
    )  # fmt: skip
    assert (opportunity.name, opportunity.source) == ("Red Mill", "Fair")
    assert made.opportunity_id == opportunity.id
    owners = {record.owner_id for record in (account, contact, opportunity)}
    assert owners == {user("ann")}
    assert (made.status, made.converted_on) == ("converted", today())


def test_conversion_finds_what_is_there() -> None:
    account = host().records.create(Account, {"name": "red mill"})
    contact = host().records.create(
        Contact, {"name": "J. Park", "account": account.id, "email": "Jo@Red.example"}
    )
    made = lead(email="jo@red.example")
    convert(made)
    assert (made.account_id, made.contact_id) == (account.id, contact.id)
    assert host().session.query(Account).count() == 1
    other = lead(name="Kim", company_name="Somebody else")
    convert(other, account=account.id)
    assert other.account_id == account.id
    assert host().session.query(Contact).count() == 2


def test_conversion_is_refused_where_the_account_is_a_colleagues() -> None:
    host().records.create(Account, {"name": "Red Mill", "owner": user("bo")})
    with acting("ann"):
        made = lead()
        with pytest.raises(Rejected, match="an account already, of Bo"):
            convert(made)
        assert (made.status, host().session.query(Opportunity).count()) == ("new", 0)


def test_conversion_is_undone_by_deleting_by_hand() -> None:
    made = lead()
    opportunity = convert(made)
    with pytest.raises(Rejected, match="Delete the opportunity"):
        host().records.transition(made, "reopen")
    for model, record_id in ((Contact, made.contact_id), (Account, made.account_id)):
        record = host().session.get(model, record_id)
        with pytest.raises(Rejected, match="refer to it"), host().session.begin_nested():
            host().records.delete(record)
    host().records.delete(opportunity)
    assert made.opportunity_id is None
    host().records.delete(host().session.get(Contact, made.contact_id))
    host().records.delete(host().session.get(Account, made.account_id))
    host().records.transition(made, "reopen")
    assert (made.status, made.account_id, made.converted_on) == ("working", None, None)


def test_the_way_of_a_lead() -> None:
    made = lead()
    for name in ("work", "qualify"):
        host().records.transition(made, name)
    assert made.status == "qualified"
    host().records.transition(made, "disqualify", {"disqualify_reason": "No need"})
    with pytest.raises(Rejected, match="not possible"):
        convert(made)
    host().records.transition(made, "reopen")
    assert (made.status, made.disqualify_reason) == ("working", None)


def test_a_card_on_the_board_of_leads() -> None:
    made = lead()
    host().records.transition(made, "move", {"status": "qualified"})
    assert made.status == "qualified"
    said = host().records.transition(made, "move", {"status": "converted"})
    assert (made.status, made.opportunity_id) == ("converted", said["open"].id)
    with pytest.raises(Rejected, match="Delete the opportunity"):
        host().records.transition(made, "move", {"status": "new"})


def test_conversion_counts_those_created_in_the_period() -> None:
    start, end = date(2025, 1, 1), date(2025, 3, 31)
    for status in ("converted", "converted", "disqualified", "new", "working"):
        lead(status=status, created_on=start, converted_on=date(2025, 5, 1), source="Fair")
    lead(status="converted", created_on=date(2024, 1, 1), converted_on=start)
    assert figure("leads_created", start, end) == 5
    assert figure("lead_conversion", start, end) == Decimal("0.4")
    assert figure("leads_converted", start, end) == 1
    assert figure("leads_converted", source="Fair") == 2


def test_an_account_is_no_subsidiary_of_itself() -> None:
    records = host().records
    top = records.create(Account, {"name": "Top"})
    middle = records.create(Account, {"name": "Middle", "parent": top.id})
    low = records.create(Account, {"name": "Low", "parent": middle.id})
    for parent in (low, middle, top):
        with pytest.raises(Rejected, match="subsidiary of itself"):
            records.update(top, {"parent": parent.id})
    records.update(low, {"parent": top.id})
    records.update(top, {"parent": None})


def test_grades_are_those_there_are() -> None:
    with pytest.raises(Invalid):
        host().records.create(Account, {"name": "X", "grade": "Z"})
