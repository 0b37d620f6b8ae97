import { theme } from './ticket-theme.ts';

const TIMEOUT_ANSWER =
  'Thanks for reporting this, {name}. Payments time out with our provider at the moment and we are on it. Any pending charge is only a reservation and drops off within a day or two.';
const NOT_CAPTURED =
  'Sorry about this, {name}. I can see the attempts on your account; none was captured, so you have not been charged. I will write as soon as it is safe to retry.';
const ATTACHED =
  'Sorry for the trouble, {name}. I have attached the invoice here so that you can carry on, and we are looking into the download itself.';

/** Tickets about paying: checkout, cards, invoices, plans. */
// biome-ignore format: one case a line reads as a script
export const PAYING_THEMES = [
  theme('card fails after submit', 'bug', [], 4, [
    ['Payment fails at the last step', 'When I press Submit order the button spins for about half a minute and then says the payment could not be confirmed.', TIMEOUT_ANSWER],
    ['Cannot pay for {order}', 'I have tried to pay for order {order} three times now. Every time it hangs after I submit the card and nothing happens.', NOT_CAPTURED],
    ['Card not going through', 'Our card fails after submit. The bank says they see no declined payment on their side, so it must be yours.', NOT_CAPTURED],
    ['Checkout error', 'checkout just sits there after entering the card, then "something went wrong, please try again"', TIMEOUT_ANSWER],
    ['URGENT: payment step times out', 'We can fill the cart fine but the card payment fails after we submit it. Two of my colleagues get the same.', TIMEOUT_ANSWER],
    ['Card fails on submit', 'Since this morning every card fails after pressing submit, we tried two different ones.', TIMEOUT_ANSWER],
    ['Payment could not be confirmed', 'I get "payment could not be confirmed" after submitting the card. Is something wrong on your side today?', TIMEOUT_ANSWER],
  ], ['Tried Chrome and Edge, same thing in both.', 'It worked with the same card last week.', 'I am worried we have been charged, can you check? The amount is {amount}.', 'The delivery has to go out tomorrow morning so this is quite urgent for us.', 'There is a pending charge of {amount} on the card now.']),
  theme('card declined', 'billing', ['checkout'], 2, [
    ['Card declined', 'Our new company card gets declined at checkout although there is enough limit on it.', 'Hi {name}, the decline came from your bank. Usually a quick call unlocks the card for online purchases; after that it will work here too.'],
    ['Payment for {order} declined', 'Payment for {order} was declined and I do not understand why. The old card worked.', 'Thanks, I had a look: the bank asked for strong authentication and the request timed out. Please try once more and confirm in the banking app within five minutes.'],
    ['"Do not honour"', 'I get "do not honour" when I pay. Is there something I need to set up for business cards?', 'Hi {name}, that text comes from the bank and mostly means a limit for online payments. They can lift it on the phone, nothing to set up here.'],
    ['Is Amex supported?', 'Amex is refused for us, Visa works. Is Amex supposed to work for orders of this size?', 'Amex works up to your credit line with us, {name}. I have raised it, so please try again.'],
  ], ['Amount is {amount}.', 'It is a Mastercard issued in the Netherlands, if that matters.', 'You can call me on {phone}.']),
  theme('discount code not applied', 'question', ['checkout', 'marketing'], 1, [
    ['Code from your newsletter', 'I entered the code from the newsletter but the total stays the same.', 'Hi {name}, that code is for first orders only. I have added the same amount as a credit to your account, it will show on the next order.'],
    ['Volume discount missing', 'Our agreed volume discount of 8% is not showing in the cart.', 'You are right, the price list had lost your agreement after the renewal. It is back, so please reload the cart.'],
    ['Discount code not valid', 'The code SPRING10 says it is not valid for my account. We are on the {plan} plan.', 'SPRING10 ended on the 15th, {name}, but I am happy to apply it by hand this once. Tell me when the order is placed.'],
    ['Discount disappears', 'discount shows in the cart but is gone again at checkout', 'Thanks, the discount was bound to one delivery address and you had picked another. I widened it to all of your addresses.'],
  ], ['I have not placed the order yet.', 'Last month it was applied automatically.', 'Total should be around {amount} with the discount.']),
  theme('shipping cost wrong', 'question', ['checkout', 'orders'], 1, [
    ['Freight on {order}', 'We are charged {amount} freight on {order} although it is above the free shipping limit.', 'Hi {name}, two of the items ship from the supplier directly and carry their own freight. If you move them to a separate order the rest ships free.'],
    ['Shipping cost jumps', 'The shipping estimate jumps between two amounts each time I reload the cart.', 'The dimensions of one article were entered in inches. That is corrected and the freight stays at the lower amount now.'],
    ['Delivery to second warehouse', 'Can you tell me how delivery to our second warehouse is calculated? It seems very high.', 'It counts as an island postcode with that carrier, {name}. I switched the address to the other carrier, which is about a third cheaper.'],
    ['Cannot change delivery type', 'pallet shipping is selected by default and I cannot change it to parcel', 'One article is above 31 kg, so parcel is not offered. Splitting the order helps.'],
  ], ['Most of it is small parts, about 12 kg.', 'The same order was much less last time.', 'No rush.']),
  theme('invoice download', 'bug', ['billing'], 2, [
    ['Invoice {invoice} not available', 'I cannot download invoice {invoice}, the page says the file is not available.', ATTACHED],
    ['Invoice download shows an error', 'Clicking Download on the invoices page just shows an error. Accounting needs the invoices by today.', ATTACHED],
    ['Damaged PDF', 'The PDF of invoice {invoice} will not open, Acrobat says it is damaged.', 'The file had not been written completely. I rendered it again and the download works now.'],
    ['Blank invoice', 'invoice download gives me a blank tab, all of them from this month', ATTACHED],
    ['New invoices missing', 'Invoices from last month download fine but {invoice} and the newer ones do not.', ATTACHED],
    ['Invoice PDF', 'Downloading the invoice PDF fails with "file not available", three times in a row now.', ATTACHED],
  ], ['Can you mail it to {email} in the meantime?', 'Our tax adviser is waiting for it.', 'Same in Firefox.', 'We are {company}, customer number {number}.']),
  theme('VAT on invoice', 'billing', ['billing', 'onboarding'], 1, [
    ['VAT number missing on {invoice}', 'Our VAT number is not printed on {invoice}. Can you issue it again?', 'Done, {invoice} now carries your number and the old version is marked as replaced.'],
    ['Reverse charge', 'We are in Austria and were charged VAT, it should be reverse charge.', 'The number was entered with a space, so the check failed and VAT was added. I have corrected it and issued a credit note.'],
    ['Wrong company name', 'Our legal name is {company}, the invoices show the old one. Please update it, {invoice} included.', 'Updated, {name}. {invoice} has been issued again with the right name.'],
  ], ['The number is in our profile.', 'Our accountant will not book it like this.', 'Earlier invoices were right.']),
  theme('charged twice', 'billing', ['billing'], 3, [
    ['Charged twice', 'Our card statement shows {amount} twice on the same day for the subscription.', 'You are right, {name}, and I am sorry. The second charge is refunded; banks take three to five days to show it.'],
    ['Payment reminder for a paid invoice', 'We paid {invoice} by card and still got a payment reminder for it.', 'The payment was booked without its reference. It is matched now, please ignore the reminder.'],
    ['Refund of an add-on', 'I cancelled an add-on in time and was still charged {amount}.', 'The cancellation came in an hour after the renewal, {name}. I have refunded it as it was so close.'],
  ], ['Statement attached.', 'Card ends in 4471.', 'Please confirm by mail to {email}.']),
  theme('change plan', 'question', ['billing', 'marketing'], 1, [
    ['Approvals on which plan?', 'We are on {plan} and need purchase approvals. Which plan has them?', 'Approvals come with Growth, {name}. I have switched on a two-week trial so that you can see whether they fit.'],
    ['What happens on a downgrade', 'What happens to our price lists if we downgrade at the end of the month?', 'Nothing is deleted. Lists beyond the limit become read-only until you upgrade again.'],
    ['Yearly billing', 'Do you have yearly billing? We would switch if there is a discount.', 'Yes, two months are free with yearly billing. You can switch under Billing, it counts from the next renewal.'],
    ['API included?', 'Is the API included in our plan or is that extra?', 'Reading is included everywhere, writing from Growth on.'],
  ], ['About 14 people would use it.', 'Our renewal is coming up.', 'A short call would be fine too: {phone}.']),
];
