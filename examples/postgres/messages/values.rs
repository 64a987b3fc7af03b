//! What several messages consist of: values that may be NULL, and how they are formatted.

use protocol_core::Wire;

/// A value, or NULL.
///
/// ```text
///   0                                   4
///   +--------+--------+--------+--------+---------------
///   | length of the value, i32,         | the value
///   | −1: it is NULL                    |
///   +--------+--------+--------+--------+---------------
/// ```
#[derive(Wire, Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Value {
    /// Follows from the value when it is written.
    pub(crate) len: i32,
    /// Text, or what the type of the column says: the protocol does not look inside.
    #[wire(if(len != -1), len = len)]
    pub(crate) bytes: Option<Vec<u8>>,
}

impl Value {
    /// NULL is written as a length of −1, whatever the length here says.
    pub(crate) const NULL: Value = Value { len: -1, bytes: None };
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        let len = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        Value { len, bytes: Some(bytes.into()) }
    }
}

/// How a value, a parameter or a column is written.
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
#[wire(tag = u16)]
pub(crate) enum Format {
    Text = 0,
    Binary = 1,
}

/// How a whole COPY is written.
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CopyFormat {
    /// Rows separated by newlines, columns by separators.
    Text = 0,
    Binary = 1,
}

/// What a name stands for.
#[derive(Wire, Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Target {
    Statement = b'S',
    Portal = b'P',
}
