import type { Signal } from "@preact/signals";
import type { ComponentChildren, VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

export interface ModalProps {
  /** Set to false by Esc and by its own Close. */
  readonly isOpen: Signal<boolean>;
  /** Names its heading. */
  readonly name: string;
  readonly title: string;
  readonly onInput?: () => void;
  readonly children: ComponentChildren;
}

/** A dialog over the page, open while `isOpen` is. */
export function Modal({ isOpen, name, title, onInput, children }: ModalProps): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next event: that of a closing comes late, when the dialog may have been opened again.
  useLayoutEffect(() => {
    if (isOpen.value && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen.value) dialog.current?.close();
  }, [isOpen.value]);
  const onClose = (): void => {
    if (dialog.current?.open === false) isOpen.value = false;
  };
  return (
    <dialog ref={dialog} aria-labelledby={`${name}-title`} onClose={onClose} onInput={onInput}>
      <h2 id={`${name}-title`}>{title}</h2>
      {children}
      <button type="button" onClick={() => (isOpen.value = false)}>
        Close
      </button>
    </dialog>
  );
}
