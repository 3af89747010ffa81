import type { LambdaEvent } from "../../../src/adapters/lambda.ts";
import type { Forgery } from "../../../src/testing/index.ts";

// Events with every field that AWS documents and its samples show, as those services make them of a POST. Ids are those of AWS's
// own documentation. Sources:
// REST API: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
// HTTP API: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
// Function URL: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
// Load balancer: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
// Samples: https://github.com/aws/aws-lambda-go/tree/main/events/testdata

export type Posted = Pick<Forgery, "body" | "headers">;
export type MakeEvent = (posted: Posted) => LambdaEvent;

const accountId = "123456789012";
const sender = "192.0.2.1";

/** Headers that the service adds. */
const forwarded = {
  "X-Amzn-Trace-Id": "Root=1-5e9f0c65-1de4d666d4dd26aced652b6c",
  "X-Forwarded-For": `198.51.100.7, ${sender}`,
  "X-Forwarded-Port": "443",
  "X-Forwarded-Proto": "https",
};

const listed = (headers: Posted["headers"]): Record<string, string[]> =>
  Object.fromEntries(Object.entries({ ...headers, ...forwarded }).map(([name, value]) => [name, [value].flat()]));
const mapped = (headers: Posted["headers"], pick: (values: string[]) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(listed(headers)).map(([name, values]) => [name, pick(values)]));
const lowerCase = <Value>(headers: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
const last = (values: string[]): string => values.at(-1) ?? "";
const joined = (values: string[]): string => values.join(",");

/** With the fields that are not used, which a literal of that type could not have. */
const whole = <Event extends LambdaEvent>(event: Event): LambdaEvent => event;

const asText = ({ body }: Posted) => ({ body: Buffer.from(body).toString(), isBase64Encoded: false });
const asBase64 = ({ body }: Posted) => ({ body: Buffer.from(body).toString("base64"), isBase64Encoded: true });

/** REST API, payload 1.0. `*\/*` among its binary media types makes every body base64. */
const restApi =
  (encode: typeof asText): MakeEvent =>
  (posted) =>
    whole({
      resource: "/{proxy+}",
      path: "/hooks",
      httpMethod: "POST",
      // As they were spelt by the client; of repeated ones the last.
      headers: mapped(posted.headers, last),
      multiValueHeaders: listed(posted.headers),
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: { proxy: "hooks" },
      stageVariables: null,
      requestContext: {
        accountId,
        apiId: "gy415nuibc",
        domainName: "gy415nuibc.execute-api.us-east-1.amazonaws.com",
        domainPrefix: "gy415nuibc",
        extendedRequestId: "JJbxmplHYosFVYQ=",
        httpMethod: "POST",
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: sender,
          user: null,
          userAgent: "agent",
          userArn: null,
        },
        path: "/Prod/hooks",
        protocol: "HTTP/1.1",
        requestId: "deef4878-7910-11e6-8f14-25afc3e9ae33",
        requestTime: "15/May/2020:06:01:09 +0000",
        requestTimeEpoch: 1589522469693,
        resourceId: "roq9wj",
        resourcePath: "/{proxy+}",
        stage: "Prod",
      },
      ...encode(posted),
      // No body is null, not an empty text.
      ...(posted.body.length === 0 && { body: null, isBase64Encoded: false }),
    });

/** HTTP API, and function URL, payload 2.0: names in small letters, repeated headers joined with a comma. */
const payload2 =
  (domain: string, encode: typeof asText): MakeEvent =>
  (posted) => {
    const [prefix = ""] = domain.split(".");
    return whole({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/hooks",
      rawQueryString: "",
      headers: lowerCase(mapped({ ...posted.headers, "Content-Length": String(Buffer.byteLength(posted.body)), Host: domain }, joined)),
      requestContext: {
        accountId: domain.includes("lambda-url") ? "anonymous" : accountId,
        apiId: prefix,
        domainName: domain,
        domainPrefix: prefix,
        http: { method: "POST", path: "/hooks", protocol: "HTTP/1.1", sourceIp: sender, userAgent: "agent" },
        requestId: "LV7fzho-PHcEJPw=",
        routeKey: "$default",
        stage: "$default",
        time: "21/Apr/2020:15:08:21 +0000",
        timeEpoch: 1587481701067,
      },
      // There is no such field where there is no body.
      ...(posted.body.length === 0 ? { isBase64Encoded: false } : encode(posted)),
    });
  };

/** Application Load Balancer. It has `multiValueHeaders` instead of `headers` when its target group is set to that. */
const loadBalancer =
  (isMultiValue: boolean, encode: typeof asText): MakeEvent =>
  (posted) =>
    whole({
      requestContext: {
        elb: { targetGroupArn: `arn:aws:elasticloadbalancing:us-east-1:${accountId}:targetgroup/lambda-target/abcdefgh` },
      },
      httpMethod: "POST",
      path: "/hooks",
      ...(isMultiValue
        ? { multiValueQueryStringParameters: {}, multiValueHeaders: lowerCase(listed(posted.headers)) }
        : { queryStringParameters: {}, headers: lowerCase(mapped(posted.headers, last)) }),
      ...(posted.body.length === 0 ? { body: "", isBase64Encoded: false } : encode(posted)),
    });

const httpApiDomain = "aaaaaaaaaa.execute-api.us-west-2.amazonaws.com";
const functionUrlDomain = "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-west-2.on.aws";

/** By what stands in front of the function. Binary bodies, and those of no type or another than text and JSON, are base64. */
export const lambdaEvents: Readonly<Record<string, MakeEvent>> = {
  "a REST API": restApi(asText),
  "a REST API, base64": restApi(asBase64),
  "an HTTP API": payload2(httpApiDomain, asText),
  "an HTTP API, base64": payload2(httpApiDomain, asBase64),
  "a function URL": payload2(functionUrlDomain, asText),
  "a function URL, base64": payload2(functionUrlDomain, asBase64),
  "a load balancer with multi-value headers": loadBalancer(true, asText),
  "a load balancer with multi-value headers, base64": loadBalancer(true, asBase64),
};

/** A load balancer as it is set up by default: of a repeated header it shows the last value only. */
export const plainLoadBalancer: MakeEvent = loadBalancer(false, asText);
