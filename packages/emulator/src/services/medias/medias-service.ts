import { answerWith } from "../../resources/answer-with.ts";
import { changeRecord, findRecord } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import type { Fields } from "../../state/resource-record.ts";
import type { Call } from "../../call/call.ts";
import type { Handlers } from "../../call/handler.ts";
import type { Service } from "../service.ts";
import { fileUrl, filesOf } from "../uploaded-files.ts";

const medias = "/medias";

const mediaHandlers: Handlers = {
  "medias.bulkDelete": (call) => {
    const wanted = call.body["filesToBeDeleted"] as readonly { readonly _id: string }[];
    const trashes = call.body["status"] === "trashed";
    return answerWith(
      call,
      wanted.map(({ _id: id }) => {
        const file = ownFile(call, id);
        if (file !== undefined && trashes) changeRecord(call, file, { status: "trashed" });
        else if (file !== undefined) call.world.state.records.delete(file.id);
        return { id, deleted: file !== undefined };
      }),
    );
  },

  "medias.bulkUpdate": (call) => {
    const wanted = call.body["filesToBeUpdated"] as readonly { readonly id: string; readonly name?: string }[];
    return answerWith(
      call,
      wanted.map(({ id, name }) => {
        const file = ownFile(call, id);
        if (file !== undefined && name !== undefined) changeRecord(call, file, { name });
        return { id, updated: file !== undefined };
      }),
    );
  },
};

/** Files and folders of the media library. */
export const mediasService: Service = {
  handlers: mediaHandlers,
  resources: [
    resource(medias, {
      idStyle: "object",
      create: newMedia,
      beside: ({ recordId, fields }) => ({ fileId: recordId, url: fields["url"] ?? "" }),
      filters: {
        type: (fields, value) => fields["type"] === value,
        parentId: (fields, value) => fields["parentId"] === value,
        fetchAll: () => true,
      },
    }),
  ],
  seed({ sow }) {
    const object = { idStyle: "object" } as const;
    const folder = sow(medias, { name: "Logos", type: "folder" }, object);
    sow(
      medias,
      { name: "logo.png", type: "file", parentId: folder.recordId, url: "https://storage.example.com/logo.png", size: 2048 },
      object,
    );
    sow(medias, { name: "waiting-room.jpg", type: "file", url: "https://storage.example.com/waiting-room.jpg", size: 4096 }, object);
  },
};

/** A folder, or the uploaded file. A parent that does not exist is dropped silently. */
function newMedia({ file: _, hosted, fileUrl: address, ...input }: Fields, call: Call): Fields {
  const parent = findRecord(call.world.state, medias, String(input["parentId"] ?? ""));
  const { parentId, ...rest } = input;
  const place = parent?.locationId === call.locationId && parent?.fields["type"] === "folder" ? { parentId } : {};
  if (call.operation.id === "medias.createFolder") return { ...rest, ...place, type: "folder" };
  const [uploaded] = filesOf(call);
  const name =
    input["name"] ??
    uploaded?.name ??
    String(address ?? "file")
      .split("/")
      .at(-1);
  const url = String(hosted) === "true" && address !== undefined ? address : fileUrl(call, String(name), uploaded?.file);
  return { ...rest, ...place, type: "file", name, url, size: uploaded?.size ?? 0 };
}

function ownFile(call: Call, id: string): ReturnType<typeof findRecord> {
  const file = findRecord(call.world.state, medias, id);
  return file?.locationId === call.locationId ? file : undefined;
}
