//! What is law and not choice: the numbers of GB/T 9704-2012, and what becomes of each of its clauses.

pub mod clauses;
pub mod gbt9704;
