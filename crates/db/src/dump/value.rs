//! One value as JSON and back, by the type of its column.

use kernel::Value;
use serde_json::Value as Json;
use uuid::Uuid;

use super::schema::Kind;

pub(super) fn to_json(kind: Kind, value: Value) -> Option<Json> {
    Some(match (kind, value) {
        (_, Value::Null) => Json::Null,
        (Kind::Uuid, Value::Uuid(id)) => Json::String(id.hyphenated().to_string()),
        (Kind::Bytes, Value::Bytes(bytes)) => Json::String(hex(&bytes)),
        // bytes of the embedded engine that happen to be sixteen
        (Kind::Bytes, Value::Uuid(id)) => Json::String(hex(id.as_bytes())),
        (Kind::Int, Value::I64(n)) => n.into(),
        (Kind::Bool, Value::Bool(flag)) => flag.into(),
        (Kind::Bool, Value::I64(n @ (0 | 1))) => (n == 1).into(),
        (Kind::Float, Value::F64(n)) => Json::String(format!("{n:?}")),
        (Kind::Text, Value::Text(text)) => Json::String(text),
        _ => return None,
    })
}

pub(super) fn from_json(kind: Kind, value: &Json) -> Option<Value> {
    if value.is_null() {
        return Some(Value::Null);
    }
    Some(match kind {
        Kind::Uuid => Value::Uuid(Uuid::parse_str(value.as_str()?).ok()?),
        Kind::Bytes => Value::Bytes(unhex(value.as_str()?)?),
        Kind::Int => Value::I64(value.as_i64()?),
        Kind::Bool => Value::Bool(value.as_bool()?),
        Kind::Float => Value::F64(value.as_str()?.parse().ok()?),
        Kind::Text => Value::Text(value.as_str()?.to_owned()),
    })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

pub(super) fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|i| u8::from_str_radix(&text[i..i + 2], 16).ok())
        .collect()
}
