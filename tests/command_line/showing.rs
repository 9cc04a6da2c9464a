//! `--dry-run`: what would leave, without a key, a library or a gateway.

use refrain::library::Library;
use refrain::sandbox::Dialect;
use serde_json::{Value, json};

use super::shop::Shop;

#[test]
fn what_would_be_sent_is_shown_and_nothing_is_sent() {
    let shop = Shop::new("");
    // Nobody has a key, and the library is open elsewhere.
    shop.configure(|config| config.replace("api_key_cmd = \"echo ", "api_key_cmd = \"false "));
    let _open = Library::open(&shop.home.path("data")).unwrap();
    for dialect in Dialect::ALL {
        let name = dialect.name();
        let run = shop.generate(name, &["--dry-run"]);
        run.ends(0);
        let first = run.out.lines().next().unwrap();
        assert!(first.starts_with(&format!("POST {}", shop.sandbox.base_url(dialect))), "{first}");
        assert!(run.out.contains("***") && run.out.contains("Paper cups along"), "{}", run.out);
        let has_key = run.out.contains("idempotency-key: (new for each order)");
        assert_eq!(has_key, dialect == Dialect::ApiMall, "{}", run.out);

        let told = shop.generate(name, &["--dry-run", "--json"]).ends(0).json();
        assert_eq!(
            (&told["method"], &told["headers"]["content-type"]),
            (&json!("POST"), &json!("application/json"))
        );
        let hidden = if dialect == Dialect::Udioapi {
            &told["body"]["token"]
        } else {
            &told["headers"]["authorization"]
        };
        assert!(hidden.as_str().unwrap().ends_with("***"), "{told}");
        let at = ["method", "url", "headers", "body"];
        let keys: Vec<_> = told.as_object().unwrap().keys().collect();
        assert_eq!(keys.len(), at.len());
        assert!(at.iter().all(|key| told.get(key).is_some()), "{told}");
    }
    assert!(shop.creates().is_empty());
}

#[test]
fn the_request_that_is_shown_is_the_one_that_is_sent() {
    let shop = Shop::new("");
    let more = ["--vocal", "f", "--weirdness", "0.35", "--negative", "drums"];
    let shown = shop.generate("apixo", &[&more[..], &["--dry-run", "--json"]].concat()).json();
    shop.generate("apixo", &[&more[..], &["--detach"]].concat()).ends(0);
    assert_eq!(shop.creates()[0]["body"], shown["body"]);
}

#[test]
fn the_sketch_sends_nothing_and_a_refused_song_is_not_shown() {
    let shop = Shop::new("");
    let run = shop.generate("sketch", &["--dry-run"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
    assert!(run.err.contains("nothing would be sent"), "{}", run.err);
    let told = shop.generate("sketch", &["--dry-run", "--json"]).ends(0).json();
    assert_eq!((&told["method"], &told["body"]), (&Value::Null, &Value::Null));
    shop.run(&["generate", "--profile", "apixo", "--instrumental", "--dry-run"])
        .refuses(3, &["needs a Style"]);
    assert!(!shop.home.path("data").exists());
}
