import * as ghlSdk from "ghl-sdk";
import { carryAxios, type AxiosLike } from "./axios-transport.ts";
import { shapeOf, type ForeignMethod, type Transport } from "./foreign-method.ts";

type Method = (...args: readonly unknown[]) => Promise<unknown>;
type ClientClass = new (token: string) => Record<string, Method> & { readonly axiosInstance: AxiosLike };

/** Every method of `ghl-sdk`: its path is a template in its source, its arguments are ids, a body (`dto`) or a query (`params`). */
export function ghlSdkMethods(transport: Transport): readonly ForeignMethod[] {
  const classes = Object.entries(ghlSdk as unknown as Readonly<Record<string, ClientClass>>).filter(([name]) => name.endsWith("Client"));
  return classes.flatMap(([className, client]) => {
    const prototype = client.prototype as Readonly<Record<string, Method>>;
    const names = Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor");
    return names.flatMap((name) => foreignMethod(className, client, name, transport));
  });
}

function foreignMethod(className: string, client: ClientClass, name: string, transport: Transport): readonly ForeignMethod[] {
  const source = String((client.prototype as Readonly<Record<string, Method>>)[name]);
  const [, verb, template, plain] = /this\.(get|post|put|patch|delete)\(\s*(?:`([^`]*)`|"([^"]*)")/.exec(source) ?? [];
  const path = template ?? plain;
  if (verb === undefined || path === undefined) return [];
  const inPath = [...path.matchAll(/\$\{(\w+)\}/g)].map((match) => match[1] ?? "");
  const parameters = (/\(([^)]*)\)/.exec(source)?.[1] ?? "").split(",").map((one) => one.trim());
  return [
    {
      name: `${className}.${name}`,
      verb: verb.toUpperCase(),
      path: shapeOf(path),
      async invoke({ path: ids, query, body }, token) {
        const instance = new client(token);
        carryAxios(instance.axiosInstance, transport);
        const valueOf = (parameter: string): unknown => {
          const at = inPath.indexOf(parameter);
          if (at >= 0) return ids[at];
          const fields = typeof body === "object" && body !== null ? (body as Readonly<Record<string, unknown>>) : {};
          if (Object.hasOwn(query, parameter)) return query[parameter];
          if (Object.hasOwn(fields, parameter)) return fields[parameter];
          if (parameter === "locationId") return query["altId"] ?? fields["altId"];
          if (parameter === "files") return [{ customFieldId: "field", name: "a.txt", blob: new Blob(["x"]) }];
          return parameter === "params" ? query : parameter === "dto" || parameter === "data" ? body : undefined;
        };
        return instance[name]?.(...parameters.map(valueOf));
      },
    },
  ];
}
