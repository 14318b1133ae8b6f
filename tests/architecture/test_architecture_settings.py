""".env.example and the Settings class say the same: names, defaults, and what is secret."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

from pydantic import AliasChoices, SecretStr

from bots.settings import Settings
from tests.architecture.source_tree import ROOT

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

ASSIGNMENT = re.compile(r"^(?P<is_off># ?)?(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)$", re.MULTILINE)


def example() -> dict[str, str]:
    """What .env.example assigns, commented out or not."""
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    return {match["name"]: match["value"].strip() for match in ASSIGNMENT.finditer(text)}


def variable(name: str, field: FieldInfo) -> str:
    """The environment variable that a field is read from; the first, where there are several."""
    alias = field.validation_alias
    match alias:
        case str():
            return alias.upper()
        case AliasChoices():
            return str(alias.choices[0]).upper()
        case _:
            return f"{Settings.model_config.get('env_prefix') or ''}{name}".upper()


def settings_fields() -> dict[str, FieldInfo]:
    """Every setting by the name of its variable."""
    return {variable(name, field): field for name, field in Settings.model_fields.items()}


def spelled(default: object) -> str:
    """A default as one would write it into the environment."""
    match default:
        case None | SecretStr():
            return ""
        case bool():
            return str(default).lower()
        case float():
            return f"{default:g}"
        case PurePath():
            return default.as_posix()
        case _:
            return str(default)


def test_the_example_lists_exactly_the_settings() -> None:
    """Nothing can be set that .env.example does not show, and it shows nothing that does not exist."""
    assert set(example()) == set(settings_fields())


def test_the_example_shows_the_real_defaults() -> None:
    """What .env.example writes behind each name is the default, and nothing where there is none."""
    fields = settings_fields()
    shown = {name: value for name, value in example().items() if name in fields}
    real = {name: spelled(fields[name].get_default(call_default_factory=True)) for name in shown}
    assert shown == real


def test_every_setting_is_explained() -> None:
    """Each assignment in .env.example stands below a comment in words."""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    is_explained = False
    bare = []
    for line in lines:
        if not line.strip():
            is_explained = False
        elif match := ASSIGNMENT.match(line):
            bare += [] if is_explained else [match["name"]]
        else:
            is_explained = line.startswith("# ")
    assert bare == []


def test_what_is_secret_is_masked() -> None:
    """Tokens, keys, passwords and secrets are of a type that never prints itself."""
    secret_words = ("TOKEN", "PASSWORD", "SECRET", "API_KEY", "ENCRYPTION_KEY")
    open_ones = [
        name
        for name, field in settings_fields().items()
        if name.endswith(secret_words) and "SecretStr" not in repr(field.annotation)
    ]
    assert open_ones == []
