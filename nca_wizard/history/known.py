"""Which customers of a list are in the history already: by tenant ID, then domain, then name."""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nca_wizard.history.evaluations import NOT_DELETED, Read
from nca_wizard.history.folding import fold

if TYPE_CHECKING:
    from nca_wizard.customer import Customer


class KnownCustomers:
    """What the customers go by, as they were when this was read."""

    def __init__(self, rows: Iterable[sqlite3.Row]) -> None:
        """`rows` oldest first: a name that several cases have stands for the newest."""
        self._cases: dict[tuple[str, str], int] = {}
        self._tenants: dict[int, str] = {}
        for row in rows:
            for kind in ("tenant_id", "domain", "name"):
                said = fold(row[kind])
                if said:
                    self._cases[kind, said] = row["case_id"]
            if row["tenant_id"]:
                self._tenants[row["case_id"]] = fold(row["tenant_id"])

    def case_of(self, customer: "Customer") -> int | None:
        """The case of this customer, None if there is none; another tenant is another customer."""
        tenant = fold(customer.tenant_id)
        for kind in ("tenant_id", "domain", "name"):
            case_id = self._cases.get((kind, fold(getattr(customer, kind))))
            if case_id is not None and tenant in ("", self._tenants.get(case_id, tenant)):
                return case_id
        return None


def known_customers(read: Read) -> KnownCustomers:
    """Everybody in the history who is not deleted."""
    return KnownCustomers(
        read(
            f"""
            SELECT case_id, customer_name AS name, domain,
                coalesce(json_extract(customer, '$.tenant_id'), '') AS tenant_id
            FROM evaluations JOIN documents ON evaluation_id = evaluations.id
            WHERE {NOT_DELETED} ORDER BY evaluated_at, evaluations.id
            """  # noqa: S608  ours
        )
    )
