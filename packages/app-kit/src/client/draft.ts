import { useSignal, type Signal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** A value that survives Back, Refresh and a crash of the tab. */
export interface Draft<Value> {
  readonly value: Signal<Value>;
  readonly set: (value: Value) => void;
  readonly clear: (value: Value) => void;
}

export function useDraft<Value>(name: string, initial: Value): Draft<Value> {
  const path = `draft:${location.pathname}:${name}`;
  const value = useSignal(read(path, initial));
  useEffect(() => {
    value.value = read(path, initial);
  }, [path]);
  return {
    value,
    set: (next) => {
      value.value = next;
      localStorage.setItem(path, JSON.stringify(next));
    },
    clear: (next) => {
      value.value = next;
      localStorage.removeItem(path);
    },
  };
}

function read<Value>(path: string, initial: Value): Value {
  const kept = localStorage.getItem(path);
  return kept === null ? initial : (JSON.parse(kept) as Value);
}
