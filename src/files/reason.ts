/** Says in a word why a file system call failed. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error && typeof error.code === "string") {
    return error.code === "EACCES" ? "permission denied" : error.code;
  }
  return error instanceof Error ? error.message : String(error);
}
