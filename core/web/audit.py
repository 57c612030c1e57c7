"""Searching who has changed what, in the whole company."""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from typing import IO, Any

from flask import Blueprint, Response, render_template, request, send_file, url_for

from core.data import trail
from core.data.escaping import escape
from core.data.numbers import whole
from core.data.trail import Asked
from core.host import services
from core.identity import proof
from core.identity.models import User
from core.identity.service import find_user
from core.views import trail as shown
from core.views.aside import lookup_of_all
from core.views.page import Option
from core.views.urls import canonical, with_query
from plugin_api.context import gettext
from plugin_api.errors import Invalid, Rejected
from plugin_api.pages import require

bp = Blueprint("audit", __name__, url_prefix="/core/audit")

MOST_ROWS = 100_000
"""Entries of one file."""


@bp.get("")
def search() -> str:
    """The search and what it finds."""
    require(trail.PERMISSION)
    arguments = canonical(request.args)
    errors: dict[str, list[str]] = {}
    asked = _asked(arguments, errors)
    entries, before = trail.search(asked)
    kept = [(name, value) for name, value in arguments.items() if name != "before"]
    return render_template(
        "web/audit.html",
        rows=shown.rows(entries),
        asked=asked,
        errors=errors,
        values=arguments,
        person=str(services().title_of("core.User", asked.user)) if asked.user else "",
        people=lookup_of_all(User),
        models=_models(asked.model),
        actions=[
            Option(value=name, label=str(label), selected=name == asked.action)
            for name, label in shown.ACTIONS.items()
        ],
        is_filtered=bool(kept),
        here=url_for("audit.search"),
        next_href=with_query(url_for("audit.search"), [*kept, ("before", str(before))])
        if before is not None
        else "",
        file_href=with_query(url_for("audit.file"), kept),
        only=lambda row: with_query(
            url_for("audit.search"), [("model", row.model), ("record", str(row.record_id))]
        ),
    )


@bp.get("/entries.csv")
def file() -> Response:
    """What the search finds as a file, a line for each field that was changed."""
    require(trail.PERMISSION)
    proof.require()
    errors: dict[str, list[str]] = {}
    asked = _asked(canonical(request.args), errors)
    if errors:
        raise Invalid(gettext("The list cannot be asked for like this."), errors=errors)
    if trail.count(asked, MOST_ROWS + 1) > MOST_ROWS:
        text = gettext("There are more than %(most)s entries. Narrow the search, by days for"
                       " instance.", most=f"{MOST_ROWS:,}")  # fmt: skip
        raise Invalid(text)
    made: IO[Any] = tempfile.TemporaryFile("w+b")  # noqa: SIM115 the answer closes it
    with open(made.fileno(), "w", encoding="utf-8-sig", newline="", closefd=False) as written:
        _write(asked, written)
    made.seek(0)
    return send_file(made, mimetype="text/csv", as_attachment=True, download_name="audit.csv")


def _write(asked: Asked, to: IO[str]) -> None:
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(["at", "who", "action", "model", "record", "title", "field", "before", "after"])
    for entries in trail.every(asked):
        for row in shown.rows(entries):
            head = [
                row.at.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                escape(row.who), row.what, row.model, row.record_id, escape(row.title),
            ]  # fmt: skip
            writer.writerows(
                [*head, change.label, escape(change.old), escape(change.new)]
                for change in row.changes
            )
            if not row.changes:
                writer.writerow([*head, "", "", ""])


def _asked(arguments: Any, errors: dict[str, list[str]]) -> Asked:
    """What the address asks for; what cannot be read is left out and told."""

    def number(name: str) -> int | None:
        text = arguments.get(name, "")
        value = whole(text)
        if text and value is None:
            errors[name] = [gettext("Not a whole number.")]
        return value

    def day(name: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(arguments[name]) if arguments.get(name) else None
        except ValueError:
            errors[name] = [gettext("Not a date: 2026-01-31")]
            return None

    by_system = arguments.get("user") == trail.SYSTEM
    return Asked(
        user=None if by_system else _person(arguments.get("user", ""), errors),
        by_system=by_system,
        model=arguments.get("model", ""),
        record=number("record"),
        action=arguments.get("action", ""),
        first=day("from"),
        last=day("to"),
        text=arguments.get("q", ""),
        before=number("before"),
    )


def _person(text: str, errors: dict[str, list[str]]) -> int | None:
    """A person by number, as a picker says, or by what was typed."""
    if not text:
        return None
    if (number := whole(text)) is not None:
        return number
    try:
        return find_user(text).id
    except Rejected as rejected:
        errors["user"] = [str(rejected.message)]
        return None


def _models(chosen: str) -> list[Option]:
    plugins = services().registry.plugins
    made = [
        Option(
            value=key,
            label=f"{plugins[model.plugin_id()].manifest.name}: {model.__label_plural__}",
            selected=key == chosen,
        )
        for key, model in trail.models().items()
        if model.__label_plural__
    ]
    return sorted(made, key=lambda option: option.label)
