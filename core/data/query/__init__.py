"""The one way to ask for records, whoever asks: list, board, picker, REST, export.

A question is compiled to one statement: permission → company → record rules → filters →
group or aggregate → page.
"""

from core.data.query.asking import Query, narrowed, parse_query, sortable
from core.data.query.grouping import By, Head, first_of, heads, read_by
from core.data.query.held import at_hand
from core.data.query.labels import Ref, title_of
from core.data.query.pivoting import Cells, Figure, pivot, read_figure
from core.data.query.reading import (
    exists,
    ids,
    pages_of_groups,
    read,
    run,
    stream,
    top_of_groups,
    write,
)
from core.data.query.shape import Page, Same, Shape
from core.data.query.sums import Group, Totals, bounded_totals, count, groups, totals

__all__ = [
    "By",
    "Cells",
    "Figure",
    "Group",
    "Head",
    "Page",
    "Query",
    "Ref",
    "Same",
    "Shape",
    "Totals",
    "at_hand",
    "bounded_totals",
    "count",
    "exists",
    "first_of",
    "groups",
    "heads",
    "ids",
    "narrowed",
    "pages_of_groups",
    "parse_query",
    "pivot",
    "read",
    "read_by",
    "read_figure",
    "run",
    "sortable",
    "stream",
    "title_of",
    "top_of_groups",
    "totals",
    "write",
]
