"""Reports of weeks and months: who has submitted, writing one, reading one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import current_actor, gettext, has_permission, pgettext, today
from plugin_api.errors import NotFound, Refused
from plugin_api.figures import measure_of
from plugin_api.pages import check_company, number, require
from plugins.plans import display
from plugins.plans.access import REPORT, REVIEW, WRITE_REPORT
from plugins.plans.models import Report
from plugins.plans.routes import common
from plugins.plans.services import days, figures, people, reports

Answer = str | Response | tuple[str | Response, int]
PERIODS = 6
"""Periods that the page of all reports shows."""


def overview() -> str:
    """Who has submitted what, of whom the actor sees. Two statements, whoever there is."""
    require(REPORT)
    kind = request.args.get("kind", "week")
    kind = kind if kind in ("week", "month") else "week"
    spans = _spans(kind)
    me = current_actor().user_id or 0
    seen = {each.id for each in common.choosable(REPORT)} | {me}
    writers = [each for each in reports.writers() if each.id in seen]
    asked = sa.select(
        Report.id, Report.owner_id, Report.start, Report.state, Report.timing
    ).where(
        Report.kind == kind, Report.start >= spans[-1][0], host().records.visible(Report)
    )  # fmt: skip
    found = {(row.owner_id, row.start): row for row in host().session.execute(asked)}
    return render_template(
        "plans/reports.html",
        kind=kind,
        kinds={"week": gettext("Weekly reports"), "month": gettext("Monthly reports")},
        spans=spans,
        titles=[reports.title(kind, *span) for span in spans],
        writers=writers,
        cells={
            (each.id, start): _cell(found.get((each.id, start)), start, end)
            for each in writers
            for start, end in spans
        },
        missing=_missing(writers, spans, found),
        me=me,
        may_write=has_permission(WRITE_REPORT) and current_actor().user_id is not None,
        today=today(),
        display=display,
    )


def _spans(kind: str) -> list[days.Span]:
    made = [days.period_of(kind, today())]
    while len(made) < PERIODS:
        made.append(days.period_of(kind, made[-1][0] - dt.timedelta(days=1)))
    return made


def _cell(row: Any, start: dt.date, end: dt.date) -> tuple[str, str, str]:
    """What stands in a cell: words, tone, address."""
    href = url_for("plans.report", report_id=row.id) if row is not None else ""
    if row is not None and row.state != "draft":
        late = row.timing == "late"
        said = pgettext("report", "Read") if row.state == "read" else gettext("Submitted")
        if late:
            said = gettext("%(state)s, late", state=said)
        return said, "warn" if late else "good", href
    if today() > reports.due_on(end):
        return gettext("Missing"), "bad", href
    return (gettext("Draft"), "info", href) if row is not None else ("–", "", "")


def _missing(writers: Any, spans: Any, found: Mapping[Any, Any]) -> list[str]:
    """Who has not submitted for the newest period that is over."""
    start = spans[1][0]
    return [
        each.name
        for each in writers
        if (row := found.get((each.id, start))) is None or row.state == "draft"
    ]


def write() -> Answer:
    """Open one's own report of a period: begin it where there is none."""
    require(WRITE_REPORT)
    check_company()
    kind = request.form.get("kind", "week")
    start = common.day_or_today(request.form.get("start", ""))
    me = current_actor().user_id
    if me is None or kind not in ("week", "month"):
        raise NotFound("")
    first, _last = days.period_of(kind, start)
    asked = sa.select(Report.id).where(
        Report.owner_id == me, Report.kind == kind, Report.start == first
    )
    found = host().session.scalar(asked)
    if found is None:
        made = host().records.create(Report, {"kind": kind, "start": first, "owner": me})
        host().session.commit()
        found = made.id
    return redirect(url_for("plans.report", report_id=found), 303)


def show(report_id: int) -> str:
    """A report: to be written by its person, to be read by others."""
    return _page(host().records.get(Report, report_id), {})


def _page(report: Report, given: Mapping[str, str], refused: Refused | None = None) -> str:
    actor = current_actor()
    mine = actor.user_id == report.owner_id
    facts = report.facts
    if report.state == "draft" and report.end is not None:
        with figures.as_owner(report.owner_id):
            facts = reports.facts(report.owner_id or 0, report.start, report.end)
    names = people.names_of([report.owner_id, report.read_by_id])
    return render_template(
        "plans/report.html",
        report=report,
        mine=mine,
        writing=mine and report.state == "draft",
        reading=not mine and report.state != "draft" and has_permission(REVIEW)
        and host().records.may(report, "read"),
        figures=[_figure(each) for each in facts.get("figures", ())],
        parts=_parts(facts),
        counts=facts.get("counts", {}),
        remarks={name: given.get(name, getattr(report, name) or "") for name in reports.REMARKS},
        labels={
            "good": gettext("What went well"), "bad": gettext("What did not"),
            "following": gettext("What comes next"),
        },
        comment=given.get("comment", report.comment or ""),
        error=_reason(refused) if refused else "",
        names=names,
        record_href=host().record_url("plans.Report", report.id),
        url=host().record_url,
        display=display,
    )  # fmt: skip


def _figure(each: Mapping[str, Any]) -> dict[str, Any]:
    value, before = (
        None if each[name] is None else Decimal(each[name]) for name in ("value", "before")
    )
    # In the reader's language while the measure is there; else as it was called then.
    measure = measure_of(each.get("key"))
    return {
        "label": str(measure.label) if measure is not None else each["label"],
        "value": display.figure(value, each["unit"]),
        "before": display.figure(before, each["unit"]),
    }


def _parts(facts: Mapping[str, Any]) -> list[tuple[str, str, list[Any]]]:
    titles = {
        "done": gettext("Steps done"), "carried": gettext("Carried over"),
        "overdue": pgettext("plan", "Still open"), "next": gettext("Due next"),
    }  # fmt: skip
    return [
        (what, title, [
            {**step, "day": dt.date.fromisoformat(step["due"])}
            for step in facts.get("steps", ()) if step["what"] == what
        ])
        for what, title in titles.items()
    ]  # fmt: skip


def _reason(refused: Refused) -> str:
    texts = [str(text) for found in refused.errors.values() for text in found]
    return " ".join(dict.fromkeys(texts)) or str(refused.message)


def save(report_id: int) -> Answer:
    """Keep remarks, submit, take back, or mark as read."""
    check_company()
    form = request.form
    report = host().records.get(Report, report_id)
    version = number(form.get("version", ""))
    remarks = {name: form.get(name, "").strip() or None for name in reports.REMARKS}
    records = host().records
    try:
        match form.get("what"):
            case "submit":
                records.transition(report, "submit", remarks, version=version)
                said = gettext("Submitted.")
            case "take_back":
                records.transition(report, "take_back", version=version)
                said = gettext("It is a draft again.")
            case "read":
                comment = {"comment": form.get("comment", "").strip() or None}
                records.transition(report, "read", comment, version=version)
                said = gettext("Marked as read.")
            case _:
                records.update(report, remarks, version=version)
                said = gettext("Saved.")
    except NotFound:
        raise
    except Refused as refused:
        host().session.rollback()
        again = host().records.get(Report, report_id)
        return _page(again, form, refused), refused.status
    host().session.commit()
    flash(said, "success")
    return redirect(url_for("plans.report", report_id=report_id), 303)
