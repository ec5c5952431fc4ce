export const title = "Last des Hosts über die Zeit";
export const show = "Die letzten 5 min zeigen";
