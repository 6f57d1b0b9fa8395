import { lineAt, type LineMap, type Span } from "#base";
import { type Finding, type Problem, relatedLine } from "#rules";
import { ListSpan, PlacedSpan, type Segment, segmentAt } from "#syntax";

/** Gives a finding whose places move with the segments that they stand in. */
export function placeFinding(finding: Finding, segments: readonly Segment[]): Finding {
  return withSpans(finding, span => {
    if (span instanceof PlacedSpan || span instanceof ListSpan) return span;
    const segment = segments[segmentAt(segments, span.start)];
    return segment ? new PlacedSpan(segment, span.start, span.end) : span;
  });
}

/** Gives a finding with the places that it has now, as plain data. */
export function toPlainFinding(finding: Finding, lines: LineMap): Finding {
  const plain = withSpans(finding, ({ start, end }) => ({ start, end }));
  const [first] = plain.related ?? [];
  if (!first || !plain.message.includes(relatedLine)) return plain;
  const line = String(lineAt(lines, first.span.start) + 1);
  return { ...plain, message: plain.message.replace(relatedLine, line) };
}

function withSpans(finding: Finding, change: (span: Span) => Span): Finding {
  const { fix, related, allocations }: Problem = finding;
  return {
    ...finding,
    span: change(finding.span),
    ...(fix && {
      fix: { ...fix, edits: fix.edits.map(edit => ({ ...edit, span: change(edit.span) })) },
    }),
    ...(related && { related: related.map(each => ({ ...each, span: change(each.span) })) }),
    ...(allocations && { allocations: allocations.map(change) }),
  };
}
