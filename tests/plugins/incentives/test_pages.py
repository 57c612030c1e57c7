"""Pay in the browser and over REST, for each role and in both languages."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from core.identity.models import Role, RoleGrant
from plugin_api.context import current_company
from plugin_api.host import host
from plugins.incentives.models import Statement
from plugins.incentives.services import posting
from tests.harness import Installation
from tests.plugins.incentives.kit import on, plan, takes_part, version, won


@pytest.fixture(scope="module")
def made(inst: Installation) -> dict[str, int]:
    """Two months of Ann's, calculated."""
    with inst.working("web"):
        of = plan()
        first = version(of, terms="Every part at its own rate.")
        takes_part(of)
        takes_part(of, "cai")
        draft = version(of, "2025-06-01", rule="slab", publish=False)
        bare = version(of, "2025-07-01", steps=(), publish=False)
        won(120_000, "2025-03-05")
        won(30_000, "2025-04-02")
        with on("2025-04-10"):
            posting.calculate(of)
        march = host().session.scalars(sa.select(Statement.id).order_by(Statement.start)).first()
        return {"march": march or 0, "plan": of.id, "version": first.id, "draft": draft.id,
                "bare": bare.id}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages(inst: Installation, made: dict[str, int], language: str) -> None:
    for who, path, words in (
        ("ann", "/incentives/mine", ("30,000 × 5 % (0 – 100,000)", "Every part at its own rate.")),
        ("ann", f"/incentives/mine?statement={made['march']}", ("20,000 × 7 % (100,000 – ",)),
        ("ann", "/incentives/mine?more=100000", ("Sales",)),
        ("ann", "/incentives/mine?more=x", ("“x”",)),
        ("ann", "/incentives/mine?more=1e9999999", ("“1e9999999”",)),
        ("fin", f"/incentives/plans/{made['plan']}", ("/calculate",)),
        ("fin", f"/incentives/versions/{made['draft']}", ("/try",)),
        ("fin", f"/incentives/versions/{made['draft']}/try", ("CN¥8,400.00", "CN¥2,000.00")),
        ("ann", f"/incentives/mine?user={'9' * 30}", ("Every part at its own rate.",)),
        ("fin", "/incentives/statements?view=kanban", ("CN¥6,400.00",)),
        ("boss", "/incentives/statements", ("CN¥6,400.00",)),
    ):  # fmt: skip
        with on("2025-04-10"):
            answer = inst.client("web", who, language).get(path)
        page = answer.get_data(True).replace("¥", "CN¥").replace("CNCN¥", "CN¥")
        assert answer.status_code == 200, path
        for word in words:
            assert word in page, (path, word)


def test_who_designs_plans_is_not_told_the_pay_of_all_by_it(
    inst: Installation, made: dict[str, int]
) -> None:
    with inst.working("web"):
        role = Role(code="designer", name="Designer")
        host().session.add(role)
        host().session.flush()
        for model in ("Plan", "Version", "Component", "Step"):
            for action in ("read", "update"):
                host().session.add(
                    RoleGrant(role_id=role.id, permission=f"incentives.{model}.{action}",
                              scope="company")
                )  # fmt: skip
        for action in ("read", "update"):
            host().session.add(
                RoleGrant(role_id=role.id, permission=f"incentives.Statement.{action}",
                          scope="own")
            )  # fmt: skip
    inst.person("web", "dee", "designer")
    dee = inst.client("web", "dee")
    with on("2025-04-10"):
        assert dee.get(f"/incentives/versions/{made['draft']}").status_code == 200
        assert dee.get(f"/incentives/versions/{made['draft']}/try").status_code == 404
        page = dee.get(f"/incentives/plans/{made['plan']}").get_data(True)
    assert "/calculate" not in page


def test_each_sees_what_is_theirs(inst: Installation, made: dict[str, int]) -> None:
    bo, cai = inst.client("web", "bo"), inst.client("web", "cai")
    ann = inst.user_id("web", "ann")
    assert "No statement yet" in bo.get("/incentives/mine").get_data(True)
    assert cai.get(f"/incentives/mine?user={ann}").status_code == 404
    assert inst.client("web", "boss").get(f"/incentives/mine?user={ann}").status_code == 200
    for path in (f"plans/{made['plan']}/calculate", f"versions/{made['draft']}/try"):
        assert cai.get(f"/incentives/{path}").status_code in (403, 405, 404)
    headers = inst.token("web", "cai")
    found = inst.app.test_client().get("/api/v1/incentives/entries", headers=headers).get_json()
    assert found["items"] == []
    headers = inst.token("web", "ann")
    found = inst.app.test_client().get("/api/v1/incentives/entries", headers=headers).get_json()
    assert sorted(each["amount"] for each in found["items"]) == ["1400.00", "1500.00", "5000.00"]
    sent = {"amount": "1.00", "version": 1}
    path = f"/api/v1/incentives/entries/{found['items'][0]['id']}"
    assert inst.app.test_client().patch(path, json=sent, headers=headers).status_code in (403, 405)


def test_rules_are_acknowledged_and_pay_is_calculated_by_a_button(
    inst: Installation, made: dict[str, int]
) -> None:
    with inst.working("web"):
        company = str(current_company().id)
    ann, fin = inst.client("web", "ann"), inst.client("web", "fin")
    sent = {"_company": company, "plan": made["plan"], "version": made["version"]}
    assert ann.post("/incentives/mine/acknowledge", data=sent).status_code == 303
    assert "I have read them" not in ann.get("/incentives/mine").get_data(True)
    path = f"/incentives/plans/{made['plan']}/calculate"
    with on("2025-04-10"):
        assert fin.post(path, data={"_company": company}).status_code == 303
        page = fin.get(f"/incentives/plans/{made['plan']}").get_data(True)
    assert "Nothing has changed" in page
    assert ann.post(path, data={"_company": company}).status_code == 403
    assert fin.post(path, data={"_company": "0"}).status_code == 409
    assert (
        ann.post("/incentives/mine/acknowledge", data={**sent, "plan": "9" * 30}).status_code == 303
    )
    bare = f"/incentives/versions/{made['bare']}"
    assert fin.get(f"{bare}/try").headers["Location"] == bare
    assert "begins at 0" in fin.get(bare).get_data(True)
