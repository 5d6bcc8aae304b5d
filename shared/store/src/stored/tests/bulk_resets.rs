use portcullis_domain::{
    ListedState, Malformed, OrganisationId, UserId,
    admin::{AdminId, Reach},
    decision::{BulkApproval, BulkReset, BulkResetId, BulkStage, Selection},
};

use super::{super::bulk_reset::StoredBulkReset, golden_item, samples::*};
use crate::{
    key,
    system::{document_item, read},
};

fn begun() -> BulkReset {
    let organisation = OrganisationId::parse("acme-north").unwrap();
    let approval = BulkApproval { by: AdminId::parse("ben").unwrap(), at: NOW.plus(60) };
    BulkReset {
        id: BulkResetId::new([7; 8]),
        selection: Selection::Filtered {
            state: Some(ListedState::Enrolled),
            organisation: Some(organisation.clone()),
        },
        reach: Reach::Organisation(organisation),
        reason: "phones were stolen".to_owned(),
        about: 4_990,
        asked_by: AdminId::parse("anna").unwrap(),
        asked_at: NOW,
        stage: BulkStage::Begun(approval),
    }
}

#[test]
fn a_bulk_reset_lies_in_the_table_as_in_the_file_at_every_stage() {
    let users = ["u-1", "u-2"].map(|id| UserId::parse(id).unwrap()).to_vec();
    let named = Selection::named(users).unwrap();
    let asked = BulkReset { stage: BulkStage::Asked, reach: Reach::Portal, ..begun() };
    for (file, bulk_reset) in [
        ("bulk-reset", begun()),
        ("bulk-reset-named", BulkReset { selection: named, ..asked.clone() }),
        ("bulk-reset-over", asked.ended()),
    ] {
        let key = key::alone(key::bulk_reset(&portal_id()));
        let item = document_item("bulk reset", key, &bulk_reset, WRITE, None).unwrap();
        let item = golden_item(file, &item);
        assert_eq!(read::<BulkReset>("bulk reset", &item).unwrap().value, bulk_reset);
    }
}

#[test]
fn a_damaged_bulk_reset_is_none() {
    let no_moment = r#"{"i":"BwcHBwcHBwc","a":"anna","t":1,"b":"ben"}"#;
    let nobody = r#"{"i":"BwcHBwcHBwc","t":1}"#;
    for stored in [no_moment, nobody, "{}"] {
        let stored: StoredBulkReset = serde_json::from_str(stored).unwrap();
        let refused: Malformed = BulkReset::try_from(stored).unwrap_err();
        assert_eq!(refused.what, "the bulk reset");
    }
}
