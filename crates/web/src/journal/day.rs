//! The day: a form of half a minute, what was recorded, and the month around it.

use askama::Template;
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use db::Tx;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use jiff::ToSpan;
use jiff::civil::Date;
use journal::ProgressRow;
use journal::commands::{self, EntryError, EntryInput, NewEntry};
use journal::model::{DayBroken, ENTRY_MAX, Lock, UNIT_MAX, is_locked, is_submit_key, may_record};
use journal::queries::{DayCount, Habit};
use kernel::{DecimalError, Period, PersonId};
use org::settings::Key;
use skp::{RhkRow, SkpRow, Status};

use super::frame::Frame;
use super::month::{self, Month};
use super::{view, words};
use crate::shared::{
    AppState, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, QueryData, Staff,
    page, page_with_status, see_other,
};

/// How many days back habits are looked for.
const HABIT_DAYS: i32 = 30;
/// Most habits that are offered.
const HABITS: i64 = 5;
/// Up to this many RHK stand as cards, more as a list.
const CARDS: usize = 6;

/// The page of a day.
#[derive(Template)]
#[template(path = "journal/day.html")]
pub(super) struct DayPage {
    pub(super) shell: crate::shared::Shell,
    pub(super) t: i18n::Texts,
    pub(super) problems: Vec<(&'static str, String)>,
    pub(super) lead: String,
    /// What was just done.
    pub(super) notice: Option<String>,
    pub(super) form: Option<EntryForm>,
    /// Why nothing can be recorded here, and what to do.
    pub(super) closed: Option<Closed>,
    pub(super) repeats: Vec<Repeat>,
    pub(super) lines: Vec<Line>,
    pub(super) month: Month,
    /// The page of the period: address and words.
    pub(super) period: Option<(String, String)>,
}

/// The fields of an entry.
pub(super) struct EntryForm {
    pub(super) rhk: Field,
    pub(super) text: Field,
    pub(super) quantity: Quantity,
    pub(super) unit: Field,
    pub(super) day: Field,
    /// One-time key.
    pub(super) key: String,
}

/// A quantity with how it is read (U8).
pub(super) struct Quantity {
    pub(super) value: String,
    pub(super) reading: String,
    pub(super) error: Option<String>,
}

/// A designed state without form.
#[derive(Debug, Clone)]
pub(super) struct Closed {
    pub(super) title: String,
    pub(super) text: String,
    /// Address and words of the next step.
    pub(super) step: (String, String),
}

/// Something that is done again and again.
#[derive(Debug, Clone)]
pub(super) struct Repeat {
    pub(super) text: String,
    pub(super) rhk: String,
    pub(super) rhk_id: String,
    pub(super) day: Date,
    /// One tap saves it, with this key.
    pub(super) key: String,
    /// It was counted: the form is filled in and waits for the number.
    pub(super) fill: Option<String>,
}

/// One entry of the day.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub(super) id: kernel::ProgressId,
    pub(super) text: String,
    pub(super) rhk: String,
    pub(super) quantity: String,
    pub(super) saved: String,
    pub(super) editable: bool,
}

/// What the page of a day needs.
pub(super) struct Loaded {
    pub(super) day: Date,
    pub(super) back_days: i64,
    /// The plan that carries work on the day.
    pub(super) skp: Option<SkpRow>,
    /// The latest plan when none carries work, and who has it.
    pub(super) waiting: Option<(SkpRow, Option<String>)>,
    pub(super) rhks: Vec<RhkRow>,
    pub(super) habits: Vec<Habit>,
    pub(super) locks: Vec<Lock>,
    pub(super) entries: Vec<ProgressRow>,
    pub(super) counts: Vec<DayCount>,
}

impl Loaded {
    fn rhk_text(&self, id: kernel::RhkId) -> String {
        self.rhks
            .iter()
            .find(|r| r.id == id)
            .map_or_else(String::new, |r| r.text.clone())
    }

    /// The first day that the agency still allows.
    fn earliest(&self, today: Date) -> Date {
        today.saturating_sub(self.back_days.clamp(0, 3_660).days())
    }

    fn may_record(&self, today: Date) -> Option<Result<(), DayBroken>> {
        let skp = self.skp.as_ref()?;
        let days = (skp.period_start, skp.period_end);
        Some(may_record(self.day, today, days, self.back_days, &self.locks))
    }
}

/// `GET /progres?tanggal=…`
pub(super) async fn show(staff: Staff, State(app): State<AppState>, QueryData(query): QueryData) -> PageResult {
    let person = staff.person()?;
    let day = query.date("tanggal").unwrap_or_else(|| staff.today());
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, person, day).await)?;
    let frame = Frame::of(&staff, Nav::Journal);
    let notice = notice(&frame, &loaded, &query);
    let shown = filled(&loaded, &query);
    let keys = || words::new_key(&app.ctx);
    page(&build(&frame, &loaded, &shown, &Problems::none(), notice, &keys))
}

/// `GET /progres/angka?q=…`: how a quantity, or with `jenis=nilai` a realised value, is read, as plain text for the hint beside the field.
pub(super) async fn reading(staff: Staff, QueryData(query): QueryData) -> PageResult {
    let short: String = query.raw("q").chars().take(300).collect();
    // realised values carry their unit behind the number
    let said = match query.raw("jenis") {
        "nilai" => view::value_reading(staff.t, &short),
        _ => words::reading(staff.t, &short),
    };
    let mut response = Response::new(Body::from(said));
    let plain = HeaderValue::from_static("text/plain; charset=utf-8");
    response.headers_mut().insert(CONTENT_TYPE, plain);
    Ok(response)
}

pub(super) async fn load(tx: &mut Tx, staff: &Staff, person: PersonId, day: Date) -> Result<Loaded, PageError> {
    let agency = staff.session.agency.id;
    let plans = skp::queries::of_person(tx, person).await?;
    let skp = plans.iter().find(|s| s.status.carries_work() && s.covers(day)).cloned();
    let waiting = match (&skp, plans.into_iter().next()) {
        (None, Some(latest)) => {
            let holder = match (latest.status, latest.assessor_id) {
                (Status::Diajukan, Some(assessor)) => org::queries::employee(tx, agency, assessor).await?,
                _ => None,
            };
            Some((latest, holder.map(|row| row.full_name)))
        }
        _ => None,
    };
    let (mut rhks, mut habits, mut locks) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(skp) = &skp {
        rhks = skp::queries::rhks(tx, skp.id).await?;
        let since = staff.today().saturating_sub(HABIT_DAYS.days());
        habits = journal::queries::habits(tx, skp.id, person, since, HABITS).await?;
        locks = journal::queries::locks(tx, skp.id).await?;
    }
    let back_days = org::settings::value(tx, agency, Key::JournalBackDays, staff.today()).await?;
    let (first, last) = month::bounds(day);
    Ok(Loaded {
        day,
        back_days: back_days.number(),
        skp,
        waiting,
        rhks,
        habits,
        locks,
        entries: journal::queries::entries_of_day(tx, person, day).await?,
        counts: journal::queries::calendar(tx, person, first, last).await?,
    })
}

/// The form as it is first shown: the RHK served last, or what a repeat fills in.
fn filled(loaded: &Loaded, query: &FormData) -> FormData {
    let day = loaded.day.to_string();
    let again = query
        .int("ulang")
        .and_then(|n| usize::try_from(n).ok())
        .and_then(|n| loaded.habits.get(n));
    let last = loaded.habits.iter().max_by_key(|h| h.last_day);
    let only = match loaded.rhks.as_slice() {
        [only] => Some(only.id),
        _ => None,
    };
    let rhk = query
        .id("rhk")
        .or(again.map(|h| h.rhk_id))
        .or(last.map(|h| h.rhk_id))
        .or(only)
        .map_or_else(String::new, |id| id.to_string());
    let (text, unit) = again.map_or(("", ""), |h| (h.text.as_str(), h.quantity_unit.as_str()));
    FormData::from_pairs([
        ("rhk", rhk.as_str()),
        ("teks", text),
        ("satuan", unit),
        ("tanggal", day.as_str()),
    ])
}

fn notice(frame: &Frame, loaded: &Loaded, query: &FormData) -> Option<String> {
    let t = frame.t;
    if query.raw("pesan") == "dihapus" {
        return Some(t.journal_entry_removed().to_owned());
    }
    let id: kernel::ProgressId = query.id("catatan")?;
    let row = loaded.entries.iter().find(|e| e.id == id)?;
    let mut said = t.journal_receipt(frame.time(row.changed_at), number(row));
    if let (true, Some(quantity)) = (query.has("baca"), row.quantity) {
        said.push(' ');
        said.push_str(&t.journal_receipt_reads(t.decimal(quantity)));
    }
    Some(said)
}

/// The number of the receipt that people can read to one another.
fn number(row: &ProgressRow) -> String {
    let receipt = commands::Receipt {
        id: row.id,
        version: row.version,
        saved_at: row.changed_at,
        already: false,
        ambiguous: false,
    };
    receipt.number()
}

/// Reads the fields of an entry; what is missing is said in `problems`.
pub(super) fn typed(form: &FormData, problems: &mut Problems) -> Option<EntryInput> {
    let rhk = form.id("rhk");
    let work_date = form.date("tanggal");
    if rhk.is_none() {
        problems.add("rhk", Problem::Required);
    }
    if form.raw("teks").trim().is_empty() {
        problems.add("teks", Problem::Required);
    }
    if work_date.is_none() {
        problems.add("tanggal", Problem::Required);
    }
    Some(EntryInput {
        rhk: rhk?,
        work_date: work_date.filter(|_| problems.is_empty())?,
        text: form.raw("teks").to_owned(),
        quantity: form.raw("jumlah").to_owned(),
        quantity_unit: form.raw("satuan").to_owned(),
    })
}

/// What a refused entry means for its form: problems beside the fields, or somebody else's change.
pub(super) fn refused(
    t: i18n::Texts,
    error: EntryError,
    earliest: &str,
    problems: &mut Problems,
) -> Result<Option<Box<ProgressRow>>, PageError> {
    match error {
        EntryError::NotFound => return Err(PageError::NotFound),
        EntryError::Denied(denied) => return Err(denied.into()),
        EntryError::Internal(error) => return Err(error.into()),
        EntryError::Stale(now) => return Ok(Some(now)),
        EntryError::NotApproved => problems.say("rhk", t.journal_not_approved()),
        EntryError::Day(broken) => problems.say("tanggal", words::day_broken(t, broken, earliest)),
        EntryError::Text(error) => problems.text("teks", error),
        EntryError::Quantity(DecimalError::Empty) => problems.add("jumlah", Problem::Required),
        EntryError::Quantity(_) => problems.say("jumlah", t.journal_reads_not()),
        EntryError::Unit(error) => problems.text("satuan", error),
        EntryError::Key => problems.say("teks", t.journal_key_broken()),
    }
    Ok(None)
}

/// `POST /progres`. Nothing is read but what the command needs: everybody does this every day.
pub(super) async fn add(staff: Staff, State(app): State<AppState>, form: FormData) -> PageResult {
    let person = staff.person()?;
    let mut problems = Problems::none();
    let mut refusal = None;
    if let Some(entry) = typed(&form, &mut problems) {
        let day = entry.work_date;
        let new = NewEntry {
            entry,
            submit_key: form.raw("kunci").to_owned(),
        };
        match commands::add_entry(&app.db, &app.ctx, staff.actor(), new).await {
            Ok(receipt) => return see_other(&after(day, &receipt)),
            Err(error) => refusal = Some(error),
        }
    }
    let day = form.date("tanggal").unwrap_or_else(|| staff.today());
    let loaded = db::read!(app.db, async |tx| load(tx, &staff, person, day).await)?;
    if let Some(error) = refusal {
        let earliest = staff.t.date_long(loaded.earliest(staff.today()));
        refused(staff.t, error, &earliest, &mut problems)?;
    }
    let keys = || words::new_key(&app.ctx);
    let frame = Frame::of(&staff, Nav::Journal);
    let built = build(&frame, &loaded, &form, &problems, None, &keys);
    page_with_status(StatusCode::UNPROCESSABLE_ENTITY, &built)
}

/// The day with the receipt of an entry.
pub(super) fn after(day: Date, receipt: &commands::Receipt) -> String {
    let read = if receipt.ambiguous { "&baca=1" } else { "" };
    format!("/progres?tanggal={day}&catatan={}{read}", receipt.id)
}

/// Builds the page; `keys` makes one-time keys.
pub(super) fn build(
    frame: &Frame,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    notice: Option<String>,
    keys: &dyn Fn() -> String,
) -> DayPage {
    let t = frame.t;
    let today = frame.today();
    let allowed = loaded.may_record(today);
    let is_open = allowed == Some(Ok(()));
    let days = loaded.skp.as_ref().map(|s| (s.period_start, s.period_end));
    let n = i64::try_from(loaded.entries.len()).unwrap_or(i64::MAX);
    let title = match n {
        0 => t.journal_title_none(t.date_long(loaded.day)),
        _ => t.journal_title(n, t.date_long(loaded.day)),
    };
    let closed = match allowed {
        // a rejected form is never taken away from under what was typed
        Some(Ok(())) => None,
        Some(Err(_)) if !problems.is_empty() => None,
        Some(Err(broken)) => Some(closed_day(frame, loaded, broken)),
        None => Some(no_plan(frame, loaded)),
    };
    let month = month::month(t, loaded.day, today, days, &loaded.counts);
    DayPage {
        shell: frame.shell(title).problems(!problems.is_empty()),
        t,
        problems: problems.all(t),
        lead: lead(frame, loaded, &month),
        notice,
        form: (closed.is_none()).then(|| fields(frame, loaded, form, problems, keys)),
        closed,
        repeats: match is_open {
            true => repeats(loaded, keys),
            false => Vec::new(),
        },
        lines: lines(frame, loaded),
        month,
        period: loaded.skp.as_ref().map(|s| {
            let period = Period::quarter_of(loaded.day);
            let name = words::period_year(t, s.year, period);
            (words::period_href(s.id, s.year, period), t.journal_to_period(name))
        }),
    }
}

fn lead(frame: &Frame, loaded: &Loaded, month: &Month) -> String {
    let t = frame.t;
    let day = t.date_full(loaded.day);
    match month.missing {
        0 => day,
        n => format!("{day}. {}", t.journal_missing(n, &month.title)),
    }
}

fn fields(
    frame: &Frame,
    loaded: &Loaded,
    form: &FormData,
    problems: &Problems,
    keys: &dyn Fn() -> String,
) -> EntryForm {
    let t = frame.t;
    let earliest = t.date_long(loaded.earliest(frame.today()));
    let key = form.raw("kunci");
    EntryForm {
        key: if is_submit_key(key) { key.to_owned() } else { keys() },
        ..entry_fields(
            t,
            &loaded.rhks,
            &loaded.habits,
            form,
            problems,
            &t.journal_day_hint(earliest),
        )
    }
}

/// The fields of an entry, without key.
pub(super) fn entry_fields(
    t: i18n::Texts,
    rhks: &[RhkRow],
    habits: &[Habit],
    form: &FormData,
    problems: &Problems,
    day_hint: &str,
) -> EntryForm {
    let mut sorted: Vec<&RhkRow> = rhks.iter().collect();
    let last = |r: &RhkRow| habits.iter().filter(|h| h.rhk_id == r.id).map(|h| h.last_day).max();
    // stable: those not served lately keep the order of the plan
    sorted.sort_by_key(|r| std::cmp::Reverse(last(r)));
    let mut choices: Vec<Choice> = sorted.iter().map(|r| Choice::new(r.id.to_string(), &r.text)).collect();
    let kind = match choices.len() {
        ..=CARDS => FieldKind::Radios(choices),
        _ => {
            choices.insert(0, Choice::new("", t.journal_rhk_choose()));
            FieldKind::Select(choices)
        }
    };
    EntryForm {
        rhk: Field::new(t, "rhk", t.journal_rhk(), kind).from(form, problems),
        text: Field::new(t, "teks", t.journal_text(), FieldKind::Paragraph(2))
            .hint(t.journal_text_hint())
            .max(ENTRY_MAX)
            .from(form, problems),
        quantity: Quantity {
            value: form.raw("jumlah").to_owned(),
            reading: words::reading(t, form.raw("jumlah")),
            error: problems.of("jumlah", t),
        },
        unit: Field::line(t, "satuan", t.journal_unit())
            .optional()
            .hint(t.journal_unit_hint())
            .max(UNIT_MAX)
            .from(form, problems),
        day: Field::new(t, "tanggal", t.journal_date(), FieldKind::Date)
            .hint(day_hint)
            .from(form, problems),
        key: String::new(),
    }
}

fn repeats(loaded: &Loaded, keys: &dyn Fn() -> String) -> Vec<Repeat> {
    let day = loaded.day;
    let offered = loaded.habits.iter().enumerate();
    // what stands on this day already is not offered again
    let offered = offered.filter(|(_, h)| !loaded.entries.iter().any(|e| e.rhk_id == h.rhk_id && e.text == h.text));
    offered
        .map(|(at, habit)| Repeat {
            text: habit.text.clone(),
            rhk: loaded.rhk_text(habit.rhk_id),
            rhk_id: habit.rhk_id.to_string(),
            day,
            key: keys(),
            fill: (!habit.quantity_unit.is_empty()).then(|| format!("/progres?tanggal={day}&ulang={at}#jumlah")),
        })
        .collect()
}

fn lines(frame: &Frame, loaded: &Loaded) -> Vec<Line> {
    let t = frame.t;
    let is_locked = is_locked(loaded.day, &loaded.locks);
    loaded
        .entries
        .iter()
        .map(|e| Line {
            id: e.id,
            text: e.text.clone(),
            rhk: loaded.rhk_text(e.rhk_id),
            quantity: quantity(t, e),
            saved: t.journal_receipt(frame.time(e.changed_at), number(e)),
            editable: loaded.skp.is_some() && !is_locked,
        })
        .collect()
}

/// `12 berkas`; empty when nothing was counted.
pub(super) fn quantity(t: i18n::Texts, entry: &ProgressRow) -> String {
    let figure = entry.quantity.map(|q| t.decimal(q)).unwrap_or_default();
    format!("{figure} {}", entry.quantity_unit).trim().to_owned()
}

fn closed_day(frame: &Frame, loaded: &Loaded, broken: DayBroken) -> Closed {
    let t = frame.t;
    let earliest = loaded.earliest(frame.today());
    let text = words::day_broken(t, broken, &t.date_long(earliest));
    let to_today = || ("/progres".to_owned(), t.journal_to_today().to_owned());
    let step = match (broken, &loaded.skp) {
        (DayBroken::Locked, Some(skp)) => {
            let period = Period::quarter_of(loaded.day);
            let name = words::period_year(t, skp.year, period);
            (words::period_href(skp.id, skp.year, period), t.journal_to_period(name))
        }
        _ => to_today(),
    };
    Closed {
        title: t.journal_closed_title().to_owned(),
        text,
        step,
    }
}

/// No plan carries work on the day: which plan there is, and who has it.
fn no_plan(frame: &Frame, loaded: &Loaded) -> Closed {
    let t = frame.t;
    let Some((skp, holder)) = &loaded.waiting else {
        return Closed {
            title: t.journal_no_skp_title().to_owned(),
            text: t.journal_no_skp_text().to_owned(),
            step: ("/skp".to_owned(), t.journal_no_skp_step().to_owned()),
        };
    };
    let open = (format!("/skp/{}", skp.id), t.journal_open_skp(skp.year));
    let (title, text) = match skp.status {
        Status::Disetujui | Status::Ditutup => (t.journal_closed_title(), t.journal_day_outside().to_owned()),
        Status::Diajukan => {
            let holder = holder.as_deref().unwrap_or(t.journal_superior());
            (t.journal_no_approved_title(), t.journal_waits_for(skp.year, holder))
        }
        Status::Draf | Status::Dikembalikan => (t.journal_no_approved_title(), t.journal_yours_to_submit(skp.year)),
    };
    Closed {
        title: title.to_owned(),
        text,
        step: open,
    }
}
