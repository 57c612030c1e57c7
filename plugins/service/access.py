"""Who sees and changes what of service.

A rep works with cases that are theirs, takes those of their queues, and reads those of their
accounts; a manager works with those of the people below. The same holds for return visits. Queues,
service levels, mailboxes, questionnaires and plans are known to all and set up by administrators.
"""

from __future__ import annotations

from collections.abc import Mapping

from plugin_api.access import RoleGrants
from plugin_api.context import Scope

READ = "service.Case.read"
CREATE = "service.Case.create"
UPDATE = "service.Case.update"
READ_VISIT = "service.Visit.read"
UPDATE_VISIT = "service.Visit.update"
READ_ANSWER = "service.Answer.read"
READ_MAIL = "service.Mail.read"
UPDATE_MAIL = "service.Mail.update"

SETUP = ("Queue", "Member", "Policy", "Questionnaire", "Question", "VisitPlan", "Mailbox")
RECORDS = ("Case", "Visit", "Answer", "Mail")


def _grants(scope: Scope, models: tuple[str, ...], *actions: str) -> Mapping[str, Scope]:
    return {f"service.{model}.{action}": scope for model in models for action in actions}


def _reading(role: str) -> RoleGrants:
    return RoleGrants(role=role, grants=_grants("company", (*SETUP, *RECORDS), "read", "export"))


ROLES = (
    RoleGrants(
        role="rep",
        grants={
            **_grants("own", ("Case", "Visit"), "read", "create", "update"),
            **_grants("own", ("Answer",), "read"),
            **_grants("own", ("Mail",), "read", "update"),
            **_grants("company", ("Mail",), "create"),
            **_grants("company", SETUP, "read"),
        },
    ),
    RoleGrants(
        role="manager",
        grants={
            **_grants("subtree", ("Case", "Visit"), "*"),
            **_grants("subtree", ("Answer",), "read", "export"),
            **_grants("subtree", ("Mail",), "read", "update", "export"),
            **_grants("company", ("Mail",), "create"),
            **_grants("company", SETUP, "read"),
        },
    ),
    _reading("analyst"),
    _reading("finance"),
    _reading("auditor"),
)
