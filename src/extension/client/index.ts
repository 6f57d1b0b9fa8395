export { startClient, type FindingsClient } from "./start-client";
