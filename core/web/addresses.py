"""Logging in with another address, and taking it back."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from core.extensions import db
from core.identity import addresses, attempts, links, proof
from core.identity.belonging import login_named
from core.mail import sending
from core.web import security
from core.web.links import company_of, send_link
from plugin_api.context import SYSTEM, acting_as, current_actor, current_company, gettext
from plugin_api.errors import Forbidden, Refused, Rejected
from plugin_api.pages import check_company

bp = Blueprint("addresses", __name__)

Answer = str | Response | tuple[str, int]


@bp.post("/profile/security/address")
def ask() -> Answer:
    """Have a link sent to another address. Whether somebody logs in with it shows in no word."""
    check_company()
    mine, company, user_id = security.login_id(), current_company(), _me()
    proof.require()
    try:
        address = addresses.clean(request.form.get("email", ""))
        if not sending.is_on():
            raise Rejected("email", gettext("This installation sends no mail."))
    except Rejected as rejected:
        return security.page({"email": str(rejected.message)}), 422
    db.session.rollback()
    if attempts.count("address", f"login {mine}"):
        raise TooManyRequests
    if login_named(address) is None:
        send_link(links.ADDRESS, company, user_id, address)
    flash(gettext("A message is on its way to %(email)s.", email=address), "success")
    return redirect(url_for("security.show"), 303)


@bp.post("/profile/security/address/forget")
def forget() -> Response:
    """Take back the link to another address."""
    check_company()
    security.login_id()
    company_id, user_id = current_company().id, _me()
    db.session.rollback()
    links.revoke(company_id, user_id, links.ADDRESS)
    flash(gettext("The link does not work any more."), "success")
    return redirect(url_for("security.show"), 303)


@bp.route("/profile/security/address/<token>", methods=("GET", "POST"))
def confirm(token: str) -> Answer:
    """Log in with the address that a link went to; only who asked for it can."""
    mine, link = security.login_id(), links.find(token, links.ADDRESS)
    company = company_of(link)
    if link is None or company is None or links.login_of(link) != mine:
        return render_template("web/link_gone.html"), 410
    if request.method == "GET":
        return _page("web/address.html", link.email)
    check_company()
    db.session.rollback()
    try:
        if not links.use(link.id):
            raise Refused(gettext("The link was used, taken back or has run out."))
        before = addresses.change(mine, link.email)
    except Refused as refused:
        return _page("web/address.html", link.email, str(refused.message)), 409
    # It may have been asked for while working for another of one's companies.
    actor = current_actor() if company == current_company() else SYSTEM
    with acting_as(company, actor):
        addresses.follow(link.user_id, before, link.email)
    send_link(links.BACK, company, link.user_id, before)
    flash(gettext("You log in with %(email)s.", email=link.email), "success")
    return redirect(url_for("security.show"), 303)


@bp.route("/enter/back/<token>", methods=("GET", "POST"))
def go_back(token: str) -> Answer:
    """Return to the address before and set a new password: for who reads it, logged in or not."""
    link = links.find(token, links.BACK)
    company = company_of(link)
    if link is None or company is None:
        return render_template("web/link_gone.html"), 410
    if request.method == "GET":
        return _page("web/address_back.html", link.email)
    try:
        with acting_as(company, SYSTEM):
            found = addresses.take_back(link)
    except Refused as refused:
        db.session.rollback()
        return _page("web/address_back.html", link.email, str(refused.message)), 409
    if found is None:
        return render_template("web/link_gone.html"), 410
    key = links.make(links.RESET, company.id, link.user_id, link.email)
    return redirect(url_for("links.enter", token=links.signed(key)), 303)


def _me() -> int:
    user_id = current_actor().user_id
    if user_id is None:
        raise Forbidden(gettext("Only who logs in has settings."))
    return user_id


def _page(template: str, address: str, error: str = "") -> str:
    return render_template(template, address=address, error=error)
