/** What the consent page sent back. A parameter longer than any of the platform's counts as absent. */
export interface CallbackQuery {
  readonly state: string | undefined;
  readonly code: string | undefined;
  readonly error: string | undefined;
  readonly errorDescription: string;
}

const longestParameter = 4_096;

export function callbackQuery(url: string): CallbackQuery {
  const query = new URL(url).searchParams;
  const parameter = (name: string): string | undefined => {
    const value = query.get(name);
    return value === null || value.length > longestParameter ? undefined : value;
  };
  return {
    state: query.has("state") ? (parameter("state") ?? "") : undefined,
    code: parameter("code") || undefined,
    error: parameter("error"),
    errorDescription: parameter("error_description") ?? "",
  };
}
