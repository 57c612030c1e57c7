"""What the host registers, by the same hooks as a plugin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from core.access import absences, power
from core.access.models import MODELS as ACCESS
from core.access.models import Absence
from core.access.views import VIEWS as ABSENCE_VIEWS
from core.api.models import IdempotencyKey
from core.calendar.models import Holiday
from core.collab import notify
from core.collab.models import MODELS as COLLABORATION
from core.custom import rules as custom
from core.custom.models import MODELS as CUSTOM
from core.custom.views import VIEWS as CUSTOM_VIEWS
from core.dashboards.models import SavedDashboard
from core.data import rates
from core.data.audit import AuditEntry
from core.data.importing.models import MODELS as IMPORTING
from core.data.rates import ExchangeRate
from core.data.sealing import AuditSeal
from core.data.series import NumberSeries
from core.data.settings import SettingValue
from core.files.attachments import ROOM
from core.files.models import MODELS as FILES
from core.home.cards import CARDS
from core.home.models import HomeLayout
from core.hosting.models import CompanyPlugin
from core.identity import registered as logins
from core.identity.models import Company, PlatformEntry, Role, RoleField, RoleGrant, Team, User
from core.identity.tables import MODELS as IDENTITY
from core.identity.views import VIEWS as PEOPLE_VIEWS
from core.jobs import keeping, runs
from core.jobs.chores import JOBS
from core.jobs.models import MODELS as BACKGROUND
from core.privacy import holds, retaining
from core.privacy import subjects as privacy
from core.privacy.models import Hold
from core.rights import PERMISSIONS, grants_of_roles
from core.search.models import SearchToken
from core.views.models import MODELS as HABITS
from core.web import menus
from core.webhooks import delivering
from core.webhooks import rules as webhooks
from core.webhooks.models import MODELS as WEBHOOKS
from core.webhooks.views import VIEWS as WEBHOOK_VIEWS
from plugin_api import for_models, hookimpl, host
from plugin_api.access import Permission, RoleGrants
from plugin_api.cards import Card
from plugin_api.context import Actor, gettext
from plugin_api.context import Company as CompanyValue
from plugin_api.context import lazy_gettext as _
from plugin_api.errors import Rejected
from plugin_api.jobs import Job
from plugin_api.menus import MenuItem
from plugin_api.models import Base, CompanyModel
from plugin_api.panels import Panel
from plugin_api.settings import Setting
from plugin_api.views import View
from plugin_api.workflow import Transition, Workflow


@hookimpl
def register_models() -> Sequence[type[Base]]:
    return [
        Company, PlatformEntry, User, Team, Role, RoleGrant, RoleField, CompanyPlugin,
        SettingValue, NumberSeries, Holiday, ExchangeRate, AuditEntry, AuditSeal, IdempotencyKey,
        HomeLayout, SearchToken, SavedDashboard, Hold, *IDENTITY, *ACCESS, *IMPORTING,
        *COLLABORATION, *FILES, *HABITS, *BACKGROUND, *CUSTOM, *WEBHOOKS,
    ]  # fmt: skip


@hookimpl
def register_views() -> Sequence[View]:
    return [*PEOPLE_VIEWS, *ABSENCE_VIEWS, *CUSTOM_VIEWS, *WEBHOOK_VIEWS]


@hookimpl
def register_cards() -> Sequence[Card]:
    return CARDS


@hookimpl
def register_menus() -> Sequence[MenuItem]:
    return menus.MENUS


@hookimpl
def register_permissions() -> Sequence[Permission]:
    return PERMISSIONS


@hookimpl
def register_roles() -> Sequence[RoleGrants]:
    return list(grants_of_roles())


@hookimpl
def register_settings() -> Sequence[Setting]:
    return [
        Setting(
            key=privacy.HOLD, label=_("Keep personal data for (days)"), kind="integer", default=0,
            minimum=0,
            help=_("So long after a record about a person was last changed it is not erased,"
                   " where the law wants it kept."),
        ),
        Setting(
            key=ROOM, label=_("Room for files (MB)"), kind="integer", default=10_000, minimum=0,
            help=_("How much all files that are attached to records may take together."),
        ),
        *logins.SETTINGS, *keeping.SETTINGS, *delivering.SETTINGS,
    ]  # fmt: skip


@hookimpl
def register_workflows() -> Sequence[Workflow]:
    return webhooks.WORKFLOWS


@hookimpl
def register_jobs() -> Sequence[Job]:
    return (*JOBS, *retaining.JOBS)


@hookimpl
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    return [*menus.beside(model, record), *menus.beside_person(record)]


@hookimpl
@for_models("core.Team", "core.Role")
def list_panels(model: str, actor: Actor) -> Sequence[Panel]:
    return menus.above(model)


@hookimpl
@for_models(
    "core.Absence", "core.ExchangeRate", "core.User", "core.Team", "core.Role", "core.RoleGrant",
    "core.RoleField", "core.CustomField", "core.CustomOption", "core.Webhook",
)  # fmt: skip
def before_create(model: str, record: CompanyModel) -> None:
    custom.before_create(record)
    webhooks.before_create(record)
    if isinstance(record, ExchangeRate):
        rates.check(record)
    elif isinstance(record, Absence):
        absences.complete(record)
    power.check(record)


@hookimpl
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    notify.updated(record, changes)


@hookimpl
def after_transition(
    model: str, record: CompanyModel, transition: Transition, old: str, new: str
) -> None:
    notify.transitioned(record, transition, old, new)


@hookimpl
@for_models(
    "core.Absence", "core.ExchangeRate", "core.User", "core.Team", "core.Role", "core.RoleGrant",
    "core.RoleField", "core.CustomField", "core.CustomOption", "core.Webhook",
)  # fmt: skip
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    custom.before_update(record, changes)
    webhooks.before_update(record, changes)
    if isinstance(record, ExchangeRate):
        rates.check(record)
    elif isinstance(record, Absence):
        absences.complete(record)
    elif isinstance(record, Team) and "parent_id" in changes:
        _refuse_circle(record)
    power.check(record, changes)


@hookimpl
@for_models("core.Role", "core.RoleField", "core.CustomField", "core.CustomOption")
def before_delete(model: str, record: CompanyModel) -> None:
    custom.before_delete(record)
    if isinstance(record, RoleField):
        power.lifts(record)
    elif isinstance(record, Role) and record.code == "admin":
        raise Rejected("", gettext("Without this role nobody could administer the company."))


@hookimpl
def blockers_for_erase(model: str, record: CompanyModel) -> Sequence[str]:
    return [*privacy.held(record), *holds.reasons(record)]


@hookimpl
def blockers_for_disable(plugin: str, company: CompanyValue) -> Sequence[str]:
    return runs.blockers(plugin)


def _refuse_circle(record: Any) -> None:
    """A team is not part of itself, however many teams lie between."""
    session = host().session
    seen, above = {record.id}, record.parent_id
    while above is not None:
        if above in seen:
            raise Rejected("parent", gettext("A team cannot be part of itself."))
        seen.add(above)
        above = session.scalar(sa.select(Team.parent_id).where(Team.id == above))
