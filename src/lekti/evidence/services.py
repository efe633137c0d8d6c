"""Which services there are, where they answer, how fast one may ask, and who asks."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from lekti.base.errors import InputError, shown
from lekti.base.tables import knowledge_table


@dataclass(frozen=True)
class Service:
    """A service, its address, and the requests it gets in a second at most."""

    name: str
    address: str
    per_second: float
    key: str = ""


def find_service(name: str) -> Service:
    """Return a service of `knowledge/records/services.tsv`, as the environment sets it.

    An address from the environment must be http or https; raises `InputError` otherwise.
    """
    row = next(row for row in knowledge_table("records/services.tsv") if row["service"] == name)
    address = os.environ.get(row["variable"], "") if row["variable"] else ""
    if address and urlsplit(address).scheme not in ("http", "https"):
        raise InputError(f"{row['variable']} is '{shown(address)}'", expected="an address with http or https")
    key = os.environ.get(row["key"], "").strip() if row["key"] else ""
    pace = row.number("with_key" if key else "per_second")
    return Service(name, _with_slash(address or row["address"]), pace, key)


def contact() -> str:
    """Return the e-mail address that services may write to (LEKTI_EMAIL), or nothing."""
    return os.environ.get("LEKTI_EMAIL", "").strip()


def who_asks(service: Service) -> dict[str, str]:
    """Return the parameters by which a service knows who asks; they are never stored or shown."""
    mail = contact()
    if service.name == "eutils":
        asked = {"tool": "lekti", "email": mail, "api_key": service.key}
        return {name: value for name, value in asked.items() if value}
    return {"mailto": mail} if service.name == "crossref" and mail else {}


def _with_slash(address: str) -> str:
    return address if not address or address.endswith("/") else address + "/"
