/**
 * As the platform keeps it, or `undefined` for what it refuses (`email must be an email`). Invisible characters, which come along when an address is copied, are left out: the
 * platform keeps them, and then finds no duplicate of the address.
 */
export function contactEmail(text: string): string | undefined {
  const email = text
    .replaceAll(/\p{Cf}/gu, "")
    .trim()
    .toLowerCase();
  const at = email.lastIndexOf("@");
  const [local, domain] = [email.slice(0, at), email.slice(at + 1)];
  const isValid = at > 0 && local.length <= 64 && email.length <= 254 && isLocalPart(local) && domainPattern.test(domain);
  return isValid ? email : undefined;
}

const domainPattern = /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:\p{L}{2,}|xn--[a-z0-9-]+)$/u;

/** RFC 5321 without the quoted form. */
function isLocalPart(local: string): boolean {
  return /^[^\s"(),:;<>@[\]\\]+$/.test(local) && !/^\.|\.\.|\.$/.test(local);
}
