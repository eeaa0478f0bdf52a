use i18n::Texts;
use jiff::civil::Date;
use kernel::{Instant, Zone};

use crate::shared::{Nav, Shell, Staff};

/// What the pages about recorded work take from the reader: the language, the moment, the zone, the frame.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) t: Texts,
    pub(crate) now: Instant,
    pub(crate) zone: Zone,
    shell: Shell,
}

impl Frame {
    /// Of somebody signed in, for a page of one part of the menu.
    pub(crate) fn of(staff: &Staff, nav: Nav) -> Self {
        Self {
            t: staff.t,
            now: staff.now,
            zone: staff.session.agency.zone,
            shell: Shell::staff(staff, nav, ""),
        }
    }

    /// The frame with its title, which is the answer of the page.
    pub(crate) fn shell(&self, title: impl Into<String>) -> Shell {
        let mut shell = self.shell.clone();
        shell.title = title.into();
        shell
    }

    /// Today in the agency.
    pub(crate) fn today(&self) -> Date {
        self.zone.date(self.now)
    }

    /// `09.31 WIB`
    pub(crate) fn time(&self, at: Instant) -> String {
        self.t.time(self.zone.local(at), self.zone)
    }

    /// `22 November 2026 pukul 09.31 WIB`
    pub(crate) fn moment(&self, at: Instant) -> String {
        self.t.moment(at, self.zone)
    }
}

#[cfg(test)]
impl Frame {
    pub(crate) fn sample(t: Texts, now: Instant) -> Self {
        Self {
            t,
            now,
            zone: Zone::Wita,
            shell: Shell::sample(t, ""),
        }
    }
}
