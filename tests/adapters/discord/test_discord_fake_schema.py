"""With Discord's OpenAPI file at hand the fake holds every body to it, and its own answers too."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.discord_server import FakeDiscord
from tests.fakes.discord_server.schema import schema_at
from tests.fakes.discord_server.server import ROUTES
from tests.fakes.discord_server.studio import COMMANDS, Studio, button, gallery, modal, row, text, v2

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.fakes.discord_server.bits import Wire
    from tests.fakes.discord_server.plain import Plain

DESCRIBED_OTHERWISE = {
    "/users/@me/channels": "GET is an old route that only bots of some libraries use",
}


@pytest.fixture
async def fake(specs: Path) -> AsyncIterator[FakeDiscord]:
    """A fake that is strict also with itself."""
    async with FakeDiscord(specs=specs).running() as running:
        running.rest.judges_itself = True
        yield running


async def test_a_body_that_breaks_the_schema(plain: Plain, studio: Studio) -> None:
    """It is refused with 50035 and written down; also where it came as a form."""
    path = f"/channels/{studio.channel.id}/messages"
    number = await plain.post(path, {"content": 5})
    form = await plain.post(path, {"components": "none"}, {"a.png": b"x"})

    assert [number.told, form.told] == [(400, 50035)] * 2
    assert [one.call for one in studio.fake.violations] == ["POST /channels/{channel_id}/messages"] * 2
    assert "$.content" in studio.fake.violations[0].what


@pytest.mark.parametrize(
    ("component", "wrong"),
    [
        ({"type": 2, "style": 77, "label": "a", "custom_id": "a"}, "style: 77 is not valid under any"),
        ({"type": 2, "label": "a", "custom_id": "a"}, "'style' is a required property"),
        ({"type": 99}, "'type': 99"),
        ({"type": True, "style": 1}, "True"),
        ({"type": ["2"], "style": 1}, "['2']"),
    ],
)
def test_a_component_is_judged_as_what_it_says_it_is(component: Wire, wrong: str, specs: Path) -> None:
    """The other kinds are not tried, and nothing that is wrong passes for it."""
    schema = schema_at(specs / "discord" / "openapi.json")
    path = "/channels/{channel_id}/messages"
    assert schema.judge("POST", path, {"components": [{"type": 1, "components": [button("a")]}]}) is None
    said = schema.judge("POST", path, {"components": [{"type": 1, "components": [component]}]})
    assert said is not None
    assert wrong in said


async def test_what_the_library_sends_differently_passes(plain: Plain, studio: Studio) -> None:
    """Ids of attachments and of what is replied to come as numbers; Discord and the judge take them."""
    path = f"/channels/{studio.channel.id}/messages"
    first = await plain.post(path, v2(gallery("a.png"), attachments=[{"id": 0}]), {"a.png": b"x"})
    reference = {"message_id": int(first.body["id"]), "channel_id": studio.channel.id}
    mentions = {"parse": [], "users": [studio.ada.id]}
    await plain.post(path, {"content": "x", "message_reference": reference, "allowed_mentions": mentions})
    assert studio.fake.violations == []


async def test_the_fake_answers_as_described(plain: Plain, studio: Studio, fake: FakeDiscord) -> None:
    """One answer of each kind is held to the file, from messages to interactions."""
    bot, guild = fake.world.bot.id, studio.guild.id
    await plain.ask("PUT", f"/applications/{bot}/commands", COMMANDS)
    asked = studio.imagine()
    await plain.acknowledge(asked, 5, query="?with_response=true")
    edited = await plain.patch(
        plain.original(asked),
        v2(text("x"), gallery("a.png"), row(button("a")), attachments=[{"id": 0}]),
        {"a.png": b"x"},
    )
    thread = f"/channels/{studio.channel.id}/messages/{edited.body['id']}/threads"
    made = await plain.post(thread, {"name": "x"})
    pressed = fake.press(fake.channel_view(studio.channel)[0].message, studio.ada, "a")
    await plain.acknowledge(pressed, 9, modal())
    submitted = fake.submit(pressed, {"what": "x"})
    await plain.acknowledge(submitted, 4, {"content": "x", "flags": 64}, "?with_response=true")
    await plain.post("/users/@me/channels", {"recipient_id": str(studio.ada.id)})
    for path in (
        *("/users/@me", "/applications/@me", "/gateway/bot", f"/guilds/{guild}", f"/guilds/{guild}/roles"),
        *(f"/guilds/{guild}/channels", f"/guilds/{guild}/members/{studio.ada.id}"),
        *(
            f"/guilds/{guild}/threads/active",
            f"/channels/{made.body['id']}",
            f"/channels/{studio.channel.id}",
        ),
        *(f"/channels/{studio.channel.id}/messages", f"/applications/{bot}/commands"),
    ):
        assert (await plain.get(path)).status == 200
    assert [f"{one.call} {one.what}" for one in fake.violations] == []


def test_routes_exist_at_discord(specs: Path) -> None:
    """Every route that the fake serves is one of the file's."""
    schema = schema_at(specs / "discord" / "openapi.json")

    def known(method: str, route: str) -> bool:
        named = (route, route.replace("{message_id}", "@original"), route.replace("{user_id}", "@me"))
        return any(schema.knows(method, one) for one in named)

    unknown = {route for method, route, _ in ROUTES if not known(method, route)}
    assert unknown <= set(DESCRIBED_OTHERWISE)
