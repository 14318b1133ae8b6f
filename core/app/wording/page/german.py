"""What stands on the web page, in German."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- around everything ---
        "page_description": "Ein Bildstudio im Chat eines Teams: Bitte um ein Bild, antworte, um es zu "
        "ändern.",
        "page_skip": "Zum Eingabefeld springen",
        "page_workspace": "Arbeitsbereich",
        "page_tagline": "Bildstudio",
        "page_channels": "Kanäle",
        "page_library": "Sammlung",
        "page_gallery": "Galerie",
        "page_open_menu": "Menü öffnen",
        "page_subtitle": "Bitte um ein Bild. Antworte, um es zu ändern.",
        "page_gallery_subtitle": "Alle fertigen Bilder, die neuesten zuerst.",
        "page_messages": "Nachrichten in {channel}",
        "page_thread": "Thread",
        "page_no_script": "Diese Seite braucht JavaScript. Die Schnittstelle dahinter ist unter "
        "/openapi.json beschrieben.",
        "page_login_title": "Inkthread – Eintreten",
        "page_login_text": "Dieses Studio hat ein Passwort. Frag, wer es betreibt.",
        "page_password": "Passwort",
        "page_enter": "Eintreten",
        # --- when the line is down ---
        "page_offline": "Der Server ist gerade nicht erreichbar.",
        "page_answered": "Der Server hat mit {status} geantwortet.",
        "page_lost": "Verbindung verloren, sie wird wieder aufgebaut… Was du schreibst, bleibt und wird dann "
        "gesendet.",
        "page_put_back": "Text zurückholen",
        "page_dismiss": "Ausblenden",
        "page_close": "Schließen",
        "page_more": "Mehr",
        # --- messages ---
        "page_you": "Du",
        "page_app": "App",
        "page_sending": "wird gesendet…",
        "page_only_you": "Nur für dich sichtbar",
        "page_deleted": "Diese Nachricht wurde gelöscht.",
        "page_show_all": "Alles zeigen",
        "page_show_less": "Weniger zeigen",
        "page_replies": "{count} Antworten",
        "page_replies_one": "1 Antwort",
        "page_last_reply": "zuletzt {when}",
        "page_reply_to_change": "Antworten, um es zu ändern",
        "page_reference": "Referenzbild: {name}",
        "page_just_now": "gerade eben",
        "page_minutes": "{minutes} min {seconds} s",
        "page_new_messages": "Neue Nachrichten",
        "page_earlier": "Frühere Nachrichten",
        "page_picture_ready": "Inkthread: Bild fertig, {text}",
        # --- pictures and their buttons ---
        "page_preview": "Eine erste, grobe Ansicht des Bildes",
        "page_open_picture": "Öffnen: {alt}",
        "page_buttons": "Was du damit tun kannst",
        # --- where people write ---
        "page_write_to": "Nachricht an {channel}",
        "page_write_hint": "/imagine was du sehen möchtest",
        "page_send": "Senden",
        "page_add_pictures": "Referenzbilder hinzufügen",
        "page_pictures": "Referenzbilder",
        "page_drop": "Bilder hier ablegen, um sie als Referenz zu verwenden",
        "page_remove": "{name} entfernen",
        "page_too_many_files": "Zu einer Nachricht gehören höchstens {limit} Bilder. Entferne eines, um "
        "{name} hinzuzufügen.",
        "page_hint_commands": "{key} für Befehle",
        "page_hint_drop": "Bilder ablegen, um mit ihnen zu beginnen",
        "page_hint_send": "{key} sendet",
        "page_hint_line": "{keys} für eine neue Zeile",
        "page_hint_talk": "Einfache Worte sind nur Gespräch.",
        "page_make_picture": "Ein Bild daraus machen",
        "page_commands": "Befehle",
        "page_about_settings": "Sehen, was hier eingestellt ist und wer es ändern darf",
        # --- an empty channel, an empty gallery ---
        "page_empty_title": "Sag, was du sehen möchtest",
        "page_empty_text": "Schreib {command} und ein paar Worte. Das Bild öffnet einen Thread, und jede "
        "Antwort darin ändert es.",
        "page_example_sign": "ein Leuchtturm in der Abenddämmerung, „OFFEN“ auf einem Schild --ar 16:9",
        "page_example_fox": "ein Fuchs als Scherenschnitt im verschneiten Wald, weiches Morgenlicht",
        "page_example_ideas": "vier Ideen für ein Tee-Etikett, Tusche auf Reispapier -n 4 --draft",
        "page_step_ask": "Im Kanal bitten",
        "page_step_reply": "Antworten, um es zu ändern",
        "page_step_undo": "Rückgängig, verzweigen, vergleichen",
        "page_gallery_empty": "Noch nichts da",
        "page_gallery_empty_text": "Hier sammeln sich die fertigen Bilder. {link}",
        "page_gallery_first": "Bitte um das erste",
        "page_gallery_alt": "{head}: {text}, gemacht {when}",
        # --- the gallery, one picture large ---
        "page_show_more": "Mehr zeigen",
        "page_open_thread": "Thread öffnen",
        "page_picture": "Bild",
        "page_previous": "Voriges Bild",
        "page_next": "Nächstes Bild",
        "page_place": "{at} von {count}",
        "page_download": "Herunterladen",
        # --- what is left, which engine, who you are ---
        "page_left": "Was noch übrig ist",
        "page_quota_day": "{used} von {amount} heute",
        "page_quota_week": "{used} von {amount} diese Woche",
        "page_quota_month": "{used} von {amount} diesen Monat",
        "page_left_pictures": "noch {left} von {amount} Bildern",
        "page_left_money": "noch {left} von {amount}",
        "page_starts_anew": "Beginnt neu: {when}",
        "page_no_limits": "Hier gibt es keine Grenzen.",
        "page_free": "Fehlschläge, Ablehnungen, Rückgängig, Vergleichen und Verlauf kosten nichts.",
        "page_sandbox": "Sandbox – kostenlos",
        "page_sandbox_note": "Ein Ersatz, kein echtes Modell",
        "page_real_note": "Echtes Modell, echte Kosten",
        "page_change_name": "Namen ändern",
        "page_your_name": "Dein Name",
        "page_save": "Speichern",
        "page_use_light": "Helles Design verwenden",
        "page_use_dark": "Dunkles Design verwenden",
        # --- the thread and its versions ---
        "page_thread_messages": "Nachrichten in diesem Thread",
        "page_reply_label": "Im Thread antworten",
        "page_reply_hint": "Antworten, um es zu ändern…",
        "page_hint_from": "{example} beginnt bei v1",
        "page_hint_aside": "{example} ist nur Gespräch",
        "page_back": "Zurück zum Kanal",
        "page_close_thread": "Thread schließen",
        "page_versions_label": "Versionen",
        "page_versions": "{count} Versionen",
        "page_versions_one": "1 Version",
        "page_current": "aktuell {head}",
        "page_closed": "geschlossen",
        "page_tile_current": "{head}, aktuell: {text}",
        "page_tile_deleted": "{head}, gelöscht",
        "page_view": "{head} ansehen",
        "page_edit_from": "Von {head} aus bearbeiten…",
        "page_go_on": "Bei {head} weitermachen",
        "page_compare_current": "Mit der aktuellen vergleichen",
        # --- what the API refuses ---
        "refused_bad_request": "Diese Anfrage ist unverständlich: {what}.",
        "refused_not_json": "Sende JSON, mit Content-Type: application/json.",
        "refused_too_large": "Das ist zu lang. Eine Nachricht hat höchstens {limit} Zeichen.",
        "refused_empty": "In dieser Nachricht steht nichts. Schreib ein paar Worte oder füg ein Bild hinzu.",
        "refused_unknown_command": "Den Befehl {command} gibt es nicht. Tipp /, um alle zu sehen.",
        "refused_too_many_uploads": "Zu einer Nachricht gehören höchstens {limit} Bilder; diese hat {count}. "
        "Entferne einige.",
        "refused_upload_gone": "Ein Bild dieser Nachricht ist nicht mehr da. Entferne es und füg es neu "
        "hinzu.",
        "refused_no_person": "Öffne zuerst die Seite: Sie gibt dir einen Namen.",
        "refused_no_entry": "Dieses Studio will zuerst sein Passwort: Öffne /login.",
        "refused_wrong_password": "Das ist nicht das Passwort. Versuch es noch einmal.",
        "refused_too_many_tries": "Zu viele Versuche. Warte eine Minute und versuch es dann noch einmal.",
        "refused_foreign_origin": "Diese Anfrage kam von einer anderen Seite und wurde nicht ausgeführt.",
        "refused_foreign_host": "Diese Adresse gehört nicht zu diesem Server. Öffne ihn unter der Adresse, "
        "die er beim Start nennt.",
        "refused_not_found": "Hier ist nichts, oder es ist nicht für dich bestimmt.",
        "refused_no_name": "Ein Name hat 1 bis {limit} sichtbare Zeichen.",
        "refused_busy": "Gerade schreibt jemand anderes. Versuch es gleich noch einmal.",
        "refused_crowded": "Gerade sind sehr viele Bilder unterwegs. Versuch es gleich noch einmal.",
        "refused_storage": "Der Server kann seine Daten gerade nicht lesen oder schreiben. Nichts ist "
        "verloren: Versuch es bald noch einmal.",
        "refused_too_many_streams": "Diese Seite ist in zu vielen Tabs offen. Schließ einige.",
        "refused_starting": "Noch nicht bereit.",
        "refused_broken": "Auf dem Server ist etwas schiefgegangen. Was du gesendet hast, bleibt auf dieser "
        "Seite: Versuch es noch einmal.",
        "refused_picture_too_large": "{name} ist größer als {limit} MB. Sende eine kleinere Kopie.",
        "refused_stalled": "{name} kam nur zur Hälfte an. Sende es noch einmal.",
        "refused_not_a_picture": "{name} ist kein Bild. Sende eine PNG-, JPEG- oder WebP-Datei.",
        "refused_unsupported_format": "{name} hat ein Format, das hier nicht gelesen werden kann. Sende eine "
        "PNG-, JPEG- oder WebP-Datei.",
        "refused_animated": "{name} ist animiert. Sende ein Standbild davon.",
        "refused_too_many_pixels": "{name} hat zu viele Pixel. Sende eine kleinere Kopie.",
        "refused_truncated": "{name} ist unvollständig: Das Ende fehlt. Sende es noch einmal vom Original.",
    }
)
