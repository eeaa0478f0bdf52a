//! Journeys in a real browser live in `tests/`. They need the executable (`ABDI_BIN`), a browser and its driver; the
//! test command of the repository provides all three and sets the variables. Without them the journeys fail and say so.
