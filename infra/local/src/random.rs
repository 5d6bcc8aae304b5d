//! Random bytes for keys, passwords and cookies of local mode.

use portcullis_app::system_rng;

use crate::error::LocalError;

pub(crate) fn random<const N: usize>() -> Result<[u8; N], LocalError> {
    let mut bytes = [0; N];
    if system_rng(&mut bytes) { Ok(bytes) } else { Err(LocalError::RngUnavailable) }
}

pub(crate) fn random_hex<const N: usize>() -> Result<String, LocalError> {
    random::<N>().map(hex::encode)
}
