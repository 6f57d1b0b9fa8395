import { type Level, type MemoryLimit, readLimit } from "#profile";

/** How a debug run is profiled. */
export interface ProfilingSettings {
  readonly isEnabled: boolean;
  readonly level: Level;
  /** Frames kept for each traced allocation, from 1. */
  readonly frames: number;
  /** Limits of memory at which the debugger stops the program. */
  readonly limits: readonly MemoryLimit[];
  /** A function to trace while it runs, as `file.py:name` or `module:name`; empty for none. */
  readonly traceFunction: string;
}

/**
 * Reads `"memoryInsights"` of a launch configuration over the settings: `false` and `true` switch
 * profiling, `{ "level": …, "frames": … }` switches it on and chooses how.
 */
export function launchChoice(value: unknown, settings: ProfilingSettings): ProfilingSettings {
  if (typeof value === "boolean") return { ...settings, isEnabled: value };
  if (typeof value !== "object" || value === null) return settings;
  return {
    isEnabled: true,
    level: readLevel(Reflect.get(value, "level")) ?? settings.level,
    frames: readFrames(Reflect.get(value, "frames")) ?? settings.frames,
    limits: readLimits(Reflect.get(value, "stopWhen")) ?? settings.limits,
    traceFunction: readText(Reflect.get(value, "traceFunction")) ?? settings.traceFunction,
  };
}

function readText(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** Reads limits as written in a setting or launch configuration; null when there is no list. */
export function readLimits(value: unknown): readonly MemoryLimit[] | null {
  if (!Array.isArray(value)) return null;
  return value.flatMap((text: unknown) => {
    const limit = typeof text === "string" ? readLimit(text) : null;
    return limit ? [limit] : [];
  });
}

/** Reads a level as written in a setting or launch configuration; null when it is none. */
export function readLevel(value: unknown): Level | null {
  return value === "live" || value === "allocations" ? value : null;
}

/** Reads a number of frames; null when it is none that tracemalloc takes. */
export function readFrames(value: unknown): number | null {
  const isWhole = typeof value === "number" && Number.isInteger(value);
  return isWhole && value >= 1 && value <= 100 ? value : null;
}
