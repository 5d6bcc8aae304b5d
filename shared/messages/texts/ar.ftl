# كيف تُكتب اللغة.
text-direction = rtl
thousands-separator = { "," }
list-separator = { "، " }

# ما يُقرأ أثناء تسجيل الدخول.
sign-in-enter-app-code = أدخل الرمز المكوّن من 6 أرقام الظاهر في تطبيق المصادقة
sign-in-enter-recovery-code = أدخل أحد رموز الاسترداد الخاصة بك
sign-in-use-passkey = استخدم مفتاح المرور للمتابعة
sign-in-codes-locked = كانت رموز كثيرة خاطئة، لذلك لا تُقبل الرموز في الوقت الحالي. لا يزال مفتاح المرور يعمل.
sign-in-passkey-elsewhere = مفتاح المرور الخاص بك يخص عنوانًا آخر ولا يمكن استخدامه هنا.
sign-in-passkey-synced = لم تعد مفاتيح المرور التي تُنسخ إلى أجهزة أخرى مقبولة هنا.
sign-in-passkeys-nowhere = لا يمكن استخدام مفاتيح المرور هنا في الوقت الحالي.
sign-in-get-help = اطلب المساعدة لتتمكن من الدخول.
sign-in-comes-back = ترتد إلينا الرسائل المرسلة إلى { $to }، لذلك لا يُرسل شيء إليه لمدة 24 ساعة.
sign-in-nothing-reaches = لا توجد الآن أي طريقة لإرسال رمز إليك. اطلب المساعدة لتتمكن من الدخول، أو حاول مرة أخرى لاحقًا.
sign-in-recover = كانت رموز كثيرة خاطئة. أدخل أحد رموز الاسترداد، ثم أعِدّ المصادقة متعددة العوامل من جديد
sign-in-keep-codes = احتفظ برموز الاسترداد في مكان آمن: كل رمز يتيح لك الدخول مرة واحدة إذا فقدت هاتفك
sign-in-few-codes = { $count ->
    [zero] لم يبقَ أي رمز استرداد
    [one] بقي رمز استرداد واحد
    [two] بقي رمزا استرداد
    [few] بقيت { $count } رموز استرداد
    [many] بقي { $count } رمز استرداد
   *[other] بقي { $count } رمز استرداد
 }
sign-in-last-code = كان ذلك آخر رمز استرداد لديك
sign-in-codes-died = لم تعد رموز الاسترداد الخاصة بك تعمل، لأن هذه الخدمة استُعيدت من نسخة احتياطية. تخلّص منها.
sign-in-enter-sent-code = أدخل الرمز المكوّن من 6 أرقام المُرسَل إلى { $to }
sign-in-enter-late-code = استغرق إرسال رمز إلى { $to } وقتًا طويلًا. أدخله إذا وصل؛ وإذا لم يصل، فاطلب إرساله مرة أخرى أو استخدم طريقة أخرى
sign-in-choose = اختر طريقة الحصول على رمز الأمان
sign-in-check-email = تحقّق من بريدك الإلكتروني: أرسلنا إليك رابطًا لإعداد المصادقة متعددة العوامل من جديد
sign-in-no-link = عليك إعداد المصادقة متعددة العوامل من جديد، لكن لا يمكننا إرسال رابط إلى بريدك الإلكتروني. اطلب المساعدة.
sign-in-done = تم تسجيل دخولك
sign-in-prove-first = قبل الإعداد، اطلب رمزًا عبر البريد الإلكتروني لإثبات هويتك
sign-in-no-proof = قبل إعداد المصادقة متعددة العوامل، يجب أن نرسل رمزًا إلى عنوان بريد إلكتروني مؤكَّد يخصّك، وليس لدينا أي عنوان. اطلب المساعدة لتأكيد عنوان بريدك الإلكتروني.
sign-in-no-way-in = لا يمكننا التحقق من هويتك. اطلب المساعدة.
sign-in-settings = يمكنك تغيير طريقة تسجيل دخولك
sign-in-no-settings = لا يمكنك تغيير طريقة تسجيل دخولك هنا. اطلب المساعدة.
sign-in-step-up-needs-code = لتأكيد ذلك تحتاج إلى طريقة لاستلام الرموز، وليست لديك واحدة.
sign-in-step-up-needs-app = لتأكيد ذلك تحتاج إلى تطبيق مصادقة أو مفتاح مرور، وليس لديك أي منهما.
sign-in-step-up-needs-passkey = لتأكيد ذلك تحتاج إلى مفتاح مرور، وليس لديك واحد.
sign-in-step-up-add = أضف واحدًا أولًا في إعدادات الأمان لديك.
sign-in-step-up-ask = اطلب المساعدة لإعداده.
sign-in-enrol-app = أعِدّ تطبيق مصادقة للمتابعة
sign-in-enrol-passkey = أعدّ مفتاح مرور لتسجيل الدخول به
sign-in-enrol-email = أدخل عنوان بريد إلكتروني لتلقّي رموز الأمان من أجل المتابعة
sign-in-enrol-sms = أدخل رقم هاتف لتلقّي رموز الأمان من أجل المتابعة
sign-in-enrol-choose = اختر طريقة إعداد المصادقة متعددة العوامل
sign-in-grace-until = أكمل الإعداد في موعد أقصاه { $date }. يمكنك التخطي حتى ذلك الحين.
sign-in-grace-sign-ins = { $count ->
    [zero] لم يعد بإمكانك التخطي.
    [one] يمكنك التخطي مرة واحدة أخرى.
    [two] يمكنك التخطي مرتين أخريين.
    [few] يمكنك التخطي { $count } مرات أخرى.
    [many] يمكنك التخطي { $count } مرة أخرى.
   *[other] يمكنك التخطي { $count } مرة أخرى.
 }
authenticator-app = تطبيق المصادقة
authenticator-passkey = مفتاح مرور
authenticator-email = البريد الإلكتروني
authenticator-sms = رسالة نصية
authenticator-by-day = { $what }، أُضيف في { $date }
date-day = { $day } { $month } { $year }
month-names = يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
link-send-email = إرسال رمز الأمان عبر البريد الإلكتروني إلى { $to }
link-send-sms = إرسال رمز الأمان في رسالة نصية إلى { $to }
link-use-app = استخدام تطبيق المصادقة
link-use-recovery-code = استخدام رمز استرداد
link-use-passkey = استخدام مفتاح مرور
link-enrol-app = إعداد تطبيق مصادقة
link-enrol-passkey = إعداد مفتاح مرور
link-skip = التخطي الآن
link-add-app = إضافة تطبيق مصادقة
link-add-passkey = إضافة مفتاح مرور
link-replace-app = إعداد تطبيق جديد بدلًا من { $name }
link-remove-authenticator = إزالة { $name }
link-unset-default = إيقاف استخدام البريد الإلكتروني دائمًا
link-end-trust = إلغاء الثقة في { $name }
link-end-trust-all = إلغاء الثقة بكل المتصفحات

# رسائل البريد الإلكتروني.
email-code-subject = رمز الأمان الخاص بك لدى { $name }
email-code-heading = رمز الأمان الخاص بك لدى { $name } هو
email-code-once = { $minutes ->
    [one] تنتهي صلاحيته خلال دقيقة واحدة، ويُستخدم مرة واحدة فقط. لن يطلبه منك أي شخص من { $name } أبدًا.
    [two] تنتهي صلاحيته خلال دقيقتين، ويُستخدم مرة واحدة فقط. لن يطلبه منك أي شخص من { $name } أبدًا.
    [few] تنتهي صلاحيته خلال { $minutes } دقائق، ويُستخدم مرة واحدة فقط. لن يطلبه منك أي شخص من { $name } أبدًا.
   *[other] تنتهي صلاحيته خلال { $minutes } دقيقة، ويُستخدم مرة واحدة فقط. لن يطلبه منك أي شخص من { $name } أبدًا.
 }
email-code-not-you = إذا لم تحاول تسجيل الدخول، فربما يعرف شخص آخر كلمة مرورك: غيّرها.
email-text-not-you = إذا لم يكن هذا ما تريد تأكيده، فلا تُدخل الرمز، وأخبر { $name } فورًا.
email-read-out-subject = رمز تقرؤه على مسؤول { $name }
email-read-out-heading = اقرأ هذا الرمز على مسؤول { $name } الذي طلبت منه المساعدة:
email-read-out-once = { $minutes ->
    [one] تنتهي صلاحيته خلال دقيقة واحدة. يستخدمه المسؤول لإعادة تعيين الخطوة الثانية لحسابك، ثم تُعِدّها من جديد.
    [two] تنتهي صلاحيته خلال دقيقتين. يستخدمه المسؤول لإعادة تعيين الخطوة الثانية لحسابك، ثم تُعِدّها من جديد.
    [few] تنتهي صلاحيته خلال { $minutes } دقائق. يستخدمه المسؤول لإعادة تعيين الخطوة الثانية لحسابك، ثم تُعِدّها من جديد.
   *[other] تنتهي صلاحيته خلال { $minutes } دقيقة. يستخدمه المسؤول لإعادة تعيين الخطوة الثانية لحسابك، ثم تُعِدّها من جديد.
 }
email-read-out-not-you = إذا لم تطلب المساعدة من { $name } قبل قليل، فلا تشارك الرمز مع أحد، وأبلغ { $name } فورًا.
email-address-subject = أكّد عنوان بريدك الإلكتروني لدى { $name }
email-address-heading = أدخل هذا الرمز في { $name } لتأكيد عنوان بريدك الإلكتروني:
email-address-once = { $minutes ->
    [one] تنتهي صلاحيته خلال دقيقة واحدة، ويُستخدم مرة واحدة فقط. ستصلك إشعارات التغييرات في حسابك على هذا العنوان.
    [two] تنتهي صلاحيته خلال دقيقتين، ويُستخدم مرة واحدة فقط. ستصلك إشعارات التغييرات في حسابك على هذا العنوان.
    [few] تنتهي صلاحيته خلال { $minutes } دقائق، ويُستخدم مرة واحدة فقط. ستصلك إشعارات التغييرات في حسابك على هذا العنوان.
   *[other] تنتهي صلاحيته خلال { $minutes } دقيقة، ويُستخدم مرة واحدة فقط. ستصلك إشعارات التغييرات في حسابك على هذا العنوان.
 }
email-address-not-you = إذا لم تُدخل هذا العنوان، فلا داعي لفعل أي شيء.
email-link-subject = إعداد المصادقة متعددة العوامل لدى { $name } من جديد
email-link-heading = افتح هذا الرابط لإعداد المصادقة متعددة العوامل لدى { $name } من جديد:
email-link-button = بدء الإعداد
email-link-once = { $minutes ->
    [one] تنتهي صلاحيته خلال دقيقة واحدة، ويعمل مرة واحدة لحسابك فقط.
    [two] تنتهي صلاحيته خلال دقيقتين، ويعمل مرة واحدة لحسابك فقط.
    [few] تنتهي صلاحيته خلال { $minutes } دقائق، ويعمل مرة واحدة لحسابك فقط.
   *[other] تنتهي صلاحيته خلال { $minutes } دقيقة، ويعمل مرة واحدة لحسابك فقط.
 }
email-link-not-you = إذا لم تحاول تسجيل الدخول، فربما يعرف شخص آخر كلمة مرورك: غيّرها، ولا تفتح الرابط.
email-test-subject = رسالة تجريبية من { $name }
email-test-heading = البريد الإلكتروني من { $name } يعمل: أُرسلت هذه الرسالة بالإعدادات السارية.
email-test-not-you = لا داعي لفعل أي شيء. إذا لم تطلب هذه الرسالة، فأبلغ مشغّلًا آخر.
email-reminder-subject = أعِدّ خطوتك الثانية لدى { $name }
email-reminder-heading = يطلب { $name } الآن خطوة ثانية عند تسجيل الدخول، ولم تُعِدّ خطوة بعد.
email-reminder-page = افتح الصفحة أعلاه وسجّل الدخول كالمعتاد. تُظهر لك كيف تُعِدّ خطوتك الثانية.
email-reminder-sign-in = عند تسجيل الدخول التالي سيظهر لك كيف تُعِدّ خطوتك الثانية.
email-reminder-not-you = طلب مسؤول هذا التذكير. لم يتغيّر شيء في حسابك.
email-notice-subject = إشعار أمني من { $name }
email-notice-not-you = إذا كنت أنت من فعل ذلك، أو طلبته، فلا داعي لفعل أي شيء. وإلا فأبلغ { $name } فورًا.
email-freeze-line = لم تكن أنت؟ أوقف تسجيل الدخول إلى حسابك بهذا الرابط. يعمل لمدة 7 أيام:
email-freeze-button = لم أكن أنا

# الرسائل النصية: 70 حرفًا على الأكثر، وما زاد عنها يُرسَل بالإنجليزية.
sms-code = رمز { $name }: { $code } { $minutes ->
    [one] صالح لمدة دقيقة.
    [two] صالح لمدة دقيقتين.
    [few] صالح لمدة { $minutes } دقائق.
   *[other] صالح لمدة { $minutes } دقيقة.
 } لا تشاركه مع أحد.
sms-text-code = الرمز: { $code }
sms-text-line = { $name }: أدخله فقط إن صح هذا ولا تشاركه.
sms-read-out = رمز لمسؤول { $name }: { $code } { $minutes ->
    [one] صالح دقيقة.
    [two] صالح دقيقتين.
    [few] صالح { $minutes } دقائق.
   *[other] صالح { $minutes } دقيقة.
 } لم تطلبه؟ لا تشاركه.
sms-test = رسائل { $name } النصية تعمل. هذا اختبار بالإعدادات السارية.
sms-notice = من { $name }: { $what } لست أنت؟ أبلغنا فورًا
sms-notice-more = من { $name }: { $what } وغيره. لست أنت؟ أبلغنا فورًا
sms-notice-from = من { $device }.

# إشعارات التغييرات.
notice-enrolled = أُعدّت طريقة دخول جديدة لحسابك.
notice-authenticator-removed = أُزيلت طريقة دخول من حسابك.
notice-locked = أُدخلت رموز خاطئة كثيرة لحسابك.
notice-disabled = أُوقفت خطوتك الثانية لكثرة الأخطاء.
notice-default-set = ستصلك الرموز دائمًا بالبريد الإلكتروني.
notice-default-unset = لم تعد الرموز تصلك دائمًا بالبريد الإلكتروني.
notice-contact-changed = تغيّرت بيانات الاتصال في حسابك.
notice-opted-in = فُعّلت المصادقة متعددة العوامل لحسابك.
notice-reset = أُعيد تعيين خطوتك الثانية. أعِدّها من جديد عند تسجيل الدخول التالي.
notice-frozen = أُوقف تسجيل الدخول إلى حسابك.
notice-unlocked = ألغى مسؤول قفل حسابك.
notice-skip-cleared = أُلغي اختيارك تخطي الخطوة الثانية.
notice-bypass-issued = صدر رمز طوارئ لحسابك.
notice-bypass-accepted = سُجّل الدخول إلى حسابك برمز طوارئ.
notice-recovery-codes-made = صدرت رموز استرداد جديدة لحسابك.
notice-recovery-code-used = استُخدم رمز استرداد لحسابك.
notice-recovery-codes-low = بقيت 3 رموز استرداد أو أقل.
notice-recovery-codes-locked = أُدخلت رموز استرداد خاطئة كثيرة.
notice-recovery-codes-withdrawn = لم تعد رموز الاسترداد الخاصة بك صالحة. أنشئ رموزًا جديدة.
notice-enrolment-reminder = أعِدّ خطوة ثانية لتسجيل الدخول.
notice-exported = صدّر مسؤول البيانات المحفوظة عن حسابك.
notice-opted-out = جرى تخطي الخطوة الثانية لحسابك. إذا لم تكن أنت، فغيّر كلمة مرورك.
notice-trust-copied = ربما نُسخ متصفح موثوق به في حسابك.
notice-erased = مُحي حسابك مع كل ما أعددته لتسجيل الدخول.
notice-admin-changed = تغيّرت صلاحياتك في وحدة التحكم.
notice-admin-removed = أُلغي وصولك إلى وحدة التحكم.
notice-admin-reset = أُعيد تعيين كلمة مرورك وخطوتك الثانية في وحدة التحكم.
notice-password-changed = تغيّرت كلمة مرورك في وحدة التحكم.
notice-password-locked = أُدخلت كلمات مرور خاطئة كثيرة لحسابك، ولن يُتحقَّق من بعضها في الوقت الحالي. إذا تعذّر عليك تسجيل الدخول، فاطلب من مشغّل آخر إلغاء قفل حسابك.
notice-admin-unlocked = أُلغي قفل حسابك في وحدة التحكم.
notice-admin-sessions-ended = أُنهيت جميع جلساتك في وحدة التحكم.
notice-other = حدث تغيير في حسابك.
notice-several = حدثت تغييرات أخرى في حسابك:
notice-times = { $count ->
    [two] { $what } (مرتان)
    [few] { $what } ({ $count } مرات)
   *[other] { $what } ({ $count } مرة)
 }
notice-detail = متى وكيف: { $detail }.
notice-last = آخر مرة: { $detail }.
notice-from = من { $device }
notice-device = { $browser } على { $system }
device-unknown = متصفح غير معروف
notice-how-password-alone = أثناء تسجيل دخول بكلمة المرور وحدها
notice-how-app-code = أثناء تسجيل دخول، بعد رمز من تطبيق المصادقة
notice-how-email-code = أثناء تسجيل دخول، بعد رمز عبر البريد الإلكتروني
notice-how-sms-code = أثناء تسجيل دخول، بعد رمز في رسالة نصية
notice-how-mailed-link = أثناء تسجيل دخول فُتح برابط مُرسَل بالبريد الإلكتروني
notice-how-bypass-code = أثناء تسجيل دخول، بعد رمز طوارئ
notice-how-freeze-link = عبر رابط في إشعار أمني
notice-how-recovery-code = أثناء تسجيل دخول، بعد رمز استرداد
notice-how-passkey = عند تسجيل دخول، بعد استخدام مفتاح مرور
notice-how-sign-in = أثناء تسجيل دخول
notice-how-admin = على يد مسؤول في خدمة تسجيل الدخول
notice-how-portal-admin = على يد مسؤول في { $name }
notice-how-portal = من جانب { $name }

# المشكلات، ومع كل منها الخطوة التالية.
problem-unavailable = لا يمكن للخدمة الاستجابة الآن. حاول مرة أخرى بعد قليل.
problem-conflict = وصلت عدة طلبات في وقت واحد. حاول مرة أخرى.
problem-delivery-failed = تعذّر إرسال الرمز. اختر طريقة أخرى، أو حاول مرة أخرى بعد قليل.
problem-delivery-failed-wait = تعذّر إرسال الرمز. حاول مرة أخرى بعد قليل.
problem-sign-in-unknown = انتهت عملية تسجيل الدخول هذه أو لم تكن موجودة. سجّل الدخول من البداية.
problem-sign-in-expired = استغرقت عملية تسجيل الدخول هذه وقتًا طويلًا وانتهت. سجّل الدخول من البداية.
problem-sign-in-done = اكتملت عملية تسجيل الدخول هذه بالفعل. تابِع إلى البوابة، أو سجّل الدخول من البداية.
problem-sign-in-dead = كانت هناك محاولات خاطئة كثيرة، وانتهت عملية تسجيل الدخول هذه. سجّل الدخول من البداية.
problem-too-many-sign-ins = جرت عمليات تسجيل دخول كثيرة خلال ساعة. انتظر قبل أن تحاول مرة أخرى.
problem-over-share = الطلبات كثيرة جدًا في الوقت نفسه. انتظر دقيقة، ثم حاول مرة أخرى.
problem-locked = كانت رموز كثيرة خاطئة. انتظر قبل أن تحاول مرة أخرى.
problem-locked-day = كانت رموز كثيرة خاطئة خلال يوم واحد. انتظر، أو اطلب المساعدة.
problem-locked-month = كانت رموز كثيرة خاطئة خلال شهر واحد. اطلب المساعدة لتتمكن من الدخول قبل ذلك.
problem-locked-row = كانت رموز كثيرة متتالية خاطئة. اطلب المساعدة لتتمكن من الدخول مجددًا.
problem-authenticator-disabled = كانت رموز كثيرة خاطئة، ولم تعد خطوتك الثانية تعمل. اطلب المساعدة لإعدادها من جديد.
problem-frozen = تسجيل الدخول موقوف، لأن أحدًا قال إن تغييرًا لم يكن منه. اطلب المساعدة للدخول من جديد.
problem-no-usable-method = لا يمكننا التحقق من هويتك. اطلب المساعدة لاستكمال بيانات الاتصال الخاصة بك.
problem-another-step = تتطلب عملية تسجيل الدخول هذه خطوة أخرى الآن. افتحها من جديد لمعرفة الخطوة التالية.
problem-method-not-offered = هذه الطريقة غير متاحة هنا. اختر إحدى الطرق المعروضة.
problem-no-code-requested = لا يوجد رمز للتحقق منه: لم يُرسَل أي رمز، أو انتهت صلاحيته، أو سبق استخدامه. اطلب رمزًا جديدًا.
problem-code-wrong = لم يُقبل هذا الرمز. تأكد منه وحاول مرة أخرى، أو اطلب رمزًا جديدًا.
problem-app-code-wrong = لم يُقبل هذا الرمز. انتظر حتى يعرض تطبيقك الرمز التالي، ثم أدخله. وإذا لم يُقبل أيضًا، فاضبط التاريخ والوقت في هاتفك على الوضع التلقائي.
problem-recovery-code-wrong = لم يُقبل هذا الرمز. كل رمز استرداد يعمل مرة واحدة. تحقق منه وحاول مرة أخرى، أو أدخل رمزًا آخر.
problem-bypass-code-wrong = لم يُقبل رمز الطوارئ هذا. تأكد منه وحاول مرة أخرى، أو اطلب من جهة الدعم رمزًا جديدًا.
problem-passkey-wrong = لم يُقبل مفتاح المرور هذا. حاول مرة أخرى أو استخدم طريقة أخرى لتسجيل الدخول.
problem-passkey-refused = لا يمكن استخدام مفتاح المرور هذا هنا. حاول مرة أخرى أو استخدم طريقة أخرى لتسجيل الدخول.
problem-passkey-synced = لا تقبل هذه الخدمة إلا مفاتيح المرور التي تبقى على جهاز واحد. استخدم مفتاحًا على هذا الجهاز نفسه أو على مفتاح أمان، أو طريقة أخرى لتسجيل الدخول.
problem-passkey-unverified = يجب أن يتحقق جهازك من بصمتك أو وجهك أو رقمك السري لهذا الغرض. حاول مرة أخرى أو استخدم طريقة أخرى لتسجيل الدخول.
problem-resend-too-soon = هناك رمز في الطريق إليك. انتظر قليلًا قبل أن تطلب رمزًا آخر.
problem-no-sends-left = لا يمكن إرسال المزيد من الرموز في عملية تسجيل الدخول هذه. سجّل الدخول من البداية.
problem-send-limit = أُرسلت رموز كثيرة. اختر طريقة أخرى، أو انتظر قبل أن تطلب رمزًا آخر.
problem-send-limit-there = أُرسلت رموز كثيرة. انتظر قبل أن تطلب رمزًا آخر، أو اطلب إرساله إلى وجهة أخرى.
problem-send-limit-wait = أُرسلت رموز كثيرة. انتظر قبل أن تطلب رمزًا آخر.
problem-country-not-allowed = لا يمكن إرسال الرموز إلى هذا الرقم. أدخل رقمًا آخر.
problem-ticket-refused = سبق استخدام هذا الرابط أو انتهت صلاحيته. سجّل الدخول مجددًا للحصول على رابط آخر.
problem-freeze-link-refused = لم يعد هذا الرابط يعمل: مضى عليه أكثر من 7 أيام، أو أُعيد تعيين الحساب أو أُوقف منذ ذلك الحين، أو لم يعد العنوان الذي أُرسل إليه تابعًا للحساب. إذا كنت لا تعرف تغييرًا ما فاطلب المساعدة فورًا.
problem-skip-not-allowed = لا يمكن تخطي هذه الخطوة. اتبع الخطوات المعروضة.
problem-default-not-allowed = لا يمكن جعل البريد الإلكتروني الطريقة الافتراضية هنا. اترك هذا الخيار.
problem-settings-closed = أثبت هويتك مرة أخرى قبل تغيير طريقة تسجيل دخولك: افتح إعداداتك من جديد.
problem-last-authenticator = هذه طريقتك الوحيدة لتسجيل الدخول، فلا يمكن إزالتها. أضِف طريقة أخرى أولًا.
problem-too-many-authenticators = لا مكان لطريقة أخرى. أزِل واحدة أولًا أو استبدلها.
problem-authenticator-unknown = أُزيلت هذه الطريقة بالفعل أو لم تُعَدّ قط. راجِع إعداداتك من جديد.
problem-other-browser = هذه الصفحة تخص متصفحًا آخر، أو أن ملفات تعريف الارتباط متوقفة. سجّل الدخول من البداية في هذا المتصفح.
problem-text-refused = لا يمكن عرض ما يُطلب منك تأكيده. عُد إلى الصفحة التي جئت منها وابدأ من جديد.
problem-form-refused = لم يصدر هذا النموذج عن هذه الصفحة. افتح الصفحة من جديد وكرّر الخطوة.
problem-malformed-code = أدخل أرقام الرمز الستة كلها.
problem-malformed-recovery-code = أدخل جميع حروف رمز الاسترداد وأرقامه، وعددها 15.
problem-codes-not-kept = احفظ الرموز أولًا، ثم ضع علامة في المربع.
problem-malformed-phone = هذا الرقم لا يستقبل الرسائل النصية. أدخل رقم هاتف محمول، مع رمز البلد إذا كان من خارج البلاد.
problem-malformed-email = هذا ليس عنوان بريد إلكتروني. أدخل عنوانًا مثل { "\u2066name@example.com\u2069" }.
problem-malformed-name = لا يصلح هذا اسمًا. استخدم ما لا يزيد على 32 حرفًا ورقمًا وعلامة في سطر واحد.

# صفحات تسجيل الدخول.
prompt-account = الحساب: { $account }
prompt-text = أنت تؤكد:
prompt-error-title = خطأ: { $title }
prompt-code-label = رمز الأمان
prompt-code-hint = 6 أرقام
prompt-continue = متابعة
prompt-busy = يُرجى الانتظار…
prompt-always-email = هل تريد استخدام البريد الإلكتروني دائمًا للمصادقة متعددة العوامل؟
prompt-remember-browser = { $days ->
    [zero] عدم السؤال مجددًا في هذا المتصفح اليوم
    [one] عدم السؤال مجددًا في هذا المتصفح لمدة يوم واحد
    [two] عدم السؤال مجددًا في هذا المتصفح لمدة يومين
    [few] عدم السؤال مجددًا في هذا المتصفح لمدة { $days } أيام
    [many] عدم السؤال مجددًا في هذا المتصفح لمدة { $days } يومًا
   *[other] عدم السؤال مجددًا في هذا المتصفح لمدة { $days } يوم
 }
prompt-send-again = إعادة الإرسال
prompt-not-arrived = لم يصلك شيء؟ قد يستغرق الأمر دقيقة، وقد تكون الرسالة في مجلد البريد غير المرغوب فيه.
prompt-attempts-left = { $count ->
    [zero] لم تبقَ أي محاولة.
    [one] بقيت محاولة واحدة.
    [two] بقيت محاولتان.
    [few] بقيت { $count } محاولات.
    [many] بقيت { $count } محاولة.
   *[other] بقيت { $count } محاولة.
 }
prompt-choose-other = أو اختر طريقة أخرى
prompt-app-add = أضف هذا الحساب إلى تطبيقك
prompt-app-steps = امسح هذه الصورة ضوئيًا باستخدام تطبيق مصادقة.
prompt-app-open = افتح تطبيق المصادقة
prompt-app-elsewhere = على جهاز آخر
prompt-app-key = أو اكتب هذا المفتاح في التطبيق:
prompt-app-entry = سيظهر في التطبيق باسم { $issuer }، { $account }.
prompt-app-code = أدخل الرمز المكوّن من 6 أرقام الذي يعرضه التطبيق
prompt-app-none = ليس لديك تطبيق مصادقة بعد؟ ثبّت تطبيقًا من متجر التطبيقات على جهازك، مثل Google Authenticator أو Microsoft Authenticator. يصلح أي تطبيق للرموز المكوّنة من 6 أرقام.
prompt-qr-alt = رمز QR لتطبيق المصادقة
prompt-copy = نسخ
prompt-copied = تم النسخ
prompt-codes-title = احتفظ برموز الاسترداد
prompt-codes-why = إذا فقدت هاتفك، فكل رمز من هذه الرموز يتيح لك الدخول مرة واحدة. احفظها في مكان آمن بعيدًا عن هاتفك، فلن تُعرض مرة أخرى. ولم تعد الرموز التي كانت لديك من قبل تعمل.
prompt-codes-list = رموز الاسترداد الخاصة بك
prompt-codes-save = حفظ في ملف
prompt-codes-print = طباعة
prompt-codes-kept = لقد احتفظت بهذه الرموز
prompt-codes-file = رموز الاسترداد لـ { $name }. كل رمز يعمل مرة واحدة.
prompt-codes-few = أعِدّ خطوتك الثانية من جديد قريبًا حتى لا تحتاج إليها.
prompt-recovery-label = رمز الاسترداد
prompt-recovery-hint = 15 حرفًا ورقمًا
prompt-recovery-locked = إذا كانت لديك رموز استرداد، فأدخل أحدها الآن، ثم أعِدّ المصادقة متعددة العوامل من جديد.
prompt-phone-label = رقم الهاتف
prompt-phone-hint = رقم هاتف محمول؛ إذا كان من خارج البلاد فمع رمز البلد، مثل { "\u2066+971 50 123 4567\u2069" }
prompt-email-label = عنوان البريد الإلكتروني
prompt-email-hint = ستُرسَل رموز الأمان إليه
prompt-send-code = إرسال رمز الأمان
prompt-enrol-email = استخدام عنوان بريد إلكتروني
prompt-enrol-sms = استخدام رقم هاتف
prompt-change-email = تغيير عنوان البريد الإلكتروني
prompt-change-phone = تغيير رقم الهاتف
prompt-check-email-title = تحقّق من بريدك الإلكتروني
prompt-spam = يعمل الرابط مرة واحدة ولمدة نصف ساعة. أغلق هذه الصفحة بعد أن يصلك.
prompt-locked-title = يُرجى الانتظار
prompt-link-sent = أُرسل الرابط إلى { $to }.
prompt-link-not-arrived = لم يصلك شيء؟ قد يستغرق الأمر دقيقة، وقد تكون الرسالة في مجلد البريد غير المرغوب فيه.
prompt-wait-minutes = { $count ->
    [zero] يمكنك المحاولة مرة أخرى الآن.
    [one] يمكنك المحاولة مرة أخرى بعد دقيقة واحدة.
    [two] يمكنك المحاولة مرة أخرى بعد دقيقتين.
    [few] يمكنك المحاولة مرة أخرى بعد { $count } دقائق.
    [many] يمكنك المحاولة مرة أخرى بعد { $count } دقيقة.
   *[other] يمكنك المحاولة مرة أخرى بعد { $count } دقيقة.
 }
prompt-wait-hours = { $count ->
    [zero] يمكنك المحاولة مرة أخرى الآن.
    [one] يمكنك المحاولة مرة أخرى بعد ساعة واحدة.
    [two] يمكنك المحاولة مرة أخرى بعد ساعتين.
    [few] يمكنك المحاولة مرة أخرى بعد { $count } ساعات.
    [many] يمكنك المحاولة مرة أخرى بعد { $count } ساعة.
   *[other] يمكنك المحاولة مرة أخرى بعد { $count } ساعة.
 }
prompt-wait-days = { $count ->
    [zero] يمكنك المحاولة مرة أخرى الآن.
    [one] يمكنك المحاولة مرة أخرى بعد يوم واحد.
    [two] يمكنك المحاولة مرة أخرى بعد يومين.
    [few] يمكنك المحاولة مرة أخرى بعد { $count } أيام.
    [many] يمكنك المحاولة مرة أخرى بعد { $count } يومًا.
   *[other] يمكنك المحاولة مرة أخرى بعد { $count } يوم.
 }
prompt-over-title = انتهت عملية تسجيل الدخول هذه
prompt-denied-title = لا يمكننا السماح لك بالدخول
prompt-problem-title = لم ينجح ذلك
prompt-done-title = اكتمل الإعداد
prompt-done-app = من الآن فصاعدًا، سجّل الدخول بالرمز الذي يعرضه تطبيق المصادقة.
prompt-done-passkey = من الآن فصاعدًا، سجّل الدخول بمفتاح المرور.
prompt-done-sent = من الآن فصاعدًا، سيُرسَل رمز أمان إليه في كل مرة تسجّل فيها الدخول.
prompt-finish = إنهاء
prompt-again = المحاولة مرة أخرى
prompt-back = العودة إلى { $name }
prompt-help = هل تحتاج إلى مساعدة؟
prompt-no-support = اسأل المسؤولين عن هذه البوابة.
prompt-settings-title = إعدادات الأمان
prompt-settings-intro = يمكنك تغيير هذا لمدة عشر دقائق. بعد ذلك افتحه من جديد من { $name }.
prompt-settings-bound = كيف تسجّل الدخول
prompt-settings-bound-none = لم يُعدّ شيء.
prompt-settings-added = أُضيف في { $date }
prompt-settings-change = تغيير
prompt-settings-name = الاسم
prompt-settings-name-save = حفظ الاسم
prompt-settings-remove = إزالة
prompt-settings-replace = إعداد واحد جديد مكانه
prompt-settings-last = يطلب { $name } خطوة ثانية، وهذه هي الوحيدة لديك. أضف غيرها قبل إزالتها.
prompt-settings-add = إضافة طريقة أخرى
prompt-settings-full = لديك كل الطرق الممكنة. أزل واحدة لتضيف غيرها.
prompt-settings-default = تُرسل رموز الأمان دائمًا بالبريد الإلكتروني أولًا.
prompt-settings-activity = النشاط الأخير
prompt-settings-activity-not-you = هل كان شيء من هذا ليس منك؟ اطلب المساعدة فورًا.
prompt-settings-remove-text = لن تتمكن بعدها من تسجيل الدخول به. يمكنك إضافته من جديد لاحقًا.
prompt-settings-remove-keep = الاحتفاظ به
prompt-settings-done-added = تمت الإضافة.
prompt-settings-done-renamed = حُفظ الاسم.
prompt-settings-done-removed = تمت الإزالة.
prompt-settings-done-default = يُطلب التطبيق أولًا من جديد.
prompt-settings-codes = رموز الاسترداد
prompt-settings-codes-left = { $count ->
    [zero] لم يبق أي من العشرة. أُنشئت في { $date }.
    [one] بقي واحد من عشرة. أُنشئت في { $date }.
    [two] بقي اثنان من عشرة. أُنشئت في { $date }.
    [few] بقيت { $count } من 10. أُنشئت في { $date }.
    [many] بقي { $count } من 10. أُنشئت في { $date }.
   *[other] بقي { $count } من 10. أُنشئت في { $date }.
 }
prompt-settings-codes-none = ليس لديك أي منها.
prompt-settings-codes-new = إنشاء رموز استرداد جديدة
prompt-settings-codes-void = ستتوقف الرموز التي لديك الآن عن العمل فورًا.
prompt-settings-done-codes = لديك رموز استرداد جديدة.
prompt-settings-trusted = المتصفحات الموثوق بها
prompt-settings-trusted-text = لا تُطلب منك خطوة ثانية في هذه المتصفحات.
prompt-settings-trusted-days = منذ { $since }، حتى { $until }
prompt-settings-trusted-end = إلغاء الثقة
prompt-settings-done-trust = ستُطلب منك هناك مرة أخرى.
prompt-settings-second-title = أضف طريقة ثانية للدخول
prompt-settings-second-text = إذا فقدت هاتفك، تتيح لك طريقة ثانية الدخول دون أن تسأل أحدًا. استخدم لها جهازًا آخر إن أمكن.
prompt-settings-second-no = لا، شكرًا
prompt-settings-second-later = يمكنك إضافة واحدة لاحقًا في إعدادات الأمان.
prompt-passkey-use = استخدام مفتاح المرور
prompt-passkey-use-text = يطلب جهازك بصمتك أو وجهك أو رقمك السري، أو أن تلمس مفتاح الأمان.
prompt-passkey-make = إنشاء مفتاح مرور
prompt-passkey-make-text = بمفتاح المرور تسجّل الدخول ببصمتك أو وجهك أو رقمك السري أو بمفتاح أمان. لا رمز تكتبه، ولا رمز يمكن لأحد أن يحتال عليك ليأخذه.
prompt-passkey-no-script = تحتاج مفاتيح المرور إلى JavaScript، وهو لا يعمل في هذه الصفحة. شغّله وأعد تحميل الصفحة، أو استخدم طريقة أخرى.
prompt-passkey-no-browser = لا يستطيع هذا المتصفح استخدام مفاتيح المرور هنا. استخدم متصفحًا أو جهازًا آخر، أو طريقة أخرى.
prompt-passkey-cancelled = لم يُستخدم أي مفتاح مرور. أُلغيت العملية، أو ليس في هذا الجهاز مفتاح لك لهذه الخدمة. حاول مرة أخرى، أو استخدم طريقة أخرى.
prompt-passkey-not-made = لم يُنشأ أي مفتاح مرور. أُلغيت العملية، أو لا يستطيع هذا الجهاز إنشاء مفتاح مقبول هنا. حاول مرة أخرى، أو استخدم طريقة أخرى.
prompt-passkey-late = استغرق ذلك وقتًا أطول من اللازم. حاول مرة أخرى.
prompt-passkey-elsewhere = لا يمكن استخدام مفاتيح المرور في عنوان هذه الصفحة. استخدم طريقة أخرى.
prompt-passkey-there = في هذا الجهاز مفتاح مرور لك بالفعل. استخدمه، أو أنشئ مفتاحًا على جهاز آخر.
prompt-passkey-failed = لم يتمكن المتصفح من ذلك. حاول مرة أخرى، أو استخدم طريقة أخرى.
prompt-passkey-offer-later = يمكنك إضافة مفتاح لاحقًا في إعدادات الأمان.
prompt-passkey-offer = أسرع في المرة القادمة: أعدّ مفتاح مرور
prompt-passkey-offer-no = ليس الآن
prompt-bypass = هل حصلت على رمز طوارئ؟ أدخله هنا
prompt-freeze-title = ألم تكن أنت؟
prompt-freeze-change = أبلغناك بهذا التغيير: { $change }
prompt-freeze-what = إذا لم تُجرِ هذا التغيير ولم تطلبه، فأوقف تسجيل الدخول إلى الحساب الآن. عندها لا يدخل أحد بعد ذلك، حتى أنت، وينبغي تسجيل خروج كل من دخل.
prompt-freeze-until = بعد ذلك يجب أن يتحقق من يساعد المستخدمين من أنك صاحب الحساب وأن يعيد تعيين خطوتك الثانية، ثم تُعِدّها من جديد.
prompt-freeze-button = إيقاف تسجيل الدخول
prompt-freeze-close = إذا كنت أنت من أجرى هذا التغيير فأغلق هذه الصفحة. لم يغيّر فتحها شيئًا.
prompt-frozen-title = تسجيل الدخول موقوف
prompt-frozen-done = لا يستطيع أحد الآن الدخول إلى هذا الحساب. ولم تعد الرموز والروابط المرسلة من قبل تعمل.
prompt-frozen-next = اطلب المساعدة الآن، ليتحقق أحد من أنك صاحب الحساب ويعيد إليك الدخول. واختر كلمة مرور جديدة أيضًا: فقد يعرف من أجرى التغيير القديمة.

# وحدة التحكم.
console = وحدة التحكم

# سطور سجل النشاط.
activity-code-accepted = { $method ->
    [passkey] قُبل مفتاح المرور
   *[other] قُبل الرمز{ $by }
 }
activity-code-wrong = { $method ->
    [passkey] كان مفتاح المرور خاطئًا
   *[other] كان الرمز{ $by } خاطئًا
 }
activity-code-expired = كان الرمز{ $by } منتهي الصلاحية
activity-code-reused = { $method ->
    [passkey] تراجع عدّاد مفتاح المرور: قد توجد نسخة منه
   *[other] سبق استخدام الرمز{ $by }، أو هو أقدم من رمز مستخدم
 }
activity-code-requested = طُلب رمز{ $by } إلى{ $to }
activity-code-sent = أُرسل رمز{ $by } إلى{ $to }
activity-code-not-sent = تعذّر إرسال الرمز{ $by } إلى{ $to }
activity-code-unknown = ربما لم يُرسَل الرمز{ $by } إلى{ $to }
activity-message-delivered = سُلّمت رسالة{ $by } إلى{ $to }
activity-message-delayed = لم تُسلَّم بعد رسالة{ $by } إلى{ $to }
activity-message-returned = ارتدت رسالة{ $by } إلى{ $to }: لا يُرسل شيء إليه لمدة يوم
activity-message-complained = أُبلغ عن رسالة{ $by } إلى{ $to } كبريد مزعج
activity-send-limited = حُجبت رسائل{ $by } إلى{ $to }: بُلغ حدّ
activity-link-requested = طُلب رابط للإعداد من جديد{ $by } إلى{ $to }
activity-link-sent = أُرسل رابط للإعداد من جديد{ $by } إلى{ $to }
activity-link-not-sent = تعذّر إرسال رابط الإعداد من جديد{ $by } إلى{ $to }
activity-link-unknown = ربما لم يُرسَل رابط الإعداد من جديد{ $by } إلى{ $to }
activity-enrolled = جرى الإعداد{ $to }
activity-test-sent = رسالة تجريبية{ $by } إلى{ $to }
activity-ticket-spent = فُتحت برابط مرسل بالبريد، للإعداد من جديد
activity-unlocked = ألغى مسؤول القفل
activity-skip-cleared = ألغى مسؤول التخطي
activity-bypass-issued = أصدر مسؤول رمز طوارئ
activity-bypass-accepted = قُبل رمز الطوارئ
activity-bypass-wrong = كان رمز الطوارئ خاطئًا
activity-recovery-codes-made = أُنشئت رموز استرداد
activity-recovery-code-used = قُبل رمز استرداد
activity-recovery-code-wrong = كان رمز الاسترداد خاطئًا
activity-recovery-codes-low = بقيت ثلاثة رموز استرداد أو أقل
activity-recovery-codes-locked = لن يُتحقَّق من أي رمز استرداد ليوم واحد، لكثرة الرموز الخاطئة
activity-recovery-codes-withdrawn = لم تعد رموز الاسترداد صالحة: سُحب المفتاح الذي اشتُقت منه
activity-enrolment-reminder = ذكّر مسؤول بالإعداد
activity-erased = مُحي المستخدم
activity-exported = صُدّرت بيانات المستخدم
activity-portal-created = أُنشئت البوابة
activity-portal-changed = تغيّرت البوابة
activity-portal-deleted = حُذفت البوابة
activity-key-added = أُنشئ مفتاح API
activity-key-revoked = أُلغي مفتاح API
activity-policy-changed = استُبدلت السياسة
activity-switched-on = فُعّلت السياسة
activity-switched-off = عُطّلت السياسة
activity-all-trust-ended = لم يعد أي متصفح موثوقًا به
activity-bulk-reset-asked = طُلبت إعادة تعيين مستخدمين كثيرين
activity-bulk-reset-begun = بدأت إعادة تعيين مستخدمين كثيرين
activity-bulk-reset-ended = انتهت إعادة تعيين مستخدمين كثيرين
activity-bulk-reset-withdrawn = سُحبت إعادة تعيين مستخدمين كثيرين
activity-settings-changed = تغيّرت الإعدادات
activity-admin-added = أُنشئ مسؤول
activity-admin-changed = تغيّر دور مسؤول
activity-admin-removed = أُزيل مسؤول
activity-admin-reset = أُعيد تعيين كلمة مرور مسؤول وخطوته الثانية
activity-password-changed = تغيّرت كلمة المرور
activity-password-wrong = كلمة مرور خاطئة لمسؤول
activity-password-locked = كلمات مرور خاطئة كثيرة لمسؤول
activity-admin-unlocked = أُلغي قفل مسؤول
activity-sessions-ended = أنهى مسؤول جلسات له
activity-admin-sessions-ended = أُنهيت جلسات مسؤول
activity-keyring-made = أُنشئت المفاتيح الأولى للنظام
activity-root-key-published = نُشر مفتاح جذر
activity-root-key-retired = أُزيل مفتاح جذر
activity-root-key-withdrawn = سُحب مفتاح جذر مسرَّب
activity-signing-key-published = نُشر مفتاح توقيع
activity-signing-key-retired = أُزيل مفتاح توقيع
activity-signing-key-withdrawn = سُحب مفتاح توقيع مسرَّب
activity-keys-rewrapped = غُلّفت مفاتيح الجذر بمفتاح KMS آخر
activity-sign-in-dead = توقفت عملية تسجيل الدخول بعد محاولات خاطئة كثيرة
activity-locked = قُفل لفترة بعد رموز خاطئة كثيرة
activity-disabled = أُوقف بعد رموز خاطئة كثيرة، حتى إعادة التعيين
activity-not-required = تسجيل دخول بلا خطوة ثانية: السياسة معطّلة
activity-skipped = تسجيل دخول بلا خطوة ثانية: جرى تخطيها من قبل
activity-browser-trusted = أصبح المتصفح موثوقًا به: لا يُطلب فيه شيء لفترة
activity-trusted-sign-in = تسجيل دخول دون سؤال: متصفح موثوق به
activity-trust-copied = استخدم أحدهم نسخة من متصفح موثوق به: سيُطلب فيه التحقق من جديد
activity-trust-ended = أُزيل متصفح موثوق به
activity-grace-used = تسجيل دخول بلا خطوة ثانية: أُجِّل الإعداد
activity-opted-out = جرى تخطي الإعداد
activity-opted-in = فُعّلت المصادقة متعددة العوامل بعد تخطٍّ
activity-denied = رُفض: لا توجد طريقة صالحة
activity-default-set = حُدّد استخدام البريد الإلكتروني دائمًا
activity-default-unset = أُلغي استخدام البريد الإلكتروني دائمًا
activity-authenticator-removed = أُزيلت طريقة دخول
activity-authenticator-renamed = تغيّر اسم طريقة دخول
activity-contact-added = أُضيفت بيانات الاتصال
activity-contact-changed = تغيّرت بيانات الاتصال
activity-details-changed = تغيّر الاسم أو المؤسسة أو اللغة
activity-reset = أعاد مسؤول التعيين
activity-frozen = جُمّد برابط في إشعار، حتى إعادة التعيين
activity-fallback-sent = أُرسل رمز تطبيق المصادقة إلى البريد الإلكتروني{ $to }
activity-by-authenticator-app = { " من تطبيق المصادقة" }
activity-by-email = { " عبر البريد الإلكتروني" }
activity-by-sms = { " في رسالة نصية" }
activity-by-recovery-code = { " برمز استرداد" }
activity-by-passkey = { " بمفتاح مرور" }

# أسباب الخطوة التالية لمستخدم.
next-step-locked = كانت رموز كثيرة خاطئة، ولن يُتحقَّق من أي رمز حتى ينتهي الانتظار. ألغِ قفل المستخدم لإنهائه الآن.
next-step-locked-passkey = كانت رموز كثيرة خاطئة، ولن يُتحقَّق من أي رمز حتى ينتهي الانتظار. لا يزال بإمكان المستخدم الدخول بمفتاح مرور. ألغِ قفل المستخدم لإنهاء الانتظار الآن.
next-step-locked-recovery = كانت رموز كثيرة خاطئة. حتى ينتهي الانتظار لن يُتحقَّق إلا من رمز استرداد، ثم يُعِدّ المستخدم كل شيء من جديد. ألغِ قفل المستخدم لإنهاء الانتظار الآن.
next-step-disabled = أُوقفت وسيلة مصادقة المستخدم بعد 100 رمز خاطئ متتالٍ. أعِد تعيين المستخدم ليُعِدّها من جديد.
next-step-frozen = تسجيل الدخول موقوف، لأن أحدًا قال إن تغييرًا لم يكن منه. تحقق ممن يطلب، ثم أعِد تعيين المستخدم؛ بعد ذلك يفتح رابط بالبريد أو رمز طوارئ التسجيل.
next-step-disabled-recovery = أُوقفت وسيلة مصادقة المستخدم بعد رموز خاطئة كثيرة متتالية. يُطلب من المستخدم رمز استرداد، ثم يُعِدّ كل شيء من جديد. إذا فقد الرموز، فأعِد تعيينه.
next-step-off-bound = السياسة معطّلة، لكن يُطلب من المستخدمين الذين أعدّوها، ولهذا المستخدم وسيلة مصادقة.
next-step-off-email-default = السياسة معطّلة، لكن يُطلب من المستخدمين الذين أعدّوها، وهذا المستخدم جعل البريد الإلكتروني الخيار الافتراضي.
next-step-off-default-doubtful = السياسة معطّلة، لكن يُطلب من المستخدمين الذين أعدّوها، وهذا المستخدم جعل البريد الإلكتروني الخيار الافتراضي. لا يمكن إرسال رمز إلى ذلك العنوان الآن: لم يعد مؤكَّدًا أو مسجّلًا، أو لم يُحدَّد مرسل. استعده، أو أعِد تعيين المستخدم.
next-step-off-bound-unknown = السياسة معطّلة، لكن يُطلب من المستخدمين الذين أعدّوها، ولهذا المستخدم وسيلة مصادقة لا يعرفها إلا إصدار أحدث من هذه الخدمة. حدّث مرة أخرى، أو أعِد تعيين المستخدم.
next-step-off-never-enrolled = السياسة معطّلة، وهذا المستخدم لم يُعِدّ شيئًا قط: لا يُطلب شيء.
next-step-off-nobody = السياسة معطّلة، ولا يُطلب شيء من أحد.
next-step-demand = يريد المستخدم تغيير إعداداته، ويُطلب منه إثبات جديد.
next-step-demand-unmet = يريد المستخدم تغيير إعداداته، والسياسة لا تسمح بذلك.
next-step-demand-while-off = يريد المستخدم تغيير إعداداته، وليس لديه ما يثبت هويته، والسياسة معطّلة.
next-step-step-up = تطلب البوابة إثباتًا جديدًا، ولدى المستخدم ما هو قوي بما يكفي.
next-step-cannot-step-up = تطلب البوابة إثباتًا جديدًا، وليس لدى المستخدم ما هو قوي بما يكفي. يضيفه المستخدم في إعدادات الأمان.
next-step-skipped = اختار المستخدم التخطي، والسياسة تسمح به.
next-step-trusted = المستخدم في متصفح موثوق به ولا يُطلب منه شيء.
next-step-bound-in-policy = أعدّ المستخدم طريقة من طرق السياسة، ويُطلب منه رمزها.
next-step-directory = في بيانات الاتصال وجهة تستخدمها السياسة؛ ويُرسَل رمز إليها.
next-step-email-default = جعل المستخدم البريد الإلكتروني الخيار الافتراضي؛ ويُرسَل رمز إليه.
next-step-nothing-to-enrol = ليس للمستخدم طريقة صالحة، وليس في السياسة ما يُعِدّه. أكمل بيانات الاتصال.
next-step-bound-unknown = للمستخدم وسيلة مصادقة لا يعرفها إلا إصدار أحدث من هذه الخدمة، ولا شيء آخر يُعتدّ به. حدّث مرة أخرى، أو أعِد تعيين المستخدم.
next-step-bound-outside-policy = لم تعد طريقة المستخدم في السياسة: تُطلب مرة أخيرة، ثم يُعِدّ المستخدم من جديد.
next-step-default-outside-policy = جعل المستخدم البريد الإلكتروني الخيار الافتراضي، ولم تعد السياسة تسمح بذلك: يُرسَل رمز إليه مرة أخيرة، ثم يجري المستخدم الإعداد.
next-step-link-needed = أُعيد تعيين المستخدم، أو فقد عنوان خياره الافتراضي، أو عليه الإعداد من جديد مع الجميع، وتتطلب السياسة رابطًا مرسلًا بالبريد أولًا. ويفتح رمز الطوارئ الطريق أيضًا.
next-step-default-doubtful = جعل المستخدم البريد الإلكتروني الخيار الافتراضي، ولا يمكن إرسال رمز إلى ذلك العنوان الآن: لم يعد مؤكَّدًا أو مسجّلًا، أو لم يُحدَّد مرسل. استعده، أو أعِد تعيين المستخدم.
next-step-email-first = ليس للمستخدم وسيلة مصادقة. يُرسَل أولًا رمز إلى العنوان المؤكَّد، ثم يجري المستخدم الإعداد.
next-step-email-first-impossible = ليس للمستخدم وسيلة مصادقة، وتتطلب السياسة رمزًا عبر البريد قبل الأولى، لكن لا يوجد عنوان مؤكَّد يُرسَل إليه رمز. اطلب تأكيد العنوان، أو أصدر رمز طوارئ.
next-step-grace = يُطلب من المستخدم إعداد طريقة، وما زال بإمكانه تخطي ذلك.
next-step-enrol-or-skip = ليس للمستخدم وسيلة مصادقة، فيُعِدّ واحدة أو يتخطى.
next-step-enrol = ليس للمستخدم وسيلة مصادقة، وعليه أن يُعِدّ واحدة.
