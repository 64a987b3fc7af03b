//! Who may send which message in which state of a conversation: the table that a protocol declares,
//! and the place in it.
//!
//! A leaf. It knows messages only by number and name.

use core::fmt;

/// One of the two sides of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The side that connected.
    Client,
    /// The side that accepted.
    Server,
}

impl Side {
    /// The other side.
    ///
    /// ```
    /// use protocol_core::conversation::Side;
    /// assert_eq!(Side::Client.peer(), Side::Server);
    /// ```
    #[must_use]
    pub const fn peer(self) -> Side {
        match self {
            Side::Client => Side::Server,
            Side::Server => Side::Client,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Client => "client",
            Side::Server => "server",
        })
    }
}

/// What `from`, `state` and `then` say of one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// The number of the message.
    pub id: u64,
    /// Its name in errors.
    pub name: &'static str,
    /// The side that sends it; `None` if both do.
    pub from: Option<Side>,
    /// The states in which it is sent; none if in all.
    pub states: &'static [&'static str],
    /// The state that it leads to; `None` if it stays.
    pub then: Option<&'static str>,
}

impl Rule {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        (id, name): (u64, &'static str),
        from: Option<Side>,
        states: &'static [&'static str],
        then: Option<&'static str>,
    ) -> Rule {
        Rule { id, name, from, states, then }
    }

    /// Whether `from` may send the message in the state.
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use protocol_core::conversation::{Converses, Side};
    /// use protocol_core::{Message, Protocol};
    ///
    /// #[derive(Message)]
    /// #[msg_type = 3]
    /// struct Data { #[wire(rest)] text: String }
    ///
    /// struct Start;
    /// struct Active;
    ///
    /// #[derive(Protocol)]
    /// #[wire(state = Start)]
    /// enum Chat {
    ///     #[wire(from = client, state = Active)]
    ///     Data(Data),
    /// }
    ///
    /// let rule = Chat::RULES[0];
    /// assert!(rule.allows(Side::Client, "Active"));
    /// assert!(!rule.allows(Side::Client, "Start"));
    /// assert!(!rule.allows(Side::Server, "Active"));
    /// # }
    /// ```
    #[must_use]
    pub fn allows(&self, from: Side, state: &str) -> bool {
        self.is_from(from) && (self.states.is_empty() || self.states.contains(&state))
    }

    fn is_from(&self, side: Side) -> bool {
        self.from.is_none_or(|from| from == side)
    }
}

/// How far a conversation is: the state it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phase {
    state: &'static str,
}

impl Phase {
    pub(crate) const fn in_state(state: &'static str) -> Phase {
        Phase { state }
    }

    /// The name of the state.
    #[must_use]
    pub const fn state(self) -> &'static str {
        self.state
    }

    /// The phase after a message `from` that side: the first for which `is_it` holds. A message
    /// without a rule is one that the protocol does not know, and changes nothing.
    pub(crate) fn after(
        self,
        rules: &'static [Rule],
        from: Side,
        is_it: impl Fn(&Rule) -> bool,
    ) -> Result<Phase, NotAllowed> {
        match rules.iter().find(|rule| is_it(rule)) {
            None => Ok(self),
            Some(rule) if rule.allows(from, self.state) => {
                Ok(Phase { state: rule.then.unwrap_or(self.state) })
            }
            Some(rule) => Err(NotAllowed { rule, from, state: self.state, rules }),
        }
    }
}

/// A message that may not be sent by this side, or not in this state.
///
/// Its text names the message, the state, and what is allowed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAllowed {
    rule: &'static Rule,
    from: Side,
    state: &'static str,
    rules: &'static [Rule],
}

impl NotAllowed {
    /// What is declared of the message.
    #[must_use]
    pub fn rule(&self) -> &'static Rule {
        self.rule
    }

    /// The side that sent it, or would have.
    #[must_use]
    pub fn from(&self) -> Side {
        self.from
    }

    /// The state in which it came, or was to be sent.
    #[must_use]
    pub fn state(&self) -> &'static str {
        self.state
    }

    /// The names of the messages that this side may send in this state.
    pub fn allowed(&self) -> impl Iterator<Item = &'static str> {
        let (from, state) = (self.from, self.state);
        self.rules.iter().filter(move |rule| rule.allows(from, state)).map(|rule| rule.name)
    }
}

impl fmt::Display for NotAllowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let NotAllowed { rule, from, state, .. } = self;
        write!(f, "a {from} may not send `{}`", rule.name)?;
        if !rule.is_from(*from) {
            return write!(f, ", only a {} may", from.peer());
        }
        write!(f, " in the state `{state}`")?;
        let mut allowed = self.allowed();
        match allowed.next() {
            None => f.write_str(", nor anything else"),
            Some(first) => {
                write!(f, ", only `{first}`")?;
                allowed.try_for_each(|name| write!(f, ", `{name}`"))
            }
        }
    }
}

impl core::error::Error for NotAllowed {}
