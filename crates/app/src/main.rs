//! `abdi`: the one executable. [`cli`] lists the commands, [`commands`] holds one file each.

mod archive;
mod cli;
mod commands;
mod config;
mod demo;
mod failure;
mod installation;
mod logging;
mod output;
mod server;
mod worker;

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
