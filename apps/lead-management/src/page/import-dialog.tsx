import { signal } from "@preact/signals";
import type { VNode } from "preact";

/** Where an import stands. */
export interface ImportState {
  readonly id: string;
}

export const imported = signal<ImportState | undefined>(undefined);

export function openImport(): void {}

export function seeImport(state: ImportState): void {
  imported.value = state;
}

export function ImportDialog(): VNode | null {
  return null;
}
