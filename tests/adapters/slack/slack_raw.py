"""Plain HTTP against the fake, so that its rules are tried without the SDK's good manners."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    import aiohttp

    from tests.fakes.slack_server import FakeSlack

Json = dict[str, Any]


@dataclass(slots=True)
class Answer:
    """What came back."""

    status: int
    body: Json
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def error(self) -> str:
        """The code, or `ok`."""
        return "ok" if self.body.get("ok") else str(self.body.get("error"))

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - JSON
        """A field of the body."""
        return self.body[name]


@dataclass(slots=True)
class Raw:
    """Calls methods as somebody with that token would."""

    slack: FakeSlack
    http: aiohttp.ClientSession
    token: str

    async def __call__(self, method: str, **args: object) -> Answer:
        """POST arguments as JSON where the method reads it, else as a form; None leaves an argument out."""
        told = {name: value for name, value in args.items() if value is not None}
        if method.startswith(("files.get", "files.info", "oauth", "users.", "usergroups.", "team.")):
            return await self.form(method, **told)
        if method.startswith("conversations.") and method not in {"conversations.join", "conversations.open"}:
            return await self.form(method, **told)
        return await self.send(method, json=told)

    async def form(self, method: str, **args: object) -> Answer:
        """POST arguments as a form."""
        return await self.send(method, data=_flat(args))

    async def query(self, method: str, *, verb: str = "GET", **args: object) -> Answer:
        """Arguments in the query, as the SDK does on GET and on POST."""
        return await self.send(method, verb=verb, params=_flat(args))

    async def send(self, method: str, *, verb: str = "POST", **request: Any) -> Answer:  # noqa: ANN401 - aiohttp's own
        """One request as it is, with the token if there is one."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        url = self.slack.base_url + method
        async with self.http.request(verb, url, headers=headers, **request) as response:
            return Answer(response.status, await response.json(), dict(response.headers))

    async def upload(self, content: bytes, name: str = "boat.png", **args: object) -> str:
        """The first two steps of an upload; the id of the file."""
        promised = await self("files.getUploadURLExternal", filename=name, length=len(content), **args)
        async with self.http.post(promised["upload_url"], data=content) as response:
            assert response.status == 200, await response.text()
        return str(promised["file_id"])

    async def complete(self, *files: str, **args: object) -> Answer:
        """The third step."""
        named = [{"id": file, "title": "A boat"} for file in files]
        return await self("files.completeUploadExternal", files=named, **args)


def _flat(args: dict[str, object]) -> dict[str, str]:
    return {
        name: json.dumps(value) if isinstance(value, list | dict) else str(value)
        for name, value in args.items()
    }


def png(colour: tuple[int, int, int] = (200, 30, 60), *, shape: str = "PNG") -> bytes:
    """A small picture."""
    file = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(file, shape)
    return file.getvalue()


def words(text: str = "hello") -> Json:
    """A section with words."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def button(text: str = "Again", **more: object) -> Json:
    """A button."""
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": "again", **more}
