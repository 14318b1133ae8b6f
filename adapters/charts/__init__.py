"""Charts for people who pay: matplotlib, and nothing else imports it.

Owns how spending looks. Must never learn where the numbers come from.
"""

from __future__ import annotations

from adapters.charts.pool import ThreadedCharts

__all__ = ["ThreadedCharts"]
