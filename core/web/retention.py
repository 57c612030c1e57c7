"""How long personal data is kept: the company's rules, and what goes next."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from core.extensions import db
from core.identity import proof
from core.privacy import retaining
from core.privacy.subjects import PERMISSION
from core.views.urls import record_url
from plugin_api.context import gettext
from plugin_api.errors import Invalid, Rejected
from plugin_api.pages import check_company, require

bp = Blueprint("retention", __name__, url_prefix="/core/retention")


@bp.get("")
def show() -> str:
    """The rules, each with what would go with the next run."""
    require(PERMISSION)
    return _page({}, {})


@bp.post("")
def save() -> Response | tuple[str, int]:
    """Switch rules on with a number of months, or off."""
    require(PERMISSION)
    check_company()
    proof.require()
    errors: dict[str, str] = {}
    typed = {key: request.form.get(key, "").strip() for key in retaining.rules()}
    for key, text in typed.items():
        try:
            retaining.switch(key, _number(key, text))
        except Rejected as refused:
            errors[key] = str(refused.message)
    if errors:
        db.session.rollback()
        return _page(typed, errors), Invalid.status
    db.session.commit()
    flash(gettext("Saved."), "success")
    return redirect(url_for("retention.show"), 303)


def _number(key: str, text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise Rejected(key, gettext("Not a whole number."))
    return int(text)


def _page(typed: dict[str, str], errors: dict[str, str]) -> str:
    return render_template(
        "privacy/retention.html",
        rules=retaining.preview(),
        at=retaining.next_run(),
        typed=typed,
        errors=errors,
        shown=retaining.SHOWN,
        href=lambda record: record_url(type(record), record.id),
    )
