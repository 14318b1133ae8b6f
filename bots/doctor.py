"""`inkthread doctor`: looks at everything a running Inkthread needs and says what to do about each finding.

Owns the checks. Makes nothing but what a start would make (the data folder with the key for cookies) and one
probe file in the storage, and spends nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from adapters.blobs import open_blobs
from adapters.database import check_schema, open_database
from adapters.openai_images import ModelStatus, OpenAIImages, open_http
from adapters.picture_tools import PillowTools
from adapters.system import SystemClock
from bots.books import WHAT_TO_DO
from bots.findings import Finding, Level
from bots.web_bot import LOOPBACK, is_shown_to_others
from bots.wiring import open_billing
from core.app.billing import BillingFault
from core.app.errors import InkthreadError, SettingsFault
from core.domain.engine_profile import EngineFamily, profile_for
from core.domain.generation import Failure, FailureKind
from core.domain.ids import BlobKey

if TYPE_CHECKING:
    from bots.settings import Settings

SOON = timedelta(days=60)


async def examine(settings: Settings, *, today: date | None = None) -> list[Finding]:
    """All findings, in the order in which one would mend them."""
    day = today or datetime.now(UTC).date()
    return [
        _secret(settings),
        await _database(settings),
        await _storage(settings),
        *await _model(settings, day),
        *await _books(settings, day),
        _page(settings),
        *await _slack(settings),
        *await _discord(settings),
    ]


def told(findings: list[Finding]) -> str:
    """The findings as text for a terminal."""
    lines = [
        f"{finding.level.value:>6}  {finding.what}"
        + (f"\n        → {finding.to_do}" if finding.to_do else "")
        for finding in findings
    ]
    wrong = sum(finding.is_wrong for finding in findings)
    end = {0: "Everything that is needed is there.", 1: "One thing has to be mended first."}.get(
        wrong, f"{wrong} things have to be mended first."
    )
    return "\n".join([*lines, "", end])


def _secret(settings: Settings) -> Finding:
    if settings.encryption_key is not None:
        return Finding(Level.FINE, "ENCRYPTION_KEY is set.")
    try:
        settings.secret_for_cookies()
    except InkthreadError as fault:
        return Finding(Level.WRONG, "No key for cookies and tokens.", str(fault))
    return Finding(Level.FINE, f"A key for cookies is kept beside the data, in {settings.data_folder}.")


async def _database(settings: Settings) -> Finding:
    kind = "SQLite" if settings.is_sqlite else "Postgres"
    if settings.is_sqlite and settings.sqlite_file is not None and not settings.sqlite_file.exists():
        return Finding(
            Level.LOOK, "There is no SQLite database yet.", "`inkthread demo` or `serve` makes it."
        )
    database = None
    try:
        database = open_database(settings.database_url, SystemClock())
        await check_schema(database)
    except SettingsFault as fault:
        return Finding(Level.WRONG, "DATABASE_URL names no database that can be used.", str(fault))
    except InkthreadError as fault:
        return Finding(Level.WRONG, f"The {kind} database cannot be used.", _sentence(str(fault)))
    finally:
        if database is not None:
            await database.close()
    return Finding(Level.FINE, f"The {kind} database answers and has this version's schema.")


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."


async def _storage(settings: Settings) -> Finding:
    content = secrets.token_bytes(32)
    key = BlobKey(f"doctor/{hashlib.sha256(content).hexdigest()}")
    try:
        blobs = open_blobs(settings.storage_url)
        await blobs.put(key, content)
        is_same = await blobs.get(key) == content
        await blobs.delete(key)
    except InkthreadError as fault:
        return Finding(
            Level.WRONG,
            "The picture storage does not work.",
            f"{fault} Check STORAGE_URL, its rights and its free space.",
        )
    if not is_same:
        return Finding(
            Level.WRONG, "The picture storage gives back other bytes than it was given.", "Check STORAGE_URL."
        )
    return Finding(Level.FINE, "The picture storage can be written, read and cleaned.")


async def _model(settings: Settings, today: date) -> list[Finding]:
    if settings.openai_api_key is None:
        return [
            Finding(
                Level.LOOK,
                "No OPENAI_API_KEY: pictures come from the sandbox, which is free and no real model.",
                "Set OPENAI_API_KEY for real pictures.",
            )
        ]
    profile = profile_for(settings.image_model)
    findings = [_retirement(settings.image_model, profile.retires_on, today)]
    if profile.family is EngineFamily.COMPATIBLE:
        findings.append(
            Finding(
                Level.LOOK,
                f"{settings.image_model} is not a model whose prices and limits are known here.",
                "Its abilities are taken to be modest and its prices those of gpt-image-2; check them.",
            )
        )
    findings.append(await _listed(settings, today))
    return findings


def _retirement(model: str, retires_on: date | None, today: date) -> Finding:
    if retires_on is None:
        return Finding(Level.FINE, f"No end is announced for {model}, as far as this version knows.")
    if retires_on <= today:
        return Finding(Level.WRONG, f"{model} was shut down on {retires_on}.", "Set IMAGE_MODEL=gpt-image-2.")
    level = Level.LOOK if retires_on - today < SOON else Level.FINE
    return Finding(level, f"{model} will be shut down on {retires_on}.", "Plan the change of IMAGE_MODEL.")


async def _listed(settings: Settings, today: date) -> Finding:
    if settings.openai_api_key is None:
        return Finding(Level.LOOK, "No key to ask with.")
    http, tools = open_http(), PillowTools()
    try:
        engine = OpenAIImages(
            api_key=settings.openai_api_key, base_url=settings.openai_base_url, http=http, sniff=tools.probe
        )
        status = await engine.model_status(settings.image_model)
    finally:
        tools.close()
        await http.aclose()
    if isinstance(status, Failure):
        return _refused(status, settings)
    return _status(status, settings, today)


def _status(status: ModelStatus, settings: Settings, today: date) -> Finding:
    if not status.is_listed:
        return Finding(
            Level.WRONG,
            f"The server at {settings.openai_base_url} does not list {settings.image_model}.",
            "Check IMAGE_MODEL, and that the key's project may use it.",
        )
    if status.shutdown_date is not None:
        return _retirement(settings.image_model, status.shutdown_date, today)
    return Finding(Level.FINE, f"The key works, and the server lists {settings.image_model}.")


def _refused(failure: Failure, settings: Settings) -> Finding:
    match failure.kind:
        case FailureKind.KEY_REFUSED:
            return Finding(
                Level.WRONG,
                "The key is refused.",
                "Check OPENAI_API_KEY; it needs the right to list models, and the organisation may have to "
                "be verified.",
            )
        case FailureKind.UNREACHABLE | FailureKind.NO_ANSWER | FailureKind.BROKEN_OFF:
            return Finding(
                Level.WRONG,
                f"The server at {settings.openai_base_url} cannot be reached.",
                "Check the network of this machine, OPENAI_BASE_URL, and any proxy between.",
            )
        case FailureKind.OUT_OF_MONEY:
            return Finding(Level.WRONG, "The account has no credit left.", "Add credit at the provider.")
        case _:
            return Finding(
                Level.LOOK, f"Asking about the model failed ({failure.kind.value}).", "Try again in a while."
            )


async def _books(settings: Settings, today: date) -> list[Finding]:
    """Whether the real bill can be read, where the operator wants that."""
    yesterday = today - timedelta(days=1)
    try:
        async with open_billing(settings) as billing:
            if billing is None:
                return []
            answer = await billing.spent(yesterday, yesterday)
    except SettingsFault as fault:
        return [Finding(Level.WRONG, "There is no way to read the bill.", str(fault))]
    if isinstance(answer, BillingFault):
        return [
            Finding(Level.LOOK, f"The bill cannot be read ({answer.detail}).", WHAT_TO_DO[answer.kind]),
        ]
    whose = "the project's" if settings.openai_project_id else "the whole organisation's"
    to_do = "" if settings.openai_project_id else "Name the project of the key in OPENAI_PROJECT_ID."
    return [Finding(Level.FINE, f"The admin key works; the ledger is held against {whose} bill.", to_do)]


def _page(settings: Settings) -> Finding:
    if settings.host in LOOPBACK and is_shown_to_others(settings) and settings.web_password is None:
        return Finding(
            Level.WRONG,
            f"PUBLIC_URL is {settings.public_url} and there is no WEB_PASSWORD: Inkthread will not start.",
            "Set WEB_PASSWORD.",
        )
    if settings.host in LOOPBACK:
        return Finding(Level.FINE, f"The page is for this machine only, on port {settings.port}.")
    if settings.web_password is None:
        return Finding(
            Level.WRONG,
            f"HOST is {settings.host} and there is no WEB_PASSWORD, so Inkthread will refuse to start.",
            "Set WEB_PASSWORD, or leave HOST at 127.0.0.1.",
        )
    return Finding(Level.FINE, f"The page is served on {settings.host}:{settings.port} behind a password.")


async def _slack(settings: Settings) -> list[Finding]:
    if not settings.has_slack and settings.slack_app_token is None and settings.slack_signing_secret is None:
        return []
    # Its framework takes long to import, which nobody who has no credentials should wait for.
    from bots import slack_doctor  # noqa: PLC0415 - see above

    return await slack_doctor.examine(settings)


async def _discord(settings: Settings) -> list[Finding]:
    if settings.discord_token is None:
        return []
    # Its library takes long to import, which nobody who has no token should wait for.
    from bots import discord_doctor  # noqa: PLC0415 - see above

    return await discord_doctor.examine(settings)
