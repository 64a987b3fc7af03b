//! The protocol of the article, spoken by the example programs.

mod framings;
mod load;
