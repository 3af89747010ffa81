/** JSON as it comes from the vendor's files: nothing is assumed of it. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/** A schema while the rules work on it. Rules change it in place. */
export interface SourceSchema {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, SourceSchema>;
  required?: string[];
  items?: SourceSchema;
  enum?: Json[];
  default?: Json;
  format?: string;
  nullable?: boolean;
  example?: Json;
  description?: string;
  allOf?: SourceSchema[];
  anyOf?: SourceSchema[];
  oneOf?: SourceSchema[];
  additionalProperties?: boolean | SourceSchema;
  "x-unknown"?: true;
  [keyword: string]: unknown;
}

export interface SourceParameter {
  name: string;
  in: string;
  required?: boolean;
  schema: SourceSchema;
  style?: string;
  explode?: boolean;
  description?: string;
  example?: Json;
  default?: Json;
  oneOf?: SourceSchema[];
  anyOf?: SourceSchema[];
}

export type SourceContent = Record<string, { schema?: SourceSchema }>;

export interface SourceResponse {
  $ref?: string;
  description?: string;
  content?: SourceContent;
  headers?: Record<string, { description?: string }>;
}

export interface SourceOperation {
  operationId: string;
  parameters?: SourceParameter[];
  requestBody?: { required?: boolean; content: SourceContent };
  responses: Record<string, SourceResponse>;
  security?: Record<string, string[]>[];
  deprecated?: boolean;
  tags?: string[];
  "x-version"?: string;
  "x-scopes"?: string[];
  "x-scopes-source"?: "document" | "scopes-page";
  "x-security-source"?: "inferred";
}

export type SourcePathItem = Partial<Record<Method, SourceOperation>>;

export interface SourceDocument {
  info: { title: string; version: string };
  paths: Record<string, SourcePathItem>;
  components: {
    schemas: Record<string, SourceSchema>;
    responses?: Record<string, SourceResponse>;
    securitySchemes?: Record<string, unknown>;
  };
}

export const methods = ["get", "post", "put", "patch", "delete"] as const;
export type Method = (typeof methods)[number];
