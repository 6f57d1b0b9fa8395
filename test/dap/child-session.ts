import type { DebugProtocol } from "@vscode/debugprotocol";
import { pauseAtLimit } from "../../src/extension/debug/limit-pause";
import { until } from "../support/until";
import { DapClient } from "./dap-client";
import { type DebugRun, type StoppedAt, stoppedIn } from "./debug-run";

interface ChildEvent extends DebugProtocol.Event {
  readonly body: {
    readonly subProcessId: number;
    readonly connect: { readonly port: number };
  };
}

interface Breakpoints {
  readonly file: string;
  readonly breakpoints: readonly number[];
}

/** The debug session of a child process, which debugpy holds back until there is one. */
export class ChildSession {
  readonly pid: number;
  readonly client: DapClient;
  readonly #run: DebugRun;

  private constructor(pid: number, client: DapClient, run: DebugRun) {
    this.pid = pid;
    this.client = client;
    this.#run = run;
  }

  /**
   * Debugs the children of a run, and theirs, as an editor does, and gives the one that is measured:
   * helpers of multiprocessing have sessions too, and no figures.
   */
  static measured(run: DebugRun, places: Breakpoints): Promise<ChildSession> {
    const sessions: ChildSession[] = [];
    const problems: unknown[] = [];
    const debugChildrenOf = (parent: DapClient): void => {
      parent.each("debugpyAttach", event => {
        ChildSession.#attach(event as ChildEvent, run, places).then(
          session => {
            sessions.push(session);
            debugChildrenOf(session.client);
          },
          (problem: unknown) => problems.push(problem),
        );
      });
    };
    debugChildrenOf(run.client);
    return until("a measured child", () => {
      if (problems.length > 0) throw new AggregateError(problems, problems.join());
      return sessions.find(({ pid }) => run.recorder.processes.includes(pid));
    });
  }

  static async #attach(
    { body }: ChildEvent,
    run: DebugRun,
    { file, breakpoints }: Breakpoints,
  ): Promise<ChildSession> {
    const client = await DapClient.connect(body.connect.port);
    await client.request("initialize", { adapterID: "debugpy", pathFormat: "path" });
    const attached = client.request("attach", body);
    await Promise.race([client.event("initialized"), attached]);
    await client.request("setBreakpoints", {
      source: { path: file },
      breakpoints: breakpoints.map(line => ({ line })),
    });
    await client.request("configurationDone");
    await attached;
    return new ChildSession(body.subProcessId, client, run);
  }

  /** Stops the child where it passes a limit, as the extension does. */
  pauseAtLimits(): void {
    this.#run.pauses.serve(this.pid, limit => {
      void pauseAtLimit(limit, {
        request: (command, argument) => this.client.request(command, argument ?? {}),
        resume: () => this.#run.recorder.resume(this.pid),
      });
    });
  }

  /** Waits for the next stop of the child and asks what it grew by. */
  stopped(): Promise<StoppedAt> {
    return stoppedIn(this.client, this.#run.recorder, this.pid);
  }

  /** Goes on from a stop. */
  async go(command: string, { threadId }: StoppedAt): Promise<void> {
    await this.client.request(command, { threadId });
  }
}
