//! SCRAM-SHA-256 (RFC 5802, RFC 7677): proves to the server that the password is known, and lets the server
//! prove the same, without sending it.
//!
//! What is exchanged is text, `name=value` with commas between, inside of SASL messages. Passwords outside
//! of ASCII are taken as they are: SASLprep (RFC 4013) leaves most of them alone, and this does not do it.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The name of the mechanism.
pub(crate) const NAME: &str = "SCRAM-SHA-256";

/// GS2 header: no channel binding, no other identity. PostgreSQL takes the user from the start-up message.
const GS2: &str = "n,,";
/// More rounds than this would only keep the processor busy.
const ROUNDS_MAX: u32 = 1_000_000;

/// After the client's first message.
pub(crate) struct First {
    nonce: String,
}

/// After the client's last message.
pub(crate) struct Last {
    server_key: [u8; 32],
    talk: String,
}

/// What the other side did wrong.
pub(crate) type Wrong = String;

impl First {
    /// Begins with a nonce that nobody can guess: printable, without commas.
    pub(crate) fn new() -> Result<First, Wrong> {
        let mut random = [0; 18];
        getrandom::fill(&mut random).map_err(|error| format!("there is no randomness: {error}"))?;
        Ok(First::with_nonce(BASE64.encode(random)))
    }

    pub(crate) fn with_nonce(nonce: String) -> First {
        First { nonce }
    }

    /// The client-first-message.
    pub(crate) fn message(&self) -> String {
        format!("{GS2}{}", self.bare())
    }

    fn bare(&self) -> String {
        format!("n=,r={}", self.nonce)
    }

    /// The client-final-message, after the server's first one.
    pub(crate) fn answer(
        self,
        server_first: &str,
        password: &str,
    ) -> Result<(Last, String), Wrong> {
        let [nonce, salt, rounds] = attributes(server_first, ["r=", "s=", "i="])?;
        if !nonce.starts_with(&self.nonce) || nonce.len() == self.nonce.len() {
            return Err("the server's nonce does not begin with ours".into());
        }
        let salt = BASE64.decode(salt).map_err(|error| format!("the salt: {error}"))?;
        let rounds = rounds.parse().ok().filter(|rounds| (1..=ROUNDS_MAX).contains(rounds));
        let rounds = rounds.ok_or("the number of rounds is not within 1 and 1000000")?;
        let mut salted = [0; 32];
        pbkdf2::pbkdf2_hmac::<Sha256>(password.as_bytes(), &salt, rounds, &mut salted);

        let unproven = format!("c={},r={nonce}", BASE64.encode(GS2));
        let talk = format!("{},{server_first},{unproven}", self.bare());
        let client_key = sign(&salted, b"Client Key");
        let signature = sign(&Sha256::digest(client_key), talk.as_bytes());
        let mut proof = client_key;
        proof.iter_mut().zip(signature).for_each(|(key, mask)| *key ^= mask);
        let answer = format!("{unproven},p={}", BASE64.encode(proof));
        Ok((Last { server_key: sign(&salted, b"Server Key"), talk }, answer))
    }
}

impl Last {
    /// Whether the server knows the password too, by its final message.
    pub(crate) fn verify(&self, server_final: &str) -> Result<(), Wrong> {
        if let Some(error) = server_final.strip_prefix("e=") {
            return Err(format!("the server refuses: {}", error.escape_debug()));
        }
        let [signature] = attributes(server_final, ["v="])?;
        let signature =
            BASE64.decode(signature).map_err(|error| format!("the signature: {error}"))?;
        let right = keyed(&self.server_key).chain_update(self.talk.as_bytes());
        right
            .verify_slice(&signature)
            .map_err(|_| "the server does not know the password".to_owned())
    }
}

/// The values of the attributes with these names, which come first and in this order.
fn attributes<'t, const N: usize>(text: &'t str, names: [&str; N]) -> Result<[&'t str; N], Wrong> {
    let mut parts = text.split(',');
    let mut values = [""; N];
    for (value, name) in values.iter_mut().zip(names) {
        let part = parts.next().and_then(|part| part.strip_prefix(name));
        *value = part.ok_or_else(|| format!("`{}` lacks `{name}`", text.escape_debug()))?;
    }
    Ok(values)
}

fn sign(key: &[u8], text: &[u8]) -> [u8; 32] {
    keyed(key).chain_update(text).finalize().into_bytes().into()
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    // Hmac takes keys of any length.
    Hmac::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()))
}
