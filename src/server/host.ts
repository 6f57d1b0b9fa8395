/** What the server asks of the platform it runs on: Node or a web worker. */
export interface ServerHost {
  /** Reads the text of a file that is not open; null when it cannot be read. */
  readText(uri: string): Promise<string | null>;
  /** Where a rule's page can be opened; null when it is not at hand. */
  rulePageUri(ruleName: string): string | null;
  /**
   * Lists the Python files below folders, sorted, without environments, caches and what is ignored.
   * Missing where files cannot be listed.
   */
  findPythonFiles?(folders: readonly string[]): Promise<readonly string[]>;
}
