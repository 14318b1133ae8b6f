"""A form that was sent, into what the core takes in; a message's menu, into the form that it opens. Pure.

Owns what is said in the form at once: that there is nothing to do. Everything else is the core's to judge.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.platforms.payload import first, inner, objects, text
from adapters.slack.form_values import FieldProblem, Values
from adapters.slack.modals import Errand, Field, read_errand
from adapters.slack.read import Heard, Origin, attachments_of, press_of, pressed_thread
from adapters.slack.refs import At, FileRef, thread_ref
from adapters.slack.words import Words
from core.app.inbound import Attachment, InboundKind, Press
from core.domain.card import Act
from core.domain.ids import ChannelRef
from core.domain.prompt.chosen import Chosen, with_chosen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from adapters.platforms.payload import Payload


def read_form(body: Payload, origin: Origin) -> Heard | FieldProblem | None:
    """A sent form; None for one that cannot be read, which is none of ours."""
    view, user = inner(body, "view"), text(inner(body, "user"), "id")
    errand = read_errand(text(view, "private_metadata"))
    if errand is None or not user:
        return None
    values = Values(view)
    channel = errand.channel or values.picked(Field.CHANNEL, "selected_conversation")
    words, chosen = values.typed(Field.WORDS), _chosen(values)
    files = (*_given(errand, origin), *attachments_of(values.found(Field.FILES).get("files"), origin))
    if not (words or files or (errand.subject is not None and chosen != Chosen())):
        return FieldProblem(Field.WORDS, "form_needs_words")
    if not channel:
        return FieldProblem(Field.CHANNEL, "form_needs_channel")
    return Heard(
        # One opening of a form is one wish: sending it again, as after an answer that was lost, adds none.
        key=f"slack:{origin.team}:form:{text(view, 'id')}",
        kind=InboundKind.COMMAND if errand.subject is None else InboundKind.MESSAGE,
        origin=origin,
        user=user,
        channel=ChannelRef(channel),
        words=Words(with_chosen(words, chosen)),
        thread=thread_ref(errand.thread) if errand.thread and errand.subject is not None else None,
        press=None if errand.subject is None else Press(Act.EDIT, errand.subject),
        attachments=files,
        reply_to=At(channel, errand.message).ref if errand.message and errand.subject is not None else None,
        is_addressed=True,
        response_url=text(first(body, "response_urls"), "response_url"),
        context=errand.context,
    )


def edit_errand(body: Payload, press: Press, context: str) -> Errand | None:
    """What the button "Edit…" of one of our messages opens."""
    container, thread = inner(body, "container"), pressed_thread(body)
    channel, message = text(container, "channel_id"), text(container, "message_ts")
    if not (channel and message):
        return None
    return Errand(channel, thread or "", message, press.subject, context=context)


def message_errand(body: Payload, context: str) -> Errand | None:
    """What "Edit this picture" opens: an edit of our version, a new picture from somebody's, or nothing."""
    message, channel = inner(body, "message"), text(inner(body, "channel"), "id")
    if not channel:
        return None
    press = next((one for one in _presses(message) if one.act is Act.EDIT), None)
    if press is not None:
        ts = text(message, "ts") or text(body, "message_ts")
        return Errand(channel, pressed_thread(body) or "", ts, press.subject, context=context)
    files = tuple(_pictures(message))
    return Errand(channel, files=files, context=context) if files else None


def _presses(message: Payload) -> Iterator[Press]:
    for block in objects(message, "blocks"):
        for element in objects(block, "elements"):
            if (press := press_of(element)) is not None:
                yield press


def _pictures(message: Payload) -> Iterator[str]:
    """The ids of a message's pictures. What is no picture after all, the core says when it has looked."""
    for file in objects(message, "files"):
        kind = text(file, "mimetype")
        if text(file, "id") and (not kind or kind.startswith("image/")):
            yield text(file, "id")
    for block in objects(message, "blocks"):
        if shown := text(inner(block, "slack_file"), "id"):
            yield shown


def _given(errand: Errand, origin: Origin) -> tuple[Attachment, ...]:
    """Pictures that were there when the form was opened: Slack is asked about them when they are fetched."""
    return tuple(
        Attachment(FileRef(origin.workspace, one, needs_asking=True).ref, one) for one in errand.files
    )


def _chosen(values: Values) -> Chosen:
    count = values.chosen(Field.COUNT)
    is_transparent = values.chosen(Field.BACKGROUND) == "transparent"
    return Chosen(
        ratio=values.chosen(Field.RATIO),
        size=values.chosen(Field.SIZE),
        quality=values.chosen(Field.QUALITY),
        count=int(count) if count is not None and count.isdecimal() else None,
        background="transparent" if is_transparent else None,
        output_format=values.chosen(Field.FORMAT),
    )
