//! Nothing: the tests are in main.rs, as one binary.
