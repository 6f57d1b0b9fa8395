import assert from "node:assert/strict";
import { checkFolder } from "./run-check";
import { cli, CliFolder } from "./cli-process";

/** More than one thread takes, so that several have to. */
const count = 100;

function sources(): Record<string, string> {
  const files: Record<string, string> = {};
  for (let index = 0; index < count; index++) {
    const broken = index % 10 === 3 ? "def broken(:\n" : "";
    files[`part${index}.py`] = `${"\n".repeat(index)}total = sum([x for x in rows])\n${broken}`;
  }
  return files;
}

describe("many files", () => {
  it("are checked in threads as they are one by one, in the same order", async () => {
    const alone = checkFolder();
    const folder = new CliFolder();
    try {
      alone.write(sources());
      for (const [name, text] of Object.entries(sources())) folder.write(name, text);
      const args = ["check", "--no-cache", "--format", "concise", "."];
      const threaded = await folder.run([...args, "--threads", "3"]);
      assert.deepEqual(await folder.run([...args, "--threads", "1"]), threaded);
      const { out, code } = await alone.run(...args.slice(1));
      assert.equal(threaded.out, out);
      assert.equal(threaded.code, code);
      assert.ok(out.split("\n").length > count, out);
    } finally {
      alone.remove();
      folder.remove();
    }
  });

  it("are fixed in threads, and known the next time", async () => {
    const folder = new CliFolder();
    const environment = { ...process.env, MEMORY_INSIGHTS_CACHE: `${folder.path}/.results` };
    const check = (...options: string[]) =>
      folder.start(process.execPath, [cli, "check", ...options], "", environment).ended;
    try {
      for (const [name, text] of Object.entries(sources())) folder.write(name, text);
      const first = await check(folder.path);
      const second = await check(folder.path);
      assert.equal(second.out, first.out);
      await check("--fix", folder.path);
      const after = await check(folder.path);
      assert.equal(after.out.includes("MEM101"), false, after.out);
    } finally {
      folder.remove();
    }
  });
});
