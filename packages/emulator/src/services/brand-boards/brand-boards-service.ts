import { changeRecord, recordsOf } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Service } from "../service.ts";

const voices = "/brand-boards/locations/brand-voices";

/** Brand boards and brand voices; one voice of a location is the default. */
export const brandBoardsService: Service = {
  handlers: {},
  resources: [
    resource("/brand-boards", { create: newBoard, change: (before, input, call) => ({ ...before, ...withPartIds(input, call) }) }),
    resource(voices, {
      create: ({ answers, ...input }, call) => ({
        name: "Brand voice",
        ...input,
        answers: answers ?? {},
        isDefault: recordsOf(call, voices).length === 0,
      }),
      actions: {
        "brandBoards.setDefaultBrandVoice": (_, call) => {
          for (const voice of recordsOf(call, voices))
            if (voice.fields["isDefault"] === true) changeRecord(call, voice, { isDefault: false });
          return { isDefault: true };
        },
      },
    }),
  ],
  seed({ sow }) {
    const color = {
      id: "primary",
      label: "Primary",
      hex: "#336699",
      hexa: "#336699ff",
      rgb: "rgb(51,102,153)",
      rgba: "rgba(51,102,153,1)",
    };
    const logo = { id: "logo", label: "Logo", url: "https://example.com/logo.png", path: "logo.png" };
    sow("/brand-boards", {
      name: "Harbour Dental",
      logos: [logo],
      colors: [color],
      fonts: [],
      default: true,
      meta: { sourceType: "blank" },
    });
    sow(voices, { name: "Friendly", isDefault: true, type: "manual", answers: { brandName: "Harbour Dental", toneOfVoice: "friendly" } });
  },
};

function newBoard({ type = "blank", ...input }: Fields, call: Call): Fields {
  const board = { logos: [], colors: [], fonts: [], default: false, ...input, meta: { sourceType: type, lastAction: "created" } };
  return withPartIds(board, call);
}

/** Logos, colours and fonts have ids of their own. */
function withPartIds(board: Fields, call: Call): Fields {
  const parts = ["logos", "colors", "fonts"].flatMap((name) =>
    Array.isArray(board[name]) ? [[name, (board[name] as Fields[]).map((part) => ({ id: call.world.ids.uuid(), ...part }))] as const] : [],
  );
  return { ...board, ...Object.fromEntries(parts) };
}
