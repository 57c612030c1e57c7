"""Questions of a quiz's bank that can be marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plugin_api.context import gettext
from plugin_api.errors import Rejected
from plugins.training.models import Question
from plugins.training.rules import scoring


def check(question: Question) -> None:
    """Refuse a question of which nobody could tell what is right. Raises Rejected."""
    try:
        scoring.read(question.kind, question.options, question.correct or "")
    except scoring.Unclear as unclear:
        why = str(unclear)
        field = "options" if why in ("few", "many", "same") else "correct"
        raise Rejected(field, _words()[why]) from None


def _words() -> Mapping[str, str]:
    return {
        "few": gettext("Two choices at least, one a line."),
        "many": gettext("At most %(most)s choices.", most=scoring.MOST_OPTIONS),
        "same": gettext("Two of the choices are the same."),
        "numbers": gettext("The numbers of the right choices: 1, or 1,3."),
        "range": gettext("There is no choice with this number."),
        "one": gettext("One choice is right: name one."),
        "number": gettext("A number, or with what it may be off: 3.5 ± 0.1."),
        "text": gettext("The text that is right; others that count too behind |."),
    }


def drawn(question: Question) -> dict[str, Any]:
    """A question as an attempt keeps it."""
    options, correct = scoring.read(question.kind, question.options, question.correct)
    return {
        "text": question.name, "kind": question.kind, "options": options, "correct": correct,
        "points": question.points, "why": question.explanation or "",
    }  # fmt: skip
