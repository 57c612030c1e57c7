"""Why somebody may see a record, and who else may."""

from __future__ import annotations

import sqlalchemy as sa
from flask import Blueprint, render_template, request

from core.access import sharing
from core.access.models import LEVELS
from core.access.rules import is_shareable
from core.collab import open_links
from core.data import query
from core.data.numbers import whole
from core.extensions import db
from core.host import services
from core.identity.models import Team, User
from core.views import access
from core.views.opening import open_record
from core.views.urls import collection_url, record_url
from core.web.collections import model_at
from core.web.sharing import TYPED
from plugin_api.context import current_actor, has_permission, today
from plugin_api.errors import NotFound

bp = Blueprint("access", __name__)


@bp.get("/<plugin>/<collection>/<int:record_id>/access")
def show(plugin: str, collection: str, record_id: int) -> str:
    """What the actor, or a colleague who is named, may do with the record, and why."""
    model = model_at(plugin, collection)
    opened = open_record(model, record_id)
    record = services().records.get(model, record_id)
    curious = has_permission("core.User.read")
    user = _named() if curious else _me()
    people, more = access.seers(record) if curious else ([], False)
    return render_template(
        "record/access.html",
        title=query.title_of(model, opened.values),
        list_title=str(model.__label_plural__),
        list_href=collection_url(model),
        back_href=record_url(model, record_id),
        path=request.path,
        owner=access.owner_words(record),
        user=user,
        is_me=user is not None and user.id == current_actor().user_id,
        answers=access.answers(model, record_id, user) if user is not None else [],
        people=people,
        more=more,
        curious=curious,
        shares=sharing.shares_of(record) if is_shareable(model) else [],
        may_share=sharing.may_share(record) and curious,
        levels=LEVELS,
        open_pages=open_links.pages_of(record),
        open_links=open_links.of_record(record),
        open_labels=services().registry.open_pages,
        open_until=request.args.get("open-until", ""),
        today=today(),
        typed={name: request.args.get(f"share-{name}", "") for name in TYPED},
        team_lookup=f"{collection_url(Team)}/lookup",
        lookup=f"{collection_url(User)}/lookup",
    )


def _me() -> User | None:
    return db.session.scalar(sa.select(User).where(User.id == current_actor().user_id))


def _named() -> User | None:
    """The colleague that the address names by number or by name; else the actor."""
    text = request.args.get("user__id") or request.args.get("user", "")
    if not text.strip():
        return _me()
    number = whole(text) or 0
    asked = sa.select(User).where((User.id == number) | (User.name == text.strip()))
    found = db.session.scalars(asked.order_by(User.id != number).limit(1)).first()
    if found is None:
        raise NotFound("")
    return found
