//! Components that several features share: values in, callbacks out. They know the core, not the session or the location.
