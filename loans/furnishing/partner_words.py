"""What the furnished partners do, in the further languages (letters.spoken); their names stay as they are.

A real office has them read by whoever signs the catalogue of the language.
"""

PARTNER_WORDS = {
    "oclf": {
        "ar": "قروض للمشاريع حتى 15,000 دولار وقروض للتطوير المهني حتى 5,000 دولار، في أوتاوا.",
        "es": "Préstamos para negocios de hasta $15,000 y de desarrollo profesional de hasta $5,000, en Ottawa.",
        "zh-hans": "在渥太华提供最高 15,000 加元的创业经营贷款和最高 5,000 加元的职业发展贷款。",
    },
    "windmill": {
        "ar": "قروض، عادة حتى 15,000 دولار، للقادمين الجدد الذين درسوا في الخارج ويحتاجون إلى رخصة أو دورة."
        " في كل كندا.",
        "es": "Préstamos, normalmente de hasta $15,000, para recién llegados que estudiaron en el extranjero y que"
        " necesitan una licencia o un curso. En todo Canadá.",
        "zh-hans": "向在国外受过培训、需要执照或课程的新移民提供贷款，通常最高 15,000 加元。面向全加拿大。",
    },
    "alterna": {
        "ar": "قروض للمشاريع من 5,000 إلى 25,000 دولار لمن لا يزيد دخلهم على 50,000 دولار.",
        "es": "Préstamos para negocios de $5,000 a $25,000 para personas con ingresos de $50,000 como máximo.",
        "zh-hans": "向收入不超过 50,000 加元的人提供 5,000 至 25,000 加元的创业经营贷款。",
    },
    "face": {
        "ar": "قروض للمشاريع من 10,000 إلى 25,000 دولار لرواد الأعمال السود، في كل كندا.",
        "es": "Préstamos para negocios de $10,000 a $25,000 para empresarios negros, en todo Canadá.",
        "zh-hans": "在全加拿大向黑人创业者提供 10,000 至 25,000 加元的创业经营贷款。",
    },
    "futurpreneur": {
        "ar": "قروض لبدء مشروع حتى 12,500 دولار، ومثلها من BDC، لمن أعمارهم من 18 إلى 39 سنة وقدموا إلى كندا قبل أقل من"
        " خمس سنوات.",
        "es": "Préstamos para empezar un negocio de hasta $12,500, y otro tanto del BDC, para personas de 18 a 39 años"
        " que llegaron a Canadá hace menos de cinco años.",
        "zh-hans": "向 18 至 39 岁、来加拿大不到五年的人提供最高 12,500 加元的创业贷款，BDC 再提供同样金额。",
    },
    "access-ccf": {
        "ar": "قروض للمشاريع حتى 5,000 دولار وقروض للمؤهلات المهنية حتى 15,000 دولار، في تورنتو وهاملتون.",
        "es": "Préstamos para negocios de hasta $5,000 y para títulos profesionales de hasta $15,000, en Toronto y"
        " Hamilton.",
        "zh-hans": "在多伦多和汉密尔顿提供最高 5,000 加元的创业经营贷款和最高 15,000 加元的职业资格贷款。",
    },
    "wil": {
        "ar": "قروض حتى 10,000 دولار للتدريب والرخص، في مدينة لندن بمقاطعة أونتاريو.",
        "es": "Préstamos de hasta $10,000 para formación y licencias, en London, Ontario.",
        "zh-hans": "在安大略省伦敦市提供最高 10,000 加元的培训和执照贷款。",
    },
    "aiclf": {
        "ar": "قروض حتى 15,000 دولار للتدريب والرخص، في مقاطعات كندا الأطلسية.",
        "es": "Préstamos de hasta $15,000 para formación y licencias, en las provincias atlánticas de Canadá.",
        "zh-hans": "在加拿大大西洋省份提供最高 15,000 加元的培训和执照贷款。",
    },
    "seed": {
        "ar": "قروض حتى 10,000 دولار للاعتراف بما تعلمته في الخارج، في مانيتوبا.",
        "es": "Préstamos de hasta $10,000 para que se reconozca lo que usted aprendió en el extranjero, en Manitoba.",
        "zh-hans": "在曼尼托巴省提供最高 10,000 加元的贷款，用于认证您在国外所学。",
    },
    "success": {
        "ar": "قروض حتى 15,000 دولار للتدريب والرخص، في بريتيش كولومبيا.",
        "es": "Préstamos de hasta $15,000 para formación y licencias, en Columbia Británica.",
        "zh-hans": "在不列颠哥伦比亚省提供最高 15,000 加元的培训和执照贷款。",
    },
    "cml-victoria": {
        "ar": "قروض صغيرة للتدريب وللمشاريع الصغيرة، في فيكتوريا وما حولها.",
        "es": "Préstamos pequeños para formación y para negocios pequeños, en Victoria y sus alrededores.",
        "zh-hans": "在维多利亚及周边提供用于培训和小企业的小额贷款。",
    },
    "211": {
        "ar": "اتصل بالرقم 211 أو انظر في موقعه: يعرف الخدمات القريبة منك، بلغات كثيرة، ليلًا ونهارًا.",
        "es": "Llame al 211 o consulte su sitio: conoce los servicios cerca de usted, en muchos idiomas, día y noche.",
        "zh-hans": "拨打 211 或查看其网站：它了解您附近的各种服务，提供多种语言，日夜都可联系。",
    },
    "ociso": {
        "ar": "مساعدة القادمين الجدد وأسرهم في الاستقرار والمدرسة والعمل والصحة.",
        "es": "Ayuda para instalarse, con la escuela, el trabajo y la salud, para recién llegados y sus familias.",
        "zh-hans": "帮助新移民及其家人安家、上学、工作和就医。",
    },
    "cci": {
        "ar": "مساعدة القادمين الجدد واللاجئين من كل دين في الاستقرار والسكن.",
        "es": "Ayuda para instalarse y con la vivienda, para recién llegados y refugiados de todas las creencias.",
        "zh-hans": "帮助各种信仰的新移民和难民安家和找住房。",
    },
    "ymca-nic": {
        "ar": "يخبرك أي الخدمات في أوتاوا تناسبك، ويوجهك إليها.",
        "es": "Le dice qué servicios de Ottawa son para usted y le envía a ellos.",
        "zh-hans": "告诉您渥太华的哪些服务适合您，并把您介绍过去。",
    },
    "lassa": {
        "ar": "مساعدة في الاستقرار، بالعربية أيضًا.",
        "es": "Ayuda para instalarse, también en árabe.",
        "zh-hans": "帮助安家，也用阿拉伯语提供服务。",
    },
    "cesoc": {
        "ar": "مساعدة بالفرنسية في الاستقرار والعمل.",
        "es": "Ayuda en francés para instalarse y con el trabajo.",
        "zh-hans": "用法语帮助安家和就业。",
    },
    "ocdsb": {
        "ar": "دروس إنجليزية للقادمين الجدد (LINC وESL).",
        "es": "Clases de inglés para recién llegados (LINC, ESL).",
        "zh-hans": "面向新移民的英语课程（LINC、ESL）。",
    },
    "la-cite": {
        "ar": "دروس فرنسية للقادمين الجدد، وبرامج كلية بالفرنسية.",
        "es": "Clases de francés para recién llegados y programas de nivel superior en francés.",
        "zh-hans": "面向新移民的法语课程，以及用法语授课的学院课程。",
    },
    "library": {
        "ar": "مجموعات محادثة بالإنجليزية والفرنسية، وحواسيب، وكتب للتعلم.",
        "es": "Grupos de conversación en inglés y francés, computadoras y libros para aprender.",
        "zh-hans": "英语和法语会话小组、电脑以及学习用书。",
    },
    "world-skills": {
        "ar": "يساعد من درسوا في الخارج على إيجاد عمل في مجالهم في أوتاوا.",
        "es": "Ayuda a personas formadas en el extranjero a encontrar trabajo en su campo en Ottawa.",
        "zh-hans": "帮助在国外受过培训的人在渥太华找到本行业的工作。",
    },
    "employment-ontario": {
        "ar": "مساعدة في البحث عن عمل، ومال لبعض التدريب، في كل أونتاريو.",
        "es": "Ayuda para buscar trabajo, y dinero para algunos cursos, en todo Ontario.",
        "zh-hans": "在整个安大略省帮助找工作，并资助部分培训。",
    },
    "invest-ottawa": {
        "ar": "نصائح وورش عمل لمن يبدؤون مشروعًا في أوتاوا.",
        "es": "Consejos y talleres para personas que empiezan un negocio en Ottawa.",
        "zh-hans": "为在渥太华创业的人提供咨询和讲座。",
    },
    "seo": {
        "ar": "نصائح بالفرنسية لمن يبدؤون مشروعًا في أونتاريو أو يديرونه.",
        "es": "Consejos en francés para personas que empiezan o dirigen un negocio en Ontario.",
        "zh-hans": "用法语为在安大略省创办或经营企业的人提供咨询。",
    },
}
