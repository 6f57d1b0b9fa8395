export { createServer } from "./create-server";
export type { ServerHost } from "./host";
