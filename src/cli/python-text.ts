import { TextDecoder } from "node:util";

/** A Python file's text, and how to turn a changed text back into bytes. */
export interface PythonText {
  /** Without a byte order mark. */
  readonly text: string;
  /** Python's name of the encoding, in lower case, `-` for `_`. */
  readonly encoding: string;
  /** Turns a text into bytes of the same encoding; null when they cannot be written exactly. */
  encode(text: string): Uint8Array | null;
}

/** A text, or why the bytes are none, in words for people. */
export type DecodedText =
  ({ readonly kind: "text" } & PythonText) | { readonly kind: "problem"; readonly text: string };

const utf8Mark = [0xef, 0xbb, 0xbf] as const;

/** Python's own names that the decoder does not know, and their names there. */
const labels: ReadonlyMap<string, string> = new Map([
  ["cp932", "shift_jis"],
  ["cp936", "gbk"],
  ["cp949", "euc-kr"],
  ["cp950", "big5"],
  ["mac-roman", "macintosh"],
]);

/** Decodes a file as Python does: byte order mark, then a declared encoding (PEP 263), then UTF-8. */
export function decodePython(bytes: Uint8Array): DecodedText {
  const hasMark = utf8Mark.every((byte, index) => bytes[index] === byte);
  const encoding = hasMark ? "utf-8" : (declaredEncoding(bytes) ?? "utf-8");
  const content = hasMark ? bytes.subarray(utf8Mark.length) : bytes;
  if (isUtf8(encoding)) return decodeUtf8(content, hasMark);
  if (isLatin1(encoding) || isAscii(encoding)) return decodeBytes(content, encoding);
  return decodeDeclared(content, encoding);
}

/** The encoding that a comment in the first two lines declares; the first line may not be code. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024))
    .toString("latin1")
    .split(/\r\n|\r|\n/);
  for (const line of head.slice(0, 2)) {
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (name !== undefined) return name.toLowerCase().replaceAll("_", "-");
    if (!/^[ \t\f]*(#|$)/.test(line)) return null;
  }
  return null;
}

function isUtf8(encoding: string): boolean {
  return /^(utf-?8|u8|utf|cp65001)(-|$)/.test(encoding);
}

function isLatin1(encoding: string): boolean {
  return /^(latin-?1|iso-?8859-1|iso-latin-1|l1|8859|cp819)(-|$)/.test(encoding);
}

function isAscii(encoding: string): boolean {
  return /^(us-?)?ascii$|^646$/.test(encoding);
}

function decodeUtf8(bytes: Uint8Array, hasMark: boolean): DecodedText {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const encode = (changed: string) => {
      const encoded = Buffer.from(changed, "utf8");
      return hasMark ? Buffer.concat([Buffer.from(utf8Mark), encoded]) : encoded;
    };
    return { kind: "text", text, encoding: "utf-8", encode };
  } catch {
    return { kind: "problem", text: "is not UTF-8 and declares no other encoding" };
  }
}

/** One byte, one character of the same number. The decoder's own `latin1` is another encoding. */
function decodeBytes(bytes: Uint8Array, encoding: string): DecodedText {
  const beyond = isAscii(encoding) ? /[\u0080-\uffff]/ : /[\u0100-\uffff]/;
  const text = Buffer.from(bytes).toString("latin1");
  const fits = (candidate: string) => !beyond.test(candidate);
  if (!fits(text)) return { kind: "problem", text: `is not ${encoding}, which it declares` };
  const encode = (changed: string) => (fits(changed) ? Buffer.from(changed, "latin1") : null);
  return { kind: "text", text, encoding, encode };
}

function decodeDeclared(bytes: Uint8Array, encoding: string): DecodedText {
  const decoder = decoderFor(encoding);
  if (!decoder) return { kind: "problem", text: `declares the unknown encoding ${encoding}` };
  try {
    const text = decoder.decode(bytes);
    return {
      kind: "text",
      text,
      encoding,
      encode: changed => encodeBySingleBytes(decoder, changed),
    };
  } catch {
    return { kind: "problem", text: `is not ${encoding}, which it declares` };
  }
}

function decoderFor(encoding: string): TextDecoder | null {
  const windows = /^(?:cp|windows-?)(125\d|874)$/.exec(encoding)?.[1];
  const label = labels.get(encoding) ?? (windows ? `windows-${windows}` : encoding);
  try {
    return new TextDecoder(label, { fatal: true });
  } catch {
    // Python knows more encodings than there are decoders here.
    return null;
  }
}

/** There is no encoder but for UTF-8; for encodings of one byte a character the decoder is turned. */
function encodeBySingleBytes(decoder: TextDecoder, text: string): Uint8Array | null {
  const byteOf = new Map<string, number>();
  for (let byte = 0; byte < 256; byte++) {
    try {
      byteOf.set(decoder.decode(Uint8Array.of(byte)), byte);
    } catch {
      // The first byte of a longer character, or a byte without a meaning.
      continue;
    }
  }
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const byte = byteOf.get(text.charAt(i));
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}
