"""The search over all plugins: the palette's answers, and a page that needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as WerkzeugResponse

from core.identity.service import set_preferences
from core.search.finding import Found, find
from core.search.pinyin import load
from core.search.showing import Hit
from core.views.urls import collection_url, record_url, with_query
from core.web import recent
from core.web.collections import model_at
from core.web.commands import Command, commands, matching
from core.web.form_input import next_or
from core.web.profile import THEMES
from plugin_api.context import current_actor, gettext
from plugin_api.models import CompanyModel

bp = Blueprint("search", __name__)

LONGEST = 200
"""Characters of a search that are read."""
PALETTE_HITS, PAGE_HITS = 5, 20
"""Records of each model that are shown."""
PALETTE_COMMANDS, PAGE_COMMANDS = 5, 12


@dataclass(frozen=True, slots=True)
class Line:
    """Something to choose: a record, or a way to more of them."""

    label: str
    href: str
    detail: str = ""
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under a heading; ``more_href`` leads to the rest."""

    heading: str
    lines: Sequence[Line | Command] = field(default_factory=list)
    more_href: str = ""


@bp.get("/search")
def show() -> str:
    """Everything that a search finds, or what was opened last."""
    search = _search()
    groups = [*_commands(search, PAGE_COMMANDS), *_found(search, PAGE_HITS)]
    usable = [
        Group(g.heading, [line for line in g.lines if not getattr(line, "dialog", "")], g.more_href)
        for g in groups or _recent()
    ]
    return render_template(
        "search/page.html", search=search, groups=[group for group in usable if group.lines]
    )


@bp.get("/search/palette")
def palette() -> Response:
    """The lines of the palette for what was typed so far."""
    search = _search()
    if search:
        groups = [*_commands(search, PALETTE_COMMANDS), *_found(search, PALETTE_HITS)]
    else:
        groups = [*_recent(), *_offered()]
    answer = make_response(render_template("search/lines.html", search=search, groups=groups))
    # While the person begins to type: the first search would wait for it.
    answer.call_on_close(load)
    return answer


@bp.post("/search/theme")
def theme() -> WerkzeugResponse:
    """Show pages in other colours from now on."""
    login_id, chosen = current_actor().login_id, request.form.get("theme", "")
    if login_id is not None and chosen in THEMES:
        set_preferences(login_id, theme=chosen)
    return redirect(next_or(url_for("web.home")), 303)


@bp.after_app_request
def note_opened(answer: Response) -> Response:
    """Remember the record that a page was shown of."""
    if request.endpoint == "records.show" and answer.status_code == 200:
        asked = request.view_args or {}
        recent.note(model_at(asked["plugin"], asked["collection"]), asked["record_id"])
    return answer


def _search() -> str:
    """What is searched for, without what no database could hold."""
    text = request.args.get("q", "")[:LONGEST]
    return text.encode("utf-8", "ignore").decode().replace("\0", "").strip()


def _found(search: str, limit: int) -> list[Group]:
    return [_group(found, search) for found in find(search, limit)]


def _group(found: Found, search: str) -> Group:
    more = with_query(collection_url(found.model), [("q", search)]) if found.more else ""
    lines = [_line(found.model, hit) for hit in found.hits]
    return Group(str(found.model.__label_plural__), lines, more)


def _line(model: type[CompanyModel], hit: Hit, detail: str = "") -> Line:
    told = " · ".join(part for part in (detail, hit.detail) if part)
    return Line(hit.title, record_url(model, hit.id), told)


def _recent() -> list[Group]:
    lines = [_line(model, hit, str(model.__label__)) for model, hit in recent.opened()]
    return [Group(gettext("Opened last"), lines)] if lines else []


def _commands(search: str, limit: int) -> list[Group]:
    found = matching(search, commands(), limit)
    return [Group(gettext("Commands"), found)] if found else []


def _offered() -> list[Group]:
    """What can be done, before anything is typed."""
    return [Group(heading, list(some)) for heading, some in groupby(commands(), lambda c: c.group)]
