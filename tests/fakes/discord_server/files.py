"""Attachments.

How sent files become them, how large they may be, which an edit keeps, and their bytes at the CDN.
"""

from __future__ import annotations

import io
import mimetypes
import re
from typing import TYPE_CHECKING

from PIL import Image

from tests.fakes.discord_server.bits import FILE_LIMITS, Wire
from tests.fakes.discord_server.refusals import at_most, invalid, refuse
from tests.fakes.discord_server.world import File

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.discord_server.asks import SentFile
    from tests.fakes.discord_server.world import Channel, Json, World

MOST_FILES = 10
MOST_ALT_TEXT = 1024
PLAIN_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def limit_of(world: World, channel: Channel) -> int:
    """Bytes a file by the guild's boosts; private conversations have the floor."""
    guild = world.guild_of(channel)
    return FILE_LIMITS[0] if guild is None else FILE_LIMITS[guild.tier]


def told_limit(world: World, channel: Channel, user_id: int) -> int:
    """The `attachment_size_limit` of an interaction: the better of guild and person."""
    return max(limit_of(world, channel), world.users[user_id].file_limit)


def measure(content: bytes) -> tuple[int, int] | None:
    """Width and height of a picture; None for any other file."""
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.size
    except (OSError, ValueError, Image.DecompressionBombError):
        return None


def make_file(  # noqa: PLR0913 - what a file has
    world: World,
    channel_id: int,
    name: str,
    content: bytes,
    content_type: str = "",
    *,
    is_passing: bool = False,
) -> File:
    """Store bytes; the name loses what Discord takes out of names."""
    is_told = content_type and content_type != "application/octet-stream"
    kind = content_type if is_told else mimetypes.guess_type(name)[0] or "application/octet-stream"
    file = File(world.new_id(), PLAIN_NAME.sub("_", name), content, kind, channel_id, is_passing=is_passing)
    size = measure(content) if kind.startswith("image/") else None
    if size is not None:
        file.width, file.height = size
    world.files[file.id] = file
    return file


def attach(  # noqa: PLR0913 - what a form holds
    world: World,
    channel_id: int,
    sent: Sequence[SentFile],
    listed: Wire,
    *,
    limit: int,
    before: Sequence[File] = (),
) -> list[File]:
    """The attachments that a message has after this request.

    `listed` is its `attachments` field: what it names of `before` is kept, what it does not name is gone,
    and a number from `files[n]` gives a new file its alt text. Without the field everything stays.
    """
    for one in sent:
        if len(one.content) > limit:
            refuse(40005)
    told: dict[str, Json] = {str(one["id"]): one for one in listed or [] if "id" in one}
    numbers = {file.number for file in sent}
    if unknown := [name for name in told if name not in numbers | {str(file.id) for file in before}]:
        invalid("attachments", "UNKNOWN_ATTACHMENT", f"Attachment {unknown[0]} is neither sent nor there.")
    kept = list(before) if listed is None else [file for file in before if str(file.id) in told]
    for file in kept:
        _describe(file, told.get(str(file.id), {}))
    new = [_new_file(world, channel_id, file, told.get(file.number, {})) for file in sent]
    found = [*kept, *new]
    if len(found) > MOST_FILES:
        invalid("attachments", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.")
    return found


def _new_file(world: World, channel_id: int, sent: SentFile, told: Json) -> File:
    name = str(told.get("filename") or sent.name)
    file = make_file(world, channel_id, name, sent.content, sent.content_type)
    _describe(file, told)
    file.is_spoiler = bool(told.get("is_spoiler")) or name.startswith("SPOILER_")
    return file


def _describe(file: File, told: Json) -> None:
    if "description" in told:
        text = told["description"]
        at_most("attachments.0.description", text or "", MOST_ALT_TEXT)
        file.description = text
