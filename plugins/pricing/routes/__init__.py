"""Pages of pricing that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.pricing.routes import explain

blueprint = Blueprint("pricing", __name__, template_folder="../templates")
blueprint.add_url_rule("/explain", "explain", explain.show)
