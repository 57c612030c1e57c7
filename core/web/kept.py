"""Forms that could not be taken because their sender had to log in first: nothing is lost.

A form that comes in without a session is not acted on. What was typed goes into the page that
asks to log in, signed, and comes back with the log-in; only then, when it is known whose it is
and for which company, is it stored as a draft, from which the form is filled anew. The person
looks at it and saves it again. Where a page cannot fill its form from outside, another one shows
what was typed and sends it again. Only a form that the browser says was sent from a page of this
site is kept: no other site fills in forms here.
"""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import current_app, request, url_for
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.datastructures import MultiDict

from core.collab.models import Draft
from core.data.numbers import whole
from core.extensions import db
from core.views.urls import with_query
from core.web.proof import carried
from plugin_api.context import current_actor, now

Pairs = list[tuple[str, str]]

LARGEST = 200_000
"""Characters of a form that are kept."""
MINUTES = 60
"""How long the page that asks to log in may wait."""
DAYS = timedelta(days=1)
"""How long a draft waits to be saved."""
FORMS = frozenset({"records", "moves", "comments"})
"""Blueprints whose pages fill their form anew; any other form is offered to be sent again."""
NEVER = frozenset({"web", "sso", "factor", "passkeys", "proof", "files"})
"""Blueprints of which nothing is kept: they ask who somebody is, or take files."""
SECRET = re.compile(r"password|secret|token|csrf|otp|(?:^|[._-])(?:code|key)$")
"""Names of what is never kept."""
AGAIN = "_again"
"""Says of what is kept that it is to be sent again, and not filled into its page."""


def posted() -> str:
    """What was typed into the form of this request, signed; empty when it is not to be kept."""
    if request.method != "POST" or request.blueprint in NEVER or not _from_here():
        return ""
    pairs = [[name, value] for name, value in carried() if not SECRET.search(name.lower())]
    if request.blueprint not in FORMS:
        if request.files or not any(is_typed(*pair) for pair in pairs):
            return ""
        pairs = [*([n, v] for n, v in pairs if n != AGAIN), [AGAIN, "1"]]
    if sum(len(name) + len(value) for name, value in pairs) > LARGEST:
        return ""
    # A comment is written on its record's page.
    page, comment, _id = request.path.partition("/comments")
    if request.blueprint not in FORMS:
        return str(_signer().dumps({"path": request.full_path.rstrip("?"), "values": pairs}))
    return str(_signer().dumps({"path": page, "values": [*pairs, ["_form", comment[1:]]]}))


def is_typed(name: str, value: str) -> bool:
    """Whether a value of a form is something that a person has written, as far as one can tell."""
    return not name.startswith("_") and name != "next" and any(c.isalpha() for c in value)


def read(signed: str) -> tuple[str, Pairs] | None:
    """Address and values of a form that was kept; None for anything else or too old."""
    try:
        held = _signer().loads(signed, max_age=MINUTES * 60)
    except BadData:
        return None
    return str(held["path"]), [(str(name), str(value)) for name, value in held["values"]]


def company_of(signed: str) -> int | None:
    """The company that the form was opened for."""
    found = read(signed) if signed else None
    values = dict(found[1]) if found else {}
    text = values.get("_company", "")
    return whole(text)


def store(path: str, values: Pairs) -> str:
    """Store a draft for the actor, and commit; the address of the form filled with it."""
    actor = current_actor()
    mine = Draft.user_id == actor.user_id
    db.session.execute(sa.delete(Draft).where(mine, Draft.created_at < now() - DAYS))
    draft = Draft(user_id=actor.user_id, path=path[:1000], values=[list(each) for each in values])
    db.session.add(draft)
    db.session.commit()
    if (AGAIN, "1") in values:
        return url_for("drafts.show", draft_id=draft.id)
    return with_query(path, [("draft", str(draft.id))])


def mine(draft_id: int) -> Draft | None:
    """The actor's draft that is to be sent again."""
    draft = db.session.scalar(
        sa.select(Draft).where(Draft.id == draft_id, Draft.user_id == current_actor().user_id)
    )
    return draft if draft is not None and [AGAIN, "1"] in draft.values else None


def draft_of_request() -> tuple[int, MultiDict[str, str]] | None:
    """The draft that this page is to be filled with: the actor's own, of this address."""
    text = request.args.get("draft", "")
    if (number := whole(text)) is None:
        return None
    draft = db.session.scalar(
        sa.select(Draft).where(Draft.id == number, Draft.user_id == current_actor().user_id)
    )
    if draft is None or draft.path != request.path:
        return None
    return draft.id, MultiDict([(name, value) for name, value in draft.values])


def done() -> None:
    """Forget the draft that the posted form was filled with: it is saved now."""
    text = request.form.get("_draft", "")
    if (number := whole(text)) is not None:
        mine = Draft.user_id == current_actor().user_id
        db.session.execute(sa.delete(Draft).where(Draft.id == number, mine))


def _from_here() -> bool:
    """Whether the browser says that a page of this site has sent the form."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return bool(origin) and urlsplit(origin).netloc == request.host


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept form")
