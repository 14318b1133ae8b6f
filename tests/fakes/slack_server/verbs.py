"""What people do, in their words: type a command, say something, press, fill in a form, leave.

Each verb changes the world as Slack would, tells the app, and waits until the app has acknowledged or its
three seconds are over. A verb fails with AssertionError where a person could not do it at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack_server import payloads
from tests.fakes.slack_server.answered import show_answer_to_command, show_answer_to_form
from tests.fakes.slack_server.filling import field_of, fill_in, response_urls
from tests.fakes.slack_server.posting import catch_up, change, put, remove
from tests.fakes.slack_server.seen import SeenButton, buttons_of
from tests.fakes.slack_server.shapes import message_json
from tests.fakes.slack_server.things import Channel, File, Json, Message, Room, Stage, User, View
from tests.fakes.slack_server.typing_words import rich_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.fakes.slack_server.deliveries import Delivery
    from tests.fakes.slack_server.post_office import PostOffice
    from tests.fakes.slack_server.world import World


MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said, and how the app was told of it."""

    message: Message
    deliveries: tuple[Delivery, ...]

    @property
    def ts(self) -> str:
        """The message's timestamp."""
        return self.message.ts


class Verbs:
    """The people in front of one fake Slack. Users and conversations are named by their ids."""

    world: World
    office: PostOffice

    def person(self, user: str) -> User:
        """The person with that id."""
        found = next((team.users[user] for team in self.world.teams.values() if user in team.users), None)
        assert found is not None, f"there is no {user}"
        return found

    def _enter(self, user: str, channel_id: str) -> Channel:
        """A person's way into a conversation: everybody may walk into a public one."""
        catch_up(self.world)
        channel = self.world.channel(channel_id)
        if channel.room is Room.PUBLIC:
            channel.members.add(user)
        assert user in channel.members, f"{user} is not in {channel_id}"
        return channel

    # --- words -----------------------------------------------------------------------------------

    async def slash(self, user: str, channel: str, command: str, text: str = "") -> Delivery:
        """Type a slash command. It carries no files and cannot be used in a thread."""
        here = self._enter(user, channel)
        payload = payloads.slash_command(self.world, self.person(user), here, command, text)
        delivery = await self.office.deliver("slash_commands", here.team, payload)
        show_answer_to_command(self.world, here, user, delivery)
        return delivery

    async def message(
        self,
        user: str,
        channel: str,
        text: str = "",
        *,
        thread_ts: str = "",
        files: Sequence[str] = (),
    ) -> Said:
        """Say something, in a thread or not, with files or not; a mention makes it two deliveries.

        The text is as on the wire: `typing_words.typed` makes it of what somebody typed.
        """
        said = Message("", channel, user, text, thread_ts=thread_ts, files=list(files))
        said.subtype = "file_share" if files else ""
        return await self._say(said)

    async def broadcast(self, user: str, channel: str, text: str, *, thread_ts: str) -> Said:
        """Answer in a thread and show it to the conversation too."""
        said = Message("", channel, user, text, thread_ts=thread_ts, is_broadcast=True)
        said.subtype = "thread_broadcast"
        return await self._say(said)

    async def _say(self, said: Message) -> Said:
        here = self._enter(said.user, said.channel)
        assert not here.is_archived, f"{said.channel} is archived"
        assert said.thread_ts not in here.locked_threads, "the thread is locked"
        assert len(said.files) <= MOST_FILES, "Slack's client takes no more files at once"
        said.blocks = rich_text(said.text)
        said.client_msg_id = f"client-{self.world.new_id('')}"
        put(self.world, said)
        for name in said.files:
            self.world.files[name].shares.setdefault(here.id, []).append(said.ts)
        return Said(said, await self.office.told())

    def add_file(self, user: str, name: str, content: bytes, **facts: object) -> str:
        """A person's file, uploaded and ready; `facts` are fields of File, such as `access` or `mode`."""
        owner = self.person(user)
        file = File(self.world.new_id("F"), owner.team, user, name, len(content), content=content)
        file.stage, file.ready_at, file.created = Stage.COMPLETE, self.world.now(), self.world.now()
        for fact, value in facts.items():
            setattr(file, fact, value)
        self.world.files[file.id] = file
        return file.id

    async def edit_message(self, message: Message, text: str) -> tuple[Delivery, ...]:
        """Change one's own words."""
        before = message_json(self.world, message)
        message.text, message.blocks = text, rich_text(text)
        message.edited = {"user": message.user, "ts": self.world.new_ts()}
        change(self.world, message, before)
        return await self.office.told()

    async def delete_message(self, message: Message) -> tuple[Delivery, ...]:
        """Delete a message, one's own or, as an admin, another's."""
        remove(self.world, message)
        return await self.office.told()

    # --- presses ---------------------------------------------------------------------------------

    async def press(
        self, user: str, channel: str, ts: str, action: str, *, value: str | None = None
    ) -> Delivery:
        """Press what has that label, value or action in a message; `value` chooses between several."""
        here = self._enter(user, channel)
        message = here.ephemerals.get(ts) or here.messages.get(ts)
        assert message is not None, f"no message {ts} in {channel}"
        assert message.private_to in {"", user}, "only the person it was for sees it"
        entry = _entry(self.world, message.blocks, _found(message.blocks, user, action, value))
        payload = payloads.message_actions(self.world, self.person(user), here, message, entry)
        return await self.office.deliver("interactive", here.team, payload)

    async def press_in(
        self, view: View, action: str, *, value: str | None = None, chosen: Json | None = None
    ) -> Delivery:
        """Press something in a form or home tab; `chosen` is the state of a field that acts at once."""
        catch_up(self.world)
        if chosen is not None:
            block, element = field_of(view, action)
            view.values.setdefault(block["block_id"], {})[action] = {"type": element["type"], **chosen}
            entry = payloads.action_of(self.world, element, block["block_id"], chosen)
        else:
            blocks = view.content["blocks"]
            entry = _entry(self.world, blocks, _found(blocks, view.user, action, value))
        payload = payloads.view_actions(self.world, self.person(view.user), view, entry)
        return await self.office.deliver("interactive", view.team, payload)

    async def shortcut_on(self, user: str, channel: str, ts: str, callback_id: str) -> Delivery:
        """Use a shortcut on a message, in a thread or not."""
        here = self._enter(user, channel)
        payload = payloads.message_shortcut(
            self.world, self.person(user), here, here.messages[ts], callback_id
        )
        return await self.office.deliver("interactive", here.team, payload)

    async def global_shortcut(self, user: str, callback_id: str) -> Delivery:
        """Use a shortcut from anywhere."""
        person = self.person(user)
        payload = payloads.global_shortcut(self.world, person, callback_id)
        return await self.office.deliver("interactive", person.team, payload)

    # --- forms -----------------------------------------------------------------------------------

    async def submit(self, view: View, values: Mapping[str, Any] | None = None) -> Delivery:
        """Send a form; `values` are states by action id, as `{"value": "a boat"}` or `{"files": [ids]}`."""
        catch_up(self.world)
        assert view.is_open, "the form is closed"
        fill_in(self.world, view, values or {})
        urls = response_urls(self.world, view)
        payload = payloads.view_submission(self.world, self.person(view.user), view, urls)
        delivery = await self.office.deliver("interactive", view.team, payload)
        show_answer_to_form(self.world, view, delivery)
        return delivery

    async def close_form(self, view: View) -> Delivery | None:
        """Close a form; the app hears of it only where it asked to."""
        view.is_open = False
        if not view.content.get("notify_on_close"):
            return None
        payload = payloads.view_closed(self.world, self.person(view.user), view)
        return await self.office.deliver("interactive", view.team, payload)

    # --- who is where ----------------------------------------------------------------------------

    async def invite_bot(self, user: str, channel: str) -> tuple[Delivery, ...]:
        """Bring the bot into a conversation."""
        here = self._enter(user, channel)
        team = self.world.teams[here.team]
        here.members.add(team.bot_user)
        event = {
            "type": "member_joined_channel",
            "user": team.bot_user,
            "channel": here.id,
            "channel_type": "G" if here.room is Room.PRIVATE else "C",
            "team": team.id,
            "inviter": user,
            "event_ts": self.world.new_ts(),
        }
        self.world.tell(team.id, event, "member_joined_channel")
        return await self.office.told()

    def remove_bot(self, channel: str) -> None:
        """Take the bot out of a conversation. The app hears nothing: it does not subscribe to that."""
        here = self.world.channel(channel)
        here.members.discard(self.world.teams[here.team].bot_user)

    # --- the rest of the app ---------------------------------------------------------------------

    async def open_home(self, user: str, tab: str = "home") -> tuple[Delivery, ...]:
        """Look at the app's home, or at its messages."""
        person = self.person(user)
        team = self.world.teams[person.team]
        direct = self.world.im_with(team.id, user)
        event = payloads.home_opened(self.world, person, direct.id, tab, team.homes.get(user))
        self.world.tell(team.id, event, "app_home_opened")
        return await self.office.told()

    async def stop_session(self, user: str, channel: str, thread_ts: str) -> tuple[Delivery, ...]:
        """Press Slack's own Stop; the app must leave `processing` itself."""
        here = self._enter(user, channel)
        session = here.sessions.get(thread_ts, {})
        assert session.get("status") == "processing", "there is nothing to stop"
        event = payloads.session_stopped(self.world, self.person(user), channel, thread_ts)
        self.world.tell(here.team, event, "agent_session_stopped")
        return await self.office.told()

    async def uninstall(self, team: str) -> tuple[Delivery, ...]:
        """Remove the app: its token is worth nothing, and it hears of both."""
        here = self.world.teams[team]
        here.is_installed = False
        self._end_tokens(team, "account_inactive")
        self.world.tell(team, {"type": "app_uninstalled", "event_ts": self.world.new_ts()}, "app_uninstalled")
        return (*await self.office.told(), *await self._tell_revoked(team))

    async def revoke(self, team: str) -> tuple[Delivery, ...]:
        """Revoke the bot's token."""
        self._end_tokens(team, "token_revoked")
        return await self._tell_revoked(team)

    def _end_tokens(self, team: str, error: str) -> None:
        for token in self.world.tokens.values():
            if token.team == team:
                token.error = error

    async def _tell_revoked(self, team: str) -> tuple[Delivery, ...]:
        bot = self.world.teams[team].bot_user
        event = {"type": "tokens_revoked", "tokens": {"bot": [bot]}, "event_ts": self.world.new_ts()}
        self.world.tell(team, event, "tokens_revoked")
        return await self.office.told()


def _found(blocks: list[Json], user: str, action: str, value: str | None) -> SeenButton:
    """What that person sees under that label, action or value."""
    seen = list(buttons_of(blocks, user))
    for button in seen:
        if action in {button.label, button.action_id, button.value} and value in {None, button.value}:
            return button
    told = f"{user} sees no {action!r} among {[button.label for button in seen]}"
    raise AssertionError(told)


def _entry(world: World, blocks: list[Json], button: SeenButton) -> Json:
    """The entry of `actions` for a press."""
    element = _element(blocks, button)
    assert element is not None
    chosen: Json = {}
    if element["type"] == "overflow":
        option = next(each for each in element["options"] if each.get("value", "") == button.value)
        chosen = {"selected_option": option}
    return payloads.action_of(world, element, button.block_id, chosen)


def _element(part: object, button: SeenButton) -> Json | None:
    if isinstance(part, list):
        return next((found for each in part if (found := _element(each, button)) is not None), None)
    if not isinstance(part, dict):
        return None
    is_pressable = part.get("type") in {"button", "icon_button", "overflow"}
    is_same = part.get("type") == "overflow" or part.get("value", "") == button.value
    if is_pressable and is_same and part.get("action_id") == button.action_id:
        return part
    return next((found for value in part.values() if (found := _element(value, button)) is not None), None)
