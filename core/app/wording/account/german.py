"""The sentences about the account in German."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

ACCOUNT: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- answers ---
        "help_account": "„kontingent“ sagt, was dir bleibt und wann es wieder voll ist.",
        "admins_only": "Das kann nur ein Admin dieses Teams. Wer das ist, steht in den Einstellungen.",
        "not_your_scope": "Dieses Limit gehört nicht zu diesem Team und lässt sich hier nicht ändern.",
        "bad_amount": "{amount} lässt sich nicht als Limit setzen oder vergeben. Schreib eine Zahl, die "
        "nicht negativ und nicht riesig ist.",
        "nothing_to_grant": "So ein Limit gibt es hier nicht, also lässt sich nichts dazugeben. Setz "
        "zuerst ein Limit.",
        "bad_time_zone": "Die Zeitzone „{zone}“ gibt es nicht. Schreib eine wie Europe/Berlin oder "
        "Asia/Tokyo.",
        "bad_admins": "Als Admins lassen sich nur Leute aus diesem Team benennen, höchstens {limit}.",
        "waiting_period": "Das Sicherheitssystem hat innerhalb eines Tages {count} deiner Anfragen "
        "abgelehnt. Deshalb entsteht für dich bis {until} nichts Neues. Es wurde nichts ausgegeben. Deine "
        "Bilder bleiben, und ansehen kannst du sie.",
        "prompt_unknown_service": "Nach „{subject}“ lässt sich hier nicht fragen. {meant}Schreib „hilfe“, "
        "um zu sehen, wonach schon. Hier: {place}",
        "prompt_bad_days": "{subject} Tage lassen sich nicht zurückblicken: 1 bis 366. {meant}Hier: {place}",
        # --- what is left, and what was spent ---
        "quota_text": "Was dir bleibt",
        "quota_line": "{whose}: noch {left} von {most}, verbraucht {used}. Beginnt neu am {back_at}.",
        "quota_line_held": "{whose}: noch {left} von {most}, verbraucht {used}, reserviert für das, was "
        "gerade entsteht: {held}. Beginnt neu am {back_at}.",
        "quota_extra": "{line} Bis dahin sind das {extra} mehr als sonst.",
        "usage_text": "Wer in den letzten {days} Tagen was ausgegeben hat",
        "usage_text_one": "Wer heute was ausgegeben hat",
        "usage_line": "{name}: {price} für {pictures}",
        "usage_more": "Weitere Personen: {count}.",
        "usage_total": "Zusammen {price} für {pictures}",
        "usage_total_lost": "Zusammen {price} für {pictures}, dazu {lost}, die für nichts berechnet "
        "wurden und niemandem angerechnet werden",
        "usage_nothing": "Es wurde nichts erstellt und nichts ausgegeben.",
        "alt_usage": "Balken der Ausgaben pro Person und Tag, über {days} Tage",
        "chart_others": "andere",
        "chart_written_off": "abgeschrieben",
        # --- pictures, and what is set ---
        "gallery_text": "Deine neuesten Bilder",
        "gallery_nothing": "Du hast hier noch kein Bild erstellt. Beginne eins mit /imagine.",
        "gallery_line": "{number} · {head}: {text}",
        "alt_gallery": "Deine neuesten Bilder, nummeriert",
        "settings_text": "Was hier eingestellt ist",
        "settings_zone": "Zeitzone: {zone}",
        "settings_open": "Alle dürfen die Knöpfe anderer drücken und zahlen dann selbst.",
        "settings_closed": "Knöpfe, die etwas kosten, darf nur drücken, wer das Bild bestellt hat.",
        "settings_admins": "Admins: {names}",
        "settings_no_admins": "Hier wurde noch kein Admin gesehen.",
        "settings_everybody": "Bilder pro Tag für alle ohne eigenes Limit: {amount}",
        "settings_limit": "Limit für {whose}: {rate}",
        "settings_changes": "Letzte Änderungen",
        # --- who changed what ---
        "audit_line": "{at} – {name}: {what}",
        "audit_operator": "wer Inkthread betreibt",
        "audit_limit": "Limit für {whose} auf {rate} gesetzt",
        "audit_limit_removed": "Limit für {whose} entfernt",
        "audit_grant": "{amount} mehr für {whose}, vorübergehend",
        "audit_admin_named": "{admin} als Admin benannt",
        "audit_admin_dropped": "{admin} ist nicht mehr als Admin benannt",
        # --- parts of sentences ---
        "scope_actor": "{name}",
        "scope_role": "die Gruppe {name}",
        "scope_channel": "den Kanal {name}",
        "scope_workspace": "das Team",
        "scope_installation": "dieses ganze Inkthread",
        "amount_pictures": "{amount} Bilder",
        "amount_pictures_one": "1 Bild",
        "rate_pictures_day": "{amount} Bilder pro Tag",
        "rate_pictures_day_one": "1 Bild pro Tag",
        "rate_pictures_week": "{amount} Bilder pro Woche",
        "rate_pictures_week_one": "1 Bild pro Woche",
        "rate_pictures_month": "{amount} Bilder pro Monat",
        "rate_pictures_month_one": "1 Bild pro Monat",
        "rate_micros_day": "{amount} pro Tag",
        "rate_micros_week": "{amount} pro Woche",
        "rate_micros_month": "{amount} pro Monat",
        # --- what admins are told ---
        "admin_share": "Für Admins: {share} % des Limits für {whose} sind verbraucht, {used} von {rate}. "
        "Beginnt neu am {back_at}.",
        "admin_out_of_money": "Für Admins: Das Konto, das die Bilder bezahlt, ist leer, deshalb entstehen "
        "keine Bilder. Die Person, die Inkthread betreibt, muss Guthaben aufladen.",
        "admin_key_refused": "Für Admins: Der Bilddienst lehnt unseren Schlüssel ab, deshalb entstehen "
        "keine Bilder. Die Person, die Inkthread betreibt, muss OPENAI_API_KEY prüfen.",
        "admin_moderated": "Für Admins: Das Sicherheitssystem hat innerhalb eines Tages {count} Anfragen "
        "von {name} abgelehnt. {name} muss warten, bevor etwas Neues entsteht; berechnet wurde nichts.",
    }
)
