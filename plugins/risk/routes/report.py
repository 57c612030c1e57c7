"""The report on risks for management."""

from __future__ import annotations

from io import BytesIO

from flask import Response, request, send_file

from plugin_api import host
from plugin_api.context import current_actor, current_company, gettext, today
from plugin_api.errors import Forbidden
from plugin_api.pages import require
from plugins.risk.access import READ, REPORT
from plugins.risk.models import Risk

LANGUAGES = ("zh", "en")
SHOWN = ("name", "score", "expected_loss", "likelihood", "impact")


def pdf() -> Response:
    """The file, in the language that is asked for, else the reader's."""
    require(READ)
    require(REPORT)
    if not all(host().records.may_read(Risk, name) for name in SHOWN):
        raise Forbidden(gettext("You may not do this."))
    # Fonts take a while to load, and only this page needs them.
    from plugins.risk.services import paper

    asked = request.args.get("language", "")
    usual = (current_actor().language or current_company().language)[:2]
    language = asked if asked in LANGUAGES else usual if usual in LANGUAGES else "en"
    file = BytesIO(paper.pdf(language))
    name = f"risks-{today():%Y-%m-%d}-{language}.pdf"
    return send_file(file, mimetype="application/pdf", download_name=name)
