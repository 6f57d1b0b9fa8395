export { type Cancellation, neverCancelled } from "./cancellation";
export { type Disposable, DisposableStore } from "./disposable";
export { fingerprint } from "./fingerprint";
export {
  lineAt,
  type LineMap,
  lineMap,
  offsetAt,
  type Position,
  positionAt,
  withLines,
} from "./lines";
export { partitionPoint } from "./partition-point";
export { applyEdits, contains, type Edit, type Span, touches } from "./span";
export { sum } from "./sum";
export {
  type Bytes,
  formatBlocksDelta,
  formatBytes,
  formatBytesDelta,
  formatBytesRoughly,
  formatCount,
  formatCountDelta,
  type Milliseconds,
  parseBytes,
} from "./units";
export { worthShowing } from "./worth";
