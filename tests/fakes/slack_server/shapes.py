"""How Slack writes its things as JSON: messages, files, people, conversations, views.

The keys are those of Slack's own samples (2026); nothing here decides anything.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image

from tests.fakes.slack_server.things import Channel, File, Group, Json, Message, Room, Stage, Team, User, View
from tests.fakes.slack_server.world import APP_ID

if TYPE_CHECKING:
    from tests.fakes.slack_server.world import World

FILE_TYPES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "image/heic": "heic",
    "image/avif": "avif",
    "text/plain": "text",
    "application/zip": "zip",
}


def message_json(world: World, message: Message) -> Json:
    """A message as events, history and the answers to posting show it."""
    team = world.teams[world.channel(message.channel).team]
    home = next((each.id for each in world.teams.values() if message.user in each.users), team.id)
    shape: Json = {
        "type": "message",
        "text": message.text,
        "user": message.user,
        "ts": message.ts,
        "team": home,
    }
    if home != team.id:
        shape |= {"user_team": home, "source_team": home}
    if message.bot_id:
        shape |= {"bot_id": message.bot_id, "app_id": APP_ID, "bot_profile": bot_json(team)}
    shape |= {
        name: value
        for name, value in (
            ("subtype", message.subtype),
            ("client_msg_id", message.client_msg_id),
            ("blocks", message.blocks),
            ("attachments", message.attachments),
            ("thread_ts", message.thread_ts),
            ("edited", message.edited),
            ("metadata", message.metadata),
        )
        if value
    }
    if message.files:
        shape["files"] = [file_json(world, world.files[name]) for name in message.files]
        shape |= {"upload": False, "display_as_bot": False}
    if message.reactions:
        shape["reactions"] = [
            {"name": name, "users": users, "count": len(users)} for name, users in message.reactions.items()
        ]
    return shape


def bot_json(team: Team) -> Json:
    """The bot as messages carry it."""
    return {"id": team.bot_id, "app_id": APP_ID, "name": "Inkthread", "team_id": team.id, "deleted": False}


def is_ready(world: World, file: File) -> bool:
    """Whether Slack has looked at the file: until then it has no type and cannot be shown."""
    return file.stage is Stage.COMPLETE and file.ready_at is not None and file.ready_at <= world.now()


def file_json(world: World, file: File) -> Json:
    """A file as `files.info` and messages show it; types and sizes are empty until it was processed."""
    if file.mode in {"tombstone", "hidden_by_limit"}:
        return {"id": file.id, "mode": file.mode}
    if file.access == "check_file_info":
        return {"id": file.id, "mode": file.mode, "file_access": file.access, "created": 0, "timestamp": 0}
    ready = is_ready(world, file)
    kind = file.real_mimetype if ready else ""
    place = f"{world.origin}/files-pri/{file.team}-{file.id}"
    shape: Json = {
        "id": file.id,
        "created": int(file.created),
        "timestamp": int(file.created),
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": kind,
        "filetype": FILE_TYPES.get(kind, "binary") if kind else "",
        "pretty_type": FILE_TYPES.get(kind, "binary").upper() if kind else "",
        "user": file.user,
        "user_team": file.team,
        "editable": False,
        "size": len(file.content) or file.length,
        "mode": file.mode,
        "is_external": file.mode == "external",
        "external_type": "gdrive" if file.mode == "external" else "",
        "is_public": False,
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": f"{place}/{file.name}",
        "url_private_download": f"{place}/download/{file.name}",
        "permalink": f"https://{world.teams[file.team].domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
        "file_access": file.access,
        "has_rich_preview": False,
        **_shared(world, file),
    }
    if file.alt_txt:
        shape["alt_txt"] = file.alt_txt
    return shape | (_measured(file) if kind.startswith("image/") else {})


def _shared(world: World, file: File) -> Json:
    """Where it is shared, under `public` and `private`."""
    shares: Json = {}
    places: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
    for channel_id, stamps in file.shares.items():
        room = world.channel(channel_id).room
        scope = "public" if room is Room.PUBLIC else "private"
        shares.setdefault(scope, {})[channel_id] = [{"ts": ts, "team_id": file.team} for ts in stamps]
        places[{Room.PUBLIC: "channels", Room.PRIVATE: "groups"}.get(room, "ims")].append(channel_id)
    return {"shares": shares, **places}


def _measured(file: File) -> Json:
    try:
        with Image.open(io.BytesIO(file.content)) as picture:
            return {"original_w": picture.width, "original_h": picture.height}
    except (OSError, ValueError, Image.DecompressionBombError):
        return {}


def user_json(user: User, *, has_locale: bool = False) -> Json:
    """A person as `users.info` shows them."""
    shape: Json = {
        "id": user.id,
        "team_id": user.team,
        "name": user.name,
        "deleted": user.is_deleted,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset_s,
        "profile": {
            "real_name": user.real_name,
            "display_name": user.display_name or user.name,
            "team": user.team,
        },
        "is_admin": user.is_admin,
        "is_owner": user.is_owner,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": user.is_bot,
        "is_app_user": False,
        "is_stranger": user.is_stranger,
        "updated": 0,
    }
    return shape | ({"locale": user.locale} if has_locale else {})


def channel_json(channel: Channel, *, viewer: str) -> Json:
    """A conversation as `conversations.info` shows it."""
    room = channel.room
    shape: Json = {
        "id": channel.id,
        "created": 0,
        "is_archived": channel.is_archived,
        "is_im": room is Room.IM,
        "is_mpim": room is Room.MPIM,
        "is_channel": room is Room.PUBLIC,
        "is_group": room in {Room.PRIVATE, Room.MPIM},
        "is_private": room is not Room.PUBLIC,
        "is_shared": channel.is_shared,
        "is_ext_shared": channel.is_shared,
        "is_org_shared": False,
        "context_team_id": channel.team,
    }
    if room is Room.IM:
        return shape | {"user": next(iter(channel.members - {viewer}), viewer), "is_open": True}
    return shape | {
        "name": channel.name,
        "name_normalized": channel.name,
        "is_general": False,
        "is_member": viewer in channel.members,
        "num_members": len(channel.members),
    }


def group_json(group: Group) -> Json:
    """A user group as `usergroups.list` shows it."""
    return {
        "id": group.id,
        "team_id": group.team,
        "is_usergroup": True,
        "name": group.handle.title(),
        "handle": group.handle,
        "date_delete": 1 if group.is_disabled else 0,
        "users": list(group.users),
        "user_count": len(group.users),
    }


def view_json(world: World, view: View) -> Json:
    """A view as the methods answer and interactions carry it; the state is what stands in its fields."""
    team = world.teams[view.team]
    return {
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "close": None,
        "submit": None,
        **view.content,
        "id": view.id,
        "team_id": view.team,
        "type": view.kind,
        "state": {"values": view.values},
        "hash": view.hash,
        "previous_view_id": view.previous or None,
        "root_view_id": view.root or view.id,
        "app_id": APP_ID,
        "app_installed_team_id": view.team,
        "bot_id": team.bot_id,
    }
