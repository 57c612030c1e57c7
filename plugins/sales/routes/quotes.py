"""A quote as it is sent to the customer."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Forbidden
from plugin_api.pages import paper_language
from plugins.sales.models import Quote, QuoteLine

SHOWN = (
    (Quote, ("amount", "tax", "total", "discount")),
    (QuoteLine, ("price", "amount", "quantity", "discount", "description")),
)


def pdf(record_id: int) -> Response:
    """The file, in the language that is asked for, else the reader's."""
    # Fonts take a while to load, and only this page needs them.
    from plugins.sales.services import paper

    quote = host().records.get(Quote, record_id)
    may_read = host().records.may_read
    if not all(may_read(model, name) for model, names in SHOWN for name in names):
        raise Forbidden(gettext("You may not do this."))
    language = paper_language()
    name = f"{quote.number or f'quote-{quote.id}'}-v{quote.revision}-{language}.pdf"
    file = BytesIO(paper.pdf(quote, language))
    return send_file(file, mimetype="application/pdf", download_name=name)
