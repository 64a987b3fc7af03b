//! What a careful engineer writes by hand for the same little-endian bytes, without `unsafe`.

use crate::data::le::{Log, LogRef, Logs, Small};

/// Appends all lines.
pub(crate) fn pack_logs(logs: &Logs, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(&(logs.logs.len() as u32).to_le_bytes());
    for log in &logs.logs {
        bytes.extend_from_slice(&log.address);
        for text in [&log.identity, &log.user, &log.date, &log.request] {
            bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        bytes.extend_from_slice(&log.code.to_le_bytes());
        bytes.extend_from_slice(&log.size.to_le_bytes());
    }
}

/// The fewest bytes of a line.
const LOG_MIN: usize = 30;

fn take<'a, const N: usize>(bytes: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(head)
}

fn text<'a>(bytes: &mut &'a [u8]) -> Option<&'a str> {
    let len = u32::from_le_bytes(*take(bytes)?) as usize;
    let (text, rest) = bytes.split_at_checked(len)?;
    *bytes = rest;
    std::str::from_utf8(text).ok()
}

/// Reads lines to the end of the bytes, making each by `make`.
fn unpack<'a, T>(mut bytes: &'a [u8], make: impl Fn(&mut &'a [u8]) -> Option<T>) -> Option<Vec<T>> {
    let count = u32::from_le_bytes(*take(&mut bytes)?) as usize;
    if count > bytes.len() / LOG_MIN {
        return None;
    }
    let mut logs = Vec::with_capacity(count);
    for _ in 0..count {
        logs.push(make(&mut bytes)?);
    }
    bytes.is_empty().then_some(logs)
}

/// Reads lines with text of their own.
pub(crate) fn unpack_logs(bytes: &[u8]) -> Option<Vec<Log>> {
    unpack(bytes, |bytes| {
        Some(Log {
            address: *take(bytes)?,
            identity: text(bytes)?.into(),
            user: text(bytes)?.into(),
            date: text(bytes)?.into(),
            request: text(bytes)?.into(),
            code: u16::from_le_bytes(*take(bytes)?),
            size: u64::from_le_bytes(*take(bytes)?),
        })
    })
}

/// Reads lines with borrowed text.
pub(crate) fn unpack_logs_ref(bytes: &[u8]) -> Option<Vec<LogRef<'_>>> {
    unpack(bytes, |bytes| {
        Some(LogRef {
            address: *take(bytes)?,
            identity: text(bytes)?,
            user: text(bytes)?,
            date: text(bytes)?,
            request: text(bytes)?,
            code: u16::from_le_bytes(*take(bytes)?),
            size: u64::from_le_bytes(*take(bytes)?),
        })
    })
}

/// Writes a small message.
pub(crate) fn pack_small(small: &Small, buffer: &mut [u8]) -> Option<usize> {
    let buffer = buffer.first_chunk_mut::<14>()?;
    buffer[..4].copy_from_slice(&small.a.to_le_bytes());
    buffer[4..6].copy_from_slice(&small.b.to_le_bytes());
    buffer[6..].copy_from_slice(&small.c.to_le_bytes());
    Some(14)
}

/// Reads a small message.
pub(crate) fn unpack_small(bytes: &[u8]) -> Option<Small> {
    let bytes: &[u8; 14] = bytes.try_into().ok()?;
    Some(Small {
        a: u32::from_le_bytes(*bytes.first_chunk()?),
        b: u16::from_le_bytes(*bytes[4..].first_chunk()?),
        c: u64::from_le_bytes(*bytes[6..].first_chunk()?),
    })
}
