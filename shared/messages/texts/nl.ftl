# Hoe de taal wordt geschreven.
text-direction = ltr
thousands-separator = { "." }
list-separator = { ", " }

# Wat mensen lezen terwijl ze inloggen.
sign-in-enter-app-code = Voer de 6-cijferige code in die je authenticator-app toont
sign-in-enter-recovery-code = Voer een van je herstelcodes in
sign-in-use-passkey = Gebruik je passkey om door te gaan
sign-in-codes-locked = Er waren te veel verkeerde codes, dus codes worden voorlopig niet aanvaard. Je passkey werkt nog wel.
sign-in-passkey-elsewhere = Je passkey hoort bij een ander adres en kan hier niet worden gebruikt.
sign-in-passkey-synced = Passkeys die naar andere apparaten worden gekopieerd, worden hier niet meer aanvaard.
sign-in-passkeys-nowhere = Passkeys kunnen hier op dit moment niet worden gebruikt.
sign-in-get-help = Vraag om hulp om in te loggen.
sign-in-comes-back = Berichten naar { $to } komen bij ons terug, dus daar wordt 24 uur niets naartoe gestuurd.
sign-in-nothing-reaches = We kunnen je nu op geen enkele manier een code sturen. Vraag om hulp om in te loggen, of probeer het later opnieuw.
sign-in-recover = Er waren te veel verkeerde codes. Voer een van je herstelcodes in, en stel daarna meervoudige verificatie opnieuw in
sign-in-keep-codes = Bewaar je herstelcodes op een veilige plaats: met elke code kom je één keer binnen als je je telefoon kwijt bent
sign-in-few-codes = { $count ->
    [one] Er is nog één herstelcode over
   *[other] Er zijn nog { $count } herstelcodes over
 }
sign-in-last-code = Dat was je laatste herstelcode
sign-in-codes-died = Je herstelcodes werken niet meer, omdat deze dienst is teruggezet vanaf een back-up. Gooi ze weg.
sign-in-enter-sent-code = Voer de 6-cijferige code in die naar { $to } is gestuurd
sign-in-enter-late-code = Het verzenden van een code naar { $to } duurde te lang. Voer de code in als die aankomt; zo niet, laat hem opnieuw verzenden of gebruik een andere manier
sign-in-choose = Kies hoe je je beveiligingscode wilt krijgen
sign-in-check-email = Kijk in je e-mail voor een link om meervoudige verificatie opnieuw in te stellen
sign-in-no-link = Je moet meervoudige verificatie opnieuw instellen, maar we kunnen je geen link mailen. Vraag om hulp.
sign-in-done = Je bent ingelogd
sign-in-prove-first = Vraag eerst een code per e-mail aan, om te laten zien dat jij het bent
sign-in-no-proof = Voordat je meervoudige verificatie instelt, moeten we een code sturen naar een bevestigd e-mailadres van je, en dat hebben we niet. Vraag om hulp om je e-mailadres te laten bevestigen.
sign-in-no-way-in = We kunnen niet nagaan dat jij het bent. Vraag om hulp.
sign-in-settings = Je kunt wijzigen hoe je inlogt
sign-in-no-settings = Je kunt hier niet wijzigen hoe je inlogt. Vraag om hulp.
sign-in-step-up-needs-code = Om dit te bevestigen heb je een manier nodig om codes te ontvangen, en die heb je niet.
sign-in-step-up-needs-app = Om dit te bevestigen heb je een authenticator-app of een passkey nodig, en die heb je niet.
sign-in-step-up-needs-passkey = Om dit te bevestigen heb je een passkey nodig, en die heb je niet.
sign-in-step-up-add = Stel er eerst een in bij je beveiligingsinstellingen.
sign-in-step-up-ask = Vraag om hulp om er een in te stellen.
sign-in-enrol-app = Stel een authenticator-app in om verder te gaan
sign-in-enrol-passkey = Stel een passkey in om mee in te loggen
sign-in-enrol-email = Vul een e-mailadres in voor je beveiligingscodes om verder te gaan
sign-in-enrol-sms = Vul een telefoonnummer in voor je beveiligingscodes om verder te gaan
sign-in-enrol-choose = Kies hoe je meervoudige verificatie wilt instellen
sign-in-grace-until = Stel het uiterlijk { $date } in. Tot dan kun je dit overslaan.
sign-in-grace-sign-ins = { $count ->
    [one] Je kunt dit nog één keer overslaan.
   *[other] Je kunt dit nog { $count } keer overslaan.
 }
authenticator-app = Authenticator-app
authenticator-passkey = Passkey
authenticator-email = E-mail
authenticator-sms = Sms
authenticator-by-day = { $what }, toegevoegd op { $date }
date-day = { $day } { $month } { $year }
month-names = januari februari maart april mei juni juli augustus september oktober november december
link-send-email = Stuur de beveiligingscode per e-mail naar { $to }
link-send-sms = Stuur de beveiligingscode per sms naar { $to }
link-use-app = De authenticator-app gebruiken
link-use-recovery-code = Een herstelcode gebruiken
link-use-passkey = Een passkey gebruiken
link-enrol-app = Een authenticator-app instellen
link-enrol-passkey = Een passkey instellen
link-skip = Nu overslaan
link-add-app = Een authenticator-app toevoegen
link-add-passkey = Een passkey toevoegen
link-replace-app = Een nieuwe app instellen in plaats van { $name }
link-remove-authenticator = { $name } verwijderen
link-unset-default = Niet meer altijd e-mail gebruiken
link-end-trust = { $name } niet meer vertrouwen
link-end-trust-all = Geen enkele browser meer vertrouwen

# E-mails.
email-code-subject = Je beveiligingscode voor { $name }
email-code-heading = Je beveiligingscode voor { $name } is
email-code-once = De code is { $minutes } minuten geldig en werkt één keer. Niemand van { $name } zal er ooit om vragen.
email-code-not-you = Probeerde je niet in te loggen? Dan kent iemand misschien je wachtwoord: verander het.
email-text-not-you = Wil je iets anders bevestigen? Vul de code dan niet in en laat het { $name } meteen weten.
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
email-reminder-subject = Stel je tweede stap voor { $name } in
email-reminder-heading = { $name } vraagt nu bij het inloggen om een tweede stap, en je hebt er nog geen ingesteld.
email-reminder-page = Open de pagina hierboven en log in zoals altijd. Daar zie je hoe je je tweede stap instelt.
email-reminder-sign-in = De volgende keer dat je inlogt, zie je hoe je je tweede stap instelt.
email-reminder-not-you = Een beheerder heeft om deze herinnering gevraagd. Er is niets in je account veranderd.
email-notice-subject = Beveiligingsmelding van { $name }
email-notice-not-you = Was jij dit, of heb je erom gevraagd? Dan hoef je niets te doen. Zo niet, meld het meteen bij { $name }.
email-freeze-line = Was jij dit niet? Zet met deze link het inloggen op je account stop. Hij werkt 7 dagen:
email-freeze-button = Dit was ik niet

# Sms-berichten: alleen gewone letters, en kort.
sms-code = { $name }: { $code } is je beveiligingscode, { $minutes } minuten geldig. Geef hem aan niemand.
sms-text-code = Code: { $code }
sms-text-line = { $name }: vul hem alleen in als dit klopt. Geef hem aan niemand.
sms-read-out = { $name }: { $code } is voor de beheerder aan wie je hulp hebt gevraagd, { $minutes } minuten geldig. Geen hulp gevraagd? Geef de code aan niemand.
sms-test = { $name }: sms'jes werken. Deze test is verstuurd met de geldende instellingen.
sms-notice = { $name }: { $what } Was jij dit niet? Meld het meteen.
sms-notice-more = { $name }: { $what } Er is meer gewijzigd. Niet jij? Meld het.
sms-notice-from = Vanaf { $device }.

# Wat een gebruiker over een wijziging hoort.
notice-enrolled = Er is een nieuwe manier van inloggen ingesteld voor je account.
notice-authenticator-removed = Er is een manier van inloggen verwijderd van je account.
notice-locked = Er zijn te veel verkeerde codes ingevoerd voor je account.
notice-disabled = Je tweede stap is uitgeschakeld na te veel verkeerde codes.
notice-default-set = Beveiligingscodes komen vanaf nu altijd per e-mail.
notice-default-unset = Beveiligingscodes komen niet meer altijd per e-mail.
notice-contact-changed = De contactgegevens van je account zijn gewijzigd.
notice-opted-in = Meervoudige verificatie is ingeschakeld voor je account.
notice-reset = Je tweede stap is gereset. Stel hem bij de volgende keer inloggen opnieuw in.
notice-frozen = Inloggen op je account is stopgezet.
notice-unlocked = Je account is door een beheerder ontgrendeld.
notice-skip-cleared = Je keuze om de tweede stap over te slaan is gewist.
notice-bypass-issued = Er is een noodcode uitgegeven voor je account.
notice-bypass-accepted = Er is met een noodcode ingelogd op je account.
notice-recovery-codes-made = Er zijn nieuwe herstelcodes voor je account.
notice-recovery-code-used = Er is met een herstelcode ingelogd op je account.
notice-recovery-codes-low = Er zijn nog hoogstens drie herstelcodes voor je account.
notice-recovery-codes-locked = Te veel verkeerde herstelcodes voor je account.
notice-recovery-codes-withdrawn = Je herstelcodes werken niet meer. Maak nieuwe.
notice-enrolment-reminder = Stel een tweede stap in: bij het inloggen wordt er nu om gevraagd.
notice-exported = Een beheerder heeft de gegevens over je account opgevraagd.
notice-opted-out = De tweede stap van je account is overgeslagen. Was jij dat niet, wijzig dan je wachtwoord.
notice-trust-copied = Een vertrouwde browser van je account is misschien gekopieerd.
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
device-unknown = Onbekende browser
notice-how-password-alone = bij het inloggen, met alleen het wachtwoord
notice-how-app-code = bij het inloggen, na een code van de authenticator-app
notice-how-email-code = bij het inloggen, na een code per e-mail
notice-how-sms-code = bij het inloggen, na een code per sms
notice-how-mailed-link = bij het inloggen met een gemailde link
notice-how-bypass-code = bij het inloggen, na een noodcode
notice-how-freeze-link = met de link van een beveiligingsmelding
notice-how-recovery-code = bij het inloggen, na een herstelcode
notice-how-passkey = bij het inloggen, nadat een passkey was gebruikt
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
problem-sign-in-dead = Er waren te veel verkeerde pogingen, en deze inlogpoging is voorbij. Log opnieuw in vanaf het begin.
problem-too-many-sign-ins = Er is te vaak ingelogd binnen een uur. Wacht voordat je het opnieuw probeert.
problem-over-share = Er zijn te veel verzoeken tegelijk. Wacht een minuut en probeer het opnieuw.
problem-locked = Er waren te veel verkeerde codes. Wacht voordat je het opnieuw probeert.
problem-locked-day = Er waren te veel verkeerde codes op één dag. Wacht tot de tijd voorbij is, of vraag om hulp.
problem-locked-month = Er waren te veel verkeerde codes in een maand. Vraag om hulp om eerder in te loggen.
problem-locked-row = Er waren te veel verkeerde codes achter elkaar. Vraag om hulp om weer in te loggen.
problem-authenticator-disabled = Er waren te veel verkeerde codes, en je tweede stap werkt niet meer. Vraag om hulp om hem opnieuw in te stellen.
problem-frozen = Inloggen is stopgezet, omdat iemand zei dat een wijziging niet van hem of haar was. Vraag om hulp om weer binnen te komen.
problem-no-usable-method = We kunnen niet nagaan dat jij het bent. Vraag om hulp om je contactgegevens aan te vullen.
problem-another-step = Deze inlogpoging vraagt nu om een andere stap. Kijk opnieuw wat de volgende is.
problem-method-not-offered = Deze manier wordt hier niet aangeboden. Kies een van de manieren die je ziet.
problem-no-code-requested = Er is geen geldige code: er is er geen verstuurd, of hij is verlopen of al gebruikt. Vraag een nieuwe aan.
problem-code-wrong = Die code is niet aanvaard. Kijk hem na en probeer het opnieuw, of vraag een nieuwe.
problem-app-code-wrong = Die code is niet aanvaard. Wacht tot de app de volgende code toont, en voer die in. Wordt die ook niet aanvaard, zet dan de datum en tijd van je telefoon op automatisch.
problem-recovery-code-wrong = Die code is niet aanvaard. Elke herstelcode werkt één keer. Controleer hem en probeer het opnieuw, of voer een andere in.
problem-bypass-code-wrong = Die noodcode is niet aanvaard. Kijk hem na en probeer het opnieuw, of vraag een nieuwe aan wie hem gaf.
problem-passkey-wrong = Die passkey is niet aanvaard. Probeer het opnieuw of log op een andere manier in.
problem-passkey-refused = Die passkey kan hier niet worden gebruikt. Probeer het opnieuw of log op een andere manier in.
problem-passkey-synced = Deze dienst aanvaardt alleen passkeys die op één apparaat blijven. Gebruik er een op dit apparaat zelf of op een beveiligingssleutel, of log op een andere manier in.
problem-passkey-unverified = Je apparaat moet hiervoor je vingerafdruk, je gezicht of je pincode controleren. Probeer het opnieuw of log op een andere manier in.
problem-resend-too-soon = Er is een code onderweg. Wacht even voordat je een andere vraagt.
problem-no-sends-left = Er kunnen geen codes meer worden verstuurd in deze inlogpoging. Log opnieuw in vanaf het begin.
problem-send-limit = Er zijn te veel codes verstuurd. Kies een andere manier, of wacht voordat je een andere vraagt.
problem-send-limit-there = Er zijn te veel codes verstuurd. Wacht voordat je een andere vraagt, of laat hem ergens anders heen sturen.
problem-send-limit-wait = Er zijn te veel codes verstuurd. Wacht voordat je een andere vraagt.
problem-country-not-allowed = Naar dit nummer kunnen geen codes worden gestuurd. Vul een ander nummer in.
problem-ticket-refused = Deze link is al gebruikt of verlopen. Log opnieuw in om een nieuwe te krijgen.
problem-freeze-link-refused = Deze link werkt niet meer: hij is ouder dan 7 dagen, het account is sindsdien gereset of stopgezet, of het adres waar hij naartoe ging hoort niet meer bij het account. Herken je een wijziging niet? Vraag dan meteen om hulp.
problem-skip-not-allowed = Deze stap kan niet worden overgeslagen. Volg de stappen die je ziet.
problem-default-not-allowed = E-mail kan hier niet de standaard worden. Laat de keuze weg.
problem-settings-closed = Laat opnieuw zien dat jij het bent voordat je wijzigt hoe je inlogt: open je instellingen opnieuw.
problem-last-authenticator = Dit is je enige manier om in te loggen en kan niet worden verwijderd. Voeg eerst een andere toe.
problem-too-many-authenticators = Er is geen ruimte voor nog een. Verwijder er eerst een, of vervang er een.
problem-authenticator-unknown = Dit is al verwijderd of nooit ingesteld. Bekijk je instellingen opnieuw.
problem-other-browser = Deze pagina hoort bij een andere browser, of cookies staan uit. Log opnieuw in vanaf het begin, in deze browser.
problem-text-refused = Wat je moet bevestigen kan niet worden getoond. Ga terug naar waar je vandaan kwam en begin opnieuw.
problem-form-refused = Dit formulier komt niet van deze pagina. Open de pagina opnieuw en herhaal de stap.
problem-malformed-code = Vul alle 6 cijfers van de code in.
problem-malformed-recovery-code = Vul alle 15 letters en cijfers van de herstelcode in.
problem-codes-not-kept = Bewaar eerst de codes, en vink dan het vakje aan.
problem-malformed-phone = Dit is geen nummer dat sms'jes ontvangt. Vul een mobiel nummer in, uit het buitenland met de landcode.
problem-malformed-email = Dit is geen e-mailadres. Vul er een in zoals naam@example.com.
problem-malformed-name = Dit kan geen naam zijn. Gebruik hooguit 32 letters, cijfers en tekens op één regel.

# De inlogpagina's.
prompt-account = Account: { $account }
prompt-text = Je bevestigt:
prompt-error-title = Fout: { $title }
prompt-code-label = Beveiligingscode
prompt-code-hint = 6 cijfers
prompt-continue = Doorgaan
prompt-busy = Even geduld …
prompt-always-email = Altijd e-mail gebruiken voor meervoudige verificatie?
prompt-remember-browser = { $days ->
    [one] 1 dag niet opnieuw vragen in deze browser
   *[other] { $days } dagen niet opnieuw vragen in deze browser
 }
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
prompt-codes-title = Bewaar je herstelcodes
prompt-codes-why = Raak je je telefoon kwijt, dan kom je met elk van deze codes één keer binnen. Bewaar ze op een veilige plaats, niet bij je telefoon: ze worden niet nog eens getoond. Codes die je eerder had, werken niet meer.
prompt-codes-list = Je herstelcodes
prompt-codes-save = Opslaan als bestand
prompt-codes-print = Afdrukken
prompt-codes-kept = Ik heb deze codes bewaard
prompt-codes-file = Herstelcodes voor { $name }. Elke code werkt één keer.
prompt-codes-few = Stel je tweede stap snel opnieuw in, zodat je ze niet nodig hebt.
prompt-recovery-label = Herstelcode
prompt-recovery-hint = 15 letters en cijfers
prompt-recovery-locked = Heb je herstelcodes, voer er dan nu een in, en stel daarna meervoudige verificatie opnieuw in.
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
prompt-done-passkey = Log voortaan in met je passkey.
prompt-done-sent = Vanaf nu krijg je daar bij elke keer inloggen een beveiligingscode.
prompt-finish = Voltooien
prompt-again = Opnieuw proberen
prompt-back = Terug naar { $name }
prompt-help = Hulp nodig?
prompt-no-support = Vraag het aan de beheerders van dit portaal.
prompt-settings-title = Beveiligingsinstellingen
prompt-settings-intro = Je kunt dit tien minuten lang wijzigen. Open het daarna opnieuw vanuit { $name }.
prompt-settings-bound = Zo log je in
prompt-settings-bound-none = Er is niets ingesteld.
prompt-settings-added = Toegevoegd op { $date }
prompt-settings-change = Wijzigen
prompt-settings-name = Naam
prompt-settings-name-save = De naam opslaan
prompt-settings-remove = Verwijderen
prompt-settings-replace = Een nieuwe ervoor in de plaats instellen
prompt-settings-last = { $name } vraagt om een tweede stap, en dit is je enige. Voeg een andere toe voordat je deze verwijdert.
prompt-settings-add = Nog een manier toevoegen
prompt-settings-full = Je hebt alle manieren die passen. Verwijder er een om een andere toe te voegen.
prompt-settings-default = Beveiligingscodes komen altijd eerst per e-mail.
prompt-settings-activity = Recente activiteit
prompt-settings-activity-not-you = Was een hiervan niet van jou? Vraag meteen om hulp.
prompt-settings-remove-text = Je kunt er dan niet meer mee inloggen. Je kunt het later opnieuw toevoegen.
prompt-settings-remove-keep = Behouden
prompt-settings-done-added = Het is toegevoegd.
prompt-settings-done-renamed = De naam is opgeslagen.
prompt-settings-done-removed = Het is verwijderd.
prompt-settings-done-default = Er wordt weer eerst om de app gevraagd.
prompt-settings-codes = Herstelcodes
prompt-settings-codes-left = { $count ->
    [one] Er is er een over van tien. Ze zijn gemaakt op { $date }.
   *[other] Er zijn er { $count } over van 10. Ze zijn gemaakt op { $date }.
 }
prompt-settings-codes-none = Je hebt er geen.
prompt-settings-codes-new = Nieuwe herstelcodes maken
prompt-settings-codes-void = De codes die je nu hebt, werken dan meteen niet meer.
prompt-settings-done-codes = Je hebt nieuwe herstelcodes.
prompt-settings-trusted = Vertrouwde browsers
prompt-settings-trusted-text = In deze browsers word je niet om een tweede stap gevraagd.
prompt-settings-trusted-days = Sinds { $since }, tot { $until }
prompt-settings-trusted-end = Niet meer vertrouwen
prompt-settings-done-trust = Daar wordt het je weer gevraagd.
prompt-settings-second-title = Voeg een tweede manier toe
prompt-settings-second-text = Als je je telefoon kwijtraakt, kom je met een tweede manier binnen zonder iemand te vragen. Gebruik er als het kan een ander apparaat voor.
prompt-settings-second-no = Nee, bedankt
prompt-settings-second-later = Je kunt er later een toevoegen in je beveiligingsinstellingen.
prompt-passkey-use = Gebruik je passkey
prompt-passkey-use-text = Je apparaat vraagt om je vingerafdruk, je gezicht of je pincode, of om je beveiligingssleutel aan te raken.
prompt-passkey-make = Een passkey maken
prompt-passkey-make-text = Met een passkey log je in met je vingerafdruk, je gezicht, je pincode of een beveiligingssleutel. Je hoeft geen code in te typen, en niemand kan je er een ontfutselen.
prompt-passkey-no-script = Passkeys hebben JavaScript nodig, dat op deze pagina niet werkt. Zet het aan en laad de pagina opnieuw, of gebruik een andere manier.
prompt-passkey-no-browser = Deze browser kan hier geen passkeys gebruiken. Gebruik een andere browser of een ander apparaat, of een andere manier.
prompt-passkey-cancelled = Er is geen passkey gebruikt. Het is geannuleerd, of dit apparaat heeft er geen van jou voor deze dienst. Probeer het opnieuw, of gebruik een andere manier.
prompt-passkey-not-made = Er is geen passkey gemaakt. Het is geannuleerd, of dit apparaat kan er geen maken die hier wordt aanvaard. Probeer het opnieuw, of gebruik een andere manier.
prompt-passkey-late = Dat duurde te lang. Probeer het opnieuw.
prompt-passkey-elsewhere = Op het adres van deze pagina kunnen geen passkeys worden gebruikt. Gebruik een andere manier.
prompt-passkey-there = Dit apparaat heeft al een passkey van jou. Gebruik die, of maak er een op een ander apparaat.
prompt-passkey-failed = Het lukte de browser niet. Probeer het opnieuw, of gebruik een andere manier.
prompt-passkey-offer-later = Je kunt er later een toevoegen in je beveiligingsinstellingen.
prompt-passkey-offer = Volgende keer sneller: stel een passkey in
prompt-passkey-offer-no = Niet nu
prompt-bypass = Heb je een noodcode gekregen? Vul hem hier in
prompt-freeze-title = Was jij dit niet?
prompt-freeze-change = We hebben je deze wijziging gemeld: { $change }
prompt-freeze-what = Heb je deze wijziging niet gedaan en er niet om gevraagd? Zet dan nu het inloggen op het account stop. Niemand komt er dan nog in, jij ook niet, en wie is ingelogd hoort te worden uitgelogd.
prompt-freeze-until = Daarna moet iemand die gebruikers helpt nagaan dat jij het bent en je tweede stap resetten, die je dan opnieuw instelt.
prompt-freeze-button = Inloggen stopzetten
prompt-freeze-close = Heb je deze wijziging zelf gedaan? Sluit dan deze pagina. Door haar te openen is er niets veranderd.
prompt-frozen-title = Inloggen is stopgezet
prompt-frozen-done = Niemand kan nu inloggen op dit account. Codes en links van ervoor werken niet meer.
prompt-frozen-next = Vraag nu om hulp, zodat iemand nagaat dat jij het bent en je weer binnenlaat. Kies ook een nieuw wachtwoord: wie de wijziging deed, kent misschien het oude.

# De console.
console = Console

# Regels van het activiteitenlog.
activity-code-accepted = { $method ->
    [passkey] Passkey aanvaard
   *[other] Code{ $by } aanvaard
 }
activity-code-wrong = { $method ->
    [passkey] Passkey was verkeerd
   *[other] Code{ $by } was verkeerd
 }
activity-code-expired = Code{ $by } was verlopen
activity-code-reused = { $method ->
    [passkey] De teller van een passkey liep terug: misschien bestaat er een kopie van
   *[other] Code{ $by } was al gebruikt, of is ouder dan een die dat was
 }
activity-code-requested = Code{ $by } naar{ $to } aangevraagd
activity-code-sent = Code verstuurd{ $by } naar{ $to }
activity-code-not-sent = Code{ $by } naar{ $to } kon niet worden verstuurd
activity-code-unknown = Code{ $by } naar{ $to } is misschien niet verstuurd
activity-message-delivered = Bericht{ $by } naar{ $to } is afgeleverd
activity-message-delayed = Bericht{ $by } naar{ $to } is nog niet afgeleverd
activity-message-returned = Bericht{ $by } naar{ $to } kwam terug: daar wordt een dag niets naartoe gestuurd
activity-message-complained = Bericht{ $by } naar{ $to } is als spam gemeld
activity-send-limited = Berichten{ $by } naar{ $to } tegengehouden: een limiet was bereikt
activity-link-requested = Link om opnieuw in te stellen{ $by } naar{ $to } aangevraagd
activity-link-sent = Link om opnieuw in te stellen verstuurd{ $by } naar{ $to }
activity-link-not-sent = Link om opnieuw in te stellen{ $by } naar{ $to } kon niet worden verstuurd
activity-link-unknown = Link om opnieuw in te stellen{ $by } naar{ $to } is misschien niet verstuurd
activity-enrolled = Ingesteld{ $to }
activity-test-sent = Testbericht{ $by } naar{ $to }
activity-ticket-spent = Geopend met een gemailde link, om opnieuw in te stellen
activity-unlocked = Ontgrendeld door een beheerder
activity-skip-cleared = Overslaan gewist door een beheerder
activity-bypass-issued = Noodcode uitgegeven door een beheerder
activity-bypass-accepted = Noodcode aanvaard
activity-bypass-wrong = Noodcode was verkeerd
activity-recovery-codes-made = Herstelcodes gemaakt
activity-recovery-code-used = Herstelcode aanvaard
activity-recovery-code-wrong = Herstelcode was verkeerd
activity-recovery-codes-low = Er zijn nog hoogstens drie herstelcodes over
activity-recovery-codes-locked = Er wordt een dag lang geen herstelcode gecontroleerd, na te veel verkeerde
activity-recovery-codes-withdrawn = Herstelcodes werken niet meer: hun sleutel is ingetrokken
activity-enrolment-reminder = Door een beheerder aan het instellen herinnerd
activity-erased = Gebruiker gewist
activity-exported = Gegevens van de gebruiker geëxporteerd
activity-portal-created = Portaal aangemaakt
activity-portal-changed = Portaal gewijzigd
activity-portal-deleted = Portaal verwijderd
activity-key-added = API-sleutel gemaakt
activity-key-revoked = API-sleutel ingetrokken
activity-policy-changed = Beleid vervangen
activity-switched-on = Beleid aangezet
activity-switched-off = Beleid uitgezet
activity-all-trust-ended = Geen enkele browser wordt nog vertrouwd
activity-bulk-reset-asked = De reset van veel gebruikers is aangevraagd
activity-bulk-reset-begun = De reset van veel gebruikers is begonnen
activity-bulk-reset-ended = De reset van veel gebruikers is afgelopen
activity-bulk-reset-withdrawn = De reset van veel gebruikers is ingetrokken
activity-settings-changed = Instellingen gewijzigd
activity-admin-added = Beheerder aangemaakt
activity-admin-changed = Rol van een beheerder gewijzigd
activity-admin-removed = Beheerder verwijderd
activity-admin-reset = Wachtwoord en tweede stap van een beheerder gereset
activity-password-changed = Wachtwoord gewijzigd
activity-password-wrong = Verkeerd wachtwoord voor een beheerder
activity-password-locked = Te veel verkeerde wachtwoorden voor een beheerder
activity-admin-unlocked = Beheerder ontgrendeld
activity-sessions-ended = Beheerder heeft eigen sessies beëindigd
activity-admin-sessions-ended = Sessies van een beheerder beëindigd
activity-keyring-made = Eerste sleutels van de installatie gemaakt
activity-root-key-published = Hoofdsleutel gepubliceerd
activity-root-key-retired = Hoofdsleutel verwijderd
activity-root-key-withdrawn = Gelekte hoofdsleutel ingetrokken
activity-signing-key-published = Ondertekensleutel gepubliceerd
activity-signing-key-retired = Ondertekensleutel verwijderd
activity-signing-key-withdrawn = Gelekte ondertekensleutel ingetrokken
activity-keys-rewrapped = Hoofdsleutels onder een andere KMS-sleutel verpakt
activity-sign-in-dead = Inlogpoging afgebroken na te veel verkeerde pogingen
activity-locked = Een tijd geblokkeerd na te veel verkeerde codes
activity-disabled = Uitgeschakeld na te veel verkeerde codes, tot een reset
activity-not-required = Ingelogd zonder tweede stap: het beleid staat uit
activity-skipped = Ingelogd zonder tweede stap: eerder overgeslagen
activity-browser-trusted = Browser vertrouwd: daar een tijd lang geen vraag
activity-trusted-sign-in = Ingelogd zonder vraag: vertrouwde browser
activity-trust-copied = Iemand gebruikte een kopie van een vertrouwde browser: die krijgt weer de vraag
activity-trust-ended = Vertrouwde browser verwijderd
activity-grace-used = Ingelogd zonder tweede stap: instellen uitgesteld
activity-opted-out = Instellen overgeslagen
activity-opted-in = MFA ingeschakeld na overslaan
activity-denied = Geweigerd: geen bruikbare methode
activity-default-set = Altijd e-mail gebruiken is ingesteld
activity-default-unset = Altijd e-mail gebruiken is opgeheven
activity-authenticator-removed = Een manier van inloggen is verwijderd
activity-authenticator-renamed = Een manier van inloggen heeft een andere naam gekregen
activity-contact-added = Contactgegevens toegevoegd
activity-contact-changed = Contactgegevens gewijzigd
activity-details-changed = Naam, organisatie of taal gewijzigd
activity-reset = Gereset door een beheerder
activity-frozen = Bevroren met de link van een melding, tot een reset
activity-fallback-sent = Code van de authenticator-app gestuurd per e-mail{ $to }
activity-by-authenticator-app = { " van de authenticator-app" }
activity-by-email = { " per e-mail" }
activity-by-sms = { " per sms" }
activity-by-recovery-code = { " met een herstelcode" }
activity-by-passkey = { " met een passkey" }

# De redenen voor de volgende stap van een gebruiker.
next-step-locked = Er waren te veel verkeerde codes, en er wordt geen code gecontroleerd tot de wachttijd voorbij is. Ontgrendel de gebruiker om die nu te beëindigen.
next-step-locked-passkey = Er waren te veel verkeerde codes, en er wordt geen code gecontroleerd tot de wachttijd voorbij is. Met een passkey kan de gebruiker nog wel inloggen. Ontgrendel de gebruiker om de wachttijd nu te beëindigen.
next-step-locked-recovery = Er waren te veel verkeerde codes. Tot de wachttijd voorbij is, wordt alleen een herstelcode gecontroleerd, en daarna stelt de gebruiker alles opnieuw in. Ontgrendel de gebruiker om de wachttijd nu te beëindigen.
next-step-disabled = De authenticator van de gebruiker is uitgeschakeld na 100 verkeerde codes achter elkaar. Reset de gebruiker om hem opnieuw in te stellen.
next-step-frozen = Inloggen is stopgezet, omdat iemand zei dat een wijziging niet van hem of haar was. Ga na wie het vraagt en reset dan de gebruiker; daarna opent een link per e-mail of een noodcode het instellen.
next-step-disabled-recovery = De authenticator van de gebruiker is uitgeschakeld na te veel verkeerde codes achter elkaar. De gebruiker wordt om een herstelcode gevraagd, en stelt daarna alles opnieuw in. Een reset helpt wie de codes kwijt is.
next-step-off-bound = Het beleid staat uit, maar wie iets heeft ingesteld wordt nog om een code gevraagd, en deze gebruiker heeft een authenticator.
next-step-off-email-default = Het beleid staat uit, maar wie iets heeft ingesteld wordt nog om een code gevraagd, en deze gebruiker maakte e-mail de standaard.
next-step-off-default-doubtful = Het beleid staat uit, maar wie iets heeft ingesteld wordt nog om een code gevraagd, en deze gebruiker maakte e-mail de standaard. Naar dat adres kan nu geen code: het is niet meer bevestigd of niet meer bekend, of er is geen afzender ingesteld. Herstel het, of reset de gebruiker.
next-step-off-bound-unknown = Het beleid staat uit, maar wie iets heeft ingesteld wordt nog om een code gevraagd, en deze gebruiker heeft een authenticator die alleen een nieuwere versie van deze dienst kent. Werk weer bij, of reset de gebruiker.
next-step-off-never-enrolled = Het beleid staat uit, en deze gebruiker heeft nooit iets ingesteld: er wordt niets gevraagd.
next-step-off-nobody = Het beleid staat uit, en niemand wordt iets gevraagd.
next-step-demand = De gebruiker wil de eigen instellingen wijzigen, en wordt om een nieuw bewijs gevraagd.
next-step-demand-unmet = De gebruiker wil de eigen instellingen wijzigen, en het beleid staat dat niet toe.
next-step-demand-while-off = De gebruiker wil de eigen instellingen wijzigen, kan niets bewijzen, en het beleid staat uit.
next-step-step-up = Het portaal vraagt een nieuw bewijs, en de gebruiker heeft iets dat sterk genoeg is.
next-step-cannot-step-up = Het portaal vraagt een nieuw bewijs, en niets wat de gebruiker heeft is sterk genoeg. De gebruiker voegt het toe in de beveiligingsinstellingen.
next-step-skipped = De gebruiker koos ervoor over te slaan, en het beleid staat dat toe.
next-step-trusted = De gebruiker zit in een vertrouwde browser en krijgt geen vraag.
next-step-bound-in-policy = De gebruiker heeft een methode van het beleid ingesteld, en wordt om de code daarvan gevraagd.
next-step-directory = De contactgegevens hebben een bestemming die het beleid gebruikt; daar gaat een code heen.
next-step-email-default = De gebruiker maakte e-mail de standaard; daar gaat een code heen.
next-step-nothing-to-enrol = De gebruiker heeft geen bruikbare methode, en het beleid heeft er geen om in te stellen. Vul de contactgegevens aan.
next-step-bound-unknown = De gebruiker heeft een authenticator die alleen een nieuwere versie van deze dienst kent, en verder niets dat telt. Werk weer bij, of reset de gebruiker.
next-step-bound-outside-policy = De methode van de gebruiker staat niet meer in het beleid: er wordt nog één keer om gevraagd, en dan stelt de gebruiker opnieuw in.
next-step-default-outside-policy = De gebruiker maakte e-mail de standaard, wat het beleid niet meer toestaat: er gaat nog één keer een code heen, en dan stelt de gebruiker in.
next-step-link-needed = De gebruiker is gereset, verloor het adres van de bewaarde standaard, of moet met iedereen opnieuw instellen, en het beleid wil eerst een gemailde link. Een noodcode opent dat ook.
next-step-default-doubtful = De gebruiker maakte e-mail de standaard, en naar dat adres kan nu geen code: het is niet meer bevestigd of niet meer bekend, of er is geen afzender ingesteld. Herstel het, of reset de gebruiker.
next-step-email-first = De gebruiker heeft geen authenticator. Eerst gaat er een code naar het bevestigde adres, en dan stelt de gebruiker in.
next-step-email-first-impossible = De gebruiker heeft geen authenticator, en het beleid wil vóór de eerste een code per e-mail, maar er is geen bevestigd adres waar een code heen kan. Laat het adres bevestigen, of geef een noodcode uit.
next-step-grace = De gebruiker wordt gevraagd een methode in te stellen en kan dat nog overslaan.
next-step-enrol-or-skip = De gebruiker heeft geen authenticator, en stelt er een in of slaat over.
next-step-enrol = De gebruiker heeft geen authenticator, en moet er een instellen.
