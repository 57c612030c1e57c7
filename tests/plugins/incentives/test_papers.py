"""Statements and payouts as files, reconciling, and who gets at which of them."""

from __future__ import annotations

import datetime as dt
import io
import zlib
from decimal import Decimal

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from core.identity.models import Role, RoleGrant
from plugin_api.errors import Refused, Rejected
from plugin_api.host import host
from plugin_api.paper import Font
from plugins.incentives import display, hooks
from plugins.incentives.models import Entry, Payout, Statement
from plugins.incentives.services import paper, posting, reconciling, tables
from tests.harness import Installation
from tests.plugins.crm.kit import store_rate
from tests.plugins.incentives.kit import acting, on, plan, takes_part, version, won

MINE = ("statements/{statement}/paper", "statements/{statement}/sheet", "entries/{entry}/behind")
OF_FINANCE = ("payouts/{payout}/payroll?format=csv", "payouts/{payout}/payroll", "reconcile")


@pytest.fixture(scope="module")
def paid(inst: Installation) -> dict[str, int]:
    """A company of its own: March of Ann and Cai is paid, April is open."""
    inst.company("paid", "crm", "incentives", currency="CNY", country="CN", language="en")
    for name, role in (("ann", "rep"), ("cai", "rep"), ("boss", "manager"), ("fin", "finance")):
        inst.person("paid", name, role)
    with inst.working("paid"):
        team = host().records.create(_team(), {"name": "North"})
        for name in ("ann", "boss"):
            _person(name).team_id = team.id
        team.manager_id = _person("boss").id
        of = plan()
        version(of, terms="Every part at its own rate.")
        for name in ("ann", "cai"):
            takes_part(of, name)
            deal = won(120_000, "2025-03-05", name)
        won(1_000, "2025-04-02")
        with on("2025-04-10"):
            posting.calculate(of)
        payout = host().records.create(Payout, {"name": "=March"})
        with on("2025-05-02"), acting("fin", "paid"):
            for each in host().session.scalars(sa.select(Statement).where(Statement.end < _day())):
                host().records.transition(each, "approve")
            host().records.transition(payout, "gather")
            host().records.transition(payout, "pay")
        ann = sa.select(Statement).where(Statement.user_id == _person("ann").id)
        march = host().session.scalars(ann.order_by(Statement.start)).first()
        assert march is not None
        entry = (
            host()
            .session.scalars(
                sa.select(Entry.id).where(Entry.statement_id == march.id).order_by(Entry.id)
            )
            .first()
        )
        return {"statement": march.id, "entry": entry or 0, "payout": payout.id, "deal": deal.id,
                "ann": march.user_id}  # fmt: skip


def test_each_gets_at_what_is_theirs(inst: Installation, paid: dict[str, int]) -> None:
    for who, mine, is_finance in (
        ("ann", (200, 200, 303), False), ("boss", (200, 200, 303), False),
        ("fin", (200, 200, 303), True), ("cai", (404, 404, 404), False),
    ):  # fmt: skip
        client = inst.client("paid", who)
        got = tuple(client.get(f"/incentives/{path.format(**paid)}").status_code for path in MINE)
        assert got == mine, who
        for path in OF_FINANCE:
            refused = 403 if path == "reconcile" else 404
            answer = client.get(f"/incentives/{path.format(**paid)}")
            assert answer.status_code == (200 if is_finance else refused), (who, path)


def test_lists_exports_searches_and_the_api_show_no_more(
    inst: Installation, paid: dict[str, int]
) -> None:
    for who, sees in (("ann", True), ("boss", True), ("fin", True), ("cai", False)):
        client = inst.client("paid", who)
        for path in ("/incentives/statements", "/search?q=Ann"):
            page = client.get(path).get_data(True)
            assert (f"/incentives/statements/{paid['statement']}" in page) is sees, (who, path)
        for model in ("statements", "entries"):
            file = client.get(f"/incentives/{model}/export?format=csv")
            assert file.status_code == 200
            assert ("Ann" in file.get_data(True)) is sees, (who, model)
            file.close()
        path = f"/incentives/statements/{paid['statement']}"
        assert (client.get(path).status_code == 200) is sees
        api, headers = inst.app.test_client(), inst.token("paid", who)
        answer = api.get(f"/api/v1{path}", headers=headers)
        assert (answer.status_code == 200) is sees, who
        answer = api.get(f"/api/v1/incentives/entries/{paid['entry']}", headers=headers)
        assert (answer.status_code == 200) is sees, who
        answer = api.get("/api/v1/measures/incentives.earned?from=2025-01-01&to=2025-12-31"
                         "&by=user", headers=headers)  # fmt: skip
        found = {each["user"]["id"] for each in answer.get_json()["items"] if each["user"]
                 and Decimal(each["value"])}  # fmt: skip
        assert (paid["ann"] in found) is sees, who


def test_a_statement_on_paper_and_as_a_workbook(inst: Installation, paid: dict[str, int]) -> None:
    ann = inst.client("paid", "ann")
    for language, word in (("en", "Statement of pay"), ("zh", "提成单")):
        answer = ann.get(f"/incentives/statements/{paid['statement']}/paper?language={language}")
        assert answer.mimetype == "application/pdf" and answer.data.startswith(b"%PDF-"), word
    with inst.working("paid"):
        held = host().records.get(Statement, paid["statement"])
        made = paper.pdf(held, "en", Font())
        text = b"".join(_inflated(made))
        assert b"100,000 \xd7 5 %" in text and b"Every part at its own rate." in text
        rows = tables.of_statement(held)
        assert sum(row[9] for row in rows[1:-1]) == rows[-1][9] == Decimal("6400.00")  # type: ignore[misc]
    answer = ann.get(f"/incentives/statements/{paid['statement']}/sheet")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert [row[9] for row in book[1:]] == [5_000, 1_400, 6_400]
    assert [row[6] * row[7] for row in book[1:3]] == pytest.approx([5_000, 1_400])


def test_entries_stay_with_who_may_read_them(inst: Installation, paid: dict[str, int]) -> None:
    """A statement alone tells what it comes to, and not how."""
    with inst.working("paid"):
        role = Role(code="clerk", name="Clerk")
        host().session.add(role)
        host().session.flush()
        for model in ("Statement", "Payout"):
            host().session.add(
                RoleGrant(role_id=role.id, permission=f"incentives.{model}.read", scope="company")
            )
    inst.person("paid", "clo", "clerk")
    clo = inst.client("paid", "clo")
    page = clo.get(f"/incentives/mine?user={paid['ann']}&statement={paid['statement']}").text
    assert "6,400.00" in page and "lines that you may not see" in page
    for words in ("100,000 × 5 %", "5,000.00", "Every part at its own rate."):
        assert words not in page
    assert clo.get("/incentives/reconcile").status_code == 403
    with inst.working("paid"), acting("clo", "paid"):
        held = host().records.get(Statement, paid["statement"])
        text = b"".join(_inflated(paper.pdf(held, "en", Font())))
    assert b"lines that you may not see" in text and b"6,400.00" in text
    assert b"100,000" not in text and b"Every part at its own rate." not in text
    ann = inst.client("paid", "ann").get(f"/incentives/mine?statement={paid['statement']}").text
    assert "lines that you may not see" not in ann and "5,000.00" in ann


def test_the_payroll_gets_one_line_a_person(inst: Installation, paid: dict[str, int]) -> None:
    fin = inst.client("paid", "fin")
    answer = fin.get(f"/incentives/payouts/{paid['payout']}/payroll?format=csv")
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f"{name},,{name.lower()}@paid.example,'=March,2025-05-02,2025-03-01,2025-03-31,1,"
        "6400.00,CNY,6400.00,CNY,"
        for name in ("Ann", "Cai")
    ]
    book = fin.get(f"/incentives/payouts/{paid['payout']}/payroll").data
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert [row[8] for row in sheet[1:]] == [6_400, 6_400]
    page = fin.get(f"/incentives/payouts/{paid['payout']}").get_data(True)
    assert "/payroll?format=csv" in page


def test_what_is_behind_a_line(inst: Installation, paid: dict[str, int]) -> None:
    ann = inst.client("paid", "ann")
    page = ann.get(f"/incentives/mine?statement={paid['statement']}").get_data(True)
    assert f"/incentives/entries/{paid['entry']}/behind" in page
    address = ann.get(f"/incentives/entries/{paid['entry']}/behind").headers["Location"]
    assert address.startswith("/crm/opportunities?")
    listed = ann.get(address)
    assert listed.status_code == 200 and "Harbour 2025-03-05 120000 ann" in listed.get_data(True)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_all_of_it_agrees_to_the_cent(
    inst: Installation, paid: dict[str, int], language: str
) -> None:
    with on("2025-05-02"):
        page = inst.client("paid", "fin", language).get("/incentives/reconcile").get_data(True)
    assert ("Agrees" if language == "en" else "一致") in page and "text-danger" not in page
    with inst.working("paid"):
        [sums] = reconciling.plans()
        assert (sums.entries, sums.statements, sums.differs) == (1_285_000, 1_285_000, 0)
        assert (sums.open, sums.approved, sums.paid) == (5_000, 0, 1_280_000)
        [done] = reconciling.payouts()
        assert (done.payout.amount, done.statements, done.differs) == (1_280_000, 1_280_000, 0)
        assert reconciling.odd() == []
        host().session.execute(
            sa.update(Statement).where(Statement.id == paid["statement"]).values(amount=1),
        )
        assert [(each.says, each.entries) for each in reconciling.odd()] == [(1, 640_000)]
        assert reconciling.payouts()[0].differs == 639_999
        host().session.rollback()


def test_a_statement_of_who_is_erased_does_not_name_them(
    inst: Installation, paid: dict[str, int]
) -> None:
    with inst.working("paid"):
        ann = _person("ann")
        ann.name = "Erased person 1"
        hooks.after_erase("core.User", ann)
        held = host().records.get(Statement, paid["statement"])
        assert (held.name, held.amount) == ("Erased person 1 · Commission · 2025-03", 640_000)
        host().session.rollback()


def _inflated(file: bytes) -> list[bytes]:
    """The pages of a PDF as what they draw."""
    made = []
    for part in file.split(b"stream\n")[1:]:
        try:
            made.append(zlib.decompress(part.split(b"\nendstream")[0]))
        except zlib.error:
            continue
    return made


def _day() -> object:
    import datetime as dt

    return dt.date(2025, 4, 1)


def _team() -> type:
    from core.identity.models import Team

    return Team


def _person(name: str):  # type: ignore[no-untyped-def]
    from core.identity import service

    return service.find_user(f"{name}@paid.example")


def test_somebody_is_paid_in_a_currency_of_their_own(acme: Installation) -> None:
    of, later = plan("Here"), plan("Later", rate_of="paid")
    for each in (of, later):
        version(each, rule="flat", part={"rate": Decimal(3)})
    takes_part(of, "ann", paid_in="eur")
    takes_part(of, "bo", paid_in="CNY")
    takes_part(later, "cai", paid_in="JPY")
    with pytest.raises(Rejected, match="“EUX” is no currency"):
        takes_part(later, "ann", paid_in="EUX")
    for name, amount in (("ann", "78000"), ("bo", "1000"), ("cai", "333.35")):
        won(amount, "2025-03-05", name)
    with on("2025-04-10"):
        posting.calculate(of)
        posting.calculate(later)
    mine, other, last = host().session.scalars(sa.select(Statement).order_by(Statement.id))
    with on("2025-05-02"):
        with pytest.raises(Rejected, match="EUR"):
            host().records.transition(mine, "approve")
        host().session.refresh(mine)
        store_rate("EUR", _day(), "7.60")
        store_rate("EUR", dt.date(2025, 3, 1), "7.80")
        for each in (mine, other, last):
            host().records.transition(each, "approve")
        assert (mine.pay_amount, mine.pay_rate, str(mine.rate_on)) == (
            300_00, Decimal("7.8"), "2025-03-31",
        )  # fmt: skip
        assert other.pay_amount is None and last.pay_amount is None, "in the company's; not yet"
        host().records.transition(mine, "reopen")
        assert (mine.pay_currency, mine.pay_amount) == (None, None)
        host().records.transition(mine, "approve")
        with pytest.raises(Refused):
            host().records.update(mine, {"pay_currency": "USD"})
        host().session.refresh(mine)
        payout = host().records.create(Payout, {"name": "March abroad"})
        host().records.transition(payout, "gather")
        with pytest.raises(Rejected, match="JPY"):
            host().records.transition(payout, "pay")
        store_rate("JPY", dt.date(2025, 5, 2), "0.05")
        host().records.transition(payout, "pay")
    assert (last.pay_amount, str(last.rate_on)) == (200, "2025-05-02"), "10.00 CNY at 0.05"
    assert payout.amount == 2_340_00 + 30_00 + 10_00, "in the company's currency, to the cent"
    head, *lines = tables.of_payout(payout)
    assert head[-3:] == ["To be paid", "Paid in", "Exchange rate"]
    assert [line[-3:] for line in lines] == [
        [Decimal("300.00"), "EUR", Decimal("7.8")], [Decimal("30.00"), "CNY", ""],
        [Decimal(200), "JPY", Decimal("0.05")],
    ]  # fmt: skip
    assert tables.of_statement(mine)[-1][-4:] == [
        "Exchange rate", Decimal("7.8"), Decimal("300.00"), "EUR",
    ]  # fmt: skip
    assert display.paid(mine) == "€300.00, at 7.80 CNY for 1 EUR on Mar 31, 2025"
    euro, yen = reconciling.foreign()
    assert (euro.amount, euro.paid, euro.wrong) == (2_340_00, 300_00, 0)
    assert (yen.amount, yen.paid, yen.wrong) == (10_00, 200, 0)
    mine.pay_amount = 299_99
    host().session.flush()
    assert [each.wrong for each in reconciling.foreign()] == [1, 0]
