//! Shares of portals, counted by many processes that know nothing of each other: the error of the
//! sum, and its writes, with fixed seeds and a steered clock. The decision record `shares.md` has
//! these numbers.

use portcullis_domain::{
    Timestamp, limits,
    portal::{Share, ShareCount, ShareMinute},
};

/// Random numbers from a seed (xorshift64*).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u32) -> u32 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let high = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        u32::try_from((high * u64::from(bound)) >> 32).unwrap()
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Minute {
    answered: u32,
    refused: u32,
    writes: u32,
    sum: u32,
}

/// Sends so many calls in each of these minutes to processes chosen at random.
fn minutes(share: Share, processes: u32, calls: &[u32], seed: u64) -> Vec<Minute> {
    let mut random = Random(seed);
    let mut counts = vec![ShareCount::default(); usize::try_from(processes).unwrap()];
    let began_at = Timestamp::from_unix(1_800_000_000);
    let one = |(n, calls): (i64, &u32)| {
        let mut minute = Minute::default();
        for call in 0..*calls {
            let second = i64::from(call) * limits::SHARE_SECONDS / i64::from(*calls);
            let now = began_at.plus(n * limits::SHARE_SECONDS + second);
            let count = &mut counts[usize::try_from(random.below(processes)).unwrap()];
            if let Some(until) = count.until(now) {
                assert!((1..=60).contains(&until.since(now)));
                minute.refused += 1;
                continue;
            }
            minute.answered += 1;
            if let Some(batch) = count.answered(share) {
                minute.writes += 1;
                minute.sum += batch;
                count.learn(minute.sum, share, ShareMinute::of(now));
            }
        }
        minute
    };
    (0..).zip(calls).map(one).collect()
}

const SEEDS: [u64; 6] = [1, 2, 3, 5, 8, 13];
/// Processes at a few milliseconds a call, and with a dependency that is slow.
const PROCESSES: [u32; 3] = [5, 15, 300];

#[test]
fn s46_a_portal_at_nine_tenths_of_its_share_is_never_refused_however_many_processes_there_are() {
    for per_minute in [600, 3_000, 10_000] {
        let share = Share::parse(per_minute).unwrap();
        let most = PROCESSES.iter().filter(|n| **n * share.batch() <= per_minute);
        for (processes, seed) in most.flat_map(|n| SEEDS.map(|seed| (*n, seed))) {
            for minute in minutes(share, processes, &[per_minute / 10 * 9; 10], seed) {
                assert_eq!(minute.refused, 0, "{per_minute} {processes} {seed}: {minute:?}");
            }
        }
    }
}

#[test]
fn s46_at_ten_times_its_share_a_portal_gets_its_share_and_at_most_a_batch_for_each_process() {
    for per_minute in [1, 20, 600, 3_000, 10_000] {
        let share = Share::parse(per_minute).unwrap();
        for (processes, seed) in PROCESSES.iter().flat_map(|n| SEEDS.map(|seed| (*n, seed))) {
            let room = processes * share.batch();
            for minute in minutes(share, processes, &[per_minute * 10; 4], seed) {
                let within = per_minute.saturating_sub(room)..=per_minute + room;
                let what = format!("{per_minute} {processes} {seed}: {minute:?}");
                assert!(within.contains(&minute.answered), "{what}");
                assert_eq!(minute.answered + minute.refused, per_minute * 10, "{what}");
                // Nobody writes in vain for long: one batch of each process beside those of the
                // share.
                let most = per_minute.div_ceil(share.batch()) + processes;
                assert!(minute.writes <= most, "{what}");
            }
        }
    }
}

/// The figures of the decision record: how far the sum of a minute is from the calls, and the
/// writes it takes.
#[test]
fn s46_the_sum_is_off_by_less_than_two_percent_and_costs_a_sixth_of_a_write_for_each_call() {
    let share = Share::default();
    assert_eq!((share.per_minute(), share.batch()), (3_000, 6));
    for (processes, off_by) in [(5, 0.003), (15, 0.004), (300, 0.02)] {
        let (mut squares, mut writes, mut answered, mut n) = (0.0, 0, 0, 0.0);
        for seed in SEEDS {
            // The first two minutes are how processes get out of step.
            for minute in &minutes(share, processes, &[2_700; 12], seed)[2..] {
                let off = f64::from(minute.sum) / f64::from(minute.answered) - 1.0;
                squares += off * off;
                n += 1.0;
                writes += minute.writes;
                answered += minute.answered;
            }
        }
        let deviation = f64::sqrt(squares / n);
        let for_a_call = f64::from(writes) / f64::from(answered);
        println!("{processes} processes: off by {deviation:.4}, {for_a_call:.4} writes a call");
        assert!(deviation < off_by, "{processes}: {deviation}");
        assert!((for_a_call - 1.0 / 6.0).abs() < 0.001, "{processes}: {for_a_call}");
    }
}

#[test]
fn s46_calls_of_a_process_that_makes_few_of_them_are_carried_into_the_next_minute() {
    let share = Share::default();
    // Three hundred processes, of which none makes a whole batch within a minute.
    let total: u32 = minutes(share, 300, &[600; 30], 7).iter().map(|minute| minute.sum).sum();
    assert!((17_000..=18_000).contains(&total), "{total} of 18,000");
}

#[test]
fn s46_a_share_that_is_used_up_is_so_until_the_minute_ends_and_by_any_clock_no_longer() {
    let share = Share::parse(2).unwrap();
    let (mut count, now) = (ShareCount::default(), Timestamp::from_unix(1_800_000_010));
    assert_eq!(count.answered(share), Some(1));
    assert!(!count.learn(1, share, ShareMinute::of(now)));
    assert_eq!(count.until(now), None);
    assert!(count.learn(2, share, ShareMinute::of(now)), "news");
    assert!(!count.learn(3, share, ShareMinute::of(now)), "no news");
    assert_eq!(count.until(now).map(|until| until.since(now)), Some(50));
    assert_eq!(count.until(now.plus(49)).map(|until| until.since(now)), Some(50));
    assert_eq!(count.until(now.plus(50)), None);
    assert_eq!(count.until(now.plus(-60)), None, "a clock that was set back");
}

#[test]
fn a_share_is_what_an_operator_can_mean_and_the_usual_one_leaves_room_on_the_route() {
    for (per_minute, batch) in [(1, 1), (500, 1), (501, 2), (3_000, 6), (10_000, 20)] {
        assert_eq!(Share::parse(per_minute).unwrap().batch(), batch);
    }
    assert!(Share::parse(60_000).is_ok());
    for refused in [0, 60_001, u32::MAX] {
        assert!(Share::parse(refused).is_err(), "{refused}");
    }
    // The gateway's throttle of the route: 1,000 a second.
    assert_eq!(limits::SHARE_MOST_PER_MINUTE, 1_000 * 60);
    assert_eq!(Share::default().per_minute() * 10 * 2, limits::SHARE_MOST_PER_MINUTE);
}
