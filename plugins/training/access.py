"""Who sees and changes what of training: one's own, that of the people below, or all.

Whoever makes courses (an administrator, or a role of the company's own with the permissions of
courses, lessons, quizzes and questions) is the trainer here.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import Permission, RoleGrants
from plugin_api.context import Scope
from plugin_api.context import lazy_gettext as _

ANSWERS = "training.answers"
TEACH = "training.teach"
READ = "training.Enrolment.read"
ENROL = "training.Enrolment.create"
RATE = "training.Rating.create"
RATINGS = "training.Rating.read"
MATRIX = "training.matrix"

OFFER = ("Skill", "Requirement", "Course", "Lesson")
"""What everybody may look at."""
MINE = ("Enrolment", "Attempt", "Certificate", "Rating")
"""What belongs to somebody."""

PERMISSIONS = (
    Permission(key=ANSWERS, label=_("See and write right answers of quizzes")),
    Permission(key=TEACH, label=_("Look into how tests and courses go, allow another attempt")),
    Permission(key=MATRIX, label=_("See the matrix of skills")),
)


def grants_of(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    """The same actions on several models."""
    return {f"training.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str, *besides: str) -> RoleGrants:
    grants = grants_of("company", (*OFFER, *MINE, *besides), "read", "export")
    return RoleGrants(role=role, grants={**grants, MATRIX: "company"})


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **grants_of("company", OFFER, "read"),
            **grants_of("own", MINE, "read", "export"),
            **grants_of("own", ("Enrolment", "Rating"), "create"),
            MATRIX: "own",
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **grants_of("company", OFFER, "read"),
            **grants_of("subtree", MINE, "read", "export"),
            **grants_of("subtree", ("Enrolment",), "create", "update", "import"),
            **grants_of("subtree", ("Rating",), "create", "import"),
            MATRIX: "subtree",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor", "Quiz", "Question"),
)
