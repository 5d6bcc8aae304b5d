//! The table, held against the README and against what must never be.

use super::*;

fn every_combination() -> Vec<Facts> {
    let switches = [
        Switch::Required,
        Switch::OptOut,
        Switch::Off(WhenOff::ChallengeEnrolled),
        Switch::Off(WhenOff::ChallengeNobody),
    ];
    let mut all = vec![];
    for policy in switches {
        for (bound, demand) in guarded_and_demanded() {
            for bits in 0..6_144_u16 {
                let (trusted, grace, bits) = (bits >= 3_072, bits % 3_072 >= 1_536, bits % 1_536);
                let (frozen, recovery, bits) = (bits >= 768, bits % 768 >= 384, bits % 384);
                let bit = |n: u16| bits & (1 << n) != 0;
                let [disabled, directory, skipped, can_enrol, link_needed] =
                    [0, 1, 2, 3, 4].map(bit);
                let email_first = match bits >> 7 {
                    0 => EmailFirst::No,
                    1 => EmailFirst::Needed,
                    _ => EmailFirst::Impossible,
                };
                let email_default = match (bits >> 5) & 3 {
                    0 => EmailDefaultState::No,
                    1 => EmailDefaultState::Usable,
                    2 => EmailDefaultState::OutsidePolicy,
                    _ => EmailDefaultState::Doubtful,
                };
                all.push(Facts {
                    frozen,
                    disabled,
                    demand,
                    policy,
                    bound,
                    directory,
                    email_default,
                    skipped,
                    can_enrol,
                    link_needed,
                    email_first,
                    recovery,
                    trusted,
                    grace,
                });
            }
        }
    }
    all
}

fn guarded_and_demanded() -> Vec<(Bound, Demand)> {
    let bound = [Bound::Nothing, Bound::InPolicy, Bound::OutsidePolicy, Bound::Unknown];
    let demands =
        [Demand::None, Demand::Manage, Demand::Unmet, Demand::StepUp, Demand::CannotStepUp];
    bound.into_iter().flat_map(|bound| demands.map(|demand| (bound, demand))).collect()
}

/// The words of the README for each fact, in the order of its columns.
fn in_words(facts: &Facts) -> [&'static str; 14] {
    let yes = |fact| if fact { "yes" } else { "no" };
    let demand = match facts.demand {
        Demand::None => "none",
        Demand::Manage => "manage",
        Demand::Unmet => "unmet",
        Demand::StepUp => "step up",
        Demand::CannotStepUp => "cannot step up",
    };
    let policy = match facts.policy {
        Switch::Required => "on, required",
        Switch::OptOut => "on, opt out",
        Switch::Off(WhenOff::ChallengeEnrolled) => "off, challenge enrolled",
        Switch::Off(WhenOff::ChallengeNobody) => "off, challenge nobody",
    };
    let bound = match facts.bound {
        Bound::Nothing => "nothing",
        Bound::InPolicy => "in policy",
        Bound::OutsidePolicy => "outside policy",
        Bound::Unknown => "unknown",
    };
    let email_default = match facts.email_default {
        EmailDefaultState::No => "no",
        EmailDefaultState::Usable => "usable",
        EmailDefaultState::OutsidePolicy => "outside policy",
        EmailDefaultState::Doubtful => "doubtful",
    };
    let email_first = match facts.email_first {
        EmailFirst::No => "no",
        EmailFirst::Needed => "yes",
        EmailFirst::Impossible => "impossible",
    };
    let Facts { directory, skipped, can_enrol, link_needed, recovery, trusted, grace, .. } = *facts;
    let [recovery, trusted, grace] = [recovery, trusted, grace].map(yes);
    [
        yes(facts.frozen),
        yes(facts.disabled),
        demand,
        policy,
        bound,
        yes(directory),
        email_default,
        yes(skipped),
        yes(can_enrol),
        yes(link_needed),
        email_first,
        recovery,
        trusted,
        grace,
    ]
}

const fn answer(next_step: NextStep) -> &'static str {
    match next_step {
        NextStep::Allowed(AllowedReason::NotRequired) => "allowed: not required",
        NextStep::Allowed(AllowedReason::Skipped) => "allowed: skipped",
        NextStep::Allowed(AllowedReason::TrustedBrowser) => "allowed: trusted browser",
        NextStep::Challenge => "challenge",
        NextStep::ChallengeThenEnrol(FirstProof::OldMethod) => "challenge, then enrol",
        NextStep::ChallengeThenEnrol(FirstProof::EmailedCode) => "emailed code, then enrol",
        NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode) => "recovery code, then enrol",
        NextStep::Denied(DeniedReason::NoVerifiedEmail) => "denied: no verified email",
        NextStep::Enrol { skippable: true } => "enrol, skippable",
        NextStep::Enrol { skippable: false } => "enrol",
        NextStep::CheckEmail => "check email",
        NextStep::Denied(DeniedReason::Frozen) => "denied: frozen",
        NextStep::Denied(DeniedReason::Disabled) => "denied: disabled",
        NextStep::Denied(DeniedReason::NoUsableMethod) => "denied: no usable method",
        NextStep::Denied(DeniedReason::NothingToManage) => "denied: nothing to manage",
        NextStep::Denied(DeniedReason::CannotStepUp) => "denied: cannot step up",
    }
}

const README: &str = include_str!("../../README.md");

#[test]
fn the_table_of_the_readme_is_the_one_that_decides() {
    let rows: Vec<Vec<&str>> = README
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| frozen"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let mut used = vec![false; rows.len()];
    let combinations = every_combination();
    println!("{} combinations, {} rows", combinations.len(), rows.len());
    assert!(combinations.len() == 491_520 && README.contains("all 491,520 combinations"));
    for facts in combinations {
        let words = in_words(&facts);
        let fits = |rule: &Vec<&str>| {
            words.iter().zip(rule).all(|(word, cell)| *cell == "·" || cell == word)
        };
        let rule = rows.iter().position(fits).unwrap_or_else(|| panic!("no row fits {words:?}"));
        used[rule] = true;
        assert_eq!(rows[rule][14], answer(decide(&facts)), "{words:?}");
    }
    assert!(used.iter().all(|used| *used), "a row never counts: {used:?}");
}

#[test]
fn nobody_is_let_in_while_the_policy_is_on_but_who_skipped_or_is_in_a_trusted_browser() {
    for facts in every_combination() {
        let NextStep::Allowed(reason) = decide(&facts) else { continue };
        assert!(!facts.frozen && !facts.disabled, "{facts:?} {reason:?}");
        match reason {
            AllowedReason::NotRequired => assert!(matches!(facts.policy, Switch::Off(_))),
            AllowedReason::Skipped => assert!(facts.skipped && facts.policy == Switch::OptOut),
            AllowedReason::TrustedBrowser => assert!(facts.trusted, "{facts:?}"),
        }
    }
}

/// Trust stands for a proof that would be asked for: never for a demand, for what has left the
/// policy, or for a default.
#[test]
fn t3_a_trusted_browser_is_let_in_only_where_it_would_be_asked_for_what_it_has_proven() {
    for facts in every_combination().into_iter().filter(|facts| facts.trusted) {
        let asked = decide(&Facts { trusted: false, ..facts });
        let next_step = decide(&facts);
        if next_step == asked {
            continue;
        }
        assert_eq!(next_step, NextStep::Allowed(AllowedReason::TrustedBrowser), "{facts:?}");
        assert_eq!((asked, facts.demand), (NextStep::Challenge, Demand::None), "{facts:?}");
        let by_record = facts.bound == Bound::Nothing && facts.directory;
        assert!(facts.bound == Bound::InPolicy || by_record, "{facts:?}");
    }
}

/// Grace lets nobody in: it makes an enrolment that is required one that can be skipped.
#[test]
fn g1_grace_only_lets_somebody_skip_an_enrolment_that_is_required_and_guarded_by_nothing() {
    for facts in every_combination().into_iter().filter(|facts| facts.grace) {
        let required = decide(&Facts { grace: false, ..facts });
        let next_step = decide(&facts);
        if next_step == required {
            continue;
        }
        assert_eq!(required, NextStep::Enrol { skippable: false }, "{facts:?}");
        assert_eq!(next_step, NextStep::Enrol { skippable: true }, "{facts:?}");
        let unguarded = facts.bound == Bound::Nothing
            && facts.email_default == EmailDefaultState::No
            && !facts.link_needed
            && facts.email_first == EmailFirst::No;
        assert!(unguarded && facts.demand == Demand::None, "{facts:?}");
    }
}

#[test]
fn s35_a_saved_default_never_lets_the_password_alone_enrol_or_in_while_its_guard_is_asked() {
    for facts in every_combination() {
        let made = facts.email_default != EmailDefaultState::No;
        let asked = facts.policy != Switch::Off(WhenOff::ChallengeNobody);
        let skipped = facts.skipped && facts.policy == Switch::OptOut;
        if made && asked && !skipped && !facts.trusted {
            let next_step = decide(&facts);
            let guarded = match next_step {
                NextStep::Challenge | NextStep::ChallengeThenEnrol(_) => true,
                NextStep::CheckEmail | NextStep::Denied(_) => true,
                NextStep::Allowed(_) | NextStep::Enrol { .. } => false,
            };
            assert!(guarded, "{facts:?} {next_step:?}");
        }
    }
}

#[test]
fn s8_a_user_with_something_usable_never_enrols_with_the_password_alone() {
    for facts in every_combination() {
        let guarded = facts.disabled
            || facts.bound != Bound::Nothing
            || facts.email_default != EmailDefaultState::No;
        if guarded {
            assert!(!matches!(decide(&facts), NextStep::Enrol { .. }), "{facts:?}");
        }
    }
}

#[test]
fn s8_where_an_emailed_code_comes_first_the_password_alone_never_enrols() {
    for facts in every_combination() {
        let next_step = decide(&facts);
        let enrols = matches!(next_step, NextStep::Enrol { .. });
        assert!(!(enrols && facts.email_first != EmailFirst::No), "{facts:?}");
        let first = next_step == NextStep::ChallengeThenEnrol(FirstProof::EmailedCode);
        if first || next_step == NextStep::Denied(DeniedReason::NoVerifiedEmail) {
            let before = decide(&Facts { email_first: EmailFirst::No, ..facts });
            assert!(matches!(before, NextStep::Enrol { .. }), "{facts:?} {before:?}");
        }
    }
}

#[test]
fn h3_a_frozen_user_is_denied_before_every_other_row() {
    for facts in every_combination() {
        let frozen = NextStep::Denied(DeniedReason::Frozen);
        assert_eq!(decide(&facts) == frozen, facts.frozen, "{facts:?}");
    }
}

#[test]
fn r4_whoever_was_disabled_needs_a_recovery_code_or_a_reset() {
    for facts in every_combination().into_iter().filter(|facts| facts.disabled && !facts.frozen) {
        if matches!(facts.demand, Demand::StepUp | Demand::CannotStepUp) {
            continue;
        }
        let wanted = if facts.recovery {
            NextStep::ChallengeThenEnrol(FirstProof::RecoveryCode)
        } else {
            NextStep::Denied(DeniedReason::Disabled)
        };
        assert_eq!(decide(&facts), wanted, "{facts:?}");
    }
}

#[test]
fn r3_recovery_codes_change_nothing_for_who_was_not_disabled() {
    for facts in every_combination().into_iter().filter(|facts| !facts.disabled) {
        assert_eq!(decide(&facts), decide(&Facts { recovery: false, ..facts }), "{facts:?}");
    }
}

#[test]
fn h1_a_demand_never_ends_allowed_and_is_asked_whatever_the_policy_asks_of_others() {
    for facts in every_combination() {
        let next_step = decide(&facts);
        match facts.demand {
            Demand::None => {}
            Demand::Unmet => {
                let recovers = facts.disabled && facts.recovery;
                let is_denied = matches!(next_step, NextStep::Denied(_));
                assert!(is_denied || recovers, "{facts:?} {next_step:?}");
            }
            Demand::Manage => {
                let may_skip = next_step == NextStep::Enrol { skippable: true };
                assert!(!next_step.is_allowed() && !may_skip, "{facts:?} {next_step:?}");
                let known = matches!(facts.bound, Bound::InPolicy | Bound::OutsidePolicy);
                if known && !facts.disabled && !facts.frozen {
                    assert_eq!(next_step, NextStep::Challenge, "{facts:?}");
                }
            }
            Demand::StepUp => {
                let is_kept_out = facts.frozen || facts.disabled;
                assert_eq!(next_step == NextStep::Challenge, !is_kept_out, "{facts:?}");
                assert!(is_kept_out == matches!(next_step, NextStep::Denied(_)), "{facts:?}");
            }
            Demand::CannotStepUp => assert!(matches!(next_step, NextStep::Denied(_)), "{facts:?}"),
        }
    }
}

#[test]
fn h2_with_nothing_bound_the_settings_enrol_only_where_a_sign_in_would() {
    for facts in every_combination().into_iter().filter(|facts| facts.demand == Demand::Manage) {
        let to_sign_in = decide(&Facts { demand: Demand::None, skipped: false, ..facts });
        match decide(&facts) {
            NextStep::Enrol { .. } => {
                assert!(matches!(to_sign_in, NextStep::Enrol { .. }), "{facts:?} {to_sign_in:?}");
            }
            same @ (NextStep::CheckEmail | NextStep::ChallengeThenEnrol(_)) => {
                // A code of the contact record signs in, and is no link.
                let by_record = facts.directory && facts.link_needed;
                assert!(same == to_sign_in || by_record, "{facts:?}");
            }
            NextStep::Challenge => {
                let bypasses = facts.link_needed && facts.can_enrol;
                let known =
                    facts.bound != Bound::Nothing || facts.email_default != EmailDefaultState::No;
                assert!(known || !bypasses, "{facts:?}");
            }
            NextStep::Allowed(_) | NextStep::Denied(_) => {}
        }
    }
}
