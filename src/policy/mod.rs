//! What is law and not choice: the numbers of GB/T 9704-2012, each with its clause.

pub mod gbt9704;
