use portcullis_domain::{
    Locator, Method,
    portal::{LogPartitions, LogStep},
    user::{CountUnderWay, CountedDay, DayNumbers, EntryKind, RollUp},
};
use std::collections::BTreeSet;

use super::{golden_item, samples::*};
use crate::{
    key,
    roll_ups::roll_up_item,
    system::{document_item, read},
};

fn numbers(counts: &[(EntryKind, Option<Method>, u64)]) -> DayNumbers {
    let mut numbers = DayNumbers::default();
    for (kind, method, count) in counts {
        numbers.add_many(*kind, *method, *count);
    }
    numbers
}

#[test]
fn the_numbers_of_a_day_lie_in_the_table_as_in_the_file() {
    let counted = numbers(&[
        (EntryKind::CodeAccepted, Some(Method::AuthenticatorApp), 7),
        (EntryKind::CodeSent, Some(Method::Email), 3),
    ]);
    let roll_up = RollUp {
        counted: Some(CountedDay { begun_at: NOW, numbers: counted }),
        under_way: Some(CountUnderWay {
            begun_at: NOW.plus(60),
            numbers: numbers(&[(EntryKind::Locked, None, 1)]),
            partition: 2,
            before: "001800000000#x.0".to_owned(),
        }),
    };
    let item = roll_up_item(&portal_id(), 20_833, &roll_up, WRITE).unwrap();
    let item = golden_item("roll-up", &item);
    assert_eq!(read::<RollUp>("numbers of a day", &item).unwrap().value, roll_up);
}

#[test]
fn the_partitions_of_a_log_lie_in_the_table_as_in_the_file() {
    let steps = [(8, 20_834), (32, 20_900)];
    let steps = steps.map(|(partitions, from_day)| LogStep { partitions, from_day });
    let partitions = LogPartitions::of_steps(steps).unwrap();
    let key = key::alone(key::log_partitions(&portal_id()));
    let item = document_item("partitions of the log", key, &partitions, WRITE, None).unwrap();
    let item = golden_item("log-partitions", &item);
    let read = read::<LogPartitions>("partitions of the log", &item).unwrap();
    assert_eq!(read.value, partitions);
}

#[test]
fn the_lines_of_a_day_lie_in_as_many_partitions_as_the_day_has_and_a_user_in_one() {
    let step = LogStep { partitions: 8, from_day: 20_834 };
    let raised = LogPartitions::of_steps([step]).unwrap();
    for (day, wanted) in [(20_833, 4), (20_834, 8)] {
        let of = |byte| key::log_of(&portal_id(), raised, day, Some(Locator::new([byte; 16])));
        let all: BTreeSet<String> = (0..=u8::MAX).map(of).collect();
        assert_eq!(all, (0..wanted).map(|n| key::log(&portal_id(), day, n)).collect());
        assert_eq!(of(13), of(13));
    }
    let nobodys = key::log_of(&portal_id(), raised, 20_834, None);
    assert_eq!(nobodys, key::log(&portal_id(), 20_834, 0));
}
