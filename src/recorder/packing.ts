import { createReadStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { promisify } from "node:util";
import { constants, createGunzip, createGzip, gunzip, gzip } from "node:zlib";
import { replaceRun, writeDraft } from "./replace-run";

/** Many times the file of a day: what unpacks to more is no run. */
const mostUnpackedBytes = 128 * 1024 * 1024;
/** A file that is cut gives what is left of it. */
const lenient = { finishFlush: constants.Z_SYNC_FLUSH };

/** Tells by its first bytes whether a run is packed by gzip. */
export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Packs a run file in its place. @throws Error; it is then as it was. */
export function packRun(path: string): Promise<void> {
  return replaceRun(path, draft => pack(path, draft));
}

/** Packs a run file into another, which takes its place. @throws Error; it is then as it was. */
export async function packRunAs(path: string, target: string): Promise<void> {
  await writeDraft(target, 0o666, draft => pack(path, draft));
  await rm(path);
}

async function pack(
  path: string,
  draft: { readonly appendFile: (bytes: Buffer) => Promise<void> },
): Promise<void> {
  const packed = createGzip();
  pipeline(createReadStream(path), packed, () => undefined);
  for await (const chunk of packed) await draft.appendFile(chunk as Buffer);
}

/** Gives a run packed, also one that is packed already. */
export async function packedBytes(bytes: Uint8Array): Promise<Uint8Array> {
  return isPacked(bytes) ? bytes : promisify(gzip)(bytes);
}

/** Gives a run as text, also one that is text already. @throws Error on one too large or broken. */
export async function unpackedBytes(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isPacked(bytes)) return bytes;
  const unpack = promisify<Uint8Array, object, Buffer>(gunzip);
  return unpack(bytes, { ...lenient, maxOutputLength: mostUnpackedBytes });
}

/** Gives the bytes of a run as they come, unpacked where they are packed. @throws Error. */
export async function* unpacked(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done) return;
  const all = startingWith(first.value, chunks);
  if (!isPacked(first.value)) return yield* all;
  const bytes = createGunzip(lenient);
  // What goes wrong comes out of the last stream.
  pipeline(Readable.from(all), bytes, () => undefined);
  let size = 0;
  for await (const chunk of bytes) {
    size += (chunk as Buffer).length;
    if (size > mostUnpackedBytes) throw new Error(tooLarge);
    yield chunk as Buffer;
  }
}

const tooLarge = `it unpacks to more than ${mostUnpackedBytes / 1024 / 1024} MiB, which no run does`;

async function* startingWith(
  first: Buffer,
  rest: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer, undefined> {
  yield first;
  yield* { [Symbol.asyncIterator]: () => rest };
}
