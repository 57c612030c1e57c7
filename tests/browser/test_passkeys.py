"""A passkey by hand, with the authenticator that Chromium can pretend to have."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
import waitress
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.harness import Installation
from tests.identity.conftest import copied, inst, pattern
from tests.identity.kit import PASSWORD, log_in, noted, post

__all__ = ["copied", "inst", "pattern"]

AUTHENTICATOR = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def site(inst: Installation) -> Iterator[str]:
    """Its address, by a name: a passkey belongs to one."""
    inst.app.config["WTF_CSRF_ENABLED"] = True
    server = waitress.create_server(inst.app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://localhost:{server.effective_port}"
    server.close()
    thread.join(10)


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=site, locale="en")
    opened = context.new_page()
    devices = context.new_cdp_session(opened)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    yield opened
    context.close()


def accessible(page: Page) -> None:
    assert [found["id"] for found in Axe().run(page).response["violations"]] == []


def use(page: Page) -> None:
    """Log in with the device."""
    page.context.clear_cookies()
    page.goto("/login/passkey")
    accessible(page)
    with page.expect_navigation(url=lambda url: "passkey" not in url):
        page.click("form[data-passkey] button")


def test_a_passkey_is_made_used_and_removed(inst: Installation, page: Page) -> None:
    page.goto("/login")
    page.fill("#email", "rick@acme.example")
    page.fill("#password", PASSWORD)
    with page.expect_navigation(url=lambda url: "login" not in url):
        page.click("form.card-box button")
    page.goto("/profile/security/passkeys/new")
    accessible(page)
    page.fill("#name", "My laptop")
    page.click("form[data-passkey] button")
    expect(page.locator("#passkeys")).to_contain_text("My laptop")
    use(page)
    page.goto("/profile/security")
    expect(page.locator("#passkeys")).not_to_contain_text("never used")
    accessible(page)
    page.click("#passkeys .btn-danger")
    expect(page.locator("#passkeys")).not_to_contain_text("My laptop")
    use(page)
    assert page.url.endswith("/login")
    acts = [action for action, _facts in noted(inst, "rick")]
    assert acts == ["login", "passkey_made", "login", "passkey_removed"]


@pytest.mark.parametrize("answer", ["", "{}", "[]", '{"id": "made-up"}', "not JSON"])
def test_an_answer_that_is_made_up_lets_nobody_in(inst: Installation, answer: str) -> None:
    client = inst.app.test_client()
    assert client.get("/login/passkey").status_code == 200
    back = client.post("/login/passkey", data={"answer": answer})
    assert back.headers["Location"] == "/login"
    again = client.post("/login/passkey", data={"answer": answer})
    assert again.headers["Location"] == "/login", "nothing is asked any more"


def test_nobody_removes_the_passkey_of_somebody_else(inst: Installation) -> None:
    client = log_in(inst, "rita@acme.example")
    assert post(inst, client, "/profile/security/passkeys/1/remove").status_code == 404
