//! The living style page: every part of the design system with invented content. It documents the parts for those who
//! write pages, and the page tests render it, so that a part that is broken is noticed.

use askama::Template;
use i18n::Texts;
use policy::Role;

use crate::shared::charts::{self, Caption, Svg};
use crate::shared::words::Tag;
use crate::shared::{
    Audience, Choice, Field, FieldKind, FormData, Nav, PageError, PageResult, Problem, Problems, Routes, Shell, Staff,
    page,
};

/// The routes of this area.
pub fn routes() -> Routes {
    Routes::new().get(Audience::Staff, "/gaya", show)
}

#[derive(Template)]
#[template(path = "style/style.html")]
struct StylePage {
    shell: Shell,
    t: Texts,
    problems: Vec<(&'static str, String)>,
    tags: Vec<Tag>,
    fields: Vec<Field>,
    faces: Vec<(u8, Svg)>,
    bars: Vec<(Tag, Svg, String)>,
    pictures: Vec<(String, Svg)>,
    code: Option<Svg>,
}

/// `GET /gaya`: for those who administer the agency; nobody else needs it.
async fn show(staff: Staff) -> PageResult {
    if !staff.actor().holds_anywhere(Role::AgencyAdmin) {
        return Err(PageError::NotFound);
    }
    page(&style_page(
        staff.t,
        Shell::staff(&staff, Nav::Admin, staff.t.style_title()),
    ))
}

fn style_page(t: Texts, shell: Shell) -> StylePage {
    let typed = FormData::from_pairs([("salah", "12,3,4"), ("kartu", "2")]);
    let mut wrong = Problems::none();
    wrong.add("salah", Problem::Required);
    StylePage {
        shell,
        t,
        problems: wrong.all(t),
        tags: tags(t),
        fields: fields(t).into_iter().map(|field| field.from(&typed, &wrong)).collect(),
        faces: [4u8, 3, 2, 1].map(|score| (score, charts::face(score))).into(),
        bars: bars(t),
        pictures: vec![
            (t.style_result().to_owned(), quadrant(t)),
            (t.style_allowed().to_owned(), distribution(t)),
            (t.style_promise().to_owned(), series(t)),
            (t.style_sample_label().to_owned(), elements(t)),
        ],
        code: charts::qr(
            "https://abdi.invalid/l/contoh",
            &Caption::new(t.style_sample_link(), ""),
        ),
    }
}

fn tags(t: Texts) -> Vec<Tag> {
    vec![
        Tag::new(t.style_tag_plain(), ""),
        Tag::new(t.style_tag_good(), "good"),
        Tag::new(t.style_tag_warn(), "warn"),
        Tag::new(t.style_tag_bad(), "bad"),
        Tag::new(t.style_tag_info(), "info"),
    ]
}

fn choices(t: Texts) -> Vec<Choice> {
    [t.style_choice_above(), t.style_choice_as(), t.style_choice_below()]
        .into_iter()
        .zip(["3", "2", "1"])
        .map(|(label, value)| Choice::new(value, label).hint(t.style_choice_hint()))
        .collect()
}

fn fields(t: Texts) -> Vec<Field> {
    vec![
        Field::line(t, "baris", t.style_field_line())
            .hint(t.style_field_hint())
            .max(80),
        Field::line(t, "salah", t.style_field_wrong()).inputmode("decimal"),
        Field::paragraph(t, "uraian", t.style_field_paragraph())
            .optional()
            .max(500),
        Field::new(t, "tanggal", t.style_field_date(), FieldKind::Date),
        Field::new(t, "daftar", t.style_field_select(), FieldKind::Select(choices(t))),
        Field::new(t, "kartu", t.style_field_choice(), FieldKind::Radios(choices(t))),
    ]
}

fn bars(t: Texts) -> Vec<(Tag, Svg, String)> {
    let rows = [
        (t.style_tag_good(), "good", 70.0, false),
        (t.style_tag_bad(), "bad", 30.0, true),
    ];
    rows.into_iter()
        .map(|(label, tone, value, outside)| {
            let bar = charts::bar(value, 100.0, Some((40.0, 80.0)), outside);
            (Tag::new(label, tone), bar, format!("{value}%"))
        })
        .collect()
}

fn quadrant(t: Texts) -> Svg {
    let levels = [t.style_choice_above(), t.style_choice_as(), t.style_choice_below()].map(str::to_owned);
    let cell = |label: &str, tone| charts::QuadrantCell {
        label: label.to_owned(),
        tone,
    };
    let row = |tones: [charts::Tone; 3]| tones.map(|tone| cell(t.style_sample_value(), tone));
    charts::quadrant(&charts::Quadrant {
        caption: Caption::new(t.style_result(), t.style_sample_sentence()),
        cells: [
            row([charts::Tone::Warn, charts::Tone::Ok, charts::Tone::Good]),
            row([charts::Tone::Warn, charts::Tone::Ok, charts::Tone::Ok]),
            row([charts::Tone::Bad, charts::Tone::Warn, charts::Tone::Warn]),
        ],
        rows: levels.clone(),
        columns: levels,
        row_title: t.style_result().to_owned(),
        column_title: t.style_behaviour().to_owned(),
        here: Some((0, 2)),
        here_label: t.style_here().to_owned(),
    })
}

fn distribution(t: Texts) -> Svg {
    let bar = |label: &str, percent: f64, outside| charts::DistributionBar {
        label: label.to_owned(),
        percent,
        value: format!("{percent}%"),
        allowed: Some((10.0, 60.0)),
        outside,
    };
    charts::distribution(&charts::Distribution {
        caption: Caption::new(t.style_allowed(), t.style_sample_sentence()),
        bars: vec![
            bar(t.style_choice_above(), 70.0, true),
            bar(t.style_choice_as(), 25.0, false),
            bar(t.style_choice_below(), 5.0, true),
        ],
        allowed_label: t.style_allowed().to_owned(),
    })
}

fn series(t: Texts) -> Svg {
    let values = [Some(42.0), Some(38.0), None, Some(27.0), Some(18.0)];
    let points = values.into_iter().zip(1u8..).map(|(value, at)| charts::Point {
        at: f64::from(at),
        value,
        interval: value.map(|v| charts::Interval {
            low: v - 3.0,
            high: v + 3.0,
        }),
        label: at.to_string(),
        text: value.map_or_else(String::new, |v| v.to_string()),
    });
    charts::series(&charts::Series {
        caption: Caption::new(t.style_promise(), t.style_sample_sentence()),
        points: points.collect(),
        promise: Some(charts::Promise {
            value: 30.0,
            label: t.style_promise().to_owned(),
        }),
        changes: vec![charts::Change {
            at: 3.5,
            label: t.style_change().to_owned(),
        }],
        ticks: vec![charts::Tick {
            value: 20.0,
            label: "20".to_owned(),
        }],
        from_zero: true,
    })
}

fn elements(t: Texts) -> Svg {
    let element = |value: f64, low| charts::Element {
        label: t.style_sample_label().to_owned(),
        value: Some(value),
        text: value.to_string(),
        interval: Some(charts::Interval {
            low: value - 0.2,
            high: value + 0.2,
        }),
        low,
    };
    charts::elements(&charts::Elements {
        caption: Caption::new(t.style_sample_label(), t.style_sample_sentence()),
        elements: vec![element(3.5, false), element(2.75, true)],
        scale: ["1", "2", "3", "4"].map(str::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use i18n::Lang;

    use super::*;

    #[test]
    fn the_page_renders_in_both_languages() {
        for lang in Lang::ALL {
            let t = lang.texts();
            let html = style_page(t, Shell::sample(t, t.style_title()))
                .render()
                .expect("renders");
            crate::shared::check::page(&html);
            for part in [
                "class=\"sheet result\"",
                "class=\"pair\"",
                "class=\"tag bad\"",
                "class=\"tasks\"",
                "class=\"steps\"",
                "class=\"stepper\"",
                "class=\"timeline\"",
                "class=\"tree\"",
                "class=\"cards\"",
                "class=\"heat\"",
                "class=\"dist\"",
                "class=\"faces\"",
                "class=\"keypad\"",
                "class=\"receipt\"",
                "class=\"qr\"",
                "class=\"letterhead always\"",
                "class=\"error-summary\"",
                "class=\"progressbar\"",
                "class=\"quadrant\"",
            ] {
                assert!(html.contains(part), "{part} is missing");
            }
        }
    }
}
