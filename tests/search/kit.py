"""A clinic on either database, and what a search says there."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from core.host import services
from core.search.finding import find
from plugin_api.models import model_of
from tests.harness import Installation, install

HERE = Path(__file__).parent
PLUGINS = tuple(HERE / "plugins" / name for name in ("clinic", "garden"))
NAMES = (
    "上海浦东发展银行", "浦东机场 Terminal 2", "浦江实业", "重庆银行", "银行家俱乐部",
    "TCL科技", "科技园 A座", "北京字节跳动科技有限公司", "Acme", "Acme Tools", "The Acme Company",
    "Ärzte für Köln", "O'Neil & Söhne", "東京タワー", "서울 병원", "曾小明", "单林", "Pu Dong",
    "阿里阿里", "pdfz", "Q-2026-00042", "100% Cotton", "under_score", "𠮷野家", "ＡＢＣ贸易",
)  # fmt: skip


def people(*records: Mapping[str, Any]) -> list[int]:
    """Make patients; their ids."""
    made = services().records.create_many(patient(), records)
    return [record.id for record in made]


def patient() -> Any:
    return model_of("clinic.Patient")


def titles(search: str, limit: int = 50) -> dict[str, list[str]]:
    """Model key → titles that the current actor finds, in order."""
    return {
        found.model.model_key(): [hit.title for hit in found.hits] for found in find(search, limit)
    }


def names(search: str) -> list[str]:
    """Patients that are found, in order."""
    return titles(search).get("clinic.Patient", [])


def furnish(folder: Path, url: str = "") -> Installation:
    """Two companies with the clinic, one of them with people and patients."""
    made = install(folder, plugins=PLUGINS, database_url=url)
    for slug in ("acme", "other"):
        made.company(slug, "clinic", "garden", language="en")
        for name, role in (("ada", "admin"), ("rita", "rep"), ("ravi", "rep")):
            made.person(slug, name, role)
    rita = made.user_id("acme", "rita")
    with made.working("acme"):
        people(*({"name": name, "doctor_id": rita if i % 2 else None}
                 for i, name in enumerate(NAMES)))  # fmt: skip
        people(
            {"name": "Wang", "email": "wang.lei@sina.example", "phone": "+86 138-1234-5678"},
            {"name": "Li", "code": "ACC-000123", "phone": "021 6888 1234"},
            {"name": "Zhao", "notes": "Allergie gegen Nüsse\nund 花生"},
        )
    return made
