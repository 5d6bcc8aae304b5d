//! Empty: the tests are one binary, in main.rs.
