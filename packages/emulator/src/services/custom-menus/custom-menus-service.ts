import { companyOf, recordsIn } from "../../resources/record-store.ts";
import { resource } from "../../resources/resource.ts";
import type { Service } from "../service.ts";

const menus = "/custom-menus";

/** Links in the menus of the agency and its locations. */
export const customMenusService: Service = {
  handlers: {},
  resources: [
    resource(menus, {
      create: (input, call) => ({
        order: recordsIn(call.world.state, { resource: menus, tenant: companyOf(call), parents: [] }).length + 1,
        allowCamera: false,
        allowMicrophone: false,
        ...input,
      }),
      beside: ({ recordId }) => ({ deletedMenuId: recordId }),
    }),
  ],
  seed({ sow, seed }) {
    const link = {
      icon: { name: "book", fontFamily: "fas" },
      url: "https://example.com/help",
      openMode: "new_tab",
      userRole: "all",
      order: 1,
    };
    const shown = { showOnCompany: true, showOnLocation: true, showToAllLocations: false, allowCamera: false, allowMicrophone: false };
    sow(menus, { title: "Help", ...link, ...shown, locations: [seed.locationId] }, { locationId: null });
  },
};
