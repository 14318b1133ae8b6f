"""How long and how many: Block Kit's documented limits as tables (Slack, 2026-11)."""

from __future__ import annotations

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}

NEEDED: dict[str, tuple[str, ...]] = {
    "actions": ("elements",),
    "alert": ("text",),
    "card": (),
    "carousel": ("elements",),
    "container": ("child_blocks",),
    "context": ("elements",),
    "context_actions": ("elements",),
    "data_table": (),
    "divider": (),
    "file": ("external_id", "source"),
    "header": ("text",),
    "image": ("alt_text",),
    "input": ("element", "label"),
    "markdown": ("text",),
    "plan": ("title",),
    "rich_text": ("elements",),
    "section": (),
    "table": ("rows",),
    "task_card": ("task_id", "title", "status"),
    "video": ("alt_text", "title", "video_url", "thumbnail_url"),
}
"""Every block type there is, and what it cannot be without."""

NOT_IN_MESSAGES = frozenset({"alert", "file_input"})
"""Both stand in modals only; the published shapes let them pass in messages (slack.md 11 and 12.5)."""

NOT_IN_UPLOADS = NOT_IN_MESSAGES | {"markdown"}
"""With a shared file a markdown block is an `internal_error` (python-slack-sdk#1756, 2026-09)."""

BUTTON_EXTRAS = frozenset({"visible_to_user_ids", "agent_prompt", "agent_prompt_display"})
"""What buttons take although the published shapes lag behind (slack_sdk 3.47)."""

LENGTHS: dict[str, dict[str, int]] = {
    "actions": {"block_id": 255},
    "button": {"text": 75, "value": 2000, "action_id": 255, "url": 3000, "accessibility_label": 75},
    "card": {"title": 150, "subtitle": 150, "body": 200, "block_id": 255},
    "carousel": {"block_id": 255},
    "container": {"title": 150, "subtitle": 150, "block_id": 255},
    "context": {"block_id": 255},
    "header": {"text": 150, "block_id": 255},
    "image": {"alt_text": 2000, "image_url": 3000, "title": 2000, "block_id": 255},
    "input": {"label": 2000, "hint": 2000, "block_id": 255},
    "markdown": {"text": 12_000, "block_id": 255},
    "option": {"text": 75, "value": 150, "description": 75},
    "overflow": {"action_id": 255},
    "plain_text_input": {"placeholder": 150, "action_id": 255},
    "plan": {"title": 200, "block_id": 255},
    "section": {"text": 3000, "block_id": 255},
    "static_select": {"placeholder": 150, "action_id": 255},
}
"""Characters at most, by the type of the part."""

TEXT_KINDS: dict[tuple[str, str], frozenset[str]] = {
    ("button", "text"): frozenset({"plain_text"}),
    ("header", "text"): frozenset({"plain_text"}),
    ("image", "title"): frozenset({"plain_text"}),
    ("input", "hint"): frozenset({"plain_text"}),
    ("input", "label"): frozenset({"plain_text"}),
    ("plain_text_input", "placeholder"): frozenset({"plain_text"}),
    ("static_select", "placeholder"): frozenset({"plain_text"}),
}
"""Where only plain text may stand."""

COUNTS: dict[str, dict[str, tuple[int, int]]] = {
    "actions": {"elements": (1, 25)},
    "button": {"visible_to_user_ids": (1, 10)},
    "carousel": {"elements": (1, 10)},
    "checkboxes": {"options": (1, 10)},
    "container": {"child_blocks": (1, 10)},
    "context": {"elements": (1, 10)},
    "context_actions": {"elements": (1, 5)},
    "file_input": {"max_files": (1, 10)},
    "icon_button": {"visible_to_user_ids": (1, 10)},
    "overflow": {"options": (1, 5)},
    "plain_text_input": {"max_length": (1, 3000)},
    "radio_buttons": {"options": (1, 10)},
    "section": {"fields": (1, 10)},
    "static_select": {"options": (1, 100)},
}
"""Fewest and most, by the type of the part."""
