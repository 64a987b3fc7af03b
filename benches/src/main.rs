//! Prototype bench.
#![allow(warnings)]
mod data;
mod hand;
mod ours;
use cpu_time::ThreadTime;
use data::*;
use ours::*;
use protocol_core::*;
use std::hint::black_box as bb;

type Cell<'a> = (&'static str, &'static str, Box<dyn FnMut() + 'a>);

fn main() {
    let logs10k = logs(10_000);
    let hlogs = logs10k.clone();
    let wlogs = logs10k.clone();
    let le = Le(logs10k.clone());
    let be = Be(logs10k.clone());
    let lb = le.pack().unwrap();
    let bbs = be.pack().unwrap();
    let wb = wincode::serialize(&wlogs).unwrap();
    let smalls: Vec<Small> = (0..1000)
        .map(|i| Small {
            a: i,
            b: i as u16,
            c: u64::from(i) << 20,
        })
        .collect();
    let sle: Vec<u8> = smalls.iter().flat_map(|s| Le(*s).pack().unwrap()).collect();
    let sbe: Vec<u8> = smalls.iter().flat_map(|s| Be(*s).pack().unwrap()).collect();
    assert_eq!(
        wincode::serialize(&smalls[3]).unwrap(),
        Le(smalls[3]).pack().unwrap()
    );
    assert_eq!(<Le<Logs>>::unpack(&lb).unwrap().0, wlogs);
    let (mut v1, mut v2, mut v3, mut v4) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let s = &smalls;
    let (sle, sbe) = (&sle, &sbe);
    let mut cells: Vec<Cell> = vec![
        (
            "log pack",
            "hand",
            Box::new(|| {
                v1.clear();
                hand::pack_logs(bb(&hlogs), &mut v1);
                bb(&v1);
            }),
        ),
        (
            "log pack",
            "wincode",
            Box::new(|| {
                v2.clear();
                wincode::serialize_into(&mut v2, bb(&wlogs)).unwrap();
                bb(&v2);
            }),
        ),
        (
            "log pack",
            "LE",
            Box::new(|| {
                v3.clear();
                bb(&le).pack_into(&mut v3).unwrap();
                bb(&v3);
            }),
        ),
        (
            "log pack",
            "BE",
            Box::new(|| {
                v4.clear();
                bb(&be).pack_into(&mut v4).unwrap();
                bb(&v4);
            }),
        ),
        (
            "log unpack",
            "hand",
            Box::new(|| {
                bb(hand::unpack_logs(bb(&lb)).unwrap());
            }),
        ),
        (
            "log unpack",
            "wincode",
            Box::new(|| {
                bb(wincode::deserialize_exact::<Logs>(bb(&wb)).unwrap());
            }),
        ),
        (
            "log unpack",
            "LE",
            Box::new(|| {
                bb(<Le<Logs>>::unpack(bb(&lb)).unwrap());
            }),
        ),
        (
            "log unpack",
            "BE",
            Box::new(|| {
                bb(<Be<Logs>>::unpack(bb(&bbs)).unwrap());
            }),
        ),
        (
            "log borrow",
            "hand",
            Box::new(|| {
                bb(hand::unpack_logs_ref(bb(&lb)).unwrap());
            }),
        ),
        (
            "log borrow",
            "wincode",
            Box::new(|| {
                bb(wincode::deserialize_exact::<LogsRef>(bb(&wb)).unwrap());
            }),
        ),
        (
            "log borrow",
            "LE",
            Box::new(|| {
                bb(<Le<LogsRef>>::unpack(bb(&lb)).unwrap());
            }),
        ),
        (
            "log borrow",
            "BE",
            Box::new(|| {
                bb(<Be<LogsRef>>::unpack(bb(&bbs)).unwrap());
            }),
        ),
        (
            "small pack",
            "hand",
            Box::new(|| {
                let mut b = [0; 16];
                for x in s {
                    bb(hand::pack_small(bb(x), &mut b).unwrap());
                    bb(&b);
                }
            }),
        ),
        (
            "small pack",
            "wincode",
            Box::new(|| {
                let mut b = [0u8; 16];
                for x in s {
                    wincode::serialize_into(&mut b[..], bb(x)).unwrap();
                    bb(&b);
                }
            }),
        ),
        (
            "small pack",
            "LE",
            Box::new(|| {
                let mut b = [0; 16];
                for x in s {
                    bb(unsafe { &*(x as *const Small as *const Le<Small>) }
                        .pack_slice(&mut b)
                        .unwrap());
                    bb(&b);
                }
            }),
        ),
        (
            "small pack",
            "BE",
            Box::new(|| {
                let mut b = [0; 16];
                for x in s {
                    bb(unsafe { &*(x as *const Small as *const Be<Small>) }
                        .pack_slice(&mut b)
                        .unwrap());
                    bb(&b);
                }
            }),
        ),
        (
            "small unpack",
            "hand",
            Box::new(|| {
                for c in sle.chunks_exact(14) {
                    bb(hand::unpack_small(bb(c)).unwrap());
                }
            }),
        ),
        (
            "small unpack",
            "wincode",
            Box::new(|| {
                for c in sle.chunks_exact(14) {
                    bb(wincode::deserialize_exact::<Small>(bb(c)).unwrap());
                }
            }),
        ),
        (
            "small unpack",
            "LE",
            Box::new(|| {
                for c in sle.chunks_exact(14) {
                    bb(<Le<Small>>::unpack(bb(c)).unwrap());
                }
            }),
        ),
        (
            "small unpack",
            "BE",
            Box::new(|| {
                for c in sbe.chunks_exact(14) {
                    bb(<Be<Small>>::unpack(bb(c)).unwrap());
                }
            }),
        ),
    ];
    let args: Vec<String> = std::env::args().collect();
    if args.len() > 3 {
        let n: u32 = args[3].parse().unwrap();
        for (c, w, f) in &mut cells {
            if *c == args[1] && *w == args[2] {
                for _ in 0..n {
                    f()
                }
            }
        }
        return;
    }
    let mut times = vec![Vec::new(); cells.len()];
    for round in 0..60 {
        for (i, (c, _, f)) in cells.iter_mut().enumerate() {
            let reps = if c.starts_with("small") { 40 } else { 1 };
            let t = ThreadTime::now();
            for _ in 0..reps {
                f();
            }
            let d = t.elapsed().as_nanos() as f64 / f64::from(reps);
            if round > 5 {
                times[i].push(d);
            }
        }
    }
    let med: Vec<f64> = times
        .iter_mut()
        .map(|t| {
            t.sort_by(f64::total_cmp);
            t[t.len() / 2]
        })
        .collect();
    let min: Vec<f64> = times.iter().map(|t| t[0]).collect();
    for (i, (c, w, _)) in cells.iter().enumerate() {
        let base = cells
            .iter()
            .position(|(cc, ww, _)| cc == c && *ww == "wincode")
            .unwrap();
        println!(
            "{c:14} {w:8} {:>10.0} ns  median/wincode {:.2}  min/wincode {:.2}",
            med[i],
            med[i] / med[base],
            min[i] / min[base]
        );
    }
}
