// A page
export { startPage, thePage, withRows } from "./boot.ts";
export type { LiveEvent, Page, Platform } from "./page.ts";
export { Empty, Shell } from "./shell.tsx";
export { Modal, type ModalProps } from "./modal.tsx";
export { notify, type Notice } from "./notices.tsx";

// What people do
export { Form, type FieldProps, type FormProps, type Values } from "./form.tsx";
export { newKey, send, type Answer } from "./send.ts";
export { createPending, type Pending } from "./pending.ts";
export { useDraft, type Draft } from "./draft.ts";

// How things are written
export { dateFormat, formatAmount, formatMoment, formatTime, offsetName } from "./format.ts";
