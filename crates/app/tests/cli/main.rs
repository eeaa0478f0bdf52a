//! The executable from outside: what a person at a terminal, or a script, gets.

mod backup;
mod calculate;
mod configuration;
mod demo;
mod house;
mod kill;
mod serve;
mod staff;
mod storm;
