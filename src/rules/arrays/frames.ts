import { type Expression, isA } from "#syntax";

const fewest = 1000;

/** Tells whether a frame is written so that it has few rows: `frame.head()`, `frame[:10]`. */
export function isShortFrame(frame: Expression): boolean {
  if (isA(frame, "Subscript")) {
    const { index } = frame;
    return isA(index, "Slice") && !index.lower && isFew(index.upper);
  }
  if (!isA(frame, "Call") || !isA(frame.callee, "Attribute")) return false;
  const [count] = frame.args;
  switch (frame.callee.name.text) {
    case "head":
    case "tail":
      return !count || isFew(count.value);
    case "nlargest":
    case "nsmallest":
    case "sample":
      return count !== undefined && isFew(count.value);
    case "describe":
      return true;
    default:
      return isShortFrame(frame.callee.object);
  }
}

function isFew(count: Expression | null): boolean {
  return isA(count, "Number") && Number(count.text.replaceAll("_", "")) <= fewest;
}
