"""Of a masked field only the mask is seen, found, sorted, counted, sent out and sent back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from core.data import masks, query
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from core.identity import attempts
from core.identity.models import RoleField
from core.identity.service import role_named
from plugin_api.errors import Invalid, Rejected
from plugin_api.masking import MASKABLE, masked
from plugin_api.models import model_of
from tests.security.kit import ACME, World
from tests.security.test_fields import asks
from tests.security.test_routes import filled, methods_of, rules

PHONE, MAIL, BANK = "13812345678", "rohrdommel@acme.com", "DE89370400440532013000"
OLD_PHONE = "13899905678"
SECRETS = ("1234567", "8123456", "9990567", "8999056", "ohrdommel", "0440532013", "8937040")
"""Parts of them that no mask shows."""
SHOWN = ("138****5678", "r***@acme.com", "****3000")
CONTACTS = "/crm/contacts"


@pytest.fixture(scope="module")
def planted(world: World) -> dict[str, int]:
    """A contact whose phone, address and bank account (a field of the company's own) are masked
    for reps; there is a history of the phone."""
    with world.inst.working(ACME, "ada"):
        services().records.create(
            model_of("core.CustomField"),
            {"model": "crm.Contact", "kind": "text", "label": "Bank", "name": "x_bank",
             "searchable": True},
        )  # fmt: skip
    account = world.make(ACME, "rick", "crm.Account", name="Acme")
    values = {"name": "Bird", "account": account, "phone": OLD_PHONE, "email": MAIL}
    contact = world.make(ACME, "rick", "crm.Contact", **values, x_bank=BANK)
    twin = {**values, "phone": "13855505678", "email": "rr@acme.com"}
    world.make(ACME, "rick", "crm.Contact", **twin, x_bank="DE00000000000000003000")
    with world.inst.working(ACME, "ada"):
        record: Any = services().records.get(model_of("crm.Contact"), contact)
        services().records.update(record, {"phone": PHONE})
        for field in ("phone", "email", "x_bank"):
            services().records.create(
                RoleField,
                {"role": role_named("rep").id, "model": "crm.Contact", "field": field,
                 "narrowed": "masked"},
            )  # fmt: skip
    return {"contact": contact, "account": account}


def held(world: World, contact: int) -> tuple[str, str, str]:
    with world.inst.working(ACME):
        key = (world.company_id(ACME), contact)
        record: Any = db.session.get_one(model_of("crm.Contact"), key)
        return record.phone, record.email, record.custom["x_bank"]


def pages(world: World, planted: dict[str, int]) -> Iterator[str]:
    """Every page about contacts and about the company, asked for in every way."""
    for rule in rules(world):
        if "GET" not in methods_of(rule) or rule.endpoint in ("web.logout", "assets.serve"):
            continue
        for field in ("phone", "email", "x_bank"):
            path = filled(
                world, rule, plugin="crm", collection="contacts", record_id=planted["contact"],
                name=field, user_id=1, role_id=1, run_id=1, tile_id=1, model="crm.Contact",
            )  # fmt: skip
            yield path
        if "record_id" in rule.arguments or "collection" not in rule.arguments:
            continue
        yield from (f"{path}?{each}" for each in asks(rule, "x_bank", planted["contact"]))
        if rule.endpoint in ("collections.show", "collections.figures", "importing.export"):
            yield from (f"{path}?{each}" for field in ("phone", "email") for each in more(field))


def more(field: str) -> Iterator[str]:
    yield f"columns=name,{field}&sort={field}"
    yield f"group={field}&{field}__isnull=false"
    yield f"view=pivot&rows={field}&figure=count"
    yield f"view=chart&by={field}&figure=count"
    yield f"view=kanban&group={field}"
    yield f"q=Bird&columns={field}"


def told(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


def test_no_page_shows_it(world: World, planted: dict[str, int]) -> None:
    client, got, shown = world.client(ACME, "rick"), {}, set()
    for path in dict.fromkeys(pages(world, planted)):
        with client.get(path) as answer:
            text = answer.get_data().decode("utf-8", "ignore")
        if told(text):
            got[path] = told(text)
        if SHOWN[0] in text:
            shown.add(path.split("?")[0])
    assert got == {}
    contact = f"{CONTACTS}/{planted['contact']}"
    assert {CONTACTS, contact, f"{CONTACTS}/export", f"{contact}/cell/phone"} <= shown
    with client.get(contact) as page:
        assert all(part in page.get_data(as_text=True) for part in SHOWN)


def test_who_may_sees_it_whole(world: World, planted: dict[str, int]) -> None:
    """The walk above would find it."""
    client = world.client(ACME, "max")
    with client.get(f"{CONTACTS}/{planted['contact']}") as page:
        assert all(whole in page.get_data(as_text=True) for whole in (PHONE, MAIL, BANK))


def ask(world: World, **arguments: str) -> Any:
    pairs = "&".join(f"{name}={text}" for name, text in arguments.items())
    return world.rest(ACME, "rick", "GET", f"{CONTACTS}?{pairs}")


def found(world: World, **arguments: str) -> int:
    answer = ask(world, **arguments)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert told(answer.get_data(as_text=True)) == []
    return len(answer.get_json()["items"])


def test_a_value_is_not_found_out_by_asking(world: World, planted: dict[str, int]) -> None:
    """By filters and searches one finds the mask, which two people may share."""
    assert found(world, phone=PHONE) == 0 == found(world, email=MAIL) == found(world, x_bank=BANK)
    assert found(world, phone="138****5678") == 2 == found(world, x_bank__contains="3000")
    assert found(world, phone__startswith="1381") == 0 == found(world, phone__contains="1234")
    assert found(world, phone__startswith="138*") == 2
    assert found(world, email__contains="rohrd") == 0 == found(world, email__ne=SHOWN[1])
    assert found(world, phone__in=f"{PHONE},1") == 0
    for words in (PHONE, MAIL, BANK, "12345678", "rohrdommel", "5320130"):
        assert found(world, q=words) == 0, words
    assert found(world, q="Bird") == 2
    assert found(world, where='{"any":[{"phone":"13812345678"},{"email__startswith":"roh"}]}') == 0


def test_the_order_tells_nothing(world: World, planted: dict[str, int]) -> None:
    """Both have one mask, so that the numbers decide, whichever way."""
    for field in ("phone", "email", "x_bank"):
        rows = ask(world, sort=f"-{field},id").get_json()["items"]
        assert [row["id"] for row in rows] == sorted(row["id"] for row in rows)
        page = ask(world, sort=field, limit="1")
        assert told(page.get_data(as_text=True)) == []
        cursor = page.get_json()["next"]
        assert len(ask(world, sort=field, cursor=cursor).get_json()["items"]) == 1


def test_groups_are_of_masks(world: World, planted: dict[str, int]) -> None:
    with world.inst.working(ACME, "rick"):
        asked = query.parse_query(model_of("crm.Contact"), {})  # type: ignore[arg-type]
        groups = query.groups(asked, "phone")
        assert {value: group.count for value, group in groups.items()} == {"138****5678": 2}
        rows = query.top_of_groups(asked, "phone", ["138****5678", PHONE], 1)
        assert [row["phone"] for row in rows["138****5678"]] == ["138****5678"]
        assert PHONE not in rows
        with pytest.raises(ValueError, match="There is no field"):
            query.read_by(model_of("crm.Contact"), "phone")


def test_the_search_over_everything_finds_names_only(world: World, planted: dict[str, int]) -> None:
    client = world.client(ACME, "rick")

    def hits(words: str) -> set[str]:
        with client.get(f"/search?q={words}") as page:
            return set(re.findall(r'href="(/crm/contacts/\d+)"', page.get_data(as_text=True)))

    assert f"{CONTACTS}/{planted['contact']}" in hits("Bird") and len(hits("Bird")) == 2
    nothing = hits("xyzzy")
    asked = (PHONE, "12345678", MAIL, "rohrdommel", BANK)
    assert [hits(words) for words in asked] == [nothing] * 5


def test_no_reference_is_found_by_it(world: World, planted: dict[str, int]) -> None:
    """Contacts are found by their address elsewhere: not by one that is masked."""
    body = {"name": "Deal", "account": planted["account"], "contact": {"email": MAIL}}
    answer = world.rest(ACME, "rick", "POST", "/crm/opportunities", body)
    assert answer.status_code == 422
    filtered = world.rest(ACME, "rick", "GET", f"/crm/opportunities?contact.email={MAIL}")
    assert filtered.get_json()["items"] == []


def test_what_comes_back_masked_overwrites_nothing(world: World, planted: dict[str, int]) -> None:
    contact = planted["contact"]
    path = f"{CONTACTS}/{contact}"
    before = held(world, contact)
    got = world.rest(ACME, "rick", "GET", path).get_json()
    sent = {name: got[name] for name in ("phone", "email", "x_bank", "name")}
    answer = world.rest(
        ACME, "rick", "PATCH", path, {**sent, "title": "CEO", "version": got["version"]}
    )
    assert answer.status_code == 200 and answer.get_json()["title"] == "CEO"
    assert held(world, contact) == before
    form = {"name": "Bird", "phone": SHOWN[0], "email": SHOWN[1], "x_bank": SHOWN[2]}
    assert world.post(ACME, "rick", path, **form, title="CFO").status_code == 303
    cell = world.post(ACME, "rick", f"{path}/cell/phone", phone=SHOWN[0])
    assert cell.status_code == 303 and held(world, contact) == before
    for wrong in ({"phone": "139****5678"}, {"email": "y***@acme.com"}, {"x_bank": "****4711"}):
        version = world.rest(ACME, "rick", "GET", path).get_json()["version"]
        answer = world.rest(ACME, "rick", "PATCH", path, {**wrong, "version": version})
        assert answer.status_code == 422, wrong
        assert "only what is shown" in answer.get_data(as_text=True)
    new = world.rest(ACME, "rick", "POST", CONTACTS, {**form, "account": planted["account"]})
    assert new.status_code == 422
    assert held(world, contact) == before


def test_a_file_of_masks_does_no_harm_in_other_hands(world: World, planted: dict[str, int]) -> None:
    """An administrator brings in what a rep has exported."""
    contact = planted["contact"]
    before = held(world, contact)
    with world.inst.working(ACME, "ada"):
        record: Any = services().records.get(model_of("crm.Contact"), contact)
        sent = {"phone": SHOWN[0], "email": SHOWN[1], "x_bank": SHOWN[2], "title": "Boss"}
        services().records.update(record, sent)
        assert record.title == "Boss"
        with pytest.raises(Invalid):
            services().records.update(record, {"phone": "139****5678"})
        db.session.rollback()
    assert held(world, contact) == before


def test_an_import_is_not_keyed_by_it(world: World, planted: dict[str, int]) -> None:
    from core.data.importing.matching import finders, importable

    with world.inst.working(ACME, "rick"):
        assert "phone" in importable(model_of("crm.Contact"))  # type: ignore[arg-type]
        assert {"phone", "email"} & set(finders(model_of("crm.Contact"))) == set()
    with world.inst.working(ACME, "ada"):
        assert {"phone", "email"} <= set(finders(model_of("crm.Contact")))


def test_a_new_value_can_be_entered(world: World, planted: dict[str, int]) -> None:
    body = {"name": "New", "account": planted["account"], "phone": "13700001111"}
    made = world.rest(ACME, "rick", "POST", CONTACTS, body)
    assert made.status_code == 201 and made.get_json()["phone"] == "137****1111"
    path = f"{CONTACTS}/{made.get_json()['id']}"
    body = {"phone": "13600002222", "version": made.get_json()["version"]}
    changed = world.rest(ACME, "rick", "PATCH", path, body)
    assert changed.get_json()["phone"] == "136****2222"
    assert world.rest(ACME, "ada", "GET", path).get_json()["phone"] == "13600002222"
    world.rest(ACME, "ada", "DELETE", f"{path}")


def test_a_lost_race_does_not_show_it(world: World, planted: dict[str, int]) -> None:
    path = f"{CONTACTS}/{planted['contact']}"
    answer = world.rest(ACME, "rick", "PATCH", path, {"title": "X", "version": 0})
    assert answer.status_code == 409 and told(answer.get_data(as_text=True)) == []
    page = world.post(ACME, "rick", path, title="X", name="B", version="0")
    assert page.status_code == 409 and told(page.get_data(as_text=True)) == []


def test_showing_it_is_noted_and_counted(
    world: World, planted: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    contact = planted["contact"]
    path = f"{CONTACTS}/{contact}/reveal"
    assert world.post(ACME, "rick", f"{path}/phone").get_data(as_text=True).count(PHONE) == 1
    assert BANK in world.post(ACME, "rick", f"{path}/x_bank").get_data(as_text=True)
    with world.inst.working(ACME):
        asked = sa.select(AuditEntry.user_id, AuditEntry.changes).where(
            AuditEntry.action == "reveal", AuditEntry.record_id == contact
        )
        rick = world.inst.user_id(ACME, "rick")
        assert [(row.user_id, row.changes["field"][1]) for row in db.session.execute(asked)] == [
            (rick, "phone"), (rick, "x_bank"),
        ]  # fmt: skip
    client = world.client(ACME, "ada")
    with client.get("/core/audit?action=reveal") as page:
        text = page.get_data(as_text=True)
    assert "looked at a masked value" in text and "Rick" in text and "Phone" in text
    with world.client(ACME, "rick").get(f"{CONTACTS}/{contact}") as page:
        assert "looked at “Phone”" in page.get_data(as_text=True)
    limit = attempts.Limit(3, attempts.LIMITS["reveal"].within)
    monkeypatch.setitem(attempts.LIMITS, "reveal", limit)  # type: ignore[arg-type]
    assert world.post(ACME, "rick", f"{path}/email").status_code == 200
    refused = world.post(ACME, "rick", f"{path}/email")
    assert refused.status_code == 429 and told(refused.get_data(as_text=True)) == []


def test_showing_needs_the_permission_and_the_record(world: World, planted: dict[str, int]) -> None:
    world.inst.person(ACME, "ann", "analyst")
    path = f"{CONTACTS}/{planted['contact']}/reveal"
    answer = world.post(ACME, "ann", f"{path}/phone")
    assert answer.status_code == 403 and told(answer.get_data(as_text=True)) == []
    assert world.post(ACME, "rita", f"{path}/phone").status_code == 404, "out of her reach"
    assert world.post(ACME, "ada", f"{path}/phone").status_code == 404, "nothing is masked for her"
    assert world.post(ACME, "rick", f"{path}/title").status_code == 404
    with world.client(ACME, "rick").get(f"{path}/phone") as page:
        assert page.status_code in (404, 405), "a link must not show anything"


def test_a_plugin_may_ask_for_a_permission(world: World, planted: dict[str, int]) -> None:
    """Without a rule of the company: analysts see figures of customers, not how to call them."""
    row = world.rest(ACME, "ann", "GET", f"{CONTACTS}/{planted['contact']}").get_json()
    assert (row["phone"], row["email"]) == SHOWN[:2] and row["x_bank"] == BANK


@pytest.mark.parametrize(
    ("model", "field"),
    [("crm.Contact", "do_not_call"), ("crm.Contact", "name"), ("crm.Account", "name")],
)
def test_what_cannot_be_masked(world: World, model: str, field: str) -> None:
    with world.inst.working(ACME, "ada"), pytest.raises(Rejected):
        services().records.create(
            RoleField,
            {"role": role_named("finance").id, "model": model, "field": field,
             "narrowed": "masked"},
        )  # fmt: skip


def test_who_sees_the_mask_gives_nobody_more(world: World, planted: dict[str, int]) -> None:
    """Nor does who may only read a field let others enter it."""
    from core.access.fields import exceeds

    assert exceeds("read", "masked") and exceeds("masked", "read") and exceeds(None, "masked")
    assert not exceeds("hidden", "masked") and not exceeds("masked", None)
    assert not exceeds("masked", "masked")


def test_a_number_that_was_a_text_is_hidden(world: World, planted: dict[str, int]) -> None:
    """A company changes the kind of its field; there is no mask of a number."""
    from core.access.fields import Limits
    from core.data import fields

    with world.inst.working(ACME, "ada"):
        model: Any = model_of("crm.Contact")
        limits = Limits(frozenset(), frozenset({"do_not_call", "phone"}), frozenset())
        every = {n: m for n, m in fields.every_field(model).items() if n in limits.masked}
        narrowed = fields._within(limits, model, every, "test")
        assert list(narrowed) == ["phone"] and narrowed["phone"].masked


@given(kind=st.sampled_from(sorted(MASKABLE)), text=st.text(max_size=40))
def test_a_mask_tells_little(kind: Any, text: str) -> None:
    shown = masked(kind, text)
    kept = shown.replace("*", "")
    assert "***" in shown
    if kind == "email" and "@" in text:
        assert shown.endswith(text[text.index("@") :]) and len(shown) <= len(text) + 4
    else:
        assert len(kept) <= 7 and (len(text) < 8 or len(kept) < len(text) - 3)


TEXTS = (
    "", "@", "a@b", "@b", "ab@c@d", "1234567", "12345678", "1234567890", "12345678901", PHONE, MAIL,
    BANK, "张三丰的银行账号是一二三四", "+86 138 1234 5678",
)  # fmt: skip


def test_the_database_masks_alike(world: World) -> None:
    with world.inst.working(ACME):
        check_alike()


def check_alike() -> None:
    for kind in sorted(MASKABLE):
        for text in TEXTS:
            asked = sa.select(masks.column(kind, sa.literal(text, sa.String())))
            assert db.session.scalar(asked) == masked(kind, text), (kind, text)
        assert (
            db.session.scalar(sa.select(masks.column(kind, sa.cast(sa.null(), sa.String()))))
            is None
        )
