"""PgBouncer, where it is installed, which gives a connection to another after each transaction."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.scale.kit import free_port

PGBOUNCER = os.environ.get("XIAOGUAN_TEST_PGBOUNCER") or shutil.which("pgbouncer")
CONNECTIONS = 2
"""Fewer than there are threads: were two needed for a request, they would wait for each other."""
PATIENCE = 10


@contextmanager
def pgbouncer(server: Path, folder: Path) -> Iterator[int]:
    """A pooler before a server of which the socket's folder is known; its port."""
    port, file = free_port(), folder / "pgbouncer.ini"
    file.write_text(
        f"[databases]\n* = host={server}\n[pgbouncer]\nlisten_addr = 127.0.0.1\n"
        f"listen_port = {port}\nunix_socket_dir =\nauth_type = trust\n"
        f"auth_file = {folder / 'users'}\npool_mode = transaction\n"
        f"default_pool_size = {CONNECTIONS}\nquery_wait_timeout = {PATIENCE}\n"
        f"logfile = {folder / 'log'}\n"
    )
    (folder / "users").write_text('"probe" ""\n')
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        for above in folder.parents[:3]:
            above.chmod(0o755)
    process = subprocess.Popen([str(PGBOUNCER), str(file)], stderr=subprocess.DEVNULL, **who)
    try:
        for _try in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.05)
        yield port
    finally:
        process.kill()
        process.wait()
