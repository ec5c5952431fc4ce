export const title = "XML";
export const asItIs = "As libvirt has it now, without passwords";
export const copy = "Copy";
