//! The server over real sockets: everything that tests of the pure core cannot check.

mod api;
mod clients;
mod commands;
mod control;
mod date;
mod files;
mod program;
mod recipes;
