"""Forms on Slack: opened in time, filled in, sent once, and still meaning something after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.form_values import FieldProblem
from adapters.slack.modals import MAX_METADATA, Errand, Field, picture_form, read_errand
from adapters.slack.modals_read import message_errand, read_form
from adapters.slack.read import Heard, Origin
from adapters.slack.refs import workspace_id
from core.app.inbound import InboundKind
from core.app.ports import Place, Posted
from core.domain.card import Act, Button, Card, CardKind
from core.domain.ids import ChannelRef, MessageId
from core.domain.prompt.directives import parse_command
from core.domain.prompt.model import Generate
from core.domain.shape import Ratio, Tier
from tests.adapters.slack.slack_ears import Ears, open_ears

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.adapters.slack.conftest import Studio
    from tests.fakes.slack_server import FakeSlack
    from tests.fakes.slack_server.things import View

HERE = Origin("T1", "UBOT")
EDIT, NEW = "edit_this_picture", "new_picture"


def sent(errand: Errand, values: dict[str, Any] | None = None) -> dict[str, Any]:
    """A form that was sent, as Slack sends it; `values` by field."""
    state = {name: {name: value} for name, value in (values or {}).items()}
    view = {"id": "V1", "private_metadata": errand.metadata, "state": {"values": state}}
    return {"user": {"id": "U1"}, "view": view}


def chosen(value: str) -> dict[str, Any]:
    """An entry chosen from a list."""
    return {"selected_option": {"value": value}}


def wish(errand: Errand, values: dict[str, Any] | None = None) -> Heard:
    """What is made of a form, which has to be something."""
    found = read_form(sent(errand, values), HERE)
    assert isinstance(found, Heard), found
    return found


def test_typed_fields_become_options_behind_the_words() -> None:
    """One parser judges words and fields alike."""
    heard = wish(
        Errand("C1"),
        {
            "words": {"value": 'a fox, "OPEN'},
            "ratio": chosen("16:9"),
            "size": chosen("2k"),
            "count": chosen("3"),
            "background": chosen("transparent"),
        },
    )
    assert (heard.kind, heard.channel) == (InboundKind.COMMAND, "C1")
    read = parse_command(heard.words.text)
    assert isinstance(read, Generate)
    options = read.prompt.options
    assert (options.ratio, options.tier, options.count) == (Ratio(16, 9), Tier.TWO_K, 3)
    assert options.is_transparent


def test_a_form_without_anything_says_so_at_its_field() -> None:
    """The person need not send it to the thread to learn that."""
    assert read_form(sent(Errand("C1")), HERE) == FieldProblem(Field.WORDS, "form_needs_words")
    unchanged = {"ratio": chosen("-"), "words": {"value": "  "}}
    assert read_form(sent(Errand("C1"), unchanged), HERE) == FieldProblem(Field.WORDS, "form_needs_words")


def test_an_edit_may_change_the_shape_alone() -> None:
    """An edit without words, but with another ratio, is a wish."""
    heard = wish(Errand("C1", "1.1", "1.1", "v3b"), {"ratio": chosen("1:1")})
    assert heard.press is not None
    assert (heard.kind, heard.press.act, heard.press.subject) == (InboundKind.MESSAGE, Act.EDIT, "v3b")
    assert (heard.thread, heard.reply_to) == ("1.1", "C1:1.1")


def test_pictures_of_a_message_start_a_new_picture() -> None:
    """With the ones added in the form behind them."""
    heard = wish(Errand("C1", files=("F1",)), {"files": {"files": [{"id": "F2", "name": "hat.png"}]}})
    assert heard.kind is InboundKind.COMMAND
    assert [one.file_name for one in heard.attachments] == ["F1", "hat.png"]


def test_a_form_that_is_sent_twice_is_one_wish() -> None:
    """Its key is that of the form that was opened."""
    assert (
        wish(Errand("C1"), {"words": {"value": "a"}}).key == wish(Errand("C1"), {"words": {"value": "b"}}).key
    )


@pytest.mark.parametrize("metadata", ["", "{}", "[]", '["C1"]', "nonsense", '["C1",1,"","",[],""]'])
def test_a_form_that_is_not_ours_is_not_read(metadata: str) -> None:
    """What comes back is not trusted to be what was sent."""
    body = sent(Errand("C1"), {"words": {"value": "a"}})
    body["view"]["private_metadata"] = metadata
    assert read_form(body, HERE) is None


@given(st.builds(Errand, *[st.text(max_size=40)] * 3, st.none() | st.text(max_size=6)))
def test_an_errand_comes_back_as_it_was(errand: Errand) -> None:
    """After a restart, everything that is needed to go on stands in the form."""
    assert read_errand(errand.metadata) == errand


def test_an_errand_always_fits() -> None:
    """Ten files and a sealed answer fit; what does not is left without the answer."""
    full = Errand("C" * 20, "1.1", "1.1", None, tuple(f"F{at:020}" for at in range(10)), "s" * 600)
    assert read_errand(full.metadata) == full
    huge = Errand("C1", context="s" * 5000)
    assert len(huge.metadata) <= MAX_METADATA
    assert read_errand(huge.metadata) == Errand("C1")


@pytest.mark.parametrize(
    ("message", "files"),
    [
        ({"files": [{"id": "F1", "mimetype": "image/png"}, {"id": "F2", "mimetype": "text/plain"}]}, ("F1",)),
        ({"files": [{"id": "F1", "file_access": "check_file_info"}]}, ("F1",)),
        ({"blocks": [{"type": "image", "slack_file": {"id": "F3"}}]}, ("F3",)),
    ],
    ids=["only pictures", "Slack Connect tells no kind", "shown in a block"],
)
def test_the_pictures_of_anybodys_message_are_found(message: dict[str, Any], files: tuple[str, ...]) -> None:
    """Whoever posted them and however."""
    errand = message_errand({"channel": {"id": "C1"}, "message": message}, "")
    assert errand is not None
    assert errand.files == files


def test_forms_speak_the_persons_language() -> None:
    """Labels come from the wording."""
    assert picture_form(Errand("C1"), "zh-CN")["title"]["text"] == "新图片"


# --- on Slack -----------------------------------------------------------------------------------------------


@pytest.fixture
async def ears(slack: FakeSlack, studio: Studio, tmp_path: Path, sqlite_url: str) -> AsyncIterator[Ears]:
    """Listeners over HTTP, with a token of the usual workspace."""
    async with open_ears(slack, tmp_path, sqlite_url, slack_bot_token=studio.team.bot_token) as hearing:
        yield hearing


async def form(ears: Ears, user: str) -> View:
    """The form that opens before that person."""
    found: list[View] = await ears.slack.until(lambda: ears.slack.forms(user))
    return found[-1]


async def test_imagine_without_words_opens_the_form(ears: Ears, studio: Studio) -> None:
    """In the channel where it was typed; three references and all fields arrive."""
    delivery = await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine")
    assert delivery.is_in_time
    view = await form(ears, studio.ada.id)
    files = [ears.slack.add_file(studio.ada.id, f"{at}.png", b"png") for at in range(3)]
    values = {"words": {"value": "a fox"}, "files": {"files": files}, "quality": chosen("high")}
    assert (await ears.slack.submit(view, values)).is_in_time
    assert (ears.last.text, ears.last.channel) == ("a fox --quality high", studio.here.id)
    assert len(ears.last.attachments) == 3
    assert ears.last.context


async def test_the_shortcut_asks_where(ears: Ears, studio: Studio) -> None:
    """There is no channel to begin with."""
    await ears.slack.global_shortcut(studio.bob.id, NEW)
    view = await form(ears, studio.bob.id)
    assert view.content["title"]["text"] == "新图片"
    values = {"words": {"value": "a fox"}, "channel": {"selected_conversation": studio.here.id}}
    await ears.slack.submit(view, values)
    assert (ears.last.kind, ears.last.channel) == (InboundKind.COMMAND, studio.here.id)
    assert ears.last.context, "the only way to answer in a conversation that we are not in"


async def test_an_empty_form_stays_open_with_its_problem(ears: Ears, studio: Studio) -> None:
    """Nothing reaches the core."""
    await ears.slack.slash(studio.ada.id, studio.here.id, "/imagine")
    view = await form(ears, studio.ada.id)
    delivery = await ears.slack.submit(view, {"words": {"value": "  "}})
    assert delivery.answer == {
        "response_action": "errors",
        "errors": {"words": "Say what you want to see, or add a picture."},
    }
    assert view.is_open
    assert ears.desk.inbounds == []


async def ours(ears: Ears, studio: Studio, *buttons: Button) -> Posted:
    """A message of ours with these buttons."""
    place = Place(workspace_id(studio.team.id), ChannelRef(studio.here.id))
    card = Card(CardKind.RESULT, "v3", buttons=buttons)
    answer = await ears.parts.outlet.surface.post(place, card, key=MessageId("ours"))
    assert isinstance(answer, Posted), answer
    return answer


async def test_the_edit_button_and_the_menu_open_the_same_form(ears: Ears, studio: Studio) -> None:
    """Both edit the version that the message shows."""
    at = await ours(ears, studio, Button(Act.EDIT, "Edit…", "v3"))
    for opens in (
        ears.slack.press(studio.ada.id, studio.here.id, str(at.thread), "Edit…"),
        ears.slack.shortcut_on(studio.ada.id, studio.here.id, str(at.thread), EDIT),
    ):
        assert (await opens).is_in_time
        await ears.slack.submit(await form(ears, studio.ada.id), {"words": {"value": "make it red"}})
        press = ears.last.press
        assert press is not None
        assert (ears.last.text, press.subject, ears.last.thread) == ("make it red", "v3", at.thread)
        assert ears.last.reply_to == at.message
    assert len(ears.desk.inbounds) == 2


async def test_a_message_without_a_picture_cannot_be_edited(ears: Ears, studio: Studio) -> None:
    """The menu stands on every message; it says what is missing."""
    said = await ears.slack.message(studio.ada.id, studio.here.id, "good morning")
    await ears.slack.shortcut_on(studio.ada.id, studio.here.id, said.ts, EDIT)
    view = await form(ears, studio.ada.id)
    assert "no picture in this message" in str(view.content["blocks"])


async def test_somebody_elses_picture_starts_a_new_one(ears: Ears, studio: Studio) -> None:
    """Its file is the first reference, fetched when it is needed."""
    file = ears.slack.add_file(studio.bob.id, "cat.png", b"png", mimetype="image/png")
    said = await ears.slack.message(studio.bob.id, studio.here.id, "my cat", files=[file])
    await ears.slack.shortcut_on(studio.ada.id, studio.here.id, said.ts, EDIT)
    await ears.slack.submit(await form(ears, studio.ada.id), {"words": {"value": "with a hat"}})
    assert (ears.last.kind, ears.last.text, len(ears.last.attachments)) == (
        InboundKind.COMMAND,
        "with a hat",
        1,
    )


async def test_a_form_that_cannot_be_opened_any_more_is_only_reported(ears: Ears, studio: Studio) -> None:
    """What allows it lives for three seconds; who is too late presses again."""
    ears.slack.fail("views.open", "expired_trigger_id")
    assert (await ears.slack.global_shortcut(studio.ada.id, NEW)).is_in_time
    await ears.slack.until(lambda: ears.slack.calls_of("views.open"))
    await ears.slack.global_shortcut(studio.ada.id, NEW)
    assert (await form(ears, studio.ada.id)).is_open
