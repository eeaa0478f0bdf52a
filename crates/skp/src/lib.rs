//! skp
