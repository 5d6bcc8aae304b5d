console-sign-out = تسجيل الخروج
console-signed-in = { $name } ({ $role })
console-portals = البوابات
console-settings = الإعدادات
console-admins = المسؤولون
console-users = المستخدمون
console-to-console = إلى وحدة التحكم
console-skip = تخطَّ إلى المحتوى
console-above = الصفحات الأعلى من هذه
console-overview = نظرة عامة
console-unknown-title = لا توجد صفحة كهذه
console-unknown = تحقق من العنوان، أو ابدأ من الصفحة الأولى لوحدة التحكم.
console-errors = صحّح هذه الحقول:
console-choose = اختر

# الأخطاء في نموذج.
console-refused-form = هذا النموذج لا يطابق صفحته. راجع الحقول أدناه وأرسله من جديد.
console-refused-twice = أُرسل هذا مرتين. املأه مرة واحدة.
console-refused-missing = هذا الحقل ناقص. املأه.
console-refused-again = املأ هذا الحقل من جديد.
console-refused-box = حدّد هذا المربع أو ألغِ تحديده.
console-refused-choice = اختر واحدًا من القائمة.
console-refused-grace = لا تُمنح مهلة للإعداد إلا إذا كان استخدامها إلزاميًا للجميع.
console-refused-day = أدخل يومًا مثل { "\u20662027-06-30\u2069" }.
console-refused-log-day = أدخل يومًا مثل { "\u20662026-11-22\u2069" }.
console-refused-last-day = أدخل اليوم الأخير، مثل { "\u20662027-06-30\u2069" }.
console-refused-day-unchosen = اترك هذا الحقل فارغًا، أو اختر أعلاه أن تنتهي صلاحية المفتاح في يوم معيّن.
console-refused-past-day = أدخل يومًا في المستقبل.
console-refused-none-ticked = حدّد واحدًا على الأقل.
console-refused-others-ticked = حدّد من هذه القائمة فقط.
console-refused-ticked-twice = حدّد كل خيار مرة واحدة.
console-refused-portals = حدّد بوابات من القائمة فقط.
console-refused-portal-id = هذا ليس معرّف البوابة. اكتبه كما هو تمامًا.
console-refused-one-portal = حدّد بوابة واحدة لهذا الدور.
console-refused-technician = حدّد بوابات هذا الفني.
console-refused-organisation = أدخل معرّف المؤسسة.
console-refused-territories = حدّد أقاليم من هذه الصفحة فقط.
console-refused-logo-both = اختر ملفًا أو أزل الشعار، لا الأمرين معًا.
console-refused-logo-none = اختر ملفًا.
console-refused-number = أدخل عددًا صحيحًا.
console-refused-find = أدخل أول 3 أحرف من معرّف أو اسم، أو اسمًا كاملًا من حرفين، أو معرّفًا أو بريدًا إلكترونيًا أو رقم هاتف كاملًا.
console-refused-code-or-none = أدخل الأرقام الستة التي قرأها المستخدم. إذا تحققت بطريقة أخرى، فاختر تلك الطريقة واترك هذا الحقل فارغًا.

# تسجيل الدخول، والخطوة الثانية من جديد.
console-sign-in = تسجيل الدخول
console-sign-in-password-changed = تغيّرت كلمة المرور. سجّل الدخول بالكلمة الجديدة.
console-sign-in-idle = تم تسجيل خروجك لأن وحدة التحكم لم تُستخدم لمدة { $minutes } دقيقة. سجّل الدخول للعودة إلى الصفحة.
console-sign-in-expired = تم تسجيل خروجك لأن الجلسة تدوم { $hours } ساعات على الأكثر. سجّل الدخول للعودة إلى الصفحة.
console-sign-in-ended = انتهت جلستك: أُنهيت من متصفح آخر أو من مسؤول آخر أو بكلمة مرور جديدة. سجّل الدخول للعودة إلى الصفحة.
console-name = الاسم
console-password = كلمة المرور
console-continue = متابعة
console-proof-title = أكّد أنك أنت
console-proof-why = يتطلب هذا خطوتك الثانية من جديد. أدخل الرمز المكوّن من 6 أرقام الظاهر في تطبيق المصادقة. سيستمر ما أرسلته بعد ذلك.
console-proof-why-either = يتطلب هذا خطوتك الثانية من جديد: مفتاح المرور، أو الرمز المكوّن من 6 أرقام الظاهر في تطبيق المصادقة. سيستمر ما أرسلته بعد ذلك.
console-proof-why-passkey = يتطلب هذا خطوتك الثانية من جديد: مفتاح المرور. سيستمر ما أرسلته بعد ذلك.
console-code = الرمز
console-proof-again = املأه من جديد: لا تحتفظ أي صفحة بما كتبته
console-cancel = إلغاء

# حساب المسؤول نفسه.
console-password-title = تغيير كلمة مرورك
console-password-hint = اختر كلمة مرور خاصة بك: من 12 إلى 128 حرفًا، مثل أربع كلمات لا صلة بينها. تنتهي كل الجلسات الأخرى.
console-password-current = كلمة المرور الحالية
console-password-new = كلمة المرور الجديدة
console-password-change = تغيير كلمة المرور
console-address-title = عنوانك
console-address-known = تُعلَن التغييرات في حسابك على العنوان { $address }: كلمة مرور جديدة أو دور جديد أو خطوة ثانية جديدة، والجلسات المنتهية، والأقفال.
console-address-none = ليس لك عنوان بعد. أدخل عنوانًا لتصلك التغييرات في حسابك، مثل كلمة مرور جديدة أو دور جديد أو خطوة ثانية جديدة.
console-address-confirm = تأكيد العنوان
console-address-sent = أُرسل رمز إلى { $to }. تنتهي صلاحيته في { $when }.
console-confirm = تأكيد
console-address-another = عنوان آخر
console-address-enter = إدخال عنوان
console-email-address = عنوان البريد الإلكتروني
console-address-hint = نرسل رمزًا إليه. إذا كان لك عنوان آخر، فسيُبلَّغ بالتغيير أيضًا.
console-send-code = إرسال رمز
console-second-step-title = خطوتك الثانية
console-second-step-why = بعد كلمة مرورك، وقبل ما لا يمكن التراجع عنه، يُطلب منك أحد هذه.
console-second-step-change = إضافة أو تسمية أو إزالة
console-second-step-first = يُطلب منك أقواها أولًا.
console-sessions-title = جلساتك
console-sessions-unknown = إذا لم تتعرّف على إحداها، فأنهِها و
console-sessions-password = غيّر كلمة مرورك
console-sessions-address = حدّد عنوانك
console-sessions-told = لتصلك التغييرات في حسابك.
console-sessions-end-others = إنهاء كل الجلسات الأخرى
console-sessions-active = جلسات مفتوحة
console-sessions-this = (هذه)
console-sessions-waiting = بانتظار الخطوة الثانية
console-sessions-waiting-why = أدخل شخص ما كلمة مرورك ولم يُكمل الخطوة الثانية.
console-sessions-began = إدخال كلمة المرور
console-sessions-seen = آخر استخدام
console-sessions-ends = تنتهي إذا لم تُستخدم
console-sessions-end = إنهاء
console-sessions-unknown-device = جهاز غير معروف

# التأكيدات والنتائج.
console-dialog-code = الرمز الذي قرأه المستخدم
console-dialog-reason = السبب، لسجل النشاط
console-dialog-proceed = تنفيذ
console-done = تم ذلك
console-done-before = أُرسل هذا النموذج من قبل، وجرى التغيير حينها. ولم يُكرَّر.
console-secret-once = لا يظهر هذا إلا مرة واحدة.
console-secret-before = تظهر كلمة المرور أو المفتاح أو الرمز مرة واحدة. إذا لم تحتفظ به، فأنشئ غيره.

# البوابات.
console-portals-create = إنشاء بوابة
console-portal = البوابة
console-portals-mfa = المصادقة متعددة العوامل
console-policy = السياسة
console-on = مفعّلة
console-off = معطّلة
console-and-more = { "" }، وأكثر
console-portals-none = لا توجد بوابة بعد.
console-portals-more = المزيد من البوابات
console-new-portal-id = المعرّف
console-new-portal-id-hint = من 3 إلى 32 حرفًا من { "\u2066a-z\u2069" } و{ "\u20660-9\u2069" } و{ "\u2066-\u2069" }؛ لا يمكن تغييره أبدًا
console-profile-description = الاسم الظاهر
console-profile-description-hint = تعرض تطبيقات المصادقة هذا الاسم ما لم تحدد السياسة اسمًا آخر، وتعرضه المتصفحات مع مفاتيح المرور.
console-new-portal-preset = السياسة التي يُبدأ بها
console-profile-enrolment-url = صفحة الإعداد التي تفتحها الروابط المرسلة بالبريد
console-new-portal-enrolment-hint = مطلوبة للإعداد المسبق { "\u2066managed\u2069" }
console-new-portal-create = إنشاء البوابة
console-new-portal-done = أُنشئت البوابة
console-new-portal-key = يستخدم خادم البوابة مفتاح API هذا.
console-to-portal = إلى البوابة
console-activity = النشاط
console-numbers = الأرقام
console-portal-mfa-on = المصادقة متعددة العوامل مفعّلة
console-portal-mfa-off = المصادقة متعددة العوامل معطّلة
console-portal-turn-off = تعطيل
console-portal-turn-on = تفعيل
console-portal-policy = تغيير السياسة
console-preview = معاينة
console-app = تطبيق المصادقة
console-preview-issuer = يرى هذا كل من يُعِدّ تطبيقًا. لا تضع فيه سرًّا.
console-preview-qr = مثال على رمز QR الذي يظهر عند الإعداد
console-preview-passkey = تعرض المتصفحات والأجهزة مفاتيح المرور بهذا الاسم ولهذا النطاق.
console-email = البريد الإلكتروني
console-text-message = رسالة نصية
console-preview-segments = { $count ->
    [one] جزء واحد من { $characters } حرفًا
    [two] جزآن من { $characters } حرفًا
    [few] { $count } أجزاء من { $characters } حرفًا
   *[other] { $count } جزءًا من { $characters } حرفًا
 }
console-profile = الملف التعريفي
console-profile-help = المساعدة
console-not-set = غير محدد
console-profile-enrolment-page = صفحة الإعداد
console-profile-returns = عناوين URL للعودة
console-portal-profile = تغيير الملف التعريفي
console-keys = مفاتيح API
console-keys-expires-soon = تنتهي صلاحية هذا المفتاح قريبًا. أنشئ مفتاحًا آخر، وأعطه لخادم البوابة، ثم ألغِ هذا.
console-keys-may = يسمح بـ
console-keys-from = من
console-keys-anywhere = أي مكان
console-keys-created = أُنشئ
console-keys-expires = تنتهي صلاحيته
console-keys-expired = انتهت صلاحيته
console-keys-never = أبدًا
console-keys-used = آخر تغيير أجراه
console-keys-not-yet = ليس بعد
console-keys-revoke = إلغاء { $key }
console-keys-none = لا يوجد مفتاح API: لا يمكن لخادم البوابة إجراء الاستدعاءات.
console-keys-create = إنشاء مفتاح API
console-portal-delete = حذف هذه البوابة
console-switch-hint-nobody = لا يمكن لأحد تفعيل هذه السياسة أو تعطيلها؛ ويمكن لمشغّل استبدالها.
console-switch-hint-provider = المزوّد وحده يفعّل هذه السياسة أو يعطّلها.
console-switch-hint-portal-admin = لا يُسمح لك بتفعيل هذه السياسة أو تعطيلها.
console-portal-delete-title = حذف البوابة { $subject }؟
console-portal-delete-keys = تتوقف مفاتيحها عن العمل فورًا، ولا يمكن لأحد تسجيل الدخول إليها بعد ذلك.
console-portal-delete-users = لا يمكن أبدًا قراءة ما أعدّه مستخدموها بعد ذلك.
console-portal-delete-id = لا يمكن استخدام معرّفها مرة أخرى أبدًا.
console-portal-delete-count = المستخدمون الذين يفقدون ما أعدّوه: { $count }.
console-portal-delete-more = المستخدمون الذين يفقدون ما أعدّوه: أكثر من { $count }.
console-portal-delete-type = اكتب المعرّف { $portal } للتأكيد
console-portal-delete-verb = حذف البوابة

# الملف التعريفي للبوابة.
console-profile-title = الملف التعريفي للبوابة
console-profile-what = اسمها وصفحاتها وكيف تكتب إلى مستخدميها.
console-profile-audience = من يسجّل الدخول إليها
console-profile-clients = العملاء
console-profile-staff = الموظفون
console-profile-support = مساعدة المستخدمين
console-profile-support-hint = تظهر مع كل رفض، مثل: اتصل بالرقم { "\u20660800 123 456\u2069" }
console-profile-default-country = بلد الأرقام التي بلا رمز بلد
console-profile-default-country-hint = حرفان، مثل { "\u2066NZ\u2069" }
console-profile-locale = لغة المستخدمين الذين لم يحددوا لغة
console-profile-locale-hint = مثل { "\u2066en\u2069" } أو { "\u2066nl\u2069" }
console-profile-sender-name = اسم مرسل البريد الإلكتروني
console-profile-sms-name = الاسم في الرسائل النصية
console-profile-sms-name-hint = حتى 20 حرفًا لاتينيًا بسيطًا
console-profile-color = لون صفحات تسجيل الدخول
console-profile-color-hint = مثل { "\u2066#0b5fff\u2069" }
console-profile-return-urls = عناوين URL للعودة من صفحات تسجيل الدخول
console-profile-return-urls-hint = عنوان واحد في كل سطر، خمسة على الأكثر
console-passkeys = مفاتيح المرور
console-profile-passkeys-hint = اترك الحقلين فارغين: تُنشأ مفاتيح المرور عندئذٍ لنطاق هذه الخدمة وتعمل على صفحاتها. املأهما إذا كانت صفحات البوابة نفسها تطلب مفاتيح المرور.
console-profile-passkey-domain = نطاق مفاتيح المرور
console-profile-passkey-domain-hint = مثل example.com. إذا غيّرته فلن يعمل أي مفتاح مرور أُنشئ للنطاق القديم.
console-profile-passkey-origins = أصول الصفحات التي تستخدمها
console-profile-passkey-origins-hint = أصل واحد في كل سطر، خمسة على الأكثر، مثل https://login.example.com
console-profile-passkey-shown = تعرض أجهزة المستخدمين مفاتيح المرور بهذا الاسم.
console-portal-nobody-enrols = لا يمكن لأحد إعداد خطوة ثانية هنا: لا يُعِدّ المستخدمون إلا مفاتيح المرور، وليس لهذه البوابة ولا للخدمة نطاق لها. حدّد نطاقًا في ملف البوابة، أو أضف طريقة أخرى.
console-profile-passkey-none = لا يمكن استخدام مفاتيح المرور هنا: ليس لهذه الخدمة نطاق خاص بها.
console-passkeys-lost = عدد المستخدمين الذين ستتوقف مفاتيح مرورهم عن العمل: { $stop }. ومنهم بلا طريقة دخول أخرى، باستثناء رموز الاسترداد: { $none }.
console-passkeys-synced-refused = يمكن نسخه إلى أجهزة أخرى، وهو ما ترفضه السياسة
console-passkeys-other-domain = أُنشئ لنطاق لم يعد ساريًا
console-not-saved-yet = لم يُحفظ أي شيء بعد.
console-save = حفظ
console-save-anyway = الحفظ على أي حال

# شعار البوابة.
console-logo = الشعار
console-logo-picture = الملف
console-logo-hint = ملف PNG أو WebP لا يزيد حجمه على 32 كيلوبايت، ولا يزيد عرضه ولا ارتفاعه على 1024 بكسل. يظهر في أعلى صفحات تسجيل الدخول.
console-logo-present = الشعار الحالي
console-logo-remove = إزالة الشعار
console-portal-logo = تغيير الشعار

# مفاتيح API.
console-key-description = الغرض منه
console-key-description-hint = مثل: خوادم تسجيل الدخول
console-key-scopes = ما يُسمح له به
console-key-scopes-hint = حدّد ما يحتاج إليه حامله فقط: فالمفتاح المسروق لا يفعل أكثر مما يُسمح له به
console-key-sources = العناوين التي يمكن أن يأتي منها
console-key-sources-hint = عنوان أو نطاق واحد في كل سطر، مثل { "\u2066192.0.2.0/24\u2069" } أو { "\u20662001:db8::/32\u2069" }، ثمانية على الأكثر؛ وفارغ لأي مكان
console-key-expires = تنتهي صلاحيته
console-key-in-a-year = بعد سنة
console-key-on-a-day = بعد يوم تختاره
console-key-never = أبدًا
console-key-expires-on = اليوم الأخير
console-key-expires-on-hint = ليوم تختاره فقط، مثل { "\u20662027-06-30\u2069" } (UTC)
console-key-create = إنشاء المفتاح
console-key-may-sign-in = تسجيل دخول المستخدمين
console-key-may-contacts = حفظ بيانات الاتصال، وقراءة حالة المستخدمين ونشاطهم
console-key-may-reset = إعادة تعيين المستخدمين، الذين يُعِدّون بعدها خطوتهم الثانية من جديد
console-key-may-erase = محو المستخدمين
console-key-may-oidc = تسجيل دخول المستخدمين عبر مكتبة OpenID Connect
console-key-done = أُنشئ مفتاح API
console-key-done-next = أعطه لخادم البوابة، ثم ألغِ المفتاح القديم.
console-key-revoke-title = إلغاء مفتاح API { $key }؟
console-key-revoke-line = تُرفض الطلبات التي تستخدمه من تلك اللحظة.
console-key-revoke-verb = إبطال المفتاح

# سياسة البوابة.
console-dry-run = ما الذي سيفعله الحفظ
console-dry-run-of = من بين { $count } من المستخدمين:
console-dry-run-of-more = من بين { $count } من المستخدمين الذين فُحصوا (هناك المزيد):
console-dry-run-counts = على { $must } الإعداد، ولا سبيل للدخول أمام { $none }، ولن يُطلب شيء بعد الآن من { $less }، وينتهي التخطي لدى { $skips }.
console-dry-run-grace = عند نهاية المهلة سيبقى { $count } من المستخدمين دون أداة مصادقة، منهم { $active } سجّلوا الدخول خلال آخر 7 أيام.
console-dry-run-nothing-set-up = دون أداة مصادقة عند النهاية
console-dry-run-nothing-set-up-active = … منهم نشطون في آخر 7 أيام
console-dry-run-passkeys = عدد من سيُقتصر دخولهم على مفتاح المرور: { $held }، ومن ستتوقف مفاتيح مرورهم عن العمل: { $stop }، ومن ليس لديهم مفتاح مرور بعد: { $lacking }. لا تُحسب رموز الاسترداد طريقةً للدخول.
console-dry-run-must-enrol = عليهم الإعداد
console-dry-run-no-way-in = لا سبيل لهم للدخول
console-dry-run-asked-no-more = لن يُطلب منهم شيء
console-dry-run-skips-end = ينتهي تخطيهم
console-dry-run-held = يُقتصر دخولهم على مفتاح المرور
console-dry-run-passkeys-stop = تتوقف مفاتيح مرورهم عن العمل
console-dry-run-no-passkey = ليس لديهم مفتاح مرور بعد
console-dry-run-chart = ما الذي سيفعله الحفظ، بعدد المستخدمين
console-dry-run-examples = أمثلة
console-policy-save = حفظ السياسة
console-policy-issuer-only = المزوّد يفعّل هذه السياسة ويعطّلها. وأنت تحدد ما يعرضه التطبيق.
console-policy-methods = الطرق
console-policy-issuer = ما يعرضه التطبيق
console-policy-issuer-hint = إذا تُرك فارغًا ظهر اسم البوابة. يرى هذا كل من يُعِدّ تطبيقًا. لا تضع فيه سرًّا.
console-policy-fallback = البريد الإلكتروني عندما لا يكون التطبيق في المتناول
console-policy-fallback-forbidden = غير مسموح
console-policy-fallback-allowed = مسموح
console-policy-fallback-default = مسموح، ويمكن للمستخدمين جعله الخيار الافتراضي
console-policy-passkeys = مفاتيح المرور
console-policy-when-bound = عندما يكون لدى المستخدم مفتاح مرور
console-policy-when-bound-prefer = يُطلب أولًا، وتبقى الطرق الأخرى متاحة
console-policy-when-bound-insist = لا يُعرض ما هو أضعف، باستثناء رموز الاسترداد
console-policy-verification = البصمة أو الوجه أو الرقم السري مع مفتاح المرور
console-policy-verification-preferred = يُطلب، واللمس وحده مقبول
console-policy-verification-required = مطلوب في كل مرة
console-policy-synced = مفاتيح المرور التي تُنسخ إلى أجهزة أخرى
console-policy-synced-allowed = مقبولة
console-policy-synced-refused = مرفوضة: يجب أن يبقى مفتاح المرور على جهازه
console-policy-promote = بعد تسجيل دخول بطريقة أضعف، اعرض مفتاح مرور (يتطلب الخدمة الذاتية)
console-policy-to-address = إلى أي عنوان
console-policy-directory = من بيانات الاتصال
console-policy-user = يُدخله المستخدم
console-policy-to-number = إلى أي رقم
console-policy-who = من يجب عليه استخدامها
console-policy-everyone = الجميع
console-policy-may-skip = يمكن للمستخدمين التخطي
console-policy-grace = المهلة المتاحة للإعداد
console-policy-grace-hint = للمستخدمين الذين لم يُعِدّوا أي شيء من قبل. يمكنهم التخطي حتى نهاية المهلة، وبعدها يصبح الإعداد إلزاميًا.
console-policy-grace-none = لا مهلة: عند تسجيل الدخول التالي
console-policy-grace-until = حتى يوم محدد
console-policy-grace-sign-ins = لعدد من مرات تسجيل الدخول
console-policy-grace-days = لعدد من الأيام
console-policy-grace-day = اليوم الأخير
console-policy-grace-day-hint = مشمول، بالتوقيت العالمي المنسق.
console-policy-grace-count = مرات تسجيل الدخول (من 1 إلى 20) أو الأيام (من 1 إلى 90)
console-policy-grace-left = { $count ->
    [zero] هذا هو اليوم الأخير.
    [one] يتبقى يوم واحد بعد اليوم.
    [two] يتبقى يومان بعد اليوم.
    [few] تتبقى { $count } أيام بعد اليوم.
    [many] يتبقى { $count } يومًا بعد اليوم.
   *[other] يتبقى { $count } يوم بعد اليوم.
 }
console-policy-grace-over = انقضى اليوم الأخير: أصبح الإعداد إلزاميًا للجميع.
console-policy-switch = من يفعّلها ويعطّلها
console-policy-switch-portal = مسؤول البوابة أيضًا
console-policy-switch-provider = المزوّد فقط
console-policy-switch-nobody = لا أحد: مفعّلة دائمًا
console-policy-off = أثناء تعطيلها
console-policy-off-nobody = لا يُطلب شيء من أحد
console-policy-off-enrolled = يُطلب من المستخدمين الذين أعدّوها
console-policy-on = عند تفعيلها من جديد
console-policy-on-keep = يبقى ما أُعِدّ ساريًا كما كان
console-policy-on-again = يُعِدّها الجميع من جديد
console-policy-reset = بعد إعادة التعيين
console-policy-reset-open = يجري الإعداد عند تسجيل الدخول التالي
console-policy-reset-link = يلزم رابط مرسل بالبريد للإعداد
console-policy-proof = قبل الإعداد الأول
console-policy-proof-none = لا شيء: تكفي كلمة المرور
console-policy-proof-code = رمز إلى العنوان المؤكَّد المسجّل
console-policy-self = يغيّر المستخدمون ما أعدّوه
console-policy-self-off = لا: يعيد المسؤول ضبطهم
console-policy-self-proof = نعم، بعد خطوة ثانية بقوة ما لديهم على الأقل؛ ويمكنهم إيقاف تغيير ليس منهم
console-policy-recovery = رموز الاسترداد
console-policy-recovery-off = لا شيء
console-policy-recovery-offered = تُعرض عند كل إعداد
console-policy-recovery-required = تُعرض، ويؤكد المستخدمون أنهم احتفظوا بها
console-policy-text = الطرق التي تؤكد دفعة أو نصًا آخر في تحقق إضافي
console-policy-text-any = كل الطرق القوية بما يكفي
console-policy-text-bound = الطرق التي يخص إثباتها هذا النص وحده فقط: الرموز بالبريد الإلكتروني أو برسالة نصية ومفاتيح المرور، لا التطبيق
console-policy-recommended = موصى به للبوابات الجديدة
console-countries = بلدان الرسائل النصية
console-policy-countries-hint = رموز من حرفين بينها مسافات؛ وإذا تُرك فارغًا أُخذت قائمة النظام
console-policy-lifetime = مدة صلاحية الرمز المرسل بالثواني
console-policy-hold = العنوان الذي تغيّر لا تصله رموز بدل التطبيق ولا رابط لمدة يوم
console-policy-remember = يمكن للمستخدمين الوثوق بمتصفح، فلا تُطلب منهم الخطوة الثانية فيه لفترة
console-policy-remember-days = عدد الأيام التي يكون فيها المتصفح موثوقًا به
console-policy-remember-hint = من 1 إلى 90، ابتداءً من الإثبات، مهما تكرر استخدامه.
console-policy-remember-after = يصبح المتصفح موثوقًا به بعد
console-policy-remember-any = رمز أو مفتاح مرور
console-policy-remember-phishing-resistant = مفتاح مرور فقط
console-policy-remembers-any = يمكن الوثوق بمتصفح بعد رمز أو مفتاح مرور، ومدة ذلك بالأيام: { $days }
console-policy-remembers-phishing-resistant = يمكن الوثوق بمتصفح بعد مفتاح مرور، ومدة ذلك بالأيام: { $days }
console-policy-unlock = لا يمكن لأحد تفعيل هذه السياسة أو تعطيلها. استبدلها على أي حال.
console-policy-trusted = المتصفحات الموثوق بها
console-policy-trusted-hint = إذا كان متصفح موثوق به قد وقع في أيدٍ خاطئة، يمكنك إلغاء الثقة بها كلها دفعة واحدة.
console-policy-trusted-since = أُلغيت الثقة بها كلها آخر مرة في { $when }.
console-policy-end-trust = إلغاء الثقة بكل المتصفحات
console-policy-try = معرفة ما ستفعله
console-policy-limits = حدود التخمين، وهي نفسها لكل السياسات
console-policy-presets = البدء من إعداد مسبق
console-policy-start = البدء من { $preset }
console-policy-both = تغيّرت في هذه الأثناء: النسختان
console-policy-differences = الفروق
console-policy-setting = الإعداد
console-policy-saved = المحفوظ الآن
console-policy-yours = في هذا النموذج
console-policy-same = هذه هي السياسة المحفوظة: الحفظ لا يغيّر شيئًا.
console-policy-part-who = من، ومتى
console-policy-part-switch = الإيقاف والتشغيل
console-policy-part-reset = الإعداد من جديد والمساعدة
console-policy-bar-must = { $count ->
    [zero] لا يجب على أحد الإعداد.
    [one] يجب على شخص واحد الإعداد.
    [two] يجب على شخصين الإعداد.
    [few] يجب على { $count } أشخاص الإعداد.
    [many] يجب على { $count } شخصًا الإعداد.
   *[other] يجب على { $count } شخص الإعداد.
}
console-policy-bar-none = { $count ->
    [zero] لا أحد بلا طريق للدخول.
    [one] شخص واحد بلا طريق للدخول.
    [two] شخصان بلا طريق للدخول.
    [few] { $count } أشخاص بلا طريق للدخول.
    [many] { $count } شخصًا بلا طريق للدخول.
   *[other] { $count } شخص بلا طريق للدخول.
}
console-preset-authenticator-app = تطبيق المصادقة
console-preset-authenticator-app-with-email = تطبيق المصادقة مع البريد
console-preset-always-on = دائمًا، بالبريد أو برسالة نصية
console-preset-sms-enrolment = رسالة نصية
console-preset-sms-enrolment-opt-out = رسالة نصية، يمكن تخطيها
console-preset-email-enrolment = البريد الإلكتروني
console-preset-email-enrolment-opt-out = البريد الإلكتروني، يمكن تخطيه
console-preset-managed = يديره المزوّد
console-preset-app-modern = تطبيق المصادقة مع الخدمة الذاتية
console-preset-passkey-first = مفاتيح المرور أولًا
console-policy-app-forbidden = تطبيق المصادقة
console-policy-app-allowed = تطبيق المصادقة؛ والبريد الإلكتروني عندما لا يكون في المتناول
console-policy-app-allowed-as-default = تطبيق المصادقة؛ والبريد الإلكتروني عندما لا يكون في المتناول، أو دائمًا
console-policy-email-directory = البريد الإلكتروني، والعنوان من بيانات الاتصال
console-policy-email-user = البريد الإلكتروني، والعنوان يُدخله المستخدم
console-policy-sms-directory = رسالة نصية، والرقم من بيانات الاتصال
console-policy-sms-user = رسالة نصية، والرقم يُدخله المستخدم
console-policy-passkey-prefer = مفتاح مرور؛ وتبقى الطرق الأخرى متاحة
console-policy-passkey-insist = مفتاح مرور؛ وبعد إعداده لا تُعرض طريقة أضعف
console-policy-enforcement-required = يجب على الجميع استخدامها
console-policy-enforcement-opt-out = يمكن للمستخدمين تخطي الإعداد
console-policy-time-until = مهلة الإعداد: حتى نهاية يوم { $day }
console-policy-time-sign-ins = مهلة الإعداد: { $count ->
    [zero] لا شيء
    [one] تسجيل دخول واحد
    [two] تسجيلا دخول
    [few] { $count } تسجيلات دخول
    [many] { $count } تسجيل دخول
   *[other] { $count } تسجيل دخول
 }
console-policy-time-days = مهلة الإعداد: { $days ->
    [zero] لا شيء
    [one] يوم واحد
    [two] يومان
    [few] { $days } أيام
    [many] { $days } يومًا
   *[other] { $days } يوم
 }
console-policy-switched-by-nobody = لا يمكن لأحد تعطيلها
console-policy-switched-by-provider = يفعّلها المزوّد ويعطّلها
console-policy-switched-by-portal-admin = يفعّلها ويعطّلها المزوّد أو مسؤول البوابة
console-policy-when-off-challenge-enrolled = أثناء تعطيلها، يُطلب من المستخدمين الذين أعدّوها
console-policy-when-off-challenge-nobody = أثناء تعطيلها، لا يُطلب شيء من أحد
console-policy-when-on-again-keep-enrolments = عند تفعيلها من جديد، يبقى ما أُعِدّ ساريًا كما كان
console-policy-when-on-again-enrol-again = عند تفعيلها من جديد، يُعِدّها الجميع من جديد
console-policy-after-reset-open = بعد إعادة التعيين، يجري الإعداد عند تسجيل الدخول التالي
console-policy-after-reset-emailed-link = بعد إعادة التعيين، يلزم رابط مرسل بالبريد للإعداد
console-switch-on-title = تفعيل المصادقة متعددة العوامل؟
console-switch-off-title = تعطيل المصادقة متعددة العوامل؟
console-switch-on = تُطلب من الجميع عند تسجيل الدخول التالي، بحسب السياسة.
console-switch-off = لن تُطلب الخطوة الثانية بعد الآن، بحسب السياسة.
console-switch-must = عدد المستخدمين الذين عليهم الإعداد: { $must }، ومن لا سبيل لهم للدخول: { $none }.
console-switch-less = عدد المستخدمين الذين لن يُطلب منهم شيء: { $count }.
console-end-trust-title = إلغاء الثقة بمتصفحات كل المستخدمين؟
console-end-trust-asked = عند تسجيل الدخول التالي تُطلب الخطوة الثانية من الجميع مرة أخرى، وفق السياسة.
console-end-trust-keeps = يبقى ما أعدّه المستخدمون. ويمكنهم الوثوق بمتصفح من جديد إذا سمحت السياسة بذلك.
console-sending-title = المرسِلون والحدود اليومية
console-sending-what = يمكن أن يكون لرسائل البريد والرسائل النصية من هذه البوابة مرسِلون وحدود يومية خاصة بها.
console-sending-blank = الحقل الفارغ يعني ما للخدمة. وإذا كان حدّ الخدمة أقل فهو المعمول به.
console-sending-of-service = كما للخدمة
console-sending-change = تغيير المرسِلين والحدود
console-sending-email-hint = ضمن الهوية الموثّقة للنشر
console-share = الحصة
console-share-of-portal = { $count } عملية تسجيل دخول في الدقيقة، ومثلها من الطلبات عن المستخدمين
console-share-change = تغيير الحصة
console-share-title = تغيير الحصة
console-share-what = تمنع الحصة بوابة واحدة من أخذ ما تحتاج إليه كل البوابات. وهي تحدد كم عملية تسجيل دخول يمكن لهذه البوابة أن تبدأها خلال دقيقة، وكم طلبًا عن المستخدمين يمكن لخادمها أن يرسله.
console-share-over = إذا تجاوزت البوابة حصتها، تُرفض طلبات خادمها حتى تنتهي الدقيقة. وتستمر عمليات تسجيل الدخول التي بدأت، ولا تلاحظ البوابات الأخرى شيئًا.
console-share-per-minute = الطلبات في الدقيقة
console-share-hint = من 1 إلى 60000. اتركه فارغًا للحصة المعتادة وهي { $usual }.
console-log-days = السجل
console-log-days-of-portal = تُحفظ الإدخالات لمدة { $days } يومًا
console-log-days-change = تغيير مدة حفظ السجل
console-log-days-what = يحفظ سجل هذه البوابة كل إدخال لهذا العدد من الأيام. ويحفظ الأرشيف كل الإدخالات للمدة التي تحددها عملية النشر لديك.
console-log-days-from-now = يسري التغيير على الإدخالات التي تُكتب من الآن فصاعدًا. وتبقى الإدخالات الموجودة للمدة المحددة لها من قبل.
console-log-days-days = الأيام
console-log-days-hint = من 30 إلى 400. للبوابات الجديدة { $usual }.

# الحدود، في جداول.
console-limit-sign-in = الرموز الخاطئة في عملية تسجيل دخول واحدة
console-limit-sign-in-text = { $count }، ثم تنتهي
console-limit-row-wait = الرموز الخاطئة المتتالية، بحسب نوع المتصفح
console-limit-row-wait-text = من الرمز رقم { $first } يجلب كل رمز انتظارًا: { $seconds } ثانية، تتضاعف كل مرة، حتى { $minutes } دقيقة
console-limit-day = الرموز الخاطئة في يوم
console-limit-day-text = { $strangers } في المتصفحات التي لم تدخل قط، و{ $known } في التي دخلت؛ والنجاح يمحوها
console-limit-month = الرموز الخاطئة خلال { $days } يومًا
console-limit-month-text = { $strangers } في المتصفحات التي لم تدخل قط؛ و{ $known } في التي دخلت، وتستهلك بعدها حصة الأخرى
console-limit-row = الرموز الخاطئة المتتالية، مهما طال الوقت
console-limit-row-text = { $strangers } تغلق الطريق أمام المتصفحات التي لم تدخل قط حتى إلغاء القفل أو إعادة التعيين؛ و{ $known } في التي دخلت توقف ما أعدّه المستخدم حتى إعادة التعيين
console-limit-browser = الرموز الخاطئة لمتصفح واحد في يوم
console-limit-browser-text = عند { $count } يُعدّ متصفحًا لم يدخل قط، حتى يدخل
console-limit-recovery = رموز استرداد خاطئة
console-limit-recovery-text = { $count } في تسجيل الدخول الواحد مع غيرها؛ { $strangers } في اليوم في متصفحات لم يُسجَّل الدخول منها قط، و{ $known } أخرى في متصفحات سُجِّل الدخول منها؛ ولا تقفل شيئًا آخر
console-limit-lifts = الأقفال التي يرفعها المسؤولون، وكلمات المرور التي تغيّرت
console-limit-lifts-text = { $count } خلال { $days } يومًا
console-limit-odds = احتمال التخمين لمدة شهر بكلمة مرور مسرّبة
console-limit-odds-text = واحد من { $odds }؛ وواحد من { $lifted } إذا رُفعت الأقفال { $count ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $count } مرات
   *[other] { $count } مرة
 }
console-limit-session = الجلسة
console-limit-session-text = تنتهي بعد { $minutes } دقيقة بلا استخدام، وبعد { $hours } ساعات؛ { $count } في وقت واحد
console-limit-waiting = الجلسة التي تنتظر الخطوة الثانية
console-limit-waiting-text = تنتهي بعد { $minutes } دقائق؛ { $count } في وقت واحد، ولا تُنهي أبدًا جلسة مستخدمة
console-limit-passwords = كلمات المرور الخاطئة
console-limit-passwords-text = { $count } في الساعة من عنوان واحد لاسم واحد (ومن IPv6 أول 64 بت)، أو في متصفح واحد دخل من قبل
console-limit-passwords-month = كلمات المرور الخاطئة لمسؤول واحد خلال { $days } يومًا
console-limit-passwords-month-text = { $strangers } في المتصفحات التي لم تدخل قط، مهما كان العنوان؛ و{ $known } في التي دخلت؛ وتُحسب في فترات من { $window } أيام
console-limit-admin-lifts = الأقفال التي يرفعها مشغّلون آخرون
console-limit-admin-lifts-text = { $count } خلال { $days } يومًا؛ وإعادة التعيين في أي وقت
console-limit-password-odds = احتمال تخمين كلمة مرور لمدة شهر
console-limit-password-odds-text = واحد من { $odds }؛ وواحد من { $lifted } إذا رُفعت الأقفال { $count ->
    [one] مرة واحدة
    [two] مرتين
    [few] { $count } مرات
   *[other] { $count } مرة
 }
console-limit-password = كلمة المرور
console-limit-password-text = من { $count } إلى 128 حرفًا؛ ودرجة 3 على الأقل في zxcvbn، أي 100,000,000 تخمين
console-limit-first-password = كلمة المرور الأولى
console-limit-first-password-text = تفتح جلسة واحدة خلال { $days } أيام، وتُغيَّر فيها
console-limit-proof = الخطوة الثانية
console-limit-proof-text = تبقى حديثة لمدة { $minutes } دقائق، لما يُدخل آخرين أو لا يمكن التراجع عنه

# المستخدمون.
console-users-find = البحث بالمعرّف أو الاسم أو البريد الإلكتروني أو رقم الهاتف
console-users-find-hint = أول 3 أحرف من معرّف أو اسم، أو اسم كامل من حرفين، أو معرّف أو عنوان أو رقم كامل.
console-people = البحث عن أشخاص
console-people-address = العنوان
console-people-last = آخر تسجيل دخول
console-people-last-unknown = غير معروف
console-people-until = حتى { $when }
console-people-none = لم يُعثر على أحد. تحقق من الكتابة، أو أدخل الأحرف الأولى من اسم العائلة فقط. يمكن العثور على اسم أو عنوان تغيّر بعد لحظات.
console-people-total = عدد النتائج: { $count }
console-people-more-in = يوجد المزيد في { $portal }. ابحث هناك:
console-people-next = البحث في بوابات أخرى
console-find = بحث
console-state = الحالة
console-organisation = المؤسسة
console-show = عرض
console-user = المستخدم
console-methods = الطرق
console-users-none = لا يوجد مستخدمون.
console-users-more = المزيد من المستخدمين
console-bulk-title = إعادة تعيين مستخدمين كثيرين
console-bulk-what = يفقد كل مستخدم محدد ما تم إعداده، ويعيد الإعداد من رابط يُرسل بالبريد الإلكتروني.
console-bulk-second = لا يحدث شيء قبل موافقة مسؤول آخر. تنتهي صلاحية الطلب بعد يوم.
console-bulk-users = معرّفات المستخدمين، واحد في كل سطر
console-bulk-users-hint = 100 كحد أقصى. اترك الحالة والمؤسسة فارغتين عندئذ.
console-bulk-count = عدّ المستخدمين
console-bulk-to-reset = ستُعاد تعييناتهم
console-bulk-nothing = لا شيء معدّ، مستبعدون
console-bulk-no-link = لا عنوان للرابط، مستبعدون
console-bulk-unknown = غير موجودين
console-bulk-more = هناك مستخدمون أكثر مما تم عدّه.
console-bulk-ask = طلب إعادة التعيين
console-bulk-asked = طلبها { $admin }: { $reason }
console-bulk-about = حوالي { $count } من المستخدمين
console-bulk-lapses = تنتهي الصلاحية: { $when }
console-bulk-approved = وافق عليها { $admin }.
console-bulk-approve = الموافقة والبدء
console-bulk-withdraw = سحب الطلب
console-bulk-next = إعادة تعيين المستخدمين الـ100 التالين
console-bulk-reset = أُعيد تعيينهم
console-bulk-before = أُعيد تعيينهم من قبل
console-bulk-failed = فشلوا
console-bulk-again = المحاولة مجددًا مع من فشلوا
console-bulk-ended = انتهت إعادة تعيين مستخدمين كثيرين.
console-remind-title = تذكير المستخدمين بالإعداد
console-remind-what = يتلقى المستخدمون المطلوب منهم إعداد خطوة ثانية ولم يفعلوا رسالة بريد تشرح كيف. لا يتلقى أحد رسالتين في يوم واحد.
console-remind-to-remind = سيتم تذكيرهم
console-remind-before = تم تذكيرهم خلال يوم، مستبعدون
console-remind-not-needed = أعدّوها الآن أو سابقًا، أو غير مطلوبة منهم
console-remind-no-address = لا عنوان للرسالة، مستبعدون
console-remind-nobody = لا يحتاج أحد من هؤلاء المستخدمين إلى تذكير الآن.
console-remind-verb = { $count ->
    [zero] عدم تذكير أي مستخدم
    [one] تذكير مستخدم واحد
    [two] تذكير مستخدمَين
    [few] تذكير { $count } مستخدمين
    [many] تذكير { $count } مستخدمًا
   *[other] تذكير { $count } مستخدم
 }
console-remind-reminded = تم تذكيرهم
console-remind-next = تذكير المستخدمين التالين
console-remind-ended = انتهى التذكير. تُرسل الرسائل خلال دقائق.
console-any = الكل
console-users-of = مستخدمو { $portal }
console-user-next = عند تسجيل الدخول التالي
console-user-next-trusted = في المتصفحات الموثوق بها أدناه لا يُطلب من المستخدم شيء.
console-reset = إعادة تعيين
console-unlock = إلغاء القفل
console-bypass = إصدار رمز طوارئ
console-clear-skip = إلغاء التخطي
console-erase = محو
console-user-authenticators = وسائل المصادقة
console-user-bound = { $method }، منذ { $when }
console-user-bound-to = { $method } إلى { $to }، منذ { $when }
console-user-not-current = (لم تعد صالحة)
console-none = لا يوجد.
console-user-skipped = تخطّى في { $when }
console-user-grace-until = يمكنه التخطي حتى نهاية يوم { $day }
console-user-grace-sign-ins = { $count ->
    [zero] لم يعد بإمكانه التخطي
    [one] يمكنه التخطي مرة واحدة أخرى
    [two] يمكنه التخطي مرتين أخريين
    [few] يمكنه التخطي { $count } مرات أخرى
    [many] يمكنه التخطي { $count } مرة أخرى
   *[other] يمكنه التخطي { $count } مرة أخرى
 }
console-user-email-default = البريد الإلكتروني دائمًا منذ { $when }
console-user-reset = أُعيد التعيين في { $when }
console-user-disabled = أُوقف في { $when }
console-user-frozen = جُمّد في { $when }: تحقق ممن يطلب، ثم أعِد تعيين المستخدم
console-user-recovery-codes = رموز الاسترداد: المتبقي { $count }، أُنشئت في { $when }
console-user-trusted = المتصفحات الموثوق بها
console-user-trusted-since = { $device }، منذ { $since }، حتى { $until }
console-user-end-trust = إلغاء الثقة
console-user-end-trust-all = إلغاء الثقة بها كلها
console-user-contact = بيانات الاتصال
console-phone = الهاتف
console-no-value = لا يوجد
console-user-unverified = (غير مؤكَّد)
console-user-phone-rejected = (آخر رقم أُعطي لا يستقبل الرسائل النصية)
console-user-wrong = الرموز الخاطئة
console-user-known-browsers = في المتصفحات التي دخلت من قبل
console-user-strangers = في المتصفحات الأخرى
console-user-counts = { $row } متتالية، و{ $day } في يوم، و{ $month } خلال 30 يومًا.
console-user-locked-until = لن يُتحقَّق من أي رمز حتى { $when }.
console-user-locked = لن يُتحقَّق من أي رمز حتى تلغي قفل المستخدم أو تعيد تعيينه.
console-user-sign-ins = عمليات تسجيل الدخول المفتوحة
console-user-from = { "" }، من { $device }
console-user-activity = النشاط الأخير
console-user-no-activity = لا نشاط بعد.

# التأكيدات بشأن مستخدم.
console-user-reset-title = إعادة تعيين { $subject }؟
console-user-reset-methods = لن تُحسب طرق المستخدم بعد ذلك، وتنتهي عمليات تسجيل الدخول المفتوحة.
console-user-reset-told = يُبلَّغ المستخدم، ويُعِدّها من جديد عند تسجيل الدخول التالي، بحسب السياسة.
console-user-reset-sure = يمكن لكل من لديه كلمة المرور أن يُعِدّها بدلًا منه: تأكد من أن المستخدم هو من يطلب ذلك.
console-user-reset-verb = إعادة تعيين MFA
console-user-code-title = إرسال رمز إلى { $subject }؟
console-user-code-read = يقرأ المستخدم الرمز لك، وتُدخله أنت عند إعادة التعيين.
console-user-code-says = تقول الرسالة إن الرمز للمسؤول الذي طلب منه المستخدم المساعدة.
console-user-code-limit = الرمز لا يُدخل أحدًا. يمكن إرسال خمسة على الأكثر في اليوم.
console-user-unlock-title = إلغاء قفل { $subject }؟
console-user-unlock-line = يمكن للمستخدم المحاولة مرة أخرى فورًا. مرتين على الأكثر خلال 30 يومًا.
console-user-remove = إزالة
console-user-remove-title = إزالة طريقة دخول للمستخدم { $subject }؟
console-user-remove-which = أي طريقة
console-user-remove-others = يدخل المستخدم بالطرق الأخرى.
console-user-remove-told = يُبلَّغ المستخدم على كل عنوان معروف.
console-user-remove-last = لا تُزال الطريقة الأخيرة إلا بإعادة الضبط.
console-user-skip-title = إلغاء تخطي { $subject }؟
console-user-skip-line = يُطلب من المستخدم الإعداد عند تسجيل الدخول التالي، ويمكنه التخطي مرة أخرى.
console-user-trust-title = إلغاء الثقة بمتصفحات { $subject }؟
console-user-trust-which = أيّها
console-user-trust-all = كلها
console-user-trust-asked = عند تسجيل الدخول التالي من هناك تُطلب الخطوة الثانية من المستخدم مرة أخرى.
console-user-trust-keeps = يبقى ما أعدّه المستخدم.
console-user-trust-verb = إيقاف الثقة
console-user-bypass-title = إصدار رمز طوارئ لـ { $subject }؟
console-user-bypass-once = يُدخل كل من يحمله، مرة واحدة، خلال عشر دقائق. تأكد من أنك تعطيه للمستخدم.
console-user-bypass-told = يُبلَّغ المستخدم.
console-user-erase-title = محو { $subject }؟
console-user-erase-all = تُمحى كل البيانات عن المستخدم. لا يمكن التراجع عن ذلك.
console-user-erase-counts = تبقى أعداد الرموز الخاطئة 400 يوم، من دون أي شيء شخصي.
console-user-erase-verb = محو المستخدم
console-check-how = كيف تحققت ممن يطلب ذلك؟
console-check-known-in-person = نعرف بعضنا، وقد قابلت المستخدم أو رأيته
console-check-called-back = اتصلت برقم كان مسجّلًا من قبل
console-check-identity-document = رأيت وثيقة هوية
console-check-code-read-out = قرأ المستخدم رمزًا طلبتُ إرساله
console-check-other = بطريقة أخرى، يذكرها السبب
console-check-code-sent = أُرسل رمز إلى { $to }. أدخل ما يقرؤه المستخدم.
console-check-no-code = اتركه فارغًا إذا تحققت بطريقة أخرى.
console-check-send-code = إرسال رمز أولًا
console-check-channel = إلى أين يُرسَل؟
console-user-reset-done = أُعيد تعيين المستخدم
console-to-user = إلى المستخدم
console-bypass-code = رمز الطوارئ
console-user-bypass-done = يُدخله المستخدم بدلًا من رمز. تنتهي صلاحيته خلال عشر دقائق، ويُستخدم مرة واحدة فقط.

# سجل النشاط.
console-activity-kind = النوع
console-activity-outcome = النتيجة
console-activity-done-by = الفاعل
console-activity-from = من
console-activity-to = إلى
console-activity-export = تصدير بصيغة CSV
console-activity-when = الوقت
console-activity-event = الحدث
console-activity-by = بواسطة
console-activity-reason = السبب
console-activity-changed = تغيّر
console-activity-device = من { $device }
console-activity-none-yet = لم يُعثر على شيء حتى الآن. اطّلع على القيود الأقدم.
console-activity-none = لا توجد قيود.
console-activity-earlier = الأقدم
console-activity-all = كل النشاط
console-activity-looked-since = عدد البوابات التي جرى البحث فيها: { $portals }، من { $until } رجوعًا إلى { $since }. قد توجد قيود أقدم.
console-activity-looked = عدد البوابات التي جرى البحث فيها: { $portals }، من { $until } رجوعًا إلى أول قيد محفوظ، أو إلى أول يوم اخترته.
console-activity-looked-order = إذا زاد عدد البوابات على { $portals }، يُعرض كل يوم لبعض البوابات بعد غيرها.
console-export-several = عدد ملفات هذا التصدير: { $count }، والقيود الأحدث أولًا. احفظها كلها.
console-export-first = الملفات ذات القيود الأحدث: { $count }. توجد قيود أخرى: احفظ هذه الملفات، ثم تابع.
console-export-last = آخر ملفات التصدير: { $count }. احفظها كلها.
console-export-file = الملف { $number } من { $count }: { $name }
console-export-file-first = الملف { $number }: { $name }
console-export-rows = { $count ->
    [zero] لا توجد قيود
    [one] قيد واحد
    [two] قيدان
    [few] { $count } قيود
    [many] { $count } قيدًا
   *[other] { $count } قيد
 }
console-export-next = المتابعة إلى القيود الأقدم
console-export = تصدير
console-export-users = { $count ->
    [zero] لا توجد ملفات.
    [one] جميع مستخدمي القائمة في ملف واحد. احفظه.
    [two] مستخدمو القائمة في ملفين. احفظهما.
    [few] مستخدمو القائمة في { $count } ملفات. احفظها كلها.
    [many] مستخدمو القائمة في { $count } ملفًا. احفظها كلها.
   *[other] مستخدمو القائمة في { $count } ملف. احفظها كلها.
 }
console-export-users-first = الملفات التي تضم أول المستخدمين: { $count }. يوجد مستخدمون آخرون: احفظ هذه الملفات، ثم تابع.
console-export-users-rows = { $count ->
    [zero] لا يوجد مستخدمون
    [one] مستخدم واحد
    [two] مستخدمان
    [few] { $count } مستخدمين
    [many] { $count } مستخدمًا
   *[other] { $count } مستخدم
 }
console-export-users-last = الملفات التي تضم آخر المستخدمين: { $count }. احفظها كلها.
console-export-users-none-yet = لم يُعثر على مستخدمين حتى الآن. يوجد مستخدمون آخرون لم يُطّلع عليهم بعد.
console-export-users-next = المتابعة إلى مستخدمين آخرين
console-export-users-link = تصدير هذه القائمة بصيغة CSV

console-numbers-day = اليوم
console-numbers-count = العدد
console-numbers-open = قد يتغير بعد
console-numbers-today = اليوم حتى الآن
console-numbers-today-in-part = أحدث قيود اليوم فقط
console-numbers-uncounted = لم يُحسب
console-figure-let-in = سُمح بالدخول
console-figure-refused = رموز مرفوضة
console-figure-sent = رموز وروابط أُرسلت
console-figure-not-sent = لم تُرسَل
console-figure-delivered = سُلّمت
console-figure-returned = عادت
console-figure-enrolled = تم الإعداد
console-figure-locked = مقفل
console-figure-helped = بمساعدة مشرف
console-figure-denied = لا سبيل لتسجيل الدخول

# The overviews, and the prices that they estimate costs from.
console-overview-days = آخر الأيام: { $days }
console-overview-today = لم ينتهِ اليوم بعد: أرقامه حتى هذه اللحظة. الأيام بالتوقيت العالمي المنسق.
console-overview-today-in-part = قيود اليوم أكثر مما يُحسب هنا: تُحسب أحدثها فقط. الأيام بالتوقيت العالمي المنسق.
console-overview-sign-ins = عمليات تسجيل الدخول
console-overview-sign-ins-hint = المستخدمون الذين دخلوا
console-overview-sign-ins-what = لكل يوم: المستخدمون الذين دخلوا، والرموز المرفوضة، والمستخدمون الذين لا سبيل لهم لتسجيل الدخول.
console-overview-success = النجاح
console-overview-success-hint = المستخدمون الذين دخلوا من بين كل المحاولات: الباقي رموز مرفوضة ومستخدمون لا سبيل لهم للدخول
console-overview-enrolled = من أعدّوها
console-overview-enrolled-what = نسبة المستخدمين الذين أعدّوا شيئًا صالحًا أو يستخدمون البريد الإلكتروني دائمًا. تُحسب عندما يفتح أحدهم هذه الصفحة أول مرة في اليوم. في الأيام التي بلا نقطة لم يفتحها أحد.
console-overview-of-users = من أصل المستخدمين: { $count }
console-overview-shut-out = لا يمكنهم الدخول
console-overview-shut-out-hint = إلى أن يساعدهم أحد
console-overview-shut-out-what = القفل بعد رموز خاطئة ينتهي من تلقاء نفسه. والمستخدمون المقفلون بسببه ليسوا من هؤلاء.
console-overview-sends = الرسائل
console-overview-sends-what = الرموز والروابط التي أُرسلت أو ربما أُرسلت. لا تُحسب الإشعارات.
console-overview-failures = ما لم ينجح
console-overview-reason = السبب
console-overview-no-failures = لم يحدث خطأ في هذه الأيام.
console-overview-channels = الرسائل بحسب القناة
console-overview-channel = القناة
console-overview-cap = اليوم، من السقف اليومي
console-overview-of-cap = { $count } من أصل { $most }
console-overview-no-reports = لا تقارير
console-overview-cost = التكلفة المقدّرة بعملة { $currency }
console-overview-cost-what = التقدير هو عدد الرموز والروابط بالأسعار المحددة. قد تكلّف الرسالة النصية الطويلة أكثر من واحدة، ولا يشمل الإشعارات.
console-overview-no-prices = لم تُحدد أسعار، فلا تُقدّر تكلفة. حدّدها في:
console-overview-unpriced = (من دون { $count } بلا سعر)
console-overview-texts = الرسائل النصية بحسب رمز الاتصال
console-overview-texts-what = كثرة الرسائل مع قلة الرموز المقبولة قد تكون احتيالًا.
console-overview-code = رمز الاتصال
console-overview-accepted = رموز مقبولة
console-start-needs = يحتاج إلى انتباه
console-start-nothing = لا شيء يحتاج إلى انتباه.
console-start-what = آخر الأيام الكاملة: { $days }، بالتوقيت العالمي المنسق. تأتي أولًا البوابات التي تحتاج إلى انتباه.
console-start-sent = أُرسل { $sent }، ولم يُرسل { $failed }
console-need-no-provider = لم يُعدّ شيء للإرسال عبر هذه القناة التي تحتاجها السياسة: { $channel }
console-need-held-back = سقف يومي ممتلئ حجز رسائل
console-need-cap-near = اقتربت رسائل أحد الأيام من السقف اليومي: { $channel }
console-need-key-expires = ينتهي مفتاح API خلال 30 يومًا
console-need-sending = { $channel }: { $detail }
console-prices = أسعار الرسائل
console-prices-what = تقدّر النظرات العامة التكاليف بهذه الأسعار. وهي لا تغيّر أي رسالة.
console-prices-currency = العملة
console-prices-currency-hint = ثلاثة أحرف لاتينية كبيرة، مثل EUR
console-prices-email = سعر رسالة البريد الإلكتروني
console-prices-hint = بنقطة، مثل 0.0001؛ اتركه فارغًا لعدم التقدير
console-prices-text = سعر الرسالة النصية
console-prices-text-hint = للأرقام التي ليس لها سعر خاص أدناه؛ اتركه فارغًا لعدم التقدير
console-prices-texts-to = أسعار الرسائل النصية بحسب رمز الاتصال
console-prices-texts-to-hint = واحد في كل سطر، 40 على الأكثر: رمز الاتصال والسعر، مثل +64 0.11
console-prices-no-currency = أدخل عملة هذه الأسعار.
console-chart-about = { $title }، من { $from } إلى { $to }. ينتهي المقياس عند { $most }.
console-chart-table = الأمر نفسه في جدول
console-reason-code-wrong = أُدخل رمز خاطئ
console-reason-code-expired = أُدخل رمز بعد فوات وقته
console-reason-code-reused = أُدخل رمز مرة ثانية، أو بعد رمز أحدث
console-reason-bypass-wrong = أُدخل رمز طوارئ خاطئ
console-reason-recovery-code-wrong = أُدخل رمز استرداد خاطئ
console-reason-recovery-codes-locked = رموز استرداد خاطئة أكثر مما ينبغي
console-reason-locked = مقفل لفترة بعد رموز خاطئة
console-reason-disabled = معطّل بعد رموز خاطئة
console-reason-frozen = مجمّد برابط من إشعار
console-reason-denied = لم يكن للمستخدم سبيل لتسجيل الدخول
console-reason-code-not-sent = تعذر إرسال رمز
console-reason-link-not-sent = تعذر إرسال رابط
console-reason-send-limited = سقف ممتلئ حجز رسائل
console-reason-message-returned = عادت رسالة

# إعدادات النظام.
console-settings-channel-email = البريد الإلكتروني
console-settings-channel-sms = الرسائل النصية
console-settings-email-from = عنوان مرسل البريد الإلكتروني
console-settings-provider = مزوّد الرسائل النصية
console-settings-no-provider = لا شيء
console-settings-sms-from = مرسل الرسائل النصية: رقم أو اسم أو خدمة رسائل
console-settings-account = حساب Twilio
console-settings-account-hint = { "\u2066AC\u2069" } و32 رقمًا؛ فارغ إذا كان معرّف العميل هو الحساب
console-settings-client-id = معرّف عميل Twilio
console-settings-client-id-hint = الحساب { "\u2066(AC...)\u2069" } أو مفتاح API { "\u2066(SK...)\u2069" }
console-settings-client-secret = سر Twilio
console-settings-client-secret-hint = لا يظهر مرة أخرى أبدًا؛ وتركه فارغًا يُبقي السر الحالي
console-settings-auth-token = رمز المصادقة (Auth Token) لـ Twilio
console-settings-auth-token-hint = مع مفتاح API فقط: يوقّع به Twilio تقارير التسليم. لا يُعرض مرة أخرى؛ اتركه فارغًا للإبقاء على الحالي
console-ready = الجاهزية للإرسال
console-ready-all = كل شيء جاهز.
console-ready-not-all = شيء ما غير جاهز أو تعذّر الاستعلام عنه.
console-ready-item-sender = المرسِل
console-ready-item-credentials = الحساب والسر
console-ready-item-permission = الإذن
console-ready-item-identity = الهوية الموثّقة
console-ready-item-sending = الإرسال
console-ready-item-sandbox = بيئة الاختبار
console-ready-item-quota = الحصة اليومية
console-ready-item-spend-limit = حد الإنفاق
console-ready-item-reports = التقارير
console-ready-state-ready = جاهز
console-ready-state-not-ready = غير جاهز
console-ready-state-unknown = غير معروف
console-settings-secret-apart = غيّر سر العميل ونطاق مفاتيح المرور كلًّا على حدة: لا يُعرض السر مرة أخرى لتأكيده.
console-settings-countries-hint = رموز من حرفين بينها مسافات
console-settings-territories = أقاليم لها رمز الاتصال نفسه مثل { $countries }
console-settings-territories-hint = أرقامها تبدو متشابهة ولا تصلها رسائل نصية إلا إذا أضفتها
console-settings-add = إضافة { $country }
console-settings-per-prefix = الرسائل النصية في اليوم إلى كتلة من 10,000 رقم
console-settings-per-portal = الرسائل النصية في اليوم من بوابة واحدة
console-settings-emails = رسائل البريد في اليوم من بوابة واحدة
console-settings-passkey-domain = نطاق مفاتيح المرور
console-settings-passkey-domain-hint = اتركه فارغًا لاستخدام مضيف هذه الخدمة. إذا غيّرته فلن يعمل أي مفتاح مرور أُنشئ للنطاق القديم.
console-settings-save = تحقّق واحفظ
console-settings-ask = اسأل المزوّدين الآن
console-settings-test-email = إرسال رسالة بريد تجريبية إليك
console-settings-test-sms = إرسال رسالة نصية تجريبية إليك
console-settings-texts = الرسائل النصية في اليوم
console-settings-texts-caps = { $prefix } إلى كتلة من 10,000 رقم، و{ $portal } من بوابة واحدة
console-settings-emails-day = رسائل البريد في اليوم
console-settings-emails-cap = { $count } من بوابة واحدة
console-and = { " و" }
console-settings-saved = حُفظت الإعدادات
console-settings-within = يقبل المزوّدون الرسائل ضمن هذه الحدود:
console-settings-accept = يقبل المزوّدون الرسائل.
console-settings-refused = لا يمكن استخدام هذه الإعدادات كما هي:
console-settings-test = رسالة تجريبية
console-settings-test-sent = قبِل المزوّد رسالة تجريبية إلى { $to }.
console-settings-test-unknown = لم يقل المزوّد إن كان قد قبِل رسالة تجريبية إلى { $to }. تحقّق من وصولها.
console-to-settings = إلى الإعدادات

# المسؤولون.
console-role = الدور
console-since = منذ
console-admins-removed = (أُزيل)
console-admins-create = إنشاء مسؤول
console-admins-make = إنشاء المسؤول
console-admins-limits = حدود تسجيل الدخول إلى وحدة التحكم
console-role-portals-hint = للفنيين ومسؤولي البوابات والمؤسسات؛ وللأخيرين بوابة واحدة
console-role-organisation-hint = لمسؤولي المؤسسات
console-role-choice-operator = مشغّل: كل شيء، في كل مكان
console-role-choice-technician = فني: السياسات والمستخدمون في البوابات أدناه
console-role-choice-portal-admin = مسؤول بوابة: البوابة أدناه
console-role-choice-org-admin = مسؤول مؤسسة: إعادة تعيين مستخدمي المؤسسة أدناه
console-role-choice-auditor = مدقّق: قراءة كل شيء
console-role-of = { $role } لدى { $portals }
console-role-in = { $role } لدى { $organisation } في { $portals }
console-role-deleted = محذوفة:
console-admin-no-password = لم يختر كلمة مرور بعد
console-admin-sessions = { $count ->
    [zero] لا جلسات
    [one] جلسة واحدة
    [two] جلستان
    [few] { $count } جلسات
    [many] { $count } جلسة
   *[other] { $count } جلسة
 }
console-admin-role = تغيير الدور
console-admin-help = المساعدة والإزالة
console-admin-end = إنهاء كل الجلسات
console-admin-reset = إعادة تعيين كلمة المرور والخطوة الثانية
console-admin-remove = إزالة
console-admin-role-title = تغيير دور { $subject }؟
console-admin-role-from = من: { $role }.
console-admin-role-to = إلى: { $role }.
console-admin-role-when = يسري ذلك من الطلب التالي للمسؤول.
console-admin-reset-title = إعادة تعيين المسؤول { $subject }؟
console-admin-reset-ends = تنتهي كل جلسات المسؤول، ولا يُحسب تطبيق المصادقة بعد ذلك.
console-admin-reset-password = تظهر كلمة مرور أولى مرة واحدة.
console-admin-unlock-title = إلغاء قفل المسؤول { $subject }؟
console-admin-unlock-line = يمكن للمسؤول تجربة كلمات المرور والرموز مرة أخرى فورًا. مرتين على الأكثر خلال 30 يومًا.
console-admin-end-title = إنهاء كل جلسات المسؤول { $subject }؟
console-admin-end-again = يسجّل المسؤول الدخول من جديد، بكلمة المرور والخطوة الثانية.
console-admin-end-first = من لم يختر كلمة مرور بعد يحتاج حينها إلى إعادة تعيين، لأن كلمة المرور الأولى تفتح جلسة واحدة.
console-admin-bypass-title = إصدار رمز طوارئ للمسؤول { $subject }؟
console-admin-bypass-line = يحل محل رمز التطبيق، مرة واحدة، خلال عشر دقائق. تأكد من أنك تعطيه للمسؤول.
console-admin-bypass-done = يُدخله المسؤول بدلًا من رمز. تنتهي صلاحيته خلال عشر دقائق، ويُستخدم مرة واحدة فقط.
console-admin-remove-title = إزالة المسؤول { $subject }؟
console-admin-remove-ends = تنتهي كل جلسات المسؤول.
console-admin-remove-name = لا يمكن استخدام الاسم مرة أخرى أبدًا.
console-admin-remove-verb = إزالة المسؤول
console-admin-first-password = يسجّل { $name } الدخول بكلمة المرور هذه، ثم يختار غيرها.
console-admin-created = أُنشئ المسؤول
console-admin-was-reset = أُعيد تعيين المسؤول
console-to-admin = إلى المسؤول
console-to-admins = إلى المسؤولين
console-to-keys = إلى مفاتيح API

# كلمات لما له اسم: ينتهي المفتاح بالاسم.
console-state-disabled = موقوف
console-state-frozen = مجمّد
console-state-locked = مقفل
console-state-no-way-in = لا سبيل للدخول
console-state-reset-pending = أُعيد تعيينه ولم يُعِدّ بعدها
console-state-enrolled = مُعَدّ
console-state-email-default = البريد الإلكتروني دائمًا
console-state-skipped = متخطٍّ
console-state-stale = عليه الإعداد من جديد
console-state-ready = جاهز
console-state-not-enrolled = غير مُعَدّ
console-method-authenticator-app = تطبيق المصادقة
console-method-email = البريد الإلكتروني
console-method-sms = رسالة نصية
console-method-recovery-code = رمز استرداد
console-method-passkey = مفتاح مرور
console-scope-sign-in = تسجيل دخول المستخدمين
console-scope-contacts = حفظ بيانات الاتصال
console-scope-reset = إعادة تعيين المستخدمين
console-scope-erase = محو المستخدمين
console-scope-oidc = OpenID Connect
console-role-operator = مشغّل
console-role-technician = فني
console-role-portal-admin = مسؤول بوابة
console-role-org-admin = مسؤول مؤسسة
console-role-auditor = مدقّق
console-progress-open = مفتوحة
console-progress-may-enrol = يمكنه الإعداد
console-progress-done = مكتملة
console-progress-dead = متوقفة
console-ground-password-alone = بكلمة المرور وحدها
console-ground-app-code = بعد رمز من التطبيق
console-ground-email-code = بعد رمز عبر البريد الإلكتروني
console-ground-sms-code = بعد رمز في رسالة نصية
console-ground-mailed-link = برابط مرسل بالبريد
console-ground-bypass-code = بعد رمز طوارئ
console-ground-recovery-code = بعد رمز استرداد
console-ground-passkey = بعد استخدام مفتاح مرور
console-checked-by-known-in-person = التحقق: معروف شخصيًا
console-checked-by-called-back-on-record = التحقق: اتصال برقم مسجّل
console-checked-by-identity-document = التحقق: وثيقة هوية
console-checked-by-code-read-out = التحقق: رمز قرأه المستخدم
console-checked-by-other = التحقق: بطريقة أخرى
console-entry-code-accepted = قُبل الرمز
console-entry-code-wrong = رمز خاطئ
console-entry-code-expired = رمز منتهي الصلاحية
console-entry-code-reused = رمز مستخدم من قبل
console-entry-sign-in-dead = توقفت عملية تسجيل الدخول
console-entry-locked = قُفل
console-entry-disabled = أُوقف
console-entry-code-requested = طُلب رمز
console-entry-code-sent = أُرسل رمز
console-entry-code-not-sent = لم يُرسَل الرمز
console-entry-code-unknown = ربما أُرسل الرمز
console-entry-message-delivered = سُلّمت الرسالة
console-entry-message-delayed = تأخرت الرسالة
console-entry-message-returned = ارتدت الرسالة
console-entry-message-complained = أُبلغ عن الرسالة كبريد مزعج
console-entry-send-limited = حُجبت رسائل
console-entry-link-requested = طُلب رابط
console-entry-link-sent = أُرسل رابط
console-entry-link-not-sent = لم يُرسَل الرابط
console-entry-link-unknown = ربما أُرسل الرابط
console-entry-ticket-spent = استُخدم رابط مرسل بالبريد
console-entry-enrolled = جرى الإعداد
console-entry-not-required = الخطوة الثانية غير مطلوبة
console-entry-skipped = جرى التخطي
console-entry-browser-trusted = متصفح موثوق به
console-entry-trusted-sign-in = لم يُطلب شيء، متصفح موثوق به
console-entry-trust-copied = نُسخ متصفح موثوق به، انتهت الثقة
console-entry-trust-ended = أُزيل متصفح موثوق به
console-entry-grace-used = أُجِّل الإعداد
console-entry-opted-out = جرى تخطي الإعداد
console-entry-denied = رُفض
console-entry-opted-in = فُعّلت بعد تخطٍّ
console-entry-default-set = حُدّد الخيار الافتراضي
console-entry-default-unset = أُلغي الخيار الافتراضي
console-entry-authenticator-removed = أُزيلت طريقة دخول
console-entry-authenticator-renamed = أُعيدت تسمية طريقة دخول
console-entry-contact-added = أُضيفت بيانات الاتصال
console-entry-contact-changed = تغيّرت بيانات الاتصال
console-entry-details-changed = تغيّرت التفاصيل
console-entry-reset = أُعيد التعيين
console-entry-frozen = جُمّد
console-entry-unlocked = أُلغي القفل
console-entry-skip-cleared = أُلغي التخطي
console-entry-bypass-issued = صدر رمز طوارئ
console-entry-bypass-accepted = قُبل رمز الطوارئ
console-entry-bypass-wrong = رمز طوارئ خاطئ
console-entry-recovery-codes-made = أُنشئت رموز استرداد
console-entry-recovery-code-used = استُخدم رمز استرداد
console-entry-recovery-code-wrong = رمز استرداد خاطئ
console-entry-recovery-codes-low = بقيت رموز استرداد قليلة
console-entry-recovery-codes-locked = أُقفلت رموز الاسترداد
console-entry-recovery-codes-withdrawn = سُحبت رموز الاسترداد
console-entry-enrolment-reminder = تذكير بالإعداد
console-entry-erased = مُحي
console-entry-exported = صُدّرت البيانات
console-entry-portal-created = أُنشئت بوابة
console-entry-portal-changed = تغيّرت بوابة
console-entry-portal-deleted = حُذفت بوابة
console-entry-key-added = أُضيف مفتاح
console-entry-key-revoked = أُلغي مفتاح
console-entry-policy-changed = تغيّرت السياسة
console-entry-switched-on = فُعّلت
console-entry-switched-off = عُطّلت
console-entry-all-trust-ended = أُلغيت الثقة بكل المتصفحات
console-entry-bulk-reset-asked = طُلبت إعادة تعيين مستخدمين كثيرين
console-entry-bulk-reset-begun = بدأت إعادة تعيين مستخدمين كثيرين
console-entry-bulk-reset-ended = انتهت إعادة تعيين مستخدمين كثيرين
console-entry-bulk-reset-withdrawn = سُحبت إعادة تعيين مستخدمين كثيرين
console-entry-settings-changed = تغيّرت الإعدادات
console-entry-test-sent = أُرسلت رسالة تجريبية
console-entry-admin-added = أُضيف مسؤول
console-entry-admin-changed = تغيّر مسؤول
console-entry-admin-removed = أُزيل مسؤول
console-entry-admin-reset = أُعيد تعيين مسؤول
console-entry-password-changed = تغيّرت كلمة المرور
console-entry-password-wrong = كلمة مرور خاطئة
console-entry-password-locked = كلمات مرور خاطئة كثيرة
console-entry-admin-unlocked = أُلغي قفل مسؤول
console-entry-sessions-ended = أُنهيت جلسات
console-entry-admin-sessions-ended = أُنهيت جلسات مسؤول
console-entry-keyring-made = أُنشئت المفاتيح
console-entry-root-key-published = نُشر مفتاح جذر
console-entry-root-key-retired = أُزيل مفتاح جذر
console-entry-root-key-withdrawn = سُحب مفتاح جذر
console-entry-signing-key-published = نُشر مفتاح توقيع
console-entry-signing-key-retired = أُزيل مفتاح توقيع
console-entry-signing-key-withdrawn = سُحب مفتاح توقيع
console-entry-keys-rewrapped = أُعيد تغليف المفاتيح

# ما يلي إعادة التعيين.
console-reset-link = عند تسجيل الدخول التالي يُرسَل إلى المستخدم رابط بالبريد للإعداد من جديد.
console-reset-no-address = يحتاج المستخدم إلى رابط للإعداد من جديد، ولا يوجد عنوان يُرسَل إليه: أصدر رمز طوارئ بدلًا من ذلك.
console-reset-open = يُعِدّ المستخدم من جديد عند تسجيل الدخول التالي.
console-reset-nothing = لم يكن هناك شيء مُعَدّ. مُحي التخطي والخيار الافتراضي والعدّادات.
