"""What shows that something is so: completed when it is written, never without its day."""

from __future__ import annotations

from collections.abc import Collection

from plugin_api.context import gettext, today
from plugin_api.errors import Rejected
from plugin_api.figures import measure_of
from plugins.swot.models import Analysis, Evidence
from plugins.swot.services import figures, subjects

ASKED = frozenset({"kind", "measure", "start", "as_of", "narrows"})
"""What another figure follows from."""
NAMED = frozenset({"kind", "about_model", "about_id"})


def complete(proof: Evidence, changes: Collection[str], analysis: Analysis) -> None:
    """Keep the figure, the name of the record, or see to the source. Raises Rejected."""
    if proof.as_of is None:
        if proof.kind == "note":
            raise Rejected("as_of", gettext("Say of which day the source is."))
        proof.as_of = today()
    if proof.as_of > today():
        raise Rejected("as_of", gettext("That day is still to come."))
    new = not changes
    if proof.kind == "measure":
        if new or ASKED & set(changes):
            _measure(proof, analysis)
    else:
        proof.value = proof.measure = proof.start = None
        proof.narrows = False
    if proof.kind == "record":
        if new or NAMED & set(changes):
            _record(proof)
    elif proof.kind == "note":
        _note(proof)
    if not proof.name:
        raise Rejected("name", gettext("Say what shows it."))


def _measure(proof: Evidence, analysis: Analysis) -> None:
    assert proof.as_of is not None
    if proof.measure is None:
        raise Rejected("measure", gettext("Say which figure."))
    found = measure_of(proof.measure)
    if found is None:
        raise Rejected("measure", gettext("There is no such measure, or you may not read it."))
    if figures.is_of_now(found):
        proof.start = None
    elif proof.start is None:
        proof.start = figures.first_day(proof.as_of)
    if proof.start is not None and proof.start > proof.as_of:
        raise Rejected("start", gettext("It begins after its last day."))
    subject = None
    if proof.narrows:
        if analysis.about_model is None or analysis.about_id is None:
            raise Rejected("narrows", gettext("The analysis names no record."))
        subject = analysis.about_model, analysis.about_id
    proof.value = figures.figure(found, proof.start, proof.as_of, subject)
    proof.name = proof.name or str(found.label)


def _record(proof: Evidence) -> None:
    name = subjects.name_of(proof.about_model, proof.about_id)
    if name is None:
        raise Rejected("about_id", gettext("Say which record."))
    proof.name = proof.name or name


def _note(proof: Evidence) -> None:
    if not proof.note:
        raise Rejected("note", gettext("Say what is known."))
    if not proof.source:
        raise Rejected("source", gettext("Say where it is known from."))
    proof.name = proof.name or proof.note.splitlines()[0][:300]
