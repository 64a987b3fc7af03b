//! The word that was probably meant.

/// The candidate nearest to `text`, if it is near enough to be a slip of the finger.
pub(crate) fn nearest<'c>(
    text: &str,
    candidates: impl Iterator<Item = &'c str>,
) -> Option<&'c str> {
    candidates
        .map(|candidate| (distance(text, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= slips(text, candidate))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many slips two words of these lengths may be apart: one in three letters.
fn slips(text: &str, candidate: &str) -> usize {
    text.chars().count().max(candidate.chars().count()).div_ceil(3)
}

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to turn
/// `a` into `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (row, x) in a.chars().enumerate() {
        let mut current = vec![row + 1];
        for (column, y) in b.iter().enumerate() {
            let cell =
                |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX - 1);
            let mut best = (cell(&above, column) + usize::from(x != *y))
                .min(cell(&above, column + 1) + 1)
                .min(cell(&current, column) + 1);
            let swapped = column > 0 && last == Some(*y) && b.get(column - 1) == Some(&x);
            if swapped {
                best = best.min(cell(&before, column - 1) + 1);
            }
            current.push(best);
        }
        before = std::mem::replace(&mut above, current);
        last = Some(x);
    }
    above.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_swap_is_one_slip() {
        assert_eq!(distance("cuont", "count"), 1);
        assert_eq!(distance("", "len"), 3);
        assert_eq!(distance("len", "len"), 0);
        assert_eq!(distance("lenght", "len"), 3);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn a_far_word_is_not_suggested() {
        let words = ["count", "len", "rest"];
        assert_eq!(nearest("cuont", words.into_iter()), Some("count"));
        assert_eq!(nearest("encoding", words.into_iter()), None);
    }
}
