//! On what a figure was measured: without it the figure says nothing.

use std::process::Command;

use crate::process;

/// Cores, processor, memory, kernel and compiler, as lines of a Markdown list. What cannot be found is said to be
/// unknown.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or_else(|_| "unknown".to_owned(), |cores| cores.to_string());
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let unknown = || "unknown".to_owned();
    let processor = field(&read("/proc/cpuinfo"), "model name").unwrap_or_else(unknown);
    let memory = field(&read("/proc/meminfo"), "MemTotal")
        .and_then(|text| gibibytes(&text))
        .unwrap_or_else(unknown);
    let kernel = read("/proc/sys/kernel/osrelease");
    let compiler = process::output(Command::new("rustc").arg("--version")).unwrap_or_else(|_| unknown());
    format!(
        "- cores: {cores}\n- processor: {processor}\n- memory: {memory}\n- kernel: {}\n- compiler: {}",
        if kernel.trim().is_empty() {
            "unknown"
        } else {
            kernel.trim()
        },
        compiler.trim()
    )
}

/// The value of the first line `name : value`.
fn field(text: &str, name: &str) -> Option<String> {
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs
        .into_iter()
        .find(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim().to_owned())
}

/// `24683888 kB` as `23.5 GiB`.
fn gibibytes(kilobytes: &str) -> Option<String> {
    let kilobytes: u64 = kilobytes.strip_suffix("kB")?.trim().parse().ok()?;
    let tenths = kilobytes * 10 / (1024 * 1024);
    Some(format!("{}.{} GiB", tenths / 10, tenths % 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found() {
        let text =
            "processor\t: 0\nmodel name\t: Example 9000 @ 3:1\nmodel name\t: other\nMemTotal:       24683888 kB\n";
        assert_eq!(field(text, "model name").as_deref(), Some("Example 9000 @ 3:1"));
        assert_eq!(
            field(text, "MemTotal").and_then(|memory| gibibytes(&memory)).as_deref(),
            Some("23.5 GiB")
        );
        assert_eq!(field(text, "model"), None);
    }
}
