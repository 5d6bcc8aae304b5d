//! The sentences that tell in advance what a demo portal shows, by the preset of its policy.

use portcullis_domain::policy::Preset;

pub(super) struct Preview {
    pub(super) title: &'static str,
    pub(super) first: &'static str,
    pub(super) next: &'static str,
    pub(super) lost: &'static str,
}

const APP_CODE: &str =
    "“Enter the 6-digit code displayed in your authenticator app”. Each code works once.";
const BY_MANAGER: &str = "You cannot get in by yourself. Sign in as manager, who sets up a second \
                          step too, and reset client. The next sign-in of client begins anew.";
const PHONE: &str = "“Enter a phone number for your security codes to continue”. Try 021 123 4588: \
                     the code appears among the messages, and entering it sets the number up.";
const ADDRESS: &str = "“Enter an email address for your security codes to continue”. Any address \
                       will do: the code appears among the messages, and entering it sets the \
                       address up.";
const SKIPPED: &str = "Whoever has set it up is sent a code at once, and enters it. Whoever has \
                       skipped is let in without one, and can press “Enable MFA” on the account \
                       page.";

impl Preview {
    /// Returns the sentences for a demo portal, whose id is the name of its preset.
    pub(super) fn of(portal: &str) -> Option<Self> {
        Preset::parse(&portal.replace('-', "_")).ok().map(Self::of_preset)
    }

    const fn of_preset(preset: Preset) -> Self {
        match preset {
            Preset::AuthenticatorApp => AUTHENTICATOR_APP,
            Preset::AuthenticatorAppWithEmail => AUTHENTICATOR_APP_WITH_EMAIL,
            Preset::AlwaysOn => ALWAYS_ON,
            Preset::SmsEnrolment => SMS_ENROLMENT,
            Preset::SmsEnrolmentOptOut => SMS_ENROLMENT_OPT_OUT,
            Preset::EmailEnrolment => EMAIL_ENROLMENT,
            Preset::EmailEnrolmentOptOut => EMAIL_ENROLMENT_OPT_OUT,
            Preset::Managed => MANAGED,
            Preset::AppModern => APP_MODERN,
            Preset::PasskeyFirst => PASSKEY_FIRST,
        }
    }
}

const AUTHENTICATOR_APP: Preview = Preview {
    title: "Everybody uses an authenticator app",
    first: "“Set up an authenticator app to continue”, with a QR code. Scan it with the app on \
            your phone, or type the key, and enter the code that the app shows.",
    next: APP_CODE,
    lost: BY_MANAGER,
};

const AUTHENTICATOR_APP_WITH_EMAIL: Preview = Preview {
    title: "An authenticator app, or email instead",
    first: "“Set up an authenticator app to continue”, with a QR code and the link “Send security \
            code via email to clie*****.co.nz”. The email lets you in, and next time the QR code \
            comes again.",
    next: "The code of the app, or a code by email. If you tick “Always use email for multi-factor \
           authentication?”, the email is sent at once, until you stop that on the account page.",
    lost: "Have the code sent by email.",
};

const ALWAYS_ON: Preview = Preview {
    title: "Email or text message, chosen each time",
    first: "“Choose how to get your security code”: “Send security code via email to \
            clie*****.co.nz” or “Send security code via text message to +64*****80”. The portal \
            knows both, and you set nothing up.",
    next: "The same choice, at each sign-in. Nobody can turn it off.",
    lost: "Choose the email. Whoever can use neither asks the portal to correct its record.",
};

const SMS_ENROLMENT: Preview = Preview {
    title: "Everybody enters a phone number",
    first: PHONE,
    next: "A code is sent to that number at once, and you enter it.",
    lost: BY_MANAGER,
};

const SMS_ENROLMENT_OPT_OUT: Preview = Preview {
    title: "A phone number, or skip for now",
    first: "“Enter a phone number for your security codes to continue”, with the link “Skip for \
            now”. Try 021 123 4588: the code appears among the messages, and entering it sets the \
            number up.",
    next: SKIPPED,
    lost: BY_MANAGER,
};

const EMAIL_ENROLMENT: Preview = Preview {
    title: "Everybody enters an email address",
    first: ADDRESS,
    next: "A code is sent to that address at once, and you enter it.",
    lost: "A phone is not needed. If the mailbox is lost, sign in as manager, who sets up a second \
           step too, and reset client.",
};

const EMAIL_ENROLMENT_OPT_OUT: Preview = Preview {
    title: "An email address, or skip for now",
    first: "“Enter an email address for your security codes to continue”, with the link “Skip for \
            now”. Any address will do: the code appears among the messages.",
    next: SKIPPED,
    lost: "A phone is not needed. If the mailbox is lost, sign in as manager, who is asked too, \
           and reset client.",
};

const MANAGED: Preview = Preview {
    title: "The provider turns it on and off",
    first: "“Set up an authenticator app to continue”, with a QR code. While the provider has \
            turned it off in the console, only those who have an app are asked.",
    next: APP_CODE,
    lost: "Sign in as manager, who sets up an app too, and reset client. The next sign-in of \
           client mails a link, and only whoever opens it and knows the password sees a new QR \
           code.",
};

const APP_MODERN: Preview = Preview {
    title: "An authenticator app, and users help themselves",
    first: "“Before you set this up, get a code by email to show that it is you”. “Send security \
            code via email to clie*****.co.nz” leads on to the QR code, and after it come ten \
            recovery codes.",
    next: "“Enter the 6-digit code displayed in your authenticator app”. The account page leads to \
           the security settings: a second phone, names, new recovery codes.",
    lost: "Use a recovery code: each lets you in once. Without one, manager resets client, and a \
           mailed link begins anew.",
};

const PASSKEY_FIRST: Preview = Preview {
    title: "A passkey first, and an app as the other way",
    first: "“Before you set this up, get a code by email to show that it is you”. “Send security \
            code via email to clie*****.co.nz” leads on to a passkey of this computer or phone, if \
            you opened this page at localhost, and after it come ten recovery codes.",
    next: "Your browser asks for the passkey: a fingerprint, a face or a PIN, and no code to type.",
    lost: "Use the app, if you have set one up too, or a recovery code. Without them, manager \
           resets client, and a mailed link begins anew.",
};
