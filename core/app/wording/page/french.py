"""What stands on the web page, in French."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.french_spaces import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

_WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        # --- around everything ---
        "page_description": "Un studio d’images dans la messagerie de l’équipe : demandez une image, "
        "répondez pour la modifier.",
        "page_skip": "Aller au champ de message",
        "page_workspace": "Espace de travail",
        "page_tagline": "Studio d’images",
        "page_channels": "Canaux",
        "page_library": "Bibliothèque",
        "page_gallery": "Galerie",
        "page_open_menu": "Ouvrir le menu",
        "page_subtitle": "Demandez une image. Répondez pour la modifier.",
        "page_gallery_subtitle": "Toutes les images terminées, les plus récentes d’abord.",
        "page_messages": "Messages dans {channel}",
        "page_thread": "Fil",
        "page_no_script": "Cette page a besoin de JavaScript. L’API qui la sert est décrite dans "
        "/openapi.json.",
        "page_login_title": "Inkthread – entrer",
        "page_login_text": "Ce studio a un mot de passe. Demandez-le à la personne qui le gère.",
        "page_password": "Mot de passe",
        "page_enter": "Entrer",
        # --- when the line is down ---
        "page_offline": "Le serveur est injoignable pour le moment.",
        "page_answered": "Le serveur a répondu {status}.",
        "page_lost": "Connexion perdue, reconnexion… Ce que vous écrivez est gardé et partira à son retour.",
        "page_put_back": "Remettre le texte",
        "page_dismiss": "Masquer",
        "page_close": "Fermer",
        "page_more": "Plus",
        # --- messages ---
        "page_you": "Vous",
        "page_app": "appli",
        "page_sending": "envoi…",
        "page_only_you": "Visible par vous seul",
        "page_deleted": "Ce message a été supprimé.",
        "page_show_all": "Tout afficher",
        "page_show_less": "Afficher moins",
        "page_replies": "{count} réponses",
        "page_replies_one": "1 réponse",
        "page_last_reply": "la dernière {when}",
        "page_reply_to_change": "Répondre pour la modifier",
        "page_reference": "Image de référence : {name}",
        "page_just_now": "à l’instant",
        "page_minutes": "{minutes} min {seconds} s",
        "page_new_messages": "Nouveaux messages",
        "page_earlier": "Messages plus anciens",
        "page_picture_ready": "Inkthread : image prête, {text}",
        # --- pictures and their buttons ---
        "page_preview": "Un premier aperçu grossier de l’image",
        "page_open_picture": "Ouvrir : {alt}",
        "page_buttons": "Que faire avec",
        # --- where people write ---
        "page_write_to": "Message dans {channel}",
        "page_write_hint": "/imagine ce que vous voulez voir",
        "page_send": "Envoyer",
        "page_add_pictures": "Ajouter des images de référence",
        "page_pictures": "Images de référence",
        "page_drop": "Déposez des images pour vous en servir de référence",
        "page_remove": "Retirer {name}",
        "page_too_many_files": "Un message prend au plus {limit} images. Retirez-en une pour ajouter {name}.",
        "page_hint_commands": "{key} pour les commandes",
        "page_hint_drop": "déposez des images pour partir d’elles",
        "page_hint_send": "{key} pour envoyer",
        "page_hint_line": "{keys} pour aller à la ligne",
        "page_hint_talk": "Des mots simples ne sont que conversation.",
        "page_make_picture": "En faire une image",
        "page_commands": "Commandes",
        "page_about_settings": "Voir ce qui est réglé ici, et qui peut le changer",
        # --- an empty channel, an empty gallery ---
        "page_empty_title": "Dites ce que vous voulez voir",
        "page_empty_text": "Écrivez {command} et quelques mots. L’image ouvre un fil, et chaque réponse dans "
        "ce fil la modifie.",
        "page_example_sign": "un phare au crépuscule, « OUVERT » sur un panneau --ar 16:9",
        "page_example_fox": "un renard en papier découpé dans une forêt enneigée, douce lumière du matin",
        "page_example_ideas": "quatre idées d’étiquette de thé, encre sur papier de riz -n 4 --draft",
        "page_step_ask": "Demandez dans le canal",
        "page_step_reply": "Répondez pour modifier",
        "page_step_undo": "Défaites, bifurquez, comparez",
        "page_gallery_empty": "Rien ici pour l’instant",
        "page_gallery_empty_text": "Les images terminées se rassemblent ici. {link}",
        "page_gallery_first": "Demandez la première",
        "page_gallery_alt": "{head} : {text}, faite le {when}",
        # --- the gallery, one picture large ---
        "page_show_more": "Afficher plus",
        "page_open_thread": "Ouvrir le fil",
        "page_picture": "Image",
        "page_previous": "Image précédente",
        "page_next": "Image suivante",
        "page_place": "{at} sur {count}",
        "page_download": "Télécharger",
        # --- what is left, which engine, who you are ---
        "page_left": "Ce qui reste",
        "page_quota_day": "{used} sur {amount} aujourd’hui",
        "page_quota_week": "{used} sur {amount} cette semaine",
        "page_quota_month": "{used} sur {amount} ce mois-ci",
        "page_left_pictures": "il reste {left} images sur {amount}",
        "page_left_money": "il reste {left} sur {amount}",
        "page_starts_anew": "Repart à zéro : {when}",
        "page_no_limits": "Il n’y a pas de limites ici.",
        "page_free": "Échecs, refus, retours en arrière, comparaisons et historique ne coûtent rien.",
        "page_sandbox": "Bac à sable – gratuit",
        "page_sandbox_note": "Une doublure, pas un vrai modèle",
        "page_real_note": "Vrai modèle, vrai coût",
        "page_change_name": "Changer de nom",
        "page_your_name": "Votre nom",
        "page_save": "Enregistrer",
        "page_use_light": "Utiliser le thème clair",
        "page_use_dark": "Utiliser le thème sombre",
        # --- the thread and its versions ---
        "page_thread_messages": "Messages dans ce fil",
        "page_reply_label": "Répondre dans le fil",
        "page_reply_hint": "Répondez pour la modifier…",
        "page_hint_from": "{example} part de v1",
        "page_hint_aside": "{example} n’est que conversation",
        "page_back": "Retour au canal",
        "page_close_thread": "Fermer le fil",
        "page_versions_label": "Versions",
        "page_versions": "{count} versions",
        "page_versions_one": "1 version",
        "page_current": "actuelle {head}",
        "page_closed": "fermé",
        "page_tile_current": "{head}, actuelle : {text}",
        "page_tile_deleted": "{head}, supprimée",
        "page_view": "Voir {head}",
        "page_edit_from": "Modifier à partir de {head}…",
        "page_go_on": "Continuer à partir de {head}",
        "page_compare_current": "Comparer avec l’actuelle",
        # --- what the API refuses ---
        "refused_bad_request": "Cette requête n’est pas comprise : {what}.",
        "refused_not_json": "Envoyez du JSON, avec Content-Type: application/json.",
        "refused_too_large": "C’est trop long. Un message a au plus {limit} caractères.",
        "refused_empty": "Ce message est vide. Écrivez quelques mots ou ajoutez une image.",
        "refused_unknown_command": "La commande {command} n’existe pas. Tapez / pour voir celles qui "
        "existent.",
        "refused_too_many_uploads": "Un message prend au plus {limit} images ; celui-ci en a {count}. "
        "Retirez-en.",
        "refused_upload_gone": "Une image de ce message n’est plus là. Retirez-la et ajoutez-la de nouveau.",
        "refused_no_person": "Ouvrez d’abord la page : elle vous donne un nom.",
        "refused_no_entry": "Ce studio veut d’abord son mot de passe : ouvrez /login.",
        "refused_wrong_password": "Ce n’est pas le mot de passe. Réessayez.",
        "refused_too_many_tries": "Trop d’essais. Attendez une minute, puis réessayez.",
        "refused_foreign_origin": "Cette requête venait d’un autre site et n’a pas été exécutée.",
        "refused_foreign_host": "Cette adresse n’est pas celle de ce serveur. Ouvrez celle qu’il indique à "
        "son démarrage.",
        "refused_not_found": "Il n’y a rien ici, ou ce n’est pas à vous de le voir.",
        "refused_no_name": "Un nom a de 1 à {limit} caractères visibles.",
        "refused_busy": "Quelqu’un d’autre écrit en ce moment. Réessayez dans un instant.",
        "refused_crowded": "Beaucoup d’images sont en route en ce moment. Réessayez dans un instant.",
        "refused_storage": "Le serveur ne peut ni lire ni écrire ses données pour le moment. Rien n’est "
        "perdu : réessayez bientôt.",
        "refused_too_many_streams": "Trop d’onglets de cette page sont ouverts. Fermez-en.",
        "refused_starting": "Pas encore prêt.",
        "refused_broken": "Quelque chose a mal tourné sur le serveur. Ce que vous avez envoyé reste sur "
        "cette page : réessayez.",
        "refused_picture_too_large": "{name} dépasse {limit} Mo. Envoyez une copie plus petite.",
        "refused_stalled": "{name} s’est arrêté à mi-chemin. Envoyez-le de nouveau.",
        "refused_not_a_picture": "{name} n’est pas une image. Envoyez un fichier PNG, JPEG ou WebP.",
        "refused_unsupported_format": "{name} est dans un format qui ne peut pas être lu ici. Envoyez un "
        "fichier PNG, JPEG ou WebP.",
        "refused_animated": "{name} est animée. Envoyez-en une seule image fixe.",
        "refused_too_many_pixels": "{name} a trop de pixels. Envoyez une copie plus petite.",
        "refused_truncated": "{name} est incomplet : la fin manque. Envoyez-le de nouveau depuis l’original.",
    }
)

TEXTS: Final[Mapping[str, str]] = MappingProxyType({code: spaced(text) for code, text in _WRITTEN.items()})
