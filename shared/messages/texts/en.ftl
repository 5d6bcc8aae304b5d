# How the language is written: ltr or rtl, and what stands in long numbers and between the parts of
# a list.
text-direction = ltr
thousands-separator = { "," }
list-separator = { ", " }

# Texts on the way through a sign-in. Words in the reference portals' own form stay as they are.
sign-in-enter-app-code = Enter the 6-digit code displayed in your authenticator app
sign-in-enter-recovery-code = Enter one of your recovery codes
sign-in-use-passkey = Use your passkey to continue
sign-in-codes-locked = Too many codes were wrong, so codes are not accepted for now. Your passkey still works.
sign-in-passkey-elsewhere = Your passkey belongs to another address than this one and cannot be used here.
sign-in-passkey-synced = Passkeys that are copied to other devices are no longer accepted here.
sign-in-passkeys-nowhere = Passkeys cannot be used here at the moment.
sign-in-get-help = Ask for help to get in.
sign-in-comes-back = Messages to { $to } come back to us, so nothing is sent there for 24 hours.
sign-in-nothing-reaches = No way to send you a code is left for now. Ask for help to get in, or try again later.
sign-in-recover = Too many codes were wrong. Enter one of your recovery codes, and then set up multi-factor authentication again
sign-in-keep-codes = Keep your recovery codes in a safe place: each of them lets you in once if you lose your phone
sign-in-few-codes = { $count ->
    [one] One recovery code is left
   *[other] { $count } recovery codes are left
 }
sign-in-last-code = That was your last recovery code
sign-in-codes-died = Your recovery codes no longer work, because this service was restored from a backup. Throw them away.
sign-in-enter-sent-code = Enter the 6-digit code sent to { $to }
sign-in-enter-late-code = Sending a code to { $to } took too long. Enter it if it arrives; if it does not, have it sent again or use another way
sign-in-choose = Choose how to get your security code
sign-in-check-email = Check your email for a link to set up multi-factor authentication again
sign-in-no-link = You have to set up multi-factor authentication again, but we cannot email you a link. Ask for help.
sign-in-done = You are signed in
sign-in-prove-first = Before you set this up, get a code by email to show that it is you
sign-in-no-proof = Before you set up multi-factor authentication, we have to send a code to a confirmed email address of yours, and we have none. Ask for help to have your email address confirmed.
sign-in-no-way-in = We cannot check that it is you. Ask for help.
sign-in-settings = You can change how you sign in
sign-in-no-settings = You cannot change how you sign in here. Ask for help.
sign-in-step-up-needs-code = To confirm this, you need a way to receive codes, and you have none.
sign-in-step-up-needs-app = To confirm this, you need an authenticator app or a passkey, and you have none.
sign-in-step-up-needs-passkey = To confirm this, you need a passkey, and you have none.
sign-in-step-up-add = Add one in your security settings first.
sign-in-step-up-ask = Ask for help to have one set up.
sign-in-enrol-app = Set up an authenticator app to continue
sign-in-enrol-passkey = Set up a passkey to sign in with
sign-in-enrol-email = Enter an email address for your security codes to continue
sign-in-enrol-sms = Enter a phone number for your security codes to continue
sign-in-enrol-choose = Choose how to set up multi-factor authentication
sign-in-grace-until = Set it up by { $date }. Until then you can skip this.
sign-in-grace-sign-ins = { $count ->
    [one] You can skip this one more time.
   *[other] You can skip this { $count } more times.
 }
authenticator-app = Authenticator app
authenticator-passkey = Passkey
authenticator-email = Email
authenticator-sms = Text message
authenticator-by-day = { $what }, added { $date }
date-day = { $day } { $month } { $year }
month-names = January February March April May June July August September October November December
link-send-email = Send security code via email to { $to }
link-send-sms = Send security code via text message to { $to }
link-use-app = Use the authenticator app
link-use-recovery-code = Use a recovery code
link-use-passkey = Use a passkey
link-enrol-app = Set up an authenticator app
link-enrol-passkey = Set up a passkey
link-skip = Skip for now
link-add-app = Add an authenticator app
link-add-passkey = Add a passkey
link-replace-app = Set up a new app in place of { $name }
link-remove-authenticator = Remove { $name }
link-unset-default = Stop always using email
link-end-trust = Stop trusting { $name }
link-end-trust-all = Stop trusting all browsers

# Emails.
email-code-subject = Your security code for { $name }
email-code-heading = Your security code for { $name } is
email-code-once = It expires in { $minutes } minutes and can be used once. Nobody from { $name } will ever ask you for it.
email-code-not-you = If you did not try to sign in, someone may know your password: change it.
email-text-not-you = If this is not what you want to confirm, do not enter the code, and tell { $name } at once.
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
email-reminder-subject = Set up your second step for { $name }
email-reminder-heading = { $name } now asks for a second step when you sign in, and you have not set one up yet.
email-reminder-page = Open the page above and sign in as usual. It shows you how to set up your second step.
email-reminder-sign-in = At your next sign-in you are shown how to set up your second step.
email-reminder-not-you = An administrator asked for this reminder. Nothing was changed in your account.
email-notice-subject = Security notice from { $name }
email-notice-not-you = If this was you, or you asked for it, you do not need to do anything. If not, tell { $name } at once.
email-freeze-line = This was not you? Stop sign-in to your account with this link. It works for 7 days:
email-freeze-button = This was not me

# Text messages: plain letters only, and short, so that each stays one segment.
sms-code = { $name }: { $code } is your security code. It expires in { $minutes } minutes. Don't share it.
sms-text-code = Code: { $code }
sms-text-line = { $name }: enter it only if this is right. Don't share it.
sms-read-out = { $name }: { $code } is for the administrator you asked for help. It expires in { $minutes } minutes. Didn't ask? Don't share it.
sms-test = { $name }: text messages work. This test was sent with the settings in force.
sms-notice = { $name }: { $what } Not you? Tell us at once.
sms-notice-more = { $name }: { $what } More was changed. Not you? Tell us at once.
sms-notice-from = From { $device }.

# Notices of changes.
notice-enrolled = A new way to sign in was set up for your account.
notice-authenticator-removed = A way to sign in was removed from your account.
notice-locked = Too many wrong codes were entered for your account.
notice-disabled = Your second step was disabled after too many wrong codes.
notice-default-set = Security codes will now always be sent by email.
notice-default-unset = Security codes are no longer always sent by email.
notice-contact-changed = The contact details of your account were changed.
notice-opted-in = Multi-factor authentication was enabled for your account.
notice-reset = Your second step was reset. Set it up again at the next sign-in.
notice-frozen = Sign-in to your account was stopped.
notice-unlocked = Your account was unlocked by an administrator.
notice-skip-cleared = Your choice to skip the second step was cleared.
notice-bypass-issued = A bypass code was issued for your account.
notice-bypass-accepted = A bypass code was used to sign in to your account.
notice-recovery-codes-made = New recovery codes were made for your account.
notice-recovery-code-used = A recovery code was used to sign in to your account.
notice-recovery-codes-low = Three or fewer recovery codes are left for your account.
notice-recovery-codes-locked = Too many wrong recovery codes were entered for your account.
notice-recovery-codes-withdrawn = Your recovery codes no longer work. Make new ones.
notice-enrolment-reminder = Set up a second step: sign-in now asks for one.
notice-exported = An administrator exported the data that is kept about your account.
notice-opted-out = The second step of your account was skipped. If that was not you, change your password.
notice-trust-copied = A trusted browser of your account may have been copied.
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
device-unknown = Unknown browser
notice-how-password-alone = in a sign-in with the password alone
notice-how-app-code = in a sign-in, after a code of the authenticator app
notice-how-email-code = in a sign-in, after a code by email
notice-how-sms-code = in a sign-in, after a code by text message
notice-how-mailed-link = in a sign-in that was opened with a mailed link
notice-how-bypass-code = in a sign-in, after a bypass code
notice-how-freeze-link = with the link of a security notice
notice-how-recovery-code = in a sign-in, after a recovery code
notice-how-passkey = in a sign-in, after a passkey was used
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
problem-sign-in-dead = There were too many wrong tries, and this sign-in has ended. Sign in again from the start.
problem-too-many-sign-ins = There were too many sign-ins within an hour. Wait before you try again.
problem-over-share = There are too many requests at once. Wait a minute, and try again.
problem-locked = Too many codes were wrong. Wait before you try again.
problem-locked-day = Too many codes were wrong within a day. Wait, or ask for help.
problem-locked-month = Too many codes were wrong within a month. Ask for help to get in sooner.
problem-locked-row = Too many codes were wrong in a row. Ask for help to get in again.
problem-authenticator-disabled = Too many codes were wrong, and your second step no longer works. Ask for help to set it up again.
problem-frozen = Sign-in is stopped, because somebody said that a change was not theirs. Ask for help to get in again.
problem-no-usable-method = We cannot check that it is you. Ask for help to have your contact details completed.
problem-another-step = This sign-in asks for another step now. Look at it again to see what comes next.
problem-method-not-offered = This way is not available here. Choose one of the ways that are shown.
problem-no-code-requested = There is no code to check: none was sent, or it has expired or was used. Ask for a new one.
problem-code-wrong = That code was not accepted. Check it and try again, or ask for a new one.
problem-app-code-wrong = That code was not accepted. Wait until your app shows the next code, and enter that one. If it is not accepted either, set your phone's date and time to automatic.
problem-recovery-code-wrong = That code was not accepted. Each recovery code works once. Check it and try again, or enter another one.
problem-bypass-code-wrong = That bypass code was not accepted. Check it and try again, or ask whoever gave it to you for a new one.
problem-passkey-wrong = That passkey was not accepted. Try again, or use another way to sign in.
problem-passkey-refused = That passkey cannot be used here. Try again, or use another way to sign in.
problem-passkey-synced = This service takes only passkeys that stay on one device. Use one on this device itself or on a security key, or another way to sign in.
problem-passkey-unverified = Your device has to check your fingerprint, your face or your PIN for this. Try again, or use another way to sign in.
problem-resend-too-soon = A code is on its way. Wait a little before you ask for another.
problem-no-sends-left = No more codes can be sent in this sign-in. Sign in again from the start.
problem-send-limit = Too many codes were sent. Choose another way, or wait before you ask for another.
problem-send-limit-there = Too many codes were sent. Wait before you ask for another, or have it sent somewhere else.
problem-send-limit-wait = Too many codes were sent. Wait before you ask for another.
problem-country-not-allowed = Codes cannot be sent to this number. Enter another one.
problem-ticket-refused = This link was used already or has expired. Sign in again to get another one.
problem-freeze-link-refused = This link no longer works: it is more than 7 days old, the account was reset or stopped since, or the address that it was sent to no longer belongs to the account. If you do not recognise a change, ask for help at once.
problem-skip-not-allowed = This step cannot be skipped. Follow the steps that are shown.
problem-default-not-allowed = Email cannot be made the default here. Leave the choice out.
problem-settings-closed = Show again that it is you before you change how you sign in: open your settings again.
problem-last-authenticator = This is the only way you can sign in, so it cannot be removed. Add another one first.
problem-too-many-authenticators = There is no room for another one. Remove one first, or replace it.
problem-authenticator-unknown = This was removed already, or never set up. Look at your settings again.
problem-other-browser = This page belongs to another browser, or cookies are switched off. Sign in again from the start, in this browser.
problem-text-refused = What you are asked to confirm cannot be shown. Go back to where you came from, and start again.
problem-form-refused = This form was not made by this page. Open the page again and repeat the step.
problem-malformed-code = Enter all 6 digits of the code.
problem-malformed-recovery-code = Enter all 15 letters and digits of the recovery code.
problem-codes-not-kept = Keep the codes first, and then tick the box.
problem-malformed-phone = This is not a number that takes text messages. Enter a mobile number, with the country code if it is from abroad.
problem-malformed-email = This is not an email address. Enter one such as name@example.com.
problem-malformed-name = This cannot be a name. Use up to 32 letters, digits and signs on one line.

# The hosted prompt.
prompt-account = Account: { $account }
prompt-text = You are confirming:
prompt-error-title = Error: { $title }
prompt-code-label = Security code
prompt-code-hint = 6 digits
prompt-continue = Continue
prompt-busy = Please wait …
prompt-always-email = Always use email for multi-factor authentication?
prompt-remember-browser = { $days ->
    [one] Do not ask again in this browser for 1 day
   *[other] Do not ask again in this browser for { $days } days
 }
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
prompt-codes-title = Keep your recovery codes
prompt-codes-why = If you lose your phone, each of these codes lets you in once. Keep them somewhere safe, away from your phone: they are not shown again. Codes that you had before no longer work.
prompt-codes-list = Your recovery codes
prompt-codes-save = Save as a file
prompt-codes-print = Print
prompt-codes-kept = I have kept these codes
prompt-codes-file = Recovery codes for { $name }. Each works once.
prompt-codes-few = Set up your second step again soon, so that you do not need them.
prompt-recovery-label = Recovery code
prompt-recovery-hint = 15 letters and digits
prompt-recovery-locked = If you have recovery codes, enter one now, and then set up multi-factor authentication again.
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
prompt-done-passkey = From now on, sign in with your passkey.
prompt-done-sent = From now on, a security code is sent there each time you sign in.
prompt-finish = Finish
prompt-again = Try again
prompt-back = Back to { $name }
prompt-help = Need help?
prompt-no-support = Ask the people who run this portal.
prompt-settings-title = Security settings
prompt-settings-intro = You can change this for ten minutes. After that, open it again from { $name }.
prompt-settings-bound = How you sign in
prompt-settings-bound-none = Nothing is set up.
prompt-settings-added = Added { $date }
prompt-settings-change = Change
prompt-settings-name = Name
prompt-settings-name-save = Save the name
prompt-settings-remove = Remove
prompt-settings-replace = Set up a new one in its place
prompt-settings-last = { $name } asks for a second step, and this is your only one. Add another before you remove it.
prompt-settings-add = Add another way
prompt-settings-full = You have all the ways that fit. Remove one to add another.
prompt-settings-default = Security codes always go by email first.
prompt-settings-activity = Recent activity
prompt-settings-activity-not-you = Was one of these not you? Ask for help at once.
prompt-settings-remove-text = You will no longer be able to sign in with it. You can add it again later.
prompt-settings-remove-keep = Keep it
prompt-settings-done-added = It was added.
prompt-settings-done-renamed = The name was saved.
prompt-settings-done-removed = It was removed.
prompt-settings-done-default = Your app is asked for first again.
prompt-settings-codes = Recovery codes
prompt-settings-codes-left = { $count ->
    [one] One of ten is left. They were made { $date }.
   *[other] { $count } of 10 are left. They were made { $date }.
 }
prompt-settings-codes-none = You have none.
prompt-settings-codes-new = Make new recovery codes
prompt-settings-codes-void = The codes you have now will stop working at once.
prompt-settings-done-codes = You have new recovery codes.
prompt-settings-trusted = Trusted browsers
prompt-settings-trusted-text = You are not asked for a second step in these browsers.
prompt-settings-trusted-days = Since { $since }, until { $until }
prompt-settings-trusted-end = Stop trusting it
prompt-settings-done-trust = You will be asked there again.
prompt-settings-second-title = Add a second way in
prompt-settings-second-text = If you lose your phone, a second way lets you in without asking anybody. Use another device for it if you can.
prompt-settings-second-no = No, thanks
prompt-settings-second-later = You can add one later in your security settings.
prompt-passkey-use = Use your passkey
prompt-passkey-use-text = Your device asks for your fingerprint, your face or your PIN, or for a touch of your security key.
prompt-passkey-make = Create a passkey
prompt-passkey-make-text = With a passkey you sign in by your fingerprint, your face, your PIN or a security key. There is no code to type, and none that somebody could trick you out of.
prompt-passkey-no-script = Passkeys need JavaScript, which does not run on this page. Turn it on and load the page again, or use another way.
prompt-passkey-no-browser = This browser cannot use passkeys here. Use another browser or device, or another way.
prompt-passkey-cancelled = No passkey was used. It was cancelled, or this device has none of yours for this service. Try again, or use another way.
prompt-passkey-not-made = No passkey was created. It was cancelled, or this device cannot create one that is accepted here. Try again, or use another way.
prompt-passkey-late = That took too long. Try again.
prompt-passkey-elsewhere = Passkeys cannot be used at the address of this page. Use another way.
prompt-passkey-there = This device has a passkey of yours already. Use that one, or create one on another device.
prompt-passkey-failed = The browser could not do it. Try again, or use another way.
prompt-passkey-offer-later = You can add one later in your security settings.
prompt-passkey-offer = Faster next time: set up a passkey
prompt-passkey-offer-no = Not now
prompt-bypass = Were you given a bypass code? Enter it here
prompt-freeze-title = Was this not you?
prompt-freeze-change = We told you of this change: { $change }
prompt-freeze-what = If you neither made this change nor asked for it, stop sign-in to the account now. Nobody gets in any more then, you included, and whoever is signed in should be signed out.
prompt-freeze-until = Afterwards somebody who helps users has to check that it is you and reset your second step, which you then set up again.
prompt-freeze-button = Stop sign-in
prompt-freeze-close = If you did make this change, close this page. Opening it has changed nothing.
prompt-frozen-title = Sign-in is stopped
prompt-frozen-done = Nobody can sign in to this account now. Codes and links that were sent before no longer work.
prompt-frozen-next = Ask for help now, so that somebody checks that it is you and lets you back in. Choose a new password too: whoever made the change may know the old one.

# The name of the console.
console = Console

# Lines of the activity log: the key ends with the name of the kind. On the wire they are English.
activity-code-accepted = { $method ->
    [passkey] Passkey accepted
   *[other] Code{ $by } accepted
 }
activity-code-wrong = { $method ->
    [passkey] Passkey was wrong
   *[other] Code{ $by } was wrong
 }
activity-code-expired = Code{ $by } had expired
activity-code-reused = { $method ->
    [passkey] The counter of a passkey went back: there may be a copy of it
   *[other] Code{ $by } was used before, or is older than one that was
 }
activity-code-requested = Code{ $by } to{ $to } requested
activity-code-sent = Code sent{ $by } to{ $to }
activity-code-not-sent = Code{ $by } to{ $to } could not be sent
activity-code-unknown = Code{ $by } to{ $to } may not have been sent
activity-message-delivered = Message{ $by } to{ $to } was delivered
activity-message-delayed = Message{ $by } to{ $to } is not delivered yet
activity-message-returned = Message{ $by } to{ $to } came back: nothing is sent there for a day
activity-message-complained = Message{ $by } to{ $to } was reported as spam
activity-send-limited = Messages{ $by } to{ $to } held back: a limit was reached
activity-link-requested = Link to enrol again{ $by } to{ $to } requested
activity-link-sent = Link to enrol again sent{ $by } to{ $to }
activity-link-not-sent = Link to enrol again{ $by } to{ $to } could not be sent
activity-link-unknown = Link to enrol again{ $by } to{ $to } may not have been sent
activity-enrolled = Enrolled{ $to }
activity-test-sent = Test message{ $by } to{ $to }
activity-ticket-spent = Opened with a mailed link, to enrol again
activity-unlocked = Unlocked by an admin
activity-skip-cleared = Skip cleared by an admin
activity-bypass-issued = Bypass code issued by an admin
activity-bypass-accepted = Bypass code accepted
activity-bypass-wrong = Bypass code was wrong
activity-recovery-codes-made = Recovery codes made
activity-recovery-code-used = Recovery code accepted
activity-recovery-code-wrong = Recovery code was wrong
activity-recovery-codes-low = Three or fewer recovery codes are left
activity-recovery-codes-locked = No recovery code is checked for a day, after too many wrong ones
activity-recovery-codes-withdrawn = Recovery codes no longer work: the key they came from was withdrawn
activity-enrolment-reminder = Reminded to enrol by an admin
activity-erased = User erased
activity-exported = User's data exported
activity-portal-created = Portal created
activity-portal-changed = Portal changed
activity-portal-deleted = Portal deleted
activity-key-added = API key created
activity-key-revoked = API key revoked
activity-policy-changed = Policy replaced
activity-switched-on = Policy switched on
activity-switched-off = Policy switched off
activity-all-trust-ended = No browser is trusted any more
activity-bulk-reset-asked = The reset of many users was asked for
activity-bulk-reset-begun = The reset of many users has begun
activity-bulk-reset-ended = The reset of many users has ended
activity-bulk-reset-withdrawn = The reset of many users was withdrawn
activity-settings-changed = Settings changed
activity-admin-added = Admin created
activity-admin-changed = Admin's role changed
activity-admin-removed = Admin removed
activity-admin-reset = Admin's password and second step reset
activity-password-changed = Password changed
activity-password-wrong = Wrong password for an admin
activity-password-locked = Too many wrong passwords for an admin
activity-admin-unlocked = Admin unlocked
activity-sessions-ended = Admin ended sessions of their own
activity-admin-sessions-ended = Admin's sessions ended
activity-keyring-made = First keys of the deployment made
activity-root-key-published = Root key published
activity-root-key-retired = Root key retired
activity-root-key-withdrawn = Leaked root key withdrawn
activity-signing-key-published = Signing key published
activity-signing-key-retired = Signing key retired
activity-signing-key-withdrawn = Leaked signing key withdrawn
activity-keys-rewrapped = Root keys wrapped under another KMS key
activity-sign-in-dead = Sign-in ended after too many wrong tries
activity-locked = Locked for a while after too many wrong codes
activity-disabled = Disabled after too many wrong codes, until a reset
activity-not-required = Signed in without a second step: the policy is off
activity-skipped = Signed in without a second step: skipped earlier
activity-browser-trusted = Browser trusted: no second step there for a while
activity-trusted-sign-in = Signed in without being asked: trusted browser
activity-trust-copied = Somebody used a copy of a trusted browser: the second step is asked for there again
activity-trust-ended = Trusted browser removed
activity-grace-used = Signed in without a second step: set-up put off
activity-opted-out = Skipped enrolment
activity-opted-in = Enabled MFA after a skip
activity-denied = Denied: no usable method
activity-default-set = Always use email was set
activity-default-unset = Always use email was un-set
activity-authenticator-removed = A way to sign in was removed
activity-authenticator-renamed = A way to sign in was renamed
activity-contact-added = Contact record added
activity-contact-changed = Contact record changed
activity-details-changed = Name, organisation or language changed
activity-reset = Reset by an admin
activity-frozen = Frozen with the link of a notice, until a reset
activity-fallback-sent = Authenticator App code sent to email{ $to }
activity-by-authenticator-app = { " from the authenticator app" }
activity-by-email = { " by email" }
activity-by-sms = { " by text message" }
activity-by-recovery-code = { " with a recovery code" }
activity-by-passkey = { " with a passkey" }

# The reasons for the next step of a user.
next-step-locked = Too many codes were wrong, and no code is checked until the wait is over. Unlock the user to end it now.
next-step-locked-passkey = Too many codes were wrong, and no code is checked until the wait is over. The user still gets in with a passkey. Unlock the user to end the wait now.
next-step-locked-recovery = Too many codes were wrong. Until the wait is over only a recovery code is checked, and then the user enrols again. Unlock the user to end the wait now.
next-step-disabled = The user's authenticator was disabled after 100 wrong codes in a row. Reset the user to set it up again.
next-step-frozen = Sign-in is stopped, because somebody said that a change was not theirs. Check who asks, then reset the user; after that a mailed link or a bypass code opens the enrolment.
next-step-disabled-recovery = The user's authenticator was disabled after too many wrong codes in a row. The user is asked for a recovery code, and then enrols again. A reset helps if the user has lost the codes.
next-step-off-bound = The policy is off, but users who enrolled are still asked, and this one has an authenticator.
next-step-off-email-default = The policy is off, but users who enrolled are still asked, and this one made email the default.
next-step-off-default-doubtful = The policy is off, but users who enrolled are still asked, and this one made email the default. No code can go to that address now: it is no longer verified or on record, or no sender is set. Restore it, or reset the user.
next-step-off-bound-unknown = The policy is off, but users who enrolled are still asked, and this one has an authenticator that only a newer release of this service knows. Upgrade again, or reset the user.
next-step-off-never-enrolled = The policy is off, and this user never enrolled: nothing is asked.
next-step-off-nobody = The policy is off, and no one is asked.
next-step-demand = The user wants to change the own settings, and is asked for a fresh proof.
next-step-demand-unmet = The user wants to change the own settings, and the policy does not let users do that.
next-step-demand-while-off = The user wants to change the own settings, has nothing to prove it by, and the policy is off.
next-step-step-up = The portal asks for a fresh proof, and the user has something that is strong enough.
next-step-cannot-step-up = The portal asks for a fresh proof, and nothing that the user has is strong enough. The user adds it in the security settings.
next-step-skipped = The user chose to skip, and the policy allows it.
next-step-trusted = The user is in a trusted browser and is not asked.
next-step-bound-in-policy = The user has bound a method of the policy, and is asked for its code.
next-step-directory = The contact record has a destination that the policy uses; a code is sent there.
next-step-email-default = The user made email the default; a code is sent there.
next-step-nothing-to-enrol = The user has no usable method, and the policy has none to enrol. Complete the contact record.
next-step-bound-unknown = The user has an authenticator that only a newer release of this service knows, and nothing else that counts. Upgrade again, or reset the user.
next-step-bound-outside-policy = The user's method is no longer in the policy: it is asked for once more, and then the user enrols again.
next-step-default-outside-policy = The user made email the default, which the policy no longer allows: a code is sent there once more, then the user enrols.
next-step-link-needed = The user was reset, lost the address of the saved default, or has to enrol again with everyone, and the policy wants a mailed link first. A bypass code opens it too.
next-step-default-doubtful = The user made email the default, and no code can go to that address now: it is no longer verified or on record, or no sender is set. Restore it, or reset the user.
next-step-email-first = The user has no authenticator. A code sent to the verified address comes first, and then the user enrols.
next-step-email-first-impossible = The user has no authenticator, and the policy wants a code by email before the first one, but there is no verified address that a code can go to. Have the address verified, or issue a bypass code.
next-step-grace = The user is asked to set up a method, and may still skip that.
next-step-enrol-or-skip = The user has no authenticator, and enrols or skips.
next-step-enrol = The user has no authenticator, and has to enrol.
