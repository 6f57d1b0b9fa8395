import { fixText } from "#analyzer";
import { findingsRequest, readFindingsParams } from "#protocol";
import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
  ErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { toCodeActions } from "./code-actions";
import type { Running } from "./create-server";
import { type DiagnosticContext, toDiagnostic, toDiagnostics, toReport } from "./diagnostics";
import type { OpenDocument } from "./documents";

/** Registers the answers to a client's questions about open documents. */
export function answerRequests(connection: Connection, running: () => Running): void {
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
    const found = await diagnosticsOf(running(), textDocument.uri);
    return toReport(found?.diagnostics ?? [], previousResultId);
  });
  connection.onCodeAction(params => codeActions(running(), params));
  connection.onRequest(findingsRequest, async (data: unknown, token: CancellationToken) => {
    const params = readFindingsParams(data);
    if (params.kind === "problem") {
      throw new ResponseError(ErrorCodes.InvalidParams, params.problem);
    }
    return running().session.findings(params.message.uris ?? [], {
      get isCancelled() {
        return token.isCancellationRequested;
      },
    });
  });
}

/** Gives the diagnostics of an open document as it is now; null when it is not open. */
export async function diagnosticsOf(
  running: Pick<Running, "client" | "host" | "session">,
  uri: string,
): Promise<{ readonly version: number; readonly diagnostics: Diagnostic[] } | null> {
  const analysed = await running.session.analyse(uri);
  if (!analysed) return null;
  const { document, analysis } = analysed;
  return {
    version: document.version,
    diagnostics: toDiagnostics(analysis, contextOf(running, document)),
  };
}

async function codeActions(running: Running, params: CodeActionParams): Promise<CodeAction[]> {
  const { client, session } = running;
  const { uri } = params.textDocument;
  const analysed = await session.analyse(uri);
  if (!analysed) return [];
  const { document, analysis } = analysed;
  const settings = await session.settingsOf(uri);
  const options = { ...session.optionsFor(uri), safety: "safe" } as const;
  const context = contextOf(running, document);
  return toCodeActions(params, {
    document,
    findings: analysis.findings,
    toDiagnostic: finding => toDiagnostic(finding, context),
    hasVersionedEdits: client.hasVersionedEdits,
    commands: client.commands,
    fixedText: () => fixText(document.text.text, settings.analyzer, options).text,
  });
}

function contextOf(
  { client, host }: Pick<Running, "client" | "host">,
  document: OpenDocument,
): DiagnosticContext {
  return {
    uri: document.uri,
    lines: document.text.lines,
    hasRelatedInformation: client.hasRelatedInformation,
    rulePageUri: ruleName => host.rulePageUri(ruleName),
  };
}
