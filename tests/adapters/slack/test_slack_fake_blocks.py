"""The fake judges blocks and views by documented lengths, counts and places, and by Slack's own shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.adapters.slack.slack_raw import Json, button, words
from tests.fakes.slack_server.blocks import has_published_shapes, judge_message, judge_view

if TYPE_CHECKING:
    from pathlib import Path


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def _actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def _card(**parts: object) -> Json:
    return {"type": "card", "title": {"type": "mrkdwn", "text": "A boat"}, **parts}


def _image(**parts: object) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "a boat", **parts}


GOOD: tuple[list[Json], ...] = (
    [words("x" * 3000), {"type": "divider"}, _image(title=_plain("x" * 2000))],
    [{"type": "header", "text": _plain("x" * 150)}, {"type": "context", "elements": [words()["text"]] * 10}],
    [_actions(*[button(action_id=f"a{number}") for number in range(25)])],
    [_actions(button(visible_to_user_ids=["U1"], accessibility_label="x" * 75, style="danger"))],
    [{"type": "carousel", "elements": [_card(hero_image=_image(), actions=[button()])] * 10}],
    [{"type": "task_card", "task_id": "t", "title": "Painting", "status": "in_progress"}],
    [{"type": "container", "title": _plain("More"), "child_blocks": [words()], "is_collapsible": True}],
    [{"type": "markdown", "text": "x" * 12_000}],
)


@pytest.mark.parametrize("blocks", GOOD)
def test_what_keeps_the_limits_passes(blocks: list[Json]) -> None:
    """Each limit itself is still allowed."""
    assert judge_message(blocks, lambda _: True) == []


BROKEN: tuple[tuple[list[object], str], ...] = (
    ([words()] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    ([words("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
    ([words("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
    (
        [{"type": "header", "text": _plain("x" * 151)}],
        "must be less than 151 characters [json-pointer:/blocks/0/text/text]",
    ),
    (
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/text/type]",
    ),
    (
        [_actions(button("x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]",
    ),
    (
        [_actions(button(value="x" * 2001))],
        "must be less than 2001 characters [json-pointer:/blocks/0/elements/0/value]",
    ),
    (
        [_actions(button(accessibility_label="x" * 76))],
        "must be less than 76 characters [json-pointer:/blocks/0/elements/0/accessibility_label]",
    ),
    (
        [_actions(*[button(action_id=f"a{number}") for number in range(26)])],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    ([_actions()], "no fewer than 1 items allowed [json-pointer:/blocks/0/elements]"),
    (
        [_actions(button(), button())],
        "`action_id` must be unique within a block [json-pointer:/blocks/0/elements]",
    ),
    (
        [{"type": "context", "elements": [words()["text"]] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        [{"type": "image", "image_url": "https://example.com/a.png"}],
        "missing required field: alt_text [json-pointer:/blocks/0/alt_text]",
    ),
    (
        [_image(alt_text="x" * 2001)],
        "must be less than 2001 characters [json-pointer:/blocks/0/alt_text]",
    ),
    (
        [{"type": "image", "alt_text": "a boat"}],
        "give one of image_url and slack_file [json-pointer:/blocks/0]",
    ),
    (
        [_image(title={"type": "mrkdwn", "text": "x"})],
        "unsupported type: mrkdwn [json-pointer:/blocks/0/title/type]",
    ),
    (
        [words() | {"block_id": "a"}, words() | {"block_id": "a"}],
        "`block_id` a already exists [json-pointer:/blocks/1/block_id]",
    ),
    (
        [words() | {"block_id": "x" * 256}],
        "must be less than 256 characters [json-pointer:/blocks/0/block_id]",
    ),
    ([{"type": "picture"}], "unsupported type: picture [json-pointer:/blocks/0/type]"),
    (["words"], "must be an object [json-pointer:/blocks/0]"),
    (
        [{"type": "alert", "text": words()["text"]}],
        "unsupported type: alert [json-pointer:/blocks/0/type]",
    ),
    (
        [{"type": "carousel", "elements": [_card()] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/elements]",
    ),
    (
        [{"type": "carousel", "elements": [_card(body={"type": "mrkdwn", "text": "x" * 201})]}],
        "must be less than 201 characters [json-pointer:/blocks/0/elements/0/body/text]",
    ),
    (
        [{"type": "card", "subtitle": {"type": "mrkdwn", "text": "x"}}],
        "must provide one of hero_image, title, actions, body [json-pointer:/blocks/0]",
    ),
    (
        [{"type": "task_card", "task_id": "t", "title": "x", "status": "pending"}],
        "a task_card outside a plan cannot be pending [json-pointer:/blocks/0/status]",
    ),
    (
        [{"type": "markdown", "text": "x" * 7000}, {"type": "markdown", "text": "x" * 7000}],
        "markdown must be less than 12001 characters [json-pointer:/blocks]",
    ),
    (
        [{"type": "container", "title": _plain("x"), "child_blocks": [words()] * 11}],
        "no more than 10 items allowed [json-pointer:/blocks/0/child_blocks]",
    ),
    (
        [
            _actions(
                {"type": "overflow", "action_id": "o", "options": [{"text": _plain("x"), "value": "y"}] * 6}
            )
        ],
        "no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]",
    ),
    (
        [
            _actions(
                {"type": "overflow", "action_id": "o", "options": [{"text": _plain("x"), "value": "y" * 151}]}
            )
        ],
        "must be less than 151 characters [json-pointer:/blocks/0/elements/0/options/0/value]",
    ),
)


@pytest.mark.parametrize(("blocks", "problem"), BROKEN, ids=[row[1].partition(" [")[0] for row in BROKEN])
def test_each_broken_limit_is_named_with_its_place(blocks: list[object], problem: str) -> None:
    """Every limit refuses what breaks it, in Slack's words."""
    assert problem in judge_message(blocks, lambda _: True)


SHAPELESS: tuple[tuple[list[Json], str], ...] = (
    ([words() | {"colour": "red"}], "[json-pointer:/blocks/0"),
    ([_actions(button(style="green"))], "[json-pointer:/blocks/0/elements/0"),
    ([{"type": "carousel", "elements": [words()]}], "[json-pointer:/blocks/0/elements/0"),
    ([{"type": "rich_text", "elements": [{"type": "words"}]}], "[json-pointer:/blocks/0/elements/0"),
)


@pytest.mark.parametrize(("blocks", "problem"), SHAPELESS)
def test_slacks_own_shapes_judge_too(specs: Path, blocks: list[Json], problem: str) -> None:
    """Where the published shapes are at hand, what they do not know is refused."""
    assert specs.is_dir()
    assert has_published_shapes()
    assert any(problem in each for each in judge_message(blocks, lambda _: True))


def _modal(*blocks: Json, **more: object) -> Json:
    return {"type": "modal", "title": _plain("New picture"), "blocks": list(blocks), **more}


def _input(element: Json, **more: object) -> Json:
    return {"type": "input", "label": _plain("Words"), "element": element, **more}


TEXT = {"type": "plain_text_input", "action_id": "words", "multiline": True, "max_length": 3000}
FILES = {"type": "file_input", "action_id": "files", "max_files": 10, "filetypes": ["png"]}


def test_a_form_that_keeps_the_limits_passes() -> None:
    """Fields, files and warnings may stand in a modal; a home tab may be full."""
    alert = {"type": "alert", "text": _plain("Mind the limits"), "level": "warning"}
    form = _modal(alert, _input(TEXT), _input(FILES, optional=True), submit=_plain("Paint"))
    assert judge_view(form, lambda _: True) == []
    assert judge_view({"type": "home", "blocks": [words()] * 100}, lambda _: True) == []


BROKEN_VIEWS: tuple[tuple[Json, str], ...] = (
    (_modal(*[words()] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
    (
        _modal(title=_plain("x" * 25)),
        "must be less than 25 characters [json-pointer:/view/title/text]",
    ),
    ({"type": "modal", "blocks": []}, "missing required field: title [json-pointer:/view/title]"),
    (_modal(_input(TEXT)), "missing required field: submit [json-pointer:/view/submit]"),
    (
        _modal(private_metadata="x" * 3001),
        "must be less than 3001 characters [json-pointer:/view/private_metadata]",
    ),
    (
        _modal(_input(FILES | {"max_files": 11}), submit=_plain("Paint")),
        "must be between 1 and 10 [json-pointer:/view/blocks/0/element/max_files]",
    ),
    (
        _modal(_input(TEXT | {"max_length": 3001}), submit=_plain("Paint")),
        "must be between 1 and 3000 [json-pointer:/view/blocks/0/element/max_length]",
    ),
    ({"type": "drawer", "blocks": []}, "unsupported type: drawer [json-pointer:/view/type]"),
    (_modal(*[words("x" * 2999)] * 90), "view is larger than 250kB [json-pointer:/view]"),
    (
        {"type": "home", "blocks": [_input(FILES)]},
        "unsupported type: file_input [json-pointer:/view/blocks/0/element/type]",
    ),
)


@pytest.mark.parametrize(
    ("view", "problem"), BROKEN_VIEWS, ids=[row[1].partition(" [")[0] for row in BROKEN_VIEWS]
)
def test_each_broken_limit_of_a_view_is_named(view: Json, problem: str) -> None:
    """Titles, counts, sizes and places of modals and home tabs."""
    assert problem in judge_view(view, lambda _: True)
