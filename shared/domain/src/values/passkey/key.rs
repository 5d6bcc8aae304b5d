//! Public keys of passkeys, as browsers hand them over: a `SubjectPublicKeyInfo` in DER (RFC 5280,
//! section 4.1.2.7). A key has one form here, so that nothing is left to the taste of a parser.

use std::fmt;

use crate::Malformed;

/// An algorithm that passkeys sign with: the three whose keys every browser hands over as DER
/// (section 5.2.1.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeyAlgorithm {
    /// ECDSA on P-256 with SHA-256: nearly every authenticator.
    Es256,
    /// RSASSA-PKCS1-v1_5 with SHA-256: Windows Hello on many machines.
    Rs256,
    /// Ed25519.
    EdDsa,
}

impl PasskeyAlgorithm {
    /// Every algorithm, the one to prefer first.
    pub const ALL: [Self; 3] = [Self::Es256, Self::EdDsa, Self::Rs256];

    /// Its number in the registry of COSE algorithms (RFC 9053; RFC 8812 for RS256).
    pub const fn cose(self) -> i32 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }

    /// Returns the algorithm of this number, if it is one that is offered.
    pub fn from_cose(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.cose() == number)
    }
}

/// A public key of a passkey.
#[derive(Clone, PartialEq, Eq)]
pub struct PasskeyKey {
    algorithm: PasskeyAlgorithm,
    spki: Vec<u8>,
}

/// The bytes before the coordinates of a point on P-256 that is not compressed (RFC 5480, section
/// 2).
const ES256_HEAD: [u8; 27] = [
    0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
];
/// The bytes before the 32 of a key of Ed25519 (RFC 8410, section 4).
const EDDSA_HEAD: [u8; 12] =
    [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// The algorithm `rsaEncryption`, whose parameters are NULL (RFC 3279, section 2.3.1).
const RSA_ALGORITHM: [u8; 15] =
    [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
/// The exponent 65537.
const RSA_EXPONENT: [u8; 5] = [0x02, 0x03, 0x01, 0x00, 0x01];
/// The bytes before the modulus, all of whose lengths take three bytes.
const RSA_HEAD: usize = 4 + RSA_ALGORITHM.len() + 5 + 4 + 4;

impl PasskeyKey {
    /// The bits of an RSA modulus.
    pub const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

    /// Takes the one form of a key of this algorithm: 91 bytes for ES256, 44 for EdDSA, and for
    /// RS256 the exponent 65537. [`super::Signatures::is_usable`] looks if its point is a good one.
    pub fn parse(algorithm: PasskeyAlgorithm, spki: &[u8]) -> Result<Self, Malformed> {
        let is_good = match algorithm {
            PasskeyAlgorithm::Es256 => {
                spki.strip_prefix(&ES256_HEAD).is_some_and(|point| point.len() == 64)
            }
            PasskeyAlgorithm::EdDsa => {
                spki.strip_prefix(&EDDSA_HEAD).is_some_and(|key| key.len() == 32)
            }
            PasskeyAlgorithm::Rs256 => modulus(spki).is_some_and(|modulus| {
                Self::RSA_BITS.contains(&bits(modulus))
                    && modulus.last().is_some_and(|b| b & 1 == 1)
            }),
        };
        let why = Malformed::new("the public key", "is not one of its algorithm");
        if is_good { Ok(Self { algorithm, spki: spki.to_vec() }) } else { Err(why) }
    }

    pub const fn algorithm(&self) -> PasskeyAlgorithm {
        self.algorithm
    }

    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// The length of the same key in COSE's encoding, which is as fixed (RFC 9053, section 7).
    pub fn cose_len(&self) -> usize {
        match self.algorithm {
            PasskeyAlgorithm::Es256 => 77,
            PasskeyAlgorithm::EdDsa => 42,
            PasskeyAlgorithm::Rs256 => modulus(&self.spki).map_or(0, <[u8]>::len) + 16,
        }
    }
}

/// Returns the modulus of an RSA key, if the key is written as it must be.
fn modulus(spki: &[u8]) -> Option<&[u8]> {
    let number = spki.get(RSA_HEAD..)?.strip_suffix(&RSA_EXPONENT)?;
    // A zero stands before the number only to keep it from being negative.
    let modulus = match number {
        [0, rest @ ..] if rest.first().is_some_and(|first| *first >= 0x80) => rest,
        [1..0x80, ..] => number,
        _ => return None,
    };
    (rsa_spki(number)? == spki).then_some(modulus)
}

/// Writes an RSA key in DER around its modulus.
fn rsa_spki(number: &[u8]) -> Option<Vec<u8>> {
    let key = der(0x30, &[der(0x02, number)?, RSA_EXPONENT.to_vec()].concat())?;
    der(0x30, &[RSA_ALGORITHM.to_vec(), der(0x03, &[vec![0], key].concat())?].concat())
}

/// Writes a value whose length takes three bytes: 256 bytes or more.
fn der(tag: u8, value: &[u8]) -> Option<Vec<u8>> {
    let length = u16::try_from(value.len()).ok().filter(|length| *length >= 0x100)?;
    Some([&[tag, 0x82], length.to_be_bytes().as_slice(), value].concat())
}

fn bits(modulus: &[u8]) -> usize {
    let unused = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
    modulus.len() * 8 - unused
}

impl fmt::Debug for PasskeyKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("PasskeyKey").field(&self.algorithm).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rsa(modulus: &[u8]) -> Vec<u8> {
        let sign = if modulus[0] >= 0x80 { vec![0] } else { vec![] };
        rsa_spki(&[sign, modulus.to_vec()].concat()).unwrap()
    }

    /// A modulus of so many bytes, the first of which is given.
    fn modulus_of(length: usize, first: u8) -> Vec<u8> {
        let mut modulus = vec![0x5b; length];
        modulus[0] = first;
        modulus
    }

    fn keys() -> [(PasskeyAlgorithm, Vec<u8>, usize); 5] {
        [
            (PasskeyAlgorithm::Es256, [ES256_HEAD.as_slice(), &[7; 64]].concat(), 91),
            (PasskeyAlgorithm::EdDsa, [EDDSA_HEAD.as_slice(), &[7; 32]].concat(), 44),
            (PasskeyAlgorithm::Rs256, rsa(&modulus_of(256, 0xc3)), 294),
            (PasskeyAlgorithm::Rs256, rsa(&modulus_of(436, 0x03)), 473),
            (PasskeyAlgorithm::Rs256, rsa(&modulus_of(512, 0xc3)), 550),
        ]
    }

    #[test]
    fn p2_a_key_has_the_one_form_of_its_algorithm() {
        for (algorithm, spki, length) in keys() {
            assert_eq!(spki.len(), length);
            let key = PasskeyKey::parse(algorithm, &spki).unwrap();
            assert_eq!((key.algorithm(), key.spki()), (algorithm, spki.as_slice()));
            for other in PasskeyAlgorithm::ALL {
                assert_eq!(PasskeyKey::parse(other, &spki).is_ok(), other == algorithm);
            }
        }
    }

    #[test]
    fn p2_a_key_that_is_cut_lengthened_or_headed_otherwise_is_refused() {
        for (algorithm, spki, length) in keys() {
            for cut in 0..length {
                assert!(PasskeyKey::parse(algorithm, &spki[..cut]).is_err(), "{cut}");
            }
            assert!(PasskeyKey::parse(algorithm, &[&spki[..], &[0]].concat()).is_err());
            let head = match algorithm {
                PasskeyAlgorithm::Es256 => ES256_HEAD.len(),
                PasskeyAlgorithm::EdDsa => EDDSA_HEAD.len(),
                PasskeyAlgorithm::Rs256 => RSA_HEAD,
            };
            for at in 0..head {
                let mut other = spki.clone();
                other[at] ^= 1;
                assert!(PasskeyKey::parse(algorithm, &other).is_err(), "{at}");
            }
        }
    }

    #[test]
    fn p2_an_rsa_key_has_2048_to_4096_bits_and_the_exponent_65537() {
        let good = |spki: &[u8]| PasskeyKey::parse(PasskeyAlgorithm::Rs256, spki).is_ok();
        for (length, first, is_good) in [
            (256, 0x80, true),
            (256, 0x7f, false),
            (257, 0x01, true),
            (512, 0xff, true),
            (513, 0x01, false),
            (1024, 0xff, false),
        ] {
            assert_eq!(good(&rsa(&modulus_of(length, first))), is_good, "{length} {first}");
        }
        let mut even = modulus_of(256, 0xc3);
        even[255] = 2;
        assert!(!good(&rsa(&even)));
        let mut other_exponent = rsa(&modulus_of(256, 0xc3));
        *other_exponent.last_mut().unwrap() = 3;
        assert!(!good(&other_exponent));
        for number in [[vec![0, 0], modulus_of(256, 0xc3)].concat(), modulus_of(256, 0xc3)] {
            assert!(!good(&rsa_spki(&number).unwrap()), "neither padded nor negative");
        }
        assert!(!good(&rsa_spki(&[vec![0], modulus_of(257, 0x01)].concat()).unwrap()));
    }

    #[test]
    fn p2_three_algorithms_have_numbers() {
        for algorithm in PasskeyAlgorithm::ALL {
            assert_eq!(PasskeyAlgorithm::from_cose(algorithm.cose()), Some(algorithm));
        }
        // ES384, ES512, PS256, Ed25519 (RFC 9864), Ed448, ES256K, RS1.
        for number in [-35, -36, -37, -19, -53, -47, -65535, 0, 7, i32::MIN] {
            assert_eq!(PasskeyAlgorithm::from_cose(number), None);
        }
    }
}
