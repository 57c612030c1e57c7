"""Logging in with another address: proved by a link, told to the one before, taken back by it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from core.cli.main import main
from core.extensions import db
from core.identity import addresses
from core.identity.models import User
from core.identity.service import add_user, find_user
from plugin_api.context import clock_at, now
from plugin_api.errors import Rejected
from tests.harness import Installation
from tests.identity.kit import PASSWORD, company_id, is_in, log_in, noted, post
from tests.identity.test_links import NEW, letters, set_password, with_mail

ASK = "/profile/security/address"
MINE, OTHER = "rick@acme.example", "rick@home.example"
LINK = re.compile(r"http://localhost(/(?:profile|enter)\S+)")


def links_to(inst: Installation, address: str) -> list[str]:
    """The links in messages to an address, oldest first."""
    return [
        LINK.search(letter.get_body(("plain",)).get_content())[1]  # type: ignore[union-attr,index]
        for letter in letters(inst)
        if letter["To"] == address
    ]


def moved(inst: Installation, client: FlaskClient, to: str = OTHER) -> None:
    """Somebody who logs in with another address."""
    assert post(inst, client, ASK, email=to).status_code == 303
    assert post(inst, client, links_to(inst, to)[-1]).status_code == 303


def test_by_a_link_that_who_asked_opens(inst: Installation) -> None:
    with_mail(inst)
    rick, rita = log_in(inst), log_in(inst, "rita@acme.example")
    assert post(inst, rick, ASK, email=f" {OTHER.upper()} ").status_code == 303
    assert f"A link for {OTHER} waits" in rick.get("/profile/security").text
    assert is_in(log_in(inst)), "nothing has changed before it is opened"
    (link,) = links_to(inst, OTHER)
    assert inst.app.test_client().get(link).status_code == 302, "a stranger logs in first"
    assert rita.get(link).status_code == 410 and post(inst, rita, link).status_code == 410
    assert OTHER in rick.get(link).text
    assert post(inst, rick, link).status_code == 303
    assert is_in(rick), "one goes on working"
    assert is_in(log_in(inst, OTHER)) and not is_in(log_in(inst, MINE))
    assert post(inst, rick, link).status_code == 410
    with inst.working("acme"):
        person = find_user(OTHER)
        assert person.name == "Rick"
    assert noted(inst, "rick", email=OTHER)[-2:-1] == [("address", {"before": MINE, "to": OTHER})]


def test_whoever_reads_the_address_before_takes_it_back(inst: Installation) -> None:
    """A thief with the password moves the login twice: the first address still leads back."""
    with_mail(inst)
    thief = log_in(inst)
    moved(inst, thief)
    moved(inst, thief, "thief@far.example")
    (link,) = links_to(inst, MINE)
    assert inst.app.test_client().get(link).status_code == 200
    answer = inst.app.test_client().post(link)
    assert answer.status_code == 303 and answer.location.startswith("/enter/")
    assert not is_in(thief)
    assert set_password(inst, answer.location) == 303
    assert is_in(log_in(inst, MINE, NEW)) and not is_in(log_in(inst, MINE, PASSWORD))
    for left in links_to(inst, OTHER)[-1:]:
        assert inst.app.test_client().post(left).status_code == 410
    assert inst.app.test_client().post(link).status_code == 410
    assert "address_back" in [action for action, _facts in noted(inst, "rick")]


def test_the_way_back_ends_after_a_week(inst: Installation) -> None:
    with_mail(inst)
    moved(inst, log_in(inst))
    (link,) = links_to(inst, MINE)
    with clock_at(now() + timedelta(days=8)):
        assert inst.app.test_client().get(link).status_code == 410


def test_who_has_another_s_address_shows_in_no_word(inst: Installation) -> None:
    with_mail(inst)
    rick = log_in(inst)
    said = []
    for address in ("olga@other.example", "nobody@other.example"):
        post(inst, rick, ASK, email=address)
        page = rick.get("/profile/security").text
        said.append(re.findall(r"A message is on its way to \S+", page))
        post(inst, rick, f"{ASK}/forget")
    assert all(said)
    assert [letter["To"] for letter in letters(inst)] == []


def test_one_that_somebody_took_meanwhile_is_refused(inst: Installation) -> None:
    with_mail(inst)
    rick = log_in(inst)
    post(inst, rick, ASK, email=OTHER)
    (link,) = links_to(inst, OTHER)
    with inst.working("other"):
        add_user(name="Nell", email=OTHER, role="rep", password=NEW)
        db.session.commit()
    answer = post(inst, rick, link)
    assert answer.status_code == 409 and "Somebody else logs in" in answer.text
    assert is_in(log_in(inst)) and is_in(log_in(inst, OTHER, NEW))


@pytest.mark.parametrize("text", ["", "rick", "a@b", "a@b@c.de", "a b@c.de", "a@c.de\nBcc: x@y.z",
                                  "x" * 200 + "@c.de"])  # fmt: skip
def test_what_is_no_address_is_refused(text: str, inst: Installation) -> None:
    with inst.working("acme"), pytest.raises(Rejected):
        addresses.clean(text)


def test_limits(inst: Installation) -> None:
    with_mail(inst)
    rick = log_in(inst)
    codes = [post(inst, rick, ASK, email=f"r{n}@home.example").status_code for n in range(6)]
    assert codes == [303] * 5 + [429]
    assert post(inst, rick, ASK, email="rick").status_code == 422


def test_it_asks_for_the_password_when_that_was_long_ago(inst: Installation) -> None:
    with_mail(inst)
    rick = log_in(inst)
    with clock_at(now() + timedelta(minutes=11)):
        answer = post(inst, rick, ASK, email=OTHER)
        assert answer.status_code == 403 and "_proof" in answer.text
        assert post(inst, rick, ASK, email=OTHER, _proof=PASSWORD).status_code == 303


def test_links_are_good_for_what_they_were_made_for(inst: Installation) -> None:
    """The key of one opens no other page."""
    with_mail(inst)
    rick = log_in(inst)
    post(inst, rick, ASK, email=OTHER)
    (link,) = links_to(inst, OTHER)
    key = link.rpartition("/")[2]
    assert set_password(inst, f"/enter/{key}") == 410
    assert inst.app.test_client().post(f"/enter/back/{key}").status_code == 410
    inst.app.test_client().post("/forgot", data={"email": MINE})
    reset = links_to(inst, MINE)[-1].rpartition("/")[2]
    assert post(inst, rick, f"{ASK}/{reset}").status_code == 410
    assert inst.app.test_client().post(f"/enter/back/{reset}").status_code == 410
    post(inst, rick, link)
    assert set_password(inst, f"/enter/{reset}") == 410, "it went to the address before"


def test_a_link_that_is_taken_back_leads_nowhere(inst: Installation) -> None:
    with_mail(inst)
    rick = log_in(inst)
    post(inst, rick, ASK, email=OTHER)
    (link,) = links_to(inst, OTHER)
    post(inst, rick, f"{ASK}/forget")
    assert rick.get(link).status_code == 410


def test_who_looks_as_somebody_does_not_move_them(inst: Installation) -> None:
    with_mail(inst)
    ada = log_in(inst, "ada@acme.example")
    path = f"/core/users/{inst.user_id('acme', 'rick')}/look-as"
    assert post(inst, ada, path, reason="to help").status_code == 303
    assert post(inst, ada, ASK, email=OTHER).status_code == 403
    assert letters(inst) == []


def test_asked_for_in_one_company_opened_in_another(inst: Installation) -> None:
    with_mail(inst)
    with inst.working("acme"):
        login_id = find_user(MINE).login_id
    with inst.working("other"):
        db.session.add(User(name="Rick", email=MINE, login_id=login_id))
    rick = log_in(inst)
    post(inst, rick, ASK, email=OTHER)
    (link,) = links_to(inst, OTHER)
    rick.post("/switch", data={"company": company_id(inst, "other")})
    form = {"_company": company_id(inst, "other")}
    assert rick.post(link, data=form).status_code == 303
    for slug, address in (("acme", OTHER), ("other", MINE)):
        with inst.working(slug):
            mine = sa.select(User.email).where(User.login_id == login_id)
            assert db.session.scalar(mine) == address, "how a company writes to one is its own"


def test_by_whoever_runs_the_installation(inst: Installation) -> None:
    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["user", "address", *arguments], obj=lambda: inst.app)

    done = run(MINE, OTHER)
    assert done.exit_code == 0, done.output
    assert is_in(log_in(inst, OTHER))
    with inst.working("acme"):
        assert find_user(OTHER).name == "Rick"
    for wrong in ((MINE, "x@y.de"), (OTHER, "no"), (OTHER, "olga@other.example")):
        refused = run(*wrong)
        assert refused.exit_code == 1 and "Traceback" not in refused.output
    assert "it sends no mail" in log_in(inst, OTHER).get("/profile/security").text
