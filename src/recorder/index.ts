export { packedBytes, packRunAs, unpackedBytes } from "./packing";
export { readRunBytes, readRunFile } from "./read-run-file";
export type {
  Mark,
  Recorder,
  RecorderOptions,
  RecorderProblem,
  RecorderStart,
  StopPlace,
} from "./recorder";
export type { FileRename } from "./rename-files";
export { writeDraft } from "./replace-run";
export type { TextOf } from "./source-reader";
export { startRecorder } from "./start-recorder";
