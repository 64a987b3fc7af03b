//! Topic Names and Topic Filters: section 4.7, and 1.5.3 for what no text may hold.

/// MQTT-1.5.3-2: the character U+0000 is not part of any text.
pub(crate) fn is_text(text: &str) -> bool {
    !text.contains('\0')
}

/// MQTT-3.3.2-2: what is published has a topic without wildcards.
pub(crate) fn is_topic_name(topic: &str) -> bool {
    is_text(topic) && !topic.contains(['+', '#'])
}

/// 4.7.1: `#` stands for all that is left and comes last, `+` for one level, both alone in their level.
pub(crate) fn is_topic_filter(filter: &str) -> bool {
    let is_level = |level: &str| matches!(level, "+" | "#") || !level.contains(['+', '#']);
    let ends_there = filter.find('#').is_none_or(|place| place + 1 == filter.len());
    !filter.is_empty() && ends_there && is_text(filter) && filter.split('/').all(is_level)
}

/// 4.7: whether a topic is one of those that a filter stands for.
pub(crate) fn matches(filter: &str, topic: &str) -> bool {
    // MQTT-4.7.2-1: wildcards at the beginning leave the server's own topics alone.
    if topic.starts_with('$') && filter.starts_with(['+', '#']) {
        return false;
    }
    let mut levels = topic.split('/');
    for wanted in filter.split('/') {
        match (wanted, levels.next()) {
            // 4.7.1.2: the level above is meant, too.
            ("#", _) => return true,
            ("+", Some(_)) => {}
            (wanted, Some(level)) if wanted == level => {}
            (_, _) => return false,
        }
    }
    levels.next().is_none()
}
