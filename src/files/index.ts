export {
  type ConfigurationOptions,
  Configurations,
  type FileProblem,
  type FolderConfiguration,
} from "./configurations";
export {
  below,
  findPythonFiles,
  findPythonFilesByTurns,
  type FindOptions,
  type FoundFiles,
} from "./python-files";
export { reasonOf } from "./reason";
