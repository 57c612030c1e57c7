"""The pages of activities, and what happens by itself."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from core.collab.models import Notification
from core.jobs.work import work_off
from plugin_api.context import now, today
from plugin_api.host import host
from plugins.activities import jobs
from plugins.activities.models import Activity, Participant, Plan, PlanStep
from plugins.activities.services import digest
from plugins.activities.services.kinds import by_code
from tests.harness import Installation
from tests.plugins.activities.kit import form, kind_id, newest, today_of
from tests.plugins.activities.test_files import mail
from tests.plugins.activities.test_rules import run
from tests.plugins.crm.kit import user

HX = {"HX-Request": "true"}


class TestQuick:
    def test_a_call_and_what_follows_from_it(
        self, web: Installation, ann: FlaskClient, about: str
    ) -> None:
        page = ann.get(f"/activities/log?about={about}", headers=HX)
        assert page.status_code == 200 and page.text.lstrip().startswith("<dialog")
        kind = re.search(r'<option value="(\d+)" selected>Call', page.text)
        assert kind is not None
        due = (today_of(web) + timedelta(days=3)).isoformat()
        sent = form(
            web, about=about, kind=kind[1], result="They want a sample.\nSoon.",
            outcome="positive", next_subject="Send the sample", next_due=due,
        )  # fmt: skip
        answer = ann.post("/activities/log", data=sent, headers=HX)
        assert answer.status_code == 201, answer.text
        made = newest(web, state="done")
        assert (made["subject"], made["about"]) == ("They want a sample.", "Blue Mill")
        following = newest(web, state="open")
        assert (following["subject"], following["due"].isoformat()) == ("Send the sample", due)
        record = ann.get(f"/crm/accounts/{about.split(':')[1]}").text
        assert "Send the sample" in record and "They want a sample." in record
        assert "Log a call" in record
        shown = ann.get(f"/crm/accounts/{about.split(':')[1]}?show=activities").text
        assert "Call: Went well" in shown

    def test_without_script_it_is_a_page(self, web: Installation, ann: FlaskClient) -> None:
        page = ann.get("/activities/next").text
        assert "<main" in page and '<dialog class="quick"' not in page
        answer = ann.post(
            "/activities/next",
            data=form(
                web, subject="Think", kind=kind_id(web, "task"), due="2026-03-02", clock="9:3"
            ),
        )
        assert answer.status_code == 422
        assert "09:30" in answer.text and 'value="Think"' in answer.text

    def test_begun_on_no_record_it_asks_whom_it_is_about(
        self, web: Installation, ann: FlaskClient, about: str
    ) -> None:
        page = ann.get("/activities/log").text
        assert 'name="account"' in page and 'hx-get="/crm/accounts/lookup"' in page
        assert 'name="account"' not in ann.get(f"/activities/log?about={about}").text
        sent = form(web, kind=kind_id(web, "call"), result="Called back.")
        for typed in ({"account": "Blue Mill"}, {"account__id": about.split(":")[1]}):
            assert ann.post("/activities/log", data=sent | typed).status_code == 303
            assert newest(web, state="done")["about"] == "Blue Mill"
        answer = ann.post("/activities/log", data=sent | {"account": "No such mill"})
        assert answer.status_code == 422
        assert 'value="No such mill"' in answer.text and "a-account-error" in answer.text

    def test_with_an_hour_one_is_reminded(self, web: Installation, ann: FlaskClient) -> None:
        sent = form(
            web, subject="Show", kind=kind_id(web, "meeting"), due="2030-03-04", clock="09:30"
        )
        assert ann.post("/activities/next", data=sent).status_code == 303
        made = newest(web, subject="Show")
        assert made["start"].isoformat() == "2030-03-04T01:30:00+00:00"

    def test_nobody_logs_about_what_they_do_not_see(self, web: Installation, about: str) -> None:
        client = web.client("web", "cai")
        sent = form(web, about=about, kind=kind_id(web, "call"), result="x")
        assert client.get(f"/activities/log?about={about}").status_code == 422
        assert client.post("/activities/log", data=sent).status_code == 422
        assert web.client("web", "eve").get("/activities/log").status_code == 403

    def test_done_with_one_tap(self, web: Installation, ann: FlaskClient) -> None:
        sent = form(web, subject="Tap", kind=kind_id(web, "task"), due=today_of(web).isoformat())
        ann.post("/activities/next", data=sent)
        made = newest(web, subject="Tap")
        card = ann.get("/home/cards/activities.due").text
        path = f"/activities/activities/{made['id']}/transitions/done"
        assert f'action="{path}"' in card
        answer = ann.post(path, data=form(web, next="/"))
        assert (answer.status_code, answer.headers["Location"]) == (303, "/")
        assert newest(web, subject="Tap")["state"] == "done"


class TestPlans:
    def test_all_steps_on_working_days(
        self, web: Installation, ann: FlaskClient, about: str
    ) -> None:
        with web.working("web"):
            plan = host().records.create(Plan, {"name": "New customer"})
            for code, day in (("call", 1), ("visit", 5), ("task", 10)):
                kind = by_code(code)
                host().records.create(
                    PlanStep, {"plan": plan.id, "day": day, "kind": kind.id, "subject": code}
                )
            plan_id = plan.id
        page = ann.get(f"/activities/apply-plan?about={about}", headers=HX).text
        assert "New customer" in page
        # 4 March 2030 is a Monday without a holiday near.
        sent = form(web, about=about, plan=plan_id, first="2030-03-04")
        assert ann.post("/activities/apply-plan", data=sent).status_code == 303
        with web.working("web"):
            rows = (
                host()
                .session.query(Activity.subject, Activity.due)
                .filter(
                    Activity.due >= "2030-03-04", Activity.subject.in_(("call", "visit", "task"))
                )
            )
            dues = {row.subject: row.due.isoformat() for row in rows}
        assert dues == {"call": "2030-03-04", "visit": "2030-03-08", "task": "2030-03-15"}


class TestMail:
    def test_it_is_written_down_for_whose_addresses_stand_in_it(
        self, web: Installation, ann: FlaskClient, about: str
    ) -> None:
        for _again in range(2):
            sent = form(web, file=(io.BytesIO(mail().as_bytes()), "offer.eml"))
            answer = ann.post("/activities/bring", data=sent)
            assert answer.status_code == 303, answer.text
        made = newest(web, external_id="mail:one@mill.example")
        assert (made["subject"], made["about"]) == ("关于报价", "Li Wei")
        assert made["done_on"].isoformat() == "2026-03-02"
        timeline = ann.get(f"/crm/accounts/{about.split(':')[1]}?show=activities").text
        assert timeline.count("关于报价") == 1

    def test_what_is_no_mail_comes_back_with_the_reason(
        self, web: Installation, ann: FlaskClient
    ) -> None:
        answer = ann.post("/activities/bring", data=form(web, text="From: me"))
        assert answer.status_code == 422
        assert "no mail" in answer.text and "From: me</textarea>" in answer.text

    def test_a_calendar_becomes_meetings_once(self, web: Installation, ann: FlaskClient) -> None:
        content = (
            b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u1\r\n"
            b"DTSTART:20300304T010000Z\r\nDTEND:20300304T020000Z\r\nSUMMARY:Fair\r\n"
            b"END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        for _again in range(2):
            sent = form(web, file=(io.BytesIO(content), "fair.ics"))
            assert ann.post("/activities/bring", data=sent).status_code == 303
        with web.working("web"):
            assert host().session.query(Activity).filter_by(subject="Fair").count() == 1

    def test_who_does_not_see_a_colleague_s_keeps_one_of_their_own(
        self, web: Installation, ann: FlaskClient
    ) -> None:
        text = mail(**{"Message-ID": "<both@mill.example>", "Subject": "For both"}).as_string()
        for name, made in (("ann", 1), ("cai", 2), ("cai", 2), ("boss", 2), ("ann", 2)):
            answer = web.client("web", name).post("/activities/bring", data=form(web, text=text))
            assert answer.status_code == 303, name
            with web.working("web"):
                found = host().session.query(Activity).filter_by(subject="For both").count()
            assert found == made, name


class TestEndsOfTime:
    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
    def test_pages_answer(self, web: Installation, ann: FlaskClient, about: str, day: str) -> None:
        assert ann.get(f"/activities/route?day={day}").status_code == 200
        with web.working("web"):
            plan = host().records.create(Plan, {"name": f"To the end, {day}"})
            step = {"plan": plan.id, "day": 9, "kind": int(kind_id(web, "call")), "subject": "x"}
            host().records.create(PlanStep, step)
            number = str(plan.id)
        sent = form(web, about=about, plan=number, first=day)
        last = day.startswith("9")
        assert ann.post("/activities/apply-plan", data=sent).status_code == (422 if last else 303)
        sent = form(web, kind=kind_id(web, "call"), subject="x", due=day, clock="00:30")
        assert ann.post("/activities/next", data=sent).status_code == (303 if last else 422)

    @pytest.mark.parametrize(
        ("values", "field"),
        [
            ({"start": "9999-12-31T23:59:59Z"}, "start"),
            ({"due": "0001-01-01", "remind": "1440"}, "due"),
            ({"start": "0001-01-02T00:00:00Z"}, None), ({"due": "9999-12-31"}, None),
        ],
    )  # fmt: skip
    def test_a_moment_that_is_on_no_day_is_refused(
        self, web: Installation, values: dict[str, str], field: str | None
    ) -> None:
        answer = web.app.test_client().post(
            "/api/v1/activities/activities", headers=web.token("web", "ann"),
            json={"subject": "At the end", "kind": int(kind_id(web, "call")), **values},
        )  # fmt: skip
        assert list((answer.json or {}).get("errors", {})) == ([field] if field else [])
        assert answer.status_code == (422 if field else 201)


class TestVisits:
    def test_on_the_telephone(self, web: Installation, ann: FlaskClient, about: str) -> None:
        sent = form(web, about=about, subject="Go there", kind=kind_id(web, "visit"),
                    due=today_of(web).isoformat())  # fmt: skip
        ann.post("/activities/next", data=sent)
        made = newest(web, subject="Go there")
        path = f"/activities/visits/{made['id']}"
        page = ann.get(path)
        assert "geolocation=(self)" in page.headers["Permissions-Policy"]
        assert "geolocation=()" in ann.get("/activities/route").headers["Permissions-Policy"]
        assert "script-src 'self'" in page.headers["Content-Security-Policy"]
        assert "Go there" in ann.get("/activities/route").text
        queue = {"X-Queue": "1"}
        arrived = form(web, way="in", key="0000-0001", lat="31.24", lon="121.49", acc="10")
        for _again in range(2):
            answer = ann.post(f"{path}/check", data=arrived, headers=queue)
            assert (answer.status_code, answer.json) == (200, {"message": "You are there."})
        assert ann.post(f"{path}/place", data=form(web)).status_code == 303
        ann.post(f"{path}/answers", data=form(web, result="Shelf is full"))
        left = form(web, way="out", key="0000-0002", without="denied", done="1")
        answer = ann.post(f"{path}/check", data=left, headers=queue)
        assert answer.json == {"message": "You have left. Kept without a position."}
        made = newest(web, subject="Go there")
        assert (made["state"], made["result"]) == ("done", "Shelf is full")
        assert "Without position" in ann.get(path).text

    def test_others_do_not_check_in(self, web: Installation, ann: FlaskClient) -> None:
        made = newest(web, subject="Go there")
        path = f"/activities/visits/{made['id']}"
        cai, boss, eve = (web.client("web", name) for name in ("cai", "boss", "eve"))
        assert cai.get(path).status_code == 404
        assert boss.get(path).status_code == 200
        arrived = form(web, way="in", key="0000-0009")
        assert eve.post(f"{path}/check", data=arrived).status_code == 403
        route = boss.get(f"/activities/route?person={made['owner_id']}").text
        assert "Go there" in route
        assert "Go there" not in cai.get(f"/activities/route?person={made['owner_id']}").text

    def test_the_script_is_a_file(self, ann: FlaskClient, web: Installation) -> None:
        with ann.get("/activities/static/visit.js") as answer:
            assert answer.mimetype == "text/javascript"
        assert web.app.test_client().get("/activities/static/visit.js").status_code == 302


class TestFeed:
    """What ``register_feeds`` returns."""

    def test_it_has_a_secret_address_that_is_taken_back(
        self, web: Installation, ann: FlaskClient
    ) -> None:
        page = ann.post("/core/feeds", data=form(web, feed="activities.calendar")).text
        address = re.search(r"<code data-secret>https://x.example(.*?)</code>", page)
        assert address is not None
        stranger = web.app.test_client()
        answer = stranger.get(address[1])
        assert answer.mimetype == "text/calendar"
        subjects = {str(e["summary"]) for e in Calendar.from_ical(answer.data).walk("VEVENT")}
        with web.working("web"):
            theirs = host().session.query(Activity.subject).filter(Activity.owner_id == user("bo"))
            assert not subjects & {row.subject for row in theirs}
            assert subjects
        etag = answer.headers["ETag"]
        again = stranger.get(address[1], headers={"If-None-Match": etag})
        assert again.status_code == 304
        secret = address[1].removeprefix("/feeds/").removesuffix(".ics")
        bearer = {"Authorization": f"Bearer {secret}"}
        assert stranger.get("/api/v1/crm/accounts", headers=bearer).status_code == 401
        revoke = re.search(r'action="(/core/tokens/\d+/revoke)"', page)
        assert revoke is not None
        assert ann.post(revoke[1], data=form(web)).status_code == 303
        assert stranger.get(address[1]).status_code == 404

    def test_made_up_addresses_lead_nowhere(self, web: Installation) -> None:
        assert web.app.test_client().get("/feeds/xg_made-up.ics").status_code == 404


class TestByItself:
    def test_owner_and_participants_are_reminded_once(self, web: Installation) -> None:
        with web.working("web"):
            ann, cai = user("ann"), user("cai")
            digest.choose(ann, digest=False, mail=True)
            made = host().records.create(
                Activity,
                {"kind": int(kind_id(web, "meeting")), "subject": "Soon", "owner": ann,
                 "start": now() + timedelta(minutes=10), "remind": "15"},
            )  # fmt: skip
            host().records.create(Participant, {"activity": made.id, "user": cai})
            host().session.flush()
            assert run(jobs.remind)["reminded"] >= 1
            assert run(jobs.remind)["reminded"] == 0
            told = host().session.query(Notification).filter_by(kind="reminder", record_id=made.id)
            assert {each.user_id for each in told} == {ann, cai}
            number = made.id
        work_off(web.app)
        letters = [path.read_text() for path in (web.instance / "mail").iterdir()]
        (letter,) = [each for each in letters if "Reminder: Soon" in each]
        assert "To: ann@web.example" in letter
        assert f"https://x.example/activities/activities/{number}" in letter

    def test_the_morning_s_mail_is_for_who_wants_it_in_their_language(
        self, web: Installation, ann: FlaskClient
    ) -> None:
        with web.working("web"):
            for name in ("ann", "bo"):
                digest.choose(user(name), digest=name == "ann", mail=False)
            host().records.create(
                Activity,
                {"kind": int(kind_id(web, "call")), "subject": "Due now", "owner": user("ann"),
                 "due": today()},
            )  # fmt: skip
        ann.post("/language", data={"language": "zh"})
        with web.working("web"):
            host().session.flush()
            assert run(jobs.send_digests) == {"sent": 1}
            assert run(jobs.send_digests) == {"sent": 0}
        ann.post("/language", data={"language": "en"})
        work_off(web.app)
        from email import message_from_bytes, policy

        found = [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in (web.instance / "mail").iterdir()
        ]
        (letter,) = [each for each in found if "到期" in str(each["Subject"])]
        body = letter.get_body(("plain",)).get_content()
        assert "Due now" in body and "今天" in body

    def test_the_choice_is_a_page(self, web: Installation, ann: FlaskClient) -> None:
        assert ann.post("/activities/reminders", data=form(web, digest="on")).status_code == 303
        page = ann.get("/activities/reminders").text
        assert 'name="digest" checked' in page and 'name="mail" checked' not in page


def test_lists_and_follow_ups(web: Installation, ann: FlaskClient) -> None:
    for path in (
        "/activities/activities", "/activities/activities?view=kanban",
        "/activities/activities?view=calendar", "/activities/activities?view=pivot",
        "/activities/follow-ups", "/crm/accounts", "/crm/opportunities",
        "/?all=1",
    ):  # fmt: skip
        answer = ann.get(path)
        assert answer.status_code == 200, path
        assert "could not be made" not in answer.text
    assert "Next step" in ann.get("/crm/accounts").text


def test_it_works_where_nothing_else_is_on(inst: Installation) -> None:
    inst.company("alone", "activities", country="DE", language="en")
    inst.person("alone", "ada", "admin")
    client = inst.client("alone", "ada")
    for path in ("/activities/activities/new", "/activities/follow-ups", "/?all=1"):
        assert client.get(path).status_code == 200, path
    with inst.working("alone"):
        from plugins.activities.services import subjects

        assert [each.value for each in subjects.choices()] == []
