// Made from the OpenAPI document by infra/clients/types. Change nothing here.

use serde::{Deserialize, Serialize};

words! {
    /// The reach of an admin's rights.
    ActorRole {
        "org_admin" => OrgAdmin,
        "portal_admin" => PortalAdmin,
    }
    /// Something that is done again in an enrolment.
    AgainName {
        "code" => Code,
        "destination" => Destination,
    }
    /// The `autocomplete` attribute of a field in HTML.
    AutocompleteName {
        "one-time-code" => OneTimeCode,
        "tel" => Tel,
        "email" => Email,
        "off" => Off,
    }
    /// The person who changed a contact record: the user, unless it says `admin`.
    ChangedByName {
        "user" => User,
        "admin" => Admin,
    }
    /// A channel for messages.
    ChannelName {
        "email" => Email,
        "sms" => Sms,
    }
    /// The member that a box adds.
    CheckboxName {
        "set_default" => SetDefault,
    }
    /// A method that can be made the default.
    DefaultMethod {
        "email" => Email,
    }
    /// The fate of a message: the provider took it, refused it, or did not answer in time, so that
    /// it may still arrive.
    DeliveryName {
        "sent" => Sent,
        "not_sent" => NotSent,
        "unknown" => Unknown,
    }
    /// The event that brought the user here.
    EventName {
        "login" => Login,
        "invitation" => Invitation,
        "manage" => Manage,
    }
    /// The name of the member that a typed text goes into.
    FieldName {
        "code" => Code,
        "phone" => Phone,
        "email" => Email,
        "passkey" => Passkey,
        "none" => None,
    }
    /// A finding about settings.
    FindingName {
        "not_configured" => NotConfigured,
        "sandbox" => Sandbox,
        "quota" => Quota,
        "spend_limit" => SpendLimit,
        "permission" => Permission,
        "identity_unverified" => IdentityUnverified,
        "paused" => Paused,
        "under_review" => UnderReview,
        "credentials" => Credentials,
        "number_unknown" => NumberUnknown,
        "number_without_sms" => NumberWithoutSms,
        "sender_unchecked" => SenderUnchecked,
        "account_unchecked" => AccountUnchecked,
        "no_answer" => NoAnswer,
    }
    HealthName {
        "ok" => Ok,
    }
    /// The reason why an authenticator stays.
    KeptReasonName {
        "last_authenticator" => LastAuthenticator,
    }
    /// The kind of an entry of the activity log, for programs.
    KindName {
        "code_accepted" => CodeAccepted,
        "code_wrong" => CodeWrong,
        "code_expired" => CodeExpired,
        "code_reused" => CodeReused,
        "sign_in_dead" => SignInDead,
        "locked" => Locked,
        "disabled" => Disabled,
        "code_requested" => CodeRequested,
        "code_sent" => CodeSent,
        "code_not_sent" => CodeNotSent,
        "code_unknown" => CodeUnknown,
        "send_limited" => SendLimited,
        "link_requested" => LinkRequested,
        "link_sent" => LinkSent,
        "link_not_sent" => LinkNotSent,
        "link_unknown" => LinkUnknown,
        "ticket_spent" => TicketSpent,
        "enrolled" => Enrolled,
        "authenticator_removed" => AuthenticatorRemoved,
        "authenticator_renamed" => AuthenticatorRenamed,
        "not_required" => NotRequired,
        "skipped" => Skipped,
        "opted_out" => OptedOut,
        "denied" => Denied,
        "opted_in" => OptedIn,
        "default_set" => DefaultSet,
        "default_unset" => DefaultUnset,
        "contact_added" => ContactAdded,
        "contact_changed" => ContactChanged,
        "details_changed" => DetailsChanged,
        "reset" => Reset,
        "frozen" => Frozen,
        "unlocked" => Unlocked,
        "skip_cleared" => SkipCleared,
        "bypass_issued" => BypassIssued,
        "bypass_accepted" => BypassAccepted,
        "bypass_wrong" => BypassWrong,
        "recovery_codes_made" => RecoveryCodesMade,
        "recovery_code_used" => RecoveryCodeUsed,
        "recovery_code_wrong" => RecoveryCodeWrong,
        "recovery_codes_low" => RecoveryCodesLow,
        "recovery_codes_locked" => RecoveryCodesLocked,
        "erased" => Erased,
        "exported" => Exported,
        "portal_created" => PortalCreated,
        "portal_changed" => PortalChanged,
        "portal_deleted" => PortalDeleted,
        "key_added" => KeyAdded,
        "key_revoked" => KeyRevoked,
        "policy_changed" => PolicyChanged,
        "switched_on" => SwitchedOn,
        "switched_off" => SwitchedOff,
        "settings_changed" => SettingsChanged,
        "test_sent" => TestSent,
        "admin_added" => AdminAdded,
        "admin_changed" => AdminChanged,
        "admin_removed" => AdminRemoved,
        "admin_reset" => AdminReset,
        "password_changed" => PasswordChanged,
        "password_wrong" => PasswordWrong,
        "password_locked" => PasswordLocked,
        "admin_unlocked" => AdminUnlocked,
        "sessions_ended" => SessionsEnded,
        "admin_sessions_ended" => AdminSessionsEnded,
    }
    /// A method to prove who is signing in.
    MethodName {
        "authenticator_app" => AuthenticatorApp,
        "email" => Email,
        "sms" => Sms,
        "passkey" => Passkey,
        "recovery_code" => RecoveryCode,
    }
    /// The proof by which a password was changed.
    PasswordProofName {
        "old_password" => OldPassword,
        "email" => Email,
        "sms" => Sms,
        "support" => Support,
    }
    /// The fate of a number that was sent.
    PhoneKeptName {
        "kept" => Kept,
        "blank" => Blank,
        "rejected" => Rejected,
    }
    /// The code of a problem, for programs.
    ProblemCode {
        "bad_request" => BadRequest,
        "not_json" => NotJson,
        "too_large" => TooLarge,
        "unknown_route" => UnknownRoute,
        "method_not_allowed" => MethodNotAllowed,
        "unavailable" => Unavailable,
        "newer_release" => NewerRelease,
        "delivery_failed" => DeliveryFailed,
        "conflict" => Conflict,
        "key_refused" => KeyRefused,
        "scope" => Scope,
        "policy_refused" => PolicyRefused,
        "user_unknown" => UserUnknown,
        "user_id_case" => UserIdCase,
        "sign_in_unknown" => SignInUnknown,
        "sign_in_expired" => SignInExpired,
        "sign_in_done" => SignInDone,
        "sign_in_dead" => SignInDead,
        "too_many_sign_ins" => TooManySignIns,
        "locked" => Locked,
        "authenticator_disabled" => AuthenticatorDisabled,
        "frozen" => Frozen,
        "no_usable_method" => NoUsableMethod,
        "another_step" => AnotherStep,
        "codes_not_kept" => CodesNotKept,
        "method_not_offered" => MethodNotOffered,
        "no_code_requested" => NoCodeRequested,
        "code_wrong" => CodeWrong,
        "code_expired" => CodeExpired,
        "code_reused" => CodeReused,
        "passkey_refused" => PasskeyRefused,
        "resend_too_soon" => ResendTooSoon,
        "no_sends_left" => NoSendsLeft,
        "send_limit" => SendLimit,
        "checks_used_up" => ChecksUsedUp,
        "country_not_allowed" => CountryNotAllowed,
        "ticket_refused" => TicketRefused,
        "freeze_link_refused" => FreezeLinkRefused,
        "return_url_refused" => ReturnUrlRefused,
        "other_browser" => OtherBrowser,
        "form_refused" => FormRefused,
        "result_refused" => ResultRefused,
        "skip_not_allowed" => SkipNotAllowed,
        "not_skipped" => NotSkipped,
        "default_not_allowed" => DefaultNotAllowed,
        "settings_closed" => SettingsClosed,
        "authenticator_unknown" => AuthenticatorUnknown,
        "too_many_authenticators" => TooManyAuthenticators,
        "last_authenticator" => LastAuthenticator,
        "not_permitted" => NotPermitted,
        "portal_unknown" => PortalUnknown,
        "portal_id_taken" => PortalIdTaken,
        "policy_locked" => PolicyLocked,
        "unlock_limit" => UnlockLimit,
        "too_many_keys" => TooManyKeys,
        "key_unknown" => KeyUnknown,
        "admin_unknown" => AdminUnknown,
        "admin_name_taken" => AdminNameTaken,
        "last_operator" => LastOperator,
        "too_many_operators" => TooManyOperators,
        "session_refused" => SessionRefused,
        "second_step_missing" => SecondStepMissing,
        "password_refused" => PasswordRefused,
        "too_many_passwords" => TooManyPasswords,
        "password_must_change" => PasswordMustChange,
        "first_password_over" => FirstPasswordOver,
        "proof_needed" => ProofNeeded,
        "set_up_secret_refused" => SetUpSecretRefused,
        "settings_refused" => SettingsRefused,
        "no_destination" => NoDestination,
        "changed_meanwhile" => ChangedMeanwhile,
        "form_used" => FormUsed,
        "if_match_missing" => IfMatchMissing,
    }
    /// The reason of a state.
    ReasonName {
        "done" => Done,
        "skipped" => Skipped,
        "bypass" => Bypass,
        "not_required" => NotRequired,
        "policy_changed" => PolicyChanged,
        "usable" => Usable,
        "enrolment_proof" => EnrolmentProof,
        "recovery_needed" => RecoveryNeeded,
        "method_left_policy" => MethodLeftPolicy,
        "nothing_bound" => NothingBound,
        "link_needed" => LinkNeeded,
        "sign_in_dead" => SignInDead,
        "frozen" => Frozen,
        "authenticator_disabled" => AuthenticatorDisabled,
        "no_usable_method" => NoUsableMethod,
        "no_verified_email" => NoVerifiedEmail,
        "nothing_to_manage" => NothingToManage,
    }
    /// A part of the API that an API key opens.
    ScopeName {
        "sign_in" => SignIn,
        "contacts" => Contacts,
        "reset" => Reset,
        "erase" => Erase,
        "oidc" => Oidc,
    }
    /// A change of the settings.
    SettingsChangeName {
        "remove" => Remove,
        "rename" => Rename,
        "unset_default" => UnsetDefault,
        "new_recovery_codes" => NewRecoveryCodes,
        "add_second_way" => AddSecondWay,
        "decline_second_way" => DeclineSecondWay,
        "add_passkey" => AddPasskey,
        "decline_passkey" => DeclinePasskey,
    }
    /// The reason why a user cannot change the own settings now.
    SettingsDeniedName {
        "self_service_off" => SelfServiceOff,
        "nothing_bound" => NothingBound,
        "no_way_in" => NoWayIn,
    }
    /// The effect of a finding on sending.
    SeverityName {
        "blocks" => Blocks,
        "limits" => Limits,
        "unchecked" => Unchecked,
    }
    /// The state of a sign-in.
    StatusName {
        "allowed" => Allowed,
        "challenge" => Challenge,
        "enrol" => Enrol,
        "check_email" => CheckEmail,
        "denied" => Denied,
    }
    /// The reason why a method of the policy cannot be used now.
    UnavailableName {
        "no_verified_email" => NoVerifiedEmail,
        "no_phone" => NoPhone,
        "provider_not_set" => ProviderNotSet,
        "country_not_allowed" => CountryNotAllowed,
        "changed_password" => ChangedPassword,
        "new_address" => NewAddress,
        "no_passkey_domain" => NoPasskeyDomain,
        "other_passkey_domain" => OtherPasskeyDomain,
        "passkey_only" => PasskeyOnly,
    }
    /// The answer of a user's next sign-in: a state of the sign-in, or that no code is checked now.
    UserStatusName {
        "allowed" => Allowed,
        "challenge" => Challenge,
        "enrol" => Enrol,
        "check_email" => CheckEmail,
        "denied" => Denied,
        "locked" => Locked,
    }
}
