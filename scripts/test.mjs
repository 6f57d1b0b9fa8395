// npm test: installs what the tests need, runs everything, ends with "N passed, N failed, N skipped".
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { whyNodeIsTooOld } from "./packages.mjs";
import { runMain, stopAllOnSignals } from "./processes.mjs";
import { runStages } from "./stage-runner.mjs";
import { stagesOf } from "./test-stages.mjs";

const help = `npm test [-- --stage=NAME,NAME]

Runs every check of this repository, installing first what is missing. A stage that cannot run
says SKIPPED and why. With no VS Code to test in at all, the command fails.

  --stage=NAME,...    only these stages, and what they need
  --allow-no-editor   do not fail where no VS Code can be had
  --list              name the stages

Environment: MEMORY_INSIGHTS_CACHE (downloads), MEMORY_INSIGHTS_PYTHON, CHROME_PATH,
MEMORY_INSIGHTS_SCREENSHOTS (a folder for pictures of the host tests), MEMORY_INSIGHTS_SEED (a
number or random: other inputs for the property tests).
`;

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");
const print = line => console.log(line);

async function main() {
  const { values } = parseArgs({
    options: {
      stage: { type: "string", multiple: true },
      "allow-no-editor": { type: "boolean", default: false },
      list: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return print(help);
  const tooOld = whyNodeIsTooOld();
  if (tooOld) throw new Error(tooOld);
  const stages = stagesOf(root);
  if (values.list) return print(stages.map(stage => stage.name).join("\n"));
  stopAllOnSignals();
  const chosen = choose(
    stages,
    values.stage?.flatMap(names => names.split(",")),
  );
  const results = [...(await runStages(chosen, print)).values()];
  const total = kind => results.reduce((sum, result) => sum + result[kind], 0);
  const noEditor = whyNoEditor(results) && !values["allow-no-editor"];
  if (noEditor) print(`✖ ${whyNoEditor(results)}`);
  const failed = total("failed") + (noEditor ? 1 : 0);
  process.exitCode = failed > 0 ? 1 : 0;
  print(`${total("passed")} passed, ${failed} failed, ${total("skipped")} skipped`);
}

/** The named stages with all they need, in the order of the whole. */
function choose(stages, names) {
  if (!names) return stages;
  const byName = new Map(stages.map(stage => [stage.name, stage]));
  const chosen = new Set();
  const add = name => {
    const stage = byName.get(name);
    if (!stage)
      throw new Error(`There is no stage ${name}. Stages: ${[...byName.keys()].join(", ")}`);
    chosen.add(stage);
    for (const needed of stage.needs ?? []) add(needed);
  };
  for (const name of names) add(name);
  return stages.filter(stage => chosen.has(stage));
}

function whyNoEditor(results) {
  const hosts = results.filter(result => result.name.startsWith("host-"));
  const ran = hosts.some(host => host.passed + host.failed > 0);
  return hosts.length > 0 && !ran
    ? "no VS Code could be had, neither in the browser nor on the desktop; see the lines above"
    : undefined;
}

await runMain(main);
