# Wie die Sprache geschrieben wird.
text-direction = ltr
list-separator = { ", " }

# Was man während der Anmeldung liest.
sign-in-enter-app-code = Geben Sie den 6-stelligen Code aus Ihrer Authentifizierungs-App ein
sign-in-enter-sent-code = Geben Sie den 6-stelligen Code ein, der an { $to } gesendet wurde
sign-in-choose = Wählen Sie, wie Sie Ihren Sicherheitscode erhalten möchten
sign-in-check-email = In Ihren E-Mails finden Sie einen Link, mit dem Sie die Multi-Faktor-Authentifizierung neu einrichten können
sign-in-no-link = Sie müssen die Multi-Faktor-Authentifizierung neu einrichten, aber wir können Ihnen keinen Link per E-Mail senden. Bitten Sie um Hilfe.
sign-in-done = Sie sind angemeldet
sign-in-prove-first = Fordern Sie zuerst einen Code per E-Mail an, um zu zeigen, dass Sie es sind
sign-in-no-proof = Bevor Sie die Multi-Faktor-Authentifizierung einrichten, müssen wir einen Code an eine bestätigte E-Mail-Adresse von Ihnen senden, und wir haben keine. Bitten Sie um Hilfe, um Ihre E-Mail-Adresse bestätigen zu lassen.
sign-in-no-way-in = Wir können nicht prüfen, ob Sie es sind. Bitten Sie um Hilfe.
sign-in-enrol-app = Richten Sie eine Authentifizierungs-App ein, um fortzufahren
sign-in-enrol-email = Geben Sie eine E-Mail-Adresse für Ihre Sicherheitscodes ein, um fortzufahren
sign-in-enrol-sms = Geben Sie eine Telefonnummer für Ihre Sicherheitscodes ein, um fortzufahren
sign-in-enrol-choose = Wählen Sie, wie Sie die Multi-Faktor-Authentifizierung einrichten möchten
link-send-email = Sicherheitscode per E-Mail an { $to } senden
link-send-sms = Sicherheitscode per SMS an { $to } senden
link-use-app = Authentifizierungs-App verwenden
link-enrol-app = Authentifizierungs-App einrichten
link-skip = Vorerst überspringen

# E-Mails.
email-code-subject = Ihr Sicherheitscode für { $name }
email-code-heading = Ihr Sicherheitscode für { $name } lautet
email-code-once = { $minutes ->
    [one] Er läuft in einer Minute ab und kann nur einmal verwendet werden. Niemand von { $name } wird Sie jemals danach fragen.
   *[other] Er läuft in { $minutes } Minuten ab und kann nur einmal verwendet werden. Niemand von { $name } wird Sie jemals danach fragen.
 }
email-code-not-you = Wenn Sie sich nicht anmelden wollten, kennt vielleicht jemand Ihr Passwort: Ändern Sie es.
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
email-notice-subject = Sicherheitshinweis von { $name }
email-notice-not-you = Wenn Sie das waren oder darum gebeten haben, brauchen Sie nichts zu tun. Wenn nicht, melden Sie es sofort { $name }.

# SMS: nur Zeichen des SMS-Alphabets, und so kurz, dass ein Segment reicht.
sms-code = { $name }: { $code } ist Ihr Sicherheitscode. Er gilt { $minutes } Min. Geben Sie ihn nicht weiter.
sms-read-out = { $name }: { $code } ist für die Administration, die Sie um Hilfe gebeten haben. Er gilt { $minutes } Min. Nicht angefragt? Nicht weitergeben!
sms-test = { $name }: SMS funktionieren. Dieser Test wurde mit den geltenden Einstellungen gesendet.
sms-notice = { $name }: { $what } Nicht Sie? Melden Sie es uns sofort.
sms-notice-more = { $name }: { $what } Es gab weitere Änderungen. Nicht Sie? Sofort melden!
sms-notice-from = Von { $device }.

# Hinweise auf Änderungen.
notice-enrolled = Für Ihr Konto wurde eine neue Anmeldemethode eingerichtet.
notice-locked = Für Ihr Konto wurden zu viele falsche Codes eingegeben.
notice-disabled = Ihr zweiter Schritt wurde nach zu vielen falschen Codes deaktiviert.
notice-default-set = Sicherheitscodes werden ab jetzt immer per E-Mail gesendet.
notice-default-unset = Sicherheitscodes werden nicht mehr immer per E-Mail gesendet.
notice-contact-changed = Die Kontaktdaten Ihres Kontos wurden geändert.
notice-opted-in = Für Ihr Konto wurde die Multi-Faktor-Authentifizierung eingeschaltet.
notice-reset = Ihr zweiter Schritt wurde zurückgesetzt. Sie richten ihn bei der Anmeldung neu ein.
notice-unlocked = Ihr Konto wurde von der Administration entsperrt.
notice-skip-cleared = Ihre Entscheidung, den zweiten Schritt zu überspringen, wurde aufgehoben.
notice-bypass-issued = Für Ihr Konto wurde ein Notfallcode ausgestellt.
notice-bypass-accepted = Mit einem Notfallcode wurde Ihr Konto angemeldet.
notice-exported = Die Administration hat die über Ihr Konto gespeicherten Daten exportiert.
notice-opted-out = Ihr zweiter Schritt wurde übersprungen. Waren Sie das nicht, ändern Sie Ihr Passwort.
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
notice-how-password-alone = bei einer Anmeldung nur mit dem Passwort
notice-how-app-code = bei einer Anmeldung, nach einem Code der Authentifizierungs-App
notice-how-email-code = bei einer Anmeldung, nach einem Code per E-Mail
notice-how-sms-code = bei einer Anmeldung, nach einem Code per SMS
notice-how-mailed-link = bei einer Anmeldung, die mit einem Link aus einer E-Mail geöffnet wurde
notice-how-bypass-code = bei einer Anmeldung, nach einem Notfallcode
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
problem-sign-in-dead = Zu viele Codes waren falsch, und diese Anmeldung ist beendet. Melden Sie sich von Anfang an neu an.
problem-too-many-sign-ins = Es gab zu viele Anmeldungen innerhalb einer Stunde. Warten Sie, bevor Sie es noch einmal versuchen.
problem-locked = Zu viele Codes waren falsch. Warten Sie, bevor Sie es noch einmal versuchen.
problem-locked-day = Zu viele Codes waren an einem Tag falsch. Warten Sie, oder bitten Sie um Hilfe.
problem-locked-month = Zu viele Codes waren in einem Monat falsch. Bitten Sie um Hilfe, um sich früher anmelden zu können.
problem-locked-row = Zu viele Codes nacheinander waren falsch. Bitten Sie um Hilfe, um sich wieder anmelden zu können.
problem-authenticator-disabled = Zu viele Codes waren falsch, und Ihr zweiter Schritt funktioniert nicht mehr. Bitten Sie um Hilfe, um ihn neu einzurichten.
problem-no-usable-method = Wir können nicht prüfen, ob Sie es sind. Bitten Sie um Hilfe, um Ihre Kontaktdaten ergänzen zu lassen.
problem-another-step = Diese Anmeldung verlangt jetzt einen anderen Schritt. Rufen Sie sie erneut auf, um zu sehen, was als Nächstes kommt.
problem-method-not-offered = Dieser Weg ist hier nicht verfügbar. Wählen Sie einen der angezeigten Wege.
problem-no-code-requested = Es gibt keinen Code zu prüfen: Es wurde keiner gesendet, oder er ist abgelaufen oder wurde schon verwendet. Fordern Sie einen neuen an.
problem-code-wrong = Dieser Code wurde nicht akzeptiert. Prüfen Sie ihn und versuchen Sie es noch einmal, oder fordern Sie einen neuen an.
problem-app-code-wrong = Dieser Code wurde nicht akzeptiert. Warten Sie, bis Ihre App den nächsten Code anzeigt, und geben Sie diesen ein. Wenn auch er nicht akzeptiert wird, stellen Sie Datum und Uhrzeit Ihres Telefons auf automatisch.
problem-resend-too-soon = Ein Code ist unterwegs. Warten Sie ein wenig, bevor Sie einen weiteren anfordern.
problem-no-sends-left = In dieser Anmeldung können keine weiteren Codes gesendet werden. Melden Sie sich von Anfang an neu an.
problem-send-limit = Es wurden zu viele Codes gesendet. Wählen Sie einen anderen Weg, oder warten Sie, bevor Sie einen weiteren anfordern.
problem-send-limit-there = Es wurden zu viele Codes gesendet. Warten Sie, bevor Sie einen weiteren anfordern, oder lassen Sie ihn woandershin senden.
problem-send-limit-wait = Es wurden zu viele Codes gesendet. Warten Sie, bevor Sie einen weiteren anfordern.
problem-country-not-allowed = An diese Nummer können keine Codes gesendet werden. Geben Sie eine andere ein.
problem-ticket-refused = Dieser Link wurde schon verwendet oder ist abgelaufen. Melden Sie sich neu an, um einen weiteren zu erhalten.
problem-skip-not-allowed = Dieser Schritt kann nicht übersprungen werden. Folgen Sie den angezeigten Schritten.
problem-default-not-allowed = E-Mail kann hier nicht zum Standard werden. Lassen Sie diese Auswahl weg.
problem-other-browser = Diese Seite gehört zu einem anderen Browser, oder Cookies sind ausgeschaltet. Melden Sie sich in diesem Browser von Anfang an neu an.
problem-form-refused = Dieses Formular stammt nicht von dieser Seite. Öffnen Sie die Seite neu und wiederholen Sie den Schritt.
problem-malformed-code = Geben Sie alle 6 Ziffern des Codes ein.
problem-malformed-phone = Diese Nummer kann keine SMS empfangen. Geben Sie eine Mobilnummer ein, aus dem Ausland mit der Ländervorwahl.
problem-malformed-email = Das ist keine E-Mail-Adresse. Geben Sie eine wie name@example.com ein.

# Die Anmeldeseiten.
prompt-code-label = Sicherheitscode
prompt-code-hint = 6 Ziffern
prompt-continue = Weiter
prompt-busy = Bitte warten …
prompt-always-email = Für die Multi-Faktor-Authentifizierung immer E-Mail verwenden?
prompt-send-again = Erneut senden
prompt-not-arrived = Nichts angekommen? Es kann eine Minute dauern, und eine E-Mail kann im Spam-Ordner liegen.
prompt-attempts-left = { $count ->
    [one] Sie haben noch einen Versuch.
   *[other] Sie haben noch { $count } Versuche.
 }
prompt-choose-other = Oder wählen Sie einen anderen Weg
prompt-app-steps = Scannen Sie dieses Bild mit einer Authentifizierungs-App.
prompt-app-open = Auf diesem Telefon? In der App öffnen
prompt-app-key = Oder geben Sie diesen Schlüssel in die App ein
prompt-app-entry = In der App heißt der Eintrag { $issuer }, { $account }.
prompt-app-code = Geben Sie dann den 6-stelligen Code ein, den die App anzeigt
prompt-qr-alt = QR-Code für die Authentifizierungs-App
prompt-copy = Kopieren
prompt-copied = Kopiert
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
prompt-locked-minutes = { $count ->
    [one] Sie können es in einer Minute noch einmal versuchen.
   *[other] Sie können es in { $count } Minuten noch einmal versuchen.
 }
prompt-over-title = Diese Anmeldung ist beendet
prompt-denied-title = Wir können Sie nicht anmelden
prompt-problem-title = Das hat nicht geklappt
prompt-done-title = Alles ist eingerichtet
prompt-done-app = Melden Sie sich ab jetzt mit dem Code an, den Ihre Authentifizierungs-App anzeigt.
prompt-done-sent = Ab jetzt wird bei jeder Anmeldung ein Sicherheitscode dorthin gesendet.
prompt-finish = Fertig
prompt-again = Erneut versuchen
prompt-back = Zurück zu { $name }
prompt-help = Brauchen Sie Hilfe?
prompt-no-support = Wenden Sie sich an die Betreiber dieses Portals.
prompt-bypass = Haben Sie einen Notfallcode erhalten? Geben Sie ihn hier ein
