"""Which language a person reads: their choice, else the browser's."""

from __future__ import annotations

import os

from flask import has_request_context, request, session

from core.views.page import Option
from core.web.formats import locale
from plugin_api.context import NoCompany, current_actor, current_company_or_none

LANGUAGES = {"zh": "中文", "en": "English"}


def choose() -> str:
    """Language of this request or command."""
    if not has_request_context():
        spoken = os.environ.get("LC_ALL") or os.environ.get("LANG", "")
        return "zh" if spoken.startswith("zh") else "en"
    if (chosen := session.get("language")) in LANGUAGES:
        return str(chosen)
    if (own := _own()) in LANGUAGES:
        return str(own)
    found = request.accept_languages.best_match(["zh", "zh-CN", "en"])
    if found:
        return found.split("-")[0]
    company = current_company_or_none()
    return company.language if company and company.language in LANGUAGES else "en"


def _own() -> str | None:
    try:
        return current_actor().language
    except NoCompany:
        return None


def tag() -> str:
    """The language of the page for its ``lang`` attribute."""
    return "zh-CN" if locale().language == "zh" else str(locale().language)


def options() -> tuple[Option, ...]:
    """The languages to choose from, each named in itself."""
    current = locale().language
    return tuple(
        Option(value=code, label=name, selected=code == current) for code, name in LANGUAGES.items()
    )
