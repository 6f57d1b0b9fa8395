import { readServerOptions } from "#protocol";
import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";

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
  /** Commands of ours that it can run. */
  readonly commands: readonly string[];
}

/** Reads what a client says of itself; options of a wrong shape count as none. */
export function readClient(params: InitializeParams): Client {
  const options = readServerOptions(params.initializationOptions);
  return {
    ...readCapabilities(params.capabilities),
    commands: options.kind === "message" ? options.message.commands : [],
  };
}

function readCapabilities({
  textDocument,
  workspace,
}: ClientCapabilities): Omit<Client, "commands"> {
  const diagnostic = textDocument?.diagnostic;
  const published = textDocument?.publishDiagnostics;
  return {
    canPull: diagnostic !== undefined,
    canRefresh: workspace?.diagnostics?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    canRegisterConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    hasRelatedInformation:
      (diagnostic?.relatedInformation ?? published?.relatedInformation) === true,
    hasVersionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  };
}
