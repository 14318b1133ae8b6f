"""The Engine that asks OpenAI, or a server that speaks like it.

Owns one paid call from its fields to its pictures, and the promise that it is made once. What the
outside does comes back as a value; only cancellation passes through.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, assert_never

from openai import APIStatusError
from pydantic import SecretStr

from adapters.openai_images.answers import Address, Answer
from adapters.openai_images.complaints import Complaint, parse_body, read_complaint
from adapters.openai_images.connection import ANSWER_S, checked_base_url, checked_key, open_sdk
from adapters.openai_images.download import NotFetched, PictureDownload, resolve_host
from adapters.openai_images.models import ModelStatus, ask_for_model
from adapters.openai_images.reading import AnswerReader, ToldError, Unfinished
from adapters.openai_images.request_fields import is_edit, request_fields
from adapters.openai_images.verdicts import TRANSPORT_FAULTS, cut_off, refused, refused_late
from core.domain.engine_profile import cost_of, estimate, profile_for
from core.domain.generation import Failure, FailureKind, GenerationResult, Image, Preview
from core.domain.ids import Micros

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    import httpx2
    from openai import AsyncAPIResponse
    from openai._response import AsyncResponseContextManager

    from core.domain.engine_profile import EngineProfile
    from core.domain.generation import GenerationRequest

    OnPreview = Callable[[Preview], Awaitable[None]]

DEADLINE_S: Final = 900.0
"""The longest that one call may take: a server that trickles bytes never runs into the other limit."""

PREVIEW_S: Final = 10.0
"""How long showing a preview may hold up the stream."""

_STREAM_FIELDS: Final = frozenset({"stream", "partial_images"})
_BAD_REQUEST: Final = 400
_NOT_FOUND: Final = 404

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Call:
    """One call while it runs."""

    request: GenerationRequest
    profile: EngineProfile
    estimate: Micros
    on_preview: OnPreview | None
    is_stream: bool


@dataclass(frozen=True, slots=True)
class _StreamRefused:
    """The server cannot stream and said so before doing anything."""


class OpenAIImages:
    """Makes pictures with OpenAI's image endpoints.

    `http` comes from `open_http` and is closed by whoever opened it. `sniff` tells what bytes really are
    (`PictureTools.probe`); anything but an Image means that they are no picture. `project` is whose bill the
    calls go on. `answer_s` is the longest
    silence, `deadline_s` the longest call. `resolve`, `pause` and `now` reach for the outside, and are
    tests' to replace.

    Raises SettingsFault where the key or the address can never work.
    """

    name: Final = "openai"

    def __init__(  # noqa: PLR0913 - all of it is the outside, handed in by name
        self,
        *,
        api_key: SecretStr | str,
        base_url: str,
        http: httpx2.AsyncClient,
        sniff: Callable[[bytes], Awaitable[object]],
        project: str | None = None,
        answer_s: float = ANSWER_S,
        deadline_s: float = DEADLINE_S,
        profiles: Callable[[str], EngineProfile] = profile_for,
        resolve: Callable[[str, int], Awaitable[Sequence[str]]] = resolve_host,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        plain = api_key.get_secret_value() if isinstance(api_key, SecretStr) else api_key
        self._key = SecretStr(checked_key(plain))
        home = checked_base_url(base_url)
        self._client = open_sdk(
            key=self._key.get_secret_value(),
            base_url=home,
            http=http,
            answer_s=answer_s,
            project=project,
        )
        self._download = PictureDownload(http, home=home, resolve=resolve, pause=pause)
        self._host = home.host
        self._sniff = sniff
        self._deadline_s = deadline_s
        self._profiles = profiles
        self._now = now
        self._streamless: set[str] = set()
        self._decoding = asyncio.Lock()

    def __repr__(self) -> str:
        """Where it goes; never the key."""
        return f"OpenAIImages(host={self._host!r})"

    async def generate(
        self,
        request: GenerationRequest,
        *,
        on_preview: OnPreview | None = None,
    ) -> GenerationResult | Failure:
        """Make what is asked, with exactly one paid call."""
        call = self._call(request, on_preview)
        outcome = await self._ask(call)
        if isinstance(outcome, _StreamRefused):
            # Nothing was made and nothing billed: this is still the first call.
            self._streamless.add(request.plan.model)
            outcome = await self._ask(replace(call, is_stream=False))
        if isinstance(outcome, _StreamRefused):
            outcome = Failure(FailureKind.REJECTED, "streaming refused although none was asked for")
        return self._without_secrets(outcome) if isinstance(outcome, Failure) else outcome

    async def model_status(self, model: str) -> ModelStatus | Failure:
        """Whether the server lists a model and until when; free. For `doctor`."""
        try:
            return await ask_for_model(self._client, model)
        except APIStatusError as error:
            if error.status_code == _NOT_FOUND:
                return ModelStatus(is_listed=False)
            return self._without_secrets(refused(self._complaint(error), Micros(0)))
        except (*TRANSPORT_FAULTS, TimeoutError) as error:
            return cut_off(error, Micros(0))

    # --- one call ----------------------------------------------------------------------------------

    def _call(self, request: GenerationRequest, on_preview: OnPreview | None) -> _Call:
        plan = request.plan
        profile = self._profiles(plan.model)
        # Events carry no index of their picture, so only a single one can be streamed; and a preview
        # that nobody looks at would be billed all the same.
        is_stream = (
            plan.count == 1
            and plan.previews > 0
            and on_preview is not None
            and profile.can_stream
            and plan.model not in self._streamless
        )
        return _Call(request, profile, estimate(profile, plan), on_preview, is_stream)

    async def _ask(self, call: _Call) -> GenerationResult | Failure | _StreamRefused:
        try:
            async with asyncio.timeout(self._deadline_s), self._sent(call) as response:
                return await self._take_in(call, response)
        except APIStatusError as error:
            complaint = self._complaint(error)
            return _StreamRefused() if _refuses_stream(call, complaint) else refused(complaint, call.estimate)
        except (*TRANSPORT_FAULTS, TimeoutError) as error:
            return cut_off(error, call.estimate)

    def _sent(self, call: _Call) -> AsyncResponseContextManager[AsyncAPIResponse[Any]]:
        """The call as the SDK makes it, its body left for us to read."""
        fields = request_fields(call.request, call.profile, is_stream=call.is_stream)
        images = self._client.images.with_streaming_response
        return images.edit(**fields) if is_edit(call.request) else images.generate(**fields)

    async def _take_in(self, call: _Call, response: AsyncAPIResponse[Any]) -> GenerationResult | Failure:
        plan = call.request.plan

        async def show(index: int, content: bytes) -> None:
            await self._show(call, index, content)

        reader = AnswerReader(
            response,
            pictures=plan.count + plan.previews,
            decoding=self._decoding,
            on_partial=show,
        )
        outcome = await reader.read()
        request_id = response.headers.get("x-request-id")
        match outcome:
            case Answer():
                return await self._result(call, outcome)
            case ToldError():
                complaint = read_complaint(
                    outcome.body,
                    status=None,
                    headers=response.headers,
                    now=self._now(),
                )
                return refused_late(complaint, call.estimate)
            case Unfinished():
                kind = FailureKind.BROKEN_OFF if outcome.is_cut else FailureKind.NO_PICTURE
                return Failure(kind, outcome.reason, billed=call.estimate, request_id=request_id)
            case _:
                assert_never(outcome)

    # --- pictures ----------------------------------------------------------------------------------

    async def _result(self, call: _Call, answer: Answer) -> GenerationResult | Failure:
        cost = cost_of(call.profile, answer.usage) if answer.usage else call.estimate
        images: list[Image] = []
        problems: list[str] = []
        # A server that ignores the number may send more: nobody asked for those, or would be asked to pay.
        for sent in answer.sent[: call.request.plan.count]:
            found = await self._image(sent)
            if isinstance(found, Image):
                images.append(found)
            else:
                problems.append(found)
        if not images:
            detail = "; ".join(problems) or "the answer holds no picture"
            return Failure(FailureKind.NO_PICTURE, detail, billed=cost, request_id=answer.request_id)
        return GenerationResult(
            images=tuple(images),
            cost=cost,
            is_cost_estimated=answer.usage is None,
            usage=answer.usage,
            request_id=answer.request_id,
        )

    async def _image(self, sent: bytes | Address) -> Image | str:
        """The picture as it really is, or why there is none."""
        content = await self._download.fetch(sent.url) if isinstance(sent, Address) else sent
        if isinstance(content, NotFetched):
            return f"picture not fetched: {content.reason}"
        found = await self._sniff(content)
        return found if isinstance(found, Image) else f"not a picture: {found}"

    async def _show(self, call: _Call, index: int, content: bytes) -> None:
        """Hand on a preview. Whatever goes wrong with it, the picture that is paid for goes on."""
        if call.on_preview is None:
            return
        try:
            async with asyncio.timeout(PREVIEW_S):
                image = await self._sniff(content)
                if isinstance(image, Image):
                    await call.on_preview(Preview(index, image))
        except Exception as error:  # noqa: BLE001 - a preview is worth less than the call that carries it
            _log.warning("a preview was not shown: %s", type(error).__name__)

    # --- refusals ----------------------------------------------------------------------------------

    def _complaint(self, error: APIStatusError) -> Complaint:
        response = error.response
        body = parse_body(response.content) if response.is_stream_consumed else error.body
        return read_complaint(body, status=error.status_code, headers=response.headers, now=self._now())

    def _without_secrets(self, failure: Failure) -> Failure:
        """Servers repeat wrong keys in their refusals."""
        return replace(failure, detail=failure.detail.replace(self._key.get_secret_value(), "[key]"))


def _refuses_stream(call: _Call, complaint: Complaint) -> bool:
    return call.is_stream and complaint.status == _BAD_REQUEST and complaint.param in _STREAM_FIELDS
