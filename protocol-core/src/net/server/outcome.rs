//! What a handler returns.

use std::boxed::Box;
use std::error::Error;

/// What a handler returns: nothing, or a `Result` whose error is reported.
#[diagnostic::on_unimplemented(
    message = "a handler cannot return `{Self}`",
    label = "return `()`, or a `Result` of `()` and an error",
    note = "the error is told to the observer of the server, as `Box<dyn Error + Send + Sync>`"
)]
pub trait Outcome {
    /// The error, if there is one.
    ///
    /// # Errors
    /// That of the handler.
    fn outcome(self) -> Result<(), Box<dyn Error + Send + Sync>>;
}

impl Outcome for () {
    fn outcome(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        Ok(())
    }
}

impl<E: Into<Box<dyn Error + Send + Sync>>> Outcome for Result<(), E> {
    fn outcome(self) -> Result<(), Box<dyn Error + Send + Sync>> {
        self.map_err(Into::into)
    }
}
