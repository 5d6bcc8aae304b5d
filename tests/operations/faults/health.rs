//! The service calls itself healthy only while it can check codes.

use crate::harness::{Fault, World};

#[tokio::test(flavor = "multi_thread")]
async fn the_service_is_not_healthy_while_the_table_does_not_answer() {
    let world = World::start().await;
    let portal = world.portal("authenticator_app");
    // The keys are read here, so that afterwards only the table's answer is missing.
    assert_eq!(portal.get("/v1/health").await.status, 200);
    for fault in [Fault::Refused, Fault::TimedOut] {
        world.aws.fault(fault, 0, 100);
        assert_eq!(portal.get("/v1/health").await.status, 503, "{fault:?}");
        world.aws.mend();
        assert_eq!(portal.get("/v1/health").await.status, 200, "after {fault:?}");
    }
}
