// Runs the stages of `make test` one after the other, and ends with `N passed, N failed`.
//
// How the sum is computed:
// - A stage of tests counts the tests in the lines `test result: … 3 passed; 1 failed; …` of its output. If it fails
//   without such a count (it did not compile, crashed or took too long) or runs no test, it counts as one failure.
// - A check (format, lints, the build, each rule for dist/) counts as one.
// - A stage runs even if an earlier one failed, unless it needs its result. Then it is not run and counts as one failure.
//
// `node tests/stages.mjs e2e build` runs only the named stages. Expects the PATH that the Makefile sets.

import { spawn } from "node:child_process";
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
    // Not --quiet: cargo would pass it to the runner, which does not know it.
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

// Runs a command, and prints its output immediately.
function run(command, env = {}) {
  return new Promise((resolve) => {
    // In its own process group, so that a stage that takes too long ends together with its browsers.
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

// Adds up the lines `test result: …` of an output.
function count(output, ok) {
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

// Runs a stage and returns its counts; `ok` has the results of the earlier stages.
async function runStage(stage, ok) {
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

const requested = process.argv.slice(2);
const unknown = requested.filter((name) => !stages.some((stage) => stage.name === name));
if (unknown.length) console.log(`There is no stage ${unknown.join(", ")}; there are ${stages.map((s) => s.name).join(", ")}.`);

const ok = new Map();
const total = { passed: 0, failed: unknown.length };
const summary = [];
for (const stage of stages.filter(({ name }) => !requested.length || requested.includes(name))) {
  console.log(`\n── ${stage.name}`);
  const began = Date.now();
  const { passed, failed } = await runStage(stage, ok).catch((error) => {
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
