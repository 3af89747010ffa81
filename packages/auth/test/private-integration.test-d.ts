import { privateIntegration } from "../src/index.ts";

privateIntegration({ token: "t", location: "l" });
privateIntegration({ token: "t", company: "c" });

// @ts-expect-error a token belongs to a location or a company
privateIntegration({ token: "t" });

// @ts-expect-error a token belongs to one of them
privateIntegration({ token: "t", location: "l", company: "c" });

// @ts-expect-error the variable may be unset
privateIntegration({ token: process.env["GHL_TOKEN"], location: "l" });
