"""Analyses from the first item to strategies of plans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
import sqlalchemy as sa

from plugin_api.context import clock_at, current_actor, now, today
from plugin_api.errors import Forbidden, Invalid, NotFound, Rejected
from plugin_api.host import host
from plugins.crm.models import Account, Opportunity
from plugins.plans.models import Link, Strategy
from plugins.swot.models import Analysis, Evidence, Idea, Item, Option, Pair, Vote
from plugins.swot.services import ageing, pairs, workshop
from tests.harness import Installation
from tests.plugins.swot.kit import acting, analysis, fresh, item, joined, note, pair, user, whole


def move(record: object, name: str, **values: object) -> object:
    return host().records.transition(record, name, values)  # type: ignore[arg-type]


def words(refused: pytest.ExceptionInfo[Invalid]) -> str:
    return refused.value.words


def test_an_analysis_is_finished_when_it_is_whole(acme: Installation) -> None:
    of, made = whole()
    assert of.subject == "Acme" and made["s1"].score == Decimal("1.6")
    host().records.update(made["w1"], {"weight": Decimal("0.2")})
    loose = item(of, "threat", "0", name="A law")
    with pytest.raises(Invalid) as refused:
        move(of, "finish")
    assert "sum to 0.9, not to 1" in words(refused) and "“A law” has no evidence" in words(refused)
    move(loose, "drop")
    move(of, "weigh")
    assert fresh(made["s1"]).weight + made["s2"].weight + made["w1"].weight == 1
    move(of, "finish")
    assert of.state == "finished" and of.finished_on == today()
    for deed in (
        lambda: host().records.update(made["s1"], {"name": "Other"}),
        lambda: item(of, "threat"), lambda: note(made["s1"]),
        lambda: host().records.delete(made["s1"]), lambda: host().records.delete(of),
        lambda: host().records.update(of, {"name": "Other"}),
    ):  # fmt: skip
        with pytest.raises(Rejected, match="finished"):
            deed()
    move(of, "reopen", reason="A law came")
    assert of.state == "draft" and of.finished_on is None
    host().records.update(made["s1"], {"name": "Other"})


def test_drafts_may_lack_what_they_want(acme: Installation) -> None:
    of = analysis()
    assert item(of, "strength", None, intensity=None).score is None
    with pytest.raises(Invalid) as refused:
        item(of, "strength", "1.2")
    assert list(refused.value.errors) == ["weight"]
    with pytest.raises(Rejected, match="what it is about"):
        analysis(kind="competitor")
    assert analysis(kind="competitor", subject="Rival").subject == "Rival"


def test_it_is_about_a_record_of_another_plugin(acme: Installation) -> None:
    rival = host().records.create(Account, {"name": "Rival Ltd", "owner_id": user("boss")})
    about = {"kind": "competitor", "about_model": "crm.Account", "about_id": rival.id}
    of = analysis(**about)
    assert of.subject == "Rival Ltd"
    with pytest.raises(Rejected, match="no such record"):
        analysis(**{**about, "about_id": 10**6})
    with acting("ann"), pytest.raises(Rejected, match="no such record"):
        analysis(owner_id=user("ann"), **about)
    proof = note(item(of, "strength"), kind="record", note=None, source=None, name=None,
                 about_model="crm.Account", about_id=rival.id)  # fmt: skip
    assert proof.name == "Rival Ltd"
    host().records.delete(rival)
    assert fresh(of).about_id is None and of.subject == "Rival Ltd"
    assert fresh(proof).about_id is None and proof.name == "Rival Ltd"


def test_a_figure_is_kept_as_it_was(acme: Installation) -> None:
    with clock_at(now() - dt.timedelta(days=3)):
        deal = host().records.create(
            Opportunity, {"name": "Deal", "amount": 90_000_00, "owner_id": user("ann")}
        )
        host().records.transition(deal, "win", {"closed_on": today()})
    one = item(analysis(), "strength")
    given = {"item_id": one.id, "kind": "measure", "measure": "crm.won_amount"}
    proof = host().records.create(Evidence, given)
    assert proof.value == Decimal("90000") and proof.as_of == today() and proof.start is not None
    assert proof.name == "Won amount"
    early = {**given, "as_of": today() - dt.timedelta(days=30)}
    assert host().records.create(Evidence, early).value == 0
    first = {**given, "as_of": dt.date.min}
    assert host().records.create(Evidence, first).start == dt.date.min
    late = host().records.create(
        Opportunity, {"name": "More", "amount": 10_000_00, "owner_id": user("ann")}
    )
    host().records.transition(late, "win", {"closed_on": today()})
    host().records.update(proof, {"note": "Looked at in the meeting"})
    assert fresh(proof).value == Decimal("90000"), "what was seen stays"
    for wrong, text in (
        ({"as_of": today() + dt.timedelta(days=1)}, "still to come"),
        ({"start": today(), "as_of": today() - dt.timedelta(days=2)}, "begins after"),
        ({"measure": None}, "which figure"), ({"narrows": True}, "names no record"),
    ):  # fmt: skip
        with pytest.raises(Rejected, match=text):
            host().records.create(Evidence, {**given, **wrong})


@pytest.mark.parametrize(
    ("wrong", "text"),
    [({"as_of": None}, "which day"), ({"source": None}, "known from"), ({"note": None}, "known"),
     ({"kind": "record"}, "which record")],
)  # fmt: skip
def test_evidence_names_its_source_and_day(
    acme: Installation, wrong: dict[str, object], text: str
) -> None:
    with pytest.raises(Rejected, match=text):
        note(item(analysis(), "strength"), **wrong)


def test_pairs_follow_their_items(acme: Installation) -> None:
    of, made = whole()
    best, worst = (
        pair(of, made["s1"], made["o1"], 3), pair(of, made["w1"], made["t1"], 2),
    )  # fmt: skip
    assert (best.score, best.posture) == (Decimal("0.60"), "SO")
    assert (worst.score, worst.posture) == (Decimal("0.30"), "WT")
    assert [row.id for row in pairs.ranked(of.id)] == [best.id, worst.id]
    host().records.update(made["s1"], {"weight": Decimal("0.2")})
    assert fresh(best).score == Decimal("0.30")
    host().records.update(made["s1"], {"quadrant": "weakness"})
    assert fresh(best).posture == "WO"
    host().records.update(made["t1"], {"quadrant": "weakness"})
    assert host().session.scalar(sa.select(sa.func.count(Pair.id))) == 1, "it is no pair any more"
    for inner, outer, text in (
        ("o1", "s1", "begins with"), ("s1", "s2", "ends with"),
    ):  # fmt: skip
        with pytest.raises(Rejected, match=text):
            pair(of, made[inner], made[outer], 1)
    with pytest.raises(Rejected, match="already exists"):
        pair(of, made["s1"], made["o1"], 1)
    with pytest.raises(Invalid) as refused:
        pair(analysis("Other"), made["s2"], made["o1"], 1)
    assert "inner" in refused.value.errors
    assert pairs.set_fits(of, {(made["s2"].id, made["o1"].id): 2, (made["s1"].id, made["o1"].id): 3,
                               (made["w1"].id, made["o1"].id): 0}) == 1  # fmt: skip


def option(of: Analysis, **values: object) -> Option:
    return host().records.create(
        Option, {"analysis_id": of.id, "name": "Service plans for hospitals", **values}
    )


def test_what_is_chosen_becomes_a_strategy(acme: Installation) -> None:
    rival = host().records.create(Account, {"name": "Hospitals", "owner_id": user("boss")})
    of, made = whole(analysis(kind="territory", about_model="crm.Account", about_id=rival.id))
    leans = pair(of, made["w1"], made["o1"], 1)
    it = option(of, pair_id=leans.id, details="If we visit, they order.")
    assert it.posture == "WO"
    with pytest.raises(Rejected, match="Finish the analysis"):
        move(it, "choose")
    move(of, "finish")
    with acting("boss"):
        move(it, "choose")
    strategy = host().session.get_one(Strategy, (it.company_id, it.plan_id))
    assert (strategy.name, strategy.hypothesis) == (it.name, "If we visit, they order.")
    assert strategy.owner_id == user("boss") and it.chosen_on == today()
    asked = sa.select(Link.about_model, Link.about_id).where(Link.strategy_id == strategy.id)
    assert set(host().session.execute(asked).all()) == {
        ("swot.Analysis", of.id), ("crm.Account", rival.id),
    }  # fmt: skip
    with pytest.raises(Rejected, match="leans on it"):
        host().records.delete(leans)
    with pytest.raises(Rejected, match="already"):
        move(it, "plan")
    host().records.delete(strategy)
    assert fresh(it).plan_id is None and it.plan == it.name
    move(it, "plan")
    assert fresh(it).plan_id is not None


def test_it_works_alone(inst: Installation) -> None:
    with inst.working("alone"):
        of, made = whole()
        with pytest.raises(Invalid) as refused:
            analysis(about_model="crm.Account", about_id=1)
        assert list(refused.value.errors) == ["about_model"]
        move(of, "finish")
        it = option(of, pair_id=pair(of, made["s1"], made["t1"], 2).id)
        with acting("boss"):
            move(it, "choose")
        assert it.state == "chosen" and it.plan_id is None
        with pytest.raises(Rejected, match="does not plan"):
            move(it, "plan")
        host().session.rollback()


def test_it_is_revised(acme: Installation) -> None:
    of, made = whole()
    joined(of, "ann", "bo")
    move(of, "finish")
    later = move(of, "revise")["open"]  # type: ignore[index]
    assert (later.former_id, later.state, later.subject) == (of.id, "draft", of.subject)
    copies = {each.former_id: each for each in host().session.scalars(
        sa.select(Item).where(Item.analysis_id == later.id)
    )}  # fmt: skip
    copy = copies[made["s1"].id]
    assert (copy.name, copy.weight, copy.score) == (
        "Service within a day",
        Decimal("0.4"),
        Decimal("1.6"),
    )
    proofs = host().session.scalars(sa.select(Evidence).where(Evidence.item_id == copy.id)).all()
    assert [proof.source for proof in proofs] == ["Survey of May"]
    assert set(workshop.people_of(later.id)) == {user("ann"), user("bo")}
    move(later, "finish")


def test_what_is_valid_no_more_presses(acme: Installation) -> None:
    of, made = whole()
    host().records.update(made["o1"], {"expires_on": today() - dt.timedelta(days=1)})
    with acting("boss"):
        assert ageing.pressing(current_actor()) == 1
        assert host().measures.value("swot.expired") == 1
        assert [row.name for row in ageing.soon(today(), 9)] == ["Hospitals renew"]
    with pytest.raises(Invalid) as refused:
        move(of, "finish")
    assert "“Hospitals renew” is not valid any more" in words(refused)
    host().records.update(made["o1"], {"expires_on": today()})
    move(of, "finish")
    with acting("boss"):
        assert host().measures.value("swot.analyses", today(), today()) == 1


# -- workshops -----------------------------------------------------------------------------------


def test_nobody_sees_what_others_write(acme: Installation) -> None:
    of = analysis()
    with pytest.raises(Rejected, match="who takes part"):
        move(of, "collect")
    joined(of, "ann", "bo")
    move(of, "collect")
    with pytest.raises(Rejected, match="collected silently"):
        item(of, "strength")
    with acting("ann"):
        workshop.write(of, "They deliver late", "opportunity", note="Three told me", source="Visit",
                       as_of=today())  # fmt: skip
        first = workshop.write(of, "Price", "weakness")
        with pytest.raises(Rejected, match="already"):
            workshop.write(of, " Pri\0ce ", "weakness")
        ahead = today() + dt.timedelta(days=1)
        with pytest.raises(Rejected, match="still to come"):
            workshop.write(of, "Soon", "threat", note="I guess", source="A paper", as_of=ahead)
        workshop.take_back(of, first.id)
    with acting("bo"):
        assert workshop.my_ideas(of.id) == []
        workshop.write(of, "Price", "weakness")
        workshop.take_back(of, first.id)
    with acting("cai"), pytest.raises(Forbidden):
        workshop.write(of, "No", "threat")
    assert host().session.scalar(sa.select(sa.func.count(Item.id))) == 0
    move(of, "end_collection")
    found = host().session.scalars(sa.select(Item).order_by(Item.id)).all()
    assert [(each.name, each.author_id) for each in found] == [
        ("They deliver late", user("ann")), ("Price", user("bo")),
    ]  # fmt: skip
    assert host().session.scalar(sa.select(Evidence.source)) == "Visit"
    assert host().session.scalar(sa.select(sa.func.count(Idea.id))) == 0
    with acting("ann"), pytest.raises(Rejected, match="over"):
        workshop.write(of, "Too late", "threat")


def test_what_is_alike_is_merged(acme: Installation) -> None:
    of = analysis()
    one, two = item(of, "weakness", name="Price"), item(of, "weakness", name="Too dear")
    proof = note(two)
    with pytest.raises(Rejected, match="other item"):
        move(two, "merge", merged_into=two.id)
    move(two, "merge", merged_into=one.id)
    assert (two.state, two.put_aside, fresh(proof).item_id) == ("merged", True, one.id)
    with pytest.raises(Rejected, match="merged or dropped"):
        move(one, "merge", merged_into=two.id)
    move(two, "restore")
    assert (two.state, two.put_aside, two.merged_into_id) == ("kept", False, None)


def test_everybody_has_so_many_votes(acme: Installation) -> None:
    of, made = whole()
    joined(of, "ann", "bo")
    move(of, "vote", votes_each=2)
    with acting("ann"):
        for name in ("s1", "s1", "o1"):
            workshop.give(of, made[name].id)
        assert workshop.my_votes(of.id) == {made["s1"].id, made["o1"].id}
        with pytest.raises(Rejected, match="all your votes"):
            workshop.give(of, made["t1"].id)
        workshop.take_vote_back(of, made["o1"].id)
        workshop.give(of, made["t1"].id)
    with acting("bo"):
        assert workshop.my_votes(of.id) == frozenset()
        workshop.give(of, made["s1"].id)
    with acting("cai"), pytest.raises(Forbidden):
        workshop.give(of, made["s1"].id)
    assert made["s1"].votes is None, "not before the end"
    move(of, "end_vote")
    votes = {name: each.votes for name, each in made.items()}
    assert votes == {"s1": 2, "s2": 0, "w1": 0, "o1": 0, "t1": 1}
    move(of, "weigh_by_votes")
    assert (made["s1"].weight, made["w1"].weight, made["t1"].weight) == (1, 0, 1)
    move(of, "vote", votes_each=1)
    assert host().session.scalar(sa.select(sa.func.count(Vote.id))) == 0, "another round"


def test_who_sees_what(acme: Installation) -> None:
    of, made = whole()
    records = host().records
    with acting("cai"), pytest.raises(NotFound):
        records.get(Analysis, of.id)
    joined(of, "ann")
    with acting("ann"):
        assert records.get(Analysis, of.id) is of and records.get(Item, made["s1"].id)
        with pytest.raises(Forbidden):
            records.update(made["s1"], {"name": "Mine"})
        assert not records.may_read(Evidence, "value")
        with pytest.raises(Forbidden):
            move(of, "finish")
    with acting("eve"):
        assert records.get(Analysis, of.id) and records.may_read(Evidence, "value")
