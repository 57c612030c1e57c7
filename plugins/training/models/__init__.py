"""What training keeps."""

from plugin_api.models import Base
from plugins.training.models.courses import Course, Lesson, Progress
from plugins.training.models.enrolments import Certificate, Enrolment
from plugins.training.models.quizzes import Attempt, Item, Question, Quiz
from plugins.training.models.skills import Rating, Requirement, Skill

ALL: tuple[type[Base], ...] = (
    Skill, Requirement, Rating, Quiz, Question, Course, Lesson, Enrolment, Progress, Attempt, Item,
    Certificate,
)  # fmt: skip

__all__ = [
    "ALL",
    "Attempt",
    "Certificate",
    "Course",
    "Enrolment",
    "Item",
    "Lesson",
    "Progress",
    "Question",
    "Quiz",
    "Rating",
    "Requirement",
    "Skill",
]
