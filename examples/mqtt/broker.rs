//! A broker: takes messages of any QoS and hands them on to those who subscribed.
//!
//! It keeps retained messages and wills, and keeps no session beyond its connection: a client that asks for
//! that hears that none is present (3.2.2.2).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{Shutdown, TcpStream};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use protocol_core::MessageOf;
use protocol_core::conn::Timeouts;
use protocol_core::frame::Headed;
use protocol_core::net::blocking::Sender;

use crate::packets::{
    ConnAck, Connect, ConnectCode, FixedHeader, Packet, PingResp, PubAck, PubComp, PubRec, PubRel,
    Publish, Qos, SubAck, Subscribe, SubscribeCode, UnsubAck, Will, is_topic_filter, matches,
};
use crate::{Failure, Link};

/// All clients, and what is kept for those to come.
#[derive(Default)]
pub(crate) struct Broker {
    clients: Mutex<HashMap<String, Arc<Member>>>,
    /// By topic.
    retained: Mutex<BTreeMap<String, Publish>>,
    /// How many client identifiers were made up.
    made_up: AtomicU64,
}

/// A client that is logged in. Messages reach it from the threads of all others.
struct Member {
    client_id: String,
    /// To cut it off.
    stream: TcpStream,
    outgoing: Mutex<Outgoing>,
}

/// What one client subscribed to, and what is on its way there.
struct Outgoing {
    sender: Sender<Packet, Headed<FixedHeader>>,
    subscriptions: BTreeMap<String, Qos>,
    last_id: u16,
    /// The identifiers of messages that are not acknowledged yet.
    in_flight: BTreeSet<NonZeroU16>,
}

impl Broker {
    /// Talks to a client until it leaves or is lost.
    pub(crate) fn talk(&self, link: &mut Link) -> Result<(), Failure> {
        let connect = match link.recv()? {
            Some(Packet::Connect(connect)) => connect,
            Some(_) => return Err("the first packet is no CONNECT (MQTT-3.1.0-1)".into()),
            None => return Ok(()),
        };
        // MQTT-3.1.2-24: one and a half times the keep alive.
        let seconds = u64::from(connect.keep_alive);
        let idle = (seconds > 0).then(|| Duration::from_millis(1500 * seconds));
        link.set_timeouts(Timeouts { idle, ..Timeouts::SERVER });
        let code = refusal(&connect).unwrap_or(ConnectCode::Accepted);
        // All that is sent goes through the member, from this thread too.
        let member = Arc::new(self.member(link, &connect)?);
        member.send(&ConnAck { reserved: 0, session_present: false, code })?;
        if code != ConnectCode::Accepted {
            return Ok(());
        }
        self.enter(&member);
        let served = self.serve(link, &member);
        self.leave(&member);
        match (&served, connect.will) {
            (Ok(Left::Politely), _) | (_, None) => {}
            // 3.1.2.5
            (_, Some(will)) => {
                let (retain, qos) = (connect.will_retain, connect.will_qos);
                let Will { topic, message: payload } = will;
                self.publish(&Publish { qos, retain, topic, payload, ..Publish::default() });
            }
        }
        served.map(drop)
    }

    fn member(&self, link: &Link, connect: &Connect) -> Result<Member, Failure> {
        let client_id = match connect.client_id.as_str() {
            // MQTT-3.1.3-6
            "" => format!("\0{}", self.made_up.fetch_add(1, Ordering::Relaxed)),
            chosen => chosen.to_owned(),
        };
        let stream = link.stream().try_clone()?;
        let writes = Link::over(link.stream().try_clone()?, Headed::new());
        let (_, sender) = writes.split()?;
        let (subscriptions, in_flight) = (BTreeMap::new(), BTreeSet::new());
        let outgoing = Outgoing { sender, subscriptions, last_id: 0, in_flight };
        Ok(Member { client_id, stream, outgoing: Mutex::new(outgoing) })
    }

    fn enter(&self, member: &Arc<Member>) {
        let twin = lock(&self.clients).insert(member.client_id.clone(), Arc::clone(member));
        // MQTT-3.1.4-2
        if let Some(twin) = twin {
            twin.stream.shutdown(Shutdown::Both).unwrap_or_default();
        }
    }

    fn leave(&self, member: &Arc<Member>) {
        let mut clients = lock(&self.clients);
        let is_me = clients.get(&member.client_id).is_some_and(|it| Arc::ptr_eq(it, member));
        if is_me {
            clients.remove(&member.client_id);
        }
    }

    /// Does what the client wants, packet by packet.
    fn serve(&self, link: &mut Link, member: &Member) -> Result<Left, Failure> {
        // QoS 2: messages that came and are not released yet, so that none is handed on twice.
        let mut unreleased = BTreeSet::new();
        while let Some(packet) = link.recv()? {
            match packet {
                Packet::Publish(message) => match (message.packet_id, message.qos) {
                    (None, _) | (Some(_), Qos::AtMostOnce) => self.publish(&message),
                    (Some(packet_id), Qos::AtLeastOnce) => {
                        self.publish(&message);
                        member.send(&PubAck { packet_id })?;
                    }
                    (Some(packet_id), Qos::ExactlyOnce) => {
                        if unreleased.insert(packet_id) {
                            self.publish(&message);
                        }
                        member.send(&PubRec { packet_id })?;
                    }
                },
                Packet::PubRel(PubRel { packet_id }) => {
                    unreleased.remove(&packet_id);
                    member.send(&PubComp { packet_id })?;
                }
                Packet::PubRec(PubRec { packet_id }) => member.send(&PubRel { packet_id })?,
                Packet::PubAck(PubAck { packet_id }) | Packet::PubComp(PubComp { packet_id }) => {
                    lock(&member.outgoing).in_flight.remove(&packet_id);
                }
                Packet::Subscribe(subscribe) => self.subscribe(member, subscribe)?,
                Packet::Unsubscribe(unsubscribe) => {
                    let gone = |filter: &String| unsubscribe.filters.contains(filter);
                    lock(&member.outgoing).subscriptions.retain(|filter, _| !gone(filter));
                    member.send(&UnsubAck { packet_id: unsubscribe.packet_id })?;
                }
                Packet::PingReq(_) => member.send(&PingResp)?,
                Packet::Disconnect(_) => return Ok(Left::Politely),
                Packet::Connect(_)
                | Packet::ConnAck(_)
                | Packet::SubAck(_)
                | Packet::UnsubAck(_)
                | Packet::PingResp(_) => return Err("a client does not send this packet".into()),
            }
        }
        Ok(Left::WithoutAWord)
    }

    /// 3.8.4: subscribes, answers, and then sends what was kept of these topics.
    fn subscribe(&self, member: &Member, subscribe: Subscribe) -> Result<(), Failure> {
        let mut outgoing = lock(&member.outgoing);
        let mut codes = Vec::new();
        let mut filters = Vec::new();
        for wanted in subscribe.subscriptions {
            if is_topic_filter(&wanted.filter) {
                codes.push(SubscribeCode::from(wanted.qos));
                filters.push((wanted.filter.clone(), wanted.qos));
                outgoing.subscriptions.insert(wanted.filter, wanted.qos);
            } else {
                codes.push(SubscribeCode::Failure);
            }
        }
        outgoing.sender.send(&SubAck { packet_id: subscribe.packet_id, codes })?;
        for (filter, qos) in filters {
            // MQTT-3.3.1-8: what is new to the client only because it is new here says so.
            let retained: Vec<Publish> = {
                let retained = lock(&self.retained);
                let meant = retained.values().filter(|message| matches(&filter, &message.topic));
                meant.cloned().collect()
            };
            for message in retained {
                outgoing.deliver(message, qos)?;
            }
        }
        Ok(())
    }

    /// Hands a message on to all who subscribed to its topic.
    fn publish(&self, message: &Publish) {
        if message.retain {
            self.retain(message);
        }
        let members: Vec<Arc<Member>> = lock(&self.clients).values().cloned().collect();
        for member in members {
            let mut outgoing = lock(&member.outgoing);
            // MQTT-3.3.5-1: the best of those that match.
            let wanted = outgoing.subscriptions.iter();
            let wanted = wanted.filter(|(filter, _)| matches(filter, &message.topic));
            if let Some(qos) = wanted.map(|(_, qos)| *qos).max() {
                // MQTT-3.3.1-9
                let message = Publish { retain: false, ..message.clone() };
                // Its own thread notices that it is lost.
                outgoing.deliver(message, qos).unwrap_or_default();
            }
        }
    }

    /// MQTT-3.3.1-5, MQTT-3.3.1-10: keeps the last message of a topic; an empty one clears it.
    fn retain(&self, message: &Publish) {
        let mut retained = lock(&self.retained);
        if message.payload.is_empty() {
            retained.remove(&message.topic);
        } else {
            retained.insert(message.topic.clone(), message.clone());
        }
    }
}

/// How a client left.
enum Left {
    Politely,
    WithoutAWord,
}

impl Member {
    fn send<M: MessageOf<Packet>>(&self, packet: &M) -> Result<(), Failure> {
        Ok(lock(&self.outgoing).sender.send(packet)?)
    }
}

impl Outgoing {
    /// Sends a message with the QoS that it came with, or that was wanted, whichever is less.
    fn deliver(&mut self, message: Publish, wanted: Qos) -> Result<(), Failure> {
        let qos = message.qos.min(wanted);
        let packet_id = match qos {
            Qos::AtMostOnce => None,
            Qos::AtLeastOnce | Qos::ExactlyOnce => {
                Some(self.free_id().ok_or("65535 messages are not acknowledged")?)
            }
        };
        let message = Publish { dup: false, qos, packet_id, ..message };
        self.sender.send(&message)?;
        self.in_flight.extend(packet_id);
        Ok(())
    }

    /// MQTT-2.3.1-4: an identifier that is not in use.
    fn free_id(&mut self) -> Option<NonZeroU16> {
        for _ in 0..=u16::MAX {
            self.last_id = self.last_id.wrapping_add(1);
            let id = NonZeroU16::new(self.last_id);
            if let Some(id) = id.filter(|id| !self.in_flight.contains(id)) {
                return Some(id);
            }
        }
        None
    }
}

/// 3.1.4: why a client may not come in.
fn refusal(connect: &Connect) -> Option<ConnectCode> {
    if connect.level != Connect::LEVEL {
        return Some(ConnectCode::UnacceptableProtocolVersion);
    }
    // MQTT-3.1.3-8
    let is_nobody = connect.client_id.is_empty() && !connect.clean_session;
    is_nobody.then_some(ConnectCode::IdentifierRejected)
}

/// A panic in the thread of another client spoils nothing here: each change is one call.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
