"""Forms for pictures: opened at once, since only a first answer can open one; and sent, also after a restart.

Owns the order of things while a form is opened, and which pictures a form starts from. Must never learn what
becomes of what is typed.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from adapters.discord import modals
from adapters.discord.context import Original, Room
from adapters.discord.errors import Trouble
from adapters.discord.modals import Errand, Field
from adapters.discord.modals_read import Values, pictures_in, press_in, target_of, words_of_form
from adapters.discord.read import heard_of
from adapters.discord.refs import At
from adapters.discord.rest import Route
from adapters.discord.taking import Told
from adapters.discord.words import Words
from adapters.platforms.payload import text
from core.app.inbound import InboundKind, Press
from core.domain.card import Act

if TYPE_CHECKING:
    from adapters.discord.asked import Asked
    from adapters.discord.callbacks import Callbacks
    from adapters.discord.places import Places
    from adapters.discord.read import Heard
    from adapters.discord.rest import Rest
    from core.app.inbound import Attachment

MOST_OPEN: Final = 2_000
"""Forms whose pictures are remembered; those of others are asked for again, where the bot may read them."""


@dataclass(slots=True)
class Forms:
    """Opens forms for pictures and reads them."""

    callbacks: Callbacks
    places: Places
    rest: Rest
    pictures: OrderedDict[str, tuple[Attachment, ...]] = field(default_factory=OrderedDict)

    # --- opening ---

    async def edit(self, asked: Asked, message: str, subject: str) -> None:
        """The form behind the button "Edit…"."""
        await self.callbacks.form(asked, modals.picture_form(Errand(message, subject), asked.locale))

    async def edit_message(self, asked: Asked) -> None:
        """What "Edit this picture" opens: an edit of our version, or a new picture from somebody's."""
        press = self.pressable(asked, Act.EDIT)
        if press is None:
            await self.use_message(asked)
        else:
            await self.edit(asked, text(asked.data, "target_id"), press.subject)

    async def use_message(self, asked: Asked) -> None:
        """What "Use as reference" opens: a new picture that starts from those of the message."""
        message = target_of(asked)
        pictures = pictures_in(message)[: modals.MAX_FILES]
        if not pictures:
            await self.callbacks.say(asked, Told("form_no_picture").words(asked.locale))
            return
        self.pictures[text(message, "id")] = pictures
        if len(self.pictures) > MOST_OPEN:
            self.pictures.popitem(last=False)
        await self.callbacks.form(asked, modals.picture_form(Errand(text(message, "id")), asked.locale))

    def pressable(self, asked: Asked, act: Act) -> Press | None:
        """What the button of that act would do on the message whose menu was used."""
        return press_in(target_of(asked), act)

    # --- sent ---

    def leaves(self, asked: Asked) -> Original:
        """What the acknowledgement of a sent form leaves standing."""
        if asked.message:
            return Original.KEPT
        errand = modals.read_errand(text(asked.data, "custom_id"))
        return Original.SHOWN if errand is not None and errand.subject is None else Original.HIDDEN

    async def sent(self, asked: Asked) -> Heard | Told:
        """A form was sent."""
        errand = modals.read_errand(text(asked.data, "custom_id"))
        if errand is None:
            return Told("said_form_lost")
        values = Values(asked)
        words, files = words_of_form(values), values.files(Field.FILES)
        if errand.subject is not None:
            if not (words or files):
                return Told("form_needs_words")
            return await self._edit(asked, errand.message, Press(Act.EDIT, errand.subject), words, files)
        given = await self._given(asked, errand.message)
        if given is None:
            return Told("said_form_lost")
        spot = await self.places.of_command(asked)
        heard = heard_of(asked, InboundKind.COMMAND, spot, Words(words))
        return replace(heard, attachments=(*given, *files))

    async def _edit(
        self, asked: Asked, message: str, press: Press, words: str, files: tuple[Attachment, ...]
    ) -> Heard:
        spot = await self.places.of_message(asked, message)
        heard = heard_of(asked, InboundKind.MESSAGE, spot, Words(words))
        return replace(heard, press=press, attachments=files, reply_to=At(asked.place, message).ref)

    async def _given(self, asked: Asked, message: str) -> tuple[Attachment, ...] | None:
        """The pictures that a form starts from; None where they cannot be had any more."""
        if not message:
            return ()
        known = self.pictures.get(message)
        if known is not None or asked.room is Room.FOREIGN:
            return known
        route = Route(
            "GET",
            "/channels/{channel_id}/messages/{message_id}",
            {"channel_id": asked.place, "message_id": message},
        )
        found = await self.rest.ask(route)
        return None if isinstance(found, Trouble) else pictures_in(found)[: modals.MAX_FILES] or None
