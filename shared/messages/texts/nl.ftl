# Wat mensen lezen terwijl ze inloggen.
sign-in-enter-app-code = Voer de 6-cijferige code in die je authenticator-app toont
sign-in-enter-sent-code = Voer de 6-cijferige code in die naar { $to } is gestuurd
sign-in-choose = Kies hoe je je beveiligingscode wilt krijgen
sign-in-check-email = Kijk in je e-mail voor een link om meervoudige verificatie opnieuw in te stellen
sign-in-no-link = Je moet meervoudige verificatie opnieuw instellen, maar we kunnen je geen link mailen. Vraag om hulp.
sign-in-done = Je bent ingelogd
sign-in-prove-first = Vraag eerst een code per e-mail aan, om te laten zien dat jij het bent
sign-in-no-proof = Voordat je meervoudige verificatie instelt, moeten we een code sturen naar een bevestigd e-mailadres van je, en dat hebben we niet. Vraag om hulp om je e-mailadres te laten bevestigen.
sign-in-no-way-in = We kunnen niet nagaan dat jij het bent. Vraag om hulp.
sign-in-enrol-app = Stel een authenticator-app in om verder te gaan
sign-in-enrol-email = Vul een e-mailadres in voor je beveiligingscodes om verder te gaan
sign-in-enrol-sms = Vul een telefoonnummer in voor je beveiligingscodes om verder te gaan
sign-in-enrol-choose = Kies hoe je meervoudige verificatie wilt instellen
link-send-email = Stuur de beveiligingscode per e-mail naar { $to }
link-send-sms = Stuur de beveiligingscode per sms naar { $to }
link-use-app = De authenticator-app gebruiken
link-enrol-app = Een authenticator-app instellen
link-skip = Nu overslaan

# E-mails.
email-code-subject = Je beveiligingscode voor { $name }
email-code-heading = Je beveiligingscode voor { $name } is
email-code-once = De code is { $minutes } minuten geldig en werkt één keer. Niemand van { $name } zal er ooit om vragen.
email-code-not-you = Probeerde je niet in te loggen? Dan kent iemand misschien je wachtwoord: verander het.
email-read-out-subject = Code om voor te lezen aan de beheerder van { $name }
email-read-out-heading = Lees deze code voor aan de beheerder van { $name } aan wie je hulp hebt gevraagd:
email-read-out-once = De code is { $minutes } minuten geldig. De beheerder reset hiermee je tweede stap. Daarna stel je hem opnieuw in.
email-read-out-not-you = Vroeg je { $name } zojuist niet om hulp? Lees de code dan aan niemand voor, en meld het meteen bij { $name }.
email-address-subject = Bevestig je e-mailadres voor { $name }
email-address-heading = Vul deze code in bij { $name } om je e-mailadres te bevestigen:
email-address-once = De code is { $minutes } minuten geldig en werkt één keer. Op dit adres krijg je bericht als er iets aan je account verandert.
email-address-not-you = Heb je dit e-mailadres niet opgegeven? Dan hoef je niets te doen.
email-link-subject = Stel meervoudige verificatie voor { $name } opnieuw in
email-link-heading = Open deze link om meervoudige verificatie voor { $name } opnieuw in te stellen:
email-link-button = Instellen
email-link-once = De link is { $minutes } minuten geldig en werkt één keer, alleen voor jouw account.
email-link-not-you = Probeerde je niet in te loggen? Dan kent iemand misschien je wachtwoord: verander het, en open de link niet.
email-test-subject = Testbericht van { $name }
email-test-heading = E-mail van { $name } werkt: dit bericht is verstuurd met de geldende instellingen.
email-test-not-you = Je hoeft niets te doen. Heb je er niet om gevraagd? Meld het bij een andere beheerder.
email-notice-subject = Beveiligingsmelding van { $name }
email-notice-not-you = Was jij dit, of heb je erom gevraagd? Dan hoef je niets te doen. Zo niet, meld het meteen bij { $name }.

# Sms-berichten: alleen gewone letters, en kort.
sms-code = { $name }: { $code } is je beveiligingscode, { $minutes } minuten geldig. Geef hem aan niemand.
sms-read-out = { $name }: { $code } is voor de beheerder aan wie je hulp hebt gevraagd, { $minutes } minuten geldig. Geen hulp gevraagd? Geef de code aan niemand.
sms-test = { $name }: sms'jes werken. Deze test is verstuurd met de geldende instellingen.
sms-notice = { $name }: { $what } Was jij dit niet? Meld het meteen.
sms-notice-more = { $name }: { $what } Er is meer gewijzigd. Niet jij? Meld het.
sms-notice-from = Vanaf { $device }.

# Wat een gebruiker over een wijziging hoort.
notice-enrolled = Er is een nieuwe manier van inloggen ingesteld voor je account.
notice-locked = Er zijn te veel verkeerde codes ingevoerd voor je account.
notice-disabled = Je tweede stap is uitgeschakeld na te veel verkeerde codes.
notice-default-set = Beveiligingscodes komen vanaf nu altijd per e-mail.
notice-default-unset = Beveiligingscodes komen niet meer altijd per e-mail.
notice-contact-changed = De contactgegevens van je account zijn gewijzigd.
notice-opted-in = Meervoudige verificatie is ingeschakeld voor je account.
notice-reset = Je tweede stap is gereset. Stel hem bij de volgende keer inloggen opnieuw in.
notice-unlocked = Je account is door een beheerder ontgrendeld.
notice-skip-cleared = Je keuze om de tweede stap over te slaan is gewist.
notice-bypass-issued = Er is een noodcode uitgegeven voor je account.
notice-bypass-accepted = Er is met een noodcode ingelogd op je account.
notice-exported = Een beheerder heeft de gegevens over je account opgevraagd.
notice-opted-out = De tweede stap van je account is overgeslagen. Was jij dat niet, wijzig dan je wachtwoord.
notice-erased = Je account is gewist, met alles wat je had ingesteld om in te loggen.
notice-admin-changed = Je rechten in de console zijn gewijzigd.
notice-admin-removed = Je toegang tot de console is ingetrokken.
notice-admin-reset = Je wachtwoord en tweede stap voor de console zijn gereset.
notice-password-changed = Je wachtwoord voor de console is gewijzigd.
notice-password-locked = Er zijn te veel verkeerde wachtwoorden ingevoerd voor je account. Sommige worden voorlopig niet gecontroleerd. Lukt inloggen niet, vraag dan een andere beheerder je te ontgrendelen.
notice-admin-unlocked = Je account voor de console is ontgrendeld.
notice-admin-sessions-ended = Al je sessies in de console zijn beëindigd.
notice-other = Er is iets gewijzigd in je account.
notice-several = Er is meer gewijzigd in je account:
notice-times = { $what } ({ $count } keer)
notice-detail = Wanneer en hoe: { $detail }.
notice-last = Laatst: { $detail }.
notice-from = vanaf { $device }
notice-device = { $browser } op { $system }
notice-how-password-alone = bij het inloggen, met alleen het wachtwoord
notice-how-app-code = bij het inloggen, na een code van de authenticator-app
notice-how-email-code = bij het inloggen, na een code per e-mail
notice-how-sms-code = bij het inloggen, na een code per sms
notice-how-mailed-link = bij het inloggen met een gemailde link
notice-how-bypass-code = bij het inloggen, na een noodcode
notice-how-sign-in = bij het inloggen
notice-how-admin = door een beheerder van de inlogdienst
notice-how-portal-admin = door een beheerder van { $name }
notice-how-portal = door { $name }

# Waarom iets niet lukte, en wat je nu kunt doen.
problem-unavailable = De dienst kan nu niet antwoorden. Probeer het zo meteen opnieuw.
problem-conflict = Er kwamen meerdere verzoeken tegelijk. Probeer het opnieuw.
problem-delivery-failed = De code kon niet worden verstuurd. Kies een andere manier, of probeer het zo meteen opnieuw.
problem-delivery-failed-wait = De code kon niet worden verstuurd. Probeer het zo meteen opnieuw.
problem-sign-in-unknown = Deze inlogpoging is voorbij of heeft nooit bestaan. Log opnieuw in vanaf het begin.
problem-sign-in-expired = Deze inlogpoging duurde te lang en is voorbij. Log opnieuw in vanaf het begin.
problem-sign-in-done = Je bent al ingelogd. Ga door naar het portaal, of log opnieuw in vanaf het begin.
problem-sign-in-dead = Er waren te veel verkeerde codes, en deze inlogpoging is voorbij. Log opnieuw in vanaf het begin.
problem-too-many-sign-ins = Er is te vaak ingelogd binnen een uur. Wacht voordat je het opnieuw probeert.
problem-locked = Er waren te veel verkeerde codes. Wacht voordat je het opnieuw probeert.
problem-locked-day = Er waren te veel verkeerde codes op één dag. Wacht tot de tijd voorbij is, of vraag om hulp.
problem-locked-month = Er waren te veel verkeerde codes in een maand. Vraag om hulp om eerder in te loggen.
problem-locked-row = Er waren te veel verkeerde codes achter elkaar. Vraag om hulp om weer in te loggen.
problem-authenticator-disabled = Er waren te veel verkeerde codes, en je tweede stap werkt niet meer. Vraag om hulp om hem opnieuw in te stellen.
problem-no-usable-method = We kunnen niet nagaan dat jij het bent. Vraag om hulp om je contactgegevens aan te vullen.
problem-another-step = Deze inlogpoging vraagt nu om een andere stap. Kijk opnieuw wat de volgende is.
problem-method-not-offered = Deze manier wordt hier niet aangeboden. Kies een van de manieren die je ziet.
problem-no-code-requested = Er is geen geldige code: er is er geen verstuurd, of hij is verlopen of al gebruikt. Vraag een nieuwe aan.
problem-code-wrong = Die code is niet aanvaard. Kijk hem na en probeer het opnieuw, of vraag een nieuwe.
problem-app-code-wrong = Die code is niet aanvaard. Wacht tot de app de volgende code toont, en voer die in. Wordt die ook niet aanvaard, zet dan de datum en tijd van je telefoon op automatisch.
problem-resend-too-soon = Er is een code onderweg. Wacht even voordat je een andere vraagt.
problem-no-sends-left = Er kunnen geen codes meer worden verstuurd in deze inlogpoging. Log opnieuw in vanaf het begin.
problem-send-limit = Er zijn te veel codes verstuurd. Kies een andere manier, of wacht voordat je een andere vraagt.
problem-send-limit-there = Er zijn te veel codes verstuurd. Wacht voordat je een andere vraagt, of laat hem ergens anders heen sturen.
problem-send-limit-wait = Er zijn te veel codes verstuurd. Wacht voordat je een andere vraagt.
problem-country-not-allowed = Naar dit nummer kunnen geen codes worden gestuurd. Vul een ander nummer in.
problem-ticket-refused = Deze link is al gebruikt of verlopen. Log opnieuw in om een nieuwe te krijgen.
problem-skip-not-allowed = Deze stap kan niet worden overgeslagen. Volg de stappen die je ziet.
problem-default-not-allowed = E-mail kan hier niet de standaard worden. Laat de keuze weg.
problem-other-browser = Deze pagina hoort bij een andere browser, of cookies staan uit. Log opnieuw in vanaf het begin, in deze browser.
problem-form-refused = Dit formulier komt niet van deze pagina. Open de pagina opnieuw en herhaal de stap.
problem-malformed-code = Vul alle 6 cijfers van de code in.
problem-malformed-phone = Dit is geen nummer dat sms'jes ontvangt. Vul een mobiel nummer in, uit het buitenland met de landcode.
problem-malformed-email = Dit is geen e-mailadres. Vul er een in zoals naam@example.com.

# De inlogpagina's.
prompt-direction = ltr
prompt-account = Account: { $account }
prompt-error-title = Fout: { $title }
prompt-code-label = Beveiligingscode
prompt-code-hint = 6 cijfers
prompt-continue = Doorgaan
prompt-busy = Even geduld …
prompt-always-email = Altijd e-mail gebruiken voor meervoudige verificatie?
prompt-send-again = Opnieuw versturen
prompt-not-arrived = Niets ontvangen? Het kan een minuut duren, en een e-mail kan in de spammap zitten.
prompt-attempts-left = { $count ->
    [one] Je kunt het nog één keer proberen.
   *[other] Je kunt het nog { $count } keer proberen.
 }
prompt-choose-other = Of kies een andere manier
prompt-app-add = Voeg dit account toe aan je app
prompt-app-steps = Scan deze afbeelding met een authenticator-app.
prompt-app-open = Open de authenticator-app
prompt-app-elsewhere = Op een ander apparaat
prompt-app-key = Of typ deze sleutel in de app:
prompt-app-entry = In de app heet hij { $issuer }, { $account }.
prompt-app-code = Voer de 6-cijferige code in die de app toont
prompt-app-none = Nog geen authenticator-app? Installeer er een uit de appwinkel van je apparaat, zoals Google Authenticator of Microsoft Authenticator. Elke app voor 6-cijferige codes werkt.
prompt-qr-alt = QR-code voor de authenticator-app
prompt-copy = Kopiëren
prompt-copied = Gekopieerd
prompt-phone-label = Telefoonnummer
prompt-phone-hint = Een mobiel nummer; uit het buitenland met de landcode, zoals +31 6 12345678
prompt-email-label = E-mailadres
prompt-email-hint = Daar komen de beveiligingscodes
prompt-send-code = Beveiligingscode versturen
prompt-enrol-email = Een e-mailadres gebruiken
prompt-enrol-sms = Een telefoonnummer gebruiken
prompt-change-email = Het e-mailadres wijzigen
prompt-change-phone = Het telefoonnummer wijzigen
prompt-check-email-title = Kijk in je e-mail
prompt-link-sent = De link is verstuurd naar { $to }.
prompt-link-not-arrived = Niets ontvangen? Het kan een minuut duren, en de e-mail kan in de spammap zitten.
prompt-spam = De link werkt één keer en een half uur lang. Sluit deze pagina zodra je hem hebt.
prompt-locked-title = Even wachten
prompt-wait-minutes = { $count ->
    [one] Over een minuut kun je het opnieuw proberen.
   *[other] Over { $count } minuten kun je het opnieuw proberen.
 }
prompt-wait-hours = { $count ->
    [one] Over een uur kun je het opnieuw proberen.
   *[other] Over { $count } uur kun je het opnieuw proberen.
 }
prompt-wait-days = { $count ->
    [one] Over een dag kun je het opnieuw proberen.
   *[other] Over { $count } dagen kun je het opnieuw proberen.
 }
prompt-over-title = Deze inlogpoging is voorbij
prompt-denied-title = We kunnen je niet toelaten
prompt-problem-title = Dat lukte niet
prompt-done-title = Je bent klaar
prompt-done-app = Log vanaf nu in met de code die je authenticator-app toont.
prompt-done-sent = Vanaf nu krijg je daar bij elke keer inloggen een beveiligingscode.
prompt-finish = Voltooien
prompt-again = Opnieuw proberen
prompt-back = Terug naar { $name }
prompt-help = Hulp nodig?
prompt-no-support = Vraag het aan de beheerders van dit portaal.
prompt-bypass = Heb je een noodcode gekregen? Vul hem hier in
