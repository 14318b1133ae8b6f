"""Ports for processes that are told theirs before they open it. Owns which."""

from __future__ import annotations

import secrets
import socket

# Below those that systems give to whoever asks for any, so that nobody is given it before the process is up.
_PORTS = range(20_000, 32_000)


def free_port() -> int:
    """A port that nobody uses right now."""
    while True:
        port = secrets.choice(_PORTS)
        with socket.socket() as tried:
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
