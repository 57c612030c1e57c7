"""Pages that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.sales.routes import money, quotes, statement

blueprint = Blueprint("sales", __name__, template_folder="../templates")
blueprint.add_url_rule("/statement", "statement", view_func=statement.page)
blueprint.add_url_rule("/receivables-by-age", "receivables", view_func=money.receivables)
blueprint.add_url_rule(
    "/accounts/<int:record_id>/statement", "account_statement", view_func=money.account
)
blueprint.add_url_rule("/quotes/<int:record_id>/pdf", "quote_pdf", view_func=quotes.pdf)
