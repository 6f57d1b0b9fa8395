import { readServerOptions, type ServerOptions } from "#protocol";
import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import { chooseEncoding, type Encoding } from "./positions";

/** What the client can do, as far as it matters here. */
export interface Client {
  /** It asks for diagnostics itself; else they are sent to it. */
  readonly canPull: boolean;
  /** It asks for all diagnostics again when told to. */
  readonly canRefresh: boolean;
  /** It answers questions about its settings. */
  readonly hasConfiguration: boolean;
  /** It tells of changed settings only after somebody asked it to. */
  readonly canRegisterConfiguration: boolean;
  readonly hasRelatedInformation: boolean;
  readonly hasVersionedEdits: boolean;
  /** It asks for the edit of an action once somebody chose it. */
  readonly canResolveEdit: boolean;
  /** It tells of changed files after somebody asked it to. */
  readonly canWatchFiles: boolean;
  /** It tells when folders of the workspace come and go. */
  readonly hasWorkspaceFolders: boolean;
  /** How it counts the characters of a line. */
  readonly encoding: Encoding;
  /** URIs of the workspace's folders when it started. */
  readonly folders: readonly string[];
  readonly options: ServerOptions;
}

/** Reads what a client says of itself; options of a wrong shape count as none. */
export function readClient(params: InitializeParams): Client {
  const options = readServerOptions(params.initializationOptions);
  return {
    ...readCapabilities(params.capabilities),
    folders: foldersOf(params),
    options: options.kind === "message" ? options.message : {},
  };
}

/** Old clients know one folder only, and name it by itself. */
function foldersOf(params: InitializeParams): readonly string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(({ uri }) => uri);
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  return params.rootUri ? [params.rootUri] : [];
}

function readCapabilities({
  general,
  textDocument,
  workspace,
}: ClientCapabilities): Omit<Client, "folders" | "options"> {
  const diagnostic = textDocument?.diagnostic;
  const published = textDocument?.publishDiagnostics;
  const action = textDocument?.codeAction;
  return {
    canPull: diagnostic !== undefined,
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    canRegisterConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hasRelatedInformation:
      (diagnostic?.relatedInformation ?? published?.relatedInformation) === true,
    hasVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    canResolveEdit:
      action?.dataSupport === true && (action.resolveSupport?.properties.includes("edit") ?? false),
    canWatchFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    hasWorkspaceFolders: workspace?.workspaceFolders === true,
    encoding: chooseEncoding(general?.positionEncodings),
  };
}
