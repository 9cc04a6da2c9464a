//! A server of a few lines that answers byte for byte what a test says, and remembers what it
//! heard.

use std::io::{Read as _, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub struct Server {
    pub address: SocketAddr,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Gives each request, head and body, to `answer` with the connection; then it closes.
    pub fn start(answer: impl Fn(&str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard: Arc<Mutex<Vec<String>>> = Arc::default();
        let (answer, shared) = (Arc::new(answer), Arc::clone(&heard));
        // It ends with the process.
        thread::spawn(move || {
            for socket in listener.incoming() {
                let (answer, heard) = (Arc::clone(&answer), Arc::clone(&shared));
                thread::spawn(move || {
                    let mut socket = socket.unwrap();
                    let request = request(&mut socket);
                    heard.lock().unwrap().push(request.clone());
                    answer(&request, &mut socket);
                });
            }
        });
        Self { address, heard }
    }

    /// Every request so far.
    pub fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// A configuration whose one profile, API Mall's, leads here.
    pub fn config(&self) -> String {
        format!(
            "[profiles.apimall]\ngateway = \"apimall\"\napi_key_cmd = \"echo {KEY}\"\n\
             base_url = \"http://{}/api/v1\"\n",
            self.address
        )
    }
}

/// The key in the configuration.
pub const KEY: &str = "sk-live-3f9a/b+c=d17";

pub fn request(socket: &mut TcpStream) -> String {
    let mut heard = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&heard);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text.into_owned();
            }
        }
        match socket.read(&mut piece) {
            Ok(read @ 1..) => heard.extend_from_slice(&piece[..read]),
            _ => return String::from_utf8_lossy(&heard).into_owned(),
        }
    }
}

/// Answers, with the length that the body has.
pub fn say(socket: &mut impl Write, status: u16, headers: &str, body: &[u8]) {
    let head = format!(
        "HTTP/1.1 {status} X\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n",
        body.len()
    );
    // The other side may have had enough before all is sent.
    let _ = socket.write_all(head.as_bytes()).and_then(|()| socket.write_all(body));
}
