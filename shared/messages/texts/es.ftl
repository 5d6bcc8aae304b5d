# Cómo se escribe el idioma.
text-direction = ltr
list-separator = { ", " }

# Lo que se lee durante un inicio de sesión.
sign-in-enter-app-code = Introduzca el código de 6 dígitos que muestra su aplicación de autenticación
sign-in-enter-sent-code = Introduzca el código de 6 dígitos enviado a { $to }
sign-in-choose = Elija cómo recibir su código de seguridad
sign-in-check-email = Revise su correo: le hemos enviado un enlace para volver a configurar la autenticación multifactor
sign-in-no-link = Tiene que volver a configurar la autenticación multifactor, pero no podemos enviarle un enlace por correo electrónico. Pida ayuda.
sign-in-done = Ha iniciado sesión
sign-in-prove-first = Antes de configurarlo, solicite un código por correo electrónico para demostrar que es usted
sign-in-no-proof = Antes de que configure la autenticación multifactor, tenemos que enviar un código a una dirección de correo electrónico suya que esté confirmada, y no tenemos ninguna. Pida ayuda para que confirmen su dirección de correo electrónico.
sign-in-no-way-in = No podemos comprobar que es usted. Pida ayuda.
sign-in-enrol-app = Configure una aplicación de autenticación para continuar
sign-in-enrol-email = Introduzca una dirección de correo electrónico para recibir sus códigos de seguridad y continuar
sign-in-enrol-sms = Introduzca un número de teléfono para recibir sus códigos de seguridad y continuar
sign-in-enrol-choose = Elija cómo configurar la autenticación multifactor
link-send-email = Enviar el código de seguridad por correo electrónico a { $to }
link-send-sms = Enviar el código de seguridad por SMS al { $to }
link-use-app = Usar la aplicación de autenticación
link-enrol-app = Configurar una aplicación de autenticación
link-skip = Omitir por ahora

# Correos electrónicos.
email-code-subject = Su código de seguridad para { $name }
email-code-heading = Su código de seguridad para { $name } es
email-code-once = { $minutes ->
    [one] Caduca en un minuto y solo se puede usar una vez. Nadie de { $name } se lo pedirá jamás.
   *[other] Caduca en { $minutes } minutos y solo se puede usar una vez. Nadie de { $name } se lo pedirá jamás.
 }
email-code-not-you = Si no ha intentado iniciar sesión, es posible que alguien conozca su contraseña: cámbiela.
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
email-notice-subject = Aviso de seguridad de { $name }
email-notice-not-you = Si ha sido usted, o si lo ha pedido, no tiene que hacer nada. Si no, avise a { $name } de inmediato.

# SMS: cortos, para que cada uno quepa en un segmento.
sms-code = { $name }: { $code } es su código de seguridad. Caduca en { $minutes } min. No lo comparta.
sms-read-out = { $name }: { $code } es para el administrador a quien ha pedido ayuda. Caduca en { $minutes } min. ¿No la ha pedido? No lo comparta.
sms-test = { $name }: los SMS funcionan. Esta prueba se ha enviado con la configuración vigente.
sms-notice = { $name }: { $what } ¿No ha sido usted? Avísenos ya.
sms-notice-more = { $name }: { $what } Hay más cambios. ¿No ha sido usted? Avísenos ya.
sms-notice-from = Desde { $device }.

# Avisos de cambios.
notice-enrolled = Se ha configurado una nueva forma de iniciar sesión en su cuenta.
notice-locked = Se han introducido demasiados códigos incorrectos en su cuenta.
notice-disabled = Su segundo paso se ha desactivado tras demasiados códigos incorrectos.
notice-default-set = A partir de ahora, los códigos de seguridad se enviarán siempre por correo.
notice-default-unset = Los códigos de seguridad ya no se envían siempre por correo.
notice-contact-changed = Se han cambiado los datos de contacto de su cuenta.
notice-opted-in = Se ha activado la autenticación multifactor en su cuenta.
notice-reset = Su segundo paso se ha restablecido. Configúrelo en el próximo inicio de sesión.
notice-unlocked = Un administrador ha desbloqueado su cuenta.
notice-skip-cleared = Se ha anulado su decisión de omitir el segundo paso.
notice-bypass-issued = Se ha emitido un código de emergencia para su cuenta.
notice-bypass-accepted = Se ha usado un código de emergencia para iniciar sesión en su cuenta.
notice-exported = Un administrador ha exportado los datos que se guardan sobre su cuenta.
notice-opted-out = Se ha omitido su segundo paso. Si no ha sido usted, cambie su contraseña.
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
notice-how-password-alone = en un inicio de sesión solo con la contraseña
notice-how-app-code = en un inicio de sesión, tras un código de la aplicación de autenticación
notice-how-email-code = en un inicio de sesión, tras un código por correo electrónico
notice-how-sms-code = en un inicio de sesión, tras un código por SMS
notice-how-mailed-link = en un inicio de sesión abierto con un enlace enviado por correo
notice-how-bypass-code = en un inicio de sesión, tras un código de emergencia
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
problem-sign-in-dead = Demasiados códigos eran incorrectos y este inicio de sesión ha terminado. Inicie sesión de nuevo desde el principio.
problem-too-many-sign-ins = Ha habido demasiados inicios de sesión en una hora. Espere antes de volver a intentarlo.
problem-locked = Demasiados códigos eran incorrectos. Espere antes de volver a intentarlo.
problem-locked-day = Demasiados códigos eran incorrectos en un día. Espere o pida ayuda.
problem-locked-month = Demasiados códigos eran incorrectos en un mes. Pida ayuda para poder entrar antes.
problem-locked-row = Demasiados códigos seguidos eran incorrectos. Pida ayuda para volver a entrar.
problem-authenticator-disabled = Demasiados códigos eran incorrectos y su segundo paso ya no funciona. Pida ayuda para volver a configurarlo.
problem-no-usable-method = No podemos comprobar que es usted. Pida ayuda para que completen sus datos de contacto.
problem-another-step = Este inicio de sesión pide ahora otro paso. Vuelva a abrirlo para ver qué sigue.
problem-method-not-offered = Esta forma no está disponible aquí. Elija una de las que se muestran.
problem-no-code-requested = No hay ningún código que comprobar: no se ha enviado ninguno, o ha caducado o ya se ha usado. Solicite uno nuevo.
problem-code-wrong = Ese código no se ha aceptado. Compruébelo e inténtelo de nuevo, o solicite uno nuevo.
problem-app-code-wrong = Ese código no se ha aceptado. Espere a que su aplicación muestre el código siguiente e introduzca ese. Si tampoco se acepta, ponga la fecha y la hora de su teléfono en automático.
problem-resend-too-soon = Hay un código en camino. Espere un poco antes de solicitar otro.
problem-no-sends-left = No se pueden enviar más códigos en este inicio de sesión. Inicie sesión de nuevo desde el principio.
problem-send-limit = Se han enviado demasiados códigos. Elija otra forma o espere antes de solicitar otro.
problem-send-limit-there = Se han enviado demasiados códigos. Espere antes de solicitar otro, o pida que se envíe a otro sitio.
problem-send-limit-wait = Se han enviado demasiados códigos. Espere antes de solicitar otro.
problem-country-not-allowed = No se pueden enviar códigos a este número. Introduzca otro.
problem-ticket-refused = Este enlace ya se ha usado o ha caducado. Inicie sesión de nuevo para recibir otro.
problem-skip-not-allowed = Este paso no se puede omitir. Siga los pasos que se muestran.
problem-default-not-allowed = Aquí no se puede usar el correo electrónico de forma predeterminada. Deje esa opción sin marcar.
problem-other-browser = Esta página pertenece a otro navegador, o las cookies están desactivadas. Inicie sesión de nuevo desde el principio, en este navegador.
problem-form-refused = Este formulario no procede de esta página. Vuelva a abrir la página y repita el paso.
problem-malformed-code = Introduzca los 6 dígitos del código.
problem-malformed-phone = Este número no puede recibir SMS. Introduzca un número de móvil, con el prefijo del país si es extranjero.
problem-malformed-email = Esto no es una dirección de correo electrónico. Introduzca una como nombre@example.com.

# Las páginas de inicio de sesión.
prompt-code-label = Código de seguridad
prompt-code-hint = 6 dígitos
prompt-continue = Continuar
prompt-busy = Espere, por favor…
prompt-always-email = ¿Usar siempre el correo electrónico para la autenticación multifactor?
prompt-send-again = Enviar de nuevo
prompt-not-arrived = ¿No ha recibido nada? Puede tardar un minuto, y un correo puede estar en la carpeta de spam.
prompt-attempts-left = { $count ->
    [one] Le queda un intento.
   *[other] Le quedan { $count } intentos.
 }
prompt-choose-other = O elija otra forma
prompt-app-steps = Escanee esta imagen con una aplicación de autenticación.
prompt-app-open = ¿Está en este teléfono? Ábralo en la aplicación
prompt-app-key = O escriba esta clave en la aplicación
prompt-app-entry = La aplicación lo mostrará como { $issuer }, { $account }.
prompt-app-code = Después, introduzca el código de 6 dígitos que muestra la aplicación
prompt-qr-alt = Código QR para la aplicación de autenticación
prompt-copy = Copiar
prompt-copied = Copiado
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
prompt-locked-minutes = { $count ->
    [one] Podrá intentarlo de nuevo en un minuto.
   *[other] Podrá intentarlo de nuevo en { $count } minutos.
 }
prompt-over-title = Este inicio de sesión ha terminado
prompt-denied-title = No podemos dejarle entrar
prompt-problem-title = No ha funcionado
prompt-done-title = Todo listo
prompt-done-app = A partir de ahora, inicie sesión con el código que muestra su aplicación de autenticación.
prompt-done-sent = A partir de ahora, se enviará ahí un código de seguridad cada vez que inicie sesión.
prompt-finish = Finalizar
prompt-again = Intentar de nuevo
prompt-back = Volver a { $name }
prompt-help = ¿Necesita ayuda?
prompt-no-support = Pregunte a los responsables de este portal.
prompt-bypass = ¿Le han dado un código de emergencia? Introdúzcalo aquí
