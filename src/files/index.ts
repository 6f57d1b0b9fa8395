export { findPythonFiles, type FoundFiles, reasonOf } from "./python-files";
