import { theme } from './ticket-theme.ts';

const SLOW_ANSWER =
  'Hi {name}, we can reproduce this and see slower answers from the search service. It is with the team; I will update you here.';

/** Tickets about goods: finding, ordering, receiving and counting them. */
// biome-ignore format: one case a line reads as a script
export const ORDERING_THEMES = [
  theme('search misses products', 'bug', ['search', 'catalogue'], 2, [
    ['SKU {sku} not found', 'When I search for SKU {sku} I get nothing, but the article exists, I can open it from an old order.', 'Thanks {name}. The article had dropped out of the index after a price import; it is back in and should show up within ten minutes.'],
    ['Search by part number', 'Search only finds things if I type the full name. Part of the number used to work.', 'Part numbers with a dash need quotes at the moment, e.g. "AB-1200". I have added your vote for fixing that.'],
    ['Search results odd', 'Typing "m8 bolt" shows garden furniture first. Surely that is not intended?', 'Certainly not! A supplier had tagged a whole range with "bolt". We removed the tags, please try again.'],
    ['Articles gone from search', 'half of our supplier\'s articles have vanished from search since the weekend', 'That supplier paused its catalogue for a price change, {name}. The articles return on Monday.'],
  ], ['Filters are all cleared.', 'A colleague sees the same.', 'It also happens in the app on my phone.']),
  theme('search is slow', 'bug', [], 3, [
    ['Search very slow', 'Search takes several seconds for every query, it used to be instant.', SLOW_ANSWER],
    ['Search slow since this week', 'For a few days now the search page has been really slow, sometimes I get a blank list first.', SLOW_ANSWER],
    ['Search hangs', 'Our order desk is complaining that product search hangs 3-4 seconds each time.', SLOW_ANSWER],
  ], ['Our internet is fine, other pages are quick.', 'We do a few hundred searches a day so this hurts.', 'Worst between nine and eleven in the morning.']),
  theme('order status stuck', 'question', ['orders'], 2, [
    ['Where is order {order}?', 'Order {order} has said "processing" for four days. Can you check what is going on?', 'Hi {name}, the supplier had not confirmed one line. I called them, {order} ships today.'],
    ['{order} delivered but open', 'The carrier says {order} was delivered but in Larkspur it is still open.', 'The carrier feed had missed an update. I have synced it by hand, the order is marked delivered.'],
    ['No tracking number', 'No tracking number for {order} yet, the customer is asking me every day.', 'It left this morning, {name}; the tracking number is on the order page now.'],
    ['{order} incomplete', 'hi, {order} shows as shipped but only 2 of 5 lines arrived', 'The supplier split {order} in two deliveries. The second one is on its way and should be with you tomorrow.'],
  ], ['We need it on site by Friday.', 'PO on our side is PO-{number}.', 'You can reach me on {phone} if that is quicker.']),
  theme('change or cancel an order', 'request', ['orders', 'checkout'], 1, [
    ['Wrong quantity on {order}', 'I ordered 100 boxes instead of 10 on {order}. Can you stop it before it ships?', 'Done, {name}. {order} had not been picked yet, so I could change it. You will get a new confirmation by mail.'],
    ['Change delivery address', 'Please change the delivery address of {order}, the goods should go to our branch in Leeds.', 'Changed to Leeds. Delivery moves by one day.'],
    ['Cancel {order}', 'We need to cancel {order}, the customer pulled out.', 'I am afraid it left the warehouse an hour ago. I have started a return for you, free of charge as it goes back unopened.'],
    ['Add a line to {order}', 'can i still add a line to {order} or do I have to place a new one', 'It is already with the supplier, so a new order is needed. I have waived the second freight.'],
  ], ['It is still in "confirmed" for me.', 'Sorry for the trouble!', 'Our PO number stays the same, PO-{number}.']),
  theme('approval not sent', 'bug', ['orders'], 2, [
    ['Approver gets no mail', 'My manager does not get the approval mail for {order}, so it is stuck.', 'The mail bounced because of a full mailbox, {name}. It can also be approved directly under Approvals.'],
    ['Approval goes to the wrong person', 'We changed the approver last week but requests still go to a colleague who left.', 'Hi {name}, the rule still named the old approver as a fallback. I have updated it and sent the requests again.'],
    ['Approvals page empty', 'Two orders wait for approval but the approvals page is empty for the approver.', 'The approver was missing the cost centre of those orders. I added it, both show up now.'],
  ], ['We checked spam.', 'Her address is {email}.', 'Limit in our rules is {amount}.']),
  theme('wrong price shown', 'bug', ['catalogue'], 2, [
    ['Price of {sku} differs from our list', 'The product page shows {amount} for {sku}, our contract price is lower.', 'Thanks for spotting that. The contract list had expired on our side; it is active again and the price is right now.'],
    ['Old prices', 'Prices were updated on the 1st but I still see the old ones on some articles.', 'Lists refresh every night and one had failed. I ran it again, {name}, you should see the new prices.'],
    ['Two different prices', 'price in the list and price on the product page are different, which one is right?', 'The product page is right. The list follows tonight.'],
  ], ['We have a framework agreement, number {number}.', 'It is only that one supplier.', 'Screenshot attached.']),
  theme('stock count wrong', 'bug', ['inventory'], 2, [
    ['Negative stock', 'After yesterday\'s count {sku} shows -4 in stock. That cannot be right.', 'Hi {name}, an old reservation was released after the count. I reversed it and the stock is right again.'],
    ['Stock does not match', 'Our shelf has 60 pieces of {sku}, Larkspur says 12.', 'Four receipts were booked to the other location. I moved them, the movements show my note.'],
    ['Receipt booked twice', 'Goods received last week were booked twice, you can see it in the movements.', 'I found the doubled receipt and reversed it, {name}.'],
    ['Scanner loses scans', 'the scanner app loses scans when I count fast', 'Scans made offline are sent once the phone is back online. There were 9 waiting on that device, they are in now.'],
  ], ['It is location B-{number}.', 'We use the Android app.', 'Nobody else booked anything that day.']),
  theme('import fails', 'bug', ['inventory'], 2, [
    ['Import stops at row {number}', 'The import stops at row {number} with "invalid byte sequence". Excel opens the file without trouble.', 'Hi {name}, the file is saved in Windows-1252 and has umlauts in row {number}. Saved as "CSV UTF-8" it goes through; I tested with your file.'],
    ['Rows skipped on import', 'I uploaded our price list and 300 of 2,000 rows were skipped without a reason.', 'Those rows had no unit. We now list the reason under each skipped row, have another look please.'],
    ['Import stuck', 'Import is stuck on "validating" since this morning.', 'The worker had run out of memory on a neighbour\'s file. Yours is through now, {name}.'],
  ], ['File comes out of our ERP, semicolons.', 'Happy to send you the file.', 'The same export worked last month.']),
];
