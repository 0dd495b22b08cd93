declare module 'natural/lib/natural/stemmers/indonesian/stemmer_id.js' {
  const stemmer: {
    /** Root of a lower-case word by Nazief and Adriani's rules; the word itself where none is found. */
    stem(token: string): string;
    /** Root words the rules are checked against. */
    readonly dictionary: readonly string[];
  };
  export default stemmer;
}
