"""The checklist that a new office begins with, in English and French: what is looked at before a loan is recommended.

An item asks about papers, figures and the plan, never about a ground that the Human Rights Code protects. Drawn from
what lenders of this kind ask for (DOMAIN 7.1); the office writes its own.
"""

from datetime import date

from loans.models import ChecklistItem

FROM = date(2020, 1, 1)


def _item(code, place, text, help, purpose="", must=True):
    """One item: text and help, each (English, French)."""
    return {
        "code": code,
        "purpose": purpose,
        "place": place,
        "text_en": text[0],
        "text_fr": text[1],
        "help_en": help[0],
        "help_fr": help[1],
        "must_be_answered": must,
    }


FURNISHED = (
    _item(
        "identity", 10,
        ("We have seen who everyone who signs is.", "Nous avons vérifié l’identité de chaque signataire."),
        ("A paper with a photo that is still good, seen at the office or on a video call.",
         "Une pièce avec photo encore valide, vue au bureau ou par appel vidéo."),
    ),
    _item(
        "status-paper", 20,
        ("A paper shows the status in Canada as it was told, and it is still good.",
         "Un document montre le statut au Canada tel qu’il a été dit, et il est encore valide."),
        ("Where it ends before the loan does, write down when it is renewed. That alone is no reason for a no.",
         "S’il prend fin avant le prêt, notez quand il sera renouvelé. Cela seul n’est pas une raison de refuser."),
    ),
    _item(
        "income-on-paper", 30,
        ("Papers show the income of the household.", "Des documents montrent le revenu du ménage."),
        ("Pay stubs, a notice of assessment or bank statements of the last three months, under Figures.",
         "Talons de paie, avis de cotisation ou relevés bancaires des trois derniers mois, sous Chiffres."),
    ),
    _item(
        "debts-known", 40,
        ("All debts are known, and none is behind.",
         "Toutes les dettes sont connues, et aucun paiement n’est en retard."),
        ("Also taxes, support payments and earlier loans of ours. A bankruptcy is discharged.",
         "Y compris impôts, pensions alimentaires et prêts antérieurs chez nous. Une faillite a sa libération."),
    ),
    _item(
        "budget-holds", 50,
        ("The budget holds, also when income falls by a tenth.",
         "Le budget tient, même si le revenu baisse d’un dixième."),
        ("See Figures: what is left of a month after the payment, as it counts and when income falls.",
         "Voir Chiffres : ce qui reste du mois après le versement, tel qu’il compte et si le revenu baisse."),
    ),
    _item(
        "costs-quoted", 60,
        ("The costs of the plan have quotes or invoices.", "Les coûts du plan ont des devis ou des factures."),
        ("A price list of the school or a seller will do. Small things may be estimated.",
         "Une liste de prix de l’école ou du vendeur suffit. Les petites choses peuvent être estimées."),
    ),
    _item(
        "school-recognized", 70,
        ("The school is recognized, and it has accepted the person.",
         "L’école est reconnue, et elle a accepté la personne."),
        ("Look in the public register of schools or ask the licensing body; the letter of acceptance is in the file.",
         "Cherchez dans le registre public des écoles ou demandez à l’ordre professionnel; la lettre d’admission est "
         "au dossier."),
        "training",
    ),
    _item(
        "leads-to-licence", 80,
        ("The course or exam leads to the licence or the work that is wanted.",
         "Le cours ou l’examen mène au permis ou au travail voulu."),
        ("The licensing body’s own page or letter names it as a next step.",
         "La page ou la lettre de l’ordre professionnel l’indique comme prochaine étape."),
        "training",
    ),
    _item(
        "other-funding", 90,
        ("Other funding was tried first.", "D’autres sources de financement ont été essayées d’abord."),
        ("Student aid, a bursary, the employer, Employment Ontario. What was asked, and what came of it.",
         "Aide aux études, bourse, employeur, Emploi Ontario. Ce qui a été demandé, et le résultat."),
        "training", must=False,
    ),
    _item(
        "sales-backed", 70,
        ("The sales in the plan are backed by something.", "Les ventes prévues au plan s’appuient sur quelque chose."),
        ("Orders, letters of customers, books of earlier months, or the same trade elsewhere.",
         "Commandes, lettres de clients, livres de mois passés, ou le même métier ailleurs."),
        "business",
    ),
    _item(
        "permits", 80,
        ("The business has, or can get, the permits, insurance and premises it needs.",
         "L’entreprise a, ou peut obtenir, les permis, les assurances et les locaux nécessaires."),
        ("By its trade: the city’s licence, food safety, liability insurance, the lease.",
         "Selon le métier : permis municipal, salubrité des aliments, assurance responsabilité, bail."),
        "business",
    ),
    _item(
        "owners-sign", 90,
        ("Everyone who owns enough of the business signs.",
         "Chaque personne qui possède une part suffisante de l’entreprise signe."),
        ("The share is the one that the product names; the registration shows the owners.",
         "La part est celle que nomme le produit; l’enregistrement montre les propriétaires."),
        "business",
    ),
    _item(
        "references", 100,
        ("References were asked.", "Des références ont été consultées."),
        ("A teacher, an employer, a customer or a settlement worker, in the diary of the case.",
         "Quelqu’un de l’école, du travail, de la clientèle ou d’un service d’établissement, à l’agenda du dossier."),
        must=False,
    ),
)  # fmt: skip


def furnish_checklist():
    """Put in the first wording of each item that has none."""
    known = set(ChecklistItem.objects.values_list("code", flat=True))
    missing = [ChecklistItem(effective_from=FROM, **row) for row in FURNISHED if row["code"] not in known]
    ChecklistItem.objects.bulk_create(missing)
