"""The host and the contract know nothing of selling; that is for plugins to know."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.architecture.sources import files, place, tree

WORDS = """
account accounts deal deals quota quotas opportunity opportunities lead leads prospect prospects
customer customers invoice invoices commission commissions pipeline pipelines quote quotes sale
sales salesperson selling seller sellers buyer buyers product products price prices pricing payout
payouts clawback contact contacts forecast forecasts discount discounts revenue incentive
incentives campaign campaigns territory territories attainment orders crm
"""
SELLING = frozenset(WORDS.split())
"""``order`` is missing on purpose: here it is always a sequence. Its plural is not."""

ALLOWED = {
    ("plugin_api/models/types.py", "quote"): "SQL identifiers are quoted",
    ("core/tenancy/ahead.py", "pipeline"): "statements that the driver sends one after the other",
    ("core/tenancy/functions.py", "quote"): "a function of SQLite",
    ("core/tenancy/functions.py", "lead"): "a window function of SQL",
    ("core/tenancy/policies.py", "quote"): "SQL identifiers are quoted",
    ("core/tenancy/roles.py", "quote"): "SQL identifiers are quoted",
    ("core/tenancy/statements.py", "quote"): "SQL identifiers are quoted",
    ("core/tenancy/statements.py", "quotes"): "a name within quotation marks",
    ("core/api/wire.py", "quotes"): "a text within quotation marks",
    ("core/data/workflow.py", "leads"): "a verb: a transition leads somewhere",
}
"""(file, word): the reason why this word is another one there."""

COMMENT = re.compile(r"\{#.*?#\}|/\*.*?\*/|^\s*//.*?$", re.DOTALL | re.MULTILINE)


def words(text: str) -> list[str]:
    """``SalesOrder``, ``sales_order`` and ``sales order`` are two words each."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", text)]


def named(module: ast.Module) -> Iterator[tuple[str, int]]:
    """Identifiers and texts of the code, docstrings left out, each with its line."""
    described = {id(node.value) for node in ast.walk(module) if isinstance(node, ast.Expr)}
    for node in ast.walk(module):
        for name in ("id", "attr", "arg", "name", "module"):
            value = getattr(node, name, None)
            if isinstance(value, str):
                yield value, getattr(node, "lineno", 0)
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in described
        ):
            yield node.value, node.lineno


def findings(folder: str) -> Iterator[str]:
    for path in files(folder):
        for text, line in named(tree(path)):
            for word in SELLING.intersection(words(text)):
                if (place(path), word) not in ALLOWED:
                    yield f"{place(path, line)}: {word!r} in {text!r}"


@pytest.mark.parametrize("folder", ["core", "plugin_api"])
def test_no_word_of_selling_in_code(folder: str) -> None:
    assert list(findings(folder)) == []


def test_no_word_of_selling_in_pages_and_scripts() -> None:
    wrong = [
        f"{place(path)}: {word!r} in {line.strip()!r}"
        for path in files("core", ends=(".html", ".js", ".css"))
        for line in COMMENT.sub("", path.read_text("utf-8")).splitlines()
        for word in SELLING.intersection(words(line))
    ]
    assert wrong == []


def test_every_exception_is_needed() -> None:
    used = {
        (place(path), word)
        for path in files("core", "plugin_api")
        for text, _ in named(tree(path))
        for word in SELLING.intersection(words(text))
    }
    assert set(ALLOWED) - used == set()


def test_the_rule_reads_names_and_texts_but_not_descriptions() -> None:
    source = '''
"""About a deal."""
def close_deal(quota):
    """Wins the account."""
    return row.invoiceNumber, {"lead": SalesOrder}, sorted(order=1)
'''
    said = {word for text, _ in named(ast.parse(source)) for word in words(text)}
    assert SELLING & said == {"deal", "quota", "invoice", "lead", "sales"}
