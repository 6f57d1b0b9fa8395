/** What one folder of `src` may import. */
export interface Layer {
  /** Other layers whose door (`#name`) may be used for values and types. */
  readonly layers: readonly string[];
  /** Other layers of which only types may be used. */
  readonly typesOf?: readonly string[];
  /** Packages from npm. A name covers its subpaths: `preact` allows `preact/hooks`. */
  readonly packages?: readonly string[];
  /** Whether Node's own modules may be used, in all files or only where the name matches. */
  readonly node?: boolean | RegExp;
}

/** The layer law of src/README.md. A change here is a change of architecture. */
export const layerTable: Readonly<Record<string, Layer>> = {
  base: { layers: [] },
  syntax: { layers: ["base"] },
  semantics: { layers: ["base", "syntax"] },
  rules: { layers: ["base", "syntax", "semantics"] },
  analyzer: { layers: ["base", "syntax", "semantics", "rules"], packages: ["smol-toml"] },
  profile: { layers: ["base"] },
  evidence: { layers: ["base", "profile"], typesOf: ["rules"] },
  protocol: { layers: ["base", "profile", "evidence"], typesOf: ["rules"], packages: ["valibot"] },
  recorder: { layers: ["base", "profile", "protocol"], node: true },
  files: { layers: ["base", "analyzer"], packages: ["ignore"], node: true },
  cli: {
    layers: ["base", "rules", "analyzer", "profile", "evidence", "protocol", "recorder", "files"],
    packages: ["sarif"],
    node: true,
  },
  server: {
    // `files` takes Node, so only the entry for Node imports it.
    layers: ["base", "rules", "analyzer", "protocol", "files"],
    packages: ["vscode-languageserver"],
    node: /\.node\.ts$/,
  },
  webview: {
    layers: ["base", "profile", "evidence", "protocol"],
    packages: ["preact", "uplot"],
  },
  extension: {
    layers: ["base", "profile", "evidence", "protocol", "recorder"],
    typesOf: ["rules"],
    packages: ["vscode", "vscode-languageclient", "@vscode/debugprotocol"],
    node: true,
  },
};

/** Folders of `src` without TypeScript: the probe is Python, decisions are prose. */
export const otherFolders: readonly string[] = ["probe", "decisions"];
