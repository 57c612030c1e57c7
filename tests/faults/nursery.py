"""Processes that start at once, to be killed: ``python -m tests.faults.nursery``.

Unlike those of :mod:`tests.processes`, of which hundreds would take too long, they find the
application made, so that a kill meets the work and not the start. One is forked for each line
that is sent: ``{"args": […]}`` is a command of ``xiaoguan``, ``{"deed": name, …}`` a function of
:mod:`tests.faults.deeds`; with ``"limit"`` no file may grow beyond so many bytes. Two lines come
back: the number of the process, and how it ended.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from typing import Any, NoReturn

from core.cli.main import main as command
from core.starting import the_app
from tests.faults import deeds


def main() -> None:
    """Bring them up."""
    app = the_app()
    app.config["WTF_CSRF_ENABLED"] = False
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            _live(order)
        _say(child)
        _say(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _live(order: dict[str, Any]) -> NoReturn:
    to = os.open(order.pop("output"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, opened in enumerate((nothing, to, to)):
        os.dup2(opened, number)
    status: Any = 1
    try:
        if "limit" in order:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
            resource.setrlimit(resource.RLIMIT_FSIZE, (order["limit"], most))
        if "args" in order:
            command(order["args"], prog_name="xiaoguan")
        status = getattr(deeds, order.pop("deed"))(the_app(), **order) or 0
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status if isinstance(status, int) else 1)


def _say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
