//! The built page, served as a production host would.

use std::fs;
use std::io::Read as _;
use std::path::PathBuf;

use cckm_simulator::fault::Fault;
use cckm_simulator::server::Options;

use crate::wire::{Answer, Server, options};

const SCRIPT: &str = "cckm-console-0123456789abcdef.js";
const WASM: &str = "cckm-console-0123456789abcdef_bg.wasm";

/// A folder with a page in it, gone afterwards.
struct Dist(PathBuf);

impl Dist {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("dist/sub")).unwrap();
        let dist = Self(folder);
        dist.write("secret.txt", "secret");
        dist.write("dist/index.html", "<!doctype html><title>Jobs</title>");
        dist.write("dist/config.json", "{}");
        dist.write("dist/.hidden", "secret");
        dist.write("dist/favicon.svg", "<svg/>");
        dist.write("dist/sub/page.css", "p{}");
        dist.write(
            &format!("dist/{SCRIPT}"),
            &"console.log('jobs');\n".repeat(200),
        );
        dist.write(&format!("dist/{WASM}"), &"\0asm".repeat(100));
        dist
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn serve(&self, prefix: Option<&str>) -> Server {
        let dist = Some(self.0.join("dist"));
        Server::start(Options {
            dist,
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
fn every_file_has_the_production_headers() {
    let dist = Dist::new("headers");
    let server = dist.serve(None);
    for path in [
        "/",
        "/index.html",
        "/config.json",
        &format!("/{WASM}"),
        "/missing.js",
    ] {
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
            assert!(policy.split("; ").any(|one| one == part), "{path} {part}");
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
    }
}

#[test]
fn types_and_caching_fit_the_file() {
    let dist = Dist::new("types");
    let server = dist.serve(None);
    let immutable = "public, max-age=31536000, immutable";
    for (path, kind, cache) in [
        ("/", "text/html; charset=utf-8", "no-store"),
        ("/config.json", "application/json", "no-store"),
        (
            &format!("/{SCRIPT}"),
            "text/javascript; charset=utf-8",
            immutable,
        ),
        (&format!("/{WASM}"), "application/wasm", immutable),
        ("/favicon.svg", "image/svg+xml", "no-cache"),
        ("/sub/page.css?x=1", "text/css; charset=utf-8", "no-cache"),
    ] {
        let answer = server.get(path);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(kind)),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some(cache), "{path}");
    }
}

#[test]
fn the_page_is_at_the_root_and_in_a_folder_and_the_api_stays() {
    let dist = Dist::new("folder");
    for prefix in ["/a/b/", "a/b"] {
        let server = dist.serve(Some(prefix));
        for path in [
            "/",
            "/a/b/",
            "/a/b/index.html",
            "/a/b/?jobs=aws/bulkjob",
            "/a/b/sub/page.css",
        ] {
            assert_eq!(server.get(path).status, 200, "{path}");
        }
        let page = server.running.page_url();
        assert_eq!(page, format!("http://{}/a/b/", server.running.address()));
        let answer = server.get("/a/b");
        assert_eq!(
            (answer.status, answer.header("location")),
            (308, Some("/a/b/"))
        );
        assert_eq!(server.get("/api/v1/cckm/aws/bulkjob").status, 401);
        assert_eq!(server.get("/a/b/api/v1/cckm/aws/bulkjob").status, 404);
    }
}

#[test]
fn nothing_outside_the_folder_is_served_and_no_path_is_rewritten() {
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
    assert_eq!(
        server.post("/index.html", &serde_json::Value::Null).status,
        405
    );
    let head = server.send("HEAD", "/", "", "").unwrap();
    assert_eq!((head.status, head.body.len()), (200, 0));
}

fn encoded(server: &Server, accepted: &str) -> Answer {
    let header = format!("Accept-Encoding: {accepted}\r\n");
    server
        .send("GET", &format!("/{SCRIPT}"), &header, "")
        .unwrap()
}

#[test]
fn files_are_compressed_as_the_browser_accepts() {
    let dist = Dist::new("compressed");
    let server = dist.serve(None);
    let plain = server.get(&format!("/{SCRIPT}"));
    assert_eq!(plain.header("content-encoding"), None);
    let read = |encoding: &str, body: &[u8]| {
        let mut text = Vec::new();
        match encoding {
            "br" => brotli::Decompressor::new(body, 4096).read_to_end(&mut text),
            _ => flate2::read::GzDecoder::new(body).read_to_end(&mut text),
        }
        .unwrap();
        text
    };
    for (accepted, encoding) in [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
    ] {
        let answer = encoded(&server, accepted);
        assert_eq!(answer.header("content-encoding"), Some(encoding));
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        assert!(answer.body.len() < plain.body.len() / 10);
        assert_eq!(read(encoding, &answer.body), plain.body);
    }
    assert_eq!(
        encoded(&server, "identity").header("content-encoding"),
        None
    );
}

#[test]
fn a_compressed_file_beside_the_plain_one_is_preferred() {
    let dist = Dist::new("beside");
    dist.write(&format!("dist/{SCRIPT}.br"), "compressed elsewhere");
    let answer = encoded(&dist.serve(None), "br");
    assert_eq!(answer.body, b"compressed elsewhere");
}

#[test]
fn faults_meet_files_too() {
    let dist = Dist::new("faults");
    let server = dist.serve(None);
    let fault = Fault::status(503).path("config.json").times(1);
    server
        .running
        .with_world(|world| world.simulator.faults.push(fault));
    assert_eq!(server.get("/config.json").status, 503);
    assert_eq!(server.get("/config.json").status, 200);
}

#[test]
fn without_a_page_there_is_just_the_api() {
    assert_eq!(Server::start(options()).get("/").status, 404);
}
