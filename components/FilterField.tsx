interface Props {
  /** Of the form's value; it is the element's id as well. */
  name: string;
  label: string;
  value: string;
  type?: string;
}

/** One of the fields that narrow a list: what is left empty asks for nothing. */
export function FilterField({ name, label, value, type = "text" }: Props) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        autocomplete="off"
        autocapitalize="none"
        spellcheck={false}
      />
    </div>
  );
}
