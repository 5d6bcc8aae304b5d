//! The dry run of a change that touches passkeys: who is held to them, whose stop working, and who
//! is left without a way in.

use crate::world::World;
use portcullis_domain::{
    Method, MfaState, Portal, Settings, Timestamp,
    decision::{BoundPasskey, PasskeyState},
    dry_run::{
        Configuration,
        Consequence::{self, *},
        consequences,
    },
    passkey::{Origin, RelyingParty, RpId, RpIdMark, ServiceAddress},
    policy::{EmailFallback, MethodPolicy, PasskeyRules, SyncedPasskeys, WhenBound},
};

const HOST: &str = "mfa.example.com";

fn rp_id(domain: &str) -> RpId {
    RpId::parse(domain).unwrap()
}

fn passkey(domain: &str, is_synced: bool) -> BoundPasskey {
    BoundPasskey { generation: 1, domain: RpIdMark::of(&rp_id(domain)), is_synced }
}

fn user(passkeys: &[BoundPasskey], others: &[Method]) -> MfaState {
    let bound = passkeys.iter().map(|_| Method::Passkey).chain(others.iter().copied());
    MfaState {
        bound: bound.map(|method| (method, 1)).collect(),
        passkeys: passkeys.to_vec(),
        ..MfaState::default()
    }
}

#[derive(Clone)]
struct Side {
    portal: Portal,
    settings: Settings,
    service: &'static str,
}

impl Side {
    /// A portal with passkeys, an app as the other way, and no emailed code in its place.
    fn new() -> Self {
        let World { portal, settings, .. } = World::new("passkey_first");
        Self { portal, settings, service: "https://mfa.example.com" }
            .with_fallback(EmailFallback::Forbidden)
    }

    fn with_fallback(mut self, fallback: EmailFallback) -> Self {
        for method in &mut self.portal.policy.methods {
            if let MethodPolicy::AuthenticatorApp { email_fallback, .. } = method {
                *email_fallback = fallback;
            }
        }
        self
    }

    fn with(mut self, bound: WhenBound, synced: SyncedPasskeys) -> Self {
        for method in &mut self.portal.policy.methods {
            if let MethodPolicy::Passkey { rules, when_bound, .. } = method {
                *when_bound = bound;
                *rules = PasskeyRules { synced, ..*rules };
            }
        }
        self
    }

    fn insisting(self) -> Self {
        self.with(WhenBound::Insist, SyncedPasskeys::Allowed)
    }

    fn refusing_synced(self, bound: WhenBound) -> Self {
        self.with(bound, SyncedPasskeys::Refused)
    }

    fn without(mut self, method: Method) -> Self {
        self.portal.policy.methods.retain(|of| of.method() != method);
        self
    }

    fn on_domain(mut self, domain: &str) -> Self {
        self.settings.passkey_domain = Some(rp_id(domain));
        self
    }

    fn with_party(mut self, domain: &str) -> Self {
        let origins = vec![Origin::parse(&format!("https://{domain}")).unwrap()];
        self.portal.profile.passkeys = Some(RelyingParty::new(rp_id(domain), origins).unwrap());
        self
    }
}

/// Returns what changes for a user from the one to the other.
fn from(before: &Side, after: &Side, user: &MfaState) -> Vec<Consequence> {
    let (was, is) = (ServiceAddress::of(before.service), ServiceAddress::of(after.service));
    let under = |side, service| {
        let Side { portal, settings, .. }: &Side = side;
        Configuration { portal, settings, service }
    };
    consequences(under(before, &was), under(after, &is), user, Timestamp::from_unix(0))
}

#[test]
fn p5_a_policy_that_begins_to_insist_holds_those_with_a_passkey_that_works_and_counts_the_others() {
    let (before, after) = (Side::new(), Side::new().insisting());
    let app = &[Method::AuthenticatorApp];
    for (user, changes) in [
        (user(&[passkey(HOST, true)], app), vec![HeldToPasskeys]),
        (user(&[passkey(HOST, false)], &[]), vec![HeldToPasskeys]),
        (user(&[passkey(HOST, true), passkey("example.org", true)], &[]), vec![HeldToPasskeys]),
        (user(&[], app), vec![NoPasskey]),
        (user(&[], &[]), vec![NoPasskey]),
        // It did not work before, and the app gets them in no more.
        (user(&[passkey("example.org", true)], app), vec![NoWayIn]),
        (user(&[passkey("example.org", true)], &[]), vec![]),
    ] {
        assert_eq!(from(&before, &after, &user), changes, "{user:?}");
        assert!(!from(&after, &after, &user).iter().any(|of| of.is_change()), "{user:?}");
    }
    // Of another generation, or while the policy is off: nobody is held.
    let mut old = user(&[passkey(HOST, true)], &[]);
    old.passkeys[0].generation = 7;
    old.bound[0].1 = 7;
    assert_eq!(from(&before, &after, &old), [NoPasskey]);
    let off = |mut side: Side| {
        side.portal.policy.enabled = false;
        side
    };
    let one = user(&[passkey(HOST, true)], &[]);
    assert_eq!(from(&off(before), &off(after), &one), []);
}

#[test]
fn p1_synced_passkeys_stop_where_they_are_refused_and_leave_no_way_in_if_there_is_no_other() {
    let synced = || passkey(HOST, true);
    let app = &[Method::AuthenticatorApp];
    for (bound, user, changes) in [
        (WhenBound::Prefer, user(&[synced()], app), vec![PasskeysStop]),
        (WhenBound::Prefer, user(&[synced()], &[]), vec![NoWayIn, PasskeysStop]),
        (WhenBound::Prefer, user(&[synced(), passkey(HOST, false)], &[]), vec![]),
        (WhenBound::Prefer, user(&[passkey(HOST, false)], &[]), vec![]),
        (WhenBound::Prefer, user(&[], app), vec![NoPasskey]),
        // What is weaker does not stand in for a passkey that is refused.
        (WhenBound::Insist, user(&[synced()], app), vec![NoWayIn, PasskeysStop]),
        (WhenBound::Insist, user(&[synced(), passkey(HOST, false)], app), vec![HeldToPasskeys]),
        (
            WhenBound::Insist,
            user(&[synced(), passkey("example.org", false)], app),
            vec![NoWayIn, PasskeysStop],
        ),
    ] {
        let after = Side::new().refusing_synced(bound);
        assert_eq!(from(&Side::new(), &after, &user), changes, "{bound:?} {user:?}");
    }
    // A passkey whose method leaves the policy is asked for once more, synced or not.
    let after = Side::new().without(Method::Passkey);
    assert_eq!(from(&Side::new(), &after, &user(&[synced()], &[])), [MustEnrol]);
}

#[test]
fn p4_a_changed_domain_ends_the_passkeys_of_the_one_before_and_tells_who_has_no_other_way_in() {
    let here = user(&[passkey(HOST, true)], &[]);
    let with_app = user(&[passkey(HOST, false)], &[Method::AuthenticatorApp]);
    let both = user(&[passkey(HOST, true), passkey("example.com", true)], &[]);
    let ends = [
        Side::new().on_domain("example.com"),
        Side::new().with_party("example.com"),
        Side { service: "https://mfa.other.org", ..Side::new() },
        Side { service: "", ..Side::new() },
    ];
    for (n, after) in ends.iter().enumerate() {
        assert_eq!(from(&Side::new(), after, &here), [NoWayIn, PasskeysStop], "{n}");
        assert_eq!(from(&Side::new(), after, &with_app), [PasskeysStop], "{n}");
        let stay = if n < 2 { vec![] } else { vec![NoWayIn, PasskeysStop] };
        assert_eq!(from(&Side::new(), after, &both), stay, "{n}");
        assert_eq!(from(&Side::new(), after, &user(&[], &[])), [NoPasskey], "{n}");
    }
    // Where the policy insists, an app is no other way in.
    let moved = Side::new().insisting().on_domain("example.com");
    assert_eq!(from(&Side::new().insisting(), &moved, &with_app), [NoWayIn, PasskeysStop]);
    // A portal with a domain of its own does not follow the system's.
    let own = Side::new().with_party(HOST);
    assert_eq!(from(&own, &own.clone().on_domain("example.com"), &here), []);
    // Without one again, the service's host is in force, here the same.
    assert_eq!(from(&own, &Side::new(), &here), []);
    assert_eq!(from(&own, &Side::new().on_domain("example.com"), &here), [NoWayIn, PasskeysStop]);
    // Back again, they work again.
    assert_eq!(from(&Side::new().on_domain("example.com"), &Side::new(), &here), []);
}

#[test]
fn p4_an_emailed_code_is_another_way_in_only_where_it_is_allowed_and_can_be_sent() {
    let verified = MfaState { verified_email: true, ..user(&[passkey(HOST, true)], &[]) };
    let moved = |side: Side| side.on_domain("example.com");
    let allowed = || Side::new().with_fallback(EmailFallback::Allowed);
    assert_eq!(from(&allowed(), &moved(allowed()), &verified), [PasskeysStop]);
    let unverified = user(&[passkey(HOST, true)], &[]);
    let lost = [NoWayIn, PasskeysStop];
    assert_eq!(from(&allowed(), &moved(allowed()), &unverified), lost);
    assert_eq!(from(&Side::new(), &moved(Side::new()), &verified), lost);
    let mut mute = moved(allowed());
    mute.settings.email_from = None;
    assert_eq!(from(&allowed(), &mute, &verified), lost);
}

#[test]
fn p4_the_use_of_passkeys_is_told_from_their_domain_their_copies_and_the_policy() {
    let side = Side::new();
    let party =
        RelyingParty::new(rp_id(HOST), vec![Origin::parse("https://mfa.example.com").unwrap()]);
    let party = party.ok();
    let refusing = Side::new().refusing_synced(WhenBound::Prefer);
    let (synced, other) = (passkey(HOST, true), passkey("example.org", false));
    for (passkeys, party, side, state) in [
        (&[][..], &party, &side, PasskeyState::NoPasskey),
        (&[synced], &party, &side, PasskeyState::Usable),
        (&[synced], &party, &refusing, PasskeyState::SyncedRefused),
        (&[synced, other], &party, &refusing, PasskeyState::SyncedRefused),
        (&[passkey(HOST, false), synced], &party, &refusing, PasskeyState::Usable),
        (&[other], &party, &side, PasskeyState::OtherDomain),
        (&[synced], &None, &side, PasskeyState::OtherDomain),
    ] {
        let found = user(passkeys, &[]).passkey_state(&side.portal, party.as_slice());
        assert_eq!(found, state, "{passkeys:?}");
    }
}
