//! Rules of fields that only some versions have, and of what needs them.

use super::relations::{Relations, computed, told};
use crate::errors::{Errors, catalogue};
use crate::syntax::{Field, Words, integer};

/// What says where a field ends, whether it is there or what it is, is there wherever the field is. Else
/// what is packed in a version without it could not be read back.
pub(super) fn what_tells_is_there(
    relations: &Relations<'_>,
    index: usize,
    field: &Field,
    errors: &mut Errors,
) {
    let told = told(&field.words).into_iter().map(|(_, claim)| claim);
    for claim in told.chain(computed(&field.words)) {
        let names = claim.relation.iter().flat_map(|relation| relation.names());
        for name in names {
            let known =
                relations.names.position(&name.field).and_then(|it| relations.names.get(it));
            let Some(known) = known.filter(|known| known.field != index) else { continue };
            let Some(teller) = relations.body.fields.get(known.field) else { continue };
            if let Some((version, written)) = lacking(&teller.words, &field.words) {
                let may = field.words.condition.is_none() && field.words.optional_tail.is_none();
                let member = &field.member;
                let text =
                    catalogue::told_in_some_versions(&name.field, version, written, member, may);
                errors.report(&name.field, text);
            }
        }
    }
}

/// The word by which `teller` is not there in a version that has what it tells of.
fn lacking<'w>(
    teller: &'w Words,
    told: &Words,
) -> Option<(&'static str, &'w proc_macro2::TokenStream)> {
    let pairs = [
        ("since", &teller.since, &told.since, true),
        ("removed", &teller.removed, &told.removed, false),
    ];
    pairs.into_iter().find_map(|(word, teller, told, later)| {
        let limit = &teller.as_ref()?.value;
        let told = told.as_ref().map(|written| &written.value);
        let fits = told.is_some_and(|told| match (integer(limit), integer(told)) {
            (Some(limit), Some(told)) if later => told >= limit,
            (Some(limit), Some(told)) => told <= limit,
            // Only the compiler knows the constants.
            _ => true,
        });
        (!fits).then_some((word, limit))
    })
}
