//! A browser in which the user is not asked again for a while.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL};
use portcullis_domain::{BrowserId, Device, Timestamp, policy::TrustDays, user::TrustedBrowser};
use serde::{Deserialize, Serialize};

use super::{
    number::Numbered,
    sign_in::{passkey_use, passkey_use_form},
    value::Moment,
};

/// The browser in base64url: id, counter, moment of the proof, days, method, role, what a passkey
/// showed (with 4, else 0), generation, and the numbers of the device's browser and system.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct StoredTrust(String);

impl From<&TrustedBrowser> for StoredTrust {
    fn from(trusted: &TrustedBrowser) -> Self {
        let TrustedBrowser { id, counter, since, days, method, role, passkey, generation, device } =
            trusted;
        let mut bytes = id.as_bytes().to_vec();
        bytes.extend(counter.to_be_bytes());
        // Seconds since 2026 have room in four bytes until 2162.
        let since = u32::try_from(Moment::from(*since).seconds()).unwrap_or_default();
        bytes.extend(since.to_be_bytes());
        bytes.push((*days).into());
        bytes.push(byte(Some(method.number())));
        bytes.push(byte(Some(role.number())));
        bytes.push(passkey.map_or(0, |used| 4 + passkey_use_form(used)));
        bytes.extend(generation.to_be_bytes());
        bytes.push(byte(device.and_then(|device| device.browser).map(Numbered::number)));
        bytes.push(byte(device.and_then(|device| device.system).map(Numbered::number)));
        Self(BASE64URL.encode(bytes))
    }
}

/// Returns a number of a list as a byte, 0 for none; the lists are short.
fn byte(number: Option<u16>) -> u8 {
    number.and_then(|number| u8::try_from(number).ok()).unwrap_or(0)
}

impl StoredTrust {
    const LEN: usize = BrowserId::LEN + 4 + 4 + 4 + 4 + 2;

    /// Reads the browser. One that only a newer release knows is trusted by none before it: the
    /// user is asked in it.
    pub(super) fn read(&self) -> Option<TrustedBrowser> {
        let bytes = BASE64URL.decode(&self.0).ok().filter(|bytes| bytes.len() == Self::LEN)?;
        let (id, rest) = bytes.split_first_chunk()?;
        let (counter, rest) = rest.split_first_chunk()?;
        let (since, rest) = rest.split_first_chunk()?;
        let ([days, method, role, passkey], rest) = rest.split_first_chunk()?;
        let (generation, rest) = rest.split_first_chunk()?;
        let ([browser, system], _) = rest.split_first_chunk()?;
        let browser = Numbered::from_number((*browser).into());
        Some(TrustedBrowser {
            id: BrowserId::new(*id),
            counter: u32::from_be_bytes(*counter),
            since: Timestamp::from(Moment::after(u32::from_be_bytes(*since).into())),
            days: TrustDays::parse(*days).ok()?,
            method: Numbered::from_number((*method).into())?,
            role: Numbered::from_number((*role).into())?,
            passkey: (*passkey > 0).then(|| passkey_use(*passkey)),
            generation: u32::from_be_bytes(*generation),
            device: Device::of(browser, Numbered::from_number((*system).into()), None),
        })
    }
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
        for trusted in [trusted, by_app] {
            let stored = StoredTrust::from(&trusted);
            assert_eq!(stored.0.len(), 35);
            assert_eq!(stored.read(), Some(trusted));
        }
        for newer in ["", "AA", "====", &"A".repeat(35), &"_".repeat(35), &"A".repeat(40)] {
            assert_eq!(StoredTrust(newer.to_owned()).read(), None, "{newer}");
        }
    }
}
