"""The clauses that a new office begins with, in English and in French. A lawyer reads them before anybody signs them.

The recourse clause is that of Rule H1 of Payments Canada, word for word (DOMAIN section 3.4).
"""

from datetime import date

from loans.models import ContractClause

FROM = date(2020, 1, 1)
AGREEMENT, DEBIT, PRIVACY = (
    ContractClause.Paper.AGREEMENT,
    ContractClause.Paper.DEBIT_AGREEMENT,
    ContractClause.Paper.PRIVACY,
)


def _row(paper, code, titles, english, french, stands=ContractClause.Stands.ALWAYS):
    """One clause: headings (English, French) and its words in both."""
    texts = {"title_en": titles[0], "title_fr": titles[1], "text_en": english, "text_fr": french}
    return {"paper": paper, "code": code, "stands": stands, **texts}


FURNISHED = (
    _row(
        AGREEMENT,
        "what-we-lend",
        ("What we lend", "Ce que nous prêtons"),
        "We lend you {sum} under our {product}, for the purpose that you wrote in your application.",
        "Nous vous prêtons {sum} dans le cadre du produit « {product} », dans le but que vous avez écrit dans "
        "votre demande.",
    ),
    _row(
        AGREEMENT,
        "interest",
        ("Interest", "Intérêts"),
        "The interest is {rate} a year on what you still owe, calculated monthly, not in advance. Each payment "
        "goes first to the cost of borrowing, then to the principal.",
        "Le taux d’intérêt annuel est de {rate} sur ce que vous devez encore, calculé chaque mois et non à "
        "l’avance. Chaque paiement va d’abord au coût d’emprunt, puis au capital.",
    ),
    _row(
        AGREEMENT,
        "paying-back",
        ("Paying back", "Remboursement"),
        "You pay the amounts in the plan on the days in the plan. When a day is not a business day, the next "
        "business day is on time.",
        "Vous payez les montants du calendrier aux dates du calendrier. Quand une date n’est pas un jour "
        "ouvrable, un paiement le jour ouvrable suivant est à temps.",
    ),
    _row(
        AGREEMENT,
        "paying-sooner",
        ("Paying sooner", "Remboursement anticipé"),
        "You may pay all or a part on any day, without notice and at no charge. If you pay everything back early, "
        "we give back the part of the fee for the time that is left.",
        "Vous pouvez rembourser tout ou une partie n’importe quel jour, sans préavis et sans frais. Si vous "
        "remboursez tout plus tôt, nous vous rendons la part des frais qui correspond au temps restant.",
    ),
    _row(
        AGREEMENT,
        "cannot-pay",
        ("If you cannot pay", "Si vous ne pouvez pas payer"),
        "Tell us. There is no late fee. Interest goes on for the amount that is not paid. If a payment is "
        "returned by your bank, we may ask only for what the bank charges us.",
        "Dites-le-nous. Il n’y a pas de frais de retard. Les intérêts continuent sur le montant qui n’est pas "
        "payé. Si votre banque nous retourne un paiement, nous ne pouvons demander que ce que la banque nous "
        "facture.",
    ),
    _row(
        AGREEMENT,
        "no-security",
        ("No security, no other services", "Aucune garantie, aucun autre service"),
        "We take nothing of yours as security. You buy no insurance or other service with this loan.",
        "Nous ne prenons aucun de vos biens en garantie. Vous n’achetez ni assurance ni autre service avec ce prêt.",
    ),
    _row(
        AGREEMENT,
        "privacy-in-short",
        ("Privacy", "Vie privée"),
        "We use what you tell us for this loan only, keep it locked, and give it to nobody without your consent, "
        "unless the law says so.",
        "Nous utilisons ce que vous nous dites seulement pour ce prêt, nous le gardons sous clé et nous ne le "
        "donnons à personne sans votre consentement, sauf si la loi l’exige.",
    ),
    _row(
        AGREEMENT,
        "guarantor",
        ("For the guarantor", "Pour la caution"),
        "The guarantor does not receive the money. If the borrower does not pay what is due, we first ask the "
        "borrower; then we write to the guarantor, who pays what is due and not paid. The guarantor never owes "
        "more than the borrower, may pay everything on any day, and is free when the loan is repaid.",
        "La caution ne reçoit pas l’argent. Si ce qui est dû n’est pas payé, nous le demandons d’abord à la "
        "personne qui emprunte; ensuite nous écrivons à la caution, qui paie ce qui est dû et n’a pas été payé. "
        "La caution ne doit jamais plus que la personne qui emprunte, peut tout payer n’importe quel jour et est "
        "libérée lorsque le prêt est remboursé.",
        ContractClause.Stands.GUARANTEED,
    ),
    _row(
        DEBIT,
        "debit-authority",
        ("What you allow", "Ce que vous permettez"),
        "You allow {lender} to debit the account named above, at the financial institution that holds it, for the "
        "payments of this loan: in the amounts and on the days of the plan, and for nothing else. You say that "
        "you alone may sign for this account, or that everybody who must sign for it signs here.",
        "Vous permettez à {lender} de débiter le compte nommé ci-dessus, auprès de l’institution financière qui "
        "le tient, pour les paiements de ce prêt : selon les montants et les dates du calendrier, et pour rien "
        "d’autre. Vous déclarez pouvoir signer seul ou seule pour ce compte, ou que toutes les personnes qui "
        "doivent signer pour ce compte signent ici.",
    ),
    _row(
        DEBIT,
        "debit-notice",
        ("What we tell you before", "Ce que nous vous disons avant"),
        "We give you this agreement in writing at least 10 days before the first debit. Before the first debit, "
        "and before any change of an amount or a day, we write to you at least 10 days ahead, except when you "
        "asked for the change yourself.",
        "Nous vous remettons le présent accord par écrit au moins 10 jours avant le premier débit. Avant le "
        "premier débit, et avant tout changement d’un montant ou d’une date, nous vous écrivons au moins 10 jours "
        "à l’avance, sauf si vous avez demandé le changement.",
    ),
    _row(
        DEBIT,
        "debit-cancellation",
        ("How you cancel it", "Comment l’annuler"),
        "You may cancel this agreement at any time: write to us or call us at least 30 days before the next "
        "debit. You find a sample cancellation form, and more about your right to cancel, at your financial "
        "institution or at www.payments.ca. When you cancel, you still owe the loan: we agree with you how you "
        "pay instead.",
        "Vous pouvez annuler le présent accord à tout moment : écrivez-nous ou appelez-nous au moins 30 jours "
        "avant le prochain débit. Vous trouverez un exemple de formulaire d’annulation, et plus d’information sur "
        "votre droit d’annuler, auprès de votre institution financière ou à www.paiements.ca. Après l’annulation, "
        "vous devez encore le prêt : nous convenons avec vous d’une autre façon de payer.",
    ),
    _row(
        DEBIT,
        "debit-recourse",
        ("Your rights of recourse", "Vos droits de recours"),
        "You have certain recourse rights if any debit does not comply with this agreement. For example, you have "
        "the right to receive reimbursement for any debit that is not authorized or is not consistent with this "
        "PAD Agreement. To obtain more information on your recourse rights, contact your financial institution or "
        "visit www.payments.ca.\n\n"
        "You may claim such a debit back from your financial institution {claim_window}.",
        "Vous avez certains droits de recours si un débit n’est pas conforme au présent accord. Par exemple, vous "
        "avez le droit de recevoir le remboursement de tout débit qui n’est pas autorisé ou qui n’est pas "
        "compatible avec le présent accord de DPA. Pour plus d’information sur vos droits de recours, communiquez "
        "avec votre institution financière ou visitez www.paiements.ca.\n\n"
        "Vous pouvez réclamer un tel débit à votre institution financière {claim_window}.",
    ),
    _row(
        DEBIT,
        "debit-returned",
        ("If a debit comes back", "Si un débit est retourné"),
        "If your financial institution returns a debit because there was not enough money, we may try the same "
        "amount once more within 30 days. We ask only for what our bank charges us for it.",
        "Si votre institution financière retourne un débit parce qu’il n’y avait pas assez d’argent, nous pouvons "
        "présenter le même montant encore une fois dans les 30 jours. Nous demandons seulement ce que notre "
        "banque nous facture.",
    ),
    _row(
        PRIVACY,
        "what-we-keep",
        ("What we know about you", "Ce que nous savons de vous"),
        "What you wrote in your application, the papers that you gave us, what we agreed with you, your bank "
        "details, and the payments of your loan. If you allowed it, also what a credit bureau told us.",
        "Ce que vous avez écrit dans votre demande, les documents que vous nous avez remis, ce dont nous avons "
        "convenu avec vous, vos coordonnées bancaires et les paiements de votre prêt. Si vous l’avez permis, "
        "aussi ce qu’une agence d’évaluation du crédit nous a dit.",
    ),
    _row(
        PRIVACY,
        "what-for",
        ("What we use it for", "À quoi cela nous sert"),
        "To decide about your loan, to send you the money, to take the payments, to write to you about it, and to "
        "do what the law asks of a lender. For nothing else, unless you agreed to it. The voluntary answers never "
        "reach those who decide.",
        "À prendre une décision sur votre prêt, à vous envoyer l’argent, à recevoir les paiements, à vous écrire "
        "à ce sujet et à faire ce que la loi demande à un prêteur. À rien d’autre, sauf si vous l’avez accepté. "
        "Les personnes qui décident ne voient jamais les réponses facultatives.",
    ),
    _row(
        PRIVACY,
        "who-sees-it",
        ("Who sees it", "Qui le voit"),
        "The people of our office who work on your loan. Your bank and ours see the payments. Our auditor sees "
        "figures, and your account number masked. We sell nothing and show nothing to anybody else without your "
        "consent, unless the law orders it.",
        "Les personnes de notre bureau qui travaillent à votre prêt. Votre banque et la nôtre voient les "
        "paiements. Notre auditeur ou auditrice voit les chiffres et votre numéro de compte masqué. Nous ne "
        "vendons rien et ne montrons rien à personne d’autre sans votre consentement, sauf si la loi l’ordonne.",
    ),
    _row(
        PRIVACY,
        "how-long",
        ("How long we keep it", "Combien de temps nous le gardons"),
        "Papers about you: {person_years} years after the loan is over. The books of the loan and your bank "
        "details: {loan_years} years. Then they are erased. Papers and bank details are kept encrypted.",
        "Les documents sur vous : {person_years} ans après la fin du prêt. Les livres du prêt et vos coordonnées "
        "bancaires : {loan_years} ans. Ensuite, nous les effaçons. Les documents et les coordonnées bancaires "
        "sont gardés chiffrés.",
    ),
    _row(
        PRIVACY,
        "your-rights",
        ("Your rights", "Vos droits"),
        "You may read what we know about you, have mistakes mended, and take back a consent, which may end what "
        "rests on it. Ask us: {phone}, {email}. If our answer is not good enough, you may complain to us, and to "
        "the Office of the Privacy Commissioner of Canada: www.priv.gc.ca.",
        "Vous pouvez lire ce que nous savons de vous, faire corriger les erreurs et retirer un consentement, ce "
        "qui peut mettre fin à ce qui en dépend. Demandez-nous : {phone}, {email}. Si notre réponse ne suffit "
        "pas, vous pouvez vous plaindre auprès de nous et du Commissariat à la protection de la vie privée du "
        "Canada : www.priv.gc.ca.",
    ),
)


def furnish_clauses():
    """Put in the first wording of each clause that has none."""
    known = set(ContractClause.objects.values_list("code", flat=True))
    places = dict.fromkeys(ContractClause.Paper.values, 0)
    rows = []
    for row in FURNISHED:
        places[row["paper"]] += 10
        if row["code"] not in known:
            rows.append(ContractClause(effective_from=FROM, place=places[row["paper"]], **row))
    ContractClause.objects.bulk_create(rows)
