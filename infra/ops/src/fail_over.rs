//! `fail-over`: moves to the replica of the table in another Region. Nothing in the table can close
//! the old Region, because an item that says so would be copied late; it is closed by AWS first.

mod documents;

use portcullis_domain::{PortalId, Timestamp};
use portcullis_store::{ReplicaPlace, Store};
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    time::Duration,
};

use crate::{Operator, OpsError, error::at};

/// The most differences that are named one by one.
const NAMED: usize = 10;

/// The Region that is left.
#[derive(Clone, Copy)]
pub enum OldRegion<'a> {
    /// Nobody has said that it is closed.
    Open,
    /// It is closed, and its replica of the table answers.
    Closed(&'a Store),
    /// Neither it nor its replica can be reached.
    Lost {
        /// The ids of the writes that hold, of documents whose copies do not say which is the
        /// latest.
        keep: &'a [String],
    },
}

/// A move from one Region to another.
#[derive(Clone, Copy)]
pub struct FailOver<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub old: OldRegion<'a>,
    /// The time between two readings of the old replica, which must not change between them.
    pub pause: Duration,
}

/// One reading of a replica.
#[derive(Default)]
struct Reading {
    digests: HashMap<(String, String), u64>,
    newest: Option<Timestamp>,
    /// The portals, by their ids.
    portals: BTreeMap<String, PortalId>,
}

impl Operator {
    /// Checks that another Region can take over, and prints each step. It reads both replicas, and
    /// writes only documents whose copies arrived in part after the old Region was lost.
    ///
    /// # Errors
    /// [`OpsError::Refused`] until the old Region is closed, the replicas are the same, and the
    /// keys open; with what to do.
    pub async fn fail_over(&self, wanted: FailOver<'_>) -> Result<(), OpsError> {
        let FailOver { from, to, old, .. } = wanted;
        let new = match old {
            OldRegion::Open => {
                self.print_closing(from);
                return Err(OpsError::Refused(format!(
                    "nothing was done; close {from} first, and run the command again with \
                     --closed, or with --lost if {from} cannot be reached"
                )));
            }
            OldRegion::Closed(store) => self.compare(&wanted, store).await?,
            OldRegion::Lost { .. } => self.say_what_is_lost(&wanted).await?,
        };
        self.check_documents(&new, old).await?;
        let keyring = self.keyring().await?.value;
        let arns = keyring.opened_in(&self.kms).await?;
        self.print(format!(
            "3. Keys: {} root keys open in {to} under {}. Nothing to rewrap.",
            keyring.root_versions(self.now()).len(),
            arns.join(" and ")
        ));
        self.print_opening(from, to);
        Ok(())
    }

    fn print_closing(&self, from: &str) {
        self.print(format!("1. Close {from}: no function may run there any more."));
        self.print(format!(
            "   for f in $(aws cloudformation list-stack-resources --region {from} \
             --stack-name STACK --output text \\"
        ));
        self.print(
            "       --query \"StackResourceSummaries[?ResourceType=='AWS::Lambda::Function']\
             .PhysicalResourceId\"); do",
        );
        self.print(format!(
            "     aws lambda put-function-concurrency --region {from} --function-name $f \\"
        ));
        self.print("       --reserved-concurrent-executions 0; done");
        self.print(format!(
            "   It prints \"ReservedConcurrentExecutions\": 0 seven times. If Lambda in {from} \
             does not answer, deny the functions' roles everything there by IAM:"
        ));
        self.print(
            "   for r in $(aws iam list-roles --output text --query \
             \"Roles[?starts_with(RoleName, 'STACK-')].RoleName\"); do",
        );
        self.print(
            "     aws iam put-role-policy --role-name $r --policy-name closed --policy-document \\",
        );
        self.print(format!(
            "       '{{\"Version\":\"2012-10-17\",\"Statement\":[{{\"Effect\":\"Deny\",\
             \"Action\":\"*\",\"Resource\":\"*\",\"Condition\":{{\"StringEquals\":\
             {{\"aws:RequestedRegion\":\"{from}\"}}}}}}]}}'; done"
        ));
        self.print("   Calls that are running end within 15 seconds.");
    }

    /// Reads the old replica twice and the new one once, and returns the new one's reading.
    async fn compare(&self, wanted: &FailOver<'_>, old: &Store) -> Result<Reading, OpsError> {
        let FailOver { from, to, pause, .. } = wanted;
        let first = self.reading(old, from).await?;
        tokio::time::sleep(*pause).await;
        let second = self.reading(old, from).await?;
        if first.digests != second.digests {
            return Err(OpsError::Refused(format!(
                "something still writes to the table in {from}; close it, and run the command again"
            )));
        }
        let new = self.reading(&self.store, to).await?;
        self.print(format!(
            "1. Closed: nothing was written in {from} between two readings, {} seconds apart.",
            pause.as_secs()
        ));
        let differing = differing(&second, &new);
        let newest = |reading: &Reading| reading.newest.map_or_else(|| "none".to_owned(), at);
        self.print(format!("2. Copies: {} items in {from}, {} in {to}.", second.len(), new.len()));
        self.print(format!(
            "   Newest write with an entry: {} in {from}, {} in {to}.",
            newest(&second),
            newest(&new)
        ));
        if differing.is_empty() {
            self.print("   They are the same.");
            return Ok(new);
        }
        for (pk, sk) in differing.iter().take(NAMED) {
            self.progress(format!("differs: {pk} {sk}"));
        }
        Err(OpsError::Refused(format!(
            "{} items differ; wait until they are copied, and run the command again. If it stays \
             so, look at ReplicationLatency in {from}",
            differing.len()
        )))
    }

    async fn say_what_is_lost(&self, wanted: &FailOver<'_>) -> Result<Reading, OpsError> {
        let FailOver { from, to, .. } = wanted;
        let new = self.reading(&self.store, to).await?;
        let newest = new.newest.map_or_else(|| "of no moment".to_owned(), at);
        self.print(format!("1. {from} is given up. It is not known to be closed."));
        self.print(
            "   If it answers again, it goes on where it was: deny its roles everything by IAM now.",
        );
        self.print(format!("2. Copies: {} items in {to}; newest write with an entry:", new.len()));
        self.print(format!("   {newest}. What {from} wrote and did not copy is lost: usually the"));
        self.print(
            "   last seconds (RPO). A code, a reset or a revoked key of then may be undone:",
        );
        self.print(
            "   compare with what portals and admins did after that moment, and do it again.",
        );
        Ok(new)
    }

    fn print_opening(&self, from: &str, to: &str) {
        self.print(format!("4. Open {to}, in one deployment of its stack:"));
        self.print("   sam deploy ... --parameter-overrides ActivityEnabled=true and each");
        self.print("   ...Concurrency=-1. Its activity catches up from the stream of its replica.");
        self.print(format!("5. Point the domain to the output DomainTarget of {to}."));
        self.print(format!(
            "6. Keep {from} closed: deploy its stack with ActivityEnabled=false and each \
             ...Concurrency=0."
        ));
    }

    async fn reading(&self, store: &Store, region: &str) -> Result<Reading, OpsError> {
        let (mut reading, mut after) = (Reading::default(), None::<ReplicaPlace>);
        loop {
            let part = store.replica_items(after, self.now()).await?;
            for item in part.items {
                reading.newest = reading.newest.max(item.newest);
                reading.portals.extend(item.portal().map(|id| (id.to_string(), id)));
                reading.digests.insert(item.key, item.digest);
            }
            self.progress(format!("{} items were read in {region}", reading.len()));
            match part.next {
                Some(next) => after = Some(next),
                None => return Ok(reading),
            }
        }
    }
}

impl Reading {
    fn len(&self) -> usize {
        self.digests.len()
    }
}

/// Returns the keys of items that are not the same in both.
fn differing<'a>(one: &'a Reading, other: &'a Reading) -> Vec<&'a (String, String)> {
    let keys: HashSet<_> = one.digests.keys().chain(other.digests.keys()).collect();
    let differs = |key: &&(String, String)| one.digests.get(*key) != other.digests.get(*key);
    let mut keys: Vec<_> = keys.into_iter().filter(differs).collect();
    keys.sort();
    keys
}
