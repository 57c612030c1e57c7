"""Statements and payouts as files, what is behind a line, and whether all of it agrees."""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from plugin_api import host
from plugin_api.context import gettext
from plugin_api.errors import Refused
from plugin_api.pages import paper_language, require
from plugin_api.sheets import as_csv, as_xlsx
from plugins.incentives import display
from plugins.incentives.access import ENTRIES, EXPORT, PAY, PAY_EXPORT, READ
from plugins.incentives.models import Entry, Payout, Statement
from plugins.incentives.services import behind, reconciling, tables
from plugins.incentives.services.rights import check_amounts

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def paper(record_id: int) -> Response:
    """A statement as PDF, in the language that is asked for, else the reader's."""
    # Fonts take a while to load, and only this page needs them.
    from plugins.incentives.services import paper as papers

    statement = _readable(record_id)
    require(READ)
    return _sent(
        papers.pdf(statement, paper_language()), "application/pdf", f"{_name(statement)}.pdf"
    )


def sheet(record_id: int) -> Response:
    """A statement's entries as a workbook."""
    statement = _readable(record_id)
    require(EXPORT)
    return _sent(as_xlsx(tables.of_statement(statement)), XLSX, f"{_name(statement)}.xlsx")


def payroll(record_id: int) -> Response:
    """What each person of a payout gets: a workbook, or CSV."""
    payout = host().records.get(Payout, record_id)
    require(PAY_EXPORT)
    require(EXPORT)
    check_amounts()
    table = tables.of_payout(payout)
    name = f"payout-{payout.id}"
    if request.args.get("format") == "csv":
        return _sent(as_csv(table), "text/csv; charset=utf-8", f"{name}.csv")
    return _sent(as_xlsx(table), XLSX, f"{name}.xlsx")


def evidence(record_id: int) -> Response:
    """The records that an entry's figure is the sum of, or the one that it is of."""
    entry = host().records.get(Entry, record_id)
    require(READ)
    try:
        found = behind.address(entry)
    except Refused:
        found = ""
    if not found:
        flash(gettext("You may not see what is behind it, or it rests on no record."), "warning")
        found = url_for("incentives.mine", user=entry.user_id, statement=entry.statement_id)
    return redirect(found, 303)


def reconcile() -> str:
    """Entries, statements and payouts beside one another, to the cent."""
    require(PAY)
    require(ENTRIES)
    check_amounts()
    plans = reconciling.plans()
    return render_template(
        "incentives/reconcile.html", plans=plans, payouts=reconciling.payouts(),
        odd=reconciling.odd(), foreign=reconciling.foreign(), display=display,
        entries=sum(each.entries for each in plans),
        statements=sum(each.statements for each in plans),
        paid=sum(each.paid for each in plans),
        statement_url=lambda id_: host().record_url("incentives.Statement", id_),
        payout_url=lambda id_: host().record_url("incentives.Payout", id_),
    )  # fmt: skip


def _readable(record_id: int) -> Statement:
    statement = host().records.get(Statement, record_id)
    check_amounts()
    return statement


def _name(statement: Statement) -> str:
    return f"pay-{statement.start:%Y-%m}-{statement.id}"


def _sent(content: bytes, kind: str, name: str) -> Response:
    return send_file(BytesIO(content), mimetype=kind, download_name=name, as_attachment=True)
