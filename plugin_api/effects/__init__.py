"""Did it work? Effects with how sure they are, and what the figures cannot carry: numbers in,
values out.

A change, a course, a bonus or a contest is judged by comparing those who got it with others
(``difference``, ``adjusted``, ``panel``; ``staggered`` where it began at different times), or a
series with how it went on before (``interrupted``); ``pulled_forward`` says whether sales were
only made earlier. Each answers an ``Effect``: estimate, standard error, interval, how many on each
side, and in words why there is none or what must be known beside it. Figures are of any unit:
turn money into numbers first.
"""

from plugin_api.effects.groups import FEW, LEAST, Case, Simple, difference, pulled_forward, simple
from plugin_api.effects.regression import Observation, Outcome, adjusted, panel
from plugin_api.effects.saying import CAVEATS, REFUSALS, Caveat, Chosen, Effect, Verdict
from plugin_api.effects.series import LEAST_AFTER, LEAST_BEFORE, interrupted
from plugin_api.effects.shuffling import by_chance
from plugin_api.effects.staggered import Unit, differ, staggered

__all__ = [
    "CAVEATS",
    "FEW",
    "LEAST",
    "LEAST_AFTER",
    "LEAST_BEFORE",
    "REFUSALS",
    "Case",
    "Caveat",
    "Chosen",
    "Effect",
    "Observation",
    "Outcome",
    "Simple",
    "Unit",
    "Verdict",
    "adjusted",
    "by_chance",
    "differ",
    "difference",
    "interrupted",
    "panel",
    "pulled_forward",
    "simple",
    "staggered",
]
