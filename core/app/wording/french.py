"""The sentences in French.

A version is version, a picture image, a thread fil; people are vous. The spaces that must not break are
put in here, so that the sentences can be written with plain ones.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from core.app.wording.account.french import ACCOUNT
from core.app.wording.french_spaces import spaced

if TYPE_CHECKING:
    from collections.abc import Mapping

_WRITTEN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "unknown": "Il s’est passé quelque chose qu’Inkthread ne sait pas encore décrire ({code}).",
        "gone": "Ce n’est plus ici.",
        # --- a turn on its way ---
        "turn_waiting": "En attente : {ahead} demandes passent avant dans ce fil.",
        "turn_waiting_one": "En attente : 1 demande passe avant dans ce fil.",
        "turn_waiting_none": "En attente : c’est la prochaine dans ce fil.",
        "turn_queued_behind": "Dans la file : {ahead} images passent avant.",
        "turn_queued_behind_one": "Dans la file : 1 image passe avant.",
        "turn_rate_limited": "Le service d’images nous demande d’attendre un peu. Rien n’a échoué ; la "
        "suite est automatique.",
        "turn_minute_full": "En attente d’une place : le nombre d’images par minute est "
        "limité. Cela reprendra tout seul.",
        "turn_overloaded": "Le service d’images est surchargé. Rien n’a échoué ; un nouvel essai se fera "
        "tout seul.",
        "turn_unreachable": "Le service d’images est injoignable. Rien n’a été dépensé ; un nouvel essai se "
        "fera tout seul.",
        "turn_resumed": "Reprise après un redémarrage d’Inkthread.",
        "turn_generating": "Création de l’image…",
        "turn_generating_many": "Création de {count} images…",
        "turn_generating_many_one": "Création de l’image…",
        "turn_finishing": "Presque terminé…",
        "turn_cancelling": "Annulation en cours. Si l’image arrive quand même, elle est déjà payée ; elle "
        "sera gardée dans l’historique.",
        "turn_refused": "Rien n’a été créé ni dépensé. Le message ci-dessous explique pourquoi.",
        "turn_not_shown": "L’image est créée et conservée, mais elle n’a pas pu s’afficher ici. Dites « "
        "montrer » pour la voir.",
        "not_shown_missing": "Il manque à Inkthread l’autorisation de montrer votre image ici : "
        "{missing}. Elle est conservée. Une fois l’autorisation donnée, dites « montrer » dans le "
        "fil.",
        "not_shown": "Votre image est créée et conservée, mais Inkthread ne peut plus écrire là où vous "
        "l’avez demandée. Quand il le pourra, dites-y « montrer ». "
        "D’ici là, elle est dans votre historique.",
        "about_price": "environ {price}",
        # --- how a turn ends without its picture ---
        "cancelled": "Annulé. Rien n’a été dépensé.",
        "cancelled_billed": "Annulé. Le service d’images a peut-être facturé {price} ; cela ne vous est pas "
        "compté.",
        "cancelled_late": "Annulé, mais l’image était déjà créée et payée. Elle est gardée sous {head} ; le "
        "fil continue là où il en était. Dites « {head} » pour l’utiliser.",
        "failed_moderated": "Le système de sécurité a refusé, il n’y a donc pas d’image. Cela ne vous coûte "
        "rien. Dites-le autrement, ou retirez ce qui pourrait sembler nuisible.",
        "failed_moderated_input": "Le système de sécurité a refusé la demande elle-même : ses mots ou une "
        "image de référence. Cela ne vous coûte rien. Dites-le autrement, ou utilisez d’autres références.",
        "failed_moderated_output": "Une image a été créée, mais le système de sécurité l’a retenue. Cela ne "
        "vous coûte rien. Changez ce qui est montré et réessayez.",
        "failed_rejected": "Le service d’images n’a pas accepté cette demande. Rien n’a été dépensé. "
        "Essayez d’autres options ; si cela continue, prévenez la personne qui gère Inkthread (référence "
        "{reference}).",
        "failed_rate_limited": "Le service d’images est resté trop occupé longtemps, la demande a donc été "
        "abandonnée. Rien n’a été dépensé. Réessayez plus tard.",
        "failed_overloaded": "Le service d’images est resté surchargé longtemps, la demande a donc été "
        "abandonnée. Rien n’a été dépensé. Réessayez plus tard.",
        "failed_unreachable": "Le service d’images n’a pas pu être joint. Rien n’a été dépensé. Réessayez ; "
        "si cela continue, demandez à la personne qui gère Inkthread de vérifier le réseau.",
        "failed_out_of_money": "Le compte qui paie les images n’a plus de crédit. Rien n’a été dépensé. La "
        "personne qui gère Inkthread doit le recharger ; réessayez ensuite.",
        "failed_key_refused": "Le service d’images a refusé notre clé. Rien n’a été dépensé. La personne "
        "qui gère Inkthread doit vérifier OPENAI_API_KEY (« inkthread doctor » en dit plus) ; réessayez "
        "ensuite.",
        "failed_no_answer": "Le service d’images n’a pas répondu à temps. Il a peut-être quand même facturé "
        "{price} ; cela ne vous est pas compté. Rien n’est répété sans vous : appuyez sur « Réessayer » si "
        "vous le voulez.",
        "failed_broken_off": "La connexion s’est coupée pendant la création de l’image. Cela a peut-être "
        "coûté {price} ; cela ne vous est pas compté. Rien n’est répété sans vous : appuyez sur « Réessayer "
        "» si vous le voulez.",
        "failed_no_picture": "Le service d’images a répondu sans image. Cela ne vous est pas compté. "
        "Réessayez.",
        "failed_storage": "L’espace où sont gardées les images est plein ou impossible à écrire. Cela ne "
        "vous est pas compté. La personne qui gère Inkthread doit faire de la place ; réessayez ensuite.",
        "failed_cannot_post": "Inkthread ne peut pas publier ici, donc rien n’a été créé ni dépensé. "
        "Invitez-le dans ce canal et réessayez.",
        "failed_cannot_post_missing": "Il manque une autorisation à Inkthread ici : rien n’a été créé ni "
        "dépensé. La personne qui gère cet endroit doit l’accorder : {missing}. Réessayez ensuite.",
        "permission_view_channel": "Voir le salon",
        "permission_send_messages": "Envoyer des messages",
        "permission_send_messages_in_threads": "Envoyer des messages dans les fils",
        "permission_attach_files": "Joindre des fichiers",
        "failed_own_fault": "Une erreur s’est produite dans Inkthread avant tout envoi. Rien n’a été "
        "dépensé. Réessayez ; si cela continue, prévenez la personne qui gère Inkthread (référence "
        "{reference}).",
        # --- answers ---
        "queued": "En attente : {ahead} demandes passent avant dans ce fil.",
        "queued_one": "En attente : 1 demande passe avant dans ce fil.",
        "queued_none": "En attente : c’est la prochaine dans ce fil.",
        "busy": "Trois demandes attendent déjà dans ce fil. Redemandez quand l’une sera terminée, ou "
        "annulez-en une.",
        "busy_moving": "Une image est en cours de création ici. Changez de version quand elle sera prête.",
        "closed": "Ce fil est fermé. Commencez une nouvelle image avec /imagine.",
        "closed_thread": "Fermé : les réponses ici ne sont plus des modifications. Les images restent.",
        "nothing_to_undo": "Il n’y a rien à défaire : c’est la première version.",
        "nothing_to_redo": "Il n’y a rien à rétablir. Dites « historique » pour voir toutes les versions.",
        "nothing_to_cancel": "Rien à vous n’est en cours ni en attente ici.",
        "nothing_to_edit": "Il n’y a pas encore d’image à modifier ici. Demandez-en une avec /imagine, ou "
        "envoyez-en une.",
        "nothing_to_show": "Il n’y a pas encore d’image ici. Demandez-en une avec /imagine.",
        "nothing_to_compare": "Il n’y a qu’une version pour l’instant, donc rien à comparer.",
        "no_such_revision": "Il n’y a pas de v{revision} dans ce fil. Dites « historique » pour voir ce "
        "qu’il y a.",
        "no_such_candidate": "Cette version n’a pas d’image {letter}. Dites « historique » pour voir ce "
        "qu’il y a.",
        "moved_to": "Le fil continue maintenant à partir de {head}.",
        "over_quota": "{whose} : plus assez de marge. Utilisé {used} sur {amount}, et il faut ici {needed}. "
        "De la marge à nouveau à partir du {back_at}. {ask}",
        "over_quota_for_good": "{whose} : cette seule demande dépasse le maximum. Il faut {needed} sur "
        "{amount}. Demandez moins. {ask}",
        "over_quota_ask_admin": "Un administrateur peut l’augmenter.",
        "whose_actor_day": "Votre limite du jour",
        "whose_actor_week": "Votre limite de la semaine",
        "whose_actor_month": "Votre limite du mois",
        "whose_role_day": "La limite du jour de votre groupe",
        "whose_role_week": "La limite de la semaine de votre groupe",
        "whose_role_month": "La limite du mois de votre groupe",
        "whose_channel_day": "La limite du jour de ce canal",
        "whose_channel_week": "La limite de la semaine de ce canal",
        "whose_channel_month": "La limite du mois de ce canal",
        "whose_workspace_day": "La limite du jour de l’équipe",
        "whose_workspace_week": "La limite de la semaine de l’équipe",
        "whose_workspace_month": "La limite du mois de l’équipe",
        "whose_installation_day": "Le budget du jour de cet Inkthread",
        "whose_installation_week": "Le budget de la semaine de cet Inkthread",
        "whose_installation_month": "Le budget du mois de cet Inkthread",
        "not_yours": "Seuls {name} ou un administrateur peuvent faire cela. Répondez dans le fil pour "
        "demander votre propre image.",
        "not_yet": "« {what} » n’est pas encore disponible. Rien n’a été fait ni dépensé.",
        "references_notice": "Bon à savoir : la position et les autres données cachées sont retirées de vos "
        "images. Elles sont envoyées au service d’images avec votre demande, et gardées ici tant qu’une "
        "version les utilise.",
        # --- what is wrong with a prompt ---
        "prompt_empty": "Il n’y a pas de mots pour créer une image. Essayez : /imagine un phare au "
        "crépuscule --ar 16:9",
        "prompt_too_long": "C’est trop long : le modèle lit au plus 32 000 caractères. Rien n’a été coupé "
        "ni dépensé. Raccourcissez et renvoyez.",
        "prompt_unknown_option": "L’option {subject} n’existe pas. {meant}Dites « aide » pour voir les "
        "options. Ici : {place}",
        "prompt_missing_value": "L’option {subject} demande une valeur. {meant}Ici : {place}",
        "prompt_bad_value": "{subject} n’est pas une valeur que cette option connaît. {meant}Ici : {place}",
        "prompt_bad_ratio": "Le rapport {subject} est impossible : il doit être entre 1:3 et 3:1. "
        "{meant}Ici : {place}",
        "prompt_bad_size": "La taille {subject} est impossible. Les deux côtés doivent être des multiples "
        "de 16, d’au plus 3840, et l’image compter entre 655 360 et 8 294 400 pixels. {meant}Ici : {place}",
        "prompt_bad_count": "« {subject} » n’est pas un nombre d’images possible : de 1 à 8 à la fois. "
        "{meant}Ici : {place}",
        "prompt_conflict": "{subject} et {other} ne vont pas ensemble ; retirez l’un des deux. {meant}Ici : "
        "{place}",
        "prompt_repeated_option": "L’option {subject} apparaît deux fois ; gardez-en une. Ici : {place}",
        "prompt_no_seeds": "Le modèle n’a pas de graine aléatoire, donc {subject} ne ferait rien. "
        "Retirez-le ; « encore » donne une autre image.",
        "prompt_not_yet": "L’option {subject} n’est pas encore disponible, donc rien n’a été créé ni "
        "dépensé. Retirez-la et renvoyez.",
        "did_you_mean": "Vouliez-vous dire {suggestion} ? ",
        "texts_tip": "Astuce : dans une longue demande, mettez chaque texte à dessiner entre guillemets, "
        "l’un après l’autre. Le rendu est plus exact.",
        # --- what a model cannot do ---
        "model_cannot_size": "Le modèle ne peut pas créer {subject}. Le plus proche est {suggestion}.",
        "model_cannot_quality": "Le modèle n’a pas la qualité « {subject} ». La plus proche est « "
        "{suggestion} ».",
        "model_cannot_format": "Le modèle ne peut pas créer de fichiers {subject}. Il peut créer "
        "{suggestion}.",
        "model_cannot_format_without_alpha": "Un fichier {subject} ne peut pas être transparent. Utilisez "
        "{suggestion}.",
        "model_cannot_count": "Le modèle ne peut pas créer {subject} images à la fois ; demandez-en au plus "
        "{suggestion}.",
        "model_cannot_inputs": "Le modèle accepte au plus {suggestion} images par demande ; il y en avait "
        "{subject}. Envoyez-en moins.",
        "model_cannot_inputs_one": "Le modèle n’accepte que 1 image par demande ; il y en avait {subject}. "
        "Envoyez-en moins.",
        "model_cannot_edit": "Le modèle utilisé ici ne peut pas modifier d’images, seulement en créer. "
        "Commencez-en une avec /imagine.",
        "model_cannot_transparent": "Le modèle utilisé ici ne peut pas créer d’images transparentes. "
        "Redemandez sans fond transparent.",
        "too_many_references": "Au plus {suggestion} images de référence sont possibles ici ; il y en avait "
        "{subject}. Rien n’a été dépensé ; envoyez-en moins.",
        "too_many_references_one": "Une seule image de référence est possible ici ; il y en avait "
        "{subject}. Rien n’a été dépensé ; envoyez-en moins.",
        # --- what is wrong with a file ---
        "file_not_a_picture": "{file} n’est pas une image. Envoyez du png, jpeg ou webp. Rien n’a été "
        "dépensé.",
        "file_unsupported_format": "{file} est un type d’image illisible ici. Envoyez du png, jpeg ou webp. "
        "Rien n’a été dépensé.",
        "file_animated": "{file} est animé ; seules les images fixes conviennent. Enregistrez une image en "
        "png et envoyez-la. Rien n’a été dépensé.",
        "file_too_many_pixels": "{file} a trop de pixels pour être ouvert sans risque. Réduisez-le et "
        "renvoyez-le. Rien n’a été dépensé.",
        "file_truncated": "{file} est coupé : une partie de l’image manque. Renvoyez-le. Rien n’a été "
        "dépensé.",
        "file_too_large": "{file} est trop volumineux. Envoyez au plus 50 Mo. Rien n’a été dépensé.",
        "file_gone": "{file} n’est plus là. Renvoyez-le. Rien n’a été dépensé.",
        "file_forbidden": "{file} n’a pas pu être ouvert : Inkthread n’a pas le droit de le lire. "
        "Envoyez-le directement ici. Rien n’a été dépensé.",
        "file_unreachable": "{file} n’a pas pu être récupéré à l’instant. Renvoyez-le dans un moment. Rien "
        "n’a été dépensé.",
        "storage_down": "L’espace où sont gardées les images est plein ou impossible à écrire, donc rien "
        "n’a été commencé ni dépensé. La personne qui gère Inkthread doit faire de la place ; réessayez "
        "ensuite.",
        # --- captions, buttons, texts beside pictures ---
        "caption_from": "{revision} à partir de {parent}",
        "caption_seconds": "{seconds} s",
        "caption_free": "gratuit",
        "caption_estimated": "{price} (estimation)",
        "caption_today": "vous {used} sur {amount} aujourd’hui",
        "caption_ai": "générée par IA",
        "caption_sandbox": "bac à sable, pas un vrai modèle",
        "caption_fewer": "{came} sur {asked} reçues",
        "caption_refit": "réencodée pour tenir ; l’original est à un clic",
        "caption_routed": "créée par {model}, car {configured} ne sait pas le faire",
        "caption_hint_ratio": "rapport tiré de « {words} »",
        "caption_hint_tier": "taille tirée de « {words} »",
        "caption_hint_transparent": "transparente, d’après « {words} »",
        "final_text": "version finale",
        "button_edit": "Modifier…",
        "button_again": "Encore",
        "button_undo": "Défaire",
        "button_final": "Version finale",
        "button_use": "Utiliser {letter}",
        "button_compare": "Comparer",
        "button_history": "Historique",
        "button_original": "Fichier original",
        "button_why": "Pourquoi ce rendu ?",
        "button_cancel": "Annuler",
        "button_try_again": "Réessayer",
        "button_try_again_price": "Réessayer · {price}",
        "alt_made": "Image générée par IA : {text}",
        "alt_changed": "Image générée par IA : {text}. Puis modifiée : {changes}",
        "alt_candidate": "Image {letter}. {alt}",
        "alt_compare": "{left} et {right} côte à côte",
        "alt_history": "Toutes les versions en rang",
        "placeholder_text": "{name} a demandé : {text}",
        "result_text": "{head} est prête : {text}",
        "show_text": "{head} à nouveau : {text}",
        "compare_text": "{left} à côté de {right}",
        "history_text": "Toutes les versions jusqu’ici",
        "history_part": "Les {count} dernières versions sur {total}. Pour en voir deux au choix : "
        "compare v{first} v{last}",
        "history_line": "{head} à partir de {parent} : {text}",
        "history_line_first": "{head} : {text}",
        "history_head": "{line} ← le fil continue d’ici",
        "original_text": "Le fichier original de {head}, exactement tel que le modèle l’a créé.",
        "original_linked": (
            "L’original de {head} fait {size}, c’est plus qu’il n’est permis ici. Le voici, exactement "
            "tel que le modèle l’a créé ; le lien vaut une semaine."
        ),
        "original_link": "Télécharger l’original",
        "original_kept": (
            "L’original de {head} fait {size}, c’est plus qu’il n’est permis ici. Il est conservé tel "
            "quel, et chaque modification part de lui. Appuyez à nouveau là où des fichiers plus grands "
            "sont permis, ou demandez le fichier {name} à qui gère Inkthread."
        ),
        "download_unknown": "Il n’y a rien à cette adresse.",
        "download_over": "Ce lien a expiré. Redemandez l’original dans le fil.",
        "download_later": "L’image n’est pas accessible pour l’instant. Rouvrez le lien dans un moment.",
        "why_text": "Comment {head} a été créée",
        "why_asked": "Demande de {name} : {text}",
        "why_from": "Part de {parent}.",
        "why_model": "Modèle {model}, {size}, qualité {quality}, {format}. Images demandées : {count}. "
        "Références : {references}.",
        "why_cost": "Coût : {price}.",
        "why_sent": "Ce que le modèle a reçu :",
        **ACCOUNT,
        # --- forgetting, and messages that are taken back ---
        "button_delete": "Supprimer…",
        "button_forget": "Oui, oublier",
        "forget_ask_this": "Oublier {head} pour toujours ? Disparaissent : ses images ({pictures}) avec "
        "les mots qui les ont demandées, et les messages d’Inkthread à son sujet ({messages}). Demandé "
        "par : {names}. Les autres versions restent. C’est irréversible.",
        "forget_ask_thread": "Oublier tout ce fil pour toujours ? Disparaissent : les images ({pictures}), "
        "les demandes ({words}) et les messages d’Inkthread ici ({messages}). Demandé par : {names}. Le "
        "fil est fermé. C’est irréversible.",
        "forget_ask_me": "Oublier tout ce que vous avez demandé dans cet espace ? Disparaissent : votre "
        "nom, vos images ({pictures}), vos demandes ({words}) et les messages d’Inkthread à leur sujet "
        "({messages}), dans tous les fils. Ce que d’autres ont demandé reste. C’est irréversible.",
        "forget_busy": "Une demande en cours ou en attente part de {head}. Attendez qu’elle soit finie, ou "
        "annulez-la ; supprimez {head} ensuite.",
        "forget_waiting": "Quelque chose est en train d’être fait ici. C’est d’abord annulé, puis tout "
        "disparaît, et vous êtes prévenu.",
        "forget_nothing": "Il n’y a plus rien à oublier ici.",
        "forget_where": "Dites-le dans le fil concerné.",
        "forgot": "Oublié. Ont disparu : images {pictures}, demandes {words}, messages {messages}. Seuls "
        "des chiffres restent dans les comptes, sans mots ni images.",
        "forgot_but_left": "Oublié. Ont disparu : images {pictures}, demandes {words}, messages "
        "{messages}. Seuls des chiffres restent dans les comptes, sans mots ni images. Messages que la "
        "plateforme n’a pas laissé retirer : {left} ; supprimez-les à la main.",
        "forgotten": "Ceci a été oublié sur demande.",
        "words_forgotten": "Les mots de cette demande ont été oubliés sur demande.",
        "person_unnamed": "une personne dont le nom n’est pas conservé",
        "revision_forgotten": "v{revision} a été oubliée, on ne peut plus rien en faire. Dites "
        "« historique » pour voir ce qu’il y a.",
        "revised_late": "Cela a commencé avec vos premiers mots, les nouveaux arrivent trop tard. Répondez "
        "dans son fil avec ce qu’il faut changer.",
        "withdrawn_late": "Votre message n’est plus là, mais son image est déjà en cours. Annulez-la sur "
        "son propre message, ou supprimez l’image quand elle sera là.",
        # --- help ---
        "help_text": "Ce que vous pouvez dire ici",
        "help_new": "/imagine et ce que vous voulez voir crée une nouvelle image. Options : --ar 16:9, "
        "--size 2k, --quality high, --draft, -n 4, --transparent, --format webp, --no texte. Les mots entre "
        "guillemets sont dessinés lettre par lettre.",
        "thread_hint": "Répondez à ce message pour modifier l’image.",
        "help_reply": "Répondez dans son fil avec ce qui doit changer : cela modifie la dernière version. « "
        "v2 : rends le ciel vert » part de v2.",
        "help_words": "défaire · rétablir · v2 · encore · utilise b · final · final 4k · montrer · pourquoi "
        "· comparer · comparer v1 v3 · historique · annuler · fermer · aide",
        "help_talk": "Commencez par // pour parler sans rien changer.",
    }
)

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {code: spaced(text) for code, text in _WRITTEN.items()}
)
