//! Where the sound goes.

use crate::player::{Command, OutputKind};
use crate::studio::{Model, Outlet, Overlay, Picker, Tone, literal};

impl Model {
    /// Asks which outputs there are, to choose from.
    pub(super) fn ask_outputs(&mut self) {
        self.listening.asks_outputs = true;
        self.send(Command::ListOutputs);
        self.say(Tone::Plain, "Asking for the sound outputs");
    }

    pub(super) fn outputs_told(&mut self, names: Vec<String>) {
        if !std::mem::take(&mut self.listening.asks_outputs) {
            return;
        }
        // A window that was opened meanwhile is what the user wants now.
        if self.overlay.is_some() {
            let text =
                "The outputs are known; close this window and ask again ({palette} finds it)";
            return self.say(Tone::Plain, text);
        }
        self.say(Tone::Plain, "");
        self.open(Overlay::Pick(Picker::outputs(names)));
    }

    pub(super) fn choose_output(&mut self, outlet: Outlet) {
        let (output, to) = match outlet {
            Outlet::System => (OutputKind::System, "Sound goes where the system sends it".into()),
            Outlet::Silent => (OutputKind::Silent, "Takes play in silence".into()),
            Outlet::Named(name) => {
                let to = format!("Sound goes to {}", literal(&name));
                (OutputKind::Named(name), to)
            }
        };
        self.send(Command::Output(output));
        let text = format!(
            "{to} until Refrain is closed; device under [sound] in the configuration keeps it"
        );
        self.say(Tone::Plain, text);
    }
}
