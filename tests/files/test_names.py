"""Names of files: any characters that can be seen and saved, and nothing else."""

from __future__ import annotations

import pytest

from core.files.kinds import KINDS
from core.files.names import LONGEST, clean, ending_of, fits


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("合同 2026（终稿）.pdf", "合同 2026（终稿）.pdf"),
        ("Angebot für Müller & Söhne.docx", "Angebot für Müller & Söhne.docx"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system.ini", "system.ini"),
        ("/absolute.txt", "absolute.txt"),
        (".htaccess", "htaccess"),
        ("..", ""),
        ("", ""),
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie_ x=1.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("zero\u200bwidth.png", "zerowidth.png"),
        ('a"b;c.txt', "a_b;c.txt"),
        ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
        ("nul\x00.txt", "nul.txt"),
        ("half\ud83d.txt", "half.txt"),
        ("cafe\u0301.txt", "café.txt"),
        ("two   spaces\t.txt", "two spaces .txt"),
        ("ends with dots...", "ends with dots"),
        ("😀.png", "😀.png"),
    ],
)
def test_cleaning(given: str, kept: str) -> None:
    assert clean(given) == kept


def test_long_names_keep_their_ending() -> None:
    made = clean("长" * 500 + ".xlsx")
    assert len(made) == LONGEST
    assert made.endswith("长.xlsx")
    assert len(clean("." + "x" * 500)) == LONGEST


def test_endings() -> None:
    assert ending_of("Offer.PDF") == "pdf"
    assert ending_of("archive.tar.gz") == "gz"
    assert ending_of("README") == ending_of(".profile") == ""
    assert fits("a.JPEG", KINDS["jpg"]) and not fits("a.png", KINDS["jpg"])
