// Made from the OpenAPI document by infra/clients/types. Change nothing here.

export interface components {
    schemas: {
        /**
         * @description The least that a step-up takes: a code that is sent, a code of an app, or a passkey. A stronger proof does as well.
         * @enum {string}
         */
        AcrName: "delivered" | "app" | "passkey";
        /** @description One entry of a user's activity. */
        ActivityView: {
            /**
             * Format: int64
             * @description Unix time, in seconds.
             */
            at: number;
            /**
             * @description A sentence on the event, for people.
             * @example Authenticator App code sent to email test*****.co.nz
             */
            detail: string;
            /** @description The kind of event, for programs. */
            event: components["schemas"]["KindName"];
            /**
             * Format: int64
             * @description Unix time before which sessions of the user are to end, if it ends any.
             */
            sessions_not_before?: number | null;
            /**
             * @description The kind of entry, for people.
             * @example Client Portal Information
             */
            type: string;
        };
        /** @description An admin of the portal. */
        ActorRequest: {
            /** @description The portal's user id of the admin. */
            id: string;
            /** @description The admin's organisation; needed for `org_admin`. */
            organization?: string | null;
            /** @description The reach of the admin's rights. */
            role: components["schemas"]["ActorRole"];
        };
        /**
         * @description The reach of an admin's rights.
         * @enum {string}
         */
        ActorRole: "org_admin" | "portal_admin";
        /**
         * @description Something that is done again in an enrolment.
         * @enum {string}
         */
        AgainName: "code" | "destination";
        /** @description The key for an authenticator app; the same until it is confirmed. */
        AppEnrolment: {
            /** @description The name of the account, as the app shows it. */
            account: string;
            /** @description The name of the service, as the app shows it. */
            issuer: string;
            /** @description The same as a link that phones open in the app. */
            otpauth_uri: string;
            /** @description The link as a QR code, an SVG document. */
            qr_svg: string;
            /**
             * @description The key in base32, for typing.
             * @example JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP
             */
            secret: string;
        };
        /**
         * @description The `autocomplete` attribute of a field in HTML.
         * @enum {string}
         */
        AutocompleteName: "one-time-code" | "tel" | "email" | "off";
        /** @description An authenticator. */
        BoundView: {
            /**
             * Format: int64
             * @description Unix time at which it was bound.
             */
            bound_at: number;
            /**
             * @description Its id.
             * @example 5tGdL2qWc0Y
             */
            id: string;
            /** @description Its method. */
            method: components["schemas"]["MethodName"];
            /** @description The name that the user gave it, if there is one. */
            name?: string | null;
            /** @description The masked destination of its codes. */
            to?: string | null;
        };
        /** @description Requests a code. */
        ChallengeRequest: {
            /** @description The method. */
            method: components["schemas"]["MethodName"];
            /** @description The text that the user confirms, if the step-up was opened with one. */
            text?: string | null;
        };
        /** @description A code that is on its way. */
        ChallengeView: {
            /**
             * @description The fate of its message; `unknown` if the provider did not answer in time, and the code may
             *     still arrive.
             */
            delivery: components["schemas"]["DeliveryName"];
            /**
             * Format: int64
             * @description Unix time at which the code expires.
             */
            expires_at: number;
            /** @description The method. */
            method: components["schemas"]["MethodName"];
            /** @description True if the user may make email the default with this code. */
            offer_default: boolean;
            /**
             * Format: int64
             * @description Unix time from which another code can be requested.
             */
            resend_after: number;
            /**
             * Format: int32
             * @description The number of codes that can still be sent in this sign-in.
             */
            sends_left: number;
            /**
             * @description The masked destination.
             * @example +64*****89
             */
            to: string;
        };
        /**
         * @description The person who changed a contact record: the user, unless it says `admin`.
         * @enum {string}
         */
        ChangedByName: "user" | "admin";
        /**
         * @description A channel for messages.
         * @enum {string}
         */
        ChannelName: "email" | "sms";
        /**
         * @description The member that a box adds.
         * @enum {string}
         */
        CheckboxName: "set_default" | "remember_browser";
        /** @description A box that adds a member to the body of a form if it is ticked. */
        CheckboxView: {
            /**
             * @description The words of the box.
             * @example Always use email for multi-factor authentication?
             */
            label: string;
            /** @description The name of the member. */
            name: components["schemas"]["CheckboxName"];
            /** @description Its value, to post as it is. */
            value: unknown;
        };
        /** @description Confirms what is being enrolled. */
        ConfirmRequest: {
            /**
             * @description The code as the user typed it.
             * @example 123456
             */
            code?: string | null;
            passkey?: components["schemas"]["MadePasskey"] | null;
        };
        /** @description The parts of a contact record that were kept. */
        ContactKept: {
            /**
             * @description The address, masked.
             * @example test*****.co.nz
             */
            email?: string | null;
            /**
             * @description The reason why the record has another address than the one sent.
             * @example email is not verified, so the verified address on record stays: send it again with email_verified: true once you have verified it
             */
            email_reason?: string | null;
            /** @description True if codes may go to the address. */
            email_verified: boolean;
            /** @description The fate of the number. */
            phone: components["schemas"]["PhoneKeptName"];
            /** @description The reason why the number was rejected. */
            phone_reason?: string | null;
        };
        /** @description The whole contact record of a user; a field that is left out is cleared. */
        ContactRecord: {
            changed_by?: components["schemas"]["ChangedByName"] | null;
            /** @description The name shown to people, cut to 128 characters. */
            display_name?: string | null;
            /**
             * @description One email address.
             * @example testing@example.co.nz
             */
            email?: string | null;
            /** @description True if the portal has verified the address; codes go to no other. */
            email_verified?: boolean;
            /**
             * @description The portal's own immutable id, 1 to 256 bytes, compared byte for byte.
             * @example u-1842
             */
            id: string;
            /**
             * @description The language to write in, as a tag such as `en`, `nl-NZ` or `en_US`.
             * @example en
             */
            locale?: string | null;
            /** @description The customer company the user belongs to. */
            organization?: string | null;
            password_changed?: components["schemas"]["PasswordChangeFields"] | null;
            /**
             * @description A phone number; one that cannot take text messages leaves the field blank.
             * @example +64 21 123 4589
             */
            phone?: string | null;
        };
        /** @description The device of the user. */
        ContextFields: {
            /**
             * @description The address that the request to the portal came from. Its first 24 bits (IPv4) or 48 bits
             *     (IPv6) are kept.
             * @example 203.0.113.77
             */
            ip?: string | null;
            /**
             * @description The `User-Agent` header of the request to the portal.
             * @example Mozilla/5.0 (Windows NT 10.0; Win64; x64) Gecko/20100101 Firefox/143.0
             */
            user_agent?: string | null;
        };
        /**
         * @description A kind of credential.
         * @enum {string}
         */
        CredentialKind: "public-key";
        /**
         * @description A method that can be made the default.
         * @enum {string}
         */
        DefaultMethod: "email";
        /**
         * @description The fate of a message: the provider took it, refused it, or did not answer in time, so that it may still arrive.
         * @enum {string}
         */
        DeliveryName: "sent" | "not_sent" | "unknown";
        /** @description Starts an enrolment. A number or an address goes into the field of its method only. */
        EnrolmentRequest: {
            again?: components["schemas"]["AgainName"] | null;
            /** @description The address, for `email`. */
            email?: string | null;
            /** @description The method to enrol. */
            method: components["schemas"]["MethodName"];
            /**
             * @description The name to give it, 1 to 32 characters on one line.
             * @example Work phone
             */
            name?: string | null;
            /** @description The number, for `sms`. */
            phone?: string | null;
            /**
             * @description In a sign-in whose event is `manage`: the id of the authenticator that is removed when this
             *     one is confirmed.
             * @example 5tGdL2qWc0Y
             */
            replaces?: string | null;
        };
        /** @description The thing being enrolled: an app by its key, or a passkey by the options for the browser. */
        EnrolmentView: components["schemas"]["AppEnrolment"] | components["schemas"]["PasskeyEnrolment"];
        /**
         * @description The event that brought the user here.
         * @enum {string}
         */
        EventName: "login" | "invitation" | "manage" | "step_up";
        /**
         * @description The name of the member that a typed text goes into.
         * @enum {string}
         */
        FieldName: "code" | "phone" | "email" | "passkey" | "none";
        /**
         * @description A finding about settings. Names are added, never changed.
         * @enum {string}
         */
        FindingName: "not_configured" | "sandbox" | "quota" | "spend_limit" | "permission" | "identity_unverified" | "paused" | "under_review" | "credentials" | "number_unknown" | "number_without_sms" | "sender_unchecked" | "account_unchecked" | "no_answer" | "not_reported";
        /** @description A finding about a channel. */
        FindingView: {
            /** @description The channel. */
            channel: components["schemas"]["ChannelName"];
            /** @description A stable name. */
            code: components["schemas"]["FindingName"];
            /** @description The finding, and what to do about it. */
            detail: string;
            /**
             * @description `blocks` if no message can be sent, `limits` if some can, `unchecked` if only a test message
             *     can show it.
             */
            severity: components["schemas"]["SeverityName"];
        };
        /** @enum {string} */
        HealthName: "ok";
        /** @description The health of the service. */
        HealthView: {
            /** @description Always `ok`: anything else is a problem. */
            status: components["schemas"]["HealthName"];
            /** @description The version of the release that answers. */
            version: string;
        };
        /**
         * @description A form to show. A back end posts `body` to `/v1/sign-ins/{id}/{action}`, with the typed text as
         *     the member `field`, and that of the box if it was ticked.
         */
        InputView: components["schemas"]["InputViewChallenge"] | components["schemas"]["InputViewVerify"] | components["schemas"]["InputViewEnrolment"] | components["schemas"]["InputViewEnrolmentConfirm"];
        /** @description A button that sends a code. */
        InputViewChallenge: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "challenge";
            /** @description The `autocomplete` attribute of the field in HTML. */
            autocomplete: components["schemas"]["AutocompleteName"];
            /** @description The other members to post. */
            body: components["schemas"]["ChallengeRequest"];
            /** @description The name of the member that the typed text goes into; `none` if the form is a button. */
            field: components["schemas"]["FieldName"];
            /**
             * @description The words of the field, or of the button.
             * @example Security code
             */
            label: string;
        };
        /** @description A field for a number or an address, or a button that sets up an app or a passkey. */
        InputViewEnrolment: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "enrolment";
            /** @description The `autocomplete` attribute of the field in HTML. */
            autocomplete: components["schemas"]["AutocompleteName"];
            /** @description The other members to post. */
            body: components["schemas"]["EnrolmentRequest"];
            /** @description The name of the member that the typed text goes into; `none` if the form is a button. */
            field: components["schemas"]["FieldName"];
            /**
             * @description The words of the field, or of the button.
             * @example Security code
             */
            label: string;
        };
        /** @description A field for the code that confirms an enrolment, or a button that makes a passkey. */
        InputViewEnrolmentConfirm: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "enrolment/confirm";
            /** @description The `autocomplete` attribute of the field in HTML. */
            autocomplete: components["schemas"]["AutocompleteName"];
            /** @description The other members to post. */
            body: components["schemas"]["NoFields"];
            /** @description The name of the member that the typed text goes into; `none` if the form is a button. */
            field: components["schemas"]["FieldName"];
            /**
             * @description The words of the field, or of the button.
             * @example Security code
             */
            label: string;
            public_key?: components["schemas"]["PasskeyCreationOptions"] | null;
        };
        /** @description A field for a code, or a button that asks for a passkey. */
        InputViewVerify: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "verify";
            /** @description The `autocomplete` attribute of the field in HTML. */
            autocomplete: components["schemas"]["AutocompleteName"];
            /** @description The other members to post. */
            body: components["schemas"]["VerifyFields"];
            checkbox?: components["schemas"]["CheckboxView"] | null;
            /** @description The name of the member that the typed text goes into; `none` if the form is a button. */
            field: components["schemas"]["FieldName"];
            /**
             * @description The words of the field, or of the button.
             * @example Security code
             */
            label: string;
            public_key?: components["schemas"]["PasskeyRequestOptions"] | null;
        };
        /**
         * @description The reason why an authenticator stays.
         * @enum {string}
         */
        KeptReasonName: "last_authenticator";
        /** @description The public keys that assertions are checked with (RFC 7517). */
        KeySetView: {
            /** @description The keys; those of earlier assertions stay as long as the assertions hold. */
            keys: components["schemas"]["SigningKeyView"][];
        };
        /**
         * @description The kind of an entry of the activity log, for programs. Kinds are added, never changed.
         * @enum {string}
         */
        KindName: "code_accepted" | "code_wrong" | "code_expired" | "code_reused" | "sign_in_dead" | "locked" | "disabled" | "code_requested" | "code_sent" | "code_not_sent" | "code_unknown" | "message_delivered" | "message_delayed" | "message_returned" | "message_complained" | "send_limited" | "link_requested" | "link_sent" | "link_not_sent" | "link_unknown" | "ticket_spent" | "enrolled" | "authenticator_removed" | "authenticator_renamed" | "not_required" | "skipped" | "opted_out" | "denied" | "opted_in" | "default_set" | "default_unset" | "contact_added" | "contact_changed" | "details_changed" | "reset" | "frozen" | "unlocked" | "skip_cleared" | "bypass_issued" | "bypass_accepted" | "bypass_wrong" | "recovery_codes_made" | "recovery_code_used" | "recovery_code_wrong" | "recovery_codes_low" | "recovery_codes_locked" | "recovery_codes_withdrawn" | "browser_trusted" | "trusted_sign_in" | "trust_copied" | "trust_ended" | "grace_used" | "enrolment_reminder" | "erased" | "exported" | "portal_created" | "portal_changed" | "portal_deleted" | "key_added" | "key_revoked" | "policy_changed" | "switched_on" | "switched_off" | "all_trust_ended" | "bulk_reset_asked" | "bulk_reset_begun" | "bulk_reset_ended" | "bulk_reset_withdrawn" | "settings_changed" | "test_sent" | "admin_added" | "admin_changed" | "admin_removed" | "admin_reset" | "password_changed" | "password_wrong" | "password_locked" | "admin_unlocked" | "sessions_ended" | "admin_sessions_ended" | "keyring_made" | "root_key_published" | "root_key_retired" | "root_key_withdrawn" | "signing_key_published" | "signing_key_retired" | "signing_key_withdrawn" | "keys_rewrapped";
        /** @description A link to show. A back end posts `body` to `/v1/sign-ins/{id}/{action}` unchanged. */
        LinkView: components["schemas"]["LinkViewChallenge"] | components["schemas"]["LinkViewEnrolment"] | components["schemas"]["LinkViewSettings"] | components["schemas"]["LinkViewSkip"];
        /** @description Sends a code, or asks for one of the app, for a passkey or for a recovery code. */
        LinkViewChallenge: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "challenge";
            /** @description The body to post. */
            body: components["schemas"]["ChallengeRequest"];
            /** @description The words of the link. */
            label: string;
        };
        /** @description Enrols a method, or does a part of it again. */
        LinkViewEnrolment: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "enrolment";
            /** @description The body to post. */
            body: components["schemas"]["EnrolmentRequest"];
            /** @description The words of the link. */
            label: string;
        };
        /** @description Changes the user's settings. */
        LinkViewSettings: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "settings";
            /** @description The body to post. */
            body: components["schemas"]["SettingsRequest"];
            /** @description The words of the link. */
            label: string;
        };
        /** @description Skips enrolment for now. */
        LinkViewSkip: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            action: "skip";
            /** @description The body to post. */
            body: components["schemas"]["NoFields"];
            /** @description The words of the link. */
            label: string;
        };
        /** @description A passkey that was made: what `navigator.credentials.create()` returned. */
        MadePasskey: {
            /**
             * Format: int32
             * @description The result of `response.getPublicKeyAlgorithm()`.
             * @example -7
             */
            algorithm: number;
            /** @description The result of `response.getAuthenticatorData()`. */
            authenticator_data: string;
            /** @description `response.clientDataJSON`. */
            client_data_json: string;
            /** @description `id`. */
            id: string;
            /** @description The result of `response.getPublicKey()`. */
            public_key: string;
        };
        /** @description An authenticator in the user's settings. */
        ManagedAuthenticatorView: {
            /**
             * Format: int64
             * @description Unix time at which it was bound.
             */
            added_at: number;
            /** @description Always `true`: what is not confirmed yet is in `enrolment` or `challenge`. */
            bound: boolean;
            /**
             * @description Its id.
             * @example 5tGdL2qWc0Y
             */
            id: string;
            /**
             * @description The name to show: the user's own, or one made of the method and the day.
             * @example Authenticator app, added 3 March 2026
             */
            label: string;
            /** @description Its method. */
            method: components["schemas"]["MethodName"];
            /** @description The name that the user gave it, if there is one. */
            name?: string | null;
            reason?: components["schemas"]["KeptReasonName"] | null;
            /** @description True if it can be removed. */
            removable: boolean;
            /** @description The masked destination of its codes. */
            to?: string | null;
        };
        /**
         * @description A method to prove who is signing in.
         * @enum {string}
         */
        MethodName: "authenticator_app" | "email" | "sms" | "passkey" | "recovery_code";
        /** @description A body without a member. */
        NoFields: Record<string, never>;
        /** @description The skip is cleared. */
        OptInDone: {
            /** @description True if the portal has to sign the user out; the next sign-in enrols. */
            sign_out: boolean;
        };
        /** @description Confirms "Enable MFA". */
        OptInRequest: {
            /** @description Must be `true`: the user was asked and confirmed. */
            confirm: boolean;
            /**
             * @description The portal's id of the user.
             * @example u-1842
             */
            id: string;
        };
        /** @description An option on offer. */
        OptionView: {
            /** @description True if the user has bound it. */
            bound: boolean;
            /** @description The method. */
            method: components["schemas"]["MethodName"];
            /**
             * @description The masked destination of a code.
             * @example test*****.co.nz
             */
            to?: string | null;
        };
        /** @description The user that a passkey is made for. */
        PasskeyAccount: {
            /** @description The same. */
            displayName: string;
            /** @description A number of the user's, which says nothing of who it is. */
            id: string;
            /** @description The name that the browser shows. */
            name: string;
        };
        /**
         * @description The options for a passkey to be made:
         *     `PublicKeyCredential.parseCreationOptionsFromJSON(options)`, then
         *     `navigator.credentials.create({publicKey})`.
         */
        PasskeyCreationOptions: {
            /** @description Always `none`: nobody asks who made the authenticator. */
            attestation: string;
            /** @description The authenticators that are asked. */
            authenticatorSelection: components["schemas"]["PasskeySelection"];
            /** @description The challenge of this enrolment. */
            challenge: string;
            /** @description The passkeys that the user has, none of which is made twice. */
            excludeCredentials: components["schemas"]["PasskeyDescriptor"][];
            /** @description The algorithms, the best first. */
            pubKeyCredParams: components["schemas"]["PasskeyParameter"][];
            /** @description The service. */
            rp: components["schemas"]["PasskeyParty"];
            /**
             * Format: int32
             * @description Milliseconds for which the browser asks.
             */
            timeout: number;
            /** @description The user. */
            user: components["schemas"]["PasskeyAccount"];
        };
        /** @description A passkey by its id. */
        PasskeyDescriptor: {
            /**
             * @description The id of the passkey.
             * @example AWSzbE0G5KUXB7JSuFHx0w
             */
            id: string;
            /** @description Always `public-key`. */
            type: components["schemas"]["CredentialKind"];
        };
        /** @description The options for the passkey that is being enrolled; the same until it is confirmed. */
        PasskeyEnrolment: {
            /** @description The options for the browser. */
            passkey: components["schemas"]["PasskeyCreationOptions"];
        };
        /** @description An algorithm for the signatures of a passkey. */
        PasskeyParameter: {
            /**
             * Format: int32
             * @description Its number in the registry of COSE.
             * @example -7
             */
            alg: number;
            /** @description Always `public-key`. */
            type: components["schemas"]["CredentialKind"];
        };
        /** @description The service that a passkey is made for. */
        PasskeyParty: {
            /** @description The domain. */
            id: string;
            /** @description The name that the browser shows. */
            name: string;
        };
        /**
         * @description The options for a passkey that the user has:
         *     `PublicKeyCredential.parseRequestOptionsFromJSON(options)`, then
         *     `navigator.credentials.get({publicKey})`.
         */
        PasskeyRequestOptions: {
            /** @description The passkeys that the user has. */
            allowCredentials: components["schemas"]["PasskeyDescriptor"][];
            /** @description The challenge of this sign-in. */
            challenge: string;
            /** @description The domain that the passkeys were made for. */
            rpId: string;
            /**
             * Format: int32
             * @description Milliseconds for which the browser asks.
             */
            timeout: number;
            /** @description `required` or `preferred`, as the policy says. */
            userVerification: string;
        };
        /** @description The authenticators that are asked for a passkey. */
        PasskeySelection: {
            /** @description Always `preferred`. */
            residentKey: string;
            /** @description `required` or `preferred`, as the policy says. */
            userVerification: string;
        };
        /** @description A change of the password in the portal. It acts once for each newer `at`. */
        PasswordChangeFields: {
            /**
             * Format: int64
             * @description Unix time of the change.
             */
            at: number;
            /**
             * @description The way the user proved the right to it. Codes by `email` or `sms` are not taken for a day
             *     after a change by the same channel, if the user has another way.
             */
            by: components["schemas"]["PasswordProofName"];
        };
        /**
         * @description The proof by which a password was changed.
         * @enum {string}
         */
        PasswordProofName: "old_password" | "email" | "sms" | "support";
        /**
         * @description The fate of a number that was sent. A number that was left out leaves the field blank.
         * @enum {string}
         */
        PhoneKeptName: "kept" | "blank" | "rejected";
        /**
         * @description The code of a problem, for programs. Codes are added, never changed. The extension x-problems has the HTTP status and the cause of each, what to do, and if its `detail` is for the user or for the caller.
         * @enum {string}
         */
        ProblemCode: "bad_request" | "not_json" | "too_large" | "unknown_route" | "method_not_allowed" | "unavailable" | "newer_release" | "delivery_failed" | "conflict" | "key_refused" | "scope" | "policy_refused" | "user_unknown" | "user_id_case" | "sign_in_unknown" | "sign_in_expired" | "sign_in_done" | "sign_in_dead" | "too_many_sign_ins" | "over_share" | "locked" | "authenticator_disabled" | "frozen" | "no_usable_method" | "another_step" | "codes_not_kept" | "method_not_offered" | "no_code_requested" | "code_wrong" | "code_expired" | "code_reused" | "passkey_refused" | "resend_too_soon" | "no_sends_left" | "send_limit" | "checks_used_up" | "country_not_allowed" | "ticket_refused" | "freeze_link_refused" | "report_refused" | "return_url_refused" | "oidc_needs_domain" | "other_browser" | "form_refused" | "result_refused" | "skip_not_allowed" | "not_skipped" | "default_not_allowed" | "settings_closed" | "authenticator_unknown" | "too_many_authenticators" | "last_authenticator" | "not_permitted" | "portal_unknown" | "portal_id_taken" | "policy_locked" | "unlock_limit" | "too_many_keys" | "key_unknown" | "admin_unknown" | "admin_name_taken" | "last_operator" | "bulk_reset_refused" | "too_many_operators" | "session_refused" | "second_step_missing" | "password_refused" | "too_many_passwords" | "password_must_change" | "first_password_over" | "proof_needed" | "set_up_secret_refused" | "settings_refused" | "no_destination" | "changed_meanwhile" | "form_used" | "if_match_missing";
        /** @description The body of every answer that is not a success. */
        ProblemDocument: {
            /**
             * Format: int32
             * @description Wrong codes left in this sign-in.
             */
            attempts_left?: number | null;
            /** @description Stable, for programs. */
            code: components["schemas"]["ProblemCode"];
            /** @description One plain sentence or two for the person, saying what to do next. */
            detail: string;
            /** @description The providers' findings about settings that cannot be used. */
            findings?: components["schemas"]["FindingView"][];
            /** @description The other ways on offer, where one failed. */
            options?: components["schemas"]["OptionView"][];
            /** @description The id of the request, for questions about it. */
            request_id?: string | null;
            /**
             * Format: int64
             * @description Seconds until it makes sense to try again; also in the `Retry-After` header.
             */
            retry_after?: number | null;
            scope?: components["schemas"]["ScopeName"] | null;
            sign_in?: components["schemas"]["SignInView"] | null;
            /**
             * Format: int32
             * @description The HTTP status.
             * @example 403
             */
            status: number;
            /** @description The portal's sentence on support. */
            support?: string | null;
            /**
             * @description A URN that ends in the code.
             * @example urn:portcullis:problem:code_wrong
             */
            type: string;
        };
        /**
         * @description The reason of a state. Reasons are added, never changed.
         * @enum {string}
         */
        ReasonName: "done" | "skipped" | "bypass" | "not_required" | "trusted_browser" | "grace" | "policy_changed" | "usable" | "enrolment_proof" | "recovery_needed" | "method_left_policy" | "nothing_bound" | "link_needed" | "sign_in_dead" | "frozen" | "authenticator_disabled" | "no_usable_method" | "no_verified_email" | "nothing_to_manage" | "cannot_step_up";
        /** @description Recovery codes that were just made. They are shown once. */
        RecoveryCodesShown: {
            /**
             * @description The codes, in groups. Each lets the user in once.
             * @example [
             *       "K4M2Q-X90AB-7YTRD"
             *     ]
             */
            codes: string[];
            /** @description True if the policy wants the user to say that they are kept, before you let the user go on. */
            must_confirm: boolean;
        };
        /** @description The recovery codes of a user; never the codes themselves. */
        RecoveryCodesView: {
            /**
             * Format: int32
             * @description The number of codes that were not used yet.
             */
            left: number;
            /**
             * Format: int64
             * @description Unix time at which they were made.
             */
            made_at: number;
        };
        /** @description The report of a reset. */
        ResetDone: {
            /** @description True if an authenticator was removed; the user has to enrol again. */
            had_bound: boolean;
            /**
             * @description Present if the user needs a link to enrol again: true if the next sign-in can mail it. If it
             *     cannot, issue a bypass code.
             */
            link_can_be_mailed?: boolean | null;
        };
        /** @description Resets a user. The portal vouches for its admin. */
        ResetRequest: {
            /** @description The admin. */
            actor: components["schemas"]["ActorRequest"];
            /** @description Must be `true`: the admin was asked and confirmed. */
            confirm: boolean;
            /**
             * @description The portal's id of the user to reset.
             * @example u-1842
             */
            id: string;
            /** @description The reason, for the activity log: 1 to 200 bytes on one line. */
            reason: string;
        };
        /** @description Redeems the code that the browser brought back. */
        ResultRequest: {
            /**
             * @description The `result_code` of the return URL.
             * @example q7Yc0hJ0a3m1Tq2bV5xZ8w
             */
            result_code: string;
        };
        /**
         * @description A part of the API that an API key opens.
         * @enum {string}
         */
        ScopeName: "sign_in" | "contacts" | "reset" | "erase" | "oidc";
        /** @description The user's security settings, while they can be changed. */
        SecuritySettingsView: {
            /** @description The authenticators, the oldest first. */
            authenticators: components["schemas"]["ManagedAuthenticatorView"][];
            /**
             * @description The methods that can be added with `POST /v1/sign-ins/{id}/enrolment`. A new address or
             *     number takes the place of the one that is bound.
             */
            can_add: components["schemas"]["MethodName"][];
            /**
             * Format: int32
             * @description The number of changes that can still be made with this proof.
             */
            changes_left: number;
            default?: components["schemas"]["MethodName"] | null;
            recovery_codes?: components["schemas"]["RecoveryCodesView"] | null;
            /** @description The browsers in which the user is not asked now, the oldest first. */
            trusted_browsers: components["schemas"]["TrustedBrowserView"][];
            /**
             * Format: int64
             * @description Unix time from which another proof is needed.
             */
            until: number;
        };
        /**
         * @description A change of the settings.
         * @enum {string}
         */
        SettingsChangeName: "remove" | "rename" | "unset_default" | "new_recovery_codes" | "end_trust" | "add_second_way" | "decline_second_way" | "add_passkey" | "decline_passkey";
        /**
         * @description The reason why a user cannot change the own settings now.
         * @enum {string}
         */
        SettingsDeniedName: "self_service_off" | "nothing_bound" | "no_way_in";
        /** @description Changes the settings, after a proof in the same sign-in. */
        SettingsRequest: {
            /**
             * @description The id of the authenticator that is removed or renamed.
             * @example 5tGdL2qWc0Y
             */
            authenticator?: string | null;
            /**
             * @description The id of the browser in which trust is ended; left out, it is ended in all of them.
             * @example 5tGdL2qWc0Y
             */
            browser?: string | null;
            /** @description The change. */
            change: components["schemas"]["SettingsChangeName"];
            /**
             * @description Its new name, 1 to 32 characters on one line; left out or empty, it has none of its own.
             * @example Work phone
             */
            name?: string | null;
        };
        /**
         * @description The effect of a finding on sending.
         * @enum {string}
         */
        SeverityName: "blocks" | "limits" | "unchecked";
        /** @description Opens a sign-in, after the portal has checked the password. */
        SignInRequest: {
            acr?: components["schemas"]["AcrName"] | null;
            /**
             * @description The portal's own screens: the last `browser_token` this browser was given, from its HttpOnly
             *     cookie. A browser that got in before has limits of its own, so that strangers never use them
             *     up. A token that is not good, or of another user, makes the browser a stranger.
             */
            browser_token?: string | null;
            /**
             * @description The portal's own screens: the code of the user's authenticator app, if the portal asks for
             *     it together with the password. It is checked if the user is asked for one, and the answer
             *     holds the assertion; otherwise the answer says what comes next. After a wrong code the same
             *     nonce continues the same sign-in.
             * @example 123456
             */
            code?: string | null;
            /**
             * @description The device of the user, as the portal saw it. Its browser, system and network are shown in
             *     the log and to the user. What is not understood is ignored.
             */
            context?: components["schemas"]["ContextFields"];
            /** @description The event that brought the user here. */
            event: components["schemas"]["EventName"];
            /**
             * Format: int32
             * @description With the event `login`: the age in seconds from which the earlier proof of a trusted browser
             *     no longer counts, so that the user is asked again; with 0 it never counts.
             */
            max_age?: number | null;
            /**
             * @description 16 to 64 printable ASCII characters, random for each sign-in; the same nonce again returns
             *     the same sign-in.
             * @example q7Yc0hJ0a3m1Tq2bV5xZ8w
             */
            nonce: string;
            /**
             * @description Redirect mode: one of the portal's return URLs, exactly as registered. The answer has a
             *     `prompt_url` for the browser, which comes back to
             *     `return_url?result_code=...&state=<nonce>`.
             */
            return_url?: string | null;
            /**
             * @description With the event `step_up`: what the user confirms, such as a payment. It is one line of 1 to
             *     140 characters that fits one text message together with the code, without web addresses and
             *     without what could pass for a code. It comes first on the prompt and in messages, codes and
             *     the challenges of passkeys are bound to it, and the assertion has its SHA-256. Nothing else
             *     of it is kept, so send it again with `challenge` and `verify`.
             * @example Pay EUR 250.00 to ACME
             */
            text?: string | null;
            /** @description The `ticket` of a mailed link to enrol again. */
            ticket?: string | null;
            /** @description The user who signs in. */
            user: components["schemas"]["UserFields"];
        };
        /** @description A sign-in, ready to show. Every call on a sign-in answers it. */
        SignInView: {
            /**
             * @description The signed answer, once the user is in. In redirect mode only the answer to a result code
             *     has it.
             */
            assertion?: string | null;
            /**
             * @description The portal's own screens: once a code was right, a token for this browser. Keep it in an
             *     HttpOnly cookie of that browser, never beside the user, and send it with the next sign-in.
             */
            browser_token?: string | null;
            challenge?: components["schemas"]["ChallengeView"] | null;
            default?: components["schemas"]["MethodName"] | null;
            enrolment?: components["schemas"]["EnrolmentView"] | null;
            /**
             * Format: int64
             * @description Unix time at which it ends.
             */
            expires_at: number;
            /**
             * @description The id of the sign-in.
             * @example si_acme_AWSzbE0G5KUXB7JSuFHx03QAa0nSAKRBsV_po89WZhGQoLk7newqEHOm5n8OXwmllXxllQPG
             */
            id: string;
            input?: components["schemas"]["InputView"] | null;
            /** @description Links to show; a back end posts a link's `body` to `/v1/sign-ins/{id}/{action}` unchanged. */
            links: components["schemas"]["LinkView"][];
            /** @description One sentence to show. */
            message: string;
            method?: components["schemas"]["MethodName"] | null;
            /** @description The options on offer. */
            options: components["schemas"]["OptionView"][];
            /**
             * @description True if a passkey is offered, because the user got in by something weaker. `links` has the
             *     offer and the way past it.
             */
            passkey_offered?: boolean;
            /** @description Redirect mode: the URL to send the browser to. */
            prompt_url?: string | null;
            /** @description The reason, in one word. */
            reason: components["schemas"]["ReasonName"];
            recovery_codes?: components["schemas"]["RecoveryCodesShown"] | null;
            /**
             * @description The methods of which a second way in is offered, after a good sign-in by the only one that
             *     is bound. `links` has the offer and the way past it.
             */
            second_way?: components["schemas"]["MethodName"][];
            settings?: components["schemas"]["SecuritySettingsView"] | null;
            /** @description True if "Skip for now" is on offer. */
            skippable: boolean;
            /** @description The state. */
            status: components["schemas"]["StatusName"];
            /**
             * @description The text that the user confirms, if it came with the call. Show it first.
             * @example Pay EUR 250.00 to ACME
             */
            text?: string | null;
            /** @description Methods of the policy that cannot be used now. */
            unavailable: components["schemas"]["UnavailableView"][];
        };
        /** @description A public key on P-256 (RFC 7518, section 6.2.1). */
        SigningKeyView: {
            /** @example ES256 */
            alg: string;
            /** @example P-256 */
            crv: string;
            /** @description Its id, as in the header of an assertion. */
            kid: string;
            /** @example EC */
            kty: string;
            /** @example sig */
            use: string;
            /** @description The x coordinate, base64url. */
            x: string;
            /** @description The y coordinate, base64url. */
            y: string;
        };
        /**
         * @description The state of a sign-in.
         * @enum {string}
         */
        StatusName: "allowed" | "challenge" | "enrol" | "check_email" | "denied";
        /** @description A browser in which the user is not asked again for a while. */
        TrustedBrowserView: {
            /**
             * @description Its id, which opens nothing.
             * @example 5tGdL2qWc0Y
             */
            id: string;
            /**
             * @description The name to show: its device.
             * @example Chrome on Windows
             */
            label: string;
            /**
             * Format: int64
             * @description Unix time of the proof that earned the trust.
             */
            since: number;
            /**
             * Format: int64
             * @description Unix time from which the user is asked in it again.
             */
            until: number;
        };
        /**
         * @description The reason why a method of the policy cannot be used now.
         * @enum {string}
         */
        UnavailableName: "no_verified_email" | "no_phone" | "provider_not_set" | "country_not_allowed" | "changed_password" | "new_address" | "no_passkey_domain" | "other_passkey_domain" | "passkey_only" | "synced_passkey" | "locked" | "undeliverable" | "not_enrolled";
        /** @description A method of the policy that cannot be used now. */
        UnavailableView: {
            /** @description The method. */
            method: components["schemas"]["MethodName"];
            /** @description The reason. */
            reason: components["schemas"]["UnavailableName"];
        };
        /** @description The use of a passkey: what `navigator.credentials.get()` returned. */
        UsedPasskey: {
            /** @description `response.authenticatorData`. */
            authenticator_data: string;
            /** @description `response.clientDataJSON`. */
            client_data_json: string;
            /** @description `id`. */
            id: string;
            /** @description `response.signature`. */
            signature: string;
            /** @description `response.userHandle`, if it is not null. */
            user_handle?: string | null;
        };
        /** @description The user is erased. */
        UserErased: {
            /** @description Always `true`. */
            erased: boolean;
        };
        /**
         * @description A user in a sign-in. A contact field that is left out stays as it is; `null` or an empty text
         *     clears it.
         */
        UserFields: {
            /** @description The name shown to people, cut to 128 characters. */
            display_name?: string | null;
            /**
             * @description One email address.
             * @example testing@example.co.nz
             */
            email?: string | null;
            /** @description True if the portal has verified the address; codes go to no other. */
            email_verified?: boolean | null;
            /**
             * @description The portal's own immutable id, 1 to 256 bytes, compared byte for byte.
             * @example u-1842
             */
            id: string;
            /**
             * @description The language to write in, as a tag such as `en`, `nl-NZ` or `en_US`.
             * @example en
             */
            locale?: string | null;
            /** @description The customer company the user belongs to. */
            organization?: string | null;
            /**
             * @description A phone number; one that cannot take text messages leaves the field blank.
             * @example +64 21 123 4589
             */
            phone?: string | null;
        };
        /** @description The way for the user to change what is bound: a sign-in whose event is `manage`. */
        UserSettingsView: {
            /** @description True if `POST /v1/sign-ins` with the event `manage` leads to the user's settings now. */
            available: boolean;
            reason?: components["schemas"]["SettingsDeniedName"] | null;
        };
        /**
         * @description The answer of a user's next sign-in: a state of the sign-in, or that no code is checked now.
         * @enum {string}
         */
        UserStatusName: "allowed" | "challenge" | "enrol" | "check_email" | "denied" | "locked";
        /** @description The methods a user has bound, and the answer of the next sign-in. */
        UserView: {
            /** @description True if "Enable MFA" can be offered. */
            can_opt_in: boolean;
            default?: components["schemas"]["MethodName"] | null;
            /** @description The methods bound in this generation of the portal. */
            methods: components["schemas"]["BoundView"][];
            /** @description True if the last number given could not be kept. */
            phone_rejected?: boolean;
            recovery_codes?: components["schemas"]["RecoveryCodesView"] | null;
            /**
             * Format: int64
             * @description Unix time of the last reset or erasure, if there was one: end the user's own sessions that
             *     began before it.
             */
            sessions_not_before?: number | null;
            /** @description The way to the user's own security settings. Offer it instead of a reset. */
            settings: components["schemas"]["UserSettingsView"];
            /** @description True if the user skipped, and the skip counts now. */
            skipped: boolean;
            /** @description The answer of the next sign-in. */
            status: components["schemas"]["UserStatusName"];
            /** @description The browsers in which the user is not asked now, the oldest first. */
            trusted_browsers: components["schemas"]["TrustedBrowserView"][];
        };
        /** @description The members of a guess beside the code. */
        VerifyFields: {
            method?: components["schemas"]["MethodName"] | null;
            /** @description The text that the user confirms. */
            text?: string | null;
        };
        /** @description One guess, or the use of a passkey. */
        VerifyRequest: {
            /**
             * @description The code as the user typed it: six digits, a recovery code or a bypass code. Spaces, dashes
             *     and digits of any script are understood.
             * @example 123456
             */
            code?: string | null;
            method?: components["schemas"]["MethodName"] | null;
            passkey?: components["schemas"]["UsedPasskey"] | null;
            /**
             * @description Remember the browser if the proof is right and the policy remembers browsers for it: the
             *     `browser_token` of the answer is then one of trust, with which the user is not asked again
             *     for a while.
             */
            remember_browser?: boolean;
            set_default?: components["schemas"]["DefaultMethod"] | null;
            /**
             * @description The text that the user confirms, if the step-up was opened with one, so that the answer has
             *     it again. A code is judged without it, too.
             */
            text?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}

export type AcrName = components["schemas"]["AcrName"];
export type ActivityView = components["schemas"]["ActivityView"];
export type ActorRequest = components["schemas"]["ActorRequest"];
export type ActorRole = components["schemas"]["ActorRole"];
export type AgainName = components["schemas"]["AgainName"];
export type AppEnrolment = components["schemas"]["AppEnrolment"];
export type AutocompleteName = components["schemas"]["AutocompleteName"];
export type BoundView = components["schemas"]["BoundView"];
export type ChallengeRequest = components["schemas"]["ChallengeRequest"];
export type ChallengeView = components["schemas"]["ChallengeView"];
export type ChangedByName = components["schemas"]["ChangedByName"];
export type ChannelName = components["schemas"]["ChannelName"];
export type CheckboxName = components["schemas"]["CheckboxName"];
export type CheckboxView = components["schemas"]["CheckboxView"];
export type ConfirmRequest = components["schemas"]["ConfirmRequest"];
export type ContactKept = components["schemas"]["ContactKept"];
export type ContactRecord = components["schemas"]["ContactRecord"];
export type ContextFields = components["schemas"]["ContextFields"];
export type CredentialKind = components["schemas"]["CredentialKind"];
export type DefaultMethod = components["schemas"]["DefaultMethod"];
export type DeliveryName = components["schemas"]["DeliveryName"];
export type EnrolmentRequest = components["schemas"]["EnrolmentRequest"];
export type EnrolmentView = components["schemas"]["EnrolmentView"];
export type EventName = components["schemas"]["EventName"];
export type FieldName = components["schemas"]["FieldName"];
export type FindingName = components["schemas"]["FindingName"];
export type FindingView = components["schemas"]["FindingView"];
export type HealthName = components["schemas"]["HealthName"];
export type HealthView = components["schemas"]["HealthView"];
export type InputView = components["schemas"]["InputView"];
export type InputViewChallenge = components["schemas"]["InputViewChallenge"];
export type InputViewEnrolment = components["schemas"]["InputViewEnrolment"];
export type InputViewEnrolmentConfirm = components["schemas"]["InputViewEnrolmentConfirm"];
export type InputViewVerify = components["schemas"]["InputViewVerify"];
export type KeptReasonName = components["schemas"]["KeptReasonName"];
export type KeySetView = components["schemas"]["KeySetView"];
export type KindName = components["schemas"]["KindName"];
export type LinkView = components["schemas"]["LinkView"];
export type LinkViewChallenge = components["schemas"]["LinkViewChallenge"];
export type LinkViewEnrolment = components["schemas"]["LinkViewEnrolment"];
export type LinkViewSettings = components["schemas"]["LinkViewSettings"];
export type LinkViewSkip = components["schemas"]["LinkViewSkip"];
export type MadePasskey = components["schemas"]["MadePasskey"];
export type ManagedAuthenticatorView = components["schemas"]["ManagedAuthenticatorView"];
export type MethodName = components["schemas"]["MethodName"];
export type NoFields = components["schemas"]["NoFields"];
export type OptInDone = components["schemas"]["OptInDone"];
export type OptInRequest = components["schemas"]["OptInRequest"];
export type OptionView = components["schemas"]["OptionView"];
export type PasskeyAccount = components["schemas"]["PasskeyAccount"];
export type PasskeyCreationOptions = components["schemas"]["PasskeyCreationOptions"];
export type PasskeyDescriptor = components["schemas"]["PasskeyDescriptor"];
export type PasskeyEnrolment = components["schemas"]["PasskeyEnrolment"];
export type PasskeyParameter = components["schemas"]["PasskeyParameter"];
export type PasskeyParty = components["schemas"]["PasskeyParty"];
export type PasskeyRequestOptions = components["schemas"]["PasskeyRequestOptions"];
export type PasskeySelection = components["schemas"]["PasskeySelection"];
export type PasswordChangeFields = components["schemas"]["PasswordChangeFields"];
export type PasswordProofName = components["schemas"]["PasswordProofName"];
export type PhoneKeptName = components["schemas"]["PhoneKeptName"];
export type ProblemCode = components["schemas"]["ProblemCode"];
export type ProblemDocument = components["schemas"]["ProblemDocument"];
export type ReasonName = components["schemas"]["ReasonName"];
export type RecoveryCodesShown = components["schemas"]["RecoveryCodesShown"];
export type RecoveryCodesView = components["schemas"]["RecoveryCodesView"];
export type ResetDone = components["schemas"]["ResetDone"];
export type ResetRequest = components["schemas"]["ResetRequest"];
export type ResultRequest = components["schemas"]["ResultRequest"];
export type ScopeName = components["schemas"]["ScopeName"];
export type SecuritySettingsView = components["schemas"]["SecuritySettingsView"];
export type SettingsChangeName = components["schemas"]["SettingsChangeName"];
export type SettingsDeniedName = components["schemas"]["SettingsDeniedName"];
export type SettingsRequest = components["schemas"]["SettingsRequest"];
export type SeverityName = components["schemas"]["SeverityName"];
export type SignInRequest = components["schemas"]["SignInRequest"];
export type SignInView = components["schemas"]["SignInView"];
export type SigningKeyView = components["schemas"]["SigningKeyView"];
export type StatusName = components["schemas"]["StatusName"];
export type TrustedBrowserView = components["schemas"]["TrustedBrowserView"];
export type UnavailableName = components["schemas"]["UnavailableName"];
export type UnavailableView = components["schemas"]["UnavailableView"];
export type UsedPasskey = components["schemas"]["UsedPasskey"];
export type UserErased = components["schemas"]["UserErased"];
export type UserFields = components["schemas"]["UserFields"];
export type UserSettingsView = components["schemas"]["UserSettingsView"];
export type UserStatusName = components["schemas"]["UserStatusName"];
export type UserView = components["schemas"]["UserView"];
export type VerifyFields = components["schemas"]["VerifyFields"];
export type VerifyRequest = components["schemas"]["VerifyRequest"];

/** The codes of the problems whose detail is a sentence for users, in their language. */
export const DETAIL_IS_FOR_USERS: readonly string[] = ["unavailable", "newer_release", "delivery_failed", "conflict", "sign_in_unknown", "sign_in_expired", "sign_in_done", "sign_in_dead", "too_many_sign_ins", "over_share", "locked", "authenticator_disabled", "frozen", "no_usable_method", "another_step", "codes_not_kept", "method_not_offered", "no_code_requested", "code_wrong", "code_expired", "code_reused", "passkey_refused", "resend_too_soon", "no_sends_left", "send_limit", "country_not_allowed", "ticket_refused", "freeze_link_refused", "other_browser", "form_refused", "skip_not_allowed", "default_not_allowed", "settings_closed", "authenticator_unknown", "too_many_authenticators", "last_authenticator"];
