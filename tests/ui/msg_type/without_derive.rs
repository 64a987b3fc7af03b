// errors: 1
#[msg_type = 1]
struct Login;

fn main() {}
