//! The server over real sockets: what only a connection shows.

mod api;
mod clients;
mod commands;
mod control;
mod date;
mod files;
mod program;
mod recipes;
