export { type FromPanel, type PanelCommand, panelVersion, type ToPanel } from "./panel";
