/** An id may come from a button's value or a person: what is no UUID names nothing, and PostgreSQL refuses to compare it. */
export const isUuid = (id: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
