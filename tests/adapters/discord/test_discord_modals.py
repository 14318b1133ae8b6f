"""Forms on Discord: opened at once, sent once, and admins' wishes carried out by the core."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from adapters.discord.modals import Errand, picture_form
from adapters.discord.modals_admin import allowance_form, server_form
from adapters.discord.rest import Route
from core.app.errors import StorageUnavailable
from core.app.inbound import InboundKind
from core.app.views import AdminView, WorkspaceSettings
from core.app.wording.languages import CATALOGUES
from core.domain.card import Act
from core.domain.ids import ActorId, WorkspaceId
from core.domain.periods import Period
from core.domain.quota import Metric, Scope, ScopeKind
from tests.adapters.discord.discord_road import LIMIT_S
from tests.fakes.discord_server.modals import check_modal

if TYPE_CHECKING:
    from tests.adapters.discord.discord_ears import Ears
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import User

OPEN = WorkspaceSettings(
    WorkspaceId("discord:1"),
    "Europe/Berlin",
    is_open_to_all=True,
    admins=(AdminView(ActorId("discord:1:200"), "Ada", is_named=True),),
)


@pytest.mark.parametrize("locale", [*CATALOGUES, "zh-CN", "es-419"])
def test_forms_keep_discords_rules_in_every_language(locale: str) -> None:
    """Titles, labels and fields fit."""
    for form in (
        picture_form(Errand(), locale),
        picture_form(Errand("9" * 20, "v999999h"), locale),
        allowance_form(locale, is_grant=False),
        allowance_form(locale, is_grant=True),
        server_form(locale, OPEN),
    ):
        check_modal(form)


async def open_setting(ears: Ears, home: Studio, user: User, name: str) -> Any:  # noqa: ANN401 - an interaction
    """`/settings …`, answered."""
    return await ears.fake.slash(home.channel, user, f"settings {name}").acknowledged()


def owner_of(ears: Ears, home: Studio) -> User:
    """Who may manage the server."""
    owner = ears.fake.world.users[home.guild.owner_id]
    if owner.id not in home.guild.members:
        ears.fake.join(home.guild, owner)
    return owner


async def test_only_admins_set_limits(ears: Ears, home: Studio) -> None:
    """Others read that they may not, and no form opens."""
    asked = await open_setting(ears, home, home.ben, "limit")
    assert asked.modal is None
    assert "admin" in ears.fake.ephemerals(home.ben)[-1].text


@pytest.mark.parametrize(
    ("whom", "kind"),
    [
        ("member", ScopeKind.ACTOR),
        ("role", ScopeKind.ROLE),
        ("channel", ScopeKind.CHANNEL),
        ("", ScopeKind.WORKSPACE),
    ],
)
async def test_a_limit_for_everybody_there_is(ears: Ears, home: Studio, whom: str, kind: ScopeKind) -> None:
    """A member, a role, a channel, the server."""
    fake, owner = ears.fake, owner_of(ears, home)
    workspace = f"discord:{home.guild.id}"
    role = fake.add_role(home.guild, "painters")
    keys = {
        "member": f"{workspace}:{home.ben.id}",
        "role": f"{workspace}/{role.id}",
        "channel": f"{workspace}/{home.channel.id}",
        "": workspace,
    }
    chosen = {"member": home.ben.id, "role": role.id, "channel": home.channel.id}
    asked = await open_setting(ears, home, owner, "limit")
    values: dict[str, Any] = {"metric": ["micros:month"], "amount": "12.50"}
    if whom:
        values["channel" if whom == "channel" else "whom"] = [chosen[whom]]
    fake.submit(asked, values)
    await fake.until(lambda: bool(ears.desk.set_amounts), LIMIT_S)
    ((scope, metric, period), amount) = next(iter(ears.desk.set_amounts.items()))
    assert (scope, metric, period, amount) == (
        Scope(kind, keys[whom]),
        Metric.MICROS,
        Period.MONTH,
        12_500_000,
    )
    await fake.until(lambda: _told(ears, owner, "$12.50"), LIMIT_S)


async def test_more_for_now(ears: Ears, home: Studio) -> None:
    """A grant ends with its window; a word that is no number is told."""
    owner = owner_of(ears, home)
    ears.fake.submit(await open_setting(ears, home, owner, "more"), {"amount": "five"})
    await ears.fake.until(lambda: _told(ears, owner, "number"), LIMIT_S)
    ears.fake.submit(await open_setting(ears, home, owner, "more"), {"amount": "5"})
    await ears.fake.until(lambda: bool(ears.desk.extras), LIMIT_S)
    assert ears.desk.extras == {(Scope(ScopeKind.WORKSPACE, f"discord:{home.guild.id}"), Metric.PICTURES): 5}


async def test_what_the_server_decides(ears: Ears, home: Studio) -> None:
    """The form is filled in with what holds, and what is sent is what holds then."""
    owner = owner_of(ears, home)
    workspace = WorkspaceId(f"discord:{home.guild.id}")
    ears.fake.submit(
        await open_setting(ears, home, owner, "server"),
        {"zone": "Asia/Tokyo", "is_open": ["open"], "admins": [home.ben.id]},
    )
    await ears.fake.until(lambda: workspace in ears.desk.workspaces, LIMIT_S)
    settings = ears.desk.workspaces[workspace]
    assert (settings.time_zone, settings.is_open_to_all) == ("Asia/Tokyo", True)
    assert [one.actor for one in settings.admins] == [f"{workspace}:{home.ben.id}"]

    # A named admin may too, and finds what holds now.
    again = await open_setting(ears, home, home.ben, "server")
    assert again.modal is not None
    zone, is_open, admins = (one["component"] for one in again.modal["components"])
    assert zone["value"] == "Asia/Tokyo"
    assert [one["value"] for one in is_open["options"] if one.get("default")] == ["open"]
    assert admins["default_values"] == [{"id": str(home.ben.id), "type": "user"}]


async def test_a_form_that_cannot_be_filled_in(ears: Ears, home: Studio) -> None:
    """Nobody gets an empty form that would undo what holds."""

    async def broken(person: object) -> bool:
        del person
        msg = "no disk"
        raise StorageUnavailable(msg)

    ears.desk.is_admin = broken  # type: ignore[method-assign]  # a desk that cannot read
    asked = await open_setting(ears, home, owner_of(ears, home), "server")
    assert asked.modal is None
    assert "Nothing was spent" in ears.fake.ephemerals(owner_of(ears, home))[-1].text
    assert ears.reports.faults[0][0] == "discord_form_not_opened"


async def test_a_form_without_a_wish(ears: Ears, home: Studio) -> None:
    """An edit that asks for nothing is told so and costs nothing; with a shape alone it is a wish."""
    fake, ada = ears.fake, home.ada
    message = await posted(ears, home, "v1:edit:v2b")
    opened = await fake.press(message, ada, "v1:edit:v2b").acknowledged()
    await fake.submit(opened, {}).acknowledged()
    assert ears.desk.inbounds == []
    assert fake.ephemerals(ada)
    opened = await fake.press(message, ada, "v1:edit:v2b").acknowledged()
    await fake.submit(opened, {"size": ["2k"]}).acknowledged()
    heard = await ears.heard()
    assert (heard.kind, heard.text) == (InboundKind.MESSAGE, "--size 2k")
    assert heard.press is not None
    assert (heard.press.act, heard.press.subject) == (Act.EDIT, "v2b")
    assert heard.reply_to == f"{home.channel.id}:{message.id}"


async def test_pictures_of_a_menu_after_a_restart(ears: Ears, home: Studio) -> None:
    """Where nobody remembers what the form was opened with, the message is asked again, if it is there."""
    fake, ada = ears.fake, home.ada
    cat = fake.say(home.channel, home.ben, "my cat", files=[("cat.png", b"cat")])
    opened = await fake.menu(cat, ada, "Use as reference").acknowledged()
    assert opened.modal is not None
    # As if another process had opened it: a custom id is all there is.
    other = fake.say(home.channel, home.ben, "my dog", files=[("dog.png", b"dog")])
    opened.modal["custom_id"] = f"v1:new:{other.id}"
    await fake.submit(opened, {"words": "as a knight"}).acknowledged()
    heard = await ears.heard()
    assert (heard.kind, heard.text) == (InboundKind.COMMAND, "as a knight")
    assert [one.file_name for one in heard.attachments] == ["dog.png"]

    opened = await fake.menu(cat, ada, "Use as reference").acknowledged()
    assert opened.modal is not None
    opened.modal["custom_id"] = f"v1:new:{other.id}"
    fake.delete(other)
    await fake.submit(opened, {"words": "as a knight"}).acknowledged()
    assert "too old" in fake.ephemerals(ada)[-1].text


async def test_a_message_without_pictures(ears: Ears, home: Studio) -> None:
    """There is nothing to start from, and that is said."""
    said = ears.fake.say(home.channel, home.ben, "hello")
    asked = await ears.fake.menu(said, home.ada, "Edit this picture").acknowledged()
    assert asked.modal is None
    assert "no picture" in ears.fake.ephemerals(home.ada)[-1].text


def _told(ears: Ears, user: User, words: str) -> bool:
    return any(words in one.text for one in ears.fake.ephemerals(user))


async def posted(ears: Ears, home: Studio, custom_id: str) -> Any:  # noqa: ANN401 - a message
    """A message of ours with one button."""
    button = {"type": 2, "style": 2, "label": "Edit…", "custom_id": custom_id}
    where = Route("POST", "/channels/{channel_id}/messages", {"channel_id": str(home.channel.id)})
    body = {"flags": 1 << 15, "components": [{"type": 1, "components": [button]}]}
    sent = await ears.parts.outlet.rest.ask(where, body)
    return ears.fake.world.channels[home.channel.id].messages[int(sent["id"])]
