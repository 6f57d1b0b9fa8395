/** Addresses and secrets of one document of the panel. */
export interface PanelPage {
  readonly scriptUri: string;
  readonly styleUri: string;
  /** Where VS Code serves the extension's files from. */
  readonly cspSource: string;
  /** New for every document. */
  readonly nonce: string;
}

/** Writes the panel's document. Only the panel's own script, styles and fonts may load. */
export function panelHtml({ scriptUri, styleUri, cspSource, nonce }: PanelPage): string {
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    `font-src ${cspSource}`,
    `img-src ${cspSource} data:`,
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${styleUri}" />
    <title>Memory</title>
  </head>
  <body>
    <div id="root"></div>
    <script nonce="${nonce}" src="${scriptUri}"></script>
  </body>
</html>
`;
}

/** Makes a nonce: 32 hexadecimal digits that cannot be guessed. */
export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
}
