"""Everything that rewards keep, in the order in which it points to each other."""

from plugins.rewards.models.catalogue import Budget, Reward
from plugins.rewards.models.contests import Contest, Prize, Standing
from plugins.rewards.models.given import Award, Entry, Grant
from plugins.rewards.models.praise import Kudos, Value
from plugins.rewards.models.rounds import Nomination, Round, Vote

ALL = (
    Budget, Reward, Value, Kudos, Round, Nomination, Vote, Contest, Prize, Standing, Award, Grant,
    Entry,
)  # fmt: skip

__all__ = [
    "ALL", "Award", "Budget", "Contest", "Entry", "Grant", "Kudos", "Nomination", "Prize", "Reward",
    "Round", "Standing", "Value", "Vote",
]  # fmt: skip
