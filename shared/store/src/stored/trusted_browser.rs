//! The browsers in which the user is not asked again for a while.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{BrowserId, Device, Timestamp, policy::TrustDays, user::TrustedBrowser};
use serde::{Deserialize, Serialize};

use super::{
    number::Numbered,
    sign_in::{passkey_use, passkey_use_form},
    value::Moment,
};

/// The browsers in base64url, each in 24 bytes: id, counter, moment of the proof, days, method and
/// role, generation, what a passkey showed (with 4, else 0), and the device's browser and system.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredTrust(String);

impl From<&[TrustedBrowser]> for StoredTrust {
    fn from(trusted: &[TrustedBrowser]) -> Self {
        Self(BASE64URL.encode(trusted.iter().flat_map(bytes).collect::<Vec<_>>()))
    }
}

impl StoredTrust {
    /// Reads the browsers. One that only a newer release knows is trusted no more: the user is
    /// asked in it.
    pub(super) fn read(&self) -> Vec<TrustedBrowser> {
        let bytes = BASE64URL.decode(&self.0).unwrap_or_default();
        let (each, rest) = bytes.as_chunks::<LEN>();
        if rest.is_empty() { each.iter().filter_map(browser).collect() } else { vec![] }
    }
}

const LEN: usize = BrowserId::LEN + 4 + 4 + 1 + 1 + 4 + 1 + 1;

fn bytes(trusted: &TrustedBrowser) -> Vec<u8> {
    let TrustedBrowser { id, counter, since, days, method, role, passkey, generation, device } =
        trusted;
    let mut bytes = id.as_bytes().to_vec();
    bytes.extend(counter.to_be_bytes());
    // Seconds since 2026 have room in four bytes until 2162.
    let since = u32::try_from(Moment::from(*since).seconds()).unwrap_or_default();
    bytes.extend(since.to_be_bytes());
    bytes.push((*days).into());
    bytes.push(pair(Some(method.number()), Some(role.number())));
    bytes.extend(generation.to_be_bytes());
    bytes.push(passkey.map_or(0, |used| 4 + passkey_use_form(used)));
    let browser = device.and_then(|device| device.browser).map(Numbered::number);
    bytes.push(pair(browser, device.and_then(|device| device.system).map(Numbered::number)));
    bytes
}

fn browser(bytes: &[u8; LEN]) -> Option<TrustedBrowser> {
    let (id, rest) = bytes.split_first_chunk()?;
    let (counter, rest) = rest.split_first_chunk()?;
    let (since, rest) = rest.split_first_chunk()?;
    let ([days, proof], rest) = rest.split_first_chunk()?;
    let (generation, rest) = rest.split_first_chunk()?;
    let ([passkey, device], _) = rest.split_first_chunk()?;
    Some(TrustedBrowser {
        id: BrowserId::new(*id),
        counter: u32::from_be_bytes(*counter),
        since: Timestamp::from(Moment::after(u32::from_be_bytes(*since).into())),
        days: TrustDays::parse(*days).ok()?,
        method: Numbered::from_number((proof >> 4).into())?,
        role: Numbered::from_number((proof & 15).into())?,
        passkey: (*passkey > 0).then(|| passkey_use(*passkey)),
        generation: u32::from_be_bytes(*generation),
        device: Device::of(
            Numbered::from_number((device >> 4).into()),
            Numbered::from_number((device & 15).into()),
            None,
        ),
    })
}

/// Returns two numbers of lists in one byte, 0 for none. The lists are short; a number past 15
/// counts as none.
fn pair(first: Option<u16>, second: Option<u16>) -> u8 {
    let half = |number: Option<u16>| number.and_then(|n| u8::try_from(n).ok()).filter(|n| *n < 16);
    (half(first).unwrap_or(0) << 4) | half(second).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use portcullis_domain::{
        BrowserFamily, Method, OperatingSystem, sign_in::Role, user::PasskeyUse,
    };

    #[test]
    fn a_trusted_browser_takes_few_bytes_and_reads_back() {
        let device = Device::of(Some(BrowserFamily::Chrome), Some(OperatingSystem::Windows), None);
        let trusted = TrustedBrowser {
            id: BrowserId::new([7; 8]),
            counter: u32::MAX,
            since: Timestamp::from_unix(1_893_456_000),
            days: TrustDays::MOST,
            method: Method::Passkey,
            role: Role::Bound,
            passkey: Some(PasskeyUse { is_user_verified: false, is_synced: true }),
            generation: 9_999_999,
            device,
        };
        let by_app = TrustedBrowser {
            method: Method::AuthenticatorApp,
            passkey: None,
            device: None,
            ..trusted
        };
        for count in 0..=5 {
            let all = [trusted, by_app, trusted, by_app, by_app][..count].to_vec();
            let stored = StoredTrust::from(all.as_slice());
            assert_eq!(stored.0.len(), 32 * count);
            assert_eq!(stored.read(), all);
        }
        for newer in ["AA", "====", &"A".repeat(32), &"_".repeat(32), &"A".repeat(40)] {
            assert_eq!(StoredTrust(newer.to_owned()).read(), [], "{newer}");
        }
    }
}
