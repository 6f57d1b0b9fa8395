import { type ProfilingSettings, readFrames, readLevel } from "../settings";

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
  };
}
