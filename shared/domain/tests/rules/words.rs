//! What a value says of itself when it is printed or saved: secrets their name alone, destinations what people may see.

use portcullis_domain::{
    Code, Destination, Email, KeyVersion, Phone, Policy, Purpose, Sealed, TotpSecret, UserId,
    admin::{AdminId, PasswordHash},
    policy::{CodeLifetime, Preset},
    sign_in::Event,
    user::By,
};

#[test]
fn s21_secrets_print_as_their_names() {
    let sealed = Sealed { version: KeyVersion(1), bytes: b"secret".to_vec() };
    for (printed, name) in [
        (format!("{:?}", Code::from_number(123_456)), "Code"),
        (format!("{:?}", TotpSecret::new([7; 20])), "TotpSecret"),
        (format!("{sealed:?}"), "Sealed"),
        (format!("{:?}", PasswordHash::new("$argon2id$".to_owned())), "PasswordHash"),
    ] {
        assert_eq!(printed, name);
    }
}

#[test]
fn destinations_print_shortened() {
    let email = Destination::Email(Email::parse("anna.smith@example.com").unwrap());
    assert_eq!(format!("{email:?}"), "Destination(anna*****.com)");
    assert_eq!(email.masked().to_string(), "anna*****.com");
    let sms = Destination::Sms(Phone::parse("+64211234589", None).unwrap());
    assert_eq!(format!("{sms:?}"), "Destination(+64*****89)");
}

#[test]
fn what_a_code_and_a_sign_in_are_for_has_its_word_and_the_ordinary_is_not_stored() {
    assert_eq!(
        [Purpose::SignIn, Purpose::Enrolment].map(Purpose::as_str),
        ["sign_in", "enrolment"]
    );
    assert_eq!([Purpose::SignIn, Purpose::Enrolment].map(|p| p.is_sign_in()), [true, false]);
    assert_eq!([Event::Login, Event::Invitation].map(Event::as_str), ["login", "invitation"]);
    assert_eq!([Event::Login, Event::Invitation].map(|e| e.is_login()), [true, false]);
}

#[test]
fn a_policy_reads_back_as_it_was_saved() {
    for preset in Preset::ALL {
        let policy =
            Policy { code_lifetime_seconds: CodeLifetime::parse(90).unwrap(), ..preset.policy() };
        let saved = serde_json::to_value(&policy).unwrap();
        assert_eq!(saved["code_lifetime_seconds"], 90);
        assert_eq!(serde_json::from_value::<Policy>(saved).unwrap(), policy);
    }
}

#[test]
fn whoever_acts_is_read_back_from_the_log() {
    let portal = By::Portal(UserId::parse("boss").unwrap());
    for by in [portal, By::Admin(AdminId::parse("jo").unwrap()), By::SetUp] {
        assert_eq!(By::parse(&by.to_string()), Ok(by));
    }
    for other in ["", "set-up ", "somebody", "admin:", "portal:"] {
        assert!(By::parse(other).is_err(), "{other}");
    }
}
