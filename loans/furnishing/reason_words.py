"""The furnished reasons in the further languages (letters.spoken).

A real office has them read by whoever signs the catalogue of the language.
"""

REASON_WORDS = {
    "affordable": {
        "ar": {"sentence": "الدفعة الشهرية تناسب ميزانية الأسرة."},
        "es": {"sentence": "El pago mensual cabe en el presupuesto del hogar."},
        "zh-hans": {"sentence": "每月还款与家庭收支相符。"},
    },
    "sound_plan": {
        "ar": {"sentence": "التدريب يؤدي إلى العمل الذي تدرّب عليه صاحب الطلب."},
        "es": {"sentence": "La formación lleva al trabajo para el que la persona se preparó."},
        "zh-hans": {"sentence": "这项培训通向申请人所学的专业工作。"},
    },
    "enrolled": {
        "ar": {"sentence": "قبلت المدرسة صاحب الطلب."},
        "es": {"sentence": "La escuela ha aceptado a la persona."},
        "zh-hans": {"sentence": "学校已录取申请人。"},
    },
    "sound_business": {
        "ar": {"sentence": "أرقام المشروع تكفي للدفعة."},
        "es": {"sentence": "Las cifras del negocio alcanzan para el pago."},
        "zh-hans": {"sentence": "企业的数字足以支付还款。"},
    },
    "experience": {
        "ar": {"sentence": "صاحب الطلب يعرف هذه المهنة."},
        "es": {"sentence": "La persona conoce este oficio."},
        "zh-hans": {"sentence": "申请人熟悉这一行。"},
    },
    "better_income": {
        "ar": {"sentence": "العمل الجديد يُتوقع أن يدفع أفضل بوضوح من الحالي."},
        "es": {"sentence": "El nuevo trabajo debería pagar claramente mejor que el actual."},
        "zh-hans": {"sentence": "新工作的收入应明显好于现在的工作。"},
    },
    "not_affordable": {
        "ar": {
            "sentence": "الدفعة الشهرية لن تناسب ميزانية أسرتك.",
            "change": "قرض أصغر، أو وقت أطول للسداد، أو دخل أعلى، كان سيغيّر هذا.",
        },
        "es": {
            "sentence": "El pago mensual no cabría en el presupuesto de su hogar.",
            "change": "Un préstamo más pequeño, más tiempo para pagar o un ingreso mayor cambiarían esto.",
        },
        "zh-hans": {
            "sentence": "每月还款会超出您家庭收支的承受能力。",
            "change": "金额更小的贷款、更长的还款时间或更高的收入会改变这一点。",
        },
    },
    "debts_too_high": {
        "ar": {
            "sentence": "دفعات ديونك الأخرى مرتفعة مقارنة بدخلك.",
            "change": "تخفيض دين، أو خطة مع مستشار ائتمان، كان سيغيّر هذا.",
        },
        "es": {
            "sentence": "Los pagos de sus otras deudas ya son altos para sus ingresos.",
            "change": "Reducir una deuda, o un plan hecho con un consejero de crédito, cambiaría esto.",
        },
        "zh-hans": {
            "sentence": "与您的收入相比，您其他债务的还款已经很高。",
            "change": "还掉一部分债务，或与信贷顾问制定计划，会改变这一点。",
        },
    },
    "credit_history": {
        "ar": {
            "sentence": "يُظهر تقريرك الائتماني دفعات تأخرت أو لم تُدفع.",
            "change": "دفعات في موعدها لستة أشهر كانت ستغيّر هذا. وإن كان في التقرير خطأ فاطلب من مكتب الائتمان تصحيحه.",
        },
        "es": {
            "sentence": "Su informe de crédito muestra pagos atrasados o no hechos.",
            "change": "Seis meses de pagos a tiempo cambiarían esto. Si hay un error, pida a la agencia corregirlo.",
        },
        "zh-hans": {
            "sentence": "您的信用报告显示有逾期或未付的款项。",
            "change": "连续六个月按时付款会改变这一点。如果报告有误，请要求征信机构更正。",
        },
    },
    "plan_unclear": {
        "ar": {
            "sentence": "لم نستطع أن نرى كيف يؤدي التدريب إلى العمل الذي تريده.",
            "change": "رسالة من المدرسة أو الجهة المانحة للرخصة تذكر الخطوة التالية كانت ستغيّر هذا.",
        },
        "es": {
            "sentence": "No pudimos ver cómo la formación lleva al trabajo que usted quiere.",
            "change": "Una carta de la escuela o del organismo de licencias con el paso siguiente cambiaría esto.",
        },
        "zh-hans": {
            "sentence": "我们看不出这项培训怎样通向您想做的工作。",
            "change": "学校或发证机构写明下一步的信会改变这一点。",
        },
    },
    "figures_unclear": {
        "ar": {
            "sentence": "لم نستطع أن نرى كيف سيكسب المشروع ما يكفي لسداد القرض.",
            "change": "أرقام شهر أول، أو طلبات من زبائن، كانت ستغيّر هذا.",
        },
        "es": {
            "sentence": "No pudimos ver cómo el negocio ganaría lo suficiente para devolver el préstamo.",
            "change": "Las cifras de un primer mes, o pedidos de clientes, cambiarían esto.",
        },
        "zh-hans": {
            "sentence": "我们看不出企业怎样挣到足够的钱来还贷款。",
            "change": "头一个月的数字，或顾客的订单，会改变这一点。",
        },
    },
    "not_enrolled": {
        "ar": {"sentence": "لم تقبلك المدرسة بعد.", "change": "رسالة قبول كانت ستغيّر هذا."},
        "es": {
            "sentence": "La escuela todavía no le ha aceptado.",
            "change": "Una carta de aceptación cambiaría esto.",
        },
        "zh-hans": {"sentence": "学校还没有录取您。", "change": "一封录取信会改变这一点。"},
    },
    "other_funding": {
        "ar": {
            "sentence": "يمكن لبرنامج آخر أن يدفع تكلفة هذا التدريب بلا قرض.",
            "change": "إذا رفض ذلك البرنامج فأرسل إلينا رسالته واطلب من جديد.",
        },
        "es": {
            "sentence": "Otro programa puede pagar esta formación sin un préstamo.",
            "change": "Si ese programa dice que no, envíenos su carta y pida de nuevo.",
        },
        "zh-hans": {
            "sentence": "另一个项目可以支付这项培训，不用贷款。",
            "change": "如果那个项目拒绝，请把它的信寄给我们，再来申请。",
        },
    },
    "papers_missing": {
        "ar": {
            "sentence": "لم نستطع التحقق مما كتبته، لأن أوراقًا كانت ناقصة.",
            "change": "إرسال الأوراق التي طلبناها كان سيغيّر هذا.",
        },
        "es": {
            "sentence": "No pudimos comprobar lo que escribió, porque faltaban documentos.",
            "change": "Enviar los documentos que pedimos cambiaría esto.",
        },
        "zh-hans": {"sentence": "因为缺少文件，我们无法核对您写的内容。", "change": "寄来我们要的文件会改变这一点。"},
    },
    "outside_mandate": {
        "ar": {
            "sentence": "قواعدنا لا تسمح لنا بالإقراض لهذا الغرض.",
            "change": "طلب لغرض يمكننا الإقراض له كان سيغيّر هذا.",
        },
        "es": {
            "sentence": "Nuestras reglas no nos permiten prestar para este fin.",
            "change": "Una solicitud para un fin al que podamos prestar cambiaría esto.",
        },
        "zh-hans": {"sentence": "我们的规定不允许为这个用途放款。", "change": "申请我们可以放款的用途会改变这一点。"},
    },
    "outside_area": {
        "ar": {
            "sentence": "أنت تسكن خارج المنطقة التي يمكننا الإقراض فيها.",
            "change": "السكن في منطقتنا كان سيغيّر هذا. وقد يساعدك الآن مُقرض قريب منك.",
        },
        "es": {
            "sentence": "Usted vive fuera de la zona donde podemos prestar.",
            "change": "Vivir en nuestra zona cambiaría esto. Un prestamista cerca de usted puede ayudarle ya.",
        },
        "zh-hans": {
            "sentence": "您住在我们可以放款的地区之外。",
            "change": "搬到我们的地区会改变这一点。您附近的贷款机构现在也许能帮助您。",
        },
    },
    "status_ended": {
        "ar": {
            "sentence": "تُظهر الورقة التي أرسلتها أن تصريحك بالإقامة أو العمل هنا قد انتهى.",
            "change": "تصريح جديد، أو ما يثبت أنك طلبت تصريحًا، كان سيغيّر هذا.",
        },
        "es": {
            "sentence": "El documento que envió muestra que su permiso para vivir o trabajar aquí ha terminado.",
            "change": "Un permiso nuevo, o la prueba de que lo pidió, cambiaría esto.",
        },
        "zh-hans": {
            "sentence": "您寄来的文件显示您在这里居住或工作的许可已经到期。",
            "change": "新的许可，或您已申请许可的证明，会改变这一点。",
        },
    },
    "identity_unclear": {
        "ar": {
            "sentence": "لم نستطع التأكد ممن طلب هذا القرض.",
            "change": "لو أريتنا ورقة سارية فيها صورتك، في مكتبنا أو بمكالمة فيديو، لتغيّر هذا.",
        },
        "es": {
            "sentence": "No pudimos estar seguros de quién pidió este préstamo.",
            "change": "Mostrarnos un documento válido con su foto, en la oficina o por videollamada, cambiaría esto.",
        },
        "zh-hans": {
            "sentence": "我们无法确定是谁申请了这笔贷款。",
            "change": "在我们的办公室或通过视频通话出示带照片的有效证件会改变这一点。",
        },
    },
    "answers_incomplete": {
        "ar": {
            "sentence": "نقصت إجابات نحتاج إليها لاتخاذ القرار.",
            "change": "استمارة فيها هذه الإجابات كانت ستغيّر هذا. ويمكننا ملؤها معك بالهاتف.",
        },
        "es": {
            "sentence": "Faltaban respuestas que necesitamos para decidir.",
            "change": "Un formulario con esas respuestas cambiaría esto. Podemos llenarlo con usted por teléfono.",
        },
        "zh-hans": {
            "sentence": "缺少我们作决定所需的回答。",
            "change": "填好这些回答的表格会改变这一点。我们可以在电话里和您一起填。",
        },
    },
    "loan_already": {
        "ar": {"sentence": "لديك عندنا قرض لم يُسدَّد بعد.", "change": "سداد القرض الأول أو معظمه كان سيغيّر هذا."},
        "es": {
            "sentence": "Usted tiene con nosotros un préstamo que aún no ha devuelto.",
            "change": "Devolver el primer préstamo, o la mayor parte, cambiaría esto.",
        },
        "zh-hans": {
            "sentence": "您在我们这里还有一笔尚未还清的贷款。",
            "change": "还清第一笔贷款或大部分会改变这一点。",
        },
    },
}
