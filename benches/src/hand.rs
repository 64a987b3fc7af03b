//! What a careful engineer writes by hand for the same bytes, without `unsafe`.
use crate::data::*;

pub fn pack_logs(logs: &Logs, v: &mut Vec<u8>) {
    v.extend_from_slice(&(logs.logs.len() as u32).to_le_bytes());
    for l in &logs.logs {
        v.extend_from_slice(&[l.a, l.b, l.c, l.d]);
        for t in [&l.identity, &l.userid, &l.date, &l.request] {
            v.extend_from_slice(&(t.len() as u32).to_le_bytes());
            v.extend_from_slice(t.as_bytes());
        }
        v.extend_from_slice(&l.code.to_le_bytes());
        v.extend_from_slice(&l.size.to_le_bytes());
    }
}
fn take<'a, const N: usize>(b: &mut &'a [u8]) -> Option<&'a [u8; N]> {
    let (h, t) = b.split_first_chunk::<N>()?;
    *b = t;
    Some(h)
}
fn text<'a>(b: &mut &'a [u8]) -> Option<&'a str> {
    let n = u32::from_le_bytes(*take(b)?) as usize;
    let (h, t) = b.split_at_checked(n)?;
    *b = t;
    std::str::from_utf8(h).ok()
}
pub fn unpack_logs_ref<'a>(mut b: &'a [u8]) -> Option<Vec<LogRef<'a>>> {
    let n = u32::from_le_bytes(*take(&mut b)?) as usize;
    if n > b.len() / 30 {
        return None;
    }
    let mut v = Vec::with_capacity(n);
    for _ in 0..n {
        let [x, y, z, w] = *take(&mut b)?;
        v.push(LogRef {
            a: x,
            b: y,
            c: z,
            d: w,
            identity: text(&mut b)?,
            userid: text(&mut b)?,
            date: text(&mut b)?,
            request: text(&mut b)?,
            code: u16::from_le_bytes(*take(&mut b)?),
            size: u64::from_le_bytes(*take(&mut b)?),
        });
    }
    b.is_empty().then_some(v)
}
pub fn unpack_logs(mut b: &[u8]) -> Option<Vec<Log>> {
    let n = u32::from_le_bytes(*take(&mut b)?) as usize;
    if n > b.len() / 30 {
        return None;
    }
    let mut v = Vec::with_capacity(n);
    for _ in 0..n {
        let [x, y, z, w] = *take(&mut b)?;
        v.push(Log {
            a: x,
            b: y,
            c: z,
            d: w,
            identity: text(&mut b)?.into(),
            userid: text(&mut b)?.into(),
            date: text(&mut b)?.into(),
            request: text(&mut b)?.into(),
            code: u16::from_le_bytes(*take(&mut b)?),
            size: u64::from_le_bytes(*take(&mut b)?),
        });
    }
    b.is_empty().then_some(v)
}
pub fn pack_small(s: &Small, out: &mut [u8]) -> Option<usize> {
    let out = out.first_chunk_mut::<14>()?;
    out[..4].copy_from_slice(&s.a.to_le_bytes());
    out[4..6].copy_from_slice(&s.b.to_le_bytes());
    out[6..].copy_from_slice(&s.c.to_le_bytes());
    Some(14)
}
pub fn unpack_small(b: &[u8]) -> Option<Small> {
    let b: &[u8; 14] = b.try_into().ok()?;
    Some(Small {
        a: u32::from_le_bytes(*b[..4].first_chunk()?),
        b: u16::from_le_bytes(*b[4..6].first_chunk()?),
        c: u64::from_le_bytes(*b[6..].first_chunk()?),
    })
}
