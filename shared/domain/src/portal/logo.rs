//! The picture at the top of the hosted prompt. It is uploaded and shown from our own origin, so
//! that no other host learns who signs in.

use imagesize::{ImageType, blob_size, image_type};
use std::fmt;

use crate::{
    Malformed, Named, PortalId,
    values::{id::byte_id, named::named},
};

/// A picture, as it was uploaded.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    format: LogoFormat,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoFormat {
    Png,
    Webp,
}

named! { LogoFormat { Png: "image/png", Webp: "image/webp" } }

impl Logo {
    /// The most bytes of a picture: 32 KB.
    pub const MAX_BYTES: usize = 32 * 1_024;
    /// The longest side of a picture, in pixels. A few bytes can say that they are a huge picture,
    /// and a browser would make room for it.
    pub const MAX_SIDE: usize = 1_024;

    /// Takes the bytes of a PNG or WebP file. Its first bytes say what it is, never its name.
    ///
    /// # Errors
    /// [`Malformed`] for another kind of file, and for one that is too large.
    pub fn parse(bytes: Vec<u8>) -> Result<Self, Malformed> {
        let wrong = |why| Malformed::new("the logo", why);
        if bytes.len() > Self::MAX_BYTES {
            return Err(wrong("must be a file of at most 32 KB"));
        }
        let format = match image_type(&bytes) {
            Ok(ImageType::Png) => LogoFormat::Png,
            Ok(ImageType::Webp) => LogoFormat::Webp,
            Ok(_) | Err(_) => return Err(wrong("must be a PNG or WebP file")),
        };
        let size = blob_size(&bytes).map_err(|_| wrong("must be a PNG or WebP file"))?;
        let sides = 1..=Self::MAX_SIDE;
        if !sides.contains(&size.width) || !sides.contains(&size.height) {
            return Err(wrong("must be at most 1024 pixels wide and high"));
        }
        Ok(Self { format, bytes })
    }

    /// Takes a picture that was checked before.
    pub const fn known(format: LogoFormat, bytes: Vec<u8>) -> Self {
        Self { format, bytes }
    }

    pub const fn format(&self) -> LogoFormat {
        self.format
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({}, {} bytes)", self.format.name(), self.bytes.len())
    }
}

byte_id!(
    /// The id of one upload: eleven random bytes, and a tag of the junk filter over them and the
    /// portal.
    LogoId, 27, "the logo's id"
);

impl LogoId {
    /// Bytes of the random part.
    pub const RANDOM: usize = 11;

    pub fn random_part(&self) -> &[u8] {
        self.as_bytes().split_at(Self::RANDOM).0
    }

    pub fn tag(&self) -> &[u8] {
        self.as_bytes().split_at(Self::RANDOM).1
    }
}

/// The name of a picture in its URL: `<portal>_<id>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogoName {
    pub portal: PortalId,
    pub id: LogoId,
}

impl LogoName {
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        let (portal, id) =
            text.split_once('_').ok_or(Malformed::new("the logo's name", "is not one of ours"))?;
        Ok(Self { portal: PortalId::parse(portal)?, id: LogoId::parse(id)? })
    }
}

impl fmt::Display for LogoName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.portal, self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The beginning of a PNG file of this size, as far as it says what it is.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let ihdr = [b"\0\0\0\rIHDR".as_slice(), &width.to_be_bytes(), &height.to_be_bytes()];
        [b"\x89PNG\r\n\x1a\n".as_slice(), &ihdr.concat(), b"\x08\x06\0\0\0\0\0\0\0"].concat()
    }

    /// The same of a WebP file (RFC 9649, section 2.7), which has sides less one.
    fn webp(width: u32, height: u32) -> Vec<u8> {
        let side = |side: u32| (side - 1).to_le_bytes()[..3].to_vec();
        let vp8x = [vec![0; 4], side(width), side(height)].concat();
        [b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0".to_vec(), vp8x].concat()
    }

    #[test]
    fn a_logo_is_a_small_png_or_webp_file_whatever_it_is_called() {
        for (bytes, format) in [
            (png(1, 1), LogoFormat::Png),
            (png(1_024, 1_024), LogoFormat::Png),
            (webp(320, 64), LogoFormat::Webp),
            ([png(64, 64), vec![0; Logo::MAX_BYTES - 33]].concat(), LogoFormat::Png),
        ] {
            let logo = Logo::parse(bytes.clone()).unwrap();
            assert_eq!((logo.format(), logo.bytes()), (format, bytes.as_slice()));
        }
        for (bytes, why) in [
            (vec![], "PNG or WebP"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec(), "PNG or WebP"),
            (b"<!doctype html><script>alert(1)</script>".to_vec(), "PNG or WebP"),
            (b"GIF89a\x01\0\x01\0".to_vec(), "PNG or WebP"),
            (b"\x89PNG\r\n\x1a\n".to_vec(), "PNG or WebP"),
            (png(64, 64)[..18].to_vec(), "PNG or WebP"),
            (png(0, 64), "1024 pixels"),
            (png(1_025, 1), "1024 pixels"),
            (png(u32::MAX, u32::MAX), "1024 pixels"),
            (webp(16_384, 1), "1024 pixels"),
            ([png(64, 64), vec![0; Logo::MAX_BYTES]].concat(), "32 KB"),
        ] {
            let refused = Logo::parse(bytes).unwrap_err().to_string();
            assert!(refused.contains(why), "{refused}");
        }
    }

    #[test]
    fn the_name_of_a_picture_reads_back() {
        let id = LogoId::new([7; LogoId::LEN]);
        let name = LogoName { portal: PortalId::parse("acme-1").unwrap(), id };
        assert_eq!(LogoName::parse(&name.to_string()), Ok(name));
        assert_eq!(id.random_part().len() + id.tag().len(), LogoId::LEN);
        for other in ["", "acme", "acme_", "acme_AAAA", "_AAAA", "a b_AAAA"] {
            assert!(LogoName::parse(other).is_err(), "{other}");
        }
    }
}
