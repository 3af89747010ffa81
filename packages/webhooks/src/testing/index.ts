// Forge
export {
  createForgeries,
  oddBody,
  type Forgery,
  type ForgeryKind,
  type ForgeryOptions,
  type ForgerySigner,
  type Sign,
} from "./forgeries.ts";
