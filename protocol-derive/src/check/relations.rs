//! Rules of what is said about other fields: whether the names are there, and in which order.

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Member, Type};

use super::names::Names;
use super::versions;
use crate::errors::{Errors, catalogue};
use crate::syntax::{
    Body, Checksum, Claim, Field, Measure, Name, OnWireValue, Width, Words, bare_names,
};
use crate::words;

/// What the rules need to know of the body.
pub(super) struct Relations<'b> {
    pub(super) body: &'b Body,
    pub(super) names: &'b Names<'b>,
    /// The type, for messages.
    pub(super) container: &'b Ident,
    /// Whether `header` names something.
    pub(super) has_header: bool,
}

impl Relations<'_> {
    pub(super) fn rules(&self, errors: &mut Errors) {
        self.names_are_new(errors);
        self.nothing_needs_itself(errors);
        self.values_on_the_wire_are_known(errors);
        self.values_are_known_where_absent(errors);
        for (index, field) in self.body.fields.iter().enumerate() {
            for (word, claim) in told(&field.words) {
                self.names_were_read(index, word, claim, errors);
            }
            for claim in computed(&field.words) {
                self.names_are_there(claim, errors);
            }
            for checksum in checksums(&field.words) {
                self.ends_are_in_order(checksum, errors);
            }
            self.lengths_are_numbers(index, field, errors);
            versions::what_tells_is_there(self, index, field, errors);
        }
        self.optional_tails_come_last(errors);
    }

    /// A name means one thing.
    fn names_are_new(&self, errors: &mut Errors) {
        for (position, known) in self.names.all().iter().enumerate() {
            let first = self.names.position(known.ident);
            if known.is_virtual && first != Some(position) {
                errors.report(known.ident, catalogue::name_taken(known.ident));
            }
            // A field after it has the name.
            let later = self.names.all().iter().skip(position + 1);
            if known.is_virtual && later.clone().any(|it| !it.is_virtual && it.name == known.name) {
                errors.report(known.ident, catalogue::name_taken(known.ident));
            }
        }
    }

    /// What is computed is computed from something else.
    fn nothing_needs_itself(&self, errors: &mut Errors) {
        let computed = self.computed();
        let mut circular = Vec::new();
        for (position, claim) in &computed {
            let needed = self.all_needs(claim, &computed);
            let is_new = !circular.iter().any(|other| needed.contains(other));
            if let (true, true, Some(known)) =
                (needed.contains(position), is_new, self.names.get(*position))
            {
                errors.report(&claim.tokens, catalogue::needs_itself(known.ident));
                circular.push(*position);
            }
        }
    }

    /// All that a claim needs, directly or through others.
    fn all_needs(&self, claim: &Claim, computed: &[(usize, &Claim)]) -> Vec<usize> {
        let mut needed = self.needs(claim);
        let mut done = 0;
        while let Some(next) = needed.get(done).copied() {
            done += 1;
            let others = computed.iter().filter(|(other, _)| *other == next);
            for more in others.flat_map(|(_, claim)| self.needs(claim)) {
                if !needed.contains(&more) {
                    needed.push(more);
                }
            }
        }
        needed
    }

    /// What is computed, by the place of its name.
    fn computed(&self) -> Vec<(usize, &Claim)> {
        let mut computed = Vec::new();
        for field in &self.body.fields {
            if let (Some(value), Member::Named(name)) = (&field.words.value, &field.member) {
                computed.extend(self.names.position(name).map(|it| (it, &value.value)));
            }
            let on_wire = [&field.words.before, &field.words.after].into_iter().flatten();
            for declared in on_wire.flat_map(|written| &written.value) {
                if let Some(OnWireValue::Claim(claim)) = &declared.value {
                    computed.extend(self.names.position(&declared.name).map(|it| (it, claim)));
                }
            }
        }
        computed
    }

    /// The places of the names in a claim.
    fn needs(&self, claim: &Claim) -> Vec<usize> {
        bare_names(&claim.tokens).iter().filter_map(|name| self.names.position(name)).collect()
    }

    /// What is on the wire only has no value of its own: something must say what is written.
    fn values_on_the_wire_are_known(&self, errors: &mut Errors) {
        let told: Vec<&Claim> = self
            .body
            .fields
            .iter()
            .flat_map(|field| told(&field.words))
            .map(|(_, claim)| claim)
            .collect();
        for known in self.names.all().iter().filter(|known| known.is_open) {
            let is_told = told.iter().any(|claim| {
                let names = claim.relation.iter().flat_map(|relation| relation.names());
                names.into_iter().any(|name| name.field == *known.ident)
            });
            if !is_told {
                errors.report(known.ident, catalogue::value_unknown(known.ident));
            }
        }
    }

    /// A value on the wire only that is told by what may be absent has no value where that is.
    fn values_are_known_where_absent(&self, errors: &mut Errors) {
        for known in self.names.all().iter().filter(|known| known.is_open) {
            let tellers = self.body.fields.iter().flat_map(|field| {
                told(&field.words).into_iter().map(move |(word, claim)| (field, word, claim))
            });
            let mut tellers = tellers.filter(|(_, _, claim)| {
                let names = claim.relation.iter().flat_map(|relation| relation.names());
                names.into_iter().any(|name| name.field == *known.ident)
            });
            let may_be_absent = |field: &Field| {
                field.words.condition.is_some() || field.words.optional_tail.is_some()
            };
            let first = tellers.clone().next();
            if let (Some((field, word, _)), true) =
                (first, tellers.all(|(field, word, _)| word != "if" && may_be_absent(field)))
            {
                let text = catalogue::unknown_where_absent(known.ident, &field.member, word);
                errors.report(known.ident, text);
            }
        }
    }

    /// What tells where a field ends, or whether it is there, is read before it.
    fn names_were_read(&self, index: usize, word: &str, claim: &Claim, errors: &mut Errors) {
        let Some(relation) = &claim.relation else { return };
        for name in relation.names() {
            let Some(position) = self.names.position(&name.field) else {
                self.is_no_constant(name, word, errors);
                continue;
            };
            let Some(known) = self.names.get(position) else { continue };
            let Some(field) = self.body.fields.get(index) else { continue };
            let is_before = known.field < index || (known.field == index && known.is_virtual);
            if known.field == index && !known.is_virtual {
                errors.report(&name.field, catalogue::own_length(word, &field.member));
            } else if !is_before {
                errors.report(&name.field, catalogue::read_later(&name.field, &field.member));
            }
        }
    }

    fn names_are_there(&self, claim: &Claim, errors: &mut Errors) {
        let Some(relation) = &claim.relation else { return };
        for name in relation.names() {
            if self.names.position(&name.field).is_none() {
                self.is_no_constant(name, "value", errors);
            }
        }
    }

    /// A lone name in lower case that is no field is a slip; constants are not written so.
    fn is_no_constant(&self, name: &Name, word: &str, errors: &mut Errors) {
        let text = name.field.to_string();
        let is_lower = text.starts_with(|first: char| first.is_ascii_lowercase());
        if !is_lower || self.names.is_constant(&name.field) || (self.has_header && text == "header")
        {
            return;
        }
        let widths = Width::ALL.map(Width::name);
        if word == "tag" && widths.contains(&text.as_str()) {
            errors.report(&name.field, catalogue::tag_of_is_type(&name.field));
            return;
        }
        let fields = self.names.all().iter().map(|known| known.name.as_str());
        let known =
            fields.chain(widths.iter().copied().filter(|_| word == "len" || word == "count"));
        let near = words::nearest(&text, known);
        errors.report(&name.field, catalogue::no_such_field(&text, self.container, near));
    }

    /// The range of a checksum goes from a field to the same or a later one.
    fn ends_are_in_order(&self, checksum: &Checksum, errors: &mut Errors) {
        let mut positions = Vec::new();
        for end in [&checksum.first, &checksum.last] {
            match self.names.position(end) {
                Some(position) => positions.push(position),
                None => {
                    let text = end.to_string();
                    let fields = self.names.all().iter().map(|known| known.name.as_str());
                    let near = words::nearest(&text, fields);
                    errors.report(end, catalogue::no_such_field(&text, self.container, near));
                }
            }
        }
        if let [first, last] = positions.as_slice() {
            if first > last {
                let text = catalogue::range_backwards(&checksum.first, &checksum.last);
                errors.report(&checksum.first, text);
            }
        }
    }

    /// A length is told by a number.
    fn lengths_are_numbers(&self, index: usize, field: &Field, errors: &mut Errors) {
        for (word, claim) in told(&field.words) {
            let is_extent = word == "len" || word == "count";
            let names = claim.relation.iter().flat_map(|relation| relation.names());
            for name in names.into_iter().filter(|name| is_extent && name.inner.is_empty()) {
                let known = self.names.position(&name.field).and_then(|it| self.names.get(it));
                // That it names itself was reported.
                let other = known.filter(|known| known.field != index || known.is_virtual);
                if let Some(known) = other.filter(|known| is_no_number(known.ty)) {
                    let ty = known.ty.to_token_stream();
                    errors.report(&name.field, catalogue::length_not_number(&name.field, &ty));
                }
            }
        }
    }

    /// After an optional tail only others can follow: nothing else tells whether it is there.
    fn optional_tails_come_last(&self, errors: &mut Errors) {
        let mut tail = None;
        for field in self.body.on_the_wire() {
            match (&field.words.optional_tail, tail) {
                (Some(_), _) => tail = Some(field),
                (None, None) => {}
                (None, Some(tail)) => {
                    let text = catalogue::after_tail(&field.member, &tail.member);
                    errors.report(&field.ty, text);
                }
            }
        }
    }
}

/// Whether the spelling of a type says that it is no number.
fn is_no_number(ty: &Type) -> bool {
    const OTHERS: &[&str] = &["String", "str", "Vec", "f32", "f64", "char", "Option"];
    match ty {
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|last| OTHERS.iter().any(|it| last.ident == it))
        }
        Type::Reference(_) | Type::Array(_) | Type::Tuple(_) | Type::Slice(_) => true,
        _ => false,
    }
}

/// What earlier fields tell of a field, by the words that say so.
pub(super) fn told(words: &Words) -> Vec<(&'static str, &Claim)> {
    let mut told = Vec::new();
    for (word, measure) in [("len", &words.len), ("count", &words.count)] {
        if let Some(Measure::Claim(claim)) = measure.as_ref().map(|written| &written.value) {
            told.push((word, claim));
        }
    }
    told.extend(words.condition.as_ref().map(|written| ("if", &written.value)));
    told.extend(words.tag_of.as_ref().map(|written| ("tag", &written.value)));
    told
}

/// What is computed for a field, or for what stands at it.
pub(super) fn computed(words: &Words) -> Vec<&Claim> {
    let on_wire = [&words.before, &words.after].into_iter().flatten();
    let values = on_wire.flat_map(|written| &written.value).filter_map(|it| it.value.as_ref());
    let claims = values.filter_map(|value| match value {
        OnWireValue::Claim(claim) => Some(claim),
        OnWireValue::Checksum(_) => None,
    });
    let own = [&words.value, &words.order_of].into_iter().flatten();
    own.map(|written| &written.value).chain(claims).collect()
}

fn checksums(words: &Words) -> Vec<&Checksum> {
    let on_wire = [&words.before, &words.after].into_iter().flatten();
    let values = on_wire.flat_map(|written| &written.value).filter_map(|it| it.value.as_ref());
    let sums = values.filter_map(|value| match value {
        OnWireValue::Claim(_) => None,
        OnWireValue::Checksum(checksum) => Some(checksum),
    });
    words.checksum.as_ref().map(|written| &written.value).into_iter().chain(sums).collect()
}
