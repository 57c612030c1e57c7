"""The small line that shows the course of a figure."""

from __future__ import annotations

import re
from pathlib import Path

from flask import render_template_string

from core.home.cards import CARDS
from core.web.sparkline import points
from tests.harness import Installation, install


def test_the_lowest_is_at_the_bottom_and_the_last_at_the_right() -> None:
    assert points([0, 5, 10]) == "2.0,18.0 40.0,10.0 78.0,2.0"
    assert points([3, 3]) == "2.0,10.0 78.0,10.0"
    assert points([-1, 1]) == "2.0,18.0 78.0,2.0"


def test_it_has_words_and_no_style(tmp_path: Path) -> None:
    made = install_one(tmp_path)
    template = "{% import 'ui.html' as ui with context %}{{ ui.trend(values) }}"
    with made.working("acme", "ada"):
        shown = render_template_string(template, values=[1000.0, 2500.5])
        nothing = render_template_string(template, values=[1.0])
    assert "style=" not in shown and 'role="img"' in shown
    label = re.findall(r'aria-label="(.*?)"', shown)
    assert label == ["Course of 2 figures: lowest 1,000, highest 2,500.5, last 2,500.5"]
    assert nothing.strip() == ""


def test_an_administrator_begins_with_today(tmp_path: Path) -> None:
    made = install_one(tmp_path)
    assert "running" in {card.id for card in CARDS if "admin" in card.roles}
    page = made.client("acme", "ada").get("/home/cards/core.running").text
    assert "Changes today" in page and "Jobs that failed in 7 days" in page
    assert made.client("acme", "rita").get("/home/cards/core.running").status_code == 404


def install_one(folder: Path) -> Installation:
    made = install(folder)
    made.company("acme", currency="EUR", country="DE", timezone="UTC", language="en")
    made.person("acme", "ada", "admin")
    made.person("acme", "rita", "rep")
    return made
