"""Who is at the other end of a request: a signed cookie names them, and says whether they may enter.

Owns the cookie, the password and the bound on tries. Must never learn names; those are in `people.py`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import deque
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from itsdangerous import BadSignature, URLSafeTimedSerializer

from adapters.web.memory import WORKSPACE
from core.app.wording.languages import is_spoken
from core.domain.ids import ActorId

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from core.app.ports import Clock

COOKIE_AGE_S = 400 * 24 * 3600
"""The longest that browsers keep a cookie (Chrome and RFC 6265bis, 2026-11)."""

TRIES = 10
TRIES_WINDOW_S = 60.0
MAX_ADDRESSES = 10_000

_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True)
class WebAccess:
    """How people get in. Without a `password` everybody may; `hosts` are names beside the loopback's.

    `secret` signs the cookies: keep it, or everybody becomes somebody else. `is_https` makes them Secure.
    """

    secret: str = field(repr=False)
    password: str | None = field(default=None, repr=False)
    hosts: frozenset[str] = frozenset()
    is_https: bool = False
    is_everyone_admin: bool = False


class Sessions:
    """Reads and writes the cookie."""

    def __init__(self, access: WebAccess) -> None:
        self.access = access
        self._signer = URLSafeTimedSerializer(access.secret, salt="inkthread.web.person")
        self._door = _door(access)
        self.cookie = "__Host-inkthread" if access.is_https else "inkthread"

    def actor_of(self, request: Request) -> ActorId | None:
        """The person that the cookie names, whether or not they may enter."""
        claims = self._claims(request)
        return None if claims is None else ActorId(claims["actor"])

    def may_enter(self, request: Request) -> bool:
        """Whether no password is wanted, or this browser has given it."""
        if self.access.password is None:
            return True
        claims = self._claims(request)
        return claims is not None and hmac.compare_digest(claims["door"], self._door)

    def _claims(self, request: Request) -> dict[str, str] | None:
        try:
            claims = self._signer.loads(request.cookies.get(self.cookie, ""), max_age=COOKIE_AGE_S)
        except BadSignature:
            return None
        return {"actor": str(claims["actor"]), "door": str(claims["door"])}

    def is_password(self, typed: str) -> bool:
        """Whether that is the password, in constant time."""
        wanted = self.access.password or ""
        return hmac.compare_digest(_digest(typed), _digest(wanted))

    def welcome(self, response: Response, actor: ActorId, *, has_password: bool) -> None:
        """Give the browser its cookie."""
        door = self._door if has_password or self.access.password is None else ""
        response.set_cookie(
            self.cookie,
            self._signer.dumps({"actor": actor, "door": door}),
            max_age=COOKIE_AGE_S,
            path="/",
            secure=self.access.is_https,
            httponly=True,
            samesite="lax",
        )


class Tries:
    """Counts tries at the password, by address, within the last minute.

    Whoever has one address of IPv6 has all of its network (64 bits at the least, RFC 6177): it counts as one.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: dict[str, deque[float]] = {}

    def admit(self, address: str) -> bool:
        """Whether that address may try once more now; counts the try."""
        now_s = self._clock.now().timestamp()
        if len(self._seen) > MAX_ADDRESSES:
            self._seen.clear()
        seen = self._seen.setdefault(_one_of_its_network(address), deque())
        while seen and seen[0] <= now_s - TRIES_WINDOW_S:
            seen.popleft()
        if len(seen) >= TRIES:
            return False
        seen.append(now_s)
        return True


def new_actor() -> ActorId:
    """Somebody who was never here before."""
    return ActorId(f"{WORKSPACE}:{secrets.token_hex(8)}")


def locale_of(headers: Mapping[str, str]) -> str:
    """The language that the browser wants most of those spoken here, as it spells it; `en` without any."""
    wishes = [_wish(part) for part in headers.get("accept-language", "")[:200].split(",")]
    ranked = sorted((wish for wish in wishes if wish[0] > 0), key=lambda wish: -wish[0])
    return next((tag for _, tag in ranked if is_spoken(tag)), "en")


def _wish(part: str) -> tuple[float, str]:
    tag, _, parameters = part.strip().partition(";")
    weight = re.fullmatch(r"\s*q=([01](?:\.\d{0,3})?)\s*", parameters) if parameters else None
    if _LANGUAGE.fullmatch(tag.strip()) is None:
        return 0.0, ""
    return (float(weight[1]) if weight else 1.0), tag.strip()


def _one_of_its_network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return address if found.version == 4 else str(ip_network((found.packed[:8] + bytes(8), 64)))  # noqa: PLR2004 - of IP


def _door(access: WebAccess) -> str:
    # A new password sends everybody back to the door, without a list of sessions to keep.
    typed = (access.password or "").encode()
    return hmac.new(access.secret.encode(), b"door:" + typed, hashlib.sha256).hexdigest()[:32]


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
