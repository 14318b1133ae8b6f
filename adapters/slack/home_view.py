"""A person's page in Slack (App Home) as a view. Pure.

Owns its look: what is left, the latest pictures, what one can say, and what admins decide. Must never learn
where any of it comes from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from adapters.slack.render_text import clean, plain
from core.app.amounts import number_text
from core.app.wording import moment, sentence, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from core.app.records import GalleryItem
    from core.app.views import QuotaRow, WorkspaceSettings
    from core.domain.ids import BlobKey, ChannelRef, ThreadRef

Block = dict[str, Any]

MAX_RECENT: Final = 8
MAX_NAMED: Final = 10
ALT_LETTERS: Final = 300
ASKED_LETTERS: Final = 200

NEW: Final = "home:new"
USAGE: Final = "home:usage"
ALLOWANCE: Final = "home:allowance"
GRANT: Final = "home:grant"
SETTINGS: Final = "home:settings"
THREAD: Final = "home:thread"
"""The buttons, by their action ids; the last only opens an address."""


@dataclass(frozen=True, slots=True)
class HomePage:
    """What one person sees on their page. `files` are pictures that Slack has, by its ids.

    `links` are the addresses of threads, as far as Slack knows them. `settings` is None for whoever is no
    admin.
    """

    locale: str
    zone: ZoneInfo
    quota: Sequence[QuotaRow]
    recent: Sequence[GalleryItem]
    files: Mapping[BlobKey, str]
    links: Mapping[tuple[ChannelRef, ThreadRef], str]
    settings: WorkspaceSettings | None = None


def home_view(page: HomePage) -> dict[str, Any]:
    """The page as Slack takes it."""
    return {
        "type": "home",
        "blocks": [*_hello(page), *_quota(page), *_recent(page), *_say(page), *_admin(page)],
    }


def _hello(page: HomePage) -> Iterator[Block]:
    yield _section(sentence("home_hello", page.locale))
    yield _actions(_button(NEW, sentence("form_new", page.locale), style="primary"))


def _quota(page: HomePage) -> Iterator[Block]:
    yield from _heading("home_quota", page)
    if not page.quota:
        yield _section(sentence("home_no_quota", page.locale))
    for row in page.quota:
        yield _section(
            sentence(
                "home_quota_line",
                page.locale,
                whose=sentence(f"whose_{row.scope.value}_{row.period.value}", page.locale),
                used=number_text(row.metric, row.used + row.held),
                amount=number_text(row.metric, row.amount),
                back_at=moment(row.back_at.astimezone(page.zone).isoformat(), page.locale),
            )
        )


def _recent(page: HomePage) -> Iterator[Block]:
    yield from _heading("home_recent", page)
    if not page.recent:
        yield _section(sentence("home_no_pictures", page.locale))
    for item in page.recent[:MAX_RECENT]:
        asked = shorten(item.text, ASKED_LETTERS)
        file = page.files.get(item.picture.blob)
        shown = {} if file is None else {"accessory": _image(file, item.text)}
        yield {**_section(f"v{item.revision} · {asked}"), **shown}
        address = None if item.thread_ref is None else page.links.get((item.channel, item.thread_ref))
        if address is not None:
            yield _actions(
                _button(f"{THREAD}:{item.turn}"[:255], sentence("home_open_thread", page.locale), url=address)
            )


def _say(page: HomePage) -> Iterator[Block]:
    yield from _heading("home_say", page)
    for code in ("help_new", "help_reply", "help_words", "help_talk"):
        yield _section(sentence(code, page.locale))


def _admin(page: HomePage) -> Iterator[Block]:
    settings = page.settings
    if settings is None:
        return
    yield from _heading("home_admin", page)
    names = [admin.name for admin in settings.admins[:MAX_NAMED]]
    yield _section(
        sentence(
            "home_settings_line",
            page.locale,
            zone=settings.time_zone,
            open=sentence("home_open_to_all" if settings.is_open_to_all else "home_not_open", page.locale),
            admins=", ".join(names),
        )
    )
    labels = {
        ALLOWANCE: "button_allowances",
        GRANT: "button_grant",
        SETTINGS: "button_settings",
        USAGE: "home_usage",
    }
    yield _actions(*(_button(action, sentence(code, page.locale)) for action, code in labels.items()))


def _heading(code: str, page: HomePage) -> Iterator[Block]:
    yield {"type": "divider"}
    yield {"type": "header", "text": plain(sentence(code, page.locale), 150)}


def _section(text: str) -> Block:
    return {"type": "section", "text": plain(text, 3000)}


def _image(file: str, text: str) -> Block:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": shorten(clean(text), ALT_LETTERS) or "·"}


def _actions(*buttons: Block) -> Block:
    return {"type": "actions", "elements": list(buttons)}


def _button(action: str, label: str, *, style: str | None = None, url: str | None = None) -> Block:
    button: Block = {"type": "button", "action_id": action, "text": plain(label, 75)}
    return button | {key: value for key, value in (("style", style), ("url", url)) if value is not None}
