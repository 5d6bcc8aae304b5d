# La façon dont la langue s'écrit.
text-direction = ltr
list-separator = { ", " }

# Ce qu'on lit pendant une connexion.
sign-in-enter-app-code = Saisissez le code à 6 chiffres affiché dans votre application d’authentification
sign-in-enter-sent-code = Saisissez le code à 6 chiffres envoyé à { $to }
sign-in-choose = Choisissez comment recevoir votre code de sécurité
sign-in-check-email = Consultez vos e-mails : vous y trouverez un lien pour configurer à nouveau l’authentification multifacteur
sign-in-no-link = Vous devez configurer à nouveau l’authentification multifacteur, mais nous ne pouvons pas vous envoyer de lien par e-mail. Demandez de l’aide.
sign-in-done = Vous êtes connecté(e)
sign-in-prove-first = Avant de poursuivre, demandez un code par e-mail pour montrer que c’est bien vous
sign-in-no-proof = Avant que vous configuriez l’authentification multifacteur, nous devons envoyer un code à une adresse e-mail confirmée qui vous appartient, et nous n’en avons aucune. Demandez de l’aide pour faire confirmer votre adresse e-mail.
sign-in-no-way-in = Nous ne pouvons pas vérifier que c’est bien vous. Demandez de l’aide.
sign-in-enrol-app = Configurez une application d’authentification pour continuer
sign-in-enrol-email = Saisissez une adresse e-mail où recevoir vos codes de sécurité pour continuer
sign-in-enrol-sms = Saisissez un numéro de téléphone où recevoir vos codes de sécurité pour continuer
sign-in-enrol-choose = Choisissez comment configurer l’authentification multifacteur
link-send-email = Envoyer un code de sécurité par e-mail à { $to }
link-send-sms = Envoyer un code de sécurité par SMS au { $to }
link-use-app = Utiliser l’application d’authentification
link-enrol-app = Configurer une application d’authentification
link-skip = Ignorer pour l’instant

# E-mails.
email-code-subject = Votre code de sécurité pour { $name }
email-code-heading = Votre code de sécurité pour { $name } est
email-code-once = { $minutes ->
    [one] Il expire dans une minute et ne peut servir qu’une fois. Personne de { $name } ne vous le demandera jamais.
   *[other] Il expire dans { $minutes } minutes et ne peut servir qu’une fois. Personne de { $name } ne vous le demandera jamais.
 }
email-code-not-you = Si vous n’avez pas essayé de vous connecter, quelqu’un connaît peut-être votre mot de passe : changez-le.
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
email-notice-subject = Alerte de sécurité de { $name }
email-notice-not-you = Si c’était vous, ou si vous l’avez demandé, vous n’avez rien à faire. Sinon, prévenez { $name } immédiatement.

# SMS : uniquement les lettres de l'alphabet des SMS, et assez court pour tenir en un segment.
sms-code = { $name } : { $code } est votre code de sécurité. Il expire dans { $minutes } min. Ne le donnez à personne.
sms-read-out = { $name } : { $code } est pour l'administrateur à qui vous avez demandé de l'aide. Il expire dans { $minutes } min. Rien demandé ? Ne le donnez pas.
sms-test = { $name } : les SMS fonctionnent. Ce test a été envoyé avec les paramètres en vigueur.
sms-notice = { $name } : { $what } Pas vous ? Prévenez-nous vite.
sms-notice-more = { $name } : { $what } Autre chose a changé. Pas vous ? Prévenez-nous vite.
sms-notice-from = Depuis { $device }.

# Annonces de changements.
notice-enrolled = Un nouveau moyen de connexion a été configuré pour votre compte.
notice-locked = Trop de codes erronés ont été saisis pour votre compte.
notice-disabled = Votre deuxième étape a été désactivée après trop de codes erronés.
notice-default-set = Les codes de sécurité seront désormais toujours envoyés par e-mail.
notice-default-unset = Les codes de sécurité ne sont plus toujours envoyés par e-mail.
notice-contact-changed = Les coordonnées de votre compte ont été modifiées.
notice-opted-in = L’authentification multifacteur a été activée pour votre compte.
notice-reset = Votre deuxième étape a été réinitialisée. Configurez-la à la prochaine connexion.
notice-unlocked = Votre compte a été déverrouillé par un administrateur.
notice-skip-cleared = Votre choix d’ignorer la deuxième étape a été annulé.
notice-bypass-issued = Un code d’urgence a été émis pour votre compte.
notice-bypass-accepted = Un code d’urgence a servi à se connecter à votre compte.
notice-exported = Un administrateur a exporté les données conservées sur votre compte.
notice-opted-out = Votre deuxième étape a été ignorée. Si ce n’était pas vous, changez de mot de passe.
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
notice-how-password-alone = lors d’une connexion avec le mot de passe seul
notice-how-app-code = lors d’une connexion, après un code de l’application d’authentification
notice-how-email-code = lors d’une connexion, après un code reçu par e-mail
notice-how-sms-code = lors d’une connexion, après un code reçu par SMS
notice-how-mailed-link = lors d’une connexion ouverte avec un lien reçu par e-mail
notice-how-bypass-code = lors d’une connexion, après un code d’urgence
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
problem-sign-in-dead = Trop de codes étaient erronés et cette connexion est terminée. Reconnectez-vous depuis le début.
problem-too-many-sign-ins = Il y a eu trop de connexions en une heure. Patientez avant de réessayer.
problem-locked = Trop de codes étaient erronés. Patientez avant de réessayer.
problem-locked-day = Trop de codes étaient erronés en une journée. Patientez, ou demandez de l’aide.
problem-locked-month = Trop de codes étaient erronés en un mois. Demandez de l’aide pour pouvoir vous connecter plus tôt.
problem-locked-row = Trop de codes consécutifs étaient erronés. Demandez de l’aide pour pouvoir vous connecter à nouveau.
problem-authenticator-disabled = Trop de codes étaient erronés et votre deuxième étape ne fonctionne plus. Demandez de l’aide pour la configurer à nouveau.
problem-no-usable-method = Nous ne pouvons pas vérifier que c’est bien vous. Demandez de l’aide pour faire compléter vos coordonnées.
problem-another-step = Cette connexion demande maintenant une autre étape. Affichez-la à nouveau pour voir la suite.
problem-method-not-offered = Ce moyen n’est pas disponible ici. Choisissez l’un de ceux qui sont affichés.
problem-no-code-requested = Il n’y a aucun code à vérifier : aucun n’a été envoyé, ou il a expiré ou déjà servi. Demandez-en un nouveau.
problem-code-wrong = Ce code n’a pas été accepté. Vérifiez-le et réessayez, ou demandez-en un nouveau.
problem-app-code-wrong = Ce code n’a pas été accepté. Attendez que votre application affiche le code suivant et saisissez celui-là. S’il n’est pas accepté non plus, réglez la date et l’heure de votre téléphone sur automatique.
problem-resend-too-soon = Un code est en route. Patientez un peu avant d’en demander un autre.
problem-no-sends-left = Aucun autre code ne peut être envoyé pendant cette connexion. Reconnectez-vous depuis le début.
problem-send-limit = Trop de codes ont été envoyés. Choisissez un autre moyen, ou patientez avant d’en demander un autre.
problem-send-limit-there = Trop de codes ont été envoyés. Patientez avant d’en demander un autre, ou faites-le envoyer ailleurs.
problem-send-limit-wait = Trop de codes ont été envoyés. Patientez avant d’en demander un autre.
problem-country-not-allowed = Aucun code ne peut être envoyé à ce numéro. Saisissez-en un autre.
problem-ticket-refused = Ce lien a déjà servi ou a expiré. Reconnectez-vous pour en recevoir un autre.
problem-skip-not-allowed = Cette étape ne peut pas être ignorée. Suivez les étapes affichées.
problem-default-not-allowed = L’e-mail ne peut pas devenir le moyen par défaut ici. Laissez ce choix de côté.
problem-other-browser = Cette page appartient à un autre navigateur, ou les cookies sont désactivés. Reconnectez-vous depuis le début, dans ce navigateur.
problem-form-refused = Ce formulaire ne provient pas de cette page. Ouvrez à nouveau la page et répétez l’étape.
problem-malformed-code = Saisissez les 6 chiffres du code.
problem-malformed-phone = Ce numéro ne peut pas recevoir de SMS. Saisissez un numéro de mobile, avec l’indicatif du pays s’il est étranger.
problem-malformed-email = Ce n’est pas une adresse e-mail. Saisissez-en une, par exemple nom@example.com.

# Les pages de connexion.
prompt-code-label = Code de sécurité
prompt-code-hint = 6 chiffres
prompt-continue = Continuer
prompt-busy = Veuillez patienter…
prompt-always-email = Toujours utiliser l’e-mail pour l’authentification multifacteur ?
prompt-send-again = Renvoyer
prompt-not-arrived = Rien reçu ? Cela peut prendre une minute, et un e-mail peut se trouver dans le dossier des indésirables.
prompt-attempts-left = { $count ->
    [one] Il reste { $count } essai.
   *[other] Il reste { $count } essais.
 }
prompt-choose-other = Ou choisissez un autre moyen
prompt-app-steps = Scannez cette image avec une application d’authentification.
prompt-app-open = Sur ce téléphone ? Ouvrez-la dans l’application
prompt-app-key = Ou saisissez cette clé dans l’application
prompt-app-entry = L’application l’affichera sous le nom { $issuer }, { $account }.
prompt-app-code = Saisissez ensuite le code à 6 chiffres affiché par l’application
prompt-qr-alt = Code QR pour l’application d’authentification
prompt-copy = Copier
prompt-copied = Copié
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
prompt-locked-minutes = { $count ->
    [one] Vous pourrez réessayer dans { $count } minute.
   *[other] Vous pourrez réessayer dans { $count } minutes.
 }
prompt-over-title = Cette connexion est terminée
prompt-denied-title = Nous ne pouvons pas vous connecter
prompt-problem-title = Cela n’a pas fonctionné
prompt-done-title = Tout est prêt
prompt-done-app = Désormais, connectez-vous avec le code affiché par votre application d’authentification.
prompt-done-sent = Désormais, un code de sécurité y sera envoyé à chaque connexion.
prompt-finish = Terminer
prompt-again = Réessayer
prompt-back = Retour à { $name }
prompt-help = Besoin d’aide ?
prompt-no-support = Adressez-vous aux responsables de ce portail.
prompt-bypass = Vous avez reçu un code d’urgence ? Saisissez-le ici
