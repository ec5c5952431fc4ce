import { Icon } from "@/components/Icon.tsx";

/** Why a form was refused, above it; nothing when it was not. */
export function Refusal({ message }: { message: string | null }) {
  if (message === null) return null;
  return (
    <p class="notice notice-bad" role="alert" id="error">
      <Icon name="warning" />
      {message}
    </p>
  );
}
