"""The fake keeps the rules of interactions: each is broken once, by plain HTTP, and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.discord_server import NotOffered, Permission
from tests.fakes.discord_server.studio import button, modal, row, text, v2

if TYPE_CHECKING:
    from tests.fakes.clock import FakeClock
    from tests.fakes.discord_server import FakeDiscord
    from tests.fakes.discord_server.interactions import Interaction
    from tests.fakes.discord_server.plain import Plain
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Message

pytestmark = pytest.mark.usefixtures("commands")

MESSAGE, DEFER, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
EPHEMERAL = {"flags": 64}


async def _with_button(plain: Plain, studio: Studio) -> Message:
    body = {"content": "v1", "components": [row(button("v1:edit:7", "Edit…"))]}
    sent = await plain.post(f"/channels/{studio.channel.id}/messages", body)
    return studio.channel.messages[int(sent.body["id"])]


async def _thinking(plain: Plain, studio: Studio) -> Interaction:
    asked = studio.imagine()
    assert (await plain.acknowledge(asked, DEFER)).status == 204
    return asked


async def test_three_seconds(plain: Plain, studio: Studio, clock: FakeClock) -> None:
    """An interaction is answered within three seconds or never; a wrong token is unknown too."""
    intime, late = studio.imagine(), studio.imagine()
    wrong = await plain.post(f"/interactions/{late.id}/nonsense/callback", {"type": DEFER})
    clock.advance(3)
    first = await plain.acknowledge(intime, DEFER)
    clock.advance(0.01)

    assert wrong.told == (404, 10062)
    assert first.told == (204, None)
    assert (await plain.acknowledge(late, DEFER)).told == (404, 10062)
    assert not late.is_acknowledged


async def test_once(plain: Plain, studio: Studio) -> None:
    """Nothing is acknowledged twice."""
    asked = await _thinking(plain, studio)
    assert (await plain.acknowledge(asked, DEFER)).told == (400, 40060)


@pytest.mark.parametrize(("switch", "told"), [("401", (401, 50027)), ("404", (404, 10015))])
async def test_fifteen_minutes(
    plain: Plain, studio: Studio, clock: FakeClock, switch: str, told: tuple[int, int]
) -> None:
    """A token works at 14:59 and not at 15:00; how it is refused can be switched."""
    studio.fake.switches.expired_token = switch  # type: ignore[assignment]  # one of the two
    asked = await _thinking(plain, studio)
    clock.advance(899)
    assert (await plain.patch(plain.original(asked), v2(text("done")))).status == 200
    clock.advance(1)

    assert (await plain.patch(plain.original(asked), v2(text("late")))).told == told
    assert (await plain.post(plain.hook(asked), {"content": "late"})).told == told
    assert (await plain.get(plain.original(asked))).told == told


async def test_a_token_without_acknowledgement_is_unknown(plain: Plain, studio: Studio) -> None:
    """Nothing is posted for an interaction that nobody answered; a made-up token is unknown as well."""
    asked = studio.imagine()
    assert (await plain.post(plain.hook(asked), {"content": "hello"})).told == (404, 10015)
    assert (await plain.patch("/webhooks/1/nonsense/messages/@original", {})).told == (404, 10015)


async def test_who_sees_it_is_settled_while_deferring(plain: Plain, studio: Studio) -> None:
    """Only EPHEMERAL may be set while deferring, and no later edit changes it."""
    refused = await plain.acknowledge(studio.imagine(), DEFER, {"flags": 1 << 15})
    open_one = await _thinking(plain, studio)
    await plain.patch(plain.original(open_one), {"content": "for all", **EPHEMERAL})
    private = studio.imagine()
    await plain.acknowledge(private, DEFER, EPHEMERAL)
    await plain.patch(plain.original(private), v2(text("for one")))

    assert refused.told == (400, 50035)
    assert [one.text for one in studio.fake.channel_view(studio.channel)] == ["for all"]
    assert [one.text for one in studio.fake.ephemerals(studio.ada)] == ["for one"]
    assert studio.fake.ephemerals(studio.ben) == []


async def test_with_response(plain: Plain, studio: Studio) -> None:
    """Asked for, the answer names the message; a deferral's resource is left out, as documented."""
    asked, said = studio.imagine(), studio.imagine()
    deferred = await plain.acknowledge(asked, DEFER, query="?with_response=true")
    answered = await plain.acknowledge(
        said, MESSAGE, {"content": "hi", **EPHEMERAL}, query="?with_response=1"
    )

    assert deferred.body["interaction"]["response_message_loading"] is True
    assert "resource" not in deferred.body
    assert answered.body["resource"]["message"]["content"] == "hi"
    assert answered.body["interaction"]["response_message_ephemeral"] is True


@pytest.mark.parametrize("kind", [DEFER_UPDATE, UPDATE, CHOICES, 3, 42])
async def test_a_command_takes_no_answers_of_components(plain: Plain, studio: Studio, kind: int) -> None:
    """Types 6 and 7 are for components, 8 for completion."""
    assert (await plain.acknowledge(studio.imagine(), kind, {"content": "x"})).told == (400, 50035)


async def test_a_component_may_change_its_message(plain: Plain, studio: Studio) -> None:
    """Type 7 edits the message of the button; after type 6 @original is that message."""
    message = await _with_button(plain, studio)
    await plain.acknowledge(studio.fake.press(message, studio.ada, "Edit…"), UPDATE, {"content": "pressed"})
    again = studio.fake.press(message, studio.ada, "v1:edit:7")
    await plain.acknowledge(again, DEFER_UPDATE)
    await plain.patch(plain.original(again), {"content": "twice"})

    assert [one.text for one in studio.fake.channel_view(studio.channel)] == ["twice"]


async def test_a_form_is_the_first_answer_and_not_to_a_form(plain: Plain, studio: Studio) -> None:
    """A form cannot be opened after a deferral, nor by a submitted form."""
    deferred = await _thinking(plain, studio)
    late = await plain.acknowledge(deferred, MODAL, modal())
    opened = studio.imagine()
    await plain.acknowledge(opened, MODAL, modal())
    without = await plain.get(plain.original(opened))
    submitted = studio.fake.submit(opened, {"what": "greener"})
    again = await plain.acknowledge(submitted, MODAL, modal())

    assert late.told == (400, 40060)
    assert without.told == (404, 10008)
    assert again.told == (400, 50035)
    assert (await plain.acknowledge(submitted, DEFER_UPDATE)).told == (400, 50035)
    assert (await plain.acknowledge(submitted, DEFER)).status == 204


async def test_a_form_opened_by_a_button_may_change_its_message(plain: Plain, studio: Studio) -> None:
    """The submitted form carries the message, and type 7 edits it."""
    message = await _with_button(plain, studio)
    pressed = studio.fake.press(message, studio.ada, "Edit…")
    await plain.acknowledge(pressed, MODAL, modal())
    submitted = studio.fake.submit(pressed, {"what": "greener"})
    await plain.acknowledge(submitted, UPDATE, {"content": "greener"})

    assert submitted.payload["message"]["id"] == str(message.id)
    assert message.content == "greener"


async def test_completion(plain: Plain, studio: Studio) -> None:
    """Completion takes choices only, twenty-five at most, of a hundred letters."""

    def typed() -> Interaction:
        return studio.fake.autocomplete(studio.channel, studio.ada, "imagine", "aspect", "16")

    good = {"choices": [{"name": "16:9", "value": "16:9"}]}
    many = {"choices": good["choices"] * 26}
    long = {"choices": [{"name": "x" * 101, "value": "x"}]}
    asked = typed()

    assert (await plain.acknowledge(typed(), DEFER)).told == (400, 50035)
    assert (await plain.acknowledge(typed(), CHOICES, many)).fault == "data.choices"
    assert (await plain.acknowledge(typed(), CHOICES, long)).fault == "data.choices.0.name"
    assert (await plain.acknowledge(asked, CHOICES, good)).status == 204
    assert asked.choices == good["choices"]
    assert asked.payload["data"]["options"] == [{"type": 3, "name": "aspect", "value": "16", "focused": True}]


async def test_the_first_follow_up_fills_in_what_was_deferred(plain: Plain, studio: Studio) -> None:
    """As it always did; it is deprecated, and written down."""
    asked = await _thinking(plain, studio)
    first = await plain.post(plain.hook(asked), {"content": "one"})
    second = await plain.post(plain.hook(asked), {"content": "two"})
    await plain.ask("DELETE", plain.hook(asked, f"/messages/{second.body['id']}"))
    gone = await plain.get(plain.hook(asked, f"/messages/{second.body['id']}"))

    assert asked.original is not None
    assert first.body["id"] == str(asked.original.id)
    assert len(studio.fake.discord.deprecations) == 1
    assert gone.told == (404, 10008)
    assert [one.text for one in studio.fake.channel_view(studio.channel)] == ["one"]


async def test_a_deleted_response_is_unknown(plain: Plain, studio: Studio) -> None:
    """Editing what a moderator deleted, or in a channel that is gone, is refused with its own code."""
    asked, other = await _thinking(plain, studio), await _thinking(plain, studio)
    assert asked.original is not None
    studio.fake.delete(asked.original)
    deleted = await plain.patch(plain.original(asked), v2(text("done")))
    studio.fake.remove_channel(studio.channel)

    assert deleted.told == (404, 10008)
    assert (await plain.patch(plain.original(other), v2(text("done")))).told == (404, 10003)


async def test_apps_brought_by_people(plain: Plain, fake: FakeDiscord) -> None:
    """Without the bot in the guild: five follow-ups, no channel routes, and ephemeral where denied."""
    guild = fake.world.add_guild("Elsewhere", has_bot=False)
    channel = fake.world.add_channel(guild, "talk")
    ada = fake.join(guild, "ada")
    asked = fake.slash(channel, ada, "imagine", {"prompt": "x"})
    await plain.acknowledge(asked, MESSAGE, {"content": "0"})
    told = [(await plain.post(plain.hook(asked), {"content": str(n)})).told for n in range(6)]
    fake.deny(channel, guild, Permission.USE_EXTERNAL_APPS)
    quiet = fake.slash(channel, ada, "imagine", {"prompt": "x"})
    await plain.acknowledge(quiet, MESSAGE, {"content": "hidden"})

    assert asked.payload["authorizing_integration_owners"] == {"1": str(ada.id)}
    assert told == [(200, None)] * 5 + [(400, 40094)]
    assert [one.text for one in fake.ephemerals(ada)] == ["hidden"]
    assert (await plain.post(f"/channels/{channel.id}/messages", {"content": "x"})).told == (403, 50001)
    assert asked.original is not None
    thread = f"/channels/{channel.id}/messages/{asked.original.id}/threads"
    assert (await plain.post(thread, {"name": "x"})).told == (403, 50001)
    with pytest.raises(NotOffered, match="installation"):
        fake.slash(channel, ada, "server")


async def test_what_an_interaction_tells(fake: FakeDiscord, studio: Studio) -> None:
    """Locale, limits, permissions and context stand in it, as the library needs them."""
    studio.ada.locale = "de"
    fake.switches.told_file_limit = 500 * 1024 * 1024
    asked = studio.imagine()
    fake.switches.told_file_limit = None
    in_dm = fake.slash(fake.dm(studio.ada), studio.ada, "imagine", {"prompt": "x"})
    in_group = fake.slash(fake.group_dm(studio.ada, studio.ben), studio.ada, "imagine", {"prompt": "x"})

    assert asked.payload["locale"] == "de"
    assert asked.payload["attachment_size_limit"] == 500 * 1024 * 1024
    assert int(asked.payload["app_permissions"]) & Permission.ATTACH_FILES
    assert [one.payload["context"] for one in (asked, in_dm, in_group)] == [0, 1, 2]
    assert in_dm.payload["attachment_size_limit"] == 10 * 1024 * 1024
    assert in_dm.payload["user"]["id"] == str(studio.ada.id)
    assert in_group.payload["authorizing_integration_owners"] == {"1": str(studio.ada.id)}
