import { principalKey, ghlError } from "@ghlkit/core";
import type { TokenRecord } from "@ghlkit/storage";
import type { DataKeyWrapper } from "./key-ring.ts";
import { createTextCipher } from "./text-cipher.ts";

/** The data key of a record, wrapped; it stands in the record's `extra`, beside the ciphertext of the other extra fields. */
export interface Envelope {
  /** Id of the key that wraps the data key. */
  readonly keyId: string;
  readonly dataKey: string;
  readonly extra: string;
}

/** The envelope of a stored record; `undefined` for one that is not encrypted. */
export function envelopeOf({ extra }: TokenRecord): Envelope | undefined {
  const envelope = extra["envelope"] as Envelope | undefined;
  return typeof envelope?.dataKey === "string" ? envelope : undefined;
}

/** Encrypts tokens and extra fields under a new data key. */
export async function sealRecord<Pair extends TokenRecord>(pair: Pair, wrapper: DataKeyWrapper): Promise<Pair> {
  const record = principalKey(pair.principal);
  const dataKey = crypto.getRandomValues(new Uint8Array(32));
  const cipher = await createTextCipher(dataKey);
  const seal = (text: string, field: string): Promise<string> => cipher.seal(new TextEncoder().encode(text), `${record}/${field}`);
  const envelope: Envelope = {
    keyId: wrapper.current,
    dataKey: await wrapper.wrap(dataKey, record),
    extra: await seal(JSON.stringify(pair.extra), "extra"),
  };
  const refreshToken = pair.refreshToken === undefined ? {} : { refreshToken: await seal(pair.refreshToken, "refresh") };
  return { ...pair, accessToken: await seal(pair.accessToken, "access"), ...refreshToken, extra: { envelope } };
}

/** @throws GhlError `storage` when it was changed or moved, its key is missing, or it is not encrypted. */
export async function openRecord<Pair extends TokenRecord>(pair: Pair, wrapper: DataKeyWrapper): Promise<Pair> {
  const envelope = envelopeOf(pair);
  if (envelope === undefined)
    throw ghlError("storage", "A token is stored in clear text: allow that with acceptPlaintext, then run reencrypt().", {
      reason: "corrupt",
    });
  const record = principalKey(pair.principal);
  const cipher = await createTextCipher(await wrapper.unwrap(envelope.dataKey, envelope.keyId, record));
  const open = async (sealed: string, field: string): Promise<string> =>
    new TextDecoder().decode(await cipher.open(sealed, `${record}/${field}`));
  const refreshToken = pair.refreshToken === undefined ? {} : { refreshToken: await open(pair.refreshToken, "refresh") };
  const extra = JSON.parse(await open(envelope.extra, "extra")) as TokenRecord["extra"];
  return { ...pair, accessToken: await open(pair.accessToken, "access"), ...refreshToken, extra };
}

/** Wraps the data key under the current key; the ciphertext stays. */
export async function rewrapRecord<Pair extends TokenRecord>(pair: Pair, wrapper: DataKeyWrapper): Promise<Pair> {
  const envelope = envelopeOf(pair);
  if (envelope === undefined) return sealRecord(pair, wrapper);
  const record = principalKey(pair.principal);
  const dataKey = await wrapper.wrap(await wrapper.unwrap(envelope.dataKey, envelope.keyId, record), record);
  return { ...pair, extra: { envelope: { ...envelope, keyId: wrapper.current, dataKey } } };
}
