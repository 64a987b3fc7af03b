//! Programs of this machine and of the examples: finding them, running them to their end or beside a test,
//! and talking to them as servers. Each test that needs some of it has it as a module.

pub(crate) mod finding;
pub(crate) mod running;
pub(crate) mod server;
