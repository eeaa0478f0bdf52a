//! Structure, escaping, and inputs that are not numbers.

use super::*;

const HOSTILE: &str = "<script>alert(\"1\")</script> & 'x'\u{7}";

fn caption() -> Caption {
    Caption::new("Judul", "Isi")
}

/// Walks the markup: every element that opens closes, and no attribute sets a style, a colour or a handler.
fn assert_sound(svg: &Svg) {
    let text = svg.as_str();
    assert!(text.starts_with("<svg ") && text.ends_with("</svg>"), "{text}");
    for forbidden in [" style=", " fill=", " stroke=", " on", "NaN", "inf", "<script", "url("] {
        assert!(!text.contains(forbidden), "{forbidden} in {text}");
    }
    let mut open = Vec::new();
    for tag in text.split('<').skip(1) {
        let (tag, rest) = tag.split_once('>').expect("every tag ends");
        assert!(!rest.contains('>'), "a bare > in {text}");
        assert_eq!(tag.matches('"').count() % 2, 0, "odd quotes in {tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "{text}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or_default().to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?} stay open in {text}");
}

fn assert_named(svg: &Svg) {
    assert!(svg.as_str().contains("role=\"img\""));
    assert!(svg.as_str().contains("<title>Judul</title><desc>Isi</desc>"), "{svg}");
}

fn nine(here: Option<(usize, usize)>) -> Quadrant {
    let cell = |label: &str, tone| QuadrantCell {
        label: label.to_owned(),
        tone,
    };
    let names = |three: [&str; 3]| three.map(str::to_owned);
    Quadrant {
        caption: caption(),
        cells: [
            [
                cell("Kurang", Tone::Bad),
                cell("Baik", Tone::Ok),
                cell("Sangat Baik", Tone::Good),
            ],
            [
                cell("Kurang", Tone::Bad),
                cell("Baik", Tone::Ok),
                cell("Baik", Tone::Ok),
            ],
            [
                cell("Sangat Kurang", Tone::Bad),
                cell("Butuh Perbaikan", Tone::Warn),
                cell("Butuh Perbaikan", Tone::Warn),
            ],
        ],
        rows: names(["di atas", "sesuai", "di bawah"]),
        columns: names(["di bawah", "sesuai", "di atas"]),
        row_title: "Hasil kerja".to_owned(),
        column_title: "Perilaku kerja".to_owned(),
        here,
        here_label: "Anda di sini".to_owned(),
    }
}

fn days(values: &[Option<f64>]) -> Vec<Point> {
    (16..)
        .zip(values)
        .map(|(day, value)| Point {
            at: f64::from(day),
            value: *value,
            interval: value.map(|v| Interval {
                low: v - 3.0,
                high: v + 3.0,
            }),
            label: format!("{day} Nov"),
            text: value.map_or_else(String::new, |v| format!("{v} menit")),
        })
        .collect()
}

fn waiting(values: &[Option<f64>]) -> Series {
    Series {
        caption: caption(),
        points: days(values),
        promise: Some(Promise {
            value: 30.0,
            label: "janji 30 menit".to_owned(),
        }),
        changes: vec![Change {
            at: 18.0,
            label: "loket keempat dibuka".to_owned(),
        }],
        ticks: vec![
            Tick {
                value: 0.0,
                label: "0".to_owned(),
            },
            Tick {
                value: 20.0,
                label: "20".to_owned(),
            },
        ],
        from_zero: true,
    }
}

fn shares(count: u32, outside: bool) -> DistributionBar {
    DistributionBar {
        label: "Baik".to_owned(),
        percent: f64::from(count) * 10.0,
        value: format!("{count} orang"),
        allowed: Some((0.0, 70.0)),
        outside,
    }
}

#[test]
fn the_quadrant_marks_exactly_the_readers_cell() {
    let svg = quadrant(&nine(Some((0, 1))));
    assert_sound(&svg);
    assert_named(&svg);
    assert_eq!(svg.as_str().matches("cell here").count(), 1);
    assert_eq!(svg.as_str().matches("<rect class=\"cell ").count(), 9);
    assert!(svg.as_str().contains(">Anda di sini<"));
    let nobody = quadrant(&nine(None));
    assert!(!nobody.as_str().contains("here") && !nobody.as_str().contains("Anda di sini"));
    assert_eq!(quadrant(&nine(Some((7, 7)))), nobody);
}

#[test]
fn the_quadrants_top_row_is_drawn_above_the_others() {
    let svg = quadrant(&nine(None)).to_string();
    let best = svg.find("cell good").expect("the best cell is drawn");
    assert!(
        svg[best..].starts_with("cell good\" x=\"230\" y=\"4\""),
        "{}",
        &svg[best..best + 40]
    );
}

#[test]
fn a_share_outside_its_band_has_another_class_and_the_band_its_place() {
    let data = Distribution {
        caption: caption(),
        bars: vec![shares(6, false), shares(8, true)],
        allowed_label: "pola".to_owned(),
    };
    let svg = distribution(&data);
    assert_sound(&svg);
    assert_named(&svg);
    assert!(
        svg.as_str().contains("class=\"fill\" x=\"0\" y=\"20\" width=\"192\""),
        "{svg}"
    );
    assert!(
        svg.as_str()
            .contains("class=\"fill out\" x=\"0\" y=\"62\" width=\"256\""),
        "{svg}"
    );
    assert_eq!(svg.as_str().matches("class=\"allowed\"").count(), 2);
    assert!(svg.as_str().contains(">8 orang<"));
}

#[test]
fn a_table_bar_is_silent_and_never_longer_than_its_track() {
    let svg = bar(300.0, 100.0, Some((10.0, 40.0)), true);
    assert_sound(&svg);
    assert!(svg.as_str().contains("aria-hidden=\"true\"") && !svg.as_str().contains("role="));
    assert!(
        svg.as_str()
            .contains("class=\"fill out\" x=\"0\" y=\"5\" width=\"100\""),
        "{svg}"
    );
    assert!(
        bar(5.0, 0.0, None, false)
            .as_str()
            .contains("class=\"fill\" x=\"0\" y=\"5\" width=\"0\"")
    );
}

#[test]
fn the_highest_column_of_a_pattern_is_its_mode() {
    let data = Curve {
        caption: caption(),
        heights: [5.0, 10.0, 15.0, 40.0, 30.0],
        ends: ("Sangat Kurang".to_owned(), "Sangat Baik".to_owned()),
        current: true,
    };
    let svg = curve(&data);
    assert_sound(&svg);
    assert_named(&svg);
    assert_eq!(svg.as_str().matches("height=\"58\"").count(), 1);
    assert!(!svg.as_str().contains("soft"));
    assert!(
        curve(&Curve {
            current: false,
            heights: [0.0; 5],
            ..data
        })
        .as_str()
        .contains("fill soft")
    );
}

#[test]
fn a_series_says_its_last_value_its_promise_and_its_changes() {
    let svg = series(&waiting(&[Some(27.0), Some(24.0), Some(18.0)]));
    assert_sound(&svg);
    assert_named(&svg);
    for text in [
        ">18 menit<",
        ">janji 30 menit<",
        ">loket keempat dibuka<",
        ">16 Nov<",
        ">18 Nov<",
        ">20<",
    ] {
        assert!(svg.as_str().contains(text), "{text} in {svg}");
    }
    assert!(
        !svg.as_str().contains(">27 menit<"),
        "only the last value is written into the picture"
    );
}

#[test]
fn a_missing_measurement_breaks_the_line_instead_of_inventing_a_value() {
    let whole = series(&waiting(&[Some(27.0), Some(25.0), Some(20.0), Some(18.0)]));
    let broken = series(&waiting(&[Some(27.0), Some(25.0), None, Some(20.0), Some(18.0)]));
    assert_eq!(whole.as_str().matches("class=\"line\"").count(), 1);
    assert_eq!(broken.as_str().matches("class=\"line\"").count(), 2);
    let spark = sparkline(&[Some(1.0), Some(2.0), None, Some(3.0), Some(1.0)]);
    assert_sound(&spark);
    assert_eq!(spark.as_str().matches("class=\"line\"").count(), 2);
}

#[test]
fn an_element_without_a_figure_has_no_bar_but_its_reason() {
    let element = |value| Element {
        label: "Waktu penyelesaian".to_owned(),
        value,
        text: "n = 3, terlalu sedikit".to_owned(),
        interval: value.map(|v| Interval {
            low: v - 0.2,
            high: v + 0.2,
        }),
        low: false,
    };
    let scale = ["1", "2", "3", "4"].map(str::to_owned);
    let svg = elements(&Elements {
        caption: caption(),
        elements: vec![element(Some(2.5)), element(None)],
        scale,
    });
    assert_sound(&svg);
    assert_named(&svg);
    assert_eq!(svg.as_str().matches("class=\"fill\"").count(), 1);
    assert!(
        svg.as_str().contains("class=\"fill\" x=\"0\" y=\"19\" width=\"160\""),
        "2.5 lies in the middle of 1 to 4: {svg}"
    );
    assert_eq!(svg.as_str().matches("terlalu sedikit").count(), 2);
}

#[test]
fn a_code_has_its_quiet_zone_and_a_text_too_long_has_none() {
    let svg = qr("https://contoh.test/periksa/PK7M22QX", &caption()).expect("a short address fits");
    assert_sound(&svg);
    assert_named(&svg);
    // the first finder pattern begins after four light modules
    assert!(svg.as_str().contains("d=\"M4 4h7v1h-7z"), "{svg}");
    assert_eq!(qr(&"x".repeat(5000), &caption()), None);
}

#[test]
fn the_four_faces_differ_in_shape_and_not_only_in_colour() {
    let mouths: std::collections::BTreeSet<String> = (1..=4)
        .map(|score| {
            let svg = face(score);
            assert_sound(&svg);
            svg.as_str().split("<path").nth(1).expect("a mouth").to_owned()
        })
        .collect();
    assert_eq!(mouths.len(), 4);
    assert_eq!(face(0), face(1));
    assert_eq!(face(9), face(4));
}

#[test]
fn hostile_texts_stay_texts() {
    let name = HOSTILE.to_owned();
    let said = Caption::new(HOSTILE, HOSTILE);
    let mut grid = nine(Some((1, 1)));
    grid.cells[1][1].label.clone_from(&name);
    grid.rows[0].clone_from(&name);
    grid.caption = said.clone();
    let mut line = waiting(&[Some(1.0), Some(2.0)]);
    line.changes[0].label.clone_from(&name);
    line.points[0].label.clone_from(&name);
    line.caption = said.clone();
    let mut row = shares(1, false);
    row.label.clone_from(&name);
    row.value = name;
    let bars = Distribution {
        caption: said.clone(),
        bars: vec![row],
        allowed_label: HOSTILE.to_owned(),
    };
    let code = qr("x", &said).expect("fits");
    for svg in [quadrant(&grid), series(&line), distribution(&bars), code] {
        assert_sound(&svg);
        assert!(svg.as_str().contains("&lt;script&gt;"), "{svg}");
        assert!(!svg.as_str().contains('\u{7}'));
    }
}

#[test]
fn values_that_are_not_numbers_are_left_out() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, -0.0] {
        let mut data = waiting(&[Some(bad), Some(2.0), Some(bad)]);
        data.points[1].at = bad;
        data.promise = Some(Promise {
            value: bad,
            label: "janji".to_owned(),
        });
        data.changes[0].at = bad;
        data.ticks[0].value = bad;
        assert_sound(&series(&data));
        assert_sound(&sparkline(&[Some(bad), Some(1.0)]));
        assert_sound(&bar(bad, bad, Some((bad, bad)), false));
        let mut row = shares(1, false);
        row.percent = bad;
        row.allowed = Some((bad, bad));
        assert_sound(&distribution(&Distribution {
            caption: caption(),
            bars: vec![row],
            allowed_label: String::new(),
        }));
        assert_sound(&curve(&Curve {
            caption: caption(),
            heights: [bad; 5],
            ends: Default::default(),
            current: true,
        }));
    }
    assert_sound(&series(&Series {
        points: Vec::new(),
        ..waiting(&[])
    }));
    assert_sound(&sparkline(&[]));
}

#[test]
fn long_labels_break_at_spaces_and_end_with_an_ellipsis() {
    use super::draw::{escape, num, wrap};
    assert_eq!(wrap("Butuh Perbaikan", 11, 2), ["Butuh", "Perbaikan"]);
    assert_eq!(wrap("satu dua tiga empat", 8, 2), ["satu dua", "tiga…"]);
    assert_eq!(wrap("Pertanggungjawaban", 8, 1), ["Pertang…"]);
    assert_eq!(wrap("  ", 8, 1), Vec::<String>::new());
    assert_eq!(num(-0.04), "0");
    assert_eq!(num(12.35), "12.4");
    assert_eq!(escape("a\nb"), "a b");
}

#[test]
fn every_class_the_charts_write_is_known_to_the_stylesheet() {
    let css = include_str!("../../../assets/abdi.css");
    let scale = ["1", "2", "3", "4"].map(str::to_owned);
    let element = Element {
        label: "a".to_owned(),
        value: Some(2.0),
        text: "b".to_owned(),
        interval: None,
        low: true,
    };
    let heights = [1.0; 5];
    let drawn = [
        quadrant(&nine(Some((1, 1)))),
        distribution(&Distribution {
            caption: caption(),
            bars: vec![shares(8, true)],
            allowed_label: "p".to_owned(),
        }),
        bar(1.0, 2.0, Some((0.5, 1.0)), true),
        curve(&Curve {
            caption: caption(),
            heights,
            ends: Default::default(),
            current: false,
        }),
        series(&waiting(&[Some(27.0), Some(18.0), Some(16.0)])),
        sparkline(&[Some(1.0), Some(2.0)]),
        elements(&Elements {
            caption: caption(),
            elements: vec![element],
            scale,
        }),
        qr("x", &caption()).expect("fits"),
        face(2),
    ];
    for svg in &drawn {
        for class in svg
            .as_str()
            .split("class=\"")
            .skip(1)
            .flat_map(|rest| rest.split('"').next().unwrap_or_default().split(' '))
        {
            let styled = css.match_indices(&format!(".{class}")).any(|(at, found)| {
                !css[at + found.len()..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            });
            assert!(styled, "no rule for .{class}");
        }
    }
}

#[test]
fn the_stylesheet_keeps_to_what_the_oldest_browser_knows() {
    let css = include_str!("../../../assets/abdi.css");
    for newer in [":has(", "light-dark(", "@container", "&:"] {
        // comments may name what is avoided
        let used = css
            .lines()
            .any(|line| line.contains(newer) && !line.trim_start().starts_with("/*"));
        assert!(!used, "{newer} is newer than Chrome 100");
    }
    assert!(!css.contains("http"), "no other host");
}
