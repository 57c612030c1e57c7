"""The factory: every step of the start, in order. None of them runs SQL."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from flask import Flask

from core import i18n, intranet
from core.api import blueprint as api
from core.caching import CompiledTemplates, writable
from core.config import Config
from core.data import titles
from core.extensions import csrf, db
from core.host import HostServices
from core.hosting.dispatch import Dispatcher, Implementation
from core.hosting.load import Loaded, load
from core.routing import LateRule
from core.search import index
from core.starting import without_collecting
from core.tenancy.engine import prepare
from core.web import (
    converters,
    cookies,
    errors,
    frame,
    gate,
    headers,
    hosts,
    metrics,
    proof,
    routes,
    sso,
)


def create_app(config: Config | None = None) -> Flask:
    """An application of an installation. Raises nothing for a broken plugin."""
    with without_collecting():
        return _made(config or Config.from_environment())


def _made(config: Config) -> Flask:
    app = make_flask(config)
    loaded = load(config.instance, config.cache_folder)
    start_database(app)
    start_services(app, loaded, config)
    i18n.install(app, loaded.registry, config.cache_folder)
    csrf.init_app(app)
    metrics.install(app)
    headers.install(app)
    errors.install(app)
    proof.install(app)
    gate.install(app)
    frame.install(app)
    api.install(app)
    routes.install(app)
    mount_plugins(app)
    if config.trace_hooks:
        trace_hooks(app)
    sso.install(app, config)
    hosts.install(app, config)
    intranet.install(app, config)
    return app


def make_flask(config: Config) -> Flask:
    """A bare Flask with the installation's settings."""
    config.instance.mkdir(parents=True, exist_ok=True)
    app = Flask("core", instance_path=str(config.instance), static_folder=None)
    app.config.from_mapping(config.flask())
    app.extensions["xiaoguan.config"] = config
    app.url_rule_class = LateRule
    converters.install(app)
    cookies.install(app)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = compiled_templates(config.cache_folder)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    return app


def compiled_templates(cache: Path) -> CompiledTemplates:
    """Templates as code, by what they say: a process compiles none that another has compiled."""
    folder = writable(cache / "templates")
    return CompiledTemplates(str(folder), f"%s-{version('jinja2')}")


def start_database(app: Flask) -> None:
    """Bind the session; connections are made when they are needed."""
    db.init_app(app)
    with app.app_context():
        prepare(db.engine)
    index.install()
    titles.install()


def start_services(app: Flask, loaded: Loaded, config: Config) -> None:
    """What plugins reach by ``host()``."""
    kind = Implementation
    if config.trace_hooks:
        from core.hosting.tracing import Traced

        kind = Traced
    dispatcher = Dispatcher(
        loaded.manager,
        tuple(loaded.registry.plugins),
        around=db.session.begin_nested,
        kind=kind,
    )
    app.extensions["xiaoguan"] = HostServices(loaded.registry, dispatcher)


def trace_hooks(app: Flask) -> None:
    """Tell which hooks were called. Not loaded otherwise, so that it costs nothing."""
    from core.web import traced

    traced.install(app)


def mount_plugins(app: Flask) -> None:
    """Pages of plugins, after those of the host, whose addresses they cannot take."""
    registry = app.extensions["xiaoguan"].registry
    for plugin, blueprints in registry.blueprints.items():
        for blueprint in blueprints:
            app.register_blueprint(blueprint, url_prefix=f"/{plugin}")
