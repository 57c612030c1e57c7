"""Templates are compiled once for all processes that share a cache."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader

from core.app import make_flask
from core.config import Config


def app_of(cache: Path, text: str) -> Flask:
    app = make_flask(Config(instance=cache, cache=cache))
    app.jinja_env.loader = DictLoader({"page.html": text})
    return app


def compiled_by(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    compile_, names = app.jinja_env.compile, list[str]()

    def watching(source: str, name: str, filename: str) -> object:
        names.append(name)
        return compile_(source, name, filename)

    monkeypatch.setattr(app.jinja_env, "compile", watching)
    with app.app_context():
        names.append(app.jinja_env.get_template("page.html").render(words="<b>"))
    return names


def test_another_process_compiles_nothing_until_the_text_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "{{ words }}"
    assert compiled_by(app_of(tmp_path, text), monkeypatch) == ["page.html", "&lt;b&gt;"]
    assert compiled_by(app_of(tmp_path, text), monkeypatch) == ["&lt;b&gt;"]
    mended = f"Says {text}"
    assert compiled_by(app_of(tmp_path, mended), monkeypatch) == ["page.html", "Says &lt;b&gt;"]
    assert len(list((tmp_path / "templates").iterdir())) == 1


def test_without_a_cache_pages_come_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "templates").write_text("somebody's file")
    assert compiled_by(app_of(tmp_path, "{{ words }}"), monkeypatch)[-1] == "&lt;b&gt;"
    assert "templates are not kept" in caplog.text
