export const skip = "Skip to the content";
export const pages = "Pages";
export const notices = "Notices";
export const menu = "menu";
export const singleVMs = "single VMs";
export const anyVM = "any VM, any action";
export const allKeys = "all keys";
export const signOut = "Sign out";

/** The pages that the bar, its menu and the palette link to. */
export const places = {
  host: "Host",
  activity: "Activity",
  recordings: "Recordings",
  account: "Your account",
  users: "Users",
  audit: "Audit log",
};
