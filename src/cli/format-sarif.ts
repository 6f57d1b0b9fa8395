import { pathToFileURL } from "node:url";
import { knownChecks } from "#analyzer";
import type { Severity } from "#rules";
import type { Fix, Log, Region, ReportingDescriptor, Result } from "sarif";
import { allRows, type CheckReport, type ReportedRow, shownPath } from "./check-report";
import type { RowLocation } from "./text-places";

const levelOf: Readonly<Record<Severity, Result.level>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

/** Writes findings as a SARIF 2.1.0 log with one run. Paths below the working folder are relative. */
export function formatSarif(report: CheckReport): string {
  const rows = allRows(report);
  const used = new Set(rows.map(({ row }) => row.code));
  const descriptors = knownChecks.filter(check => used.has(check.code));
  const indexOf = new Map(descriptors.map(({ code }, index) => [code, index]));
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "memory-insights",
            semanticVersion: report.version,
            rules: descriptors.map(({ code, name, summary, severity }): ReportingDescriptor => ({
              id: code,
              name,
              shortDescription: { text: summary },
              helpUri: report.ruleUrl(name),
              defaultConfiguration: { level: levelOf[severity] },
            })),
          },
        },
        columnKind: "unicodeCodePoints",
        originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(report.cwd).href}/` } },
        results: rows.map(reported => toResult(reported, report, indexOf)),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

type ArtifactLocation = { uri: string; uriBaseId?: string };

function toResult(
  { file, row }: ReportedRow,
  report: CheckReport,
  indexOf: ReadonlyMap<string, number>,
): Result {
  const artifactLocation = toArtifact(file.path, report.cwd);
  const region = toRegion(row.location, row.end_location);
  const index = indexOf.get(row.code);
  return {
    ruleId: row.code,
    ...(index !== undefined && { ruleIndex: index }),
    level: levelOf[row.severity],
    message: { text: row.message },
    locations: [
      {
        physicalLocation: { artifactLocation, region },
        ...(row.cell !== null && { logicalLocations: [{ name: `cell ${row.cell}` }] }),
      },
    ],
    ...(row.fix && { fixes: [toFix(row.fix, artifactLocation)] }),
  };
}

function toFix(
  fix: NonNullable<ReportedRow["row"]["fix"]>,
  artifactLocation: ArtifactLocation,
): Fix {
  return {
    description: { text: fix.message },
    artifactChanges: [
      {
        artifactLocation,
        replacements: fix.edits.map(({ location, end_location, content }) => ({
          deletedRegion: toRegion(location, end_location),
          insertedContent: { text: content },
        })),
      },
    ],
  };
}

/** The end column of a region is the one after its last character, as here. */
function toRegion(start: RowLocation, end: RowLocation): Region {
  return {
    startLine: start.row,
    startColumn: start.column,
    endLine: end.row,
    endColumn: end.column,
  };
}

function toArtifact(path: string, cwd: string): ArtifactLocation {
  const shown = shownPath(path, cwd);
  if (shown === path) return { uri: pathToFileURL(path).href };
  return { uri: shown.split("/").map(encodeURIComponent).join("/"), uriBaseId: "ROOT" };
}
