"""The page of a record: what it shows, to whom, in how many statements."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from core.collab import comments
from core.host import services
from plugin_api.context import clock_at
from tests.collab.kit import World, model, record, statements

MANY = 12
"""Statements of a page, whatever hangs on the record."""


def shown(world: World, job: int, name: str = "rita", query: str = "", **headers: str) -> str:
    answer = world.client(name).get(f"/workshop/jobs/{job}{query}", headers=headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_head_facts_and_timeline(world: World) -> None:
    with world.acting("rita"):
        job = (
            services()
            .records.create(
                model("Job"), {"name": "Mill", "client": None, "fee": 123_450, "currency": "EUR"}
            )
            .id
        )
    with world.acting("rita"):
        services().records.update(record(job), {"fee": 200_000, "urgent": True})
    page = shown(world, job)
    assert "<h1>Mill</h1>" in page
    assert "€1,234.50" in page and "€2,000.00" in page, "in the currency of the record"
    assert "created this record" in page
    assert 'aria-current="step">Draft' in page


def test_the_page_takes_few_statements(world: World) -> None:
    job = world.job("rita", note="x")
    with world.acting("max"):
        for i in range(5):
            comments.add(record(job), f"Comment {i} for @Rita and @Ann")
    with world.made.working("acme"):
        for i in range(30):
            services().records.create(model("Part"), {"name": f"Part {i}", "job": job})
    for name in ("rita", "max", "ada", "ann"):
        client = world.client(name)
        client.get(f"/workshop/jobs/{job}")
        for query in ("", "?tab=parts.job", "?show=comments"):
            with statements(world.made.app) as seen:
                assert client.get(f"/workshop/jobs/{job}{query}").status_code == 200
            assert len(seen) <= MANY, (name, query, len(seen))


def test_who_sees_it_only_may_neither_save_nor_attach(world: World) -> None:
    page = shown(world, world.job("rita"), "ann")
    assert 'type="file"' not in page
    assert 'name="note"' not in page
    assert "/delete" not in page
    assert ">Start</button>" not in page, "nor take a step"
    assert ">Comment</button>" in page, "but comment"


def test_another_persons_record_is_not_there(world: World) -> None:
    job = world.job("ravi")
    client = world.client("rita")
    for part in ("", "/timeline", "/people", "/files", "/followers", "/access", "/files/1"):
        assert client.get(f"/workshop/jobs/{job}{part}").status_code == 404, part
    for part in ("/comments", "/files", "/follow", "/comments/1", "/files/1/delete"):
        answer = world.post("rita", f"/workshop/jobs/{job}{part}", text="x", wants="true")
        assert answer.status_code == 404, part
    with world.made.working("acme"):
        assert not comments.following.followers_of(record(job)) - {world.ids["ravi"]}


@pytest.mark.parametrize("path", ["", "/timeline", "/files", "/access"])
def test_another_companys_record_is_not_there(world: World, path: str) -> None:
    theirs = world.job("olga", "other")
    assert world.client("ada").get(f"/workshop/jobs/{theirs}{path}").status_code == 404
    assert world.client("olga", "other").get(f"/workshop/jobs/{theirs}{path}").status_code == 200


def test_the_timeline_goes_on_page_by_page(world: World) -> None:
    start = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)
    job = world.job("rita")
    for i in range(40):
        # Some happen at the same instant: none is lost or shown twice.
        with clock_at(start + dt.timedelta(minutes=i // 3)), world.acting("rita"):
            if i % 2:
                comments.add(record(job), f"Comment {i}")
            else:
                services().records.update(record(job), {"note": f"Note {i}."})
    client = world.client("rita")
    found: list[str] = []
    page = client.get(f"/workshop/jobs/{job}/timeline").text
    for _ in range(5):
        found += re.findall(r'id="((?:comment|change)-\d+)"', page)
        more = re.search(r'hx-get="([^"]*before=[^"]*)"', page)
        if more is None:
            break
        page = client.get(more[1].replace("&amp;", "&")).text
    assert len(found) == len(set(found)) == 41
    shown_now = client.get(f"/workshop/jobs/{job}?show=comments").text
    said = re.findall(r'comment-text">Comment (\d+)<', shown_now)
    assert said == [str(i) for i in range(39, 0, -2)]
    assert (
        "Comment"
        not in client.get(f"/workshop/jobs/{job}/timeline?show=changes").text.split("<ol>")[1]
    )


@pytest.mark.parametrize("before", ["x", "1~2", "2026-01-01~0~1", "~~", "2026-01-01T00:00:00Z~9~x"])
def test_a_place_that_is_none_begins_anew(world: World, before: str) -> None:
    page = world.client("rita").get(
        f"/workshop/jobs/{world.job('rita')}/timeline", query_string={"before": before}
    )
    assert page.status_code == 200 and "created this record" in page.text


def test_related_lists_are_counted_sorted_and_capped(world: World) -> None:
    job = world.job("rita")
    with world.made.working("acme"):
        for i in range(25):
            services().records.create(model("Part"), {"name": f"Part {i:02}", "job": job})
    page = shown(world, job)
    assert "Part 00" not in page
    tab = shown(world, job, query="?tab=parts.job")
    assert "Part 00" in tab and "Part 19" in tab and "Part 20" not in tab
    assert f'href="/workshop/parts?job={job}"' in tab
    turned = shown(world, job, query="?tab=parts.job&order=-name")
    assert "Part 24" in turned and "Part 04" not in turned
    part = shown(world, job, query="?tab=parts.job", **{"HX-Request": "true"})
    assert part.startswith("<section") and "Part 00" in part
    assert "Part 00" in shown(world, job, query="?tab=parts.job&order=nonsense")
    assert shown(world, job, query="?tab=nothing.there")


def test_following_shows_and_turns(world: World) -> None:
    job = world.job("rita")
    assert 'aria-pressed="true"' in shown(world, job)
    assert world.post("rita", f"/workshop/jobs/{job}/follow", wants="false").status_code == 303
    assert 'aria-pressed="false"' in shown(world, job)
    assert 'aria-pressed="false"' in shown(world, job, "max")
    world.post("max", f"/workshop/jobs/{job}/follow", wants="true")
    assert 'aria-pressed="true"' in shown(world, job, "max")
    assert "Max" in world.client("rita").get(f"/workshop/jobs/{job}/followers").text


def test_opening_a_record_reads_what_was_told_of_it(world: World) -> None:
    job = world.job("rita", told=True)
    page = shown(world, job)
    assert f'data-unread="/workshop/jobs/{job}/seen"' in page
    assert world.client("rita").post(f"/workshop/jobs/{job}/seen").status_code == 204
    assert "data-unread" not in shown(world, job)


def test_both_languages(world: World) -> None:
    job = world.job("rita")
    page = world.client("rita", language="zh").get(f"/workshop/jobs/{job}").text
    for word in ("动态", "添加附件", "已关注", "详情", "谁可以查看", "复制"):
        assert word in page
