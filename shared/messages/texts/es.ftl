# Cómo se escribe el idioma.
text-direction = ltr
thousands-separator = { "." }
list-separator = { ", " }

# Lo que se lee durante un inicio de sesión.
sign-in-enter-app-code = Introduzca el código de 6 dígitos que muestra su aplicación de autenticación
sign-in-enter-recovery-code = Introduzca uno de sus códigos de recuperación
sign-in-use-passkey = Use su llave de acceso para continuar
sign-in-codes-locked = Demasiados códigos eran incorrectos, así que de momento no se aceptan códigos. Su llave de acceso sigue funcionando.
sign-in-passkey-elsewhere = Su llave de acceso pertenece a otra dirección y no se puede usar aquí.
sign-in-passkey-synced = Aquí ya no se aceptan llaves de acceso que se copian a otros dispositivos.
sign-in-passkeys-nowhere = Por el momento, las llaves de acceso no se pueden usar aquí.
sign-in-get-help = Pida ayuda para poder entrar.
sign-in-comes-back = Los mensajes a { $to } nos son devueltos, así que no se envía nada allí durante 24 horas.
sign-in-nothing-reaches = Por ahora no queda ninguna forma de enviarle un código. Pida ayuda para poder entrar o inténtelo más tarde.
sign-in-recover = Demasiados códigos eran incorrectos. Introduzca uno de sus códigos de recuperación y después configure de nuevo la autenticación multifactor
sign-in-keep-codes = Guarde sus códigos de recuperación en un lugar seguro: cada uno le deja entrar una vez si pierde el teléfono
sign-in-few-codes = { $count ->
    [one] Queda un código de recuperación
   *[other] Quedan { $count } códigos de recuperación
 }
sign-in-last-code = Ese era su último código de recuperación
sign-in-codes-died = Sus códigos de recuperación ya no sirven, porque este servicio se restauró desde una copia de seguridad. Deséchelos.
sign-in-enter-sent-code = Introduzca el código de 6 dígitos enviado a { $to }
sign-in-enter-late-code = El envío de un código a { $to } ha tardado demasiado. Introdúzcalo si llega; si no llega, pida que se envíe de nuevo o use otra vía
sign-in-choose = Elija cómo recibir su código de seguridad
sign-in-check-email = Revise su correo: le hemos enviado un enlace para volver a configurar la autenticación multifactor
sign-in-no-link = Tiene que volver a configurar la autenticación multifactor, pero no podemos enviarle un enlace por correo electrónico. Pida ayuda.
sign-in-done = Ha iniciado sesión
sign-in-prove-first = Antes de configurarlo, solicite un código por correo electrónico para demostrar que es usted
sign-in-no-proof = Antes de que configure la autenticación multifactor, tenemos que enviar un código a una dirección de correo electrónico suya que esté confirmada, y no tenemos ninguna. Pida ayuda para que confirmen su dirección de correo electrónico.
sign-in-no-way-in = No podemos comprobar que es usted. Pida ayuda.
sign-in-settings = Puede cambiar cómo inicia sesión
sign-in-no-settings = Aquí no puede cambiar cómo inicia sesión. Pida ayuda.
sign-in-step-up-needs-code = Para confirmarlo necesita una forma de recibir códigos, y no tiene ninguna.
sign-in-step-up-needs-app = Para confirmarlo necesita una aplicación de autenticación o una llave de acceso, y no tiene ninguna.
sign-in-step-up-needs-passkey = Para confirmarlo necesita una llave de acceso, y no tiene ninguna.
sign-in-step-up-add = Añada una primero en su configuración de seguridad.
sign-in-step-up-ask = Pida ayuda para configurarla.
sign-in-enrol-app = Configure una aplicación de autenticación para continuar
sign-in-enrol-passkey = Configure una llave de acceso para iniciar sesión
sign-in-enrol-email = Introduzca una dirección de correo electrónico para recibir sus códigos de seguridad y continuar
sign-in-enrol-sms = Introduzca un número de teléfono para recibir sus códigos de seguridad y continuar
sign-in-enrol-choose = Elija cómo configurar la autenticación multifactor
sign-in-grace-until = Configúrela antes del final del { $date }. Hasta entonces puede omitirlo.
sign-in-grace-sign-ins = { $count ->
    [one] Puede omitirlo una vez más.
   *[other] Puede omitirlo { $count } veces más.
 }
authenticator-app = Aplicación de autenticación
authenticator-passkey = Llave de acceso
authenticator-email = Correo electrónico
authenticator-sms = SMS
authenticator-by-day = { $what }, desde el { $date }
date-day = { $day } de { $month } de { $year }
month-names = enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
link-send-email = Enviar el código de seguridad por correo electrónico a { $to }
link-send-sms = Enviar el código de seguridad por SMS al { $to }
link-use-app = Usar la aplicación de autenticación
link-use-recovery-code = Usar un código de recuperación
link-use-passkey = Usar una llave de acceso
link-enrol-app = Configurar una aplicación de autenticación
link-enrol-passkey = Configurar una llave de acceso
link-skip = Omitir por ahora
link-add-app = Añadir una aplicación de autenticación
link-add-passkey = Añadir una llave de acceso
link-replace-app = Configurar otra aplicación en lugar de { $name }
link-remove-authenticator = Quitar { $name }
link-unset-default = Dejar de usar siempre el correo
link-end-trust = Dejar de confiar en { $name }
link-end-trust-all = Dejar de confiar en todos los navegadores

# Correos electrónicos.
email-code-subject = Su código de seguridad para { $name }
email-code-heading = Su código de seguridad para { $name } es
email-code-once = { $minutes ->
    [one] Caduca en un minuto y solo se puede usar una vez. Nadie de { $name } se lo pedirá jamás.
   *[other] Caduca en { $minutes } minutos y solo se puede usar una vez. Nadie de { $name } se lo pedirá jamás.
 }
email-code-not-you = Si no ha intentado iniciar sesión, es posible que alguien conozca su contraseña: cámbiela.
email-text-not-you = Si no es esto lo que quiere confirmar, no introduzca el código y avise a { $name } de inmediato.
email-read-out-subject = Código para leer al administrador de { $name }
email-read-out-heading = Lea este código al administrador de { $name } a quien ha pedido ayuda:
email-read-out-once = { $minutes ->
    [one] Caduca en un minuto. El administrador lo usa para restablecer su segundo paso. Después, usted lo vuelve a configurar.
   *[other] Caduca en { $minutes } minutos. El administrador lo usa para restablecer su segundo paso. Después, usted lo vuelve a configurar.
 }
email-read-out-not-you = Si no acaba de pedir ayuda a { $name }, no comparta el código y avise a { $name } de inmediato.
email-address-subject = Confirme su dirección de correo electrónico para { $name }
email-address-heading = Introduzca este código en { $name } para confirmar su dirección de correo electrónico:
email-address-once = { $minutes ->
    [one] Caduca en un minuto y solo se puede usar una vez. Los cambios en su cuenta se anunciarán en esta dirección.
   *[other] Caduca en { $minutes } minutos y solo se puede usar una vez. Los cambios en su cuenta se anunciarán en esta dirección.
 }
email-address-not-you = Si no ha introducido esta dirección, no tiene que hacer nada.
email-link-subject = Vuelva a configurar la autenticación multifactor para { $name }
email-link-heading = Abra este enlace para volver a configurar la autenticación multifactor para { $name }:
email-link-button = Configurar
email-link-once = { $minutes ->
    [one] Caduca en un minuto y funciona una sola vez, únicamente para su cuenta.
   *[other] Caduca en { $minutes } minutos y funciona una sola vez, únicamente para su cuenta.
 }
email-link-not-you = Si no ha intentado iniciar sesión, es posible que alguien conozca su contraseña: cámbiela y no abra el enlace.
email-test-subject = Mensaje de prueba de { $name }
email-test-heading = El correo de { $name } funciona: este mensaje se ha enviado con la configuración vigente.
email-test-not-you = No tiene que hacer nada. Si no ha pedido este mensaje, avise a otro operador.
email-reminder-subject = Configure su segundo paso para { $name }
email-reminder-heading = { $name } pide ahora un segundo paso al iniciar sesión, y usted todavía no ha configurado ninguno.
email-reminder-page = Abra la página de arriba e inicie sesión como siempre. En ella verá cómo configurar su segundo paso.
email-reminder-sign-in = En su próximo inicio de sesión verá cómo configurar su segundo paso.
email-reminder-not-you = Un administrador ha pedido este recordatorio. No se ha cambiado nada en su cuenta.
email-notice-subject = Aviso de seguridad de { $name }
email-notice-not-you = Si ha sido usted, o si lo ha pedido, no tiene que hacer nada. Si no, avise a { $name } de inmediato.
email-freeze-line = ¿No ha sido usted? Bloquee el acceso a su cuenta con este enlace. Funciona durante 7 días:
email-freeze-button = No he sido yo

# SMS: cortos, para que cada uno quepa en un segmento.
sms-code = { $name }: { $code } es su código de seguridad. Caduca en { $minutes } min. No lo comparta.
sms-text-code = Código: { $code }
sms-text-line = { $name }: introdúzcalo solo si esto es correcto. No lo comparta.
sms-read-out = { $name }: { $code } es para el administrador a quien ha pedido ayuda. Caduca en { $minutes } min. ¿No la ha pedido? No lo comparta.
sms-test = { $name }: los SMS funcionan. Esta prueba se ha enviado con la configuración vigente.
sms-notice = { $name }: { $what } ¿No ha sido usted? Avísenos ya.
sms-notice-more = { $name }: { $what } Hay más cambios. ¿No ha sido usted? Avísenos ya.
sms-notice-from = Desde { $device }.

# Avisos de cambios.
notice-enrolled = Se ha configurado una nueva forma de iniciar sesión en su cuenta.
notice-authenticator-removed = Se ha quitado una forma de iniciar sesión de su cuenta.
notice-locked = Se han introducido demasiados códigos incorrectos en su cuenta.
notice-disabled = Su segundo paso se ha desactivado tras demasiados códigos incorrectos.
notice-default-set = A partir de ahora, los códigos de seguridad se enviarán siempre por correo.
notice-default-unset = Los códigos de seguridad ya no se envían siempre por correo.
notice-contact-changed = Se han cambiado los datos de contacto de su cuenta.
notice-opted-in = Se ha activado la autenticación multifactor en su cuenta.
notice-reset = Su segundo paso se ha restablecido. Configúrelo en el próximo inicio de sesión.
notice-frozen = Se ha bloqueado el acceso a su cuenta.
notice-unlocked = Un administrador ha desbloqueado su cuenta.
notice-skip-cleared = Se ha anulado su decisión de omitir el segundo paso.
notice-bypass-issued = Se ha emitido un código de emergencia para su cuenta.
notice-bypass-accepted = Se ha usado un código de emergencia para iniciar sesión en su cuenta.
notice-recovery-codes-made = Hay nuevos códigos de recuperación para su cuenta.
notice-recovery-code-used = Se ha usado un código de recuperación en su cuenta.
notice-recovery-codes-low = A su cuenta le quedan tres códigos de recuperación o menos.
notice-recovery-codes-locked = Demasiados códigos de recuperación incorrectos en su cuenta.
notice-recovery-codes-withdrawn = Sus códigos de recuperación ya no sirven. Cree otros nuevos.
notice-enrolment-reminder = Configure un segundo paso: ahora se pide al iniciar sesión.
notice-exported = Un administrador ha exportado los datos que se guardan sobre su cuenta.
notice-opted-out = Se ha omitido su segundo paso. Si no ha sido usted, cambie su contraseña.
notice-trust-copied = Quizá se copió un navegador de confianza de su cuenta.
notice-erased = Se ha borrado su cuenta, con todo lo que había configurado para iniciar sesión.
notice-admin-changed = Se han cambiado sus permisos en la consola.
notice-admin-removed = Se ha retirado su acceso a la consola.
notice-admin-reset = Se han restablecido su contraseña y su segundo paso para la consola.
notice-password-changed = Se ha cambiado su contraseña de la consola.
notice-password-locked = Se han introducido demasiadas contraseñas incorrectas en su cuenta. Por ahora, algunas no se comprueban. Si no puede iniciar sesión, pida a otro operador que le desbloquee.
notice-admin-unlocked = Se ha desbloqueado su cuenta de la consola.
notice-admin-sessions-ended = Se han cerrado todas sus sesiones en la consola.
notice-other = Algo ha cambiado en su cuenta.
notice-several = Ha habido más cambios en su cuenta:
notice-times = { $what } ({ $count } veces)
notice-detail = Cuándo y cómo: { $detail }.
notice-last = Última vez: { $detail }.
notice-from = desde { $device }
notice-device = { $browser } en { $system }
device-unknown = Navegador desconocido
notice-how-password-alone = en un inicio de sesión solo con la contraseña
notice-how-app-code = en un inicio de sesión, tras un código de la aplicación de autenticación
notice-how-email-code = en un inicio de sesión, tras un código por correo electrónico
notice-how-sms-code = en un inicio de sesión, tras un código por SMS
notice-how-mailed-link = en un inicio de sesión abierto con un enlace enviado por correo
notice-how-bypass-code = en un inicio de sesión, tras un código de emergencia
notice-how-freeze-link = con el enlace de un aviso de seguridad
notice-how-recovery-code = en un inicio de sesión, tras un código de recuperación
notice-how-passkey = en un inicio de sesión, después de usar una llave de acceso
notice-how-sign-in = en un inicio de sesión
notice-how-admin = por un administrador del servicio de inicio de sesión
notice-how-portal-admin = por un administrador de { $name }
notice-how-portal = por { $name }

# Problemas, cada uno con el paso siguiente.
problem-unavailable = El servicio no puede responder ahora mismo. Inténtelo de nuevo en un momento.
problem-conflict = Han llegado varias solicitudes a la vez. Inténtelo de nuevo.
problem-delivery-failed = No se ha podido enviar el código. Elija otra forma o inténtelo de nuevo en un momento.
problem-delivery-failed-wait = No se ha podido enviar el código. Inténtelo de nuevo en un momento.
problem-sign-in-unknown = Este inicio de sesión ha terminado o nunca existió. Inicie sesión de nuevo desde el principio.
problem-sign-in-expired = Este inicio de sesión ha tardado demasiado y ha terminado. Inicie sesión de nuevo desde el principio.
problem-sign-in-done = Este inicio de sesión ya se ha completado. Continúe al portal o inicie sesión de nuevo desde el principio.
problem-sign-in-dead = Hubo demasiados intentos fallidos y este inicio de sesión ha terminado. Inicie sesión de nuevo desde el principio.
problem-too-many-sign-ins = Ha habido demasiados inicios de sesión en una hora. Espere antes de volver a intentarlo.
problem-over-share = Hay demasiadas solicitudes a la vez. Espere un minuto y vuelva a intentarlo.
problem-locked = Demasiados códigos eran incorrectos. Espere antes de volver a intentarlo.
problem-locked-day = Demasiados códigos eran incorrectos en un día. Espere o pida ayuda.
problem-locked-month = Demasiados códigos eran incorrectos en un mes. Pida ayuda para poder entrar antes.
problem-locked-row = Demasiados códigos seguidos eran incorrectos. Pida ayuda para volver a entrar.
problem-authenticator-disabled = Demasiados códigos eran incorrectos y su segundo paso ya no funciona. Pida ayuda para volver a configurarlo.
problem-frozen = El acceso está bloqueado, porque alguien ha dicho que un cambio no era suyo. Pida ayuda para volver a entrar.
problem-no-usable-method = No podemos comprobar que es usted. Pida ayuda para que completen sus datos de contacto.
problem-another-step = Este inicio de sesión pide ahora otro paso. Vuelva a abrirlo para ver qué sigue.
problem-method-not-offered = Esta forma no está disponible aquí. Elija una de las que se muestran.
problem-no-code-requested = No hay ningún código que comprobar: no se ha enviado ninguno, o ha caducado o ya se ha usado. Solicite uno nuevo.
problem-code-wrong = Ese código no se ha aceptado. Compruébelo e inténtelo de nuevo, o solicite uno nuevo.
problem-app-code-wrong = Ese código no se ha aceptado. Espere a que su aplicación muestre el código siguiente e introduzca ese. Si tampoco se acepta, ponga la fecha y la hora de su teléfono en automático.
problem-recovery-code-wrong = Ese código no se ha aceptado. Cada código de recuperación sirve una vez. Compruébelo e inténtelo de nuevo, o introduzca otro.
problem-bypass-code-wrong = Ese código de emergencia no se ha aceptado. Compruébelo e inténtelo de nuevo, o pida uno nuevo a quien se lo dio.
problem-passkey-wrong = No se aceptó esa llave de acceso. Inténtelo de nuevo o use otra forma de iniciar sesión.
problem-passkey-refused = Esa llave de acceso no se puede usar aquí. Inténtelo de nuevo o use otra forma de iniciar sesión.
problem-passkey-synced = Este servicio solo acepta llaves de acceso que se quedan en un dispositivo. Use una de este mismo dispositivo o de una llave de seguridad, u otra forma de iniciar sesión.
problem-passkey-unverified = Para esto, su dispositivo debe comprobar su huella, su cara o su PIN. Inténtelo de nuevo o use otra forma de iniciar sesión.
problem-resend-too-soon = Hay un código en camino. Espere un poco antes de solicitar otro.
problem-no-sends-left = No se pueden enviar más códigos en este inicio de sesión. Inicie sesión de nuevo desde el principio.
problem-send-limit = Se han enviado demasiados códigos. Elija otra forma o espere antes de solicitar otro.
problem-send-limit-there = Se han enviado demasiados códigos. Espere antes de solicitar otro, o pida que se envíe a otro sitio.
problem-send-limit-wait = Se han enviado demasiados códigos. Espere antes de solicitar otro.
problem-country-not-allowed = No se pueden enviar códigos a este número. Introduzca otro.
problem-ticket-refused = Este enlace ya se ha usado o ha caducado. Inicie sesión de nuevo para recibir otro.
problem-freeze-link-refused = Este enlace ya no funciona: tiene más de 7 días, la cuenta se ha restablecido o bloqueado desde entonces, o la dirección a la que se envió ya no pertenece a la cuenta. Si no reconoce un cambio, pida ayuda de inmediato.
problem-skip-not-allowed = Este paso no se puede omitir. Siga los pasos que se muestran.
problem-default-not-allowed = Aquí no se puede usar el correo electrónico de forma predeterminada. Deje esa opción sin marcar.
problem-settings-closed = Demuestre de nuevo que es usted antes de cambiar cómo inicia sesión: abra otra vez sus ajustes.
problem-last-authenticator = Es su única forma de iniciar sesión, así que no se puede quitar. Añada otra primero.
problem-too-many-authenticators = No hay sitio para otra. Quite una primero o sustitúyala.
problem-authenticator-unknown = Ya se quitó o nunca se configuró. Vuelva a mirar sus ajustes.
problem-other-browser = Esta página pertenece a otro navegador, o las cookies están desactivadas. Inicie sesión de nuevo desde el principio, en este navegador.
problem-text-refused = No se puede mostrar lo que debe confirmar. Vuelva al lugar del que venía y empiece de nuevo.
problem-form-refused = Este formulario no procede de esta página. Vuelva a abrir la página y repita el paso.
problem-malformed-code = Introduzca los 6 dígitos del código.
problem-malformed-recovery-code = Introduzca las 15 letras y cifras del código de recuperación.
problem-codes-not-kept = Guarde primero los códigos y después marque la casilla.
problem-malformed-phone = Este número no puede recibir SMS. Introduzca un número de móvil, con el prefijo del país si es extranjero.
problem-malformed-email = Esto no es una dirección de correo electrónico. Introduzca una como nombre@example.com.
problem-malformed-name = Esto no puede ser un nombre. Use hasta 32 letras, cifras y signos en una línea.

# Las páginas de inicio de sesión.
prompt-account = Cuenta: { $account }
prompt-text = Está confirmando:
prompt-error-title = Error: { $title }
prompt-code-label = Código de seguridad
prompt-code-hint = 6 dígitos
prompt-continue = Continuar
prompt-busy = Espere, por favor…
prompt-always-email = ¿Usar siempre el correo electrónico para la autenticación multifactor?
prompt-remember-browser = { $days ->
    [one] No volver a preguntar en este navegador durante 1 día
   *[other] No volver a preguntar en este navegador durante { $days } días
 }
prompt-send-again = Enviar de nuevo
prompt-not-arrived = ¿No ha recibido nada? Puede tardar un minuto, y un correo puede estar en la carpeta de spam.
prompt-attempts-left = { $count ->
    [one] Le queda un intento.
   *[other] Le quedan { $count } intentos.
 }
prompt-choose-other = O elija otra forma
prompt-app-add = Añada esta cuenta a su aplicación
prompt-app-steps = Escanee esta imagen con una aplicación de autenticación.
prompt-app-open = Abrir la aplicación de autenticación
prompt-app-elsewhere = En otro dispositivo
prompt-app-key = O escriba esta clave en la aplicación:
prompt-app-entry = La aplicación lo mostrará como { $issuer }, { $account }.
prompt-app-code = Introduzca el código de 6 dígitos que muestra la aplicación
prompt-app-none = ¿Aún no tiene una aplicación de autenticación? Instale una desde la tienda de aplicaciones de su dispositivo, por ejemplo Google Authenticator o Microsoft Authenticator. Sirve cualquier aplicación para códigos de 6 dígitos.
prompt-qr-alt = Código QR para la aplicación de autenticación
prompt-copy = Copiar
prompt-copied = Copiado
prompt-codes-title = Guarde sus códigos de recuperación
prompt-codes-why = Si pierde el teléfono, cada uno de estos códigos le deja entrar una vez. Guárdelos en un lugar seguro, lejos del teléfono: no se vuelven a mostrar. Los códigos que tenía antes ya no sirven.
prompt-codes-list = Sus códigos de recuperación
prompt-codes-save = Guardar como archivo
prompt-codes-print = Imprimir
prompt-codes-kept = He guardado estos códigos
prompt-codes-file = Códigos de recuperación de { $name }. Cada uno sirve una vez.
prompt-codes-few = Configure pronto de nuevo su segundo paso para no necesitarlos.
prompt-recovery-label = Código de recuperación
prompt-recovery-hint = 15 letras y cifras
prompt-recovery-locked = Si tiene códigos de recuperación, introduzca uno ahora y después configure de nuevo la autenticación multifactor.
prompt-phone-label = Número de teléfono
prompt-phone-hint = Un número de móvil; si es extranjero, con el prefijo del país, por ejemplo +34 612 34 56 78
prompt-email-label = Dirección de correo electrónico
prompt-email-hint = Los códigos de seguridad se enviarán ahí
prompt-send-code = Enviar el código de seguridad
prompt-enrol-email = Usar una dirección de correo electrónico
prompt-enrol-sms = Usar un número de teléfono
prompt-change-email = Cambiar la dirección de correo electrónico
prompt-change-phone = Cambiar el número de teléfono
prompt-check-email-title = Revise su correo
prompt-spam = El enlace funciona una sola vez, durante media hora. Cierre esta página cuando lo tenga.
prompt-locked-title = Espere, por favor
prompt-link-sent = El enlace se envió a { $to }.
prompt-link-not-arrived = ¿No ha recibido nada? Puede tardar un minuto, y el correo puede estar en la carpeta de correo no deseado.
prompt-wait-minutes = { $count ->
    [one] Podrá intentarlo de nuevo en un minuto.
   *[other] Podrá intentarlo de nuevo en { $count } minutos.
 }
prompt-wait-hours = { $count ->
    [one] Podrá intentarlo de nuevo en una hora.
   *[other] Podrá intentarlo de nuevo en { $count } horas.
 }
prompt-wait-days = { $count ->
    [one] Podrá intentarlo de nuevo en un día.
   *[other] Podrá intentarlo de nuevo en { $count } días.
 }
prompt-over-title = Este inicio de sesión ha terminado
prompt-denied-title = No podemos dejarle entrar
prompt-problem-title = No ha funcionado
prompt-done-title = Todo listo
prompt-done-app = A partir de ahora, inicie sesión con el código que muestra su aplicación de autenticación.
prompt-done-passkey = A partir de ahora, inicie sesión con su llave de acceso.
prompt-done-sent = A partir de ahora, se enviará ahí un código de seguridad cada vez que inicie sesión.
prompt-finish = Finalizar
prompt-again = Intentar de nuevo
prompt-back = Volver a { $name }
prompt-help = ¿Necesita ayuda?
prompt-no-support = Pregunte a los responsables de este portal.
prompt-settings-title = Ajustes de seguridad
prompt-settings-intro = Puede cambiarlos durante diez minutos. Después, ábralos de nuevo desde { $name }.
prompt-settings-bound = Cómo inicia sesión
prompt-settings-bound-none = No hay nada configurado.
prompt-settings-added = Añadido el { $date }
prompt-settings-change = Cambiar
prompt-settings-name = Nombre
prompt-settings-name-save = Guardar el nombre
prompt-settings-remove = Quitar
prompt-settings-replace = Configurar uno nuevo en su lugar
prompt-settings-last = { $name } pide un segundo paso, y este es el único que tiene. Añada otro antes de quitarlo.
prompt-settings-add = Añadir otra forma
prompt-settings-full = Tiene todas las formas que caben. Quite una para añadir otra.
prompt-settings-default = Los códigos de seguridad van siempre primero por correo.
prompt-settings-activity = Actividad reciente
prompt-settings-activity-not-you = ¿Algo de esto no lo hizo usted? Pida ayuda de inmediato.
prompt-settings-remove-text = Ya no podrá iniciar sesión con ello. Podrá añadirlo de nuevo más tarde.
prompt-settings-remove-keep = Conservar
prompt-settings-done-added = Se ha añadido.
prompt-settings-done-renamed = Se ha guardado el nombre.
prompt-settings-done-removed = Se ha quitado.
prompt-settings-done-default = La aplicación se vuelve a pedir primero.
prompt-settings-codes = Códigos de recuperación
prompt-settings-codes-left = { $count ->
    [one] Queda uno de diez. Se crearon el { $date }.
   *[other] Quedan { $count } de 10. Se crearon el { $date }.
 }
prompt-settings-codes-none = No tiene ninguno.
prompt-settings-codes-new = Crear nuevos códigos de recuperación
prompt-settings-codes-void = Los códigos que tiene ahora dejarán de funcionar de inmediato.
prompt-settings-done-codes = Tiene nuevos códigos de recuperación.
prompt-settings-trusted = Navegadores de confianza
prompt-settings-trusted-text = En estos navegadores no se le pide un segundo paso.
prompt-settings-trusted-days = Desde el { $since }, hasta el { $until }
prompt-settings-trusted-end = Dejar de confiar en él
prompt-settings-done-trust = Allí se le volverá a pedir.
prompt-settings-second-title = Añadir una segunda forma de entrar
prompt-settings-second-text = Si pierde su teléfono, una segunda forma le permite entrar sin pedir ayuda. Use otro dispositivo si puede.
prompt-settings-second-no = No, gracias
prompt-settings-second-later = Puede añadirla más tarde en sus ajustes de seguridad.
prompt-passkey-use = Usar su llave de acceso
prompt-passkey-use-text = Su dispositivo le pide su huella, su cara o su PIN, o que toque su llave de seguridad.
prompt-passkey-make = Crear una llave de acceso
prompt-passkey-make-text = Con una llave de acceso inicia sesión con su huella, su cara, su PIN o una llave de seguridad. No hay ningún código que escribir, y nadie puede sacárselo con engaños.
prompt-passkey-no-script = Las llaves de acceso necesitan JavaScript, que no funciona en esta página. Actívelo y vuelva a cargar la página, o use otro medio.
prompt-passkey-no-browser = Este navegador no puede usar llaves de acceso aquí. Use otro navegador o dispositivo, u otro medio.
prompt-passkey-cancelled = No se usó ninguna llave de acceso. Se canceló, o este dispositivo no tiene ninguna suya para este servicio. Inténtelo de nuevo, o use otro medio.
prompt-passkey-not-made = No se creó ninguna llave de acceso. Se canceló, o este dispositivo no puede crear una que se acepte aquí. Inténtelo de nuevo, o use otro medio.
prompt-passkey-late = Se tardó demasiado. Inténtelo de nuevo.
prompt-passkey-elsewhere = Las llaves de acceso no se pueden usar en la dirección de esta página. Use otro medio.
prompt-passkey-there = Este dispositivo ya tiene una llave de acceso suya. Use esa, o cree una en otro dispositivo.
prompt-passkey-failed = El navegador no pudo hacerlo. Inténtelo de nuevo, o use otro medio.
prompt-passkey-offer-later = Puede añadir una más tarde en su configuración de seguridad.
prompt-passkey-offer = Más rápido la próxima vez: configure una llave de acceso
prompt-passkey-offer-no = Ahora no
prompt-bypass = ¿Le han dado un código de emergencia? Introdúzcalo aquí
prompt-freeze-title = ¿No ha sido usted?
prompt-freeze-change = Le hemos avisado de este cambio: { $change }
prompt-freeze-what = Si no ha hecho este cambio ni lo ha pedido, bloquee ahora el acceso a la cuenta. Entonces nadie podrá entrar, tampoco usted, y se debe cerrar la sesión de quien esté dentro.
prompt-freeze-until = Después, alguien que ayuda a los usuarios tiene que comprobar que es usted y restablecer su segundo paso, que usted volverá a configurar.
prompt-freeze-button = Bloquear el acceso
prompt-freeze-close = Si el cambio lo ha hecho usted, cierre esta página. Abrirla no ha cambiado nada.
prompt-frozen-title = El acceso está bloqueado
prompt-frozen-done = Ahora nadie puede entrar en esta cuenta. Los códigos y enlaces enviados antes ya no funcionan.
prompt-frozen-next = Pida ayuda ahora, para que alguien compruebe que es usted y le devuelva el acceso. Elija también una contraseña nueva: quien hizo el cambio puede conocer la anterior.

# La consola.
console = Consola

# Líneas del registro de actividad.
activity-code-accepted = { $method ->
    [passkey] Llave de acceso aceptada
   *[other] Código{ $by } aceptado
 }
activity-code-wrong = { $method ->
    [passkey] Llave de acceso incorrecta
   *[other] Código{ $by } incorrecto
 }
activity-code-expired = Código{ $by } caducado
activity-code-reused = { $method ->
    [passkey] El contador de una llave de acceso retrocedió: puede haber una copia
   *[other] Código{ $by } ya usado, o más antiguo que uno ya usado
 }
activity-code-requested = Código{ $by } a{ $to } solicitado
activity-code-sent = Código enviado{ $by } a{ $to }
activity-code-not-sent = No se pudo enviar el código{ $by } a{ $to }
activity-code-unknown = Puede que el código{ $by } a{ $to } no se enviara
activity-message-delivered = Mensaje{ $by } a{ $to } entregado
activity-message-delayed = Mensaje{ $by } a{ $to } aún no entregado
activity-message-returned = Mensaje{ $by } a{ $to } devuelto: no se envía nada allí durante un día
activity-message-complained = Mensaje{ $by } a{ $to } marcado como spam
activity-send-limited = Mensajes{ $by } a{ $to } retenidos: se alcanzó un límite
activity-link-requested = Enlace para volver a configurar{ $by } a{ $to } solicitado
activity-link-sent = Enlace para volver a configurar enviado{ $by } a{ $to }
activity-link-not-sent = No se pudo enviar el enlace para volver a configurar{ $by } a{ $to }
activity-link-unknown = Puede que el enlace para volver a configurar{ $by } a{ $to } no se enviara
activity-enrolled = Configurado{ $to }
activity-test-sent = Mensaje de prueba{ $by } a{ $to }
activity-ticket-spent = Abierto con un enlace enviado por correo, para volver a configurar
activity-unlocked = Desbloqueado por un administrador
activity-skip-cleared = Omisión anulada por un administrador
activity-bypass-issued = Código de emergencia emitido por un administrador
activity-bypass-accepted = Código de emergencia aceptado
activity-bypass-wrong = Código de emergencia incorrecto
activity-recovery-codes-made = Códigos de recuperación creados
activity-recovery-code-used = Código de recuperación aceptado
activity-recovery-code-wrong = Código de recuperación incorrecto
activity-recovery-codes-low = Quedan tres códigos de recuperación o menos
activity-recovery-codes-locked = No se comprueba ningún código de recuperación durante un día, tras demasiados incorrectos
activity-recovery-codes-withdrawn = Los códigos de recuperación ya no sirven: se retiró la clave de la que proceden
activity-enrolment-reminder = Un administrador recordó la configuración
activity-erased = Usuario borrado
activity-exported = Datos del usuario exportados
activity-portal-created = Portal creado
activity-portal-changed = Portal cambiado
activity-portal-deleted = Portal eliminado
activity-key-added = Clave de API creada
activity-key-revoked = Clave de API revocada
activity-policy-changed = Política sustituida
activity-switched-on = Política activada
activity-switched-off = Política desactivada
activity-all-trust-ended = Ya no se confía en ningún navegador
activity-bulk-reset-asked = Se solicitó el restablecimiento de muchos usuarios
activity-bulk-reset-begun = Comenzó el restablecimiento de muchos usuarios
activity-bulk-reset-ended = Terminó el restablecimiento de muchos usuarios
activity-bulk-reset-withdrawn = Se retiró el restablecimiento de muchos usuarios
activity-settings-changed = Configuración cambiada
activity-admin-added = Administrador creado
activity-admin-changed = Rol de un administrador cambiado
activity-admin-removed = Administrador eliminado
activity-admin-reset = Contraseña y segundo paso de un administrador restablecidos
activity-password-changed = Contraseña cambiada
activity-password-wrong = Contraseña incorrecta para un administrador
activity-password-locked = Demasiadas contraseñas incorrectas para un administrador
activity-admin-unlocked = Administrador desbloqueado
activity-sessions-ended = Un administrador cerró sesiones propias
activity-admin-sessions-ended = Sesiones de un administrador cerradas
activity-keyring-made = Primeras claves de la instalación creadas
activity-root-key-published = Clave raíz publicada
activity-root-key-retired = Clave raíz eliminada
activity-root-key-withdrawn = Clave raíz filtrada retirada
activity-signing-key-published = Clave de firma publicada
activity-signing-key-retired = Clave de firma eliminada
activity-signing-key-withdrawn = Clave de firma filtrada retirada
activity-keys-rewrapped = Claves raíz cifradas con otra clave de KMS
activity-sign-in-dead = Inicio de sesión interrumpido tras demasiados intentos fallidos
activity-locked = Bloqueado un tiempo tras demasiados códigos incorrectos
activity-disabled = Desactivado tras demasiados códigos incorrectos, hasta un restablecimiento
activity-not-required = Sesión iniciada sin segundo paso: la política está desactivada
activity-skipped = Sesión iniciada sin segundo paso: omitido antes
activity-browser-trusted = Navegador de confianza añadido: allí no se pregunta durante un tiempo
activity-trusted-sign-in = Sesión iniciada sin preguntar: navegador de confianza
activity-trust-copied = Alguien usó una copia de un navegador de confianza: se le vuelve a preguntar
activity-trust-ended = Navegador de confianza eliminado
activity-grace-used = Sesión iniciada sin segundo paso: configuración aplazada
activity-opted-out = Configuración omitida
activity-opted-in = MFA activada tras una omisión
activity-denied = Rechazado: ningún método utilizable
activity-default-set = Usar siempre el correo: definido
activity-default-unset = Usar siempre el correo: anulado
activity-authenticator-removed = Se quitó una forma de iniciar sesión
activity-authenticator-renamed = Se cambió el nombre de una forma de iniciar sesión
activity-contact-added = Datos de contacto añadidos
activity-contact-changed = Datos de contacto cambiados
activity-details-changed = Nombre, organización o idioma cambiados
activity-reset = Restablecido por un administrador
activity-frozen = Congelado con el enlace de un aviso, hasta un restablecimiento
activity-fallback-sent = Código de la aplicación de autenticación enviado por correo{ $to }
activity-by-authenticator-app = { " de la aplicación de autenticación" }
activity-by-email = { " por correo electrónico" }
activity-by-sms = { " por SMS" }
activity-by-recovery-code = { " con un código de recuperación" }
activity-by-passkey = { " con una llave de acceso" }

# Los motivos del siguiente paso de un usuario.
next-step-locked = Demasiados códigos eran incorrectos, y no se comprueba ninguno hasta que pase la espera. Desbloquee al usuario para terminarla ahora.
next-step-locked-passkey = Demasiados códigos eran incorrectos, y no se comprueba ninguno hasta que pase la espera. El usuario todavía puede entrar con una llave de acceso. Desbloquee al usuario para terminar la espera ahora.
next-step-locked-recovery = Demasiados códigos eran incorrectos. Hasta que pase la espera solo se comprueba un código de recuperación, y después el usuario configura todo de nuevo. Desbloquee al usuario para terminar la espera ahora.
next-step-disabled = El autenticador del usuario se desactivó tras 100 códigos incorrectos seguidos. Restablezca al usuario para que lo configure de nuevo.
next-step-frozen = El acceso está bloqueado, porque alguien ha dicho que un cambio no era suyo. Compruebe quién lo pide y restablezca después al usuario; entonces un enlace por correo o un código de emergencia abre la inscripción.
next-step-disabled-recovery = El autenticador del usuario se desactivó tras demasiados códigos incorrectos seguidos. Se le pide un código de recuperación, y después configura todo de nuevo. Si ha perdido los códigos, restablézcalo.
next-step-off-bound = La política está desactivada, pero se sigue pidiendo a los usuarios que la han configurado, y este tiene un autenticador.
next-step-off-email-default = La política está desactivada, pero se sigue pidiendo a los usuarios que la han configurado, y este eligió el correo como opción predeterminada.
next-step-off-default-doubtful = La política está desactivada, pero se sigue pidiendo a los usuarios que la han configurado, y este eligió el correo como opción predeterminada. Ahora no puede enviarse ningún código a esa dirección: ya no está verificada o no consta, o no hay remitente definido. Restáurela, o restablezca al usuario.
next-step-off-bound-unknown = La política está desactivada, pero se sigue pidiendo a los usuarios que la han configurado, y este tiene un autenticador que solo conoce una versión más reciente de este servicio. Vuelva a actualizar, o restablezca al usuario.
next-step-off-never-enrolled = La política está desactivada, y este usuario nunca configuró nada: no se pide nada.
next-step-off-nobody = La política está desactivada, y no se pide nada a nadie.
next-step-demand = El usuario quiere cambiar sus propios ajustes, y se le pide una nueva prueba.
next-step-demand-unmet = El usuario quiere cambiar sus propios ajustes, y la política no lo permite.
next-step-demand-while-off = El usuario quiere cambiar sus propios ajustes, no tiene con qué probar que es él, y la política está desactivada.
next-step-step-up = El portal pide una prueba reciente, y el usuario tiene algo lo bastante fuerte.
next-step-cannot-step-up = El portal pide una prueba reciente, y nada de lo que tiene el usuario es lo bastante fuerte. El usuario lo añade en la configuración de seguridad.
next-step-skipped = El usuario eligió omitirlo, y la política lo permite.
next-step-trusted = El usuario está en un navegador de confianza y no se le pregunta.
next-step-bound-in-policy = El usuario ha configurado un método de la política, y se le pide su código.
next-step-directory = Los datos de contacto tienen un destino que la política usa; se envía un código allí.
next-step-email-default = El usuario eligió el correo como opción predeterminada; se envía un código allí.
next-step-nothing-to-enrol = El usuario no tiene ningún método utilizable, y la política no tiene ninguno que configurar. Complete los datos de contacto.
next-step-bound-unknown = El usuario tiene un autenticador que solo conoce una versión más reciente de este servicio, y nada más que cuente. Vuelva a actualizar, o restablezca al usuario.
next-step-bound-outside-policy = El método del usuario ya no está en la política: se pide una vez más, y después el usuario configura de nuevo.
next-step-default-outside-policy = El usuario eligió el correo como opción predeterminada, que la política ya no permite: se envía un código allí una vez más, y después el usuario configura.
next-step-link-needed = El usuario fue restablecido, perdió la dirección de su opción predeterminada o tiene que configurar de nuevo como todos, y la política exige antes un enlace enviado por correo. Un código de emergencia también sirve.
next-step-default-doubtful = El usuario eligió el correo como opción predeterminada, y ahora no puede enviarse ningún código a esa dirección: ya no está verificada o no consta, o no hay remitente definido. Restáurela, o restablezca al usuario.
next-step-email-first = El usuario no tiene ningún autenticador. Primero se envía un código a la dirección verificada, y después el usuario configura.
next-step-email-first-impossible = El usuario no tiene ningún autenticador, y la política exige un código por correo antes del primero, pero no hay ninguna dirección verificada a la que enviarlo. Haga verificar la dirección, o emita un código de emergencia.
next-step-grace = Se pide al usuario que configure un método, y todavía puede omitirlo.
next-step-enrol-or-skip = El usuario no tiene ningún autenticador, y configura uno o lo omite.
next-step-enrol = El usuario no tiene ningún autenticador, y tiene que configurar uno.
