"""Every hook of the host.

A boot hook returns frozen value objects that the host applies and attributes; it runs once,
without a company. All other hooks run for a company that has the plugin enabled. Plugins run
in dependency order, dependencies first. A signature grows only by arguments with defaults.

The error policy stands beside each spec in :data:`POLICIES`:

``fatal``    the plugin and its dependants become unavailable, the host starts without them
``isolate``  logged with the plugin's id and left out, the page stands
``abort``    everything in the transaction is rolled back and the person sees why
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from plugin_api.plugin import hookspec

if TYPE_CHECKING:
    from flask import Blueprint

    from plugin_api.access import Permission, RoleGrants
    from plugin_api.cards import Card
    from plugin_api.context import Actor, Company
    from plugin_api.feeds import Feed
    from plugin_api.jobs import Job
    from plugin_api.measures import Measure, Ratio
    from plugin_api.menus import MenuItem
    from plugin_api.models.base import Base, CompanyModel
    from plugin_api.open_pages import OpenPage
    from plugin_api.panels import Panel, TimelineEntry
    from plugin_api.reports import Report
    from plugin_api.retention import Retention
    from plugin_api.settings import Setting
    from plugin_api.views import Dashboard, View, ViewExtension
    from plugin_api.workflow import Transition, Workflow

Policy = Literal["fatal", "isolate", "abort"]


# -- boot ---------------------------------------------------------------------------------


@hookspec
def register_models() -> Sequence[type[Base]]:
    """Mapped classes of the plugin.

    Called when: the process starts, after import.
    Return: classes whose table names start with ``<plugin id>_``.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_views() -> Sequence[View]:
    """Lists, forms and boards of models.

    Called when: the process starts.
    Return: views; one of a kind a model.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_view_extensions() -> Sequence[ViewExtension]:
    """Columns for lists of other plugins.

    Called when: the process starts.
    Return: extensions; one of a model that is not there waits for it.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_cards() -> Sequence[Card]:
    """Cards for people's home pages.

    Called when: the process starts.
    Return: cards with ids that are unique in the plugin.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_dashboards() -> Sequence[Dashboard]:
    """Pages of cards, charts, pivots, lists and figures.

    Called when: the process starts.
    Return: dashboards with ids that are unique in the plugin.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_menus() -> Sequence[MenuItem]:
    """Entries of the side menu under the plugin's heading.

    Called when: the process starts.
    Return: menu items with ids that are unique in the plugin.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_permissions() -> Sequence[Permission]:
    """Permissions besides the six that every collection has.

    Called when: the process starts.
    Return: permissions whose keys start with ``<plugin id>.``.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_roles() -> Sequence[RoleGrants]:
    """What the plugin grants to the seeded roles; copied into a company when it is enabled.

    Called when: the process starts.
    Return: grants by role, of those that every company starts with.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_workflows() -> Sequence[Workflow]:
    """Transitions of models.

    Called when: the process starts.
    Return: one workflow a model.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_measures() -> Sequence[Measure | Ratio]:
    """Figures that every plugin may use.

    Called when: the process starts.
    Return: measures and ratios whose keys start with ``<plugin id>.``.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_settings() -> Sequence[Setting]:
    """Settings that a company's admin may change.

    Called when: the process starts.
    Return: settings whose keys start with ``<plugin id>.``.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_jobs() -> Sequence[Job]:
    """Work in the background.

    Called when: the process starts.
    Return: jobs with ids that are unique in the plugin.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_retention() -> Sequence[Retention]:
    """Rules by which records about people are erased once they are not needed.

    Called when: the process starts.
    Return: rules with ids that are unique in the plugin, for models with personal fields.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_feeds() -> Sequence[Feed]:
    """Files that programs fetch by a secret address, in the name of who has made it.

    Called when: the process starts.
    Return: feeds with ids that are unique in the plugin.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_open_pages() -> Sequence[OpenPage]:
    """Pages about one record for people outside, who hold a link and log in nowhere.

    Called when: the process starts.
    Return: pages with ids that are unique in the plugin, of models that are there.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_reports() -> Sequence[Report]:
    """What programs ask over REST with a few values, and get as JSON.

    Called when: the process starts.
    Return: reports with ids that are unique in the plugin.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def register_blueprints() -> Sequence[Blueprint]:
    """Pages that the declared views cannot make.

    Called when: the process starts.
    Return: blueprints named like the plugin or ``<plugin id>_<name>``; mounted under
        ``/<plugin id>`` and closed to companies that have the plugin off.
    On error: fatal.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


# -- pages --------------------------------------------------------------------------------


@hookspec
def menu_badges(actor: Actor) -> Mapping[str, int]:
    """Small numbers beside menu entries.

    Called when: a page with the side menu is rendered.
    Arguments: actor – who looks.
    Return: menu item id → number; zero is not shown.
    On error: isolate.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def form_defaults(model: str, actor: Actor) -> Mapping[str, Any]:
    """Values that a new record's form starts with.

    Called when: an empty form is rendered. Restrict with ``@for_models``.
    Arguments: model – its key; actor – who looks.
    Return: field → typed value; later plugins win.
    On error: isolate.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def list_panels(model: str, actor: Actor) -> Sequence[Panel]:
    """Boxes above a model's list.

    Called when: a list is rendered. Restrict with ``@for_models``.
    Arguments: model – its key; actor – who looks.
    Return: panels, possibly none.
    On error: isolate.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def record_panels(model: str, record: CompanyModel, actor: Actor) -> Sequence[Panel]:
    """Boxes beside a record's form.

    Called when: a record's page is rendered. Restrict with ``@for_models``.
    Arguments: model – its key; record – what is shown; actor – who looks.
    Return: panels, possibly none.
    On error: isolate.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def moved_to(model: str, record: CompanyModel) -> str | None:
    """Where the page of a record that is put aside leads on to, since another has its place.

    Called when: such a page is opened, without ``stay`` in its address. Restrict with
        ``@for_models`` where that is known.
    Arguments: model – its key; record – put aside (``__aside__``), and the actor may read it.
    Return: an address of this site, or None; the first one counts.
    On error: isolate.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def record_timeline(
    model: str, record_id: int, before: tuple[datetime, int] | None, limit: int
) -> Sequence[TimelineEntry]:
    """What a record's timeline tells besides changes, comments and files.

    Called when: a page of the timeline is rendered. Restrict with ``@for_models``.
    Arguments: model – its key; record_id – which one, and the actor may read it; before – only
        what is older: ``(at, id)`` below it; limit – at most so many.
    Return: entries, the newest first, of what the actor may see.
    On error: isolate.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


# -- data, inside the transaction ---------------------------------------------------------


@hookspec
def before_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    """Read in few statements what completing many new records needs.

    Called when: the fields of all of them are set, before before_create of each; for a single
        one too.
    Arguments: model – its key; records – those that are made at once, nothing written yet.
    Return: nothing; to refuse one of them is for before_create.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def before_create(model: str, record: CompanyModel) -> None:
    """Complete or refuse a new record.

    Called when: its fields are set and valid, nothing is written yet.
    Arguments: model – its key; record – may be changed.
    Return: nothing; raise :class:`plugin_api.errors.Rejected` to refuse.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def after_create(model: str, record: CompanyModel) -> None:
    """Follow up on a new record, which has its id now.

    Called when: it is written, before the commit.
    Arguments: model – its key; record – as written.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def after_create_many(model: str, records: Sequence[CompanyModel]) -> None:
    """Follow up on new records together, in place of one by one.

    Called when: after_create has been called for each of them; for a single one too.
    Arguments: model – its key; records – those that were made at once, as written.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def before_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Complete or refuse a change.

    Called when: the new values are set and valid, nothing is written yet; in a transition
        too, once it is applied.
    Arguments: model – its key; record – with the new values, may be changed; changes –
        column → (old, new).
    Return: nothing; raise Rejected to refuse.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def after_update(model: str, record: CompanyModel, changes: Mapping[str, tuple[Any, Any]]) -> None:
    """Follow up on a change.

    Called when: it is written, before the commit.
    Arguments: as for before_update.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def before_delete(model: str, record: CompanyModel) -> None:
    """Refuse a deletion, or delete what belongs to the record.

    Called when: a record is about to be deleted; when many are deleted together, for each before
    any is gone, but for parts of other records (``__parent__``), which go one after the other.
    Arguments: model – its key; record – still there.
    Return: nothing; raise Rejected to refuse.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def before_delete_many(model: str, records: Sequence[CompanyModel]) -> None:
    """Let go of records that are deleted together in few statements, in place of one by one.

    Called when: before_delete has been called for each of them and refused none, while all are
        there; for a single one too.
    Arguments: model – its key; records – those that are deleted at once.
    Return: nothing; raise Rejected to refuse. Of several each is tried by itself then, so that
        only the one that is at fault stays.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def blockers_for_erase(model: str, record: CompanyModel) -> Sequence[str]:
    """Reasons why the personal data of a record must be kept for now.

    Called when: somebody looks at what erasing a person would take away, and before it does.
    Arguments: model – its key, with personal fields; record – about the person.
    Return: sentences for the person who asks; none lets it go.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def after_erase(model: str, record: CompanyModel) -> None:
    """Forget what the plugin keeps of a person besides records with personal fields.

    Called when: the personal data of a record was taken away, in the transaction that does it;
    for plugins that are switched off too.
    Arguments: model – its key; record – without what was personal.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def before_transition(
    model: str, record: CompanyModel, transition: Transition, values: Mapping[str, Any]
) -> None:
    """Hold a move from one state to another back.

    Called when: the actor may make it and what is given is complete, on every path; nothing has
        changed yet.
    Arguments: model – its key; record – as it was; transition – which; values – given with it,
        by the names of its inputs.
    Return: nothing; raise Rejected to refuse, `Held` to name the page where what is missing is
        done.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def after_transition(
    model: str, record: CompanyModel, transition: Transition, old: str, new: str
) -> None:
    """Follow up on a move from one state to another.

    Called when: a transition of the model's workflow is written, before the commit.
    Arguments: model – its key; record – in its new state; transition – which; old, new –
        values of the workflow's field.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


# -- life of one plugin, called only on the plugin concerned -------------------------------


@hookspec
def on_enable(company: Company) -> None:
    """Give a company what it needs to start: default records. Must be repeatable.

    Called when: an admin enables the plugin, inside the transaction, before the gate opens.
    Arguments: company – the one.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def blockers_for_disable(plugin: str, company: Company) -> Sequence[str]:
    """Reasons why a company cannot switch the plugin off now.

    Called when: an admin asks to disable the plugin, on the plugin itself and on the host.
    Arguments: plugin – id of the one to go; company – for which.
    Return: reasons in words; empty when nothing stands against it.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


@hookspec
def load_demo(company: Company, seed: int) -> None:
    """Fill a company with two years of plausible records, dated back from today.

    Called when: demo companies are made. People, teams and the records of dependencies are there
        already, and texts are in the company's language. All plugins were on while those were made,
        so the plugin's own data hooks have been called for them. What is in a later state is
        created and then moved, each under `plugin_api.context.clock_at`.
    Arguments: company – the one; seed – the same seed gives the same records.
    Return: nothing.
    On error: abort.
    Since: 1.
    """
    raise AssertionError("a specification is never called")


POLICIES: Mapping[str, Policy] = {
    "register_models": "fatal",
    "register_views": "fatal",
    "register_view_extensions": "fatal",
    "register_cards": "fatal",
    "register_dashboards": "fatal",
    "register_menus": "fatal",
    "register_permissions": "fatal",
    "register_roles": "fatal",
    "register_workflows": "fatal",
    "register_measures": "fatal",
    "register_settings": "fatal",
    "register_jobs": "fatal",
    "register_retention": "fatal",
    "register_feeds": "fatal",
    "register_open_pages": "fatal",
    "register_reports": "fatal",
    "register_blueprints": "fatal",
    "menu_badges": "isolate",
    "form_defaults": "isolate",
    "list_panels": "isolate",
    "record_panels": "isolate",
    "moved_to": "isolate",
    "record_timeline": "isolate",
    "before_create_many": "abort",
    "before_create": "abort",
    "after_create": "abort",
    "after_create_many": "abort",
    "before_update": "abort",
    "after_update": "abort",
    "before_delete": "abort",
    "before_delete_many": "abort",
    "blockers_for_erase": "abort",
    "after_erase": "abort",
    "before_transition": "abort",
    "after_transition": "abort",
    "on_enable": "abort",
    "blockers_for_disable": "abort",
    "load_demo": "abort",
}
