/** Words of people as a terminal may show them: nothing that moves the cursor, colours, rings or reorders. */
export const printable = (text: string): string =>
  text.replace(/\p{Cc}/gu, ' ').replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
