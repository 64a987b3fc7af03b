//! Counts what happens on a server for `metrics`.

use metrics::{counter, gauge, histogram};

use super::event::Event;
use super::observer::{Observer, Peer, Tally};

/// An observer that counts for `metrics`.
///
/// | name | kind | of |
/// |---|---|---|
/// | `protocol_connections_total` | counter | connections that got a seat |
/// | `protocol_connections` | gauge | those that are open |
/// | `protocol_connection_seconds` | histogram | how long each lasted |
/// | `protocol_frames_total{direction}` | counter | frames, `in` and `out` |
/// | `protocol_bytes_total{direction}` | counter | their bytes |
/// | `protocol_errors_total{code}` | counter | every error, by its stable code |
///
/// Frames and bytes are counted when their connection closes, so that they cost nothing before.
///
/// ```
/// use protocol_core::net::blocking::Server;
/// use protocol_core::net::server::Metrics;
///
/// let server = Server::<()>::bind("localhost:0")?.observer(Metrics);
/// # drop(server);
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Metrics;

impl Observer for Metrics {
    fn connected(&self, _peer: &Peer) {
        counter!("protocol_connections_total").increment(1);
        gauge!("protocol_connections").increment(1);
    }

    fn error(&self, event: &Event<'_>) {
        counter!("protocol_errors_total", "code" => event.code()).increment(1);
    }

    fn closed(&self, _peer: &Peer, tally: &Tally) {
        let Tally { lasted, frames_in, frames_out, bytes_in, bytes_out } = *tally;
        gauge!("protocol_connections").decrement(1);
        histogram!("protocol_connection_seconds").record(lasted);
        counter!("protocol_frames_total", "direction" => "in").increment(frames_in);
        counter!("protocol_frames_total", "direction" => "out").increment(frames_out);
        counter!("protocol_bytes_total", "direction" => "in").increment(bytes_in);
        counter!("protocol_bytes_total", "direction" => "out").increment(bytes_out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use metrics::{Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn};
    use metrics::{Key, KeyName, Metadata, Recorder, SharedString, Unit};
    use std::borrow::ToOwned;
    use std::format;
    use std::net::SocketAddr;
    use std::string::String;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;
    use std::vec::Vec;

    /// Writes down what is recorded.
    #[derive(Default)]
    struct Notes(Arc<Mutex<Vec<String>>>);

    struct Note {
        key: String,
        notes: Arc<Mutex<Vec<String>>>,
    }

    impl Notes {
        fn note(&self, key: &Key) -> Arc<Note> {
            let labels: Vec<_> = key.labels().map(|label| label.value().to_owned()).collect();
            let key = format!("{}{labels:?}", key.name());
            Arc::new(Note { key, notes: Arc::clone(&self.0) })
        }
    }

    impl Note {
        fn push(&self, what: &str) {
            self.notes.lock().expect("no panic").push(format!("{} {what}", self.key));
        }
    }

    impl CounterFn for Note {
        fn increment(&self, value: u64) {
            self.push(&format!("+{value}"));
        }
        fn absolute(&self, _value: u64) {}
    }

    impl GaugeFn for Note {
        fn increment(&self, value: f64) {
            self.push(&format!("+{value}"));
        }
        fn decrement(&self, value: f64) {
            self.push(&format!("-{value}"));
        }
        fn set(&self, _value: f64) {}
    }

    impl HistogramFn for Note {
        fn record(&self, value: f64) {
            self.push(&format!("{value}"));
        }
    }

    impl Recorder for Notes {
        fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
        fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
        fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
        fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
            Counter::from_arc(self.note(key))
        }
        fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
            Gauge::from_arc(self.note(key))
        }
        fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
            Histogram::from_arc(self.note(key))
        }
    }

    #[test]
    fn a_connection_is_counted_from_its_seat_to_its_end() {
        let notes = Notes::default();
        let address = SocketAddr::from(([192, 0, 2, 1], 7)).into();
        let peer = Peer { id: 0, address };
        let lasted = Duration::from_millis(1500);
        let tally = Tally { lasted, frames_in: 2, frames_out: 3, bytes_in: 10, bytes_out: 30 };
        metrics::with_local_recorder(&notes, || {
            Metrics.connected(&peer);
            Metrics.error(&Event::Panicked { peer: address });
            Metrics.closed(&peer, &tally);
        });
        let notes = notes.0.lock().expect("no panic");
        let expected = [
            "protocol_connections_total[] +1",
            "protocol_connections[] +1",
            "protocol_errors_total[\"panicked\"] +1",
            "protocol_connections[] -1",
            "protocol_connection_seconds[] 1.5",
            "protocol_frames_total[\"in\"] +2",
            "protocol_frames_total[\"out\"] +3",
            "protocol_bytes_total[\"in\"] +10",
            "protocol_bytes_total[\"out\"] +30",
        ];
        assert_eq!(*notes, expected);
    }
}
