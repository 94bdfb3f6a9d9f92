"""Which names of this machine the pages answer to.

Without this, a page elsewhere could let its own name point at this machine (DNS rebinding): the player's
browser would take our pages for that page's own, and show it what they show.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address

from tornado.routing import AnyMatches, HostMatches, Rule
from tornado.web import Application, RequestHandler

_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - asked about, not bound


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def known_names(host: str, origins: Iterable[str], own_name: str) -> list[str]:
    """Names, with a port where one was given, under which a browser may ask; the one to print first.

    Parameters
    ----------
    host : address that is listened to
    origins : names that the operator gave, such as a proxy's
    own_name : of this machine
    """
    listened = f"[{host}]" if ":" in host else host
    first = [*origins, own_name] if host in _EVERYWHERE else [listened, *origins]
    return [*dict.fromkeys([*first, "localhost", "127.0.0.1"])]


def with_port(name: str, port: int) -> str:
    """The name with a port: its own, else `port`."""
    return name if re.search(r":\d+$", name) else f"{name}:{port}"


def answer_only_to(application: Application, names: Iterable[str]) -> None:
    """Let `application` refuse every request that asks for another host than `names`."""
    known = "|".join(re.escape(re.sub(r":\d+$", "", name).lower()) for name in names)
    router = application.default_router
    router.rules.clear()
    router.add_rules(
        [Rule(HostMatches(f"(?:{known})$"), application.wildcard_router), Rule(AnyMatches(), _Stranger)]
    )


class _Stranger(RequestHandler):
    """Says why nothing is shown."""

    def prepare(self) -> None:
        self.set_status(421)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(
            "FretCoach does not answer to this name. "
            "If it is this machine's, start FretCoach with --origin and the name.\n"
        )
