"""Two companies that sell, and their people's clients of REST."""

from __future__ import annotations

from typing import Any

from core.extensions import db
from core.identity.models import Team, User
from core.jobs.work import work_off
from tests.api.kit import Api
from tests.harness import Installation, install

ACME, OTHER = "acme", "other"
PEOPLE = {"ada": "admin", "max": "manager", "rita": "rep", "ravi": "rep", "ana": "auditor"}


class Served:
    """An installation with ada (admin), max (manager of Rita's team), rita and ravi (reps) and
    ana (auditor) in ``acme``, and olga (admin) in ``other``."""

    def __init__(self, inst: Installation) -> None:
        self.inst = inst
        self.app = inst.app
        self._clients: dict[str, Api] = {}
        for slug in (ACME, OTHER):
            inst.company(slug, "crm", currency="CNY", country="CN", language="en")
        inst.person(OTHER, "olga", "admin")
        self.ids = {name: inst.person(ACME, name, role) for name, role in PEOPLE.items()}
        with inst.working(ACME):
            team = Team(name="North", manager_id=self.ids["max"])
            db.session.add(team)
            db.session.flush()
            db.session.get_one(User, self.ids["rita"]).team_id = team.id

    def __call__(self, name: str) -> Api:
        """A client of the person."""
        if name not in self._clients:
            headers = self.inst.token(OTHER if name == "olga" else ACME, name)
            self._clients[name] = Api(self.app, headers["Authorization"].split()[1])
        return self._clients[name]

    def work(self) -> int:
        """Do every job that waits to be done now."""
        return work_off(self.app)

    def make_many(self, count: int, **values: Any) -> None:
        """Accounts that the system makes for Rita."""
        from core.host import services
        from plugin_api.models import model_of

        with self.inst.working(ACME):
            model: Any = model_of("crm.Account")
            rows = [{"name": f"Many {n:05}", "owner": self.ids["rita"], **values}
                    for n in range(count)]  # fmt: skip
            services().records.create_many(model, rows)
            db.session.commit()


def serve(folder: Any, **settings: Any) -> Served:
    """The installation in a folder."""
    return Served(install(folder, **settings))
