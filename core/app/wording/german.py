"""The sentences in German.

A version is Version, a picture Bild, a thread Thread; people are du.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.german import ACCOUNT

if TYPE_CHECKING:
    from collections.abc import Mapping

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Es ist etwas passiert, wofür Inkthread noch keine Worte hat ({code}).",
        "gone": "Das ist nicht mehr hier.",
        # --- a turn on its way ---
        "turn_waiting": "In der Warteschlange: {ahead} Anfragen kommen in diesem Thread vorher dran.",
        "turn_waiting_one": "In der Warteschlange: 1 Anfrage kommt in diesem Thread vorher dran.",
        "turn_waiting_none": "In der Warteschlange: kommt als Nächstes dran.",
        "turn_queued_behind": "In der Warteschlange: {ahead} Bilder kommen vorher dran.",
        "turn_queued_behind_one": "In der Warteschlange: 1 Bild kommt vorher dran.",
        "turn_rate_limited": "Der Bilddienst bittet uns, kurz zu warten. Nichts ist fehlgeschlagen; es geht "
        "von selbst weiter.",
        "turn_minute_full": "Wartet auf einen Platz: Pro Minute geht nur eine begrenzte "
        "Zahl von Bildern. Es geht von selbst weiter.",
        "turn_overloaded": "Der Bilddienst ist überlastet. Nichts ist fehlgeschlagen; es wird von selbst "
        "erneut versucht.",
        "turn_unreachable": "Der Bilddienst ist nicht erreichbar. Es wurde nichts ausgegeben; es wird von "
        "selbst erneut versucht.",
        "turn_resumed": "Nach einem Neustart von Inkthread wieder aufgenommen.",
        "turn_generating": "Das Bild entsteht…",
        "turn_generating_many": "{count} Bilder entstehen…",
        "turn_generating_many_one": "Das Bild entsteht…",
        "turn_finishing": "Gleich fertig…",
        "turn_cancelling": "Wird abgebrochen. Kommt das Bild trotzdem noch, ist es schon bezahlt und bleibt "
        "im Verlauf.",
        "turn_refused": "Es wurde nichts erstellt und nichts ausgegeben. Die Nachricht unten sagt, warum.",
        "turn_not_shown": "Das Bild ist fertig und gespeichert, konnte hier aber nicht gezeigt werden. "
        "Schreib „zeigen“, um es zu sehen.",
        "not_shown_missing": "Inkthread fehlt das Recht, dein Bild hier zu zeigen: {missing}. Es "
        "ist gespeichert. Wenn es erlaubt ist, schreib „zeigen“ in den Thread.",
        "not_shown": "Dein Bild ist fertig und gespeichert, aber Inkthread darf dort nicht mehr schreiben, "
        "wo du darum gebeten hast. Wenn es wieder darf, schreib dort „zeigen“. "
        "Bis dahin steht es in deinem Verlauf.",
        "about_price": "etwa {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "Abgebrochen. Es wurde nichts ausgegeben.",
        "cancelled_billed": "Abgebrochen. Der Bilddienst hat vielleicht {price} berechnet; das wird dir "
        "nicht angerechnet.",
        "cancelled_late": "Abgebrochen, aber das Bild war schon fertig und bezahlt. Es bleibt als {head} "
        "erhalten; der Thread geht weiter, wo er war. Schreib „{head}“, um es zu verwenden.",
        "failed_moderated": "Das Sicherheitssystem hat das abgelehnt, deshalb gibt es kein Bild. Es kostet "
        "dich nichts. Formuliere es anders oder lass weg, was als schädlich verstanden werden könnte.",
        "failed_moderated_input": "Das Sicherheitssystem hat die Anfrage selbst abgelehnt: ihre Worte oder "
        "ein Referenzbild. Es kostet dich nichts. Formuliere es anders oder nimm andere Referenzbilder.",
        "failed_moderated_output": "Ein Bild wurde erstellt, aber das Sicherheitssystem hat es "
        "zurückgehalten. Es kostet dich nichts. Ändere, was zu sehen ist, und versuch es noch einmal.",
        "failed_rejected": "Der Bilddienst hat diese Anfrage nicht angenommen. Es wurde nichts ausgegeben. "
        "Versuch es mit anderen Optionen; wenn es so bleibt, sag der Person Bescheid, die Inkthread "
        "betreibt (Referenz {reference}).",
        "failed_rate_limited": "Der Bilddienst war lange zu beschäftigt, deshalb wurde aufgegeben. Es wurde "
        "nichts ausgegeben. Versuch es später noch einmal.",
        "failed_overloaded": "Der Bilddienst war lange überlastet, deshalb wurde aufgegeben. Es wurde "
        "nichts ausgegeben. Versuch es später noch einmal.",
        "failed_unreachable": "Der Bilddienst war nicht erreichbar. Es wurde nichts ausgegeben. Versuch es "
        "noch einmal; wenn es so bleibt, bitte die Person, die Inkthread betreibt, das Netzwerk zu prüfen.",
        "failed_out_of_money": "Das Konto, das die Bilder bezahlt, ist leer. Es wurde nichts ausgegeben. "
        "Die Person, die Inkthread betreibt, muss Guthaben aufladen; versuch es danach noch einmal.",
        "failed_key_refused": "Der Bilddienst hat unseren Schlüssel abgelehnt. Es wurde nichts ausgegeben. "
        "Die Person, die Inkthread betreibt, muss OPENAI_API_KEY prüfen („inkthread doctor“ sagt mehr); "
        "versuch es danach noch einmal.",
        "failed_no_answer": "Der Bilddienst hat nicht rechtzeitig geantwortet. Vielleicht hat er trotzdem "
        "{price} berechnet; das wird dir nicht angerechnet. Nichts wird ungefragt wiederholt: Drück auf "
        "„Noch einmal versuchen“, wenn du es willst.",
        "failed_broken_off": "Die Verbindung brach ab, während das Bild entstand. Vielleicht hat es "
        "trotzdem {price} gekostet; das wird dir nicht angerechnet. Nichts wird ungefragt wiederholt: Drück "
        "auf „Noch einmal versuchen“, wenn du es willst.",
        "failed_no_picture": "Der Bilddienst hat ohne Bild geantwortet. Das wird dir nicht angerechnet. "
        "Versuch es noch einmal.",
        "failed_storage": "Der Speicher für die Bilder ist voll oder nicht beschreibbar. Das wird dir nicht "
        "angerechnet. Die Person, die Inkthread betreibt, muss Platz schaffen; versuch es danach noch "
        "einmal.",
        "failed_cannot_post": "Inkthread darf hier nichts posten, deshalb wurde nichts erstellt und nichts "
        "ausgegeben. Lade es in diesen Kanal ein und versuch es noch einmal.",
        "failed_cannot_post_missing": "Inkthread fehlt hier ein Recht, deshalb wurde nichts erstellt und "
        "nichts ausgegeben. Wer diesen Ort verwaltet, muss es erlauben: {missing}. Danach geht es "
        "noch einmal.",
        "permission_view_channel": "Kanal anzeigen",
        "permission_send_messages": "Nachrichten senden",
        "permission_send_messages_in_threads": "Nachrichten in Threads senden",
        "permission_attach_files": "Dateien anhängen",
        "failed_own_fault": "In Inkthread ist etwas schiefgegangen, bevor etwas gesendet wurde. Es "
        "wurde nichts ausgegeben. Versuch es noch einmal; wenn es so bleibt, sag der Person Bescheid, "
        "die Inkthread betreibt (Referenz {reference}).",
        # --- answers ---
        "queued": "In der Warteschlange: {ahead} Anfragen kommen in diesem Thread vorher dran.",
        "queued_one": "In der Warteschlange: 1 Anfrage kommt in diesem Thread vorher dran.",
        "queued_none": "In der Warteschlange: kommt als Nächstes dran.",
        "busy": "In diesem Thread warten schon drei Anfragen. Frag noch einmal, wenn eine fertig ist, oder "
        "brich eine ab.",
        "busy_moving": "Hier entsteht gerade ein Bild. Wechsle die Version, wenn es fertig ist.",
        "closed": "Dieser Thread ist geschlossen. Beginne mit /imagine ein neues Bild.",
        "closed_thread": "Geschlossen: Antworten hier ändern nichts mehr. Die Bilder bleiben.",
        "nothing_to_undo": "Es gibt nichts rückgängig zu machen: Das ist die erste Version.",
        "nothing_to_redo": "Es gibt nichts wiederherzustellen. Schreib „verlauf“, um alle Versionen zu "
        "sehen.",
        "nothing_to_cancel": "Von dir läuft oder wartet hier nichts.",
        "nothing_to_edit": "Hier gibt es noch kein Bild zum Ändern. Beginne eins mit /imagine oder schick "
        "eins mit.",
        "nothing_to_show": "Hier gibt es noch kein Bild. Beginne eins mit /imagine.",
        "nothing_to_compare": "Bisher gibt es nur eine Version, also nichts zum Vergleichen.",
        "no_such_revision": "In diesem Thread gibt es kein v{revision}. Schreib „verlauf“, um zu sehen, was "
        "es gibt.",
        "no_such_candidate": "In dieser Version gibt es kein Bild {letter}. Schreib „verlauf“, um zu sehen, "
        "was es gibt.",
        "moved_to": "Der Thread geht jetzt von {head} aus weiter.",
        "over_quota": "{whose} reicht nicht: {used} von {amount} verbraucht, und das hier braucht {needed}. "
        "Platz ist wieder ab {back_at}. {ask}",
        "over_quota_for_good": "{whose} reicht schon dafür allein nicht: Es braucht {needed} von {amount}. "
        "Frag nach weniger. {ask}",
        "over_quota_ask_admin": "Ein Admin kann das Limit erhöhen.",
        "whose_actor_day": "Dein Tageslimit",
        "whose_actor_week": "Dein Wochenlimit",
        "whose_actor_month": "Dein Monatslimit",
        "whose_role_day": "Das Tageslimit deiner Gruppe",
        "whose_role_week": "Das Wochenlimit deiner Gruppe",
        "whose_role_month": "Das Monatslimit deiner Gruppe",
        "whose_channel_day": "Das Tageslimit dieses Kanals",
        "whose_channel_week": "Das Wochenlimit dieses Kanals",
        "whose_channel_month": "Das Monatslimit dieses Kanals",
        "whose_workspace_day": "Das Tageslimit des Teams",
        "whose_workspace_week": "Das Wochenlimit des Teams",
        "whose_workspace_month": "Das Monatslimit des Teams",
        "whose_installation_day": "Das Tagesbudget dieses Inkthread",
        "whose_installation_week": "Das Wochenbudget dieses Inkthread",
        "whose_installation_month": "Das Monatsbudget dieses Inkthread",
        "not_yours": "Das können nur {name} oder ein Admin. Antworte im Thread, um dein eigenes Bild zu "
        "bekommen.",
        "not_yet": "„{what}“ gibt es noch nicht. Es wurde nichts getan und nichts ausgegeben.",
        "references_notice": "Gut zu wissen: Standort und andere versteckte Daten werden aus deinen Bildern "
        "entfernt. Sie gehen mit deiner Anfrage an den Bilddienst und bleiben hier, solange eine Version "
        "sie verwendet.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "Es gibt keine Worte, aus denen ein Bild werden kann. Probier: /imagine ein "
        "Leuchtturm in der Dämmerung --ar 16:9",
        "prompt_too_long": "Das ist zu lang: Das Modell liest höchstens 32.000 Zeichen. Nichts wurde "
        "gekürzt und nichts ausgegeben. Kürze es und schick es noch einmal.",
        "prompt_unknown_option": "Die Option {subject} gibt es nicht. {meant}Schreib „hilfe“, um die "
        "Optionen zu sehen. Hier: {place}",
        "prompt_missing_value": "Die Option {subject} braucht einen Wert. {meant}Hier: {place}",
        "prompt_bad_value": "{subject} ist kein Wert, den diese Option kennt. {meant}Hier: {place}",
        "prompt_bad_ratio": "Das Seitenverhältnis {subject} geht nicht: Es muss zwischen 1:3 und 3:1 "
        "liegen. {meant}Hier: {place}",
        "prompt_bad_size": "Die Größe {subject} geht nicht. Beide Seiten müssen Vielfache von 16 sein, "
        "höchstens 3840, und das Bild muss zwischen 655.360 und 8.294.400 Pixel haben. {meant}Hier: {place}",
        "prompt_bad_count": "„{subject}“ ist keine mögliche Anzahl: 1 bis 8 Bilder auf einmal. {meant}Hier: "
        "{place}",
        "prompt_conflict": "{subject} und {other} passen nicht zusammen; lass eins davon weg. {meant}Hier: "
        "{place}",
        "prompt_repeated_option": "Die Option {subject} steht zweimal da; behalte eine. Hier: {place}",
        "prompt_no_seeds": "Das Modell kennt keine Seeds, {subject} würde also nichts bewirken. Lass es "
        "weg; „nochmal“ ergibt ein anderes Bild.",
        "prompt_not_yet": "Die Option {subject} gibt es noch nicht, deshalb wurde nichts erstellt und "
        "nichts ausgegeben. Lass sie weg und schick es noch einmal.",
        "did_you_mean": "Meintest du {suggestion}? ",
        "texts_tip": "Tipp: Setz in einem langen Prompt jeden Text, der im Bild stehen soll, einzeln in "
        "Anführungszeichen. So wird er genauer gezeichnet.",
        # --- what a model cannot do ---
        "model_cannot_size": "Das Modell kann {subject} nicht erstellen. Am nächsten kommt {suggestion}.",
        "model_cannot_quality": "Das Modell kennt die Qualität „{subject}“ nicht. Am nächsten kommt "
        "„{suggestion}“.",
        "model_cannot_format": "Das Modell kann keine {subject}-Dateien erstellen. Es kann {suggestion}.",
        "model_cannot_format_without_alpha": "Eine {subject}-Datei kann nicht transparent sein. Nimm "
        "{suggestion}.",
        "model_cannot_count": "Das Modell kann nicht {subject} Bilder auf einmal erstellen; möglich sind "
        "höchstens {suggestion}.",
        "model_cannot_inputs": "Das Modell nimmt höchstens {suggestion} Bilder mit einer Anfrage; es waren "
        "{subject}. Schick weniger.",
        "model_cannot_inputs_one": "Das Modell nimmt nur 1 Bild mit einer Anfrage; es waren {subject}. "
        "Schick weniger.",
        "model_cannot_edit": "Das Modell, das hier läuft, kann keine Bilder ändern, nur neue erstellen. "
        "Beginne eins mit /imagine.",
        "model_cannot_transparent": "Das Modell, das hier läuft, kann keine transparenten Bilder erstellen. "
        "Frag noch einmal ohne transparenten Hintergrund.",
        "too_many_references": "Hier sind höchstens {suggestion} Referenzbilder möglich; es waren "
        "{subject}. Es wurde nichts ausgegeben; schick weniger.",
        "too_many_references_one": "Hier ist nur 1 Referenzbild möglich; es waren {subject}. Es wurde "
        "nichts ausgegeben; schick weniger.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} ist kein Bild. Schick png, jpeg oder webp. Es wurde nichts ausgegeben.",
        "file_unsupported_format": "{file} ist eine Art von Bild, die hier nicht gelesen werden kann. "
        "Schick png, jpeg oder webp. Es wurde nichts ausgegeben.",
        "file_animated": "{file} ist animiert; nur Standbilder sind möglich. Speichere ein Einzelbild als "
        "png und schick das. Es wurde nichts ausgegeben.",
        "file_too_many_pixels": "{file} hat zu viele Pixel, um sicher geöffnet zu werden. Verkleinere es "
        "und schick es noch einmal. Es wurde nichts ausgegeben.",
        "file_truncated": "{file} ist abgeschnitten: Ein Teil des Bildes fehlt. Schick es noch einmal. Es "
        "wurde nichts ausgegeben.",
        "file_too_large": "{file} ist zu groß. Schick höchstens 50 MB. Es wurde nichts ausgegeben.",
        "file_gone": "{file} ist nicht mehr da. Schick es noch einmal. Es wurde nichts ausgegeben.",
        "file_forbidden": "{file} ließ sich nicht öffnen: Inkthread darf es nicht lesen. Schick es direkt "
        "hierher. Es wurde nichts ausgegeben.",
        "file_unreachable": "{file} war gerade nicht abrufbar. Schick es gleich noch einmal. Es wurde "
        "nichts ausgegeben.",
        "storage_down": "Der Speicher für die Bilder ist voll oder nicht beschreibbar, deshalb wurde nichts "
        "begonnen und nichts ausgegeben. Die Person, die Inkthread betreibt, muss Platz schaffen; versuch "
        "es danach noch einmal.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision} aus {parent}",
        "caption_seconds": "{seconds} s",
        "caption_free": "kostenlos",
        "caption_estimated": "{price} (geschätzt)",
        "caption_today": "du heute {used} von {amount}",
        "caption_ai": "KI-generiert",
        "caption_sandbox": "Sandbox, kein echtes Modell",
        "caption_fewer": "{came} von {asked} erhalten",
        "caption_refit": "passend umkodiert; das Original ist einen Klick entfernt",
        "caption_routed": "erstellt mit {model}, weil {configured} das nicht kann",
        "caption_hint_ratio": "Seitenverhältnis aus „{words}“",
        "caption_hint_tier": "Größe aus „{words}“",
        "caption_hint_transparent": "transparent, aus „{words}“",
        "final_text": "Endfassung",
        "button_edit": "Bearbeiten…",
        "button_again": "Nochmal",
        "button_undo": "Rückgängig",
        "button_final": "Endfassung",
        "button_use": "{letter} nehmen",
        "button_compare": "Vergleichen",
        "button_history": "Verlauf",
        "button_original": "Originaldatei",
        "button_why": "Warum sieht es so aus?",
        "button_cancel": "Abbrechen",
        "button_try_again": "Noch einmal versuchen",
        "button_try_again_price": "Noch einmal versuchen · {price}",
        "alt_made": "KI-generiertes Bild: {text}",
        "alt_changed": "KI-generiertes Bild: {text}. Danach geändert: {changes}",
        "alt_candidate": "Bild {letter}. {alt}",
        "alt_compare": "{left} und {right} nebeneinander",
        "alt_history": "Alle Versionen in einer Reihe",
        "placeholder_text": "{name} möchte: {text}",
        "result_text": "{head} ist fertig: {text}",
        "show_text": "{head} noch einmal: {text}",
        "compare_text": "{left} neben {right}",
        "history_text": "Alle bisherigen Versionen",
        "history_part": "Die letzten {count} von {total} Versionen. Zwei beliebige zeigt: "
        "compare v{first} v{last}",
        "history_line": "{head} aus {parent}: {text}",
        "history_line_first": "{head}: {text}",
        "history_head": "{line} ← von hier geht der Thread weiter",
        "original_text": "Die Originaldatei von {head}, genau wie das Modell sie erstellt hat.",
        "original_linked": (
            "Das Original von {head} hat {size}, das ist mehr, als hier erlaubt ist. Hier ist es, genau "
            "wie das Modell es erstellt hat; der Link gilt eine Woche."
        ),
        "original_link": "Original herunterladen",
        "original_kept": (
            "Das Original von {head} hat {size}, das ist mehr, als hier erlaubt ist. Es ist unverändert "
            "aufbewahrt, und jede Bearbeitung geht von ihm aus. Drücke den Knopf dort noch einmal, wo "
            "größere Dateien erlaubt sind, oder frage nach der Datei {name}, wer Inkthread betreibt."
        ),
        "download_unknown": "Unter dieser Adresse ist nichts.",
        "download_over": "Dieser Link gilt nicht mehr. Bitte im Thread noch einmal um das Original.",
        "download_later": "Das Bild lässt sich gerade nicht holen. Bitte den Link gleich noch einmal öffnen.",
        "why_text": "Wie {head} entstanden ist",
        "why_asked": "Anfrage von {name}: {text}",
        "why_from": "Ausgangspunkt ist {parent}.",
        "why_model": "Modell {model}, {size}, Qualität {quality}, {format}. Angefragte Bilder: {count}. "
        "Referenzbilder: {references}.",
        "why_cost": "Kosten: {price}.",
        "why_sent": "Was an das Modell ging:",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "Löschen…",
        "button_forget": "Ja, vergessen",
        "forget_ask_this": "{head} für immer vergessen? Es verschwinden: die Bilder ({pictures}) mit den "
        "Worten, die sie verlangt haben, und die Nachrichten von Inkthread dazu ({messages}). Verlangt "
        "von: {names}. Andere Versionen bleiben. Das lässt sich nicht rückgängig machen.",
        "forget_ask_thread": "Diesen ganzen Thread für immer vergessen? Es verschwinden: Bilder "
        "({pictures}), Aufträge ({words}) und die Nachrichten von Inkthread hier ({messages}). Verlangt "
        "von: {names}. Der Thread wird geschlossen. Das lässt sich nicht rückgängig machen.",
        "forget_ask_me": "Alles vergessen, was du in diesem Workspace verlangt hast? Es verschwinden: dein "
        "Name, deine Bilder ({pictures}), deine Aufträge ({words}) und die Nachrichten von Inkthread dazu "
        "({messages}), in allen Threads. Was andere verlangt haben, bleibt. Das lässt sich nicht "
        "rückgängig machen.",
        "forget_busy": "Ein Auftrag, der läuft oder wartet, geht von {head} aus. Warte, bis er fertig ist, "
        "oder brich ihn ab; lösche {head} danach.",
        "forget_waiting": "Hier wird gerade etwas gemacht. Es wird abgebrochen, dann verschwindet alles, "
        "und du bekommst Bescheid.",
        "forget_nothing": "Hier gibt es nichts, was noch vergessen werden könnte.",
        "forget_where": "Sag das in dem Thread, um den es geht.",
        "forgot": "Vergessen. Weg sind: Bilder {pictures}, Aufträge {words}, Nachrichten {messages}. In "
        "den Büchern bleiben nur Zahlen, ohne Worte und Bilder.",
        "forgot_but_left": "Vergessen. Weg sind: Bilder {pictures}, Aufträge {words}, Nachrichten "
        "{messages}. In den Büchern bleiben nur Zahlen, ohne Worte und Bilder. Nachrichten, die die "
        "Plattform nicht hergab: {left}; lösche sie von Hand.",
        "forgotten": "Das wurde auf Wunsch vergessen.",
        "words_forgotten": "Die Worte, mit denen das gewünscht wurde, wurden auf Wunsch vergessen.",
        "person_unnamed": "eine Person ohne gespeicherten Namen",
        "revision_forgotten": "v{revision} wurde vergessen, damit lässt sich nichts mehr machen. Sag "
        "„Verlauf“, um zu sehen, was es gibt.",
        "revised_late": "Das wurde mit deinen ersten Worten begonnen, die neuen kommen zu spät. Antworte "
        "im Thread, was sich ändern soll.",
        "withdrawn_late": "Deine Nachricht ist weg, aber ihr Bild wird schon gemacht. Brich es an seiner "
        "eigenen Nachricht ab, oder lösche das Bild, wenn es da ist.",
        # --- help ---
        "help_text": "Was du hier sagen kannst",
        "help_new": "/imagine und was du sehen willst ergibt ein neues Bild. Optionen: --ar 16:9, --size "
        "2k, --quality high, --draft, -n 4, --transparent, --format webp, --no Text. Worte in "
        "Anführungszeichen werden Buchstabe für Buchstabe gezeichnet.",
        "thread_hint": "Antworte auf diese Nachricht, um das Bild zu ändern.",
        "help_reply": "Antworte im Thread, was sich ändern soll: Das bearbeitet die letzte Version. „v2: "
        "mach den Himmel grün“ geht von v2 aus.",
        "help_words": "rückgängig · wiederherstellen · v2 · nochmal · nimm b · final · final 4k · zeigen · "
        "warum · vergleichen · vergleiche v1 v3 · verlauf · abbrechen · schließen · hilfe",
        "help_talk": "Beginne mit //, um zu reden, ohne etwas zu ändern.",
    }
)
