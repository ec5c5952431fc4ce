export const dates = "de";
