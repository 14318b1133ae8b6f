"""What each refusal, silence and break means for us: the table from OpenAI's errors to our failures.

Owns the decision of the kind of a failure and of what was billed for it. Decides by code, then type, then
status, and never by the words of a message: one resource-level 403 quotes the content policy without being
anybody's fault. The codes are OpenAI's documentation and dated reports, November 2026.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final

import anyio
import httpx2
from openai import APIConnectionError

from core.domain.generation import Failure, FailureKind
from core.domain.ids import Micros

if TYPE_CHECKING:
    from adapters.openai_images.complaints import Complaint

BY_CODE: Final = {
    "moderation_blocked": FailureKind.MODERATED,
    "content_policy_violation": FailureKind.MODERATED,
    "image_content_policy_violation": FailureKind.MODERATED,
    "content_filter": FailureKind.MODERATED,
    "invalid_value": FailureKind.REJECTED,
    "invalid_input_fidelity_model": FailureKind.REJECTED,
    "unknown_parameter": FailureKind.REJECTED,
    "unsupported_parameter": FailureKind.REJECTED,
    "model_not_found": FailureKind.REJECTED,
    "rate_limit_exceeded": FailureKind.RATE_LIMITED,
    "credit_balance_exhausted": FailureKind.OUT_OF_MONEY,
    "organization_spend_limit_exceeded": FailureKind.OUT_OF_MONEY,
    "project_spend_limit_exceeded": FailureKind.OUT_OF_MONEY,
    "organization_usage_limit_exceeded": FailureKind.OUT_OF_MONEY,
    "billing_hard_limit_reached": FailureKind.OUT_OF_MONEY,
    "insufficient_quota": FailureKind.OUT_OF_MONEY,
    "invalid_api_key": FailureKind.KEY_REFUSED,
    "server_is_overloaded": FailureKind.OVERLOADED,
    "slow_down": FailureKind.OVERLOADED,
}
"""The code decides where it is known, whatever the status."""

BY_TYPE: Final = {
    "insufficient_quota": FailureKind.OUT_OF_MONEY,
    "authentication_error": FailureKind.KEY_REFUSED,
    "service_unavailable_error": FailureKind.OVERLOADED,
}
"""The type decides where the code is unknown."""

BY_STATUS: Final = {
    401: FailureKind.KEY_REFUSED,
    402: FailureKind.OUT_OF_MONEY,
    403: FailureKind.KEY_REFUSED,
    # A proxy that gave up waiting says nothing about what happens behind it.
    408: FailureKind.NO_ANSWER,
    429: FailureKind.RATE_LIMITED,
    451: FailureKind.MODERATED,
    504: FailureKind.NO_ANSWER,
    520: FailureKind.NO_ANSWER,
    524: FailureKind.NO_ANSWER,
}
"""The status decides where neither is known; other 4xx are rejections, other 5xx an overload."""

_FIRST_SERVER_ERROR: Final = 500

_BEFORE_SENDING: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)
"""Faults that come before a byte of the request has left."""

TRANSPORT_FAULTS: Final = (
    APIConnectionError,
    httpx2.HTTPError,
    httpx2.StreamError,
    ssl.SSLError,
    anyio.EndOfStream,
    OSError,
)
"""Everything that the network can raise through the SDK (openai 3.54 lets some of httpx2's own pass)."""


def kind_of(complaint: Complaint) -> FailureKind:
    """The kind of a refusal."""
    by_name = BY_CODE.get(complaint.code) or BY_TYPE.get(complaint.type)
    if by_name is not None:
        return by_name
    status = complaint.status or _FIRST_SERVER_ERROR
    fallback = FailureKind.OVERLOADED if status >= _FIRST_SERVER_ERROR else FailureKind.REJECTED
    return BY_STATUS.get(status, fallback)


def refused(complaint: Complaint, estimate: Micros) -> Failure:
    """The failure of a call that was answered with an error status.

    A block at the output stage takes as long as a picture, and whether it is billed is not known (2026-11):
    it is booked like one. The same holds where the stage is given as unknown. A block without any
    stage, as relays and the input stage send it, is reported as not billed.
    """
    kind = kind_of(complaint)
    is_late_block = kind is FailureKind.MODERATED and complaint.stage in {"output", "unknown"}
    return _failure(kind, complaint, estimate if is_late_block or kind.may_have_been_billed else Micros(0))


def refused_late(complaint: Complaint, estimate: Micros) -> Failure:
    """The failure of a call that was accepted with 200 and then told an error, in a stream or a body.

    The work had begun, so it counts as billed, and never as safe to repeat.
    """
    kind = kind_of(complaint)
    is_early_block = kind is FailureKind.MODERATED and complaint.stage == "input"
    safe = FailureKind.BROKEN_OFF if kind.is_safe_to_repeat else kind
    return _failure(safe, complaint, Micros(0) if is_early_block else estimate)


def cut_off(error: Exception, estimate: Micros) -> Failure:
    """The failure of a call that the network ended. The error's own text is left out: it may hold the key."""
    root = _root(error)
    detail = type(root).__name__
    if isinstance(root, _BEFORE_SENDING):
        return Failure(FailureKind.UNREACHABLE, detail)
    is_silence = isinstance(root, httpx2.TimeoutException | TimeoutError)
    kind = FailureKind.NO_ANSWER if is_silence else FailureKind.BROKEN_OFF
    return Failure(kind, detail, billed=estimate)


def _root(error: Exception) -> Exception:
    """What the network raised, below the SDK's own error."""
    cause = error.__cause__
    return cause if isinstance(error, APIConnectionError) and isinstance(cause, Exception) else error


def _failure(kind: FailureKind, complaint: Complaint, billed: Micros) -> Failure:
    return Failure(
        kind,
        str(complaint),
        billed=billed,
        retry_after_s=complaint.retry_after_s if kind.is_safe_to_repeat else None,
        stage=complaint.stage if kind is FailureKind.MODERATED else None,
        categories=complaint.categories if kind is FailureKind.MODERATED else (),
        request_id=complaint.request_id,
    )
