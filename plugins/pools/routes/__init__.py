"""Pages of the pools that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.pools.routes import overview, returns

blueprint = Blueprint("pools", __name__, template_folder="../templates")
blueprint.add_url_rule("/overview", "overview", overview.show)
blueprint.add_url_rule("/returns", "returns", returns.show)
