"""Pages about one record for people outside: making links to them, and serving who has one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, NoReturn

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.collab import open_links
from core.collab.models import OpenLink
from core.extensions import db
from core.host import services
from core.identity import attempts
from core.views.urls import record_url, with_query
from core.web.collections import model_at
from core.web.links import base_url
from plugin_api.context import SYSTEM, acting_as, gettext, now
from plugin_api.errors import NotFound, Refused, Rejected
from plugin_api.models import CompanyModel, model_of
from plugin_api.open_pages import OpenPage
from plugin_api.pages import check_company

bp = Blueprint("open_pages", __name__)


@bp.post("/<plugin>/<collection>/<int:record_id>/links")
def make(plugin: str, collection: str, record_id: int) -> Response | str:
    """Make a link; the page that answers is the one to copy it from."""
    model = model_at(plugin, collection)
    check_company()
    record = services().records.get(model, record_id)
    try:
        link = open_links.make(record, request.form.get("page", ""), _day("until"))
    except Rejected as refused:
        db.session.rollback()
        flash(refused.words, "danger")
        asked = [("open-until", request.form.get("until", "")[:20])]
        return redirect(
            with_query(f"{record_url(model, record_id)}/access", asked) + "#outside", 303
        )
    path = url_for("open_pages.show", token=open_links.token_of(link))
    page = services().registry.open_pages[link.page]
    address = f"{base_url().rstrip('/')}{path}"
    to = page.mail_to(record) if page.mail_to is not None else ""
    db.session.commit()
    return render_template(
        "record/open_link.html",
        link=link,
        address=address,
        mail_to=to,
        label=str(page.label),
        back_href=record_url(model, record_id),
    )


@bp.post("/<plugin>/<collection>/<int:record_id>/links/<int:link_id>/revoke")
def revoke(plugin: str, collection: str, record_id: int, link_id: int) -> Response:
    """Take a link back."""
    model = model_at(plugin, collection)
    check_company()
    open_links.take_back(services().records.get(model, record_id), link_id)
    db.session.commit()
    flash(gettext("The link does not work any more."), "success")
    return redirect(f"{record_url(model, record_id)}/access#outside", 303)


@bp.get("/open/<token>")
def show(token: str) -> str:
    """What the page says."""
    with _inside(token) as (link, page, record):
        answer = _page(token, link, page, record)
        company_id, link_id, is_first = link.company_id, link.id, link.opened_at is None
    if is_first:
        open_links.opened(company_id, link_id)
    return answer


@bp.post("/open/<token>")
def answer(token: str) -> Response | tuple[str, int]:
    """Take what somebody outside says."""
    with _inside(token) as (link, page, record):
        if page.answer is None:
            abort(404)
        try:
            said = page.answer(record, request.form)
            link.answered_at = now()
            db.session.commit()
        except Refused as refused:
            db.session.rollback()
            db.session.refresh(record)
            return _page(token, link, page, record, refused.words), 422
        except StaleDataError:
            db.session.rollback()
            db.session.refresh(record)
            problem = gettext("The record has changed since you read it.")
            return _page(token, link, page, record, problem), 409
    flash(str(said), "success")
    return redirect(url_for("open_pages.show", token=token), 303)


@bp.get("/open/<token>/<name>")
def file(token: str, name: str) -> Response:
    """A file that the page offers."""
    with _inside(token) as (_link, page, record):
        make_file = page.files.get(name)
        if make_file is None:
            abort(404)
        made = make_file(record)
    content = BytesIO(made.content)
    return send_file(content, mimetype=made.mimetype, download_name=made.name)


@contextmanager
def _inside(token: str) -> Iterator[tuple[OpenLink, OpenPage, CompanyModel]]:
    """What a good link is about, inside its company; ends the request with 404 otherwise."""
    address = request.remote_addr or ""
    if attempts.too_many("open", address):
        raise TooManyRequests
    found = open_links.read(token)
    if found is None:
        attempts.count("open", address)
        _gone()
    with acting_as(found.company, SYSTEM):
        link = open_links.good(found)
        page = open_links.page_of(link) if link is not None else None
        if link is None or page is None:
            _gone()
        try:
            model: Any = model_of(link.model)
            record = services().records.get(model, link.record_id)
        except NotFound:
            _gone()
        yield link, page, record


def _gone() -> NoReturn:
    abort(make_response(render_template("open_gone.html", here=request.path), 410))


def _page(
    token: str, link: OpenLink, page: OpenPage, record: CompanyModel, problem: str = ""
) -> str:
    given = page.show(record)
    here = url_for("open_pages.show", token=token)
    return render_template(
        page.template,
        **given,
        record=record,
        here=here,
        typed=request.form,
        problem=problem,
        until=link.until,
    )


def _day(name: str) -> dt.date | None:
    text = request.form.get(name, "").strip()
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Rejected(name, gettext("This is no day.")) from None
