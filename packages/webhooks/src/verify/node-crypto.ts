/** The part of node:crypto that is used. Written down here, because this package runs without Node as well. */
export interface NodeCrypto {
  readonly createPublicKey: (input: { readonly key: Uint8Array; readonly format: "der"; readonly type: "spki" }) => NodeKey;
  readonly verify: (digest: string | null, data: Uint8Array, key: NodeKey, signature: Uint8Array) => boolean;
  readonly createHash: (name: "sha256") => { readonly update: (data: Uint8Array) => { readonly digest: (encoding: "hex") => string } };
}

export interface NodeKey {
  readonly asymmetricKeyType?: string;
  readonly asymmetricKeyDetails?: { readonly modulusLength?: number };
}

interface NodeProcess {
  readonly process?: { readonly getBuiltinModule?: (id: string) => unknown };
}

/** Node's own crypto, where there is one. The edge runtime of Next.js has the function that finds it, and refuses to run it. */
export function nodeCrypto(): NodeCrypto | undefined {
  const { process } = globalThis as NodeProcess;
  try {
    return process?.getBuiltinModule?.("node:crypto") as NodeCrypto | undefined;
  } catch {
    return undefined;
  }
}
