"""Pages, cards, jobs, reports, files and REST of plans, as people and programs use them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from core.cli.main import main
from core.jobs import runs
from core.jobs.work import work_off
from plugin_api.context import clock_at, current_company, today
from plugin_api.host import host
from plugin_api.models import model_of
from plugins.activities.models import Activity
from plugins.crm.models import Account
from plugins.plans import cards, demo
from plugins.plans.models import Dependency, Objective, Report, Step, Strategy
from plugins.plans.models import Template as PlanTemplate
from plugins.plans.services import reports
from tests.harness import Installation
from tests.plugins.plans.kit import days, objective, step, strategy, user, waits, win


@pytest.fixture(scope="module")
def web(inst: Installation) -> Installation:
    """A strategy of the boss that runs, an objective of Ann's, and steps that wait."""
    with inst.working("web"):
        win(40_000_00, today().replace(day=1))
        of = strategy(start=days(-10), review_on=days(20))
        host().records.transition(of, "start")
        goal = objective(strategy_id=of.id)
        first = step("Agree on prices", goal, start=days(-5), due=days(2), milestone=True,
                     expected_amount=30_000_00, budget=500_00)  # fmt: skip
        second = step("Make offers", goal, start=days(1), due=days(3), expected_amount=15_000_00)
        waits(second, first)
        host().records.transition(goal, "start")
        step("Boss's own", owner_id=user("boss"), due=today())
    return inst


def one(model: Any, name: str) -> Any:
    return host().session.scalars(sa.select(model).where(model.name == name)).one()


def form(web: Installation, **values: Any) -> dict[str, Any]:
    with web.working("web"):
        return {"_company": str(current_company().id), **values}


def test_a_plan_on_one_page(web: Installation) -> None:
    with web.working("web"):
        id_ = one(Strategy, "Sell to hospitals").id
    at = f"/plans/tree/{id_}"
    page = web.client("web", "boss").get(at).get_data(True)
    assert "75.0%" in page and "Covered in part" in page and "CN¥45,000.00" in page
    assert "without a group that went on as before" in page
    assert "held up, 2 days late" in page and "Only 10 days so far" in page
    assert "gap CN¥60,000.00" in page
    rep = web.client("web", "cai").get(at).get_data(True)
    assert "Sell to hospitals" in rep and "Agree on prices" not in rep
    assert "CN¥" not in rep, "reps read strategies without figures"
    assert "Agree on prices" in web.client("web", "ann").get(at).get_data(True)
    over = web.client("web", "boss").get("/plans/overview").get_data(True)
    assert "More from hospitals" in over and "75.0%" in over
    zh = web.client("web", "boss", "zh").get(at).get_data(True)
    assert "部分覆盖" in zh and "对照组" in zh


def test_what_is_held_up_is_moved_by_one_click(web: Installation) -> None:
    with web.working("web"):
        id_, late = one(Strategy, "Sell to hospitals").id, one(Step, "Make offers")
        before = late.start, late.due
        step_id = late.id
    client = web.client("web", "ann")
    answer = client.post(f"/plans/tree/{id_}/move", data=form(web))
    assert answer.status_code == 303
    assert "1 step was moved" in client.get(answer.headers["Location"]).get_data(True)
    with web.working("web"):
        late = host().session.get(Step, step_id)
        assert late.start >= days(3) > before[0] and late.due > before[1]
        assert late.promised == before[1]
        late.start, late.due = before
    assert web.client("web", "cai").post(f"/plans/tree/{id_}/move").status_code == 409


def test_the_timeline_draws_and_says_the_same(web: Installation) -> None:
    with web.working("web"):
        id_ = one(Strategy, "Sell to hospitals").id
    page = web.client("web", "boss").get(f"/plans/timeline?strategy={id_}").get_data(True)
    assert page.count('class="gantt-bar') == 2 and page.count('class="gantt-arrow"') == 1
    assert 'class="gantt-today"' in page and "As a table" in page
    assert re.search(r'data-label="Waits for">\s*Agree on prices', page)
    assert "No step here" in web.client("web", "cai").get("/plans/timeline").get_data(True)
    for zoom in ("week", "quarter", "nonsense"):
        assert web.client("web", "eve").get(f"/plans/timeline?zoom={zoom}").status_code == 200


def test_days_weeks_and_months(web: Installation) -> None:
    ann = web.client("web", "ann")
    for span in ("day", "week", "month", "nonsense"):
        page = ann.get(f"/plans/mine?span={span}&day={days_from(web, 2)}").get_data(True)
        assert "Agree on prices" in page and "Boss&#39;s own" not in page
    with web.working("web"):
        who = user("boss")
    assert "Boss&#39;s own" not in ann.get(f"/plans/mine?who={who}").get_data(True)
    boss = web.client("web", "boss")
    with web.working("web"):
        who = user("ann")
    assert "Agree on prices" in boss.get(f"/plans/mine?who={who}&day={days_from(web, 2)}").get_data(
        True
    )
    for day in ("9999-12-31", "0001-01-01", "nonsense"):
        assert ann.get(f"/plans/mine?span=month&day={day}").status_code == 200
    with web.working("web", "ann"):
        content = cards.mine()
        assert [line.text for line in content.lines] == ["Agree on prices", "Make offers"]
        assert [fact.value for fact in content.facts] == ["0", "0", "2"]
    with web.working("web", "boss"):
        [line] = cards.uncovered().lines
        assert (line.text, line.value) == ("More from hospitals", "75.0%")


def test_a_step_is_done_on_the_page_and_a_stale_form_is_told(web: Installation) -> None:
    with web.working("web"):
        made = step("Call Jo", due=today())
        id_ = made.id
    client = web.client("web", "ann")
    at = f"/plans/steps/{id_}"
    answer = client.post(f"{at}/transitions/done", data=form(web, next="/plans/mine"))
    assert answer.status_code == 303
    with web.working("web"):
        assert host().session.get(Step, id_).done_on == today()
    assert client.post(f"{at}/transitions/done", data=form(web)).status_code == 422


def test_a_template_is_planned_from_a_small_form(web: Installation) -> None:
    with web.working("web"):
        made = host().records.create(PlanTemplate, {"name": "New segment"})
        model: Any = model_of("plans.TemplateStep")
        host().records.create(
            model, {"template_id": made.id, "name": "List", "due_day": 3, "share": 50}
        )
        template, of = made.id, one(Strategy, "Sell to hospitals").id
    client = web.client("web", "boss")
    page = client.get(f"/plans/by-template?strategy={of}").get_data(True)
    assert "New segment" in page and "Sell to hospitals" in page
    sent = form(web, template=template, strategy=of, name="Clinics", first="2026-03-02",
                measure="crm.won_count", goal="a lot")  # fmt: skip
    refused = client.post("/plans/by-template", data=sent)
    assert refused.status_code == 422
    assert "Expected a number" in refused.get_data(True) and "Clinics" in refused.get_data(True)
    assert client.post("/plans/by-template", data={**sent, "goal": "1e400"}).status_code == 422
    answer = client.post("/plans/by-template", data={**sent, "goal": "20"})
    assert answer.status_code == 303 and f"/plans/tree/{of}" in answer.headers["Location"]
    with web.working("web"):
        goal = one(Objective, "Clinics")
        assert (goal.goal_quantity, goal.coverage, goal.owner_id) == (20, 50, user("boss"))
        goal.state = "dropped"
    gone = client.post("/plans/by-template", data={**sent, "template": 999_999})
    assert gone.status_code == 404


# -- reports ---------------------------------------------------------------------------------


def test_a_week_is_reported_read_and_kept(web: Installation) -> None:
    start, end = reports.days.period_of("week", _today(web) - dt.timedelta(days=7))
    with web.working("web"), clock_at(_noon(start)):
        kind: Any = model_of("activities.Kind")
        call = host().session.scalar(sa.select(kind.id).where(kind.code == "call"))
        host().records.create(
            Activity, {"subject": "Call", "kind_id": call, "owner_id": user("ann"),
                       "state": "done", "due": start},
        )  # fmt: skip
        done = step("Samples", due=start)
        host().records.transition(done, "done")
    ann = web.client("web", "ann")
    sent = form(web, kind="week", start=str(start + dt.timedelta(days=2)))
    answer = ann.post("/plans/reporting", data=sent)
    at = answer.headers["Location"]
    assert ann.post("/plans/reporting", data=sent).headers["Location"] == at, "one a week"
    page = ann.get(at).get_data(True)
    assert "Samples" in page and "Filled from what is known now" in page
    assert re.search(r"Activities done</th><td class=\"num\">1</td>", page)
    version = re.search(r'name="version" value="(\d+)"', page)
    remarks = {"good": "Jo is keen.", "bad": "", "following": "Offer"}
    saved = ann.post(at, data=form(web, what="save", version=version[1], **remarks))
    assert saved.status_code == 303
    stale = ann.post(at, data=form(web, what="submit", version=version[1], **remarks))
    assert stale.status_code == 409 and "Jo is keen." in stale.get_data(True)
    boss = web.client("web", "boss")
    assert boss.post(at, data=form(web, what="submit", **remarks)).status_code in (403, 422)
    assert ann.post(at, data=form(web, what="submit", **remarks)).status_code == 303
    id_ = int(at.rsplit("/", 1)[1])
    with web.working("web"):
        kept = host().session.get(Report, id_)
        assert kept.state == "submitted" and kept.end == end
        assert [each["name"] for each in kept.facts["steps"] if each["what"] == "done"] == [
            "Samples"
        ]
        host().records.transition(one(Step, "Samples"), "reopen")
    assert "Samples" in boss.get(at).get_data(True), "it stays as it was"
    assert ann.post(at, data=form(web, what="save", good="Other")).status_code == 422
    assert ann.post(at, data=form(web, what="read")).status_code in (403, 422)
    assert web.client("web", "bo").get(at).status_code == 404
    with web.working("web", "boss"):
        assert [line.text for line in cards.waiting_reports().lines] == ["Ann"]
    assert boss.post(at, data=form(web, what="read", comment="Well done")).status_code == 303
    assert "Well done" in ann.get(at).get_data(True)
    assert ann.post(at, data=form(web, what="take_back")).status_code == 422
    table = boss.get("/plans/reporting").get_data(True)
    assert "Not submitted for" in table and "Bo" in table
    with web.working("web"):
        assert host().measures.value("plans.reports", start, end) == 1


def _today(web: Installation) -> dt.date:
    with web.working("web"):
        return today()


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(4), dt.UTC)


def test_who_has_not_submitted_is_told_and_then_their_manager(web: Installation) -> None:
    note: Any = model_of("core.Notification")

    def told() -> set[int]:
        asked = sa.select(note.user_id).where(note.kind == "reminder", note.model == "core.User")
        return set(host().session.scalars(asked))

    with web.working("web"):
        with clock_at(dt.datetime(2026, 3, 9, 4, tzinfo=dt.UTC)):
            assert reports.remind() == 4, "boss, Ann, Bo, Cai, on Monday"
            host().session.flush()
            assert {user("ann"), user("boss")} <= told()
        with clock_at(dt.datetime(2026, 3, 12, 4, tzinfo=dt.UTC)):
            assert reports.remind() == 0
        host().session.rollback()


# -- jobs, files, REST -----------------------------------------------------------------------


def test_jobs_run_by_night(web: Installation) -> None:
    with web.working("web"):
        for name in ("turn_period", "count", "escalate", "remind_reports"):
            runs.start(f"plans.{name}")
    work_off(web.app)
    with web.working("web"):
        run: Any = model_of("core.JobRun")
        asked = sa.select(run.job, run.state).where(run.job.like("plans.%"))
        assert {row.state for row in host().session.execute(asked)} == {"done"}


def test_steps_come_in_by_a_file_and_go_out_again(web: Installation, tmp_path: Path) -> None:
    rows = tmp_path / "steps.csv"
    rows.write_text(
        "external_id,name,owner,objective,due,state,expected_amount,done_on\n"
        "S1,By file,Ann,More from hospitals,2026-05-04,done,1200.50,\n"
        "S2,Wrong,Ann,More from hospitals,someday,todo,1,\n"
        "S3,Also,Ann,,2026-05-05,todo,,2026-05-01\n",
        "utf-8",
    )
    made = ["import", "plans.steps", str(rows), "--key", "external_id", "--on-error", "skip"]
    told = CliRunner().invoke(main, [*made, "--company", "web"], obj=lambda: web.app)
    assert "due" in told.output and "done_on" in told.output, "both wrong rows are named"
    out = tmp_path / "out.csv"
    CliRunner().invoke(
        main, ["export", "plans.steps", str(out), "--company", "web"], obj=lambda: web.app
    )
    text = out.read_text("utf-8-sig")
    assert "By file" in text and "Wrong" not in text and "Also" not in text
    with web.working("web"):
        held = one(Step, "By file")
        assert (held.state, held.done_on, held.promised) == (
            "done", dt.date(2026, 5, 4), dt.date(2026, 5, 4),
        )  # fmt: skip
        assert held.expected_amount == 1200_50
        assert one(Objective, "More from hospitals").coverage > 75
        host().records.delete(held)


def test_programs_plan_through_rest(web: Installation) -> None:
    client, headers = web.app.test_client(), web.token("web", "ann")
    with web.working("web"):
        goal, ann = one(Objective, "More from hospitals").id, user("ann")
    made = client.post(
        "/api/v1/plans/steps", headers=headers,
        json={"name": "From a program", "objective": goal, "owner": ann,
              "due": str(days_from(web, 4)), "expected_amount": "1000.00"},
    )  # fmt: skip
    assert made.status_code == 201, made.json
    at = f"/api/v1/plans/steps/{made.json['id']}"
    moved = client.post(f"{at}/transitions/begin", headers=headers, json={})
    assert moved.status_code == 200 and moved.json["state"] == "doing"
    read = client.get(f"/api/v1/plans/objectives/{goal}?fields=coverage,covered", headers=headers)
    assert read.json["covered"] == "under" and float(read.json["coverage"]) > 75
    circle = client.post(
        "/api/v1/plans/dependencies", headers=headers,
        json={"step": made.json["id"], "before": made.json["id"]},
    )  # fmt: skip
    assert circle.status_code == 422 and "circle" in circle.json["errors"]["before"][0]
    later = client.post(f"{at}/transitions/carry", headers=headers, json={})
    assert later.status_code == 200 and later.json["carried"] == 1
    assert client.get("/api/v1/measures/plans.coverage", headers=headers).status_code == 200


def days_from(web: Installation, number: int) -> dt.date:
    return _today(web) + dt.timedelta(days=number)


# -- alone, and demo -------------------------------------------------------------------------


def test_it_works_with_no_other_plugin(inst: Installation) -> None:
    with inst.working("alone"):
        of = strategy(measure=None)
        goal = objective(measure=None, goal_amount=100_00, strategy_id=of.id)
        made = step(of=goal, expected_amount=10_00)
        assert (goal.covered, made.id is not None) == ("unknown", True)
        at = f"/plans/tree/{of.id}"
    client = inst.client("alone", "ada")
    for path in (at, "/plans/mine", "/plans/timeline", "/plans/overview", "/plans/reporting", "/"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize("number", [5, 40])
def test_pages_ask_no_statement_a_step(inst: Installation, number: int) -> None:
    counted = 0

    def count(*_given: Any) -> None:
        nonlocal counted
        counted += 1

    with inst.working("acme"):
        goal = objective()
        made = host().records.create_many(
            Step,
            [{"name": f"S{i}", "owner_id": user("ann"), "objective_id": goal.id, "due": days(i)}
             for i in range(number)],
        )  # fmt: skip
        for before, after in pairwise(made):
            host().session.add(Dependency(step_id=after.id, before_id=before.id))
        host().session.flush()
        from plugins.plans.routes import timeline
        from plugins.plans.services import steps, trees

        engine = host().session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", count)
        try:
            rows, more = timeline._rows(None, None)
            assert len(rows) == number and not more
            assert steps.threatened([row.id for row in rows]) == {}
            assert len(trees.steps_of([goal.id])[goal.id]) == number
        finally:
            sa.event.remove(engine, "before_cursor_execute", count)
        assert counted <= 6
        host().session.rollback()


def test_demo_data_tells_a_story(inst: Installation) -> None:
    with inst.working("acme"):
        host().records.create(Account, {"name": "Blue Mill", "owner_id": user("ann")})
        demo.load(replace(current_company(), language="en"), 7)
        assert {each.state for each in host().session.scalars(sa.select(Strategy))} == {
            "running", "ended",
        }  # fmt: skip
        states = set(host().session.scalars(sa.select(Step.state)))
        assert {"todo", "done"} <= states
        assert host().session.scalar(sa.select(sa.func.count(Report.id))) >= 15
        host().session.rollback()
