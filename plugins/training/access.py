"""Who sees and changes what of training: one's own, that of the people below, or all.

Whoever makes courses is the trainer here: the role that the plugin brings, an administrator, or a
role of the company's own with the permissions of courses, lessons, quizzes and questions. A
trainer sees what people learn, never what they earn.
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
EVALUATE = "training.evaluate"
PROMOTE = "training.promote"

OFFER = ("Skill", "Requirement", "Course", "Lesson", "Session", "Path", "PathStep")
"""What everybody may look at."""
MINE = (
    "Enrolment", "Attempt", "Certificate", "Rating", "Attendance", "Observation", "Coaching",
    "Talk", "Career", "CareerChange",
)  # fmt: skip
"""What belongs to somebody, and whoever leads them sees."""
LADDERS = ("Ladder", "Level", "Criterion")
"""The same for all, so everybody may read it."""

PERMISSIONS = (
    Permission(key=ANSWERS, label=_("See and write right answers of quizzes")),
    Permission(key=TEACH, label=_("Look into how tests and courses go, allow another attempt")),
    Permission(key=MATRIX, label=_("See the matrix of skills")),
    Permission(key=EVALUATE, label=_("See whether courses were worth it")),
    Permission(key=PROMOTE, label=_("Promote people on their ladder")),
)


def grants_of(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    """The same actions on several models."""
    return {f"training.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str, *besides: str) -> RoleGrants:
    models = (*OFFER, *MINE, *LADDERS, "Rule", "Reaction", *besides)
    grants = grants_of("company", models, "read", "export")
    return RoleGrants(role=role, grants={**grants, MATRIX: "company", EVALUATE: "company"})


TRAINER = RoleGrants(
    role="trainer",
    names={"en": "Trainer", "zh": "培训师"},
    grants={
        **{
            f"core.{each}.read": "company"
            for each in ("User", "Team", "Role", "Absence", "Holiday")
        },
        "core.tokens": "own",
        "core.comments": "company",
        **{f"training.{each}.*": "company" for each in (*OFFER, "Quiz", "Question", "Rule")},
        **grants_of("company", (*MINE, *LADDERS, "Reaction"), "read", "export"),
        **grants_of("own", ("Reaction",), "create"),
        **grants_of(
            "company",
            ("Enrolment", "Rating", "Attendance", "Coaching", "Talk"),
            "create",
            "import",
        ),
        **grants_of(
            "company", ("Enrolment", "Attendance", "Coaching", "Talk", "Observation"), "update"
        ),
        **dict.fromkeys((ANSWERS, TEACH, MATRIX, EVALUATE), "company"),
    },
)

ROLES = (
    TRAINER,
    RoleGrants(
        role="rep",
        grants={
            **grants_of("company", (*OFFER, *LADDERS), "read"),
            **grants_of("own", (*MINE, "Reaction"), "read", "export"),
            **grants_of("own", ("Enrolment", "Rating", "Attendance", "Reaction"), "create"),
            **grants_of("own", ("Coaching", "Talk"), "create", "update"),
            MATRIX: "own",
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **grants_of("company", (*OFFER, *LADDERS, "Rule"), "read"),
            **grants_of("subtree", MINE, "read", "export"),
            **grants_of("own", ("Reaction",), "read", "create"),
            **grants_of(
                "subtree", ("Attendance", "Coaching", "Talk", "Career"), "create", "update"
            ),
            **grants_of("subtree", ("Observation",), "update"),
            EVALUATE: "subtree",
            PROMOTE: "subtree",
            **grants_of("subtree", ("Enrolment",), "create", "update", "import"),
            **grants_of("subtree", ("Rating",), "create", "import"),
            MATRIX: "subtree",
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor", "Quiz", "Question"),
)
