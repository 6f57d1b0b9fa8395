export {
  type CompareStops,
  LivePanel,
  type LivePanelOptions,
  type PanelSurface,
} from "./live-panel";
