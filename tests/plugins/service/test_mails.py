"""Mails of customers open cases, once, and go on with those that they belong to."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from email.message import EmailMessage
from types import MappingProxyType
from typing import Any

import pytest

from core.files import attachments, storage
from plugin_api import letters
from plugin_api.errors import Rejected
from plugin_api.host import host
from plugin_api.models import CompanyModel
from plugins.crm.models import Contact
from plugins.service.models import Case, Mail, Mailbox
from tests.harness import Installation
from tests.plugins.crm.kit import acting, user
from tests.plugins.service.kit import account, clock, queue

BOX, LAN = "service@acme.example", "lan@harbour.example"


PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def raw(
    subject: str = "It stops",
    sender: str = LAN,
    files: Mapping[str, bytes] = MappingProxyType({}),
    **headers: str,
) -> str:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = f"Wu Lan <{sender}>", BOX, subject
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content("The crane stops after an hour.\n")
    for name, content in files.items():
        made.add_attachment(content, maintype="application", subtype="pdf", filename=name)
    return made.as_string()


def files_of(record: CompanyModel) -> list[tuple[str, bytes]]:
    """Names and contents of what is attached to a record."""
    found = attachments.of(type(record), record.id)
    return sorted((each.name, storage.path_of(each.digest).read_bytes()) for each, _by in found)


def bring(*args: Any, **headers: Any) -> Mail:
    return host().records.create(Mail, {"source": raw(*args, **headers)})


@pytest.fixture
def box(acme: Installation) -> Mailbox:
    """A mailbox of a queue in which Ann is, and Wu Lan of Harbour."""
    line = queue((user("ann"), {}), lead_id=user("boss"))
    whose = account()
    host().records.create(
        Contact, {"name": "Wu Lan", "account_id": whose.id, "email": "Lan@Harbour.example"}
    )
    return host().records.create(
        Mailbox, {"address": BOX.upper(), "queue_id": line.id, "kind": "fault", "priority": "high"}
    )


def test_a_mail_of_a_known_sender_opens_a_case(box: Mailbox) -> None:
    with clock("2026-03-10 10:00"):
        mail = bring(Message_ID="<1@harbour.example>")
    case = host().session.get_one(Case, mail.case_id)
    assert (mail.state, mail.source, mail.message_key) == ("taken", None, "1@harbour.example")
    assert (case.name, case.channel, case.kind, case.priority) == (
        "It stops", "mail", "fault", "high",
    )  # fmt: skip
    assert case.account is not None and case.contact is not None
    assert (case.account.name, case.contact.name) == ("Harbour", "Wu Lan")
    assert (case.queue_id, case.owner_id) == (box.queue_id, user("ann"))
    assert case.description == "The crane stops after an hour."


def test_the_same_mail_makes_one_case(box: Mailbox) -> None:
    first = bring(Message_ID="<1@harbour.example>")
    number = host().session.get_one(Case, first.case_id).number
    with pytest.raises(Rejected, match=f"here already. {number}"):
        bring("Once more", Message_ID="<1@harbour.example>")
    bare = raw("Without an id")
    host().records.create(Mail, {"source": bare})
    with pytest.raises(Rejected, match="here already"):
        host().records.create(Mail, {"source": bare})
    assert host().session.query(Case).filter_by(channel="mail").count() == 2


def test_a_file_may_come_in_base64_in_any_charset(box: Mailbox) -> None:
    head = "From: a@b.example\nTo: service@acme.example\nSubject: =?gbk?B?yfWxuA==?=\n"
    body = head.encode() + b"Content-Type: text/plain; charset=gbk\n\n" + "设备".encode("gbk")
    mail = host().records.create(Mail, {"source": base64.b64encode(body).decode()})
    assert (mail.state, mail.words) == ("proposed", "设备")


@pytest.mark.parametrize(("state", "after"), [("open", "open"), ("waiting", "open"),
                                              ("solved", "open")])  # fmt: skip
def test_a_reply_goes_to_its_case_and_has_it_go_on(box: Mailbox, state: str, after: str) -> None:
    case = host().session.get_one(Case, bring(Message_ID="<1@h>").case_id)
    moves = {"open": "take", "waiting": "wait", "solved": "solve"}
    values = {"solution": "Part exchanged"} if state == "solved" else {}
    host().records.transition(case, moves[state], values)
    reply = bring("Re: It stops", In_Reply_To="<1@h>", Message_ID="<2@h>")
    assert (reply.case_id, case.state) == (case.id, after)
    named = bring(f"AW: [{case.number}] thanks", Message_ID="<3@h>")
    assert named.case_id == case.id
    assert host().session.query(Case).filter_by(channel="mail").count() == 1


def test_after_a_closed_case_another_is_opened(box: Mailbox) -> None:
    case = host().session.get_one(Case, bring(Message_ID="<1@h>").case_id)
    for name, values in (("solve", {"solution": "Done"}), ("close", {})):
        host().records.transition(case, name, values)
    mail = bring(f"Re: {case.number}", Message_ID="<2@h>")
    other = host().session.get_one(Case, mail.case_id)
    assert (other.id != case.id, case.state) == (True, "closed")
    assert f"After {case.number}" in (other.description or "")


def test_a_stranger_does_not_write_into_a_case_whose_number_is_guessed(box: Mailbox) -> None:
    case = host().session.get_one(Case, bring(Message_ID="<1@h>").case_id)
    mail = bring(f"Re: {case.number}", "eve@else.example", Message_ID="<2@h>")
    assert (mail.state, mail.case_id) == ("proposed", None)
    assert mail.note == "Nobody is known who writes from this address."


def test_what_nobody_is_known_for_waits_for_who_is_in_the_queue(box: Mailbox) -> None:
    other = account("Mill", owner_id=user("ann"))
    mail = bring("Help", "new@mill.example")
    with acting("cai"):
        assert not host().records.may(mail, "read")
    with acting("ann"):
        assert host().records.may(mail, "read")
        said = host().records.transition(mail, "open", {"account": other.id})
    case = said["open"]
    assert (mail.state, mail.case_id, case.account_id) == ("taken", case.id, other.id)
    assert case.owner_id == user("ann")
    again = bring("Help me", "new@mill.example")
    assert again.state == "proposed"
    with acting("boss"):
        host().records.transition(again, "attach", {"case": case.id})
        assert (again.state, again.case_id) == ("taken", case.id)
    assert bring(f"Re: {case.number}", "new@mill.example").case_id == case.id


@pytest.mark.parametrize("header", [
    {"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"},
    {"List_Unsubscribe": "<mailto:x@y.example>"}, {"X_Autoreply": "yes"},
])  # fmt: skip
def test_machines_open_nothing_and_move_nothing(box: Mailbox, header: dict[str, str]) -> None:
    case = host().session.get_one(Case, bring(Message_ID="<1@h>").case_id)
    host().records.transition(case, "wait")
    away = bring("Out of office", Message_ID="<2@h>", **header)
    assert (away.state, away.case_id, away.automatic) == ("discarded", None, True)
    reply = bring("Out of office", Message_ID="<3@h>", In_Reply_To="<1@h>", **header)
    assert (reply.case_id, case.state) == (case.id, "waiting")


def test_two_machines_do_not_fill_the_queue(box: Mailbox) -> None:
    own = bring("Loop", BOX)
    assert (own.automatic, own.state) == (True, "discarded")
    with clock("2026-03-10 10:00"):
        states = [bring("Again", Message_ID=f"<{number}@h>").state for number in range(12)]
    assert states == ["taken"] * 10 + ["proposed"] * 2
    with clock("2026-03-10 11:01"):
        assert bring("Later", Message_ID="<99@h>").state == "taken"


@pytest.mark.parametrize(("source", "words"), [
    ("", "Paste the mail"), ("Hello", "no mail that can be read"),
    ("From: a@b.example\nTo: other@acme.example\n\nx", "none of the mailboxes"),
])  # fmt: skip
def test_what_is_no_mail_to_a_mailbox_is_refused(box: Mailbox, source: str, words: str) -> None:
    with pytest.raises(Rejected, match=words):
        host().records.create(Mail, {"source": source})


def test_who_brings_a_mail_does_not_learn_whose_address_it_is(box: Mailbox) -> None:
    """Ann sees no contact that is not hers, so the mail waits for a decision."""
    with acting("cai"):
        mail = bring(Message_ID="<1@h>")
    assert (mail.state, mail.account_id, mail.contact_id) == ("proposed", None, None)


def test_what_came_with_a_mail_is_with_its_case(box: Mailbox) -> None:
    mail = bring(files={"说明.pdf": PDF, "run.pdf": b"MZ\x90\0\3" * 9}, Message_ID="<1@h>")
    case = host().session.get_one(Case, mail.case_id)
    assert files_of(mail) == files_of(case) == [("说明.pdf", PDF)]
    assert mail.note is not None and "“run.pdf”" in mail.note
    both = {"说明.pdf": PDF, "photo.png": PICTURE}
    reply = bring("Re: It stops", files=both, In_Reply_To="<1@h>", Message_ID="<2@h>")
    assert reply.case_id == case.id
    assert files_of(case) == [("photo.png", PICTURE), ("说明.pdf", PDF)]


def test_what_came_with_a_mail_waits_with_it(box: Mailbox) -> None:
    mail = bring(sender="who@nobody.example", files={"a.pdf": PDF})
    assert mail.state == "proposed"
    assert files_of(mail) == [("a.pdf", PDF)]
    with acting("boss"):
        host().records.transition(mail, "open", {"account": account("Quay").id})
    assert files_of(host().session.get_one(Case, mail.case_id)) == [("a.pdf", PDF)]


def test_files_of_a_mail_are_told_from_its_words() -> None:
    made = EmailMessage()
    made["From"], made["To"] = LAN, BOX
    made.set_content("See below.")
    made.add_alternative('<p>See <img src="cid:a"></p>', subtype="html")
    page = made.get_payload()[1]
    page.add_related(PICTURE, "image", "png", cid="<a>", filename="a.png")
    for number in range(letters.MOST_FILES + 5):
        made.add_attachment(b"x", maintype="text", subtype="plain", filename=f"{number}.txt")
    found = letters.read(made.as_bytes())
    assert found.text == "See below."
    assert [each.name for each in found.files[:2]] == ["a.png", "0.txt"]
    assert found.files[0].content == PICTURE
    assert len(found.files) == letters.MOST_FILES


def test_a_mail_stays_as_it_came(box: Mailbox) -> None:
    mail = bring()
    with pytest.raises(Rejected, match="stays as it came"):
        host().records.update(mail, {"source": raw("Other")})


def test_what_a_mail_answers_is_read() -> None:
    found = letters.read(raw(In_Reply_To="<b@x>", References="<a@x> <b@x>").encode())
    assert found.answers == ("b@x", "a@x")
    assert not found.automatic
    assert not letters.read(raw(Auto_Submitted="no").encode()).automatic
