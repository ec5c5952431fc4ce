import { Connection, ErrorCode, LibvirtError } from "@/libvirt/mod.ts";
import { GlassError } from "@/services/errors.ts";
import { explain } from "@/services/hypervisor.ts";

/** The UUID and name of a VM of the libvirt at `uri`, by either of them. @throws GlassError */
export async function findVM(uri: string, text: string): Promise<{ uuid: string; vm: string }> {
  try {
    await using connection = await Connection.open(uri);
    using domain = await connection.domainByName(text).catch((error) => {
      if (!isNoDomain(error)) throw error;
      return connection.domainByUUID(text);
    });
    return { uuid: domain.uuid, vm: domain.name };
  } catch (error) {
    if (error instanceof LibvirtError) {
      throw new GlassError("VM_NOT_FOUND", `There is no VM "${text}" at ${uri}.`, { cause: error });
    }
    throw new GlassError("LIBVIRT_UNAVAILABLE", explain(error, uri), { cause: error });
  }
}

const isNoDomain = (error: unknown) =>
  error instanceof LibvirtError && error.code === ErrorCode.noDomain;
