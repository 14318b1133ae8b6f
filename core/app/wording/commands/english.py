"""What stands on commands and menus, in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_edit": "edit",
        "name_quota": "quota",
        "name_gallery": "gallery",
        "name_settings": "settings",
        "name_help": "help",
        "name_forget": "forget",
        "name_show": "show",
        "name_limit": "limit",
        "name_more": "more",
        "name_server": "server",
        "name_usage": "usage",
        "name_days": "days",
        "name_prompt": "prompt",
        "name_change": "change",
        "name_version": "version",
        "name_aspect": "aspect",
        "name_size": "size",
        "name_quality": "quality",
        "name_count": "count",
        "name_background": "background",
        "name_format": "format",
        "name_image": "image",
        "name_what": "what",
        "about_imagine": "Make a picture and open a thread; every reply in it edits the picture",
        "about_edit": "Change the last picture of this thread, or another version of it",
        "about_quota": "See how many pictures you have left, and when there are more",
        "about_gallery": "See your latest pictures, and the threads they are in",
        "about_settings": "See what is set for this server; admins change it",
        "about_help": "See what you can say and do here",
        "about_forget": "Delete pictures and words for good; you are asked once more before",
        "about_show": "What is set, who may change it, and who changed what",
        "about_limit": "For admins: set a limit for a member, a role, a channel or the server",
        "about_more": "For admins: give more in the day, week or month that runs",
        "about_server": "For admins: time zone, others’ buttons, who else is an admin",
        "about_usage": "For admins: who made how many pictures, and what they cost",
        "about_days": "How many days back, 30 unless you say",
        "about_prompt": "What you want to see; words in quotes are drawn as text",
        "about_change": "What should change; everything else stays as it is",
        "about_version": "Which version to start from; the last one unless you say",
        "about_aspect": "Width to height, such as 16:9, or square, portrait, wide",
        "about_size": "How large; 4K costs most",
        "about_quality": "Low is quick and cheap, high is slow and dear",
        "about_count": "How many different pictures",
        "about_background": "Whether the background is transparent",
        "about_format": "The kind of file",
        "about_image": "A picture to go by",
        "about_what": "What is to be forgotten",
        "choice_quality_low": "Low",
        "choice_quality_medium": "Medium",
        "choice_quality_high": "High",
        "choice_transparent": "Transparent",
        "choice_forget_this": "The last picture of this thread",
        "choice_forget_thread": "This whole thread",
        "choice_forget_me": "Everything about me",
        "menu_edit": "Edit this picture",
        "menu_reference": "Use as reference",
        "menu_why": "Why does it look so?",
        "said_unknown_button": "This button is from another version of Inkthread. Say in words what you "
        "want, such as “again”.",
        "said_form_lost": "This form has become too old. Nothing was spent; please open it once more.",
        "said_edit_where": "There is no picture of mine here to change. Use this in a picture’s thread, or "
        "answer the picture.",
        "said_not_ours": "There is no picture of mine in this message.",
        "said_hint_replies": "I cannot read plain replies here. To change the picture, answer it with the "
        "ping left on, mention me, or press “Edit…”.",
        "label_whom": "Member or role",
        "label_whom_hint": "Empty: the channel below, or else the whole server together",
        "label_channel": "Channel",
        "choice_not_open": "Only the one who asked may press the buttons",
        "said_saved": "Saved.",
    }
)
