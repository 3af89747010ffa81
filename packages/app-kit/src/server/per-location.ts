/** One of a kind for each location, made when it is first asked for. */
export function perLocation<Value>(make: (locationId: string) => Value): (locationId: string) => Value {
  const made = new Map<string, Value>();
  return (locationId) => {
    const value = made.get(locationId) ?? make(locationId);
    made.set(locationId, value);
    return value;
  };
}
