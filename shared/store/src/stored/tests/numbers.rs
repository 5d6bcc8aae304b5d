use portcullis_domain::{
    CallingCode, Locator, Method,
    decision::{UserDay, UserDays},
    portal::{LogPartitions, LogStep},
    user::{CountUnderWay, CountedDay, DayNumbers, EntryKind, RollUp, TextCounts},
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
fn the_texts_of_a_day_lie_in_the_table_as_in_the_file() {
    let with_texts = |sent, accepted| {
        let mut day = numbers(&[(EntryKind::CodeSent, Some(Method::Sms), sent)]);
        let code = CallingCode::parse("+64").unwrap();
        day.add_texts(code, TextCounts { sent, accepted });
        day
    };
    let roll_up = RollUp {
        counted: Some(CountedDay { begun_at: NOW, numbers: with_texts(9, 4) }),
        under_way: Some(CountUnderWay {
            begun_at: NOW.plus(60),
            numbers: with_texts(2, 0),
            partition: 1,
            before: CountUnderWay::AFTER_ALL.to_owned(),
        }),
    };
    let item = roll_up_item(&portal_id(), 20_833, &roll_up, WRITE).unwrap();
    let item = golden_item("roll-up-texts", &item);
    assert_eq!(read::<RollUp>("numbers of a day", &item).unwrap().value, roll_up);
}

#[test]
fn the_users_of_days_lie_in_the_table_as_in_the_file() {
    let day = |users, more| UserDay { users, enrolled: users / 2, shut_out: 1, more };
    let days = UserDays::new([(20_833, day(8, false)), (20_840, day(20_000, true))]);
    let key = key::alone(key::enrolled(&portal_id()));
    let item = document_item("users of the last days", key, &days, WRITE, None).unwrap();
    let item = golden_item("user-days", &item);
    assert_eq!(read::<UserDays>("users of the last days", &item).unwrap().value, days);
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
