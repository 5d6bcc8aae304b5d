//! The terms of a portal for its users, beside those of its preset.

use super::World;
use portcullis_model::{Model, Preset};

#[derive(Clone, Copy, Debug)]
pub enum Users {
    AsThePresetSays,
    /// They change their settings, freeze themselves, and have recovery codes.
    LookAfterThemselves,
}

impl Users {
    pub async fn change_policy(self, world: &World, preset: Preset) {
        match self {
            Self::AsThePresetSays => {}
            Self::LookAfterThemselves => {
                let portal = world.portal(preset.word());
                world.give_recovery_codes(&portal, "offered").await;
            }
        }
    }

    /// Returns the model of a user under these terms.
    pub const fn model(self, model: Model) -> Model {
        match self {
            Self::AsThePresetSays => model,
            Self::LookAfterThemselves => model.with_self_service(),
        }
    }
}
