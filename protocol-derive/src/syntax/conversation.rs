//! The values of the words about conversations: a side, states, replies.

use proc_macro2::{TokenStream, TokenTree};
use syn::Type;
use syn::ext::IdentExt;

use super::tokens::{peel, same};
use super::value::{Wrong, found, ty, word, wrong};
use crate::errors::catalogue;

/// The side of a connection that sends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Side {
    Client,
    Server,
}

/// A state of a conversation: a type of the user, and its name in errors.
#[derive(Clone)]
pub(crate) struct StateName {
    pub(crate) ty: Type,
    pub(crate) name: String,
}

/// What answers a message.
pub(crate) struct ReplyTypes {
    pub(crate) reply: Type,
    /// What may come in its place.
    pub(crate) refusal: Option<Type>,
}

pub(super) fn side(tokens: TokenStream) -> Result<Side, Wrong> {
    match word(&tokens).as_deref() {
        Some("client") => Ok(Side::Client),
        Some("server") => Ok(Side::Server),
        _ if ["client | server", "server | client"]
            .contains(&peel(&tokens).to_string().as_str()) =>
        {
            wrong(tokens, catalogue::FROM_BOTH)
        }
        _ => {
            let text = catalogue::expected(&["client", "server"], &found(&tokens));
            wrong(tokens, text)
        }
    }
}

pub(super) fn state(tokens: TokenStream) -> Result<StateName, Wrong> {
    let name = match syn::parse2::<Type>(peel(&tokens)) {
        Ok(Type::Path(path)) if path.qself.is_none() => {
            path.path.segments.last().map(|last| last.ident.unraw().to_string())
        }
        _ => None,
    };
    match (name, ty(peel(&tokens))) {
        (Some(name), Ok(ty)) => Ok(StateName { ty, name }),
        _ => wrong(tokens.clone(), catalogue::not_a_state(&found(&tokens))),
    }
}

/// `Start | Active`
pub(super) fn states(tokens: TokenStream) -> Result<Vec<StateName>, Wrong> {
    let mut states: Vec<StateName> = Vec::new();
    for tokens in alternatives(&tokens) {
        let state = state(tokens.clone())?;
        if states.iter().any(|other| same(&other.ty, &state.ty)) {
            return wrong(tokens, catalogue::given_twice(&state.name));
        }
        states.push(state);
    }
    Ok(states)
}

/// `LoginAck`, or `LoginAck | Refused`
pub(super) fn reply(tokens: TokenStream) -> Result<ReplyTypes, Wrong> {
    let types: Option<Vec<Type>> =
        alternatives(&tokens).into_iter().map(|it| ty(it).ok()).collect();
    match types.as_deref() {
        Some([reply]) => Ok(ReplyTypes { reply: reply.clone(), refusal: None }),
        Some([reply, refusal]) if !same(reply, refusal) => {
            Ok(ReplyTypes { reply: reply.clone(), refusal: Some(refusal.clone()) })
        }
        _ => wrong(tokens.clone(), catalogue::not_a_reply(&found(&tokens))),
    }
}

/// Cuts at each `|`.
fn alternatives(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut pieces = vec![TokenStream::new()];
    for tree in peel(tokens) {
        match (&tree, pieces.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == '|' => {
                pieces.push(TokenStream::new());
            }
            (_, Some(piece)) => piece.extend([tree]),
            (_, None) => {}
        }
    }
    pieces
}
