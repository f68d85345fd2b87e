//! What is law and not choice: the numbers of GB/T 9704-2012, and what becomes of each of its clauses. And what is choice: the
//! profiles of places whose rules we know something of.

pub mod clauses;
pub mod gbt9704;
pub mod names;
pub mod profile;
pub mod units;
