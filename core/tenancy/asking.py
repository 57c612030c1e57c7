"""Selects of a company's session that were written before and are only asked.

Of what SQLAlchemy does around a statement that it has compiled (a context, a result that knows its
columns by name), nothing is needed once it is known how each value is read; it takes as long as the
database takes for a short answer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import sqlalchemy as sa
from sqlalchemy.orm import Session

from core.tenancy.beginning import Answer, Question
from core.tenancy.errors import WallError
from core.tenancy.statements import CompanyCompiler
from core.tenancy.waiting import Waiting

_ASK, _ANSWER = "xiaoguan.ask", "xiaoguan.answer"

Values = Sequence[sa.BindParameter[Any]] | None
"""Parameters like those that a statement was compiled with."""
Named = Mapping[str, Any] | None
"""Values of parameters by name."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A select as it is sent."""

    compiled: Any
    text: str
    positions: tuple[str, ...] | None
    """Names of its parameters in order, where they are known by their place."""


class Asking(Waiting):
    """The part of a company's session that asks what was compiled for one before."""

    def ask(self, compiled: Any, values: Values, named: Named = None) -> sa.CursorResult[Any]:
        """The answer to a select."""
        connection = self._behind_wall(compiled)
        run = connection.dialect.execution_ctx_cls._init_compiled
        given = [] if named is None else [named]
        return connection._execute_context(  # type: ignore[no-any-return]
            connection.dialect, run, compiled, given, connection._execution_options,
            compiled, given, compiled.statement, values,
        )  # fmt: skip

    def fetch(self, asked: Plain, values: Values, named: Named = None) -> list[tuple[Any, ...]]:
        """The rows of a select as the driver gives them."""
        return _fetched(self._behind_wall(asked.compiled), asked, values, named)

    def begin_asking(self, question: Question) -> Answer | None:
        """Begin the company's transaction and have a question answered on the way; None where that
        cannot be: in a transaction that has begun, or on another database than PostgreSQL."""
        if self.in_transaction():
            return None
        self.info[_ASK] = question
        try:
            super().connection()
        finally:
            self.info.pop(_ASK, None)
        answer: Answer | None = self.info.pop(_ANSWER, None)
        return answer

    def _behind_wall(self, compiled: Any) -> Any:
        self.company_id  # noqa: B018 - holds it
        statement: Any = getattr(compiled, "statement", None)
        if not (isinstance(compiled, CompanyCompiler) and statement.is_select):
            raise WallError("only selects that were written behind the wall are asked again")
        self._autoflush()
        return super().connection()


def question_of(session: Session) -> Question | None:
    """What is to be asked together with BEGIN."""
    found: Question | None = session.info.pop(_ASK, None)
    return found


def answered(session: Session, answer: Answer | None) -> None:
    """Keep what was answered to it."""
    if answer is not None:
        session.info[_ANSWER] = answer


def plain(compiled: Any) -> Plain | None:
    """What is sent for a select, whatever it is asked with; None where the text depends on that.
    Values that stand in the text, as that of a limit may, are those it was compiled with."""
    if compiled.post_compile_params or compiled.escaped_bind_names or compiled.schema_translate_map:
        return None
    text, positions = compiled.string, compiled.positiontup
    if compiled.literal_execute_params:
        written = compiled.construct_expanded_state()
        text, positions = written.statement, written.positiontup
    return Plain(compiled, text, None if positions is None else tuple(positions))


def _fetched(
    connection: sa.Connection, asked: Plain, values: Values, named: Named
) -> list[tuple[Any, ...]]:
    """Raises what SQLAlchemy makes of the driver's errors."""
    given = asked.compiled.construct_params(named, extracted_parameters=values)
    for name, process in asked.compiled._bind_processors.items():
        given[name] = process(given[name])
    text, parameters = asked.text, given
    if asked.positions is not None:
        parameters = tuple(given[name] for name in asked.positions)
    cursor: Any = connection.connection.cursor()
    try:
        for listener in connection.dispatch.before_cursor_execute:
            text, parameters = listener(connection, cursor, text, parameters, None, False)
        cursor.execute(text, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    except BaseException as error:
        _raise(connection, error, text, parameters, cursor)
    cursor.close()
    return found


def _raise(
    connection: Any, error: BaseException, text: str, parameters: Any, cursor: Any
) -> NoReturn:
    """As SQLAlchemy tells of it, which lets go of a connection that is gone."""
    connection._handle_dbapi_exception(error, text, parameters, cursor, None)
    raise error
