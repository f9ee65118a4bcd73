"""The message templates that a new office begins with, in English and French; the further languages are in
`template_words`. A real office reads them over and words them as it speaks."""

from datetime import date

from loans.furnishing.template_words import TEMPLATE_WORDS
from loans.models import MessageTemplate

FROM = date(2020, 1, 1)


def _row(code, names, english, french):
    """One template: names (English, French) and its words in both."""
    return {"code": code, "name_en": names[0], "name_fr": names[1], "text_en": english, "text_fr": french}


FURNISHED = (
    _row(
        "welcome",
        ("Welcome: who looks after your case", "Bienvenue : qui suit votre dossier"),
        "Hello {name},\n\n"
        "I am {officer} of {office}. I look after your application {reference}. We promised you an answer by "
        "{promise_day}.\n\n"
        "If you have a question, write to me here. You may also call us.",
        "Bonjour {name},\n\n"
        "Je m’appelle {officer} et je travaille chez {office}. Je m’occupe de votre demande {reference}. Nous avons "
        "promis de vous répondre au plus tard à cette date : {promise_day}.\n\n"
        "Si vous avez une question, écrivez-moi ici. Vous pouvez aussi nous appeler.",
    ),
    _row(
        "paper-missing",
        ("Papers are missing", "Il manque des documents"),
        "Hello {name},\n\n"
        "Thank you for your application {reference}. To go on, we still need:\n{missing_papers}\n\n"
        "A photo made with your phone will do. You can send it here with your answer. If you cannot get one of these "
        "papers, tell me: often another one will do as well.\n\n"
        "{officer}",
        "Bonjour {name},\n\n"
        "Merci pour votre demande {reference}. Pour continuer, il nous faut encore :\n{missing_papers}\n\n"
        "Une photo prise avec votre téléphone suffit. Vous pouvez l’envoyer ici avec votre réponse. Si vous ne pouvez "
        "pas obtenir un de ces documents, dites-le-moi : souvent, un autre document convient aussi.\n\n"
        "{officer}",
    ),
    _row(
        "photo-unreadable",
        ("A photo cannot be read", "Une photo est illisible"),
        "Hello {name},\n\n"
        "Thank you for the photo you sent. Sadly we cannot read it. Please make another one: in daylight, without "
        "flash, with the whole page in the picture. Then send it here with your answer.\n\n"
        "{officer}",
        "Bonjour {name},\n\n"
        "Merci pour la photo que vous avez envoyée. Malheureusement, nous n’arrivons pas à la lire. Pouvez-vous en "
        "prendre une autre, à la lumière du jour, sans flash, avec toute la page dans l’image? Envoyez-la ensuite ici "
        "avec votre réponse.\n\n"
        "{officer}",
    ),
    _row(
        "appointment",
        ("An appointment", "Un rendez-vous"),
        "Hello {name},\n\n"
        "I would like to talk with you about your application {reference}: at our office, by phone or by video, as "
        "you prefer. It takes about half an hour. Which days and hours are good for you? If you would like an "
        "interpreter, tell me which language: it costs you nothing.\n\n"
        "{officer}",
        "Bonjour {name},\n\n"
        "J’aimerais parler avec vous de votre demande {reference} : à notre bureau, au téléphone ou par vidéo, comme "
        "vous préférez. Cela prend environ une demi-heure. Quels jours et quelles heures vous conviennent? Si vous "
        "souhaitez un ou une interprète, dites-moi pour quelle langue : c’est gratuit.\n\n"
        "{officer}",
    ),
    _row(
        "more-days",
        ("We need some more days", "Il nous faut encore quelques jours"),
        "Hello {name},\n\n"
        "We promised you an answer about {reference} by {promise_day}. We need some more days, and I am sorry for "
        "that. You do not have to do anything. I will write to you as soon as we know more.\n\n"
        "{officer}",
        "Bonjour {name},\n\n"
        "Nous avons promis de vous répondre au sujet de {reference} au plus tard à cette date : {promise_day}. Il "
        "nous faut encore quelques jours, et je vous prie de nous en excuser. Vous n’avez rien à faire. Je vous "
        "écrirai dès que nous en saurons plus.\n\n"
        "{officer}",
    ),
    _row(
        "answer-awaited",
        ("We wait for your answer", "Nous attendons votre réponse"),
        "Hello {name},\n\n"
        "We asked you some questions about your application {reference} and wait for your answers until "
        "{answer_day}. You find them here: {link}\n\n"
        "If something is hard to answer, write to me. We can also fill it in together by phone.\n\n"
        "{officer}",
        "Bonjour {name},\n\n"
        "Nous vous avons posé des questions sur votre demande {reference}. Nous attendons vos réponses jusqu’à cette "
        "date : {answer_day}. Vous les trouvez ici : {link}\n\n"
        "S’il est difficile de répondre, écrivez-moi. Nous pouvons aussi remplir le formulaire ensemble, au "
        "téléphone.\n\n"
        "{officer}",
    ),
    _row(
        "appeal-arrived",
        ("Your appeal arrived", "Votre appel est arrivé"),
        "Hello {name},\n\n"
        "Your appeal about {reference} has arrived. Somebody who had no part in the decision looks at everything "
        "anew. We promised you an answer by {promise_day}. If you want to add something, write it here.\n\n"
        "{office}",
        "Bonjour {name},\n\n"
        "Votre appel au sujet de {reference} est arrivé. Une personne qui n’a pas pris part à la décision regarde "
        "tout de nouveau. Nous avons promis de vous répondre au plus tard à cette date : {promise_day}. Si vous "
        "voulez ajouter quelque chose, écrivez-le ici.\n\n"
        "{office}",
    ),
    _row(
        "call-us",
        ("Please call us", "Appelez-nous, s’il vous plaît"),
        "Hello {name},\n\n"
        "I tried to reach you by phone about your application {reference}. Please call us when it is good for you, "
        "or write to me here when I may call you: {office_phone}\n\n"
        "{officer}",
        "Bonjour {name},\n\n"
        "J’ai essayé de vous joindre au téléphone au sujet de votre demande {reference}. Appelez-nous quand cela vous "
        "convient, ou écrivez-moi ici quand je peux vous appeler : {office_phone}\n\n"
        "{officer}",
    ),
)


def furnish_templates():
    """Put in the first wording of each template that has none."""
    known = set(MessageTemplate.objects.values_list("code", flat=True))
    MessageTemplate.objects.bulk_create(
        MessageTemplate(effective_from=FROM, in_other_languages=TEMPLATE_WORDS[row["code"]], **row)
        for row in FURNISHED
        if row["code"] not in known
    )
