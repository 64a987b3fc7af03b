//! The client's side of section 55.2, Message Flow: start-up, simple queries, termination.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt;

use protocol_core::frame::Headed;
use protocol_core::net::blocking::Connection;

use crate::messages::{
    AuthenticationRequest, Backend, Column, CopyFail, ErrorField, Frontend, Header, Parameter,
    PasswordMessage, Query, SaslInitialResponse, SaslResponse, Startup, StartupHeader,
    StartupMessage, Status, Terminate, Value,
};
use crate::scram;

pub(crate) type Failure = Box<dyn Error>;

/// The largest message that is taken: a row, usually.
const MESSAGE_MAX: usize = 16 * 1024 * 1024;

/// Who wants to know.
pub(crate) struct Login<'a> {
    pub(crate) user: &'a str,
    pub(crate) database: &'a str,
    pub(crate) password: Option<&'a str>,
}

/// A client that is logged in.
pub(crate) struct Client {
    link: Connection<Backend, Frontend, Headed<Header>>,
    /// What the server says of itself: `server_version` and the like.
    pub(crate) parameters: BTreeMap<String, String>,
    /// What the server wanted to be known, in its order.
    pub(crate) notices: Vec<Report>,
    pub(crate) status: Status,
}

/// What one statement gave.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Value>>,
    /// What COPY … TO STDOUT gave.
    pub(crate) copied: Vec<u8>,
    /// `SELECT 3` and the like; empty for an empty statement.
    pub(crate) tag: String,
}

/// An error or a notice of the server.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Report {
    pub(crate) fields: Vec<ErrorField>,
}

impl Client {
    /// 55.2.1 Start-up.
    pub(crate) fn connect(server: &str, login: &Login<'_>) -> Result<Client, Failure> {
        let mut opening = Connection::<Startup, Startup, Headed<StartupHeader>>::connect_with(
            server,
            Headed::new(),
        )?;
        opening.send(&StartupMessage {
            parameters: vec![
                Parameter::new("user", login.user),
                Parameter::new("database", login.database),
                Parameter::new("client_encoding", "UTF8"),
            ],
        })?;
        // From here on messages have a letter, on the same stream.
        let stream = opening.stream().try_clone()?;
        let mut client = Client {
            link: Connection::over(stream, Headed::new().limit(MESSAGE_MAX)),
            parameters: BTreeMap::new(),
            notices: Vec::new(),
            status: Status::Idle,
        };
        client.log_in(login)?;
        client.until_ready()?;
        Ok(client)
    }

    /// 55.2.2 Simple Query: runs statements, and gives an answer for each.
    pub(crate) fn query(&mut self, query: &str) -> Result<Vec<Answer>, Failure> {
        self.link.send(&Query { query: query.into() })?;
        self.until_ready()
    }

    /// 55.2.8 Termination.
    pub(crate) fn terminate(mut self) -> Result<(), Failure> {
        self.link.queue(&Terminate)?;
        Ok(self.link.close()?)
    }

    /// The next message that is an answer. The others may come at any time (55.2.7).
    fn receive(&mut self) -> Result<Backend, Failure> {
        loop {
            match self.link.recv()?.ok_or("the server closed the connection")? {
                Backend::NoticeResponse(notice) => {
                    self.notices.push(Report { fields: notice.fields })
                }
                Backend::ParameterStatus(told) => {
                    drop(self.parameters.insert(told.name, told.value))
                }
                Backend::NotificationResponse(_) => {}
                message => return Ok(message),
            }
        }
    }

    fn log_in(&mut self, login: &Login<'_>) -> Result<(), Failure> {
        let password = || login.password.ok_or("the server wants a password");
        loop {
            match self.authentication()? {
                AuthenticationRequest::Ok => return Ok(()),
                AuthenticationRequest::CleartextPassword => {
                    self.link.send(&PasswordMessage { password: password()?.into() })?;
                }
                AuthenticationRequest::Sasl { mechanisms } => {
                    if !mechanisms.iter().any(|name| name == scram::NAME) {
                        return Err(format!("no mechanism is known of {mechanisms:?}").into());
                    }
                    self.scram(password()?)?;
                }
                other => return Err(format!("cannot log in by {other:?}").into()),
            }
        }
    }

    /// 55.3.1 SCRAM-SHA-256 Authentication.
    fn scram(&mut self, password: &str) -> Result<(), Failure> {
        let first = scram::First::new()?;
        let mechanism = scram::NAME.into();
        let response = Value::from(first.message().as_bytes());
        self.link.send(&SaslInitialResponse { mechanism, response })?;
        let AuthenticationRequest::SaslContinue { data } = self.authentication()? else {
            return Err("the server does not go on with SCRAM".into());
        };
        let (last, answer) = first.answer(std::str::from_utf8(&data)?, password)?;
        self.link.send(&SaslResponse { data: answer.into_bytes() })?;
        let AuthenticationRequest::SaslFinal { data } = self.authentication()? else {
            return Err("the server does not end SCRAM".into());
        };
        Ok(last.verify(std::str::from_utf8(&data)?)?)
    }

    fn authentication(&mut self) -> Result<AuthenticationRequest, Failure> {
        match self.receive()? {
            Backend::Authentication(it) => Ok(it.request),
            Backend::ErrorResponse(error) => Err(Report { fields: error.fields }.into()),
            other => Err(unexpected(&other)),
        }
    }

    /// Takes all that comes until the server is ready for the next query.
    fn until_ready(&mut self) -> Result<Vec<Answer>, Failure> {
        let mut answers = Vec::new();
        let mut answer = Answer::default();
        let mut error = None;
        loop {
            match self.receive()? {
                Backend::RowDescription(description) => answer.columns = description.columns,
                Backend::DataRow(row) => answer.rows.push(row.columns),
                Backend::CommandComplete(complete) => {
                    answer.tag = complete.tag;
                    answers.push(std::mem::take(&mut answer));
                }
                Backend::EmptyQueryResponse(_) => answers.push(std::mem::take(&mut answer)),
                Backend::ErrorResponse(it) => error = Some(Report { fields: it.fields }),
                // 55.2.6: this client has nothing to copy in, and takes what is copied out.
                Backend::CopyInResponse(_) => {
                    self.link.send(&CopyFail { message: "this client has no data".into() })?;
                }
                Backend::CopyData(piece) => answer.copied.extend(piece.data),
                Backend::CopyOutResponse(_) | Backend::CopyDone(_) | Backend::BackendKeyData(_) => {
                }
                Backend::NegotiateProtocolVersion(_) => {}
                Backend::ReadyForQuery(ready) => {
                    self.status = ready.status;
                    return error.map_or(Ok(answers), |error| Err(error.into()));
                }
                other => return Err(unexpected(&other)),
            }
        }
    }
}

fn unexpected(message: &Backend) -> Failure {
    format!("the server sent {message:?}, which nobody asked for").into()
}

impl fmt::Display for Report {
    /// `ERROR: division by zero (22012)`, and what else helps, on lines of their own.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let find = |pick: fn(&ErrorField) -> Option<&String>| self.fields.iter().find_map(pick);
        let text = |it: Option<&String>| it.map_or("?".into(), |it| it.escape_debug().to_string());
        let severity = find(|it| match it {
            ErrorField::LocalizedSeverity(text) => Some(text),
            _ => None,
        });
        let message = find(|it| match it {
            ErrorField::Message(text) => Some(text),
            _ => None,
        });
        write!(f, "{}: {} ({})", text(severity), text(message), text(self.code()))?;
        for field in &self.fields {
            match field {
                ErrorField::Detail(detail) => write!(f, "\ndetail: {}", detail.escape_debug())?,
                ErrorField::Hint(hint) => write!(f, "\nhint: {}", hint.escape_debug())?,
                ErrorField::Position(place) => {
                    write!(f, "\nat character {}", place.escape_debug())?
                }
                _ => {}
            }
        }
        Ok(())
    }
}

impl Report {
    /// The SQLSTATE.
    pub(crate) fn code(&self) -> Option<&String> {
        self.fields.iter().find_map(|field| match field {
            ErrorField::Code(code) => Some(code),
            _ => None,
        })
    }
}

impl Error for Report {}
