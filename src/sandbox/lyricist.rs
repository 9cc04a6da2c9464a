//! Writes a few lines from a description, for the requests that bring no words. The same
//! description makes the same lines.

/// A verse and a chorus.
pub(super) fn write(description: &str) -> String {
    let mut words: Vec<&str> = description.split_whitespace().take(6).collect();
    if words.is_empty() {
        words.push("nothing at all");
    }
    let theme = words.join(" ");
    let theme = theme.trim_end_matches([',', '.', ';', ':', '!', '?']);
    format!(
        "[Verse]\nI woke up with a tune inside my head\nIt was {theme}, like you said\n\
         The window light was counting out the time\nAnd every step was falling into rhyme\n\n\
         [Chorus]\nOh, sing it once, sing it again\n{theme}, and then\n\
         Oh, sing it low, sing it for me\nThis is how it ought to be\n"
    )
}

/// A title from a description: its first words.
pub(super) fn title(description: &str) -> String {
    let mut title = String::new();
    for word in description.split_whitespace().take(4) {
        if !title.is_empty() {
            title.push(' ');
        }
        let mut letters = word.chars();
        title.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        title.push_str(letters.as_str());
    }
    let end = title.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
    title.truncate(end);
    if title.is_empty() { "Untitled".into() } else { title }
}
