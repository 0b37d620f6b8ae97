/** Luhn's check of a card number (ISO/IEC 7812-1): every second digit from the right doubled, sum divisible by 10. */
export function luhnValid(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** ISO 13616: country and check digits moved to the end, letters as 10-35, remainder by 97 is 1. */
export function ibanValid(compact: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  if (digitsOnly.test(compact) && !/^[A-Z]{2}\d+$/.test(compact)) return false;
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Countries whose account numbers hold no letter (SWIFT IBAN registry): most of what hex digits can begin like. */
const digitsOnly =
  /^(?:AE|AT|BA|BE|CR|CZ|DE|DK|EE|EG|ES|FI|FO|GL|HR|HU|IL|IS|LT|LY|ME|NO|PL|PT|RS|SE|SI|SK|ST|TL|TN|VA|XK)/;

/** True when the digits have the prefix and length of a card scheme and pass Luhn's check. */
export function isCardNumber(digits: string): boolean {
  return cardSchemes.test(digits) && luhnValid(digits);
}

const cardSchemes =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|(?:222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35(?:2[89]|[3-8]\d)\d{12}|6(?:011|5\d\d|4[4-9]\d)\d{12}|62\d{14,17}|(?:50|5[6-9]|6\d)\d{10,17})$/;

/** Characters of an IBAN by country (SWIFT IBAN registry); 0 where the country has none. */
export function ibanLength(country: string): number {
  return Number(new RegExp(`${country}(\\d\\d)`).exec(ibanLengths)?.[1] ?? 0);
}

const ibanLengths =
  'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 ' +
  'GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 ' +
  'MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20';
