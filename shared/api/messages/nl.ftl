# Wat mensen lezen terwijl ze inloggen.
sign-in-enter-app-code = Voer de 6-cijferige code in die je authenticator-app toont
sign-in-enter-sent-code = Voer de 6-cijferige code in die naar { $to } is gestuurd
sign-in-choose = Kies hoe je je beveiligingscode wilt krijgen
sign-in-check-email = Kijk in je e-mail voor een link om meervoudige verificatie opnieuw in te stellen
sign-in-no-link = Je moet meervoudige verificatie opnieuw instellen, maar we kunnen je geen link mailen. Vraag om hulp.
sign-in-done = Je bent ingelogd
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
email-link-subject = Stel meervoudige verificatie voor { $name } opnieuw in
email-link-heading = Open deze link om meervoudige verificatie voor { $name } opnieuw in te stellen:
email-link-button = Instellen
email-link-once = De link is { $minutes } minuten geldig en werkt één keer, alleen voor jouw account.
email-link-not-you = Probeerde je niet in te loggen? Dan kent iemand misschien je wachtwoord: verander het, en open de link niet.
email-notice-subject = Beveiligingsmelding van { $name }
email-notice-not-you = Was jij dit, of heb je erom gevraagd? Dan hoef je niets te doen. Zo niet, meld het meteen bij { $name }.

# Sms-berichten: alleen gewone letters, en kort.
sms-code = { $name }: { $code } is je beveiligingscode, { $minutes } minuten geldig. Geef hem aan niemand.
sms-notice = { $name }: { $what } Was jij dit niet? Meld het meteen.

# Wat een gebruiker over een wijziging hoort.
told-enrolled = Er is een nieuwe manier van inloggen ingesteld voor je account.
told-locked = Er zijn te veel verkeerde codes ingevoerd voor je account.
told-disabled = Je tweede stap is uitgeschakeld na te veel verkeerde codes.
told-default-set = Beveiligingscodes komen vanaf nu altijd per e-mail.
told-default-unset = Beveiligingscodes komen niet meer altijd per e-mail.
told-contact-changed = De contactgegevens van je account zijn gewijzigd.
told-opted-in = Meervoudige verificatie is ingeschakeld voor je account.
told-reset = Je tweede stap is gereset. Stel hem bij de volgende keer inloggen opnieuw in.
told-unlocked = Je account is door een beheerder ontgrendeld.
told-skip-cleared = Je keuze om de tweede stap over te slaan is gewist.
told-bypass-issued = Er is een noodcode uitgegeven voor je account.
told-bypass-accepted = Er is met een noodcode ingelogd op je account.
told-exported = Wat over je account bekend is, is door een beheerder opgevraagd.
told-other = Er is iets gewijzigd in je account.
