"""Fixtures for the web platform's tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.web_platform import browser_of, open_web

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    import httpx

    from tests.fakes.web_platform import WebPlatform


@pytest.fixture
async def web(tmp_path: Path) -> AsyncIterator[WebPlatform]:
    """The platform, on a fresh database."""
    async with open_web(tmp_path / "web.sqlite") as platform:
        yield platform


@pytest.fixture
async def ada(web: WebPlatform) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has opened the page."""
    async with browser_of(web) as client:
        await client.get("/")
        yield client


@pytest.fixture
async def bob(web: WebPlatform) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody else who has opened the page."""
    async with browser_of(web) as client:
        await client.get("/")
        yield client
