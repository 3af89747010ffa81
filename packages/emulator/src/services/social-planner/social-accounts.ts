import { answerWith } from "../../resources/answer-with.ts";
import { addRecord } from "../../resources/record-store.ts";
import { shownFields } from "../../resources/record-view.ts";
import { param } from "../../call/call.ts";
import type { Handler, Handlers } from "../../call/handler.ts";

export const accounts = "/social-media-posting/accounts";

/** Connects a page of another platform to the location, as the last step of its consent does. */
function attach(platform?: string): Handler {
  return (call) => {
    const {
      originId,
      name,
      avatar,
      type = "page",
      location,
    } = call.body as Readonly<Record<string, string | undefined>> & { location?: unknown };
    const network = platform ?? param(call, "platform");
    const origin = originId ?? call.world.ids.record();
    const fields = {
      oAuthId: param(call, "accountId"),
      oauthId: param(call, "accountId"),
      originId: origin,
      profileId: origin,
      platform: network,
      type,
      name: name ?? network,
      avatar,
      meta: location === undefined ? {} : { location },
      active: true,
      isExpired: false,
      deleted: false,
    };
    return answerWith(call, {
      success: true,
      statusCode: 201,
      message: "Account connected",
      results: shownFields(addRecord(call, { resource: accounts, fields, idStyle: "object" }), undefined, call),
    });
  };
}

export const accountHandlers: Handlers = {
  "socialPlanner.attachOauthAccount": attach(),
  "socialPlanner.attachFacebookOauthAccount": attach("facebook"),
  "socialPlanner.attachGoogleOauthLocation": attach("google"),
  "socialPlanner.attachInstagramOauthAccount": attach("instagram"),
  "socialPlanner.attachLinkedinOauthAccount": attach("linkedin"),
  "socialPlanner.attachTiktokOauthAccount": attach("tiktok"),
  "socialPlanner.attachTwitterOauthAccount": attach("twitter"),
};
