//! Everything that speaks HTTP: routes, pages, forms. One folder an area, with the same names as the areas below.
//!
//! A request goes one way: `src/<area>.rs` lists the addresses of an area → a handler in `src/<area>/<thing>.rs` turns the
//! form into a command of the area, or a read model into a page → a template in `templates/<area>/`. Two sides never
//! mix: staff pages take [`shared::Staff`], public pages take [`shared::Visitor`].

pub mod shared;

mod access;
mod admin;
mod evaluation;
mod feedback;
mod journal;
mod org;
mod service;
mod skp;
mod start;
mod style_page;

use axum::Router;

pub use shared::{AppState, Audience, RouteInfo, WebConfig};

/// All routes with their layers.
pub fn router(state: AppState) -> Router {
    let (router, _) = routes().finish();
    shared::layers::apply(router, &state).with_state(state)
}

/// Every route with its audience, for the access matrix.
pub fn route_list() -> Vec<RouteInfo> {
    routes().finish().1
}

fn routes() -> shared::Routes {
    shared::Routes::new()
        .merge(shared::assets::routes())
        .merge(access::routes())
        .merge(admin::routes())
        .merge(evaluation::routes())
        .merge(feedback::routes())
        .merge(journal::routes())
        .merge(org::routes())
        .merge(service::routes())
        .merge(skp::routes())
        .merge(start::routes())
        .merge(style_page::routes())
}
