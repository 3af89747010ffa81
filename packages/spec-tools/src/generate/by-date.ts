import ts from "typescript";
import { refName, type Schema } from "./document.ts";

const factory = ts.factory;

/**
 * The type of an object whose names are dates, beside a few names of texts (overlay keyword `x-keys: date`, first of `anyOf` the schema of a
 * date). An index signature for all names would mix both: `answer["2026-12-01"]` could not be used without a cast.
 *
 * @returns `undefined` for any other schema.
 */
export function byDate({ "x-keys": keys, properties = {}, additionalProperties }: Schema): ts.TypeNode | undefined {
  if (keys !== "date" || typeof additionalProperties !== "object") return undefined;
  const ref = additionalProperties.anyOf?.[0]?.$ref;
  if (ref === undefined) throw new Error("x-keys: date needs additionalProperties with a $ref as the first of anyOf.");
  const text = factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const optional = factory.createToken(ts.SyntaxKind.QuestionToken);
  const named = Object.keys(properties).map((name) => factory.createPropertySignature(undefined, name, optional, text));
  const ofDate = component(refName(ref));
  // `undefined` because named ones may be absent: the two would not fit into one object type, and an intersection does not narrow.
  const none = factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword);
  const any = signature("key", text, factory.createUnionTypeNode([ofDate, text, none]));
  return factory.createTypeLiteralNode([...named, signature("date", dateKey(), ofDate), any]);
}

function signature(name: string, key: ts.TypeNode, value: ts.TypeNode): ts.IndexSignatureDeclaration {
  return factory.createIndexSignature(undefined, [factory.createParameterDeclaration(undefined, undefined, name, undefined, key)], value);
}

/** `${number}-${number}-${number}`, which "2026-12-01" is. */
function dateKey(): ts.TypeNode {
  const number = factory.createKeywordTypeNode(ts.SyntaxKind.NumberKeyword);
  const spans = [
    factory.createTemplateLiteralTypeSpan(number, factory.createTemplateMiddle("-")),
    factory.createTemplateLiteralTypeSpan(number, factory.createTemplateMiddle("-")),
    factory.createTemplateLiteralTypeSpan(number, factory.createTemplateTail("")),
  ];
  return factory.createTemplateLiteralType(factory.createTemplateHead(""), spans);
}

/** `components["schemas"]["Slots"]`. */
function component(name: string): ts.TypeNode {
  const literal = (text: string): ts.TypeNode => factory.createLiteralTypeNode(factory.createStringLiteral(text));
  const schemas = factory.createIndexedAccessTypeNode(factory.createTypeReferenceNode("components"), literal("schemas"));
  return factory.createIndexedAccessTypeNode(schemas, literal(name));
}
