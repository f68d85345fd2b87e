//! banjie (办结).
fn main() {}
