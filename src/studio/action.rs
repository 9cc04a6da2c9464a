//! The one table of everything a key can do.
//!
//! Keymap, help, palette, configuration and the README's key list all read it; none has a list of
//! its own.

/// Where an action's keys are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// Everywhere but in an overlay. A key that types a character acts only outside text.
    Anywhere,
    /// While typing: the words, or a text field.
    Text,
    /// Anywhere in the Song pane.
    Song,
    /// On a choice or a slider of the Song pane.
    Control,
    /// In the queue or the takes.
    List,
    /// In the queue.
    Queue,
    /// In the takes.
    Takes,
    /// In an overlay.
    Overlay,
}

impl Scope {
    /// Heading in the help.
    pub fn title(self) -> &'static str {
        match self {
            Self::Anywhere => "Anywhere",
            Self::Text => "Writing",
            Self::Song => "Song",
            Self::Control => "Choices and sliders",
            Self::List => "Queue and takes",
            Self::Queue => "Queue",
            Self::Takes => "Takes",
            Self::Overlay => "Windows",
        }
    }

    /// All scopes, in the order of the help.
    pub const ALL: [Self; 8] = [
        Self::Anywhere,
        Self::Text,
        Self::Song,
        Self::Control,
        Self::List,
        Self::Queue,
        Self::Takes,
        Self::Overlay,
    ];
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// What is done.
    pub action: Action,
    /// Its name in the configuration.
    pub name: &'static str,
    /// Where its keys are heard.
    pub scope: Scope,
    /// Its keys when the configuration says nothing.
    pub keys: &'static [&'static str],
    /// What it does, in a few words.
    pub title: &'static str,
}

macro_rules! actions {
    ($($scope:ident { $($action:ident $name:literal [$($key:literal)*] $title:literal)* })*) => {
        /// Something a user can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $($(#[doc = $title] $action,)*)* }

        /// Every action, with its name, place and default keys.
        pub const TABLE: &[Entry] = &[$($(Entry {
            action: Action::$action,
            name: $name,
            scope: Scope::$scope,
            keys: &[$($key),*],
            title: $title,
        },)*)*];
    };
}

actions! {
    Anywhere {
        Generate       "generate"        ["ctrl+g"]                 "Generate two takes"
        PlayPause      "play-pause"      ["ctrl+space" "f8" "space"] "Play or pause"
        NextTake       "next-take"       ["f9" ">"]                 "Play the next take"
        PreviousTake   "previous-take"   ["f7" "<"]                 "Play the previous take"
        Stop           "stop"            ["s"]                      "Stop playing"
        SeekBack       "seek-back"       ["alt+left" ","]           "Back 5 seconds"
        SeekForward    "seek-forward"    ["alt+right" "."]          "Forward 5 seconds"
        StepBack       "step-back"       ["alt+shift+left"]         "Back 1 second"
        StepForward    "step-forward"    ["alt+shift+right"]        "Forward 1 second"
        PreviousSection "previous-section" ["alt+pageup" "("]       "To the section before"
        NextSection    "next-section"    ["alt+pagedown" ")"]       "To the section after"
        SwitchTake     "switch-take"     ["alt+x" "x"]              "Hear the other take, at the same place"
        LoopStart      "loop-start"      ["["]                      "Loop from here"
        LoopEnd        "loop-end"        ["]"]                      "Loop to here"
        LoopClear      "loop-clear"      ["\\"]                     "Stop looping"
        Note           "note"            ["alt+n" "n"]              "Note something about this moment"
        Mute           "mute"            ["m"]                      "Silence, and back"
        MatchLoudness  "match-loudness"  ["l"]                      "Match the loudness of a pair, or as delivered"
        Pictures       "pictures"        ["alt+v" "v"]              "Waveform, spectrum, or neither"
        SoundOutput    "sound-output"    []                         "Choose the sound output"
        VolumeUp       "volume-up"       ["alt+up" "+" "="]         "Louder"
        VolumeDown     "volume-down"     ["alt+down" "-"]           "Quieter"
        NextPane       "next-pane"       ["tab"]                    "Next pane"
        PreviousPane   "previous-pane"   ["shift+tab"]              "Previous pane"
        GoLyrics       "lyrics"          ["alt+1"]                  "To the lyrics"
        GoSong         "song"            ["alt+2"]                  "To the song's parameters"
        GoQueue        "queue"           ["alt+3"]                  "To the queue"
        GoTakes        "takes"           ["alt+4"]                  "To the takes"
        NextProfile    "next-profile"    ["alt+g"]                  "To the next gateway"
        SwitchMode     "switch-mode"     ["alt+m"]                  "Own lyrics, or describe the song"
        Template       "template"        ["ctrl+t"]                 "Put a song form into empty lyrics"
        NewSong        "new-song"        ["ctrl+n"]                 "New song"
        OpenSong       "open-song"       ["ctrl+o"]                 "Open another song"
        Palette        "palette"         ["ctrl+p" ":"]             "Find an action"
        Help           "help"            ["f1" "?"]                 "Help"
        Save           "save"            ["ctrl+s"]                 "Save now; it is also saved as you type"
        Redraw         "redraw"          ["ctrl+l"]                 "Draw the screen again"
        Quit           "quit"            ["ctrl+q"]                 "Quit"
    }
    Text {
        PlayLine       "play-line"       ["alt+enter"]              "Play from the line under the cursor"
        Undo           "undo"            ["ctrl+z"]                 "Undo"
        Redo           "redo"            ["ctrl+y" "ctrl+shift+z"]  "Redo"
        Cut            "cut"             ["ctrl+x"]                 "Cut"
        Copy           "copy"            ["ctrl+c"]                 "Copy"
        PasteKept      "paste"           ["ctrl+v"]                 "Paste what was cut or copied here"
        SelectAll      "select-all"      ["ctrl+a"]                 "Select all"
        Newline        "newline"         ["enter"]                  "New line"
        DeleteBack     "delete-back"     ["backspace" "shift+backspace" "ctrl+h"] "Delete backwards"
        DeleteForward  "delete-forward"  ["delete"]                 "Delete forwards"
        DeleteWordBack "delete-word-back" ["ctrl+w" "alt+backspace" "ctrl+backspace"] "Delete the word before"
        DeleteWordForward "delete-word-forward" ["alt+d" "ctrl+delete"] "Delete the word after"
        DeleteToEnd    "delete-to-end"   ["ctrl+k"]                 "Delete to the end of the line"
        Left           "left"            ["left"]                   "Left"
        Right          "right"           ["right"]                  "Right"
        Up             "up"              ["up"]                     "Up"
        Down           "down"            ["down"]                   "Down"
        WordLeft       "word-left"       ["ctrl+left" "alt+b"]      "A word left"
        WordRight      "word-right"      ["ctrl+right" "alt+f"]     "A word right"
        LineStart      "line-start"      ["home"]                   "Start of the line"
        LineEnd        "line-end"        ["end" "ctrl+e"]           "End of the line"
        PageUp         "page-up"         ["pageup"]                 "A page up"
        PageDown       "page-down"       ["pagedown"]               "A page down"
        TextStart      "text-start"      ["ctrl+home"]              "Start of the text"
        TextEnd        "text-end"        ["ctrl+end"]               "End of the text"
        SelectLeft     "select-left"     ["shift+left"]             "Select to the left"
        SelectRight    "select-right"    ["shift+right"]            "Select to the right"
        SelectUp       "select-up"       ["shift+up"]               "Select upwards"
        SelectDown     "select-down"     ["shift+down"]             "Select downwards"
        SelectWordLeft "select-word-left" ["ctrl+shift+left"]       "Select a word to the left"
        SelectWordRight "select-word-right" ["ctrl+shift+right"]    "Select a word to the right"
        SelectLineStart "select-line-start" ["shift+home"]          "Select to the start of the line"
        SelectLineEnd  "select-line-end" ["shift+end"]              "Select to the end of the line"
    }
    Song {
        FieldUp        "field-up"        ["up"]                     "Field above"
        FieldDown      "field-down"      ["down" "enter"]           "Field below"
    }
    Control {
        Less           "less"            ["left"]                   "Less by 0.05, or the choice before"
        More           "more"            ["right"]                  "More by 0.05, or the choice after"
        FineLess       "fine-less"       ["shift+left"]             "Less by 0.01"
        FineMore       "fine-more"       ["shift+right"]            "More by 0.01"
    }
    List {
        RowUp          "row-up"          ["up" "k"]                 "Row above"
        RowDown        "row-down"        ["down" "j"]               "Row below"
        RowsUp         "rows-up"         ["pageup"]                 "A page up"
        RowsDown       "rows-down"       ["pagedown"]               "A page down"
        FirstRow       "first-row"       ["home" "g"]               "First row"
        LastRow        "last-row"        ["end" "G"]                "Last row"
    }
    Queue {
        JobDetail      "job-detail"      ["enter"]                  "The job's whole story"
        CancelJob      "cancel-job"      ["c" "delete"]             "Cancel the job, let it go, or forget it"
        RetryJob       "retry-job"       ["r"]                      "Try again, or watch again"
        CheckBalance   "check-balance"   ["b"]                      "The balance: what is left on the account"
        WriteStory     "write-story"     ["w"]                      "Write the job's whole story to a file"
    }
    Takes {
        PlayTake       "play-take"       ["enter"]                  "Play this take"
        Rewind         "rewind"          ["left"]                   "Back 5 seconds"
        Forward        "forward"         ["right"]                  "Forward 5 seconds"
        RewindStep     "rewind-step"     ["shift+left"]             "Back 1 second"
        ForwardStep    "forward-step"    ["shift+right"]            "Forward 1 second"
        TakeInfo       "take-detail"     ["i"]                      "All about this take: notes, lines, facts"
        Pick           "pick"            ["p" "*"]                  "Star the better take; once more takes it back"
        Blind          "blind"           ["b"]                      "Compare the pair blind, without names"
        PlayPair       "play-pair"       ["a"]                      "Play the pair: A, then B"
        Repeat         "repeat"          ["r"]                      "Repeat: nothing, the take, the pair"
        DeleteNote     "delete-note"     ["delete"]                 "Delete the selected note of a take"
        To0            "to-0"            ["0"]                      "To the start"
        To10           "to-10"           ["1"]                      "To 10 %"
        To20           "to-20"           ["2"]                      "To 20 %"
        To30           "to-30"           ["3"]                      "To 30 %"
        To40           "to-40"           ["4"]                      "To 40 %"
        To50           "to-50"           ["5"]                      "To the middle"
        To60           "to-60"           ["6"]                      "To 60 %"
        To70           "to-70"           ["7"]                      "To 70 %"
        To80           "to-80"           ["8"]                      "To 80 %"
        To90           "to-90"           ["9"]                      "To 90 %"
    }
    Overlay {
        Dismiss        "dismiss"         ["esc"]                    "Close"
        Choose         "choose"          ["enter"]                  "Choose"
        ChoiceUp       "choice-up"       ["up" "shift+tab"]         "Up"
        ChoiceDown     "choice-down"     ["down" "tab"]             "Down"
        ChoicePageUp   "choice-page-up"  ["pageup"]                 "A page up"
        ChoicePageDown "choice-page-down" ["pagedown"]              "A page down"
        Erase          "erase"           ["backspace"]              "Delete backwards"
        QuitAnyway     "quit-anyway"     ["alt+q"]                  "Quit, and lose what is not saved"
    }
}

impl Action {
    /// Its row.
    pub fn entry(self) -> &'static Entry {
        // The macro writes enum and table in one order.
        &TABLE[self as usize]
    }

    /// Whether a window on top stays when this is done: what is heard or drawn needs no room, and
    /// a note closes it by itself.
    pub fn spares_windows(self) -> bool {
        use Action::{
            LoopClear, LoopEnd, LoopStart, MatchLoudness, Mute, NextSection, NextTake, Note,
            Pictures, PlayPause, PreviousSection, PreviousTake, Redraw, Save, SeekBack,
            SeekForward, StepBack, StepForward, Stop, SwitchTake, VolumeDown, VolumeUp,
        };
        let spares = [
            PlayPause,
            NextTake,
            PreviousTake,
            Stop,
            SeekBack,
            SeekForward,
            StepBack,
            StepForward,
            PreviousSection,
            NextSection,
            SwitchTake,
            LoopStart,
            LoopEnd,
            LoopClear,
            Mute,
            MatchLoudness,
            Note,
            Pictures,
            VolumeUp,
            VolumeDown,
            Save,
            Redraw,
        ];
        self.entry().scope != Scope::Anywhere || spares.contains(&self)
    }

    /// The action with that name in the configuration.
    pub fn named(name: &str) -> Option<Self> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_action_finds_its_own_row() {
        for (index, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.action as usize, index);
            assert_eq!(entry.action.entry().name, entry.name);
            assert_eq!(Action::named(entry.name), Some(entry.action));
        }
    }

    #[test]
    fn no_key_means_two_things_in_one_place() {
        let mut seen = BTreeSet::new();
        for entry in TABLE {
            for key in entry.keys {
                assert!(seen.insert((entry.scope, key)), "{key} twice in {:?}", entry.scope);
            }
        }
    }
}
