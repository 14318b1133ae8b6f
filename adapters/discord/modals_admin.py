"""The forms of admins: a limit, more for today, what the server has decided. Pure.

Owns their fields and how they are read. Whether somebody may do it, and what it means, is the core's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from adapters.discord.modals import choice, form, labelled, text_input
from adapters.discord.refs import actor_id
from adapters.platforms.amounts import typed_amount
from core.app.amounts import number_text
from core.app.views import AllowanceView, WorkspaceChange
from core.app.wording import moment, sentence
from core.domain.periods import Period
from core.domain.quota import Metric, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from adapters.discord.modals_read import Values
    from core.app.views import WorkspaceSettings
    from core.domain.ids import WorkspaceId

Json = dict[str, Any]

ALLOWANCE: Final = "v1:allowance:"
GRANT: Final = "v1:grant:"
SERVER: Final = "v1:server:"
ADMIN_FORMS: Final = (ALLOWANCE, GRANT, SERVER)
"""The forms, by their custom ids, of which every later version knows the names."""

MAX_ADMINS: Final = 25
_MENTIONABLE, _CHANNELS, _USERS = 7, 8, 5
_OPEN, _CLOSED = "open", "closed"


@dataclass(frozen=True, slots=True)
class AllowanceWish:
    """What an admin wants for whom; `period` None is "more for today", `amount` None removes a limit."""

    scope: Scope
    metric: Metric
    period: Period | None
    amount: int | None


# --- forms --------------------------------------------------------------------------------------------------


def allowance_form(locale: str, *, is_grant: bool) -> Json:
    """The form for a limit, or for more in the windows that run."""
    title = sentence("form_grant" if is_grant else "form_allowance", locale)
    counted = _metrics(locale) if is_grant else _rates(locale)
    hint = sentence("form_amount_more" if is_grant else "form_amount_hint", locale)
    fields = [
        labelled(
            sentence("label_whom", locale),
            _picker(_MENTIONABLE, "whom"),
            hint=sentence("label_whom_hint", locale),
        ),
        labelled(sentence("label_channel", locale), _picker(_CHANNELS, "channel")),
        labelled(
            sentence("form_metric", locale),
            choice("metric", counted, chosen=counted[0][0], is_required=True),
        ),
        labelled(sentence("form_amount", locale), text_input("amount", is_required=is_grant), hint=hint),
    ]
    return form(GRANT if is_grant else ALLOWANCE, title, fields)


def server_form(locale: str, settings: WorkspaceSettings) -> Json:
    """The form for what the server has decided, filled in with what holds now."""
    named = [admin.actor.rpartition(":")[2] for admin in settings.admins if admin.is_named]
    entries = [(_CLOSED, sentence("choice_not_open", locale)), (_OPEN, sentence("form_is_open_yes", locale))]
    buttons = choice(
        "is_open", entries, chosen=_OPEN if settings.is_open_to_all else _CLOSED, is_required=True
    )
    admins = _picker(_USERS, "admins", most=MAX_ADMINS)
    if named:
        admins["default_values"] = [{"id": one, "type": "user"} for one in named[:MAX_ADMINS]]
    fields = [
        labelled(
            sentence("form_zone", locale),
            text_input("zone", is_required=True, value=settings.time_zone),
            hint=sentence("form_zone_hint", locale),
        ),
        labelled(sentence("form_is_open", locale), buttons),
        labelled(sentence("form_admins", locale), admins),
    ]
    return form(SERVER, sentence("form_settings", locale), fields)


def standing_text(locale: str, zone: ZoneInfo, standing: Sequence[AllowanceView]) -> str:
    """What holds for somebody after a change."""
    lines = [_line(locale, zone, one) for one in standing]
    told = lines or [sentence("form_nothing_holds", locale)]
    return "\n".join([sentence("form_done", locale), *told])


def _line(locale: str, zone: ZoneInfo, one: AllowanceView) -> str:
    return sentence(
        "form_allowance_line_more" if one.extra else "form_allowance_line",
        locale,
        used=number_text(one.metric, one.used + one.held),
        amount=number_text(one.metric, one.amount),
        extra=number_text(one.metric, one.extra),
        back_at=moment(one.back_at.astimezone(zone).isoformat(), locale),
    )


def _metrics(locale: str) -> list[tuple[str, str]]:
    return [(one.value, sentence(f"form_metric_{one.value}", locale)) for one in Metric]


def _rates(locale: str) -> list[tuple[str, str]]:
    """What is counted and how often it begins anew, in one list: a form has five fields at most."""
    return [
        (f"{metric}:{period.value}", f"{label} · {sentence(f'form_period_{period.value}', locale)}")
        for metric, label in _metrics(locale)
        for period in Period
    ]


def _picker(kind: int, name: str, *, most: int = 1) -> Json:
    return {"type": kind, "custom_id": name, "min_values": 0, "max_values": most, "required": False}


# --- reading ------------------------------------------------------------------------------------------------


def read_allowance(values: Values, workspace: WorkspaceId, *, is_grant: bool) -> AllowanceWish | None:
    """A sent form for a limit or for more; None where the number is none."""
    named, _, begins = (values.chosen("metric") or Metric.PICTURES.value).partition(":")
    metric = Metric(named) if named in set(Metric) else Metric.PICTURES
    period = None if is_grant else Period(begins) if begins in set(Period) else Period.DAY
    scope, typed = _scope(values, workspace), values.typed("amount")
    if not typed:
        return None if is_grant else AllowanceWish(scope, metric, period, None)
    amount = typed_amount(typed, metric)
    return None if amount is None else AllowanceWish(scope, metric, period, amount)


def read_server(values: Values, workspace: WorkspaceId) -> WorkspaceChange:
    """A sent form of a server; a zone that is none is for the core to refuse."""
    return WorkspaceChange(
        time_zone=values.typed("zone"),
        is_open_to_all=values.chosen("is_open") == _OPEN,
        named_admins=tuple(actor_id(workspace, one) for one in values.several("admins")),
    )


def _scope(values: Values, workspace: WorkspaceId) -> Scope:
    whom, channel = values.chosen("whom"), values.chosen("channel")
    if whom is not None:
        if values.kind_of(whom) == "role":
            return Scope(ScopeKind.ROLE, f"{workspace}/{whom}")
        return Scope(ScopeKind.ACTOR, actor_id(workspace, whom))
    return (
        Scope(ScopeKind.WORKSPACE, workspace)
        if channel is None
        else Scope(ScopeKind.CHANNEL, f"{workspace}/{channel}")
    )
