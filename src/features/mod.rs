//! One folder a feature: its page, its state and its own components. Features reach each other only by routes.
