//! Puts load on a page with `wrk` and reads what it says.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::process;

/// One measurement.
pub struct Load {
    pub url: String,
    /// Connections that are open at the same time.
    pub connections: u32,
    pub duration: Duration,
    /// A script of wrk, for requests that are more than a GET.
    pub script: Option<PathBuf>,
    /// The value of the Cookie header.
    pub cookie: Option<String>,
    /// Fields of a form, for the script.
    pub form: Option<String>,
    /// Whether the answer may come compressed, as for a browser.
    pub compressed: bool,
}

/// What came out of it.
#[derive(Debug, PartialEq)]
pub struct Figures {
    pub requests_per_second: f64,
    /// Half of the requests were answered in this time.
    pub p50: Duration,
    /// All but one of a hundred were.
    pub p99: Duration,
    /// Answers other than 2xx and 3xx: a figure with any is the figure of an error page.
    pub refused: u64,
    /// Connections refused, broken, or timed out.
    pub socket_errors: u64,
}

impl Load {
    /// Runs the load to its end.
    pub fn run(&self) -> Result<Figures> {
        let mut wrk = Command::new("wrk");
        wrk.args([
            "--latency",
            "--timeout",
            "10s",
            "--threads",
            &self.connections.min(2).to_string(),
        ]);
        wrk.args(["--connections", &self.connections.to_string()]);
        wrk.args(["--duration", &format!("{}s", self.duration.as_secs().max(1))]);
        if let Some(cookie) = &self.cookie {
            wrk.args(["--header", &format!("Cookie: {cookie}")]);
        }
        if self.compressed {
            wrk.args(["--header", "Accept-Encoding: gzip, br"]);
        }
        if let Some(script) = &self.script {
            wrk.arg("--script").arg(script);
        }
        if let Some(form) = &self.form {
            wrk.env("BENCH_FORM", form);
        }
        Figures::read(&process::output(wrk.arg(&self.url))?)
    }
}

impl Figures {
    /// Reads the report of `wrk --latency`.
    pub fn read(report: &str) -> Result<Self> {
        let after = |label: &str| {
            report
                .lines()
                .find_map(|line| line.trim_start().strip_prefix(label))
                .map(str::trim)
        };
        let percentile = |label| {
            let text = after(label).with_context(|| format!("wrk reports no {label}"))?;
            duration(text).with_context(|| format!("wrk reports {label} as {text}"))
        };
        let rate = after("Requests/sec:").context("wrk reports no requests per second")?;
        let errors = after("Socket errors:").unwrap_or_default();
        Ok(Self {
            requests_per_second: rate
                .parse()
                .with_context(|| format!("wrk reports {rate} requests per second"))?,
            p50: percentile("50%")?,
            p99: percentile("99%")?,
            refused: after("Non-2xx or 3xx responses:")
                .and_then(|n| n.parse().ok())
                .unwrap_or(0),
            socket_errors: errors
                .split(|c: char| !c.is_ascii_digit())
                .filter_map(|n| n.parse::<u64>().ok())
                .sum(),
        })
    }
}

/// `980.00us`, `2.42ms`, `1.02s`, `1.50m`.
fn duration(text: &str) -> Option<Duration> {
    let unit_at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit_at);
    let seconds = match unit {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    Duration::try_from_secs_f64(number.parse::<f64>().ok()? * seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "\
Running 1s test @ http://127.0.0.1:8911/
  2 threads and 4 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     2.58ms    1.04ms  11.83ms   78.80%
    Req/Sec   759.80     70.16   840.00     60.00%
  Latency Distribution
     50%    2.42ms
     75%    2.98ms
     90%    3.75ms
     99%    6.14ms
  1514 requests in 1.00s, 505.65KB read
Requests/sec:   1511.93
Transfer/sec:    504.96KB
";
    const BAD: &str = "\
  Latency Distribution
     50%  980.00us
     75%    1.63ms
     90%    2.38ms
     99%    1.02s
  1565 requests in 1.10s, 795.09KB read
  Socket errors: connect 1, read 20, write 0, timeout 3
  Non-2xx or 3xx responses: 1565
Requests/sec:   1423.34
Transfer/sec:    723.12KB
";

    #[test]
    fn a_report_is_read() {
        let figures = Figures::read(GOOD).unwrap();
        let expected = Figures {
            requests_per_second: 1511.93,
            p50: Duration::from_micros(2420),
            p99: Duration::from_micros(6140),
            refused: 0,
            socket_errors: 0,
        };
        assert_eq!(figures, expected);
    }

    #[test]
    fn errors_are_not_lost() {
        let figures = Figures::read(BAD).unwrap();
        assert_eq!((figures.refused, figures.socket_errors), (1565, 24));
        assert_eq!(
            (figures.p50, figures.p99),
            (Duration::from_micros(980), Duration::from_millis(1020))
        );
    }

    #[test]
    fn a_report_without_figures_is_an_error() {
        assert!(Figures::read("unable to connect to 127.0.0.1:1 Connection refused").is_err());
        assert!(Figures::read(&GOOD.replace("6.14ms", "fast")).is_err());
        assert_eq!(duration("1.50m"), Some(Duration::from_secs(90)));
        assert_eq!(duration("-1ms"), None);
    }
}
