"""Comments: who writes, who is told, what goes with them."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from core.collab import comments
from core.collab.models import Comment, Follower, Notification
from core.data.audit import AuditEntry
from core.extensions import db
from core.host import services
from plugin_api.errors import Forbidden, NotFound, Rejected
from tests.collab.kit import World, record


def test_owner_and_mentioned_are_told_and_the_author_is_not(either: World) -> None:
    job = either.job("rita")
    with either.acting("max"):
        said = comments.add(record(job), "Ready? @Ann should know.")
        assert said.unreached == []
        assert said.comment.mentions == [{"id": either.ids["ann"], "name": "Ann"}]
    assert either.told("rita") == [("comment", job)]
    assert either.told("ann") == [("mention", job)]
    assert either.told("max") == either.told("annabel") == either.told("ravi") == []


def test_who_cannot_see_the_record_is_not_told_and_the_author_hears_of_it(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        said = comments.add(record(job), "@Ravi and @Olga, come and see")
        assert said.unreached == ["Ravi"]
        assert said.comment.mentions == []
    assert world.told("ravi") == world.told("olga", "other") == []


def test_who_is_mentioned_or_comments_goes_on_following(world: World) -> None:
    job = world.job("rita")
    with world.acting("max"):
        comments.add(record(job), "@Ann look")
    world.forget()
    with world.acting("rita"):
        comments.add(record(job), "Done.")
    assert world.told("max") == world.told("ann") == [("comment", job)]


def test_several_comments_are_one_notification_while_it_is_unread(either: World) -> None:
    job = either.job("rita")
    for text in ("One", "Two", "Three"):
        with either.acting("max"):
            comments.add(record(job), text)
    with either.made.working("acme"):
        notice = db.session.scalars(sa.select(Notification)).one()
        assert (notice.count, notice.params["text"], notice.params["who"]) == (3, "Three", "Max")
        notice.read_at = notice.at
    with either.acting("max"):
        comments.add(record(job), "Four")
    assert either.told("rita") == [("comment", job)] * 2


def test_a_mention_that_is_added_later_is_told(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        made = comments.add(record(job), "Look").comment.id
    with world.acting("rita"):
        comments.change(record(job), comments.find(record(job), made), "Look, @Max")
    assert world.told("max") == [("mention", job)]
    with world.acting("rita"):
        changed = comments.change(record(job), comments.find(record(job), made), "Look, @Max!")
        assert changed.comment.edited_at is not None
        assert db.session.scalars(sa.select(Notification.count)).one() == 1
        excerpt = db.session.scalars(sa.select(Notification.params)).one()["text"]
        assert excerpt == "Look, @Max!"


def test_only_the_author_changes_and_deletes(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        made = comments.add(record(job), "Mine").comment.id
    for name in ("max", "ada"):
        with world.acting(name), pytest.raises(Forbidden):
            comments.change(record(job), comments.find(record(job), made), "Yours")
    with world.acting("max"), pytest.raises(Forbidden):
        comments.delete(record(job), comments.find(record(job), made))
    with world.acting("rita"):
        comments.delete(record(job), comments.find(record(job), made))
    with world.acting("rita"), pytest.raises(NotFound):
        comments.find(record(job), made)


def test_who_keeps_order_deletes_what_others_wrote(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        made = comments.add(record(job), "Rude, @Max").comment.id
    with world.acting("ada"):
        comments.delete(record(job), comments.find(record(job), made))
    assert world.told("max") == [], "what it said is gone from the notifications too"


def test_a_reader_only_does_not_write(world: World) -> None:
    job = world.job("rita")
    with world.acting("otto"), pytest.raises(Forbidden):
        comments.add(record(job), "I was here")


@pytest.mark.parametrize("text", ["", "  \n ", "x" * 10_001, "a\x00b", "\ud800"])
def test_what_cannot_be_kept_is_refused(world: World, text: str) -> None:
    job = world.job("rita")
    with world.acting("rita"), pytest.raises(Rejected):
        comments.add(record(job), text)


def test_a_comment_belongs_to_one_record_of_one_company(world: World) -> None:
    job, other = world.job("rita"), world.job("rita")
    theirs = world.job("olga", "other")
    with world.acting("rita"):
        made = comments.add(record(job), "Here").comment.id
    with world.acting("rita"), pytest.raises(NotFound):
        comments.find(record(other), made)
    with world.acting("olga", "other"), pytest.raises(NotFound):
        comments.find(record(theirs), made)


def test_the_trail_keeps_what_was_said(world: World) -> None:
    job = world.job("rita")
    with world.acting("rita"):
        made = comments.add(record(job), "First").comment.id
    with world.acting("rita"):
        comments.change(record(job), comments.find(record(job), made), "Second")
        comments.delete(record(job), comments.find(record(job), made))
        asked = sa.select(AuditEntry.action, AuditEntry.changes).where(
            AuditEntry.model == "core.Comment", AuditEntry.record_id == made
        )
        rows = [tuple(row) for row in db.session.execute(asked.order_by(AuditEntry.id))]
    assert rows == [
        ("create", {"text": [None, "First"]}),
        ("update", {"text": ["First", "Second"]}),
        ("delete", {"text": ["Second", None]}),
    ]


def test_what_was_said_goes_with_the_record(either: World) -> None:
    job, kept = either.job("rita"), either.job("rita")
    for each in (job, kept):
        with either.acting("max"):
            comments.add(record(each), "@Ann look")
    with either.made.working("acme"):
        part = services().records.create(services().registry.models["workshop.Part"],
                                         {"name": "Screw", "job": job})  # fmt: skip
        comments.add(part, "Loose")
        services().records.delete(record(job))
    with either.made.working("acme"):
        for model in (Comment, Follower, Notification):
            left = set(db.session.execute(sa.select(model.model, model.record_id)).all())
            assert ("workshop.Job", job) not in left
            assert ("workshop.Job", kept) in left
            assert not [row for row in left if row[0] == "workshop.Part"]


def test_a_refused_deletion_takes_nothing_away(world: World) -> None:
    job = world.job("rita")
    with world.made.working("acme"):
        bill = services().registry.models["workshop.Bill"]
        db.session.add(bill(name="Bill", job_id=job))
        comments.add(record(job), "Stays")
    with world.made.working("acme"):
        with pytest.raises(Rejected):
            services().records.delete(record(job))
        asked = sa.select(Comment.text).where(Comment.record_id == job)
        assert db.session.scalars(asked).all() == ["Stays"]
