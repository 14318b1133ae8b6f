"""The log: structlog behind the `Reports` port.

Owns the format of the log and the last net that keeps secrets out of it. Whatever else logs in this
process (a library) goes through the same net.
"""

from __future__ import annotations

from adapters.logs.structured import LogReports, configure_logs

__all__ = ["LogReports", "configure_logs"]
