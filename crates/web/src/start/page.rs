use askama::Template;
use axum::extract::State;
use i18n::Texts;
use org::settings::Key;

use super::tasks::{Facts, Task, last_quarter};
use crate::shared::{AppState, Nav, PageError, PageResult, Shell, Staff, page, words};

/// A result that stands.
struct Outcome {
    href: String,
    period: String,
    predikat: String,
}

#[derive(Template)]
#[template(path = "start/start.html")]
struct StartPage {
    shell: Shell,
    t: Texts,
    today: String,
    to_do: Vec<Task>,
    waiting: Vec<Task>,
    outcomes: Vec<Outcome>,
    team: Vec<(String, String)>,
}

/// `GET /`
pub(super) async fn start(staff: Staff, State(app): State<AppState>) -> PageResult {
    let facts = facts(&staff, &app).await?;
    page(&start_page(&staff, &facts))
}

async fn facts(staff: &Staff, app: &AppState) -> Result<Facts, PageError> {
    let agency = staff.session.agency.id;
    let today = staff.today();
    let quarter = last_quarter(today);
    let person = staff.actor().person;
    let leads = staff.session.supervises || !staff.actor().heads.is_empty();
    db::read!(app.db, async |tx| {
        let mut facts = Facts {
            today,
            now: staff.now,
            zone: staff.session.agency.zone,
            quarter,
            evaluation_days: 14,
            mine: Vec::new(),
            assessor: None,
            evaluations: Vec::new(),
            entries_today: 0,
            team_plans: Vec::new(),
            team_people: Vec::new(),
            team_ratings: Vec::new(),
        };
        let Some(person) = person else {
            return Ok::<_, PageError>(facts);
        };
        facts.mine = skp::queries::of_person(tx, person).await?;
        facts.evaluations = evaluation::queries::of_person(tx, agency, person).await?;
        facts.entries_today = journal::queries::entries_of_day(tx, person, today).await?.len();
        if let Some(assessor) = facts.mine.first().and_then(|s| s.assessor_id) {
            facts.assessor = org::queries::employee(tx, agency, assessor).await?;
        }
        if leads {
            let days = org::settings::value(tx, agency, Key::EvaluationDeadline, today).await?;
            facts.evaluation_days = days.value.parse().unwrap_or(facts.evaluation_days);
            facts.team_plans = skp::queries::of_subordinates(tx, person, today.year()).await?;
            facts.team_people = org::queries::subordinates(tx, agency, person).await?;
            facts.team_ratings = evaluation::queries::subordinates(tx, agency, person, quarter).await?;
        }
        Ok(facts)
    })
}

fn start_page(staff: &Staff, facts: &Facts) -> StartPage {
    let t = staff.t;
    let zone = staff.session.agency.zone;
    let to_do = facts.to_do(t, staff.actor().person.is_some());
    let n = i64::try_from(to_do.len()).unwrap_or(i64::MAX);
    let title = if n == 0 {
        t.start_title_none().to_owned()
    } else {
        t.start_title(n)
    };
    let approved = facts.team_plans.iter().filter(|p| p.status.carries_work()).count();
    let mut team = Vec::new();
    if !facts.team_people.is_empty() {
        team.push((t.start_team_people().to_owned(), facts.team_people.len().to_string()));
        let of = t.start_team_of(approved, facts.team_people.len());
        team.push((t.start_team_approved(facts.today.year()), of));
        let done = facts
            .team_ratings
            .iter()
            .filter(|s| s.status.is_some_and(|s| !s.is_open()))
            .count();
        let of = t.start_team_of(done, facts.team_ratings.len());
        team.push((t.start_team_final(words::period(t, facts.quarter.1)), of));
    }
    StartPage {
        shell: Shell::staff(staff, Nav::Start, title),
        t,
        today: format!("{} · {}", t.date_full(facts.today), t.time(zone.local(facts.now), zone)),
        to_do,
        waiting: facts.waiting(t),
        outcomes: facts
            .evaluations
            .iter()
            .filter_map(|e| {
                Some(Outcome {
                    href: format!("/evaluasi/{}", e.id),
                    period: format!("{} {}", words::period(t, e.period), e.year),
                    predikat: e.predikat?.label().to_owned(),
                })
            })
            .take(4)
            .collect(),
        team,
    }
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;
    use crate::shared::words::Tag;

    #[test]
    fn every_state_renders_in_both_languages() {
        for lang in Lang::ALL {
            let t = lang.texts();
            let task = Task::sample("<script>alert(1)</script>", Tag::new("x", "bad"));
            for (to_do, team) in [
                (vec![task.clone(), task], vec![("a".to_owned(), "1".to_owned())]),
                (Vec::new(), Vec::new()),
            ] {
                let page = StartPage {
                    shell: Shell::sample(t, t.start_title_none()),
                    t,
                    today: "x".to_owned(),
                    waiting: to_do.clone(),
                    to_do,
                    outcomes: vec![Outcome {
                        href: "/evaluasi".into(),
                        period: "<b>".into(),
                        predikat: "Baik".into(),
                    }],
                    team,
                };
                crate::shared::check::page(&page.render().expect("renders"));
            }
        }
    }
}
