//! What can be done with accounts, one file each.

mod sign_in;
mod sign_out;

pub use sign_in::{SecondFactor, SecondFactorError, SignIn, SignInError, SignedIn, second_factor, sign_in};
pub use sign_out::{sign_out, sign_out_everywhere};
