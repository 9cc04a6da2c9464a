//! The documents' examples, and whether an answer has their form: the same names, the same types.

use std::fs;
use std::path::Path;

use serde_json::Value;

/// An example of a document; they lie in tests/fixtures/sandbox.
pub fn example(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/sandbox");
    let text = fs::read_to_string(path.join(format!("{name}.json"))).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Asserts that `told` has the form of an example. What is in `request_body` is the caller's.
#[track_caller]
pub fn assert_shape(told: &Value, name: &str) {
    compare(told, &example(name), name);
}

#[track_caller]
fn compare(told: &Value, example: &Value, at: &str) {
    match (told, example) {
        (Value::Object(told), Value::Object(example)) => {
            if at.ends_with("request_body") {
                return;
            }
            let names = |map: &serde_json::Map<String, Value>| {
                let mut names: Vec<_> = map.keys().cloned().collect();
                names.sort();
                names
            };
            assert_eq!(names(told), names(example), "{at}");
            for (name, value) in told {
                compare(value, &example[name], &format!("{at}.{name}"));
            }
        }
        (Value::Array(told), Value::Array(example)) => {
            assert!(!told.is_empty(), "{at} is empty");
            for value in told {
                compare(value, &example[0], &format!("{at}[]"));
            }
        }
        (told, example) => assert_eq!(kind(told), kind(example), "{at}: {told}"),
    }
}
