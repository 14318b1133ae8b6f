"""Every code that the application can say has a sentence, in the source as it stands and in its tables."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import core.app
from core.app.failure_sentences import CANNOT_POST, OWN_FAULT, STORAGE, failure_code
from core.app.wording import has_sentence
from core.domain.effects import ThreadNotice
from core.domain.generation import Failure, FailureKind
from core.domain.prompt.model import HintKind, ProblemCode
from core.domain.quota import Metric, Period, ScopeKind
from core.domain.routing import Lack

if TYPE_CHECKING:
    from collections.abc import Iterator

SAYS = frozenset(
    {"sentence", "tell", "say", "notice", "NoticeSaying", "Refused", "PlanRefusal", "NoRoom", "Denied"}
)
"""The calls whose first argument is a code."""

FAMILIES = {
    "turn_": [kind.value for kind in FailureKind if kind.is_safe_to_repeat],
    "caption_hint_": [kind.value for kind in HintKind],
    "whose_": [f"{scope}_{period}" for scope in ScopeKind for period in Period],
    "rate_": [f"{metric}_{period}" for metric in Metric for period in Period],
    "scope_": [kind.value for kind in ScopeKind],
    "admin_": [kind.value for kind in FailureKind if kind.pauses_engine],
    "model_cannot_": [lack.value for lack in Lack],
    "permission_": ["view_channel", "send_messages", "send_messages_in_threads", "attach_files"],
    "file_": [
        *("gone", "too_large", "forbidden", "unreachable"),  # AttachmentFault
        *(
            "not_a_picture",
            "unsupported_format",
            "animated",
            "too_many_pixels",
            "truncated",
        ),  # PictureProblem
    ],
}
"""Codes that are put together: how they begin, and all the ways in which they can go on."""

COMPOSED = frozenset({"help"})
"""Codes whose card is put together of several sentences, each said by its own code."""

SOURCES = sorted(Path(next(iter(core.app.__path__))).glob("*.py"))


def _codes(path: Path) -> Iterator[tuple[str, bool]]:
    """The codes that this file says, and for those put together how they begin."""
    for call in ast.walk(ast.parse(path.read_text())):
        if not isinstance(call, ast.Call) or not call.args:
            continue
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name not in SAYS:
            continue
        for node in ast.walk(call.args[0]):
            if isinstance(node, ast.JoinedStr):
                first = node.values[0]
                assert isinstance(first, ast.Constant), f"{path.name}: a code that begins with a value"
                yield str(first.value), True
        literals = [call.args[0]] if not isinstance(call.args[0], ast.IfExp) else []
        if isinstance(call.args[0], ast.IfExp):
            literals = [call.args[0].body, call.args[0].orelse]
        for node in literals:
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value, False


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_every_code_in_the_source_has_a_sentence(path: Path) -> None:
    """Whatever stands in a call that says something can be said."""
    for code, is_beginning in _codes(path):
        if is_beginning:
            assert code in FAMILIES, f"{path.name} puts codes together that begin with {code}"
        else:
            assert has_sentence(code) or code in COMPOSED, f"{path.name} says {code}"


def test_the_search_finds_what_is_said() -> None:
    """A search that finds nothing would prove nothing."""
    found = {code for path in SOURCES for code, _ in _codes(path)}
    assert {"nothing_to_show", "storage_down", "turn_refused", "model_cannot_", "caption_ai"} <= found
    assert len(found) > 70


@pytest.mark.parametrize("beginning", FAMILIES)
def test_every_code_that_is_put_together_has_a_sentence(beginning: str) -> None:
    """All the ways in which it can go on."""
    for ending in FAMILIES[beginning]:
        assert has_sentence(beginning + ending), beginning + ending


@pytest.mark.parametrize("notice", ThreadNotice)
def test_every_notice_of_the_machine_has_a_sentence(notice: ThreadNotice) -> None:
    """What the edit thread can ask to be said."""
    assert has_sentence(notice)


@pytest.mark.parametrize("code", ProblemCode)
def test_every_problem_of_a_prompt_has_a_sentence(code: ProblemCode) -> None:
    """Whatever the grammar refuses."""
    assert has_sentence(code)


@pytest.mark.parametrize("kind", FailureKind)
@pytest.mark.parametrize("stage", [None, "input", "output", "elsewhere"])
@pytest.mark.parametrize("detail", ["", "a vendor's words", STORAGE, CANNOT_POST, OWN_FAULT])
def test_every_failure_has_a_sentence(kind: FailureKind, stage: str | None, detail: str) -> None:
    """Each kind, at each stage, and those of our own side."""
    assert has_sentence(failure_code(Failure(kind, detail=detail, stage=stage)))


def test_only_failures_of_the_engine_itself_follow_its_stage() -> None:
    """A refusal that names a stage we do not know is told as any refusal."""
    assert failure_code(Failure(FailureKind.MODERATED, stage="elsewhere")) == "failed_moderated"
    assert failure_code(Failure(FailureKind.REJECTED, stage="input")) == "failed_rejected"
