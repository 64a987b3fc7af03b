//! memcached: the binary protocol, against a real memcached.

mod real;
