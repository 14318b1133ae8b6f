"""Names of places and files, as strings that the core carries and hands back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.refs import (
    At,
    FileRef,
    actor_id,
    is_direct,
    read_file_ref,
    read_message_ref,
    team_of,
    user_of,
    workspace_id,
)
from core.domain.ids import ActorId, MessageRef, WorkspaceId

SLACK_IDS = st.from_regex(r"[A-Z][A-Z0-9]{3,12}", fullmatch=True)
TIMES = st.from_regex(r"[0-9]{10}\.[0-9]{6}", fullmatch=True)


@given(SLACK_IDS, TIMES, st.just("") | SLACK_IDS)
def test_a_place_is_read_as_it_was_written(channel: str, ts: str, user: str) -> None:
    """A message's reference leads back to it, also when only one person sees it."""
    at = At(channel, ts, user)
    assert read_message_ref(at.ref) == at


@given(st.text())
def test_any_other_string_names_no_place(text: str) -> None:
    """What is stored wrongly is nowhere, or is a place that writes itself the same way."""
    at = read_message_ref(MessageRef(text))
    assert at is None or at.ref == text


@pytest.mark.parametrize(
    "text", ["", "C1", "C1:", ":1.0", "c1:1.0", "C1:1.0:U1", "~C1:1.0", "C1:1.0\n", "C1:é"]
)
def test_what_is_no_place(text: str) -> None:
    """Halves of a reference, and a private one without its person, are none."""
    assert read_message_ref(MessageRef(text)) is None


@given(SLACK_IDS, SLACK_IDS)
def test_ids_lead_back_to_slacks_own(team: str, user: str) -> None:
    """Workspace and person are named by Slack's own ids."""
    workspace = workspace_id(team)
    assert (workspace, actor_id(workspace, user)) == (f"slack:{team}", f"slack:{team}:{user}")
    assert (team_of(workspace), user_of(ActorId(f"slack:{team}:{user}"))) == (team, user)


@given(st.text(), st.text(), st.text(), st.booleans())
def test_a_file_is_read_as_it_was_written(file_id: str, url: str, mode: str, needs_asking: bool) -> None:  # noqa: FBT001 - Hypothesis's
    """A file's reference survives whatever Slack calls it."""
    ref = FileRef(WorkspaceId("slack:T1"), file_id, url, mode, needs_asking)
    assert read_file_ref(ref.ref) == ref


def test_a_conversation_of_two_is_known_by_its_name() -> None:
    """Slack's ids say what kind of conversation it is."""
    assert is_direct("D0123")
    assert not is_direct("C0123")
