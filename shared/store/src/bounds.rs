//! A user filled to every bound still fits: DynamoDB bills writes by the kilobyte, and an item has to stay cheap however
//! it is attacked.

use portcullis_domain::{
    AuthenticatorId, Contact, Destination, DestinationHash, DisplayName, Email, KeyVersion,
    KnownEmail, Locale, Locator, Method, Nonce, OrganisationId, Phone, PortalId, Purpose, Sealed,
    SignIn, SignInKey, Timestamp, User, UserId, UserState, WriteId, budget,
    sign_in::{Challenge, Event, Pending, Progress, ReturnTo},
    user::{Authenticator, Binding, Bypass, EmailDefault, EntryKind, Mark, SecretMac, Ticket},
};

use crate::{
    Place,
    item::{Item, Writes, user_item},
};

const NOW: Timestamp = Timestamp::from_unix(1_999_999_999);

/// The longest address: 254 bytes, with a suffix no list knows.
fn email() -> Email {
    let (local, label) = ("l".repeat(64), "d".repeat(62));
    Email::parse(&format!("{local}@{label}.{label}.{}", "s".repeat(63))).unwrap()
}

fn phone() -> Phone {
    Phone::parse("+64211234589", None).unwrap()
}

fn sealed() -> Sealed {
    Sealed { version: KeyVersion(9_999), bytes: vec![0xff; 12 + 20 + 16] }
}

/// The first holds a destination that is being enrolled, of which there is one at a time; the others an app.
fn sign_in(n: u8) -> SignIn {
    let id = AuthenticatorId::new([0xff; 8]);
    let (purpose, pending) = match n {
        0 => (Purpose::Enrolment, Pending::Destination { id, to: Destination::Email(email()) }),
        _ => (Purpose::SignIn, Pending::App { id, secret: sealed() }),
    };
    let challenge = Challenge {
        n: 9_999,
        version: KeyVersion(9_999),
        method: Method::Email,
        purpose,
        destination: DestinationHash::new([0xff; 16]),
        expires_at: NOW,
    };
    SignIn {
        key: SignInKey::new([n; 21]),
        nonce: Nonce::parse(&"n".repeat(64)).unwrap(),
        event: Event::Invitation,
        expires_at: NOW,
        progress: Progress::MayEnrol,
        return_to: Some(ReturnTo(4)),
        browser: Some(KeyVersion(9_999)),
        fetched: None,
        chose_app: true,
        wrong: 4,
        sends: 5,
        last_send: Some(NOW),
        issued: 9_999,
        challenges: vec![challenge; budget::GOOD_CODES],
        pending: Some(pending),
    }
}

fn fill_failures(user: &mut User) {
    for day in 0..60 {
        user.failures.count(NOW.plus((day - 60) * budget::DAY_SECONDS));
    }
    // As far apart as they can be within a day, so that each takes the most digits.
    (0..20).for_each(|n| user.failures.count(NOW.plus(n * 4_500 - 19 * 4_500)));
}

fn full_user() -> User {
    let portal = PortalId::parse(&"p".repeat(32)).unwrap();
    let mut user = User::new(portal, UserId::parse(&"u".repeat(256)).unwrap());
    user.contact = Contact {
        display_name: DisplayName::parse(&"n".repeat(128)).ok(),
        email: Some(KnownEmail { address: email(), verified: true }),
        phone: Some(phone()),
        phone_rejected: true,
        organisation: OrganisationId::parse(&"o".repeat(64)).ok(),
        locale: Locale::parse(&"l".repeat(16)).ok(),
    };
    let bound = |binding| Authenticator {
        id: AuthenticatorId::new([0xff; 8]),
        generation: 9_999_999,
        bound_at: NOW,
        binding,
    };
    user.authenticators = vec![
        bound(Binding::App { secret: sealed(), last_step: 99_999_999 }),
        bound(Binding::Email(email())),
        bound(Binding::Sms(phone())),
    ];
    let mark = Some(Mark { generation: 9_999_999, at: NOW });
    (user.opt_out, user.reset_at, user.disabled_at) = (mark, Some(NOW), Some(NOW));
    let to = DestinationHash::new([0xff; 16]);
    user.email_default = Some(EmailDefault { generation: 9_999_999, at: NOW, to, replaced: true });
    user.sign_ins = (0..).take(budget::SIGN_INS_KEPT).map(sign_in).collect();
    (0..30).for_each(|_| user.opened.add(NOW));
    (0..10).for_each(|_| user.sent.add(NOW));
    let entry = EntryKind::CodeUnknown
        .at(NOW)
        .by_method(Method::AuthenticatorApp)
        .within(SignInKey::new([0xff; 21]));
    let entry = entry.to(Some(Destination::Email(email()).masked())).because("x".repeat(200));
    user.remember(&vec![entry; 40]);
    user.failures.unlock(NOW.plus(-1)).unwrap();
    user.failures.unlock(NOW.plus(-1)).unwrap();
    fill_failures(&mut user);
    let mac = SecretMac::new([0xff; 16]);
    user.ticket = Some(Ticket { version: KeyVersion(9_999), mac, expires_at: NOW });
    user.bypass = Some(Bypass { version: KeyVersion(9_999), mac, expires_at: NOW, wrong: 4 });
    user
}

/// The size as DynamoDB counts it: names and values in UTF-8, one byte and its names and values for a list.
fn size(item: &Item) -> usize {
    use aws_sdk_dynamodb::types::AttributeValue::{L, S};
    let value = |value: &_| match value {
        S(text) => text.len(),
        L(list) => 3 + list.iter().map(|value| 1 + value.as_s().unwrap().len()).sum::<usize>(),
        other => panic!("{other:?} is not in a user's item"),
    };
    item.iter().map(|(name, content)| name.len() + value(content)).sum()
}

#[test]
fn a_user_filled_to_every_bound_is_at_most_eight_kilobytes() {
    let user = full_user();
    // The largest entry of a write that takes nothing away.
    let masked = Destination::Email(email()).masked();
    let sent = EntryKind::CodeRequested.at(NOW).by_method(Method::AuthenticatorApp);
    let entries = [sent.to(Some(masked)).within(SignInKey::new([0xff; 21]))];
    let place = Place { portal: user.portal.clone(), locator: Locator::new([0xff; 16]) };
    let state = UserState::Known(Box::new(user));
    let mut item =
        user_item(&place, &state, &[], &Writes::default(), WriteId::new([0xff; 12]), "code")
            .unwrap();
    for n in 0..20 {
        let (writes, write) = (Writes::of(&item), WriteId::new([n; 12]));
        item = user_item(&place, &state, &entries, &writes, write, "bypass_accepted").unwrap();
    }
    let size = size(&item);
    assert!(size <= 8 * 1024, "{size} bytes");
    assert!(size > 4 * 1024, "{size} bytes: is it still filled?");
    println!("a full user has {size} bytes");
}
