import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";

describe("tracked files", () => {
  it("name neither this checkout nor this user's home", function () {
    if (!existsSync(".git")) return this.skip();
    const places = [process.cwd(), homedir()]
      .filter(place => place.split(/[\\/]/).filter(Boolean).length > 0)
      .flatMap(place => [`${place}/`, `${place}\\`, JSON.stringify(place)]);
    const naming = trackedFiles().filter(file => {
      const text = readFileSync(file, "latin1");
      return places.some(place => text.includes(place));
    });
    assert.deepEqual(naming, []);
  });

  it("lock packages without the address of a mirror", () => {
    const lock = readFileSync("package-lock.json", "utf8");
    const addresses = [...lock.matchAll(/"resolved": "([^"]+)"/g)].map(match => match[1] ?? "");
    const foreign = addresses.filter(one => !one.startsWith("https://registry.npmjs.org/"));
    assert.deepEqual(foreign, []);
  });
});

function trackedFiles(): readonly string[] {
  const listed = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" });
  return listed.split("\0").filter(file => file && existsSync(file));
}
