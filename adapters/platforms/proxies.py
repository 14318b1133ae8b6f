"""Which proxy leads to a platform.

Owns the reading of HTTPS_PROXY, HTTP_PROXY and NO_PROXY, once for a client: aiohttp's own way (`trust_env`)
reads them and `~/.netrc` in two threads for every single request, and a login for everybody in that file
makes every request with a token of its own fail (aiohttp 3.14, 2026-11).
"""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass


def proxy_for(address: str) -> str | None:
    """The proxy to that address as the environment names it, with its login if it has one; or None."""
    parts = urlsplit(address)
    if parts.hostname is None or proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    return getproxies().get(parts.scheme)
