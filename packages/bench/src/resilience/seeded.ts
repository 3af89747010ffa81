export { seeded } from "@ghlkit/test-servers/seeded";
