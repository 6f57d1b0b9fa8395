/** What a call opens, and what it costs when nobody closes it. */
export interface Resource {
  /** As messages name it. */
  readonly noun: string;
  /** Methods that let go of it. */
  readonly closers: readonly string[];
  /** True where leaving it to the reference count costs more than a descriptor. */
  readonly isCostly: boolean;
  /** The closer that the end of a `with` calls; null where it does something else. */
  readonly endOfWith: string | null;
}

const file: Resource = {
  noun: "file",
  closers: ["close", "detach"],
  isCostly: false,
  endOfWith: "close",
};
const temporary: Resource = { ...file, closers: ["close", "cleanup"] };
const socket: Resource = { ...file, noun: "socket", closers: ["close", "detach"], isCostly: true };
const pool: Resource = {
  ...file,
  noun: "pool",
  closers: ["close", "terminate"],
  isCostly: true,
  endOfWith: "terminate",
};
const executor: Resource = {
  ...pool,
  noun: "executor",
  closers: ["shutdown"],
  endOfWith: "shutdown",
};
/** `with` on a connection commits or rolls back, and leaves it open. */
const connection: Resource = { ...file, noun: "connection", endOfWith: null };

function all(
  resource: Resource,
  names: readonly string[],
): readonly (readonly [string, Resource])[] {
  return names.map(name => [name, resource] as const);
}

/** By qualified name of the call that opens it. */
export const resources: ReadonlyMap<string, Resource> = new Map([
  ...all(file, ["builtins.open", "io.open", "os.fdopen", "codecs.open", "tokenize.open"]),
  ...all(file, ["gzip.open", "gzip.GzipFile", "bz2.open", "bz2.BZ2File"]),
  ...all(file, ["lzma.open", "lzma.LZMAFile", "tarfile.open", "zipfile.ZipFile", "shelve.open"]),
  ...all(temporary, ["tempfile.TemporaryFile", "tempfile.SpooledTemporaryFile"]),
  ...all(temporary, ["tempfile.NamedTemporaryFile", "tempfile.TemporaryDirectory"]),
  ...all(socket, ["socket.socket", "socket.create_connection", "socket.create_server"]),
  ...all(pool, ["multiprocessing.Pool", "multiprocessing.pool.Pool"]),
  ...all(pool, ["multiprocessing.pool.ThreadPool"]),
  ...all(executor, ["concurrent.futures.ThreadPoolExecutor"]),
  ...all(executor, ["concurrent.futures.ProcessPoolExecutor"]),
  ...all(executor, ["concurrent.futures.thread.ThreadPoolExecutor"]),
  ...all(executor, ["concurrent.futures.process.ProcessPoolExecutor"]),
  ...all(connection, ["sqlite3.connect"]),
]);
