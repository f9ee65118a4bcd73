"""The names and summaries of the furnished products in the further languages (letters.spoken).

A real office has them read by whoever signs the catalogue of the language.
"""

PRODUCT_WORDS = {
    "professional-development": {
        "ar": {
            "name": "قرض التطوير المهني",
            "summary": "لدورة أو امتحان أو رخصة. أثناء الدراسة تُدفع الفائدة فقط.",
        },
        "es": {
            "name": "Préstamo de desarrollo profesional",
            "summary": "Para un curso, un examen o una licencia. Mientras estudia, paga solo los intereses.",
        },
        "zh-hans": {
            "name": "职业发展贷款",
            "summary": "用于课程、考试或执照。学习期间只需支付利息。",
        },
    },
    "credential": {
        "ar": {
            "name": "قرض المؤهلات المهنية",
            "summary": "للترخيص والتدريب في مهنتك. بلا رسوم.",
        },
        "es": {
            "name": "Préstamo para títulos profesionales",
            "summary": "Para la licencia y la formación en su profesión. Sin comisión.",
        },
        "zh-hans": {
            "name": "职业资格贷款",
            "summary": "用于您的职业的执照和培训。不收手续费。",
        },
    },
    "business": {
        "ar": {
            "name": "قرض المشاريع",
            "summary": "لبدء مشروع صغير أو لتوسيعه. ويوقّع الشركاء في الملكية أيضًا.",
        },
        "es": {
            "name": "Préstamo para negocios",
            "summary": "Para abrir o ampliar un pequeño negocio. Los copropietarios también firman.",
        },
        "zh-hans": {
            "name": "创业经营贷款",
            "summary": "用于创办或扩大小企业。共同所有人也要签字。",
        },
    },
    "interest-free": {
        "ar": {
            "name": "قرض بلا فائدة",
            "summary": "لرسوم الامتحانات والرخص. رسم صغير فقط.",
        },
        "es": {
            "name": "Préstamo sin intereses",
            "summary": "Para exámenes y licencias. Solo una comisión pequeña.",
        },
        "zh-hans": {
            "name": "无息贷款",
            "summary": "用于考试和执照费用。只收一小笔手续费。",
        },
    },
}
