/**
 * Bytes in memory of their own: `Uint8Array<ArrayBuffer>` for compilers that distinguish kinds of memory, `Uint8Array` for those before TypeScript 5.7,
 * which have no such type.
 */
export type Bytes = ReturnType<TextEncoder["encode"]>;
