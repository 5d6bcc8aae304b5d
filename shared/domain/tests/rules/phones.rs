//! Numbers of every region, as people write them.

use portcullis_domain::{Country, Phone};
use std::collections::BTreeMap;

/// Made by `phones/table.py`.
const NUMBERS: &str = include_str!("phones/numbers.tsv");

#[test]
fn v3_what_libphonenumber_reads_is_read_in_every_region() {
    let mut wrong = BTreeMap::<&str, Vec<String>>::new();
    let (mut regions, mut spelled) = (vec![], 0);
    for line in NUMBERS.lines() {
        let [region, e164, of, spellings @ ..] = &line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let country = Country::parse(region).unwrap();
        for text in spellings {
            let phone = Phone::parse(text, Some(country));
            let read = phone.as_ref().ok().and_then(|phone| Some((phone.e164(), phone.country()?)));
            if read != Some((*e164, Country::parse(of).unwrap())) {
                wrong.entry(*region).or_default().push(format!("{text}: {read:?}"));
            }
        }
        regions.push(*region);
        spelled += spellings.len();
    }
    regions.dedup();
    assert!(wrong.is_empty(), "in {} regions: {wrong:#?}", wrong.len());
    assert!(regions.len() == 244 && spelled > 3_800, "{} {spelled}", regions.len());
}

#[test]
fn v3_numbers_that_people_were_refused_are_read() {
    for (country, text, e164) in [
        ("IT", "391 231 2312", "+393912312312"),
        ("NO", "47 12 34 56", "+4747123456"),
        ("BR", "(55) 99123-4567", "+5555991234567"),
        ("NZ", "＋６４ ２１ １２３ ４５６７", "+64211234567"),
        ("NZ", "+225 07 12 34 56 78", "+2250712345678"),
        ("CI", "٠٧ ١٢ ٣٤ ٥٦ ٧٨", "+2250712345678"),
        ("NZ", "00 44 7911 123456", "+447911123456"),
        ("NZ", "64 21 123 4567", "+64211234567"),
        ("NZ", "+64 (0)21 123\u{a0}4567", "+64211234567"),
        ("NZ", "\u{202a}+64 21 123 4567\u{202c}", "+64211234567"),
    ] {
        let phone = Phone::parse(text, Country::parse(country).ok());
        assert_eq!(phone.map(|phone| phone.e164().to_owned()).as_deref(), Ok(e164), "{text}");
    }
}
