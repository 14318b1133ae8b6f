"""What people do, in their words: type a command, say something, press, fill in a form, leave.

Each verb changes the world as Slack would, tells the app, and waits until the app has acknowledged or its
three seconds are over. A verb fails with AssertionError where a person could not do it at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.fakes.slack_server import payloads
from tests.fakes.slack_server.answered import show_answer_to_command, show_answer_to_form
from tests.fakes.slack_server.posting import catch_up, change, put, remove
from tests.fakes.slack_server.seen import SeenButton, buttons_of
from tests.fakes.slack_server.shapes import file_json, message_json
from tests.fakes.slack_server.things import Channel, File, Json, Message, Room, Stage, User, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.fakes.slack_server.deliveries import Delivery
    from tests.fakes.slack_server.post_office import PostOffice
    from tests.fakes.slack_server.world import World


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
        is_broadcast: bool = False,
    ) -> Said:
        """Say something, in a thread or not, with files or not; a mention makes it two deliveries."""
        here = self._enter(user, channel)
        assert not here.is_archived, f"{channel} is archived"
        assert thread_ts not in here.locked_threads, "the thread is locked"
        said = Message(
            ts="",
            channel=here.id,
            user=user,
            text=text,
            blocks=_typed(text),
            files=list(files),
            thread_ts=thread_ts,
            subtype="thread_broadcast" if is_broadcast else ("file_share" if files else ""),
            is_broadcast=is_broadcast,
            client_msg_id=f"client-{self.world.new_id('')}",
        )
        put(self.world, said)
        for name in files:
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
        message.text, message.blocks = text, _typed(text)
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
        found = [
            button
            for block in message.blocks
            for button in buttons_of(block, user)
            if action in {button.label, button.action_id, button.value} and value in {None, button.value}
        ]
        assert found, (
            f"{user} sees no {action!r} in {[each.label for b in message.blocks for each in buttons_of(b, user)]}"
        )
        entry = _entry(self.world, message.blocks, found[0])
        payload = payloads.message_actions(self.world, self.person(user), here, message, entry)
        return await self.office.deliver("interactive", here.team, payload)

    async def press_in(
        self, view: View, action: str, *, value: str | None = None, chosen: Json | None = None
    ) -> Delivery:
        """Press or choose something in a form or home tab; `chosen` is the state of a field that acts at once."""
        catch_up(self.world)
        if chosen is not None:
            block_id, element = _field(view, action)
            view.values.setdefault(block_id, {})[action] = chosen
            entry = payloads.action_of(self.world, element, block_id, chosen)
        else:
            found = [
                button
                for button in buttons_of(view.content["blocks"], view.user)
                if action in {button.label, button.action_id, button.value} and value in {None, button.value}
            ]
            assert found, f"no {action!r} in the view"
            entry = _entry(self.world, view.content["blocks"], found[0])
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

    async def submit(
        self, view: View, values: dict[str, Json] | None = None, *, response_channel: str = ""
    ) -> Delivery:
        """Send a form. `values` are field states by action id, as `{"value": "a boat"}` or `{"files": [ids]}`."""
        assert view.is_open, "the form is closed"
        for action, state in (values or {}).items():
            block_id, element = _field(view, action)
            view.values.setdefault(block_id, {})[action] = self._state(element, state)
        _fill(view)
        urls: list[Json] = []
        if response_channel:
            url = self.world.new_response_url("app", view.team, response_channel, view.user)
            urls = [{"channel_id": response_channel, "response_url": url, "block_id": "", "action_id": ""}]
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

    def _state(self, element: Json, state: Json) -> Json:
        if "files" in state:
            state = {"files": [file_json(self.world, self.world.files[name]) for name in state["files"]]}
        return {"type": element["type"], **state}

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


def _typed(text: str) -> list[Json]:
    """What a person typed, as the rich text that clients send along. Plain on purpose: OURS."""
    if not text:
        return []
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return [{"type": "rich_text", "block_id": "typed", "elements": [section]}]


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
    if part.get("action_id") == button.action_id and part.get("type") in {
        "button",
        "icon_button",
        "overflow",
    }:
        if part["type"] == "overflow" or part.get("value", "") == button.value:
            return part
    return next((found for value in part.values() if (found := _element(value, button)) is not None), None)


def _field(view: View, action: str) -> tuple[str, Json]:
    """The field with that action id, and the block it is in."""
    for block in view.content["blocks"]:
        parts = [block.get("element"), block.get("accessory"), *block.get("elements", [])]
        for element in parts:
            if isinstance(element, dict) and element.get("action_id") == action:
                return block["block_id"], element
    told = f"no field {action!r} in the form"
    raise AssertionError(told)


EMPTY: dict[str, Json] = {
    "plain_text_input": {"value": None},
    "number_input": {"value": None},
    "static_select": {"selected_option": None},
    "radio_buttons": {"selected_option": None},
    "checkboxes": {"selected_options": []},
    "multi_static_select": {"selected_options": []},
    "users_select": {"selected_user": None},
    "multi_users_select": {"selected_users": []},
    "conversations_select": {"selected_conversation": None},
    "channels_select": {"selected_channel": None},
    "file_input": {"files": []},
}
"""What stands in a field nobody touched."""

STARTS = {
    "initial_value": "value",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_user": "selected_user",
    "initial_users": "selected_users",
    "initial_conversation": "selected_conversation",
    "initial_channel": "selected_channel",
}
"""What a form gives its fields to begin with, and where it stands in the state."""


def _fill(view: View) -> None:
    """Give every field nobody touched what it holds from the start."""
    for block in view.content["blocks"]:
        for element in (block.get("element"), block.get("accessory"), *block.get("elements", [])):
            if isinstance(element, dict) and element.get("type") in EMPTY:
                state = {"type": element["type"], **EMPTY[element["type"]]}
                state |= {to: element[name] for name, to in STARTS.items() if name in element}
                view.values.setdefault(block["block_id"], {}).setdefault(element["action_id"], state)
