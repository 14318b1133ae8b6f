"""What a call uses and costs, counted by the published formula and apart from the program."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.openai_server.models import (
    LIVING,
    MICROS_PER_INPUT_IMAGE_TOKEN,
    MICROS_PER_OUTPUT_IMAGE_TOKEN,
    MICROS_PER_TEXT_TOKEN,
    TOKENS_A_PARTIAL,
)


def output_tokens(model: str, quality: str, width: int, height: int) -> int:
    """Tokens of one finished picture: the integer formula of OpenAI's page calculator.

    For the 2.6 models no formula is published; low and medium are taken as three times those of 2.5.
    """
    known = LIVING[model]
    factor = known.factors[quality]
    longer, shorter = max(width, height), min(width, height)
    scaled = (2 * factor * shorter + longer) // (2 * longer)
    whole, rest = divmod(factor * scaled * (2_000_000 + width * height), 4_000_000)
    return (whole + (1 if rest else 0)) * known.multipliers.get(quality, 1)


def input_picture_tokens(width: int, height: int) -> int:
    """Tokens of one picture that is sent: 1,024 a megapixel (1024 x 1024), between 1,020 and 1,530."""
    return min(1_530, max(1_020, -(-1_024 * width * height // 1_048_576)))


def text_tokens(prompt: str) -> int:
    """Tokens of the words: one for three bytes of UTF-8, which is about what real text uses at most."""
    return -(-len(prompt.encode()) // 3)


@dataclass(frozen=True, slots=True)
class Used:
    """Tokens of one call."""

    text_in: int
    pictures_in: int
    pictures_out: int

    @property
    def cost_micros(self) -> int:
        """The price in millionths of a dollar."""
        return (
            self.text_in * MICROS_PER_TEXT_TOKEN
            + self.pictures_in * MICROS_PER_INPUT_IMAGE_TOKEN
            + self.pictures_out * MICROS_PER_OUTPUT_IMAGE_TOKEN
        )

    def as_json(self, *, is_event: bool) -> dict[str, object]:
        """The `usage` object; in stream events it has no `output_tokens_details`."""
        counted: dict[str, object] = {
            "input_tokens": self.text_in + self.pictures_in,
            "input_tokens_details": {"text_tokens": self.text_in, "image_tokens": self.pictures_in},
            "output_tokens": self.pictures_out,
            "total_tokens": self.text_in + self.pictures_in + self.pictures_out,
        }
        if not is_event:
            counted["output_tokens_details"] = {"image_tokens": self.pictures_out, "text_tokens": 0}
        return counted


def count_use(  # noqa: PLR0913 - the price depends on all of them
    *,
    model: str,
    quality: str,
    size: tuple[int, int],
    prompt: str,
    inputs: list[tuple[int, int]],
    made: int,
    partials: int,
) -> Used:
    """What a call used that made so many pictures and sent so many partial ones."""
    each = output_tokens(model, quality, *size)
    return Used(
        text_in=text_tokens(prompt),
        pictures_in=sum(input_picture_tokens(*one) for one in inputs),
        pictures_out=made * each + partials * TOKENS_A_PARTIAL,
    )
