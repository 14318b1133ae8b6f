"""The real engine: OpenAI's image models, and servers that speak like them.

The only place that imports the openai SDK. `OpenAIImages` is the Engine; `open_http` makes the
connection it is given; `OpenAIBilling` reads what all of it has cost.
"""

from __future__ import annotations

from adapters.openai_images.connection import open_http
from adapters.openai_images.costs import OpenAIBilling
from adapters.openai_images.engine import OpenAIImages
from adapters.openai_images.models import ModelStatus

__all__ = ["ModelStatus", "OpenAIBilling", "OpenAIImages", "open_http"]
