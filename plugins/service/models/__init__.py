"""Cases, who looks after them and how soon, and how customers say it went."""

from plugins.service.models.cases import Case
from plugins.service.models.mails import Mail, Mailbox
from plugins.service.models.setup import Member, Policy, Queue
from plugins.service.models.surveys import Question, Questionnaire
from plugins.service.models.visits import Answer, Visit, VisitPlan

ALL = (
    Queue,
    Member,
    Policy,
    Mailbox,
    Case,
    Mail,
    Questionnaire,
    Question,
    VisitPlan,
    Visit,
    Answer,
)

__all__ = [
    "ALL",
    "Answer",
    "Case",
    "Mail",
    "Mailbox",
    "Member",
    "Policy",
    "Question",
    "Questionnaire",
    "Queue",
    "Visit",
    "VisitPlan",
]
