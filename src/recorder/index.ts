export {
  type Mark,
  type Recorder,
  type RecorderOptions,
  type RecorderProblem,
  type RecorderStart,
  startRecorder,
  type StopPlace,
} from "./recorder";
