//! The gateways' APIs on loopback, over the built-in composer: build and test against them for
//! nothing.
//!
//! ```text
//! run           the thread that serves; Sandbox             options   how it behaves
//! server        sockets and routes                          delivery  answers, whole or broken
//! apixo, apimall, apiin, udioapi, udioapi_v2   a dialect a file, behind wire
//! create, poll, balance, files                 what can be asked
//! desk, tasks, account, recordings, callbacks  what goes on behind it
//! faults        what goes wrong on demand      ledger, control   what happened
//! ```
//!
//! Written from the gateways' documents and from nothing else: the client of this program is
//! written from them too, so a wrong name in one is caught by the other. Where a document is
//! silent, a comment that begins with "Ours:" says what was chosen. One thing is stricter than any
//! gateway: a field that no document names is refused, because a typing error there would
//! otherwise pass in silence.
//!
//! Never: an address other than loopback, a connection to the internet, a file on disk.
//!
//! # The script of faults
//!
//! ```toml
//! seed = 7              # for `chance`; the same seed, the same accidents
//!
//! [[rule]]
//! on = "create"         # create, poll, audio, cover, balance or callback
//! dialect = "apimall"   # apixo, apimall, apiin, udioapi or udioapi-v2; without it, all
//! task = 3              # the third task since the start, or its id; without it, all
//! nth = 1               # only the first event that the rule matches
//! after = 2             # none of the first two
//! every = 5             # of the rest, the fifth, the tenth, …
//! times = 1             # then never again
//! chance = 0.5          # and then only by chance
//! delay = "2s"          # wait before the answer; goes with every fault
//! work = true           # do the work and charge for it, and only then go wrong
//! do = "status"         # the fault; below are all of them and what they take
//! status = 503
//! ```
//!
//! Every rule counts every event that it matches; the first rule whose turn it is acts.
//!
//! | `do` | what happens | on |
//! |---|---|---|
//! | `status` | `status`, with `retry_after` (seconds), `body`, `content_type` | all but callback |
//! | `drop_before` | the connection is closed and nothing was done | all |
//! | `drop_after` | the work is done and charged, the answer is lost | create, poll, balance |
//! | `stall` | no answer, ever | all but callback |
//! | `delay` | only the `delay`; the work is done first | all |
//! | `slow` | the body trickles at `rate` bytes a second | all but callback |
//! | `truncate` | half the body under its full length, then the connection closes | all but callback |
//! | `short` | half the body, with a length that agrees | all but callback |
//! | `lying_length` | the whole body under twice its length, then the connection closes | all but callback |
//! | `garbage` | bytes that are nothing | all |
//! | `html` | a web page with status 200 | all but callback |
//! | `huge` | 50 MB | all but callback |
//! | `redirect` | 302 to `to` | all but callback |
//! | `null_data` | what should be in `data` is null | create, poll, balance, callback |
//! | `control_characters` | escape sequences in titles, lyrics and messages | create, poll, callback |
//! | `unknown_state` | a state that no document names | poll |
//! | `bad_result_json` | APIXO: `resultJson` is no JSON; elsewhere the takes are a string | poll |
//! | `zero_tracks`, `one_take`, `three_takes` | so many takes | poll; the last two on create too |
//! | `relative_url`, `file_url` | the takes' addresses are `/files/…` or `file:///…` | poll |
//! | `fail` | the task fails with `code` and `message`, and is paid back | create, poll |
//! | `never_ends` | the task stays at work | create |
//! | `audio_gone` | 404 | audio, cover |
//!
//! Without `work`, the faults that put something else in the answer's place (`status`, `stall`,
//! `garbage`, `html`, `huge`, `redirect`) stand in front of the gateway: nothing was done.

mod account;
mod apiin;
mod apimall;
mod apixo;
mod balance;
mod callbacks;
mod configuration;
mod control;
mod create;
mod delivery;
mod desk;
mod dialect;
mod faults;
mod feed;
mod fields;
mod files;
mod ids;
mod ledger;
mod lyricist;
mod options;
mod order;
mod poll;
mod recordings;
mod run;
mod server;
mod tasks;
mod udioapi;
mod udioapi_v2;
mod voices;
mod wire;

pub use configuration::configuration;
pub use dialect::Dialect;
pub use faults::ScriptError;
pub use options::{Options, Pace, Recording, Sound};
pub use run::Sandbox;
