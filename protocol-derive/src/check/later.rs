//! Words that the design knows and the derives do not support yet.

use crate::errors::{Errors, catalogue};
use crate::syntax::Words;

/// Reports each word without an effect so far.
pub(super) fn rules(words: &Words, errors: &mut Errors) {
    let given = [
        words.duplicate_ids.as_ref().map(|it| &it.key),
        words.header.as_ref().map(|it| &it.key),
        words.header_field.as_ref().map(|it| &it.key),
        words.max_len.as_ref().map(|it| &it.key),
        words.of.as_ref().map(|it| &it.key),
        words.pad_to.as_ref().map(|it| &it.key),
        words.role.as_ref().map(|it| &it.key),
        words.until.as_ref().map(|it| &it.key),
    ];
    for key in given.into_iter().flatten() {
        errors.report(key, catalogue::not_supported_yet(&key.to_string()));
    }
    for nested in [&words.item, &words.key].into_iter().flatten() {
        rules(&nested.value, errors);
    }
}
