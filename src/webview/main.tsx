import { render } from "preact";
import { openChannel } from "./channel";
import { App } from "./components/app";

const root = document.getElementById("root");
if (root) render(<App channel={openChannel()} />, root);
