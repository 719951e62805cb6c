//! Runs, look-ups and timers, folded.

use jiff::Timestamp;

use crate::case::actor::{Actor, PluginIdentity};
use crate::case::entries::{LookUp, Timer};
use crate::case::event::Event;
use crate::case::run::{CaseRun, RunSummary};
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_plugin(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::LookUpRequested { key, name, path } => self.look_ups.push(LookUp {
                by: by.clone(),
                key: key.clone(),
                name: name.clone(),
                path: path.clone(),
                answered: false,
            }),
            Event::LookUpAnswered { key, requester, .. } => self.answer_look_up(key, requester),
            Event::TimerSet { key, fires_at } => {
                self.drop_timer(key, by.plugin());
                self.timers.push(Timer {
                    by: by.clone(),
                    key: key.clone(),
                    fires_at: *fires_at,
                });
            }
            Event::TimerCancelled { key } => self.drop_timer(key, by.plugin()),
            Event::TimerFired { key, owner } => self.drop_timer(key, Some(owner)),
            Event::PluginDecided { run } => self.remember(at, run.clone()),
            _ => {}
        }
    }

    /// The memory goes to its place; the run is listed without it.
    fn remember(&mut self, at: Timestamp, mut run: RunSummary) {
        if let Some(memory) = run.memory.take() {
            self.memories.insert(run.plugin.key(), memory);
        }
        self.runs.push(CaseRun { at, summary: run });
    }

    fn answer_look_up(&mut self, key: &str, plugin: &PluginIdentity) {
        let of_plugin = |look_up: &&mut LookUp| look_up.key == key && look_up.by.is_plugin(plugin);
        if let Some(look_up) = self.look_ups.iter_mut().rev().find(of_plugin) {
            look_up.answered = true;
        }
    }

    fn drop_timer(&mut self, key: &str, plugin: Option<&PluginIdentity>) {
        let Some(plugin) = plugin else { return };
        self.timers
            .retain(|timer| timer.key != key || !timer.by.is_plugin(plugin));
    }
}
