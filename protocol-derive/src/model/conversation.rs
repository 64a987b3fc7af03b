//! Who may send which message in which state.

use syn::Type;

use crate::syntax::{Item, Shape, Side, StateName, Words};

/// The conversation that a protocol declares.
pub(crate) struct Conversation {
    /// The state in which it begins; `None` if there are no states.
    pub(crate) start: Option<StateName>,
}

/// What is declared of one message.
pub(crate) struct Rule {
    /// The side that sends it; `None` if both do.
    pub(crate) from: Option<Side>,
    /// The states in which it is sent; none if in all.
    pub(crate) states: Vec<StateName>,
    /// The state that it leads to; `None` if it stays.
    pub(crate) then: Option<StateName>,
}

/// What answers a message.
pub(crate) struct Reply {
    pub(crate) reply: Type,
    pub(crate) refusal: Option<Type>,
}

impl Conversation {
    /// Nothing if the protocol says nothing of the kind.
    pub(super) fn of(item: &Item) -> Option<Conversation> {
        let Shape::Enum(variants) = &item.shape else {
            return None;
        };
        let start = item.words.start.as_ref().map(|it| it.value.clone());
        let is_declared = start.is_some() || variants.iter().any(|it| Rule::is_in(&it.words));
        is_declared.then_some(Conversation { start })
    }
}

impl Rule {
    pub(super) fn of(words: &Words) -> Rule {
        Rule {
            from: words.from.as_ref().map(|it| it.value),
            states: words.states.as_ref().map_or(Vec::new(), |it| it.value.clone()),
            then: words.then.as_ref().map(|it| it.value.clone()),
        }
    }

    fn is_in(words: &Words) -> bool {
        words.from.is_some() || words.states.is_some() || words.then.is_some()
    }
}

impl Reply {
    pub(super) fn of(words: &Words) -> Option<Reply> {
        let reply = &words.reply.as_ref()?.value;
        Some(Reply { reply: reply.reply.clone(), refusal: reply.refusal.clone() })
    }
}
