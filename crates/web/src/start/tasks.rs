//! What waits for whom, told from the states of plans and evaluations.

use evaluation::queries::{MyEvaluation, Subordinate};
use i18n::Texts;
use jiff::civil::{Date, Weekday, date};
use kernel::{Instant, Period, Zone};
use org::queries::EmployeeRow;
use skp::{SkpRow, Status};

use crate::shared::words::{self, Tag};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Task {
    pub(super) href: String,
    pub(super) title: String,
    pub(super) meta: String,
    pub(super) tag: Tag,
    /// Days left, for the order; far away when there is no deadline.
    days: i64,
}

#[cfg(test)]
impl Task {
    /// A task for page samples.
    pub(super) fn sample(title: &str, tag: Tag) -> Self {
        Self {
            href: "/".to_owned(),
            title: title.to_owned(),
            meta: title.to_owned(),
            tag,
            days: 0,
        }
    }
}

/// What the lists are made from; all of one moment.
pub(super) struct Facts {
    pub(super) today: Date,
    pub(super) now: Instant,
    pub(super) zone: Zone,
    pub(super) quarter: (i16, Period),
    pub(super) evaluation_days: i64,
    pub(super) mine: Vec<SkpRow>,
    pub(super) assessor: Option<EmployeeRow>,
    pub(super) evaluations: Vec<MyEvaluation>,
    pub(super) entries_today: usize,
    pub(super) team_plans: Vec<SkpRow>,
    pub(super) team_people: Vec<EmployeeRow>,
    pub(super) team_ratings: Vec<Subordinate>,
}

/// The quarter that ended last before `today`.
pub(super) fn last_quarter(today: Date) -> (i16, Period) {
    match Period::quarter_of(today) {
        Period::Tw1 => (today.year() - 1, Period::Tw4),
        Period::Tw2 => (today.year(), Period::Tw1),
        Period::Tw3 => (today.year(), Period::Tw2),
        _ => (today.year(), Period::Tw3),
    }
}

const NO_DEADLINE: i64 = i64::MAX;

impl Facts {
    fn until(&self, t: Texts, day: Date) -> (Tag, i64) {
        let deadline = t.deadline(day, self.now, self.zone);
        let tone = match deadline.days {
            ..=1 => "bad",
            2..=5 => "warn",
            _ => "info",
        };
        (Tag::new(deadline.left, tone), deadline.days)
    }

    /// When the ratings of the quarter should be done.
    fn rating_deadline(&self) -> Option<Date> {
        let (_, last) = self.quarter.1.days(self.quarter.0).ok()?;
        last.checked_add(jiff::Span::new().try_days(self.evaluation_days).ok()?)
            .ok()
    }

    fn plan_of_the_year(&self) -> Option<&SkpRow> {
        self.mine.iter().find(|s| s.year == self.today.year())
    }

    fn name_of(&self, person: kernel::PersonId) -> Option<&str> {
        self.team_people
            .iter()
            .find(|p| p.id == person)
            .map(|p| p.full_name.as_str())
    }

    /// What the reader must do, nearest deadline first.
    pub(super) fn to_do(&self, t: Texts, has_person: bool) -> Vec<Task> {
        let mut tasks = Vec::new();
        if has_person {
            self.own_plan(t, &mut tasks);
            self.own_results(t, &mut tasks);
            self.own_day(t, &mut tasks);
        }
        self.plans_to_decide(t, &mut tasks);
        self.people_to_rate(t, &mut tasks);
        tasks.sort_by_key(|task| task.days);
        tasks
    }

    fn own_plan(&self, t: Texts, tasks: &mut Vec<Task>) {
        let year = self.today.year();
        let (tag, days) = self.until(t, date(year, 1, 31));
        let late = |tag: Tag, days: i64| {
            if days < 0 {
                (Tag::new(t.start_overdue(), "bad"), days)
            } else {
                (tag, days)
            }
        };
        let (tag, days) = late(tag, days);
        match self.plan_of_the_year() {
            None => tasks.push(Task {
                href: "/skp/baru".to_owned(),
                title: t.start_plan_begin(year),
                meta: t.start_plan_begin_meta().to_owned(),
                tag,
                days,
            }),
            Some(plan) if plan.status == Status::Dikembalikan => tasks.push(Task {
                href: format!("/skp/{}", plan.id),
                title: t.start_plan_returned(year),
                meta: t.start_plan_returned_meta(t.moment(plan.changed_at, self.zone)),
                tag: words::skp_status(t, Some(plan.status)),
                days: 0,
            }),
            Some(plan) if plan.status == Status::Draf => tasks.push(Task {
                href: format!("/skp/{}", plan.id),
                title: t.start_plan_draft(year),
                meta: t.start_plan_draft_meta(t.moment(plan.changed_at, self.zone)),
                tag: words::skp_status(t, Some(plan.status)),
                days,
            }),
            Some(_) => {}
        }
    }

    fn own_results(&self, t: Texts, tasks: &mut Vec<Task>) {
        for e in self
            .evaluations
            .iter()
            .filter(|e| e.status == evaluation::model::Status::Final)
        {
            tasks.push(Task {
                href: format!("/evaluasi/{}", e.id),
                title: t.start_read_result(words::period(t, e.period), e.year),
                meta: t.start_read_result_meta(&e.assessor_name),
                tag: Tag::new(t.start_new(), "info"),
                days: 1,
            });
        }
    }

    fn own_day(&self, t: Texts, tasks: &mut Vec<Task>) {
        let workday = !matches!(self.today.weekday(), Weekday::Saturday | Weekday::Sunday);
        let has_plan = self.plan_of_the_year().is_some_and(|p| p.status.carries_work());
        if workday && has_plan && self.entries_today == 0 {
            tasks.push(Task {
                href: "/progres".to_owned(),
                title: t.start_log_today().to_owned(),
                meta: t.start_log_today_meta().to_owned(),
                tag: Tag::new(t.days_left(0), "warn"),
                days: 0,
            });
        }
    }

    fn plans_to_decide(&self, t: Texts, tasks: &mut Vec<Task>) {
        for plan in self.team_plans.iter().filter(|p| p.status == Status::Diajukan).take(6) {
            let name = self.name_of(plan.person_id).unwrap_or_default();
            let since = plan.submitted_at.unwrap_or(plan.changed_at);
            tasks.push(Task {
                href: format!("/skp/{}", plan.id),
                title: t.start_decide_plan(name),
                meta: t.start_decide_plan_meta(t.moment(since, self.zone)),
                tag: words::skp_status(t, Some(plan.status)),
                days: 2,
            });
        }
    }

    fn people_to_rate(&self, t: Texts, tasks: &mut Vec<Task>) {
        let ratable = self.team_ratings.iter().filter(|s| s.is_approved()).count();
        let open = self
            .team_ratings
            .iter()
            .filter(|s| s.is_approved() && s.status.is_none_or(evaluation::model::Status::is_open))
            .count();
        if open == 0 {
            return;
        }
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        let (tag, days) = match self.rating_deadline() {
            Some(day) => self.until(t, day),
            None => (Tag::new(t.start_new(), "info"), NO_DEADLINE),
        };
        tasks.push(Task {
            href: format!(
                "/tim/evaluasi?tahun={}&periode={}",
                self.quarter.0,
                kernel::Code::code(self.quarter.1)
            ),
            title: t.start_rate(
                words::period(t, self.quarter.1),
                t.number(count(open)),
                t.number(count(ratable)),
            ),
            meta: t.start_rate_meta().to_owned(),
            tag,
            days,
        });
    }

    /// What the reader waits for.
    pub(super) fn waiting(&self, t: Texts) -> Vec<Task> {
        let mut tasks = Vec::new();
        if let Some(plan) = self.plan_of_the_year().filter(|p| p.status == Status::Diajukan) {
            let with = self
                .assessor
                .as_ref()
                .map_or_else(|| t.none().to_owned(), |a| a.full_name.clone());
            let since = plan.submitted_at.unwrap_or(plan.changed_at);
            let days = self
                .zone
                .date(since)
                .until(self.today)
                .map_or(0, |span| i64::from(span.get_days()));
            tasks.push(Task {
                href: format!("/skp/{}", plan.id),
                title: t.start_wait_plan(plan.year),
                meta: t.start_wait_plan_meta(with, t.moment(since, self.zone)),
                tag: Tag::new(t.start_wait_days(days), "info"),
                days: NO_DEADLINE,
            });
        }
        for e in self.evaluations.iter().filter(|e| e.status.is_open()) {
            tasks.push(Task {
                href: format!("/evaluasi/{}", e.id),
                title: t.start_wait_rating(words::period(t, e.period), e.year),
                meta: t.start_wait_rating_meta(&e.assessor_name),
                tag: Tag::new(t.start_in_progress(), "info"),
                days: NO_DEADLINE,
            });
        }
        tasks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_quarter_is_the_one_that_has_ended() {
        assert_eq!(last_quarter(date(2026, 11, 22)), (2026, Period::Tw3));
        assert_eq!(last_quarter(date(2026, 4, 1)), (2026, Period::Tw1));
        assert_eq!(last_quarter(date(2027, 1, 1)), (2026, Period::Tw4));
        assert_eq!(last_quarter(date(2026, 12, 31)), (2026, Period::Tw3));
    }
}
