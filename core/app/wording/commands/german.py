"""What stands on commands and menus, in German."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_edit": "ändern",
        "name_quota": "kontingent",
        "name_gallery": "galerie",
        "name_settings": "einstellungen",
        "name_help": "hilfe",
        "name_forget": "vergessen",
        "name_show": "zeigen",
        "name_limit": "limit",
        "name_more": "mehr",
        "name_server": "server",
        "name_usage": "verbrauch",
        "name_days": "tage",
        "name_prompt": "beschreibung",
        "name_change": "änderung",
        "name_version": "version",
        "name_aspect": "seitenverhältnis",
        "name_size": "größe",
        "name_quality": "qualität",
        "name_count": "anzahl",
        "name_background": "hintergrund",
        "name_format": "dateiformat",
        "name_image": "bild",
        "name_what": "was",
        "about_imagine": "Macht ein Bild und öffnet einen Thread; jede Antwort darin ändert das Bild",
        "about_edit": "Ändert das letzte Bild dieses Threads oder eine andere Version davon",
        "about_quota": "Zeigt, wie viele Bilder dir bleiben und wann es wieder mehr werden",
        "about_gallery": "Zeigt deine letzten Bilder und die Threads, in denen sie stehen",
        "about_settings": "Zeigt, was auf diesem Server eingestellt ist; Admins ändern es",
        "about_help": "Zeigt, was man hier sagen und tun kann",
        "about_forget": "Löscht Bilder und Worte endgültig; vorher wird noch einmal gefragt",
        "about_show": "Was eingestellt ist, wer es ändern darf und wer was geändert hat",
        "about_limit": "Für Admins: ein Limit für ein Mitglied, eine Rolle, einen Kanal oder den Server",
        "about_more": "Für Admins: gibt mehr für den laufenden Tag, die Woche oder den Monat",
        "about_server": "Für Admins: Zeitzone, Knöpfe anderer, wer noch Admin ist",
        "about_usage": "Für Admins: wer wie viele Bilder gemacht hat und was sie gekostet haben",
        "about_days": "Wie viele Tage zurück, sonst 30",
        "about_prompt": "Was du sehen willst; Worte in Anführungszeichen werden als Text gezeichnet",
        "about_change": "Was sich ändern soll; alles andere bleibt, wie es ist",
        "about_version": "Von welcher Version aus; sonst von der letzten",
        "about_aspect": "Breite zu Höhe, etwa 16:9, oder square, portrait, wide",
        "about_size": "Wie groß; 4K kostet am meisten",
        "about_quality": "Niedrig ist schnell und billig, hoch langsam und teuer",
        "about_count": "Wie viele verschiedene Bilder",
        "about_background": "Ob der Hintergrund durchsichtig ist",
        "about_format": "Die Art der Datei",
        "about_image": "Ein Bild als Vorlage",
        "about_what": "Was vergessen werden soll",
        "choice_quality_low": "Niedrig",
        "choice_quality_medium": "Mittel",
        "choice_quality_high": "Hoch",
        "choice_transparent": "Durchsichtig",
        "choice_forget_this": "Das letzte Bild dieses Threads",
        "choice_forget_thread": "Dieser ganze Thread",
        "choice_forget_me": "Alles über mich",
        "menu_edit": "Dieses Bild ändern",
        "menu_reference": "Als Vorlage verwenden",
        "menu_why": "Warum sieht es so aus?",
        "said_unknown_button": "Dieser Knopf stammt von einer anderen Version von Inkthread. Sag in "
        "Worten, was du willst, etwa „nochmal“.",
        "said_form_lost": "Dieses Formular ist zu alt geworden. Es hat nichts gekostet; bitte öffne "
        "es noch einmal.",
        "said_edit_where": "Hier ist kein Bild von mir, das sich ändern ließe. Nutze das im Thread "
        "eines Bildes, oder antworte auf das Bild.",
        "said_not_ours": "In dieser Nachricht ist kein Bild von mir.",
        "said_hint_replies": "Gewöhnliche Antworten kann ich hier nicht lesen. Um das Bild zu ändern, "
        "antworte darauf mit Ping, erwähne mich oder drück „Bearbeiten…“.",
        "label_whom": "Mitglied oder Rolle",
        "label_whom_hint": "Leer: der Kanal darunter, sonst der ganze Server zusammen",
        "label_channel": "Kanal",
        "choice_not_open": "Nur wer gefragt hat, darf die Knöpfe drücken",
        "said_saved": "Gespeichert.",
    }
)
