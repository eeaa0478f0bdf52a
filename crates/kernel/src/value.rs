use jiff::civil::Date;
use rust_decimal::Decimal;
use uuid::Uuid;

/// A value on its way into or out of a database row. Both engines know exactly these.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Absent.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number, an instant, or a score in hundredths.
    I64(i64),
    /// A statistic. Never money, scores or indices.
    F64(f64),
    /// Text, a date, a decimal or a code.
    Text(String),
    /// Bytes, such as a digest.
    Bytes(Vec<u8>),
    /// An identifier.
    Uuid(Uuid),
}

/// A stored value that does not mean what the program expects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found {found}")]
pub struct ValueError {
    /// What was wanted.
    pub expected: &'static str,
    /// What was there, shortened.
    pub found: String,
}

impl ValueError {
    /// A value of the wrong kind.
    pub fn kind(expected: &'static str, found: &Value) -> Self {
        let found = match found {
            Value::Null => "null",
            Value::Bool(_) => "a truth value",
            Value::I64(_) => "a whole number",
            Value::F64(_) => "a floating number",
            Value::Text(_) => "text",
            Value::Bytes(_) => "bytes",
            Value::Uuid(_) => "an identifier",
        };
        Self {
            expected,
            found: found.to_owned(),
        }
    }

    /// A code that the enum does not know.
    pub fn unknown_code(expected: &'static str, found: &str) -> Self {
        Self {
            expected,
            found: found.chars().take(40).collect(),
        }
    }
}

/// Can be stored.
pub trait IntoValue {
    /// The stored form.
    fn into_value(self) -> Value;
}

/// Can be read back.
pub trait FromValue: Sized {
    /// Reads the stored form.
    fn from_value(value: Value) -> Result<Self, ValueError>;
}

macro_rules! plain {
    ($($ty:ty, $variant:ident, $name:literal);+ $(;)?) => {$(
        impl IntoValue for $ty {
            fn into_value(self) -> Value { Value::$variant(self) }
        }
        impl FromValue for $ty {
            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value { Value::$variant(v) => Ok(v), other => Err(ValueError::kind($name, &other)) }
            }
        }
    )+};
}
plain! { String, Text, "text"; Vec<u8>, Bytes, "bytes"; Uuid, Uuid, "an identifier"; f64, F64, "a floating number" }

impl IntoValue for bool {
    fn into_value(self) -> Value {
        Value::Bool(self)
    }
}

impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Bool(v) => Ok(v),
            // the embedded engine keeps truth values as 0 and 1
            Value::I64(0) => Ok(false),
            Value::I64(1) => Ok(true),
            other => Err(ValueError::kind("a truth value", &other)),
        }
    }
}

macro_rules! whole {
    ($($ty:ty),+) => {$(
        impl IntoValue for $ty {
            fn into_value(self) -> Value { Value::I64(self.into()) }
        }
        impl FromValue for $ty {
            fn from_value(value: Value) -> Result<Self, ValueError> {
                match value {
                    Value::I64(v) => Self::try_from(v)
                        .map_err(|_| ValueError { expected: "a smaller whole number", found: v.to_string() }),
                    other => Err(ValueError::kind("a whole number", &other)),
                }
            }
        }
    )+};
}
whole!(i64, i32, i16, u32, u16, u8);

impl IntoValue for &str {
    fn into_value(self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl IntoValue for &String {
    fn into_value(self) -> Value {
        Value::Text(self.clone())
    }
}

impl IntoValue for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl IntoValue for &[u8] {
    fn into_value(self) -> Value {
        Value::Bytes(self.to_vec())
    }
}

impl<T: IntoValue> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, IntoValue::into_value)
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

impl IntoValue for Date {
    fn into_value(self) -> Value {
        Value::Text(self.to_string())
    }
}

impl FromValue for Date {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text = String::from_value(value)?;
        text.parse()
            .map_err(|_| ValueError::unknown_code("a date YYYY-MM-DD", &text))
    }
}

impl IntoValue for Decimal {
    fn into_value(self) -> Value {
        Value::Text(self.to_string())
    }
}

impl FromValue for Decimal {
    fn from_value(value: Value) -> Result<Self, ValueError> {
        let text = String::from_value(value)?;
        text.parse()
            .map_err(|_| ValueError::unknown_code("a decimal number", &text))
    }
}
