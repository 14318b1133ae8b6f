"""The part of Discord's markdown that matters here, as HTML: only what is not escaped means something."""

from __future__ import annotations

import re
from html import escape

_TOKEN = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|\*\*(?P<bold>.+?)(?<!\\)\*\*"
    r"|(?<![\w\\])\*(?P<italic>[^*\s][^*]*?)\*"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\(<(?P<address>[^>]+)>\)"
    r"|(?P<mention><@[!&]?\d+>|@everyone|@here)"
    r"|(?P<link>https?://\S+)"
)


def html_of(text: str) -> str:
    """Block by block: code, quotes, small print, plain lines."""
    found: list[str] = []
    for piece in re.split(r"(```\n.*?\n```)", text, flags=re.DOTALL):
        if piece.startswith("```\n"):
            found.append(f"<pre>{escape(piece[4:-4])}</pre>")
        else:
            found += [_line(line) for line in piece.split("\n") if line.strip()]
    return "".join(found)


def _line(line: str) -> str:
    for mark, tag in (("> ", "blockquote"), ("-# ", "small")):
        if line.startswith(mark):
            return f"<{tag}>{_inline(line.removeprefix(mark))}</{tag}>"
    return f"<p>{_inline(line)}</p>"


def _inline(text: str) -> str:
    found, at = "", 0
    for token in _TOKEN.finditer(text):
        found += escape(text[at : token.start()]) + _token(token)
        at = token.end()
    return found + escape(text[at:])


def _token(token: re.Match[str]) -> str:
    match token.lastgroup:
        case "sign":
            return escape(token["sign"])
        case "bold":
            return f"<b>{_inline(token['bold'])}</b>"
        case "italic":
            return f"<i>{_inline(token['italic'])}</i>"
        case "address":
            return f'<a href="#">{_inline(token["words"])}</a>'
        case "mention":
            return f"<mark>{escape(token['mention'])}</mark>"
        case _:
            return f'<a href="#">{escape(token[0])}</a>'
