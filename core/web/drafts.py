"""A form that came in while nobody was logged in, to be sent again."""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from core.collab.models import Draft
from core.extensions import db
from core.web import kept
from plugin_api.context import gettext
from plugin_api.errors import NotFound
from plugin_api.pages import check_company

bp = Blueprint("drafts", __name__)

_CODE = re.compile(r"[a-z0-9_.:=&%-]+")


@bp.get("/drafts/<int:draft_id>")
def show(draft_id: int) -> str:
    """What was typed, and the button that sends it."""
    draft = _mine(draft_id)
    pairs = [(name, value) for name, value in draft.values if name != kept.AGAIN]
    return render_template(
        "web/draft.html",
        draft=draft,
        pairs=pairs,
        # What is chosen from a list is a word of the program's own, and says nothing to people.
        typed=[v for n, v in pairs if kept.is_typed(n, v) and not _CODE.fullmatch(v)],
    )


@bp.post("/drafts/<int:draft_id>/drop")
def drop(draft_id: int) -> Response:
    """Throw it away."""
    check_company()
    db.session.delete(_mine(draft_id))
    db.session.commit()
    flash(gettext("Thrown away."), "success")
    return redirect(url_for("web.home"), 303)


def _mine(draft_id: int) -> Draft:
    draft = kept.mine(draft_id)
    if draft is None:
        raise NotFound("")
    return draft
