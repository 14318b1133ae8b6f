"""A guild and a few commands to test the fake itself with; the program's tests register the program's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import Option, Part

if TYPE_CHECKING:
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.running import FakeDiscord
    from tests.fakes.discord_server.world import Channel, Guild, Json, User

COMMANDS: list[Json] = [
    {
        "name": "imagine",
        "description": "Make a picture",
        "options": [
            {
                "type": Option.STRING,
                "name": "prompt",
                "description": "What",
                "required": True,
                "max_length": 2000,
            },
            {"type": Option.STRING, "name": "aspect", "description": "Ratio", "autocomplete": True},
            {
                "type": Option.INTEGER,
                "name": "count",
                "description": "How many",
                "min_value": 1,
                "max_value": 4,
            },
            {
                "type": Option.STRING,
                "name": "quality",
                "description": "How fine",
                "choices": [{"name": "Low", "value": "low"}, {"name": "High", "value": "high"}],
            },
            {"type": Option.ATTACHMENT, "name": "image1", "description": "Start from this"},
            {"type": Option.USER, "name": "for", "description": "For whom"},
        ],
    },
    {
        "name": "settings",
        "description": "Settings",
        "default_member_permissions": 1 << 5,
        "contexts": [0],
        "options": [
            {
                "type": Option.SUB_COMMAND,
                "name": "role",
                "description": "For a role",
                "options": [
                    {"type": Option.ROLE, "name": "role", "description": "Which", "required": True},
                    {"type": Option.CHANNEL, "name": "where", "description": "Where"},
                ],
            }
        ],
    },
    {"name": "Edit this picture", "type": 3},
    {"name": "Quota of", "type": 2},
    {
        "name": "server",
        "description": "Not for people who brought the app themselves",
        "integration_types": [0],
    },
]


def text(content: str) -> Json:
    """A text display."""
    return {"type": int(Part.TEXT_DISPLAY), "content": content}


def button(custom_id: str, label: str = "Press", **more: object) -> Json:
    """A button."""
    return {"type": int(Part.BUTTON), "style": 2, "label": label, "custom_id": custom_id, **more}


def row(*parts: Json) -> Json:
    """A row."""
    return {"type": int(Part.ROW), "components": list(parts)}


def gallery(*names: str, alt_text: str = "a lighthouse") -> Json:
    """A gallery of files sent along."""
    items = [{"media": {"url": f"attachment://{name}"}, "description": alt_text} for name in names]
    return {"type": int(Part.MEDIA_GALLERY), "items": items}


def v2(*components: Json, **more: object) -> Json:
    """A message of newer components."""
    return {"flags": 1 << 15, "components": list(components), **more}


def modal(*components: Json, title: str = "Edit", custom_id: str = "v1:edit") -> Json:
    """A form; without components with one text input."""
    return {"title": title, "custom_id": custom_id, "components": list(components) or [label(text_input())]}


def label(component: Json, name: str = "What") -> Json:
    """An input with its label."""
    return {"type": int(Part.LABEL), "label": name, "component": component}


def text_input(custom_id: str = "what", **more: object) -> Json:
    """A text input."""
    return {"type": int(Part.TEXT_INPUT), "custom_id": custom_id, "style": 2, **more}


@dataclass(frozen=True, slots=True)
class Studio:
    """A guild with a channel and two people, and the bot."""

    fake: FakeDiscord
    guild: Guild
    channel: Channel
    ada: User
    ben: User

    @classmethod
    def in_world(cls, fake: FakeDiscord) -> Studio:
        """Made in a fake."""
        guild = fake.world.add_guild("Studio")
        channel = fake.world.add_channel(guild, "art")
        return cls(fake, guild, channel, fake.join(guild, "ada"), fake.join(guild, "ben"))

    def imagine(self, channel: Channel | None = None) -> Interaction:
        """Ada asks for a picture."""
        return self.fake.slash(channel or self.channel, self.ada, "imagine", {"prompt": "a lighthouse"})
