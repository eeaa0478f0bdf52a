//! Tests over HTTP, through the router and without a socket, on each engine. One binary, because linking costs most.

mod admin;
mod budgets;
mod evaluation;
mod journal;
mod matrix;
mod security;
mod sign_in;
mod skp;
mod support;
