"""Bundled plugins keep the contract that others keep.

Left out is what other tests prove for all of them together, and cheaper.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from core.host import services
from plugin_api.testing import PluginContract, Workplace
from plugin_api.testing.contract.base import Subject
from tests.architecture.sources import BUNDLED

DAYS = itertools.count()


def another_day(since: int = 2031) -> dt.date:
    return dt.date(since, 1, 1) + dt.timedelta(days=next(DAYS))


class Bundled(PluginContract):
    """Without what is proven elsewhere."""

    rows, every_view = 12, False
    by_code: ClassVar[tuple[str, ...]] = ()
    """Models whose records come about under conditions that tests of the plugin make."""

    test_scripts_make_the_tables_of_the_models = None  # tests/architecture/test_migrations.py
    test_every_text_is_translated = None  # tests/architecture/test_translations.py
    test_figures_count_nothing_of_another_company = None  # tests/security/test_registries.py
    test_records_of_another_company_are_not_there = None  # tests/security/test_rest.py
    test_lists_and_searches_hold_no_record_of_another_company = None  # the same
    test_records_need_a_permission = None  # tests/security/test_auditor.py
    test_nothing_is_there_where_it_is_off = None  # tests/security/test_routes.py, test_rest.py
    test_pages_stand_where_there_is_nothing = None  # tests/web, tests/browser/test_first_day.py
    test_pages_stand_beside_every_other_plugin = None  # tests/browser/test_every_page.py
    test_records_have_pages = None  # the same
    test_no_role_breaks_a_page = None  # tests/faults/test_contract.py
    test_in_chinese_as_in_english = None  # tests/browser/test_every_page.py
    test_demo_records_can_be_made = None  # tests/demo/test_companies.py
    test_a_file_comes_back_as_it_went_out = None  # tests/importing, tests/jobs/test_imports.py

    def growing(self, subject: Subject, place: Workplace, model: Any, id_: int) -> Iterator[str]:
        """Lists to which some plugin adds; tests of the host count what it shows itself."""
        with subject.world.app.app_context():
            registry, dispatcher = services().registry, services().dispatcher
            key, every = model.model_key(), frozenset(registry.plugins)
            added = key in registry.view_extensions
            added = added or bool(dispatcher.answering("list_panels", every, key))
        return super().growing(subject, place, model, id_) if added else iter(())

    def values(self, model: str) -> Mapping[str, Any] | None:
        return None if model in self.by_code else self.given(model)

    def given(self, model: str) -> Mapping[str, Any]:
        return {}


class TestActivities(Bundled):
    plugin = "activities"
    by_code = (
        "activities.Activity", "activities.ContactRule", "activities.Place",
        "activities.StepRule",
    )  # fmt: skip


class TestApprovals(Bundled):
    plugin = "approvals"
    by_code = ("approvals.Request", "approvals.Rule")


class TestAssignment(Bundled):
    plugin = "assignment"


class TestCatalog(Bundled):
    plugin = "catalog"

    def given(self, model: str) -> Mapping[str, Any]:
        """Every price from a day of its own."""
        day = {"valid_from": another_day(), "valid_to": None}
        return day if model == "catalog.Price" else {}


class TestContracts(Bundled):
    plugin = "contracts"

    def given(self, model: str) -> Mapping[str, Any]:
        return {"due_on": None} if model == "contracts.Instalment" else {}


class TestCrm(Bundled):
    plugin = "crm"
    by_code = ("crm.OpportunityCredit",)

    def given(self, model: str) -> Mapping[str, Any]:
        return {"closed_on": None} if model == "crm.Opportunity" else {}


class TestDuplicates(Bundled):
    plugin = "duplicates"
    by_code = (
        "duplicates.Different",
        "duplicates.Group",
        "duplicates.Key",
        "duplicates.Member",
        "duplicates.Merge",
        "duplicates.Merged",
        "duplicates.Rule",
    )


class TestIncentives(Bundled):
    plugin = "incentives"
    by_code = (
        "incentives.Entry",
        "incentives.Version",
    )


class TestPlans(Bundled):
    plugin = "plans"
    by_code = (
        "plans.Link",
        "plans.Step",
    )

    def given(self, model: str) -> Mapping[str, Any]:
        return {
            "plans.Objective": {"team": None},
            "plans.Report": {"start": dt.date(2026, 3, 2)},
        }.get(model, {})


class TestPools(Bundled):
    plugin = "pools"


class TestPricing(Bundled):
    plugin = "pricing"
    by_code = ("pricing.Floor",)

    def given(self, model: str) -> Mapping[str, Any]:
        return {"code": f"C{next(DAYS)}"} if model == "pricing.Coupon" else {}


class TestRewards(Bundled):
    plugin = "rewards"
    by_code = (
        "rewards.Award",
        "rewards.Contest",
        "rewards.Entry",
        "rewards.Grant",
        "rewards.Kudos",
        "rewards.Nomination",
    )


class TestRisk(Bundled):
    plugin = "risk"
    by_code = (
        "risk.Appetite",
        "risk.Risk",
    )


class TestSales(Bundled):
    plugin = "sales"
    by_code = (
        "sales.Delivery",
        "sales.LedgerEntry",
        "sales.OrderCredit",
    )


class TestSegments(Bundled):
    plugin = "segments"
    by_code = (
        "segments.Factor",
        "segments.Membership",
        "segments.Override",
        "segments.Policy",
        "segments.Score",
    )


class TestService(Bundled):
    plugin = "service"
    by_code = (
        "service.Mail",
        "service.Policy",
        "service.Visit",
        "service.VisitPlan",
    )


class TestSwot(Bundled):
    plugin = "swot"
    by_code = ("swot.Analysis",)


class TestTargets(Bundled):
    plugin = "targets"
    by_code = ("targets.Target",)

    def test_a_list_is_grouped_by_what_nobody_gives_values_to(self, subject: Subject) -> None:
        """Where no plugin has a measure, none is to be chosen."""
        assert subject.alone.page("/targets/targets?group=measure").status_code == 200


class TestTraining(Bundled):
    plugin = "training"
    by_code = (
        "training.Career",
        "training.Criterion",
        "training.Question",
        "training.Reaction",
    )


def test_every_bundled_plugin_is_here() -> None:
    assert sorted(each.plugin for each in Bundled.__subclasses__()) == BUNDLED
