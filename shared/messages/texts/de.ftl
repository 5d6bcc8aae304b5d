# Wie die Sprache geschrieben wird.
text-direction = ltr
thousands-separator = { "." }
list-separator = { ", " }

# Was man während der Anmeldung liest.
sign-in-enter-app-code = Geben Sie den 6-stelligen Code aus Ihrer Authentifizierungs-App ein
sign-in-enter-recovery-code = Geben Sie einen Ihrer Wiederherstellungscodes ein
sign-in-use-passkey = Verwenden Sie Ihren Passkey, um fortzufahren
sign-in-codes-locked = Zu viele Codes waren falsch, deshalb werden vorerst keine Codes angenommen. Ihr Passkey funktioniert weiterhin.
sign-in-passkey-elsewhere = Ihr Passkey gehört zu einer anderen Adresse und kann hier nicht verwendet werden.
sign-in-passkey-synced = Passkeys, die auf andere Geräte kopiert werden, werden hier nicht mehr akzeptiert.
sign-in-passkeys-nowhere = Passkeys können hier zurzeit nicht verwendet werden.
sign-in-get-help = Bitten Sie um Hilfe, um sich anmelden zu können.
sign-in-comes-back = Nachrichten an { $to } kommen zurück, deshalb wird 24 Stunden lang nichts dorthin gesendet.
sign-in-nothing-reaches = Zurzeit können wir Ihnen auf keinem Weg einen Code senden. Bitten Sie um Hilfe, um sich anmelden zu können, oder versuchen Sie es später noch einmal.
sign-in-recover = Zu viele Codes waren falsch. Geben Sie einen Ihrer Wiederherstellungscodes ein, und richten Sie danach die Multi-Faktor-Authentifizierung neu ein
sign-in-keep-codes = Bewahren Sie Ihre Wiederherstellungscodes sicher auf: Jeder lässt Sie einmal hinein, wenn Sie Ihr Telefon verlieren
sign-in-few-codes = { $count ->
    [one] Ein Wiederherstellungscode ist übrig
   *[other] { $count } Wiederherstellungscodes sind übrig
 }
sign-in-last-code = Das war Ihr letzter Wiederherstellungscode
sign-in-codes-died = Ihre Wiederherstellungscodes funktionieren nicht mehr, weil dieser Dienst aus einer Sicherung wiederhergestellt wurde. Werfen Sie sie weg.
sign-in-enter-sent-code = Geben Sie den 6-stelligen Code ein, der an { $to } gesendet wurde
sign-in-enter-late-code = Das Senden eines Codes an { $to } hat zu lange gedauert. Geben Sie ihn ein, wenn er ankommt; wenn nicht, lassen Sie ihn noch einmal senden, oder nutzen Sie einen anderen Weg
sign-in-choose = Wählen Sie, wie Sie Ihren Sicherheitscode erhalten möchten
sign-in-check-email = In Ihren E-Mails finden Sie einen Link, mit dem Sie die Multi-Faktor-Authentifizierung neu einrichten können
sign-in-no-link = Sie müssen die Multi-Faktor-Authentifizierung neu einrichten, aber wir können Ihnen keinen Link per E-Mail senden. Bitten Sie um Hilfe.
sign-in-done = Sie sind angemeldet
sign-in-prove-first = Fordern Sie zuerst einen Code per E-Mail an, um zu zeigen, dass Sie es sind
sign-in-no-proof = Bevor Sie die Multi-Faktor-Authentifizierung einrichten, müssen wir einen Code an eine bestätigte E-Mail-Adresse von Ihnen senden, und wir haben keine. Bitten Sie um Hilfe, um Ihre E-Mail-Adresse bestätigen zu lassen.
sign-in-no-way-in = Wir können nicht prüfen, ob Sie es sind. Bitten Sie um Hilfe.
sign-in-settings = Sie können ändern, wie Sie sich anmelden
sign-in-no-settings = Sie können hier nicht ändern, wie Sie sich anmelden. Bitten Sie um Hilfe.
sign-in-step-up-needs-code = Um das zu bestätigen, brauchen Sie einen Weg, Codes zu erhalten, und Sie haben keinen.
sign-in-step-up-needs-app = Um das zu bestätigen, brauchen Sie eine Authenticator-App oder einen Passkey, und Sie haben keines von beiden.
sign-in-step-up-needs-passkey = Um das zu bestätigen, brauchen Sie einen Passkey, und Sie haben keinen.
sign-in-step-up-add = Richten Sie das zuerst in Ihren Sicherheitseinstellungen ein.
sign-in-step-up-ask = Bitten Sie um Hilfe bei der Einrichtung.
sign-in-enrol-app = Richten Sie eine Authentifizierungs-App ein, um fortzufahren
sign-in-enrol-passkey = Richten Sie einen Passkey für die Anmeldung ein
sign-in-enrol-email = Geben Sie eine E-Mail-Adresse für Ihre Sicherheitscodes ein, um fortzufahren
sign-in-enrol-sms = Geben Sie eine Telefonnummer für Ihre Sicherheitscodes ein, um fortzufahren
sign-in-enrol-choose = Wählen Sie, wie Sie die Multi-Faktor-Authentifizierung einrichten möchten
sign-in-grace-until = Richten Sie es bis zum { $date } ein. Bis dahin können Sie es überspringen.
sign-in-grace-sign-ins = { $count ->
    [one] Sie können dies noch einmal überspringen.
   *[other] Sie können dies noch { $count }-mal überspringen.
 }
authenticator-app = Authentifizierungs-App
authenticator-passkey = Passkey
authenticator-email = E-Mail
authenticator-sms = SMS
authenticator-by-day = { $what }, hinzugefügt am { $date }
date-day = { $day }. { $month } { $year }
month-names = Januar Februar März April Mai Juni Juli August September Oktober November Dezember
link-send-email = Sicherheitscode per E-Mail an { $to } senden
link-send-sms = Sicherheitscode per SMS an { $to } senden
link-use-app = Authentifizierungs-App verwenden
link-use-recovery-code = Einen Wiederherstellungscode verwenden
link-use-passkey = Passkey verwenden
link-enrol-app = Authentifizierungs-App einrichten
link-enrol-passkey = Passkey einrichten
link-skip = Vorerst überspringen
link-add-app = Authentifizierungs-App hinzufügen
link-add-passkey = Passkey hinzufügen
link-replace-app = Neue App anstelle von { $name } einrichten
link-remove-authenticator = { $name } entfernen
link-unset-default = Nicht mehr immer E-Mail verwenden
link-end-trust = { $name } nicht mehr vertrauen
link-end-trust-all = Keinem Browser mehr vertrauen

# E-Mails.
email-code-subject = Ihr Sicherheitscode für { $name }
email-code-heading = Ihr Sicherheitscode für { $name } lautet
email-code-once = { $minutes ->
    [one] Er läuft in einer Minute ab und kann nur einmal verwendet werden. Niemand von { $name } wird Sie jemals danach fragen.
   *[other] Er läuft in { $minutes } Minuten ab und kann nur einmal verwendet werden. Niemand von { $name } wird Sie jemals danach fragen.
 }
email-code-not-you = Wenn Sie sich nicht anmelden wollten, kennt vielleicht jemand Ihr Passwort: Ändern Sie es.
email-text-not-you = Wenn Sie etwas anderes bestätigen wollten, geben Sie den Code nicht ein, und sagen Sie { $name } sofort Bescheid.
email-read-out-subject = Code zum Vorlesen für die Administration von { $name }
email-read-out-heading = Lesen Sie diesen Code der Person aus der Administration von { $name } vor, die Sie um Hilfe gebeten haben:
email-read-out-once = { $minutes ->
    [one] Er läuft in einer Minute ab. Die Administration setzt damit Ihren zweiten Schritt zurück. Danach richten Sie ihn neu ein.
   *[other] Er läuft in { $minutes } Minuten ab. Die Administration setzt damit Ihren zweiten Schritt zurück. Danach richten Sie ihn neu ein.
 }
email-read-out-not-you = Wenn Sie { $name } nicht gerade eben um Hilfe gebeten haben, geben Sie den Code nicht weiter, und melden Sie es sofort { $name }.
email-address-subject = Bestätigen Sie Ihre E-Mail-Adresse für { $name }
email-address-heading = Geben Sie diesen Code in { $name } ein, um Ihre E-Mail-Adresse zu bestätigen:
email-address-once = { $minutes ->
    [one] Er läuft in einer Minute ab und kann nur einmal verwendet werden. Änderungen an Ihrem Konto werden Ihnen an diese Adresse gemeldet.
   *[other] Er läuft in { $minutes } Minuten ab und kann nur einmal verwendet werden. Änderungen an Ihrem Konto werden Ihnen an diese Adresse gemeldet.
 }
email-address-not-you = Wenn Sie diese Adresse nicht eingegeben haben, brauchen Sie nichts zu tun.
email-link-subject = Multi-Faktor-Authentifizierung für { $name } neu einrichten
email-link-heading = Öffnen Sie diesen Link, um die Multi-Faktor-Authentifizierung für { $name } neu einzurichten:
email-link-button = Jetzt einrichten
email-link-once = { $minutes ->
    [one] Er läuft in einer Minute ab und funktioniert nur einmal und nur für Ihr Konto.
   *[other] Er läuft in { $minutes } Minuten ab und funktioniert nur einmal und nur für Ihr Konto.
 }
email-link-not-you = Wenn Sie sich nicht anmelden wollten, kennt vielleicht jemand Ihr Passwort: Ändern Sie es, und öffnen Sie den Link nicht.
email-test-subject = Testnachricht von { $name }
email-test-heading = E-Mails von { $name } funktionieren: Diese Nachricht wurde mit den geltenden Einstellungen gesendet.
email-test-not-you = Sie brauchen nichts zu tun. Wenn Sie diese Nachricht nicht angefordert haben, melden Sie es einem anderen Operator.
email-reminder-subject = Richten Sie Ihren zweiten Schritt für { $name } ein
email-reminder-heading = { $name } fragt bei der Anmeldung jetzt nach einem zweiten Schritt, und Sie haben noch keinen eingerichtet.
email-reminder-page = Öffnen Sie die Seite oben, und melden Sie sich wie gewohnt an. Dort sehen Sie, wie Sie Ihren zweiten Schritt einrichten.
email-reminder-sign-in = Bei Ihrer nächsten Anmeldung sehen Sie, wie Sie Ihren zweiten Schritt einrichten.
email-reminder-not-you = Die Administration hat um diese Erinnerung gebeten. An Ihrem Konto wurde nichts geändert.
email-notice-subject = Sicherheitshinweis von { $name }
email-notice-not-you = Wenn Sie das waren oder darum gebeten haben, brauchen Sie nichts zu tun. Wenn nicht, melden Sie es sofort { $name }.
email-freeze-line = Das waren nicht Sie? Sperren Sie mit diesem Link die Anmeldung bei Ihrem Konto. Er funktioniert 7 Tage lang:
email-freeze-button = Das war ich nicht

# SMS: nur Zeichen des SMS-Alphabets, und so kurz, dass ein Segment reicht.
sms-code = { $name }: { $code } ist Ihr Sicherheitscode. Er gilt { $minutes } Min. Geben Sie ihn nicht weiter.
sms-text-code = Code: { $code }
sms-text-line = { $name }: nur eingeben, wenn das stimmt. Nicht weitergeben.
sms-read-out = { $name }: { $code } ist für die Administration, die Sie um Hilfe gebeten haben. Er gilt { $minutes } Min. Nicht angefragt? Nicht weitergeben!
sms-test = { $name }: SMS funktionieren. Dieser Test wurde mit den geltenden Einstellungen gesendet.
sms-notice = { $name }: { $what } Nicht Sie? Melden Sie es uns sofort.
sms-notice-more = { $name }: { $what } Es gab weitere Änderungen. Nicht Sie? Sofort melden!
sms-notice-from = Von { $device }.

# Hinweise auf Änderungen.
notice-enrolled = Für Ihr Konto wurde eine neue Anmeldemethode eingerichtet.
notice-authenticator-removed = Eine Anmeldemethode wurde aus Ihrem Konto entfernt.
notice-locked = Für Ihr Konto wurden zu viele falsche Codes eingegeben.
notice-disabled = Ihr zweiter Schritt wurde nach zu vielen falschen Codes deaktiviert.
notice-default-set = Sicherheitscodes werden ab jetzt immer per E-Mail gesendet.
notice-default-unset = Sicherheitscodes werden nicht mehr immer per E-Mail gesendet.
notice-contact-changed = Die Kontaktdaten Ihres Kontos wurden geändert.
notice-opted-in = Für Ihr Konto wurde die Multi-Faktor-Authentifizierung eingeschaltet.
notice-reset = Ihr zweiter Schritt wurde zurückgesetzt. Sie richten ihn bei der Anmeldung neu ein.
notice-frozen = Die Anmeldung bei Ihrem Konto wurde gesperrt.
notice-unlocked = Ihr Konto wurde von der Administration entsperrt.
notice-skip-cleared = Ihre Entscheidung, den zweiten Schritt zu überspringen, wurde aufgehoben.
notice-bypass-issued = Für Ihr Konto wurde ein Notfallcode ausgestellt.
notice-bypass-accepted = Mit einem Notfallcode hat sich jemand bei Ihrem Konto angemeldet.
notice-recovery-codes-made = Für Ihr Konto gibt es neue Wiederherstellungscodes.
notice-recovery-code-used = Mit einem Wiederherstellungscode hat sich jemand angemeldet.
notice-recovery-codes-low = Für Ihr Konto sind höchstens drei Wiederherstellungscodes übrig.
notice-recovery-codes-locked = Zu viele falsche Wiederherstellungscodes für Ihr Konto.
notice-recovery-codes-withdrawn = Ihre Wiederherstellungscodes gelten nicht mehr. Erstellen Sie neue.
notice-enrolment-reminder = Richten Sie einen zweiten Schritt ein: Die Anmeldung fragt jetzt danach.
notice-exported = Die Administration hat die über Ihr Konto gespeicherten Daten exportiert.
notice-opted-out = Ihr zweiter Schritt wurde übersprungen. Waren Sie das nicht, ändern Sie Ihr Passwort.
notice-trust-copied = Ein vertrauenswürdiger Browser wurde vielleicht kopiert.
notice-erased = Ihr Konto wurde gelöscht, mit allem, was Sie zur Anmeldung eingerichtet hatten.
notice-admin-changed = Ihre Rechte in der Konsole wurden geändert.
notice-admin-removed = Ihr Zugang zur Konsole wurde entzogen.
notice-admin-reset = Ihr Passwort und Ihr zweiter Schritt für die Konsole wurden zurückgesetzt.
notice-password-changed = Ihr Passwort für die Konsole wurde geändert.
notice-password-locked = Für Ihr Konto wurden zu viele falsche Passwörter eingegeben. Manche werden vorerst nicht geprüft. Wenn Sie sich nicht anmelden können, bitten Sie einen anderen Operator, Sie zu entsperren.
notice-admin-unlocked = Ihr Konto für die Konsole wurde entsperrt.
notice-admin-sessions-ended = Alle Ihre Sitzungen in der Konsole wurden beendet.
notice-other = In Ihrem Konto wurde etwas geändert.
notice-several = In Ihrem Konto wurde mehr geändert:
notice-times = { $what } ({ $count }-mal)
notice-detail = Wann und wie: { $detail }.
notice-last = Zuletzt: { $detail }.
notice-from = von { $device }
notice-device = { $browser } unter { $system }
device-unknown = Unbekannter Browser
notice-how-password-alone = bei einer Anmeldung nur mit dem Passwort
notice-how-app-code = bei einer Anmeldung, nach einem Code der Authentifizierungs-App
notice-how-email-code = bei einer Anmeldung, nach einem Code per E-Mail
notice-how-sms-code = bei einer Anmeldung, nach einem Code per SMS
notice-how-mailed-link = bei einer Anmeldung, die mit einem Link aus einer E-Mail geöffnet wurde
notice-how-bypass-code = bei einer Anmeldung, nach einem Notfallcode
notice-how-freeze-link = mit dem Link eines Sicherheitshinweises
notice-how-recovery-code = bei einer Anmeldung, nach einem Wiederherstellungscode
notice-how-passkey = bei einer Anmeldung, nach Verwendung eines Passkeys
notice-how-sign-in = bei einer Anmeldung
notice-how-admin = durch die Administration des Anmeldedienstes
notice-how-portal-admin = durch die Administration von { $name }
notice-how-portal = durch { $name }

# Probleme, jeweils mit dem nächsten Schritt.
problem-unavailable = Der Dienst kann gerade nicht antworten. Versuchen Sie es gleich noch einmal.
problem-conflict = Mehrere Anfragen kamen gleichzeitig. Versuchen Sie es noch einmal.
problem-delivery-failed = Der Code konnte nicht gesendet werden. Wählen Sie einen anderen Weg, oder versuchen Sie es gleich noch einmal.
problem-delivery-failed-wait = Der Code konnte nicht gesendet werden. Versuchen Sie es gleich noch einmal.
problem-sign-in-unknown = Diese Anmeldung ist beendet oder hat nie existiert. Melden Sie sich von Anfang an neu an.
problem-sign-in-expired = Diese Anmeldung hat zu lange gedauert und ist beendet. Melden Sie sich von Anfang an neu an.
problem-sign-in-done = Diese Anmeldung ist bereits abgeschlossen. Gehen Sie weiter zum Portal, oder melden Sie sich von Anfang an neu an.
problem-sign-in-dead = Es gab zu viele falsche Versuche, und diese Anmeldung ist beendet. Melden Sie sich von Anfang an neu an.
problem-too-many-sign-ins = Es gab zu viele Anmeldungen innerhalb einer Stunde. Warten Sie, bevor Sie es noch einmal versuchen.
problem-over-share = Im Moment kommen zu viele Anfragen auf einmal. Warten Sie eine Minute, und versuchen Sie es noch einmal.
problem-locked = Zu viele Codes waren falsch. Warten Sie, bevor Sie es noch einmal versuchen.
problem-locked-day = Zu viele Codes waren an einem Tag falsch. Warten Sie, oder bitten Sie um Hilfe.
problem-locked-month = Zu viele Codes waren in einem Monat falsch. Bitten Sie um Hilfe, um sich früher anmelden zu können.
problem-locked-row = Zu viele Codes nacheinander waren falsch. Bitten Sie um Hilfe, um sich wieder anmelden zu können.
problem-authenticator-disabled = Zu viele Codes waren falsch, und Ihr zweiter Schritt funktioniert nicht mehr. Bitten Sie um Hilfe, um ihn neu einzurichten.
problem-frozen = Die Anmeldung ist gesperrt, weil eine Änderung als fremd gemeldet wurde. Bitten Sie um Hilfe, um wieder Zugang zu bekommen.
problem-no-usable-method = Wir können nicht prüfen, ob Sie es sind. Bitten Sie um Hilfe, um Ihre Kontaktdaten ergänzen zu lassen.
problem-another-step = Diese Anmeldung verlangt jetzt einen anderen Schritt. Rufen Sie sie erneut auf, um zu sehen, was als Nächstes kommt.
problem-method-not-offered = Dieser Weg ist hier nicht verfügbar. Wählen Sie einen der angezeigten Wege.
problem-no-code-requested = Es gibt keinen Code zu prüfen: Es wurde keiner gesendet, oder er ist abgelaufen oder wurde schon verwendet. Fordern Sie einen neuen an.
problem-code-wrong = Dieser Code wurde nicht akzeptiert. Prüfen Sie ihn und versuchen Sie es noch einmal, oder fordern Sie einen neuen an.
problem-app-code-wrong = Dieser Code wurde nicht akzeptiert. Warten Sie, bis Ihre App den nächsten Code anzeigt, und geben Sie diesen ein. Wenn auch er nicht akzeptiert wird, stellen Sie Datum und Uhrzeit Ihres Telefons auf automatisch.
problem-recovery-code-wrong = Dieser Code wurde nicht akzeptiert. Jeder Wiederherstellungscode funktioniert einmal. Prüfen Sie ihn und versuchen Sie es erneut, oder geben Sie einen anderen ein.
problem-bypass-code-wrong = Dieser Notfallcode wurde nicht akzeptiert. Prüfen Sie ihn und versuchen Sie es noch einmal, oder lassen Sie sich einen neuen geben.
problem-passkey-wrong = Dieser Passkey wurde nicht akzeptiert. Versuchen Sie es noch einmal, oder melden Sie sich auf einem anderen Weg an.
problem-passkey-refused = Dieser Passkey kann hier nicht verwendet werden. Versuchen Sie es noch einmal, oder melden Sie sich auf einem anderen Weg an.
problem-passkey-synced = Dieser Dienst nimmt nur Passkeys an, die auf einem Gerät bleiben. Verwenden Sie einen auf diesem Gerät selbst oder auf einem Sicherheitsschlüssel, oder melden Sie sich auf einem anderen Weg an.
problem-passkey-unverified = Dafür muss Ihr Gerät Ihren Fingerabdruck, Ihr Gesicht oder Ihre PIN prüfen. Versuchen Sie es noch einmal, oder melden Sie sich auf einem anderen Weg an.
problem-resend-too-soon = Ein Code ist unterwegs. Warten Sie ein wenig, bevor Sie einen weiteren anfordern.
problem-no-sends-left = In dieser Anmeldung können keine weiteren Codes gesendet werden. Melden Sie sich von Anfang an neu an.
problem-send-limit = Es wurden zu viele Codes gesendet. Wählen Sie einen anderen Weg, oder warten Sie, bevor Sie einen weiteren anfordern.
problem-send-limit-there = Es wurden zu viele Codes gesendet. Warten Sie, bevor Sie einen weiteren anfordern, oder lassen Sie ihn woandershin senden.
problem-send-limit-wait = Es wurden zu viele Codes gesendet. Warten Sie, bevor Sie einen weiteren anfordern.
problem-country-not-allowed = An diese Nummer können keine Codes gesendet werden. Geben Sie eine andere ein.
problem-ticket-refused = Dieser Link wurde schon verwendet oder ist abgelaufen. Melden Sie sich neu an, um einen weiteren zu erhalten.
problem-freeze-link-refused = Dieser Link funktioniert nicht mehr: Er ist älter als 7 Tage, das Konto wurde seitdem zurückgesetzt oder gesperrt, oder die Adresse, an die er ging, gehört nicht mehr zum Konto. Wenn Sie eine Änderung nicht kennen, bitten Sie sofort um Hilfe.
problem-skip-not-allowed = Dieser Schritt kann nicht übersprungen werden. Folgen Sie den angezeigten Schritten.
problem-default-not-allowed = E-Mail kann hier nicht zum Standard werden. Lassen Sie diese Auswahl weg.
problem-settings-closed = Zeigen Sie noch einmal, dass Sie es sind, bevor Sie Ihre Anmeldung ändern: Öffnen Sie Ihre Einstellungen erneut.
problem-last-authenticator = Dies ist Ihre einzige Anmeldemethode und kann nicht entfernt werden. Fügen Sie zuerst eine andere hinzu.
problem-too-many-authenticators = Es ist kein Platz für eine weitere. Entfernen Sie zuerst eine, oder ersetzen Sie sie.
problem-authenticator-unknown = Dies wurde bereits entfernt oder nie eingerichtet. Sehen Sie sich Ihre Einstellungen erneut an.
problem-other-browser = Diese Seite gehört zu einem anderen Browser, oder Cookies sind ausgeschaltet. Melden Sie sich in diesem Browser von Anfang an neu an.
problem-text-refused = Was Sie bestätigen sollen, kann nicht angezeigt werden. Gehen Sie dorthin zurück, woher Sie kamen, und beginnen Sie von vorn.
problem-form-refused = Dieses Formular stammt nicht von dieser Seite. Öffnen Sie die Seite neu und wiederholen Sie den Schritt.
problem-malformed-code = Geben Sie alle 6 Ziffern des Codes ein.
problem-malformed-recovery-code = Geben Sie alle 15 Buchstaben und Ziffern des Wiederherstellungscodes ein.
problem-codes-not-kept = Bewahren Sie die Codes zuerst auf, und setzen Sie dann das Häkchen.
problem-malformed-phone = Diese Nummer kann keine SMS empfangen. Geben Sie eine Mobilnummer ein, aus dem Ausland mit der Ländervorwahl.
problem-malformed-email = Das ist keine E-Mail-Adresse. Geben Sie eine wie name@example.com ein.
problem-malformed-name = Das kann kein Name sein. Nehmen Sie bis zu 32 Buchstaben, Ziffern und Zeichen in einer Zeile.

# Die Anmeldeseiten.
prompt-account = Konto: { $account }
prompt-text = Sie bestätigen:
prompt-error-title = Fehler: { $title }
prompt-code-label = Sicherheitscode
prompt-code-hint = 6 Ziffern
prompt-continue = Weiter
prompt-busy = Bitte warten …
prompt-always-email = Für die Multi-Faktor-Authentifizierung immer E-Mail verwenden?
prompt-remember-browser = { $days ->
    [one] In diesem Browser 1 Tag lang nicht mehr fragen
   *[other] In diesem Browser { $days } Tage lang nicht mehr fragen
 }
prompt-send-again = Erneut senden
prompt-not-arrived = Nichts angekommen? Es kann eine Minute dauern, und eine E-Mail kann im Spam-Ordner liegen.
prompt-attempts-left = { $count ->
    [one] Sie haben noch einen Versuch.
   *[other] Sie haben noch { $count } Versuche.
 }
prompt-choose-other = Oder wählen Sie einen anderen Weg
prompt-app-add = Fügen Sie dieses Konto Ihrer App hinzu
prompt-app-steps = Scannen Sie dieses Bild mit einer Authentifizierungs-App.
prompt-app-open = Authentifizierungs-App öffnen
prompt-app-elsewhere = Auf einem anderen Gerät
prompt-app-key = Oder geben Sie diesen Schlüssel in die App ein:
prompt-app-entry = In der App heißt der Eintrag { $issuer }, { $account }.
prompt-app-code = Geben Sie den 6-stelligen Code ein, den die App anzeigt
prompt-app-none = Noch keine Authentifizierungs-App? Installieren Sie eine aus dem App-Store Ihres Geräts, zum Beispiel Google Authenticator oder Microsoft Authenticator. Jede App für 6-stellige Codes ist geeignet.
prompt-qr-alt = QR-Code für die Authentifizierungs-App
prompt-copy = Kopieren
prompt-copied = Kopiert
prompt-codes-title = Bewahren Sie Ihre Wiederherstellungscodes auf
prompt-codes-why = Wenn Sie Ihr Telefon verlieren, lässt Sie jeder dieser Codes einmal hinein. Bewahren Sie sie an einem sicheren Ort auf, nicht auf dem Telefon: Sie werden nicht noch einmal angezeigt. Codes, die Sie vorher hatten, gelten nicht mehr.
prompt-codes-list = Ihre Wiederherstellungscodes
prompt-codes-save = Als Datei speichern
prompt-codes-print = Drucken
prompt-codes-kept = Ich habe diese Codes aufbewahrt
prompt-codes-file = Wiederherstellungscodes für { $name }. Jeder funktioniert einmal.
prompt-codes-few = Richten Sie Ihren zweiten Schritt bald neu ein, damit Sie sie nicht brauchen.
prompt-recovery-label = Wiederherstellungscode
prompt-recovery-hint = 15 Buchstaben und Ziffern
prompt-recovery-locked = Wenn Sie Wiederherstellungscodes haben, geben Sie jetzt einen ein, und richten Sie danach die Multi-Faktor-Authentifizierung neu ein.
prompt-phone-label = Telefonnummer
prompt-phone-hint = Eine Mobilnummer; aus dem Ausland mit Ländervorwahl, zum Beispiel +49 151 23456789
prompt-email-label = E-Mail-Adresse
prompt-email-hint = Sicherheitscodes werden dorthin gesendet
prompt-send-code = Sicherheitscode senden
prompt-enrol-email = E-Mail-Adresse verwenden
prompt-enrol-sms = Telefonnummer verwenden
prompt-change-email = E-Mail-Adresse ändern
prompt-change-phone = Telefonnummer ändern
prompt-check-email-title = Sehen Sie in Ihren E-Mails nach
prompt-spam = Der Link funktioniert einmal und eine halbe Stunde lang. Schließen Sie diese Seite, sobald Sie ihn haben.
prompt-locked-title = Bitte warten
prompt-link-sent = Der Link wurde an { $to } gesendet.
prompt-link-not-arrived = Nichts angekommen? Es kann eine Minute dauern, und die E-Mail kann im Spam-Ordner liegen.
prompt-wait-minutes = { $count ->
    [one] Sie können es in einer Minute noch einmal versuchen.
   *[other] Sie können es in { $count } Minuten noch einmal versuchen.
 }
prompt-wait-hours = { $count ->
    [one] Sie können es in einer Stunde noch einmal versuchen.
   *[other] Sie können es in { $count } Stunden noch einmal versuchen.
 }
prompt-wait-days = { $count ->
    [one] Sie können es in einem Tag noch einmal versuchen.
   *[other] Sie können es in { $count } Tagen noch einmal versuchen.
 }
prompt-over-title = Diese Anmeldung ist beendet
prompt-denied-title = Wir können Sie nicht anmelden
prompt-problem-title = Das hat nicht geklappt
prompt-done-title = Alles ist eingerichtet
prompt-done-app = Melden Sie sich ab jetzt mit dem Code an, den Ihre Authentifizierungs-App anzeigt.
prompt-done-passkey = Melden Sie sich von jetzt an mit Ihrem Passkey an.
prompt-done-sent = Ab jetzt wird bei jeder Anmeldung ein Sicherheitscode dorthin gesendet.
prompt-finish = Fertig
prompt-again = Erneut versuchen
prompt-back = Zurück zu { $name }
prompt-help = Brauchen Sie Hilfe?
prompt-no-support = Wenden Sie sich an die Betreiber dieses Portals.
prompt-settings-title = Sicherheitseinstellungen
prompt-settings-intro = Sie können das zehn Minuten lang ändern. Öffnen Sie die Seite danach von { $name } aus erneut.
prompt-settings-bound = So melden Sie sich an
prompt-settings-bound-none = Nichts ist eingerichtet.
prompt-settings-added = Hinzugefügt am { $date }
prompt-settings-change = Ändern
prompt-settings-name = Name
prompt-settings-name-save = Namen speichern
prompt-settings-remove = Entfernen
prompt-settings-replace = An seiner Stelle etwas Neues einrichten
prompt-settings-last = { $name } verlangt einen zweiten Schritt, und dies ist Ihr einziger. Fügen Sie einen weiteren hinzu, bevor Sie ihn entfernen.
prompt-settings-add = Weitere Möglichkeit hinzufügen
prompt-settings-full = Mehr Möglichkeiten passen nicht. Entfernen Sie eine, um eine andere hinzuzufügen.
prompt-settings-default = Sicherheitscodes kommen immer zuerst per E-Mail.
prompt-settings-activity = Letzte Aktivitäten
prompt-settings-activity-not-you = War etwas davon nicht von Ihnen? Bitten Sie sofort um Hilfe.
prompt-settings-remove-text = Sie können sich damit dann nicht mehr anmelden. Sie können es später wieder hinzufügen.
prompt-settings-remove-keep = Behalten
prompt-settings-done-added = Es wurde hinzugefügt.
prompt-settings-done-renamed = Der Name wurde gespeichert.
prompt-settings-done-removed = Es wurde entfernt.
prompt-settings-done-default = Es wird wieder zuerst nach der App gefragt.
prompt-settings-codes = Wiederherstellungscodes
prompt-settings-codes-left = { $count ->
    [one] Einer von zehn ist übrig. Sie wurden am { $date } erstellt.
   *[other] { $count } von 10 sind übrig. Sie wurden am { $date } erstellt.
 }
prompt-settings-codes-none = Sie haben keine.
prompt-settings-codes-new = Neue Wiederherstellungscodes erstellen
prompt-settings-codes-void = Die bisherigen Codes funktionieren dann sofort nicht mehr.
prompt-settings-done-codes = Sie haben neue Wiederherstellungscodes.
prompt-settings-trusted = Vertrauenswürdige Browser
prompt-settings-trusted-text = In diesen Browsern werden Sie nicht nach einem zweiten Schritt gefragt.
prompt-settings-trusted-days = Seit { $since }, bis { $until }
prompt-settings-trusted-end = Nicht mehr vertrauen
prompt-settings-done-trust = Sie werden dort wieder gefragt.
prompt-settings-second-title = Eine zweite Möglichkeit hinzufügen
prompt-settings-second-text = Wenn Sie Ihr Telefon verlieren, kommen Sie damit hinein, ohne jemanden zu fragen. Nehmen Sie dafür nach Möglichkeit ein anderes Gerät.
prompt-settings-second-no = Nein, danke
prompt-settings-second-later = Sie können sie später in Ihren Sicherheitseinstellungen hinzufügen.
prompt-passkey-use = Passkey verwenden
prompt-passkey-use-text = Ihr Gerät fragt nach Ihrem Fingerabdruck, Ihrem Gesicht oder Ihrer PIN oder danach, dass Sie Ihren Sicherheitsschlüssel berühren.
prompt-passkey-make = Passkey erstellen
prompt-passkey-make-text = Mit einem Passkey melden Sie sich mit Fingerabdruck, Gesicht, PIN oder einem Sicherheitsschlüssel an. Sie müssen keinen Code eingeben, und niemand kann Ihnen einen entlocken.
prompt-passkey-no-script = Passkeys brauchen JavaScript, das auf dieser Seite nicht läuft. Schalten Sie es ein und laden Sie die Seite neu, oder wählen Sie einen anderen Weg.
prompt-passkey-no-browser = Dieser Browser kann hier keine Passkeys verwenden. Nehmen Sie einen anderen Browser oder ein anderes Gerät, oder wählen Sie einen anderen Weg.
prompt-passkey-cancelled = Es wurde kein Passkey verwendet. Der Vorgang wurde abgebrochen, oder dieses Gerät hat keinen von Ihnen für diesen Dienst. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
prompt-passkey-not-made = Es wurde kein Passkey erstellt. Der Vorgang wurde abgebrochen, oder dieses Gerät kann keinen erstellen, der hier angenommen wird. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
prompt-passkey-late = Das hat zu lange gedauert. Versuchen Sie es noch einmal.
prompt-passkey-elsewhere = Unter der Adresse dieser Seite können keine Passkeys verwendet werden. Wählen Sie einen anderen Weg.
prompt-passkey-there = Dieses Gerät hat schon einen Passkey von Ihnen. Verwenden Sie diesen, oder erstellen Sie einen auf einem anderen Gerät.
prompt-passkey-failed = Der Browser konnte es nicht ausführen. Versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
prompt-passkey-offer-later = Sie können später in Ihren Sicherheitseinstellungen einen hinzufügen.
prompt-passkey-offer = Nächstes Mal schneller: Passkey einrichten
prompt-passkey-offer-no = Nicht jetzt
prompt-bypass = Haben Sie einen Notfallcode erhalten? Geben Sie ihn hier ein
prompt-freeze-title = Waren Sie das nicht?
prompt-freeze-change = Wir haben Ihnen diese Änderung gemeldet: { $change }
prompt-freeze-what = Wenn Sie diese Änderung weder vorgenommen noch darum gebeten haben, sperren Sie jetzt die Anmeldung beim Konto. Dann kommt niemand mehr hinein, auch Sie nicht, und wer angemeldet ist, soll abgemeldet werden.
prompt-freeze-until = Danach muss jemand, der Benutzern hilft, prüfen, dass Sie es sind, und Ihren zweiten Schritt zurücksetzen, den Sie dann neu einrichten.
prompt-freeze-button = Anmeldung sperren
prompt-freeze-close = Wenn Sie diese Änderung selbst vorgenommen haben, schließen Sie diese Seite. Durch das Öffnen hat sich nichts geändert.
prompt-frozen-title = Die Anmeldung ist gesperrt
prompt-frozen-done = Niemand kann sich jetzt bei diesem Konto anmelden. Codes und Links von vorher funktionieren nicht mehr.
prompt-frozen-next = Bitten Sie jetzt um Hilfe, damit jemand prüft, dass Sie es sind, und Sie wieder hineinlässt. Wählen Sie auch ein neues Passwort: Wer die Änderung vorgenommen hat, kennt vielleicht das alte.

# Die Konsole.
console = Konsole

# Zeilen des Aktivitätsprotokolls.
activity-code-accepted = { $method ->
    [passkey] Passkey akzeptiert
   *[other] Code{ $by } akzeptiert
 }
activity-code-wrong = { $method ->
    [passkey] Passkey war falsch
   *[other] Code{ $by } war falsch
 }
activity-code-expired = Code{ $by } war abgelaufen
activity-code-reused = { $method ->
    [passkey] Der Zähler eines Passkeys lief zurück: vielleicht gibt es eine Kopie davon
   *[other] Code{ $by } wurde schon verwendet, oder ist älter als ein verwendeter
 }
activity-code-requested = Code{ $by } an{ $to } angefordert
activity-code-sent = Code gesendet{ $by } an{ $to }
activity-code-not-sent = Code{ $by } an{ $to } konnte nicht gesendet werden
activity-code-unknown = Code{ $by } an{ $to } wurde vielleicht nicht gesendet
activity-message-delivered = Nachricht{ $by } an{ $to } wurde zugestellt
activity-message-delayed = Nachricht{ $by } an{ $to } ist noch nicht zugestellt
activity-message-returned = Nachricht{ $by } an{ $to } kam zurück: einen Tag lang wird nichts dorthin gesendet
activity-message-complained = Nachricht{ $by } an{ $to } wurde als Spam gemeldet
activity-send-limited = Nachrichten{ $by } an{ $to } zurückgehalten: eine Grenze war erreicht
activity-link-requested = Link zum Neueinrichten{ $by } an{ $to } angefordert
activity-link-sent = Link zum Neueinrichten gesendet{ $by } an{ $to }
activity-link-not-sent = Link zum Neueinrichten{ $by } an{ $to } konnte nicht gesendet werden
activity-link-unknown = Link zum Neueinrichten{ $by } an{ $to } wurde vielleicht nicht gesendet
activity-enrolled = Eingerichtet{ $to }
activity-test-sent = Testnachricht{ $by } an{ $to }
activity-ticket-spent = Mit einem Link aus einer E-Mail geöffnet, um neu einzurichten
activity-unlocked = Von der Administration entsperrt
activity-skip-cleared = Überspringen von der Administration aufgehoben
activity-bypass-issued = Notfallcode von der Administration ausgestellt
activity-bypass-accepted = Notfallcode akzeptiert
activity-bypass-wrong = Notfallcode war falsch
activity-recovery-codes-made = Wiederherstellungscodes erstellt
activity-recovery-code-used = Wiederherstellungscode akzeptiert
activity-recovery-code-wrong = Wiederherstellungscode war falsch
activity-recovery-codes-low = Höchstens drei Wiederherstellungscodes sind übrig
activity-recovery-codes-locked = Nach zu vielen falschen wird einen Tag lang kein Wiederherstellungscode geprüft
activity-recovery-codes-withdrawn = Wiederherstellungscodes gelten nicht mehr: ihr Schlüssel wurde zurückgezogen
activity-enrolment-reminder = Von der Administration an die Einrichtung erinnert
activity-erased = Benutzer gelöscht
activity-exported = Daten des Benutzers exportiert
activity-portal-created = Portal erstellt
activity-portal-changed = Portal geändert
activity-portal-deleted = Portal gelöscht
activity-key-added = API-Schlüssel erstellt
activity-key-revoked = API-Schlüssel widerrufen
activity-policy-changed = Richtlinie ersetzt
activity-switched-on = Richtlinie eingeschaltet
activity-switched-off = Richtlinie ausgeschaltet
activity-all-trust-ended = Keinem Browser wird mehr vertraut
activity-bulk-reset-asked = Das Zurücksetzen vieler Benutzer wurde angefragt
activity-bulk-reset-begun = Das Zurücksetzen vieler Benutzer hat begonnen
activity-bulk-reset-ended = Das Zurücksetzen vieler Benutzer ist beendet
activity-bulk-reset-withdrawn = Das Zurücksetzen vieler Benutzer wurde zurückgezogen
activity-settings-changed = Einstellungen geändert
activity-admin-added = Administrator erstellt
activity-admin-changed = Rolle eines Administrators geändert
activity-admin-removed = Administrator entfernt
activity-admin-reset = Passwort und zweiter Schritt eines Administrators zurückgesetzt
activity-password-changed = Passwort geändert
activity-password-wrong = Falsches Passwort für einen Administrator
activity-password-locked = Zu viele falsche Passwörter für einen Administrator
activity-admin-unlocked = Administrator entsperrt
activity-sessions-ended = Administrator hat eigene Sitzungen beendet
activity-admin-sessions-ended = Sitzungen eines Administrators beendet
activity-keyring-made = Erste Schlüssel der Installation erstellt
activity-root-key-published = Hauptschlüssel veröffentlicht
activity-root-key-retired = Hauptschlüssel entfernt
activity-root-key-withdrawn = Bekannt gewordener Hauptschlüssel zurückgezogen
activity-signing-key-published = Signaturschlüssel veröffentlicht
activity-signing-key-retired = Signaturschlüssel entfernt
activity-signing-key-withdrawn = Bekannt gewordener Signaturschlüssel zurückgezogen
activity-keys-rewrapped = Hauptschlüssel unter einem anderen KMS-Schlüssel verpackt
activity-sign-in-dead = Anmeldung nach zu vielen falschen Versuchen abgebrochen
activity-locked = Nach zu vielen falschen Codes vorübergehend gesperrt
activity-disabled = Nach zu vielen falschen Codes deaktiviert, bis zum Zurücksetzen
activity-not-required = Ohne zweiten Schritt angemeldet: Die Richtlinie ist ausgeschaltet
activity-skipped = Ohne zweiten Schritt angemeldet: früher übersprungen
activity-browser-trusted = Browser jetzt vertrauenswürdig: dort eine Zeit lang keine Frage
activity-trusted-sign-in = Ohne Frage angemeldet: vertrauenswürdiger Browser
activity-trust-copied = Jemand hat eine Kopie eines vertrauenswürdigen Browsers benutzt: dort wird wieder gefragt
activity-trust-ended = Vertrauenswürdiger Browser entfernt
activity-grace-used = Ohne zweiten Schritt angemeldet: Einrichtung aufgeschoben
activity-opted-out = Einrichten übersprungen
activity-opted-in = MFA nach dem Überspringen eingeschaltet
activity-denied = Abgewiesen: keine verwendbare Methode
activity-default-set = Immer E-Mail wurde gesetzt
activity-default-unset = Immer E-Mail wurde aufgehoben
activity-authenticator-removed = Eine Anmeldemethode wurde entfernt
activity-authenticator-renamed = Eine Anmeldemethode wurde umbenannt
activity-contact-added = Kontaktdaten hinzugefügt
activity-contact-changed = Kontaktdaten geändert
activity-details-changed = Name, Organisation oder Sprache geändert
activity-reset = Von der Administration zurückgesetzt
activity-frozen = Mit dem Link eines Hinweises eingefroren, bis zum Zurücksetzen
activity-fallback-sent = Code der Authentifizierungs-App per E-Mail gesendet{ $to }
activity-by-authenticator-app = { " aus der Authentifizierungs-App" }
activity-by-email = { " per E-Mail" }
activity-by-sms = { " per SMS" }
activity-by-recovery-code = { " mit einem Wiederherstellungscode" }
activity-by-passkey = { " mit einem Passkey" }

# Die Gründe für den nächsten Schritt eines Benutzers.
next-step-locked = Zu viele Codes waren falsch, und es wird kein Code geprüft, bis die Wartezeit vorbei ist. Entsperren Sie den Benutzer, um sie jetzt zu beenden.
next-step-locked-passkey = Zu viele Codes waren falsch, und es wird kein Code geprüft, bis die Wartezeit vorbei ist. Mit einem Passkey kann sich der Benutzer weiterhin anmelden. Entsperren Sie den Benutzer, um die Wartezeit jetzt zu beenden.
next-step-locked-recovery = Zu viele Codes waren falsch. Bis die Wartezeit vorbei ist, wird nur ein Wiederherstellungscode geprüft, und danach richtet der Benutzer alles neu ein. Entsperren Sie den Benutzer, um die Wartezeit jetzt zu beenden.
next-step-disabled = Das Authentifizierungsmittel des Benutzers wurde nach 100 falschen Codes nacheinander deaktiviert. Setzen Sie den Benutzer zurück, damit er es neu einrichten kann.
next-step-frozen = Die Anmeldung ist gesperrt, weil eine Änderung als fremd gemeldet wurde. Prüfen Sie, wer fragt, und setzen Sie den Benutzer dann zurück; danach öffnet ein Link per E-Mail oder ein Notfallcode die Einrichtung.
next-step-disabled-recovery = Das Authentifizierungsmittel des Benutzers wurde nach zu vielen falschen Codes nacheinander deaktiviert. Der Benutzer wird nach einem Wiederherstellungscode gefragt und richtet danach alles neu ein. Hat er die Codes verloren, hilft ein Zurücksetzen.
next-step-off-bound = Die Richtlinie ist ausgeschaltet, aber wer etwas eingerichtet hat, wird weiter gefragt, und dieser Benutzer hat ein Authentifizierungsmittel.
next-step-off-email-default = Die Richtlinie ist ausgeschaltet, aber wer etwas eingerichtet hat, wird weiter gefragt, und dieser Benutzer hat E-Mail zum Standard gemacht.
next-step-off-default-doubtful = Die Richtlinie ist ausgeschaltet, aber wer etwas eingerichtet hat, wird weiter gefragt, und dieser Benutzer hat E-Mail zum Standard gemacht. An diese Adresse kann jetzt kein Code gehen: Sie ist nicht mehr bestätigt oder nicht mehr hinterlegt, oder es ist kein Absender festgelegt. Stellen Sie sie wieder her, oder setzen Sie den Benutzer zurück.
next-step-off-bound-unknown = Die Richtlinie ist ausgeschaltet, aber wer etwas eingerichtet hat, wird weiter gefragt, und dieser Benutzer hat ein Authentifizierungsmittel, das nur eine neuere Version dieses Dienstes kennt. Aktualisieren Sie wieder, oder setzen Sie den Benutzer zurück.
next-step-off-never-enrolled = Die Richtlinie ist ausgeschaltet, und dieser Benutzer hat nie etwas eingerichtet: Es wird nichts gefragt.
next-step-off-nobody = Die Richtlinie ist ausgeschaltet, und niemand wird gefragt.
next-step-demand = Der Benutzer möchte die eigenen Einstellungen ändern und muss sich dafür neu ausweisen.
next-step-demand-unmet = Der Benutzer möchte die eigenen Einstellungen ändern, aber die Richtlinie lässt das nicht zu.
next-step-demand-while-off = Der Benutzer möchte die eigenen Einstellungen ändern, kann sich nicht ausweisen, und die Richtlinie ist ausgeschaltet.
next-step-step-up = Das Portal verlangt einen frischen Nachweis, und der Benutzer hat etwas, das stark genug ist.
next-step-cannot-step-up = Das Portal verlangt einen frischen Nachweis, und nichts, was der Benutzer hat, ist stark genug. Der Benutzer ergänzt es in den Sicherheitseinstellungen.
next-step-skipped = Der Benutzer hat das Überspringen gewählt, und die Richtlinie erlaubt es.
next-step-trusted = Der Benutzer ist in einem vertrauenswürdigen Browser und wird nicht gefragt.
next-step-bound-in-policy = Der Benutzer hat eine Methode der Richtlinie eingerichtet und wird nach ihrem Code gefragt.
next-step-directory = Die Kontaktdaten haben ein Ziel, das die Richtlinie verwendet; dorthin wird ein Code gesendet.
next-step-email-default = Der Benutzer hat E-Mail zum Standard gemacht; dorthin wird ein Code gesendet.
next-step-nothing-to-enrol = Der Benutzer hat keine verwendbare Methode, und die Richtlinie hat keine zum Einrichten. Ergänzen Sie die Kontaktdaten.
next-step-bound-unknown = Der Benutzer hat ein Authentifizierungsmittel, das nur eine neuere Version dieses Dienstes kennt, und sonst nichts, was zählt. Aktualisieren Sie wieder, oder setzen Sie den Benutzer zurück.
next-step-bound-outside-policy = Die Methode des Benutzers steht nicht mehr in der Richtlinie: Sie wird noch einmal verlangt, und dann richtet der Benutzer neu ein.
next-step-default-outside-policy = Der Benutzer hat E-Mail zum Standard gemacht, was die Richtlinie nicht mehr erlaubt: Ein Code wird noch einmal dorthin gesendet, dann richtet der Benutzer ein.
next-step-link-needed = Der Benutzer wurde zurückgesetzt, hat die Adresse des gespeicherten Standards verloren oder muss wie alle neu einrichten, und die Richtlinie verlangt zuerst einen Link aus einer E-Mail. Auch ein Notfallcode öffnet den Weg.
next-step-default-doubtful = Der Benutzer hat E-Mail zum Standard gemacht, und an diese Adresse kann jetzt kein Code gehen: Sie ist nicht mehr bestätigt oder nicht mehr hinterlegt, oder es ist kein Absender festgelegt. Stellen Sie sie wieder her, oder setzen Sie den Benutzer zurück.
next-step-email-first = Der Benutzer hat kein Authentifizierungsmittel. Zuerst wird ein Code an die bestätigte Adresse gesendet, und dann richtet der Benutzer ein.
next-step-email-first-impossible = Der Benutzer hat kein Authentifizierungsmittel, und die Richtlinie verlangt vor dem ersten einen Code per E-Mail, aber es gibt keine bestätigte Adresse, an die ein Code gehen kann. Lassen Sie die Adresse bestätigen, oder stellen Sie einen Notfallcode aus.
next-step-grace = Der Benutzer soll eine Methode einrichten und kann das noch überspringen.
next-step-enrol-or-skip = Der Benutzer hat kein Authentifizierungsmittel und richtet eines ein oder überspringt.
next-step-enrol = Der Benutzer hat kein Authentifizierungsmittel und muss eines einrichten.
