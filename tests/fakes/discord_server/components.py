"""The rules of components in messages, old and new: what may stand in what, how many, how long, and ids.

Owns checking and the reading back (numbers, resolved media). Each rule's source is Discord's component
reference of 2026-08.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import Part
from tests.fakes.discord_server.refusals import at_most, between, invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.fakes.discord_server.world import Json

MOST_COMPONENTS = 40
MOST_LETTERS = 4000
MOST_CUSTOM_ID = 100
MOST_ALT_TEXT = 1024
SELECTS = frozenset(
    {Part.STRING_SELECT, Part.USER_SELECT, Part.ROLE_SELECT, Part.MENTIONABLE_SELECT, Part.CHANNEL_SELECT}
)
INTERACTIVE = SELECTS | {Part.BUTTON}
IN_ROW = INTERACTIVE
TOP_V2 = frozenset(
    {Part.ROW, Part.SECTION, Part.TEXT_DISPLAY, Part.MEDIA_GALLERY, Part.FILE, Part.SEPARATOR, Part.CONTAINER}
)
ALLOWED_IN: dict[Part, frozenset[Part]] = {
    Part.ROW: IN_ROW,
    Part.SECTION: frozenset({Part.TEXT_DISPLAY}),
    Part.CONTAINER: TOP_V2 - {Part.CONTAINER},
}
LINK, PREMIUM = 5, 6


def walk(components: Sequence[Json], path: str = "components") -> Iterator[tuple[str, Json]]:
    """Every component with its path, accessories too."""
    for index, component in enumerate(components):
        here = f"{path}.{index}"
        yield here, component
        yield from walk(component.get("components") or [], f"{here}.components")
        if accessory := component.get("accessory"):
            yield f"{here}.accessory", accessory
        if inner := component.get("component"):
            yield f"{here}.component", inner


def check_components(components: Sequence[Json], *, is_v2: bool) -> None:
    """Refuse with 50035 what Discord refuses."""
    _check_level(components, TOP_V2 if is_v2 else frozenset({Part.ROW}), "components")
    everything = list(walk(components))
    if is_v2 and len(everything) > MOST_COMPONENTS:
        invalid("components", "BASE_TYPE_BAD_LENGTH", "The total number of components cannot exceed 40.")
    if not is_v2 and len(components) > 5:
        invalid("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.")
    letters = sum(
        len(str(one.get("content", ""))) for _, one in everything if one["type"] == Part.TEXT_DISPLAY
    )
    if letters > MOST_LETTERS:
        invalid("components", "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "Text exceeds 4000 characters.")
    for path, component in everything:
        check = CHECKS.get(component["type"])
        if check is not None:
            check(path, component)
    check_ids(everything)


def _check_level(components: Sequence[Json], allowed: frozenset[Part], path: str) -> None:
    for index, component in enumerate(components):
        here = f"{path}.{index}"
        kind = component.get("type")
        if kind not in allowed:
            listed = ", ".join(str(int(one)) for one in sorted(allowed))
            invalid(f"{here}.type", "UNION_TYPE_CHOICES", f'Value of field "type" must be one of ({listed}).')
        inner = ALLOWED_IN.get(Part(kind))
        if inner is not None:
            _check_level(component.get("components") or [], inner, f"{here}.components")


def check_ids(everything: Sequence[tuple[str, Json]]) -> None:
    """custom_ids are 1 to 100 long and unique; numbers are unique where given."""
    seen: set[str] = set()
    numbers: set[int] = set()
    for path, component in everything:
        custom_id = component.get("custom_id")
        if custom_id is not None:
            between(f"{path}.custom_id", str(custom_id), 1, MOST_CUSTOM_ID)
            if custom_id in seen:
                told = "Component custom id cannot be duplicated"
                invalid(f"{path}.custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", told)
            seen.add(custom_id)
        number = component.get("id")
        if number:
            if number in numbers:
                invalid(f"{path}.id", "COMPONENT_ID_DUPLICATED", "Component id cannot be duplicated")
            numbers.add(number)


def _check_row(path: str, row: Json) -> None:
    inner = row.get("components") or []
    selects = [one for one in inner if one.get("type") in SELECTS]
    if not 1 <= len(inner) <= 5 or (selects and len(inner) > 1):
        where = f"{path}.components"
        invalid(where, "BASE_TYPE_BAD_LENGTH", "A row holds one to five buttons or one select.")


def _check_button(path: str, button: Json) -> None:
    style = button.get("style")
    at_most(f"{path}.label", button.get("label") or "", 80)
    has_link, has_id, has_sku = "url" in button, "custom_id" in button, "sku_id" in button
    if style == LINK:
        if not has_link or has_id:
            invalid(
                path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A link has a url, no custom id."
            )
        at_most(f"{path}.url", str(button["url"]), 512)
    elif style == PREMIUM:
        if not has_sku or has_id or has_link or button.get("label") or button.get("emoji"):
            invalid(path, "BUTTON_COMPONENT_INVALID_SKU", "A premium button has a sku_id and nothing else.")
    elif not has_id or has_link:
        invalid(f"{path}.custom_id", "BASE_TYPE_REQUIRED", "A custom id is required.")
    if style != PREMIUM and not button.get("label") and not button.get("emoji"):
        invalid(path, "BUTTON_COMPONENT_INVALID_LABEL_OR_EMOJI", "A label or an emoji is required.")


def spread(part: Json) -> tuple[int, int]:
    """How few and how many values a part takes; one where it does not say, or says null."""
    low, high = part.get("min_values"), part.get("max_values")
    return (1 if low is None else low), (1 if high is None else high)


def check_select(path: str, select: Json) -> None:
    """A select menu, in a message or in a form."""
    if "custom_id" not in select:
        invalid(f"{path}.custom_id", "BASE_TYPE_REQUIRED", "This field is required")
    at_most(f"{path}.placeholder", select.get("placeholder") or "", 150)
    low, high = spread(select)
    if not (0 <= low <= 25 and 1 <= high <= 25 and low <= high):
        invalid(f"{path}.max_values", "NUMBER_TYPE_MAX", "min_values and max_values lie in 0 to 25.")
    if select["type"] != Part.STRING_SELECT:
        return
    options = select.get("options") or []
    if not 1 <= len(options) <= 25:
        invalid(f"{path}.options", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 25 in length.")
    check_options(path, options)


def check_options(path: str, options: Sequence[Json]) -> None:
    """Choices of a select or a group: lengths, and values that differ."""
    for index, option in enumerate(options):
        between(f"{path}.options.{index}.label", str(option.get("label", "")), 1, 100)
        between(f"{path}.options.{index}.value", str(option.get("value", "")), 1, 100)
        at_most(f"{path}.options.{index}.description", option.get("description") or "", 100)
    values = [option.get("value") for option in options]
    if len(set(values)) != len(values):
        invalid(
            f"{path}.options",
            "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
            "The specified option is used twice",
        )


def _check_section(path: str, section: Json) -> None:
    if not 1 <= len(section.get("components") or []) <= 3:
        invalid(f"{path}.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 3 in length.")
    if (section.get("accessory") or {}).get("type") not in {Part.BUTTON, Part.THUMBNAIL}:
        invalid(f"{path}.accessory", "BASE_TYPE_REQUIRED", "This field is required")


def _check_text(path: str, text: Json) -> None:
    between(f"{path}.content", str(text.get("content", "")), 1, MOST_LETTERS)


def _check_gallery(path: str, gallery: Json) -> None:
    items = gallery.get("items") or []
    if not 1 <= len(items) <= 10:
        invalid(f"{path}.items", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 10 in length.")
    for index, item in enumerate(items):
        at_most(f"{path}.items.{index}.description", item.get("description") or "", MOST_ALT_TEXT)


def _check_thumbnail(path: str, thumbnail: Json) -> None:
    at_most(f"{path}.description", thumbnail.get("description") or "", MOST_ALT_TEXT)


CHECKS: dict[int, Callable[[str, Json], None]] = {
    Part.ROW: _check_row,
    Part.BUTTON: _check_button,
    Part.SECTION: _check_section,
    Part.TEXT_DISPLAY: _check_text,
    Part.MEDIA_GALLERY: _check_gallery,
    Part.THUMBNAIL: _check_thumbnail,
    **dict.fromkeys(SELECTS, check_select),
}
