export {
  type Checked,
  type EmptyReason,
  type FromPanel,
  type PanelCommand,
  panelVersion,
  readFromPanel,
  readToPanel,
  type ToPanel,
} from "./panel";
