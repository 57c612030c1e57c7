"""Invitations and new passwords by a link, sent by a job."""

from __future__ import annotations

import email
import logging
import re
import socketserver
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from core.extensions import db
from core.identity.models import User
from core.identity.service import find_user
from core.jobs.models import JobRun
from core.jobs.work import work_off
from plugin_api.context import clock_at, now
from tests.harness import Installation
from tests.identity.kit import PASSWORD, is_in, log_in, noted, post

NEW = "seven lamps on a purple wall"
HREF = re.compile(r"http://localhost(/enter/\S+)")


def with_mail(inst: Installation, **settings: Any) -> Installation:
    """The same with mail switched on."""
    config = inst.app.extensions["xiaoguan.config"]
    inst.app.extensions["xiaoguan.config"] = replace(config, **{"mail": "folder", **settings})
    return inst


def letters(inst: Installation) -> list[EmailMessage]:
    """What was sent, oldest first, once the jobs are done."""
    work_off(inst.app)
    files = sorted((inst.instance / "mail").glob("*.eml"), key=lambda p: p.stat().st_mtime_ns)
    return [email.message_from_bytes(p.read_bytes(), policy=default) for p in files]


def link_in(letter: EmailMessage) -> str:
    """The address of the link, the same in both parts."""
    parts = {kind: letter.get_body((kind,)).get_content() for kind in ("plain", "html")}  # type: ignore[union-attr]
    found = {HREF.search(re.sub("<[^>]*>", " ", text))[1] for text in parts.values()}  # type: ignore[index]
    (one,) = found
    return one


def newcomer(inst: Installation, name: str = "Nora") -> int:
    with inst.working("acme"):
        user = User(name=name, email=f"{name.lower()}@acme.example")
        db.session.add(user)
        db.session.flush()
        return user.id


def set_password(inst: Installation, path: str, password: str = NEW) -> int:
    form = {"new_password": password, "again_password": password}
    return inst.app.test_client().post(path, data=form).status_code


@pytest.fixture
def ada(inst: Installation) -> FlaskClient:
    return log_in(inst, "ada@acme.example")


def test_an_invited_person_sets_a_password_once(inst: Installation, ada: FlaskClient) -> None:
    with_mail(inst)
    number = newcomer(inst)
    path = f"/core/users/{number}"
    assert post(inst, ada, f"{path}/invitation", email="nora@acme.example").status_code == 303
    assert "invited" in ada.get(path).text
    assert "waits to be used" in ada.get(f"{path}/login").text
    (letter,) = letters(inst)
    assert letter["To"] == "nora@acme.example" and "Acme" in letter["Subject"]
    link = link_in(letter)
    assert link not in ada.get(f"{path}/login").text
    assert set_password(inst, link, "password1") == 422, "a weak one leaves the link good"
    assert set_password(inst, link) == 303
    assert is_in(log_in(inst, "nora@acme.example", NEW))
    assert set_password(inst, link, "another one of these") == 410
    assert "can log in" in ada.get(path).text
    assert [action for action, _facts in noted(inst, "nora")][:2] == ["invite", "by_invitation"]


def test_a_link_runs_out_and_is_taken_back_and_replaced(
    inst: Installation, ada: FlaskClient
) -> None:
    with_mail(inst)
    path = f"/core/users/{newcomer(inst)}/invitation"
    for _ in range(2):
        post(inst, ada, path, email="nora@acme.example")
        letters(inst)
    first, second = (link_in(letter) for letter in letters(inst))
    assert inst.app.test_client().get(first).status_code == 410
    assert inst.app.test_client().get(second).status_code == 200
    with clock_at(now() + timedelta(days=8)):
        assert inst.app.test_client().get(second).status_code == 410
    post(inst, ada, f"{path}/revoke")
    assert set_password(inst, second) == 410
    assert inst.app.test_client().get("/enter/made-up").status_code == 410


def test_without_mail_the_link_is_copied(inst: Installation, ada: FlaskClient) -> None:
    number = newcomer(inst)
    post(inst, ada, f"/core/users/{number}/invitation", email="nora@acme.example")
    page = ada.get(f"/core/users/{number}/login").text
    (link,) = re.findall(r'value="http://localhost(/enter/[^"]+)"', page)
    assert set_password(inst, link) == 303 and is_in(log_in(inst, "nora@acme.example", NEW))


def test_an_address_of_somebody_else_is_not_invited(inst: Installation, ada: FlaskClient) -> None:
    number = newcomer(inst)
    post(inst, ada, f"/core/users/{number}/invitation", email="olga@other.example")
    page = ada.get(f"/core/users/{number}/login").text
    assert "Somebody logs in with this address already" in page and "/enter/" not in page


def test_a_link_for_who_works_elsewhere_goes_to_their_own_address(
    inst: Installation, ada: FlaskClient
) -> None:
    """Not to the one that this company's administrators write."""
    with inst.working("other"):
        login_id = find_user("olga@other.example").login_id
    with inst.working("acme"):
        user = User(name="Olga", email="trap@acme.example", login_id=login_id)
        db.session.add(user)
        db.session.flush()
        number = user.id
    post(inst, ada, f"/core/users/{number}/invitation")
    assert "/enter/" not in ada.get(f"/core/users/{number}/login").text
    with_mail(inst)
    post(inst, ada, f"/core/users/{number}/invitation")
    assert [letter["To"] for letter in letters(inst)] == ["olga@other.example"]


def test_a_forgotten_password_is_set_anew_and_sessions_end(inst: Installation) -> None:
    with_mail(inst)
    old = log_in(inst)
    stranger = inst.app.test_client()
    pages = [
        stranger.post("/forgot", data={"email": address}).text
        for address in ("rick@acme.example", "nobody@acme.example")
    ]
    plain = [re.sub('name="csrf_token" value="[^"]+"', "", page) for page in pages]
    assert plain[0] == plain[1]
    (letter,) = letters(inst)
    assert set_password(inst, link_in(letter)) == 303
    assert not is_in(old)
    assert is_in(log_in(inst, password=NEW)) and not is_in(log_in(inst, password=PASSWORD))
    assert "by_reset" in [action for action, _facts in noted(inst, "rick")]


def test_the_language_is_that_of_who_reads(inst: Installation) -> None:
    with_mail(inst)
    client = log_in(inst)
    client.post("/language", data={"language": "zh"})
    inst.app.test_client().post("/forgot", data={"email": "rick@acme.example"})
    (letter,) = letters(inst)
    assert letter["Subject"] == "重设销冠密码"


def test_no_secret_is_written_down(
    inst: Installation, ada: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with_mail(inst, mail="smtp", mail_server="127.0.0.1", mail_port=9, mail_tls="none",
              mail_user="u", mail_password="of the mail server")  # fmt: skip
    made = post(inst, ada, "/core/tokens", name="x").text
    token = re.search(r"<code data-secret>([^<]+)", made)[1]  # type: ignore[index]
    inst.app.test_client().post("/forgot", data={"email": "rick@acme.example"})
    work_off(inst.app)
    log_in(inst, password="of rick, mistyped")
    with inst.working("acme"):
        runs = db.session.scalars(sa.select(JobRun).where(JobRun.job == "core.mail")).all()
        rows = [(run.state, str(run.payload), str(run.error), str(run.result)) for run in runs]
    assert [row[0] for row in rows] == ["queued"], "it is tried again"
    said = caplog.text + str(rows)
    for secret in (PASSWORD, token, "/enter/", "of the mail server", "of rick, mistyped"):
        assert secret not in said
    assert "of the mail server" not in repr(inst.app.extensions["xiaoguan.config"])


class _Handler(socketserver.StreamRequestHandler):
    """As much of SMTP as a test needs."""

    def handle(self) -> None:
        server: Any = self.server
        self.wfile.write(b"220 ready\r\n")
        lines: list[bytes] = []
        in_data = False
        for line in self.rfile:
            word = line.split(b":")[0].split()[0].upper() if line.strip() else b""
            if in_data:
                if line == b".\r\n":
                    in_data = False
                    server.taken.append(b"".join(lines))
                    self.wfile.write(b"250 taken\r\n")
                else:
                    lines.append(line)
            elif word == b"DATA":
                in_data = True
                self.wfile.write(b"354 go on\r\n")
            elif word == b"RCPT" and server.refuses:
                self.wfile.write(b"550 no such mailbox\r\n")
            elif word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            else:
                self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def smtp() -> Iterator[Any]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        some: Any = server
        some.taken, some.refuses = [], False
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield some
        server.shutdown()
        thread.join()


def test_a_mail_server_gets_the_message(inst: Installation, smtp: Any) -> None:
    with_mail(inst, mail="smtp", mail_server="127.0.0.1", mail_port=smtp.server_address[1],
              mail_tls="none", mail_from="Sales <crm@acme.example>")  # fmt: skip
    inst.app.test_client().post("/forgot", data={"email": "rick@acme.example"})
    work_off(inst.app)
    (sent,) = smtp.taken
    letter = email.message_from_bytes(sent, policy=default)
    assert letter["From"] == "Sales <crm@acme.example>" and link_in(letter).startswith("/enter/")


def test_an_address_that_is_refused_is_not_tried_again(inst: Installation, smtp: Any) -> None:
    smtp.refuses = True
    with_mail(inst, mail="smtp", mail_server="127.0.0.1", mail_port=smtp.server_address[1],
              mail_tls="none")  # fmt: skip
    inst.app.test_client().post("/forgot", data={"email": "rick@acme.example"})
    work_off(inst.app)
    with inst.working("acme"):
        run = db.session.scalars(sa.select(JobRun).where(JobRun.job == "core.mail")).one()
        assert run.state == "failed" and "does not take this address" in (run.error or "")
