use axum::Router;
use axum::handler::Handler;
use axum::routing::{self, MethodRouter};

use super::AppState;

/// Who a route is for, before `policy` decides about the thing it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Everybody; holds no staff data.
    Public,
    /// Signed-in people.
    Staff,
}

/// One line of the route list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RouteInfo {
    /// Address with placeholders.
    pub path: &'static str,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Who it is for.
    pub audience: Audience,
}

/// Collects the routes of the areas, and remembers them for the access matrix: a route that is not added here is not
/// served, so none can be missing there.
pub struct Routes {
    router: Router<AppState>,
    list: Vec<RouteInfo>,
}

impl Routes {
    /// No routes yet.
    pub fn new() -> Self {
        Self {
            router: Router::new(),
            list: Vec::new(),
        }
    }

    /// Adds a page.
    #[must_use]
    pub fn get<H: Handler<T, AppState>, T: 'static>(self, audience: Audience, path: &'static str, handler: H) -> Self {
        self.add(audience, "GET", path, routing::get(handler))
    }

    /// Adds an action.
    #[must_use]
    pub fn post<H: Handler<T, AppState>, T: 'static>(self, audience: Audience, path: &'static str, handler: H) -> Self {
        self.add(audience, "POST", path, routing::post(handler))
    }

    /// Adds an action that takes a file of up to `bytes`.
    #[must_use]
    pub fn post_file<H: Handler<T, AppState>, T: 'static>(
        self,
        audience: Audience,
        path: &'static str,
        bytes: usize,
        handler: H,
    ) -> Self {
        let limited = routing::post(handler).layer(axum::extract::DefaultBodyLimit::max(bytes));
        self.add(audience, "POST", path, limited)
    }

    fn add(
        mut self,
        audience: Audience,
        method: &'static str,
        path: &'static str,
        route: MethodRouter<AppState>,
    ) -> Self {
        self.router = self.router.route(path, route);
        self.list.push(RouteInfo { path, method, audience });
        self
    }

    /// Adds the routes of an area.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.list.extend(other.list);
        self
    }

    /// The router and its list.
    pub fn finish(mut self) -> (Router<AppState>, Vec<RouteInfo>) {
        self.list.sort();
        (self.router, self.list)
    }
}

impl Default for Routes {
    fn default() -> Self {
        Self::new()
    }
}
