//! The golden bytes: that `golden.py` computes what is committed, and that every message packs to
//! them and unpacks from them.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::process::Command;

use crate::messages;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layout/golden.py");

#[test]
fn the_script_computes_them() {
    let output = match Command::new("python3").arg(SCRIPT).output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let required = std::env::var_os("PROTOCOL_REQUIRE_PEERS").is_some_and(|v| v == "1");
            assert!(!required, "python3 is required and missing");
            eprintln!("SKIPPED: python3 is missing, so nobody computed the golden bytes");
            return;
        }
        Err(error) => panic!("python3 cannot be started: {error}"),
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let computed = String::from_utf8(output.stdout).expect("the script prints text");
    for (computed, committed) in computed.lines().zip(include_str!("golden.txt").lines()) {
        assert_eq!(computed, committed, "golden.txt is not what golden.py prints");
    }
    assert_eq!(computed, include_str!("golden.txt"), "golden.txt has more or fewer lines");
}

#[test]
fn each_has_one_message() {
    let listed: Vec<&str> =
        include_str!("golden.txt").lines().filter_map(|line| line.split(' ').next()).collect();
    let tested: Vec<&str> = messages::all().map(|case| case.name).collect();
    let (listed_once, tested_once) = (BTreeSet::from_iter(&listed), BTreeSet::from_iter(&tested));
    assert_eq!(listed_once, tested_once);
    assert_eq!((listed.len(), tested.len()), (listed_once.len(), tested_once.len()));
}

/// Goes both ways with every message of one file, so that a fault is named by its subject.
macro_rules! both_ways {
    ($($subject:ident),* $(,)?) => {$(
        #[test]
        fn $subject() {
            for case in messages::$subject::CASES {
                eprintln!("message `{}`", case.name);
                (case.both_ways)(&case.golden());
            }
        }
    )*};
}

both_ways! {
    arrays,
    bits,
    collections,
    counts,
    endian,
    ended,
    enums,
    fields,
    foreign,
    groups,
    headers,
    ids,
    items,
    lengths,
    limits,
    lists,
    maps,
    numbers,
    parts,
    presence,
    protocols,
    recursive,
    relations,
    rest,
    small,
    standard,
    tags,
    text,
    tlv,
    values,
    wide,
}
