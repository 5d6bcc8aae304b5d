# Texts on the way through a sign-in. Words in the reference portals' own form stay as they are.
sign-in-enter-app-code = Enter the 6-digit code displayed in your authenticator app
sign-in-enter-sent-code = Enter the 6-digit code sent to { $to }
sign-in-choose = Choose how to get your security code
sign-in-check-email = Check your email for a link to set up multi-factor authentication again
sign-in-no-link = You have to set up multi-factor authentication again, but we cannot email you a link. Ask for help.
sign-in-done = You are signed in
sign-in-prove-first = Before you set this up, get a code by email to show that it is you
sign-in-no-proof = Before you set up multi-factor authentication, we have to send a code to a confirmed email address of yours, and we have none. Ask for help to have your email address confirmed.
sign-in-no-way-in = We cannot check that it is you. Ask for help.
sign-in-enrol-app = Set up an authenticator app to continue
sign-in-enrol-email = Enter an email address for your security codes to continue
sign-in-enrol-sms = Enter a phone number for your security codes to continue
sign-in-enrol-choose = Choose how to set up multi-factor authentication
link-send-email = Send security code via email to { $to }
link-send-sms = Send security code via text message to { $to }
link-use-app = Use the authenticator app
link-enrol-app = Set up an authenticator app
link-skip = Skip for now

# Emails.
email-code-subject = Your security code for { $name }
email-code-heading = Your security code for { $name } is
email-code-once = It expires in { $minutes } minutes and can be used once. Nobody from { $name } will ever ask you for it.
email-code-not-you = If you did not try to sign in, someone may know your password: change it.
email-read-out-subject = Code to read out to the administrator of { $name }
email-read-out-heading = Read this code out to the administrator of { $name } whom you asked for help:
email-read-out-once = It expires in { $minutes } minutes. The administrator uses it to reset your second step. Then you set it up again.
email-read-out-not-you = If you did not ask { $name } for help just now, don't share the code, and tell { $name } at once.
email-address-subject = Confirm your email address for { $name }
email-address-heading = Enter this code in { $name } to confirm your email address:
email-address-once = It expires in { $minutes } minutes and can be used once. Changes to your account will be announced at this address.
email-address-not-you = If you did not enter this address, you do not need to do anything.
email-link-subject = Set up multi-factor authentication for { $name } again
email-link-heading = Open this link to set up multi-factor authentication for { $name } again:
email-link-button = Set it up
email-link-once = It expires in { $minutes } minutes and works once, for your account only.
email-link-not-you = If you did not try to sign in, someone may know your password: change it, and do not open the link.
email-test-subject = Test message from { $name }
email-test-heading = Email from { $name } works: this message was sent with the settings in force.
email-test-not-you = You do not need to do anything. If you did not ask for this message, tell another operator.
email-notice-subject = Security notice from { $name }
email-notice-not-you = If this was you, or you asked for it, you do not need to do anything. If not, tell { $name } at once.

# Text messages: plain letters only, and short, so that each stays one segment.
sms-code = { $name }: { $code } is your security code. It expires in { $minutes } minutes. Don't share it.
sms-read-out = { $name }: { $code } is for the administrator you asked for help. It expires in { $minutes } minutes. Didn't ask? Don't share it.
sms-test = { $name }: text messages work. This test was sent with the settings in force.
sms-notice = { $name }: { $what } Not you? Tell us at once.
sms-notice-more = { $name }: { $what } More was changed. Not you? Tell us at once.
sms-notice-from = From { $device }.

# Notices of changes.
notice-enrolled = A new way to sign in was set up for your account.
notice-locked = Too many wrong codes were entered for your account.
notice-disabled = Your second step was disabled after too many wrong codes.
notice-default-set = Security codes will now always be sent by email.
notice-default-unset = Security codes are no longer always sent by email.
notice-contact-changed = The contact details of your account were changed.
notice-opted-in = Multi-factor authentication was enabled for your account.
notice-reset = Your second step was reset. Set it up again at the next sign-in.
notice-unlocked = Your account was unlocked by an administrator.
notice-skip-cleared = Your choice to skip the second step was cleared.
notice-bypass-issued = A bypass code was issued for your account.
notice-bypass-accepted = A bypass code was used to sign in to your account.
notice-exported = An administrator exported the data that is kept about your account.
notice-opted-out = The second step of your account was skipped. If that was not you, change your password.
notice-erased = Your account was erased, with everything you had set up to sign in.
notice-admin-changed = Your rights in the console were changed.
notice-admin-removed = Your access to the console was removed.
notice-admin-reset = Your password and second step for the console were reset.
notice-password-changed = Your password for the console was changed.
notice-password-locked = Too many wrong passwords were entered for your account. Some are not checked for now. If you cannot sign in, ask another operator to unlock you.
notice-admin-unlocked = Your account for the console was unlocked.
notice-admin-sessions-ended = All your sessions in the console were ended.
notice-other = Something changed in your account.
notice-several = More was changed in your account:
notice-times = { $what } ({ $count } times)
notice-detail = When and how: { $detail }.
notice-last = Last: { $detail }.
notice-from = from { $device }
notice-device = { $browser } on { $system }
notice-how-password-alone = in a sign-in with the password alone
notice-how-app-code = in a sign-in, after a code of the authenticator app
notice-how-email-code = in a sign-in, after a code by email
notice-how-sms-code = in a sign-in, after a code by text message
notice-how-mailed-link = in a sign-in that was opened with a mailed link
notice-how-bypass-code = in a sign-in, after a bypass code
notice-how-sign-in = in a sign-in
notice-how-admin = by an administrator of the sign-in service
notice-how-portal-admin = by an administrator of { $name }
notice-how-portal = by { $name }

# Problems, each with the next step.
problem-unavailable = The service cannot answer right now. Try again in a moment.
problem-conflict = Several requests came at once. Try again.
problem-delivery-failed = The code could not be sent. Choose another way, or try again in a moment.
problem-delivery-failed-wait = The code could not be sent. Try again in a moment.
problem-sign-in-unknown = This sign-in has ended or never existed. Sign in again from the start.
problem-sign-in-expired = This sign-in took too long and has ended. Sign in again from the start.
problem-sign-in-done = This sign-in is complete already. Continue to the portal, or sign in again from the start.
problem-sign-in-dead = Too many codes were wrong, and this sign-in has ended. Sign in again from the start.
problem-too-many-sign-ins = There were too many sign-ins within an hour. Wait before you try again.
problem-locked = Too many codes were wrong. Wait before you try again.
problem-locked-day = Too many codes were wrong within a day. Wait, or ask for help.
problem-locked-month = Too many codes were wrong within a month. Ask for help to get in sooner.
problem-locked-row = Too many codes were wrong in a row. Ask for help to get in again.
problem-authenticator-disabled = Too many codes were wrong, and your second step no longer works. Ask for help to set it up again.
problem-no-usable-method = We cannot check that it is you. Ask for help to have your contact details completed.
problem-another-step = This sign-in asks for another step now. Look at it again to see what comes next.
problem-method-not-offered = This way is not available here. Choose one of the ways that are shown.
problem-no-code-requested = There is no code to check: none was sent, or it has expired or was used. Ask for a new one.
problem-code-wrong = That code was not accepted. Check it and try again, or ask for a new one.
problem-app-code-wrong = That code was not accepted. Wait until your app shows the next code, and enter that one. If it is not accepted either, set your phone's date and time to automatic.
problem-resend-too-soon = A code is on its way. Wait a little before you ask for another.
problem-no-sends-left = No more codes can be sent in this sign-in. Sign in again from the start.
problem-send-limit = Too many codes were sent. Choose another way, or wait before you ask for another.
problem-send-limit-there = Too many codes were sent. Wait before you ask for another, or have it sent somewhere else.
problem-send-limit-wait = Too many codes were sent. Wait before you ask for another.
problem-country-not-allowed = Codes cannot be sent to this number. Enter another one.
problem-ticket-refused = This link was used already or has expired. Sign in again to get another one.
problem-skip-not-allowed = This step cannot be skipped. Follow the steps that are shown.
problem-default-not-allowed = Email cannot be made the default here. Leave the choice out.
problem-other-browser = This page belongs to another browser, or cookies are switched off. Sign in again from the start, in this browser.
problem-form-refused = This form was not made by this page. Open the page again and repeat the step.
problem-malformed-code = Enter all 6 digits of the code.
problem-malformed-phone = This is not a number that takes text messages. Enter a mobile number, with the country code if it is from abroad.
problem-malformed-email = This is not an email address. Enter one such as name@example.com.

# The hosted prompt. prompt-direction is ltr or rtl.
prompt-direction = ltr
prompt-account = Account: { $account }
prompt-error-title = Error: { $title }
prompt-code-label = Security code
prompt-code-hint = 6 digits
prompt-continue = Continue
prompt-busy = Please wait …
prompt-always-email = Always use email for multi-factor authentication?
prompt-send-again = Send it again
prompt-not-arrived = Nothing arrived? It can take a minute, and an email may be in the spam folder.
prompt-attempts-left = { $count ->
    [one] One try is left.
   *[other] { $count } tries are left.
 }
prompt-choose-other = Or choose another way
prompt-app-add = Add this account to your app
prompt-app-steps = Scan this picture with an authenticator app.
prompt-app-open = Open the authenticator app
prompt-app-elsewhere = On another device
prompt-app-key = Or type this key into the app:
prompt-app-entry = The app will list it as { $issuer }, { $account }.
prompt-app-code = Enter the 6-digit code that the app shows
prompt-app-none = No authenticator app yet? Install one from your device's own app store, such as Google Authenticator or Microsoft Authenticator. Any app for 6-digit codes works.
prompt-qr-alt = QR code for the authenticator app
prompt-copy = Copy
prompt-copied = Copied
prompt-phone-label = Phone number
prompt-phone-hint = A mobile number; from abroad with the country code, such as +64 21 123 4589
prompt-email-label = Email address
prompt-email-hint = Security codes will be sent there
prompt-send-code = Send security code
prompt-enrol-email = Use an email address
prompt-enrol-sms = Use a phone number
prompt-change-email = Change the email address
prompt-change-phone = Change the phone number
prompt-check-email-title = Check your email
prompt-link-sent = The link was sent to { $to }.
prompt-link-not-arrived = Nothing arrived? It can take a minute, and it may be in the spam folder.
prompt-spam = The link works once and for half an hour. Close this page once you have it.
prompt-locked-title = Please wait
prompt-wait-minutes = { $count ->
    [one] You can try again in one minute.
   *[other] You can try again in { $count } minutes.
 }
prompt-wait-hours = { $count ->
    [one] You can try again in one hour.
   *[other] You can try again in { $count } hours.
 }
prompt-wait-days = { $count ->
    [one] You can try again in one day.
   *[other] You can try again in { $count } days.
 }
prompt-over-title = This sign-in has ended
prompt-denied-title = We cannot let you in
prompt-problem-title = That did not work
prompt-done-title = You are all set
prompt-done-app = From now on, sign in with the code that your authenticator app shows.
prompt-done-sent = From now on, a security code is sent there each time you sign in.
prompt-finish = Finish
prompt-again = Try again
prompt-back = Back to { $name }
prompt-help = Need help?
prompt-no-support = Ask the people who run this portal.
prompt-bypass = Were you given a bypass code? Enter it here
