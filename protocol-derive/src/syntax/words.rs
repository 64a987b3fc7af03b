//! The words of one place, each with its typed value.

use proc_macro2::{Ident, TokenStream};
use syn::{Attribute, Member, Type, WherePredicate};

use super::attribute::{self, Setting};
use super::bits::{self, BitOrder, BitWidth};
use super::claim::{self, Check, Checksum, Claim, Magic, OnWire};
use super::conversation::{self, ReplyTypes, Side, StateName};
use super::header::{self, HeaderNamed, HeaderRole, Of};
use super::tag::{self, TagWritten};
use super::value::{self, ByteOrder, IdType, Measure, Prefix, Range, Trailing};
use crate::errors::Errors;
use crate::words::{Place, Word};

/// A word that was given, and where.
pub(crate) struct Written<T> {
    pub(crate) key: Ident,
    pub(crate) value: T,
    /// The value's tokens, to point at.
    pub(crate) tokens: TokenStream,
}

/// What stands in the `#[wire(...)]` of one place. Words that do not belong there are none.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) bound: Option<Written<Vec<WherePredicate>>>,
    pub(crate) count: Option<Written<Measure>>,
    pub(crate) crate_path: Option<Written<TokenStream>>,
    pub(crate) default: Option<Written<TokenStream>>,
    pub(crate) depth: Option<Written<u32>>,
    pub(crate) endian: Option<Written<ByteOrder>>,
    /// `endian` as an expression of earlier fields.
    pub(crate) order_of: Option<Written<Claim>>,
    pub(crate) id: Option<Written<IdType>>,
    pub(crate) item: Option<Written<Box<Words>>>,
    pub(crate) key: Option<Written<Box<Words>>>,
    pub(crate) len: Option<Written<Measure>>,
    pub(crate) max: Option<Written<TokenStream>>,
    pub(crate) min: Option<Written<TokenStream>>,
    pub(crate) name: Option<Written<String>>,
    pub(crate) reserved: Option<Written<Vec<Range>>>,
    pub(crate) rest: Option<Written<()>>,
    pub(crate) skip: Option<Written<()>>,
    pub(crate) tag: Option<Written<Prefix>>,
    pub(crate) trailing: Option<Written<Trailing>>,
    pub(crate) unknown: Option<Written<()>>,
    pub(crate) with: Option<Written<TokenStream>>,
    pub(crate) after: Option<Written<Vec<OnWire>>>,
    pub(crate) align: Option<Written<TokenStream>>,
    pub(crate) as_type: Option<Written<Type>>,
    pub(crate) before: Option<Written<Vec<OnWire>>>,
    pub(crate) bit_order: Option<Written<BitOrder>>,
    pub(crate) bits: Option<Written<BitWidth>>,
    pub(crate) blank: Option<Written<()>>,
    pub(crate) body_len: Option<Written<Prefix>>,
    pub(crate) check: Option<Written<Check>>,
    pub(crate) checksum: Option<Written<Checksum>>,
    pub(crate) duplicate_ids: Option<Written<()>>,
    pub(crate) from: Option<Written<Side>>,
    pub(crate) header: Option<Written<HeaderNamed>>,
    pub(crate) header_field: Option<Written<Member>>,
    pub(crate) condition: Option<Written<Claim>>,
    pub(crate) magic: Option<Written<Magic>>,
    pub(crate) max_len: Option<Written<TokenStream>>,
    pub(crate) of: Option<Written<Of>>,
    pub(crate) optional_tail: Option<Written<()>>,
    pub(crate) pad: Option<Written<TokenStream>>,
    pub(crate) pad_to: Option<Written<TokenStream>>,
    pub(crate) range: Option<Written<TokenStream>>,
    pub(crate) removed: Option<Written<TokenStream>>,
    pub(crate) reply: Option<Written<ReplyTypes>>,
    pub(crate) role: Option<Written<HeaderRole>>,
    pub(crate) secret: Option<Written<()>>,
    pub(crate) since: Option<Written<TokenStream>>,
    pub(crate) start: Option<Written<StateName>>,
    pub(crate) states: Option<Written<Vec<StateName>>>,
    pub(crate) tag_number: Option<Written<TagWritten>>,
    pub(crate) tag_of: Option<Written<Claim>>,
    pub(crate) then: Option<Written<StateName>>,
    pub(crate) until: Option<Written<TokenStream>>,
    pub(crate) value: Option<Written<Claim>>,
    pub(crate) version: Option<Written<TokenStream>>,
    /// Whether fields that cannot grow are warned of.
    pub(crate) warn: Option<Written<()>>,
    /// The words whose values could not be read: no rule may take their absence for a choice.
    unread: Vec<Word>,
}

impl Words {
    /// Reads the attributes of one place; what cannot be read is reported and left out.
    pub(super) fn read(attributes: &[Attribute], place: Place, errors: &mut Errors) -> Words {
        let mut words = Words::default();
        for setting in attribute::settings(attributes, place, errors) {
            words.set(setting, errors);
        }
        words
    }

    fn nested(
        list: TokenStream,
        place: Place,
        errors: &mut Errors,
    ) -> Result<Box<Words>, value::Wrong> {
        let mut settings = Vec::new();
        attribute::collect(list, place, &mut settings, errors);
        let mut words = Words::default();
        for setting in settings {
            words.set(setting, errors);
        }
        Ok(Box::new(words))
    }

    fn set(&mut self, setting: Setting, errors: &mut Errors) {
        let tokens = setting.value.clone();
        match setting.row.word {
            Word::Bound => self.put(|it| &mut it.bound, setting, value::bounds(tokens), errors),
            Word::Count => self.put(|it| &mut it.count, setting, value::measure(tokens), errors),
            Word::Crate => {
                self.put(|it| &mut it.crate_path, setting, value::crate_path(tokens), errors)
            }
            Word::Depth => self.put(|it| &mut it.depth, setting, value::depth(tokens), errors),
            Word::Endian => match value::is_order(&tokens) {
                true => self.put(|it| &mut it.endian, setting, value::byte_order(tokens), errors),
                false => self.put(|it| &mut it.order_of, setting, Ok(claim::claim(tokens)), errors),
            },
            Word::Id => self.put(|it| &mut it.id, setting, value::id_type(tokens), errors),
            Word::Item => {
                let words = Words::nested(tokens, Place::Item, errors);
                self.put(|it| &mut it.item, setting, words, errors);
            }
            Word::Key => {
                let words = Words::nested(tokens, Place::Key, errors);
                self.put(|it| &mut it.key, setting, words, errors);
            }
            Word::Len => self.put(|it| &mut it.len, setting, value::measure(tokens), errors),
            Word::Max => self.put(|it| &mut it.max, setting, value::number(tokens), errors),
            Word::Min => self.put(|it| &mut it.min, setting, value::number(tokens), errors),
            Word::Name => self.put(|it| &mut it.name, setting, value::text(tokens), errors),
            Word::Reserved => {
                self.put(|it| &mut it.reserved, setting, value::ranges(tokens), errors)
            }
            Word::Rest => self.put(|it| &mut it.rest, setting, Ok(()), errors),
            Word::Tag => self.put(|it| &mut it.tag, setting, tag::width(tokens), errors),
            Word::Trailing => {
                self.put(|it| &mut it.trailing, setting, value::trailing(tokens), errors)
            }
            Word::Unknown => self.put(|it| &mut it.unknown, setting, Ok(()), errors),
            Word::BitOrder => {
                self.put(|it| &mut it.bit_order, setting, bits::order(tokens), errors)
            }
            Word::BodyLen => self.put(|it| &mut it.body_len, setting, tag::width(tokens), errors),
            Word::DuplicateIds => self.put(|it| &mut it.duplicate_ids, setting, Ok(()), errors),
            Word::From => self.put(|it| &mut it.from, setting, conversation::side(tokens), errors),
            Word::Header => self.put(|it| &mut it.header, setting, header::named(tokens), errors),
            Word::MaxLen => self.put(|it| &mut it.max_len, setting, value::number(tokens), errors),
            Word::PadTo => self.put(|it| &mut it.pad_to, setting, value::number(tokens), errors),
            Word::Reply => {
                self.put(|it| &mut it.reply, setting, conversation::reply(tokens), errors)
            }
            Word::Start => {
                self.put(|it| &mut it.start, setting, conversation::state(tokens), errors)
            }
            Word::State => {
                self.put(|it| &mut it.states, setting, conversation::states(tokens), errors)
            }
            Word::Then => self.put(|it| &mut it.then, setting, conversation::state(tokens), errors),
            Word::TagNumber => {
                self.put(|it| &mut it.tag_number, setting, tag::of_variant(tokens), errors)
            }
            Word::Warn => self.put(|it| &mut it.warn, setting, value::warnings(tokens), errors),
            Word::Version => self.put(|it| &mut it.version, setting, value::number(tokens), errors),
            Word::Until => self.put(|it| &mut it.until, setting, value::byte(tokens), errors),
            // Of a field alone.
            _ => self.set_of_field(setting, errors),
        }
    }

    /// The words that only a field can carry.
    fn set_of_field(&mut self, setting: Setting, errors: &mut Errors) {
        let tokens = setting.value.clone();
        match setting.row.word {
            Word::Default => self.put(|it| &mut it.default, setting, Ok(tokens), errors),
            Word::Skip => self.put(|it| &mut it.skip, setting, Ok(()), errors),
            Word::After => self.put(|it| &mut it.after, setting, claim::on_wire(tokens), errors),
            Word::Align => self.put(|it| &mut it.align, setting, value::positive(tokens), errors),
            Word::As => self.put(|it| &mut it.as_type, setting, value::ty(tokens), errors),
            Word::Before => self.put(|it| &mut it.before, setting, claim::on_wire(tokens), errors),
            Word::Bits => self.put(|it| &mut it.bits, setting, bits::width(tokens), errors),
            Word::Blank => self.put(|it| &mut it.blank, setting, Ok(()), errors),
            Word::Check => self.put(|it| &mut it.check, setting, claim::check(tokens), errors),
            Word::Checksum => {
                self.put(|it| &mut it.checksum, setting, claim::checksum(tokens), errors)
            }
            Word::HeaderField => {
                self.put(|it| &mut it.header_field, setting, header::field(tokens), errors)
            }
            Word::If => self.put(|it| &mut it.condition, setting, Ok(claim::claim(tokens)), errors),
            Word::Magic => self.put(|it| &mut it.magic, setting, claim::magic(tokens), errors),
            Word::Of => self.put(|it| &mut it.of, setting, header::of(tokens), errors),
            Word::OptionalTail => self.put(|it| &mut it.optional_tail, setting, Ok(()), errors),
            Word::Pad => self.put(|it| &mut it.pad, setting, value::number(tokens), errors),
            Word::Range => self.put(|it| &mut it.range, setting, Ok(tokens), errors),
            Word::Removed => self.put(|it| &mut it.removed, setting, value::number(tokens), errors),
            Word::Role => self.put(|it| &mut it.role, setting, header::role(tokens), errors),
            Word::Secret => self.put(|it| &mut it.secret, setting, Ok(()), errors),
            Word::Since => self.put(|it| &mut it.since, setting, value::number(tokens), errors),
            Word::TagOf => self.put(|it| &mut it.tag_of, setting, Ok(claim::claim(tokens)), errors),
            Word::Value => self.put(|it| &mut it.value, setting, Ok(claim::claim(tokens)), errors),
            Word::With => {
                let path = value::path(tokens, setting.row.usage);
                self.put(|it| &mut it.with, setting, path, errors);
            }
            // In `set`.
            _ => {}
        }
    }

    fn put<T>(
        &mut self,
        slot: fn(&mut Words) -> &mut Option<Written<T>>,
        setting: Setting,
        value: Result<T, value::Wrong>,
        errors: &mut Errors,
    ) {
        let Setting { key, value: tokens, row } = setting;
        match value {
            Ok(value) => *slot(self) = Some(Written { key, value, tokens }),
            Err(value::Wrong { at, text }) => {
                self.unread.push(row.word);
                errors.report(at, text);
            }
        }
    }

    /// Whether a word was given with a value that could not be read, which was reported.
    pub(crate) fn is_unread(&self, word: Word) -> bool {
        self.unread.contains(&word)
    }

    /// The word that lets this field, or an item within it, take all remaining bytes.
    pub(crate) fn rest_anywhere(&self) -> Option<&Ident> {
        let own = self.rest.as_ref().map(|rest| &rest.key);
        own.or_else(|| self.item.as_ref()?.value.rest_anywhere())
            .or_else(|| self.key.as_ref()?.value.rest_anywhere())
    }

    /// The words that say where the field ends.
    pub(crate) fn extents(&self) -> Vec<(&'static str, &Ident)> {
        let given = [
            ("len", self.len.as_ref().map(|it| &it.key)),
            ("count", self.count.as_ref().map(|it| &it.key)),
            ("rest", self.rest.as_ref().map(|it| &it.key)),
            ("until", self.until.as_ref().map(|it| &it.key)),
            ("pad_to", self.pad_to.as_ref().map(|it| &it.key)),
        ];
        present(&given)
    }

    /// The words that choose the field's format.
    pub(crate) fn formats(&self) -> Vec<(&'static str, &Ident)> {
        let given = [
            ("endian", self.endian.as_ref().map(|it| &it.key)),
            ("max", self.max.as_ref().map(|it| &it.key)),
            ("min", self.min.as_ref().map(|it| &it.key)),
            ("item", self.item.as_ref().map(|it| &it.key)),
            ("key", self.key.as_ref().map(|it| &it.key)),
        ];
        let mut words = self.extents();
        words.extend(present(&given));
        words
    }

    /// The word that hands the field to code of the user.
    pub(crate) fn codec(&self) -> Option<(&'static str, &Ident)> {
        self.with.as_ref().map(|it| ("with", &it.key))
    }

    /// Every word that changes what stands on the wire.
    pub(crate) fn all_of_the_wire(&self) -> Vec<(&'static str, &Ident)> {
        let mut words = self.formats();
        words.extend(self.codec());
        words.extend(self.skip.as_ref().map(|it| ("skip", &it.key)));
        words
    }
}

fn present<'w>(given: &[(&'static str, Option<&'w Ident>)]) -> Vec<(&'static str, &'w Ident)> {
    given.iter().filter_map(|(word, key)| key.map(|key| (*word, key))).collect()
}
