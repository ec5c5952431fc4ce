export const title = "Users";
export const add = "Add a user";
export const all = "All users";
export const removed = (user: string) => `User ${user} is deleted.`;

export const name = "Name";
export const mayDo = "May do";
export const lastSignIn = "Last sign-in";
export const since = "Since";
export const thatIsYou = "that is you";
export const disabled = "disabled";
export const singleVMs = "single VMs";
/** After a role. */
export const onAllVMs = "on all VMs";
export const onVM = (vm: string) => `on ${vm}`;
export const nothingYet = "nothing yet";
export const andMore = (count: number) => `and ${count} more`;

/** What a user may do. */
export const onAll = "On all VMs, those to come as well";
export const roles = {
  viewer: "looks, and reads consoles",
  operator: "switches VMs and types into consoles, too",
  admin: "all of it; manages users and what they may do, too",
};
export const onSingle = "On single VMs; the others stay hidden";
export const chosenHere = "chosen here:";
export const noVMs = "This host has no VMs yet.";
export const isGone = "is gone";
export const nothing = "nothing";

export const who = "Who";
export const password = "Password";
export const passwordHint = "At least 8 characters, and not quickly guessed.";
export const addOne = "Add";
export const save = "Save";
export const newPassword = "New password";
export const endsSessions = "It ends all sessions of the user.";
export const setPassword = "Set the password";

export const you = "That is you.";
export const hereSince = (day: string) => `Here since ${day};`;
export const neverSignedIn = "has never signed in.";
export const signedInLast = (time: string) => `signed in last ${time}.`;
export const secondFactor = "Second factor";
export const secondFactorNote = (user: string) =>
  `On. Turn it off only when ${user} has lost it, and has told you so in person: the password does alone then.`;
export const turnOff = "Turn off";
export const keepOut = "Keep out";
export const isDisabled = "Disabled";
export const disabledNote = (user: string) =>
  `${user} cannot sign in. Password and permissions are kept.`;
export const disablingNote =
  "Disabling ends all sessions at once, and keeps password and permissions for later.";
export const remove = "Delete…";
export const enable = "Enable";
export const disable = "Disable";

export const question = (user: string) => `Delete user ${user}?`;
export const questionNote = (user: string) =>
  `All sessions of ${user} end at once, and its permissions go with it. What it did stays in the history.`;
export const removeUser = (user: string) => `Delete ${user}`;

/** What a form has done, by its name. */
export const done: Record<string, string> = {
  added: "Added. The user may sign in now.",
  access: "Saved. It counts from now on, for what is open already as well.",
  password: "The password is changed, and all sessions of the user have ended.",
  disable: "Disabled. All sessions of the user have ended.",
  enable: "The user may sign in again.",
  "reset-2fa": "The second factor is off. The user signs in by password alone.",
};
