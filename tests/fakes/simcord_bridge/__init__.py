"""simcord as a Discord that the whole program talks to: a second judge, written by others.

simcord keeps a Discord in memory and usually stands in for discord.py's own HTTP client. Our calls have a
client of their own, so here it stands behind addresses instead: REST and CDN over HTTP, the gateway over a
websocket. The program runs against it as against our own fake, unmodified, by settings alone.

    async with Bridge().running() as bridge:
        guild = bridge.env.create_guild()

Owns the way there and back: what is so is simcord's to say. It is never told what our own fake thinks, and
each call that it refuses or does not know is kept in `complaints`.
"""

from tests.fakes.simcord_bridge.bridge import Bridge
from tests.fakes.simcord_bridge.doors import Complaint
from tests.fakes.simcord_bridge.hours import Hours

__all__ = ["Bridge", "Complaint", "Hours"]
