//! The terms of a portal for its users, beside those of its preset.

use super::World;
use portcullis_model::{Model, Preset};
use serde_json::{Value, json};

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
                let open = |policy: &mut Value| {
                    policy["self_service"] = json!("with_proof");
                    policy["recovery_codes"] = json!("offered");
                };
                world.change_policy(&portal, open).await;
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
