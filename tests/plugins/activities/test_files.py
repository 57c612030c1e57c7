"""Mails and calendars that are brought and fetched."""

from __future__ import annotations

import contextlib
import datetime as dt
import time
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from plugins.activities.services import ics, letters

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
AT = dt.datetime(2026, 3, 2, 4, 0, tzinfo=dt.UTC)


def mail(**headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": "Li Wei <Li@Mill.example>", "To": "ann@acme.example, bo@acme.example",
        "Subject": "关于报价", "Date": "Mon, 02 Mar 2026 12:00:00 +0800",
        "Message-ID": "<one@mill.example>", **headers,
    }  # fmt: skip
    for name, value in given.items():
        if value:
            made[name] = value
    made.set_content("Dear Ann,\n\n\n\n\nwe agree.")
    return made


class TestLetters:
    def test_what_is_kept_of_a_mail(self) -> None:
        found = letters.read(mail().as_bytes())
        assert (found.subject, found.sender, found.at) == ("关于报价", "li@mill.example", AT)
        assert found.addresses == ("li@mill.example", "ann@acme.example", "bo@acme.example")
        assert (found.key, found.text) == ("one@mill.example", "Dear Ann,\n\nwe agree.")

    def test_of_html_the_words_are_kept(self) -> None:
        made = mail()
        made.set_content(
            "<style>p{}</style><p>Hello</p><script>alert(1)</script><div>Ann &amp; Bo</div>",
            subtype="html",
        )
        assert letters.read(made.as_bytes()).text == "Hello\nAnn & Bo"

    def test_a_file_that_hangs_on_it_is_left_out(self) -> None:
        made = mail()
        made.add_attachment(b"MZ...", maintype="application", subtype="octet-stream", filename="x")
        assert letters.read(made.as_bytes()).text.startswith("Dear Ann")

    def test_a_charset_that_nobody_knows(self) -> None:
        raw = mail().as_bytes().replace(b'charset="utf-8"', b'charset="klingon"')
        assert "we agree" in letters.read(raw).text

    @pytest.mark.parametrize("date", ["", "yesterday", "Mon, 99 Xyz 99999"])
    def test_without_a_day_it_has_none(self, date: str) -> None:
        assert letters.read(mail(Date=date).as_bytes()).at is None

    @pytest.mark.parametrize(
        "content",
        [
            b"", b"   ", b"Hello, this is just text.", b"%PDF-1.4 From: me",
            b"From: nobody\nTo: no one\n\nx", b"\x00\x01\x02", mail(From="").as_bytes(),
            b"From: a@b.example\nTo: c@d.example\n\n" + b"x" * letters.LARGEST,
        ],
        ids=range(8),
    )  # fmt: skip
    def test_what_is_no_mail_is_refused(self, content: bytes) -> None:
        with pytest.raises(ValueError):
            letters.read(content)

    def test_too_many_parts_are_refused(self) -> None:
        made = mail()
        for number in range(letters.MOST_PARTS + 1):
            made.add_attachment(b"x", maintype="a", subtype="b", filename=str(number))
        with pytest.raises(ValueError, match="parts"):
            letters.read(made.as_bytes())

    @pytest.mark.parametrize(
        "head",
        [
            b"To: " + b"c@d.example, " * 300_000, b"To: c@d.example\n" * 100_000,
            b"To: c@d." + b"." * 100_000,
            b"To: x@y.example\nSubject: " + b"=?utf-8?q?a?= " * 99_999,
            b"To: x@y.example\nContent-Type: text/plain" + b"; a=b" * 100_000,
            b"To: x@y.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: a/b"
            + b"; a=b" * 100_000,
        ],
        ids=range(6),
    )  # fmt: skip
    def test_what_would_be_parsed_for_minutes_is_refused_at_once(self, head: bytes) -> None:
        began = time.process_time()
        with pytest.raises(ValueError, match="header"):
            letters.read(b"From: a@b.example\n" + head + b"\n\nx")
        assert time.process_time() - began < 3

    def test_a_charset_that_takes_minutes_is_not_used(self) -> None:
        head = b"From: a@b.example\nTo: c@d.example\nContent-Type: text/plain; charset=Punycode"
        began = time.process_time()
        assert letters.read(head + b"\n\n" + b"a" * 1_000_000).text.startswith("aaa")
        assert time.process_time() - began < 3

    def test_what_no_database_keeps_is_left_out(self) -> None:
        head = b"From: a@b.example\nTo: c@d.example\nSubject: a\0b\nMessage-ID: <a\0b@x.example>"
        kind = b"\nContent-Type: text/plain; charset=unicode_escape\n\n\\ud800 x\\0"
        found = letters.read(head + kind)
        assert (found.subject, found.key) == ("ab", "ab@x.example")
        assert "\0" not in found.text and found.text.encode()

    @settings(deadline=None)
    @given(st.binary(max_size=400))
    def test_whatever_comes_is_read_or_refused(self, tail: bytes) -> None:
        for head in (b"", b"From: a@b.example\nTo: c@d.example\nContent-Type: "):
            with contextlib.suppress(ValueError):
                letters.read(head + tail)


class TestCalendars:
    def entry(self, **more: object) -> ics.Entry:
        given = {
            "uid": "activity-1@acme.xiaoguan", "version": 3, "changed": AT, "subject": "Show, it",
            "state": "open", "due": AT.date(), **more,
        }  # fmt: skip
        return ics.Entry(**given)  # type: ignore[arg-type]

    def events(self, *entries: ics.Entry, zone: ZoneInfo = SHANGHAI) -> list[object]:
        found = Calendar.from_ical(ics.write("Acme", entries, zone))
        return list(found.walk("VEVENT"))

    def test_hours_stand_in_the_zone_with_its_rules(self) -> None:
        start = dt.datetime(2026, 3, 28, 8, 0, tzinfo=dt.UTC)
        made = ics.write("Acme", [self.entry(start=start, rule="FREQ=WEEKLY")], BERLIN).decode()
        assert "DTSTART;TZID=Europe/Berlin:20260328T090000" in made
        assert "BEGIN:VTIMEZONE" in made and "RRULE:FREQ=WEEKLY" in made

    def test_all_of_a_day(self) -> None:
        (event,) = self.events(self.entry(until=dt.date(2026, 4, 1), rule="FREQ=DAILY"))
        assert event["dtstart"].dt == dt.date(2026, 3, 2)  # type: ignore[index]
        assert event["dtend"].dt == dt.date(2026, 3, 3)  # type: ignore[index]
        assert event["rrule"]["UNTIL"] == [dt.date(2026, 4, 1)]  # type: ignore[index]

    def test_what_is_over_says_so(self) -> None:
        done, gone = self.events(self.entry(state="done"), self.entry(state="cancelled"))
        assert str(done["summary"]) == "✓ Show, it"  # type: ignore[index]
        assert str(gone["status"]) == "CANCELLED"  # type: ignore[index]

    def test_what_is_written_is_read_again(self) -> None:
        made = ics.write(
            "Acme",
            [self.entry(start=AT, end=AT + dt.timedelta(hours=1), location="Hall; 2", text="a\nb"),
             self.entry(uid="two")],
            BERLIN,
        )  # fmt: skip
        one, two = ics.read(made, SHANGHAI)
        assert (one.start, one.end) == (AT, AT + dt.timedelta(hours=1))
        assert (one.subject, one.location, one.text) == ("Show, it", "Hall; 2", "a\nb")
        assert (two.start, two.due) == (None, AT.date())

    def test_hours_without_a_zone_are_the_company_s(self) -> None:
        made = ics.write("Acme", [self.entry(start=AT)], SHANGHAI)
        made = made.replace(b"DTSTART;TZID=Asia/Shanghai:", b"DTSTART:")
        assert ics.read(made, SHANGHAI)[0].start == AT

    @pytest.mark.parametrize(
        "lines",
        [
            ["DTSTART;VALUE=TIME:101010"], ["DTSTART:20260101", "DTSTART:20260102"],
            ["DTSTART:00010101T000000"], ["DTSTART:20260101T000000;x"],
        ],
        ids=range(4),
    )  # fmt: skip
    def test_an_event_that_is_none_is_refused(self, lines: list[str]) -> None:
        text = "\r\n".join(
            ["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]
        )
        with pytest.raises(ValueError):
            ics.read(text.encode(), SHANGHAI)

    def test_a_character_that_no_database_keeps_is_left_out(self) -> None:
        lines = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20260101\r\nSUMMARY:a\0b\r\nUID:c\0d"
        [found] = ics.read(lines + b"\r\nEND:VEVENT\r\nEND:VCALENDAR", SHANGHAI)
        assert (found.subject, found.uid) == ("ab", "cd")

    def test_others_are_none(self) -> None:
        with pytest.raises(ValueError, match="no calendar"):
            ics.read(b"BEGIN:VCARD", SHANGHAI)
        many = ics.write("A", [self.entry(uid=str(n)) for n in range(ics.MOST + 1)], SHANGHAI)
        with pytest.raises(ValueError, match="too many"):
            ics.read(many, SHANGHAI)
