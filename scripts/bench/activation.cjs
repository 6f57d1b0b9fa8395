// Runs in the extension host: how long the extension takes to be ready when nothing woke it before.
const { writeFileSync } = require("node:fs");
const { performance } = require("node:perf_hooks");
const process = require("node:process");
const vscode = require("vscode");

exports.run = async () => {
  const extension = vscode.extensions.all.find(each => each.packageJSON.name === "memory-insights");
  const wasActive = extension.isActive;
  const start = performance.now();
  await extension.activate();
  const activationMs = performance.now() - start;
  const results = { passed: 1, failed: 0, skipped: 0, lines: [], activationMs, wasActive };
  writeFileSync(process.env.MEMORY_INSIGHTS_TEST_RESULTS, JSON.stringify(results));
};
