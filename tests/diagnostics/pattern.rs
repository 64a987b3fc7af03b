//! A text of the catalogue with anything in place of its placeholders.

/// Fixed text, with anything between the pieces.
pub(crate) struct Pattern(pub(crate) Vec<String>);

impl Pattern {
    /// The pattern of a text with placeholders in braces.
    pub(crate) fn of(template: &str) -> Pattern {
        let mut pieces = vec![String::new()];
        let mut depth = 0;
        for char in template.replace("{{", "\u{1}").replace("}}", "\u{2}").chars() {
            match char {
                '{' => depth += 1,
                '}' => {
                    depth -= 1;
                    pieces.push(String::new());
                }
                _ if depth > 0 => {}
                char => pieces.last_mut().expect("never empty").push(match char {
                    '\u{1}' => '{',
                    '\u{2}' => '}',
                    char => char,
                }),
            }
        }
        Pattern(pieces)
    }

    pub(crate) fn fixed(&self) -> usize {
        self.0.iter().map(String::len).sum()
    }

    pub(crate) fn begins_with(&self, char: char) -> bool {
        self.0.first().is_some_and(|piece| piece.starts_with(char))
    }

    /// Whether a text is one of these: it begins with the first piece, and has the others in order.
    pub(crate) fn fits(&self, text: &str) -> bool {
        let Some((first, others)) = self.0.split_first() else { return false };
        let Some(mut rest) = text.strip_prefix(first.as_str()) else { return false };
        others.iter().all(|piece| match rest.find(piece.as_str()) {
            Some(at) => {
                rest = rest.get(at + piece.len()..).unwrap_or("");
                true
            }
            None => false,
        })
    }
}
