"""What the machine itself gives: the time and fresh ids. Knows nothing of what they are used for."""

from adapters.system.clock import SystemClock
from adapters.system.ids import SystemIds

__all__ = ["SystemClock", "SystemIds"]
