//! One file a command: its arguments, what it does, what it says.

pub mod account;
pub mod agency;
pub mod backup;
pub mod calculate;
pub mod check_config;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod import;
pub mod migrate;
pub mod restore;
pub mod serve;
pub mod worker;
