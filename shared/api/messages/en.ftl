# What people read while they sign in. Words in the reference portals' own form stand as they are.
sign-in-enter-app-code = Enter the 6-digit code displayed in your authenticator app
sign-in-enter-sent-code = Enter the 6-digit code sent to { $to }
sign-in-choose = Choose how to get your security code
sign-in-check-email = Check your email for a link to set up multi-factor authentication again
sign-in-no-link = You have to set up multi-factor authentication again, but no link can be mailed to you. Ask for help.
sign-in-done = You are signed in
sign-in-no-way-in = There is no way to check that it is you. Ask for help.
sign-in-enrol-app = Set up an authenticator app to go on
sign-in-enrol-email = Enter an email address for your security codes to go on
sign-in-enrol-sms = Enter a phone number for your security codes to go on
sign-in-enrol-choose = Choose how to set up multi-factor authentication
link-send-email = Send security code via email to { $to }
link-send-sms = Send security code via text message to { $to }
link-use-app = Use the authenticator app
link-enrol-app = Set up an authenticator app
link-skip = Skip for now

# Emails.
email-code-subject = Your security code for { $name }
email-code-heading = Your security code for { $name } is
email-code-once = It is good for { $minutes } minutes and can be used once. Nobody from { $name } will ever ask you for it.
email-code-not-you = If you did not try to sign in, somebody may know your password: change it.
email-link-subject = Set up multi-factor authentication for { $name } again
email-link-heading = Open this link to set up multi-factor authentication for { $name } again:
email-link-button = Set it up
email-link-once = It is good for { $minutes } minutes and works once, for your account only.
email-link-not-you = If you did not try to sign in, somebody may know your password: change it, and do not open the link.
email-notice-subject = Security notice from { $name }
email-notice-not-you = If this was you, or you asked for it, there is nothing to do. If not, tell { $name } at once.

# Text messages: plain letters only, and short, so that each stays one segment.
sms-code = { $name }: { $code } is your security code, good for { $minutes } minutes. Tell it to nobody.
sms-notice = { $name }: { $what } Not you? Tell us at once.

# What a user is told of a change.
told-enrolled = A new way to sign in was set up for your account.
told-locked = Too many wrong codes were entered for your account.
told-disabled = Your second step was disabled after too many wrong codes.
told-default-set = Security codes will now always be sent by email.
told-default-unset = Security codes are no longer always sent by email.
told-contact-changed = The contact details of your account were changed.
told-opted-in = Multi-factor authentication was enabled for your account.
told-reset = Your second step was reset. Set it up again at the next sign-in.
told-unlocked = Your account was unlocked by an administrator.
told-skip-cleared = Your choice to skip the second step was cleared.
told-bypass-issued = A bypass code was issued for your account.
told-bypass-accepted = A bypass code was used to sign in to your account.
told-exported = What is known of your account was exported by an administrator.
told-other = Something changed in your account.
