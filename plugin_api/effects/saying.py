"""What came out, and what the figures cannot carry, as values that a page says in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any, Literal

from plugin_api.context import Text
from plugin_api.context import lazy_gettext as _
from plugin_api.effects.student import critical
from plugin_api.estimates import SURE

Verdict = Literal["refused", "up", "down", "unsure"]
Chosen = Literal["lot", "rule", "self"]
"""Who decided who gets it: chance, a rule or a manager, or the people themselves."""

REFUSALS: Mapping[str, Text] = {
    "no_control": _("Everybody got it, so what would have happened without it is not known."),
    "too_few": _(
        "%(treated)d with it and %(control)d without: at least %(least)d on each side are needed "
        "to say anything."
    ),
    "too_few_clusters": _(
        "%(treated)d teams with it and %(control)d without: at least %(least)d on each side are "
        "needed, for people of a team move together."
    ),
    "no_before": _("There are no figures from before it began."),
    "no_after": _("There are no figures from after it began."),
    "trends_apart": _(
        "Both groups moved apart before it began already, by %(apart)s a period, so what differs "
        "afterwards may come from that."
    ),
    "starts_too_small": _(
        "At most %(n)d began at one time: at least %(least)d who began together are needed."
    ),
    "short_before": _("%(n)d points before it began: at least %(least)d are needed for a trend."),
    "short_after": _("%(n)d points after it began: at least %(least)d are needed."),
    "too_many": _("%(columns)d figures to adjust for are too many for %(n)d cases."),
    "collinear": _("What is adjusted for and who got it go together, and cannot be told apart."),
}
"""Why no effect is named. They stand in ``Effect.refused``."""
CAVEATS: Mapping[str, Text] = {
    "few": _("With so few the interval is rough; how often chance alone does it says more."),
    "self_chosen": _(
        "Who wanted it got it. They may have done better anyway, so this need not be its effect."
    ),
    "by_rule": _("Who got it was not drawn by lot, so both groups may differ in other ways too."),
    "trend_unknown": _(
        "Fewer than three periods before it began: whether both groups moved alike is not known."
    ),
    "unlike_start": _(
        "Both groups began on unlike levels, %(treated)s and %(control)s: what is far from the "
        "average often comes back to it by itself."
    ),
    "scale": _("In percent the sign is the other one: it depends on the scale."),
    "spill": _("Some of both groups are in the same team: what rubs off makes it look smaller."),
    "staggered": _(
        "It did not begin for all at once. Where it grows or fades with time, one figure for all "
        "of them is biased."
    ),
    "by_starts": _(
        "It began at %(n)d different times: each is compared with who had not begun yet, and they "
        "are put together by their size."
    ),
    "small_starts": _(
        "%(n)d began at times at which fewer than %(least)d did: they are not judged, only "
        "compared with while they had not begun."
    ),
    "left_out": _("%(n)d are left out for figures that are missing."),
    "no_spread": _("The figures hardly vary, so the interval is not to be relied on."),
    "other_events": _("Nothing to compare with: whatever else began at the same time is in it."),
    "season_unknown": _(
        "Fewer than two years, or seasons, before it began: a season looks like an effect."
    ),
    "alike_neighbours": _(
        "What is high is followed by what is high (%(correlation)s); the interval is widened "
        "for it."
    ),
    "too_short_for_neighbours": _(
        "Fewer than 12 points: whether neighbours are alike cannot be seen, and the interval may "
        "be too narrow."
    ),
    "pulled": _("Afterwards %(share)s %% of what it brought was missing: it was sold earlier."),
    "pulled_unsure": _("Whether some was only sold earlier cannot be told from these figures."),
}
"""What a reader must know beside the figure. They stand in ``Effect.caveats``."""


@dataclass(frozen=True, slots=True)
class Caveat:
    """One thing to know: a key of :data:`REFUSALS` or :data:`CAVEATS` and what it names."""

    key: str
    numbers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """It in the reader's language."""
        said = REFUSALS.get(self.key) or CAVEATS[self.key]
        return str(said) % self.numbers


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """How much more it was than it would have been, in the unit of the figures.

    Where the figures cannot carry it ``refused`` says why, and there is no estimate.
    """

    method: str
    treated: int
    """Cases with it, or points after it began."""
    control: int
    """Cases without it, or points before."""
    estimate: float | None = None
    error: float | None = None
    low: float | None = None
    high: float | None = None
    """From where to where the true one may be, 95 times in 100."""
    chance: float | None = None
    """How often chance alone brings as much: 0 to 1, by shuffling who got it."""
    naive: float | None = None
    """What one would say without the comparison: after less before."""
    refused: tuple[Caveat, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    details: Mapping[str, float] = field(default_factory=dict)
    """Means and coefficients by name."""

    @property
    def verdict(self) -> Verdict:
        """``unsure``: neither an effect is shown nor that there is none. With few both the
        interval and what chance does must say so."""
        if self.low is None or self.high is None:
            return "refused"
        if self.chance is not None and self.chance > 1 - SURE:
            return "unsure"
        if self.low > 0:
            return "up"
        return "down" if self.high < 0 else "unsure"

    @property
    def as_json(self) -> dict[str, Any]:
        """To keep; :meth:`read` makes an effect of it again."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Effect:
        """The effect of what was kept."""
        said = {
            name: tuple(Caveat(each["key"], each["numbers"]) for each in kept[name])
            for name in ("refused", "caveats")
        }
        return cls(**{**kept, **said})


def refusal(method: str, treated: int, control: int, why: Sequence[Caveat], **more: Any) -> Effect:
    """No effect, and why."""
    return Effect(method=method, treated=treated, control=control, refused=tuple(why), **more)


def chosen_by(chosen: Chosen) -> list[Caveat]:
    """What must be known for who decided; nothing where chance did."""
    return {"lot": [], "rule": [Caveat("by_rule")], "self": [Caveat("self_chosen")]}[chosen]


def between(estimate: float, error: float, degrees: float) -> tuple[float, float]:
    """The interval."""
    half = critical(degrees, SURE) * error if isfinite(error) else 0.0
    return estimate - half, estimate + half


def rounded(value: float) -> str:
    """A figure within a sentence, of four digits."""
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
