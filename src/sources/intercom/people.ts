import { type Fields, fieldsOf, isFields, listOf, textAt } from '../payload/fields.ts';

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

/**
 * The customer's id in the team's own product where Intercom knows it, as other tools use that; else the address, else
 * Intercom's id.
 */
export function customerOf(item: Fields, author: unknown): string | null {
  const contacts = contactsOf(item);
  const writes = sideOf(author) === 'customer';
  const contact = (writes && contacts.find(({ id }) => id === fieldsOf(author).id)) || contacts[0] || item.user;
  return (
    textAt(contact, 'external_id', 'user_id') ??
    (writes ? textAt(author, 'external_id', 'user_id') : null) ??
    (textAt(contact, 'email') ?? (writes ? textAt(author, 'email') : null))?.toLowerCase() ??
    textAt(contact, 'id') ??
    (writes ? textAt(author, 'id') : null)
  );
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
