"""The forms of admins: a limit, more for today, settings. Pure.

Owns their fields and how they are read. Whether somebody may do it, and what it means, is the core's to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from adapters.platforms.amounts import typed_amount
from adapters.platforms.payload import objects, texts
from adapters.slack.form_values import FieldProblem, Values
from adapters.slack.home_view import ALLOWANCE, GRANT, SETTINGS
from adapters.slack.modals import MAX_TITLE, View, option
from adapters.slack.refs import actor_id
from adapters.slack.render_text import plain
from core.app.amounts import number_text
from core.app.views import AllowanceView, WorkspaceChange
from core.app.wording import moment, sentence
from core.domain.periods import Period
from core.domain.quota import Metric, Scope, ScopeKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from adapters.platforms.payload import Payload
    from core.app.views import WorkspaceSettings
    from core.domain.ids import WorkspaceId

ADMIN_FORMS: Final = (ALLOWANCE, GRANT, SETTINGS)
"""The forms, by their callback ids, which are those of the buttons that open them."""

MAX_GROUPS: Final = 100
_CHOOSABLE: Final = (ScopeKind.WORKSPACE, ScopeKind.ACTOR, ScopeKind.CHANNEL, ScopeKind.ROLE)
_WHICH: Final = {ScopeKind.ACTOR: "person", ScopeKind.CHANNEL: "place", ScopeKind.ROLE: "group"}
_READS: Final = {"person": "selected_user", "place": "selected_conversation"}


@dataclass(frozen=True, slots=True)
class AllowanceWish:
    """What an admin wants for whom; `period` None is "more for today", `amount` None removes a limit."""

    scope: Scope
    metric: Metric
    period: Period | None
    amount: int | None


# --- forms --------------------------------------------------------------------------------------------------


def allowance_form(locale: str, groups: Mapping[str, str], *, is_grant: bool) -> View:
    """The form for a limit, or for more today. `groups` are the user groups, names by ids."""
    choosable = [one for one in _CHOOSABLE if groups or one is not ScopeKind.ROLE]
    blocks = [
        _list("for", locale, [(one.value, sentence(f"form_for_{one.value}", locale)) for one in choosable]),
        _input("person", locale, {"type": "users_select"}),
        _input(
            "place", locale, {"type": "conversations_select", "filter": {"include": ["public", "private"]}}
        ),
        *([_list("group", locale, list(groups.items())[:MAX_GROUPS], is_optional=True)] if groups else []),
        _list(
            "metric", locale, [(one.value, sentence(f"form_metric_{one.value}", locale)) for one in Metric]
        ),
        *(
            []
            if is_grant
            else [
                _list(
                    "period",
                    locale,
                    [(one.value, sentence(f"form_period_{one.value}", locale)) for one in Period],
                )
            ]
        ),
        _text(
            "amount",
            locale,
            hint="form_amount_more" if is_grant else "form_amount_hint",
            is_optional=not is_grant,
        ),
    ]
    return _form(
        GRANT if is_grant else ALLOWANCE, "form_grant" if is_grant else "form_allowance", locale, blocks
    )


def settings_form(locale: str, settings: WorkspaceSettings) -> View:
    """The form for a workspace's settings, filled in with what holds now."""
    named = [admin.actor.rpartition(":")[2] for admin in settings.admins if admin.is_named]
    is_open = option("yes", sentence("form_is_open_yes", locale))
    boxes: dict[str, Any] = {"type": "checkboxes", "options": [is_open]}
    if settings.is_open_to_all:
        boxes["initial_options"] = [is_open]
    admins: dict[str, Any] = {"type": "multi_users_select"}
    if named:
        admins["initial_users"] = named
    blocks = [
        _text("zone", locale, hint="form_zone_hint", is_optional=False, value=settings.time_zone),
        _input("is_open", locale, boxes),
        _input("admins", locale, admins),
    ]
    return _form(SETTINGS, "form_settings", locale, blocks)


def standing_view(locale: str, zone: ZoneInfo, standing: Sequence[AllowanceView]) -> View:
    """What holds for somebody after a change."""
    lines = [_line(locale, zone, one) for one in standing]
    told = "\n".join(lines) if lines else sentence("form_nothing_holds", locale)
    return {
        "type": "modal",
        "title": plain(sentence("form_allowance", locale), MAX_TITLE),
        "close": plain(sentence("form_close", locale), MAX_TITLE),
        "blocks": [
            {"type": "section", "text": plain(sentence("form_done", locale), 3000)},
            {"type": "section", "text": plain(told, 3000)},
        ],
    }


def _line(locale: str, zone: ZoneInfo, one: AllowanceView) -> str:
    return sentence(
        "form_allowance_line_more" if one.extra else "form_allowance_line",
        locale,
        used=number_text(one.metric, one.used + one.held),
        amount=number_text(one.metric, one.amount),
        extra=number_text(one.metric, one.extra),
        back_at=moment(one.back_at.astimezone(zone).isoformat(), locale),
    )


def _form(callback_id: str, title: str, locale: str, blocks: list[dict[str, Any]]) -> View:
    return {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain(sentence(title, locale), MAX_TITLE),
        "submit": plain(sentence("form_save", locale), MAX_TITLE),
        "close": plain(sentence("form_close", locale), MAX_TITLE),
        "blocks": blocks,
    }


def _input(
    block: str, locale: str, element: dict[str, Any], *, is_optional: bool = True, hint: str = ""
) -> dict[str, Any]:
    return {
        "type": "input",
        "block_id": block,
        "optional": is_optional,
        "label": plain(sentence(f"form_{block}", locale), 2000),
        "element": element | {"action_id": block},
        **({"hint": plain(sentence(hint, locale), 2000)} if hint else {}),
    }


def _list(
    block: str, locale: str, entries: Sequence[tuple[str, str]], *, is_optional: bool = False
) -> dict[str, Any]:
    options = [option(value, label) for value, label in entries]
    element: dict[str, Any] = {"type": "static_select", "options": options}
    if not is_optional:
        element["initial_option"] = options[0]
    return _input(block, locale, element, is_optional=is_optional)


def _text(block: str, locale: str, *, hint: str, is_optional: bool, value: str = "") -> dict[str, Any]:
    element = {"type": "plain_text_input", "max_length": 64, **({"initial_value": value} if value else {})}
    return _input(block, locale, element, is_optional=is_optional, hint=hint)


# --- reading ------------------------------------------------------------------------------------------------


def read_allowance(view: Payload, workspace: WorkspaceId) -> AllowanceWish | FieldProblem:
    """A sent form for a limit or for more today."""
    values = Values(view)
    scope = _scope(values, workspace)
    if isinstance(scope, FieldProblem):
        return scope
    metric = Metric(values.chosen("metric") or Metric.PICTURES)
    typed, is_grant = values.typed("amount"), view.get("callback_id") == GRANT
    period = None if is_grant else Period(values.chosen("period") or Period.DAY)
    if not typed and not is_grant:
        return AllowanceWish(scope, metric, period, None)
    amount = typed_amount(typed, metric)
    return (
        FieldProblem("amount", "form_bad_amount")
        if amount is None
        else AllowanceWish(scope, metric, period, amount)
    )


def read_settings(view: Payload, workspace: WorkspaceId) -> WorkspaceChange:
    """A sent form for settings; a zone that is none is for the core to refuse."""
    values = Values(view)
    return WorkspaceChange(
        time_zone=values.typed("zone"),
        is_open_to_all=bool(objects(values.found("is_open"), "selected_options")),
        named_admins=tuple(
            actor_id(workspace, user) for user in texts(values.found("admins"), "selected_users")
        ),
    )


def _scope(values: Values, workspace: WorkspaceId) -> Scope | FieldProblem:
    kind = ScopeKind(values.chosen("for") or ScopeKind.WORKSPACE)
    if kind is ScopeKind.WORKSPACE:
        return Scope(kind, workspace)
    field = _WHICH[kind]
    key = _READS.get(field)
    named = values.chosen(field) if key is None else values.picked(field, key)
    if not named:
        return FieldProblem(field, f"form_needs_{field}")
    return Scope(kind, actor_id(workspace, named) if kind is ScopeKind.ACTOR else f"{workspace}/{named}")
