//! The built page, served like a production host does.

use std::fs;
use std::path::PathBuf;

use cckm_simulator::fault::Fault;
use cckm_simulator::server::Options;

use crate::support::{Answer, TestServer, options};

const SCRIPT: &str = "/cckm-console-0123456789abcdef.js";
const WASM: &str = "/cckm-console-0123456789abcdef_bg.wasm";

/// A folder with a page in it, removed afterwards.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("dist/sub")).unwrap();
        let dist = Self(folder);
        for (name, text) in [
            ("secret.txt", "secret"),
            ("dist/index.html", "<!doctype html><title>Jobs</title>"),
            ("dist/config.json", "{}"),
            ("dist/.hidden", "secret"),
            ("dist/favicon.svg", "<svg/>"),
            ("dist/sub/page.css", "p{}"),
            ("dist/sub/a-deadbeefs.js", ""),
            ("dist/sub/a-feed.js", ""),
            ("dist/sub/a-b-0123456789abcdef_bg.wasm", ""),
            (&format!("dist{SCRIPT}"), "console.log('jobs');"),
            (&format!("dist{SCRIPT}.br"), "brotli"),
            (&format!("dist{SCRIPT}.gz"), "gzip"),
            (&format!("dist{WASM}"), "\0asm"),
        ] {
            fs::write(dist.0.join(name), text).unwrap();
        }
        dist
    }

    fn serve(&self, prefix: Option<&str>) -> TestServer {
        TestServer::start(Options {
            dist: Some(self.0.join("dist")),
            prefix: prefix.map(str::to_owned),
            ..options()
        })
    }
}

impl Drop for Dist {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn every_file_has_the_security_headers() {
    let dist = Dist::new("headers");
    let server = dist.serve(None);
    for path in ["/", "/index.html", "/config.json", WASM, "/missing.js"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        for part in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
            "report-uri /simulator/csp-reports",
        ] {
            assert!(policy.split("; ").any(|directive| directive == part), "{path} {part}");
        }
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
    }
}

#[test]
fn media_type_and_caching_follow_the_name() {
    let dist = Dist::new("types");
    let server = dist.serve(None);
    let immutable = "public, max-age=31536000, immutable";
    let script = "text/javascript; charset=utf-8";
    for (path, media_type, cache_control) in [
        ("/", "text/html; charset=utf-8", "no-store"),
        ("/config.json", "application/json", "no-store"),
        (SCRIPT, script, immutable),
        (WASM, "application/wasm", immutable),
        ("/sub/a-b-0123456789abcdef_bg.wasm", "application/wasm", immutable),
        ("/sub/a-deadbeefs.js", script, "no-cache"),
        ("/sub/a-feed.js", script, "no-cache"),
        ("/favicon.svg", "image/svg+xml", "no-cache"),
        ("/sub/page.css?x=1", "text/css; charset=utf-8", "no-cache"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(media_type), "{path}");
        assert_eq!(answer.header("cache-control"), Some(cache_control), "{path}");
    }
}

#[test]
fn page_is_served_at_the_root_and_in_a_folder() {
    let dist = Dist::new("folder");
    for prefix in ["/a/b/", "a/b"] {
        let server = dist.serve(Some(prefix));
        for path in ["/", "/a/b/", "/a/b/index.html", "/a/b/?jobs=aws/bulkjob", "/a/b/sub/page.css"]
        {
            assert_eq!(server.get(path).status, 200, "{path}");
        }
        let url = format!("http://{}/a/b/", server.server.address());
        assert_eq!(server.server.page_url(), url);
        let answer = server.get("/a/b");
        assert_eq!((answer.status, answer.header("location")), (308, Some("/a/b/")));
        assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
        assert_eq!(server.get("/a/b/api/v1/cckm/aws/bulkjob").status, 404);
    }
}

#[test]
fn path_outside_the_folder_is_404_and_not_rewritten() {
    let dist = Dist::new("outside");
    let server = dist.serve(Some("/a/"));
    for path in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/sub/../../secret.txt",
        "/a/../secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/.hidden",
        "/%2ehidden",
        "/sub/",
        "/sub",
        "/jobs",
        "//secret.txt",
        "/%00",
        "/sub/..%5c..%5csecret.txt",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.body.starts_with(b"secret"), "{path}");
    }
    let post = server.post("/index.html", &serde_json::Value::Null);
    assert_eq!((post.status, post.header("allow")), (405, Some("GET, HEAD")));
    let head = server.send("HEAD", "/", "", "").unwrap();
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn compressed_file_is_served_if_the_client_accepts_it() {
    let dist = Dist::new("compressed");
    let server = dist.serve(None);
    let get = |path: &str, accepted: &str| -> Answer {
        let header = format!("Accept-Encoding: {accepted}\r\n");
        server.send("GET", path, &header, "").unwrap()
    };
    for (path, accepted, encoding, body) in [
        (SCRIPT, "gzip, deflate, br, zstd", Some("br"), "brotli"),
        (SCRIPT, "gzip, deflate", Some("gzip"), "gzip"),
        (SCRIPT, "br;q=0, gzip", Some("gzip"), "gzip"),
        (SCRIPT, "identity", None, "console.log('jobs');"),
        // There is no compressed file.
        ("/config.json", "gzip, br", None, "{}"),
    ] {
        let answer = get(path, accepted);
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        assert_eq!(answer.body, body.as_bytes());
    }
    let media_type = get(SCRIPT, "br").header("content-type").map(str::to_owned);
    assert_eq!(media_type.as_deref(), Some("text/javascript; charset=utf-8"));
}

#[test]
fn faults_affect_files() {
    let dist = Dist::new("faults");
    let server = dist.serve(None);
    let fault = Fault::status(503).path("config.json").times(1);
    server.server.with_world(|world| world.simulator.faults.push(fault));
    assert_eq!(server.get("/config.json").status, 503);
    assert_eq!(server.get("/config.json").status, 200);
}

#[test]
fn server_without_a_page_serves_only_the_api() {
    assert_eq!(TestServer::start(options()).get("/").status, 404);
}
