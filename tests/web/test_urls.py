"""Addresses say what is shown."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from core.views.urls import canonical, state_url


def test_empty_arguments_are_left_out() -> None:
    assert dict(canonical(MultiDict([("q", " "), ("stage", "won")]))) == {"stage": "won"}


def test_ticked_boxes_are_joined() -> None:
    sent = MultiDict([("stage__in", "won"), ("stage__in", "lost")])
    assert dict(canonical(sent)) == {"stage__in": "won,lost"}


def test_a_picked_record_is_named_by_its_id() -> None:
    sent = MultiDict([("account", "Acme"), ("account__id", "12"), ("account__label", "Acme")])
    assert dict(canonical(sent)) == {"account": "12"}


def test_a_typed_name_beats_the_record_picked_before() -> None:
    sent = MultiDict([("account", "Beta"), ("account__id", "12"), ("account__label", "Acme")])
    assert dict(canonical(sent)) == {"account": "Beta"}


def test_another_order_starts_at_the_first_page() -> None:
    now = MultiDict([("q", "a b"), ("cursor", "xyz"), ("sort", "name")])
    assert state_url("/crm/accounts", now, sort="-name") == "/crm/accounts?q=a+b&sort=-name"


def test_the_next_page_keeps_the_rest() -> None:
    now = MultiDict([("stage__in", "won,lost")])
    assert state_url("/x", now, cursor="abc") == "/x?stage__in=won,lost&cursor=abc"
