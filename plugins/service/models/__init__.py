"""Cases, who looks after them, and how soon."""

from plugins.service.models.cases import Case
from plugins.service.models.setup import Member, Policy, Queue

ALL = (Queue, Member, Policy, Case)

__all__ = ["ALL", "Case", "Member", "Policy", "Queue"]
