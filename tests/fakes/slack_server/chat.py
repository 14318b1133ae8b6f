"""chat.*: posting, changing, deleting, whispering, and answering through a `response_url`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack_server.access import own_message, visible_channel, writable_channel
from tests.fakes.slack_server.blocks import judge_message
from tests.fakes.slack_server.posting import change, put, remove
from tests.fakes.slack_server.refusals import refuse, refuse_blocks
from tests.fakes.slack_server.shapes import is_ready, message_json
from tests.fakes.slack_server.things import Channel, Json, Message, Stage

if TYPE_CHECKING:
    from tests.fakes.slack_server.asks import Ask
    from tests.fakes.slack_server.world import ResponseUrl, World

LONGEST_TEXT = 40_000
"""Longer text is cut by chat.postMessage (slack.md 7.5)."""
LONGEST_UPDATE = 4_000
SHOWABLE = frozenset({"image/png", "image/jpeg", "image/gif"})


def may_show(world: World, team: str, named: Json) -> bool:
    """Whether a `slack_file` names a picture of that workspace that is ready to be shown."""
    if ("id" in named) == ("url" in named):
        return False
    file = world.files.get(str(named.get("id", "")))
    if "url" in named:
        file = next((each for each in world.files.values() if f"-{each.id}/" in str(named["url"])), None)
    if file is None or file.team != team or file.stage is not Stage.COMPLETE:
        return False
    return is_ready(world, file) and file.real_mimetype in SHOWABLE


def judged_blocks(ask: Ask, *, is_upload: bool = False) -> list[Json] | None:
    """The blocks of a call once they were found good; None where none were sent."""
    blocks = ask.nested("blocks", list)
    if blocks is None:
        return None
    return judge(ask.world, ask.team.id, blocks, is_upload=is_upload)


def judge(world: World, team: str, blocks: list[Any], *, is_upload: bool = False) -> list[Json]:
    """The same blocks with the ids that Slack gives those without; refuses what is wrong with them."""
    problems = judge_message(blocks, lambda named: may_show(world, team, named), is_upload=is_upload)
    if problems:
        refuse_blocks(problems)
    return [
        block | {"block_id": block.get("block_id") or f"auto{index}"} for index, block in enumerate(blocks)
    ]


def _judged_metadata(ask: Ask) -> Json | None:
    metadata: Json | None = ask.nested("metadata", dict)
    if metadata:
        kind, payload = metadata.get("event_type"), metadata.get("event_payload")
        if (
            not isinstance(kind, str)
            or not isinstance(payload, dict)
            or metadata.keys() - {"event_type", "event_payload", "entities"}
        ):
            refuse("invalid_metadata_format")
    return metadata


def _thread(ask: Ask, channel: Channel) -> str:
    """The thread to answer in: its root, which must be there and open."""
    thread_ts = ask.text("thread_ts")
    if not thread_ts:
        return ""
    root = channel.messages.get(thread_ts)
    if root is None:
        refuse("thread_not_found")
    if root.is_reply:
        refuse("cannot_reply_to_message")
    if thread_ts in channel.locked_threads:
        refuse("restricted_action_thread_locked")
    return thread_ts


def post_message(ask: Ask) -> Json:
    """chat.postMessage."""
    channel = writable_channel(ask, ask.needed("channel"))
    text, blocks = ask.text("text"), judged_blocks(ask)
    spoken = ask.text("markdown_text")
    if spoken and (text or blocks):
        refuse("markdown_text_conflict")
    if not (text or blocks or spoken or ask.nested("attachments", list)):
        refuse("no_text")
    if len(spoken) > 12_000:
        refuse("msg_too_long")
    message = Message(
        ts="",
        channel=channel.id,
        user=ask.team.bot_user,
        bot_id=ask.team.bot_id,
        text=(text or spoken)[:LONGEST_TEXT],
        blocks=blocks or ([{"type": "markdown", "text": spoken, "block_id": "auto0"}] if spoken else []),
        attachments=ask.nested("attachments", list) or [],
        thread_ts=_thread(ask, channel),
        metadata=_judged_metadata(ask),
        is_broadcast=ask.flag("reply_broadcast"),
    )
    if message.is_broadcast and message.thread_ts:
        message.subtype = "thread_broadcast"
    rates = ask.world.switches.rates
    if rates.is_kept:
        ask.world.buckets.take_post(ask.team.id, channel.id, rates, ask.world.now())
    put(ask.world, message)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(ask.world, message)}


def update(ask: Ask) -> Json:
    """chat.update: text without blocks takes the blocks away."""
    channel = visible_channel(ask, ask.needed("channel"))
    if channel.is_archived:
        refuse("is_inactive")
    message = own_message(ask, channel, ask.needed("ts"), code="cant_update_message")
    text, blocks = ask.args.get("text"), judged_blocks(ask)
    metadata = _judged_metadata(ask)
    if text is None and blocks is None and metadata is None and "file_ids" not in ask.args:
        refuse("no_text")
    if text is not None and len(ask.text("text")) > LONGEST_UPDATE:
        refuse("msg_too_long")
    before = message_json(ask.world, message)
    if text is not None:
        message.text = ask.text("text")
        message.edited = {"user": ask.team.bot_user, "ts": ask.world.new_ts()}
    if text is not None or blocks is not None:
        message.blocks = blocks or []
    if metadata is not None:
        message.metadata = metadata or None
    if "file_ids" in ask.args:
        message.files = [find_shareable(ask, str(name)) for name in ask.nested("file_ids", list) or []]
    change(ask.world, message, before)
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": message_json(ask.world, message),
    }


def find_shareable(ask: Ask, name: str) -> str:
    """A file of this workspace that a message may carry."""
    file = ask.world.files.get(name)
    if file is None or file.team != ask.team.id or file.stage in {Stage.PROMISED, Stage.UPLOADED}:
        refuse("file_not_found")
    if file.stage is Stage.DELETED:
        refuse("file_deleted")
    return name


def delete(ask: Ask) -> Json:
    """chat.delete."""
    channel = visible_channel(ask, ask.needed("channel"))
    message = own_message(ask, channel, ask.needed("ts"), code="cant_delete_message")
    remove(ask.world, message)
    return {"channel": channel.id, "ts": message.ts}


def post_ephemeral(ask: Ask) -> Json:
    """chat.postEphemeral: to one person, who must be in the conversation."""
    channel = writable_channel(ask, ask.needed("channel"))
    if ask.team.bot_user not in channel.members:
        refuse("not_in_channel")
    user = ask.needed("user")
    if user not in channel.members:
        refuse("user_not_in_channel")
    text, blocks = ask.text("text"), judged_blocks(ask)
    if not (text or blocks):
        refuse("no_text")
    if len(text) > LONGEST_TEXT:
        refuse("msg_too_long")
    whisper = Message(
        ask.world.new_ts(),
        channel.id,
        ask.team.bot_user,
        text,
        blocks or [],
        thread_ts=_thread(ask, channel),
        bot_id=ask.team.bot_id,
        private_to=user,
    )
    channel.ephemerals[whisper.ts] = whisper
    return {"message_ts": whisper.ts}


def get_permalink(ask: Ask) -> Json:
    """chat.getPermalink."""
    channel = visible_channel(ask, ask.needed("channel"))
    ts = ask.needed("message_ts")
    if ts not in channel.messages:
        refuse("message_not_found")
    link = f"https://{ask.team.domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    return {"channel": channel.id, "permalink": link}


# --- response_url ------------------------------------------------------------------------------------


def respond(world: World, place: ResponseUrl, body: Json) -> None:
    """An answer through a `response_url`: five uses within half an hour, and no timestamp comes back."""
    if place.ends_at <= world.now():
        refuse("expired_url", status=404)
    if place.uses >= 5:
        refuse("used_url", status=404)
    blocks = body.get("blocks")
    judged = judge(world, place.team, blocks) if isinstance(blocks, list) else []
    place.uses += 1
    channel = world.channel(place.channel)
    if body.get("delete_original") or body.get("replace_original"):
        _change_original(world, channel, place, body, judged)
        return
    if not (body.get("text") or judged):
        refuse("no_text", status=400)
    team = world.teams[place.team]
    is_open = body.get("response_type") == "in_channel"
    answer = Message(
        world.new_ts(),
        channel.id,
        team.bot_user,
        str(body.get("text", "")),
        judged,
        thread_ts=str(body.get("thread_ts") or place.thread_ts),
        bot_id=team.bot_id,
        private_to="" if is_open else place.user,
    )
    if is_open:
        put(world, answer)
    else:
        channel.ephemerals[answer.ts] = answer


def _change_original(
    world: World, channel: Channel, place: ResponseUrl, body: Json, blocks: list[Json]
) -> None:
    original = channel.messages.get(place.message_ts) or channel.ephemerals.get(place.message_ts)
    if original is None:
        refuse("message_not_found", status=404)
    if body.get("delete_original"):
        if original.private_to:
            del channel.ephemerals[original.ts]
        else:
            remove(world, original)
        return
    before = message_json(world, original)
    original.text, original.blocks = str(body.get("text", "")), blocks
    if not original.private_to:
        change(world, original, before)
