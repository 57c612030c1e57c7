"""What the plugin registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from plugin_api import hookimpl
from plugin_api.jobs import Job

from . import jobs, models


@hookimpl
def register_models() -> Sequence[Any]:
    return [models.Item]


@hookimpl
def register_jobs() -> Sequence[Job]:
    return jobs.JOBS
