"""What training keeps."""

from plugin_api.models import Base
from plugins.training.models.careers import Career, CareerChange, Criterion, Ladder, Level
from plugins.training.models.coaching import Coaching, Talk
from plugins.training.models.courses import Course, Lesson, Progress
from plugins.training.models.enrolments import Certificate, Enrolment
from plugins.training.models.evaluations import Observation, Reaction
from plugins.training.models.paths import Path, PathStep, Rule
from plugins.training.models.quizzes import Attempt, Item, Question, Quiz
from plugins.training.models.sessions import Attendance, Session
from plugins.training.models.skills import Rating, Requirement, Skill

ALL: tuple[type[Base], ...] = (
    Skill, Requirement, Rating, Quiz, Question, Course, Lesson, Path, PathStep, Rule, Enrolment,
    Progress, Attempt, Item, Certificate, Session, Attendance, Reaction, Observation, Coaching,
    Talk, Ladder, Level, Criterion, Career, CareerChange,
)  # fmt: skip

__all__ = [
    "ALL",
    "Attempt",
    "Attendance",
    "Career",
    "CareerChange",
    "Certificate",
    "Coaching",
    "Course",
    "Criterion",
    "Enrolment",
    "Item",
    "Ladder",
    "Lesson",
    "Level",
    "Observation",
    "Path",
    "PathStep",
    "Progress",
    "Question",
    "Quiz",
    "Rating",
    "Reaction",
    "Requirement",
    "Rule",
    "Session",
    "Skill",
    "Talk",
]
