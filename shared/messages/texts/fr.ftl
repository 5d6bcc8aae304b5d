# La façon dont la langue s'écrit.
text-direction = ltr
thousands-separator = { "\u202F" }
list-separator = { ", " }

# Ce qu'on lit pendant une connexion.
sign-in-enter-app-code = Saisissez le code à 6 chiffres affiché dans votre application d’authentification
sign-in-enter-recovery-code = Saisissez l’un de vos codes de récupération
sign-in-use-passkey = Utilisez votre clé d’accès pour continuer
sign-in-codes-locked = Trop de codes étaient erronés : aucun code n’est accepté pour le moment. Votre clé d’accès fonctionne toujours.
sign-in-passkey-elsewhere = Votre clé d’accès appartient à une autre adresse et ne peut pas être utilisée ici.
sign-in-passkey-synced = Les clés d’accès copiées sur d’autres appareils ne sont plus acceptées ici.
sign-in-passkeys-nowhere = Les clés d’accès ne peuvent pas être utilisées ici pour le moment.
sign-in-get-help = Demandez de l’aide pour pouvoir vous connecter.
sign-in-comes-back = Les messages envoyés à { $to } nous reviennent ; rien n’y est donc envoyé pendant 24 heures.
sign-in-nothing-reaches = Il ne reste pour le moment aucun moyen de vous envoyer un code. Demandez de l’aide pour pouvoir vous connecter, ou réessayez plus tard.
sign-in-recover = Trop de codes étaient erronés. Saisissez l’un de vos codes de récupération, puis configurez à nouveau l’authentification multifacteur
sign-in-keep-codes = Gardez vos codes de récupération en lieu sûr : chacun vous laisse entrer une fois si vous perdez votre téléphone
sign-in-few-codes = { $count ->
    [one] Il reste { $count } code de récupération
   *[other] Il reste { $count } codes de récupération
 }
sign-in-last-code = C’était votre dernier code de récupération
sign-in-codes-died = Vos codes de récupération ne fonctionnent plus, car ce service a été restauré à partir d’une sauvegarde. Jetez-les.
sign-in-enter-sent-code = Saisissez le code à 6 chiffres envoyé à { $to }
sign-in-enter-late-code = L’envoi d’un code à { $to } a pris trop de temps. Saisissez-le s’il arrive ; sinon, faites-le renvoyer ou utilisez un autre moyen
sign-in-choose = Choisissez comment recevoir votre code de sécurité
sign-in-check-email = Consultez vos e-mails : vous y trouverez un lien pour configurer à nouveau l’authentification multifacteur
sign-in-no-link = Vous devez configurer à nouveau l’authentification multifacteur, mais nous ne pouvons pas vous envoyer de lien par e-mail. Demandez de l’aide.
sign-in-done = Connexion réussie
sign-in-prove-first = Avant de poursuivre, demandez un code par e-mail pour montrer que c’est bien vous
sign-in-no-proof = Avant que vous configuriez l’authentification multifacteur, nous devons envoyer un code à une adresse e-mail confirmée qui vous appartient, et nous n’en avons aucune. Demandez de l’aide pour faire confirmer votre adresse e-mail.
sign-in-no-way-in = Nous ne pouvons pas vérifier que c’est bien vous. Demandez de l’aide.
sign-in-settings = Vous pouvez changer votre façon de vous connecter
sign-in-no-settings = Vous ne pouvez pas changer ici votre façon de vous connecter. Demandez de l’aide.
sign-in-step-up-needs-code = Pour confirmer, il vous faut un moyen de recevoir des codes, et vous n’en avez pas.
sign-in-step-up-needs-app = Pour confirmer, il vous faut une application d’authentification ou une clé d’accès, et vous n’en avez pas.
sign-in-step-up-needs-passkey = Pour confirmer, il vous faut une clé d’accès, et vous n’en avez pas.
sign-in-step-up-add = Ajoutez-en d’abord dans vos paramètres de sécurité.
sign-in-step-up-ask = Demandez de l’aide pour en mettre en place.
sign-in-enrol-app = Configurez une application d’authentification pour continuer
sign-in-enrol-passkey = Configurez une clé d’accès pour vous connecter
sign-in-enrol-email = Saisissez une adresse e-mail où recevoir vos codes de sécurité pour continuer
sign-in-enrol-sms = Saisissez un numéro de téléphone où recevoir vos codes de sécurité pour continuer
sign-in-enrol-choose = Choisissez comment configurer l’authentification multifacteur
sign-in-grace-until = Configurez-la au plus tard le { $date }. D’ici là, vous pouvez ignorer cette étape.
sign-in-grace-sign-ins = { $count ->
    [one] Vous pouvez encore ignorer cette étape une fois.
   *[other] Vous pouvez encore ignorer cette étape { $count } fois.
 }
authenticator-app = Application d’authentification
authenticator-passkey = Clé d’accès
authenticator-email = E-mail
authenticator-sms = SMS
authenticator-by-day = { $what }, depuis le { $date }
date-day = { $day } { $month } { $year }
month-names = janvier février mars avril mai juin juillet août septembre octobre novembre décembre
link-send-email = Envoyer un code de sécurité par e-mail à { $to }
link-send-sms = Envoyer un code de sécurité par SMS au { $to }
link-use-app = Utiliser l’application d’authentification
link-use-recovery-code = Utiliser un code de récupération
link-use-passkey = Utiliser une clé d’accès
link-enrol-app = Configurer une application d’authentification
link-enrol-passkey = Configurer une clé d’accès
link-skip = Ignorer pour l’instant
link-add-app = Ajouter une application d’authentification
link-add-passkey = Ajouter une clé d’accès
link-replace-app = Configurer une nouvelle application à la place de { $name }
link-remove-authenticator = Retirer { $name }
link-unset-default = Ne plus toujours utiliser l’e-mail
link-end-trust = Ne plus faire confiance à { $name }
link-end-trust-all = Ne plus faire confiance à aucun navigateur

# E-mails.
email-code-subject = Votre code de sécurité pour { $name }
email-code-heading = Votre code de sécurité pour { $name } est
email-code-once = { $minutes ->
    [one] Il expire dans une minute et ne peut servir qu’une fois. Personne de { $name } ne vous le demandera jamais.
   *[other] Il expire dans { $minutes } minutes et ne peut servir qu’une fois. Personne de { $name } ne vous le demandera jamais.
 }
email-code-not-you = Si vous n’avez pas essayé de vous connecter, quelqu’un connaît peut-être votre mot de passe : changez-le.
email-text-not-you = Si ce n’est pas ce que vous voulez confirmer, ne saisissez pas le code et prévenez { $name } tout de suite.
email-read-out-subject = Code à lire à l’administrateur de { $name }
email-read-out-heading = Lisez ce code à l’administrateur de { $name } à qui vous avez demandé de l’aide :
email-read-out-once = { $minutes ->
    [one] Il expire dans une minute. L’administrateur s’en sert pour réinitialiser votre deuxième étape. Ensuite, vous la configurerez à nouveau.
   *[other] Il expire dans { $minutes } minutes. L’administrateur s’en sert pour réinitialiser votre deuxième étape. Ensuite, vous la configurerez à nouveau.
 }
email-read-out-not-you = Si vous ne venez pas de demander de l’aide à { $name }, ne communiquez pas ce code et prévenez { $name } immédiatement.
email-address-subject = Confirmez votre adresse e-mail pour { $name }
email-address-heading = Saisissez ce code dans { $name } pour confirmer votre adresse e-mail :
email-address-once = { $minutes ->
    [one] Il expire dans une minute et ne peut servir qu’une fois. Les modifications de votre compte seront annoncées à cette adresse.
   *[other] Il expire dans { $minutes } minutes et ne peut servir qu’une fois. Les modifications de votre compte seront annoncées à cette adresse.
 }
email-address-not-you = Si vous n’avez pas saisi cette adresse, vous n’avez rien à faire.
email-link-subject = Configurez à nouveau l’authentification multifacteur pour { $name }
email-link-heading = Ouvrez ce lien pour configurer à nouveau l’authentification multifacteur pour { $name } :
email-link-button = Configurer
email-link-once = { $minutes ->
    [one] Il expire dans une minute et ne fonctionne qu’une fois, pour votre compte uniquement.
   *[other] Il expire dans { $minutes } minutes et ne fonctionne qu’une fois, pour votre compte uniquement.
 }
email-link-not-you = Si vous n’avez pas essayé de vous connecter, quelqu’un connaît peut-être votre mot de passe : changez-le, et n’ouvrez pas le lien.
email-test-subject = Message de test de { $name }
email-test-heading = Les e-mails de { $name } fonctionnent : ce message a été envoyé avec les paramètres en vigueur.
email-test-not-you = Vous n’avez rien à faire. Si vous n’avez pas demandé ce message, prévenez un autre opérateur.
email-reminder-subject = Configurez votre deuxième étape pour { $name }
email-reminder-heading = { $name } demande désormais une deuxième étape à la connexion, et vous n’en avez pas encore configuré.
email-reminder-page = Ouvrez la page ci-dessus et connectez-vous comme d’habitude. Elle vous montre comment configurer votre deuxième étape.
email-reminder-sign-in = À votre prochaine connexion, vous verrez comment configurer votre deuxième étape.
email-reminder-not-you = Un administrateur a demandé ce rappel. Rien n’a été modifié dans votre compte.
email-notice-subject = Alerte de sécurité de { $name }
email-notice-not-you = Si c’était vous, ou si vous l’avez demandé, vous n’avez rien à faire. Sinon, prévenez { $name } immédiatement.
email-freeze-line = Ce n’était pas vous ? Bloquez la connexion à votre compte avec ce lien. Il fonctionne pendant 7 jours :
email-freeze-button = Ce n’était pas moi

# SMS : uniquement les lettres de l'alphabet des SMS, et assez court pour tenir en un segment.
sms-code = { $name } : { $code } est votre code de sécurité. Il expire dans { $minutes } min. Ne le donnez à personne.
sms-text-code = Code : { $code }
sms-text-line = { $name } : à saisir seulement si c’est exact. Ne le donnez à personne.
sms-read-out = { $name } : { $code } est pour l'administrateur à qui vous avez demandé de l'aide. Il expire dans { $minutes } min. Rien demandé ? Ne le donnez pas.
sms-test = { $name } : les SMS fonctionnent. Ce test a été envoyé avec les paramètres en vigueur.
sms-notice = { $name } : { $what } Pas vous ? Prévenez-nous vite.
sms-notice-more = { $name } : { $what } Autre chose a changé. Pas vous ? Prévenez-nous vite.
sms-notice-from = Depuis { $device }.

# Annonces de changements.
notice-enrolled = Un nouveau moyen de connexion a été configuré pour votre compte.
notice-authenticator-removed = Un moyen de connexion a été retiré de votre compte.
notice-locked = Trop de codes erronés ont été saisis pour votre compte.
notice-disabled = Votre deuxième étape a été désactivée après trop de codes erronés.
notice-default-set = Les codes de sécurité seront désormais toujours envoyés par e-mail.
notice-default-unset = Les codes de sécurité ne sont plus toujours envoyés par e-mail.
notice-contact-changed = Les coordonnées de votre compte ont été modifiées.
notice-opted-in = L’authentification multifacteur a été activée pour votre compte.
notice-reset = Votre deuxième étape a été réinitialisée. Configurez-la à la prochaine connexion.
notice-frozen = La connexion à votre compte a été bloquée.
notice-unlocked = Votre compte a été déverrouillé par un administrateur.
notice-skip-cleared = Votre choix d’ignorer la deuxième étape a été annulé.
notice-bypass-issued = Un code d’urgence a été émis pour votre compte.
notice-bypass-accepted = Un code d’urgence a servi à se connecter à votre compte.
notice-recovery-codes-made = De nouveaux codes de récupération existent pour votre compte.
notice-recovery-code-used = Un code de récupération a servi pour votre compte.
notice-recovery-codes-low = Il reste au plus trois codes de récupération à votre compte.
notice-recovery-codes-locked = Trop de codes de récupération erronés pour votre compte.
notice-recovery-codes-withdrawn = Vos codes de récupération ne fonctionnent plus. Créez-en de nouveaux.
notice-enrolment-reminder = Configurez une deuxième étape : la connexion en demande une.
notice-exported = Un administrateur a exporté les données conservées sur votre compte.
notice-opted-out = Votre deuxième étape a été ignorée. Si ce n’était pas vous, changez de mot de passe.
notice-trust-copied = Un navigateur de confiance a peut-être été copié.
notice-erased = Votre compte a été effacé, avec tout ce que vous aviez configuré pour la connexion.
notice-admin-changed = Vos droits dans la console ont été modifiés.
notice-admin-removed = Votre accès à la console a été supprimé.
notice-admin-reset = Votre mot de passe et votre deuxième étape pour la console ont été réinitialisés.
notice-password-changed = Votre mot de passe pour la console a été modifié.
notice-password-locked = Trop de mots de passe erronés ont été saisis pour votre compte. Pour l’instant, certains ne sont pas vérifiés. Si vous ne pouvez pas vous connecter, demandez à un autre opérateur de vous déverrouiller.
notice-admin-unlocked = Votre compte pour la console a été déverrouillé.
notice-admin-sessions-ended = Toutes vos sessions dans la console ont été fermées.
notice-other = Quelque chose a changé dans votre compte.
notice-several = D’autres choses ont changé dans votre compte :
notice-times = { $what } ({ $count } fois)
notice-detail = Quand et comment : { $detail }.
notice-last = Dernière fois : { $detail }.
notice-from = depuis { $device }
notice-device = { $browser } sous { $system }
device-unknown = Navigateur inconnu
notice-how-password-alone = lors d’une connexion avec le mot de passe seul
notice-how-app-code = lors d’une connexion, après un code de l’application d’authentification
notice-how-email-code = lors d’une connexion, après un code reçu par e-mail
notice-how-sms-code = lors d’une connexion, après un code reçu par SMS
notice-how-mailed-link = lors d’une connexion ouverte avec un lien reçu par e-mail
notice-how-bypass-code = lors d’une connexion, après un code d’urgence
notice-how-freeze-link = avec le lien d’une alerte de sécurité
notice-how-recovery-code = lors d’une connexion, après un code de récupération
notice-how-passkey = lors d’une connexion, après l’utilisation d’une clé d’accès
notice-how-sign-in = lors d’une connexion
notice-how-admin = par un administrateur du service de connexion
notice-how-portal-admin = par un administrateur de { $name }
notice-how-portal = par { $name }

# Problèmes, chacun avec l'étape suivante.
problem-unavailable = Le service ne peut pas répondre pour le moment. Réessayez dans un instant.
problem-conflict = Plusieurs demandes sont arrivées en même temps. Réessayez.
problem-delivery-failed = Le code n’a pas pu être envoyé. Choisissez un autre moyen, ou réessayez dans un instant.
problem-delivery-failed-wait = Le code n’a pas pu être envoyé. Réessayez dans un instant.
problem-sign-in-unknown = Cette connexion est terminée ou n’a jamais existé. Reconnectez-vous depuis le début.
problem-sign-in-expired = Cette connexion a pris trop de temps et s’est terminée. Reconnectez-vous depuis le début.
problem-sign-in-done = Cette connexion est déjà terminée. Continuez vers le portail, ou reconnectez-vous depuis le début.
problem-sign-in-dead = Il y a eu trop de tentatives erronées et cette connexion est terminée. Reconnectez-vous depuis le début.
problem-too-many-sign-ins = Il y a eu trop de connexions en une heure. Patientez avant de réessayer.
problem-over-share = Il y a trop de demandes à la fois. Patientez une minute, puis réessayez.
problem-locked = Trop de codes étaient erronés. Patientez avant de réessayer.
problem-locked-day = Trop de codes étaient erronés en une journée. Patientez, ou demandez de l’aide.
problem-locked-month = Trop de codes étaient erronés en un mois. Demandez de l’aide pour pouvoir vous connecter plus tôt.
problem-locked-row = Trop de codes consécutifs étaient erronés. Demandez de l’aide pour pouvoir vous connecter à nouveau.
problem-authenticator-disabled = Trop de codes étaient erronés et votre deuxième étape ne fonctionne plus. Demandez de l’aide pour la configurer à nouveau.
problem-frozen = La connexion est bloquée, car quelqu’un a signalé une modification qui n’était pas de lui. Demandez de l’aide pour pouvoir vous connecter à nouveau.
problem-no-usable-method = Nous ne pouvons pas vérifier que c’est bien vous. Demandez de l’aide pour faire compléter vos coordonnées.
problem-another-step = Cette connexion demande maintenant une autre étape. Affichez-la à nouveau pour voir la suite.
problem-method-not-offered = Ce moyen n’est pas disponible ici. Choisissez l’un de ceux qui sont affichés.
problem-no-code-requested = Il n’y a aucun code à vérifier : aucun n’a été envoyé, ou il a expiré ou déjà servi. Demandez-en un nouveau.
problem-code-wrong = Ce code n’a pas été accepté. Vérifiez-le et réessayez, ou demandez-en un nouveau.
problem-app-code-wrong = Ce code n’a pas été accepté. Attendez que votre application affiche le code suivant et saisissez celui-là. S’il n’est pas accepté non plus, réglez la date et l’heure de votre téléphone sur automatique.
problem-recovery-code-wrong = Ce code n’a pas été accepté. Chaque code de récupération sert une fois. Vérifiez-le et réessayez, ou saisissez-en un autre.
problem-bypass-code-wrong = Ce code d’urgence n’a pas été accepté. Vérifiez-le et réessayez, ou demandez-en un nouveau à la personne qui vous l’a donné.
problem-passkey-wrong = Cette clé d’accès n’a pas été acceptée. Réessayez ou utilisez un autre moyen de connexion.
problem-passkey-refused = Cette clé d’accès ne peut pas être utilisée ici. Réessayez ou utilisez un autre moyen de connexion.
problem-passkey-synced = Ce service n’accepte que les clés d’accès qui restent sur un seul appareil. Utilisez-en une sur cet appareil même ou sur une clé de sécurité, ou un autre moyen de connexion.
problem-passkey-unverified = Votre appareil doit pour cela vérifier votre empreinte, votre visage ou votre code PIN. Réessayez ou utilisez un autre moyen de connexion.
problem-resend-too-soon = Un code est en route. Patientez un peu avant d’en demander un autre.
problem-no-sends-left = Aucun autre code ne peut être envoyé pendant cette connexion. Reconnectez-vous depuis le début.
problem-send-limit = Trop de codes ont été envoyés. Choisissez un autre moyen, ou patientez avant d’en demander un autre.
problem-send-limit-there = Trop de codes ont été envoyés. Patientez avant d’en demander un autre, ou faites-le envoyer ailleurs.
problem-send-limit-wait = Trop de codes ont été envoyés. Patientez avant d’en demander un autre.
problem-country-not-allowed = Aucun code ne peut être envoyé à ce numéro. Saisissez-en un autre.
problem-ticket-refused = Ce lien a déjà servi ou a expiré. Reconnectez-vous pour en recevoir un autre.
problem-freeze-link-refused = Ce lien ne fonctionne plus : il date de plus de 7 jours, le compte a été réinitialisé ou bloqué depuis, ou l’adresse à laquelle il a été envoyé n’appartient plus au compte. Si vous ne reconnaissez pas une modification, demandez de l’aide sans attendre.
problem-skip-not-allowed = Cette étape ne peut pas être ignorée. Suivez les étapes affichées.
problem-default-not-allowed = L’e-mail ne peut pas devenir le moyen par défaut ici. Laissez ce choix de côté.
problem-settings-closed = Montrez de nouveau que c’est bien vous avant de changer votre façon de vous connecter : rouvrez vos paramètres.
problem-last-authenticator = C’est votre seul moyen de connexion, il ne peut donc pas être retiré. Ajoutez-en d’abord un autre.
problem-too-many-authenticators = Il n’y a plus de place. Retirez d’abord un moyen, ou remplacez-le.
problem-authenticator-unknown = Ce moyen a déjà été retiré, ou n’a jamais été configuré. Consultez de nouveau vos paramètres.
problem-other-browser = Cette page appartient à un autre navigateur, ou les cookies sont désactivés. Reconnectez-vous depuis le début, dans ce navigateur.
problem-text-refused = Ce que vous devez confirmer ne peut pas être affiché. Revenez à la page d’où vous veniez et recommencez.
problem-form-refused = Ce formulaire ne provient pas de cette page. Ouvrez à nouveau la page et répétez l’étape.
problem-malformed-code = Saisissez les 6 chiffres du code.
problem-malformed-recovery-code = Saisissez les 15 lettres et chiffres du code de récupération.
problem-codes-not-kept = Gardez d’abord les codes, puis cochez la case.
problem-malformed-phone = Ce numéro ne peut pas recevoir de SMS. Saisissez un numéro de mobile, avec l’indicatif du pays s’il est étranger.
problem-malformed-email = Ce n’est pas une adresse e-mail. Saisissez-en une, par exemple nom@example.com.
problem-malformed-name = Ceci ne peut pas être un nom. Utilisez au plus 32 lettres, chiffres et signes sur une ligne.

# Les pages de connexion.
prompt-account = Compte : { $account }
prompt-text = Vous confirmez :
prompt-error-title = Erreur : { $title }
prompt-code-label = Code de sécurité
prompt-code-hint = 6 chiffres
prompt-continue = Continuer
prompt-busy = Veuillez patienter…
prompt-always-email = Toujours utiliser l’e-mail pour l’authentification multifacteur ?
prompt-remember-browser = { $days ->
    [one] Ne plus demander dans ce navigateur pendant 1 jour
   *[other] Ne plus demander dans ce navigateur pendant { $days } jours
 }
prompt-send-again = Renvoyer
prompt-not-arrived = Rien reçu ? Cela peut prendre une minute, et un e-mail peut se trouver dans le dossier des indésirables.
prompt-attempts-left = { $count ->
    [one] Il reste { $count } essai.
   *[other] Il reste { $count } essais.
 }
prompt-choose-other = Ou choisissez un autre moyen
prompt-app-add = Ajoutez ce compte à votre application
prompt-app-steps = Scannez cette image avec une application d’authentification.
prompt-app-open = Ouvrir l’application d’authentification
prompt-app-elsewhere = Sur un autre appareil
prompt-app-key = Ou saisissez cette clé dans l’application :
prompt-app-entry = L’application l’affichera sous le nom { $issuer }, { $account }.
prompt-app-code = Saisissez le code à 6 chiffres affiché par l’application
prompt-app-none = Pas encore d’application d’authentification ? Installez-en une depuis la boutique d’applications de votre appareil, par exemple Google Authenticator ou Microsoft Authenticator. Toute application qui affiche des codes à 6 chiffres convient.
prompt-qr-alt = Code QR pour l’application d’authentification
prompt-copy = Copier
prompt-copied = Copié
prompt-codes-title = Gardez vos codes de récupération
prompt-codes-why = Si vous perdez votre téléphone, chacun de ces codes vous laisse entrer une fois. Gardez-les en lieu sûr, loin de votre téléphone : ils ne s’affichent plus ensuite. Les codes que vous aviez avant ne sont plus valables.
prompt-codes-list = Vos codes de récupération
prompt-codes-save = Enregistrer dans un fichier
prompt-codes-print = Imprimer
prompt-codes-kept = J’ai gardé ces codes
prompt-codes-file = Codes de récupération pour { $name }. Chacun sert une fois.
prompt-codes-few = Configurez bientôt à nouveau votre deuxième étape, pour ne pas en avoir besoin.
prompt-recovery-label = Code de récupération
prompt-recovery-hint = 15 lettres et chiffres
prompt-recovery-locked = Si vous avez des codes de récupération, saisissez-en un maintenant, puis configurez à nouveau l’authentification multifacteur.
prompt-phone-label = Numéro de téléphone
prompt-phone-hint = Un numéro de mobile ; s’il est étranger, avec l’indicatif du pays, par exemple +33 6 12 34 56 78
prompt-email-label = Adresse e-mail
prompt-email-hint = Les codes de sécurité y seront envoyés
prompt-send-code = Envoyer le code de sécurité
prompt-enrol-email = Utiliser une adresse e-mail
prompt-enrol-sms = Utiliser un numéro de téléphone
prompt-change-email = Changer d’adresse e-mail
prompt-change-phone = Changer de numéro de téléphone
prompt-check-email-title = Consultez vos e-mails
prompt-spam = Le lien fonctionne une seule fois, pendant une demi-heure. Fermez cette page dès que vous l’avez reçu.
prompt-locked-title = Veuillez patienter
prompt-link-sent = Le lien a été envoyé à { $to }.
prompt-link-not-arrived = Rien reçu ? Cela peut prendre une minute, et l’e-mail peut se trouver dans le dossier des courriers indésirables.
prompt-wait-minutes = { $count ->
    [one] Vous pourrez réessayer dans { $count } minute.
   *[other] Vous pourrez réessayer dans { $count } minutes.
 }
prompt-wait-hours = { $count ->
    [one] Vous pourrez réessayer dans { $count } heure.
   *[other] Vous pourrez réessayer dans { $count } heures.
 }
prompt-wait-days = { $count ->
    [one] Vous pourrez réessayer dans { $count } jour.
   *[other] Vous pourrez réessayer dans { $count } jours.
 }
prompt-over-title = Cette connexion est terminée
prompt-denied-title = Nous ne pouvons pas vous connecter
prompt-problem-title = Cela n’a pas fonctionné
prompt-done-title = Tout est prêt
prompt-done-app = Désormais, connectez-vous avec le code affiché par votre application d’authentification.
prompt-done-passkey = Désormais, connectez-vous avec votre clé d’accès.
prompt-done-sent = Désormais, un code de sécurité y sera envoyé à chaque connexion.
prompt-finish = Terminer
prompt-again = Réessayer
prompt-back = Retour à { $name }
prompt-help = Besoin d’aide ?
prompt-no-support = Adressez-vous aux responsables de ce portail.
prompt-settings-title = Paramètres de sécurité
prompt-settings-intro = Vous pouvez les modifier pendant dix minutes. Ensuite, rouvrez-les depuis { $name }.
prompt-settings-bound = Comment vous vous connectez
prompt-settings-bound-none = Rien n’est configuré.
prompt-settings-added = Ajouté le { $date }
prompt-settings-change = Modifier
prompt-settings-name = Nom
prompt-settings-name-save = Enregistrer le nom
prompt-settings-remove = Supprimer
prompt-settings-replace = En configurer un nouveau à la place
prompt-settings-last = { $name } demande une deuxième étape, et c’est la seule que vous avez. Ajoutez-en une autre avant de la supprimer.
prompt-settings-add = Ajouter un autre moyen
prompt-settings-full = Vous avez tous les moyens possibles. Supprimez-en un pour en ajouter un autre.
prompt-settings-default = Les codes de sécurité sont toujours envoyés d’abord par e-mail.
prompt-settings-activity = Activité récente
prompt-settings-activity-not-you = L’une de ces actions n’était pas de vous ? Demandez de l’aide immédiatement.
prompt-settings-remove-text = Vous ne pourrez plus vous connecter avec. Vous pourrez l’ajouter de nouveau plus tard.
prompt-settings-remove-keep = Garder
prompt-settings-done-added = C’est ajouté.
prompt-settings-done-renamed = Le nom est enregistré.
prompt-settings-done-removed = C’est supprimé.
prompt-settings-done-default = L’application est de nouveau demandée d’abord.
prompt-settings-codes = Codes de récupération
prompt-settings-codes-left = { $count ->
    [one] Il en reste un sur dix. Ils ont été créés le { $date }.
   *[other] Il en reste { $count } sur 10. Ils ont été créés le { $date }.
 }
prompt-settings-codes-none = Vous n’en avez pas.
prompt-settings-codes-new = Créer de nouveaux codes de récupération
prompt-settings-codes-void = Les codes actuels cesseront aussitôt de fonctionner.
prompt-settings-done-codes = Vous avez de nouveaux codes de récupération.
prompt-settings-trusted = Navigateurs de confiance
prompt-settings-trusted-text = Dans ces navigateurs, aucune seconde étape ne vous est demandée.
prompt-settings-trusted-days = Depuis le { $since }, jusqu’au { $until }
prompt-settings-trusted-end = Ne plus lui faire confiance
prompt-settings-done-trust = La seconde étape vous y sera de nouveau demandée.
prompt-settings-second-title = Ajouter un deuxième moyen
prompt-settings-second-text = Si vous perdez votre téléphone, un deuxième moyen vous laisse entrer sans demander à personne. Utilisez si possible un autre appareil.
prompt-settings-second-no = Non, merci
prompt-settings-second-later = Vous pourrez en ajouter un plus tard dans vos paramètres de sécurité.
prompt-passkey-use = Utiliser votre clé d’accès
prompt-passkey-use-text = Votre appareil vous demande votre empreinte, votre visage ou votre code PIN, ou de toucher votre clé de sécurité.
prompt-passkey-make = Créer une clé d’accès
prompt-passkey-make-text = Avec une clé d’accès, vous vous connectez par votre empreinte, votre visage, votre code PIN ou une clé de sécurité. Il n’y a pas de code à saisir, et personne ne peut vous en soutirer un.
prompt-passkey-no-script = Les clés d’accès ont besoin de JavaScript, qui ne fonctionne pas sur cette page. Activez-le et rechargez la page, ou choisissez un autre moyen.
prompt-passkey-no-browser = Ce navigateur ne peut pas utiliser de clés d’accès ici. Prenez un autre navigateur ou un autre appareil, ou choisissez un autre moyen.
prompt-passkey-cancelled = Aucune clé d’accès n’a été utilisée. L’opération a été annulée, ou cet appareil n’en a pas à vous pour ce service. Réessayez, ou choisissez un autre moyen.
prompt-passkey-not-made = Aucune clé d’accès n’a été créée. L’opération a été annulée, ou cet appareil ne peut pas en créer une qui soit acceptée ici. Réessayez, ou choisissez un autre moyen.
prompt-passkey-late = Cela a pris trop de temps. Réessayez.
prompt-passkey-elsewhere = Les clés d’accès ne peuvent pas être utilisées à l’adresse de cette page. Choisissez un autre moyen.
prompt-passkey-there = Cet appareil a déjà une clé d’accès à vous. Utilisez celle-ci, ou créez-en une sur un autre appareil.
prompt-passkey-failed = Le navigateur n’y est pas parvenu. Réessayez, ou choisissez un autre moyen.
prompt-passkey-offer-later = Vous pourrez en ajouter une plus tard dans vos paramètres de sécurité.
prompt-passkey-offer = Plus rapide la prochaine fois : configurez une clé d’accès
prompt-passkey-offer-no = Pas maintenant
prompt-bypass = Vous avez reçu un code d’urgence ? Saisissez-le ici
prompt-freeze-title = Ce n’était pas vous ?
prompt-freeze-change = Nous vous avons signalé cette modification : { $change }
prompt-freeze-what = Si vous n’avez ni fait ni demandé cette modification, bloquez maintenant la connexion au compte. Plus personne ne pourra se connecter, vous non plus, et toute session ouverte devra être fermée.
prompt-freeze-until = Ensuite, une personne qui aide les utilisateurs doit vérifier que c’est bien vous et réinitialiser votre deuxième étape, que vous configurerez à nouveau.
prompt-freeze-button = Bloquer la connexion
prompt-freeze-close = Si cette modification est de vous, fermez cette page. L’ouvrir n’a rien changé.
prompt-frozen-title = La connexion est bloquée
prompt-frozen-done = Personne ne peut plus se connecter à ce compte. Les codes et les liens envoyés avant ne fonctionnent plus.
prompt-frozen-next = Demandez de l’aide maintenant, pour que quelqu’un vérifie que c’est bien vous et rétablisse votre accès. Choisissez aussi un nouveau mot de passe : l’auteur de la modification connaît peut-être l’ancien.

# La console.
console = Console

# Lignes du journal d'activité.
activity-code-accepted = { $method ->
    [passkey] Clé d’accès acceptée
   *[other] Code{ $by } accepté
 }
activity-code-wrong = { $method ->
    [passkey] Clé d’accès erronée
   *[other] Code{ $by } erroné
 }
activity-code-expired = Code{ $by } expiré
activity-code-reused = { $method ->
    [passkey] Le compteur d’une clé d’accès a reculé : il en existe peut-être une copie
   *[other] Code{ $by } déjà utilisé, ou plus ancien qu’un code utilisé
 }
activity-code-requested = Code{ $by } vers{ $to } demandé
activity-code-sent = Code envoyé{ $by } vers{ $to }
activity-code-not-sent = Le code{ $by } vers{ $to } n’a pas pu être envoyé
activity-code-unknown = Le code{ $by } vers{ $to } n’a peut-être pas été envoyé
activity-message-delivered = Message{ $by } vers{ $to } remis
activity-message-delayed = Message{ $by } vers{ $to } pas encore remis
activity-message-returned = Message{ $by } vers{ $to } revenu : rien n’y est envoyé pendant un jour
activity-message-complained = Message{ $by } vers{ $to } signalé comme spam
activity-send-limited = Messages{ $by } vers{ $to } retenus : une limite était atteinte
activity-link-requested = Lien pour configurer à nouveau{ $by } vers{ $to } demandé
activity-link-sent = Lien pour configurer à nouveau envoyé{ $by } vers{ $to }
activity-link-not-sent = Le lien pour configurer à nouveau{ $by } vers{ $to } n’a pas pu être envoyé
activity-link-unknown = Le lien pour configurer à nouveau{ $by } vers{ $to } n’a peut-être pas été envoyé
activity-enrolled = Configuré{ $to }
activity-test-sent = Message de test{ $by } vers{ $to }
activity-ticket-spent = Ouverte avec un lien envoyé par e-mail, pour configurer à nouveau
activity-unlocked = Déverrouillé par un administrateur
activity-skip-cleared = Choix d’ignorer annulé par un administrateur
activity-bypass-issued = Code d’urgence émis par un administrateur
activity-bypass-accepted = Code d’urgence accepté
activity-bypass-wrong = Code d’urgence erroné
activity-recovery-codes-made = Codes de récupération créés
activity-recovery-code-used = Code de récupération accepté
activity-recovery-code-wrong = Code de récupération erroné
activity-recovery-codes-low = Il reste au plus trois codes de récupération
activity-recovery-codes-locked = Aucun code de récupération n’est vérifié pendant un jour, après trop de codes erronés
activity-recovery-codes-withdrawn = Les codes de récupération ne fonctionnent plus : leur clé a été retirée
activity-enrolment-reminder = Configuration rappelée par un administrateur
activity-erased = Utilisateur effacé
activity-exported = Données de l’utilisateur exportées
activity-portal-created = Portail créé
activity-portal-changed = Portail modifié
activity-portal-deleted = Portail supprimé
activity-key-added = Clé d’API créée
activity-key-revoked = Clé d’API révoquée
activity-policy-changed = Politique remplacée
activity-switched-on = Politique activée
activity-switched-off = Politique désactivée
activity-all-trust-ended = Plus aucun navigateur n’est de confiance
activity-bulk-reset-asked = La réinitialisation de nombreux utilisateurs a été demandée
activity-bulk-reset-begun = La réinitialisation de nombreux utilisateurs a commencé
activity-bulk-reset-ended = La réinitialisation de nombreux utilisateurs est terminée
activity-bulk-reset-withdrawn = La réinitialisation de nombreux utilisateurs a été retirée
activity-settings-changed = Paramètres modifiés
activity-admin-added = Administrateur créé
activity-admin-changed = Rôle d’un administrateur modifié
activity-admin-removed = Administrateur supprimé
activity-admin-reset = Mot de passe et deuxième étape d’un administrateur réinitialisés
activity-password-changed = Mot de passe changé
activity-password-wrong = Mot de passe erroné pour un administrateur
activity-password-locked = Trop de mots de passe erronés pour un administrateur
activity-admin-unlocked = Administrateur déverrouillé
activity-sessions-ended = Un administrateur a fermé ses propres sessions
activity-admin-sessions-ended = Sessions d’un administrateur fermées
activity-keyring-made = Premières clés de l’installation créées
activity-root-key-published = Clé racine publiée
activity-root-key-retired = Clé racine supprimée
activity-root-key-withdrawn = Clé racine divulguée retirée
activity-signing-key-published = Clé de signature publiée
activity-signing-key-retired = Clé de signature supprimée
activity-signing-key-withdrawn = Clé de signature divulguée retirée
activity-keys-rewrapped = Clés racines chiffrées par une autre clé KMS
activity-sign-in-dead = Connexion interrompue après trop de tentatives erronées
activity-locked = Verrouillé un moment après trop de codes erronés
activity-disabled = Désactivé après trop de codes erronés, jusqu’à une réinitialisation
activity-not-required = Connecté sans deuxième étape : la politique est désactivée
activity-skipped = Connecté sans deuxième étape : ignorée auparavant
activity-browser-trusted = Navigateur de confiance ajouté : rien n’y est demandé pendant un temps
activity-trusted-sign-in = Connecté sans question : navigateur de confiance
activity-trust-copied = Quelqu’un a utilisé une copie d’un navigateur de confiance : la question y est de nouveau posée
activity-trust-ended = Navigateur de confiance retiré
activity-grace-used = Connecté sans deuxième étape : configuration reportée
activity-opted-out = Configuration ignorée
activity-opted-in = MFA activée après un choix d’ignorer
activity-denied = Refusé : aucun moyen utilisable
activity-default-set = Toujours utiliser l’e-mail : choix défini
activity-default-unset = Toujours utiliser l’e-mail : choix annulé
activity-authenticator-removed = Un moyen de connexion a été retiré
activity-authenticator-renamed = Un moyen de connexion a été renommé
activity-contact-added = Coordonnées ajoutées
activity-contact-changed = Coordonnées modifiées
activity-details-changed = Nom, organisation ou langue modifiés
activity-reset = Réinitialisé par un administrateur
activity-frozen = Bloqué avec le lien d’une alerte, jusqu’à une réinitialisation
activity-fallback-sent = Code de l’application d’authentification envoyé par e-mail{ $to }
activity-by-authenticator-app = { " de l’application d’authentification" }
activity-by-email = { " par e-mail" }
activity-by-sms = { " par SMS" }
activity-by-recovery-code = { " avec un code de récupération" }
activity-by-passkey = { " avec une clé d’accès" }

# Les raisons de la prochaine étape d'un utilisateur.
next-step-locked = Trop de codes étaient erronés, et aucun code n’est vérifié avant la fin de l’attente. Déverrouillez l’utilisateur pour y mettre fin maintenant.
next-step-locked-passkey = Trop de codes étaient erronés, et aucun code n’est vérifié avant la fin de l’attente. L’utilisateur peut toujours se connecter avec une clé d’accès. Déverrouillez l’utilisateur pour mettre fin à l’attente maintenant.
next-step-locked-recovery = Trop de codes étaient erronés. Jusqu’à la fin de l’attente, seul un code de récupération est vérifié, puis l’utilisateur configure tout à nouveau. Déverrouillez l’utilisateur pour mettre fin à l’attente maintenant.
next-step-disabled = Le moyen d’authentification de l’utilisateur a été désactivé après 100 codes erronés d’affilée. Réinitialisez l’utilisateur pour qu’il le configure à nouveau.
next-step-frozen = La connexion est bloquée, car quelqu’un a signalé une modification qui n’était pas de lui. Vérifiez qui le demande, puis réinitialisez l’utilisateur ; ensuite, un lien par e-mail ou un code d’urgence ouvre l’inscription.
next-step-disabled-recovery = Le moyen d’authentification de l’utilisateur a été désactivé après trop de codes erronés d’affilée. Un code de récupération lui est demandé, puis il configure tout à nouveau. S’il a perdu les codes, réinitialisez-le.
next-step-off-bound = La politique est désactivée, mais les utilisateurs qui l’ont configurée sont encore sollicités, et celui-ci a un moyen d’authentification.
next-step-off-email-default = La politique est désactivée, mais les utilisateurs qui l’ont configurée sont encore sollicités, et celui-ci a choisi l’e-mail par défaut.
next-step-off-default-doubtful = La politique est désactivée, mais les utilisateurs qui l’ont configurée sont encore sollicités, et celui-ci a choisi l’e-mail par défaut. Aucun code ne peut aller à cette adresse pour l’instant : elle n’est plus vérifiée ou enregistrée, ou aucun expéditeur n’est défini. Rétablissez-la, ou réinitialisez l’utilisateur.
next-step-off-bound-unknown = La politique est désactivée, mais les utilisateurs qui l’ont configurée sont encore sollicités, et celui-ci a un moyen d’authentification que seule une version plus récente de ce service connaît. Mettez à jour à nouveau, ou réinitialisez l’utilisateur.
next-step-off-never-enrolled = La politique est désactivée, et cet utilisateur n’a jamais rien configuré : rien n’est demandé.
next-step-off-nobody = La politique est désactivée, et personne n’est sollicité.
next-step-demand = L’utilisateur veut changer ses propres paramètres, et une nouvelle preuve lui est demandée.
next-step-demand-unmet = L’utilisateur veut changer ses propres paramètres, et la politique ne le permet pas.
next-step-demand-while-off = L’utilisateur veut changer ses propres paramètres, n’a rien pour prouver que c’est lui, et la politique est désactivée.
next-step-step-up = Le portail demande une preuve récente, et l’utilisateur a quelque chose d’assez fort.
next-step-cannot-step-up = Le portail demande une preuve récente, et rien de ce qu’a l’utilisateur n’est assez fort. L’utilisateur l’ajoute dans les paramètres de sécurité.
next-step-skipped = L’utilisateur a choisi d’ignorer, et la politique le permet.
next-step-trusted = L’utilisateur est dans un navigateur de confiance et rien ne lui est demandé.
next-step-bound-in-policy = L’utilisateur a configuré un moyen de la politique, et son code est demandé.
next-step-directory = Les coordonnées ont une destination que la politique utilise ; un code y est envoyé.
next-step-email-default = L’utilisateur a choisi l’e-mail par défaut ; un code y est envoyé.
next-step-nothing-to-enrol = L’utilisateur n’a aucun moyen utilisable, et la politique n’en a aucun à configurer. Complétez les coordonnées.
next-step-bound-unknown = L’utilisateur a un moyen d’authentification que seule une version plus récente de ce service connaît, et rien d’autre qui compte. Mettez à jour à nouveau, ou réinitialisez l’utilisateur.
next-step-bound-outside-policy = Le moyen de l’utilisateur n’est plus dans la politique : il est demandé une dernière fois, puis l’utilisateur configure à nouveau.
next-step-default-outside-policy = L’utilisateur a choisi l’e-mail par défaut, ce que la politique ne permet plus : un code y est envoyé une dernière fois, puis l’utilisateur configure.
next-step-link-needed = L’utilisateur a été réinitialisé, a perdu l’adresse de son choix par défaut ou doit configurer à nouveau comme tout le monde, et la politique exige d’abord un lien envoyé par e-mail. Un code d’urgence convient aussi.
next-step-default-doubtful = L’utilisateur a choisi l’e-mail par défaut, et aucun code ne peut aller à cette adresse pour l’instant : elle n’est plus vérifiée ou enregistrée, ou aucun expéditeur n’est défini. Rétablissez-la, ou réinitialisez l’utilisateur.
next-step-email-first = L’utilisateur n’a aucun moyen d’authentification. Un code est d’abord envoyé à l’adresse vérifiée, puis l’utilisateur configure.
next-step-email-first-impossible = L’utilisateur n’a aucun moyen d’authentification, et la politique exige un code par e-mail avant le premier, mais il n’y a aucune adresse vérifiée où l’envoyer. Faites vérifier l’adresse, ou émettez un code d’urgence.
next-step-grace = L’utilisateur est invité à configurer une méthode et peut encore ignorer cette étape.
next-step-enrol-or-skip = L’utilisateur n’a aucun moyen d’authentification, et en configure un ou ignore.
next-step-enrol = L’utilisateur n’a aucun moyen d’authentification, et doit en configurer un.
