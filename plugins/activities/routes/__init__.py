"""Pages of activities that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.activities.routes import bring, followups, mine, plans, quick, route, visit

blueprint = Blueprint(
    "activities", __name__, template_folder="../templates", static_folder="../static"
)
for path, name, function, methods in (
    ("/log", "log", quick.log, ["GET"]),
    ("/log", "write_log", quick.write_log, ["POST"]),
    ("/next", "plan_next", quick.plan_next, ["GET"]),
    ("/next", "write_next", quick.write_next, ["POST"]),
    ("/apply-plan", "choose_plan", plans.choose, ["GET"]),
    ("/apply-plan", "apply_plan", plans.apply, ["POST"]),
    ("/route", "route", route.show, ["GET"]),
    ("/route", "reorder", route.reorder, ["POST"]),
    ("/visits/<int:activity_id>", "visit", visit.show, ["GET"]),
    ("/visits/<int:activity_id>/check", "check", visit.check, ["POST"]),
    ("/visits/<int:activity_id>/answers", "answer", visit.answer, ["POST"]),
    ("/visits/<int:activity_id>/place", "remember", visit.remember, ["POST"]),
    ("/follow-ups", "followups", followups.show, ["GET"]),
    ("/bring", "bring", bring.show, ["GET"]),
    ("/bring", "bring_in", bring.take, ["POST"]),
    ("/reminders", "mine", mine.show, ["GET"]),
    ("/reminders", "choose", mine.save, ["POST"]),
):
    blueprint.add_url_rule(path, name, function, methods=methods)
