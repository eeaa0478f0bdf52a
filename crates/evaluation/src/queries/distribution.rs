use db::{Result, Tx, args, sql};
use jiff::civil::Date;
use kernel::{AgencyId, Code, Period, UnitId};
use org::settings::{self, Key};
use regulation::distribution::{Band, Counts, Judgement, bands, judge, mode_as_expected};
use regulation::rating::{CapaianOrganisasi, Predikat};

use crate::model::Status;
use crate::store;

/// The predikat of a unit beside the pattern of its achievement. The population is everybody of the unit with a
/// predikat, provisional ones included, without the head (performance-cycle 5.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Distribution {
    /// The unit's achievement, once it is set.
    pub achievement: Option<CapaianOrganisasi>,
    /// People per predikat.
    pub counts: Counts,
    /// Of these, not final yet.
    pub provisional: u64,
    /// Evaluations without a predikat yet.
    pub unrated: u64,
    /// What the pattern allows for each predikat.
    pub bands: Option<[Band; 5]>,
    /// What can be said; none before the achievement is set.
    pub judgement: Option<Judgement>,
    /// The predikat expected to be the most frequent is so; a hint.
    pub mode_as_expected: Option<bool>,
    /// Units with fewer people are not judged.
    pub small_unit: u32,
}

impl Distribution {
    /// People with a predikat.
    pub fn n(&self) -> u64 {
        self.counts.total()
    }

    /// Too few people for percentages to mean anything.
    pub fn is_small(&self) -> bool {
        self.n() < u64::from(self.small_unit)
    }
}

/// The distribution of a unit in a period; three statements.
pub async fn distribution(
    tx: &mut Tx,
    agency: AgencyId,
    unit: UnitId,
    (year, period): (i16, Period),
    today: Date,
) -> Result<Distribution> {
    let rows: Vec<(Option<Predikat>, Status, i64)> = tx
        .all(
            sql!(
                "SELECT predikat, status, CAST(COUNT(*) AS BIGINT) FROM evaluation WHERE agency_id = $1 \
                 AND unit_id = $2 AND year = $3 AND period = $4 AND is_head = $5 GROUP BY predikat, status"
            ),
            args![agency, unit, year, period, false],
        )
        .await?;
    let achievement = store::achievement(tx, agency, unit, (year, period)).await?;
    let small = settings::value(tx, agency, Key::DistributionSmallUnit, today)
        .await?
        .number();
    let mut counts = [0; 5];
    let (mut provisional, mut unrated) = (0, 0);
    for (predikat, status, count) in rows {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let Some(predikat) = predikat else {
            unrated += u64::from(count);
            continue;
        };
        if let Some(place) = Predikat::ALL.iter().position(|p| *p == predikat) {
            counts[place] += count;
        }
        if status.is_open() {
            provisional += u64::from(count);
        }
    }
    let counts = Counts::new(counts);
    let small_unit = u32::try_from(small).unwrap_or(regulation::distribution::SMALL_UNIT);
    let achievement = achievement.map(|a| a.achievement);
    Ok(Distribution {
        achievement,
        counts,
        provisional,
        unrated,
        bands: achievement.map(bands),
        judgement: achievement.map(|a| judge(a, counts, small_unit)),
        mode_as_expected: achievement.map(|a| mode_as_expected(a, counts)),
        small_unit,
    })
}
