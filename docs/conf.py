"""How the site of the documentation is made; ``docs/build.py`` starts it."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from sphinx import search
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

project = "Xiaoguan"
author = "The people of Xiaoguan"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
html_theme = "furo"
html_title = "Xiaoguan 销冠"
html_search_language = "xiaoguan"
html_copy_source = html_show_sourcelink = html_show_sphinx = html_show_copyright = False
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[^{_HAN}]+")


class Words(SearchEnglish):
    """English words by their stems; Chinese, which is written without spaces, by every two signs
    that stand together. Reader and index cut alike, so no dictionary is needed."""

    lang = "xiaoguan"
    js_splitter_code: ClassVar[str] = rf"""
function splitQuery(query) {{
  const pairs = (run) =>
    /^[{_HAN}]{{2,}}$/.test(run) ? [...run].slice(1).map((sign, i) => run[i] + sign) : [run];
  return query
    .split(/[^\p{{Letter}}\p{{Number}}_]+/gu)
    .flatMap((word) => word.match(/[{_HAN}]+|[^{_HAN}]+/g) || [])
    .flatMap(pairs);
}}
"""

    def split(self, input: str) -> list[str]:
        """The words of a text; single signs too, for who looks for one."""
        found: list[str] = []
        for word in super().split(input):
            for run in _RUN.findall(word):
                if re.match(f"[{_HAN}]", run):
                    found += [*run, *(run[i : i + 2] for i in range(len(run) - 1))]
                else:
                    found.append(run)
        return found


def tell_language(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Pages of a name that ends with ``.zh`` are Chinese, to browsers and readers aloud."""
    if page.endswith(".zh"):
        context["language"] = "zh-CN"


def setup(app: Sphinx) -> None:
    """Make the search know the words."""
    search.languages["xiaoguan"] = Words
    app.connect("html-page-context", tell_language)
