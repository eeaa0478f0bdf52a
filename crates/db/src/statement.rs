use std::fmt::Write as _;

use kernel::{IntoValue, Value};

/// A statement of the program and where it stands.
#[derive(Debug)]
pub struct Statement {
    /// The SQL text, with `$1`, `$2`… for its arguments.
    pub text: &'static str,
    /// Source file.
    pub file: &'static str,
    /// Line in the source file.
    pub line: u32,
}

/// Every statement of the program, collected when it is linked.
#[linkme::distributed_slice]
pub static STATEMENTS: [Statement];

/// A statement ready to be executed: constant text of [`crate::sql!`], or what [`Sql`] has built.
#[derive(Debug, Clone, Copy)]
pub struct SqlText<'a> {
    pub(crate) text: &'a str,
    pub(crate) origin: Option<&'static Statement>,
}

impl SqlText<'static> {
    #[doc(hidden)]
    pub const fn registered(statement: &'static Statement) -> Self {
        Self {
            text: statement.text,
            origin: Some(statement),
        }
    }
}

/// A constant statement. Registers it, so that both engines can be asked to prepare it in a test.
#[macro_export]
macro_rules! sql {
    ($text:expr) => {{
        #[expect(unsafe_code, reason = "the list is collected by the linker; linkme checks the types")]
        #[$crate::linkme::distributed_slice($crate::STATEMENTS)]
        #[linkme(crate = $crate::linkme)]
        static STATEMENT: $crate::Statement = $crate::Statement {
            text: $text,
            file: file!(),
            line: line!(),
        };
        $crate::SqlText::registered(&STATEMENT)
    }};
}

/// The arguments of a statement, in order.
#[macro_export]
macro_rules! args {
    () => { [] as [$crate::Value; 0] };
    ($($value:expr),+ $(,)?) => { [$($crate::IntoValue::into_value($value)),+] };
}

/// A statement with optional parts. Only constant text goes into it; values become arguments.
#[derive(Debug, Clone)]
pub struct Sql {
    text: String,
    args: Vec<Value>,
}

impl Sql {
    /// Begins with `text`, which has no arguments.
    pub fn new(text: &'static str) -> Self {
        Self {
            text: text.to_owned(),
            args: Vec::new(),
        }
    }

    /// Adds constant text.
    #[must_use]
    pub fn push(mut self, text: &'static str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Adds text with one value in place of each `{}`; the value is one argument however often it is used.
    #[must_use]
    pub fn push_with(mut self, text: &'static str, value: impl IntoValue) -> Self {
        self.args.push(value.into_value());
        self.replace(text, self.args.len());
        self
    }

    /// Adds the text only when there is a value.
    #[must_use]
    pub fn push_opt(self, text: &'static str, value: Option<impl IntoValue>) -> Self {
        match value {
            Some(value) => self.push_with(text, value),
            None => self,
        }
    }

    /// Adds `column IN (…)`, or a condition that is never true when there are no values.
    #[must_use]
    pub fn push_in<V: IntoValue>(mut self, column: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        let first = self.args.len();
        self.args.extend(values.into_iter().map(IntoValue::into_value));
        if self.args.len() == first {
            self.text.push_str("1 = 0");
            return self;
        }
        let _ = write!(self.text, "{column} IN (");
        for n in first..self.args.len() {
            let _ = write!(self.text, "{}${}", if n == first { "" } else { ", " }, n + 1);
        }
        self.text.push(')');
        self
    }

    fn replace(&mut self, text: &str, argument: usize) {
        let mut parts = text.split("{}");
        self.text.push_str(parts.next().unwrap_or_default());
        for part in parts {
            let _ = write!(self.text, "${argument}{part}");
        }
    }

    /// The text, to be executed with [`Sql::args`].
    pub fn text(&self) -> SqlText<'_> {
        SqlText {
            text: &self.text,
            origin: None,
        }
    }

    /// The arguments.
    pub fn args(&self) -> &[Value] {
        &self.args
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_enter_the_text() {
        let sql = Sql::new("SELECT 1 FROM t WHERE 1 = 1")
            .push_opt(" AND a = {}", Some("x' OR '1'='1"))
            .push_opt(" AND b = {}", None::<i64>)
            .push_with(" AND (c >= {} OR d >= {})", 7i64)
            .push(" AND ")
            .push_in("e", [1i64, 2])
            .push(" AND ")
            .push_in("f", Vec::<i64>::new());
        assert_eq!(
            sql.text().text,
            "SELECT 1 FROM t WHERE 1 = 1 AND a = $1 AND (c >= $2 OR d >= $2) AND e IN ($3, $4) AND 1 = 0"
        );
        assert_eq!(sql.args().len(), 4);
    }
}
