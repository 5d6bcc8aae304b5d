//! The rights of admins: one for each kind of admin call.

/// A right an admin call needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See portals and their policies.
    ReadPortals,
    /// Change how a portal presents itself, and its API keys.
    ChangePortals,
    /// Make and delete portals.
    MakePortals,
    /// Try and replace a portal's policy, and switch it.
    ChangePolicies,
    /// See users.
    ReadUsers,
    /// Reset users.
    ResetUsers,
    /// Unlock and erase users, clear skips, issue bypass codes, export what is known.
    ChangeUsers,
    /// See the activity log.
    ReadActivity,
    /// See the system's settings.
    ReadSettings,
    /// Change the system's settings.
    ChangeSettings,
    /// See the admins.
    ReadAdmins,
    /// Make, change and remove admins.
    ChangeAdmins,
}

impl Right {
    /// Every right.
    pub const ALL: [Self; 12] = [
        Self::ReadPortals,
        Self::ChangePortals,
        Self::MakePortals,
        Self::ChangePolicies,
        Self::ReadUsers,
        Self::ResetUsers,
        Self::ChangeUsers,
        Self::ReadActivity,
        Self::ReadSettings,
        Self::ChangeSettings,
        Self::ReadAdmins,
        Self::ChangeAdmins,
    ];

    /// Returns true if it changes nothing.
    pub const fn is_reading(self) -> bool {
        match self {
            Self::ReadPortals
            | Self::ReadUsers
            | Self::ReadActivity
            | Self::ReadSettings
            | Self::ReadAdmins => true,
            Self::ChangePortals
            | Self::MakePortals
            | Self::ChangePolicies
            | Self::ResetUsers
            | Self::ChangeUsers
            | Self::ChangeSettings
            | Self::ChangeAdmins => false,
        }
    }
}
