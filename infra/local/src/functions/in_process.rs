//! The production code of the functions, in this process.

use aws_config::SdkConfig;
use portcullis_activity::{
    ActivityHandler, EventBus, HandOver, HeldLogs, Journal, KeyUses, NoticeQueue,
};
use portcullis_app::{AppContext, MessageSender, system_rng};
use portcullis_delivery::Deployment;
use portcullis_domain::passkey::ServiceAddress;
use portcullis_keys::{Hasher, Purposes};
use portcullis_policy_admin::{RecentReadiness, SetUpHash};
use portcullis_store::Store;
use std::sync::Arc;

use super::{
    Started, StreamFunction, StreamFunctions,
    environment::{EMAIL_IDENTITY, notice_queue_url},
};
use crate::{
    address::by_name,
    clock::LocalClock,
    stand_in::{BUS, CONFIGURATION_SET, JOURNAL_BUCKET, ROOT_KEY_ID},
};

/// The parts that functions are made of; their clients call the stand-ins.
pub(crate) struct Parts {
    kms: aws_sdk_kms::Client,
    sender: MessageSender,
    notices: NoticeQueue,
    bus: EventBus,
    clock: LocalClock,
    hasher: Hasher,
    journal: Journal,
    store: Store,
    service: ServiceAddress,
    issuer: String,
}

impl Parts {
    pub(crate) fn new(aws: &SdkConfig, base: &str, clock: &LocalClock, store: &Store) -> Self {
        let at = |service: &str| {
            let endpoint = format!("{base}/local/{service}");
            aws.clone().into_builder().endpoint_url(endpoint).build()
        };
        let kms = aws_sdk_kms::Client::new(&at("kms/"));
        let twilio = format!("{base}/local/twilio");
        let sender = MessageSender::new(&at("ses"), &at("sns/"), Some(&twilio));
        let sender = sender.with_service_url(base).with_configuration_set(Some(CONFIGURATION_SET));
        let sender = sender.with_callback_origin(Some(&by_name(base)));
        // The SDK puts the name of the bucket right behind the path.
        let journal = Journal::new(&at("s3/"), JOURNAL_BUCKET);
        let queues = aws_sdk_sqs::Client::new(&at("sqs/"));
        let notices = NoticeQueue::new(queues, notice_queue_url(base));
        let buses = aws_sdk_eventbridge::Client::new(&at("eventbridge/"));
        let bus = EventBus::new(buses, BUS.to_owned());
        let (clock, store) = (clock.clone(), store.clone());
        let issuer = by_name(base);
        let service = ServiceAddress::of(&issuer);
        let hasher = Hasher::default();
        Self { kms, sender, notices, bus, clock, hasher, journal, store, service, issuer }
    }

    pub(crate) fn hasher(&self) -> Hasher {
        self.hasher.clone()
    }

    /// Returns the context of one function, which opens the keys of its own purposes and no others.
    fn context(&self, purposes: Purposes) -> AppContext {
        let (clock, rng) = (self.clock.as_clock(), Arc::new(system_rng));
        let (store, kms) = (self.store.clone(), self.kms.clone());
        AppContext::new(store, kms, purposes, &self.issuer, clock, rng).at(self.service.clone())
    }

    /// Returns the two deployments of `activity`, each of which opens its keys itself.
    pub(crate) fn stream_functions(self) -> StreamFunctions {
        let context = || self.context(portcullis_activity::PURPOSES);
        let (context, of_notices) = (context(), context());
        let handler = ActivityHandler {
            context,
            sender: self.sender,
            // Metrics are for CloudWatch; nothing here reads them.
            meter: drop,
            noted: KeyUses::default(),
            logs: HeldLogs::default(),
            journal: self.journal,
            hand_over: HandOver::ToQueue(self.notices),
            bus: Some(self.bus),
        };
        let notices = ActivityHandler { context: of_notices, ..handler.clone() };
        StreamFunctions {
            activity: StreamFunction::InProcess("activity", Box::new(handler)),
            notices: StreamFunction::InProcess("notices", Box::new(notices)),
        }
    }

    /// Returns the functions behind the gateway.
    pub(crate) fn functions(&self, set_up_secret: &str) -> Started {
        let mut started = Started::default();
        let context = self.context(portcullis_challenge_dispatch::PURPOSES);
        started.add("challenge-dispatch", context, |context| {
            let sender = self.sender.clone();
            portcullis_challenge_dispatch::router(portcullis_challenge_dispatch::AppState {
                context,
                sender,
            })
        });
        let context = self.context(portcullis_enrolment::PURPOSES);
        started.add("enrolment", context, |context| {
            let sender = self.sender.clone();
            portcullis_enrolment::router(portcullis_enrolment::AppState { context, sender })
        });
        let context = self.context(portcullis_verify::PURPOSES);
        started.add("verify", context, portcullis_verify::router);
        let context = self.context(portcullis_reset::PURPOSES);
        started.add("reset", context, |context| {
            let sender = self.sender.clone();
            portcullis_reset::router(portcullis_reset::AppState { context, sender })
        });
        let context = self.context(portcullis_policy_admin::PURPOSES);
        started.add("policy-admin", context, |context| {
            portcullis_policy_admin::router(self.administration(context, set_up_secret))
        });
        started
    }

    fn administration(
        &self,
        context: AppContext,
        set_up_secret: &str,
    ) -> portcullis_policy_admin::AppState {
        portcullis_policy_admin::AppState {
            context,
            sender: self.sender.clone(),
            readiness: RecentReadiness::default(),
            deployment: Deployment {
                email_identity: Some(EMAIL_IDENTITY.to_owned()),
                sends_by_sns: true,
            },
            root_key_id: ROOT_KEY_ID.into(),
            set_up_hash: SetUpHash::of(set_up_secret),
            hasher: self.hasher.clone(),
        }
    }
}
