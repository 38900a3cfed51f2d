// Runs the stages of `make test` one after the other and closes with `N passed, N failed`.
//
// How the sum is made:
// - a stage of tests counts what its test programs say in their lines `test result: … 3 passed; 1 failed; …`;
//   that it failed without any such count (it did not compile, it crashed, it took too long) is one failure,
//   and so is that it ran no test at all;
// - a check (format, lints, the build, each rule for dist/) counts as one;
// - a stage goes on when an earlier one failed, unless it needs its result: then it is one failure, not run.
//
// `node tests/stages.mjs e2e build` runs only those named. Expects the PATH that the Makefile sets.

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as dist from "./dist.mjs";

const WASM = "wasm32-unknown-unknown";
const MINUTES = 50;

const stages = [
  { name: "format", command: "cargo fmt --all --check" },
  { name: "clippy", command: "cargo clippy --quiet --locked --workspace --exclude cckm-console --all-targets -- -D warnings" },
  { name: "clippy-wasm", command: `cargo clippy --quiet --locked --lib --bins --test browser --target ${WASM} -- -D warnings` },
  { name: "native", command: "cargo test --quiet --locked --workspace --exclude cckm-console --exclude e2e --no-fail-fast", tests: true },
  {
    name: "wasm",
    // Not --quiet: cargo would hand that to the runner, which does not know it.
    command: `cargo test --locked --target ${WASM} --test browser`,
    tests: true,
    env: {
      CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER: "wasm-bindgen-test-runner",
      CHROMEDRIVER: "chromedriver",
      WASM_BINDGEN_TEST_TIMEOUT: "120",
    },
  },
  { name: "build", command: "make --silent build" },
  ...Object.entries(dist.checks).map(([name, check]) => ({ name, check, needs: "build" })),
  { name: "e2e", command: "cargo test --locked --package e2e --no-fail-fast", tests: true, needs: "build" },
];

// Passes the output through while it reads it, so that a long stage is not silent.
function run(command, env = {}) {
  return new Promise((resolve) => {
    // A group of its own, so that what outlives its time ends with its browsers.
    const child = spawn("sh", ["-c", `exec 2>&1; ${command}`], {
      stdio: ["ignore", "pipe", "inherit"], detached: true, env: { ...process.env, ...env },
    });
    const end = (signal) => { try { process.kill(-child.pid, signal); } catch { /* it has ended */ } };
    const interrupted = () => { end("SIGINT"); process.exit(130); };
    const timer = setTimeout(() => { console.log(`Stopped after ${MINUTES} minutes.`); end("SIGKILL"); }, MINUTES * 60_000);
    process.once("SIGINT", interrupted);
    let output = "";
    child.stdout.on("data", (bytes) => { output += bytes; process.stdout.write(bytes); });
    child.on("close", (code) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupted);
      resolve({ ok: code === 0, output });
    });
  });
}

export function count(output, ok) {
  let passed = 0, failed = 0;
  for (const [, p, f] of output.matchAll(/test result: .*?(\d+) passed; (\d+) failed/g)) {
    passed += Number(p);
    failed += Number(f);
  }
  if (failed === 0 && (!ok || passed === 0)) {
    if (ok) console.log("No test was run.");
    failed = 1;
  }
  return { passed, failed };
}

async function outcome(stage, ok) {
  const one = (good) => ({ passed: Number(good), failed: Number(!good) });
  if (ok.get(stage.needs) === false) {
    console.log(`Not run: it needs ${stage.needs}.`);
    return one(false);
  }
  if (stage.check) {
    const { lines = [], problems } = stage.check();
    for (const line of [...lines, ...problems]) console.log(line);
    return one(problems.length === 0);
  }
  const result = await run(stage.command, stage.env);
  return stage.tests ? count(result.output, result.ok) : one(result.ok);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length) console.log(`There is no stage ${unknown.join(", ")}; there are ${stages.map((s) => s.name).join(", ")}.`);

const ok = new Map();
const total = { passed: 0, failed: unknown.length };
const summary = [];
for (const stage of stages.filter(({ name }) => !wanted.length || wanted.includes(name))) {
  console.log(`\n── ${stage.name}`);
  if (stage.name === "e2e" && !existsSync("tests/e2e/tests")) {
    console.log("There are no end-to-end tests yet.");
    continue;
  }
  const began = Date.now();
  const { passed, failed } = await outcome(stage, ok).catch((error) => {
    console.log(String(error));
    return { passed: 0, failed: 1 };
  });
  ok.set(stage.name, failed === 0);
  total.passed += passed;
  total.failed += failed;
  const seconds = ((Date.now() - began) / 1000).toFixed(0);
  summary.push(`${failed ? "FAILED" : "ok    "} ${stage.name.padEnd(12)} ${passed} passed, ${failed} failed, ${seconds} s`);
}
console.log(`\n${summary.join("\n")}\n\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
