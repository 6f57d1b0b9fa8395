import {
  type Checked,
  findingsRequest,
  readFindingsParams,
  readRunTargetsParams,
  runTargetsRequest,
} from "#protocol";
import {
  type CancellationToken,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageserver";
import { toCodeActions } from "./code-actions";
import type { Running } from "./create-server";
import {
  type DiagnosticContext,
  resultIdOf,
  toDiagnostic,
  toDiagnostics,
  toReport,
} from "./diagnostics";
import { fixAllEdits, isCurrent, readFixAllData } from "./fix-all";
import type { Program } from "./program";
import type { DocumentDiagnostics } from "./publisher";
import { runTargetsOf } from "./run-targets";
import { toWorkspaceEdit } from "./workspace-edits";

/** Registers the answers to a client's questions about open documents. */
export function answerRequests(connection: Connection, running: () => Running): void {
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const { session, pulls, ...parts } = running();
    const found = await session.analyse(textDocument.uri);
    // Whoever cancels has a newer text on its way; an answer to the old one would flicker.
    refuseCancelled(token);
    if (!found) return toReport([], previousResultId);
    const { program, part, analysis } = found;
    const diagnostics = toDiagnostics(analysis, part, contextOf(parts, program));
    const report = toReport(diagnostics, previousResultId);
    if (program.parts.length > 1) {
      pulls.note(program, part.uri, cell =>
        resultIdOf(toDiagnostics(analysis, cell, contextOf(parts, program))),
      );
    }
    return report;
  });
  connection.onCodeAction((params, token) => codeActions(running(), params, token));
  connection.onCodeActionResolve(action => resolveAction(running(), action));
  connection.onRequest(findingsRequest, async (data: unknown, token: CancellationToken) => {
    const { uris = [] } = messageOf(readFindingsParams(data));
    return running().session.findings(uris, {
      get isCancelled() {
        return token.isCancellationRequested;
      },
    });
  });
  connection.onRequest(runTargetsRequest, async (data: unknown) => {
    const { uri } = messageOf(readRunTargetsParams(data));
    return runTargetsOf(running(), uri);
  });
}

/** @throws ResponseError when a request does not have the shape that it should */
function messageOf<T>(params: Checked<T>): T {
  if (params.kind === "message") return params.message;
  throw new ResponseError(ErrorCodes.InvalidParams, params.problem);
}

/** @throws ResponseError when a request was cancelled */
export function refuseCancelled(token: CancellationToken): void {
  if (!token.isCancellationRequested) return;
  throw new ResponseError(LSPErrorCodes.RequestCancelled, "the request was cancelled");
}

/** Gives the diagnostics of all documents of an open program as they are now. */
export async function diagnosticsOf(
  running: Pick<Running, "client" | "host" | "positions" | "session">,
  uri: string,
): Promise<readonly DocumentDiagnostics[]> {
  const program = await running.session.analyseProgram(uri);
  const analysis = program?.analysed?.analysis;
  if (!analysis) return [];
  const context = contextOf(running, program);
  return program.parts.map(part => ({
    uri: part.uri,
    version: part.version,
    diagnostics: toDiagnostics(analysis, part, context),
  }));
}

async function codeActions(
  running: Running,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const { client, positions, session } = running;
  const found = await session.analyse(params.textDocument.uri);
  refuseCancelled(token);
  if (!found) return [];
  const { program, part, analysis } = found;
  const context = contextOf(running, program);
  const edits = { positions, hasVersionedEdits: client.hasVersionedEdits };
  return toCodeActions(params, {
    program,
    part,
    analysis,
    positions,
    toDiagnostic: finding => toDiagnostic(finding, context),
    toWorkspaceEdit: list => toWorkspaceEdit(program, list, edits),
    commands: client.options.commands ?? [],
    canResolveEdit: client.canResolveEdit,
    fixAll(scope) {
      const list = fixAllEdits(found, scope, session);
      return list.length > 0 ? toWorkspaceEdit(program, list, edits) : null;
    },
  });
}

/** Computes the edit of an action that was chosen. An action for another text is refused. */
async function resolveAction(running: Running, action: CodeAction): Promise<CodeAction> {
  const data = readFixAllData(action.data);
  if (!data) return action;
  const { client, positions, session } = running;
  const found = await session.analyse(data.uri);
  if (!found || !isCurrent(found.program, data)) {
    throw new ResponseError(LSPErrorCodes.ContentModified, "the text has changed since");
  }
  const edits = { positions, hasVersionedEdits: client.hasVersionedEdits };
  const list = fixAllEdits(found, data, session);
  return { ...action, edit: toWorkspaceEdit(found.program, list, edits) };
}

/** What diagnostics of a program are made with. */
export function contextOf(
  { client, host, positions }: Pick<Running, "client" | "host" | "positions">,
  program: Pick<Program, "parts">,
): DiagnosticContext {
  const scheme = client.options.rulePageScheme;
  return {
    program,
    positions,
    hasRelatedInformation: client.hasRelatedInformation,
    rulePageUri: name => (scheme === undefined ? host.rulePageUri(name) : `${scheme}:/${name}.md`),
  };
}
