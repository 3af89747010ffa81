/**
 * Prepares a value when it is first asked for, and keeps it. What is shared is the value, never the promise of it: in a runtime that
 * isolates requests the one who prepares may be gone before it is done. Those who ask meanwhile prepare their own.
 */
export function preparedOnce<Value>(prepare: () => Promise<Value>): () => Promise<Value> {
  let prepared: { readonly value: Value } | undefined;
  return async () => {
    prepared ??= { value: await prepare() };
    return prepared.value;
  };
}
