"""Rules of what goes around the host: its walls, its gate, its clock."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial

from core.checking.rules import Found, rule
from core.checking.source import Source, walk

doors = partial(rule, family="Side doors", tier="bronze")

OF_BLUEPRINTS = frozenset(
    {
        "before_app_request",
        "after_app_request",
        "teardown_app_request",
        "app_errorhandler",
        "app_context_processor",
        "app_template_filter",
        "app_template_global",
        "app_template_test",
        "add_app_template_filter",
        "add_app_template_global",
        "add_app_template_test",
        "app_url_defaults",
        "app_url_value_preprocessor",
        "record",
        "record_once",
    }
)
OF_APPS = frozenset({"before_request_funcs", "jinja_env", "jinja_options", "wsgi_app"})
OF_SQLALCHEMY = frozenset({"listen", "listens_for"})
SIDE_DOORS = OF_BLUEPRINTS | OF_APPS | OF_SQLALCHEMY
MODULES = ("sqlalchemy.event", "pluggy", "signal", "atexit", "blinker", "flask.signals")

RAW = frozenset({"exec_driver_sql", "from_statement", "get_bind", "raw_connection"})
"""Methods that reach the database below the walls between companies."""
ENGINES = frozenset(
    {"text", "TextClause", "create_engine", "engine_from_config", "MetaData", "Table", "DDL"}
)
"""Names of SQLAlchemy, in whichever of its modules, that make statements and tables of no model."""
DRIVERS = ("sqlite3", "psycopg", "psycopg2", "asyncpg", "MySQLdb", "pymysql", "alembic")
SERVERS = (
    "requests", "urllib.request", "urllib3", "http.client", "httpx", "aiohttp", "socket",
    "smtplib", "ftplib", "telnetlib", "paramiko", "websockets",
)  # fmt: skip
PROCESSES = ("subprocess", "multiprocessing", "threading", "concurrent.futures", "asyncio")
SYSTEM = ("environ", "environb", "getenv", "putenv", "system", "popen", "fork", "kill")
UNSAFE = ("pickle", "marshal", "shelve", "ctypes")
Find = Callable[[ast.Module], Iterator[tuple[str, int]]]
CLOCKS = {"date.today", "datetime.now", "datetime.utcnow", "datetime.today", "time.time"}


def side_doors(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What acts beyond the plugin, each with its line."""
    for node in walk(module):
        if isinstance(node, ast.Attribute) and node.attr in SIDE_DOORS:
            # A variable of that name is nobody's door; a method of something is.
            yield ast.unparse(node), node.lineno
    yield from imported(module, MODULES)


def imported(module: ast.Module, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """Imports of modules of these names, or of what is in them, each with its line."""
    for node in walk(module):
        if isinstance(node, ast.Import):
            full = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            full = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in full:
            if any(name == each or name.startswith(f"{each}.") for each in names):
                yield name, node.lineno


def _uses(source: Source, find: Find) -> Iterator[Found]:
    for path, tree in source.trees():
        for what, line in find(tree):
            yield Found(f"uses {what}", path, line)


@doors(
    "no-side-doors", strict=True,
    why="It would act for every company, also for those that have not switched the plugin on.",
)  # fmt: skip
def no_side_doors(source: Source) -> Iterator[Found]:
    """Nothing acts on the process as a whole: no listeners, app-wide handlers or signals."""
    yield from _uses(source, side_doors)


def _is_below(owner: str, attribute: str) -> bool:
    """Whether a session is asked for what it sends its statements through."""
    return owner.endswith("session") and attribute in ("connection", "bind")


def raw_sql(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Ways to the database that go around its walls."""
    aliases, names = {"sqlalchemy"}, set()
    for node in walk(module):
        if isinstance(node, ast.Import):
            aliases |= {a.asname or a.name for a in node.names if a.name.startswith("sqlalchemy")}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            for alias in node.names:
                if alias.name in ENGINES:
                    yield f"{node.module}.{alias.name}", node.lineno
                if alias.name == "literal_column":
                    names.add(alias.asname or alias.name)
    for node in walk(module):
        if isinstance(node, ast.Attribute):
            owner = ast.unparse(node.value)
            called = owner.partition(".")[0] in aliases and node.attr in ENGINES
            if called or node.attr in RAW or _is_below(owner, node.attr):
                yield ast.unparse(node), node.lineno
        elif isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            literal = name in names or name.endswith(".literal_column")
            if literal and node.args and not isinstance(node.args[0], ast.Constant):
                yield f"{name} of a text that is put together", node.lineno
    yield from imported(module, DRIVERS)


@doors(
    "no-raw-sql", strict=True,
    why="The walls between companies see statements about models; text, engines and tables of its"
    " own go around them.",
)  # fmt: skip
def no_raw_sql(source: Source) -> Iterator[Found]:
    """The database is reached through `host().session` and `host().records`, with models."""
    yield from _uses(source, raw_sql)


@doors(
    "no-network",
    why="The host asks other servers within limits of time and size, not during a page, and never"
    " inside its own network.",
)  # fmt: skip
def no_network(source: Source) -> Iterator[Found]:
    """A plugin opens no connections of its own; mail goes through `host().mail`."""
    yield from _uses(source, lambda tree: imported(tree, SERVERS))


@doors(
    "no-processes",
    why="A thread or process of its own knows of no company and dies with the server.",
)  # fmt: skip
def no_processes(source: Source) -> Iterator[Found]:
    """Work in the background is a `Job`, not a thread or a process."""
    yield from _uses(source, lambda tree: imported(tree, PROCESSES))


def environment(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What reads or changes the process's surroundings."""
    for node in walk(module):
        if isinstance(node, ast.Attribute) and node.attr in SYSTEM and _is_os(node.value):
            yield ast.unparse(node), node.lineno
    yield from imported(module, tuple(f"os.{name}" for name in SYSTEM))


def _is_os(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "os"


@doors(
    "no-environment",
    why="Settings of the process are the same for every company, and nobody sees them on a page.",
)  # fmt: skip
def no_environment(source: Source) -> Iterator[Found]:
    """What a company may decide is a `Setting`, not a variable of the process."""
    yield from _uses(source, environment)


def unsafe(module: ast.Module) -> Iterator[tuple[str, int]]:
    """What runs text or bytes as code, or passes text as markup."""
    for node in walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in ("eval", "exec", "compile", "__import__"):
                yield node.func.id, node.lineno
            if node.func.id == "Markup" and not (
                node.args and isinstance(node.args[0], ast.Constant)
            ):
                yield "Markup of what is no constant", node.lineno
    yield from imported(module, UNSAFE)


@doors(
    "no-unsafe-code", strict=True,
    why="What a person has typed would run on the server, or in the browser of somebody else.",
)  # fmt: skip
def no_unsafe_code(source: Source) -> Iterator[Found]:
    """Nothing that was read is run as code or passed on as markup."""
    yield from _uses(source, unsafe)
    for path, number, line in source.lines(".html"):
        for found in re.findall(r"\|\s*safe\b|\bautoescape\s+false\b", line):
            yield Found(f"uses {found}", path, number)


@doors(
    "no-inline-scripts",
    why="The pages' policy lets browsers run scripts from files only, and ignores others.",
)  # fmt: skip
def no_inline_scripts(source: Source) -> Iterator[Found]:
    """Templates load scripts and styles as files and have no handlers in attributes."""
    inline = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style\b|\son[a-z]+=[\"']|\sstyle=[\"']")
    for path, number, line in source.lines(".html"):
        for found in inline.findall(line):
            yield Found(f"has {found.strip()}", path, number)


def clocks(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Calls of the machine's clock."""
    for node in walk(module):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if any(name == each or name.endswith(f".{each}") for each in CLOCKS):
                yield name, node.lineno


@doors(
    "company-clock",
    why="The machine's day is not the company's: near midnight records land on the wrong day.",
)  # fmt: skip
def company_clock(source: Source) -> Iterator[Found]:
    """Days and times come from `today()` and `now()` of `plugin_api.context`."""
    yield from _uses(source, clocks)
