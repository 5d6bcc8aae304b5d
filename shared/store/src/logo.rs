//! The picture of a portal, which no sign-in reads: browsers fetch it, and keep it.

use aws_sdk_dynamodb::{primitives::Blob, types::AttributeValue};
use portcullis_domain::{
    Named, PortalId,
    portal::{Logo, LogoFormat, LogoId, LogoName},
};

use crate::{
    Store, StoreError,
    item::{Item, formatted, string},
    key,
};

/// The change of a portal's picture, in the write that changes the portal.
#[derive(Clone, Debug)]
pub enum LogoChange {
    Stays,
    Replaced { id: LogoId, logo: Logo },
    Removed,
}

impl LogoChange {
    /// Returns the item to put, if the picture changes. One without a picture takes the place of a
    /// picture that is removed.
    pub(crate) fn item(self, portal: &PortalId) -> Option<Item> {
        let mut item = formatted(key::alone(key::logo(portal)));
        match self {
            Self::Stays => return None,
            Self::Removed => {}
            Self::Replaced { id, logo } => {
                item.insert("logo".to_owned(), AttributeValue::S(id.to_string()));
                let kind = logo.format().name().to_owned();
                item.insert("kind".to_owned(), AttributeValue::S(kind));
                item.insert("image".to_owned(), AttributeValue::B(Blob::new(logo.bytes())));
            }
        }
        Some(item)
    }
}

impl Store {
    /// Reads a logo, if it is the one that its portal has now. Anybody can ask for it, so it is
    /// read for half the price of a fresh one.
    pub async fn logo(&self, name: &LogoName) -> Result<Option<Logo>, StoreError> {
        let item = self.perhaps_older_item("logo", key::alone(key::logo(&name.portal))).await?;
        Ok(item.and_then(|item| logo(&item, name.id)))
    }
}

fn logo(item: &Item, id: LogoId) -> Option<Logo> {
    string(item, "logo").filter(|known| **known == id.to_string())?;
    let format = LogoFormat::from_name(string(item, "kind")?)?;
    let image = item.get("image")?.as_b().ok()?;
    Some(Logo::known(format, image.clone().into_inner()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_read_by_its_own_id_alone_and_is_gone_once_removed() {
        let portal = PortalId::parse("acme").unwrap();
        let id = |n| LogoId::new([n; LogoId::LEN]);
        let picture = Logo::known(LogoFormat::Webp, vec![1, 2, 3]);
        let change = LogoChange::Replaced { id: id(1), logo: picture.clone() };
        let item = change.item(&portal).unwrap();
        assert_eq!(logo(&item, id(1)), Some(picture));
        assert_eq!(logo(&item, id(2)), None);
        let removed = LogoChange::Removed.item(&portal).unwrap();
        assert_eq!(logo(&removed, id(1)), None);
        assert_eq!((removed.get("pk"), removed.len()), (item.get("pk"), 3));
        assert!(LogoChange::Stays.item(&portal).is_none());
    }
}
