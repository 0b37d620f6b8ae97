import { type Fields, fieldsOf, firstEmail, isFields, listOf, textAt, valueAt } from '../payload/fields.ts';

/** Who wrote: a teammate, a machine, or the customer. */
export type Side = 'agent' | 'bot' | 'customer';

export function sideOf(author: unknown): Side | null {
  switch (textAt(author, 'type')) {
    case 'admin':
    case 'team':
      return 'agent';
    case 'bot':
    case 'operator':
    case 'workflow':
      return 'bot';
    case 'user':
    case 'lead':
    case 'contact':
    case 'visitor':
      return 'customer';
    default:
      return null;
  }
}

/** A customer as an event names one. */
export interface Customer {
  /**
   * The id in the team's own product where Intercom knows it, as other tools use that; else the address, else
   * Intercom's id.
   */
  user: string | null;
  email?: string | undefined;
}

/** @param author who wrote; of somebody else than a customer the conversation's contact is taken. */
export function customerOf(item: Fields, author: unknown): Customer {
  const contacts = contactsOf(item);
  const writes = sideOf(author) === 'customer';
  const contact = (writes && contacts.find(({ id }) => id === fieldsOf(author).id)) || contacts[0] || item.user;
  const writer = writes ? author : undefined;
  // Whoever began is named in full, and by id alone when they go on.
  const opener = fieldsOf(fieldsOf(item.source).author);
  const same = opener.id !== undefined && [fieldsOf(contact).id, fieldsOf(writer).id].includes(opener.id);
  const user =
    textAt(contact, 'external_id', 'user_id') ??
    textAt(writer, 'external_id', 'user_id') ??
    (textAt(contact, 'email') ?? textAt(writer, 'email'))?.toLowerCase() ??
    textAt(contact, 'id') ??
    textAt(writer, 'id');
  const people = [contact, writer, same ? opener : undefined];
  return { user, email: firstEmail(...people.map((person) => valueAt(person, 'email'))) };
}

/** The company's name, else the id the team gave it: from the item itself, else from its first contact. */
export function companyOf(item: Fields): string | null {
  const companies = [
    item.company,
    ...listOf(fieldsOf(item.companies).companies),
    ...[...contactsOf(item), fieldsOf(item.user)].flatMap(({ companies }) => [
      ...listOf(fieldsOf(companies).companies),
      ...listOf(fieldsOf(companies).data),
    ]),
  ];
  for (const company of companies) {
    const name = textAt(company, 'name', 'company_id');
    if (name !== null) return name;
  }
  return textAt(item.custom_attributes, 'company', 'Company', 'account', 'Account');
}

function contactsOf({ contacts }: Fields): Fields[] {
  const listed = [...listOf(contacts), ...listOf(fieldsOf(contacts).contacts), ...listOf(fieldsOf(contacts).data)];
  return listed.filter(isFields);
}
