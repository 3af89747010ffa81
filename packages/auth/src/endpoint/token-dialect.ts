/** Names of the token endpoint in the two dialects, beside those that are the same in both. */
const names: readonly (readonly [snake: string, camel: string])[] = [
  ["client_id", "clientId"],
  ["client_secret", "clientSecret"],
  ["grant_type", "grantType"],
  ["refresh_token", "refreshToken"],
  ["redirect_uri", "redirectUri"],
  ["user_type", "userType"],
];

const answerNames: readonly (readonly [snake: string, camel: string])[] = [
  ["access_token", "accessToken"],
  ["token_type", "tokenType"],
  ["expires_in", "expiresIn"],
  ["refresh_token", "refreshToken"],
];

/** The form as the dialect names its fields. */
export function dialectForm(form: URLSearchParams, dialect: "v2" | "v3"): string {
  if (dialect === "v2") return form.toString();
  const camel = new Map(names);
  return new URLSearchParams([...form].map(([name, value]) => [camel.get(name) ?? name, value])).toString();
}

/**
 * An answer of either dialect with the names of RFC 6749 5.1; every other field as sent. What is not usable is left out
 * rather than refused: the refresh token before it is spent, so an odd field must not cost the pair.
 */
export function standardAnswer(answer: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const standard = { ...answer };
  for (const [snake, camel] of answerNames) {
    standard[snake] ??= standard[camel];
    delete standard[camel];
    if (standard[snake] === undefined || standard[snake] === null || standard[snake] === "") delete standard[snake];
  }
  const seconds = Number(standard["expires_in"]);
  if (Number.isFinite(seconds) && seconds > 0) standard["expires_in"] = seconds;
  else delete standard["expires_in"];
  if (Array.isArray(standard["scope"])) standard["scope"] = standard["scope"].join(" ");
  if (typeof standard["scope"] !== "string") delete standard["scope"];
  if (typeof standard["refresh_token"] !== "string") delete standard["refresh_token"];
  standard["token_type"] = "Bearer";
  delete standard["id_token"];
  return standard;
}
