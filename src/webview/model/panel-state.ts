/** What the panel remembers of its own looks while it is hidden; never figures of a run. */
export interface PanelState {
  /** Null: whatever suits, the table for a screen reader and the chart for others. */
  readonly isTable: boolean | null;
  /** Keys of what was unfolded; at most `mostKeys`. */
  readonly openKeys: readonly string[];
  readonly scrollTop: number;
}

/** How the panel looks the first time. */
export const firstState: PanelState = { isTable: null, openKeys: [], scrollTop: 0 };

const mostKeys = 50;

/** Reads a remembered state; whatever does not fit is forgotten. Never throws. */
export function readPanelState(data: unknown): PanelState {
  if (typeof data !== "object" || data === null) return firstState;
  const { isTable, openKeys, scrollTop } = data as Readonly<Record<string, unknown>>;
  return {
    isTable: typeof isTable === "boolean" ? isTable : null,
    openKeys: Array.isArray(openKeys)
      ? openKeys.filter(key => typeof key === "string").slice(-mostKeys)
      : [],
    scrollTop: typeof scrollTop === "number" && scrollTop >= 0 ? scrollTop : 0,
  };
}

/** Unfolds what is folded and the other way round. */
export function toggleKey(state: PanelState, key: string): PanelState {
  const openKeys = state.openKeys.includes(key)
    ? state.openKeys.filter(open => open !== key)
    : [...state.openKeys, key].slice(-mostKeys);
  return { ...state, openKeys };
}
