//! Words that the design knows and the derives do not support yet.

use crate::errors::{Errors, catalogue};
use crate::syntax::Words;

/// Reports each word without an effect so far.
pub(super) fn rules(words: &Words, errors: &mut Errors) {
    let given = [
        words.after.as_ref().map(|it| &it.key),
        words.align.as_ref().map(|it| &it.key),
        words.as_type.as_ref().map(|it| &it.key),
        words.before.as_ref().map(|it| &it.key),
        words.bit_order.as_ref().map(|it| &it.key),
        words.bits.as_ref().map(|it| &it.key),
        words.blank.as_ref().map(|it| &it.key),
        words.body_len.as_ref().map(|it| &it.key),
        words.check.as_ref().map(|it| &it.key),
        words.checksum.as_ref().map(|it| &it.key),
        words.condition.as_ref().map(|it| &it.key),
        words.duplicate_ids.as_ref().map(|it| &it.key),
        words.header.as_ref().map(|it| &it.key),
        words.header_field.as_ref().map(|it| &it.key),
        words.magic.as_ref().map(|it| &it.key),
        words.max_len.as_ref().map(|it| &it.key),
        words.of.as_ref().map(|it| &it.key),
        words.optional_tail.as_ref().map(|it| &it.key),
        words.pad.as_ref().map(|it| &it.key),
        words.pad_to.as_ref().map(|it| &it.key),
        words.range.as_ref().map(|it| &it.key),
        words.removed.as_ref().map(|it| &it.key),
        words.role.as_ref().map(|it| &it.key),
        words.secret.as_ref().map(|it| &it.key),
        words.since.as_ref().map(|it| &it.key),
        words.tag_of.as_ref().map(|it| &it.key),
        words.until.as_ref().map(|it| &it.key),
        words.value.as_ref().map(|it| &it.key),
    ];
    for key in given.into_iter().flatten() {
        errors.report(key, catalogue::not_supported_yet(&key.to_string()));
    }
    for nested in [&words.item, &words.key].into_iter().flatten() {
        rules(&nested.value, errors);
    }
}
