"""Bundled plugins keep the contract that others keep.

Left out is what other tests prove for all of them together, and cheaper.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from plugin_api.testing import PluginContract

DAYS = itertools.count()


class Bundled(PluginContract):
    """Without what is proven elsewhere."""

    test_scripts_make_the_tables_of_the_models = None  # tests/architecture/test_plugins.py
    test_every_text_is_translated = None  # tests/architecture/test_plugins.py
    test_records_of_another_company_are_not_there = None  # tests/security/test_rest.py
    test_pages_stand_beside_every_other_plugin = None  # tests/browser/test_every_page.py
    test_demo_records_can_be_made = None  # tests/demo/test_companies.py


class TestAssignment(Bundled):
    plugin = "assignment"


class TestCatalog(Bundled):
    plugin = "catalog"

    def values(self, model: str) -> Mapping[str, Any]:
        """Every price from a day of its own."""
        day = dt.date(2031, 1, 1) + dt.timedelta(days=next(DAYS))
        return {"valid_from": day, "valid_to": None} if model == "catalog.Price" else {}
