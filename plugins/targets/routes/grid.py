"""The sheet of targets: people by periods, edited like a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import Text, current_actor, current_company, gettext, today
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.pages import check_company, is_scripted, require
from plugins.targets.routes import common, grid_answer
from plugins.targets.routes.asked import Asked, asked_period
from plugins.targets.services import frames, grid, grid_saving, planning, reading
from plugins.targets.services.frames import Frame
from plugins.targets.services.grid_saving import Change, Key, Outcome
from plugins.targets.services.periods import Period
from plugins.targets.services.visibility import visible_teams

KIND_LABELS = {
    "month": _("Months"),
    "quarter": _("Quarters"),
    "half": _("Half-years"),
    "year": _("Year"),
    "custom": _("Periods of your own"),
}
YEARS = (1900, 9000)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """What the address of a sheet asks for."""

    frame: Frame | None
    key: str
    kind: str
    year: int
    team: int | None
    named: str
    page: int
    more: Period | None = None
    """A column of one's own that no target has yet."""
    error: Text = ""

    def args(self, **other: Any) -> dict[str, Any]:
        """What the address holds, with some of it changed."""
        held: dict[str, Any] = {
            "measure": self.key, "by": self.kind, "year": self.year, "team": self.team,
            "q": self.named or None, "page": self.page if self.page > 1 else None,
        }  # fmt: skip
        if self.more is not None:
            held |= {"start": f"{self.more.start}", "end": f"{self.more.end}"}
        return held | other


def show() -> str:
    """The sheet."""
    require(reading.READ)
    return _page(wanted_of(request.args))


def save() -> str | Response | tuple[str, int]:
    """Write the cells that were changed; the others are told of, and nothing typed is lost."""
    require(grid.UPDATE)
    check_company()
    wanted = wanted_of(request.form)
    if wanted.frame is None:
        raise Rejected("measure", gettext("Choose a measure first."))
    people = reading.all_people()
    editable = grid.editable_people(wanted.frame.stick, people)
    changes = list(_changes(wanted.frame))
    if len(changes) > grid_saving.MOST:
        raise Rejected("", gettext("At most %(most)s cells at once.", most=grid_saving.MOST))
    outcome = grid_saving.save(wanted.frame, changes, editable)
    host().session.commit()
    known = grid_answer.names(outcome, {person.id: person.name for person in people})
    if is_scripted():
        return jsonify(grid_answer.told(outcome, wanted.frame, known))
    typed = {change.key: change.text for change in changes}
    faults = grid_answer.faults(outcome, wanted.frame, known, typed)
    flash(grid_answer.said(outcome), "success" if not faults else "warning")
    if faults:
        return _page(wanted, outcome, typed, faults), 409
    return redirect(url_for("targets.grid", **wanted.args()))


def wanted_of(args: Mapping[str, str]) -> Wanted:
    """What an address asks for: by default this fiscal year, in the periods that are most used."""
    key = common.usual_measure(args.get("measure"))
    fiscal = current_company().fiscal_year_start
    now = today()
    number = common.number(args.get("year")) or (now.year if now.month >= fiscal else now.year - 1)
    number = min(max(number, YEARS[0]), YEARS[1])
    stick = reading.yardstick(key) if key else None
    kind = args.get("by", "")
    if kind not in KIND_LABELS:
        kind = frames.usual_kind(stick, frames.fiscal_year(number)) if stick else "month"
    more, error = _more(args) if kind == "custom" else (None, "")
    frame = None
    if stick is not None:
        added = [more] if more is not None else []
        frame = frames.columns_of(stick, kind, frames.fiscal_year(number), added)  # type: ignore[arg-type]
    return Wanted(
        frame=frame, key=key, kind=kind, year=number, team=common.number(args.get("team")),
        named=args.get("q", "").strip()[:100], page=common.number(args.get("page")) or 1, more=more,
        error=error,
    )  # fmt: skip


def _more(args: Mapping[str, str]) -> tuple[Period | None, Text]:
    if not args.get("start") and not args.get("end"):
        return None, ""
    asked: Asked = asked_period({**args, "period": "custom"})
    return (None, asked.error) if asked.error else (asked.period, "")


def _changes(frame: Frame) -> Iterator[Change]:
    """What the form or the script sends. Only what differs from what was seen is a change."""
    if is_scripted():
        yield from _sent(frame)
        return
    may_delete = "delete_empty" in request.form
    for name, text in request.form.items():
        read = _read(name, frame)
        if read is None:
            continue
        key, version, before = read
        if text.strip() != frames.text_of(before, frame):
            yield Change(
                user_id=key[0], period=key[1], text=text, version=version, before=before,
                delete=may_delete and not text.strip(),
            )  # fmt: skip


def _sent(frame: Frame) -> Iterator[Change]:
    try:
        cells = json.loads(request.form.get("cells", "[]"))
        for name, text, delete in cells:
            read = _read(str(name), frame)
            if read is None:
                raise ValueError(name)
            key, version, before = read
            yield Change(
                user_id=key[0], period=key[1], text=str(text)[:200], version=version,
                before=before, delete=delete is True,
            )  # fmt: skip
    except (ValueError, TypeError):
        raise Rejected("cells", gettext("The cells cannot be read. Load the page again.")) from None


def _read(name: str, frame: Frame) -> tuple[Key, int, int | None] | None:
    """What the name of a cell's input says; None for another field."""
    parts = name.split(".")
    if len(parts) != 5 or not all(part.isascii() and part.isdigit() for part in parts[:4]):
        return None
    user, first, last, version, before = parts
    if before and not (before.isascii() and before.isdigit()):
        return None
    if max(len(user), len(before)) > 18 or len(version) > 9:
        return None
    try:
        start, end = (date.fromisoformat(part) for part in (first, last))
    except ValueError:
        return None
    period = Period(frame.kind, start, end)
    return (int(user), period), int(version), int(before) if before else None


def _page(
    wanted: Wanted,
    outcome: Outcome | None = None,
    typed: Mapping[Key, str] | None = None,
    faults: list[grid_answer.Fault] | None = None,
) -> str:
    frame = wanted.frame
    sheet = grid.Sheet()
    if frame is not None:
        sheet = grid.sheet(frame, team=wanted.team, named=wanted.named, page=wanted.page)
    left = {*outcome.conflicts, *outcome.refused} if outcome else set()
    scope = frame.stick.scope() if frame else None
    teams = visible_teams(scope, current_actor(), reading.all_teams()) if scope else []
    return render_template(
        "targets/grid.html",
        currency=current_company().currency,
        faults=faults or [],
        of=frame,
        kind_labels=KIND_LABELS,
        may_edit=any(line.editable for line in sheet.lines),
        measures=reading.by_importance(),
        name_of=grid_answer.name_of,
        record_url=host().record_url,
        scale=int(1 / planning.step(frame.stick.unit)) if frame else 1,
        sheet=sheet,
        teams=teams,
        text_of=frames.text_of,
        typed={key: text for key, text in (typed or {}).items() if key in left},
        wanted=wanted,
    )
