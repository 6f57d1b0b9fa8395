/** Where a program is that runs already: the fields of an attach configuration that say so. */
export type Address =
  | { readonly connect: { readonly host: string; readonly port: number } }
  | { readonly processId: number };

/** Reads `localhost:5678`, `:5678` or `1234`; null when it is neither an address nor a process. */
export function readAddress(text: string): Address | null {
  const match = /^\s*(?:(\[[0-9a-f:]+\]|[^\s:[\]]*):)?(\d{1,10})\s*$/i.exec(text);
  if (!match) return null;
  const [, host, digits] = match;
  const number = Number(digits);
  if (host === undefined) return number > 0 ? { processId: number } : null;
  if (number < 1 || number > 65_535) return null;
  return { connect: { host: host.replace(/^\[|\]$/g, "") || "localhost", port: number } };
}

/** Whether a loopback socket of this machine may be one of the program's machine too. */
export function isNear(configuration: Readonly<Record<string, unknown>>): boolean {
  const connect: unknown = configuration["connect"];
  const inner: unknown =
    typeof connect === "object" && connect ? Reflect.get(connect, "host") : undefined;
  const host: unknown = inner ?? configuration["host"];
  return (
    typeof host !== "string" || ["", "localhost", "127.0.0.1", "::1"].includes(host.toLowerCase())
  );
}
