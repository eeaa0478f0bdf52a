//! Units of a file: every row that names a unit says something about it; the first word counts.

use std::collections::{HashMap, HashSet};

use kernel::UnitId;

use super::plan::{Planner, UnitUpdate};
use super::{Column, FindingKind, Outcome};
use crate::bulk::UnitRow;
use crate::model::{MAX_DEPTH, UnitKind};

/// A unit as it will be.
struct Node {
    id: UnitId,
    name: String,
    kind: UnitKind,
    parent: Option<String>,
    /// First row that names it; `None` when the file does not.
    row: Option<usize>,
    is_new: bool,
    closed: bool,
    /// All rows that name it.
    rows: Vec<usize>,
    /// The row whose name counts.
    name_row: Option<usize>,
    /// The row whose unit above counts.
    parent_row: Option<usize>,
}

/// Units by code, as they will be: those that people and positions may refer to.
pub(super) type Units = HashMap<String, UnitId>;

pub(super) fn plan(planner: &mut Planner<'_>) -> Units {
    let mut nodes = known_nodes(planner);
    let mut said: HashMap<String, Said> = HashMap::new();
    let mut order = Vec::new();
    collect(planner, &mut said, &mut order);
    merge(planner, &mut nodes, said, &order);
    drop_orphans(planner, &mut nodes, &order);
    drop_circles(planner, &mut nodes, &order);
    place(planner, &mut nodes, &order)
}

struct Said {
    row: usize,
    rows: Vec<usize>,
    name: Option<(String, usize)>,
    parent: Option<(String, usize)>,
    kind: Option<UnitKind>,
}

fn known_nodes(planner: &Planner<'_>) -> HashMap<String, Node> {
    let by_id: HashMap<UnitId, &str> = planner.known.units.values().map(|u| (u.id, u.code.as_str())).collect();
    let node = |u: &super::known::KnownUnit| Node {
        id: u.id,
        name: u.name.clone(),
        kind: u.kind,
        parent: u.parent.and_then(|p| by_id.get(&p)).map(|c| (*c).to_owned()),
        row: None,
        is_new: false,
        closed: u.valid_to.is_some_and(|day| day < planner.today),
        rows: Vec::new(),
        name_row: None,
        parent_row: None,
    };
    planner
        .known
        .units
        .iter()
        .map(|(code, u)| (code.clone(), node(u)))
        .collect()
}

/// What all rows together say about each unit, in the order of the file.
fn collect(planner: &mut Planner<'_>, said: &mut HashMap<String, Said>, order: &mut Vec<String>) {
    let rows = planner.rows;
    for (at, row) in rows.iter().enumerate() {
        let Some(unit) = &row.unit else { continue };
        let entry = said.entry(unit.code.clone()).or_insert_with(|| {
            order.push(unit.code.clone());
            Said {
                row: at,
                rows: Vec::new(),
                name: None,
                parent: None,
                kind: None,
            }
        });
        entry.rows.push(at);
        entry.kind = entry.kind.or(unit.kind);
        match (&entry.name, &unit.name) {
            (None, Some(name)) => entry.name = Some((name.clone(), at)),
            (Some((first, _)), Some(name)) if first != name => {
                planner.say(at, Some(Column::UnitName), FindingKind::UnitNameConflict, name);
            }
            _ => {}
        }
        match (&entry.parent, &unit.parent) {
            (_, Some(parent)) if *parent == unit.code => {
                planner.say(at, Some(Column::ParentCode), FindingKind::UnitOwnParent, parent);
            }
            (None, Some(parent)) => entry.parent = Some((parent.clone(), at)),
            (Some((first, _)), Some(parent)) if first != parent => {
                planner.say(at, Some(Column::ParentCode), FindingKind::UnitParentConflict, parent);
            }
            _ => {}
        }
    }
}

fn merge(
    planner: &mut Planner<'_>,
    nodes: &mut HashMap<String, Node>,
    mut said: HashMap<String, Said>,
    order: &[String],
) {
    for code in order {
        let Some(said) = said.remove(code) else { continue };
        if let Some(node) = nodes.get_mut(code) {
            node.row = Some(said.row);
            if node.closed {
                for at in &said.rows {
                    planner.say(*at, Some(Column::UnitCode), FindingKind::UnitClosed, code);
                }
                continue;
            }
            if let Some((name, at)) = said.name {
                node.name = name;
                node.name_row = Some(at);
            }
            if let Some(kind) = said.kind {
                node.kind = kind;
            }
            if let Some((parent, at)) = said.parent {
                node.parent = Some(parent);
                node.parent_row = Some(at);
            }
            node.rows = said.rows;
            continue;
        }
        let Some((name, name_at)) = said.name else {
            for at in &said.rows {
                planner.say(*at, Some(Column::UnitCode), FindingKind::UnitUnknown, code);
            }
            continue;
        };
        let kind = said.kind.unwrap_or_else(|| guess_kind(&name));
        let (parent, parent_row) = said.parent.map_or((None, None), |(p, at)| (Some(p), Some(at)));
        let id = planner.ctx.new_id();
        nodes.insert(
            code.clone(),
            Node {
                id,
                name,
                kind,
                parent,
                row: Some(said.row),
                is_new: true,
                closed: false,
                rows: said.rows,
                name_row: Some(name_at),
                parent_row,
            },
        );
    }
}

/// By the first word of the name; only for display.
fn guess_kind(name: &str) -> UnitKind {
    let folded = kernel::fold_name(name);
    match folded.split(' ').next().unwrap_or_default() {
        "pemerintah" | "kota" | "kabupaten" | "provinsi" => UnitKind::Agency,
        "sekretariat" => UnitKind::Secretariat,
        "dinas" => UnitKind::Department,
        "badan" => UnitKind::Board,
        "inspektorat" => UnitKind::Inspectorate,
        "bagian" => UnitKind::Bureau,
        "bidang" => UnitKind::Division,
        "seksi" | "subbagian" | "subbidang" | "subbag" => UnitKind::Section,
        "upt" | "uptd" | "uptb" => UnitKind::Technical,
        "puskesmas" => UnitKind::HealthCentre,
        "rsud" | "rumah" => UnitKind::Hospital,
        "sd" | "sdn" | "smp" | "smpn" | "tk" | "sekolah" => UnitKind::School,
        "kecamatan" => UnitKind::District,
        "kelurahan" | "desa" => UnitKind::SubDistrict,
        _ => UnitKind::Other,
    }
}

/// The row that puts the unit where it cannot be gets the reason. If the unit is not there by itself, all other rows
/// that name it are told that it is not to be had.
fn reject(planner: &mut Planner<'_>, code: &str, node: &Node, reason: FindingKind, value: &str) {
    let culprit = node.parent_row.or(node.name_row).or(node.row);
    for at in &node.rows {
        if Some(*at) == culprit {
            planner.say(*at, Some(Column::ParentCode), reason, value);
        } else if node.is_new {
            planner.say(*at, Some(Column::UnitCode), FindingKind::UnitUnknown, code);
        }
    }
}

/// New units need a unit above that is there; only one root is made, and only in an empty tree.
fn drop_orphans(planner: &mut Planner<'_>, nodes: &mut HashMap<String, Node>, order: &[String]) {
    let mut has_root = nodes.values().any(|n| !n.is_new && n.parent.is_none());
    for code in order {
        let Some(node) = nodes.get(code).filter(|n| n.is_new) else {
            continue;
        };
        if node.parent.is_some() {
            continue;
        }
        if has_root {
            reject(planner, code, node, FindingKind::UnitParentMissing, code);
            nodes.remove(code);
        } else {
            has_root = true;
        }
    }
    loop {
        let lost: Vec<String> = order
            .iter()
            .filter(|code| {
                let parent = nodes.get(*code).and_then(|n| n.parent.as_ref());
                parent.is_some_and(|p| nodes.get(p).is_none_or(|n| n.closed))
            })
            .cloned()
            .collect();
        if lost.is_empty() {
            return;
        }
        for code in lost {
            let Some(node) = nodes.get(&code) else { continue };
            let parent = node.parent.clone().unwrap_or_default();
            reject(planner, &code, node, FindingKind::UnitParentUnknown, &parent);
            forget(planner, nodes, &code);
        }
    }
}

/// A refused unit: a new one is not made, a known one stays as it is.
fn forget(planner: &Planner<'_>, nodes: &mut HashMap<String, Node>, code: &str) {
    let known = planner.known.units.get(code);
    match (known, nodes.get_mut(code)) {
        (Some(known), Some(node)) => {
            node.name.clone_from(&known.name);
            node.kind = known.kind;
            node.parent = planner
                .known
                .units
                .values()
                .find(|u| Some(u.id) == known.parent)
                .map(|u| u.code.clone());
        }
        _ => {
            nodes.remove(code);
        }
    }
}

fn drop_circles(planner: &mut Planner<'_>, nodes: &mut HashMap<String, Node>, order: &[String]) {
    let mut safe: HashSet<String> = HashSet::new();
    for start in order {
        let mut walk: Vec<String> = Vec::new();
        let mut here = Some(start.clone());
        while let Some(code) = here.filter(|c| !safe.contains(c) && !walk.contains(c) && nodes.contains_key(c)) {
            here = nodes.get(&code).and_then(|n| n.parent.clone());
            walk.push(code);
        }
        let next = walk.last().and_then(|c| nodes.get(c)).and_then(|n| n.parent.clone());
        let Some(entry) = next.and_then(|p| walk.iter().position(|w| *w == p)) else {
            safe.extend(walk);
            continue;
        };
        let circle: Vec<String> = walk.split_off(entry);
        let shown = circle.join(" → ");
        for code in &circle {
            if let Some(node) = nodes.get(code) {
                reject(planner, code, node, FindingKind::UnitCycle, &shown);
            }
        }
        for code in &circle {
            forget(planner, nodes, code);
        }
        // what hung below the circle has lost its way up
        drop_orphans(planner, nodes, order);
    }
}

fn place(planner: &mut Planner<'_>, nodes: &mut HashMap<String, Node>, order: &[String]) -> Units {
    let mut places: HashMap<String, (String, i64)> = HashMap::with_capacity(nodes.len());
    let codes: Vec<String> = nodes.keys().cloned().collect();
    for code in &codes {
        locate(code, nodes, &mut places);
    }
    let deep: Vec<&String> = order
        .iter()
        .filter(|c| places.get(*c).is_some_and(|(_, d)| *d > MAX_DEPTH))
        .collect();
    for code in deep {
        if let Some(node) = nodes.get(code) {
            reject(planner, code, node, FindingKind::UnitTooDeep, code);
        }
        nodes.remove(code);
    }
    let mut new: Vec<(i64, UnitRow)> = Vec::new();
    let ids: HashMap<String, UnitId> = nodes.iter().map(|(code, n)| (code.clone(), n.id)).collect();
    for (code, node) in nodes.iter() {
        let Some((path, depth)) = places.get(code).cloned().filter(|(_, d)| *d <= MAX_DEPTH) else {
            continue;
        };
        let parent = node.parent.as_ref().and_then(|p| ids.get(p)).copied();
        let outcome = if let Some(old) = planner.known.units.get(code) {
            let moved = old.parent != parent;
            let renamed = old.name != node.name;
            if !moved && !renamed && old.kind == node.kind && old.path == path && old.depth == depth {
                continue;
            }
            if let Some(at) = node.name_row.filter(|_| renamed) {
                let change = format!("{} → {}", old.name, node.name);
                planner.say(at, Some(Column::UnitName), FindingKind::UnitRenamed, &change);
            }
            if let Some(at) = node.parent_row.filter(|_| moved) {
                let to = node.parent.clone().unwrap_or_default();
                planner.say(at, Some(Column::ParentCode), FindingKind::UnitMoved, &to);
            }
            let (name, kind, id) = (node.name.clone(), node.kind, node.id);
            planner.plan.unit_updates.push(UnitUpdate {
                id,
                name,
                kind,
                parent,
                path,
                depth,
                history: moved || renamed,
            });
            Outcome::Changed
        } else {
            let row = UnitRow {
                id: node.id,
                code: code.clone(),
                name: node.name.clone(),
                kind: node.kind,
                parent,
                path,
                depth,
                valid_from: planner.today,
            };
            new.push((depth, row));
            Outcome::New
        };
        // the row that describes only the unit carries its fate
        if let Some(slot) = node
            .row
            .filter(|at| {
                planner
                    .rows
                    .get(*at)
                    .is_some_and(|r| r.person.is_none() && r.position.is_none())
            })
            .and_then(|at| planner.plan.outcomes.get_mut(at))
        {
            *slot = outcome;
        }
    }
    new.sort_by(|(a, x), (b, y)| a.cmp(b).then_with(|| x.path.cmp(&y.path)));
    planner.plan.rows.units = new.into_iter().map(|(_, row)| row).collect();
    planner.plan.unit_updates.sort_by(|a, b| a.path.cmp(&b.path));
    nodes
        .iter()
        .filter(|(_, n)| !n.closed)
        .map(|(code, n)| (code.clone(), n.id))
        .collect()
}

/// Path and depth by the way up, which has no circles any more.
fn locate(code: &str, nodes: &HashMap<String, Node>, places: &mut HashMap<String, (String, i64)>) {
    let mut up = Vec::new();
    let mut here = Some(code.to_owned());
    while let Some(c) = here.filter(|c| !places.contains_key(c) && up.len() < 10_000) {
        here = nodes.get(&c).and_then(|n| n.parent.clone());
        up.push(c);
    }
    for code in up.into_iter().rev() {
        let parent = nodes
            .get(&code)
            .and_then(|n| n.parent.as_ref())
            .and_then(|p| places.get(p));
        let (path, depth) = parent.map_or(("", 0), |(p, d)| (p.as_str(), *d));
        // far below the limit the path is not needed, only that it is too deep
        let path = if depth > MAX_DEPTH {
            String::new()
        } else {
            format!("{path}{code}/")
        };
        places.insert(code, (path, depth + 1));
    }
}
