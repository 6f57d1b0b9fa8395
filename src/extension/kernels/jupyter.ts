import * as vscode from "vscode";
import type { Evaluate } from "../debug/probe-injection";
import { messages } from "../messages";

const jupyterId = "ms-toolsai.jupyter";
/** What the Jupyter extension calls its error where the user has not let us use kernels. */
const refusal = "vscode.jupyter.apiAccessRevoked";
/** Begins the line that has an answer: other code may write as well. */
const answerMark = "memory-insights:";
const errorMime = "application/vnd.code.notebook.error";
const gone: ReadonlySet<string> = new Set(["terminating", "restarting", "autorestarting", "dead"]);

/** A kernel as the Jupyter extension gives it to others; the part of it that is used here. */
export interface Kernel {
  readonly status: string;
  readonly onDidChangeStatus: vscode.Event<string>;
  readonly language: string;
  /** Runs code that is no cell: it is not counted and not kept in the history. */
  executeCode(code: string, token: vscode.CancellationToken): AsyncIterable<KernelOutput>;
}

/** What code has written, shown or raised. */
export interface KernelOutput {
  readonly items: readonly { readonly mime: string; readonly data: Uint8Array }[];
}

interface Jupyter {
  readonly kernels: { getKernel(uri: vscode.Uri): Thenable<Kernel | undefined> };
}

/** Gives the kernel of Python that runs a notebook. @throws Error that says what to do. */
export async function findKernel(notebook: vscode.Uri): Promise<Kernel> {
  const extension = vscode.extensions.getExtension<unknown>(jupyterId);
  if (!extension) throw new Error(messages.noJupyter());
  const api = await extension.activate();
  if (!isJupyter(api)) throw new Error(messages.oldJupyter());
  const kernel = await api.kernels.getKernel(notebook);
  if (!kernel || isGone(kernel.status)) throw new Error(messages.noKernel());
  if (kernel.language.toLowerCase() !== "python") {
    throw new Error(messages.otherKernel(kernel.language));
  }
  return kernel;
}

/** Whether a kernel with this status has lost what ran in it. */
export function isGone(status: string): boolean {
  return gone.has(status);
}

/**
 * Runs expressions in a kernel. They leave no name, no history and no output there: the code runs in
 * a namespace of its own, prints its answer and has no value.
 */
export function evaluateIn(kernel: Kernel, token: vscode.CancellationToken): Evaluate {
  return async expression => {
    const text = Buffer.from(`print("${answerMark}" + ${expression})`).toString("base64");
    const code = `__import__("base64").b64decode("${text}").decode("utf-8")`;
    try {
      const output = await outputOf(kernel, `__import__("builtins").exec(${code}, {})`, token);
      return output.split(answerMark)[1]?.split("\n")[0] ?? "";
    } catch (error) {
      const isRefused = error instanceof Error && error.name === refusal;
      throw isRefused ? new Error(messages.kernelRefused()) : error;
    }
  };
}

/** @throws Error with what the kernel says of a failure */
async function outputOf(
  kernel: Kernel,
  code: string,
  token: vscode.CancellationToken,
): Promise<string> {
  const decoder = new TextDecoder();
  let output = "";
  for await (const { items } of kernel.executeCode(code, token)) {
    for (const { mime, data } of items) {
      if (mime === errorMime) throw new Error(readError(decoder.decode(data)));
      output += decoder.decode(data);
    }
  }
  return output;
}

function readError(text: string): string {
  const error: unknown = JSON.parse(text);
  const parts =
    typeof error === "object" && error
      ? [Reflect.get(error, "name"), Reflect.get(error, "message")]
      : [];
  return parts.filter(part => typeof part === "string").join(": ");
}

function isJupyter(value: unknown): value is Jupyter {
  const kernels: unknown =
    typeof value === "object" && value ? Reflect.get(value, "kernels") : undefined;
  return (
    typeof kernels === "object" &&
    kernels !== null &&
    typeof Reflect.get(kernels, "getKernel") === "function"
  );
}
