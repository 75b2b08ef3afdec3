/** The one part of `natural` we load; its index reads `.env`, prints adverts and takes a second, so subpaths only. */
declare module 'natural/lib/natural/stemmers/porter_stemmer' {
  const stemmer: { stem(word: string): string };
  export = stemmer;
}
