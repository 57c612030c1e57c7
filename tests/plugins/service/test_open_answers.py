"""The page on which a customer answers, by a link and without a log-in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient

from core.collab import open_links
from core.extensions import db
from plugin_api.context import today
from plugin_api.host import host
from plugins.crm.models import Contact
from plugins.service.models import Case, Visit
from plugins.service.services import answering, satisfaction, surveys
from tests.harness import Installation
from tests.plugins.crm.kit import user
from tests.plugins.service.kit import account, clock
from tests.plugins.service.test_visits import questionnaire

SLUG = "outside"


@pytest.fixture(scope="module")
def own(inst: Installation) -> Installation:
    """A company of its own: what is answered here counts in figures."""
    inst.company(SLUG, "crm", "service", currency="CNY", country="CN", language="en")
    inst.person(SLUG, "ann", "rep")
    return inst


@pytest.fixture
def web(own: Installation) -> Iterator[Installation]:
    """Works for it in tests that commit."""
    with own.working(SLUG):
        yield own


@pytest.fixture
def link(web: Installation) -> Iterator[tuple[int, str]]:
    """The id of a return visit, and the address of the page for its customer."""
    whose = account(owner_id=user("ann"))
    contact = host().records.create(
        Contact,
        {"name": "Wu Lan", "account_id": whose.id, "email": "lan@harbour.example",
         "owner_id": user("ann")},
    )  # fmt: skip
    visit = host().records.create(
        Visit,
        {"account_id": whose.id, "contact_id": contact.id, "due_on": today(),
         "questionnaire_id": questionnaire().id, "owner_id": user("ann"),
         "order_number": "SO-2026-00017"},
    )  # fmt: skip
    made = open_links.make(visit, "service.answer")
    address = f"/open/{open_links.token_of(made)}"
    db.session.commit()
    yield visit.id, address


@pytest.fixture
def customer(web: Installation) -> FlaskClient:
    return web.app.test_client()


def again(id_: int) -> Visit:
    db.session.rollback()
    db.session.expire_all()
    return host().session.get_one(Visit, id_)


def form(id_: int, *said: str, **given: str) -> dict[str, str]:
    """What the page sends, in the order of the questions."""
    numbers = [each.id for each in surveys.questions_of(again(id_).questionnaire_id)]
    return {f"q{number}": text for number, text in zip(numbers, said, strict=False)} | given


def test_a_customer_answers_once(link: tuple[int, str], customer: FlaskClient) -> None:
    page = customer.get(link[1])
    assert page.status_code == 200
    for words in (
        "How satisfied are you?",
        "About your order SO-2026-00017",
        "Crane",
        "very likely",
    ):
        assert words in page.text
    for hidden in ("Ann", "Wu Lan", "/service/", "Sign in", "side-menu"):
        assert hidden not in page.text
    sent = form(link[0], "5", "9", "1", "Lorry", "Fine", comment=" All well ")
    done = customer.post(link[1], data=sent)
    assert (done.status_code, done.headers["Location"]) == (303, link[1])
    visit = again(link[0])
    assert (visit.state, visit.csat, visit.nps, visit.by_link) == ("done", 5, 9, True)
    assert (visit.comment, visit.bad, visit.follow_id) == ("All well", False, None)
    assert len(answering.answers(visit.id)) == 5
    assert open_links.of_record(visit)[0].answered_at is not None
    after = customer.get(link[1])
    assert "Your answers have reached us" in after.text
    assert "All well" not in after.text
    twice = customer.post(link[1], data={**sent, "comment": "Other"})
    assert twice.status_code == 422
    assert "It is answered already" in twice.text
    assert again(link[0]).comment == "All well"


def test_a_bad_answer_opens_a_case_as_on_the_telephone(
    link: tuple[int, str], customer: FlaskClient
) -> None:
    assert customer.post(link[1], data=form(link[0], "1", "3", comment="Late")).status_code == 303
    visit = again(link[0])
    assert (visit.bad, visit.state) == (True, "done")
    case = host().session.get_one(Case, visit.follow_id)
    assert (case.kind, case.channel, case.priority) == ("complaint", "visit", "high")
    assert "How satisfied are you?: 1" in (case.description or "")
    assert "Late" in (case.description or "")


@pytest.mark.parametrize(
    ("said", "given", "words"),
    [
        (("", "9"), {}, "Not answered yet: How satisfied are you?"),
        (("7", "9"), {}, "How satisfied are you?: Expected a number from 1 to 5."),
        (("5", "9", "1", "Boat"), {}, "What was it about?: Choose one of the list."),
        (("5", "9"), {"comment": "x" * 5001}, "at most 5000 characters"),
    ],
)
def test_what_does_not_fit_is_said_and_kept(
    link: tuple[int, str], customer: FlaskClient, said: tuple[str, ...], given: dict[str, str],
    words: str,
) -> None:  # fmt: skip
    answer = customer.post(link[1], data=form(link[0], *said, **given))
    assert answer.status_code == 422
    assert words in answer.text
    visit = again(link[0])
    assert (visit.state, visit.by_link, answering.answers(visit.id)) == ("planned", False, [])
    chosen = re.findall(r'value="9"[^>]* checked', answer.text)
    assert len(chosen) == 1


def test_who_does_not_answer_in_time_was_asked(
    link: tuple[int, str], customer: FlaskClient
) -> None:
    visit = again(link[0])
    assert visit.link_until == today() + timedelta(days=30)
    due = date(2026, 1, 8)
    host().records.update(visit, {"due_on": due})
    db.session.commit()
    before = host().measures.value("service.asked", due, due)
    late = today() + timedelta(days=31)
    with clock(f"{late} 12:00"):
        assert customer.get(link[1]).status_code == 410
        assert host().measures.value("service.asked", due, due) == before + 1
        whole = satisfaction.report(due, late, "All").whole
        assert whole.asked >= 1
        made = host().measures.value("service.visits_made", due, due)
        assert host().measures.value("service.response", due, due) == made / (before + 1)


def test_a_link_that_is_taken_back_asks_nobody(
    link: tuple[int, str], customer: FlaskClient, web: Installation
) -> None:
    visit = again(link[0])
    [held] = open_links.of_record(visit)
    open_links.take_back(visit, held.id)
    db.session.commit()
    assert again(link[0]).link_until is None
    assert customer.get(link[1]).status_code == 410
    assert customer.post(link[1], data=form(link[0], "5", "9")).status_code == 410


def test_what_was_asked_by_telephone_is_not_asked_again(
    link: tuple[int, str], customer: FlaskClient
) -> None:
    sent = form(link[0], "5", "9")
    host().records.transition(again(link[0]), "cancel")
    db.session.commit()
    assert "not asked any more" in customer.get(link[1]).text
    refused = customer.post(link[1], data=sent)
    assert refused.status_code == 422
    assert "not asked any more" in refused.text


def test_the_link_is_written_to_the_contact(link: tuple[int, str], web: Installation) -> None:
    db.session.rollback()
    ann = web.client(SLUG, "ann")
    base = f"/service/visits/{link[0]}"
    assert f"{base}/access#outside" in ann.get(base).text
    page = ann.get(f"{base}/access").text
    company = re.search(r'name="_company" value="(\d+)"', page)
    assert company is not None
    sent = {"_company": company[1], "page": "service.answer", "until": str(date.max)[:4]}
    assert ann.post(f"{base}/links", data=sent).status_code == 303
    shown = ann.post(f"{base}/links", data={**sent, "until": ""})
    assert shown.status_code == 200
    assert 'href="mailto:lan@harbour.example?subject=' in shown.text
