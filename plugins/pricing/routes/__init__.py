"""Pages of pricing that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.pricing.routes import again, explain, lines, simulate

blueprint = Blueprint("pricing", __name__, template_folder="../templates")
blueprint.add_url_rule("/explain", "explain", explain.show)
blueprint.add_url_rule("/simulate", "simulate", simulate.show)
blueprint.add_url_rule("/price-again", "price_again", again.price_again, methods=["POST"])
blueprint.add_url_rule("/order-lines/<int:record_id>", "order_line", lines.order_line)
blueprint.add_url_rule("/quote-lines/<int:record_id>", "quote_line", lines.quote_line)
