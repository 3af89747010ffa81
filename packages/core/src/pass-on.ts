/** A stream that hands on what another one gives. @param onFailure Called when that one fails by itself, before this one does. */
export function passOn(source: ReadableStream<Uint8Array>, onFailure?: () => void): ReadableStream<Uint8Array> {
  const reader = source.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        onFailure?.();
        throw error;
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
