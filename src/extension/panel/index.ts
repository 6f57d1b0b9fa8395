export { LivePanel, type LivePanelOptions } from "./live-panel";
export type { PanelContent } from "./outbox";
