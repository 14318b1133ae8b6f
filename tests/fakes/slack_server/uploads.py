"""files.*: the three steps of an upload, what becomes of a file, and its download.

A file is nothing until its three steps are done, and cannot be shown until Slack has looked at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.slack_server.access import visible_channel
from tests.fakes.slack_server.chat import LONGEST_TEXT, judged_blocks
from tests.fakes.slack_server.posting import change, share_later
from tests.fakes.slack_server.refusals import refuse, refuse_arguments
from tests.fakes.slack_server.shapes import file_json, message_json
from tests.fakes.slack_server.things import Channel, File, Json, Message, Stage

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.world import World

LARGEST_BYTES = 1_000_000_000
MOST_FILES = 20
"""OURS: the method's page names no limit."""


def get_upload_url(ask: Ask) -> Json:
    """files.getUploadURLExternal."""
    if not ask.team.has_uploads:
        refuse("file_uploads_disabled")
    if ask.team.is_full:
        refuse("storage_limit_reached")
    length = ask.number("length", 0)
    name = ask.needed("filename")
    if length <= 0:
        refuse("missing_argument")
    if length > LARGEST_BYTES:
        refuse("file_upload_size_restricted")
    if len(ask.text("alt_txt")) > 1000:
        refuse("alt_txt_too_large")
    file = File(
        ask.world.new_id("F"), ask.team.id, ask.team.bot_user, name, length, alt_txt=ask.text("alt_txt")
    )
    file.key = f"{ask.world.new_id('')}-{file.id}-upload"
    file.created = ask.world.now()
    ask.world.files[file.id] = file
    return {"upload_url": f"{ask.world.origin}/upload/v1/{file.key}", "file_id": file.id}


def receive(world: World, key: str, content: bytes, *, has_token: bool) -> int:
    """The bytes arrive: once, of the promised length, and without our token. Answers an HTTP state."""
    file = next((each for each in world.files.values() if each.key == key), None)
    if file is None:
        refuse("not_found", status=404)
    if has_token:
        refuse("authorization_not_allowed", status=400)
    if file.stage is not Stage.PROMISED:
        refuse("already_uploaded", status=409)
    if len(content) != file.length:
        refuse("length_mismatch", status=400)
    file.content, file.stage = content, Stage.UPLOADED
    answers = world.switches.upload_answers
    return answers.popleft() if answers else 200


def complete_upload(ask: Ask) -> Json:
    """files.completeUploadExternal: without a conversation the files are just there, and nobody sees them."""
    named = ask.nested("files", list)
    if not named:
        refuse_arguments("missing required field: files")
    if not all(isinstance(each, dict) for each in named):
        refuse_arguments("must provide an object [json-pointer:/files]")
    if len(named) > MOST_FILES:
        refuse_arguments(f"no more than {MOST_FILES} items allowed [json-pointer:/files]")
    files = [_uploaded(ask, each) for each in named]
    places = _places(ask)
    blocks = None if ask.text("initial_comment") else judged_blocks_of_share(ask)
    for file in files:
        file.stage = Stage.COMPLETE
        delay = ask.world.switches.ready_after_s
        file.ready_at = None if delay is None else ask.world.now() + delay
    for channel in places:
        share = Message(
            ts="",
            channel=channel.id,
            user=ask.team.bot_user,
            bot_id=ask.team.bot_id,
            text=ask.text("initial_comment")[:LONGEST_TEXT],
            blocks=blocks or [],
            files=[file.id for file in files],
            thread_ts=ask.text("thread_ts"),
            subtype="file_share",
        )
        share_later(ask.world, channel, share)
    return {"files": [file_json(ask.world, file) for file in files]}


def judged_blocks_of_share(ask: Ask) -> list[Json] | None:
    """Blocks beside a shared file; a markdown block there breaks Slack (python-slack-sdk#1756)."""
    blocks = ask.nested("blocks", list)
    if any(isinstance(block, dict) and block.get("type") == "markdown" for block in blocks or []):
        refuse("internal_error")
    return judged_blocks(ask, is_upload=True)


def _uploaded(ask: Ask, named: Json) -> File:
    file = ask.world.files.get(str(named.get("id")))
    if file is None or file.team != ask.team.id or file.stage in {Stage.PROMISED, Stage.DELETED}:
        refuse("file_not_found")
    if file.stage is Stage.COMPLETE:
        refuse("file_update_failed")
    file.title = str(named.get("title") or file.name)
    return file


def _places(ask: Ask) -> list[Channel]:
    """Where the files are to be shared: conversations the bot is in."""
    names = [name for name in (ask.text("channel_id"), *ask.text("channels").split(",")) if name]
    if len(names) > 100:
        refuse("channels_limit_exceeded")
    if ask.text("thread_ts") and not names:
        refuse_arguments("thread_ts needs channel_id")
    places = [visible_channel(ask, name) for name in names]
    for channel in places:
        if channel.is_archived:
            refuse("is_archived")
        if ask.team.bot_user not in channel.members:
            refuse("not_in_channel")
        if ask.text("thread_ts") and ask.text("thread_ts") not in channel.messages:
            refuse("invalid_thread_ts")
    return places


def find_file(ask: Ask) -> File:
    """A file the bot may know of: completed, not deleted, its workspace's or shared where the bot is."""
    file = ask.world.files.get(ask.needed("file"))
    if file is None or file.stage in {Stage.PROMISED, Stage.UPLOADED}:
        refuse("file_not_found")
    rooms = [ask.team.channels[name] for name in file.shares if name in ask.team.channels]
    if file.team != ask.team.id and not any(ask.team.bot_user in room.members for room in rooms):
        refuse("file_not_found")
    if file.stage is Stage.DELETED:
        refuse("file_deleted")
    return file


def info(ask: Ask) -> Json:
    """files.info; of a Slack Connect file it tells what the event kept back."""
    file = find_file(ask)
    access, file.access = file.access, "visible"
    try:
        shape = file_json(ask.world, file)
    finally:
        file.access = access
    return {"file": shape, "comments": [], "response_metadata": {"next_cursor": ""}}


def delete(ask: Ask) -> Json:
    """files.delete: own files only; it vanishes from every message."""
    file = find_file(ask)
    if file.user != ask.team.bot_user:
        refuse("cant_delete_file")
    drop_file(ask.world, file)
    return {}


def drop_file(world: World, file: File) -> None:
    """A file is gone: messages keep a tombstone in its place."""
    file.stage, file.mode, file.content = Stage.DELETED, "tombstone", b""
    for channel_id, stamps in file.shares.items():
        channel = world.channel(channel_id)
        for ts in stamps:
            message = channel.messages.get(ts)
            if message is not None:
                change(world, message, message_json(world, message))
