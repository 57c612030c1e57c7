"""What the pages are read from, and how docstrings become Markdown."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOTE = "<!-- Written by docs/generate.py; change the docstrings, not this page. -->\n"


def signature(node: ast.FunctionDef) -> str:
    """How it is called, without the first argument of a method."""
    arguments = ast.unparse(node.args)
    for self in ("self, ", "self", "cls, ", "cls"):
        arguments = arguments.removeprefix(self)
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({arguments}){returns}"


def doc(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> str:
    """Its docstring; empty without one."""
    return ast.get_docstring(node) or ""


def ticked(text: str) -> str:
    """Restructured text as Markdown: roles, double backticks, and lines that explain a word."""
    text = re.sub(r"^(``\w+``) {2,}", r"- \1: ", text, flags=re.MULTILINE)
    return re.sub(r"(?::\w+:)?(`{1,2})~?([^`]+)\1", r"`\2`", text)
