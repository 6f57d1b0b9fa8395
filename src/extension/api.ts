import type * as vscode from "vscode";
import type { Profile } from "#profile";
import type { MeasuredFinding } from "./findings/measure";

/** What other extensions, and this one's own tests, can ask for. */
export interface MemoryInsightsApi {
  readonly version: 1;
  /** Findings of one document, or all that are known; the most measured bytes first. */
  readonly getFindings: (uri?: vscode.Uri) => readonly MeasuredFinding[];
  readonly onDidChangeFindings: vscode.Event<void>;
  /** The run that is shown, while it goes on too; null when there is none. */
  readonly getLatestProfile: () => Profile | null;
}
