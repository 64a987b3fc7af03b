//! What all connections measured, the line that shows it meanwhile, and the table at the end.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use hdrhistogram::Histogram;
use indicatif::{ProgressBar, ProgressStyle};

/// Counts and latencies, of all connections.
pub(crate) struct Tally {
    sent: AtomicU64,
    /// In microseconds.
    latencies: Mutex<Histogram<u64>>,
    failures: Mutex<BTreeMap<&'static str, u64>>,
    unanswered: AtomicU64,
    never_sent: AtomicU64,
    /// How long the whole took.
    pub(crate) took: Duration,
}

/// The longest latency that is told from a longer one: an hour.
const LATENCY_MAX: u64 = 3_600_000_000;

impl Tally {
    pub(crate) fn new() -> Tally {
        let latencies = Histogram::new_with_max(LATENCY_MAX, 3).expect("bounds of a histogram");
        Tally {
            sent: AtomicU64::new(0),
            latencies: Mutex::new(latencies),
            failures: Mutex::default(),
            unanswered: AtomicU64::new(0),
            never_sent: AtomicU64::new(0),
            took: Duration::ZERO,
        }
    }

    pub(crate) fn sent(&self) {
        self.sent.fetch_add(1, Ordering::Relaxed);
    }

    /// An answer, so long after its message was due.
    pub(crate) fn answered(&self, latency: Option<Duration>) {
        let micros = latency.map_or(u128::MAX, |latency| latency.as_micros());
        lock(&self.latencies).saturating_record(u64::try_from(micros).unwrap_or(u64::MAX));
    }

    /// A connection that failed, and how many of its messages were not answered.
    pub(crate) fn fail(&self, code: &'static str, unanswered: usize) {
        *lock(&self.failures).entry(code).or_default() += 1;
        self.unanswered.fetch_add(unanswered as u64, Ordering::Relaxed);
    }

    /// Messages that were due, and whose connection still waited for others until the end.
    pub(crate) fn never_sent(&self, count: u128) {
        self.never_sent.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// Whether every message was answered and nothing failed.
    pub(crate) fn is_clean(&self) -> bool {
        lock(&self.failures).is_empty() && !lock(&self.latencies).is_empty()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let latencies = lock(&self.latencies);
        let (answered, seconds) = (latencies.len(), self.took.as_secs_f64());
        let never_sent = self.never_sent.load(Ordering::Relaxed);
        let sent = self.sent.load(Ordering::Relaxed);
        writeln!(f, "messages    {sent} sent, {never_sent} never sent")?;
        writeln!(f, "answers     {answered} in {seconds:.2} s")?;
        writeln!(f, "unanswered  {}", self.unanswered.load(Ordering::Relaxed))?;
        writeln!(f, "throughput  {:.0} answers/s", answered as f64 / seconds)?;
        for (name, quantile) in [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999), ("max", 1.0)] {
            let millis = Millis(latencies.value_at_quantile(quantile));
            writeln!(f, "{name:<11} {millis}")?;
        }
        let failures = lock(&self.failures);
        if failures.is_empty() {
            return writeln!(f, "errors      none");
        }
        for (code, count) in &*failures {
            writeln!(f, "errors      {count} {code}")?;
        }
        Ok(())
    }
}

/// Microseconds, as milliseconds.
struct Millis(u64);

impl fmt::Display for Millis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:03} ms", self.0 / 1000, self.0 % 1000)
    }
}

/// The line on a terminal while the load runs; nothing where there is none.
pub(crate) struct Progress {
    bar: ProgressBar,
}

/// A line for so many seconds.
pub(crate) fn progress(seconds: f64) -> Progress {
    let bar = ProgressBar::new(millis(Duration::from_secs_f64(seconds)));
    let style = ProgressStyle::with_template("{elapsed_precise} {wide_bar} {msg}");
    bar.set_style(style.expect("a template"));
    Progress { bar }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Progress {
    pub(crate) fn show(&self, tally: &Tally, elapsed: Duration) {
        let latencies = lock(&tally.latencies);
        let (answered, p99) = (latencies.len(), Millis(latencies.value_at_quantile(0.99)));
        drop(latencies);
        let failed: u64 = lock(&tally.failures).values().sum();
        let rate = answered as f64 / elapsed.as_secs_f64();
        self.bar.set_position(millis(elapsed));
        self.bar.set_message(format!("{rate:.0} answers/s, p99 {p99}, {failed} errors"));
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
