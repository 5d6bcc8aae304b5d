//! The terms of a portal for its users, beside those of its preset.

use super::World;
use portcullis_model::{GraceTerms, Model, PasskeyTerms, Preset, TrustTerms};
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug)]
pub enum Users {
    AsThePresetSays,
    /// They change their settings, freeze themselves, and have recovery codes.
    LookAfterThemselves,
    /// They do, and have passkeys as the preset says.
    HavePasskeys,
    /// The portal insists on them beside everything else.
    HaveToUsePasskeys,
    /// They have time to set something up.
    HaveTime,
    TrustBrowsers,
    StepUp,
}

/// The terms of the preset, with nothing weaker beside a passkey.
const INSISTING: PasskeyTerms =
    PasskeyTerms { checks_person: false, refuses_copies: false, insists: true, promotes: true };

impl Users {
    pub async fn change_policy(self, world: &World, preset: Preset) {
        match self {
            Self::AsThePresetSays | Self::HavePasskeys | Self::StepUp => {}
            Self::TrustBrowsers => {
                let portal = world.portal(preset.word());
                let remember = json!({ "days": 3, "earned_by": "any" });
                let change = |policy: &mut Value| policy["remember_browser"] = remember;
                world.change_policy(&portal, change).await;
            }
            Self::HaveTime => {
                let portal = world.portal(preset.word());
                let grace = json!({ "type": "required", "grace": { "sign_ins": 3 } });
                world.change_policy(&portal, |policy| policy["enforcement"] = grace.clone()).await;
            }
            Self::LookAfterThemselves => {
                let portal = world.portal(preset.word());
                world.give_recovery_codes(&portal, "offered").await;
            }
            Self::HaveToUsePasskeys => {
                let portal = world.portal(preset.word());
                world.give_recovery_codes(&portal, "offered").await;
                let insist = |policy: &mut Value| {
                    let passkey = json!({
                        "type": "passkey", "user_verification": "preferred", "synced": "allowed",
                        "when_bound": "insist", "promote": true,
                    });
                    policy["methods"].as_array_mut().unwrap().insert(0, passkey);
                };
                world.change_policy(&portal, insist).await;
            }
        }
    }

    /// Returns the model of a user under these terms.
    pub const fn model(self, model: Model) -> Model {
        match self {
            Self::AsThePresetSays | Self::HavePasskeys | Self::StepUp => model,
            Self::TrustBrowsers => model.with_trust(TrustTerms { days: 3, by_passkey: false }),
            Self::HaveTime => model.with_grace(GraceTerms::SignIns(3)),
            Self::LookAfterThemselves => model.with_self_service(),
            Self::HaveToUsePasskeys => model.with_self_service().with_passkeys(INSISTING),
        }
    }
}
