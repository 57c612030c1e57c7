"""The report on risks for management."""

from __future__ import annotations

from io import BytesIO

from flask import Response, send_file

from plugin_api import host
from plugin_api.context import gettext, today
from plugin_api.errors import Forbidden
from plugin_api.pages import paper_language, require
from plugins.risk.access import READ, REPORT
from plugins.risk.models import Risk

SHOWN = ("name", "score", "expected_loss", "likelihood", "impact")


def pdf() -> Response:
    """The file, in the language that is asked for, else the reader's."""
    require(READ)
    require(REPORT)
    if not all(host().records.may_read(Risk, name) for name in SHOWN):
        raise Forbidden(gettext("You may not do this."))
    # Fonts take a while to load, and only this page needs them.
    from plugins.risk.services import paper

    language = paper_language()
    file = BytesIO(paper.pdf(language))
    name = f"risks-{today():%Y-%m-%d}-{language}.pdf"
    return send_file(file, mimetype="application/pdf", download_name=name)
