import { carryAxios, type AxiosLike } from "./axios-transport.ts";
import { shapeOf, type ForeignMethod, type Transport } from "./foreign-method.ts";

/** The class `HighLevel` of `@gohighlevel/api-client`, whichever version. */
export type HighLevelClass = new (options: { readonly privateIntegrationToken: string; readonly logLevel: string }) => object;

/** It prints every refused request otherwise. */
const silent = "none";

type Method = (...args: readonly unknown[]) => Promise<unknown>;

/** Every generated method of the official client: what it calls is read from its own source. */
export function officialMethods(highLevel: HighLevelClass, transport: Transport): readonly ForeignMethod[] {
  const clientFor = clients(highLevel, transport);
  const sample = clientFor("pit-sample");
  return Object.keys(sample).flatMap((service) => methodsOf(sample[service]).flatMap((name) => foreignMethod(service, name, clientFor)));
}

/** One client per token, which all send through the transport. */
function clients(highLevel: HighLevelClass, transport: Transport): (token: string) => Record<string, Record<string, Method>> {
  const known = new Map<string, Record<string, Record<string, Method>>>();
  return (token) => {
    const existing = known.get(token);
    if (existing !== undefined) return existing;
    const made = new highLevel({ privateIntegrationToken: token, logLevel: silent }) as Record<string, Record<string, Method>> & {
      readonly getHttpClient: () => AxiosLike;
    };
    carryAxios(made.getHttpClient(), transport);
    known.set(token, made);
    return made;
  };
}

function methodsOf(service: unknown): readonly string[] {
  if (typeof service !== "object" || service === null) return [];
  const prototype = Object.getPrototypeOf(service) as object;
  const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
  return names.filter((name) => /buildUrl\)?\(/.test(String((service as Record<string, unknown>)[name])));
}

function foreignMethod(
  service: string,
  name: string,
  clientFor: (token: string) => Record<string, Record<string, Method>>,
): readonly ForeignMethod[] {
  const source = String(clientFor("pit-sample")[service]?.[name]);
  const [, verb] = /method: '(\w+)'/.exec(source) ?? [];
  const [, path] = /buildUrl\)?\('([^']*)'/.exec(source) ?? [];
  if (verb === undefined || path === undefined) return [];
  const parameters = (/\(([^)]*)\)/.exec(source)?.[1] ?? "").split(",").map((one) => one.trim());
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? "");
  return [
    {
      name: `${service}.${name}`,
      verb,
      path: shapeOf(path),
      async invoke(values, token) {
        const named = Object.fromEntries(names.map((one, index) => [one, values.path[index]]));
        // Its parameters are spelt in camel case, whatever they are called on the wire.
        const query = Object.fromEntries(Object.entries(values.query).map(([key, value]) => [camelCase(key), value]));
        const given: Readonly<Record<string, unknown>> = { params: { ...named, ...query }, requestBody: values.body };
        const method = clientFor(token)[service]?.[name];
        return method?.call(clientFor(token)[service], ...parameters.map((one) => given[one]));
      },
    },
  ];
}

function camelCase(name: string): string {
  return name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
