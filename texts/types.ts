/** The shape of texts, whatever they say: values as they are in English, strings of any words. */
export type Texts<Of> = {
  readonly [Name in keyof Of]: Of[Name] extends string ? string
    : Of[Name] extends (...values: infer Values) => infer Said
      ? (...values: Values) => Said extends string ? string : Said
    : Texts<Of[Name]>;
};
