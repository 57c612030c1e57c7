"""Pages of training that the declared views cannot make."""

from __future__ import annotations

from flask import Blueprint

from plugins.training.routes import careers, learn, matrix, mine, quiz, rules, worth

blueprint = Blueprint(
    "training", __name__, template_folder="../templates", static_folder="../static"
)
add = blueprint.add_url_rule
add("/mine", "mine", mine.show)
add("/mine/enrol", "enrol", mine.enrol, methods=["POST"])
add("/matrix", "matrix", matrix.show)
add("/enrolments/<int:record_id>/learn", "learn", learn.show)
add("/enrolments/<int:record_id>/lessons", "do", learn.do, methods=["POST"])
add("/enrolments/<int:record_id>/attempts", "begin", quiz.begin, methods=["POST"])
add("/attempts/<int:record_id>/answers", "attempt", quiz.show)
add("/attempts/<int:record_id>/answers", "hand_in", quiz.hand_in, methods=["POST"])
add("/quizzes/<int:record_id>/items", "items", quiz.items)
add("/certificates/<int:record_id>/pdf", "certificate", mine.certificate)
add("/enrolments/<int:record_id>/seats", "seat", learn.seat, methods=["POST"])
add("/enrolments/<int:record_id>/reaction", "react", worth.react, methods=["POST"])
add("/rules/<int:record_id>/preview", "preview", rules.preview)
add("/rules/<int:record_id>/apply", "apply", rules.apply, methods=["POST"])
add("/courses/<int:record_id>/evaluation", "evaluation", worth.evaluation)
add("/careers/<int:record_id>/readiness", "career", careers.show)
