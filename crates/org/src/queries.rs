//! Reads for pages. Each takes the open transaction, so that a page shows one moment.

mod list;
mod party;
mod person;
mod unit;

pub use list::{
    EmployeeFilter, EmployeeRow, MAX_COUNT, all_employees, employee, employees, employees_by_id, subordinates,
};
pub use party::{PartyIdentity, identities_on, identity_on};
pub use person::{
    NumberPeriod, OverrideView, PersonPage, PlacementPeriod, RankPeriod, SuperiorView, person_by_number, person_page,
};
pub use unit::{
    Crumb, PositionOption, UnitBrief, UnitChild, UnitPage, positions_of, root_unit, unit_by_code, unit_options,
    unit_page, units_like,
};
