"""Pages of the CRM that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.crm.routes import people, review

blueprint = Blueprint("crm", __name__, template_folder="../templates")
blueprint.add_url_rule("/review", "funnel", view_func=review.review)
blueprint.add_url_rule("/accounts/<int:record_id>/people", "people", view_func=people.show)
