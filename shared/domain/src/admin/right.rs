//! The rights of admins: one for each kind of admin call.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Right {
    /// See portals and their policies.
    ReadPortals,
    /// Change how a portal presents itself, and its API keys.
    ChangePortals,
    MakePortals,
    /// Replace a portal's policy, after a dry run or without, and switch it.
    ChangePolicies,
    ReadUsers,
    ResetUsers,
    /// Unlock and erase users, clear skips, issue bypass codes, export what is known.
    ChangeUsers,
    ReadActivity,
    ReadSettings,
    ChangeSettings,
    ReadAdmins,
    ChangeAdmins,
}

impl Right {
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
