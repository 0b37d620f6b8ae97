import { theme } from './ticket-theme.ts';

/** Tickets about running the account: access, reports, connections, first steps. */
// biome-ignore format: one case a line reads as a script
export const RUNNING_THEMES = [
  theme('cannot log in', 'access', ['account', 'onboarding'], 2, [
    ['Thrown back to login', 'I get thrown back to the login page right after entering my password.', 'Hi {name}, your company switched on single sign-on, so the old password page no longer works. Please use "Continue with Google".'],
    ['Account locked', 'My account says locked after one wrong password. Please unlock {email}.', 'I have unlocked the account and sent a fresh link. It is valid for an hour.'],
    ['New colleague cannot log in', 'New colleague cannot log in, it says the user does not exist. Her address is {email}.', 'The invitation had gone to a different spelling of the address. I corrected it and sent it again.'],
    ['Login on laptop', 'login works on my phone but not on the laptop, any idea?', 'The laptop\'s clock is 12 minutes off, {name}, and that breaks the sign-in. Switching on automatic time fixes it.'],
  ], ['Cleared cookies already.', 'Please call me on {phone}, I am at the counter all day.', 'I have an order to place before noon.']),
  theme('password reset mail missing', 'access', ['account'], 2, [
    ['No reset mail', 'I asked for a password reset four times and no mail has come.', 'Your mail server was rejecting us with a temporary error. I sent it again and it was accepted this time.'],
    ['Reset link expired', 'The reset link says it has expired although I clicked it straight away.', 'Only the newest link works, the earlier ones expire when you ask again. I just sent one, please use that.'],
    ['Password reset for {email}', 'reset email never arrives for {email}, checked spam too', 'The address is on a block list after an old bounce. I took it off, please ask for the mail once more.'],
  ], ['We moved to Microsoft 365 last week, could that be it?', 'Other Larkspur mails do arrive.', 'Quite urgent, sorry.']),
  theme('add a colleague', 'question', ['account'], 1, [
    ['Role without prices', 'How do I add a colleague who should only see orders and not prices?', 'Hi {name}, under Settings > Team choose "Buyer, no prices". The role was added last month, so it is easy to miss.'],
    ['Seats on {plan}', 'It says we have reached the number of seats on the {plan} plan. Can we add one just for the season?', 'Yes, seats are billed by the month. I have added one that ends by itself after 90 days.'],
    ['Access for our accountant', 'We would like to give our accountant read access. Which role is that?', 'The Viewer role fits and does not use a seat. You can invite from Settings > Team.'],
  ], ['The name is {person}.', 'We are {company}, by the way.', 'No hurry.']),
  theme('two-factor lockout', 'access', ['account'], 3, [
    ['Lost my phone', 'I have a new phone and the authenticator app is empty. How do I get back in?', 'I can reset this once another admin confirms it. I have sent a mail to the admins on your account, {name}.'],
    ['2FA code not accepted', 'The six digit code is refused every time. Clock on the phone is correct.', 'The code belonged to an older set-up, {name}. Please delete both entries in the app and scan the new code from my mail.'],
    ['Only admin has left', 'Our admin left and she was the only one with two-factor set up.', 'For that we need a note on your letterhead, then I can make you admin the same day.'],
  ], ['I do not have the recovery codes any more.', 'Reach me on {phone}.', 'My login is {email}.']),
  theme('export to Excel', 'bug', ['reports'], 1, [
    ['Empty Excel export', 'The Excel export of the spend report is empty, on screen it has {number} rows.', 'Thanks {name}. The filter by cost centre was lost in the export; we shipped a fix this morning.'],
    ['Dates as text', 'Dates in the export are text, so I cannot filter by month.', 'The export follows the language of your profile. With the right one set, Excel reads them as dates.'],
    ['Export never finishes', 'Export of a full year never finishes. Quarter by quarter works.', 'A year is above the row limit of the quick export. "Send by e-mail" has no limit, I have started it for you.'],
    ['Decimal comma', 'numbers come out with a dot instead of a comma and excel thinks they are dates', 'Please set your profile to "Deutsch", then decimals come out with a comma.'],
  ], ['German Excel, if that matters.', 'Report is called "Spend by supplier".', 'I need it for the monthly meeting.']),
  theme('report numbers differ', 'question', ['reports'], 2, [
    ['Dashboard and report differ', 'The dashboard says {amount} for last month, the spend report is about 3% lower. Which is right?', 'The dashboard counts by order date and the report by invoice date, {name}. You can switch the report under Options.'],
    ['Orders in the wrong month', 'Orders from the 31st are counted in the next month in my report.', 'The report was still in UTC. I set it to your time zone, please reload.'],
    ['Widget does not load', 'One widget on the dashboard keeps showing "could not load", the others are fine.', 'Thanks, the widget times out when many orders are open. We are working on it; a reload gets it for now.'],
    ['Filters gone', 'my saved report lost its filters again', 'Filters on archived suppliers are dropped when a report is opened. I put them back without those, {name}.'],
  ], ['Refreshing did not help.', 'A colleague sees the same.', 'We close the month on Friday.']),
  theme('sync stopped', 'bug', ['integrations'], 3, [
    ['No orders in our ERP', 'Since last night the sync has stopped, no orders reach our ERP. The connection page says "connected".', 'I can see the failed runs. We restarted the sync and it is working through the backlog, about {number} orders.'],
    ['Shopify connection drops', 'The Shopify sync stops every few days and I have to authorise it again.', 'Hi {name}, the access token is revoked on the other side when someone there changes apps. An app-level token avoids that, I sent the steps.'],
    ['Field mapping empty', 'Field mapping for unit price is empty after the last sync, I did not touch it.', 'A field was renamed on your side, so the mapping lost it. I pointed it to the new name and ran the sync again.'],
    ['Webhooks stopped', 'Webhook deliveries to our server stopped, the last one we got was at 02:14.', 'Your server answered 410 and we pause after 20 of those. It is switched on again, {name}.'],
    ['Sync stuck', 'Sync has not run since yesterday, the button does nothing either.', 'The queue was blocked by one broken article. I took it out and the sync runs again.'],
  ], ['Nothing changed on our side.', 'We book about 80 orders a day through this.', 'Our integrator is {person}, {email}.']),
  theme('API question', 'question', ['integrations'], 1, [
    ['API rate limit', 'What is the rate limit of the orders endpoint? We poll every ten seconds.', 'It is 120 requests a minute for each key. For new orders a webhook is easier than polling.'],
    ['Rotating API keys', 'Can two API keys be active at once so that we can rotate without downtime?', 'Yes, up to five keys can be active. Create the new one, deploy, then delete the old one.'],
    ['403 from the API', 'We get 403 from the API since we changed our IP range. Our new address is 203.0.113.{number}.', 'The key is limited to the old range. I cannot change that for you, but an admin can under Settings > API keys.'],
  ], ['Using the v1 REST API.', 'The docs did not say.', 'We are building this for {company}.']),
  theme('setting up', 'question', ['onboarding'], 1, [
    ['Stuck in set-up', 'I am stuck on the company details step, the Next button stays grey.', 'Hi {name}, without a VAT number choose "Not registered" at the bottom, then Next becomes active.'],
    ['Verification mail', 'The verification mail did not arrive, so I cannot finish the sign-up for {company}.', 'Welcome! I verified the address for you, please just log in.'],
    ['Order of steps', 'Do I need to add all suppliers before I invite the team?', 'Suppliers can be added any time, so feel free to invite the team first.'],
    ['VAT lookup', 'VAT lookup finds nothing for us, and without it I cannot go on', 'The register was down this morning. It is back, {name}, please try once more.'],
  ], ['Trial started on Monday.', 'You can write to {email} as well.', 'Great product so far, by the way.']),
  theme('assistant answers', 'question', ['assistant'], 1, [
    ['Assistant gives wrong stock', 'The assistant told me {sku} is in stock, the product page says it is not.', 'It reads stock once an hour, {name}, so shortly after a big delivery it may lag. I noted your case for the team.'],
    ['Out of credits', 'We ran out of assistant credits in the middle of the month. What uses them?', 'A reorder proposal costs five credits, a plain question one. You can see the usage under Billing.'],
    ['Answer cut off', 'It stops in the middle of an answer when I ask for a reorder proposal.', 'Proposals above 200 lines are cut. Asking for one supplier at a time works, and we are raising the limit.'],
    ['Can it order?', 'can the assistant place orders or only suggest them', 'It only suggests. An order always needs a person to press the button.'],
  ], ['We are on {plan}.', 'Happened twice today.', 'I like it otherwise.']),
  theme('how do I', 'question', ['marketing', 'catalogue', 'search', 'inventory'], 0, [
    ['Copy an order', 'How do I copy an old order into a new one?', 'Open the order, then "..." at the top right and "Order again".'],
    ['Hide articles', 'Is there a way to hide articles we never buy?', 'Yes, under Catalogue > Assortment. Hidden articles stay in old orders.'],
    ['Who changed a price list', 'Where can I see who changed a price list?', 'In Settings > Audit log, filter by "Price list". Admins only.'],
    ['Minimum order quantity', 'Can I set a minimum order quantity for our own customers?', 'Not yet, {name}, but it is asked for often. I added you to the list and you will hear from us when it ships.'],
    ['Dark mode?', 'Do you have a dark mode? Asking for the night shift.', 'Under your profile, "Appearance". Enjoy the night shift!'],
  ], ['Could not find it in the help.', 'Thanks in advance!', 'Not urgent at all.']),
];
