//! Reading one line of JSON strictly: unknown and repeated fields are told, numbers keep their digits.

use std::fmt;
use std::ops::RangeInclusive;

use jiff::civil::Date;
use kernel::Code;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::Exact;

/// Most fields of one object. No kind has more than a hundred.
const MAX_FIELDS: usize = 200;

/// Why a line was refused, and where in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fail {
    pub(super) error: String,
    pub(super) field: String,
}

impl Fail {
    pub(super) fn new(error: impl ToString, field: impl Into<String>) -> Self {
        Self {
            error: error.to_string(),
            field: field.into(),
        }
    }
}

pub(super) type Outcome<T> = Result<T, Fail>;

/// An object of the input with its place in the line, such as `baris[2]`.
pub(super) struct Object<'a> {
    path: String,
    fields: Vec<(String, &'a RawValue)>,
}

struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Pairs<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<'a>(std::marker::PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for InOrder<'a> {
            type Value = Pairs<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Pairs<'a>, M::Error> {
                let mut pairs: Vec<(String, &'a RawValue)> = Vec::new();
                while let Some((name, value)) = map.next_entry::<String, &'de RawValue>()? {
                    if pairs.len() == MAX_FIELDS {
                        return Err(serde::de::Error::custom("too many fields"));
                    }
                    if pairs.iter().any(|(known, _)| *known == name) {
                        return Err(serde::de::Error::custom(format_args!(
                            "the field {name:?} occurs twice"
                        )));
                    }
                    pairs.push((name, value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(InOrder(std::marker::PhantomData))
    }
}

impl<'a> Object<'a> {
    /// The object of a whole line. Errors about the line as a whole name the field `$`.
    pub(super) fn line(text: &'a str) -> Outcome<Self> {
        Self::read(text, String::new())
    }

    fn read(text: &'a str, path: String) -> Outcome<Self> {
        match serde_json::from_str::<Pairs<'a>>(text) {
            Ok(Pairs(fields)) => Ok(Self { path, fields }),
            Err(error) => Err(Fail::new(
                format!("not a valid JSON object: {error}"),
                if path.is_empty() { "$".to_owned() } else { path },
            )),
        }
    }

    /// The full name of a field of this object.
    pub(super) fn at(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// Refuses fields this kind does not know.
    pub(super) fn only(&self, known: &[&str]) -> Outcome<()> {
        match self.fields.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some((name, _)) => Err(Fail::new(
                format!("unknown field; known are {}", known.join(", ")),
                self.at(name),
            )),
            None => Ok(()),
        }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(|(name, _)| name.as_str())
    }

    /// The raw text of a field that is there and not null.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, raw)| raw.get())
            .filter(|raw| *raw != "null")
    }

    fn need(&self, name: &str) -> Outcome<&'a str> {
        self.get(name).ok_or_else(|| Fail::new("missing", self.at(name)))
    }

    fn wrong(&self, name: &str, error: impl ToString) -> Fail {
        Fail::new(error, self.at(name))
    }

    pub(super) fn text(&self, name: &str) -> Outcome<String> {
        serde_json::from_str(self.need(name)?).map_err(|_| self.wrong(name, "expected a text"))
    }

    /// A member of a closed set, by its code.
    pub(super) fn code<C: Code>(&self, name: &str) -> Outcome<C> {
        let text = self.text(name)?;
        C::from_code(&text).map_err(|_| {
            let known: Vec<_> = C::ALL.iter().map(|c| c.code()).collect();
            self.wrong(name, format!("unknown code; known are {}", known.join(", ")))
        })
    }

    pub(super) fn flag(&self, name: &str) -> Outcome<bool> {
        match self.need(name)? {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.wrong(name, "expected true or false")),
        }
    }

    /// A decimal, written as a number or as a text; the digits are taken as they stand.
    pub(super) fn exact(&self, name: &str) -> Outcome<Exact> {
        let raw = self.need(name)?;
        let text = if raw.starts_with('"') {
            self.text(name)?
        } else {
            raw.to_owned()
        };
        text.parse().map_err(|error| self.wrong(name, error))
    }

    /// A whole number within a range.
    pub(super) fn whole(&self, name: &str, range: RangeInclusive<i64>) -> Outcome<i64> {
        let value: Option<i64> = self.exact(name)?.plain().parse().ok();
        value.filter(|v| range.contains(v)).ok_or_else(|| {
            self.wrong(
                name,
                format!("expected a whole number from {} to {}", range.start(), range.end()),
            )
        })
    }

    pub(super) fn date(&self, name: &str) -> Outcome<Date> {
        let text = self.text(name)?;
        // the calendar library would also take a date with a time
        if text.len() != 10 {
            return Err(self.wrong(name, "expected a date YYYY-MM-DD"));
        }
        text.parse().map_err(|_| self.wrong(name, "expected a date YYYY-MM-DD"))
    }

    pub(super) fn object(&self, name: &str) -> Outcome<Object<'a>> {
        Object::read(self.need(name)?, self.at(name))
    }

    /// The objects of a list.
    pub(super) fn objects(&self, name: &str) -> Outcome<Vec<Object<'a>>> {
        let items: Vec<&'a RawValue> =
            serde_json::from_str(self.need(name)?).map_err(|_| self.wrong(name, "expected a list"))?;
        let path = self.at(name);
        items
            .into_iter()
            .enumerate()
            .map(|(at, raw)| Object::read(raw.get(), format!("{path}[{at}]")))
            .collect()
    }
}
