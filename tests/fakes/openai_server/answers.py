"""Finished work as the API sends it: the JSON answer and the events of a stream."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.fakes.openai_server.pictures import Wanted, paint
from tests.fakes.openai_server.pricing import Used, count_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.openai_server.rules import Job

CREATED_AT = 1_795_000_000
EVENT_PREFIX = {"generation": "image_generation", "edit": "image_edit"}
WRONG = {"png": "webp", "webp": "jpeg", "jpeg": "png"}


@dataclass(frozen=True, slots=True)
class Work:
    """A job being done: what it was told to do wrong, and what makes its pictures its own."""

    job: Job
    faults: dict[str, str]
    seed: str
    keep: Callable[[bytes, str], str]
    """Puts a file where a `url` can fetch it, and returns the address."""

    @property
    def made(self) -> int:
        """How many pictures come."""
        return max(1, self.job.count - 1) if "fewer_pictures" in self.faults else self.job.count

    @property
    def partials(self) -> int:
        """How many partial pictures come."""
        asked = self.job.partials if self.job.is_stream and "ignore_stream" not in self.faults else 0
        return max(0, asked - 1) if "fewer_partials" in self.faults else asked

    def used(self) -> Used:
        """What it is billed for."""
        job = self.job
        return count_use(
            model=job.model,
            quality=job.quality,
            size=job.size,
            prompt=job.prompt,
            inputs=list(job.input_sizes),
            made=self.made,
            partials=self.partials,
        )

    def picture(self, name: str) -> bytes:
        """The file of one picture of this job."""
        job = self.job
        width, height = (816, 816) if "other_size" in self.faults else job.size
        shape = WRONG[job.output_format] if "wrong_label" in self.faults else job.output_format
        has_alpha = job.background == "transparent" and shape != "jpeg"
        return paint(Wanted(width, height, shape, has_alpha, f"{self.seed} {name}", "heavy" in self.faults))


def _resolved(job: Job) -> dict[str, object]:
    return {
        "background": job.background,
        "output_format": job.output_format,
        "quality": job.quality,
        "size": f"{job.size[0]}x{job.size[1]}",
    }


def _picture_json(work: Work, name: str) -> dict[str, object]:
    content = work.picture(name)
    if "url" in work.faults:
        return {"url": work.keep(content, work.job.output_format)}
    text = base64.b64encode(content).decode()
    return {
        "b64_json": f"data:image/{work.job.output_format};base64,{text}"
        if "data_prefix" in work.faults
        else text
    }


def answer_json(work: Work) -> bytes:
    """The body of an answer that is not streamed."""
    pictures = [] if "no_picture" in work.faults else [_picture_json(work, f"{i}") for i in range(work.made)]
    answer: dict[str, object] = {"created": CREATED_AT, "data": pictures, **_resolved(work.job)}
    if "no_usage" not in work.faults:
        answer["usage"] = work.used().as_json(is_event=False)
    return json.dumps(answer).encode()


def partial_events(work: Work) -> Iterator[bytes]:
    """The partial pictures, as frames."""
    small = replace(
        work, faults={name: value for name, value in work.faults.items() if name == "data_prefix"}
    )
    for index in range(work.partials):
        name = f"{EVENT_PREFIX[work.job.kind]}.partial_image"
        yield frame(
            name,
            {
                "type": name,
                **_picture_json(small, f"partial {index}"),
                "partial_image_index": index,
                "created_at": CREATED_AT,
                **_resolved(work.job),
            },
        )


def completed_events(work: Work) -> Iterator[bytes]:
    """The finished pictures, as frames; the usage stands on the last."""
    name = f"{EVENT_PREFIX[work.job.kind]}.completed"
    for index in range(work.made):
        event = {
            "type": name,
            **_picture_json(work, f"{index}"),
            "created_at": CREATED_AT,
            **_resolved(work.job),
        }
        if index == work.made - 1 and "no_usage" not in work.faults:
            event["usage"] = work.used().as_json(is_event=True)
        yield frame(name, event)


def error_event(code: str) -> bytes:
    """An error after the answer began with 200."""
    error = {
        "message": "Something went wrong.",
        "type": "server_error",
        "param": None,
        "code": code or "server_error",
    }
    return frame("error", {"error": error})


def frame(name: str, data: object) -> bytes:
    """One server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data)}\n\n".encode()
