/** The part of V8's Error that sets how many frames are kept. */
interface StackLimited {
  stackTraceLimit?: number;
}

/**
 * Makes an error without frames, where they would only show who fired a signal: recording them is most of what an error costs, and one signal
 * may end ten thousand calls. Engines that record frames otherwise do so here as well.
 */
export function withoutStack<Made extends Error>(make: () => Made): Made {
  const { stackTraceLimit } = Error as StackLimited;
  if (stackTraceLimit === undefined || Object.isFrozen(Error)) return make();
  try {
    (Error as StackLimited).stackTraceLimit = 0;
    return make();
  } finally {
    (Error as StackLimited).stackTraceLimit = stackTraceLimit;
  }
}
