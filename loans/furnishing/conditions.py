"""The conditions that a new office begins with, in the languages of the house (letters.spoken).

Nobody has signed these words: every row says so (`to_confirm`).
"""

from datetime import date

from config.languages import BINDING
from loans.models import ConditionWords

FROM = date(2020, 1, 1)


def _words(code, purpose, english, french, arabic, spanish, chinese):
    further = {"ar": {"text": arabic}, "es": {"text": spanish}, "zh-hans": {"text": chinese}}
    return {
        "code": code,
        "purpose": purpose,
        "text_en": english,
        "text_fr": french,
        "in_other_languages": further,
        "to_confirm": [*BINDING, *further],
    }


FURNISHED = (
    _words(
        "identity_seen",
        "",
        "We have seen your identity paper, in person or on a video call.",
        "Nous avons vu votre pièce d’identité, en personne ou par appel vidéo.",
        "رأينا وثيقة هويتك، حضوريًا أو في مكالمة فيديو.",
        "Hemos visto su documento de identidad, en persona o por videollamada.",
        "我们已当面或通过视频通话查看您的身份证件。",
    ),
    _words(
        "bank_account",
        "",
        "You have given us the bank account to which the money goes, with a void cheque or a letter of the bank.",
        "Vous nous avez donné le compte bancaire où verser l’argent, avec un chèque annulé ou une lettre de la banque.",
        "أعطيتنا الحساب المصرفي الذي سيُرسل إليه المال، مع شيك ملغى أو رسالة من المصرف.",
        "Nos ha dado la cuenta bancaria a la que va el dinero, con un cheque anulado o una carta del banco.",
        "您已向我们提供收款的银行账户，并附上作废支票或银行信函。",
    ),
    _words(
        "admission",
        "training",
        "The school has accepted you, and we have its letter.",
        "L’école vous a accepté ou acceptée, et nous avons sa lettre.",
        "قبلتك المدرسة، ولدينا رسالتها.",
        "La escuela le ha aceptado y tenemos su carta.",
        "学校已录取您，我们已收到录取信。",
    ),
    _words(
        "invoice",
        "training",
        "We have the school’s invoice for the fees that this money pays.",
        "Nous avons la facture de l’école pour les frais que cet argent paie.",
        "لدينا فاتورة المدرسة بالرسوم التي يدفعها هذا المال.",
        "Tenemos la factura de la escuela por las cuotas que paga este dinero.",
        "我们已收到学校就这笔款项所付学费开具的账单。",
    ),
    _words(
        "registration",
        "business",
        "Your business is registered, and we have a copy of the registration.",
        "Votre entreprise est enregistrée, et nous avons une copie de l’enregistrement.",
        "مشروعك مسجَّل، ولدينا نسخة من التسجيل.",
        "Su negocio está registrado y tenemos una copia del registro.",
        "您的企业已注册，我们已收到注册文件副本。",
    ),
    _words(
        "lease",
        "business",
        "We have your lease, signed by you and the landlord.",
        "Nous avons votre bail, signé par vous et par le propriétaire.",
        "لدينا عقد الإيجار موقَّعًا منك ومن المالك.",
        "Tenemos su contrato de alquiler, firmado por usted y por el propietario.",
        "我们已收到由您和房东签署的租约。",
    ),
)


def furnish_conditions():
    """Put in the first wording of each condition that has none."""
    known = set(ConditionWords.objects.values_list("code", flat=True))
    missing = [ConditionWords(effective_from=FROM, **row) for row in FURNISHED if row["code"] not in known]
    ConditionWords.objects.bulk_create(missing)
