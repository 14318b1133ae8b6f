"""The fake keeps the rules of components and forms: each is broken once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.discord_server.bits import Part
from tests.fakes.discord_server.studio import button, gallery, label, modal, row, text, text_input, v2

if TYPE_CHECKING:
    from tests.fakes.discord_server.plain import Plain
    from tests.fakes.discord_server.studio import Studio
    from tests.fakes.discord_server.world import Json

pytestmark = pytest.mark.usefixtures("commands")


def select(custom_id: str = "s", options: int = 2, **more: object) -> Json:
    """A select menu."""
    listed = [{"label": f"{n}", "value": f"{n}"} for n in range(options)]
    return {"type": int(Part.STRING_SELECT), "custom_id": custom_id, "options": listed, **more}


def section(*parts: Json, accessory: Json | None = None) -> Json:
    """A section."""
    found: Json = {"type": int(Part.SECTION), "components": list(parts)}
    return found if accessory is None else found | {"accessory": accessory}


def thumbnail(alt_text: str) -> Json:
    """A thumbnail."""
    return {"type": int(Part.THUMBNAIL), "media": {"url": "https://e.example/a.png"}, "description": alt_text}


def container(*parts: Json) -> Json:
    """A container."""
    return {"type": int(Part.CONTAINER), "components": list(parts)}


def old(*rows: Json) -> Json:
    """A message with older components."""
    return {"content": "x", "components": list(rows)}


MESSAGES: dict[str, tuple[Json, str]] = {
    "forty-one components": (v2(*[text("x")] * 41), "components"),
    "forty-one with the nested ones": (v2(container(*[text("x")] * 39), text("x")), "components"),
    "more than 4000 letters": (v2(text("x" * 2001), text("x" * 2000)), "components"),
    "an empty text": (v2(text("")), "components.0.content"),
    "an empty gallery": (v2(gallery()), "components.0.items"),
    "eleven pictures": (v2(gallery(*"abcdefghijk")), "components.0.items"),
    "a long alt text": (v2(gallery("a.png", alt_text="x" * 1025)), "components.0.items.0.description"),
    "a thumbnail's long alt text": (
        v2(section(text("x"), accessory=thumbnail("x" * 1025))),
        "components.0.accessory.description",
    ),
    "a section without accessory": (v2(section(text("x"))), "components.0.accessory"),
    "a section of four": (v2(section(*[text("x")] * 4, accessory=button("a"))), "components.0.components"),
    "a button in a section": (
        v2(section(button("a"), accessory=button("b"))),
        "components.0.components.0.type",
    ),
    "a container in a container": (v2(container(container(text("x")))), "components.0.components.0.type"),
    "a loose button": (v2(button("a")), "components.0.type"),
    "newer parts without the flag": ({"content": "x", "components": [text("x")]}, "components.0.type"),
    "a long custom_id": (v2(row(button("x" * 101))), "components.0.components.0.custom_id"),
    "no custom_id": (v2(row({"type": 2, "style": 1, "label": "x"})), "components.0.components.0.custom_id"),
    "the same custom_id twice": (v2(row(button("a"), button("a"))), "components.0.components.1.custom_id"),
    "the same number twice": (v2(text("x") | {"id": 7}, text("x") | {"id": 7}), "components.1.id"),
    "a long label": (v2(row(button("a", "x" * 81))), "components.0.components.0.label"),
    "no label": (v2(row(button("a", ""))), "components.0.components.0"),
    "a link with a custom_id": (
        v2(row(button("a") | {"style": 5, "url": "https://e.example"})),
        "components.0.components.0",
    ),
    "a premium button without sku": (v2(row(button("a") | {"style": 6})), "components.0.components.0"),
    "six buttons in a row": (v2(row(*[button(f"{n}") for n in range(6)])), "components.0.components"),
    "an empty row": (v2(row()), "components.0.components"),
    "two selects in a row": (v2(row(select("a"), select("b"))), "components.0.components"),
    "six rows": (old(*[row(button(f"{n}")) for n in range(6)]), "components"),
    "a select without options": (v2(row(select(options=0))), "components.0.components.0.options"),
    "a select of twenty-six": (v2(row(select(options=26))), "components.0.components.0.options"),
    "a select that wants more than it takes": (
        v2(row(select(min_values=2, max_values=1))),
        "components.0.components.0.max_values",
    ),
    "a long placeholder": (v2(row(select(placeholder="x" * 151))), "components.0.components.0.placeholder"),
}


@pytest.mark.parametrize("name", MESSAGES)
async def test_messages(plain: Plain, studio: Studio, name: str) -> None:
    """Each rule of components in a message."""
    body, fault = MESSAGES[name]
    reply = await plain.post(f"/channels/{studio.channel.id}/messages", body)
    assert reply.told == (400, 50035)
    assert reply.fault == fault


async def test_what_is_just_allowed(plain: Plain, studio: Studio) -> None:
    """Forty components, 4000 letters, five buttons and a custom_id of a hundred pass, numbered by Discord."""
    body = v2(
        container(text("x" * 3900), row(*[button(f"{n}".ljust(100, "x")) for n in range(5)]), row(select())),
        section(text("y" * 74), accessory=button("z")),
        {"type": int(Part.SEPARATOR)},
        *[text("z")] * 26,
    )
    reply = await plain.post(f"/channels/{studio.channel.id}/messages", body)
    assert reply.status == 200, reply.body
    numbers = [one["id"] for one in reply.body["components"]]
    assert len(set(numbers)) == len(numbers)
    assert reply.body["components"][2]["divider"] is True


def group(kind: Part, options: int, **more: object) -> Json:
    """A group of choices in a form."""
    listed = [{"label": f"{n}", "value": f"{n}"} for n in range(options)]
    return {"type": int(kind), "custom_id": "g", "options": listed, **more}


def upload(**more: object) -> Json:
    """A file upload in a form."""
    return {"type": int(Part.FILE_UPLOAD), "custom_id": "u", **more}


IN_FIRST_LABEL = "data.components.0.component"
MODALS: dict[str, tuple[Json, str]] = {
    "no title": (modal(title=""), "data.title"),
    "a long title": (modal(title="x" * 46), "data.title"),
    "a long custom_id": (modal(custom_id="x" * 101), "data.custom_id"),
    "nothing in it": (modal() | {"components": []}, "data.components"),
    "six labels": (modal(*[label(text_input(f"{n}")) for n in range(6)]), "data.components"),
    "a button": (modal(row(button("a"))), "data.components.0.components"),
    "a gallery": (modal(gallery("a.png")), "data.components.0.type"),
    "a long label": (modal(label(text_input(), "x" * 46)), "data.components.0.label"),
    "a long description": (
        modal(label(text_input()) | {"description": "x" * 101}),
        "data.components.0.description",
    ),
    "a label without input": (modal(label(text("x"))), IN_FIRST_LABEL),
    "the same custom_id twice": (
        modal(label(text_input()), label(text_input())),
        "data.components.1.component.custom_id",
    ),
    "a text of no style": (modal(label(text_input(style=3))), f"{IN_FIRST_LABEL}.style"),
    "a long preset": (modal(label(text_input(value="x" * 4001))), f"{IN_FIRST_LABEL}.value"),
    "a preset over its own length": (
        modal(label(text_input(value="abc", max_length=2))),
        f"{IN_FIRST_LABEL}.value",
    ),
    "a text too large": (modal(label(text_input(max_length=4001))), f"{IN_FIRST_LABEL}.max_length"),
    "a long placeholder": (modal(label(text_input(placeholder="x" * 101))), f"{IN_FIRST_LABEL}.placeholder"),
    "eleven files": (modal(label(upload(max_values=11))), f"{IN_FIRST_LABEL}.max_values"),
    "one radio": (modal(label(group(Part.RADIO_GROUP, 1))), f"{IN_FIRST_LABEL}.options"),
    "eleven boxes": (modal(label(group(Part.CHECKBOX_GROUP, 11))), f"{IN_FIRST_LABEL}.options"),
    "a row without label": (modal(row(text_input())), "data.components.0.components.0.label"),
    "a select without options": (modal(label(select(options=0))), f"{IN_FIRST_LABEL}.options"),
}


@pytest.mark.parametrize("name", MODALS)
async def test_forms(plain: Plain, studio: Studio, name: str) -> None:
    """Each rule of a form."""
    data, fault = MODALS[name]
    reply = await plain.acknowledge(studio.imagine(), 9, data)
    assert reply.told == (400, 50035)
    assert reply.fault == fault


async def test_a_form_filled_in(plain: Plain, studio: Studio) -> None:
    """What a person typed, chose and uploaded comes as Discord sends it, files resolved."""
    opened = studio.imagine()
    data = modal(
        text("What shall change?"),
        label(text_input(required=True, min_length=2)),
        label(upload(min_values=0, max_values=2, required=False)),
        label(group(Part.RADIO_GROUP, 3)),
        label(group(Part.CHECKBOX_GROUP, 3) | {"custom_id": "boxes", "required": False}),
    )
    assert (await plain.acknowledge(opened, 9, data)).status == 204
    assert studio.fake.open_modals(studio.ada) == [opened]
    sent = studio.fake.submit(opened, {"what": "greener", "g": "1", "boxes": ["0", "2"]}, {"u": [b"GIF89a"]})
    told = sent.payload["data"]
    inner = [one.get("component", {}) for one in told["components"]]

    assert told["custom_id"] == "v1:edit"
    assert [one.get("value", one.get("values")) for one in inner[:2]] == [None, "greener"]
    assert inner[3]["value"] == "1"
    assert inner[4]["values"] == ["0", "2"]
    (file_id,) = inner[2]["values"]
    assert told["resolved"]["attachments"][file_id]["ephemeral"] is True
    assert studio.fake.open_modals(studio.ada) == []
