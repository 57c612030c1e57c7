"""Write the parts of the documentation that the code knows better: ``python docs/generate.py``."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from docs.written.checks import checks  # noqa: E402
from docs.written.hooks import hooks  # noqa: E402
from docs.written.offered import offered  # noqa: E402
from docs.written.reference import reference  # noqa: E402
from docs.written.templates import templates  # noqa: E402

PAGES = {
    ROOT / "docs" / "hooks.md": hooks,
    ROOT / "docs" / "plugins" / "reference.md": reference,
    ROOT / "docs" / "plugins" / "checks.md": checks,
    ROOT / "docs" / "plugins" / "templates.md": templates,
    ROOT / "docs" / "plugins" / "bundled.md": offered,
}

if __name__ == "__main__":
    for path, page in PAGES.items():
        path.write_text(page(), "utf-8")
