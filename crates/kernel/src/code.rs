use crate::ValueError;

/// A closed set of words that is stored, exported and printed by a stable code (`DI_ATAS_EKSPEKTASI`, `DRAF`).
/// Written with [`crate::codes!`].
pub trait Code: Sized + Copy + 'static {
    /// All members, in their official order.
    const ALL: &'static [Self];

    /// The stable code.
    fn code(self) -> &'static str;

    /// The member with this code.
    fn from_code(code: &str) -> Result<Self, ValueError>;
}

/// Defines an enum with stable codes that can be stored, read and serialised by code.
///
/// ```
/// kernel::codes! {
///     /// A traffic light.
///     pub enum Light { /// Stop.
///         Red = "MERAH", /// Go.
///         Green = "HIJAU" }
/// }
/// use kernel::Code;
/// assert_eq!(Light::from_code("HIJAU").unwrap().code(), "HIJAU");
/// ```
#[macro_export]
macro_rules! codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $vis enum $name { $($(#[$vmeta])* $variant),+ }

        impl $crate::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            fn from_code(code: &str) -> Result<Self, $crate::ValueError> {
                match code {
                    $($code => Ok(Self::$variant),)+
                    other => Err($crate::ValueError::unknown_code(stringify!($name), other)),
                }
            }
        }

        impl $crate::IntoValue for $name {
            fn into_value(self) -> $crate::Value {
                $crate::Value::Text($crate::Code::code(self).to_owned())
            }
        }

        impl $crate::FromValue for $name {
            fn from_value(value: $crate::Value) -> Result<Self, $crate::ValueError> {
                <Self as $crate::Code>::from_code(&<String as $crate::FromValue>::from_value(value)?)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str($crate::Code::code(*self))
            }
        }
    };
}
