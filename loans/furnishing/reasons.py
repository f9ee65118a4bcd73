"""The reasons that a new office begins with, in English and French; the further languages are in `reason_words`.

`helpers` are kinds of applicants.Partner. Nobody has signed these words: every row says so (`to_confirm`).
"""

from datetime import date

from applicants.models import Partner
from config.languages import BINDING
from loans.furnishing.reason_words import REASON_WORDS
from loans.models import ReasonWords
from loans.reasons import DECLINE, SUPPORT, forget_what_was_read

FROM = date(2020, 1, 1)
LENDER, SETTLEMENT, BUSINESS = Partner.Kind.LENDER, Partner.Kind.SETTLEMENT, Partner.Kind.BUSINESS
EMPLOYMENT = Partner.Kind.EMPLOYMENT


def _yes(code, sentence_en, sentence_fr, purpose=""):
    return {
        "kind": SUPPORT,
        "code": code,
        "purpose": purpose,
        "sentence_en": sentence_en,
        "sentence_fr": sentence_fr,
    }


def _no(code, sentence, change, *helpers, **more):
    """A reason against: sentence and what would change it, each (English, French)."""
    words = {"sentence_en": sentence[0], "sentence_fr": sentence[1], "change_en": change[0], "change_fr": change[1]}
    return {"kind": DECLINE, "code": code, "helpers": [str(kind) for kind in helpers], **words, **more}


FURNISHED = (
    _yes(
        "affordable",
        "The monthly payment fits the household budget.",
        "Le paiement mensuel entre dans le budget du ménage.",
    ),
    _yes(
        "sound_plan",
        "The training leads to the work the applicant was trained for.",
        "La formation mène au travail pour lequel la personne a été formée.",
        "training",
    ),
    _yes("enrolled", "The school has accepted the applicant.", "L’école a accepté la personne.", "training"),
    _yes(
        "sound_business",
        "The figures of the business carry the payment.",
        "Les chiffres de l’entreprise permettent le versement.",
        "business",
    ),
    _yes("experience", "The applicant knows this trade.", "La personne connaît ce métier.", "business"),
    _yes(
        "better_income",
        "The new work should pay clearly better than the present one.",
        "Le nouveau travail devrait être nettement mieux payé que le travail actuel.",
    ),
    _no(
        "not_affordable",
        (
            "The monthly payment would not fit your household budget.",
            "Le paiement mensuel n’entrerait pas dans le budget de votre ménage.",
        ),
        (
            "A smaller loan, a longer time to repay, or a higher income would change this.",
            "Un prêt plus petit, plus de temps pour rembourser ou un revenu plus élevé changerait cela.",
        ),
        SETTLEMENT,
        EMPLOYMENT,
    ),
    _no(
        "debts_too_high",
        (
            "The payments on your other debts are already high for your income.",
            "Les paiements de vos autres dettes sont déjà élevés par rapport à votre revenu.",
        ),
        (
            "Paying down a debt, or a plan made with a credit counsellor, would change this.",
            "Rembourser une dette, ou faire un plan avec un conseiller ou une conseillère en crédit, changerait cela.",
        ),
        SETTLEMENT,
    ),
    _no(
        "credit_history",
        (
            "Your credit report shows payments that were late or not made.",
            "Votre dossier de crédit montre des paiements en retard ou non faits.",
        ),
        (
            "Six months of payments on time would change this. If the report is wrong, ask the bureau to correct it.",
            "Six mois de paiements à temps changeraient cela. Si le dossier contient une erreur, demandez à l’agence "
            "de la corriger.",
        ),
        SETTLEMENT,
        LENDER,
        rests_on_report=True,
    ),
    _no(
        "plan_unclear",
        (
            "We could not see how the training leads to the work you want.",
            "Nous n’avons pas pu voir comment la formation mène au travail que vous voulez.",
        ),
        (
            "A letter from the school or the licensing body that names the next step would change this.",
            "Une lettre de l’école ou de l’ordre professionnel qui indique la prochaine étape changerait cela.",
        ),
        EMPLOYMENT,
        purpose="training",
    ),
    _no(
        "figures_unclear",
        (
            "We could not see how the business would earn enough to pay the loan back.",
            "Nous n’avons pas pu voir comment l’entreprise gagnerait assez pour rembourser le prêt.",
        ),
        (
            "Figures of a first month, or orders from customers, would change this.",
            "Les chiffres d’un premier mois, ou des commandes de clients, changeraient cela.",
        ),
        BUSINESS,
        LENDER,
        purpose="business",
    ),
    _no(
        "not_enrolled",
        ("The school has not accepted you yet.", "L’école ne vous a pas encore accepté ou acceptée."),
        ("A letter of acceptance would change this.", "Une lettre d’admission changerait cela."),
        EMPLOYMENT,
        purpose="training",
    ),
    _no(
        "other_funding",
        (
            "Another programme can pay for this training without a loan.",
            "Un autre programme peut payer cette formation sans prêt.",
        ),
        (
            "If that programme says no, send us its letter and ask again.",
            "Si ce programme dit non, envoyez-nous sa lettre et refaites une demande.",
        ),
        EMPLOYMENT,
        SETTLEMENT,
        purpose="training",
    ),
    _no(
        "papers_missing",
        (
            "We could not check what you wrote, because papers were missing.",
            "Nous n’avons pas pu vérifier ce que vous avez écrit, car il manquait des documents.",
        ),
        ("Sending the papers we asked for would change this.", "Envoyer les documents demandés changerait cela."),
        SETTLEMENT,
    ),
    _no(
        "outside_mandate",
        (
            "Our rules do not allow us to lend for this purpose.",
            "Nos règles ne nous permettent pas de prêter dans ce but.",
        ),
        (
            "A request for a purpose that we may lend for would change this.",
            "Une demande pour un but que nous pouvons financer changerait cela.",
        ),
        LENDER,
        SETTLEMENT,
    ),
    _no(
        "outside_area",
        ("You live outside the area where we may lend.", "Vous habitez hors de la région où nous pouvons prêter."),
        (
            "Moving to our area would change this. A lender near you may help you now.",
            "Habiter notre région changerait cela. Un prêteur près de chez vous peut vous aider dès maintenant.",
        ),
        LENDER,
        SETTLEMENT,
    ),
    _no(
        "status_ended",
        (
            "The paper you sent shows that your permit to live or work here has ended.",
            "Le document que vous avez envoyé montre que votre permis de vivre ou de travailler ici a pris fin.",
        ),
        (
            "A new permit, or proof that you asked for one, would change this.",
            "Un nouveau permis, ou la preuve que vous en avez demandé un, changerait cela.",
        ),
        SETTLEMENT,
    ),
    _no(
        "identity_unclear",
        ("We could not be sure who asked for this loan.", "Nous n’avons pas pu établir qui a demandé ce prêt."),
        (
            "Showing us a valid paper with your photo, at our office or on a video call, would change this.",
            "Nous montrer un document valide avec votre photo, au bureau ou par appel vidéo, changerait cela.",
        ),
        SETTLEMENT,
    ),
    _no(
        "answers_incomplete",
        (
            "Answers that we need for a decision were missing.",
            "Il manquait des réponses dont nous avons besoin pour décider.",
        ),
        (
            "A form with these answers would change this. We can fill it in with you by phone.",
            "Un formulaire avec ces réponses changerait cela. Nous pouvons le remplir avec vous au téléphone.",
        ),
        SETTLEMENT,
    ),
    _no(
        "loan_already",
        ("You have a loan with us that is not paid back yet.", "Vous avez chez nous un prêt pas encore remboursé."),
        (
            "Paying back the first loan, or most of it, would change this.",
            "Rembourser le premier prêt, en tout ou en grande partie, changerait cela.",
        ),
        LENDER,
    ),
)


def furnish_reasons():
    """Put in the first wording of each reason that has none."""
    known = set(ReasonWords.objects.values_list("kind", "code"))
    missing = [row for row in FURNISHED if (row["kind"], row["code"]) not in known]
    ReasonWords.objects.bulk_create(ReasonWords(effective_from=FROM, **_further(row), **row) for row in missing)
    forget_what_was_read()


def _further(row):
    further = REASON_WORDS[row["code"]]
    return {"in_other_languages": further, "to_confirm": [*BINDING, *further]}
