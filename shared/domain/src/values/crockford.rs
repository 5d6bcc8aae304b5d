//! Codes that people keep or are read out: characters of an alphabet that nobody misreads.

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

use super::characters::in_code;
use crate::Malformed;

/// The alphabet of Crockford's base 32: no I, L, O and U, which people misread.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The number of characters in a group of a code, as people read it out.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Groups {
    OfFour,
    OfFive,
}

impl Groups {
    const fn size(self) -> usize {
        match self {
            Self::OfFour => 4,
            Self::OfFive => 5,
        }
    }
}

/// `N` characters of the alphabet, with five bits each.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Characters<const N: usize>([u8; N]);

impl<const N: usize> Characters<N> {
    /// Takes the first bits of these bytes, five for each character.
    pub(crate) fn of_bits(random: &[u8]) -> Self {
        let mut code = [0; N];
        for (n, place) in code.iter_mut().enumerate() {
            let bit = n * 5;
            let pair = [random.get(bit / 8), random.get(bit / 8 + 1)]
                .map(|byte| u16::from(byte.copied().unwrap_or(0)));
            let window = pair[0] << 8 | pair[1];
            let value = usize::from(window >> (11 - bit % 8) & 31);
            *place = ALPHABET.get(value).copied().unwrap_or(b'0');
        }
        Self(code)
    }

    /// Reads what a person typed: spaces, dashes and what nobody sees are dropped, letters of
    /// either case and those people misread taken.
    ///
    /// # Errors
    /// `wrong` unless `N` characters of the alphabet remain.
    pub(crate) fn parse(typed: &str, wrong: Malformed) -> Result<Self, Malformed> {
        let mut code = [0; N];
        let mut places = code.iter_mut();
        for c in in_code(typed) {
            let read = match c.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let byte = u8::try_from(read).map_err(|_| wrong)?;
            if !ALPHABET.contains(&byte) {
                return Err(wrong);
            }
            *places.next().ok_or(wrong)? = byte;
        }
        if places.next().is_some() { Err(wrong) } else { Ok(Self(code)) }
    }

    pub(crate) fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }

    pub(crate) fn grouped(&self, groups: Groups) -> String {
        let groups: Vec<&str> = self
            .0
            .chunks(groups.size())
            .map(|group| std::str::from_utf8(group).unwrap_or(""))
            .collect();
        groups.join("-")
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl<const N: usize> Drop for Characters<N> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
