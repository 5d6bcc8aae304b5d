//! The labels of the fields, for the summary of errors above a form.

/// The fields whose name has one label on all screens, each with its key.
const LABELS: [(&str, &str); 88] = [
    ("account", "console-settings-account"),
    ("actor", "console-activity-done-by"),
    ("address", "console-email-address"),
    ("after_reset", "console-policy-reset"),
    ("allowed_countries", "console-countries"),
    ("app", "console-app"),
    ("audience", "console-profile-audience"),
    ("auth_token", "console-settings-auth-token"),
    ("channel", "console-check-channel"),
    ("checked_by", "console-check-how"),
    ("client_id", "console-settings-client-id"),
    ("client_secret", "console-settings-client-secret"),
    ("code_lifetime_seconds", "console-policy-lifetime"),
    ("color", "console-profile-color"),
    ("confirm_unlock", "console-policy-unlock"),
    ("contact_hold", "console-policy-hold"),
    ("countries", "console-countries"),
    ("currency", "console-prices-currency"),
    ("current", "console-password-current"),
    ("days", "console-log-days-days"),
    ("default_country", "console-profile-default-country"),
    ("earned_by", "console-policy-remember-after"),
    ("email", "console-email"),
    ("email_destination", "console-policy-to-address"),
    ("email_fallback", "console-policy-fallback"),
    ("email_from", "console-settings-email-from"),
    ("emails_per_portal", "console-settings-emails"),
    ("enforcement", "console-policy-who"),
    ("enrolment_proof", "console-policy-proof"),
    ("enrolment_url", "console-profile-enrolment-url"),
    ("event", "console-activity-kind"),
    ("expires", "console-key-expires"),
    ("expires_on", "console-key-expires-on"),
    ("from", "console-activity-from"),
    ("grace", "console-policy-grace"),
    ("grace_count", "console-policy-grace-count"),
    ("grace_until", "console-policy-grace-day"),
    ("id", "console-new-portal-id"),
    ("issuer", "console-policy-issuer"),
    ("locale", "console-profile-locale"),
    ("logo", "console-logo-picture"),
    ("methods", "console-policy-methods"),
    ("name", "console-name"),
    ("new", "console-password-new"),
    ("organization", "console-organisation"),
    ("origins", "console-profile-passkey-origins"),
    ("outcome", "console-activity-outcome"),
    ("passkey", "console-policy-passkeys"),
    ("passkey_domain", "console-settings-passkey-domain"),
    ("password", "console-password"),
    ("per_minute", "console-share-per-minute"),
    ("per_portal", "console-settings-per-portal"),
    ("per_prefix", "console-settings-per-prefix"),
    ("portals", "console-portals"),
    ("preset", "console-new-portal-preset"),
    ("price_email", "console-prices-email"),
    ("price_text", "console-prices-text"),
    ("price_texts", "console-prices-texts-to"),
    ("promote", "console-policy-promote"),
    ("proof_code", "console-code"),
    ("provider", "console-settings-provider"),
    ("reason", "console-dialog-reason"),
    ("recovery_codes", "console-policy-recovery"),
    ("remember_browser", "console-policy-remember"),
    ("remember_days", "console-policy-remember-days"),
    ("remove", "console-logo-remove"),
    ("return_urls", "console-profile-return-urls"),
    ("role", "console-role"),
    ("rp_id", "console-profile-passkey-domain"),
    ("scopes", "console-key-scopes"),
    ("self_service", "console-policy-self"),
    ("sender_name", "console-profile-sender-name"),
    ("sms", "console-text-message"),
    ("sms_destination", "console-policy-to-number"),
    ("sms_from", "console-settings-sms-from"),
    ("sms_name", "console-profile-sms-name"),
    ("sources", "console-key-sources"),
    ("state", "console-state"),
    ("support", "console-profile-support"),
    ("switched_by", "console-policy-switch"),
    ("synced", "console-policy-synced"),
    ("text_needs", "console-policy-text"),
    ("to", "console-activity-to"),
    ("user_verification", "console-policy-verification"),
    ("users", "console-bulk-users"),
    ("when_bound", "console-policy-when-bound"),
    ("when_off", "console-policy-off"),
    ("when_on_again", "console-policy-on"),
];

/// Returns the key of a field's label, unless its name stands for several.
pub(crate) fn label(field: &str) -> Option<&'static str> {
    LABELS.iter().find(|(name, _)| *name == field).map(|(_, key)| *key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::templates::templates;

    #[test]
    fn a_field_is_named_in_the_summary_as_on_its_screen() {
        let mut read = 0;
        for (path, page) in templates() {
            for part in page.split("{% call form::").skip(1) {
                let mut quoted = part.split('"').skip(1).step_by(2);
                let (Some(field), Some(key)) = (quoted.next(), quoted.next()) else { continue };
                if let Some(known) = label(field).filter(|_| key.starts_with("console-")) {
                    assert_eq!(known, key, "{field} in {path:?}");
                    read += 1;
                }
            }
        }
        assert!(read > 40, "{read} fields");
    }
}
