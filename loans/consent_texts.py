"""The wordings of the consents that a new office begins with; its own follow as rows with a later day."""

from datetime import date

from loans.models import ConsentText

FROM = date(2020, 1, 1)
TEXTS = (
    (
        "truth",
        "What I wrote is true as far as I know.",
        "Ce que j’ai écrit est vrai, pour autant que je sache.",
        "This is a statement about your application. If something is not right, tell your loan officer.",
        "Il s’agit d’une déclaration sur votre demande. Si quelque chose est inexact, dites-le à votre responsable de "
        "prêts.",
    ),
    (
        "credit_check",
        "The loan office may ask a credit bureau about me for this application.",
        "Le bureau de prêt peut se renseigner sur moi auprès d’une agence d’évaluation du crédit pour cette demande.",
        "We do not ask a credit bureau about you again. What we learned before stays in your file. If we have not "
        "asked yet, we may not be able to finish your application.",
        "Nous ne demandons plus rien sur vous à une agence d’évaluation du crédit. Ce que nous avons appris avant "
        "reste dans votre dossier. Si nous n’avons encore rien demandé, il se peut que nous ne puissions pas terminer "
        "l’étude de votre demande.",
    ),
    (
        "bureau_reporting",
        "If I get a loan, the loan office may tell a credit bureau how I pay it back. This can build my credit "
        "history.",
        "Si j’obtiens un prêt, le bureau de prêt peut dire à une agence d’évaluation du crédit comment je le "
        "rembourse. Cela peut m’aider à bâtir mes antécédents de crédit.",
        "We send nothing more about your loan to a credit bureau. What was sent before stays with the bureau.",
        "Nous n’envoyons plus rien sur votre prêt à une agence d’évaluation du crédit. Ce qui a été envoyé avant y "
        "reste.",
    ),
    (
        "share_with_funder",
        "The loan office may show my file to those who pay for its loans ({fund}), so that they can check its work.",
        "Le bureau de prêt peut montrer mon dossier à ceux qui financent ses prêts ({fund}), pour qu’ils puissent "
        "vérifier son travail.",
        "We no longer show your file to {fund}. Numbers in which nobody can be recognized are still reported.",
        "Nous ne montrons plus votre dossier à {fund}. Des chiffres dans lesquels personne n’est reconnaissable sont "
        "encore transmis.",
    ),
    (
        "tell_partner",
        "The loan office may tell {partner}, who sent me, whether I got a loan. Nothing else is told.",
        "Le bureau de prêt peut dire à {partner}, qui m’a envoyé, si j’ai obtenu un prêt. Rien d’autre n’est dit.",
        "We tell {partner} nothing more about you. What was told before cannot be taken back.",
        "Nous ne disons plus rien sur vous à {partner}. Ce qui a été dit avant ne peut pas être repris.",
    ),
    (
        "referral",
        "The loan office may tell {partner} my name, my telephone number, my e-mail address and what I want the money "
        "for, so that they can get in touch with me. Nothing else is told.",
        "Le bureau de prêt peut communiquer à {partner} mon nom, mon numéro de téléphone, mon adresse de courriel et "
        "ce à quoi l’argent doit me servir, pour qu’on puisse communiquer avec moi. Rien d’autre n’est dit.",
        "As long as nothing was sent, we tell {partner} nothing about you. What was sent cannot be taken back.",
        "Tant que rien n’est envoyé, nous ne disons rien sur vous à {partner}. Ce qui a été envoyé ne peut pas être "
        "repris.",
    ),
    (
        "messages",
        "The loan office may write to me by e-mail about other help for newcomers.",
        "Le bureau de prêt peut m’écrire par courriel au sujet d’autres aides pour les personnes nouvellement "
        "arrivées.",
        "We write to you only about your own application and loan.",
        "Nous ne vous écrivons plus qu’au sujet de votre demande et de votre prêt.",
    ),
    (
        "research",
        "The loan office may ask me after 6, 12 and 24 months how I am doing. I can leave any question open.",
        "Le bureau de prêt peut me demander après 6, 12 et 24 mois comment je vais. Je peux laisser toute question "
        "sans réponse.",
        "We do not ask you again how you are doing. Answers you gave before are still counted, without your name.",
        "Nous ne vous demandons plus comment vous allez. Les réponses données avant comptent encore, sans votre nom.",
    ),
)


def furnish_consent_texts():
    """Put in the first wording of each purpose that has none."""
    known = set(ConsentText.objects.values_list("purpose", flat=True))
    ConsentText.objects.bulk_create(
        ConsentText(
            purpose=purpose,
            version="1",
            effective_from=FROM,
            text_en=text_en,
            text_fr=text_fr,
            after_en=after_en,
            after_fr=after_fr,
        )
        for purpose, text_en, text_fr, after_en, after_fr in TEXTS
        if purpose not in known
    )
