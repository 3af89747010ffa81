import { switchHelp } from "./switch-flags.ts";

/** What `--help` prints. */
export const helpText: string = `ghlkit-emulator: a local HighLevel

  --port <n>             Port to listen on; 0 takes a free one. Default 4010.
  --host <address>       Address to listen on. Default 127.0.0.1: this machine only.
  --allowed-host <name>  Name by which clients may call it, once or more: a compose service, say.
  --max-body-bytes <n>   Bytes of a request's body. Default 33554432.
  --seed <text>          Text from which ids and tokens are derived. Default "ghlkit".
  --sandbox              The limits of sandbox accounts: 25 per window, 10000 per day.
  --burst-limit <n>      Requests per window, per app and resource. Default 100.
  --burst-window-ms <n>  Length of the window. Default 10000.
  --daily-limit <n>      Requests per day, per app and resource. Default 200000.
  --rate-window <kind>   fixed or sliding. Default fixed.
  --no-rate-limit        Count and report, but never refuse.
  --target-user <who>    Agency or Sub-account: whom the app is for. Default Sub-account.
  --no-bulk              The app is installed on one location at a time.
  --white-label          The app belongs to the white-label consent host.
  --redirect-uri <uri>   Registered redirect URI, once or more. Default: any of this machine.
  --webhook-url <url>    Where the app's webhooks go. Default: nowhere.
  --webhook-retry <how>  429-only, any-failure, 429-and-three-days or none. Default any-failure.
  --legacy-signature     Send x-wh-signature (RSA) as well.
  -v, --version          Print the version.
  -h, --help             This text.

Switches, where the platform is ambiguous; the first choice is the default:
${switchHelp()}

Controls: GET /_emulator/health, /_emulator/clock, /_emulator/seed, /_emulator/requests?limit=n
          POST /_emulator/reset, /_emulator/clock {"advanceMs":n}, {"runMs":n} or {"setMs":n}
          GET, PUT /_emulator/switches {"unknownQuery":"ignore"}
          /_emulator/oauth/…, /_emulator/webhooks/…, /_emulator/faults: see the README
Pages:    /v2/oauth/chooselocation, /_emulator/phone, /_emulator/portal, /_emulator/custom-page, /_emulator/webhooks
`;
