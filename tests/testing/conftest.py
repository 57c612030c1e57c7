"""The kit as a plugin's tests have it."""

import pytest

from plugin_api.testing import (
    app,
    as_user,
    clock,
    company,
    contract_world,
    disable,
    enable,
    installation,
    new_company,
    other_company,
    outbox,
    outside,
    run_jobs,
)

__all__ = [
    "app", "as_user", "clock", "company", "contract_world", "disable", "enable", "installation",
    "new_company", "other_company", "outbox", "outside", "run_jobs",
]  # fmt: skip


@pytest.fixture(scope="session")
def own_plugins() -> tuple[str, ...]:
    """The plugin that would lie here."""
    return ("catalog",)
