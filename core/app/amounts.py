"""Allowances in words: whose they are, how much they allow, how much of a metric something is. Pure.

Owns which sentence says which part; the sentences themselves are the wording's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.app.wording import dollars, sentence
from core.domain.quota import Metric, Scope, ScopeKind

if TYPE_CHECKING:
    from core.domain.quota import Period


def amount_text(metric: Metric, amount: int, locale: str) -> str:
    """`12 pictures`, `$3.50`."""
    if metric is Metric.MICROS:
        return dollars(amount)
    return sentence("amount_pictures", locale, amount=amount)


def number_text(metric: Metric, amount: int) -> str:
    """`12`, `$3.50`: for sentences that say themselves what is counted."""
    return dollars(amount) if metric is Metric.MICROS else str(amount)


def rate_text(metric: Metric, period: Period, amount: int, locale: str) -> str:
    """`12 pictures a day`, `$3.50 a month`."""
    shown = dollars(amount) if metric is Metric.MICROS else amount
    return sentence(f"rate_{metric.value}_{period.value}", locale, amount=shown)


def scope_text(kind: ScopeKind, name: str, locale: str) -> str:
    """Whose an allowance is, for people who are not in it: `Maria`, `the channel C123`, `the team`."""
    return sentence(f"scope_{kind.value}", locale, name=name)


def bare_name(scope: Scope) -> str:
    """The platform's own id of a channel or a group, the rest of its key left out."""
    return scope.key.rpartition("/")[2]
