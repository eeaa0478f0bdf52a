//! What the program writes about itself, on standard error. There is no other place: nothing is sent anywhere (T46).

use tracing_subscriber::EnvFilter;

use crate::config::{Config, LogFormat};

/// Reads a filter.
///
/// # Errors
/// What is wrong with it.
pub fn filter(text: &str) -> Result<EnvFilter, String> {
    EnvFilter::try_new(text).map_err(|e| e.to_string())
}

/// Begins to write log lines. Only the first call counts.
pub fn start(config: &Config) {
    // the filter has been checked with the configuration
    let filter = filter(&config.log.filter).unwrap_or_default();
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let _ = match config.log.format {
        LogFormat::Text => lines
            .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
            .try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
}
