"""The sentences about the account in English."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "“quota” says what is left for you and when it is back.",
        "admins_only": "Only an admin of this team can do that. The settings say who they are.",
        "not_your_scope": "This limit is not one of this team, so it cannot be changed here.",
        "bad_amount": "{amount} cannot be set as a limit or given. Write a number that is not negative "
        "and not huge.",
        "nothing_to_grant": "There is no such limit here, so there is nothing to give more of. Set a "
        "limit first.",
        "bad_time_zone": "There is no time zone “{zone}”. Write one like Europe/Berlin or Asia/Tokyo.",
        "bad_admins": "Only people of this team can be named as admins, and at most {limit} of them.",
        "waiting_period": "The safety system has refused {count} of your requests within a day, so "
        "nothing new is made for you until {until}. Nothing was spent. Your pictures stay, and looking at "
        "them works.",
        "prompt_unknown_service": "“{subject}” is not something that can be asked here. {meant}Say “help” "
        "to see what can. Here: {place}",
        "prompt_bad_days": "{subject} is not a number of days that can be looked back: 1 to 366. "
        "{meant}Here: {place}",
        # --- what is left, and what was spent ---
        "quota_text": "What is left for you",
        "quota_line": "{left} of {most} left in {whose}; {used} used. It begins anew on {back_at}.",
        "quota_line_held": "{left} of {most} left in {whose}; {used} used, {held} held for what is being "
        "made. It begins anew on {back_at}.",
        "quota_extra": "{line} Until then this includes {extra} more than usual.",
        "usage_text": "Who spent what in the last {days} days",
        "usage_text_one": "Who spent what today",
        "usage_line": "{name}: {price}, {pictures}",
        "usage_more": "And {count} more people.",
        "usage_total": "Together {price} for {pictures}",
        "usage_total_lost": "Together {price} for {pictures}, and {lost} that was billed for nothing and "
        "to nobody",
        "usage_nothing": "Nothing was made and nothing was spent.",
        "alt_usage": "Bars of what each person spent a day, over {days} days",
        "chart_others": "others",
        "chart_written_off": "written off",
        # --- pictures, and what is set ---
        "gallery_text": "Your latest pictures",
        "gallery_nothing": "You have not made a picture here yet. Begin one with /imagine.",
        "gallery_line": "{number} · {head}: {text}",
        "alt_gallery": "Your latest pictures, numbered",
        "settings_text": "What is set here",
        "settings_zone": "Time zone: {zone}",
        "settings_open": "Anybody may press another person's buttons, and then pays for it.",
        "settings_closed": "Only who asked for a picture may press its buttons that cost something.",
        "settings_admins": "Admins: {names}",
        "settings_no_admins": "No admin has been seen here yet.",
        "settings_everybody": "Pictures a day for everybody without a limit of their own: {amount}",
        "settings_limit": "Limit for {whose}: {rate}",
        "settings_changes": "Last changes",
        # --- who changed what ---
        "audit_line": "{at}, {name}: {what}",
        "audit_operator": "whoever runs Inkthread",
        "audit_limit": "limit for {whose} set to {rate}",
        "audit_limit_removed": "limit for {whose} removed",
        "audit_grant": "{amount} more for {whose}, for the time being",
        "audit_admin_named": "{admin} named as an admin",
        "audit_admin_dropped": "{admin} is no named admin any more",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "the group {name}",
        "scope_channel": "the channel {name}",
        "scope_workspace": "the team",
        "scope_installation": "this whole Inkthread",
        "amount_pictures": "{amount} pictures",
        "amount_pictures_one": "1 picture",
        "rate_pictures_day": "{amount} pictures a day",
        "rate_pictures_day_one": "1 picture a day",
        "rate_pictures_week": "{amount} pictures a week",
        "rate_pictures_week_one": "1 picture a week",
        "rate_pictures_month": "{amount} pictures a month",
        "rate_pictures_month_one": "1 picture a month",
        "rate_micros_day": "{amount} a day",
        "rate_micros_week": "{amount} a week",
        "rate_micros_month": "{amount} a month",
        # --- what admins are told ---
        "admin_share": "For admins: {share} % of the limit for {whose} is used, {used} of {rate}. It "
        "begins anew on {back_at}.",
        "admin_out_of_money": "For admins: the account that pays for pictures has no money left, so no "
        "pictures are made. The person who runs Inkthread has to add credit.",
        "admin_key_refused": "For admins: the image service refuses our key, so no pictures are made. The "
        "person who runs Inkthread has to check OPENAI_API_KEY.",
        "admin_moderated": "For admins: the safety system has refused {count} requests of {name} within a "
        "day. {name} has to wait before anything new is made; nothing was charged.",
    }
)
