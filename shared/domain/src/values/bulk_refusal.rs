//! The ways in which a bulk reset stops.

use thiserror::Error;

/// Why a bulk reset does not go on, in a sentence for the admin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BulkRefusal {
    #[error(
        "This portal has no open bulk reset of this id. It may have ended, or another one may have taken its place. Open the page again."
    )]
    Unknown,
    #[error(
        "This portal has an open bulk reset already. Withdraw it, or let it end, before you ask for another one."
    )]
    AnotherOpen,
    #[error(
        "Another admin has to approve a bulk reset, and no other admin may reset these users. Ask an operator to create an admin for this portal, and ask again."
    )]
    NoSecondAdmin,
    #[error(
        "You asked for this bulk reset yourself. Another admin who may reset these users has to approve it."
    )]
    OwnRequest,
    #[error(
        "You became an admin, or another admin reset or unlocked you, after this bulk reset was asked for. Another admin has to approve it, or it has to be asked for again."
    )]
    NewAdmin,
    #[error("This bulk reset has lapsed: a day is over. Ask for it again.")]
    Lapsed,
    #[error("No one has approved this bulk reset. Another admin has to approve it first.")]
    NotApproved,
    #[error(
        "Only the admin who asked for this bulk reset and the one who approved it can continue it. Ask one of them."
    )]
    OtherAdmins,
    #[error(
        "This portal cannot mail links to enrol again. Enter an enrolment_url in its profile, and set up email, before you ask for a bulk reset."
    )]
    NoLinks,
}
