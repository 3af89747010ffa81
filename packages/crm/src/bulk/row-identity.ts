/** Texts by which a row is known to be about the same person or thing: e-mail in lower case, phone, external id. */
export function rowIdentity(row: unknown): readonly string[] {
  if (typeof row !== "object" || row === null) return [];
  const { email, phone, externalId } = row as Readonly<Record<string, unknown>>;
  const text = (kind: string, value: unknown): readonly string[] => (typeof value === "string" && value !== "" ? [`${kind}:${value}`] : []);
  return [
    ...text("email", typeof email === "string" ? email.trim().toLowerCase() : undefined),
    ...text("phone", typeof phone === "string" ? phone.replaceAll(/[\s().-]/g, "") : undefined),
    ...text("externalId", externalId),
  ];
}
