export type {
  Mark,
  Recorder,
  RecorderOptions,
  RecorderProblem,
  RecorderStart,
  StopPlace,
} from "./recorder";
export { startRecorder } from "./start-recorder";
