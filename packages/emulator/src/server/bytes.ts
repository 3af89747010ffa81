/**
 * Bytes in memory of their own: `Uint8Array<ArrayBuffer>` for compilers that tell memory apart, `Uint8Array` for those before TypeScript 5.7,
 * which have no such type.
 */
export type Bytes = ReturnType<TextEncoder["encode"]>;
