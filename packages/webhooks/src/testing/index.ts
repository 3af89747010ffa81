// Forge
export { createForgeries, type Forgery, type ForgeryKind, type ForgeryOptions, type ForgerySigner, type Sign } from "./forgeries.ts";
