"""Fonts for papers that a plugin draws, such as PDF: Chinese characters have to be there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/opentype/source-han-sans/SourceHanSansSC-Regular.otf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/System/Library/Fonts/Supplemental/Arial Unicode.ttf", 0),
    ("C:/Windows/Fonts/msyh.ttc", 0),
    ("C:/Windows/Fonts/simhei.ttf", 0),
)
"""Fonts with Chinese characters that systems have, and which of the file it is."""


@dataclass(frozen=True, slots=True)
class Font:
    """Where the font of a paper is; without a path only Latin letters are written."""

    path: str = ""
    number: int = 0


def font() -> Font:
    """The first font with Chinese characters that there is."""
    return next((Font(path, n) for path, n in FONTS if Path(path).is_file()), Font())
