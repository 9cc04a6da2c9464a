//! A sandbox with takes that are made in no time and stages that move by polls, and someone who
//! calls it.

use std::sync::Once;
use std::time::Duration;

use refrain::sandbox::{Dialect, Options, Pace, Recording, Sandbox, Sound};
use reqwest::header::HeaderMap;
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

/// The bytes of a take or a cover, for a length and a first byte.
pub fn bytes(first: u8, length: usize) -> Vec<u8> {
    (0..length).map(|n| first.wrapping_add((n % 251) as u8)).collect()
}

pub const AUDIO: usize = 20_000;

pub struct Stage {
    pub sandbox: Sandbox,
    pub http: Client,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json(&self) -> Value {
        let text = String::from_utf8_lossy(&self.body);
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}")).to_str().unwrap()
    }
}

impl Stage {
    pub fn new() -> Self {
        Self::with(1000, "")
    }

    pub fn scripted(script: &str) -> Self {
        Self::with(1000, script)
    }

    /// By polls and with given takes.
    pub fn with(credits: u32, script: &str) -> Self {
        let script = script.into();
        Self::given(Options { pace: Pace::Polls, credits, script, ..Options::default() })
    }

    pub fn paced(pace: Pace) -> Self {
        Self::given(Options { pace, ..Options::default() })
    }

    fn given(options: Options) -> Self {
        let take = |n: u8| {
            let length = AUDIO + usize::from(n);
            Recording::new(bytes(n, length), bytes(n + 100, 300), Duration::from_millis(61_234))
        };
        let sound = Sound::Given(vec![take(1), take(2), take(3)]);
        Self::open(Options { sound, ..options })
    }

    pub fn open(options: Options) -> Self {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Only one test can be the first.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let redirect = reqwest::redirect::Policy::none();
        let http = Client::builder().no_proxy().redirect(redirect).build().unwrap();
        Self { sandbox: Sandbox::start(options).unwrap(), http }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.sandbox.address())
    }

    /// A request without a key; `path` from the root or from the base of a dialect.
    pub fn request(&self, method: Method, dialect: Dialect, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.sandbox.base_url(dialect)))
    }

    /// A create as the documents have it, with the key where it belongs.
    pub fn create(&self, dialect: Dialect, body: &Value) -> RequestBuilder {
        let request = self.request(Method::POST, dialect, create_path(dialect));
        let request = request.header("Content-Type", "application/json");
        let key = self.sandbox.key(dialect);
        if dialect == Dialect::Udioapi {
            let mut body = body.clone();
            body["token"] = json!(key);
            return request.body(body.to_string());
        }
        request.bearer_auth(key).body(body.to_string())
    }

    /// Sends a good create and gives the task's id.
    pub async fn task(&self, dialect: Dialect) -> String {
        self.task_of(dialect, &good(dialect)).await
    }

    pub async fn task_of(&self, dialect: Dialect, body: &Value) -> String {
        let answer = send(self.create(dialect, body)).await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        let json = answer.json();
        let pointer = match dialect {
            Dialect::Apixo => "/data/taskId",
            Dialect::ApiMall | Dialect::UdioapiV2 => "/data/task_id",
            Dialect::Apiin => "/task_id",
            Dialect::Udioapi => "/workId",
        };
        json.pointer(pointer).and_then(Value::as_str).expect("a task").to_owned()
    }

    /// A poll without a key.
    pub fn strange(&self, dialect: Dialect, task: &str) -> RequestBuilder {
        let path = match dialect {
            Dialect::Apixo => format!("/statusTask/suno?taskId={task}"),
            Dialect::ApiMall => format!("/audio/{task}"),
            Dialect::Apiin => format!("/audio/music/feed?task_id={task}"),
            Dialect::Udioapi => format!("/api/feed?workId={task}"),
            Dialect::UdioapiV2 => format!("/api/v2/feed?workId={task}"),
        };
        self.request(Method::GET, dialect, &path)
    }

    pub fn asking(&self, dialect: Dialect, task: &str) -> RequestBuilder {
        let request = self.strange(dialect, task);
        // The first version's feed has no key.
        if dialect == Dialect::Udioapi {
            return request;
        }
        request.bearer_auth(self.sandbox.key(dialect))
    }

    pub async fn poll(&self, dialect: Dialect, task: &str) -> Value {
        let answer = send(self.asking(dialect, task)).await;
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
        answer.json()
    }

    /// The answer of the so-manieth poll: 1 queued, 2 working, 3 first, 4 done.
    pub async fn nth_poll(&self, dialect: Dialect, task: &str, nth: usize) -> Value {
        for _ in 1..nth {
            self.poll(dialect, task).await;
        }
        self.poll(dialect, task).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        send(self.http.get(self.url(path))).await
    }

    pub fn fetch(&self, path: &str) -> RequestBuilder {
        self.http.get(self.url(path))
    }
}

pub fn create_path(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Apixo => "/generateTask/suno",
        Dialect::ApiMall => "/audio/generate",
        Dialect::Apiin => "/audio/music",
        Dialect::Udioapi => "/api/generate",
        Dialect::UdioapiV2 => "/api/v2/generate",
    }
}

/// A create that every document allows.
pub fn good(dialect: Dialect) -> Value {
    match dialect {
        Dialect::Apixo => super::shape::example("apixo-request-lyrics"),
        Dialect::ApiMall => super::shape::example("apimall-request"),
        Dialect::Apiin => super::shape::example("apiin-request"),
        Dialect::Udioapi => json!({ "prompt": "a song about tea", "model": "chirp-v3.5" }),
        Dialect::UdioapiV2 => json!({ "prompt": "Tea", "style": "pop", "model": "chirp-v5-5" }),
    }
}

pub async fn send(request: RequestBuilder) -> Answer {
    try_send(request).await.unwrap()
}

pub async fn try_send(request: RequestBuilder) -> reqwest::Result<Answer> {
    let response = request.send().await?;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Ok(Answer { status, headers, body: response.bytes().await?.to_vec() })
}

/// Asks again until the answer satisfies, for a minute at most.
pub async fn until<T, F: Future<Output = T>>(ask: impl Fn() -> F, good: impl Fn(&T) -> bool) -> T {
    let asking = async {
        loop {
            let told = ask().await;
            if good(&told) {
                return told;
            }
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asking).await.expect("it comes within a minute")
}
