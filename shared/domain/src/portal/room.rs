//! The room that a portal takes: every sign-in reads it, and a read of four kilobytes costs one
//! unit. Texts of its profile and limits of its keys share what there is.

use super::{Portal, PortalKey, Profile, Sending};
use crate::{
    Malformed,
    passkey::{Origin, RelyingParty},
};

/// The bytes of the longest texts of a profile, and 256 more, for limits of its keys.
const BYTES: usize = 128 + 64 + 20 + 200 + (1 + Profile::RETURN_URLS) * 256 + 256;

impl Portal {
    /// Refuses a portal that is larger than one read.
    ///
    /// # Errors
    /// [`Malformed`] with the way out.
    pub fn check_room(&self) -> Result<(), Malformed> {
        let keys: usize = self.keys.iter().map(of_key).sum();
        if of_profile(&self.profile) + of_sending(&self.sending) + keys <= BYTES {
            return Ok(());
        }
        Err(Malformed::new(
            "the portal",
            "has no room for this: shorten its URLs and texts, use fewer ranges, or revoke a key",
        ))
    }
}

fn of_profile(profile: &Profile) -> usize {
    let Profile {
        description,
        audience: _,
        default_country: _,
        locale: _,
        sender_name,
        sms_name,
        support,
        enrolment_url,
        return_urls,
        color: _,
        logo: _,
        passkeys,
    } = profile;
    let optional = [sender_name, sms_name, support, enrolment_url].into_iter().flatten();
    let all = optional.chain(return_urls).chain([description]);
    all.map(String::len).sum::<usize>() + passkeys.as_ref().map_or(0, of_relying_party)
}

/// Returns what own senders and caps take, with what stands around them.
fn of_sending(sending: &Sending) -> usize {
    let address = sending.email_from.as_ref().map_or(0, |email| email.as_str().len());
    let sender = sending.sms_from.as_ref().map_or(0, String::len);
    if *sending == Sending::default() { 0 } else { address + sender + 50 }
}

/// Returns what a relying party takes, with what stands around its texts.
fn of_relying_party(party: &RelyingParty) -> usize {
    let origins = party.origins().iter().map(Origin::as_str);
    origins.chain([party.rp_id().as_str()]).map(|text| text.len() + 3).sum::<usize>() + 8
}

/// Returns what the ranges and the description of a key take, with what stands around them.
fn of_key(key: &PortalKey) -> usize {
    let ranges = key.terms.sources.as_slice().iter().map(|range| range.to_string().len() + 3);
    let ranges: usize = ranges.sum();
    // Quotation marks and backslashes take two bytes.
    let text = |text: &str| text.len() + text.matches(['"', '\\']).count() + 7;
    let description = key.terms.description.as_ref();
    let description = description.map_or(0, |description| text(description.as_str()));
    description + if ranges > 0 { ranges + 7 } else { 0 }
}
