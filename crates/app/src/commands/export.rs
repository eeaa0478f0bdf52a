use std::path::PathBuf;

use clap::Subcommand;
use documents::{Kind, Sheet, Value};
use kernel::Code as _;
use org::agency::Agency;
use org::queries::EmployeeFilter;
use policy::Scope;
use service::queries::ListFilter;

use crate::commands::import::write_new;
use crate::failure::{Done, Failure, done};
use crate::installation::Installation;
use crate::output::{count, say};

/// Writes lists as XLSX: a frozen header, NIP as text, nothing that a spreadsheet would take for a formula.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  abdi export staff pegawai.xlsx\n  abdi export services layanan.xlsx --agency KOTACONTOH"
)]
pub struct Args {
    /// Code of the agency; may be left out while there is only one
    #[arg(long, global = true, value_name = "CODE")]
    agency: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Everybody with position, unit and superior as of today
    Staff {
        /// File to make
        #[arg(value_name = "OUT.xlsx")]
        out: PathBuf,
        /// Also people who have left
        #[arg(long)]
        all: bool,
    },
    /// Public services with their index of satisfaction (IKM) of this year
    Services {
        /// File to make
        #[arg(value_name = "OUT.xlsx")]
        out: PathBuf,
    },
}

/// Runs the command.
pub async fn run(args: Args, config: Option<PathBuf>) -> Done {
    let house = Installation::open(config).await?;
    let agency = house.agency(args.agency.as_deref()).await?;
    let (out, rows, bytes) = match args.command {
        Command::Staff { out, all } => {
            let rows = staff(&house, &agency, all).await?;
            let sheet = sheet("Pegawai", &agency, &house)
                .column("NIP", 22, Kind::Text)
                .column("Nama", 36, Kind::Text)
                .column("Golongan", 10, Kind::Text)
                .column("Jabatan", 44, Kind::Text)
                .column("Unit", 44, Kind::Text)
                .column("Kepala Unit", 12, Kind::Text)
                .column("Atasan", 36, Kind::Text)
                .column("NIP Atasan", 22, Kind::Text)
                .column("Status", 12, Kind::Text);
            (out, rows.len(), sheet.write(rows))
        }
        Command::Services { out } => {
            let rows = services(&house, &agency).await?;
            let sheet = sheet("Layanan", &agency, &house)
                .column("Layanan", 44, Kind::Text)
                .column("Unit", 44, Kind::Text)
                .column("Halaman publik", 14, Kind::Text)
                .column("Responden", 12, Kind::Integer)
                .column("IKM", 10, Kind::Number { decimals: 2 })
                .column("Mutu", 8, Kind::Text);
            (out, rows.len(), sheet.write(rows))
        }
    };
    let bytes = bytes.map_err(|e| Failure::internal(format!("The list was not written: {e}.")))?;
    write_new(&out, &bytes)?;
    say(format!("{} rows are in {}", count(rows as u64), out.display()));
    done()
}

fn sheet(name: &str, agency: &Agency, house: &Installation) -> Sheet {
    let today = agency.today(&house.ctx);
    Sheet::new(name, format!("{name} {}", agency.name), today).note(format!("Keadaan per {today}"))
}

async fn staff(house: &Installation, agency: &Agency, all: bool) -> Result<Vec<Vec<Value>>, Failure> {
    let scope = Scope::unscoped(agency.id);
    let mut filters = vec![EmployeeFilter::default()];
    if all {
        use org::model::PersonStatus::{Dead, Left, Retired};
        filters.extend([Retired, Left, Dead].map(|s| EmployeeFilter {
            status: Some(s),
            ..EmployeeFilter::default()
        }));
    }
    let everybody = db::read!(house.db, async |tx| {
        let mut everybody = Vec::new();
        for filter in &filters {
            let mut after = None;
            loop {
                let (page, _) = org::queries::employees(tx, &scope, filter, after.as_ref()).await?;
                everybody.extend(page.rows);
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok::<_, Failure>(everybody)
    })?;
    let by_id: std::collections::HashMap<_, _> = everybody
        .iter()
        .map(|e| (e.id, (e.full_name.clone(), e.number.clone())))
        .collect();
    let rows = everybody.into_iter().map(|e| {
        let (superior, superior_number) = e.superior.and_then(|id| by_id.get(&id).cloned()).unwrap_or_default();
        vec![
            Value::text(e.number),
            Value::text(e.full_name),
            Value::text(e.grade.map(|g| g.to_string()).unwrap_or_default()),
            Value::text(e.position_title),
            Value::text(e.unit_name),
            Value::text(if e.is_head { "Ya" } else { "" }),
            Value::text(superior),
            Value::text(superior_number),
            Value::text(e.status.code()),
        ]
    });
    Ok(rows.collect())
}

async fn services(house: &Installation, agency: &Agency) -> Result<Vec<Vec<Value>>, Failure> {
    let scope = Scope::unscoped(agency.id);
    let today = agency.today(&house.ctx);
    let days = (today.first_of_year(), today);
    let all = db::read!(house.db, async |tx| {
        let mut all = Vec::new();
        let mut filter = ListFilter::default();
        loop {
            let page = service::queries::list(tx, &scope, &filter, days).await?;
            all.extend(page.rows);
            filter.after = page.next;
            if filter.after.is_none() {
                break Ok::<_, Failure>(all);
            }
        }
    })?;
    let rows = all.into_iter().map(|s| {
        let index = s.index.as_ref();
        vec![
            Value::text(s.name),
            Value::text(s.unit_name),
            Value::text(if s.is_public { "Ya" } else { "" }),
            index.map_or(Value::Empty, |i| {
                Value::Integer(i64::try_from(i.n()).unwrap_or(i64::MAX))
            }),
            index
                .and_then(|i| i.ikm.shown().parse().ok())
                .map_or(Value::Empty, Value::Number),
            Value::text(index.and_then(|i| i.mutu).map(|m| m.code()).unwrap_or_default()),
        ]
    });
    Ok(rows.collect())
}
