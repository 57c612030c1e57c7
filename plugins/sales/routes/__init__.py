"""Pages that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.sales.routes import statement

blueprint = Blueprint("sales", __name__, template_folder="../templates")
blueprint.add_url_rule("/statement", "statement", view_func=statement.page)
