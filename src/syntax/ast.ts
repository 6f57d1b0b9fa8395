export type * from "./ast/expressions";
export type * from "./ast/node";
export type * from "./ast/statements";
