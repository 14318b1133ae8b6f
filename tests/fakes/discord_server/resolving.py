"""Components read back: numbered, filled up with what Discord adds, media pointing at real addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.discord_server.bits import Part, Wire
from tests.fakes.discord_server.components import SELECTS, walk
from tests.fakes.discord_server.refusals import invalid

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.fakes.discord_server.world import File, Json

ADDED: dict[int, Json] = {
    Part.CONTAINER: {"accent_color": None, "spoiler": False},
    Part.THUMBNAIL: {"description": None, "spoiler": False},
    Part.FILE: {"spoiler": False, "name": "", "size": 0},
    Part.SEPARATOR: {"spacing": 1, "divider": True},
    **{key: {"min_values": 1, "max_values": 1} for key in SELECTS},
}
ADDED_TO_ITEMS: Json = {"description": None, "spoiler": False}


def media_of(component: Json) -> Iterator[Json]:
    """The unfurled media objects inside one component."""
    kind = component.get("type")
    if kind == Part.MEDIA_GALLERY:
        yield from (item["media"] for item in component.get("items") or [])
    elif kind == Part.THUMBNAIL:
        yield component["media"]
    elif kind == Part.FILE:
        yield component["file"]


def resolve(components: Sequence[Json], files: Sequence[File], address: Callable[[File], str]) -> list[Json]:
    """The components as Discord stores them: numbered, media pointing at real addresses.

    50035 where media name a file that is not attached, or a file of the message is shown nowhere.
    """
    found: list[Json] = [copied(component) for component in components]
    by_name = {file.name: file for file in files}
    taken = {one["id"] for _, one in walk(found) if one.get("id")}
    numbers = iter(number for number in range(1, 1000) if number not in taken)
    for path, component in walk(found):
        if not component.get("id"):
            component["id"] = next(numbers)
        _fill_up(component)
        for media in media_of(component):
            media.setdefault("id", str(component["id"]))
            _resolve_media(path, media, by_name, address)
    return found


def _fill_up(component: Json) -> None:
    """What Discord adds where it was left out, or null."""
    for name, value in ADDED.get(component["type"], {}).items():
        if component.get(name) is None:
            component[name] = value
    for item in component.get("items") or []:
        for name, value in ADDED_TO_ITEMS.items():
            item.setdefault(name, value)


def _resolve_media(path: str, media: Json, by_name: dict[str, File], address: Callable[[File], str]) -> None:
    url = str(media.get("url", ""))
    if not url.startswith("attachment://"):
        _adopt(media, url, by_name)
        return
    file = by_name.get(url.removeprefix("attachment://"))
    if file is None:
        told = "The specified attachment was not found in the message."
        invalid(f"{path}.media.url", "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", told)
    media |= {
        "url": address(file),
        "proxy_url": address(file),
        "attachment_id": str(file.id),
        "width": file.width,
        "height": file.height,
        "content_type": file.content_type,
        "loading_state": 2,
        "flags": 0,
    }


def _adopt(media: Json, url: str, by_name: dict[str, File]) -> None:
    """An address of a file of this message counts as that file, as when a stored component is sent again."""
    for file in by_name.values():
        if f"/{file.id}/" in url:
            media["attachment_id"] = str(file.id)


def shown_files(components: Sequence[Json], files: Sequence[File]) -> list[File]:
    """Which files a person sees: those that a resolved component refers to."""
    ids = {media.get("attachment_id") for _, one in walk(components) for media in media_of(one)}
    return [file for file in files if str(file.id) in ids]


def copied(value: Wire) -> Wire:
    """The same JSON, nothing shared."""
    if isinstance(value, dict):
        return {name: copied(inner) for name, inner in value.items()}
    return [copied(inner) for inner in value] if isinstance(value, list) else value
