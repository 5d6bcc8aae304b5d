//! Copies of a document that are of several writes. Each write takes the place of all copies at
//! once, so this is so only where a table was copied item by item: in another Region, after the
//! first one was lost.
//!
//! The writes of a document come one after the other. Where something in it only ever grows, the
//! version that has more is the later one, and holds. Where nothing tells them apart, nobody
//! guesses: an operator chooses. Whatever is chosen, what ended stays ended.

use std::collections::BTreeMap;
use thiserror::Error;

use super::PortalKey;
use crate::{Acted, Portal, Settings};

/// The parts in which versions differ although nothing in them says which one is the later.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the copies differ in {}", .0.join(", "))]
pub struct Undecided(pub Vec<&'static str>);

/// A portal that takes the place of several versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MendedPortal {
    pub portal: Portal,
    /// The ids of API keys that only some versions have: they may be revoked.
    pub keys_left_out: Vec<String>,
}

/// Returns the portal that takes the place of these versions, of which an operator may have chosen
/// one. Generation and the end of trust are the latest of all; an API key works only if no version
/// that may be the latest lacks it. A portal is never here that was deleted in another version.
///
/// # Errors
/// [`Undecided`] if it has to be chosen.
pub fn mend_portal(
    versions: &[Portal],
    chosen: Option<&Portal>,
) -> Result<MendedPortal, Undecided> {
    let generation = versions.iter().map(|portal| portal.generation).max();
    let trust = versions.iter().map(|portal| portal.trust_not_before).max();
    let is_ahead = |portal: &&Portal| {
        Some(portal.generation) == generation && Some(portal.trust_not_before) == trust
    };
    let latest = latest(versions, is_ahead);
    let base = chosen.map_or_else(|| the_one(&latest, portal_parts), Ok)?;
    let is_everywhere = |key: &&PortalKey| {
        let has_it = |portal: &&Portal| portal.keys.iter().any(|known| known.id == key.id);
        latest.iter().all(has_it)
    };
    let keys: Vec<PortalKey> = base.keys.iter().filter(is_everywhere).cloned().collect();
    let all_keys = latest.iter().chain([&base]).flat_map(|portal| &portal.keys);
    let gone = all_keys.filter(|key| keys.iter().all(|kept| kept.id != key.id));
    let mut keys_left_out: Vec<String> = gone.map(|key| key.id.clone()).collect();
    keys_left_out.sort();
    keys_left_out.dedup();
    let portal = Portal {
        generation: generation.unwrap_or(base.generation),
        trust_not_before: trust.unwrap_or(base.trust_not_before),
        acted: joined(versions.iter().map(|portal| &portal.acted)),
        keys,
        ..base.clone()
    };
    Ok(MendedPortal { portal, keys_left_out })
}

/// Returns the settings that take the place of these versions, of which an operator may have chosen
/// one. The restore number is the highest of all.
///
/// # Errors
/// [`Undecided`] if it has to be chosen.
pub fn mend_settings(
    versions: &[Settings],
    chosen: Option<&Settings>,
) -> Result<Settings, Undecided> {
    let number = versions.iter().map(|settings| settings.restore_number).max();
    let latest = latest(versions, |settings| Some(settings.restore_number) == number);
    let base = chosen.map_or_else(|| the_one(&latest, settings_parts), Ok)?;
    Ok(Settings {
        restore_number: number.unwrap_or(base.restore_number),
        acted: joined(versions.iter().map(|settings| &settings.acted)),
        ..base.clone()
    })
}

/// Returns the versions that are ahead of the others; all of them if each is in something.
fn latest<T>(versions: &[T], is_ahead: impl Fn(&&T) -> bool) -> Vec<&T> {
    let ahead: Vec<&T> = versions.iter().filter(is_ahead).collect();
    if ahead.is_empty() { versions.iter().collect() } else { ahead }
}

/// A part of a document, and if it is the same in two versions.
type Part = (&'static str, bool);

/// Returns the one version of which nothing differs in the others.
fn the_one<'a, T, const N: usize>(
    latest: &[&'a T],
    parts: impl Fn(&T, &T) -> [Part; N],
) -> Result<&'a T, Undecided> {
    let Some((first, others)) = latest.split_first() else { return Err(Undecided(vec![])) };
    let mut differing = vec![];
    for (name, is_same) in others.iter().flat_map(|other| parts(first, other)) {
        if !is_same && !differing.contains(&name) {
            differing.push(name);
        }
    }
    if differing.is_empty() { Ok(first) } else { Err(Undecided(differing)) }
}

fn portal_parts(one: &Portal, other: &Portal) -> [Part; 7] {
    let Portal {
        id: _,
        profile,
        policy,
        generation: _,
        salt,
        trust_not_before: _,
        share,
        log_days,
        sending,
        keys: _,
        acted: _,
        unknown,
    } = one;
    [
        ("the profile", *profile == other.profile),
        ("the policy", *policy == other.policy),
        ("the share", *share == other.share),
        ("the days of its log", *log_days == other.log_days),
        ("its senders and caps", *sending == other.sending),
        ("the salt", *salt == other.salt),
        ("what a newer release wrote", *unknown == other.unknown),
    ]
}

fn settings_parts(one: &Settings, other: &Settings) -> [Part; 7] {
    let Settings {
        email_from,
        sms,
        countries,
        caps,
        passkey_domain,
        prices,
        restore_number: _,
        acted: _,
        unknown,
    } = one;
    [
        ("the address that emails come from", *email_from == other.email_from),
        ("the SMS provider", *sms == other.sms),
        ("the countries", *countries == other.countries),
        ("the caps", *caps == other.caps),
        ("the domain of passkeys", *passkey_domain == other.passkey_domain),
        ("the prices", *prices == other.prices),
        ("what a newer release wrote", *unknown == other.unknown),
    ]
}

/// Returns the forms that any version was changed by: none acts again.
fn joined<'a>(all: impl Iterator<Item = &'a Acted>) -> Acted {
    let forms = all.flat_map(Acted::kept).copied();
    let by_time: BTreeMap<_, _> = forms.map(|(form, at)| ((at, *form.as_bytes()), form)).collect();
    let forms: Vec<_> = by_time.into_iter().map(|((at, _), form)| (form, at)).collect();
    let surplus = forms.len().saturating_sub(crate::limits::FORMS_KEPT);
    Acted::from_kept(forms.into_iter().skip(surplus).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        FormId, PortalId, Timestamp, UnknownMembers,
        policy::Preset,
        portal::{KeyHash, KeyTerms, LogDays, PortalSalt, Profile, Sending},
    };

    const NOW: Timestamp = Timestamp::from_unix(1_800_000_000);

    fn portal(keys: &[&str]) -> Portal {
        let key = |id: &&str| PortalKey {
            id: (*id).to_owned(),
            hash: KeyHash::new([0; 32]),
            created_at: NOW,
            terms: KeyTerms::usual(NOW),
            unknown: UnknownMembers::default(),
        };
        Portal {
            id: PortalId::parse("acme").unwrap(),
            profile: Profile::plain("Acme"),
            policy: Preset::Managed.policy(),
            generation: 1,
            salt: PortalSalt::new([0; 16]),
            trust_not_before: None,
            share: None,
            log_days: LogDays::MOST,
            sending: Sending::default(),
            keys: keys.iter().map(key).collect(),
            acted: Acted::default(),
            unknown: UnknownMembers::default(),
        }
    }

    fn keys(mended: &MendedPortal) -> Vec<&str> {
        mended.portal.keys.iter().map(|key| key.id.as_str()).collect()
    }

    #[test]
    fn s43_a_version_of_a_later_generation_holds_whichever_copy_it_is_in() {
        let older = portal(&["a"]);
        let newer = Portal {
            generation: 2,
            policy: Preset::AlwaysOn.policy(),
            keys: portal(&["a", "b"]).keys,
            ..older.clone()
        };
        for versions in [[older.clone(), newer.clone()], [newer.clone(), older.clone()]] {
            let mended = mend_portal(&versions, None).unwrap();
            assert_eq!((&mended.portal, mended.keys_left_out.len()), (&newer, 0));
        }
        // The end of trust says it just as well.
        let ended = older.clone().with_trust_ended(NOW);
        let mended = mend_portal(&[older.clone(), ended.clone()], None).unwrap();
        assert_eq!(mended.portal, ended);
        // An operator who wants the older one again gets it without what ended.
        let revoked = Portal { keys: vec![], ..newer.clone() };
        let mended = mend_portal(&[older.clone(), revoked], Some(&older)).unwrap();
        assert_eq!((mended.portal.generation, &mended.portal.policy), (2, &older.policy));
        assert_eq!((keys(&mended).len(), mended.keys_left_out), (0, vec!["a".to_owned()]));
    }

    #[test]
    fn s43_an_api_key_that_may_be_revoked_does_not_work_and_is_named() {
        let mended = mend_portal(&[portal(&["a", "b"]), portal(&["b", "c"])], None).unwrap();
        assert_eq!(keys(&mended), ["b"]);
        assert_eq!(mended.keys_left_out, ["a", "c"]);
    }

    #[test]
    fn s43_what_nothing_orders_is_named_and_chosen_by_an_operator() {
        let one = portal(&["a"]);
        let other = Portal {
            policy: Preset::AlwaysOn.policy(),
            profile: Profile::plain("Acme 2"),
            ..one.clone()
        };
        let both = [one.clone(), other.clone()];
        let named = Undecided(vec!["the profile", "the policy"]);
        assert_eq!(mend_portal(&both, None), Err(named));
        for chosen in &both {
            assert_eq!(mend_portal(&both, Some(chosen)).unwrap().portal, *chosen);
        }
        // Each is ahead in something: no write of one Region made both.
        let torn = [one.clone().with_trust_ended(NOW), Portal { generation: 2, ..other }];
        assert!(mend_portal(&torn, None).is_err());
        let mended = mend_portal(&torn, Some(&torn[0])).unwrap().portal;
        assert_eq!((mended.generation, mended.trust_not_before), (2, Some(NOW)));
    }

    #[test]
    fn s43_the_restore_number_never_falls_and_other_settings_are_chosen() {
        let older = Settings { restore_number: 1, ..Settings::default() };
        let mut newer = Settings { restore_number: 2, ..Settings::default() };
        newer.caps.texts_per_portal_per_day = 7;
        for versions in [[older.clone(), newer.clone()], [newer.clone(), older.clone()]] {
            assert_eq!(mend_settings(&versions, None), Ok(newer.clone()));
            let chosen = mend_settings(&versions, Some(&older)).unwrap();
            assert_eq!(chosen, Settings { restore_number: 2, ..older.clone() });
        }
        let same = Settings { restore_number: 2, ..older };
        let undecided = mend_settings(&[same, newer], None);
        assert_eq!(undecided, Err(Undecided(vec!["the caps"])));
    }

    #[test]
    fn s42_a_form_that_acted_in_any_version_acts_in_none() {
        let acted = |form: u8| {
            let at = NOW.plus(i64::from(form));
            Acted::from_kept(vec![(FormId::new([form; 12]), at)])
        };
        let versions: Vec<Settings> =
            (0..10).map(|n| Settings { acted: acted(n), ..Settings::default() }).collect();
        let mended = mend_settings(&versions, None).unwrap();
        assert_eq!(mended.acted.len(), crate::limits::FORMS_KEPT);
        for form in 2..10 {
            assert!(mended.acted.check(Some(FormId::new([form; 12]))).is_err(), "{form}");
        }
    }
}
