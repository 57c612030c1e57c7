"""The page on which a customer looks at a quote and decides about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from flask_babel import get_locale

from plugin_api import host
from plugin_api.context import Text, current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.open_pages import OpenFile, OpenPage
from plugin_api.pages import PAPERS
from plugins.crm.api import Contact
from plugins.sales.models import Quote
from plugins.sales.services import offer, quotes

LONGEST_NAME, LONGEST_REASON = 200, 500


def show(quote: Quote) -> Mapping[str, Any]:
    """What the page needs. A draft shows nothing: only what was sent is meant for outside."""
    sent = quote.status not in ("draft", "held", "released")
    over = quote.valid_until is not None and quote.valid_until < today()
    return {
        "company": current_company().name,
        "sent": sent,
        "open": quote.status == "sent" and not over,
        "over": over and quote.status in ("sent", "expired"),
        "heading": offer.heading(quote),
        "facts": offer.facts(quote) if sent else [],
        "rows": list(offer.rows(quotes.lines_of(quote.id))) if sent else [],
        "on_all": offer.on_all(quote) if sent else "",
        "sums": offer.sums(quote) if sent else [],
        "longest_name": LONGEST_NAME,
        "longest_reason": LONGEST_REASON,
    }


def answer(quote: Quote, form: Mapping[str, str]) -> Text:
    """Accept or decline it, in the name of who says so. Raises Rejected."""
    name = " ".join(form.get("name", "").split())
    if not name:
        raise Rejected("name", gettext("Say who you are."))
    if len(name) > LONGEST_NAME:
        raise Rejected("name", gettext("This name is too long."))
    if quote.status != "sent":
        raise Rejected("", gettext("It is decided already."))
    transition = host().records.transition
    if form.get("decision") == "accept":
        if form.get("agreed") != "yes":
            raise Rejected("agreed", gettext("Tick the box to accept the quote."))
        transition(quote, "accept", {"decided_by": name})
        return gettext("Thank you. The quote is accepted.")
    if form.get("decision") != "decline":
        raise Rejected("", gettext("Choose whether you accept it."))
    reason = form.get("reason", "").strip()
    if len(reason) > LONGEST_REASON:
        raise Rejected("reason", gettext("The reason is too long."))
    transition(quote, "decline", {"decided_by": name, "decline_reason": reason or None})
    return gettext("Thank you. We have noted that you decline.")


def paper(quote: Quote) -> OpenFile:
    """The quote as a PDF, in the reader's language. Raises Rejected for what was not sent."""
    # Fonts take a while to load, and only this needs them.
    from plugins.sales.services import paper as sheets

    if quote.status in ("draft", "held", "released"):
        raise Rejected("", gettext("There is nothing to see yet."))
    language = str(get_locale() or "")[:2]
    known = language if language in PAPERS else "en"
    name = f"{quote.number or quote.id}-v{quote.revision}.pdf"
    return OpenFile(name, "application/pdf", sheets.pdf(quote, known))


def mail_to(quote: Quote) -> str:
    """The address of the contact, where who makes the link may read it."""
    if quote.contact_id is None or not host().records.may_read(Contact, "email"):
        return ""
    asked = sa.select(Contact.email).where(
        Contact.id == quote.contact_id, host().records.visible(Contact)
    )
    return host().session.scalar(asked) or ""


OPEN_PAGES = (
    OpenPage(
        id="decide",
        label=_("Page for the customer"),
        model="sales.Quote",
        permission="sales.Quote.update",
        template="sales/open_quote.html",
        show=show,
        answer=answer,
        files={"quote.pdf": paper},
        mail_to=mail_to,
        help=_("The customer sees the quote, accepts or declines it."),
    ),
)
