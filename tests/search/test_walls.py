"""Whose records are found: nothing shows, or can be told from, what is not one's own."""

from __future__ import annotations

import sqlalchemy as sa

from core.extensions import db
from core.hosting import enablement
from core.search.index import number_of
from core.search.models import SearchToken
from plugin_api.host import host
from plugin_api.models import model_of
from tests.harness import Installation
from tests.search.kit import NAMES, names, titles


def test_companies_find_their_own(fresh: Installation) -> None:
    with fresh.working("other"):
        assert titles("acme") == {}
        host().records.create(model_of("clinic.Patient"), {"name": "Acme of others"})
        assert titles("acme") == {"clinic.Patient": ["Acme of others"]}
    with fresh.working("acme"):
        assert names("acme") == ["Acme", "Acme Tools", "The Acme Company"]


def test_a_company_sees_the_index_of_no_other(fresh: Installation) -> None:
    counted = sa.select(sa.func.count()).select_from(SearchToken)
    counted = counted.where(SearchToken.model == number_of(model_of("clinic.Patient")))
    with fresh.working("other"):
        assert db.session.scalar(counted) == 0
    with fresh.working("acme"):
        assert (db.session.scalar(counted) or 0) > 100


def test_a_rep_finds_their_own_only(clinic: Installation) -> None:
    own = {name for i, name in enumerate(NAMES) if i % 2}
    with clinic.working("acme", "rita"):
        for search in ("浦东", "acme", "s", "p"):
            found = set(names(search))
            assert found <= own
        assert names("浦东") == ["浦东机场 Terminal 2"]
        assert names("acme") == ["Acme Tools"]
    with clinic.working("acme", "ravi"):
        assert names("浦东") == []


def test_parts_are_found_with_their_wholes(fresh: Installation) -> None:
    rita = fresh.user_id("acme", "rita")
    with fresh.working("acme"):
        for doctor in (rita, None):
            made = host().records.create(
                model_of("clinic.Patient"), {"name": "Somebody", "doctor": doctor}
            )
            visit = {"patient": made.id, "reason": f"Checkup {doctor and 'ours'}"}
            host().records.create(model_of("clinic.Visit"), visit)
        assert len(titles("checkup")["clinic.Visit"]) == 2
    with fresh.working("acme", "rita"):
        assert titles("checkup") == {"clinic.Visit": ["Checkup ours"]}


def test_who_may_not_read_a_model_finds_nothing_of_it(fresh: Installation) -> None:
    with fresh.working("acme"):
        host().records.create(model_of("clinic.Room"), {"name": "Blue room"})
    fresh.person("acme", "ana", "analyst")
    with fresh.working("acme", "rita"):
        assert titles("blue") == {"clinic.Room": ["Blue room"]}
    with fresh.working("acme", "ana"):
        assert titles("blue") == {}


def test_a_plugin_that_is_off_is_not_found_but_stays_indexed(fresh: Installation) -> None:
    plant = model_of("garden.Plant")
    with fresh.working("acme"):
        rose = host().records.create(plant, {"name": "Rose"}).id
        assert titles("rose") == {"garden.Plant": ["Rose"]}
    with fresh.working("acme"):
        enablement.disable("garden")
    with fresh.working("acme"):
        assert titles("rose") == {}
        found = db.session.get(plant, rose)
        found.name = "Tulip"
    with fresh.working("other"):
        assert titles("tulip") == {}
    with fresh.working("acme"):
        enablement.enable("garden")
    with fresh.working("acme"):
        assert titles("tulip") == {"garden.Plant": ["Tulip"]}
        assert titles("rose") == {}
