"""Whose code it was that failed: plugin, hook and line, for the log and for who mends it.

What people read of a failure is a code that they can hand on; with it the log is searched.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

ROOT = Path(__file__).resolve().parents[2]
_MARK = "__xiaoguan_hook__"


class Placed(Protocol):
    """A plugin whose folder is known."""

    @property
    def path(self) -> Path: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A failure in the words of the log. ``plugin`` is "core" for the host's own."""

    code: str
    """Ten signs that stand for this one failure."""
    plugin: str
    hook: str
    """Empty when it did not happen in a hook."""
    place: str
    """File and line, from the plugin's folder or the host's on."""
    error: str
    """What kind of exception it is; its text may hold what people entered."""

    def __str__(self) -> str:
        hook = f", hook {self.hook}" if self.hook else ""
        return f"failure {self.code} in plugin {self.plugin}{hook}, {self.place}: {self.error}"


def blame(error: BaseException, plugin: str, hook: str) -> None:
    """Note with an exception in which hook of which plugin it was raised; the innermost stays."""
    if not hasattr(error, _MARK):
        try:
            setattr(error, _MARK, (plugin, hook))
        except AttributeError:
            error.add_note(f"In the hook {hook} of the plugin {plugin}.")


def hook_of(error: BaseException) -> tuple[str, str]:
    """(plugin, hook) in which an exception was raised; empty when it was in none."""
    found: tuple[str, str] = getattr(error, _MARK, ("", ""))
    return found


def failure_of(error: BaseException, plugins: Mapping[str, Placed]) -> Failure:
    """What there is to say of an exception: the hook it was raised in, else whose code was at
    work, and the innermost line of a plugin, else of the host."""
    plugin, hook = hook_of(error)
    # A folder of a plugin may be a link, and its code was imported by another link.
    homes = {id_: each.path.resolve() for id_, each in plugins.items() if id_ != "core"}
    own, place = "core", ""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename).resolve()
        home = next((id_ for id_, home in homes.items() if path.is_relative_to(home)), "")
        if home:
            own, place = home, f"{home}/{path.relative_to(homes[home])}, line {frame.lineno}"
            break
        if not place and path.is_relative_to(ROOT / "core"):
            place = f"{path.relative_to(ROOT)}, line {frame.lineno}"
    code = secrets.token_hex(5).upper()
    return Failure(
        code=f"{code[:5]}-{code[5:]}",
        plugin=plugin or own,
        hook=hook,
        place=place or "?",
        error=type(error).__name__,
    )
