"""Turns into cards: the neutral message for each place a turn can stand. Pure.

Owns which lines, buttons and caption a message has. The sentences are the wording's, the look is the
platform's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from core.app.amounts import number_text, rate_text, scope_text
from core.app.captions import caption, price_of
from core.app.failure_sentences import failure_code, waiting_code
from core.app.mentions import CONFIRM
from core.app.records import AskKind, Stage
from core.app.wording import dollars, moment, sentence, shorten
from core.domain.card import Act, Button, Card, CardKind, Line, Picture, Progress, Tone
from core.domain.lineage import LETTERS, Head
from core.domain.quota import Metric, Period, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from core.app.records import PictureRecord, TurnRecord
    from core.app.turn_facts import TurnFacts
    from core.domain.ids import Letter
    from core.domain.lineage import Revision

ALT_TEXT_LETTERS = 1000
"""The least of what the platforms take: Slack files 1,000, Discord 1,024 (2026-11)."""

TEXT_LETTERS = 300

_MADE_NOW = frozenset({Stage.QUEUED, Stage.ANNOUNCED, Stage.GENERATING})
"""Said alike where nobody goes first, so that no message has to be changed a moment after it was posted."""

_ADDRESS = re.compile(r"^v\d+[a-h]?\s*[:：]\s*(?=\S)", re.IGNORECASE)
"""The version that a reply names at its beginning."""


def head_name(head: Head, *, is_single: bool = False) -> str:
    """`v3`, or `v3b` for another candidate than the first."""
    return f"v{head.revision}" if is_single or head.letter == "a" else f"v{head.revision}{head.letter}"


def index_of(head: Head) -> int:
    """Where the head's candidate stands among its revision's pictures."""
    return LETTERS.index(head.letter)


def first_of(revision: Revision) -> Head:
    """The revision's first candidate."""
    return Head(revision.number)


def turn(facts: TurnFacts, locale: str) -> Card:
    """The turn's own message, wherever the turn stands."""
    stage = facts.turn.stage
    if facts.turn.revision is not None and stage is not Stage.GENERATED:
        return _result(facts, locale)
    if stage is Stage.CANCELLED:
        return _ended(facts, locale, _cancelled(facts.turn, locale), buttons=())
    if stage is Stage.FAILED:
        return _failure(facts, locale)
    return _placeholder(facts, locale)


# --- on its way ---


def _placeholder(facts: TurnFacts, locale: str) -> Card:
    record = facts.turn
    lines = [_asked(record, locale), Line(_state(facts, locale), Tone.QUIET)]
    if record.is_resumed:
        lines.append(Line(sentence("turn_resumed", locale), Tone.QUIET))
    about = sentence("about_price", locale, price=dollars(record.estimate)) if record.estimate else ""
    cancel = Button(Act.CANCEL, sentence("button_cancel", locale), subject=record.id)
    return Card(
        kind=CardKind.PLACEHOLDER,
        text=sentence("placeholder_text", locale, name=facts.actor_name, text=_short(record, locale)),
        lines=tuple(lines),
        buttons=() if record.is_cancel_requested else (cancel,),
        caption=about,
        progress=Progress(record.stage.value, ahead=facts.ahead),
    )


def _state(facts: TurnFacts, locale: str) -> str:
    record = facts.turn
    if record.is_cancel_requested:
        return sentence("turn_cancelling", locale)
    if record.stage is Stage.WAITING:
        return sentence("turn_waiting", locale, ahead=facts.ahead)
    if record.stage in {Stage.QUEUED, Stage.ANNOUNCED}:
        if record.failure is not None:
            return sentence(f"turn_{waiting_code(record.failure)}", locale)
        if facts.ahead:
            return sentence("turn_queued_behind", locale, ahead=facts.ahead)
    if record.stage in _MADE_NOW:
        count = record.plan.count if record.plan is not None else 1
        return sentence("turn_generating_many" if count > 1 else "turn_generating", locale, count=count)
    return sentence("turn_finishing", locale)


def _asked(record: TurnRecord, locale: str) -> Line:
    is_bare_final = record.ask.kind is AskKind.FINAL and not record.ask.text
    return Line(sentence("final_text", locale) if is_bare_final else words_of(record, locale), Tone.TITLE)


def words_of(record: TurnRecord, locale: str) -> str:
    """What was asked; words that were somebody else's go when that person is forgotten."""
    return sentence("words_forgotten", locale) if record.ask.is_wordless else record.ask.text


def _short(record: TurnRecord, locale: str) -> str:
    return shorten(words_of(record, locale), TEXT_LETTERS)


# --- ended without a picture ---


def _cancelled(record: TurnRecord, locale: str) -> str:
    if record.billed_for_nothing:
        return sentence("cancelled_billed", locale, price=dollars(record.billed_for_nothing))
    return sentence("cancelled", locale)


def _failure(facts: TurnFacts, locale: str) -> Card:
    record = facts.turn
    if record.failure is None:
        return _ended(facts, locale, sentence("turn_refused", locale), buttons=())
    text = sentence(
        failure_code(record.failure),
        locale,
        price=dollars(record.billed_for_nothing),
        reference=record.failure.request_id or record.id,
    )
    label = (
        sentence("button_try_again_price", locale, price=dollars(record.estimate))
        if record.estimate
        else sentence("button_try_again", locale)
    )
    again = Button(Act.TRY_AGAIN, label, subject=record.id, spends=True)
    return _ended(facts, locale, text, buttons=(again,))


def _ended(facts: TurnFacts, locale: str, text: str, *, buttons: tuple[Button, ...]) -> Card:
    return Card(
        kind=CardKind.FAILURE,
        text=text,
        lines=(_asked(facts.turn, locale), Line(text, Tone.WARNING)),
        buttons=buttons,
    )


# --- with a picture ---


def _result(facts: TurnFacts, locale: str) -> Card:
    record = facts.turn
    number = record.revision or 0
    name = f"v{number}"
    lines = [_asked(record, locale)]
    if record.stage is Stage.CANCELLED:
        lines.append(Line(sentence("cancelled_late", locale, head=name), Tone.WARNING))
    if record.stage is Stage.FAILED:
        lines.append(Line(sentence("turn_not_shown", locale), Tone.WARNING))
    return Card(
        kind=CardKind.FAILURE if record.stage is Stage.FAILED else CardKind.RESULT,
        text=sentence("result_text", locale, head=name, text=_short(record, locale)),
        lines=tuple(lines),
        # A platform that would not show them once must not keep the message from saying so.
        pictures=() if record.stage is Stage.FAILED else _pictures(facts, locale),
        buttons=_buttons(record, locale),
        caption=caption(facts, locale),
        revision=number,
    )


def _pictures(facts: TurnFacts, locale: str) -> tuple[Picture, ...]:
    return tuple(_picture(facts, index, locale) for index in range(len(facts.turn.pictures)))


def _picture(facts: TurnFacts, index: int, locale: str) -> Picture:
    record = facts.turn.pictures[index]
    letter = LETTERS[index] if len(facts.turn.pictures) > 1 else None
    name = f"inkthread-v{facts.turn.revision}{letter or ''}.{record.format.value}"
    return _shown_picture(record, _alt(facts, letter, locale), name, letter)


def sheet_picture(record: PictureRecord, alt: str, name: str) -> Picture:
    """A picture that was made for one message alone."""
    return _shown_picture(record, alt, name)


def _shown_picture(record: PictureRecord, alt: str, name: str, letter: Letter | None = None) -> Picture:
    return Picture(
        blob=record.blob,
        format=record.format,
        size=record.size,
        size_bytes=record.size_bytes,
        alt_text=alt,
        file_name=name,
        letter=letter,
    )


def _alt(facts: TurnFacts, letter: Letter | None, locale: str) -> str:
    first, *changes = facts.story or ("",)
    if changes:
        alt = sentence("alt_changed", locale, text=first, changes="; ".join(changes))
    else:
        alt = sentence("alt_made", locale, text=first)
    if letter is not None:
        alt = sentence("alt_candidate", locale, letter=letter, alt=alt)
    return shorten(alt, ALT_TEXT_LETTERS)


def _buttons(record: TurnRecord, locale: str) -> tuple[Button, ...]:
    name = f"v{record.revision}"
    uses = (
        tuple(
            Button(Act.USE, sentence("button_use", locale, letter=letter), subject=f"{name}{letter}")
            for letter in LETTERS[: len(record.pictures)]
        )
        if len(record.pictures) > 1
        else ()
    )
    return (
        *uses,
        Button(Act.EDIT, sentence("button_edit", locale), subject=name),
        Button(Act.AGAIN, sentence("button_again", locale), subject=name, spends=True),
        Button(Act.UNDO, sentence("button_undo", locale), subject=name),
        Button(Act.FINAL, sentence("button_final", locale), subject=name, spends=True),
        Button(Act.COMPARE, sentence("button_compare", locale), subject=name, in_more=True),
        Button(Act.HISTORY, sentence("button_history", locale), subject=name, in_more=True),
        Button(Act.ORIGINAL, sentence("button_original", locale), subject=name, in_more=True),
        Button(Act.WHY, sentence("button_why", locale), subject=name, in_more=True),
        Button(Act.DELETE, sentence("button_delete", locale), subject=name, in_more=True),
    )


def shown(facts: TurnFacts, head: Head, locale: str) -> Card:
    """One picture once more."""
    name = head_name(head)
    return Card(
        kind=CardKind.RESULT,
        text=sentence("show_text", locale, head=name, text=_short(facts.turn, locale)),
        lines=(Line(sentence("show_text", locale, head=name, text=_short(facts.turn, locale)), Tone.QUIET),),
        pictures=(_picture(facts, index_of(head), locale),),
        buttons=_buttons(facts.turn, locale),
        caption=caption(facts, locale),
        revision=head.revision,
    )


def original(facts: TurnFacts, head: Head, locale: str) -> Card:
    """The unchanged file, to download."""
    text = sentence("original_text", locale, head=head_name(head))
    picture = _picture(facts, index_of(head), locale)
    return Card(
        CardKind.SHEET, text, (Line(text, Tone.QUIET),), (picture,), caption=sentence("caption_ai", locale)
    )


# --- made-up pictures and texts ---


def compared(sheet: PictureRecord, left: Head, right: Head, locale: str) -> Card:
    """Two versions side by side."""
    names = {"left": head_name(left), "right": head_name(right)}
    text = sentence("compare_text", locale, **names)
    picture = _shown_picture(
        sheet,
        sentence("alt_compare", locale, **names),
        f"compare-{names['left']}-{names['right']}.{sheet.format.value}",
    )
    return Card(
        CardKind.SHEET, text, (Line(text, Tone.QUIET),), (picture,), caption=sentence("caption_ai", locale)
    )


def history(
    sheet: PictureRecord,
    revisions: Sequence[tuple[Revision, str]],
    head: Head | None,
    locale: str,
    *,
    known: Sequence[Revision],
) -> Card:
    """Versions in a row, and what was asked each time; it says so where more of them are `known`."""
    text = sentence("history_text", locale)
    if len(revisions) < len(known):
        ends = {"first": known[0].number, "last": known[-1].number}
        text = sentence("history_part", locale, count=len(revisions), total=len(known), **ends)
    picture = _shown_picture(sheet, sentence("alt_history", locale), f"history.{sheet.format.value}")
    lines = [
        Line(text, Tone.TITLE),
        *(_history_line(revision, asked, head, locale) for revision, asked in revisions),
    ]
    return Card(CardKind.SHEET, text, tuple(lines), (picture,), caption=sentence("caption_ai", locale))


def _history_line(revision: Revision, asked: str, head: Head | None, locale: str) -> Line:
    # Where it starts from is said by the line itself.
    values = {"head": f"v{revision.number}", "text": _ADDRESS.sub("", asked)}
    if revision.parent is None:
        line = sentence("history_line_first", locale, **values)
    else:
        line = sentence("history_line", locale, parent=head_name(revision.parent), **values)
    if head is not None and head.revision == revision.number:
        line = sentence("history_head", locale, line=line)
    return Line(line, Tone.QUIET)


def why(facts: TurnFacts, locale: str) -> Card:
    """How a version came to be, down to the words that the model was sent."""
    record, plan = facts.turn, facts.turn.plan
    text = sentence("why_text", locale, head=f"v{record.revision}")
    lines = [
        Line(text, Tone.TITLE),
        Line(sentence("why_asked", locale, name=facts.actor_name, text=words_of(record, locale))),
    ]
    if facts.parent is not None:
        lines.append(Line(sentence("why_from", locale, parent=head_name(facts.parent))))
    if plan is not None:
        values: dict[str, str | int] = {
            "model": plan.model,
            "size": str(plan.size),
            "quality": plan.quality.value,
            "format": plan.output_format.value,
            "count": plan.count,
            "references": len(record.ask.references),
        }
        lines.append(Line(sentence("why_model", locale, **values)))
        lines.append(Line(sentence("why_cost", locale, price=price_of(facts, locale))))
        if plan.prompt:
            lines += [Line(sentence("why_sent", locale)), Line(plan.prompt, Tone.CODE)]
    return Card(CardKind.NOTICE, text, tuple(lines))


def notice(code: str, values: dict[str, str | int], locale: str) -> Card:
    """A named thing worth saying."""
    if code == "help":
        return _help(locale)
    text = sentence(code, locale, **_spoken(code, values, locale))
    confirm = Button(Act.CONFIRM, sentence("button_forget", locale), subject=str(values.get(CONFIRM, "")))
    return Card(CardKind.NOTICE, text, (Line(text),), buttons=(confirm,) if CONFIRM in values else ())


def _help(locale: str) -> Card:
    codes = ("help_new", "help_reply", "help_words", "help_account", "help_talk")
    lines = [Line(sentence(code, locale)) for code in codes]
    text = sentence("help_text", locale)
    return Card(CardKind.NOTICE, text, (Line(text, Tone.TITLE), *lines))


def _spoken(code: str, values: dict[str, str | int], locale: str) -> dict[str, str | int]:
    """The notice's values as people read them: money, whose limit, what was meant."""
    spoken = dict(values)
    if "until" in values:
        spoken["until"] = moment(str(values["until"]), locale)
    if "of_scope" in values:
        return spoken | _spoken_share(values, locale)
    if "metric" in values:
        spoken["whose"] = sentence(f"whose_{values['scope']}_{values['period']}", locale)
        spoken["ask"] = sentence("over_quota_ask_admin", locale)
        if values["metric"] == "micros":
            spoken |= {name: dollars(int(values[name])) for name in ("amount", "used", "needed")}
        spoken["back_at"] = moment(str(values.get("back_at", "")), locale)
    if values.get("suggestion") and code.startswith("prompt_"):
        spoken["meant"] = sentence("did_you_mean", locale, suggestion=values["suggestion"])
    if "revision" in values and "letter" in values:
        spoken["head"] = f"v{values['revision']}" + ("" if values["letter"] == "a" else str(values["letter"]))
    return spoken


def _spoken_share(values: dict[str, str | int], locale: str) -> dict[str, str]:
    """An allowance as those are told of it who are not in it: whose it is, and how much it allows."""
    metric, period = Metric(str(values["metric"])), Period(str(values["period"]))
    return {
        "whose": scope_text(ScopeKind(str(values["of_scope"])), str(values["of_name"]), locale),
        "rate": rate_text(metric, period, int(values["amount"]), locale),
        "used": number_text(metric, int(values["used"])),
        "back_at": moment(str(values["back_at"]), locale),
    }
