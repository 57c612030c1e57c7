"""Feeds: files that programs fetch by a secret address, in the name of who has made it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.extensions import db
from core.host import services
from core.hosting.enabled import enabled_set
from core.identity import attempts, noting, proof, service, tokens
from core.identity.login import identify_feed
from core.identity.models import User
from core.mail.people import acting_for
from core.web.links import base_url
from plugin_api.context import (
    SYSTEM,
    acting_as,
    current_actor,
    current_company,
    has_permission,
    now,
)
from plugin_api.errors import NotFound
from plugin_api.feeds import Feed
from plugin_api.pages import check_company, require

bp = Blueprint("feeds", __name__)

PERMISSION = "core.tokens"


@bp.get("/core/feeds")
def show() -> str:
    """The feeds that there are for the person, and the addresses that they have made."""
    require(PERMISSION)
    return _page()


@bp.post("/core/feeds")
def make() -> str:
    """Make an address; this page is the only one that ever shows it."""
    require(PERMISSION)
    check_company()
    proof.require()
    key = request.form.get("feed", "")
    feed = _offered().get(key)
    user = services().session.get(User, current_actor().user_id)
    if feed is None or user is None:
        raise NotFound("")
    secret = service.add_token(user, str(feed.label), None, tokens.FEED, {"feed": key})
    noting.note_mine("token_made", token=str(feed.label))
    db.session.commit()
    path = url_for("feeds.serve", token=secret, ending=feed.ending)
    return _page(f"{base_url().rstrip('/')}{path}")


@bp.get("/feeds/<token>.<ending>")
def serve(token: str, ending: str) -> Response:
    """The file, for whoever knows the address, as its person may see it by now."""
    address = request.remote_addr or ""
    if attempts.too_many("feed", address):
        raise TooManyRequests
    found = identify_feed(token)
    if found is None:
        attempts.count("feed", address)
        abort(404)
    company, user_id, held = found
    key = str(held.chosen.get("feed", ""))
    tokens.used(held.id, company.id, held.used_at)
    with acting_as(company, SYSTEM), acting_for(user_id):
        feed = _offered().get(key)
        if feed is None or feed.ending != ending:
            abort(404)
        answer = Response(feed.make(), content_type=feed.mimetype)
        db.session.rollback()
    answer.headers["Content-Disposition"] = f'inline; filename="{key}.{ending}"'
    answer.add_etag()
    return answer.make_conditional(request)


def _offered() -> dict[str, Feed]:
    """Feeds of the plugins that are on, for what the actor may do."""
    on = enabled_set(current_company())
    return {
        key: feed
        for key, feed in services().registry.feeds.items()
        if key.partition(".")[0] in on and has_permission(feed.permission)
    }


def _page(secret: str = "") -> str:
    mine = tokens.of_person(current_actor().user_id or 0)
    return render_template(
        "web/feeds.html",
        feeds=_offered(),
        tokens=[each for each in mine if each.reach == tokens.FEED],
        labels={tokens.FEED: ""},
        secret=secret,
        now=now(),
    )
