// Lets tests inside the extension host look at the page around them. See test/hosts/support/bridge.ts.
import { randomBytes } from "node:crypto";
import { copyFile, mkdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

/* global document, getComputedStyle -- two functions run in the page. */
const actionTimeoutMs = 10_000;

/**
 * Serves the bridge on loopback. `setPage` gives it the page once there is one.
 *
 * @returns `{ url, setPage(page), close() }`; the url holds the token that requests must carry
 */
export async function startBridge(screenshotFolders) {
  const token = randomBytes(16).toString("hex");
  let page;
  const server = createServer((request, response) => {
    const answer = (status, value) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(value));
    };
    const [, given, name] = new URL(request.url, "http://127.0.0.1").pathname.split("/");
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (given !== token || !action) return answer(404, { error: `no bridge action ${name}` });
    void readJson(request)
      .then(body => action(page, body, screenshotFolders))
      .then(value => answer(200, { value: value ?? null }))
      .catch(error => answer(500, { error: error.message }));
  });
  await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/${token}`,
    setPage: value => void (page = value),
    close: () => new Promise(resolve => (server.close(resolve), server.closeAllConnections())),
  };
}

async function readJson(request) {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return text ? JSON.parse(text) : {};
}

const actions = {
  async screenshot(page, { name }, folders) {
    const [first, ...others] = folders;
    const path = join(first, `${name}.png`);
    await mkdir(first, { recursive: true });
    // A blinking cursor would make two pictures of the same moment differ.
    await page.screenshot({ path, animations: "disabled", caret: "hide" });
    // Pictures of failures are for whoever repairs them, not for the README.
    for (const folder of name.startsWith("failed-") ? [] : others) {
      await mkdir(folder, { recursive: true });
      await copyFile(path, join(folder, `${name}.png`));
    }
    return path;
  },
  key: (page, { keys }) => page.keyboard.press(keys),
  type: (page, { text }) => page.keyboard.type(text, { delay: 15 }),
  resize: (page, { width, height }) => page.setViewportSize({ width, height }),
  query: (page, { selector }) => page.mainFrame().evaluate(describeElements, selector),
  click: (page, { selector, index = 0 }) => clickIn(page.mainFrame(), selector, index),
  hover: (page, { selector, index = 0 }) =>
    page.locator(selector).nth(index).hover({ timeout: actionTimeoutMs }),
  panelQuery: async (page, { selector }) => {
    const frame = await panelFrame(page, selector);
    return frame ? frame.evaluate(describeElements, selector) : [];
  },
  panelText: async (page, { selector }) => {
    const frame = await panelFrame(page, selector);
    return frame ? frame.locator(selector).first().innerText({ timeout: actionTimeoutMs }) : "";
  },
  panelClick: async (page, { selector, index = 0 }) => {
    const frame = await panelFrame(page, selector);
    if (!frame) throw new Error(`no panel shows ${selector}`);
    await clickIn(frame, selector, index);
  },
  panelFocus: async (page, { selector, index = 0 }) => {
    const frame = await panelFrame(page, selector);
    if (!frame) throw new Error(`no panel shows ${selector}`);
    await frame.locator(selector).nth(index).focus({ timeout: actionTimeoutMs });
  },
  frames: page => page.frames().map(frame => frame.url()),
};

function clickIn(frame, selector, index) {
  return frame.locator(selector).nth(index).click({ timeout: actionTimeoutMs });
}

/**
 * Finds the webview's inner frame that shows the selector; a webview is two frames deep. One that
 * has the element but does not show it is taken only when no other has it.
 */
async function panelFrame(page, selector) {
  let hidden;
  for (const frame of page.frames()) {
    if (frame === page.mainFrame()) continue;
    const found = await frame.evaluate(countElements, selector).catch(goneFrame);
    if (found.shown > 0) return frame;
    if (found.all > 0) hidden ??= frame;
  }
  return hidden;
}

/** A frame may go away while it is asked; then it is not the one. */
function goneFrame() {
  return { all: 0, shown: 0 };
}

/** Runs in the page. */
function countElements(selector) {
  const all = [...document.querySelectorAll(selector)];
  return { all: all.length, shown: all.filter(one => one.getClientRects().length > 0).length };
}

/** Runs in the page: plain data about the elements, with the text that CSS adds around them. */
function describeElements(selector) {
  const added = (element, where) => {
    const { content } = getComputedStyle(element, where);
    return content === "none" || content === "normal" ? "" : content.replace(/^"|"$/g, "");
  };
  return [...document.querySelectorAll(selector)].map(element => {
    const { width, height, x, y } = element.getBoundingClientRect();
    return {
      text: element.innerText ?? element.textContent ?? "",
      before: added(element, "::before"),
      after: added(element, "::after"),
      attributes: Object.fromEntries([...element.attributes].map(a => [a.name, a.value])),
      box: { x, y, width, height },
    };
  });
}
