//! The recipes in `deploy/` set the same headers as the server.

use cckm_simulator::server::CONTENT_SECURITY_POLICY;

#[test]
fn recipes_have_the_headers_of_the_server() {
    for recipe in [
        include_str!("../../../../../deploy/nginx.conf"),
        include_str!("../../../../../deploy/Caddyfile"),
        include_str!("../../../../../deploy/apache.conf"),
    ] {
        for (name, value) in [
            ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ] {
            let line = recipe.lines().find(|line| line.contains(name));
            assert!(line.is_some_and(|line| line.contains(value)), "{name}: {value} in {recipe}");
        }
        for part in
            ["public, max-age=31536000, immutable", "no-store", r"-[0-9a-f]{8,16}(_bg)?\.[a-z]+$"]
        {
            assert!(recipe.contains(part), "{part} in {recipe}");
        }
    }
}
