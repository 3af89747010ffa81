import { generateKeyPairSync, sign } from "node:crypto";

/** A certificate for `localhost` and 127.0.0.1 that signs itself, with its key, as PEM. Made anew: no key lies in the repository. */
export function selfSignedCertificate(): { readonly cert: string; readonly key: string } {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(der(0x31, sequence(oid("550403"), der(0x0c, "ghlkit test"))));
  const validity = sequence(der(0x17, "200101000000Z"), der(0x17, "491231235959Z"));
  const names = sequence(der(0x82, "localhost"), der(0x87, Uint8Array.of(127, 0, 0, 1)));
  const extensions = sequence(
    // basicConstraints: it is an authority.
    sequence(oid("551d13"), der(0x01, Uint8Array.of(255)), der(0x04, sequence(der(0x01, Uint8Array.of(255))))),
    sequence(oid("551d11"), der(0x04, names)),
  );
  // ecdsa-with-SHA256
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const serial = der(0x02, Uint8Array.of(1));
  const subject = publicKey.export({ type: "spki", format: "der" });
  const version = der(0xa0, der(0x02, Uint8Array.of(2)));
  const body = sequence(version, serial, algorithm, name, validity, name, subject, der(0xa3, extensions));
  const signature = der(0x03, Uint8Array.of(0), sign("sha256", body, privateKey));
  return { cert: pem(sequence(body, algorithm, signature)), key: privateKey.export({ type: "pkcs8", format: "pem" }) as string };
}

/** One element of DER (X.690): tag, length, content. */
function der(tag: number, ...parts: readonly (string | Uint8Array)[]): Uint8Array {
  const content = Buffer.concat(parts.map((part) => Buffer.from(part as Uint8Array)));
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Uint8Array.of(tag, ...size), content]);
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return der(0x30, ...parts);
}

function oid(hex: string): Uint8Array {
  return der(0x06, Buffer.from(hex, "hex"));
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
