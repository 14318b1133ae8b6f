"""A stand-in for OpenAI's image API that keeps the documented rules, and a bill.

Owns its own reading of the rules and prices: it shares no code with the program, so that the two
can disagree.
"""

from __future__ import annotations

from tests.fakes.openai_server.bill import Charge, read_bill
from tests.fakes.openai_server.running import ADMIN_KEY, KEY, FakeOpenAI
from tests.fakes.openai_server.scripts import Reply

__all__ = ["ADMIN_KEY", "KEY", "Charge", "FakeOpenAI", "Reply", "read_bill"]
