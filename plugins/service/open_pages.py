"""The page on which a customer answers the questions of a return visit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from plugin_api import host
from plugin_api.context import Text, current_company, gettext
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Invalid, Rejected
from plugin_api.open_pages import OpenPage
from plugins.crm.api import Contact
from plugins.service.access import UPDATE_VISIT
from plugins.service.models import Case, Visit
from plugins.service.services import answering, surveys

OPEN = ("planned", "unreached")
LONGEST = 5_000
"""Characters of a comment or of an answer in words."""


def show(visit: Visit) -> Mapping[str, Any]:
    """What the page needs: the questions, never what was answered before."""
    questions = surveys.questions_of(visit.questionnaire_id) if visit.state in OPEN else []
    return {
        "company": current_company().name,
        "about": _about(visit),
        "open": visit.state in OPEN,
        "opening": surveys.opening_of(visit.questionnaire_id),
        "questions": questions,
        "options_of": surveys.options_of,
        "mark": answering.MARK,
        "longest": LONGEST,
    }


def answer(visit: Visit, form: Mapping[str, str]) -> Text:
    """Keep what was answered, once, and have it followed up as if it was said on the telephone.
    Raises Rejected."""
    session = host().session
    # Who sends it twice at once waits, and is told.
    session.execute(sa.select(Visit.id).where(Visit.id == visit.id).with_for_update())
    session.refresh(visit)
    if visit.state == "done":
        raise Rejected("", gettext("It is answered already. Thank you."))
    if visit.state not in OPEN:
        raise Rejected("", gettext("These questions are not asked any more."))
    questions = surveys.questions_of(visit.questionnaire_id)
    given = {each.id: form.get(f"{answering.MARK}{each.id}", "") for each in questions}
    comment = form.get("comment", "").strip()
    if len(comment) > LONGEST or any(len(text) > LONGEST for text in given.values()):
        raise Rejected("", gettext("A text is at most %(most)s characters long.", most=LONGEST))
    try:
        answering.keep(visit, given)
    except Invalid as refused:
        names = {f"{answering.MARK}{each.id}": each.name for each in questions}
        raise Rejected("", _named(refused.errors, names)) from refused
    visit.by_link = True
    host().records.transition(visit, "finish", {"comment": comment or None})
    if visit.owner_id is not None:
        host().remind(visit, [visit.owner_id], gettext("The customer has answered by the link."))
    return gettext("Thank you for your answers.")


def made(visit: Visit, until: dt.date) -> None:
    """The customer is asked by a link: who does not answer until then counts as asked."""
    visit.link_until = max(visit.link_until or until, until)


def taken_back(visit: Visit) -> None:
    """Who cannot answer any more was not asked by it."""
    if not visit.by_link:
        visit.link_until = None


def mail_to(visit: Visit) -> str:
    """The contact's address, where who makes the link may read it and the contact wants mail."""
    if visit.contact_id is None or not host().records.may_read(Contact, "email"):
        return ""
    asked = sa.select(Contact.email).where(
        Contact.id == visit.contact_id, Contact.do_not_email.is_(False),
        host().records.visible(Contact),
    )  # fmt: skip
    return host().session.scalar(asked) or ""


def _about(visit: Visit) -> str:
    """What the customer is asked about, in numbers that were told to them."""
    if visit.case_id is not None:
        number = host().session.scalar(sa.select(Case.number).where(Case.id == visit.case_id))
        if number:
            return str(gettext("About your case %(number)s", number=number))
    if visit.order_number:
        return str(gettext("About your order %(number)s", number=visit.order_number))
    return ""


def _named(errors: Mapping[str, Any], names: Mapping[str, str]) -> str:
    said = (
        f"{names.get(key, key)}: {' '.join(str(text) for text in texts)}"
        for key, texts in errors.items()
    )
    return " · ".join(said)


OPEN_PAGES = (
    OpenPage(
        id="answer",
        label=_("Questions for the customer"),
        model="service.Visit",
        permission=UPDATE_VISIT,
        template="service/open_answers.html",
        show=show,
        answer=answer,
        made=made,
        taken_back=taken_back,
        mail_to=mail_to,
        help=_("The customer answers the questions once, without a call."),
    ),
)
