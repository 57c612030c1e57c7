"""Parents that must not go round in a circle."""

from __future__ import annotations

from collections.abc import Callable


def closes_circle(
    record_id: int, parent_id: int | None, parent_of: Callable[[int], int | None]
) -> bool:
    """Whether the record would come to lie below itself with this parent.

    ``parent_of`` gives the parent of an id. A circle that is there already, above the record
    but without it, ends the walk.
    """
    seen: set[int] = set()
    while parent_id is not None and parent_id not in seen:
        if parent_id == record_id:
            return True
        seen.add(parent_id)
        parent_id = parent_of(parent_id)
    return False
