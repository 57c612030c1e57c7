"""The pytest kit for tests of plugins: ``pytest_plugins = ["plugin_api.testing"]`` in the
``conftest.py`` beside ``setup.cfg``.

The one part of the contract that imports the host, since a test runs one: nothing but tests may
import it. It is named in a ``conftest.py`` rather than loaded by an entry point of pytest, so
that other projects' tests in the same environment are not kept from the network.
"""

from plugin_api.testing import undeclared
from plugin_api.testing.contract import PluginContract
from plugin_api.testing.counting import count_statements
from plugin_api.testing.fixtures import (
    Sent,
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
    own_plugins,
    run_jobs,
)
from plugin_api.testing.installing import Installation, install, opened
from plugin_api.testing.loading import pytest_collection
from plugin_api.testing.outside import ReachedOutside, nothing_outside
from plugin_api.testing.workplace import Clock, Workplace

__all__ = [
    "Clock",
    "Installation",
    "PluginContract",
    "ReachedOutside",
    "Sent",
    "Workplace",
    "app",
    "as_user",
    "clock",
    "company",
    "contract_world",
    "count_statements",
    "disable",
    "enable",
    "install",
    "installation",
    "new_company",
    "nothing_outside",
    "opened",
    "other_company",
    "outbox",
    "outside",
    "own_plugins",
    "pytest_collection",
    "run_jobs",
    "undeclared",
]
