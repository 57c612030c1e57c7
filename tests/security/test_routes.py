"""Every address of the application, read from its own map: strangers, other companies, plugins
that are off, forged forms. A new one that is in no table here fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from werkzeug.routing import Rule

from tests.security.kit import ACME, OTHER, World

FAR = 10**18 - 1

OPEN = frozenset(
    {
        "assets.serve", "feeds.serve",
        "addresses.go_back", "health.alive", "health.ready", "links.enter", "links.forgot",
        "metrics.metrics", "open_pages.answer", "open_pages.file", "open_pages.show",
        "passkeys.ask", "passkeys.log_in", "sso.callback", "sso.start",
        "web.language", "web.login",
        "web.login_code", "own_sso.callback", "own_sso.find", "own_sso.show", "own_sso.start",
    }
)  # fmt: skip
"""For strangers too; figures of the process for who is on the same machine."""

OWN = frozenset(
    {
        "addresses.ask", "addresses.confirm", "addresses.forget",
        "dashboards.first", "dashboards.show", "dashboards.tile", "dashboards.new",
        "dashboards.create", "dashboards.copy", "dashboards.edit", "dashboards.edited",
        "dashboards.ask_put", "dashboards.put",
        "analysis.name_view", "analysis.records", "analysis.save_view", "analysis.show",
        "approvals.ask", "approvals.send",
        "activities.log", "activities.write_log", "activities.plan_next", "activities.write_next",
        "activities.choose_plan", "activities.apply_plan", "activities.route",
        "activities.reorder", "activities.followups", "activities.bring", "activities.bring_in",
        "activities.mine", "activities.choose", "activities.static", "feeds.show", "feeds.make",
        "factor.new_codes", "factor.show",
        "factor.switch_off", "factor.switch_on", "look_as.stop", "passkeys.make", "passkeys.new",
        "analysis.table", "duplicates.groups", "duplicates.search", "duplicates.compare",
        "duplicates.merge", "assignment.fairness", "assignment.give",
        "crm.funnel", "home.arrange", "sales.statement", "sales.receivables", "segments.effort",
        "service.figures", "service.satisfaction",
        "segments.moves", "segments.overview", "segments.personas", "segments.rfm",
        "segments.score",
        "home.card", "home.rearrange", "notifications.latest", "notifications.read",
        "incentives.acknowledge", "incentives.fairness", "incentives.mine",
        "incentives.reconcile", "rewards.mine", "rewards.redeem",
        "rewards.wall",
        "notifications.show", "pools.overview", "pools.returns", "pricing.explain",
        "pricing.price_again", "pricing.simulate",
        "risk.detection", "risk.heat", "risk.propose", "risk.report",
        "risk.simulation", "risk.static",
        "plans.apply_template", "plans.choose_template", "plans.mine", "plans.overview",
        "plans.reports", "plans.static", "plans.timeline", "plans.write_report",
        "profile.save", "profile.show",
        "proof.go_on",
        "search.palette", "search.show", "search.theme", "security.end_sessions",
        "security.password", "security.show",
        "targets.agree", "targets.attainment",
        "targets.burnup", "targets.grid", "targets.heat", "targets.ladder", "targets.save_grid",
        "targets.static", "swot.static",
        "targets.records", "targets.save", "targets.split", "teams.tree", "tokens.make",
        "training.enrol", "training.matrix", "training.mine", "training.static",
        "tokens.show", "web.home",
        "web.logout", "web.switch",
    }
)  # fmt: skip
"""About the person's own company and themselves: no address names a record."""

ADMINISTRATION = frozenset(
    {
        "audit.file", "audit.search", "condition.show", "jobs.overview", "jobs.start",
        "matrix.save", "matrix.show",
        "contributions.show",
        "plugins.preview", "plugins.show", "plugins.switch", "retention.save", "retention.show",
        "settings.save", "settings.show",
        "sso_settings.attempt", "sso_settings.off", "sso_settings.save", "sso_settings.show",
    }
)  # fmt: skip
"""For administrators only; no address names a record."""

RECORDS = frozenset(
    {
        "access.show", "collections.edit", "collections.move_to_day", "collections.save",
        "comments.add", "comments.change",
        "comments.delete", "comments.proposals", "crm.people", "comments.timeline", "files.attach",
        "files.delete", "files.download", "files.show", "following.follow",
        "following.followers", "moves.ask", "moves.move", "privacy.erase", "privacy.file",
        "privacy.hold", "privacy.lift", "privacy.show", "records.delete", "records.save",
        "records.show", "reveal.reveal",
        "open_pages.make", "open_pages.revoke", "incentives.attempt", "incentives.calculate",
        "rewards.ballot", "rewards.board", "rewards.vote",
        "incentives.behind", "incentives.paper", "incentives.payroll", "incentives.sheet",
        "incentives.effect", "incentives.keep_effect",
        "records.preview",
        "pricing.order_line", "pricing.quote_line", "sales.account_statement", "sales.quote_pdf",
        "sharing.revoke", "sharing.share", "webhooks.ask", "webhooks.renew",
        "training.apply", "training.attempt", "training.begin", "training.career",
        "training.certificate", "training.do", "training.evaluation", "training.hand_in",
        "training.items", "training.learn", "training.preview", "training.react",
        "training.seat",
    }
)  # fmt: skip
"""About one record of a collection: not there for other companies."""

HARMLESS = frozenset({"records.seen"})
"""Takes the number of any record, and touches nothing but the person's own notifications."""

COLLECTIONS = frozenset(
    {
        "collections.change", "collections.chosen", "collections.choose",
        "collections.figures", "collections.lane", "collections.lookup", "collections.name_view",
        "collections.sums",
        "collections.on_many",
        "collections.put_together", "collections.save_view", "collections.show",
        "importing.export", "importing.export_in_background", "importing.start", "importing.upload",
        "records.create", "records.new",
    }
)  # fmt: skip
"""About a collection: of the plugin that is on, of the person's company."""

OTHERS = frozenset(
    {
        "service.answers", "service.answer",
        "activities.visit", "activities.check", "activities.answer", "activities.remember",
        "analysis.change_view", "analysis.changed_view",
        "collections.change_view", "collections.changed_view", "importing.bad_rows",
        "importing.forget_map",
        "importing.go_on", "importing.show", "importing.take_back", "jobs.again", "jobs.cancel",
        "drafts.drop", "drafts.show",
        "factor.reset", "passkeys.remove", "look_as.ask", "look_as.start", "invitations.invite",
        "invitations.revoke", "jobs.file", "jobs.show",
        "people.end_sessions", "people.login_of", "permissions.save", "permissions.show",
        "plans.move", "plans.report", "plans.save_report", "plans.tree",
        "risk.bowtie",
        "swot.board", "swot.compare", "swot.forget_idea", "swot.give_vote", "swot.save_tows",
        "swot.slides", "swot.tows", "swot.workshop", "swot.write_idea",
        "role_fields.save", "role_fields.show", "segments.preview", "segments.write",
        "duplicates.decide", "duplicates.undo", "targets.person", "tokens.revoke",
        "tokens.revoke_of",
    }
)  # fmt: skip
"""About something else with a number, which is the person's own or their company's."""

KNOWN = OPEN | OWN | ADMINISTRATION | RECORDS | HARMLESS | COLLECTIONS | OTHERS


def rules(world: World) -> list[Rule]:
    return [r for r in world.app.url_map.iter_rules() if not str(r).startswith("/api/")]


def methods_of(rule: Rule) -> set[str]:
    return set(rule.methods or ()) - {"HEAD", "OPTIONS"}


def filled(world: World, rule: Rule, **values: Any) -> str:
    """An address of the rule."""
    usual = {
        "plugin": "crm", "collection": "accounts", "record_id": FAR, "run_id": FAR, "name": "x",
        "comment_id": FAR, "file_id": FAR, "view_id": FAR, "user_id": FAR, "role_id": FAR,
        "draft_id": FAR, "grading_id": FAR, "group_id": FAR, "merge_id": FAR, "decision": "apart",
        "token_id": FAR, "key_id": FAR, "tile_id": FAR, "token": "made-up", "plugin_id": "crm",
        "key": "crm.attention", "form": "csv",
        "map_id": FAR, "version": "1", "model": "crm.Account", "share_id": FAR, "link_id": FAR,
        "strategy_id": FAR, "report_id": FAR, "risk_id": FAR, "analysis_id": FAR,
        "slug": ACME, "activity_id": FAR, "visit_id": FAR, "ending": "ics", "filename": "visit.js",
    }  # fmt: skip
    with world.app.test_request_context():
        return str(world.app.url_map.bind("localhost").build(
            rule.endpoint, {n: (usual | values)[n] for n in rule.arguments}, append_unknown=False
        ))  # fmt: skip


def call(world: World, client: Any, method: str, path: str, slug: str = ACME) -> int:
    form = {"_company": str(world.company_id(slug))} if method == "POST" else None
    with client.open(path, method=method, data=form) as answer:
        return int(answer.status_code)


def each(world: World, *tables: frozenset[str]) -> Iterator[tuple[Rule, str]]:
    for rule in rules(world):
        if any(rule.endpoint in table for table in tables):
            yield from ((rule, method) for method in sorted(methods_of(rule)))


def test_every_route_is_in_a_table(world: World) -> None:
    """What is new here: decide whose it is, put it into that table, and see it tried."""
    unknown = {rule.endpoint for rule in rules(world)} - KNOWN
    assert unknown == set()
    numbered = {rule.endpoint for rule in rules(world) if "record_id" in rule.arguments}
    assert numbered <= RECORDS | HARMLESS


def test_figures_of_the_process_are_for_this_machine(world: World) -> None:
    client = world.app.test_client()
    far = {"REMOTE_ADDR": "203.0.113.9"}
    assert client.get("/metrics", environ_overrides=far).status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 404
    wrong = {"Authorization": "Bearer "}
    assert client.get("/metrics", headers=wrong, environ_overrides=far).status_code == 404


def test_strangers_are_asked_to_log_in(world: World) -> None:
    got = {}
    for rule in rules(world):
        if rule.endpoint not in OPEN:
            for method in methods_of(rule):
                path = filled(world, rule)
                answer = world.app.test_client().open(path, method=method)
                ok = answer.status_code == 302 and answer.headers["Location"].startswith("/login")
                asked = world.app.test_client().open(
                    path, method=method, headers={"HX-Request": "true"}
                )
                if not ok or asked.status_code != 401:
                    got[f"{method} {path}"] = answer.status_code, asked.status_code
    assert got == {}


def test_forms_need_a_token(world: World) -> None:
    """For who is logged in, for strangers, and whatever the browser says it comes from."""
    world.app.config["WTF_CSRF_ENABLED"] = True
    try:
        got = {}
        for rule in rules(world):
            if "POST" in methods_of(rule):
                path = filled(world, rule)
                for client in (world.client(ACME, "ada"), world.app.test_client()):
                    for headers in ({}, {"Origin": "https://evil.example"}, {"HX-Request": "true"}):
                        status = client.post(path, headers=headers).status_code
                        if status != 400:
                            got[path] = status
        assert got == {}
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = False


def test_nothing_is_changed_by_an_address_alone(world: World) -> None:
    """What changes something is posted: no GET route shares its address with a deed."""
    for rule in rules(world):
        deeds = {"delete", "revoke", "switch", "logout", "follow", "seen", "revert", "read"}
        if deeds & set(str(rule).split("/")):
            assert methods_of(rule) == {"POST"}, rule


@pytest.fixture(scope="module")
def theirs(world: World) -> dict[str, int]:
    """What there is in the other company, and of another person in this one."""
    account = world.make(OTHER, "ada", "crm.Account", name="Abroad")
    world.post(OTHER, "ada", f"/crm/accounts/{account}/comments", text="Secret remark")
    hidden = world.make(ACME, "rita", "crm.Account", name="Of rita")
    world.post(ACME, "rita", f"/crm/accounts/{hidden}/comments", text="Another remark")
    return {"account": account, "hidden": hidden}


@pytest.mark.parametrize("which", ["account", "hidden", "far"])
@pytest.mark.parametrize("name", ["rick", "ada"])
def test_a_record_out_of_reach_is_not_there(
    world: World, theirs: dict[str, int], which: str, name: str
) -> None:
    """Of another company, of another rep, of no number that there is: all the same."""
    if (which, name) == ("hidden", "ada"):
        return
    record = theirs.get(which, FAR)
    got = {}
    for rule, method in each(world, RECORDS):
        path = filled(world, rule, record_id=record, comment_id=1, file_id=1, name="name")
        status = call(world, world.client(ACME, name), method, path)
        if status != 404:
            got[f"{method} {path}"] = status
    assert got == {}
    left: Any = world.rest(OTHER, "ada", "GET", f"/crm/accounts/{theirs['account']}").json
    assert left["version"] == 1


def test_what_else_has_a_number_is_not_there(world: World) -> None:
    """Whether it is of another company or of nobody."""
    got = {}
    theirs = world.user(OTHER, "rick")
    for number, role in ((FAR, FAR), (theirs.id, theirs.role_id), (987_654, 987_654)):
        values = dict.fromkeys(("run_id", "view_id", "user_id", "token_id", "key_id"), number)
        values["role_id"] = role or FAR
        for rule, method in each(world, OTHERS):
            for name in ("rick", "ada"):
                path = filled(world, rule, **values)
                status = call(world, world.client(ACME, name), method, path)
                if status not in (403, 404) or (name == "ada" and status != 404):
                    got[f"{name}: {method} {path}"] = status
    assert got == {}


@pytest.mark.parametrize("digits", [str(10**18), str(2**63), "1" * 30, "1" * 5000], ids=len)
def test_a_number_that_no_record_has_leads_nowhere(world: World, digits: str) -> None:
    """On every page, those of plugins too: the address has no meaning."""
    for rule, method in each(world, RECORDS, HARMLESS, OTHERS):
        path = filled(world, rule).replace(str(FAR), digits)
        assert call(world, world.client(ACME, "ada"), method, path) == 404, path[:60]


def test_administration_is_for_administrators(world: World) -> None:
    for rule, method in each(world, ADMINISTRATION):
        for name in ("rick", "rita", "max"):
            path = filled(world, rule)
            assert call(world, world.client(ACME, name), method, path) == 403, path


BUNDLED = frozenset(
    {
        "activities",
        "approvals",
        "assignment",
        "catalog",
        "contracts",
        "crm",
        "duplicates",
        "incentives",
        "plans",
        "pools",
        "pricing",
        "risk",
        "rewards",
        "sales",
        "service",
        "segments",
        "swot",
        "targets",
        "training",
    }
)


def test_a_plugin_that_is_off_is_not_there(world: World) -> None:
    """Neither its collections nor its own pages."""
    world.bare()
    client, got = world.client("bare", "ada"), {}
    for rule in rules(world):
        plugin = rule.endpoint.partition(".")[0]
        mine = plugin in BUNDLED
        if mine or {"plugin", "collection"} <= rule.arguments:
            for method in methods_of(rule):
                path = filled(world, rule, record_id=1)
                status = call(world, client, method, path, "bare")
                if status != 404:
                    got[f"{method} {path}"] = status
    assert got == {}
