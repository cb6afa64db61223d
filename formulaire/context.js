// What every field of the form shares: see app.jsx, which provides it.
import { createContext } from "preact";

export const Form = createContext(null);

/** The identifier, in the page, of what stands behind a path. */
export const idOf = (path) => `f-${path.join("-")}`;

/** Data with `value` at `path`; `undefined` removes the field or the element. */
export function placed(data, path, value) {
  if (!path.length) return value;
  const [step, ...rest] = path;
  const inner = rest.length ? placed(data?.[step] ?? (typeof rest[0] === "number" ? [] : {}), rest, value) : value;
  if (typeof step === "number") return inner === undefined ? (data ?? []).filter((_, index) => index !== step) : Object.assign([...(data ?? [])], { [step]: inner });
  const { [step]: _, ...others } = data ?? {};
  return inner === undefined ? others : { ...data, [step]: inner };
}
