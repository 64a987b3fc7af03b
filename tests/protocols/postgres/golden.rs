//! Messages byte for byte: those of a server as PostgreSQL 15.18 sent them, where it sends such; the
//! others as the page "Message Formats" lists their fields.

use super::messages::*;
use crate::damage::both_ways;

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn authentication(request: AuthenticationRequest) -> Backend {
    Backend::Authentication(Authentication { request })
}

fn column(name: &str, data_type: u32, size: i16, format: Format) -> Column {
    Column { name: name.into(), table: 0, number: 0, data_type, size, modifier: -1, format }
}

/// What a server sends, and its bytes.
pub(super) fn backend() -> Vec<(&'static [u8], Backend)> {
    [authentications(), session(), rows(), steps(), copies(), reports()].concat()
}

fn authentications() -> Vec<(&'static [u8], Backend)> {
    let data = || b"r=ab,s=cd,i=1".to_vec();
    vec![
        (b"R\0\0\0\x08\0\0\0\0", authentication(AuthenticationRequest::Ok)),
        (b"R\0\0\0\x08\0\0\0\x02", authentication(AuthenticationRequest::KerberosV5)),
        (b"R\0\0\0\x08\0\0\0\x03", authentication(AuthenticationRequest::CleartextPassword)),
        (
            b"R\0\0\0\x0c\0\0\0\x05\x01\x02\x03\x04",
            authentication(AuthenticationRequest::Md5Password { salt: [1, 2, 3, 4] }),
        ),
        (b"R\0\0\0\x08\0\0\0\x06", authentication(AuthenticationRequest::ScmCredential)),
        (b"R\0\0\0\x08\0\0\0\x07", authentication(AuthenticationRequest::Gss)),
        (
            b"R\0\0\0\x0a\0\0\0\x08\x60\x48",
            authentication(AuthenticationRequest::GssContinue { data: vec![0x60, 0x48] }),
        ),
        (b"R\0\0\0\x08\0\0\0\x09", authentication(AuthenticationRequest::Sspi)),
        (
            b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0",
            authentication(AuthenticationRequest::Sasl { mechanisms: texts(&["SCRAM-SHA-256"]) }),
        ),
        (
            b"R\0\0\0\x15\0\0\0\x0br=ab,s=cd,i=1",
            authentication(AuthenticationRequest::SaslContinue { data: data() }),
        ),
        (
            b"R\0\0\0\x0c\0\0\0\x0cv=ab",
            authentication(AuthenticationRequest::SaslFinal { data: b"v=ab".into() }),
        ),
    ]
}

fn session() -> Vec<(&'static [u8], Backend)> {
    let status = |status| Backend::ReadyForQuery(ReadyForQuery { status });
    vec![
        (
            b"v\0\0\0\x15\0\x03\0\0\0\0\0\x01_pq_.odd\0",
            Backend::NegotiateProtocolVersion(NegotiateProtocolVersion {
                version: 0x0003_0000,
                options: texts(&["_pq_.odd"]),
            }),
        ),
        (
            b"S\0\0\0\x17DateStyle\0ISO, MDY\0",
            Backend::ParameterStatus(ParameterStatus {
                name: "DateStyle".into(),
                value: "ISO, MDY".into(),
            }),
        ),
        (
            b"K\0\0\0\x0c\0\0\x79\x4b\x70\x4f\x0f\xbb",
            Backend::BackendKeyData(BackendKeyData { process: 0x794b, secret: 0x704f_0fbb }),
        ),
        (b"Z\0\0\0\x05I", status(Status::Idle)),
        (b"Z\0\0\0\x05T", status(Status::InTransaction)),
        (b"Z\0\0\0\x05E", status(Status::InFailedTransaction)),
        (
            b"A\0\0\0\x0d\0\0\x79\x4bc\0hi\0",
            Backend::NotificationResponse(NotificationResponse {
                process: 0x794b,
                channel: "c".into(),
                payload: "hi".into(),
            }),
        ),
    ]
}

fn rows() -> Vec<(&'static [u8], Backend)> {
    vec![
        (
            b"T\0\0\0\x32\0\x02one\0\0\0\0\0\0\0\0\0\0\x17\0\x04\xff\xff\xff\xff\0\0\
                two\0\0\0\0\0\0\0\0\0\0\x19\xff\xff\xff\xff\xff\xff\0\0",
            Backend::RowDescription(RowDescription {
                columns: vec![
                    column("one", 23, 4, Format::Text),
                    column("two", 25, -1, Format::Text),
                ],
            }),
        ),
        (
            b"D\0\0\0\x0f\0\x02\0\0\0\x011\xff\xff\xff\xff",
            Backend::DataRow(DataRow { columns: vec![Value::from(&b"1"[..]), Value::NULL] }),
        ),
        (
            b"D\0\0\0\x0e\0\x01\0\0\0\x04\0\0\0\x02",
            Backend::DataRow(DataRow { columns: vec![Value::from(&b"\0\0\0\x02"[..])] }),
        ),
        (
            b"C\0\0\0\x0dSELECT 1\0",
            Backend::CommandComplete(CommandComplete { tag: "SELECT 1".into() }),
        ),
        (b"I\0\0\0\x04", Backend::EmptyQueryResponse(EmptyQueryResponse)),
        (
            b"V\0\0\0\x09\0\0\0\x01\x01",
            Backend::FunctionCallResponse(FunctionCallResponse {
                result: Value::from(&b"\x01"[..]),
            }),
        ),
    ]
}

fn steps() -> Vec<(&'static [u8], Backend)> {
    vec![
        (b"1\0\0\0\x04", Backend::ParseComplete(ParseComplete)),
        (b"2\0\0\0\x04", Backend::BindComplete(BindComplete)),
        (b"3\0\0\0\x04", Backend::CloseComplete(CloseComplete)),
        (b"n\0\0\0\x04", Backend::NoData(NoData)),
        (b"s\0\0\0\x04", Backend::PortalSuspended(PortalSuspended)),
        (
            b"t\0\0\0\x0a\0\x01\0\0\0\x17",
            Backend::ParameterDescription(ParameterDescription { types: vec![23] }),
        ),
    ]
}

fn copies() -> Vec<(&'static [u8], Backend)> {
    let columns = vec![Format::Text; 2];
    vec![
        (
            b"G\0\0\0\x09\0\0\x01\0\0",
            Backend::CopyInResponse(CopyInResponse {
                format: CopyFormat::Text,
                columns: vec![Format::Text],
            }),
        ),
        (
            b"H\0\0\0\x0b\0\0\x02\0\0\0\0",
            Backend::CopyOutResponse(CopyOutResponse { format: CopyFormat::Text, columns }),
        ),
        (
            b"W\0\0\0\x07\0\0\0",
            Backend::CopyBothResponse(CopyBothResponse {
                format: CopyFormat::Text,
                columns: Vec::new(),
            }),
        ),
        (b"d\0\0\0\x081\ta\n", Backend::CopyData(CopyData { data: b"1\ta\n".into() })),
        (b"c\0\0\0\x04", Backend::CopyDone(CopyDone)),
    ]
}

fn reports() -> Vec<(&'static [u8], Backend)> {
    let error = vec![
        ErrorField::LocalizedSeverity("ERROR".into()),
        ErrorField::Severity("ERROR".into()),
        ErrorField::Code("22012".into()),
        ErrorField::Message("division by zero".into()),
        ErrorField::File("int.c".into()),
        ErrorField::Line("869".into()),
        ErrorField::Routine("int4div".into()),
    ];
    let notice = vec![
        ErrorField::LocalizedSeverity("NOTICE".into()),
        ErrorField::Code("00000".into()),
        ErrorField::Message("n1".into()),
        // 55.8: what is not in the list is to be passed over, and is kept here.
        ErrorField::Other(b'z', "later".into()),
    ];
    vec![
        (
            b"E\0\0\0\x41SERROR\0VERROR\0C22012\0Mdivision by zero\0Fint.c\0L869\0Rint4div\0\0",
            Backend::ErrorResponse(ErrorResponse { fields: error }),
        ),
        (
            b"N\0\0\0\x1fSNOTICE\0C00000\0Mn1\0zlater\0\0",
            Backend::NoticeResponse(NoticeResponse { fields: notice }),
        ),
    ]
}

#[test]
fn what_a_server_sends() {
    for (bytes, message) in backend() {
        both_ways(bytes, &message);
    }
}

#[test]
fn what_opens_a_connection() {
    both_ways(b"\0\0\0\x08\x04\xd2\x16\x2f", &Startup::SslRequest(SslRequest));
    both_ways(b"\0\0\0\x08\x04\xd2\x16\x30", &Startup::GssEncRequest(GssEncRequest));
    let cancel = CancelRequest { process: 0x794b, secret: 0x704f_0fbb };
    both_ways(
        b"\0\0\0\x10\x04\xd2\x16\x2e\0\0\x79\x4b\x70\x4f\x0f\xbb",
        &Startup::CancelRequest(cancel),
    );
    let parameters = vec![Parameter::new("user", "ann"), Parameter::new("database", "shop")];
    both_ways(
        b"\0\0\0\x20\0\x03\0\0user\0ann\0database\0shop\0\0",
        &Startup::StartupMessage(StartupMessage { parameters }),
    );
}

/// 55.2.3: the extended query flow.
#[test]
fn what_a_client_prepares() {
    let parse = Parse { statement: "st".into(), query: "select $1".into(), types: vec![23] };
    both_ways(b"P\0\0\0\x17st\0select $1\0\0\x01\0\0\0\x17", &parse);
    let bind = Bind {
        portal: "po".into(),
        statement: "st".into(),
        formats: vec![Format::Binary],
        parameters: vec![Value::from(&b"\0\0\0\x03"[..]), Value::NULL],
        result_formats: vec![Format::Binary],
    };
    both_ways(
        b"B\0\0\0\x20po\0st\0\0\x01\0\x01\0\x02\0\0\0\x04\0\0\0\x03\xff\xff\xff\xff\0\x01\0\x01",
        &bind,
    );
    let (target, name) = (Target::Statement, String::from("st"));
    both_ways(b"D\0\0\0\x08Sst\0", &Describe { target, name: name.clone() });
    both_ways(b"C\0\0\0\x08Sst\0", &Close { target, name });
    let (target, name) = (Target::Portal, String::new());
    both_ways(b"D\0\0\0\x06P\0", &Describe { target, name: name.clone() });
    both_ways(b"C\0\0\0\x06P\0", &Close { target, name });
    both_ways(b"E\0\0\0\x0bpo\0\0\0\0\x02", &Execute { portal: "po".into(), rows_max: 2 });
    both_ways(b"H\0\0\0\x04", &Flush);
    both_ways(b"S\0\0\0\x04", &Sync);
}

#[test]
fn what_a_client_sends() {
    both_ways(b"Q\0\0\0\x0dselect 1\0", &Query { query: "select 1".into() });
    both_ways(b"X\0\0\0\x04", &Terminate);
    both_ways(b"d\0\0\0\x061\n", &CopyData { data: b"1\n".into() });
    both_ways(b"c\0\0\0\x04", &CopyDone);
    both_ways(b"f\0\0\0\x08why\0", &CopyFail { message: "why".into() });
    let argument = || Value::from(&b"\0\0\0\x01"[..]);
    let call = FunctionCall {
        function: 65,
        formats: vec![Format::Binary],
        arguments: vec![argument(), argument()],
        result_format: Format::Binary,
    };
    both_ways(
        b"F\0\0\0\x20\0\0\0\x41\0\x01\0\x01\0\x02\0\0\0\x04\0\0\0\x01\0\0\0\x04\0\0\0\x01\0\x01",
        &call,
    );
}

/// Four messages of one letter: which one it is follows from what the server had asked for.
#[test]
fn how_a_client_logs_in() {
    both_ways(b"p\0\0\0\x08abc\0", &PasswordMessage { password: "abc".into() });
    let mechanism = String::from("SCRAM-SHA-256");
    let response = Value::from(&b"n,,n=,r=ab"[..]);
    let first = SaslInitialResponse { mechanism: mechanism.clone(), response };
    both_ways(b"p\0\0\0\x20SCRAM-SHA-256\0\0\0\0\x0an,,n=,r=ab", &first);
    let silent = SaslInitialResponse { mechanism, response: Value::NULL };
    both_ways(b"p\0\0\0\x16SCRAM-SHA-256\0\xff\xff\xff\xff", &silent);
    both_ways(b"p\0\0\0\x08p=ab", &SaslResponse { data: b"p=ab".into() });
    both_ways(b"p\0\0\0\x06\x60\x48", &GssResponse { data: vec![0x60, 0x48] });
}
