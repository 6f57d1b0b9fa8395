import assert from "node:assert/strict";
import { newNonce, panelHtml } from "../../../src/extension/panel/html";
import { Inbox } from "../../../src/extension/panel/inbox";
import { shop, viewOf } from "../../panel/fixture/runs";

function setUp() {
  const log: string[] = [];
  const inbox = new Inbox({
    onReady: () => log.push("ready"),
    onCommand: command => log.push(`run ${command}`),
    onGoto: (file, line) => log.push(`goto ${file}:${line}`),
    onCompare: (from, to) => log.push(`compare ${from} ${to}`),
    onRefused: problem => log.push(`refused ${problem.slice(0, 4)}`),
  });
  return { inbox, log };
}

const audit = { kind: "goto", file: "/home/ada/shop/shop/audit.py", line: 29 };

describe("the panel's inbox", () => {
  it("hands on what passes the check", () => {
    const { inbox, log } = setUp();
    inbox.receive({ kind: "ready", version: 1 });
    inbox.receive({ kind: "command", command: "mark" });
    inbox.receive({ kind: "compare", from: null, to: 3 });
    inbox.receive({ kind: "command", command: "rm" });
    inbox.receive("x");
    assert.deepEqual(log.slice(0, 3), ["ready", "run mark", "compare null 3"]);
    assert.equal(log.filter(text => text.startsWith("refused")).length, 2);
  });

  it("goes only to files that the panel was shown", () => {
    const { inbox, log } = setUp();
    inbox.receive(audit);
    inbox.allow(viewOf(shop));
    inbox.receive(audit);
    inbox.receive({ ...audit, file: "/etc/passwd" });
    assert.deepEqual(log, ["refused goto", "goto /home/ada/shop/shop/audit.py:29", "refused goto"]);
  });

  it("knows the files of stops, and those of earlier views of the same run", () => {
    const { inbox, log } = setUp();
    inbox.allow({ ...viewOf(shop), grown: [] });
    inbox.allow({ ...viewOf({ ...shop, stops: 0, lines: 0 }), grown: [] });
    inbox.receive(audit);
    assert.deepEqual(log, ["goto /home/ada/shop/shop/audit.py:29"]);
  });

  it("forgets them when another run begins", () => {
    const { inbox, log } = setUp();
    inbox.allow(viewOf(shop));
    inbox.allow({ ...viewOf({ ...shop, stops: 0 }), pid: 1, grown: [] });
    inbox.receive(audit);
    assert.deepEqual(log, ["refused goto"]);
  });
});

describe("the panel's document", () => {
  const page = { scriptUri: "s.js", styleUri: "s.css", cspSource: "https://x", nonce: "0a" };

  it("allows its own script, styles and fonts, and nothing inline", () => {
    const html = panelHtml(page);
    assert.match(
      html,
      /content="default-src 'none'; script-src 'nonce-0a'; style-src https:\/\/x; font-src https:\/\/x; img-src https:\/\/x data:"/,
    );
    assert.doesNotMatch(html, /unsafe|<style|style=|onclick/i);
  });

  it("has a nonce that is never the same", () => {
    assert.match(newNonce(), /^[0-9a-f]{32}$/);
    assert.notEqual(newNonce(), newNonce());
  });
});
