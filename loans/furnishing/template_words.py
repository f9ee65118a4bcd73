"""What the furnished message templates say in the further languages (letters.spoken); their names stay the office's.

A real office has them read by whoever signs the catalogue of the language.
"""

TEMPLATE_WORDS = {
    code: {language: {"text": text} for language, text in words.items()}
    for code, words in {
        "welcome": {
            "ar": "مرحبًا {name}،\n\n"
            "أنا {officer} من {office}، وأتابع طلبك رقم {reference}. وعدنا بالرد عليك في موعد أقصاه "
            "{promise_day}.\n\n"
            "إن كان لديك سؤال فاكتب لي هنا. ويمكنك أيضًا الاتصال بنا.",
            "es": "Hola, {name}:\n\n"
            "Soy {officer}, de {office}, y me ocupo de su solicitud {reference}. Prometimos responderle a más tardar "
            "el {promise_day}.\n\n"
            "Si tiene una pregunta, escríbame aquí. También puede llamarnos.",
            "zh-hans": "{name}，您好：\n\n"
            "我是{office}的 {officer}，负责您的申请 {reference}。我们答应最迟在{promise_day}给您答复。\n\n"
            "如有问题，请在这里给我写信，也可以打电话给我们。",
        },
        "paper-missing": {
            "ar": "مرحبًا {name}،\n\n"
            "شكرًا على طلبك رقم {reference}. لكي نتابع، ما زلنا نحتاج إلى:\n{missing_papers}\n\n"
            "تكفي صورة بالهاتف، ويمكنك إرسالها هنا مع ردك. إن تعذّر عليك الحصول على إحدى هذه الوثائق فأخبرني، "
            "فكثيرًا ما تكفي وثيقة أخرى.\n\n"
            "{officer}",
            "es": "Hola, {name}:\n\n"
            "Gracias por su solicitud {reference}. Para continuar, todavía necesitamos:\n{missing_papers}\n\n"
            "Basta una foto hecha con el teléfono. Puede enviarla aquí con su respuesta. Si no puede conseguir alguno "
            "de estos documentos, dígamelo: a menudo sirve otro.\n\n"
            "{officer}",
            "zh-hans": "{name}，您好：\n\n"
            "感谢您提交申请 {reference}。为了继续办理，我们还需要：\n{missing_papers}\n\n"
            "用手机拍的照片就可以，您可以在回复时一起发送。如果其中某份文件无法取得，请告诉我：常常可以用别的文件代替。\n\n"
            "{officer}",
        },
        "photo-unreadable": {
            "ar": "مرحبًا {name}،\n\n"
            "شكرًا على الصورة التي أرسلتها. للأسف لا نستطيع قراءتها. من فضلك التقط صورة أخرى في ضوء النهار، "
            "بدون فلاش، وتظهر فيها الصفحة كاملة، ثم أرسلها هنا مع ردك.\n\n"
            "{officer}",
            "es": "Hola, {name}:\n\n"
            "Gracias por la foto que envió. Lamentablemente no podemos leerla. Por favor, haga otra con luz de día, "
            "sin flash y con la página entera en la imagen. Luego envíela aquí con su respuesta.\n\n"
            "{officer}",
            "zh-hans": "{name}，您好：\n\n"
            "谢谢您发来的照片。可惜我们看不清楚。请在日光下重新拍一张，不要用闪光灯，并拍下整页，然后在回复时一起发送。\n\n"
            "{officer}",
        },
        "appointment": {
            "ar": "مرحبًا {name}،\n\n"
            "أودّ أن أتحدث معك عن طلبك رقم {reference}: في مكتبنا أو بالهاتف أو بالفيديو، كما تفضّل. يستغرق ذلك "
            "نحو نصف ساعة. ما الأيام والساعات المناسبة لك؟ إن أردت مترجمًا فأخبرني بأي لغة، وهذا مجاني.\n\n"
            "{officer}",
            "es": "Hola, {name}:\n\n"
            "Me gustaría hablar con usted sobre su solicitud {reference}: en nuestra oficina, por teléfono o por "
            "video, como prefiera. Dura una media hora. ¿Qué días y horas le convienen? Si desea un intérprete, "
            "dígame de qué idioma: no le cuesta nada.\n\n"
            "{officer}",
            "zh-hans": "{name}，您好：\n\n"
            "我想和您谈谈您的申请 {reference}：可以来我们办公室，也可以打电话或视频，随您方便。大约需要半小时。"
            "哪些日子和时间适合您？如果需要口译，请告诉我是哪种语言，这是免费的。\n\n"
            "{officer}",
        },
        "more-days": {
            "ar": "مرحبًا {name}،\n\n"
            "وعدنا بالرد عليك بشأن {reference} في موعد أقصاه {promise_day}. نحتاج إلى بضعة أيام أخرى، ونعتذر عن "
            "ذلك. ليس عليك فعل أي شيء. سأكتب لك حالما نعرف المزيد.\n\n"
            "{officer}",
            "es": "Hola, {name}:\n\n"
            "Prometimos responderle sobre {reference} a más tardar el {promise_day}. Necesitamos unos días más, y le "
            "pedimos disculpas. No tiene que hacer nada. Le escribiré en cuanto sepamos más.\n\n"
            "{officer}",
            "zh-hans": "{name}，您好：\n\n"
            "我们答应最迟在{promise_day}就 {reference} 给您答复。我们还需要几天，非常抱歉。您不需要做任何事。"
            "一有消息我就写信给您。\n\n"
            "{officer}",
        },
        "answer-awaited": {
            "ar": "مرحبًا {name}،\n\n"
            "طرحنا عليك بعض الأسئلة عن طلبك رقم {reference}، وننتظر أجوبتك حتى {answer_day}. تجدها هنا: {link}\n\n"
            "إن صعُب عليك الجواب عن شيء فاكتب لي. يمكننا أيضًا ملء الاستمارة معًا بالهاتف.\n\n"
            "{officer}",
            "es": "Hola, {name}:\n\n"
            "Le hicimos algunas preguntas sobre su solicitud {reference} y esperamos sus respuestas hasta el "
            "{answer_day}. Las encuentra aquí: {link}\n\n"
            "Si algo es difícil de responder, escríbame. También podemos llenarlo juntos por teléfono.\n\n"
            "{officer}",
            "zh-hans": "{name}，您好：\n\n"
            "我们就您的申请 {reference} 提了几个问题，等您答复到{answer_day}。问题在这里：{link}\n\n"
            "如果有什么不好回答，请写信给我。我们也可以在电话里一起填写。\n\n"
            "{officer}",
        },
        "appeal-arrived": {
            "ar": "مرحبًا {name}،\n\n"
            "وصلنا اعتراضك بشأن {reference}. سينظر في كل شيء من جديد شخص لم يشارك في القرار. وعدنا بالرد عليك في "
            "موعد أقصاه {promise_day}. إن أردت إضافة شيء فاكتبه هنا.\n\n"
            "{office}",
            "es": "Hola, {name}:\n\n"
            "Recibimos su apelación sobre {reference}. Una persona que no participó en la decisión lo examina todo de "
            "nuevo. Prometimos responderle a más tardar el {promise_day}. Si quiere añadir algo, escríbalo aquí.\n\n"
            "{office}",
            "zh-hans": "{name}，您好：\n\n"
            "我们收到了您就 {reference} 提出的申诉。一位没有参与原决定的人会重新审阅全部内容。"
            "我们答应最迟在{promise_day}给您答复。如果想补充什么，请写在这里。\n\n"
            "{office}",
        },
        "call-us": {
            "ar": "مرحبًا {name}،\n\n"
            "حاولت الاتصال بك بالهاتف بشأن طلبك رقم {reference}. اتصل بنا عندما يناسبك، أو اكتب لي هنا متى "
            "يمكنني الاتصال بك: {office_phone}\n\n"
            "{officer}",
            "es": "Hola, {name}:\n\n"
            "Intenté hablar con usted por teléfono sobre su solicitud {reference}. Llámenos cuando le convenga, o "
            "escríbame aquí cuándo puedo llamarle: {office_phone}\n\n"
            "{officer}",
            "zh-hans": "{name}，您好：\n\n"
            "我曾打电话给您，想谈谈您的申请 {reference}，但没有联系上。请在方便时打电话给我们，"
            "或在这里写明我什么时候可以打给您：{office_phone}\n\n"
            "{officer}",
        },
    }.items()
}
