"""What stands on commands and menus, in French."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "name_edit": "modifier",
        "name_quota": "quota",
        "name_gallery": "galerie",
        "name_settings": "réglages",
        "name_help": "aide",
        "name_forget": "oublier",
        "name_show": "voir",
        "name_limit": "limite",
        "name_more": "plus",
        "name_server": "serveur",
        "name_usage": "consommation",
        "name_days": "jours",
        "name_prompt": "description",
        "name_change": "modification",
        "name_version": "version",
        "name_aspect": "format",
        "name_size": "taille",
        "name_quality": "qualité",
        "name_count": "nombre",
        "name_background": "fond",
        "name_format": "fichier",
        "name_image": "image",
        "name_what": "quoi",
        "about_imagine": "Crée une image et ouvre un fil ; chaque réponse y modifie l’image",
        "about_edit": "Modifie la dernière image de ce fil, ou une autre version",
        "about_quota": "Voir combien d’images il vous reste, et quand il y en aura plus",
        "about_gallery": "Voir vos dernières images et leurs fils",
        "about_settings": "Voir les réglages de ce serveur ; les admins les changent",
        "about_help": "Voir ce que l’on peut dire et faire ici",
        "about_forget": "Efface images et mots pour toujours ; on vous redemande avant",
        "about_show": "Ce qui est réglé, qui peut le changer et qui a changé quoi",
        "about_limit": "Pour les admins : limiter un membre, un rôle, un salon ou le serveur",
        "about_more": "Pour les admins : donner plus pour le jour, la semaine ou le mois en cours",
        "about_server": "Pour les admins : fuseau horaire, boutons des autres, autres admins",
        "about_usage": "Pour les admins : qui a fait combien d’images, et leur coût",
        "about_days": "Combien de jours en arrière, 30 par défaut",
        "about_prompt": "Ce que vous voulez voir ; les mots entre guillemets sont écrits",
        "about_change": "Ce qui doit changer ; le reste ne bouge pas",
        "about_version": "De quelle version partir ; sinon la dernière",
        "about_aspect": "Largeur et hauteur, comme 16:9, ou square, portrait, wide",
        "about_size": "De quelle taille ; 4K coûte le plus",
        "about_quality": "Basse est rapide et bon marché, haute est lente et chère",
        "about_count": "Combien d’images différentes",
        "about_background": "Si le fond est transparent",
        "about_format": "Le type de fichier",
        "about_image": "Une image de référence",
        "about_what": "Ce qui doit être oublié",
        "choice_quality_low": "Basse",
        "choice_quality_medium": "Moyenne",
        "choice_quality_high": "Haute",
        "choice_transparent": "Transparent",
        "choice_forget_this": "La dernière image de ce fil",
        "choice_forget_thread": "Tout ce fil",
        "choice_forget_me": "Tout ce qui me concerne",
        "menu_edit": "Modifier cette image",
        "menu_reference": "Prendre comme référence",
        "menu_why": "Pourquoi est-ce ainsi ?",
        "said_unknown_button": "Ce bouton vient d’une autre version d’Inkthread. Dites-le avec des mots, par "
        "exemple « encore ».",
        "said_form_lost": "Ce formulaire est trop ancien. Rien n’a été dépensé ; ouvrez-le à nouveau.",
        "said_edit_where": "Il n’y a pas d’image de moi à modifier ici. Faites-le dans le fil d’une image, "
        "ou répondez à l’image.",
        "said_not_ours": "Il n’y a pas d’image de moi dans ce message.",
        "said_hint_replies": "Je ne peux pas lire les réponses ordinaires ici. Pour modifier l’image, "
        "répondez-lui avec la mention activée, mentionnez-moi ou appuyez sur « Modifier… "
        "».",
        "label_whom": "Membre ou rôle",
        "label_whom_hint": "Vide : le salon ci-dessous, sinon tout le serveur",
        "label_channel": "Salon",
        "choice_not_open": "Seul celui qui a demandé peut appuyer sur les boutons",
        "said_saved": "Enregistré.",
    }
)
