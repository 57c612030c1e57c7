"""What messages say, in the language of who gets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template
from flask_babel import get_locale

from plugin_api.context import gettext


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A message: its subject and its two parts."""

    subject: str
    text: str
    html: str


def invitation(company: str, name: str, href: str, days: int) -> Text:
    """Asks somebody to set their first password."""
    return _made(
        gettext("%(company)s: your access to Xiaoguan", company=company),
        [
            gettext("Hello %(name)s,", name=name),
            gettext("%(company)s has invited you to work with Xiaoguan.", company=company),
            gettext("The link works once, for %(days)s days.", days=days),
        ],
        gettext("Set your password"),
        href,
    )


def reset(href: str, minutes: int) -> Text:
    """Lets somebody set another password."""
    return _made(
        gettext("A new password for Xiaoguan"),
        [
            gettext("Somebody, hopefully you, has asked for a new password for this address."),
            gettext("The link works once, for %(minutes)s minutes.", minutes=minutes),
            gettext("If it was not you, do nothing: your password stays as it is."),
        ],
        gettext("Set your password"),
        href,
    )


def other_address(href: str, minutes: int) -> Text:
    """Asks whether somebody reads the address that they want to log in with."""
    return _made(
        gettext("Log in to Xiaoguan with this address"),
        [
            gettext("Somebody, hopefully you, wants to log in to Xiaoguan with this address."),
            gettext("The link works once, for %(minutes)s minutes.", minutes=minutes),
            gettext("If it was not you, do nothing: nothing happens."),
        ],
        gettext("Log in with this address"),
        href,
    )


def left_address(name: str, href: str, days: int) -> Text:
    """Tells the address that somebody logged in with that another has taken its place."""
    return _made(
        gettext("You log in to Xiaoguan with another address"),
        [
            gettext("Hello %(name)s,", name=name),
            gettext("another address than this one logs in to Xiaoguan as you."),
            gettext(
                "If it was not you, take it back: everybody is logged out, and you set a new"
                " password. The link works once, for %(days)s days.",
                days=days,
            ),
        ],
        gettext("Take it back"),
        href,
    )


def message(subject: str, lines: Sequence[str], button: str, href: str) -> Text:
    """Says what a plugin has to say."""
    return _made(subject, lines, button, href)


def _made(subject: str, lines: Sequence[str], button: str, href: str) -> Text:
    said = {
        "lines": lines, "button": button, "href": href, "language": str(get_locale() or "en"),
        "foot": gettext("This message was sent by a program; nobody reads answers to it."),
    }  # fmt: skip
    return Text(
        subject=subject,
        text=render_template("mail/message.txt", **said),
        html=render_template("mail/message.html", **said),
    )
