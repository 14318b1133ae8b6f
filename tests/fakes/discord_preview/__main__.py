"""Writes the pictures of all scenes into a folder."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

from adapters.discord.render import message
from adapters.sandbox_images import SandboxEngine
from core.domain.engine_profile import SANDBOX_MODEL
from core.domain.generation import GenerationPlan, GenerationRequest, GenerationResult, Quality
from tests.fakes.discord_preview.page import page
from tests.fakes.discord_preview.scenes import LIGHTHOUSE, SIZE, scenes

HEIGHTS = {"why": 700, "help": 900, "history": 620, "nasty": 420}
HEIGHT = 620


async def paint(folder: Path) -> None:
    """Four pictures, `a.png` to `d.png`."""
    engine = SandboxEngine()
    plan = GenerationPlan(SANDBOX_MODEL, LIGHTHOUSE, SIZE, Quality.LOW, count=4)
    made = await engine.generate(GenerationRequest(plan, actor_key="", attempt_key=""))
    engine.close()
    if not isinstance(made, GenerationResult):
        raise SystemExit(str(made))
    for letter, image in zip("abcd", made.images, strict=True):
        (folder / f"{letter}.png").write_bytes(image.content)


def photograph(browser: str, folder: Path) -> None:
    """Every scene in both lights."""
    for name, card in scenes().items():
        shown = message(card, guild="1")
        pictures = {file: f"{blob}.png" for blob, file in shown.names.items()}
        for light in ("light", "dark"):
            source = folder / f"{name}.{light}.html"
            html = page(shown.components, pictures, is_dark=light == "dark", in_thread=name != "result")
            source.write_text(html, encoding="utf-8")
            subprocess.run(
                [
                    browser,
                    "--headless",
                    "--no-sandbox",
                    "--hide-scrollbars",
                    f"--window-size=640,{HEIGHTS.get(name, HEIGHT)}",
                    f"--screenshot={folder / f'{name}.{light}.png'}",
                    source.as_uri(),
                ],
                check=True,
                capture_output=True,
            )


def main() -> None:
    """`python -m tests.fakes.discord_preview FOLDER`."""
    folder = Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    browser = next((path for name in ("chromium", "google-chrome") if (path := shutil.which(name))), None)
    if browser is None:
        problem = "install Chromium first"
        raise SystemExit(problem)
    asyncio.run(paint(folder))
    photograph(browser, folder)


main()
